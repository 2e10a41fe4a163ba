//! Framing: where a response begins and ends, how its lines are written, and bytes after its end.

use crate::jar::case::{Case, Load, Outcome, WITNESS_LINE};

const COOKIES: &str = "Set-Cookie: sessionid=1; Path=/\r\nSet-Cookie: _ga=2; Path=/\r\n";
const MORE: &str =
    "HTTP/1.1 200 OK\r\nSet-Cookie: _ga=smuggled\r\nSet-Cookie: sessionid=smuggled\r\nContent-Length: 0\r\n\r\n";

pub(super) fn cases() -> Vec<Case> {
    [lengths(), contradictions(), bodies(), versions(), lines()].concat()
}

/// A response with the cookies, these further lines, and this body.
fn answer(lines: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\n", lines.as_bytes(), COOKIES.as_bytes(), WITNESS_LINE, b"\r\n", body.as_ref()].concat()
}

fn lengths() -> Vec<Case> {
    let framings = [
        ("to the end of the connection", "", "body"),
        ("to the end of the connection, said so", "Connection: close\r\n", "body"),
        ("a length", "Content-Length: 4\r\n", "body"),
        ("chunks", "Transfer-Encoding: chunked\r\n", "4\r\nbody\r\n0\r\n\r\n"),
        ("chunks in capitals", "TRANSFER-ENCODING: CHUNKED\r\n", "4\r\nbody\r\n0\r\n\r\n"),
        ("chunks with extensions", "Transfer-Encoding: chunked\r\n", "4;x=\"y\"\r\nbody\r\n00\r\n\r\n"),
        (
            "cookies in the trailers",
            "Transfer-Encoding: chunked\r\n",
            "4\r\nbody\r\n0\r\nSet-Cookie: _ga=t\r\nSet-Cookie: sessionid=t\r\n\r\n",
        ),
        (
            "cookies in announced trailers",
            "Transfer-Encoding: chunked\r\nTrailer: Set-Cookie, X-Sum\r\n",
            "4\r\nbody\r\n0\r\nX-Sum: 1\r\nset-cookie: _ga=t\r\n\r\n",
        ),
        ("a body cut short", "Content-Length: 10\r\n", "body"),
        ("chunks cut short", "Transfer-Encoding: chunked\r\n", "4\r\nbody\r\n"),
    ];
    let torn = [
        ("a bad chunk", "Transfer-Encoding: chunked\r\n", "zz\r\nbody\r\n0\r\n\r\n"),
        ("a body that never comes", "Content-Length: 10\r\n", ""),
        ("chunks that never come", "Transfer-Encoding: chunked\r\n", ""),
    ];
    let case = |(name, lines, body): (&str, &str, &str)| Case::raw(format!("framed by {name}"), answer(lines, body));
    let visited = [framings[0], framings[3], framings[6]];
    let visited = visited.map(|framing| Case { name: format!("{}, by navigation", framing.0), ..case(framing) });
    let visited = visited.map(|case| case.by(Load::Navigation));
    let torn = torn.map(|framing| case(framing).comes_out(Outcome::Torn));
    framings.into_iter().map(case).chain(visited).chain(torn).collect()
}

/// Framings at odds with themselves. Browsers put up with some of these; octroi takes none.
fn contradictions() -> Vec<Case> {
    let refused = [
        ("two lengths", "Content-Length: 4\r\nContent-Length: 5\r\n"),
        ("the same length twice", "Content-Length: 4\r\nContent-Length: 4\r\n"),
        ("two lengths in one line", "Content-Length: 4, 5\r\n"),
        ("no number for a length", "Content-Length: x\r\n"),
        ("a length below zero", "Content-Length: -1\r\n"),
        ("a length with a sign", "Content-Length: +4\r\n"),
        ("a length beyond all bounds", "Content-Length: 99999999999999999999999\r\n"),
    ];
    let mut cases = refused.map(|(name, lines)| Case::raw(name, answer(lines, "body"))).to_vec();
    let chunks = "4\r\nbody\r\n0\r\n\r\n";
    cases.push(Case::raw("chunks and a length", answer("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", chunks)));
    cases.push(Case::raw("a length and chunks", answer("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", chunks)));
    cases.into_iter().map(|case| case.comes_out(Outcome::Refused)).collect()
}

/// What looks like a head but stands where none is, and a second response that nobody asked for.
fn bodies() -> Vec<Case> {
    let length = format!("Content-Length: {}\r\n", MORE.len());
    let chunks = format!("{:x}\r\n{MORE}\r\n0\r\n\r\n", MORE.len());
    let mut cases = vec![
        Case::raw("a head in a body", answer(&length, MORE)),
        Case::raw("a head in chunks", answer("Transfer-Encoding: chunked\r\n", chunks)),
        Case::raw("a head in a body without end", answer("", MORE)),
        Case::raw("a head in a body, after an empty line", answer("", format!("\r\n\r\n{MORE}"))),
    ];
    for (name, lines, body) in [
        ("a second response", "Content-Length: 0\r\n", ""),
        ("a second response after a body", "Content-Length: 4\r\n", "body"),
        ("a second response after chunks", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    ] {
        let both = answer(lines, format!("{body}{MORE}"));
        cases.push(Case::raw(name, both.clone()));
        cases.push(Case::raw(format!("{name}, the connection kept open"), both).open());
        // What was left on a connection must not become the answer to the next request.
        cases.push(Case::cookies(format!("what follows {name}"), ["sessionid=next", "_ga=next"]).open());
    }
    cases
}

fn versions() -> Vec<Case> {
    let with =
        |start: &str| [start.as_bytes(), &answer("Content-Length: 4\r\n", "body")[b"HTTP/1.1 200 OK".len()..]].concat();
    let good =
        ["HTTP/1.0 200 OK", "HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 200 O\u{e9}", "HTTP/1.1 200 A  long\treason"];
    let bad = [
        "HTTP/1.2 200 OK", "HTTP/2.0 200 OK", "HTTP/0.9 200 OK", "HTTP/11 200 OK", "HTTP 200 OK", "http/1.1 200 OK",
        "HTTP/1.1 2000 OK", "HTTP/1.1 20 OK", "HTTP/1.1 099 OK", "HTTP/1.1 OK", "HTTP/1.1\t200 OK", " HTTP/1.1 200 OK",
        "xHTTP/1.1 200 OK", "\u{feff}HTTP/1.1 200 OK", "ICY 200 OK", "RTSP/1.0 200 OK", "GET / HTTP/1.1",
        "Set-Cookie: _ga=1",
    ];
    let good = good.map(|start| Case::raw(format!("status line {start:?}"), with(start)));
    let bad = bad.map(|start| Case::raw(format!("status line {start:?}"), with(start)).comes_out(Outcome::Refused));
    let mut cases: Vec<_> = good.into_iter().chain(bad).collect();
    cases.push(
        Case::raw("no status line", answer("", "")[b"HTTP/1.1 200 OK\r\n".len()..].to_vec())
            .comes_out(Outcome::Refused),
    );
    let late = [b"\r\n\r\n", &answer("Content-Length: 0\r\n", "")[..]].concat();
    cases.push(Case::raw("empty lines before the status line", late).comes_out(Outcome::Refused));
    cases.push(Case::raw("HTTP/1.0, kept open", with("HTTP/1.0 200 OK")));
    cases
}

/// The name of the field and the space around its value.
fn lines() -> Vec<Case> {
    let names = ["set-cookie", "SET-COOKIE", "sEt-CoOkIe", "Set-cookie"];
    let mut cases = names.map(|name| line(&format!("the field {name}"), &format!("{name}: "), "")).to_vec();
    for (name, before, after) in [
        ("no space", "", ""),
        ("tabs", "\t\t", "\t"),
        ("much space", "          ", "          "),
        ("a thousand spaces", &" ".repeat(1000), &" ".repeat(1000)),
    ] {
        cases.push(line(&format!("{name} around the value"), &format!("Set-Cookie:{before}"), after));
    }
    let unlike = [
        "Set-Cookie3: ", "Set_Cookie: ", "SetCookie: ", "X-Set-Cookie: ", "Set-Cookie-: ", "Set-Cookie.: ",
        "Set-Cook\u{131}e: ", "\u{17f}et-Cookie: ",
    ];
    for name in unlike {
        let case = line(&format!("the field {name:?}"), name, "");
        cases.push(if name.is_ascii() { case } else { case.comes_out(Outcome::Refused) });
    }
    let last =
        [&b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"[..], WITNESS_LINE, COOKIES.as_bytes(), b"\r\nbody"].concat();
    cases.push(Case::raw("cookies as the last lines", last));
    cases
}

/// Two cookies whose lines begin and end like this.
fn line(name: &str, before: &str, after: &str) -> Case {
    Case::head(name, "200 OK", format!("{before}sessionid=1; Path=/{after}\r\n{before}_ga=2; Path=/{after}\r\n"))
}
