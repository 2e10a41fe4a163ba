//! Reads field lines, from the first name to the empty line, in pieces of any size.
//!
//! Only fields that decide about framing are compared. Their names and values are kept in two small arrays; a longer name or
//! value cannot be one of them.

use crate::http::h1::scan::{is_text, is_token, plain_text, plain_token, run_of, text_run};
use crate::http::h1::{Refusal, WEBSOCKET};
use crate::http::length;

/// The longest name that is looked for: `transfer-encoding`.
const LONGEST_NAME: usize = 17;
/// The longest value that is looked for: a length.
const LONGEST_VALUE: usize = length::MOST_DIGITS;

/// Reads a section of field lines.
#[derive(Debug)]
pub(crate) struct FieldReader {
    section: FieldSection,
    state: State,
    name: Excerpt<LONGEST_NAME>,
    field: Field,
    value: Excerpt<LONGEST_VALUE>,
    /// The value so far ends with white space.
    blank: bool,
    found: Found,
}

/// What the fields say of the message's body, and of what follows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// In bytes. A head with a second line of it is refused, though RFC 9110 §8.6 lets a recipient take two that agree.
    pub(crate) content_length: Option<u64>,
    /// Whether the body is in chunks. With a length, too, the request was refused.
    pub(crate) chunked: bool,
    /// Whether `Upgrade` names `websocket`, after which there may be no HTTP.
    pub(crate) websocket: bool,
}

/// Which section it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldSection {
    Head,
    /// Of a request in HTTP/1.0, which knows no transfer codings.
    Http10Head,
    Trailers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    LineStart,
    Name,
    BeforeValue,
    Value,
    /// After the CR of a field line.
    LineFeed,
    /// After the CR of the empty line.
    LastLineFeed,
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    ContentLength,
    TransferEncoding,
    Upgrade,
    Other,
}

impl FieldReader {
    /// At the beginning of the section's first line.
    pub(crate) fn new(section: FieldSection) -> Self {
        Self {
            section,
            state: State::LineStart,
            name: Excerpt::EMPTY,
            field: Field::Other,
            value: Excerpt::EMPTY,
            blank: false,
            found: Found::default(),
        }
    }

    /// Takes bytes from the front of `input`. Returns what was found once the section has ended.
    ///
    /// # Errors
    /// If a line is malformed or the framing is ambiguous; then `input` begins with the byte that is refused.
    pub(crate) fn advance(&mut self, input: &mut &[u8]) -> Result<Option<Found>, Refusal> {
        loop {
            if self.state == State::LineStart {
                *input = Self::after_plain_lines(input);
                if let [b'\r', b'\n', rest @ ..] = *input {
                    *input = rest;
                    self.state = State::Ended;
                    return Ok(Some(self.found));
                }
            }
            let Some((&byte, rest)) = input.split_first() else { return Ok(None) };
            if let Some(run) = self.take_run(input) {
                *input = run;
                continue;
            }
            self.state = self.step(byte)?;
            *input = rest;
            if self.state == State::Ended {
                return Ok(Some(self.found));
            }
        }
    }

    /// Skips all lines that are complete, sound and not about framing, and returns the rest. Most of a head is read here, by
    /// scans.
    fn after_plain_lines(mut input: &[u8]) -> &[u8] {
        while let Some(rest) = Self::after_plain_line(input) {
            input = rest;
        }
        input
    }

    /// Skips one such line. `None` if the line is incomplete, not plainly sound, or about framing: then it is read byte by byte.
    fn after_plain_line(input: &[u8]) -> Option<&[u8]> {
        let (name, rest) = input.split_at_checked(plain_token(input))?;
        let value = rest.strip_prefix(b":")?;
        if Field::named(name) == Field::Other && !name.is_empty() {
            value.get(plain_text(value)..)?.strip_prefix(b"\r\n")
        } else {
            None
        }
    }

    /// Takes all bytes that leave the state as it is. Returns what follows them; `None` if there are none.
    fn take_run<'a>(&mut self, input: &'a [u8]) -> Option<&'a [u8]> {
        let length = match self.state {
            State::Name => run_of(input, is_token),
            State::Value => text_run(input),
            _ => 0,
        };
        let (run, rest) = input.split_at_checked(length)?;
        match self.state {
            State::Name => self.name.push(run),
            _ => self.keep(run),
        }
        (length > 0).then_some(rest)
    }

    fn step(&mut self, byte: u8) -> Result<State, Refusal> {
        Ok(match (self.state, byte) {
            (State::LineStart, b'\r') => State::LastLineFeed,
            (State::LineStart, b' ' | b'\t') => return Err(Refusal::FoldedLine),
            (State::LineStart, byte) if is_token(byte) => {
                self.name.clear();
                self.name.push(&[byte]);
                State::Name
            }
            (State::Name, b':') => {
                self.field = self.name.text().map_or(Field::Other, Field::named);
                self.value.clear();
                self.blank = false;
                State::BeforeValue
            }
            (State::BeforeValue, b' ' | b'\t') => State::BeforeValue,
            (State::BeforeValue | State::Value, b'\r') => State::LineFeed,
            (State::BeforeValue, byte) if is_text(byte) => {
                self.keep(&[byte]);
                State::Value
            }
            (State::LineFeed, b'\n') => {
                self.judge()?;
                State::LineStart
            }
            (State::LastLineFeed, b'\n') => State::Ended,
            (State::LineFeed | State::LastLineFeed, _) => return Err(Refusal::BareCarriageReturn),
            (_, b'\n') => return Err(Refusal::BareLineFeed),
            (State::LineStart | State::Name, _) => return Err(Refusal::FieldName),
            (State::BeforeValue | State::Value | State::Ended, _) => return Err(Refusal::ControlByte),
        })
    }

    /// Appends text to the value. White space after a value is no part of it (RFC 9110 §5.5). Within a value, one space stands
    /// for any number, because no value that is looked for holds any.
    fn keep(&mut self, text: &[u8]) {
        if self.field == Field::Other {
            return;
        }
        let shown = text.trim_ascii_end();
        if !shown.is_empty() {
            self.value.push(if self.blank { b" " } else { b"" });
            self.value.push(shown);
            self.blank = false;
        }
        self.blank |= shown.len() < text.len();
    }

    /// Checks a field line when its line feed was received, before the line feed is taken.
    fn judge(&mut self) -> Result<(), Refusal> {
        let value = self.value.text();
        let is = |known: &[u8]| value.is_some_and(|value| value.eq_ignore_ascii_case(known));
        match self.field {
            Field::Other => {}
            // HTTP/1.0 knows no upgrade (RFC 9110 §7.8).
            Field::Upgrade => self.found.websocket |= self.section == FieldSection::Head && is(WEBSOCKET),
            _ if self.section == FieldSection::Trailers => return Err(Refusal::FramingInTrailers),
            Field::ContentLength => {
                let length = value.and_then(length::read).ok_or(Refusal::ContentLength)?;
                if self.found.content_length.replace(length).is_some() {
                    return Err(Refusal::ContentLengthRepeated);
                }
            }
            Field::TransferEncoding => {
                let known = is(b"chunked") && self.section != FieldSection::Http10Head;
                if !known || std::mem::replace(&mut self.found.chunked, true) {
                    return Err(Refusal::TransferCoding);
                }
            }
        }
        let both = self.found.chunked && self.found.content_length.is_some();
        if both { Err(Refusal::LengthAndCoding) } else { Ok(()) }
    }
}

impl Field {
    /// Compares lengths first: most names are none of these.
    fn named(name: &[u8]) -> Self {
        match name.len() {
            7 => Self::Upgrade.if_named(b"upgrade", name),
            14 => Self::ContentLength.if_named(b"content-length", name),
            17 => Self::TransferEncoding.if_named(b"transfer-encoding", name),
            _ => Self::Other,
        }
    }

    #[inline(never)]
    fn if_named(self, known: &[u8], name: &[u8]) -> Self {
        if name.eq_ignore_ascii_case(known) { self } else { Self::Other }
    }
}

/// Up to `N` bytes of text; of a longer text, only its length.
#[derive(Clone, Copy, Debug)]
struct Excerpt<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Excerpt<N> {
    const EMPTY: Self = Self { bytes: [0; N], length: 0 };

    fn clear(&mut self) {
        self.length = 0;
    }

    fn push(&mut self, text: &[u8]) {
        let end = self.length.saturating_add(text.len());
        if let Some(room) = self.bytes.get_mut(self.length..end) {
            room.copy_from_slice(text);
        }
        self.length = end;
    }

    fn text(&self) -> Option<&[u8]> {
        self.bytes.get(..self.length)
    }
}
