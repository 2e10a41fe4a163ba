//! Smuggling: a `Set-Cookie` line that one reader of the head sees and another does not.

use crate::jar::case::{Case, Outcome, WITNESS_LINE};

pub(super) fn cases() -> Vec<Case> {
    [refused(), bare_line_feeds(), harmless()].concat()
}

/// A head with these bytes in its midst, between an allowed and a refused cookie.
fn head(name: &str, bytes: &[u8]) -> Case {
    let before = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: sessionid=1\r\n";
    let answer = [&before[..], bytes, b"Set-Cookie: _ga=2\r\n", WITNESS_LINE, b"\r\n"].concat();
    Case::raw(format!("{name}: {}", bytes.escape_ascii()), answer)
}

/// No two readers agree on these, so none of them is read.
fn refused() -> Vec<Case> {
    let heads: [(&str, &[u8]); 35] = [
        ("a bare CR", b"X-A: b\rSet-Cookie: _ga=2\r\n"),
        ("a bare CR and a space", b"X-A: b\r Set-Cookie: _ga=2\r\n"),
        ("two bare CRs", b"X-A: b\r\rSet-Cookie: _ga=2\r\n"),
        ("a bare CR in a cookie", b"Set-Cookie: sessionid=1\rSet-Cookie: _ga=2\r\n"),
        ("a bare CR in a cookie's attribute", b"Set-Cookie: sessionid=1; Path=/\rSet-Cookie: _ga=2\r\n"),
        ("a bare CR before the name", b"\rSet-Cookie: _ga=2\r\n"),
        ("a bare CR before the colon", b"Set-Cookie\r: _ga=2\r\n"),
        ("a bare CR after the colon", b"Set-Cookie:\r_ga=2\r\n"),
        ("CR CR LF", b"X-A: b\r\r\nSet-Cookie: _ga=2\r\n"),
        ("LF CR", b"X-A: b\n\rSet-Cookie: _ga=2\r\n"),
        ("a bare CR that ends the head", b"X-A: b\r\rHTTP/1.1 200 OK\r\nSet-Cookie: _ga=2\r\n"),
        ("a folded line", b"X-A: b\r\n Set-Cookie: _ga=2\r\n"),
        ("a folded line with a tab", b"X-A: b\r\n\tSet-Cookie: _ga=2\r\n"),
        ("a folded cookie", b"Set-Cookie: sessionid=1\r\n ; Path=/\r\n"),
        ("a folded cookie whose name comes later", b"Set-Cookie:\r\n _ga=2\r\n"),
        ("a folded cookie that ends in another", b"Set-Cookie: sessionid=1;\r\n _ga=2\r\n"),
        ("a folded empty line", b"X-A: b\r\n \r\nSet-Cookie: _ga=2\r\n"),
        ("a fold by LF", b"X-A: b\n Set-Cookie: _ga=2\r\n"),
        ("NUL in another field", b"X-A: b\0Set-Cookie: _ga=2\r\n"),
        ("NUL before the name", b"\0Set-Cookie: _ga=2\r\n"),
        ("NUL in the name", b"Set-Coo\0kie: _ga=2\r\n"),
        ("NUL after the name", b"Set-Cookie\0: _ga=2\r\n"),
        ("NUL at the end", b"Set-Cookie: _ga=2\0\r\n"),
        ("a space before the colon", b"Set-Cookie : _ga=2\r\n"),
        ("a tab before the colon", b"Set-Cookie\t: _ga=2\r\n"),
        ("a space in the name", b"Set -Cookie: _ga=2\r\n"),
        ("no colon", b"Set-Cookie _ga=2\r\n"),
        ("an equals sign for the colon", b"Set-Cookie=_ga=2\r\n"),
        ("a semicolon for the colon", b"Set-Cookie; _ga=2\r\n"),
        ("a colon of another kind", b"Set-Cookie\xef\xbc\x9a _ga=2\r\n"),
        ("a byte order mark before the name", b"\xef\xbb\xbfSet-Cookie: _ga=2\r\n"),
        ("NBSP before the name", b"\xc2\xa0Set-Cookie: _ga=2\r\n"),
        ("VT before the name", b"\x0bSet-Cookie: _ga=2\r\n"),
        ("no name", b": Set-Cookie: _ga=2\r\n"),
        ("a colon before the name", b":Set-Cookie: _ga=2\r\n"),
    ];
    let mut cases = heads.map(|(name, bytes)| head(name, bytes).comes_out(Outcome::Refused)).to_vec();
    let rest = [b"Set-Cookie: sessionid=1\r\nContent-Length: 0\r\n", WITNESS_LINE, b"\r\n"].concat();
    for start in [
        &b"HTTP/1.1 200 OK\rSet-Cookie: _ga=2\r\n"[..],
        b"HTTP/1.1 200 O\0K\r\n",
        b"HTTP/1.1 200 OK\r\n Set-Cookie: _ga=2\r\n",
        b"HTTP/1.1 200 OK\r\r\n",
    ] {
        let name = format!("a start {}", start.escape_ascii());
        cases.push(Case::raw(name, [start, &rest].concat()).comes_out(Outcome::Refused));
    }
    cases
}

/// LF alone ends a line for every reader here: what follows is a line, and is judged as one.
fn bare_line_feeds() -> Vec<Case> {
    let heads: [(&str, &[u8]); 5] = [
        ("LF in another field", b"X-A: b\nSet-Cookie: _ga=2\r\n"),
        ("LF in a cookie", b"Set-Cookie: sessionid=1\nSet-Cookie: _ga=2\r\n"),
        ("LF in a cookie's attribute", b"Set-Cookie: sessionid=1; Path=/\nSet-Cookie: _ga=2; Path=/\r\n"),
        ("LF LF", b"X-A: b\n\nSet-Cookie: _ga=3\r\n"),
        ("LF and another response", b"X-A: b\n\nHTTP/1.1 200 OK\r\nSet-Cookie: _ga=3\r\n"),
    ];
    let mut cases = heads.map(|(name, bytes)| head(name, bytes)).to_vec();
    let only =
        [b"HTTP/1.1 200 OK\nContent-Length: 0\nSet-Cookie: sessionid=1\nSet-Cookie: _ga=2\n", WITNESS_LINE, b"\n"]
            .concat();
    cases.push(Case::raw("LF at every end", only));
    let start = [b"HTTP/1.1 200 \nSet-Cookie: _ga=2\r\nContent-Length: 0\r\n", WITNESS_LINE, b"\r\n"].concat();
    cases.push(Case::raw("LF in the status line", start));
    cases
}

/// What may look like an end of line, and is none to anybody.
fn harmless() -> Vec<Case> {
    let heads: [(&str, &[u8]); 8] = [
        ("U+2028", b"X-A: b\xe2\x80\xa8Set-Cookie: _ga=2\r\n"),
        ("NEL", b"X-A: b\xc2\x85Set-Cookie: _ga=2\r\n"),
        ("NEL in Latin-1", b"X-A: b\x85Set-Cookie: _ga=2\r\n"),
        ("letters that end in the bytes of CR LF", b"X-A: b\xc4\x8d\xc4\x8aSet-Cookie: _ga=2\r\n"),
        ("CR LF in percent signs", b"X-A: b%0d%0aSet-Cookie: _ga=2\r\n"),
        ("CR LF as text", b"X-A: b\\r\\nSet-Cookie: _ga=2\r\n"),
        ("a cookie in another field", b"Link: Set-Cookie: _ga=2\r\nX-Set-Cookie: _ga=2\r\n"),
        ("an empty field", b"X-A:\r\nSet-Cookie:\t_ga=2\r\n"),
    ];
    heads.map(|(name, bytes)| head(name, bytes)).to_vec()
}
