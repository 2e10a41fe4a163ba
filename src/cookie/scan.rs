//! The two operations of every reader here: cut at a byte, and trim as browsers trim.
//!
//! They are the hot path of parsing, so they search eight bytes at a time.

/// The bytes before the first `mark`, and those after it; `None` if there is no `mark`.
pub(super) fn cut(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    cut_at(bytes, memchr::memchr(mark, bytes))
}

/// The same, for a `mark` that is near, as after a name: there a call of `memchr` costs more than this search.
pub(super) fn cut_near(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    cut_at(bytes, find_near(bytes, [mark; 2]))
}

/// Returns the bytes before the first `=`, those between it and the next `;`, and those after the `;`. If a `;` comes first,
/// there is no second part.
#[inline]
pub(super) fn cut_pair(bytes: &[u8]) -> (&[u8], Option<&[u8]>, Option<&[u8]>) {
    let parts = find_near(bytes, *b"=;").and_then(|at| bytes.split_at_checked(at));
    let Some((name, from_mark)) = parts else { return (bytes, None, None) };
    match from_mark {
        [b'=', rest @ ..] => {
            let (value, after) = cut(rest, b';');
            (name, Some(value), after)
        }
        rest => (name, None, rest.get(1..)),
    }
}

fn cut_at(bytes: &[u8], at: Option<usize>) -> (&[u8], Option<&[u8]>) {
    match at.and_then(|at| bytes.split_at_checked(at)) {
        Some((before, from_mark)) => (before, from_mark.get(1..)),
        None => (bytes, None),
    }
}

/// The first of either mark: eight bytes at once.
#[inline]
fn find_near(bytes: &[u8], marks: [u8; 2]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // Of the bytes that are `mark`, the first gets its highest bit, and none before it.
    let marked = |word: u64, mark: u8| {
        let others = word ^ (ONES * u64::from(mark));
        others.wrapping_sub(ONES) & !others & (ONES << 7)
    };
    let [one, other] = marks;
    let mut rest = bytes;
    while let Some((word, later)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        let found = marked(word, one) | marked(word, other);
        if found != 0 {
            return Some(bytes.len() - rest.len() + found.trailing_zeros() as usize / 8);
        }
        rest = later;
    }
    let at = rest.iter().position(|byte| *byte == one || *byte == other)?;
    Some(bytes.len() - rest.len() + at)
}

/// `bytes` without SP and TAB at both ends (RFC 6265bis §5.6, `WSP`). Trimming any other byte would let one cookie
/// pass for another.
pub(super) fn trim(bytes: &[u8]) -> &[u8] {
    trim_end(trim_start(bytes))
}

/// The same, at the end alone.
pub(super) fn trim_end(mut bytes: &[u8]) -> &[u8] {
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
        fn a_mark_nearby_is_found_if_any_is(
            mark in any::<u8>(), differences in proptest::collection::vec(proptest::sample::select(&[0, 1, 2, 0x7f, 0x80, 0x81, 0xff][..]), 0..80),
        ) {
            let bytes: Vec<u8> = differences.iter().map(|difference| mark ^ difference).collect();
            let at = bytes.iter().position(|byte| *byte == mark);
            prop_assert_eq!(find_near(&bytes, [mark; 2]), at);
            let other = mark ^ 1;
            let either = bytes.iter().position(|byte| *byte == mark || *byte == other);
            prop_assert_eq!(find_near(&bytes, [mark, other]), either);
        }

        #[test]
        fn a_pair_is_cut_at_its_own_marks(text in "[ab=;]{0,12}", far in 0..80_usize) {
            let text = text.replace('b', &"b".repeat(far));
            let (piece, after) = text.split_once(';').map_or((&*text, None), |(piece, after)| (piece, Some(after.as_bytes())));
            let (name, value) = piece.split_once('=').map_or((piece, None), |(name, value)| (name, Some(value.as_bytes())));
            prop_assert_eq!(cut_pair(text.as_bytes()), (name.as_bytes(), value, after));
        }
    }
}
