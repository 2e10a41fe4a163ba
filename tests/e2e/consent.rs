//! The visitor's choice as the banner writes it: how it is read, and that an unreadable one grants nothing.

use crate::support::choice::{DAY_MS, charter_with, choice, granted, now_ms, percent_encoded, refused};
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, Setup};

/// Sets one cookie that is always allowed, one tracker and one stranger.
async fn portal() -> Origin {
    Origin::always(ok("Set-Cookie: sessionid=1\r\nSet-Cookie: _ga=1\r\nSet-Cookie: stranger=1\r\n", "")).await
}

const CLOSED: &[&str] = &["sessionid=1"];
const STATISTICS: &[&str] = &["sessionid=1", "_ga=1"];
const OPEN: &[&str] = &["sessionid=1", "_ga=1", "stranger=1"];

/// What passes for each `Cookie` line.
async fn judge(octroi: &Octroi, rows: &[(String, &[&str])]) {
    let mut findings = Findings::default();
    let mut client = octroi.client().await;
    for (cookie, wanted) in rows {
        let response = client.get("/", &format!("Cookie: {cookie}\r\n")).await;
        let got = response.set_cookies();
        findings.expect(response.status() == 200 && got == *wanted, || {
            format!("Cookie: {cookie}: status {}, {got:?} passed instead of {wanted:?}", response.status())
        });
    }
    findings.none();
}

#[tokio::test]
async fn the_three_encodings_of_one_choice_are_read_alike() {
    let octroi = Octroi::before(&portal().await).await;
    let yes = r#"{"functional_cookies":true,"ga":true,"matomo":true}"#;
    let no = r#"{"functional_cookies":true,"ga":false,"matomo":false}"#;
    let js_cookie = |json: &str| format!("cookies_preferences={}", json.replace('"', "%22").replace(',', "%2C"));
    let raw = |json: &str| format!("cookies_preferences={json}");
    judge(
        &octroi,
        &[
            (choice(yes), OPEN),
            (js_cookie(yes), OPEN),
            (raw(yes), OPEN),
            (choice(no), CLOSED),
            (js_cookie(no), CLOSED),
            (raw(no), CLOSED),
            (choice(yes).to_lowercase(), OPEN),
            (format!("a=1; {}; b=2", raw(yes)), OPEN),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_choice_that_a_framework_encoded_again_is_read() {
    let octroi = Octroi::before(&portal().await).await;
    for (json, wanted) in [
        (r#"{"functional_cookies": true, "ga": true, "matomo": true}"#, OPEN),
        (r#"{"functional_cookies": true, "ga": false, "matomo": false}"#, CLOSED),
    ] {
        let encoded = percent_encoded(json);
        let values = [
            // Django, classic ASP, PHP; then a proxy that encodes again, and quotes around what was encoded.
            format!("\"{}\"", json.replace('"', "\\\"").replace(',', "\\054")),
            json.replace('"', "\\\""),
            encoded.replace("%20", "+"),
            percent_encoded(&encoded),
            format!("\"{encoded}\""),
        ];
        let rows: Vec<_> = values.iter().map(|value| (format!("cookies_preferences={value}"), wanted)).collect();
        judge(&octroi, &rows).await;
    }
}

#[tokio::test]
async fn a_category_is_granted_by_one_key_and_refused_by_one_refusal() {
    let octroi = Octroi::before(&portal().await).await;
    judge(
        &octroi,
        &[
            (granted(), OPEN),
            (refused(), CLOSED),
            (choice(r#"{"functional_cookies":true,"matomo":true}"#), OPEN),
            (choice(r#"{"functional_cookies":true,"matomo":true,"ga":false}"#), CLOSED),
            (choice(r#"{"functional_cookies":true,"matomo":true,"ga":true,"xiti":false}"#), STATISTICS),
            (choice(r#"{"functional_cookies":true}"#), CLOSED),
            (choice("{}"), CLOSED),
        ],
    )
    .await;
}

#[tokio::test]
async fn an_unreadable_choice_is_no_consent() {
    let octroi = Octroi::before(&portal().await).await;
    let values = [
        String::new(),
        "yes".to_owned(),
        "true".to_owned(),
        "1".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        "%E0%A4%A".to_owned(),
        "%7B%22ga%22%3Atrue".to_owned(),
        percent_encoded("[true]"),
        percent_encoded(r#"{"ga":true,"matomo":true,"functional_cookies":true"#),
        percent_encoded(r#"{"ga":true,"matomo":true,"functional_cookies":true}}"#),
        percent_encoded(r#"{"ga":"true","matomo":"true","functional_cookies":"true"}"#),
        percent_encoded(r#"{"ga":1,"matomo":1,"functional_cookies":1}"#),
        percent_encoded(r#"{"ga":null,"matomo":{"ga":true}}"#),
        percent_encoded(r#"{"GA":true,"Matomo":true}"#),
        percent_encoded(r#"{"ga":true,"ga":false,"matomo":true}"#),
        r#""{"ga":true,"matomo":true,"functional_cookies":true}""#.to_owned(),
        r#""{\x22ga\x22:true}""#.to_owned(),
        r#"{\"ga":true,"matomo\":true}"#.to_owned(),
        percent_encoded(&"[".repeat(2000)),
        percent_encoded(&format!(
            r#"{{"ga":true,"matomo":true,"functional_cookies":true,"x":"{}"}}"#,
            "y".repeat(5000)
        )),
        "%ff%fe%7B%7D".to_owned(),
    ];
    let rows: Vec<_> = values.iter().map(|value| (format!("cookies_preferences={value}"), CLOSED)).collect();
    judge(&octroi, &rows).await;
    judge(&octroi, &[("Cookies_Preferences=%7B%22ga%22%3Atrue%7D".to_owned(), CLOSED)]).await;
}

#[tokio::test]
async fn of_two_choices_all_must_grant() {
    let octroi = Octroi::before(&portal().await).await;
    judge(
        &octroi,
        &[
            (format!("{}; {}", granted(), granted()), OPEN),
            (format!("{}; {}", granted(), refused()), CLOSED),
            (format!("{}; {}", refused(), granted()), CLOSED),
            (format!("{}; cookies_preferences=nonsense", granted()), CLOSED),
            (format!("{}; cookies_preferences=", granted()), CLOSED),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_choice_in_a_second_cookie_line_counts_too() {
    let octroi = Octroi::before(&portal().await).await;
    let lines = format!("Cookie: {}\r\nCookie: {}\r\n", granted(), refused());
    assert_eq!(octroi.client().await.get("/", &lines).await.set_cookies(), CLOSED);
    let lines = format!("Cookie: a=1\r\nCookie: {}\r\n", granted());
    assert_eq!(octroi.client().await.get("/", &lines).await.set_cookies(), OPEN);
}

#[tokio::test]
async fn a_choice_lasts_six_months_and_never_comes_from_the_future() {
    let octroi = Octroi::before(&portal().await).await;
    let at = |ms: i64| choice(&format!(r#"{{"functional_cookies":true,"ga":true,"matomo":true,"timestamp":{ms}}}"#));
    let now = now_ms();
    judge(
        &octroi,
        &[
            (at(now), OPEN),
            (at(now / 1000), OPEN),
            (at(now - 180 * DAY_MS), OPEN),
            (at(now - 182 * DAY_MS), CLOSED),
            (at((now - 182 * DAY_MS) / 1000), CLOSED),
            (at(now + DAY_MS / 2), OPEN),
            (at(now + 2 * DAY_MS), CLOSED),
            (at(0), CLOSED),
            (at(-1), CLOSED),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_choice_without_a_date_holds_unless_the_charter_says_otherwise() {
    let origin = portal().await;
    let undated = choice(r#"{"functional_cookies":true,"ga":true,"matomo":true}"#);
    judge(&Octroi::before(&origin).await, &[(undated.clone(), OPEN)]).await;
    let strict = charter_with("valid_for = \"6 months\"", "valid_for = \"6 months\"\nundated = \"deny\"");
    judge(&Setup::before(&origin).charter(&strict).start().await, &[(undated, CLOSED), (granted(), OPEN)]).await;
}

#[tokio::test]
async fn without_consent_rules_nobody_can_consent() {
    let origin = portal().await;
    let charter = charter_with("", "");
    let charter = charter.split("[consent]").next().unwrap();
    judge(&Setup::before(&origin).charter(charter).start().await, &[(granted(), CLOSED)]).await;
}

#[tokio::test]
async fn a_cookie_may_name_the_key_that_grants_it() {
    let charter = charter_with(
        "name = \"_ga\"\ncategory = \"statistics\"",
        "name = \"_ga\"\ncategory = \"statistics\"\nkey = \"ga\"",
    );
    let octroi = Setup::before(&portal().await).charter(&charter).start().await;
    judge(
        &octroi,
        &[
            (choice(r#"{"functional_cookies":true,"matomo":true}"#), &["sessionid=1", "stranger=1"]),
            (choice(r#"{"functional_cookies":true,"matomo":false,"ga":true}"#), STATISTICS),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_response_that_records_the_choice_needs_both_the_old_and_the_new_one() {
    let set = |choice: &str| ok(&format!("Set-Cookie: _ga=1\r\nSet-Cookie: {choice}; Path=/\r\n"), "");
    let (yes, no) = (granted(), refused());
    let (gives, takes) = (set(&yes), set(&no));
    let origin =
        Origin::replying(move |request| if request.target() == "/give" { gives.clone() } else { takes.clone() }).await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    for (path, cookie, wanted) in [
        ("/give", "", false),
        ("/give", no.as_str(), false),
        ("/give", yes.as_str(), true),
        ("/take", yes.as_str(), false),
    ] {
        let response = octroi.client().await.get(path, &format!("Cookie: a=1; {cookie}\r\n")).await;
        let lines = response.set_cookies();
        findings.expect(lines.iter().any(|line| line == "_ga=1") == wanted, || {
            format!("{path} with {cookie:?}: {lines:?}")
        });
        let recorded = lines.iter().any(|line| line.starts_with("cookies_preferences="));
        findings.expect(recorded, || format!("{path}: the choice itself did not pass: {lines:?}"));
    }
    findings.none();
}

#[tokio::test]
async fn a_response_that_takes_the_choice_back_grants_nothing() {
    let mut findings = Findings::default();
    for deletion in ["Max-Age=0", "Max-Age=-5; Path=/", "Expires=Thu, 01 Jan 1970 00:00:00 GMT", "Max-Age=+0"] {
        let lines =
            format!("Set-Cookie: _ga=1\r\nSet-Cookie: cookies_preferences=; {deletion}\r\nSet-Cookie: stranger=2\r\n");
        let octroi = Octroi::before(&Origin::always(ok(&lines, "")).await).await;
        let response = octroi.client().await.get("/", &format!("Cookie: {}\r\n", granted())).await;
        let wanted = [format!("cookies_preferences=; {deletion}")];
        findings.expect(response.set_cookies() == wanted, || response.shown());
    }
    findings.none();
}

#[tokio::test]
async fn global_privacy_control_refuses_unsaid_keys() {
    let charter = charter_with("valid_for = \"6 months\"", "valid_for = \"6 months\"\ngpc = \"refuse\"");
    let origin = portal().await;
    let octroi = Setup::before(&origin).charter(&charter).start().await;
    let mut client = octroi.client().await;
    let with = |choice: &str| format!("Sec-GPC: 1\r\nCookie: {choice}\r\n");
    assert_eq!(client.get("/", &with("a=1")).await.set_cookies(), CLOSED);
    assert_eq!(origin.last().field("sec-gpc").as_deref(), Some("1"), "Sec-GPC is always forwarded");
    assert_eq!(client.get("/", &with(&granted())).await.set_cookies(), OPEN, "an explicit choice wins");
    let metrics = octroi.after_requests(2).await;
    let refused = metrics.sum("octroi_cookies_total", &[("category", "statistics"), ("reason", "refused")]);
    assert!((refused - 1.0).abs() < f64::EPSILON, "{metrics:?}");
}

#[tokio::test]
async fn the_route_the_status_and_the_body_never_depend_on_consent() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "the same page for all")).await;
    let octroi = Octroi::before(&origin).await;
    for cookie in [granted(), refused(), "a=1".to_owned()] {
        let response = octroi.client().await.get("/page", &format!("Cookie: {cookie}\r\n")).await;
        assert_eq!((response.status(), response.text().as_str()), (200, "the same page for all"));
    }
}
