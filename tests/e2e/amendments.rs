//! Lifetimes and attributes: the charter's changes, and not one other byte; and the audience exemption with its four
//! conditions.

use crate::support::choice::{CHARTER, charter_with, choice, granted, refused};
use crate::support::client::navigate;
use crate::support::http2::Http2;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup};

/// The charter of the tests with further keys for `sessionid`.
fn session_with(keys: &str) -> String {
    charter_with("name = \"sessionid\"\n", &format!("name = \"sessionid\"\n{keys}\n"))
}

/// The lines that a visitor with these cookies receives.
async fn lines_after(charter: &str, cookies: &str, lines: &[&str], more: &str) -> Vec<String> {
    let fields = lines.iter().map(|line| format!("Set-Cookie: {line}\r\n")).collect::<Vec<_>>().concat();
    let octroi =
        Setup::before(&Origin::always(ok(&format!("{fields}{more}"), "")).await).charter(charter).start().await;
    octroi.client().await.get("/", &format!("Cookie: {cookies}\r\n")).await.set_cookies()
}

/// Each line alone must become the second member.
async fn becomes(charter: &str, cookies: &str, rows: &[(&str, &str)]) {
    let (lines, wanted): (Vec<_>, Vec<_>) = rows.iter().copied().unzip();
    assert_eq!(lines_after(charter, cookies, &lines, "").await, wanted);
}

#[tokio::test]
async fn a_cap_shortens_a_lifetime_and_changes_nothing_else() {
    becomes(
        &session_with("lifetime = \"1 hour\"\ncap = true"),
        "a=1",
        &[
            ("sessionid=1; Path=/", "sessionid=1; Path=/"),
            ("sessionid=1; Max-Age=3600;x", "sessionid=1; Max-Age=3600;x"),
            ("sessionid=\"a;b\" ;max-age = 3601 ;; Secure", "sessionid=\"a;b\" ;max-age = 3600 ;; Secure"),
            ("sessionid=1; Max-Age=9; Max-Age=99999; Path=/a", "sessionid=1; Max-Age=9; Max-Age=3600; Path=/a"),
            ("sessionid=1; Max-Age=0", "sessionid=1; Max-Age=0"),
            ("csrftoken=1; Max-Age=99999", "csrftoken=1; Max-Age=99999"),
        ],
    )
    .await;
}

/// The seconds from now to the date of the one `Expires` in a line.
fn seconds_left(line: &str) -> i64 {
    let value = line.split("; ").find_map(|part| part.strip_prefix("Expires=")).unwrap_or_else(|| panic!("{line}"));
    let date = jiff::fmt::rfc2822::parse(value).unwrap_or_else(|error| panic!("{line}: {error}")).timestamp();
    date.duration_since(jiff::Timestamp::now()).as_secs()
}

#[tokio::test]
async fn thirteen_months_of_a_category_are_393_days() {
    const SECONDS: i64 = 393 * 86_400;
    let charter = charter_with("id = \"statistics\"\n", "id = \"statistics\"\nmax_lifetime = \"13 months\"\n");
    becomes(
        &charter,
        &granted(),
        &[
            ("_ga=1; Max-Age=34128000", "_ga=1; Max-Age=33955200"),
            (
                "_ga=1; Max-Age=33955200; Expires=Fri, 31 Dec 2100 00:00:00 GMT",
                "_ga=1; Max-Age=33955200; Expires=Fri, 31 Dec 2100 00:00:00 GMT",
            ),
            ("_pk_id.1=1; Max-Age=99999999999999999999", "_pk_id.1=1; Max-Age=33955200"),
            ("sessionid=1; Max-Age=99999999", "sessionid=1; Max-Age=99999999"),
        ],
    )
    .await;
    let far = ["_ga=1; Expires=Fri, 31 Dec 2100 00:00:00 GMT; Path=/"];
    let lines = lines_after(&charter, &granted(), &far, "").await;
    let left = seconds_left(&lines[0]);
    assert!(left <= SECONDS && left > SECONDS - 60, "{left} seconds: {lines:?}");
    assert!(lines[0].starts_with("_ga=1; Expires=") && lines[0].ends_with(" GMT; Path=/"), "{lines:?}");
}

#[tokio::test]
async fn a_slow_clock_lengthens_no_lifetime() {
    let charter = session_with("lifetime = \"1 hour\"\ncap = true");
    // Browsers add the difference of the clocks to `Expires`: these two would live for a year.
    for (date, expires) in [
        ("Wed, 31 Dec 1969 00:00:00 GMT", "Thu, 31 Dec 1970 00:00:00 GMT"),
        ("Mon, 01 Jan 2024 00:00:00 GMT", "Wed, 01 Jan 2025 00:00:00 GMT"),
    ] {
        let line = format!("sessionid=1; Expires={expires}");
        let lines = lines_after(&charter, "a=1", &[&line], &format!("Date: {date}\r\n")).await;
        let hour_later = date.replace("00:00:00", "01:00:00");
        assert_eq!(lines, [format!("sessionid=1; Expires={hour_later}")]);
    }
    // One that is fast shortens it, and nobody's clock is touched.
    let lines = lines_after(
        &charter,
        "a=1",
        &["sessionid=1; Expires=Fri, 31 Dec 2100 00:00:00 GMT"],
        "Date: Thu, 30 Dec 2100 23:59:59 GMT\r\n",
    )
    .await;
    assert!((3_500..=3_600).contains(&seconds_left(&lines[0])), "{lines:?}");
}

#[tokio::test]
async fn attributes_are_added_if_they_are_missing() {
    let charter = session_with("secure = true\nhttp_only = true\nsame_site = \"lax\"");
    let complete = "sessionid=1; secure; HTTPONLY; samesite=strict";
    becomes(
        &charter,
        "a=1",
        &[
            ("sessionid=1", "sessionid=1; Secure; HttpOnly; SameSite=Lax"),
            ("sessionid=\"a\tb\" ;Path = /;", "sessionid=\"a\tb\" ;Path = /;; Secure; HttpOnly; SameSite=Lax"),
            ("sessionid=1; SameSite=None; Secure", "sessionid=1; SameSite=None; Secure; HttpOnly"),
            (complete, complete),
            ("csrftoken=1", "csrftoken=1"),
        ],
    )
    .await;
}

#[tokio::test]
async fn amended_lines_keep_their_place_among_the_others_over_http2() {
    let charter = session_with("secure = true\nlifetime = \"1 hour\"\ncap = true");
    let lines = "Set-Cookie: csrftoken=1\r\nSet-Cookie: sessionid=2; Max-Age=9999\r\nSet-Cookie: _ga=3\r\nSet-Cookie: django_language=fr\r\n";
    let octroi = Setup::before(&Origin::always(ok(lines, "")).await).charter(&charter).start().await;
    let answer = Http2::connect(octroi.address).await.get("/", &[]).await;
    assert_eq!(answer.texts("set-cookie"), ["csrftoken=1", "sessionid=2; Max-Age=3600; Secure", "django_language=fr"]);
}

const CONDITIONS: [&str; 4] = ["sole_account", "no_cross_site_tracking", "anonymous_statistics", "no_cross_matching"];

/// A charter with an anonymous statistics cookie, and these conditions asserted.
fn audience_charter(conditions: &[&str]) -> String {
    let asserted = conditions.iter().map(|condition| format!("{condition} = true\n")).collect::<Vec<_>>().concat();
    CHARTER
        .replace("name = \"_ga\"\n", "name = \"_ga\"\nanonymous = true\n")
        .replace("[consent]\n", &format!("[audience_exemption]\n{asserted}[consent]\n"))
}

/// Whether `_ga` passes in each direction, and whether a navigation deletes it.
async fn audience(octroi: &Octroi, origin: &Origin, lines: &str) -> (bool, bool, bool) {
    let response: Message = octroi.client().await.exchange(navigate("/", lines)).await;
    let set = response.set_cookies();
    let has = |line: &str| set.iter().any(|set| set.starts_with(line));
    (has("_ga=1"), origin.last().field("cookie").is_some_and(|cookies| cookies.contains("_ga=0")), has("_ga=;"))
}

const PASSES: (bool, bool, bool) = (true, true, false);
const GATED: (bool, bool, bool) = (false, false, true);

#[tokio::test]
async fn anonymous_statistics_pass_until_they_are_refused_if_all_four_conditions_are_asserted() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "")).await;
    let heeding = audience_charter(&CONDITIONS).replace("valid_for =", "gpc = \"refuse\"\nvalid_for =");
    let mut findings = Findings::default();
    for (charter, heeds) in [(audience_charter(&CONDITIONS), false), (heeding, true)] {
        let octroi = Setup::before(&origin).charter(&charter).start().await;
        for (choice, unless_gpc, with_gpc) in [
            (String::new(), PASSES, GATED),
            ("; cookies_preferences=nonsense".to_owned(), PASSES, GATED),
            (format!("; {}", choice(r#"{"functional_cookies":true}"#)), PASSES, GATED),
            (format!("; {}", granted()), PASSES, PASSES),
            (format!("; {}", choice(r#"{"matomo":true}"#)), PASSES, PASSES),
            (format!("; {}", refused()), GATED, GATED),
            (format!("; {}", choice(r#"{"matomo":true,"ga":false}"#)), GATED, GATED),
        ] {
            for (gpc, wanted) in [
                ("", unless_gpc),
                ("Sec-GPC: 0\r\n", unless_gpc),
                ("Sec-GPC: 1\r\n", if heeds { with_gpc } else { unless_gpc }),
                ("Sec-GPC: 0\r\nSec-GPC: 1\r\n", if heeds { with_gpc } else { unless_gpc }),
            ] {
                let got = audience(&octroi, &origin, &format!("{gpc}Cookie: _ga=0{choice}\r\n")).await;
                findings.expect(got == wanted, || format!("heeds GPC: {heeds}, {gpc:?}, {choice:?}: {got:?}"));
                let sent = gpc.matches("Sec-GPC").count();
                findings.expect(origin.last().texts("sec-gpc").len() == sent, || {
                    format!("{gpc:?} did not reach the portal")
                });
            }
        }
    }
    findings.none();
}

#[tokio::test]
async fn without_any_of_the_four_conditions_they_need_consent() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "")).await;
    for missing in CONDITIONS {
        let others: Vec<_> = CONDITIONS.into_iter().filter(|condition| *condition != missing).collect();
        let octroi = Setup::before(&origin).charter(&audience_charter(&others)).start().await;
        assert_eq!(audience(&octroi, &origin, "Cookie: _ga=0\r\n").await, GATED, "without {missing}");
        let consented = format!("Cookie: _ga=0; {}\r\n", granted());
        assert_eq!(audience(&octroi, &origin, &consented).await, PASSES, "without {missing}");
    }
}
