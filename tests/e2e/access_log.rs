//! The access log: one line for each request. No query string and no cookie's value is in it, or in diagnostics.

use serde_json::Value;

use crate::support::choice::granted;
use crate::support::client::navigate;
use crate::support::frames::{Frames, changed};
use crate::support::http2::Http2;
use crate::support::origin::ok;
use crate::support::{Authority, Client, Octroi, Origin, Setup};

#[tokio::test]
async fn each_request_is_one_json_line() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\n", "twelve bytes")).await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/dataset/x?q=1", "Cookie: _ga=1\r\n").await;
    let line = octroi.logged("/dataset/x").await;
    let json: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    assert!(json.is_object(), "{line}");
    for part in ["\"GET\"", "\"status\":200,", "127.0.0.1", "\"default\""] {
        assert!(line.contains(part), "{part} is missing: {line}");
    }
    assert_eq!(json.get("bytes").and_then(Value::as_u64), Some(12), "{line}");
    assert_eq!(octroi.stdout.lines().iter().filter(|line| line.contains("/dataset/x")).count(), 1);
}

#[tokio::test]
async fn refused_requests_are_logged_too() {
    let origin = Origin::always("").await;
    let octroi = Setup::before(&origin).hosts(r#"["only.test"]"#).start().await;
    octroi.client().await.get("/lost", "").await.assert_status(421);
    assert!(octroi.logged("/lost").await.contains("\"status\":421,"));
}

async fn record(octroi: &Octroi, part: &str) -> Value {
    let line = octroi.logged(part).await;
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[tokio::test]
async fn the_reason_of_octrois_own_answer_and_the_endpoint_are_logged() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let octroi = Setup::before_address(gone).hosts(r#"["only.test"]"#).start().await;
    let mut client = octroi.client().await;
    client.get("/elsewhere", "").await.assert_status(421);
    client.exchange("GET /unreachable HTTP/1.1\r\nHost: only.test\r\n\r\n").await.assert_status(502);
    client.exchange("TRACE /traced HTTP/1.1\r\nHost: only.test\r\n\r\n").await.assert_status(405);
    for (part, reason, endpoint, enforcement) in [
        ("/elsewhere", "unknown_host", Value::Null, Value::Null),
        ("/unreachable", "connection_refused", gone.to_string().into(), "enforce".into()),
        ("/traced", "method_not_allowed", Value::Null, Value::Null),
    ] {
        let record = record(&octroi, part).await;
        assert_eq!((&record["reason"], &record["endpoint"]), (&reason.into(), &endpoint), "{record}");
        assert_eq!(record["enforcement"], enforcement, "{record}");
    }
}

#[tokio::test]
async fn report_only_is_marked() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "")).await;
    for (setup, word) in [(Setup::before(&origin), "enforce"), (Setup::before(&origin).report_only(), "report-only")] {
        let octroi = setup.start().await;
        octroi.client().await.get("/page", "").await.assert_status(200);
        let record = record(&octroi, "/page").await;
        assert_eq!((&record["enforcement"], &record["set_cookies"]["dropped"]), (&word.into(), &1.into()), "{record}");
        assert!(record["reason"].is_null(), "{record}");
    }
}

/// What another listener trusts does not count: here, a peer in that network is a visitor.
#[tokio::test]
async fn the_visitor_is_the_first_address_that_the_listener_does_not_trust() {
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).listener("trusted = [\"127.0.0.0/8\", \"192.0.2.0/24\"]");
    let octroi = setup.and_listener("address = \"[::1]:0\"\ntrusted = [\"10.0.0.0/8\"]").start().await;
    for (path, chain, visitor) in [
        ("/one", "203.0.113.9, 192.0.2.1", "203.0.113.9"),
        ("/two", "203.0.113.9, 10.0.0.2, 192.0.2.1", "10.0.0.2"),
        ("/three", "", "127.0.0.1"),
    ] {
        octroi.client().await.get(path, &format!("X-Forwarded-For: {chain}\r\n")).await;
        let line = octroi.logged(path).await;
        assert!(line.contains(&format!("\"{visitor}\"")), "{chain}: {line}");
    }
}

#[tokio::test]
async fn the_common_format_is_the_one_of_web_servers() {
    let origin = Origin::always(ok("", "body")).await;
    let octroi = Setup::before(&origin).toml("[log]\naccess = \"common\"").start().await;
    octroi.client().await.get("/page?secret", "").await;
    let line = octroi.logged("/page").await;
    assert!(line.starts_with("127.0.0.1 - - ["), "{line}");
    assert!(line.contains("\"GET /page HTTP/1.1\" 200 4"), "{line}");
}

#[tokio::test]
async fn a_path_cannot_forge_a_line() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).toml("[log]\naccess = \"common\"").start().await;
    octroi.client().await.get("/a%0a127.0.0.1%22\"x", "").await;
    octroi.client().await.get("/end", "").await;
    octroi.logged("/end").await;
    let lines: Vec<_> = octroi.stdout.lines().into_iter().filter(|line| !line.is_empty()).collect();
    assert!(
        lines.len() <= 2 && lines.iter().all(|line| line.matches('"').count() - line.matches("\\\"").count() == 2),
        "{lines:?}"
    );
}

#[tokio::test]
async fn off_logs_nothing() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).toml("[log]\naccess = \"off\"").start().await;
    octroi.client().await.get("/quiet", "").await;
    octroi.after_requests(1).await;
    octroi.terminate();
    let stdout = octroi.stdout.clone();
    assert_eq!(octroi.exit_code().await, Some(0));
    assert!(!stdout.whole().await.contains("/quiet"));
}

#[tokio::test]
async fn a_log_file_is_reopened_on_sigusr1() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).toml("[log]\noutput = \"access.log\"").start().await;
    let (file, old) = (octroi.file("access.log"), octroi.file("access.log.1"));
    let written = async |path: &std::path::Path, what: &str| {
        crate::support::within(what, async {
            while !std::fs::read_to_string(path).is_ok_and(|text| text.contains(what)) {
                tokio::task::yield_now().await;
            }
        })
        .await;
    };
    octroi.client().await.get("/before", "").await;
    written(&file, "/before").await;
    std::fs::rename(&file, &old).unwrap();
    octroi.signal("USR1");
    crate::support::within("a new file", async {
        while !file.exists() {
            octroi.client().await.get("/during", "").await;
        }
    })
    .await;
    octroi.client().await.get("/after", "").await;
    written(&file, "/after").await;
}

/// Needles everywhere a visitor or a portal can put one; none may show up in what the process writes or shows.
#[tokio::test]
async fn no_query_string_and_no_cookie_value_is_ever_written() {
    let lines = "Set-Cookie: _ga=NEEDLE1; Path=/\r\nSet-Cookie: sessionid=NEEDLE2\r\nSet-Cookie: =NEEDLE3\r\nSet-Cookie: stranger=NEEDLE4; Max-Age=+0\r\n";
    let origin = Origin::replying(move |request| match request.target().split('?').next() {
        Some("/broken") => b"HTTP/1.1 200 OK\r\nSet-Cookie : _ga=NEEDLE5\r\n\r\n".to_vec(),
        Some("/cut") => {
            format!("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n{lines}\r\nx").into_bytes()
        }
        _ => ok(lines, ""),
    })
    .await;
    let octroi = Setup::before(&origin).log_level("trace").start().await;
    let cookies = "Cookie: sessionid=NEEDLE6; _ga=NEEDLE7; NEEDLE8; x=NEEDLE9; cookies_preferences=NEEDLE10\r\n\
                   Authorization: Apikey NEEDLE11\r\n";
    for path in ["/", "/broken", "/cut"] {
        octroi.client().await.exchange(navigate(&format!("{path}?apikey=NEEDLE12"), cookies)).await;
        octroi
            .client()
            .await
            .get(&format!("{path}?apikey=NEEDLE12"), &format!("Cookie: a=NEEDLE13; {}\r\n", granted()))
            .await;
        let path = format!("{path}?q=NEEDLE14");
        let mut client = Http2::connect(octroi.address).await;
        let _ = client
            .fetch(crate::support::http2::request(
                "GET",
                &path,
                &[("cookie", "_ga=NEEDLE15"), ("referer", "https://a/?NEEDLE16")],
            ))
            .await;
    }
    for request in [
        "GET /?NEEDLE17 HTTP/1.1\r\nHost: a\r\nHost: b\r\nCookie: _ga=NEEDLE18\r\n\r\n",
        "GET /?NEEDLE19 HTTP/1.1\r\nHost: h\r\nCookie : _ga=NEEDLE20\r\n\r\n",
        "GET http://h/?NEEDLE21 HTTP/1.1\r\nHost: h\r\nA: b\0NEEDLE22\r\n\r\n",
    ] {
        octroi.client().await.exchange(request).await;
    }
    octroi.after_requests(9).await;
    let mut shown = String::new();
    for path in ["GET /metrics", "GET /policy", "GET /cookies", "GET /"] {
        shown += &octroi.admin(path, "").await.text();
    }
    octroi.terminate();
    let (stdout, stderr) = (octroi.stdout.clone(), octroi.stderr.clone());
    assert_eq!(octroi.exit_code().await, Some(0));
    for (place, text) in [
        ("standard output", stdout.whole().await),
        ("standard error", stderr.whole().await),
        ("the admin pages", shown),
    ] {
        let line = text.lines().find(|line| line.contains("NEEDLE"));
        assert!(line.is_none(), "a needle in {place}: {line:?}");
    }
}

/// What h2 refuses by itself, or would: it says at its lowest levels what it was.
#[tokio::test]
async fn cookies_of_requests_that_http2_refuses_are_in_no_diagnostic() {
    let octroi = Setup::before(&Origin::always(ok("", "")).await).log_level("trace").start().await;
    for (name, value) in [
        (&b":path"[..], &b"/x?apikey=NEEDLE23 y"[..]),
        (b":path", b"/x?apikey=NEEDLE24\x7f"),
        (b":path", b"x?apikey=NEEDLE25"),
        (b":path", b"/?NEEDLE26\xff"),
        (b":authority", b"NEEDLE27@ h"),
        (b":scheme", b"NEEDLE28 "),
        (b":method", b"NEEDLE29 "),
        (b"te", b"NEEDLE30"),
        (b"x", b"NEEDLE31\n"),
        (b"NEEDLE32", b"x"),
    ] {
        let mut fields = changed(name, Some(value));
        if !name.starts_with(b":") {
            fields.push((name, value));
        }
        let mut frames = Frames::connect(octroi.address).await;
        frames.headers(1, true, &fields).await;
        let _ = crate::support::within("a verdict", frames.verdict(1)).await;
    }
    octroi.terminate();
    let (stdout, stderr) = (octroi.stdout.clone(), octroi.stderr.clone());
    assert_eq!(octroi.exit_code().await, Some(0));
    let all = [stdout.whole().await, stderr.whole().await].concat();
    assert!(!all.contains("NEEDLE"), "{:?}", all.lines().find(|line| line.contains("NEEDLE")));
}

/// What octroi holds in confidence: the admin token, private keys.
#[tokio::test]
async fn no_secret_of_the_operator_is_ever_shown() {
    const TOKEN: &str = "NEEDLE-of-the-admin-listener-0123456789";
    let (origin, authority) = (Origin::always(ok("", "")).await, Authority::new());
    let setup = Setup::before(&origin).log_level("trace").admin("token_file = \"admin.token\"");
    std::fs::write(setup.directory().join("admin.token"), TOKEN).unwrap();
    let octroi = setup.tls(&authority, &[&["data.education.gouv.fr"]]).start().await;
    let key = std::fs::read_to_string(octroi.file("data.education.gouv.fr.key")).unwrap();
    let secrets: Vec<&str> = key.lines().filter(|line| !line.starts_with("-----")).chain([TOKEN]).collect();

    let mut client = Client::connect_tls(octroi.tls, "data.education.gouv.fr", authority.client(&["http/1.1"])).await;
    client.get("/", "").await.assert_status(200);
    let mut shown = String::new();
    for path in ["GET /metrics", "GET /policy", "GET /cookies", "GET /", "GET /explain", "POST /reload"] {
        let wrong = octroi.admin(path, &format!("Authorization: Bearer {TOKEN}x\r\n")).await;
        assert_eq!(wrong.status(), 401, "{}", wrong.shown());
        let right = octroi.admin(path, &format!("Authorization: Bearer {TOKEN}\r\n")).await;
        shown.extend([wrong.shown(), right.shown()]);
    }
    shown += &std::fs::read_to_string(format!("/proc/{}/cmdline", octroi.pid())).unwrap();
    octroi.terminate();
    let (stdout, stderr) = (octroi.stdout.clone(), octroi.stderr.clone());
    assert_eq!(octroi.exit_code().await, Some(0));
    let all = [shown, stdout.whole().await, stderr.whole().await].concat();
    let found = all.lines().find(|line| secrets.iter().any(|secret| line.contains(secret)));
    assert!(found.is_none(), "{found:?}");
}

#[tokio::test]
async fn a_valid_trace_reaches_the_portal_and_the_log() {
    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let valid = format!("00-{TRACE}-b7ad6b7169203331-01");
    let rows = [
        ("/valid", format!("traceparent: {valid}\r\ntracestate: a=1\r\n"), Some(&valid), Value::from(TRACE)),
        ("/upper", format!("Traceparent: {}\r\ntracestate: a=1\r\n", valid.to_uppercase()), None, Value::Null),
        ("/twice", format!("traceparent: {valid}\r\n").repeat(2), None, Value::Null),
        ("/none", String::new(), None, Value::Null),
    ];
    for (path, lines, sent, logged) in rows {
        octroi.client().await.get(path, &lines).await.assert_status(200);
        let seen = origin.last();
        assert_eq!(seen.field("traceparent").as_ref(), sent, "{path}");
        assert_eq!(seen.has("tracestate"), sent.is_some(), "{path}");
        assert_eq!(record(&octroi, path).await["trace_id"], logged, "{path}");
    }
}

#[tokio::test]
async fn the_browser_is_logged_only_if_it_is_configured() {
    let origin = Origin::always(ok("", "")).await;
    let sent = "User-Agent: Browser/7 (test)\r\nReferer: https://search.test/?q=zz9-secret\r\n";
    let silent = Octroi::before(&origin).await;
    silent.client().await.get("/page", sent).await.assert_status(200);
    let line = silent.logged("/page").await;
    assert!(!line.contains("Browser") && !line.contains("search.test"), "{line}");

    let asked = Setup::before(&origin).toml("[log]\nfields = [\"user-agent\", \"referer\"]").start().await;
    asked.client().await.get("/page", sent).await.assert_status(200);
    let json = record(&asked, "/page").await;
    assert_eq!((&json["user_agent"], &json["referer"]), (&"Browser/7 (test)".into(), &"https://search.test/".into()));
    asked.client().await.get("/bare", "").await.assert_status(200);
    assert!(!asked.logged("/bare").await.contains("user_agent"));
}
