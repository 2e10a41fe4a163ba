//! What each byte of a line is: the pieces, with a ruler under the line.
//!
//! The pieces are found by the parser that the gate uses, so what is shown is what was judged.

use std::fmt::Write as _;

use serde::Serialize;

use crate::cookie::{AttributeKind, Pair, SetCookie, Unreadable};

/// A run of bytes of the line, and what browsers take it for.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// Columns in the escaped line, from 0.
    #[serde(skip)]
    from: usize,
    /// The column behind the last one.
    #[serde(skip)]
    to: usize,
    /// The bytes, the odd ones escaped.
    pub text: String,
    /// What browsers take it for.
    pub what: String,
}

/// The escaped line, and its pieces in their order: name, value, each attribute. What is no cookie is one piece that
/// says why.
pub(super) fn of_set_cookie(line: &[u8]) -> (String, Vec<Piece>) {
    let mut pieces = Pieces::new(line);
    match SetCookie::parse(line) {
        Ok(cookie) => {
            pieces.push(cookie.name(), "name: the bytes before the first `=`, without the spaces and tabs around them");
            pieces.push(cookie.value(), "value: forwarded byte for byte");
            for attribute in cookie.attributes() {
                let what = describe(attribute.kind());
                pieces.push(attribute.raw.trim_ascii(), what);
            }
        }
        Err(Unreadable::NoEquals) => {
            pieces
                .push(line, "no `=` before the first `;`: some browsers store a nameless cookie, others an empty one");
        }
        Err(Unreadable::EmptyName) => pieces.push(line, "nothing before the first `=`: a cookie without a name"),
    }
    pieces.finish()
}

/// The escaped pair, and its name and value; without a name, it is one piece.
pub(super) fn of_pair(pair: &Pair<'_>) -> (String, Vec<Piece>) {
    let mut pieces = Pieces::new(pair.raw);
    match pair.name {
        Some(name) => {
            pieces.push(name, "name: the bytes before the first `=`");
            pieces.push(pair.value, "value: forwarded byte for byte");
        }
        None => pieces.push(pair.raw, "no name: not forwarded"),
    }
    pieces.finish()
}

fn describe(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Expires => "Expires: when it ends, unless a Max-Age counts",
        AttributeKind::MaxAge => "Max-Age: how many seconds it lives; the last one counts",
        AttributeKind::Domain => "Domain: which hosts get it; the last one counts",
        AttributeKind::Path => "Path: which paths get it; the last one counts",
        AttributeKind::Secure => "Secure: over https only",
        AttributeKind::HttpOnly => "HttpOnly: hidden from scripts",
        AttributeKind::SameSite => "SameSite: whether other sites' pages may send it",
        AttributeKind::Partitioned => "Partitioned: one jar for each embedding site",
        AttributeKind::Priority => "Priority: which cookies a full jar loses first",
        AttributeKind::Unknown => "an attribute that browsers pass over",
    }
}

/// The line, and under it one row for each piece: carets below its columns, then what it is.
pub(super) fn to_text(line: &str, pieces: &[Piece]) -> String {
    let mut text = format!("{line}\n");
    for piece in pieces {
        let carets = "^".repeat((piece.to - piece.from).max(1));
        let _ = writeln!(text, "{}{carets} {}", " ".repeat(piece.from), piece.what);
    }
    text
}

/// Collects the pieces of one line.
struct Pieces<'a> {
    line: &'a [u8],
    /// Where the search for the next piece begins.
    at: usize,
    found: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    fn new(line: &'a [u8]) -> Self {
        Self { line, at: 0, found: Vec::new() }
    }

    /// `bytes` must come behind what was pushed last; an empty piece stands where the search is.
    fn push(&mut self, bytes: &[u8], what: &str) {
        let rest = self.line.get(self.at..).unwrap_or_default();
        let offset = if bytes.is_empty() { 0 } else { memchr::memmem::find(rest, bytes).unwrap_or(0) };
        let from = self.at + offset;
        self.at = from + bytes.len();
        let column = |end: usize| escape(self.line.get(..end).unwrap_or_default()).len();
        let (from, to) = (column(from), column(self.at));
        self.found.push(Piece { from, to, text: escape(bytes), what: what.to_owned() });
        // The delimiter after a piece belongs to no piece.
        self.at += usize::from(!bytes.is_empty() && self.at < self.line.len());
    }

    fn finish(self) -> (String, Vec<Piece>) {
        (escape(self.line), self.found)
    }
}

/// Visible ASCII as it is, other bytes as `\t`, `\n`, `\r` and `\xHH`; quotation marks are left alone.
pub(super) fn escape(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string().replace("\\\"", "\"").replace("\\'", "'")
}
