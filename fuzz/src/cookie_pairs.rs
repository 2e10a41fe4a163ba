//! The `Cookie` fields of a request: the first byte chooses what the visitor says, the rest is the fields, with LF between
//! them. They are read alone, and then sent through octroi to a portal that notes what it gets.

use octroi::cookie::pairs;

use crate::charter::{CONSENT_COOKIE, Says};
use crate::exchange::{self, Seen};
use crate::reading::bare;

/// What visitors say, from nothing to all.
pub const CHOICES: [&str; 8] = [
    "",
    r#"{"functional_cookies":true,"matomo":true,"ga":true}"#,
    r#"{"matomo":true}"#,
    "%7B%22ga%22%3Atrue%2C%22matomo%22%3Afalse%7D",
    r#"{"matomo":false,"ga":false,"youtube":false}"#,
    r#"{"matomo":true,"ga":true,"timestamp":1700000000}"#,
    r#"{"matomo":true,"ga":true,"timestamp":1795000000000}"#,
    "nonsense",
];

pub(crate) type Pair<'a> = (&'a [u8], Option<&'a [u8]>, &'a [u8]);

/// # Panics
/// If octroi splits a field otherwise than at each `;`, or forwards anything but the allowed pairs.
pub fn check(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let mut fields: Vec<_> = rest.split(|byte| *byte == b'\n').collect();
    for field in &fields {
        let read: Vec<Pair<'_>> = pairs(field).map(|pair| (pair.raw, pair.name, pair.value)).collect();
        assert_eq!(read, split(field), "{}", field.escape_ascii());
    }
    let can_be_sent = |byte: &u8| matches!(byte, b'\t' | 0x20..=0x7e | 0x80..);
    if fields.len() > 60 || !fields.iter().all(|field| field.iter().all(can_be_sent)) {
        return;
    }
    let said = CHOICES[usize::from(choice & 7)];
    let consent = format!("cookies_preferences={said}");
    if !said.is_empty() {
        fields.push(consent.as_bytes());
    }
    let request = request(&fields);
    let seen = exchange::run(&request, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false);
    if request.len() < 30_000 || !seen.portal.is_empty() {
        check_forwarded(&fields, &seen);
    } else {
        assert!(seen.visitor.starts_with(b"HTTP/1.1 4"), "{}", seen.visitor.escape_ascii());
    }
}

fn request(fields: &[&[u8]]) -> Vec<u8> {
    let mut request = b"GET / HTTP/1.1\r\nHost: enforce.test\r\nConnection: close\r\n".to_vec();
    for field in fields {
        request.extend_from_slice(b"Cookie: ");
        request.extend_from_slice(field);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    request
}

/// All pieces between `;` that are not empty: each whole, its name if it has one, its value.
pub(crate) fn split(field: &[u8]) -> Vec<Pair<'_>> {
    let mut ends: Vec<_> = (0..field.len()).filter(|at| field[*at] == b';').collect();
    ends.push(field.len());
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    let pieces = starts.zip(&ends).map(|(start, end)| bare(&field[start..*end])).filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| match piece.iter().position(|byte| *byte == b'=') {
            Some(equals) => (piece, (equals > 0).then(|| &piece[..equals]), &piece[equals + 1..]),
            None => (piece, None, &b""[..]),
        })
        .collect()
}

fn check_forwarded(fields: &[&[u8]], seen: &Seen) {
    let all: Vec<_> = fields.iter().flat_map(|field| split(field)).collect();
    let chosen = all.iter().filter(|(_, name, _)| *name == Some(CONSENT_COOKIE)).map(|(_, _, value)| *value);
    let says = Says::of(chosen);
    let got: Vec<_> = seen.portal.split(|byte| *byte == b'\n').filter_map(cookie_field).collect();
    assert!(seen.portal.starts_with(b"GET / HTTP/1.1\r\n") && got.len() <= 1, "{}", seen.portal.escape_ascii());
    let got = got.first().copied().unwrap_or_default();
    let allowed = |pair: &&Pair<'_>| pair.1.is_some_and(|name| says.standing(name).passes);
    let kept: Vec<_> = all.iter().filter(allowed).map(|(raw, ..)| *raw).collect();
    if !says.sure {
        return assert!(split(got).iter().all(|pair| kept.contains(&pair.0)), "{}", got.escape_ascii());
    }
    // One field of which all may pass is not touched.
    let whole = fields.len() == 1 && kept.len() == all.len() && !kept.is_empty();
    let expected = if whole { bare(fields[0]).to_vec() } else { kept.join(&b"; "[..]) };
    assert!(got == expected, "{} and not {}", got.escape_ascii(), expected.escape_ascii());
}

fn cookie_field(line: &[u8]) -> Option<&[u8]> {
    let (name, value) = line.split_at_checked(7)?;
    name.eq_ignore_ascii_case(b"cookie:").then(|| bare(value.strip_suffix(b"\r").unwrap_or(value)))
}
