//! Content-Length and Transfer-Encoding: each in every odd form, and both.

use super::{Case, Last, One, Refused, all, each, judge, post};

pub(super) fn tables() -> Vec<Vec<Case>> {
    vec![
        ordinary(),
        odd_lengths(),
        repeated_lengths(),
        lengths_and_codings(),
        odd_codings(),
        codings_of_http_1_0(),
        names_like_framing(),
    ]
}

fn ordinary() -> Vec<Case> {
    each([
        (post("Content-Length: 2\r\n", "ab"), One("ab")),
        (post("content-length:2\r\n", "ab"), One("ab")),
        (post("CONTENT-LENGTH: \t2 \t\r\n", "ab"), One("ab")),
        (post("Content-Length: 0002\r\n", "ab"), One("ab")),
        (post("Content-Length: 0\r\n", ""), One("")),
        (post("", ""), One("")),
        (post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\n\r\n"), One("a")),
        (post("transfer-encoding:chunked\r\n", "1\r\na\r\n0\r\n\r\n"), One("a")),
        (post("Transfer-Encoding: ChUnKeD \t\r\n", "1\r\na\r\n0\r\n\r\n"), One("a")),
        (post("Transfer-Encoding: chunked\r\nConnection: close\r\n", "1\r\na\r\n0\r\n\r\n"), Last("a")),
        ("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab".to_owned(), One("ab")),
        ("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n".to_owned(), One("a")),
        ("DELETE / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na".to_owned(), One("a")),
        ("POST / HTTP/1.0\r\nHost: h\r\nContent-Length: 1\r\n\r\na".to_owned(), Last("a")),
        ("POST / HTTP/1.0\r\nHost: h\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\na".to_owned(), One("a")),
    ])
}

#[tokio::test]
async fn an_ordinary_length_or_coding_is_one_request() {
    judge(ordinary()).await;
}

fn odd_lengths() -> Vec<Case> {
    let odd = [
        "", " ", "+2", "-2", "- 2", "0x2", "2h", "2a", "a", "2 2", "2,2", "2, 2", "2,3", ",2", "2,", "2;", "2.0",
        "2e0", "\"2\"", "'2'", "(2)", "2_0", "\u{0662}", "\u{b2}", "1\t1", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "18446744073709551618", "99999999999999999999999",
        "00000000000000000000002", "NaN", "infinity", "-0", "true",
    ];
    all(Refused, odd.map(|value| post(&format!("Content-Length: {value}\r\n"), "ab")))
}

#[tokio::test]
async fn a_length_is_one_plain_number() {
    judge(odd_lengths()).await;
}

fn repeated_lengths() -> Vec<Case> {
    let lines = [
        "Content-Length: 2\r\nContent-Length: 2\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n",
        "Content-Length: 2\r\nContent-Length: 1\r\n",
        "Content-Length: 0\r\nContent-Length: 2\r\n",
        "Content-Length: 2\r\nX: y\r\ncontent-length: 02\r\n",
        "Content-Length: 2\r\nContent-Length:\r\n",
        "Content-Length:\r\nContent-Length: 2\r\n",
        "Content-Length: 2\r\nContent-Length: x\r\n",
    ];
    all(Refused, lines.map(|lines| post(lines, "ab")))
}

#[tokio::test]
async fn a_length_is_said_once() {
    judge(repeated_lengths()).await;
}

fn lengths_and_codings() -> Vec<Case> {
    let lines = [
        "Content-Length: 11\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 11\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 4\r\nX: y\r\ntransfer-encoding: CHUNKED\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: x\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length:\r\n",
        "Content-Length: 11\r\nTransfer-Encoding: identity\r\n",
        "Content-Length: 11\r\nTransfer-Encoding: xchunked\r\n",
        "Content-Length: 11\r\nTransfer-Encoding:\r\n",
        "Content-Length: 11\r\nTransfer-Encoding: chunked\r\nContent-Length: 11\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 11\r\nTransfer-Encoding: chunked\r\n",
    ];
    all(Refused, lines.map(|lines| post(lines, "1\r\na\r\n0\r\n\r\n")))
}

#[tokio::test]
async fn a_length_and_a_coding_are_never_together() {
    judge(lengths_and_codings()).await;
}

fn odd_codings() -> Vec<Case> {
    let odd = [
        "", "identity", "gzip", "x", "chunked, gzip", "gzip, chunked", "chunked, identity", "identity, chunked",
        "chunked, chunked", "chunked,", ",chunked", ", chunked", "chunked , ", "chunked;", "chunked;q=1",
        "chunked; a=b", "xchunked", "chunkedx", "chunke", "chunked chunked", "\"chunked\"", "'chunked'", "(chunked)",
        "chunked\u{a0}", "\u{a0}chunked", "chun ked", "\x0bchunked", "chunked\x0b", "\x0cchunked", "chunked\x0c",
        "\x01chunked", "chunKed\0", "c\u{212a}unked", "[chunked]",
    ];
    let first = all(Refused, odd.map(|coding| post(&format!("Transfer-Encoding: {coding}\r\n"), "0\r\n\r\n")));
    let lines = [
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nX: y\r\nTransfer-Encoding:\r\n",
        "Transfer-Encoding:\r\n chunked\r\n",
        "Transfer-Encoding:\n chunked\r\n",
        "Transfer-Encoding\r\n: chunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding\t: chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "\x0bTransfer-Encoding: chunked\r\n",
        "X: y\nTransfer-Encoding: chunked\r\n",
        "X: y\rTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\n",
        "Transfer-Encoding:\tchunked\r\r\n",
    ];
    [first, all(Refused, lines.map(|lines| post(lines, "0\r\n\r\n")))].concat()
}

#[tokio::test]
async fn chunked_is_the_one_coding_and_said_once() {
    judge(odd_codings()).await;
}

fn codings_of_http_1_0() -> Vec<Case> {
    let rows = [
        "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    ];
    all(Refused, rows)
}

#[tokio::test]
async fn http_1_0_knows_no_coding() {
    judge(codings_of_http_1_0()).await;
}

/// A name that some programs take for another one is a field like any other.
fn names_like_framing() -> Vec<Case> {
    let lines = [
        "Transfer_Encoding: chunked\r\n",
        "Content_Length: 5\r\n",
        "Transfer-Encodin: chunked\r\n",
        "Transfer-Encodings: chunked\r\n",
        "X-Transfer-Encoding: chunked\r\n",
        "Content-Length2: 5\r\n",
    ];
    let rows = lines.map(|lines| (post(lines, ""), One("")));
    each(rows)
}

#[tokio::test]
async fn names_that_only_look_like_framing_frame_nothing() {
    judge(names_like_framing()).await;
}
