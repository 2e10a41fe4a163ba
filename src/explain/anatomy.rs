//! The parts of a line, each marked by carets under its bytes.
//!
//! They come from the parser that the gate uses, so that the explanation shows what was judged.

use std::fmt::Write as _;

use serde::Serialize;

use super::words::PartWords;
use crate::cookie::{AttributeKind, Pair, SetCookie, Unreadable};

/// A part of the line, and what browsers read it as.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// Its first column in the escaped line, from 0.
    #[serde(skip)]
    from: usize,
    /// The column after its last.
    #[serde(skip)]
    to: usize,
    /// The bytes, escaped as the line.
    pub text: String,
    /// What browsers read it as.
    pub what: String,
}

/// The escaped line, and its pieces in order: name, value, attributes. An unreadable line is one piece that says why.
pub(super) fn of_set_cookie(line: &[u8], words: &PartWords) -> (String, Vec<Piece>) {
    let mut pieces = Pieces::new(line);
    match SetCookie::parse(line) {
        Ok(cookie) => {
            pieces.push(cookie.name(), words.name);
            pieces.push(cookie.value(), words.value);
            for attribute in cookie.attributes() {
                let what = describe(attribute.kind(), words);
                pieces.push(attribute.raw.trim_ascii(), what);
            }
        }
        Err(Unreadable::NoEquals) => {
            pieces.push(line, words.no_equals);
        }
        Err(Unreadable::EmptyName) => pieces.push(line, words.empty_name),
    }
    pieces.finish()
}

/// The escaped pair, and its name and value. A nameless pair is one piece.
pub(super) fn of_pair(pair: &Pair<'_>, words: &PartWords) -> (String, Vec<Piece>) {
    let mut pieces = Pieces::new(pair.raw);
    match pair.name {
        Some(name) => {
            pieces.push(name, words.name_of_pair);
            pieces.push(pair.value, words.value);
        }
        None => pieces.push(pair.raw, words.nameless_pair),
    }
    pieces.finish()
}

fn describe(kind: AttributeKind, words: &PartWords) -> &'static str {
    match kind {
        AttributeKind::Expires => words.expires,
        AttributeKind::MaxAge => words.max_age,
        AttributeKind::Domain => words.domain,
        AttributeKind::Path => words.path,
        AttributeKind::Secure => words.secure,
        AttributeKind::HttpOnly => words.http_only,
        AttributeKind::SameSite => words.same_site,
        AttributeKind::Partitioned => words.partitioned,
        AttributeKind::Priority => words.priority,
        AttributeKind::Unknown => words.unknown,
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

    /// `bytes` must come after the last piece pushed. An empty piece is placed where the search begins.
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

/// Visible ASCII and spaces as they are, but `\` as `\\`; other bytes as `\t`, `\n`, `\r` or `\xHH`.
pub(super) fn escape(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string().replace("\\\"", "\"").replace("\\'", "'")
}
