//! `octroi explain` agrees with the proxy about the same lines.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::choice::{CHARTER, charter_with};
use crate::support::octroi::octroi as command;
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, Setup, shown};

/// `Set-Cookie` lines, as they are typed and as they are sent.
const LINES: [(&str, &[u8]); 14] = [
    ("sessionid=1; Path=/", b"sessionid=1; Path=/"),
    ("  sessionid=1  ", b"  sessionid=1  "),
    ("_ga=1", b"_ga=1"),
    ("_ga=; Max-Age=0", b"_ga=; Max-Age=0"),
    ("sessionid=1; Domain=portal.test; Path=/", b"sessionid=1; Domain=portal.test; Path=/"),
    ("sessionid=1; domain=.PORTAL.test", b"sessionid=1; domain=.PORTAL.test"),
    ("sessionid=1; Domain=other.test", b"sessionid=1; Domain=other.test"),
    ("_ga=1; Domain=portal.test", b"_ga=1; Domain=portal.test"),
    ("_ga=; Max-Age=0; Domain=portal.test", b"_ga=; Max-Age=0; Domain=portal.test"),
    ("sessionid", b"sessionid"),
    ("=1; Domain=portal.test", b"=1; Domain=portal.test"),
    (r"sessionid=1\x01", b"sessionid=1\x01"),
    (r"sessionid=\x7f; Domain=portal.test", b"sessionid=\x7f; Domain=portal.test"),
    (r"sessionid=1\0", b"sessionid=1\0"),
];

/// The charter with the banner of this format.
fn charter_of(format: &str, more: &str) -> String {
    let (head, _) = CHARTER.split_once("[consent]").unwrap_or((CHARTER, ""));
    format!("{head}\n[consent]\nformat = \"{format}\"\n{more}[consent.keys]\na = \"statistics\"\n")
}

/// What `octroi explain` prints, asked with these arguments.
fn explain(directory: &Path, arguments: &[&str]) -> Value {
    let output = run(directory, arguments);
    assert!(output.status.success(), "{}", shown(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn run(directory: &Path, arguments: &[&str]) -> Output {
    let mut explain = command(directory);
    explain.args(["explain", "--config", "octroi.toml", "--format", "json"]).args(arguments);
    explain.output().unwrap()
}

/// What leaves, by `octroi explain`.
fn explained(octroi: &Octroi, line: &str) -> Option<String> {
    let explained = explain(octroi.directory.path(), &["set-cookie", line]);
    explained["cookies"][0]["sent"].as_str().map(ToOwned::to_owned)
}

#[tokio::test]
async fn it_shows_what_octroi_forwards_of_each_line() {
    let origin = Origin::replying(|request| {
        let (_, line) = LINES[request.target()[1..].parse::<usize>().unwrap()];
        [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: ", line, b"\r\n\r\n"].concat()
    })
    .await;
    let mut findings = Findings::default();
    for enforcement in ["enforce", "report-only"] {
        let setup = Setup::before(&origin).hosts(r#"["data.education.gouv.fr"]"#).upstream("host = \"portal.test\"");
        let octroi = setup.site(&format!("enforcement = \"{enforcement}\"")).start().await;
        for (number, (line, _)) in LINES.into_iter().enumerate() {
            let left = octroi.client().await.get(&format!("/{number}"), "").await.set_cookies().pop();
            let explained = explained(&octroi, line);
            findings.expect(left == explained, || format!("{enforcement}: {line}: {left:?} left, not {explained:?}"));
        }
    }
    findings.none();
}

/// The proxy counts an amendment that finds nothing to change as a pass, and sets nothing under a path of `strip_all`.
#[tokio::test]
async fn its_verdict_is_the_one_that_the_proxy_counts() {
    let origin = Origin::always(ok("", "")).await;
    let charter = charter_with("name = \"sessionid\"\n", "name = \"sessionid\"\nlifetime = \"1 hour\"\ncap = true\n");
    let octroi = Setup::before(&origin).charter(&charter).site("strip_all = [\"/static/\"]").start().await;
    for (path, line, verdict, reason) in [
        ("/", "sessionid=1; Max-Age=9", "pass", "exempt"),
        ("/", "sessionid=1; Max-Age=99999", "amend", "exempt"),
        ("/static/x", "sessionid=1", "drop", "path-stripped"),
        ("/x/../static/x", "_ga=; Max-Age=0", "drop", "path-stripped"),
    ] {
        let explained = explain(octroi.directory.path(), &["--path", path, "set-cookie", line]);
        let cookie = &explained["cookies"][0];
        assert_eq!((&cookie["verdict"], &cookie["reason"]), (&verdict.into(), &reason.into()), "{path} {line}");
    }
}

#[tokio::test]
async fn a_url_is_routed_as_the_proxy_routes_it() {
    let directory = tempfile::tempdir().unwrap();
    let site = |host: &str, endpoint: &str| {
        format!(
            "[[site]]\nhosts = [\"{host}\"]\ncharter = \"charter.toml\"\nupstream = {{ endpoints = [\"{endpoint}\"] }}\n"
        )
    };
    let config = [
        "[[listener]]\naddress = \"127.0.0.1:8080\"\n".to_owned(),
        site("*.example.fr", "http://one.test"),
        site("*.data.example.fr", "https://[2001:db8::1]:8443"),
        site("*", "http://two.test:81"),
    ];
    std::fs::write(directory.path().join("octroi.toml"), config.concat()).unwrap();
    std::fs::write(directory.path().join("charter.toml"), CHARTER).unwrap();
    for (url, endpoint) in [
        ("https://www.example.fr/x", "http://one.test:80"),
        ("https://WWW.Data.example.fr/x", "https://[2001:db8::1]:8443"),
        ("https://elsewhere.fr/", "http://two.test:81"),
    ] {
        let explained = explain(directory.path(), &["url", url]);
        let sent =
            explained["route"].as_array().unwrap().iter().find(|step| step.as_str().unwrap().starts_with("sent to"));
        assert_eq!(sent.unwrap().as_str().unwrap().split_whitespace().last(), Some(endpoint), "{url}");
    }
}

/// Where a value stopped making sense is shown in the text that was read, and why a whole one says nothing.
#[tokio::test]
async fn a_choice_that_grants_nothing_has_a_reason() {
    let didomi = "eyJ1cGRhdGVkIjoic29vbiIsInZlbmRvcnMiOnt9fQ==";
    let closed = "OptanonAlertBoxClosed=2026-10-15T11:50:36.242Z";
    let rows = [
        ("didomi", vec![didomi], r#"{"updated":"soon","vendors":{}}"#, 11, "a date"),
        (
            "onetrust",
            vec!["OptanonConsent=x=y&groups=C1%3A1%2CC2%3A7", closed],
            "x=y&groups=C1%3A1%2CC2%3A7",
            20,
            "`1` or `0`",
        ),
        ("iubenda", vec!["_iub_cs-1=%7B%22timestamp%22%3A%22soon%22%7D"], r#"{"timestamp":"soon"}"#, 13, "a date"),
        ("matomo", vec!["mtm_consent=9999999999999"], "", 0, "it is dated more than 24 hours ahead"),
        (
            "cookieconsent",
            vec![r#"{"categories":["a"],"revision":0}"#],
            "",
            0,
            "it answers an earlier `revision` than the charter's",
        ),
    ];
    for (format, choices, text, at, expected) in rows {
        let more = match format {
            "iubenda" => "cookie = \"_iub_cs-1\"\n",
            "cookieconsent" => "revision = 1\n",
            _ => "",
        };
        let charter = charter_of(format, more);
        let octroi = Setup::before(&Origin::always(ok("", "")).await).charter(&charter).start().await;
        let arguments: Vec<&str> =
            choices.iter().flat_map(|choice| ["--choice", choice]).chain(["cookie", "_ga=1"]).collect();
        let read = &explain(octroi.directory.path(), &arguments)["choice"]["banners"][0]["instances"][0];
        if text.is_empty() {
            assert_eq!(read["why"], expected, "{format}: {read}");
        } else {
            let fault = &read["fault"];
            assert_eq!(
                (&fault["text"], &fault["at"], &fault["expected"]),
                (&text.into(), &at.into(), &expected.into()),
                "{format}: {read}"
            );
        }
    }
}

#[tokio::test]
async fn a_choice_with_an_unknown_cookie_name_is_a_warning() {
    let octroi = Setup::before(&Origin::always(ok("", "")).await).start().await;
    let warned = |choice: &str| shown(&run(octroi.directory.path(), &["--choice", choice, "cookie", "_ga=1"]).stderr);
    let said = warned("cookie_preferences=%7B%22ga%22%3Atrue%7D");
    assert!(said.contains("no banner of the charter has a cookie `cookie_preferences`"), "{said}");
    assert_eq!(warned("cookies_preferences=%7B%22ga%22%3Atrue%7D"), "");
    assert_eq!(warned("%7B%22ga%22%3Atrue%7D"), "");
}

/// The keys are those of the cookie; the result is shown by category.
#[tokio::test]
async fn the_line_of_consent_shows_categories() {
    let charter = charter_with("id = \"statistics\"\n", "id = \"statistics\"\nasked_since = \"2026-01-01\"\n");
    let octroi = Setup::before(&Origin::always(ok("", "")).await).charter(&charter).start().await;
    let read =
        |value: &str| explain(octroi.directory.path(), &["--choice", value, "cookie", "_ga=1"])["choice"].clone();
    let old = read(r#"{"ga":true}"#);
    assert_eq!(old["granted"][0], "ga");
    assert_eq!(old["granted_categories"], serde_json::json!([]), "{old}");
    assert_eq!(read(r#"{"ga":false}"#)["refused_categories"], serde_json::json!(["statistics"]));
}

/// What octroi would otherwise pass over, it refuses: a `;` would cut the choice, and a URL has a path of its own.
#[tokio::test]
async fn options_that_would_be_ignored_are_refused() {
    let octroi = Setup::before(&Origin::always(ok("", "")).await).start().await;
    let url = ["url", "https://data.education.gouv.fr/"];
    for (arguments, advice) in [
        (&["--choice", "a;b", "cookie", "_ga=1"][..], "`;` ends a cookie"),
        (&[&["--path", "/x"][..], &url].concat(), "a URL names its path itself"),
        (&[&["--choice", "a"][..], &url].concat(), "is the site itself"),
        (&[&["--gpc"][..], &url].concat(), "is the site itself"),
    ] {
        let output = run(octroi.directory.path(), arguments);
        let said = shown(&output.stderr);
        assert!(!output.status.success() && said.contains(advice), "{arguments:?}: {said}");
    }
    assert!(run(octroi.directory.path(), &url).status.success());
}

#[tokio::test]
async fn a_host_in_capitals_is_the_host() {
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).hosts(r#"["data.education.gouv.fr"]"#).upstream("host = \"portal.test\"");
    let octroi = setup.start().await;
    let line = ["set-cookie", "sessionid=1; Domain=portal.test"];
    let sent = |site: &str| {
        explain(octroi.directory.path(), &[&["--site", site][..], &line].concat())["cookies"][0]["sent"].clone()
    };
    assert_eq!(sent("DATA.education.gouv.fr"), sent("data.education.gouv.fr"));
}
