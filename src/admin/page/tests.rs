//! Pages as a browser gets them, of sites whose names visitors have chosen.

use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::admin::tests::{CHARTER, CONFIG};
use crate::config::Config;
use crate::cookie::{FoldedPath, SetCookie};
use crate::inventory::{SeenAttributes, Sighting};
use crate::policy::{Consent, Direction, Subject};
use crate::reload::{Reloader, Status};
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;

const NOW: UnixTime = UnixTime(1_795_435_200);

/// Names that a visitor or a portal may choose to harm whoever reads the page, or copies from it.
const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>", "</pre><img src onerror>", "a\"\n[[category]]\nid", "quote'\\\"", "\u{202e}gnp.exe",
    "caf\u{e9}", "\u{1b}[31m", "\u{0}", "_pk_id.1.1fff",
];

fn load(charter: &str, config: &str) -> Result<Config, crate::config::ConfigError> {
    let read = |path: &Path| match path.to_str() {
        Some("octroi.toml") => Ok(config.into()),
        _ => Ok(charter.into()),
    };
    Config::load_with(Path::new("octroi.toml"), &[], &read)
}

/// A process of which the page tells.
struct Process {
    snapshots: Snapshots,
    inventory: Inventory,
    history: History,
    reloader: Reloader,
}

impl Process {
    fn new() -> Self {
        Self::of(CHARTER)
    }

    fn of(charter: &str) -> Self {
        Self::with(charter, CONFIG)
    }

    fn with(charter: &str, config: &str) -> Self {
        let metrics = Metrics::new();
        let snapshots = Snapshots::new(Snapshot::new(load(charter, config).unwrap(), 1, &metrics));
        let (charter, config) = (charter.to_owned(), config.to_owned());
        let (inventory, load) = (Inventory::default(), Box::new(move || load(&charter, &config)));
        let reloader = Reloader::new(load, snapshots.clone(), inventory.clone(), metrics);
        Self { snapshots, inventory, history: History::default(), reloader }
    }

    /// The portal sets a cookie with these attributes for a visitor who has said nothing.
    fn sets(&self, name: &str, attributes: &str) {
        self.sets_under(&[], name, attributes);
    }

    /// The same for a visitor whose choice is in these cookies.
    fn sets_under(&self, choice: &[(&[u8], &[u8])], name: &str, attributes: &str) {
        let site = Arc::clone(&self.snapshots.current().sites()[0]);
        let line = format!("{name}=needle; {attributes}");
        let line = SetCookie::parse(line.as_bytes()).unwrap();
        let choices = site.policy.read_choices(&choice.iter().copied(), NOW);
        let judgement = site.policy.judge(Subject::SetCookie(&line), &site.policy.consent(&choices, false, NOW), NOW);
        let recorder = self.inventory.recorder();
        recorder.saw(&Sighting {
            site: &site.name,
            charter_hash: &site.charter_hash,
            direction: Direction::Response,
            name: line.name(),
            judgement: &judgement,
            count: 1,
            path: FoldedPath::of(b"/page").as_ref(),
            attributes: Some(&SeenAttributes::of(line.name(), line.attribute_text(), NOW)),
        });
        site.metrics.cookie(Direction::Response, &judgement, 1);
    }

    fn overview(&self, query: &str) -> String {
        self.overview_with(&self.reloader.status(), query)
    }

    fn overview_with(&self, status: &Status, query: &str) -> String {
        let snapshot = self.snapshots.current();
        let now = SystemTime::now().into();
        self.history.note(&snapshot, now);
        let shown = Shown { snapshot: &snapshot, status, inventory: &self.inventory, history: &self.history, now };
        overview(&request(query), &shown).unwrap()
    }

    fn explanation(&self, query: &str) -> String {
        explanation(&request(query), &self.snapshots.current(), NOW).unwrap()
    }
}

fn request(query: &str) -> Parts {
    http::Request::builder().uri(format!("/{query}")).body(()).unwrap().into_parts().0
}

/// The text of each entry that can be copied.
fn entries(page: &str) -> Vec<String> {
    let entries = page.split("<pre id=\"entry-").skip(1);
    let text = |entry: &str| entry.split_once('>').unwrap().1.split("</pre>").next().unwrap().to_owned();
    let plain = |text: String| {
        [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")]
            .iter()
            .fold(text, |text, (entity, character)| text.replace(entity, character))
    };
    entries.map(text).map(plain).collect()
}

#[test]
fn nothing_that_a_visitor_names_leaves_its_place() {
    let process = Process::new();
    for name in HOSTILE {
        process.sets(name, "Path=/");
    }
    let page = process.overview("");
    assert_eq!((page.matches("<script>").count(), page.matches("</pre>").count()), (1, HOSTILE.len()));
    assert!(!page.contains("<img") && !page.contains("needle"));
    let is_plain = |character: char| !character.is_control() || character == '\n';
    assert!(page.chars().all(is_plain) && !page.contains('\u{202e}'));
}

#[test]
fn what_is_copied_is_an_entry_that_declares_the_cookie() {
    let process = Process::new();
    for name in HOSTILE {
        process.sets(name, "Path=/admin; Domain=example.fr; HttpOnly; Max-Age=1209600");
    }
    let entries = entries(&process.overview(""));
    assert_eq!(entries.len(), HOSTILE.len());
    let charter = format!("{CHARTER}\n{}", entries.join("\n"));
    let config = load(&charter, CONFIG).unwrap_or_else(|error| panic!("{error}\n{charter}"));
    let site = &config.sites[0];
    for name in HOSTILE {
        let judged = site.policy.judge(Subject::Pair(name.as_bytes()), &Consent::default(), NOW);
        let cookie = &site.charter.cookies[judged.declaration.unwrap_or_else(|| panic!("{name:?} is not declared"))];
        assert_eq!(site.charter.category_id(cookie.category), "statistics", "exempting one is nobody's default");
        assert_eq!((cookie.path.as_deref(), cookie.domain.as_deref()), (Some("/admin"), Some("example.fr")));
    }
}

#[test]
fn a_name_that_varies_as_a_whole_is_declared_by_nothing() {
    let process = Process::new();
    process.sets("550e8400-e29b-41d4-a716-446655440000", "");
    let entries = entries(&process.overview(""));
    assert!(entries.len() == 1 && entries[0].starts_with("# "), "{entries:?}");
}

/// How pressing each of the four answers is.
fn answers(page: &str) -> Vec<String> {
    let marks = page.split("<p class=\"mark\">").skip(1).take(4);
    marks.map(|mark| mark.split('<').next().unwrap().to_owned()).collect()
}

#[test]
fn of_many_names_three_are_told_and_all_are_counted() {
    let process = Process::new();
    let letters = || 'a'..='h';
    for (one, other) in letters().flat_map(|one| letters().map(move |other| (one, other))) {
        process.sets(&format!("odd{one}{other}"), "HttpOnly");
    }
    let page = process.overview("");
    assert!(page.contains("data.example.fr: names that are not in the charter: 64."), "{page}");
    assert!(page.contains("…") && page.contains("14 more"), "{page}");
}

#[test]
fn what_one_category_only_reports_is_told_and_what_others_stop_too() {
    let process = Process::of(
        &CHARTER
            .replace("undeclared", "")
            .replace("id = \"statistics\"\n", "id = \"statistics\"\nenforcement = \"report-only\"\n"),
    );
    process.sets("login", "HttpOnly");
    let page = process.overview("");
    assert!(page.contains("only reported, nothing is stopped"), "{page}");
    assert!(page.contains("not named by the charter, and stopped (1): login"), "{page}");
    assert_eq!(answers(&page)[..2], ["Have a look", "Have a look"], "{page}");
}

/// The way to enforcement: what would break must be told while nothing breaks yet.
#[test]
fn a_site_that_only_reports_tells_what_would_be_stopped() {
    let process = Process::with(CHARTER, &CONFIG.replace("charter =", "enforcement = \"report-only\"\ncharter ="));
    process.sets("login", "HttpOnly");
    let page = process.overview("");
    assert!(page.contains("stopped once the charter is enforced (1): login"), "{page}");
    assert!(page.contains("a login or a form may fail: login"), "{page}");
    assert!(page.contains("0 passed, 1 would be stopped; at most 1 at a time"), "{page}");
    assert!(page.contains("<dd>0 passed, 1 would be stopped</dd>"), "{page}");
    assert!(!page.contains("1 stopped"), "{page}");
}

const AGREED: [(&[u8], &[u8]); 1] = [(b"cookies_preferences", b"%7B%22matomo%22%3Atrue%7D")];

#[test]
fn what_passes_undeclared_is_told_though_it_was_agreed_to() {
    let process = Process::of(&CHARTER.replace("languages", "undeclared = \"full-consent\"\nlanguages"));
    process.sets_under(&AGREED, "odd", "");
    process.sets("odd", "");
    let page = process.overview("");
    assert!(page.contains("choice lets such cookies pass: 1."), "{page}");
    assert_eq!(answers(&page)[0], "Have a look");
}

#[test]
fn a_line_that_was_shortened_has_passed() {
    let charter = CHARTER
        .replace("languages", "undeclared = \"statistics\"\nlanguages")
        .replace("id = \"statistics\"\n", "id = \"statistics\"\nmax_lifetime = \"1 day\"\n");
    let process = Process::of(&charter);
    process.sets_under(&AGREED, "odd", "Max-Age=60");
    process.sets_under(&AGREED, "odd", "Max-Age=999999");
    process.sets("odd", "");
    let page = process.overview("");
    assert!(page.contains("<dd>2 passed, 1 stopped</dd>"), "{page}");
}

#[test]
fn what_needs_a_restart_is_told() {
    let process = Process::new();
    let mut status = process.reloader.status();
    status.kept = vec!["[log]".to_owned(), "[runtime] workers".to_owned()].into();
    let page = process.overview_with(&status, "");
    assert!(page.contains("[log], [runtime] workers"), "{page}");
    assert_eq!(answers(&page)[3], "Have a look");
}

#[test]
fn what_lives_as_long_as_it_is_declared_to_is_no_drift() {
    let process = Process::new();
    process.sets("sessionid", "Max-Age=1209600");
    assert_eq!(answers(&process.overview("")), ["Fine"; 4]);
    process.sets("sessionid", "Max-Age=1209601");
    assert_eq!(answers(&process.overview(""))[2], "Have a look");
}

#[test]
fn what_only_some_lines_say_is_not_taken_for_all() {
    let process = Process::new();
    process.sets("login", "HttpOnly; Path=/a");
    process.sets("login", "Path=/b");
    let page = process.overview("");
    assert!(!page.contains("a login or a form may fail"), "{page}");
    assert!(page.contains("HttpOnly?"), "{page}");
    assert!(entries(&page).iter().all(|entry| !entry.contains("path =")), "{page}");
}

#[test]
fn another_language_keeps_what_was_asked_for() {
    let page = Process::new().explanation("explain?lang=fr&line=a%3D1");
    assert!(page.contains("?lang=en&#38;line=a%3D1\"") && !page.contains("lang=en&#38;lang="), "{page}");
}

#[test]
fn what_was_asked_is_answered() {
    let process = Process::new();
    assert_eq!(answers(&process.overview("")), ["Fine"; 4]);
    process.sets("login", "HttpOnly");
    process.sets("sessionid", "Max-Age=9999999");
    let page = process.overview("");
    assert_eq!(answers(&page), ["Fine", "Have a look", "Have a look", "Fine"]);
    assert!(page.contains("a login or a form may fail: login"), "{page}");
    assert!(page.contains("data.example.fr: cookies that live longer than the charter says: 1."));
    assert!(page.contains("Not in the charter: 0 passed, 1 stopped; at most 1 at a time"));
}

#[test]
fn the_page_speaks_the_language_that_is_asked_for() {
    let page = Process::new().overview("?lang=fr");
    assert!(page.contains("<html lang=\"fr\">") && page.contains("Le dernier rechargement a-t-il réussi"), "{page}");
}

#[test]
fn a_line_is_explained_and_nothing_of_it_is_code() {
    let process = Process::new();
    assert!(!process.explanation("explain").contains("id=\"result\""));
    let page = process.explanation("explain?line=sessionid%3D1%3B+Path%3D%2F&kind=set-cookie");
    assert!(page.contains("<strong>pass</strong> (exempt)"), "{page}");
    let page =
        process.explanation("explain?line=a%3D1%3B+b%3D2&kind=cookie&choice=%257B%2522matomo%2522%253Atrue%257D");
    assert_eq!(page.matches("<article class=\"result\">").count(), 2);
    assert!(page.contains("matomo = granted"), "{page}");
    for hostile in ["%3Cscript%3Ea%3D1", "a%3D%3C%2Fcode%3E%3Cscript%3E", "%22%3E%3Cscript%3E", "a%3D%E2%80%AE"] {
        for kind in ["set-cookie", "cookie"] {
            let query = format!("explain?line={hostile}&kind={kind}&choice={hostile}&path=/{hostile}&site=&lang=en");
            let page = process.explanation(&query);
            assert_eq!(page.matches("<script>").count(), 1, "{hostile}");
        }
    }
}

#[test]
fn a_verdict_is_explained_in_the_language_that_is_asked_for() {
    let process = Process::new();
    let page = process.explanation("explain?lang=fr&line=sessionid%3D1%3B+Path%3D%2F&kind=set-cookie");
    for sentence in ["se passe de consentement", "par l’entrée 1 de la charte", "valeur : transmise octet pour octet"]
    {
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
    let page = process.explanation("explain?lang=fr&line=login%3D1&kind=set-cookie");
    assert!(page.contains("par aucune entrée de la charte"), "{page}");
}

#[test]
fn what_cannot_be_explained_is_said() {
    let process = Process::new();
    for (query, expected) in [
        ("explain?line=a&choice=b%3Bc", "no choice holds one"),
        ("explain?line=%5Cxgg", "two hexadecimal digits"),
        ("explain?line=a&site=other", "no such site"),
    ] {
        assert!(process.explanation(query).contains(expected), "{query}");
    }
}
