//! The positions at which a message is cut: every boundary of its grammar, and the middle of each token.

/// The bytes that are a token each.
const DELIMITERS: &[u8] = b"\r\n \t:;,=/?\"";

/// All places to cut.
pub(super) fn cuts(bytes: &[u8]) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut begins = 0;
    for at in 1..=bytes.len() {
        let ends = at == bytes.len() || DELIMITERS.contains(&bytes[at]) || DELIMITERS.contains(&bytes[at - 1]);
        if ends {
            cuts.extend((at - begins > 1).then_some(usize::midpoint(begins, at)));
            cuts.push(at);
            begins = at;
        }
    }
    cuts
}

/// The places that the message before it in its table does not have: if both are the same, that one was cut. The end
/// of its head, and its own, are cut in any case.
pub(super) fn own_cuts(bytes: &[u8], before: Option<&[u8]>) -> Vec<usize> {
    let Some(before) = before else { return cuts(bytes) };
    let same = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take_while(|(one, other)| one == other).count();
    let first = same(&mut bytes.iter().zip(before));
    let last = bytes.len() - same(&mut bytes.iter().rev().zip(before.iter().rev()));
    let head = head_length(bytes);
    let is_own = |at: &usize| (first..=last.max(first + 1)).contains(at) || *at == head || *at == bytes.len();
    cuts(bytes).into_iter().filter(is_own).collect()
}

/// With its empty line; all of it if there is none.
pub(super) fn head_length(bytes: &[u8]) -> usize {
    memchr::memmem::find(bytes, b"\r\n\r\n").map_or(bytes.len(), |at| at + 4)
}

#[test]
fn a_message_is_cut_around_and_within_each_token() {
    assert_eq!(cuts(b"GET /\r\n"), [1, 3, 4, 5, 6, 7]);
    assert_eq!(own_cuts(b"A: abc\r\n\r\n", Some(b"A: xyc\r\n\r\n")), [3, 4, 10]);
}
