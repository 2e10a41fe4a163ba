//! Request targets reach the portal byte for byte. A target that cannot is refused with a page, a log record and a metric, over
//! HTTP/1.1 and over HTTP/2.

use crate::support::frames::{Frame, Frames, changed, status_of};
use crate::support::http2::{Http2, request};
use crate::support::metrics::Metrics;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, within};

/// Every byte that some client sends as it is. Chromium, curl, PHP and Node's `http` each encode fewer of them than RFC 3986.
const SENT_AS_THEY_ARE: [&str; 9] = [
    "/api/explore/v2.1/catalog/datasets/x/records?where=numero_uai=\"0910620E\"",
    "/x?where=a<1&b>\"2\"&c='d'",
    "/<a>/`b`/\"c\"",
    "/x?`{}|\\^[]'",
    "/{a}|b\\c^[d]",
    "/donn\u{e9}es?q=\u{e9}t\u{e9}&\u{1f355}",
    "/a%2Fb%00//c/../d;e?%zz&?&/",
    "//portal.test/x",
    "/?",
];

async fn portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "served")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

/// The status that a request over HTTP/2 with this `:path` is answered with; `None` if its stream is reset.
async fn status_over_http2(octroi: &Octroi, path: &[u8], method: &'static [u8]) -> Option<u16> {
    let mut fields = changed(b":path", Some(path));
    fields[0].1 = method;
    let mut frames = Frames::connect(octroi.address).await;
    frames.headers(1, true, &fields).await;
    let verdict = within("a verdict", frames.verdict(1)).await;
    verdict.filter(|frame| frame.kind == Frame::HEADERS).as_ref().and_then(status_of)
}

#[tokio::test]
async fn targets_that_clients_send_reach_the_portal_byte_for_byte() {
    let (origin, octroi) = portal().await;
    let mut findings = Findings::default();
    for target in SENT_AS_THEY_ARE {
        for http2 in [false, true] {
            let before = origin.requests().len();
            let status = if http2 {
                status_over_http2(&octroi, target.as_bytes(), b"GET").await
            } else {
                let request = format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n");
                Some(octroi.client().await.exchange(request).await.status())
            };
            let seen = origin.requests().get(before).map(Message::target);
            findings.expect(status == Some(200) && seen.as_deref() == Some(target), || {
                format!("{target} (HTTP/2: {http2}): {status:?}, and the portal saw {seen:?}")
            });
        }
    }
    findings.none();
}

/// RFC 9110 section 4.2.3: an empty path is `/`.
#[tokio::test]
async fn an_empty_path_is_a_slash() {
    let (origin, octroi) = portal().await;
    for target in ["http://h?x=1", "http://h", "http://h?", "http://h/?x=1"] {
        let expected = target.replacen("http://h", "", 1);
        let expected = format!("/{}", expected.trim_start_matches('/'));
        octroi.client().await.exchange(format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n")).await.assert_status(200);
        assert_eq!(origin.last().target(), expected, "{target}");
    }
    assert_eq!(status_over_http2(&octroi, b"?x=1", b"GET").await, Some(200));
    assert_eq!(origin.last().target(), "/?x=1");
}

#[tokio::test]
async fn a_malformed_target_is_refused_over_http2_as_over_http1() {
    let (origin, octroi) = portal().await;
    let mut findings = Findings::default();
    let mut targets: Vec<Vec<u8>> =
        [&b"x"[..], b"*", b"*x", b"http://h/x", b"/x#y", b"#", b"/x?#"].map(<[u8]>::to_vec).into();
    targets.extend((0..=b' ').chain([0x7f]).map(|byte| [b"/a", &[byte][..], b"HTTP/1.1"].concat()));
    targets.extend((0..=b' ').chain([0x7f]).map(|byte| [b"/a?b", &[byte][..]].concat()));
    for target in &targets {
        let status = status_over_http2(&octroi, target, b"GET").await;
        findings.expect(status == Some(400), || format!("{}: {status:?}", target.escape_ascii()));
    }
    assert_eq!(status_over_http2(&octroi, b"*", b"OPTIONS").await, Some(200));
    assert_eq!(origin.last().target(), "*");
    assert_eq!(status_over_http2(&octroi, b"*?x", b"OPTIONS").await, Some(400));
    for target in ["/x#y", "/x?#", "*", "x"] {
        let response = octroi.client().await.exchange(format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n")).await;
        findings.expect(response.status() == 400, || format!("HTTP/1.1 {target}: {}", response.shown()));
    }
    findings
        .expect(origin.requests().len() == 1, || format!("{} requests reached the portal", origin.requests().len()));
    findings.none();
}

/// A stream that is reset says nothing to its visitor, and nothing to the operator.
#[tokio::test]
async fn a_refusal_over_http2_has_a_page_a_record_and_a_metric() {
    let (_origin, octroi) = portal().await;
    let mut client = Http2::connect(octroi.address).await;
    let answer = client.get("/refused x?apikey=NEEDLE", &[("accept", "text/html")]).await;
    assert_eq!(answer.status(), 400);
    assert!(answer.texts("proxy-status")[0].starts_with("octroi; error=http_request_error"), "{answer:?}");
    assert!(String::from_utf8_lossy(&answer.body).contains("<html"), "{answer:?}");
    let record = octroi.logged("/refused x").await;
    assert!(record.contains("\"status\":400,") && !record.contains("NEEDLE"), "{record}");
    let counted = |metrics: &Metrics| metrics.count("octroi_rejected_requests_total", &[("status", "400")]) == 1;
    octroi.metrics_until("a rejected request", counted).await;
    // The connection goes on.
    assert_eq!(client.fetch(request("GET", "/x", &[])).await.unwrap().status(), 200);
}
