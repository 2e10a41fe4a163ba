//! A section of lines that ends with an empty one, a head or trailers: gathered until it is whole, then read at once.
//!
//! Its values share the memory in which they came. `Set-Cookie` is kept apart: each of its lines is a value of its own
//! (RFC 9110 §5.3), which goes nowhere unless it is let through.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use memchr::{memchr, memchr_iter};

use super::Refusal;

const SET_COOKIE: &[u8] = b"set-cookie";

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
pub(super) struct Gatherer {
    lines: Vec<Range<usize>>,
    /// Where the line begins that is not whole yet.
    line: usize,
    seen: usize,
    /// The fields of the last section, in their order: a portal says the same ones each time, and a name that is known
    /// need not be read.
    names: Vec<HeaderName>,
}

/// The lines of a whole section, the empty one left out.
pub(super) struct Section<'a> {
    bytes: Bytes,
    lines: &'a [Range<usize>],
    names: &'a mut Vec<HeaderName>,
}

impl Gatherer {
    /// Begins a section anew.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        (self.line, self.seen) = (0, 0);
    }

    /// Takes a section from the front of `input`, once it is whole. Until then, `input` is only added to.
    pub(super) fn take(&mut self, input: &mut BytesMut, limits: SectionLimits) -> Result<Option<Section<'_>>, Refusal> {
        let Some(end) = self.find_end(input)? else {
            return if input.len() > limits.bytes { Err(Refusal::TooLarge) } else { Ok(None) };
        };
        if end > limits.bytes {
            return Err(Refusal::TooLarge);
        }
        Ok(Some(Section { bytes: input.split_to(end).freeze(), lines: &self.lines, names: &mut self.names }))
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
    pub(super) fn first_line(&self) -> &[u8] {
        self.lines.first().and_then(|line| self.bytes.get(line.clone())).unwrap_or_default()
    }

    /// A part of the section, which must come from it.
    pub(super) fn share(&self, part: &[u8]) -> Bytes {
        self.bytes.slice_ref(part)
    }

    /// Adds the fields of all lines from the one with number `from` on. The values of `Set-Cookie` are returned instead.
    pub(super) fn read_fields(
        &mut self,
        from: usize,
        fields: &mut HeaderMap,
        limits: SectionLimits,
    ) -> Result<Vec<HeaderValue>, Refusal> {
        let lines = self.lines.get(from..).unwrap_or_default();
        if lines.len() > limits.fields {
            return Err(Refusal::TooLarge);
        }
        fields.try_reserve(lines.len()).map_err(|_| Refusal::TooLarge)?;
        let (mut set_cookies, mut place) = (Vec::new(), 0);
        for (number, line) in lines.iter().enumerate() {
            let line = self.bytes.get(line.clone()).unwrap_or_default();
            if let Some(value) = value_of(line, SET_COOKIE) {
                if set_cookies.is_empty() {
                    set_cookies.reserve(lines.len() - number);
                }
                set_cookies.push(self.read_value(value)?);
                continue;
            }
            let (name, value) = read_name(line, self.names, place)?;
            place += 1;
            fields.try_append(name, self.read_value(value)?).map_err(|_| Refusal::TooLarge)?;
        }
        Ok(set_cookies)
    }

    fn read_value(&self, value: &[u8]) -> Result<HeaderValue, Refusal> {
        HeaderValue::from_maybe_shared(self.share(value)).map_err(|_| fault_of(value))
    }
}

/// The name of a field, and its value, which is not judged. `names` may hold it, and does so afterwards, at this place.
fn read_name<'a>(line: &'a [u8], names: &mut Vec<HeaderName>, place: usize) -> Result<(HeaderName, &'a [u8]), Refusal> {
    let known = names.get(place).and_then(|name| Some((name.clone(), value_of(line, name.as_str().as_bytes())?)));
    if let Some(known) = known {
        return Ok(known);
    }
    let (name, value) = split_field(line)?;
    let name = HeaderName::from_bytes(name).map_err(|_| Refusal::FieldName)?;
    names.truncate(place);
    names.push(name.clone());
    Ok((name, value))
}

/// `field-name ":" OWS field-value OWS` (RFC 9112 §5). Neither part is judged.
fn split_field(line: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        return Err(Refusal::FoldedLine);
    }
    let (name, value) = memchr(b':', line).and_then(|colon| line.split_at_checked(colon)).ok_or(Refusal::FieldName)?;
    Ok((name, without_blanks(value.split_at(1).1)))
}

/// The value of a field with this name; not judged.
fn value_of<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (start, value) = line.split_at_checked(name.len())?;
    let value = value.strip_prefix(b":")?;
    start.eq_ignore_ascii_case(name).then(|| without_blanks(value))
}

/// Blanks around a value are no part of it (RFC 9110 §5.5).
fn without_blanks(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// What is wrong with a value that cannot be one.
fn fault_of(value: &[u8]) -> Refusal {
    if memchr(b'\r', value).is_some() { Refusal::BareCarriageReturn } else { Refusal::ControlByte }
}
