//! `Set-Cookie` in every response: which lines pass, byte for byte, and which do not.

use crate::support::choice::{CHARTER, charter_with, granted};
use crate::support::client::get;
use crate::support::http2::{Http2, request, whole};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup, lines, shown};

/// A portal whose answer to `/n` is a response with the `n`-th of these lines as its `Set-Cookie`.
async fn portal_of(lines: Vec<Vec<u8>>) -> Origin {
    Origin::replying(move |request| {
        let row: usize = request.target()[1..].parse().unwrap();
        [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie:", &lines[row][..], b"\r\n\r\nok"].concat()
    })
    .await
}

/// Each line must come out as the second member says: `Some` is the exact value, `None` is nothing.
async fn judge(cookies: &str, rows: &[(&[u8], Option<&[u8]>)]) {
    let origin = portal_of(rows.iter().map(|(line, _)| [b" ", *line].concat()).collect()).await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    let mut client = octroi.client().await;
    for (row, (line, wanted)) in rows.iter().enumerate() {
        let response = client.get(&format!("/{row}"), cookies).await;
        let wanted: Vec<Vec<u8>> = wanted.iter().map(|value| value.to_vec()).collect();
        let got = response.values("set-cookie");
        findings.expect(response.status() == 200 && got == wanted, || {
            format!(
                "{}: status {}, got {:?}",
                shown(line),
                response.status(),
                got.iter().map(|v| shown(v)).collect::<Vec<_>>()
            )
        });
    }
    findings.none();
}

const NONE: Option<&[u8]> = None;

#[tokio::test]
async fn exempt_lines_pass_byte_for_byte_whatever_their_attributes() {
    let lines: [&[u8]; 19] = [
        b"sessionid=1",
        b"sessionid=",
        b"sessionid=abc; Path=/; HttpOnly; SameSite=Lax",
        b"sessionid = 1",
        b"sessionid\t=1",
        b"sessionid=1; _ga=2",
        b"sessionid=1, _ga=2",
        b"sessionid=\"a;b\"",
        b"sessionid=a=b==c",
        b"sessionid=a\tb; Path=/",
        b"sessionid=\xc3\xa9\xff",
        b"sessionid=1; Domain=other.example; Domain=",
        b"sessionid=1; Max-Age=99999999999999; Path=/a; Path",
        b"sessionid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0",
        b"sessionid=1; expires=21 Oct 2035 7:28:00",
        b"sessionid=1;;; ;Secure;secure; Priority=High; Partitioned",
        b"csrftoken=x; SameSite=None",
        b"django_language=fr; Max-Age=31536000",
        b"cookies_preferences=%7B%22matomo%22%3Afalse%7D; Path=/",
    ];
    let rows: Vec<_> = lines.iter().map(|line| (*line, Some(*line))).collect();
    judge("", &rows).await;
}

#[tokio::test]
async fn a_value_longer_than_a_browser_keeps_is_the_browsers_business() {
    let long = [b"sessionid=".to_vec(), vec![b'v'; 5000]].concat();
    judge("", &[(&long, Some(&long))]).await;
}

#[tokio::test]
async fn names_that_are_not_exactly_an_exempt_one_are_dropped() {
    judge(
        "",
        &[
            (b"_ga=GA1.2", NONE),
            (b"_ga=1; Path=/; Secure; HttpOnly", NONE),
            (b"_ga=1, sessionid=2", NONE),
            (b"_pk_id.1.1fff=x", NONE),
            (b"unknown=1", NONE),
            (b"Sessionid=1", NONE),
            (b"SESSIONID=1", NONE),
            (b"session%69d=1", NONE),
            (b"\"sessionid\"=1", NONE),
            (b"sessionid\xff=1", NONE),
            (b"sessionid2=1", NONE),
            (b"__Host-sessionid=1; Path=/; Secure", NONE),
            (b"__Secure-sessionid=1; Secure", NONE),
            (b"_ga;sessionid=1", NONE),
        ],
    )
    .await;
}

#[tokio::test]
async fn unicode_spaces_are_part_of_the_name() {
    judge(
        "",
        &[
            (b"\xc2\xa0sessionid=1", NONE),
            (b"sessionid\xc2\xa0=1", NONE),
            (b"\xa0sessionid=1", NONE),
            (b"\xe2\x80\x80sessionid=1", NONE),
            (b"\xc2\x85sessionid=1", NONE),
            (b"\xef\xbb\xbfsessionid=1", NONE),
        ],
    )
    .await;
}

#[tokio::test]
async fn lines_without_a_name_are_dropped_even_with_full_consent() {
    judge(
        &format!("Cookie: {}\r\n", granted()),
        &[
            (b"", NONE),
            (b"=v", NONE),
            (b"=sessionid=v", NONE),
            (b"  =v", NONE),
            (b"sessionid", NONE),
            (b"sessionid; Path=/", NONE),
            (b";sessionid=1", NONE),
            (b"; Path=/", NONE),
        ],
    )
    .await;
}

#[tokio::test]
async fn with_consent_every_named_line_passes_byte_for_byte() {
    let lines: [&[u8]; 6] = [
        b"_ga=GA1.2; Path=/; Max-Age=34128000",
        b"_pk_id.1.1fff=x; SameSite=Lax",
        b"unknown=1",
        b"_ga=; Max-Age=0",
        b"_ga=1; Max-Age=+0; Expires=whenever",
        b"sessionid=1",
    ];
    let rows: Vec<_> = lines.iter().map(|line| (*line, Some(*line))).collect();
    judge(&format!("Cookie: {}\r\n", granted()), &rows).await;
}

#[tokio::test]
async fn spaces_around_the_name_are_trimmed_for_the_comparison() {
    let origin = portal_of(vec![b" \t sessionid \t=v; Path=/".to_vec(), b" \t_ga\t=v".to_vec()]).await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    let passed = client.get("/0", "").await.values("set-cookie");
    assert_eq!(passed.iter().map(|value| value.trim_ascii()).collect::<Vec<_>>(), [b"sessionid \t=v; Path=/"]);
    assert_eq!(client.get("/1", "").await.set_cookies(), [""; 0]);
}

const BOTH: &str =
    "Set-Cookie: sessionid=1; Path=/\r\nSet-Cookie: _ga=2; Path=/\r\nset-cookie: csrftoken=3\r\nSET-COOKIE: x=4\r\n";

#[tokio::test]
async fn cookies_of_every_status_are_judged() {
    let statuses = [
        200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 410, 418, 421, 429, 500, 502, 503,
        599,
    ];
    let origin = Origin::replying(|request| {
        let status = &request.target()[1..];
        let length = if matches!(status, "204" | "304") { "" } else { "Content-Length: 0\r\n" };
        format!("HTTP/1.1 {status} Reason\r\n{length}Location: /elsewhere\r\n{BOTH}\r\n").into_bytes()
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    let mut client = octroi.client().await;
    for status in statuses {
        let response = client.get(&format!("/{status}"), "").await;
        let right = response.status() == status && response.set_cookies() == ["sessionid=1; Path=/", "csrftoken=3"];
        findings.expect(right, || format!("status {status}:\n{}", response.shown()));
    }
    findings.none();
}

#[tokio::test]
async fn cookies_of_head_and_other_methods_are_judged() {
    let origin = Origin::replying(|request| {
        let body = if request.method() == "HEAD" { "" } else { "body!" };
        format!("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n{BOTH}\r\n{body}").into_bytes()
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    for method in ["HEAD", "GET", "OPTIONS", "DELETE", "PUT", "PATCH", "POST", "PROPFIND"] {
        let mut client = octroi.client().await;
        client.send(format!("{method} / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")).await;
        let response = if method == "HEAD" { client.head_response().await } else { client.response().await };
        assert_eq!(response.set_cookies(), ["sessionid=1; Path=/", "csrftoken=3"], "{method}:\n{}", response.shown());
        assert_eq!(response.field("content-length").as_deref(), Some("5"), "{method}");
    }
}

#[tokio::test]
async fn cookies_of_interim_responses_never_reach_the_visitor() {
    let interim = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nSet-Cookie: leak=1\r\nSet-Cookie: sessionid=0\r\n\r\n\
                   HTTP/1.1 100 Continue\r\nSet-Cookie: _ga=9\r\n\r\n";
    let origin = Origin::always([interim.as_bytes(), &ok(BOTH, "end")].concat()).await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/", "Connection: close\r\n")).await;
    let all = String::from_utf8_lossy(&client.wire.read_to_end().await).to_lowercase();
    assert!(all.contains("200 ok") && all.ends_with("end"), "{all}");
    let cookies: Vec<_> = all.lines().filter(|line| line.starts_with("set-cookie")).collect();
    assert_eq!(cookies, ["set-cookie: sessionid=1; path=/", "set-cookie: csrftoken=3"], "{all}");
}

#[tokio::test]
async fn cookies_in_trailers_are_dropped() {
    let origin = Origin::always(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum, Set-Cookie\r\n\r\n\
         2\r\nok\r\n0\r\nX-Sum: 1\r\nSet-Cookie: _ga=1\r\nSet-Cookie2: _ga=2\r\n\r\n",
    )
    .await;
    let octroi = Octroi::before(&origin).await;
    let response = octroi.client().await.get("/", "TE: trailers\r\nConnection: TE\r\n").await;
    assert!(response.complete && response.text() == "ok", "{}", response.shown());
    let trailers = String::from_utf8_lossy(&response.trailers).to_lowercase();
    assert!(!trailers.contains("set-cookie"), "{trailers}");
    assert!(response.set_cookies().is_empty());
}

#[tokio::test]
async fn cookies_in_the_trailers_of_http2_are_dropped_in_both_directions() {
    let origin = Origin::always(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum, Set-Cookie\r\n\r\n\
         2\r\nok\r\n0\r\nX-Sum: 1\r\nSet-Cookie: _ga=1\r\nset-cookie: sessionid=1\r\nSet-Cookie2: _ga=2\r\nAlt-Svc: x\r\n\r\n",
    )
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let fields = [("te", "trailers"), ("trailer", "x-sum, cookie")];
    let (response, mut body) = client.begin(request("POST", "/", &fields), false).await;
    body.send_data("up".into(), false).unwrap();
    let sent = [("x-sum", "2"), ("cookie", "_ga=1"), ("set-cookie", "_ga=1")];
    let trailers = sent.map(|(name, value)| (name.parse::<http::HeaderName>().unwrap(), value.parse().unwrap()));
    body.send_trailers(trailers.into_iter().collect()).unwrap();
    let answer = whole(response).await.unwrap();
    let names: Vec<_> = answer.trailers.iter().flat_map(|trailers| trailers.keys().map(ToString::to_string)).collect();
    assert_eq!((names, answer.body), (vec!["x-sum".to_owned()], b"ok".to_vec()));
    let seen = origin.last();
    let trailers = String::from_utf8_lossy(&seen.trailers).to_lowercase();
    assert!(seen.complete && seen.text() == "up" && trailers == "x-sum: 2\r\n", "{}\n{trailers}", seen.shown());
}

#[tokio::test]
async fn set_cookie2_is_dropped_even_with_consent() {
    let origin = Origin::always(ok("Set-Cookie2: sessionid=1; Version=1\r\nSet-Cookie2: _ga=1\r\n", "")).await;
    let octroi = Octroi::before(&origin).await;
    let response = octroi.client().await.get("/", &format!("Cookie: {}\r\n", granted())).await;
    assert!(!response.has("set-cookie2"), "{}", response.shown());
}

#[tokio::test]
async fn three_hundred_cookies_in_one_response_keep_their_order() {
    let line = |number| format!("Set-Cookie: sessionid={number}; Path=/{number}\r\nSet-Cookie: _ga={number}\r\n");
    let lines = lines(150, line);
    let origin = Origin::always(ok(&lines, "")).await;
    let octroi = Octroi::before(&origin).await;
    let response = octroi.client().await.get("/", "").await;
    let wanted: Vec<String> = (0..150).map(|number| format!("sessionid={number}; Path=/{number}")).collect();
    assert_eq!(response.assert_status(200).set_cookies(), wanted);
    let all = granted();
    let answer = Http2::connect(octroi.address).await.get("/", &[("cookie", &all)]).await;
    assert_eq!(answer.texts("set-cookie").len(), 300);
}

#[tokio::test]
async fn passed_and_dropped_lines_are_counted() {
    let origin = Origin::always(ok(&format!("{BOTH}Set-Cookie: =nameless\r\n"), "")).await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/", "").await;
    let metrics = octroi.after_requests(1).await;
    let count = |labels: &[(&str, &str)]| {
        let labels = [labels, &[("direction", "response"), ("site", "default"), ("enforcement", "enforce")]].concat();
        metrics.count("octroi_cookies_total", &labels)
    };
    let counted = [
        count(&[("category", "necessary"), ("reason", "exempt"), ("verdict", "pass")])
            + count(&[("category", "choice"), ("reason", "exempt"), ("verdict", "pass")]),
        count(&[("category", "statistics"), ("reason", "unsaid"), ("verdict", "drop")]),
        count(&[("category", "undeclared"), ("reason", "unsaid"), ("verdict", "drop")]),
        count(&[("reason", "unreadable"), ("verdict", "drop")]),
        count(&[]),
    ];
    let wanted = [2, 1, 1, 1, 5];
    assert!(counted == wanted, "{counted:?} instead of {wanted:?}:\n{metrics:#?}");
}

#[tokio::test]
async fn undeclared_cookies_follow_the_charters_mode() {
    let origin = Origin::always(ok("Set-Cookie: stranger=1\r\nSet-Cookie: sessionid=1\r\n", "")).await;
    let mut findings = Findings::default();
    for (mode, without, with) in
        [("full-consent", false, true), ("deny", false, false), ("statistics", false, true), ("necessary", true, true)]
    {
        let charter = charter_with(r#"undeclared = "full-consent""#, &format!(r#"undeclared = "{mode}""#));
        let octroi = Setup::before(&origin).charter(&charter).start().await;
        for (cookies, wanted) in [(String::new(), without), (format!("Cookie: {}\r\n", granted()), with)] {
            let response = octroi.client().await.get("/", &cookies).await;
            let passed = response.set_cookies().iter().any(|line| line == "stranger=1");
            findings.expect(passed == wanted, || format!("undeclared = {mode:?}, {cookies:?}: passed is {passed}"));
        }
    }
    findings.none();
}

#[tokio::test]
async fn paths_that_set_no_cookie_at_all_are_stripped() {
    let origin = Origin::always(ok(BOTH, "")).await;
    let octroi = Setup::before(&origin).site(r#"strip_all = ["/api/"]"#).start().await;
    let mut client = octroi.client().await;
    let cookies = format!("Cookie: {}\r\n", granted());
    assert_eq!(client.get("/api/explore?x=1", &cookies).await.set_cookies(), [""; 0]);
    assert_eq!(client.get("/apiary", &cookies).await.set_cookies().len(), 4);
    assert!(origin.requests().iter().all(|request| request.has("cookie")), "strip_all is about responses only");
}

#[tokio::test]
async fn a_path_is_stripped_however_it_is_written() {
    let origin = Origin::always(ok(&format!("{BOTH}Set-Cookie: =x\r\nCache-Control: public\r\n"), "")).await;
    let octroi = Setup::before(&origin).site(r#"strip_all = ["/api/", "/assets/"]"#).start().await;
    let cookies = format!("Cookie: {}\r\n", granted());
    let mut findings = Findings::default();
    for (path, stripped) in [
        ("/api/", true),
        ("/%61pi/x", true),
        ("/api%2fx", true),
        ("//api//x", true),
        ("/./api/x?y", true),
        ("/x/../assets/x", true),
        ("/x/%2e%2E/assets/x", true),
        ("/api/../login", true),
        ("/API/", false),
        ("/login?next=/api/", false),
        ("/x/../login", false),
        ("/%2561pi/", false),
    ] {
        let response = octroi.client().await.get(path, &cookies).await;
        let kept = response.set_cookies().len();
        findings.expect(kept == if stripped { 0 } else { 4 }, || format!("{path}: {}", response.shown()));
        findings.expect(origin.last().target() == path, || format!("{path} became {}", origin.last().target()));
        // The path decides, not consent: what is left is the same for every visitor.
        let wanted = if stripped { "public" } else { "private" };
        findings.expect(response.field("cache-control").as_deref() == Some(wanted), || {
            format!("{path}: {}", response.shown())
        });
    }
    findings.none();
}

#[tokio::test]
async fn a_response_without_cookies_leaves_as_it_came() {
    let lines = "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\nETag: W/\"x\"\r\nCache-Control: no-store\r\n\
                 X-RateLimit-Reset: 2026-01-01 00:00:00+00:00\r\nX-Odd: a,  b\t;c\r\nClear-Site-Data: \"cache\"\r\n\
                 Server: openresty\r\nVary: Accept-Encoding\r\nVary: Cookie\r\nAccess-Control-Allow-Origin: *\r\n";
    let origin = Origin::always(ok(lines, "body")).await;
    let octroi = Octroi::before(&origin).await;
    let response = octroi.client().await.get("/", "").await;
    let direct = Message::new(ok(lines, ""));
    let mut got = response.fields();
    // What RFC 9110 lets a proxy add of its own.
    got.retain(|(name, _)| !matches!(name.as_str(), "via" | "content-length" | "x-request-id"));
    let mut wanted = direct.fields();
    wanted.retain(|(name, _)| name != "content-length");
    got.sort();
    wanted.sort();
    assert_eq!(got, wanted, "{}", response.shown());
    assert_eq!(response.text(), "body");
}

#[tokio::test]
async fn the_charter_may_use_every_kind_of_pattern() {
    let patterns = "[[cookie]]\nglob = \"SSESS*\"\ncategory = \"necessary\"\n[[cookie]]\nregex = \"lb-[0-9]+\"\ncategory = \"necessary\"\n\n[consent]\n";
    let charter = CHARTER.replace("[consent]\n", patterns);
    let origin = Origin::always(ok(
        "Set-Cookie: SSESSabc=1\r\nSet-Cookie: xSSESS=1\r\nSet-Cookie: lb-12=1\r\nSet-Cookie: lb-12x=1\r\nSet-Cookie: xlb-1=1\r\n",
        "",
    ))
    .await;
    let octroi = Setup::before(&origin).charter(&charter).start().await;
    assert_eq!(octroi.client().await.get("/", "").await.set_cookies(), ["SSESSabc=1", "lb-12=1"]);
}

#[tokio::test]
async fn infrastructure_cookies_are_exempt_if_the_charter_says_so() {
    let charter =
        charter_with("undeclared = \"full-consent\"", "undeclared = \"deny\"\ninfrastructure = [\"AWSALB*\"]");
    let origin = Origin::always(ok("Set-Cookie: AWSALBCORS=1\r\nSet-Cookie: __cf_bm=1\r\n", "")).await;
    let octroi = Setup::before(&origin).charter(&charter).start().await;
    assert_eq!(octroi.client().await.get("/", "").await.set_cookies(), ["AWSALBCORS=1"]);
}
