//! The two moves of every reader here: cut at a byte, and trim as browsers trim.

/// What stands before the first `mark`, and what follows it; `None` where there is no `mark`.
pub(super) fn cut(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    cut_at(bytes, memchr::memchr(mark, bytes))
}

/// The same, for a `mark` that stands near the front, as behind a name: no search for many bytes at once pays there.
pub(super) fn cut_near(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    cut_at(bytes, bytes.iter().position(|byte| *byte == mark))
}

fn cut_at(bytes: &[u8], at: Option<usize>) -> (&[u8], Option<&[u8]>) {
    match at.and_then(|at| bytes.split_at_checked(at)) {
        Some((before, from_mark)) => (before, from_mark.get(1..)),
        None => (bytes, None),
    }
}

/// `bytes` without SP and TAB at both ends (RFC 6265bis §5.6, `WSP`). Trimming any other byte would let one cookie
/// pass for another.
pub(super) fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_first_mark_only() {
        assert_eq!(cut(b"a=b=c", b'='), (&b"a"[..], Some(&b"b=c"[..])));
        assert_eq!(cut(b"=", b'='), (&b""[..], Some(&b""[..])));
        assert_eq!(cut(b"abc", b'='), (&b"abc"[..], None));
        assert_eq!(cut(b"", b'='), (&b""[..], None));
        for bytes in [&b"a=b=c"[..], b"=", b"abc", b""] {
            assert_eq!(cut_near(bytes, b'='), cut(bytes, b'='));
        }
    }

    #[test]
    fn trims_space_and_tab_and_no_other_byte() {
        assert_eq!(trim(b" \t a b \t "), b"a b");
        assert_eq!(trim(b" \t "), b"");
        for kept in [&b"\xa0a"[..], b"a\x0b", b"\x0ca", b"a\r", b"\na", b"\xc2\xa0a", b"\x00a", b"\x1fa"] {
            assert_eq!(trim(kept), kept);
        }
    }
}
