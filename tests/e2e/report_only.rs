//! `report-only`: nothing is changed, everything is counted as `enforce` would have done it.

use crate::support::choice::{charter_with, granted, refused};
use crate::support::client::{get, navigate};
use crate::support::metrics::Metrics;
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup};

const LINES: &str = "Set-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\nSet-Cookie: =nameless\r\nSet-Cookie: stranger=1; Max-Age=0\r\n\
                     Cache-Control: public, s-maxage=60\r\nSurrogate-Control: max-age=1\r\n";

#[tokio::test]
async fn responses_leave_with_their_cookies_and_cache_fields() {
    let octroi = Setup::before(&Origin::always(ok(LINES, "")).await).report_only().start().await;
    let response = octroi.client().await.exchange(navigate("/", &format!("Cookie: _ga=0; {}\r\n", refused()))).await;
    assert_eq!(response.set_cookies(), ["_ga=1", "sessionid=2", "=nameless", "stranger=1; Max-Age=0"]);
    assert_eq!(response.texts("cache-control"), ["public, s-maxage=60"]);
    assert!(response.has("surrogate-control"), "{}", response.shown());
}

#[tokio::test]
async fn requests_keep_their_cookies_in_one_line() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).report_only().start().await;
    octroi.client().await.get("/", "Cookie: _ga=1; sessionid=2\r\nCookie: stranger=3; ; bare\r\n").await;
    let lines = origin.last().texts("cookie");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("_ga=1; sessionid=2; stranger=3"), "{lines:?}");
}

#[tokio::test]
async fn alt_svc_goes_and_framing_is_strict_in_this_mode_too() {
    let octroi = Setup::before(&Origin::always(ok("Alt-Svc: h3=\":443\"\r\n", "")).await).report_only().start().await;
    let response = octroi.client().await.get("/", "").await;
    assert!(!response.has("alt-svc"), "{}", response.shown());
    let refused = octroi.client().await.exchange("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").await;
    assert_eq!(refused.status(), 400);
}

#[tokio::test]
async fn the_same_traffic_gives_the_same_counters() {
    let origin = Origin::always(ok(LINES, "")).await;
    let enforced = counted(Octroi::before(&origin).await).await;
    let reported = counted(Setup::before(&origin).report_only().start().await).await;
    for family in ["octroi_cookies_total", "octroi_requests_total"] {
        let (a, b) = (enforced.family_without(family, "enforcement"), reported.family_without(family, "enforcement"));
        assert!(a == b && !a.is_empty(), "{family}:\nenforce     {a:#?}\nreport-only {b:#?}");
    }
    let modes = |metrics: &Metrics| metrics.labels("octroi_cookies_total", "enforcement");
    assert!(modes(&reported).iter().all(|mode| mode == "report-only"));
    assert!(modes(&enforced).iter().all(|mode| mode == "enforce"));
}

async fn counted(octroi: Octroi) -> Metrics {
    let mut client = octroi.client().await;
    for request in [
        get("/", ""),
        get("/", &format!("Cookie: _ga=1; stranger=2; sessionid=3; {}\r\n", refused())),
        navigate("/", &format!("Cookie: _ga=1; bare; =x; {}\r\n", granted())),
        navigate("/a/b", "Cookie: _ga=1; _pk_id.1=2\r\n"),
        get("/", "Cookie: cookies_preferences=nonsense\r\n"),
    ] {
        client.exchange(request).await;
    }
    octroi.after_requests(5).await
}

#[tokio::test]
async fn one_category_may_be_report_only_while_the_rest_is_enforced() {
    let charter = charter_with("id = \"statistics\"\n", "id = \"statistics\"\nenforcement = \"report-only\"\n");
    let origin = Origin::always(ok(LINES, "")).await;
    let octroi = Setup::before(&origin).charter(&charter).start().await;
    let response = octroi.client().await.get("/", "Cookie: _ga=1; stranger=2\r\n").await;
    let lines = response.set_cookies();
    assert!(lines.contains(&"_ga=1".to_owned()) && !lines.contains(&"=nameless".to_owned()), "{lines:?}");
    assert_eq!(origin.last().texts("cookie"), ["_ga=1"]);
}
