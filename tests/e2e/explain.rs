//! `octroi explain` shows what the proxy does: both are asked about the same lines.

use serde_json::Value;

use crate::support::octroi::octroi as command;
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

/// What leaves, by `octroi explain`.
fn explained(octroi: &Octroi, line: &str) -> Option<String> {
    let mut explain = command(octroi.directory.path());
    explain.args(["explain", "--config", "octroi.toml", "--format", "json", "set-cookie", line]);
    let output = explain.output().unwrap();
    assert!(output.status.success(), "{}", shown(&output.stderr));
    let explained: Value = serde_json::from_slice(&output.stdout).unwrap();
    explained["cookies"][0]["sent"].as_str().map(ToOwned::to_owned)
}

#[tokio::test]
async fn it_shows_of_each_line_what_leaves() {
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
