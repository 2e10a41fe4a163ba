//! The `Cookie` line that reaches the portal: one, with exactly the allowed pairs, in their order, byte for byte.

use crate::support::choice::{granted, refused};
use crate::support::client::HOST;
use crate::support::http2::Http2;
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, shown};

async fn portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

/// Each `Cookie` value must arrive as the second member; `None` is no line at all.
async fn judge(rows: &[(&[u8], Option<&[u8]>)]) {
    let (origin, octroi) = portal().await;
    let mut findings = Findings::default();
    let mut client = octroi.client().await;
    for (cookie, wanted) in rows {
        let request = [b"GET / HTTP/1.1\r\nHost: ", HOST.as_bytes(), b"\r\nCookie: ", *cookie, b"\r\n\r\n"].concat();
        let response = client.exchange(request).await;
        let got = origin.last().values("cookie");
        let wanted: Vec<Vec<u8>> = wanted.iter().map(|value| value.to_vec()).collect();
        findings.expect(response.status() == 200 && got == wanted, || {
            format!(
                "{}: status {}, got {:?}",
                shown(cookie),
                response.status(),
                got.iter().map(|v| shown(v)).collect::<Vec<_>>()
            )
        });
    }
    findings.none();
}

#[tokio::test]
async fn exempt_pairs_pass_byte_for_byte_and_the_rest_is_stripped() {
    judge(&[
        (b"sessionid=1", Some(b"sessionid=1")),
        (b"sessionid=1; _ga=2; csrftoken=3", Some(b"sessionid=1; csrftoken=3")),
        (b"_ga=2", None),
        (b"_ga=2; _pk_id.1.2=3; stranger=4", None),
        (b"csrftoken=b; sessionid=a; sessionid=c", Some(b"csrftoken=b; sessionid=a; sessionid=c")),
        (b"sessionid=1;_ga=0;csrftoken=2 ;  django_language=fr", Some(b"sessionid=1; csrftoken=2; django_language=fr")),
        (b"sessionid=1;csrftoken=2", Some(b"sessionid=1;csrftoken=2")),
        (b"sessionid=a=b==; csrftoken=", Some(b"sessionid=a=b==; csrftoken=")),
        (b"sessionid=\"a,b\"; csrftoken={\"x\":1}", Some(b"sessionid=\"a,b\"; csrftoken={\"x\":1}")),
        (b"sessionid=caf\xc3\xa9\xff", Some(b"sessionid=caf\xc3\xa9\xff")),
        (b"sessionid=1, _ga=2", Some(b"sessionid=1, _ga=2")),
        (b"$Version=1; sessionid=1; $Path=/", Some(b"sessionid=1")),
        (b"sessionid=1;;; ;_ga=2;", Some(b"sessionid=1")),
    ])
    .await;
}

#[tokio::test]
async fn names_that_only_look_exempt_are_stripped() {
    judge(&[
        (b"Sessionid=1", None),
        (b"\"sessionid\"=1", None),
        (b"session%69d=1", None),
        (b"\xc2\xa0sessionid=1", None),
        (b"sessionid\xc2\x85=1", None),
        (b"__Host-sessionid=1", None),
        (b"=sessionid=1", None),
        (b"sessionid", None),
        (b"=v; ; x", None),
    ])
    .await;
}

#[tokio::test]
async fn the_choice_is_always_among_them() {
    let no = refused();
    let yes = granted();
    judge(&[
        (format!("_ga=1; {no}; x=2").as_bytes(), Some(no.as_bytes())),
        (format!("{no}; {yes}; _ga=1").as_bytes(), Some(format!("{no}; {yes}").as_bytes())),
        (b"cookies_preferences=nonsense%", Some(b"cookies_preferences=nonsense%")),
    ])
    .await;
}

#[tokio::test]
async fn with_consent_all_named_pairs_pass() {
    let yes = granted();
    let all = format!("_ga=1; {yes}; stranger=2; _pk_id.1=\u{e9}");
    judge(&[(all.as_bytes(), Some(all.as_bytes()))]).await;
}

#[tokio::test]
async fn several_lines_become_one() {
    let (origin, octroi) = portal().await;
    let lines = "Cookie: sessionid=1; _ga=2\r\nX: y\r\ncookie: csrftoken=3\r\nCOOKIE: stranger=4\r\n";
    octroi.client().await.get("/", lines).await;
    assert_eq!(origin.last().texts("cookie"), ["sessionid=1; csrftoken=3"]);
}

#[tokio::test]
async fn http2_cookie_fields_become_one_line() {
    let (origin, octroi) = portal().await;
    let mut client = Http2::connect(octroi.address).await;
    let crumbs = [
        ("cookie", "sessionid=1"),
        ("cookie", "_ga=2"),
        ("cookie", "csrftoken=3"),
        ("cookie", "a=4; django_language=fr"),
    ];
    assert_eq!(client.get("/", &crumbs).await.status(), 200);
    assert_eq!(origin.last().texts("cookie"), ["sessionid=1; csrftoken=3; django_language=fr"]);
}

#[tokio::test]
async fn a_choice_split_over_several_fields_is_read_as_one() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "")).await;
    let octroi = Octroi::before(&origin).await;
    let (yes, no) = (granted(), refused());
    let mut client = Http2::connect(octroi.address).await;
    let fields = [("cookie", "_ga=1"), ("cookie", yes.as_str())];
    assert_eq!(client.get("/", &fields).await.texts("set-cookie"), ["_ga=1"]);
    let fields = [("cookie", yes.as_str()), ("cookie", no.as_str())];
    assert_eq!(client.get("/", &fields).await.texts("set-cookie"), [""; 0]);
}

#[tokio::test]
async fn a_thousand_pairs_and_a_large_jar_are_filtered() {
    let (origin, octroi) = portal().await;
    let jar: Vec<String> = (0..1000).map(|number| format!("stranger{number}=x; sessionid={number}")).collect();
    let response = octroi.client().await.get("/", &format!("Cookie: {}\r\n", jar.join("; "))).await;
    response.assert_status(200);
    let wanted: Vec<String> = (0..1000).map(|number| format!("sessionid={number}")).collect();
    assert_eq!(origin.last().texts("cookie"), [wanted.join("; ")]);
}

#[tokio::test]
async fn stripped_pairs_are_counted_by_purpose() {
    let (_origin, octroi) = portal().await;
    octroi.client().await.get("/", &format!("Cookie: sessionid=1; _ga=2; stranger=3; {}\r\n", refused())).await;
    let metrics = octroi.after_requests(1).await;
    let count = |labels: &[(&str, &str)]| {
        metrics.count("octroi_cookies_total", &[labels, &[("direction", "request")]].concat())
    };
    let counted = [
        count(&[("category", "statistics"), ("verdict", "strip"), ("reason", "refused")]),
        count(&[("category", "undeclared"), ("verdict", "strip")]),
        count(&[("verdict", "pass")]),
    ];
    assert!(counted == [1, 1, 2], "{counted:?}:\n{metrics:#?}");
}
