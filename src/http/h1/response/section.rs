//! A section of lines that ends with an empty one, a head or trailers: gathered until it is whole, then read at once.
//!
//! Its values share the memory in which they came, but for those that are always the same. `Set-Cookie` is kept apart, in
//! `set_cookies`.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use memchr::{memchr, memchr_iter};

use super::set_cookies::SetCookies;
use super::usual::Usual;
use crate::http::h1::Refusal;

const SET_COOKIE: &[u8] = b"set-cookie:";

/// How much a section may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionLimits {
    /// Fields.
    pub fields: usize,
    /// Bytes, with the empty line.
    pub bytes: usize,
}

/// Finds the lines of a section in what has come.
#[derive(Debug, Default)]
pub(crate) struct Gatherer {
    lines: Vec<Range<usize>>,
    /// Where the line begins that is not whole yet.
    line: usize,
    seen: usize,
    known: KnownFields,
}

/// The fields of the last section, in their order: a portal says the same ones each time.
#[derive(Debug, Default)]
struct KnownFields(Vec<KnownField>);

/// A field whose name need not be read again, and perhaps not its value.
#[derive(Debug)]
struct KnownField {
    /// The name, as it stood before the colon.
    spelled: Box<[u8]>,
    name: HeaderName,
    usual: Usual,
}

impl KnownField {
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
    Usual(HeaderValue),
    /// It is not judged yet.
    New(&'l [u8]),
}

/// The lines of a whole section, the empty one left out.
pub(crate) struct Section<'a> {
    bytes: Bytes,
    lines: &'a [Range<usize>],
    known: &'a mut KnownFields,
}

impl Gatherer {
    /// Begins a section anew.
    pub(crate) fn clear(&mut self) {
        self.lines.clear();
        (self.line, self.seen) = (0, 0);
    }

    /// Takes a section from the front of `input`, once it is whole. Until then, `input` is only added to.
    pub(crate) fn take(&mut self, input: &mut BytesMut, limits: SectionLimits) -> Result<Option<Section<'_>>, Refusal> {
        let Some(end) = self.find_end(input)? else {
            return if input.len() > limits.bytes { Err(Refusal::TooLarge) } else { Ok(None) };
        };
        if end > limits.bytes {
            return Err(Refusal::TooLarge);
        }
        Ok(Some(Section { bytes: input.split_to(end).freeze(), lines: &self.lines, known: &mut self.known }))
    }

    /// Where the section ends, with its empty line.
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

    /// A part of the section, which must come from it.
    pub(crate) fn share(&self, part: &[u8]) -> Bytes {
        self.bytes.slice_ref(part)
    }

    /// Adds the fields of all lines from the one with number `from` on. Those of `Set-Cookie` are returned instead.
    pub(crate) fn read_fields(
        &mut self,
        from: usize,
        fields: &mut HeaderMap,
        limits: SectionLimits,
    ) -> Result<SetCookies, Refusal> {
        let Self { bytes, lines, known } = self;
        let lines = lines.get(from..).unwrap_or_default();
        if lines.len() > limits.fields {
            return Err(Refusal::TooLarge);
        }
        fields.try_reserve(lines.len()).map_err(|_| Refusal::TooLarge)?;
        let (mut set_cookies, mut place) = (SetCookies::default(), 0);
        for (number, at) in lines.iter().enumerate() {
            let line = bytes.get(at.clone()).unwrap_or_default();
            match known.read(line, place)? {
                Line::SetCookie => {
                    set_cookies.add(bytes, at.start + SET_COOKIE.len()..at.end, lines.len() - number)?;
                }
                Line::Field(name, value) => {
                    let value = match value {
                        Value::Usual(value) => value,
                        Value::New(value) => read_value(value, bytes)?,
                    };
                    fields.try_append(name, value).map_err(|_| Refusal::TooLarge)?;
                    place += 1;
                }
            }
        }
        Ok(set_cookies)
    }
}

impl KnownFields {
    /// Reads a line; `place` is that of the field among those of the section.
    fn read<'l>(&mut self, line: &'l [u8], place: usize) -> Result<Line<'l>, Refusal> {
        if let Some(known) = self.0.get_mut(place)
            && let Some(value) = known.value_in(line)
        {
            let usual = known.usual.note(value);
            return Ok(Line::Field(known.name.clone(), usual.map_or(Value::New(value), Value::Usual)));
        }
        if is_set_cookie(line) {
            return Ok(Line::SetCookie);
        }
        let (spelled, value) = split_field(line)?;
        let name = HeaderName::from_bytes(spelled).map_err(|_| Refusal::FieldName)?;
        self.0.truncate(place);
        self.0.push(KnownField { spelled: spelled.into(), usual: Usual::of(&name), name: name.clone() });
        Ok(Line::Field(name, Value::New(value)))
    }
}

/// There once: the check of its bytes is long, and a head has many values.
#[inline(never)]
fn read_value(value: &[u8], bytes: &Bytes) -> Result<HeaderValue, Refusal> {
    HeaderValue::from_maybe_shared(bytes.slice_ref(value)).map_err(|_| fault_of(value))
}

/// `field-name ":" OWS field-value OWS` (RFC 9112 §5). Neither part is judged.
fn split_field(line: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        return Err(Refusal::FoldedLine);
    }
    let (name, value) = memchr(b':', line).and_then(|colon| line.split_at_checked(colon)).ok_or(Refusal::FieldName)?;
    Ok((name, without_blanks(value.split_at(1).1)))
}

fn is_set_cookie(line: &[u8]) -> bool {
    let name = line.get(..SET_COOKIE.len()).unwrap_or_default();
    // Most portals spell it so, and to compare letter by letter costs more than all else.
    name == b"Set-Cookie:" || name.eq_ignore_ascii_case(SET_COOKIE)
}

/// Blanks around a value are no part of it (RFC 9110 §5.5).
pub(crate) fn without_blanks(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// What is wrong with a value that cannot be one.
pub(crate) fn fault_of(value: &[u8]) -> Refusal {
    if memchr(b'\r', value).is_some() { Refusal::BareCarriageReturn } else { Refusal::ControlByte }
}
