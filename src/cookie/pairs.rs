//! The request's side: the pairs of a `Cookie` field.
//!
//! A browser writes `name=value; name=value` and nothing else. So the name is compared byte for byte: a server that trims more
//! must not find another cookie there than the one that was judged here.

use super::scan::{cut_pair, trim_end, trim_start};

/// One piece of a `Cookie` field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The bytes between two `;`, trimmed of SP and TAB: what is forwarded.
    pub raw: &'a [u8],
    /// The bytes before the first `=`; `None` if there is no `=`, or nothing before it.
    pub name: Option<&'a [u8]>,
    /// The bytes after the first `=`; empty if there is no `=`.
    pub value: &'a [u8],
}

/// The pairs of one field value, in order; pieces that are empty after trimming are skipped.
#[derive(Clone, Debug)]
pub struct Pairs<'a> {
    rest: Option<&'a [u8]>,
}

/// The pairs of one `Cookie` field value. A request may carry several: HTTP/2 splits them (RFC 9113 §8.2.3).
///
/// ```
/// use octroi::cookie::pairs;
///
/// let names: Vec<_> = pairs(b"a=1; b; =c; d=e=f").map(|pair| pair.name).collect();
/// assert_eq!(names, [Some(&b"a"[..]), None, None, Some(b"d")]);
/// ```
pub fn pairs(field: &[u8]) -> Pairs<'_> {
    Pairs { rest: Some(field) }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let piece = trim_start(self.rest?);
            let (name, value, rest) = cut_pair(piece);
            self.rest = rest;
            if let Some(value) = value.map(trim_end) {
                let raw = piece.get(..name.len() + 1 + value.len()).unwrap_or(piece);
                return Some(Pair { raw, name: Some(name).filter(|name| !name.is_empty()), value });
            }
            let raw = trim_end(name);
            if !raw.is_empty() {
                return Some(Pair { raw, name: None, value: &[] });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwards_a_piece_as_it_came_without_the_space_around_it() {
        let read: Vec<_> = pairs(b"\ta=1 ;; b = 2;").collect();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0], Pair { raw: b"a=1", name: Some(b"a"), value: b"1" });
        assert_eq!(read[1], Pair { raw: b"b = 2", name: Some(b"b "), value: b" 2" });
    }

    #[test]
    fn a_piece_without_a_name_is_seen_but_not_named() {
        let read: Vec<_> = pairs(b"sessionid; =v; ==v").collect();
        assert_eq!(read[0], Pair { raw: b"sessionid", name: None, value: b"" });
        assert_eq!(read[1], Pair { raw: b"=v", name: None, value: b"v" });
        assert_eq!(read[2], Pair { raw: b"==v", name: None, value: b"=v" });
        assert_eq!(pairs(b" ;\t; ").count(), 0);
        assert_eq!(pairs(b"").count(), 0);
    }
}
