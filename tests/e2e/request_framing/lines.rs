//! The request line, and the ends of all lines.

use super::{Case, Last, One, Refused, all, each, judge};

pub(super) fn tables() -> Vec<Vec<Case>> {
    vec![plain(), malformed(), line_ends()]
}

fn plain() -> Vec<Case> {
    let rows: [(&[u8], _); 7] = [
        (b"GET / HTTP/1.1\r\nHost: h\r\n\r\n", One("")),
        (b"GET / HTTP/1.0\r\nHost: h\r\n\r\n", Last("")),
        (b"\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", One("")),
        (b"GET / HTTP/1.1\r\nHost: h\r\n\r\n\r\n", One("")),
        (b"M-SEARCH /a;b?c=[d]|{e} HTTP/1.1\r\nHost: h\r\n\r\n", One("")),
        (b"get / HTTP/1.1\r\nHost: h\r\n\r\n", One("")),
        (b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", One("")),
    ];
    each(rows)
}

#[tokio::test]
async fn plain_request_lines_are_read() {
    judge(plain()).await;
}

fn malformed() -> Vec<Case> {
    let lines = [
        "", "GET", "GET ", "GET /", "GET / ", "/ HTTP/1.1", " GET / HTTP/1.1", "\tGET / HTTP/1.1", "GET  / HTTP/1.1",
        "GET\t/ HTTP/1.1", "GET /  HTTP/1.1", "GET /\tHTTP/1.1", "GET / HTTP/1.1 ", "GET / HTTP/1.1\t",
        "GET / HTTP/1.1 x", "GET /a b HTTP/1.1", "GET /\x0bHTTP/1.1", "GET /\u{a0}HTTP/1.1", "GET / HTTP/2.0",
        "GET / HTTP/2", "GET / HTTP/1.2", "GET / HTTP/1.", "GET / HTTP/1", "GET / HTTP/0.9", "GET / HTTP/9.9",
        "GET / HTTP/1.10", "GET / HTTP/01.1", "GET / HTTP/1.1x", "GET / http/1.1", "GET / HTTP/11", "GET / HTTP /1.1",
        "GET / HTTP/ 1.1", "GET / HTTPS/1.1", "GET / ICY/1.1", "G@T / HTTP/1.1", "G T / HTTP/1.1", "GE\0T / HTTP/1.1",
        "GET: / HTTP/1.1", "\"GET\" / HTTP/1.1", "G\u{c9}T / HTTP/1.1", "GET /\0 HTTP/1.1", "GET /\x01 HTTP/1.1",
        "GET /\x7f HTTP/1.1", "GET /a#b HTTP/1.1", "GET # HTTP/1.1", "GET nopath HTTP/1.1", "GET ?a HTTP/1.1",
        "GET * HTTP/1.1", "POST * HTTP/1.1", "GET \\ HTTP/1.1", "GET ../a HTTP/1.1", "\x16\x03\x01\x02",
        "PRI * HTTP/2.0", "SSH-2.0-x", "EHLO h",
    ];
    all(Refused, lines.map(|line| format!("{line}\r\nHost: h\r\n\r\n")))
}

#[tokio::test]
async fn malformed_request_lines_are_refused() {
    judge(malformed()).await;
}

fn line_ends() -> Vec<Case> {
    let rows = [
        "\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\n\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\rGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\rGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        " \r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\rHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\n\rHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\r\r\n",
        "GET / HTTP/1.1\r\nHost: h\n\n",
        "GET / HTTP/1.1\nHost: h\n\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\nC: d\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\rC: d\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA:\nC: d\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\n\nGET /hidden HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\nGET /hidden HTTP/1.1\r\nHost: h\r\n\r\n",
    ];
    all(Refused, rows)
}

#[tokio::test]
async fn every_line_ends_with_cr_lf() {
    judge(line_ends()).await;
}
