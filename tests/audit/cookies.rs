//! What set each cookie, whether it was allowed, and its lifetime.

use serde_json::json;

use crate::command::Desk;
use crate::recording::{PORTAL, at, choice, page, recording};

#[test]
fn a_clean_recording_has_no_findings() {
    let clean = recording([page(0, PORTAL).sets("sessionid=1; Max-Age=1209600"), at(1, PORTAL).sends("sessionid=1")]);
    let audited = Desk::new().audit(&clean, &[]);
    audited.assert_findings(&[]);
    assert_eq!(
        audited.report["cookies"],
        json!([{
            "name": "sessionid", "host": "data.example.fr", "set_by": "header", "verdict": "allowed",
            "category": "necessary", "declared": true, "first_url": "https://data.example.fr/",
            "lifetime_seconds": 1_209_600, "declared_lifetime_seconds": 1_209_600,
        }])
    );
}

#[test]
fn a_cookie_that_a_header_sets_without_consent_is_reported() {
    let audited = Desk::new().audit(&recording([page(0, PORTAL).sets("_ga=1; Max-Age=60")]), &[]);
    audited.assert_findings(&["cookie-without-consent _ga data.example.fr 0"]);
    let finding = json!({
        "kind": "cookie-without-consent", "name": "_ga", "host": "data.example.fr",
        "url": "https://data.example.fr/", "entry": 0,
    });
    assert_eq!(audited.report["findings"][0], finding);
    assert_eq!(audited.cookie("_ga")["verdict"], "refused");
}

#[test]
fn an_undeclared_cookie_is_reported_even_if_it_is_allowed() {
    let undeclared = recording([page(0, PORTAL).sends(&choice(true, true)).sets("odd=1")]);
    let audited = Desk::new().audit(&undeclared, &[]);
    audited.assert_findings(&["undeclared-cookie odd data.example.fr 0"]);
    assert_eq!(audited.cookie("odd")["verdict"], "allowed");
    assert_eq!(audited.cookie("odd")["declared"], false);
    let audited = Desk::new().audit(&undeclared, &["--state", "refused"]);
    audited
        .assert_findings(&["cookie-without-consent odd data.example.fr 0", "undeclared-cookie odd data.example.fr 0"]);
}

#[test]
fn a_cookie_that_no_response_set_is_a_scripts() {
    let entries = [page(0, PORTAL), at(5, PORTAL).sends("_ga=1"), at(6, PORTAL).sends("_ga=1")];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["cookie-without-consent _ga data.example.fr 1"]);
    let cookie = audited.cookie("_ga");
    assert_eq!((&cookie["set_by"], &cookie["lifetime_seconds"]), (&json!("script"), &json!(null)));
}

#[test]
fn a_response_is_not_the_source_of_its_own_requests_cookies() {
    let entries = [page(0, PORTAL), at(5, PORTAL).sends("_ga=1").sets("_ga=1; Max-Age=60")];
    assert_eq!(Desk::new().audit(&recording(entries), &[]).cookie("_ga")["set_by"], "script");
}

#[test]
fn cookies_of_the_first_request_were_set_before_the_recording() {
    let entries = [page(0, PORTAL).sends("_ga=1"), at(5, PORTAL).sends("_ga=1")];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["cookie-sent-without-consent _ga data.example.fr 0"]);
    assert_eq!(audited.cookie("_ga")["set_by"], json!(null));
}

#[test]
fn a_redirect_runs_no_script() {
    let entries = [page(0, PORTAL).status(302), page(1, PORTAL).sends("_ga=1")];
    Desk::new().audit(&recording(entries), &[]).assert_findings(&["cookie-sent-without-consent _ga data.example.fr 1"]);
}

#[test]
fn a_page_from_the_browsers_cache_runs_its_scripts() {
    let entries = [page(0, PORTAL).status(304), at(1, PORTAL).sends("_ga=1")];
    Desk::new().audit(&recording(entries), &[]).assert_findings(&["cookie-without-consent _ga data.example.fr 1"]);
}

#[test]
fn a_cookie_set_with_consent_may_not_be_sent_after_a_withdrawal() {
    let entries = [
        page(0, PORTAL).sends(&choice(true, false)).sets("_ga=1; Max-Age=60"),
        at(5, PORTAL).sends(&format!("_ga=1; {}", choice(true, false))),
        at(9, PORTAL).sends(&format!("_ga=1; {}", choice(false, false))),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["cookie-sent-without-consent _ga data.example.fr 2"]);
    assert_eq!(audited.cookie("_ga")["set_by"], "header");
}

#[test]
fn entries_need_not_be_sorted_by_time() {
    let entries = [at(5, PORTAL).sends("_ga=1"), page(0, PORTAL).sets("_ga=1; Max-Age=60")];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["cookie-without-consent _ga data.example.fr 1"]);
    assert_eq!(audited.cookie("_ga")["set_by"], "header");
}

#[test]
fn redirects_errors_and_304_set_cookies_like_any_other() {
    for status in [301, 302, 304, 404, 500] {
        let entries = [page(0, PORTAL).status(status).sets("_ga=1; Max-Age=60")];
        Desk::new().audit(&recording(entries), &[]).assert_findings(&["cookie-without-consent _ga data.example.fr 0"]);
    }
}

#[test]
fn a_cookie_set_for_the_parent_domain_has_a_source_at_sibling_hosts() {
    let entries = [
        page(0, PORTAL).sets("_ga=1; Domain=example.fr; Max-Age=60"),
        at(5, "https://static.example.fr/a.js").sends("_ga=1"),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["cookie-without-consent _ga data.example.fr 0"]);
    assert_eq!(audited.report["cookies"].as_array().unwrap().len(), 1);
}

#[test]
fn deletions_and_lines_that_browsers_reject_set_nothing() {
    let entries = [page(0, PORTAL)
        .sets("_ga=; Max-Age=0")
        .sets("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
        .sets("b=1; Max-Age=-1")
        .sets("c=1; Domain=other.test")
        .sets("d=1; Domain=fr")
        .sets("sessionid=1")];
    Desk::new().audit(&recording(entries), &[]).assert_findings(&[]);
}

#[test]
fn the_longest_lifetime_counts_from_the_responses_date() {
    let declared = 393 * 86_400;
    for (line, is_long) in [
        (format!("Max-Age={}", declared + 120), false),
        (format!("Max-Age={}", declared + 121), true),
        (format!("Max-Age=1; Max-Age={}", declared + 121), true),
        ("Expires=Tue, 28 Dec 2027 10:02:00 GMT".to_owned(), false),
        ("Expires=Tue, 28 Dec 2027 10:02:01 GMT".to_owned(), true),
        ("Expires=Tue, 28 Dec 2027 12:00:00 GMT; Max-Age=60".to_owned(), false),
    ] {
        // The portal's clock is two days ahead of the browser's.
        let set = |line: &str| {
            page(0, PORTAL)
                .sends(&choice(true, true))
                .response_header("Date", "Mon, 30 Nov 2026 10:00:00 GMT")
                .sets(line)
        };
        let entries = [set(&format!("_ga=1; {line}")), set("_ga=1; Max-Age=5")];
        let expected: &[&str] = if is_long { &["lifetime-exceeds-charter _ga data.example.fr 0"] } else { &[] };
        Desk::new().audit(&recording(entries), &[]).assert_findings(expected);
    }
}

#[test]
fn a_declared_session_cookie_with_a_lifetime_is_reported() {
    let audited = Desk::new().audit(&recording([page(0, PORTAL).sets("once=1; Max-Age=60")]), &[]);
    audited.assert_findings(&["lifetime-exceeds-charter once data.example.fr 0"]);
    Desk::new().audit(&recording([page(0, PORTAL).sets("once=1")]), &[]).assert_findings(&[]);
}

#[test]
fn load_balancers_and_the_choice_itself_are_exempt() {
    let entries = [page(0, PORTAL).sets("AWSALB=1").sets("cookies_preferences=%7B%7D").sets("sessionid=1")];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&[]);
    assert_eq!(audited.cookie("AWSALB")["category"], "infrastructure");
    assert_eq!(audited.cookie("cookies_preferences")["category"], "choice");
}

#[test]
fn a_nameless_cookie_is_reported_without_its_text() {
    let entries =
        [page(0, PORTAL).sets("=nameless1").sets("nameless2; Path=/"), at(1, PORTAL).sends("nameless3; =nameless4")];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["unreadable-cookie null data.example.fr 0"]);
    let control = recording([page(0, PORTAL).sets("sessionid=\u{1}")]);
    Desk::new().audit(&control, &[]).assert_findings(&["unreadable-cookie null data.example.fr 0"]);
    assert!(!audited.report.to_string().contains("nameless"));
}

#[test]
fn many_names_are_folded_and_none_is_lost() {
    let entries = (0..9000).map(|number| at(number % 3000, PORTAL).sets(&format!("id_{number}=1; Max-Age=60")));
    let audited = Desk::new().audit(&recording(entries), &[]);
    assert_eq!(audited.code, 1);
    assert_eq!(audited.cookie("id_*")["verdict"], "refused");
    let notes = audited.report["summary"]["recordings"][0]["notes"].to_string();
    assert!(notes.contains("folded"), "{notes}");
}
