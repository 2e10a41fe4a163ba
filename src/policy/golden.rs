//! The verdicts that a lawyer can read, and the properties that hold for every charter, choice and cookie.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::{Consent, ConsentLevel, Judgement, Policy, Subject, Verdict};
use crate::charter::{Charter, CharterDocument, Gpc, Undeclared};
use crate::cookie::{SetCookie, UnixTime, pairs};

const NOW: UnixTime = UnixTime(1_763_985_600);

fn charter() -> Charter {
    let text = include_str!("../../tests/golden/policy/charter.toml");
    let document: CharterDocument = toml::from_str(text).expect("the golden charter is a charter");
    Charter::from_document(&document).expect("the golden charter is sound")
}

fn policy() -> Policy {
    Policy::compile(&charter()).expect("the golden charter compiles")
}

#[derive(Deserialize)]
struct Verdicts {
    visitor: Vec<Visitor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Visitor {
    who: String,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    gpc: bool,
    #[serde(default)]
    response: BTreeMap<String, String>,
    #[serde(default)]
    request: BTreeMap<String, String>,
}

fn describe(policy: &Policy, judgement: &Judgement) -> String {
    let verdict = match judgement.verdict {
        Verdict::Pass => "pass",
        Verdict::Amend(_) => "amend",
        Verdict::Delete => "delete",
        Verdict::Drop => "drop",
    };
    let category = policy.category_labels()[judgement.category.index()].expect("a category that is in use");
    format!("{verdict} {} {category}", judgement.reason.as_str())
}

fn judge_line(policy: &Policy, line: &[u8], consent: &Consent) -> Judgement {
    match SetCookie::parse(line) {
        Ok(cookie) => policy.judge(Subject::SetCookie(&cookie), consent, NOW),
        Err(_) => Judgement::UNREADABLE,
    }
}

fn consent(policy: &Policy, choices: &[impl AsRef<[u8]>], gpc: bool) -> Consent {
    let cookies = choices.iter().map(|choice| (&b"cookies_preferences"[..], choice.as_ref()));
    policy.consent(&policy.read_choices(&cookies, NOW), gpc, NOW)
}

#[test]
fn the_golden_verdicts_hold() {
    let policy = policy();
    let verdicts: Verdicts = toml::from_str(include_str!("../../tests/golden/policy/verdicts.toml")).unwrap();
    let mut wrong = Vec::new();
    for visitor in &verdicts.visitor {
        let consent = consent(&policy, &visitor.choices, visitor.gpc);
        let lines = visitor
            .response
            .iter()
            .map(|(line, expected)| (line, expected, judge_line(&policy, line.as_bytes(), &consent)));
        let pairs = visitor
            .request
            .iter()
            .map(|(name, expected)| (name, expected, policy.judge(Subject::Pair(name.as_bytes()), &consent, NOW)));
        for (cookie, expected, judgement) in lines.chain(pairs) {
            let got = describe(&policy, &judgement);
            if got != *expected {
                wrong.push(format!("a visitor who {}: {cookie:?} is {got}, not {expected}", visitor.who));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_policy_that_heeds_gpc_reads_silence_as_refusal_but_not_over_an_explicit_choice() {
    let mut charter = charter();
    charter.gpc = Gpc::Refuse;
    let policy = Policy::compile(&charter).unwrap();
    let verdict = |choices: &[&str], line: &str| {
        describe(&policy, &judge_line(&policy, line.as_bytes(), &consent(&policy, choices, true)))
    };
    assert_eq!(verdict(&[], "audience=1"), "drop refused statistics");
    assert_eq!(verdict(&[], "_ga=1"), "drop refused third-party");
    assert_eq!(verdict(&[r#"{"matomo":true}"#], "audience=1"), "amend granted statistics");
    assert_eq!(verdict(&[r#"{"matomo":true}"#], "_ga=1"), "drop refused third-party");
}

#[test]
fn an_exemption_that_is_not_asserted_in_full_exempts_nothing() {
    let mut charter = charter();
    charter.audience_exemption.as_mut().unwrap().no_cross_matching = false;
    let policy = Policy::compile(&charter).unwrap();
    let judgement = judge_line(&policy, b"audience=1", &Consent::default());
    assert_eq!(describe(&policy, &judgement), "drop unsaid statistics");
}

#[test]
fn a_charter_that_denies_the_undeclared_denies_it_to_everyone() {
    let mut charter = charter();
    charter.undeclared = Undeclared::Deny;
    let policy = Policy::compile(&charter).unwrap();
    let all = consent(&policy, &[r#"{"matomo":true,"piano":true,"ga":true}"#], false);
    assert_eq!(all.level, ConsentLevel::Full);
    assert_eq!(describe(&policy, &judge_line(&policy, b"unknown=1", &all)), "drop denied undeclared");
}

#[test]
fn undeclared_cookies_can_belong_to_a_category() {
    let mut charter = charter();
    charter.undeclared = Undeclared::As(crate::charter::CategoryIndex(1));
    let policy = Policy::compile(&charter).unwrap();
    let some = consent(&policy, &[r#"{"matomo":true}"#], false);
    assert_eq!(describe(&policy, &judge_line(&policy, b"unknown=1", &some)), "amend granted statistics");
    assert_eq!(describe(&policy, &judge_line(&policy, b"unknown=1", &Consent::default())), "drop unsaid statistics");
}

#[test]
fn a_charter_without_a_choice_lets_nothing_gated_pass() {
    let mut charter = charter();
    charter.banners.clear();
    let policy = Policy::compile(&charter).unwrap();
    let consent = consent(&policy, &[r#"{"matomo":true,"piano":true,"ga":true}"#], false);
    for line in ["_ga=1", "unknown=1", "_pk_id.1=1"] {
        assert_eq!(judge_line(&policy, line.as_bytes(), &consent).verdict, Verdict::Drop, "{line}");
    }
}

#[test]
fn levels_of_consent_name_what_was_said() {
    let policy = policy();
    let level = |choices: &[&str]| consent(&policy, choices, false).level;
    assert_eq!(level(&[]), ConsentLevel::None);
    assert_eq!(level(&["{}"]), ConsentLevel::None);
    assert_eq!(level(&["x"]), ConsentLevel::Unreadable);
    assert_eq!(level(&[r#"{"timestamp":1}"#]), ConsentLevel::Expired);
    assert_eq!(level(&[r#"{"functional_cookies":true,"matomo":false}"#]), ConsentLevel::Refused);
    assert_eq!(level(&[r#"{"matomo":true}"#]), ConsentLevel::Partial);
    assert_eq!(level(&[r#"{"matomo":true,"ga":true}"#]), ConsentLevel::Full);
}

const KEYS: [&str; 6] = ["functional_cookies", "matomo", "piano", "ga", "xiti", "youtube"];

/// What a visitor says of each key: 0 refused, 1 nothing, 2 granted.
fn choice(said: [u8; 6]) -> String {
    let stated = KEYS.iter().zip(said).filter(|(_, said)| *said != 1);
    let entries: Vec<_> = stated.map(|(key, said)| format!("\"{key}\":{}", said == 2)).collect();
    format!("{{{}}}", entries.join(","))
}

fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let known = "(sessionid|_pk_id\\.1|_ga|xtuid|audience|unknown|tarteaucitron|AWSALB)=v(; Max-Age=-?[0-9]{1,3})?";
    prop_oneof![known.prop_map(String::into_bytes), proptest::collection::vec(any::<u8>(), 0..40)]
}

proptest! {
    #[test]
    fn more_consent_never_lets_less_through(
        said in proptest::array::uniform6(0u8..3), key in 0usize..6, line in any_line(),
        gpc in any::<bool>(), heeded in any::<bool>(),
    ) {
        let mut more = said;
        more[key] = (said[key] + 1).min(2);
        let mut charter = charter();
        charter.gpc = if heeded { Gpc::Refuse } else { Gpc::Ignore };
        let policy = Policy::compile(&charter).unwrap();
        let passes = |said| {
            let consent = consent(&policy, &[choice(said)], gpc);
            matches!(judge_line(&policy, &line, &consent).verdict, Verdict::Pass | Verdict::Amend(_))
        };
        prop_assert!(!passes(said) || passes(more), "{} lets pass what {} does not", choice(said), choice(more));
    }

    #[test]
    fn a_request_and_a_response_agree_on_a_name(said in proptest::array::uniform6(0u8..3), line in any_line()) {
        let policy = policy();
        let consent = consent(&policy, &[choice(said)], false);
        if let Ok(cookie) = SetCookie::parse(&line) {
            let of_line = policy.judge(Subject::SetCookie(&cookie), &consent, NOW);
            let of_pair = policy.judge(Subject::Pair(cookie.name()), &consent, NOW);
            prop_assert_eq!((of_line.reason, of_line.category), (of_pair.reason, of_pair.category));
        }
    }

    /// Otherwise a choice would be missed, and one that was withdrawn would still grant.
    #[test]
    fn no_choice_escapes_the_quick_look(
        before in "[ \\t]{0,3}", name in "(cookies_preferences|Cookies_preferences|cookies_preference)", after in "[ \\t]{0,3}=",
        rest in proptest::collection::vec(any::<u8>(), 0..20), others in "([a-z]{1,3}=[a-z]{0,3}; ?){0,3}",
    ) {
        let policy = policy();
        let line = [before.as_bytes(), name.as_bytes(), after.as_bytes(), &rest].concat();
        let sets = SetCookie::parse(&line).is_ok_and(|cookie| policy.banner_of(cookie.name()).is_some());
        prop_assert_eq!(sets, name == "cookies_preferences");
        prop_assert!(!sets || policy.may_set_choice(&line));
        let field = [others.as_bytes(), &line].concat();
        let holds = pairs(&field).any(|pair| pair.name.is_some_and(|name| policy.banner_of(name).is_some()));
        prop_assert!(!holds || policy.may_hold_choice(&field));
    }

    #[test]
    fn without_a_choice_only_exempt_names_pass(line in any_line()) {
        let policy = policy();
        let judgement = judge_line(&policy, &line, &Consent::default());
        if matches!(judgement.verdict, Verdict::Pass | Verdict::Amend(_)) {
            let name = SetCookie::parse(&line).unwrap().name();
            let exempt: [&[u8]; 7] =
                [b"sessionid", b"csrftoken", b"django_language", b"cookies_preferences", b"audience", b"tarteaucitron", b"AWSALB"];
            prop_assert!(exempt.contains(&name), "{} passed", name.escape_ascii());
        }
    }
}
