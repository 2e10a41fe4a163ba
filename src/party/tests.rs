//! Which policy goes with a page, as tables, and that more consent never holds more.

use proptest::prelude::*;

use super::*;
use crate::charter::testing::any_charter;
use crate::consent::{Choice, Choices, Reading};
use crate::cookie::UnixTime;

const NOW: UnixTime = UnixTime(1_795_000_000);

const CHARTER: &str = r#"
[charter]
[[category]]
id = "necessary"
consent = "exempt"
[[category]]
id = "statistics"
consent = "required"
[[category]]
id = "videos"
consent = "required"
[third_parties]
level = "policy"
[[third_party]]
id = "tiles"
hosts = ["*.tiles.example"]
category = "necessary"
[[third_party]]
id = "count"
hosts = ["count.example"]
category = "statistics"
[[third_party]]
id = "video"
hosts = ["video.example", "img.video.example:8443"]
category = "videos"
[[third_party]]
id = "other-video"
hosts = ["*.video.example"]
category = "videos"
key = "other"
[consent]
format = "json"
cookie = "choice"
keys = { stats = "statistics", video = "videos" }
"#;

struct Site {
    policy: Policy,
    parties: Parties,
}

fn site(text: &str) -> Site {
    let charter = Charter::from_document(&toml::from_str(text).unwrap()).unwrap();
    let policy = Policy::compile(&charter).unwrap();
    let parties = Parties::compile(&charter, &policy).unwrap();
    Site { policy, parties }
}

impl Site {
    fn consent(&self, value: &str) -> Consent {
        let cookie = [(&b"choice"[..], value.as_bytes())];
        let cookies = cookie.into_iter().filter(|_| !value.is_empty());
        self.policy.consent(&self.policy.read_choices(&cookies, NOW), false, NOW)
    }

    /// The ids that a page may ask, `*` for anybody.
    fn allowed(&self, value: &str, enforcement: Enforcement) -> (String, String) {
        let decision = self.parties.decide(&self.policy, &self.consent(value), enforcement);
        let ids = |met: Option<usize>| {
            let Some(met) = met else { return "*".to_owned() };
            let allowed =
                self.parties.all.iter().filter(|party| met >> party.condition & 1 == 1).map(|party| &*party.id);
            allowed.collect::<Vec<_>>().join(" ")
        };
        (ids(decision.enforced), ids(decision.reported))
    }
}

#[test]
fn a_page_may_ask_whom_the_visitor_agreed_to() {
    let site = site(CHARTER);
    for (value, allowed) in [
        ("", "tiles"),
        ("nonsense", "tiles"),
        (r#"{"stats":false,"video":false}"#, "tiles"),
        (r#"{"stats":true}"#, "tiles count"),
        (r#"{"stats":false,"video":true}"#, "tiles video"),
        (r#"{"other":true}"#, "tiles other-video"),
        (r#"{"stats":true,"video":true}"#, "tiles count video"),
        (r#"{"stats":true,"video":true,"other":true}"#, "*"),
    ] {
        assert_eq!(site.allowed(value, Enforcement::Enforce), (allowed.to_owned(), "*".to_owned()), "{value}");
        assert_eq!(site.allowed(value, Enforcement::ReportOnly), ("*".to_owned(), allowed.to_owned()), "{value}");
    }
}

#[test]
fn whoever_is_not_declared_is_judged_as_such_a_cookie() {
    let all = r#"{"stats":true,"video":true,"other":true}"#;
    let denied = site(&CHARTER.replace("[charter]\n", "[charter]\nundeclared = \"deny\"\n"));
    assert_eq!(denied.allowed(all, Enforcement::Enforce).0, "tiles count video other-video");
    let counted = site(&CHARTER.replace("[charter]\n", "[charter]\nundeclared = \"statistics\"\n"));
    assert_eq!(counted.allowed(r#"{"stats":true}"#, Enforcement::Enforce).0, "tiles count");
}

#[test]
fn a_category_that_is_only_counted_is_not_held() {
    let videos = "id = \"videos\"\nconsent = \"required\"\n";
    let lenient = site(&CHARTER.replace(videos, &format!("{videos}enforcement = \"report-only\"\n")));
    assert_eq!(lenient.allowed("", Enforcement::Enforce), ("tiles video other-video".to_owned(), "tiles".to_owned()));
    // Those who are not declared are not enforced: a policy would hold them.
    let strict = site(&CHARTER.replace(videos, &format!("{videos}enforcement = \"enforce\"\n")));
    assert_eq!(strict.allowed("", Enforcement::ReportOnly), ("*".to_owned(), "tiles".to_owned()));
}

#[test]
fn the_text_names_what_is_allowed() {
    let site = site(CHARTER);
    let text = |value: &str| {
        let decision = site.parties.decide(&site.policy, &site.consent(value), Enforcement::Enforce);
        site.parties.texts()[decision.enforced.unwrap()].clone()
    };
    let own = "default-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob: mediastream:";
    assert_eq!(text(""), format!("{own} *.tiles.example wss://*.tiles.example"));
    assert_eq!(
        text(r#"{"video":true}"#),
        format!(
            "{own} *.tiles.example wss://*.tiles.example video.example wss://video.example img.video.example:8443 \
             ws://img.video.example:8443 wss://img.video.example:8443"
        )
    );
}

#[test]
fn a_host_is_judged_as_the_policy_says() {
    let site = site(CHARTER);
    let passes = |host: &str, port: Option<u16>, value: &str| {
        site.parties.judge(&site.policy, host, port, &site.consent(value)).verdict == Verdict::Pass
    };
    assert!(passes("a.tiles.example", None, ""));
    assert!(!passes("tiles.example", None, ""));
    assert!(!passes("video.example", None, ""));
    assert!(passes("video.example", None, r#"{"video":true}"#));
    assert!(!passes("video.example", Some(81), r#"{"video":true}"#));
    // Two declarations cover it, and one of them is granted.
    assert!(passes("img.video.example", None, r#"{"video":false,"other":true}"#));
    assert_eq!(site.parties.find("img.video.example", Some(8443)), Some((2, "video")));
    assert_eq!(site.parties.find("elsewhere.example", None), None);
}

#[test]
fn a_path_of_the_site_belongs_to_the_party_with_the_longest() {
    let paths = |count: &str| CHARTER.replacen("hosts = [\"count.example\"]", count, 1);
    let text = paths("paths = [\"/stats\", \"/piwik.php\"]").replacen(
        "hosts = [\"*.tiles.example\"]",
        "hosts = [\"*.tiles.example\"]\npaths = [\"/stats/tiles\"]",
        1,
    );
    let site = site(&text);
    let at = |path: &str| site.parties.at_path(path).map(|(place, path)| (place, path.to_string()));
    assert_eq!(at("/Stats/../stats//x"), Some((1, "/stats".to_owned())));
    assert_eq!(at("/stats/tiles/1.png"), Some((0, "/stats/tiles".to_owned())));
    assert_eq!((at("/"), at("/statsx")), (None, None));
    let verdict = |place: usize, value: &str| {
        site.parties.judge_declared(&site.policy, place, &site.consent(value)).verdict == Verdict::Pass
    };
    assert!(verdict(0, "") && !verdict(1, "") && verdict(1, r#"{"stats":true}"#));
}

/// Its host is the site's own, which a policy allows in any case.
#[test]
fn a_party_of_paths_alone_is_no_reason_for_a_policy() {
    let text = CHARTER
        .replacen("hosts = [\"count.example\"]", "paths = [\"/stats\"]", 1)
        .replace("[charter]\n", "[charter]\nundeclared = \"videos\"\n");
    let site = site(&text);
    let videos = r#"{"stats":false,"video":true,"other":true}"#;
    let decision = site.parties.decide(&site.policy, &site.consent(videos), Enforcement::Enforce);
    assert_eq!((decision.enforced, decision.reported), (None, None));
    assert!(decision.rewritten.is_some_and(|met| !site.parties.is_met(met, 1) && site.parties.is_met(met, 2)));
    assert_eq!(site.allowed("", Enforcement::Enforce).0, "tiles");
    let all = r#"{"stats":true,"video":true,"other":true}"#;
    assert_eq!(site.parties.decide(&site.policy, &site.consent(all), Enforcement::Enforce).rewritten, None);
}

fn any_choices(policy: &Policy, picks: &[u8]) -> Choices {
    let mut picks = picks.iter().copied().cycle();
    Choices::new(policy.banners().map(|banner| {
        let (mut granted, mut refused) = (KeySet::EMPTY, KeySet::EMPTY);
        for name in banner.keys.names(banner.keys.all()) {
            let key = banner.keys.find(name.as_bytes());
            match picks.next().unwrap_or_default() % 3 {
                0 => granted = granted.union(key),
                1 => refused = refused.union(key),
                _ => {}
            }
        }
        Choice { reading: Reading::Given, granted, refused, date: Some(NOW), ..Choice::default() }
    }))
}

proptest! {
    /// Whatever is allowed with less consent is allowed with more; and the policy of a page allows a host if and only if
    /// it is judged to pass, or is only counted.
    #[test]
    fn more_consent_never_holds_more(charter in any_charter(), picks in proptest::collection::vec(any::<u8>(), 1..8)) {
        // Its cookies are no matter here, and their patterns may be none.
        let charter = Charter { cookies: Vec::new(), ..charter };
        let policy = Policy::compile(&charter).unwrap();
        let Some(parties) = Parties::compile(&charter, &policy) else { return Ok(()) };
        let choices = any_choices(&policy, &picks);
        let more = Choices::new(choices.iter().map(|choice| Choice {
            granted: choice.granted.union(choice.refused), refused: KeySet::EMPTY, ..*choice
        }));
        let consent = policy.consent(&choices, false, NOW);
        let held = |consent: &Consent| parties.decide(&policy, consent, Enforcement::Enforce).enforced;
        match (held(&consent), held(&policy.consent(&more, false, NOW))) {
            (_, None) => {}
            (None, Some(_)) => prop_assert!(false, "a policy came with more consent"),
            (Some(less), Some(more)) => prop_assert_eq!(less & more, less),
        }
        if let Some(met) = held(&consent) {
            for party in &parties.all {
                let held = met >> party.condition & 1 == 0;
                for host in &party.hosts {
                    let judged = parties.judge(&policy, &format!("x.{}", host.host), host.port, &consent);
                    let counted = policy.enforcement(judged.category, Enforcement::Enforce) == Enforcement::ReportOnly;
                    prop_assert_eq!(!held, judged.verdict == Verdict::Pass || counted);
                }
            }
        }
    }
}
