//! A section of lines that ends with an empty one, a head or trailers: gathered until it is complete, then read at once.
//!
//! Values share the memory of the read buffer, except those that are interned. `Set-Cookie` lines are kept apart, in
//! `set_cookies`.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use memchr::{memchr, memchr_iter};

use super::header_interner::InternedValue;
use super::set_cookies::SetCookies;
use crate::http::h1::Refusal;

const SET_COOKIE: &[u8] = b"set-cookie:";

/// What a section may hold at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionLimits {
    /// Fields.
    pub fields: usize,
    /// Bytes, with the empty line.
    pub bytes: usize,
}

/// Finds the lines of a section in the bytes that were received.
#[derive(Debug, Default)]
pub(crate) struct Gatherer {
    lines: Vec<Range<usize>>,
    /// The beginning of the line that is not complete yet.
    line: usize,
    seen: usize,
    cache: HeaderCache,
}

/// The fields of the last section, in their order. A portal sends the same fields in the same order with each response, so a
/// line's name is first compared with the one at the same index, and parsed only if it differs.
#[derive(Debug, Default)]
struct HeaderCache(Vec<CachedField>);

/// A field whose name need not be parsed again, and perhaps not its value.
#[derive(Debug)]
struct CachedField {
    /// The name as it was spelled before the colon.
    spelled: Box<[u8]>,
    name: HeaderName,
    interned: InternedValue,
}

impl CachedField {
    /// The value of a line with this name.
    fn value_in<'l>(&self, line: &'l [u8]) -> Option<&'l [u8]> {
        Some(without_blanks(line.strip_prefix(&*self.spelled)?.strip_prefix(b":")?))
    }
}

/// One line of fields.
enum Line<'l> {
    Field(HeaderName, Value<'l>),
    /// `Set-Cookie`; its value is not judged yet.
    SetCookie,
}

enum Value<'l> {
    Interned(HeaderValue),
    /// It is not judged yet.
    New(&'l [u8]),
}

/// The lines of a complete section, without the empty one.
pub(crate) struct Section<'a> {
    bytes: Bytes,
    lines: &'a [Range<usize>],
    cache: &'a mut HeaderCache,
}

impl Gatherer {
    /// Prepares for the next section.
    pub(crate) fn clear(&mut self) {
        self.lines.clear();
        (self.line, self.seen) = (0, 0);
    }

    /// Takes a section from the front of `input`, once it is complete. Until then, the caller may only append to `input`.
    ///
    /// # Errors
    /// If a line ends in a bare line feed, or the section is longer than `limits.bytes`, complete or not.
    pub(crate) fn take(&mut self, input: &mut BytesMut, limits: SectionLimits) -> Result<Option<Section<'_>>, Refusal> {
        let Some(end) = self.find_end(input)? else {
            return if input.len() > limits.bytes { Err(Refusal::TooLarge) } else { Ok(None) };
        };
        if end > limits.bytes {
            return Err(Refusal::TooLarge);
        }
        Ok(Some(Section { bytes: input.split_to(end).freeze(), lines: &self.lines, cache: &mut self.cache }))
    }

    /// The end of the section, after its empty line.
    fn find_end(&mut self, input: &[u8]) -> Result<Option<usize>, Refusal> {
        let unseen = input.get(self.seen..).unwrap_or_default();
        for feed in memchr_iter(b'\n', unseen) {
            let feed = self.seen + feed;
            let line = self.line..feed.saturating_sub(1);
            if feed == self.line || input.get(line.end) != Some(&b'\r') {
                return Err(Refusal::BareLineFeed);
            }
            self.line = feed + 1;
            if line.is_empty() {
                return Ok(Some(self.line));
            }
            self.lines.push(line);
        }
        self.seen = input.len();
        Ok(None)
    }
}

impl Section<'_> {
    /// The first line of a head.
    pub(crate) fn first_line(&self) -> &[u8] {
        self.lines.first().and_then(|line| self.bytes.get(line.clone())).unwrap_or_default()
    }

    /// Shares a part of the section; `part` must be a slice of it.
    pub(crate) fn share(&self, part: &[u8]) -> Bytes {
        self.bytes.slice_ref(part)
    }

    /// Adds the fields of all lines from the one with number `from` on. Those of `Set-Cookie` are returned instead.
    ///
    /// # Errors
    /// If there are more lines than `limits.fields`, or a line is no field: a name that is no token, white space before
    /// the colon, a folded line (RFC 9112 §5).
    pub(crate) fn read_fields(
        &mut self,
        from: usize,
        fields: &mut HeaderMap,
        limits: SectionLimits,
    ) -> Result<SetCookies, Refusal> {
        let Self { bytes, lines, cache } = self;
        let lines = lines.get(from..).unwrap_or_default();
        if lines.len() > limits.fields {
            return Err(Refusal::TooLarge);
        }
        fields.try_reserve(lines.len()).map_err(|_| Refusal::TooLarge)?;
        let (mut set_cookies, mut index) = (SetCookies::default(), 0);
        for (number, at) in lines.iter().enumerate() {
            let line = bytes.get(at.clone()).unwrap_or_default();
            match cache.read(line, index)? {
                Line::SetCookie => {
                    set_cookies.add(bytes, at.start + SET_COOKIE.len()..at.end, lines.len() - number)?;
                }
                Line::Field(name, value) => {
                    let value = match value {
                        Value::Interned(value) => value,
                        Value::New(value) => read_value(value, bytes)?,
                    };
                    fields.try_append(name, value).map_err(|_| Refusal::TooLarge)?;
                    index += 1;
                }
            }
        }
        Ok(set_cookies)
    }
}

impl HeaderCache {
    /// Reads a line; `index` is that of the field among those of the section.
    fn read<'l>(&mut self, line: &'l [u8], index: usize) -> Result<Line<'l>, Refusal> {
        if let Some(cached) = self.0.get_mut(index)
            && let Some(value) = cached.value_in(line)
        {
            let interned = cached.interned.note(value);
            return Ok(Line::Field(cached.name.clone(), interned.map_or(Value::New(value), Value::Interned)));
        }
        if is_set_cookie(line) {
            return Ok(Line::SetCookie);
        }
        let (spelled, value) = split_field(line)?;
        let name = HeaderName::from_bytes(spelled).map_err(|_| Refusal::FieldName)?;
        self.0.truncate(index);
        self.0.push(CachedField { spelled: spelled.into(), interned: InternedValue::of(&name), name: name.clone() });
        Ok(Line::Field(name, Value::New(value)))
    }
}

/// Not inlined: the check of its bytes is large, and a head has many values.
#[inline(never)]
fn read_value(value: &[u8], bytes: &Bytes) -> Result<HeaderValue, Refusal> {
    HeaderValue::from_maybe_shared(bytes.slice_ref(value)).map_err(|_| fault_of(value))
}

/// Splits `field-name ":" OWS field-value OWS` (RFC 9112 §5). Neither part is checked.
fn split_field(line: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        return Err(Refusal::FoldedLine);
    }
    let (name, value) = memchr(b':', line).and_then(|colon| line.split_at_checked(colon)).ok_or(Refusal::FieldName)?;
    Ok((name, without_blanks(value.split_at(1).1)))
}

fn is_set_cookie(line: &[u8]) -> bool {
    let name = line.get(..SET_COOKIE.len()).unwrap_or_default();
    // Nearly all portals use this spelling, which avoids a comparison that ignores case.
    name == b"Set-Cookie:" || name.eq_ignore_ascii_case(SET_COOKIE)
}

/// White space around a value is no part of it (RFC 9110 §5.5).
pub(crate) fn without_blanks(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// Why a value is refused.
pub(crate) fn fault_of(value: &[u8]) -> Refusal {
    if memchr(b'\r', value).is_some() { Refusal::BareCarriageReturn } else { Refusal::ControlByte }
}
