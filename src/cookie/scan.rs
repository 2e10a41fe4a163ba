//! The two moves of every reader here: cut at a byte, and trim as browsers trim.

/// What stands before the first `mark`, and what follows it; `None` where there is no `mark`.
pub(super) fn cut(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    cut_at(bytes, memchr::memchr(mark, bytes))
}

/// The same, for a `mark` that stands near, as behind a name: there a call of `memchr` costs more than the search.
pub(super) fn cut_near(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    cut_at(bytes, find_near(bytes, mark))
}

fn cut_at(bytes: &[u8], at: Option<usize>) -> (&[u8], Option<&[u8]>) {
    match at.and_then(|at| bytes.split_at_checked(at)) {
        Some((before, from_mark)) => (before, from_mark.get(1..)),
        None => (bytes, None),
    }
}

/// Eight bytes at once.
fn find_near(bytes: &[u8], mark: u8) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let mut rest = bytes;
    while let Some((word, later)) = rest.split_first_chunk() {
        // Of the bytes that are `mark`, the first gets its highest bit, and none before it.
        let others = u64::from_le_bytes(*word) ^ (ONES * u64::from(mark));
        let marks = others.wrapping_sub(ONES) & !others & (ONES << 7);
        if marks != 0 {
            return Some(bytes.len() - rest.len() + marks.trailing_zeros() as usize / 8);
        }
        rest = later;
    }
    let at = rest.iter().position(|byte| *byte == mark)?;
    Some(bytes.len() - rest.len() + at)
}

/// `bytes` without SP and TAB at both ends (RFC 6265bis §5.6, `WSP`). Trimming any other byte would let one cookie
/// pass for another.
pub(super) fn trim(bytes: &[u8]) -> &[u8] {
    let mut bytes = trim_start(bytes);
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

/// The same, at the front alone.
pub(super) fn trim_start(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cuts_at_the_first_mark_only() {
        assert_eq!(cut(b"a=b=c", b'='), (&b"a"[..], Some(&b"b=c"[..])));
        assert_eq!(cut(b"=", b'='), (&b""[..], Some(&b""[..])));
        assert_eq!(cut(b"abc", b'='), (&b"abc"[..], None));
        assert_eq!(cut(b"", b'='), (&b""[..], None));
    }

    #[test]
    fn trims_space_and_tab_and_no_other_byte() {
        assert_eq!(trim(b" \t a b \t "), b"a b");
        assert_eq!(trim(b" \t "), b"");
        for kept in [&b"\xa0a"[..], b"a\x0b", b"\x0ca", b"a\r", b"\na", b"\xc2\xa0a", b"\x00a", b"\x1fa"] {
            assert_eq!(trim(kept), kept);
        }
    }

    proptest! {
        /// What counts is in which bits a byte differs from the mark.
        #[test]
        fn a_mark_nearby_is_found_where_any_is(
            mark in any::<u8>(), differences in proptest::collection::vec(proptest::sample::select(&[0, 1, 2, 0x7f, 0x80, 0x81, 0xff][..]), 0..40),
        ) {
            let bytes: Vec<u8> = differences.iter().map(|difference| mark ^ difference).collect();
            prop_assert_eq!(cut_near(&bytes, mark), cut(&bytes, mark));
        }
    }
}
