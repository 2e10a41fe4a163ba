//! The request's side: the pairs of a `Cookie` field.

/// One piece of a `Cookie` field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The bytes between two `;`, trimmed of SP and TAB: what is forwarded.
    pub raw: &'a [u8],
    /// The bytes before the first `=`; `None` where there is no `=`, or nothing before it.
    pub name: Option<&'a [u8]>,
    /// The bytes after the first `=`.
    pub value: &'a [u8],
}

/// The pairs of one field value, in order; pieces that are empty once trimmed are passed over.
#[derive(Clone, Debug)]
pub struct Pairs<'a> {
    rest: Option<&'a [u8]>,
}

/// The pairs of one `Cookie` field value. A request may carry several: HTTP/2 splits them (RFC 9113 §8.2.3).
pub fn pairs(field: &[u8]) -> Pairs<'_> {
    Pairs { rest: Some(field) }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let _ = self.rest;
        todo!()
    }
}
