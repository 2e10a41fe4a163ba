//! `report-only`: cookies and cache fields are not changed, and are counted as `enforce` would have judged them.

use crate::support::choice::{charter_with, granted, refused};
use crate::support::client::{get, navigate};
use crate::support::metrics::Metrics;
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup};

const LINES: &str = "Set-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\nSet-Cookie: =nameless\r\nSet-Cookie: stranger=1; Max-Age=0\r\n\
                     Cache-Control: public, s-maxage=60\r\nSurrogate-Control: max-age=1\r\n";

#[tokio::test]
async fn responses_keep_their_cookies_and_cache_fields() {
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
async fn alt_svc_is_removed_and_framing_is_strict_in_this_mode_too() {
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

/// What a page sets, and what invites caches.
const PAGE: &str = "Set-Cookie: _ga=1; Max-Age=99999999\r\nSet-Cookie: _pk_id.1=; Max-Age=0\r\nSet-Cookie: sessionid=2\r\n\
                    Cache-Control: public, s-maxage=60\r\nSurrogate-Control: max-age=1\r\n";

/// The charter of the tests with a category of each mode; every rule that could change a line is there.
fn charter_in(necessary: &str, statistics: &str) -> String {
    charter_with("id = \"statistics\"\n", &format!("id = \"statistics\"\nmax_lifetime = \"1 hour\"\n{statistics}\n"))
        .replace("id = \"necessary\"\n", &format!("id = \"necessary\"\n{necessary}\n"))
        .replace("name = \"sessionid\"\n", "name = \"sessionid\"\nsecure = true\n")
}

const REPORT: &str = "enforcement = \"report-only\"";
const ENFORCE: &str = "enforcement = \"enforce\"";

#[tokio::test]
async fn a_category_in_report_only_is_left_alone_while_the_site_is_enforced() {
    let origin = Origin::always(ok(PAGE, "")).await;
    let octroi = Setup::before(&origin).charter(&charter_in(REPORT, REPORT)).start().await;
    for choice in [refused(), granted()] {
        let response = octroi.client().await.exchange(navigate("/", &format!("Cookie: _ga=0; {choice}\r\n"))).await;
        assert_eq!(response.set_cookies(), ["_ga=1; Max-Age=99999999", "_pk_id.1=; Max-Age=0", "sessionid=2"]);
        assert_eq!(response.texts("cache-control"), ["public, s-maxage=60"]);
        assert!(response.has("surrogate-control"), "{}", response.shown());
        assert_eq!(origin.last().texts("cookie"), [format!("_ga=0; {choice}")]);
    }
    // What is in no category of the charter is the site's, and deleted: the page is private for that alone.
    let response = octroi.client().await.exchange(navigate("/", "Cookie: _ga=0; stranger=1\r\n")).await;
    let lines = response.set_cookies();
    assert!(lines[..3] == ["_ga=1; Max-Age=99999999", "_pk_id.1=; Max-Age=0", "sessionid=2"], "{lines:?}");
    assert!(lines.len() > 3 && lines[3..].iter().all(|line| line.starts_with("stranger=;")), "{lines:?}");
    assert_eq!(response.texts("cache-control"), ["private"]);
    assert_eq!(origin.last().texts("cookie"), ["_ga=0"]);
}

#[tokio::test]
async fn a_category_may_be_enforced_while_the_site_is_in_report_only() {
    let origin = Origin::always(ok(&format!("{PAGE}Set-Cookie: stranger=1\r\n"), "")).await;
    let octroi = Setup::before(&origin).report_only().charter(&charter_in("", ENFORCE)).start().await;
    let choice = refused();
    let request = navigate("/", &format!("Cookie: _ga=0; stranger=1; {choice}\r\n"));
    let response = octroi.client().await.exchange(request).await;
    let lines = response.set_cookies();
    let deleted = "_pk_id.1=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    assert!(lines[..3] == [deleted, "sessionid=2", "stranger=1"], "{lines:?}");
    assert!(lines.len() > 3 && lines[3..].iter().all(|line| line.starts_with("_ga=;")), "{lines:?}");
    assert_eq!(
        (response.texts("cache-control"), response.has("surrogate-control")),
        (vec!["private".to_owned()], false)
    );
    assert_eq!(origin.last().texts("cookie"), [format!("stranger=1; {choice}")]);
    let counted = octroi.after_requests(1).await;
    for (category, mode) in [("statistics", "enforce"), ("necessary", "report-only"), ("undeclared", "report-only")] {
        let labels = [("category", category), ("enforcement", mode)];
        assert!(counted.sum("octroi_cookies_total", &labels) > 0.0, "{category} is not counted under {mode}");
    }
}

#[tokio::test]
async fn of_two_sites_each_has_its_own_mode() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "")).await;
    let octroi = Setup::before(&origin)
        .hosts(r#"["reported.example"]"#)
        .report_only()
        .and_site(r#"["enforced.example"]"#, origin.address)
        .start()
        .await;
    for (host, kept) in [("reported.example", 1), ("enforced.example", 0)] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nCookie: _ga=0\r\n\r\n");
        let response = octroi.client().await.exchange(request).await;
        assert_eq!((response.set_cookies().len(), origin.last().texts("cookie").len()), (kept, kept), "{host}");
    }
}
