//! `octroi demo` in a real browser: the charter is enforced, and the portal works.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

use super::tour::{DATASET, Names, RECORDS, Record, Visitor, names};
use crate::support::browser::{Browser as _, Chromium};

#[test]
fn before_a_choice_only_the_charter_passes() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
    visitor.tour();
    assert_only(&visitor, &names(["sessionid", "csrftoken", "django_language"]));
}

#[test]
fn after_a_refusal_only_the_charter_passes() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
    visitor.open("/");
    visitor.choose("refuse");
    visitor.tour();
    assert_only(&visitor, &names(["sessionid", "csrftoken", "django_language", "cookies_preferences"]));
}

#[test]
fn after_accepting_all_every_cookie_passes() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
    visitor.open("/");
    visitor.choose("accept");
    visitor.tour();
    let record = visitor.record();
    let Record { charter, by_header, by_script, .. } = &record;
    assert_eq!(visitor.jar(), &(charter | by_header) | by_script);
    assert_eq!(record.received, visitor.jar());
    assert_eq!(record.asked, names(["map", "video", "social", "statistics", "pixel"]));
}

#[test]
fn held_frames_name_the_reason_and_where_to_choose() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
    visitor.open("/pages/accueil/");
    let frames = visitor.page.evaluate("[...document.querySelectorAll('.embeds iframe')].map(frame => frame.srcdoc)");
    let [map, video] = [&frames[0], &frames[1]].map(|text| text.as_str().unwrap());
    assert_eq!(map, "", "the map is asked");
    assert!(video.contains("Videos") && video.contains("/terms/cookies-policy/"), "{video}");
    assert_ne!(visitor.page.evaluate("document.querySelector('[data-share]').textContent"), "Share this page");
    visitor.choose("accept");
    visitor.page.wait_until("document.querySelector('[data-share]').textContent === 'Share this page'");
    assert_eq!(visitor.page.evaluate("document.querySelectorAll('.embeds iframe[srcdoc]').length"), 0);
}

#[test]
fn a_withdrawal_deletes_what_was_accepted() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
    visitor.open("/");
    visitor.choose("accept");
    visitor.tour();
    assert!(visitor.jar().is_superset(&visitor.record().by_header));
    visitor.choose("refuse");
    visitor.forget();
    // What was set for the API's paths goes with a look at its answers.
    visitor.open(RECORDS);
    visitor.tour();
    assert_only(&visitor, &names(["sessionid", "csrftoken", "django_language", "cookies_preferences"]));
}

#[test]
fn another_banners_choice_is_read() {
    let browser = Chromium::start();
    for (banner, cookie) in
        [("tarteaucitron", "tarteaucitron"), ("orejime", "eu-consent"), ("klaro", "klaro"), ("tcf", "euconsent-v2")]
    {
        let demo = Demo::with_banner(banner);
        let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
        visitor.open("/");
        visitor.choose("accept");
        visitor.open_each(&["/", DATASET]);
        let record = visitor.record();
        assert!(record.charter.contains(cookie), "{banner}: {:?}", record.charter);
        assert!(record.by_header.iter().any(|name| record.received.contains(name)), "{banner}: {:?}", record.received);
        visitor.choose("refuse");
        visitor.open("/");
        visitor.forget();
        visitor.open("/");
        let record = visitor.record();
        assert!(record.received.is_disjoint(&record.by_header), "{banner}: {:?}", record.received);
        assert!(record.received.contains(cookie), "{banner}: {:?}", record.received);
        browser.empty_jar();
    }
}

#[test]
fn the_comparison_shows_the_difference() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let direct = Visitor::new(&browser, &demo.direct, "direct");
    direct.tour();
    let octroi = Visitor::new(&browser, &demo.octroi, "octroi");
    octroi.tour();
    octroi.open("/__demo/");
    octroi.page.wait_until("document.getElementById('octroi-score').textContent === '0'");
    let record = direct.record();
    let trackers = record.by_header.len() + record.by_script.len();
    octroi.page.wait_until(&format!("document.getElementById('direct-score').textContent === '{trackers}'"));
    octroi.page.wait_until("document.getElementById('direct-asked').textContent === '4'");
    octroi.page.wait_until("document.getElementById('octroi-asked').textContent === '0'");
    octroi.page.wait_until("document.querySelectorAll('#parties tbody tr').length === 5");
}

/// On a screen and on a telephone, light and dark. axe-core says what it cannot see: contents of frames, contrast on a gradient.
#[test]
fn axe_finds_nothing_on_the_comparison_page_and_the_home_page() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
    for path in ["/pages/accueil/", "/__demo/"] {
        for (width, is_dark) in [(1280, false), (1280, true), (390, false), (390, true)] {
            visitor.page.resize(width, 900);
            visitor.page.emulate("screen", is_dark);
            visitor.open(path);
            visitor.page.wait_until("document.documentElement.dataset.reported === 'true'");
            let found = visitor.page.accessibility_findings().into_iter();
            let found: Vec<_> = found
                .filter(|finding| !finding.starts_with("frame-tested:") && !finding.contains("could not be determined"))
                .collect();
            assert_eq!(found, [""; 0], "{path} at {width}, dark: {is_dark}");
            let ground = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor");
            assert_eq!(ground == "rgb(15, 22, 35)", is_dark, "{path}: {ground}");
            let is_wide = visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth");
            assert_eq!(is_wide, false, "{path} at {width} scrolls sideways");
        }
    }
}

#[test]
fn the_comparison_page_leads_through_the_three_states() {
    let (demo, browser) = (Demo::start(), Chromium::start());
    let visitor = Visitor::new(&browser, &demo.octroi, "octroi");
    let compared = browser.open();
    compared.navigate(&demo.compared);
    compared.wait_until("document.getElementById('states').dataset.at === 'beside'");
    let shows = |id: &str, text: &str| {
        compared.wait_until(&format!("document.getElementById('{id}').textContent === '{text}'"));
    };
    let gone = || {
        visitor.open_each(&["/", DATASET, RECORDS]);
        for id in ["tally-held", "tally-latest", "tally-received", "tally-asked"] {
            shows(id, "0");
        }
    };

    compared.click("[data-step=empty]");
    shows("tally-choice", "none");
    gone();

    compared.follow_through("[data-step=fill]", 2);
    let Record { by_header, by_script, .. } = visitor.record();
    let all = (by_header.len() + by_script.len()).to_string();
    shows("tally-held", &all);
    compared.click("[data-step=fill] + [data-step=refuse]");
    shows("tally-choice", "all refused");
    gone();

    compared.follow_through("[data-step=accept]", 2);
    shows("tally-held", &all);
    assert_ne!(compared.evaluate("document.getElementById('tally-received').textContent"), "0");
    compared.click("[data-step=accept] + [data-step=refuse]");
    shows("tally-choice", "all refused");
    gone();
}

/// Only `expected` landed, though the portal set all that it sets by header; nothing else reached it, and of the third parties
/// the pages asked the necessary one alone, so that no script wrote a cookie.
#[track_caller]
fn assert_only(visitor: &Visitor<'_>, expected: &Names) {
    let record = visitor.record();
    assert!(record.set.is_superset(&record.by_header), "the portal set only {:?}", record.set);
    assert_eq!(&visitor.jar(), expected, "in the browser");
    assert_eq!(&record.received, expected, "at the portal");
    assert_eq!(record.asked, names(["map"]), "third parties");
}

/// The binary, running; dropping it ends it.
struct Demo {
    process: Child,
    octroi: String,
    direct: String,
    compared: String,
    /// Held open: a process that writes to a closed pipe ends.
    _output: BufReader<ChildStdout>,
}

impl Demo {
    fn start() -> Self {
        Self::with_banner("opendatasoft")
    }

    fn with_banner(banner: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_octroi"))
            .args(["demo", "--banner", banner])
            .stdout(Stdio::piped())
            .spawn()
            .expect("octroi starts");
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut address = |label: &str| {
            let mut lines = output.by_ref().lines().map_while(Result::ok);
            let found = lines.find_map(|line| Some(line.trim().strip_prefix(label)?.trim().to_owned()));
            found.unwrap_or_else(|| panic!("octroi demo ended and did not say: {label}"))
        };
        let (octroi, direct, compared) = (address("With octroi"), address("Without octroi"), address("Both compared"));
        Self { process, octroi, direct, compared, _output: output }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
