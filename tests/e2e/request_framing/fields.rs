//! Field lines: names, values, folding, and what `Connection` may list.

use super::{Case, One, Refused, all, each, get_with, judge};

pub(super) fn tables() -> Vec<Vec<Case>> {
    vec![plain(), malformed(), control_bytes(), connection_options()]
}

fn plain() -> Vec<Case> {
    let lines: [&[u8]; 7] = [
        b"A: b\r\n",
        b"A:b\r\n",
        b"A:\r\n",
        b"A: \t b\tc \t\r\n",
        b"!#$%&'*+-.^_`|~09azAZ: x\r\n",
        b"A: \"\\;,()<>@[]{}\r\n",
        b"A: \x80\xc3\xa9\xff\r\n",
    ];
    each(lines.map(|lines| (get_with(lines), One(""))))
}

#[tokio::test]
async fn plain_field_lines_are_read() {
    judge(plain()).await;
}

fn malformed() -> Vec<Case> {
    let lines: [&[u8]; 43] = [
        b"A: b\r\n folded\r\n", b"A: b\r\n\tfolded\r\n", b"A: b\r\n \r\n", b"A:\r\n b\r\n", b" A: b\r\n",
        b"\tA: b\r\n", b"A : b\r\n", b"A\t: b\r\n", b"A B: c\r\n", b"Cookie : _ga=1\r\n", b"Host : h\r\n", b": b\r\n",
        b" : b\r\n", b":\r\n", b"nocolon\r\n", b"A\r\n: b\r\n", b"A(b): c\r\n", b"A,b: c\r\n", b"A;b: c\r\n",
        b"A=b: c\r\n", b"A@b: c\r\n", b"A/b: c\r\n", b"A[b]: c\r\n", b"A{b}: c\r\n", b"A\\b: c\r\n", b"A?b: c\r\n",
        b"\"A\": b\r\n", b"<A>: b\r\n", b"A\0: b\r\n", b"\0A: b\r\n", b"A\x01: b\r\n", b"A\x7f: b\r\n",
        b"A\x80: b\r\n", b"A\xff: b\r\n", b"\xc3\xa9: b\r\n", b"A: b\0\r\n", b"A: \0b\r\n", b"A: \x01\r\n",
        b"A: b\x08\r\n", b"A: b\x0bc\r\n", b"A: b\x0cc\r\n", b"A: \x1b[31m\r\n", b"A: \x7f\r\n",
    ];
    all(Refused, lines.map(get_with))
}

#[tokio::test]
async fn malformed_field_lines_are_refused() {
    judge(malformed()).await;
}

fn control_bytes() -> Vec<Case> {
    let mut rows = Vec::new();
    for byte in (0..0x20).chain([0x7f]).filter(|byte| !matches!(byte, b'\t' | b'\r' | b'\n')) {
        rows.push(get_with(&[b"A: b", &[byte][..], b"c\r\n"].concat()));
        rows.push(get_with(&[b"A", &[byte][..], b": c\r\n"].concat()));
    }
    all(Refused, rows)
}

#[tokio::test]
async fn every_control_byte_is_refused_wherever_it_stands() {
    judge(control_bytes()).await;
}

fn connection_options() -> Vec<Case> {
    let lines: [&[u8]; 6] = [
        b"Connection: Host\r\n",
        b"Connection: content-length\r\n",
        b"Connection: close, Cookie\r\n",
        b"Connection: close\r\nConnection: authorization\r\n",
        b"Connection: keep-alive\r\nX: y\r\nconnection: X-Forwarded-For\r\n",
        b"Connection: X-Real-IP\r\n",
    ];
    let first = all(Refused, lines.map(get_with));
    // What is no token can name no field.
    let lines: [&[u8]; 6] = [
        b"Connection: x-a,, x-b\r\nX-A: 1\r\n",
        b"Connection:\r\n",
        b"Connection: TE, keep-alive\r\nTE: trailers\r\n",
        b"Connection: a b\r\n",
        b"Connection: \"close\"\r\n",
        b"Connection: \xff\r\n",
    ];
    [first, each(lines.map(|lines| (get_with(lines), One(""))))].concat()
}

#[tokio::test]
async fn connection_lists_options_and_no_field_of_the_portal() {
    judge(connection_options()).await;
}
