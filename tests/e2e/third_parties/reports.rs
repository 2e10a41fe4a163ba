//! Browsers' reports on pages in report-only mode, and what is kept of them.

use serde_json::Value;

use crate::support::client::{get, navigate};
use crate::support::octroi::octroi;
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup, within};

pub(super) const PATH: &str = "/.well-known/octroi/reports";

/// The charter of the tests, whose pages all ask for reports, or none.
pub(super) fn charter(tracker: &str, tiles: &str, sample: &str) -> String {
    super::charter(tracker, tiles).replace("report_sample = 0", &format!("report_sample = {sample}"))
}

fn before(origin: &Origin) -> Setup {
    Setup::before(origin).charter(&charter("stats.example", "*.tiles.example", "1")).report_only().one_worker()
}

/// What Chromium sends.
fn report(address: &str) -> String {
    format!(
        "{{\"csp-report\":{{\"document-uri\":\"https://portal.example/private?id=secret\",\"referrer\":\"\",\
         \"violated-directive\":\"script-src-elem\",\"effective-directive\":\"script-src-elem\",\"disposition\":\"report\",\
         \"blocked-uri\":\"{address}\",\"status-code\":200,\"script-sample\":\"\"}}}}"
    )
}

fn post(path: &str, kind: &str, content: &str) -> String {
    let length = content.len();
    format!("POST {path} HTTP/1.1\r\nHost: h\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{content}")
}

fn posted(address: &str) -> String {
    post(PATH, "application/csp-report", &report(address))
}

/// The site's part of `/cookies`, once it lists this host.
pub(super) async fn inventory_with(octroi: &Octroi, host: &str) -> Value {
    within("the host to be listed", async {
        loop {
            let cookies: Value = serde_json::from_slice(&octroi.admin("GET /cookies", "").await.body).unwrap();
            let site = &cookies["sites"][0];
            if site["reported_hosts"].as_array().unwrap().iter().any(|known| known["host"] == host) {
                return site.clone();
            }
        }
    })
    .await
}

async fn results(octroi: &Octroi) -> [u64; 4] {
    let metrics = octroi.metrics().await;
    ["noted", "no-host", "unreadable", "limited"]
        .map(|result| metrics.count("octroi_third_party_reports_total", &[("result", result)]))
}

#[tokio::test]
async fn a_sampled_page_names_the_address_for_reports() {
    let origin = Origin::always(ok(super::HTML, "")).await;
    let octroi = before(&origin).start().await;
    let page = octroi.client().await.exchange(navigate("/", "")).await;
    let expected = format!("{}; report-uri {PATH}", super::held());
    assert_eq!(page.texts("content-security-policy-report-only"), [expected]);
}

#[tokio::test]
async fn only_the_host_of_a_report_is_kept() {
    let origin = Origin::always(ok("", "the portal's")).await;
    let octroi = before(&origin).start().await;
    let mut client = octroi.client().await;
    for address in ["https://stats.example/t.js?user=7", "https://map.example:8443/1.png", "https://h/own.js", "eval"] {
        let answer = client.exchange(posted(address)).await;
        answer.assert_status(204);
        assert!(!answer.has("connection") && !answer.has("content-length"), "{}", answer.shown());
    }
    client.exchange(post(PATH, "application/csp-report; charset=utf-8", "nonsense")).await.assert_status(204);
    assert!(origin.requests().is_empty(), "the portal is told nothing");
    assert_eq!(results(&octroi).await, [2, 2, 1, 0]);

    let site = inventory_with(&octroi, "map.example:8443").await;
    let hosts: Vec<_> = site["reported_hosts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|host| {
            (
                host["host"].as_str().unwrap(),
                host["party"].as_str(),
                host["verdict"].as_str().unwrap(),
                &host["directives"][0],
            )
        })
        .collect();
    let script = Value::from("script-src");
    assert_eq!(
        hosts,
        [("map.example:8443", None, "hold", &script), ("stats.example", Some("tracker"), "hold", &script)]
    );
    let page = octroi.admin("GET /", "Accept-Language: en\r\n").await.text().replace("&#34;", "\"");
    assert!(
        page.contains("<code>map.example:8443</code>") && page.contains("hosts = [\"map.example:8443\"]"),
        "{page}"
    );
    for shown in [site.to_string(), page] {
        assert!(!shown.contains("secret") && !shown.contains("user=7") && !shown.contains("t.js"), "{shown}");
    }
}

/// However a report is cut, it is read to its end and no further: the request behind it is a request.
#[tokio::test]
async fn a_request_may_follow_a_report() {
    let origin = Origin::always(ok("", "the portal's")).await;
    let octroi = before(&origin).start().await;
    let chunked = format!(
        "POST {PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: application/csp-report\r\nTransfer-Encoding: chunked\r\n\r\n\
         {:x}\r\n{}\r\n0\r\n\r\n",
        report("https://a.example/").len(),
        report("https://a.example/")
    );
    for bytes in [posted("https://a.example/"), chunked] {
        let whole = [bytes.as_str(), &get("/behind", "")].concat();
        for cut in (0..whole.len()).step_by(9) {
            let mut client = octroi.client().await;
            client.send(&whole[..cut]).await;
            tokio::task::yield_now().await;
            client.send(&whole[cut..]).await;
            client.response().await.assert_status(204);
            assert_eq!(client.response().await.body, b"the portal's", "cut at {cut}");
        }
    }
    assert!(origin.requests().iter().all(|request| request.target() == "/behind"));
}

#[tokio::test]
async fn a_malformed_or_unfinished_report_is_refused() {
    let origin = Origin::always(ok("", "the portal's")).await;
    let octroi = before(&origin).start().await;
    for (request, status) in [
        (get(PATH, ""), 405),
        (post(PATH, "text/plain", &report("https://a.example/")), 405),
        (post(PATH, "application/csp-report", &"x".repeat((16 << 10) + 1)), 413),
        (format!("POST {PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: application/csp-report\r\n\r\n"), 204),
    ] {
        let mut client = octroi.client().await;
        let answer = client.exchange(&request).await;
        answer.assert_status(status);
        assert_eq!(answer.has("allow"), status == 405);
    }
    // Octroi does not wait for ever for the rest of one.
    let mut client = octroi.client().await;
    client.send(&posted("https://a.example/")[..200]).await;
    client.response().await.assert_status(408);
    assert!(client.wire.is_closed().await);
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn a_flood_of_reports_is_not_parsed() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = before(&origin).start().await;
    let mut client = octroi.client().await;
    let flood: String = (0..500).map(|index| posted(&format!("https://h{index}.example/"))).collect();
    client.send(flood).await;
    for _ in 0..500 {
        client.response().await.assert_status(204);
    }
    let [noted, .., limited] = results(&octroi).await;
    assert!(noted >= 20 && limited > 0 && noted + limited == 500, "{noted} {limited}");
}

/// Without the sample, the path is the portal's as any other.
#[tokio::test]
async fn without_a_sample_the_path_is_the_portals() {
    let origin = Origin::always(ok("", "the portal's")).await;
    let octroi = Setup::before(&origin).charter(&charter("s.example", "t.example", "0")).report_only().start().await;
    assert_eq!(octroi.client().await.exchange(posted("https://a.example/")).await.body, b"the portal's");
    assert_eq!(origin.last().target(), PATH);
}

#[tokio::test]
async fn a_sample_is_between_zero_and_one() {
    let origin = Origin::always(ok("", "")).await;
    for (sample, told) in [
        ("1.5", "a number from 0 to 1"),
        ("-0.1", "a number from 0 to 1"),
        ("\"1\"", "expected a number"),
        ("7", "expected 0 to 1"),
    ] {
        let setup = Setup::before(&origin).charter(&charter("s.example", "t.example", sample));
        drop(setup.command(&setup.configuration()));
        let output = octroi(setup.directory()).args(["check", "--config", "octroi.toml"]).output().unwrap();
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(text.contains(told), "{told} is not in {text}");
    }
}
