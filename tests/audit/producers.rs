//! How each producer writes recordings, and what each leaves out.

use serde_json::json;

use crate::command::Desk;
use crate::recording::{PORTAL, at, by, choice, page, recording};

const FOUND: &[&str] = &["cookie-without-consent _ga data.example.fr 0"];

#[test]
fn several_cookies_may_share_one_field() {
    let joined = "sessionid=1; Expires=Sat, 05 Dec 2026 10:00:00 GMT; Path=/, _ga=1; Max-Age=60; Path=/";
    for (producer, line) in [
        ("chrome-har", "sessionid=1; Path=/\n_ga=1; Max-Age=60"),
        ("WebKit Web Inspector", joined),
        ("WebKit Web Inspector", "sessionid=1, _ga=1; Path=/"),
        ("something else", joined),
    ] {
        Desk::new().audit(&by(producer, [page(0, PORTAL).sets(line)]), &[]).assert_findings(FOUND);
    }
}

#[test]
fn http2_may_split_the_cookie_field() {
    let entry = page(0, PORTAL).sends("_ga=1").request_header("cookie", &choice(true, false));
    Desk::new().audit(&by("mitmproxy", [entry]), &[]).assert_findings(&[]);
}

#[test]
fn a_listed_cookie_that_no_field_has_counts() {
    let listed = json!([{ "name": "_ga", "value": "1", "path": "/", "expires": "2026-11-28T11:00:00.000Z" }]);
    let entry = page(0, PORTAL).sets("sessionid=1").with("/response/cookies", listed.clone());
    let audited = Desk::new().audit(&recording([entry]), &[]);
    audited.assert_findings(FOUND);
    assert_eq!(audited.cookie("_ga")["lifetime_seconds"], 3600);
    let sent = page(0, PORTAL).sends("sessionid=1").with("/request/cookies", listed);
    Desk::new().audit(&recording([sent]), &[]).assert_findings(&["cookie-sent-without-consent _ga data.example.fr 0"]);
}

#[test]
fn header_fields_may_be_an_object() {
    let entry =
        page(0, PORTAL).with("/response/headers", json!({ "Set-Cookie": ["sessionid=1", "_ga=1; Max-Age=60"] }));
    Desk::new().audit(&recording([entry]), &[]).assert_findings(FOUND);
    let entry = page(0, PORTAL).with("/response/headers", json!({ "set-cookie": "_ga=1; Max-Age=60" }));
    Desk::new().audit(&recording([entry]), &[]).assert_findings(FOUND);
}

#[test]
fn times_have_any_offset_and_any_fraction() {
    for (first, second) in [
        ("2026-11-28T10:00:00Z", "2026-11-28T11:00:01.5+01:00"),
        ("2026-11-28T11:00:00.1234567+01:00", "2026-11-28T10:00:01.000001+00:00"),
        ("2026-11-28T10:00:00", "2026-11-28T10:00:01"),
        ("2026-11-28T11:00:00+01", "2026-11-28T10:00:01Z"),
        ("2026-11-28T10:00:00Z", "2026-11-28T11:00:01+0100"),
        ("2026-11-28T05:00:00.5-05", "2026-11-28 10:00:01Z"),
        ("2026-11-28T23:59:59-05:00", "2026-11-29T05:00:00.000Z"),
    ] {
        let entries = [
            page(0, PORTAL).with("/startedDateTime", second).sends("_ga=1"),
            page(0, PORTAL).with("/startedDateTime", first).sets("_ga=1; Max-Age=60"),
        ];
        let found = Desk::new().audit(&recording(entries), &[]);
        found.assert_findings(&["cookie-without-consent _ga data.example.fr 1"]);
    }
}

#[test]
fn numbers_may_be_texts_and_the_creator_may_come_last() {
    let cached = at(1, "https://stats.tracker.test/")
        .with("/request/headersSize", "0")
        .with("/response/headersSize", "0")
        .with("/response/status", "200");
    let first = page(0, PORTAL).sets("sessionid=1").with("/time", "20");
    let text = recording([first, cached]).to_string();
    let creator = r#""creator":{"name":"Firefox","version":"1"},"#;
    assert!(text.contains(creator));
    let entries = text.replace(creator, "");
    let late = format!("{},{}}}}}", entries.strip_suffix("}}").unwrap(), creator.strip_suffix(',').unwrap());
    let desk = Desk::new();
    desk.write("late.har", late.as_bytes());
    desk.run(&["late.har", "--format", "json"]).audited().assert_findings(&[]);
    desk.write("unknown.har", entries.as_bytes());
    let unknown = desk.run(&["unknown.har", "--format", "json"]).audited();
    assert_eq!(unknown.code, 1, "nothing is known of its producer's ways");
}

#[test]
fn responses_of_a_service_worker_are_noted() {
    let entry = page(0, PORTAL).sets("sessionid=1").with("/response/_fetchedViaServiceWorker", true);
    let audited = Desk::new().audit(&by("WebInspector", [entry]), &[]);
    audited.assert_findings(&[]);
    let notes = audited.report["summary"]["recordings"][0]["notes"].to_string();
    assert!(notes.contains("service worker"), "{notes}");
}

#[test]
fn a_recording_from_which_cookies_were_removed_proves_nothing() {
    let sanitised = &["recording-sanitised null null null"];
    for producer in ["WebInspector", "chrome-har-capturer", "puppeteer-har", "chrome-har", "BrowserMob Proxy"] {
        Desk::new().audit(&by(producer, [page(0, PORTAL)]), &[]).assert_findings(sanitised);
        Desk::new().audit(&by(producer, [page(0, PORTAL).sets("sessionid=1")]), &[]).assert_findings(&[]);
    }
    // A WebSocket's handshake may show its cookies all the same.
    let socket = at(1, "wss://data.example.fr/live").sends("sessionid=1");
    Desk::new().audit(&by("chrome-har-capturer", [page(0, PORTAL), socket]), &[]).assert_findings(sanitised);
    for entry in [
        page(0, PORTAL).sends("[redacted]"),
        page(0, PORTAL).sets("[sanitized]"),
        page(0, PORTAL).sends("sessionid=REDACTED"),
        page(0, PORTAL).sends("sessionid=[sessionid redacted]"),
        page(0, PORTAL).sets("sessionid=••••; Path=/"),
        page(0, PORTAL).sets("sessionid=[REDACTED]; Path=/"),
        page(0, PORTAL).with("/request/cookies", json!([{ "name": "sessionid", "value": "[redacted]" }])),
    ] {
        Desk::new().audit(&recording([entry]), &[]).assert_findings(sanitised);
    }
}

#[test]
fn a_recording_without_cookies_of_an_unknown_producer_is_noted() {
    let audited = Desk::new().audit(&by("something else", [page(0, PORTAL)]), &[]);
    audited.assert_findings(&[]);
    let notes = audited.report["summary"]["recordings"][0]["notes"].to_string();
    assert!(notes.contains("no cookie in it"), "{notes}");
}

#[test]
fn values_with_commas_and_unknown_keys_change_nothing() {
    let entry = page(0, PORTAL)
        .sets("sessionid=a,b=c; Path=/")
        .sets("_pk_id=x, y; Path=/")
        .sets("_ga=1; Max-Age=60")
        .with("/_initiator", json!({ "stack": { "parent": { "parent": [1, "]", { "a": "}" }] } } }));
    Desk::new().audit(&recording([entry]), &["--state", "nothing"]).assert_findings(&[
        "cookie-without-consent _ga data.example.fr 0",
        "cookie-without-consent _pk_id data.example.fr 0",
        "undeclared-cookie _pk_id data.example.fr 0",
    ]);
}

#[test]
fn cookies_joined_by_safari_are_split_whatever_their_names() {
    for name in ["a@b", "{a}", "(a)", "a/b", "a?b", "<a>"] {
        let entry = page(0, PORTAL).sets(&format!("sessionid=1; Path=/, {name}=2; Path=/"));
        Desk::new().audit(&by("WebKit Web Inspector", [entry]), &[]).assert_findings(&[
            &format!("cookie-without-consent {name} data.example.fr 0"),
            &format!("undeclared-cookie {name} data.example.fr 0"),
        ]);
    }
}

#[test]
fn fields_joined_by_line_feeds_are_split() {
    for feed in ["\n", "\r\n"] {
        let entry = page(0, PORTAL).sends(&format!("sessionid=1{feed}_ga=2"));
        Desk::new()
            .audit(&recording([entry]), &[])
            .assert_findings(&["cookie-sent-without-consent _ga data.example.fr 0"]);
        let entry = page(0, PORTAL).sets(&format!("sessionid=1; Path=/{feed}_ga=2; Path=/"));
        Desk::new().audit(&recording([entry]), &[]).assert_findings(&["cookie-without-consent _ga data.example.fr 0"]);
    }
}

#[test]
fn unreadable_cookies_of_a_list_are_reported() {
    let unreadable = &["unreadable-cookie null data.example.fr 0"];
    for side in ["request", "response"] {
        for name in ["", "a\u{1}b", "a;b", "\u{7f}"] {
            let list = json!([{ "name": name, "value": "secret" }]);
            let entry = page(0, PORTAL).with(&format!("/{side}/cookies"), list);
            let audited = Desk::new().audit(&recording([entry]), &[]);
            audited.assert_findings(unreadable);
            assert!(!audited.report.to_string().contains("secret"));
        }
        let list = json!([{ "name": "sessionid", "value": "a\u{0}b" }]);
        let entry = page(0, PORTAL).with(&format!("/{side}/cookies"), list);
        Desk::new().audit(&recording([entry]), &[]).assert_findings(unreadable);
    }
}

#[test]
fn a_nameless_cookie_that_is_listed_as_a_name_stays_hidden() {
    // Playwright takes a text without `=` for a name.
    for list in [json!([{ "name": "secret", "value": "" }]), json!([{ "name": "", "value": "secret" }])] {
        let sent = page(0, PORTAL).sends("sessionid=1; secret").with("/request/cookies", list.clone());
        let answered = page(0, PORTAL).sets("secret; Path=/").with("/response/cookies", list);
        for entry in [sent, answered] {
            let audited = Desk::new().audit(&by("Playwright", [entry]), &[]);
            audited.assert_findings(&["unreadable-cookie null data.example.fr 0"]);
            assert!(!audited.report.to_string().contains("secret"), "{:#}", audited.report);
        }
    }
    // A cookie whose value is empty has a name all the same.
    for entry in [page(0, PORTAL).sends("sessionid=1"), page(0, PORTAL)] {
        let entry = entry.with("/request/cookies", json!([{ "name": "_ga", "value": "" }]));
        let audited = Desk::new().audit(&by("Playwright", [entry]), &[]);
        audited.assert_findings(&["cookie-sent-without-consent _ga data.example.fr 0"]);
    }
}

#[test]
fn a_decoded_name_of_a_list_is_the_same_cookie() {
    // Firefox writes fields as they went, and lists with escapes decoded.
    let list = json!([{ "name": "_pk@id", "value": "1" }]);
    let entry = page(0, PORTAL).sends("_pk%40id=1").with("/request/cookies", list.clone());
    let found = Desk::new().audit(&recording([entry]), &["--state", "accepted"]);
    found.assert_findings(&["undeclared-cookie _pk%40id data.example.fr 0"]);
    let entry = page(0, PORTAL).sets("_pk%40id=1").with("/response/cookies", list);
    let found = Desk::new().audit(&recording([entry]), &["--state", "accepted"]);
    found.assert_findings(&["undeclared-cookie _pk%40id data.example.fr 0"]);
}

#[test]
fn an_entry_without_a_start_time_begins_with_the_one_before() {
    let undated = |entry: crate::recording::Entry| entry.with("/startedDateTime", json!(null));
    let granted = choice(true, true);
    let entries = [
        undated(page(0, PORTAL).sends(&granted).sets("_ga=1; Max-Age=60")),
        page(0, PORTAL).sends(&granted),
        undated(at(0, PORTAL).sends(&granted).sets("_ga=1; Max-Age=60")),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&[]);
    let notes = |audited: &crate::command::Audited| audited.report["summary"]["recordings"][0]["notes"].to_string();
    assert!(notes(&audited).contains("some entries have no start time"), "{}", notes(&audited));
    let audited = Desk::new().audit(&recording([undated(page(0, PORTAL).sends(&granted).sets("_ga=1"))]), &[]);
    audited.assert_findings(&["cookie-without-consent _ga data.example.fr 0"]);
    assert!(notes(&audited).contains("no entry has a start time"), "{}", notes(&audited));
}
