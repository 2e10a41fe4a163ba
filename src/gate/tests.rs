//! The gate as a whole: messages in, outcomes out, with and without its caches.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::testing::{AGREED, Lines, NOW, gate, request, response, site, text};
use super::{Caching, Leaving};
use crate::cookie::Amendment;
use crate::policy::{Direction, Reason, Verdict};
use crate::snapshot::Site;

/// The part of this field that is sent to the portal.
fn forwarded(field: &str) -> Option<String> {
    let (gate, _) = gate(Caching::On);
    text(gate.request(&site(""), &request(Some(field), &Lines::default()), NOW).leaving(), field)
}

#[test]
fn allowed_pairs_leave_byte_for_byte_and_in_their_order() {
    for (came, expected) in [
        ("sessionid=1", Some("sessionid=1")),
        ("sessionid=1; _ga=2; csrftoken=3", Some("sessionid=1; csrftoken=3")),
        ("_ga=2; _gid=3", None),
        ("", None),
        (";", None),
        ("sessionid=1; _ga=2; csrftoken=\"x=y\"", Some("sessionid=1; csrftoken=\"x=y\"")),
        ("_ga=1; sessionid=\u{e9}\t,", Some("sessionid=\u{e9}\t,")),
        ("sessionid=1; nameless; =v", Some("sessionid=1")),
        ("sessionid=1; sessionid=2; _ga=3", Some("sessionid=1; sessionid=2")),
        ("sessionid=1;csrftoken=2 ;  sessionid=3;", Some("sessionid=1;csrftoken=2 ;  sessionid=3;")),
    ] {
        assert_eq!(forwarded(came).as_deref(), expected, "{came}");
    }
}

#[test]
fn what_was_forgotten_does_not_leave() {
    let (gate, _) = gate(Caching::On);
    let mut outcome = gate.request(&site(""), &request(Some("sessionid=1"), &Lines::default()), NOW);
    assert_eq!(outcome.leaving(), &Leaving::Unchanged);
    outcome.forget_request();
    assert_eq!(outcome.leaving(), &Leaving::Nothing);
}

#[test]
fn lines_leave_as_their_verdicts_say_and_are_counted_as_they_leave() {
    let ((gate, _), site, none) = (gate(Caching::On), site(""), Lines::default());
    let agreed = gate.request(&site, &request(Some(AGREED), &none), NOW);
    let lines = [
        ("sessionid=1; path=/ ;X", Some("sessionid=1; path=/ ;X"), Verdict::Pass),
        ("_pk_id.1=1; Max-Age=99", Some("_pk_id.1=1; Max-Age=99"), Verdict::Pass),
        (
            "sessionid=1; Domain=portal.test",
            Some("sessionid=1; Domain=data.education.gouv.fr"),
            Verdict::Amend(Amendment::NONE),
        ),
        ("nameless", None, Verdict::Drop),
        ("sessionid=\u{e9}, b=2", Some("sessionid=\u{e9}, b=2"), Verdict::Pass),
    ];
    let came = lines.map(|(line, ..)| line);
    let outcome = response(&gate, &site, &agreed, &came, &none, NOW);
    for ((came, expected, verdict), judged) in lines.iter().zip(&outcome.lines) {
        assert_eq!(text(&judged.leaving, came).as_deref(), *expected, "{came}");
        assert_eq!(judged.judgement.verdict, *verdict, "{came}");
    }
    assert!(outcome.is_private, "statistics passed by consent");
    let counted: Vec<_> = outcome.counts().map(|count| count.times).collect();
    assert_eq!(counted, [1, 1, 1, 1, 1]);
}

#[test]
fn an_amendment_shortens_and_counts_as_what_came_of_it() {
    let ((gate, inventory), site, none) = (gate(Caching::On), site(""), Lines::default());
    let agreed = gate.request(&site, &request(Some(AGREED), &none), NOW);
    for _ in 0..3 {
        let lines = ["_pk_id.1=1; Max-Age=99999999", "_pk_id.1=1; Max-Age=9"];
        let outcome = response(&gate, &site, &agreed, &lines, &none, NOW);
        assert!(matches!(outcome.lines[0].judgement.verdict, Verdict::Amend(_)));
        assert_eq!(outcome.lines[0].leaving, Leaving::Rewritten("_pk_id.1=1; Max-Age=33955200".into()));
        assert_eq!(
            (outcome.lines[1].judgement.verdict, &outcome.lines[1].leaving),
            (Verdict::Pass, &Leaving::Unchanged)
        );
    }
    gate.tick();
    let names = inventory.snapshot(&site.name).names;
    let seen = &names.iter().find(|(name, _)| name == "_pk_id.*").unwrap().1;
    assert_eq!(seen.response.count(), 6);
}

#[test]
fn lifetimes_are_measured_from_the_earliest_moment_that_a_browser_may_take() {
    let ((gate, _), site, none) = (gate(Caching::On), site(""), Lines::default());
    let agreed = gate.request(&site, &request(Some(AGREED), &none), NOW);
    // 13 months are 393 days: allowed when measured from now, too long from an earlier date.
    let line = "_pk_id.1=1; Expires=Tue, 14 Dec 2027 00:00:00 GMT";
    for (dates, is_amended) in [
        (&[][..], false),
        (&["Sun, 01 Nov 2026 00:00:00 GMT"], true),
        (&["Thu, 01 Jan 2099 00:00:00 GMT"], false),
        (&["yesterday"], false),
        (&["Thu, 01 Jan 2099 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:09 GMT"], true),
    ] {
        let fields = Lines(dates.iter().map(|date| ("date", *date)).collect());
        let outcome = response(&gate, &site, &agreed, &[line], &fields, NOW);
        assert_eq!(matches!(outcome.lines[0].judgement.verdict, Verdict::Amend(_)), is_amended, "{dates:?}");
    }
}

#[test]
fn in_report_only_everything_is_judged_and_nothing_changes() {
    let none = Lines(vec![("accept", "text/html")]);
    let outcomes = ["", "enforcement = \"report-only\""].map(|keys| {
        let ((gate, _), site) = (gate(Caching::On), site(keys));
        let asked = gate.request(&site, &request(Some("_ga=1; sessionid=2"), &none), NOW);
        let lines = ["_ga=1", "sessionid=1; Domain=portal.test", "_ga=; Max-Age=0", "nameless"];
        let answered = response(&gate, &site, &asked, &lines, &none, NOW);
        (asked, answered)
    });
    let [(asked, answered), (reported, left)] = &outcomes;
    assert!(asked.counts().eq(reported.counts()) && answered.counts().eq(left.counts()));
    assert_eq!(reported.leaving(), &Leaving::Unchanged);
    assert!(left.lines.iter().all(|line| line.leaving == Leaving::Unchanged));
    assert!(left.deletions.is_empty() && !left.is_private);
    assert!(!answered.deletions.is_empty() && answered.is_private);
}

#[test]
fn on_a_stripped_path_nothing_is_set_and_the_response_is_not_private() {
    let ((gate, _), site, none) = (gate(Caching::On), site("strip_all = [\"/page\"]"), Lines::default());
    let asked = gate.request(&site, &request(None, &none), NOW);
    let outcome = response(&gate, &site, &asked, &["sessionid=1", "_ga=1", "nameless"], &none, NOW);
    for line in &outcome.lines {
        assert_eq!((line.judgement.reason, &line.leaving), (Reason::PathStripped, &Leaving::Nothing));
    }
    assert!(!outcome.is_private);
}

#[test]
fn a_choice_lapses_to_the_second_although_its_field_is_known() {
    let ((gate, _), site, none) = (gate(Caching::On), site(""), Lines::default());
    // Six months are 181 days (`crate::charter`).
    let field = format!(r#"cookies_preferences={{"matomo":true,"timestamp":{}}}"#, NOW.0 - 181 * 86_400);
    let readings = [0, 0, 0, 1].map(|later| {
        let outcome = gate.request(&site, &request(Some(&field), &none), NOW.plus(later));
        format!("{:?}", outcome.visitor.choices.iter().next().unwrap().reading)
    });
    assert_eq!(readings, ["Given", "Given", "Given", "Expired"]);
}

#[test]
fn a_path_that_a_line_named_is_deleted_from_once_it_was_seen() {
    let ((gate, _), site) = (gate(Caching::On), site(""));
    let fields = Lines(vec![("accept", "text/html")]);
    let deletions = |path: &str| {
        let asked = gate.request(&site, &request(Some("_ga=1"), &fields), NOW);
        let outcome = response(&gate, &site, &asked, &[], &fields, NOW);
        let wanted = format!("_ga=; Path={path};");
        outcome.deletions.iter().any(|line| line.starts_with(wanted.as_bytes()))
    };
    assert!(!deletions("/explore"));
    let anonymous = gate.request(&site, &request(None, &fields), NOW);
    response(&gate, &site, &anonymous, &["_ga=1; Path=/explore"], &fields, NOW);
    assert!(deletions("/explore"));
}

/// The second time, the line's verdict is cached, but the path is still learnt, which the first request could not bring.
#[test]
fn a_path_becomes_public_as_soon_as_an_anonymous_request_brings_it() {
    let ((gate, _), site) = (gate(Caching::On), site(""));
    let fields = Lines(vec![("accept", "text/html")]);
    for cookies in [Some("sessionid=1"), None] {
        let asked = gate.request(&site, &request(cookies, &fields), NOW);
        response(&gate, &site, &asked, &["_ga=1; Path=/explore"], &fields, NOW);
        let asked = gate.request(&site, &request(Some("_ga=1"), &fields), NOW);
        let deletions = response(&gate, &site, &asked, &[], &fields, NOW).deletions;
        let is_tried = deletions.iter().any(|line| line.starts_with(b"_ga=; Path=/explore;"));
        assert_eq!(is_tried, cookies.is_none());
    }
}

/// A message of a property: its pairs, its lines, and everything else that an outcome depends on.
#[derive(Clone, Debug)]
struct Message {
    pairs: Vec<&'static str>,
    lines: Vec<String>,
    gpc: bool,
    site: usize,
    later: i64,
    is_navigation: bool,
    path: &'static str,
}

fn message() -> impl Strategy<Value = Message> {
    let pair = prop_oneof![
        Just("_ga=1"),
        Just("sessionid=2"),
        Just("unknown=3"),
        Just("a_name_that_is_longer_than_the_cache_keeps_because_it_has_more_than_64_bytes=4"),
        Just("nameless"),
        Just(""),
        Just(AGREED),
        Just("cookies_preferences=%7B%7D"),
    ];
    let name = prop_oneof![
        Just("_ga"),
        Just("_pk_id.1"),
        Just("sessionid"),
        Just("audience"),
        Just("unknown"),
        Just("cookies_preferences"),
    ];
    let attributes = prop_oneof![
        Just(""),
        Just("; Path=/"),
        Just("; Path=/x"),
        Just("; Max-Age=0"),
        Just("; Max-Age=99999999"),
        Just("; Domain=portal.test"),
        Just("; Domain=portal.test; Max-Age=99999999"),
        // A deletion from one second after NOW on.
        Just("; Expires=Mon, 23 Nov 2026 00:00:00 GMT"),
    ];
    let line = (name, attributes).prop_map(|(name, attributes)| format!("{name}=v{attributes}"));
    (
        prop::collection::vec(pair, 0..4),
        prop::collection::vec(line, 0..4),
        any::<bool>(),
        0..3_usize,
        -1..=1_i64,
        any::<bool>(),
        prop_oneof![Just("/page"), Just("/elsewhere")],
    )
        .prop_map(|(pairs, lines, gpc, site, later, is_navigation, path)| Message {
            pairs,
            lines,
            gpc,
            site,
            later,
            is_navigation,
            path,
        })
}

static SITES: LazyLock<[Arc<Site>; 3]> =
    LazyLock::new(|| ["", "enforcement = \"report-only\"", "strip_all = [\"/page\"]"].map(site));

proptest! {
    /// Whatever messages came before: with caches, each message has the same outcome as without, and each name is noted as
    /// often.
    #[test]
    fn caches_change_no_outcome(messages in prop::collection::vec(message(), 1..40)) {
        let sites = &*SITES;
        let [(cached, seen), (uncached, seen_uncached)] = [Caching::On, Caching::Off].map(gate);
        let navigation = Lines(vec![("accept", "text/html")]);
        for message in &messages {
            let fields = if message.is_navigation { navigation.clone() } else { Lines::default() };
            let (site, now) = (&sites[message.site], NOW.plus(message.later));
            let field = message.pairs.join("; ");
            let cookies = (!message.pairs.is_empty()).then_some(field.as_str());
            let lines: Vec<_> = message.lines.iter().map(String::as_str).collect();
            let [(asked, answered), (asked_uncached, answered_uncached)] = [&cached, &uncached].map(|gate| {
                let view = super::RequestView { gpc: message.gpc, path: message.path, ..request(cookies, &fields) };
                let asked = gate.request(site, &view, now);
                let answered = response(gate, site, &asked, &lines, &fields, now);
                (asked, answered)
            });
            prop_assert_eq!(asked, asked_uncached);
            prop_assert_eq!(answered, answered_uncached);
        }
        cached.tick();
        uncached.tick();
        let counts = |inventory: &crate::inventory::Inventory| {
            let names = inventory.snapshot(&sites[0].name).names;
            let counts = names.into_iter().map(|(name, seen)| {
                let counts = Direction::ALL.map(|direction| seen.direction(direction).verdicts);
                (name, counts, seen.attributes)
            });
            counts.collect::<Vec<_>>()
        };
        prop_assert_eq!(counts(&seen), counts(&seen_uncached));
    }
}
