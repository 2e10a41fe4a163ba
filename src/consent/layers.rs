//! Removes the layers around a value: percent-encoding, and what a server's framework added when it wrote the cookie again.
//!
//! Banners write the same text in three ways: percent-encoded as a whole, in part (as js-cookie does), or raw. A format is tried
//! on the text that results in each case, and then on the text without a framework's quotes (`unquote`). The first text that the
//! format can read counts.

use super::Fault;
use super::answers::Answers;
use super::json::Json;
use super::percent::{MAX_BYTES, percent_decoded, with_room};
use super::unquote::{Layer, plus_as_space};

/// A framework's quotes around what another one encoded twice.
const MAX_LAYERS: usize = 3;

/// What is tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The decoded text. The raw one would be read otherwise, or not at all.
    DecodedFirst,
    /// The raw text. Decoded, it would be read otherwise, or not at all.
    RawFirst,
    /// The raw text alone if it holds this byte, which an encoder would have encoded. So it is not encoded as a whole, and if it
    /// were decoded, a string within it could end early and add answers of its own. Otherwise the decoded text.
    RawIf(u8),
}

impl Order {
    /// The order for a JSON text.
    pub(super) const JSON: Self = Self::RawIf(b'"');

    /// Whether a text may be decoded: it has escapes, and is not encoded in parts alone.
    fn decodes(self, text: &[u8]) -> bool {
        let is_raw = matches!(self, Self::RawIf(mark) if memchr::memchr(mark, text).is_some());
        !is_raw && memchr::memchr(b'%', text).is_some()
    }
}

/// The reading of a format: it tells what it understands to the answers.
type Read<'f> = &'f dyn Fn(&[u8], &mut Answers<'_>) -> Result<(), Fault>;

/// Reads a value as it is meant.
///
/// # Errors
/// The format understands nothing of it; the fault is that of the text that was tried first.
pub(super) fn read(value: &[u8], order: Order, answers: &mut Answers<'_>, format: Read<'_>) -> Result<(), Fault> {
    if value.len() > MAX_BYTES {
        return Err(Fault::new(MAX_BYTES, "the end"));
    }
    let is_encoded = order.decodes(value);
    let raw_first = order == Order::RawFirst || !is_encoded;
    let first = if raw_first { attempt(value, answers, format) } else { decoded(value, answers, format) };
    first.or_else(|fault| {
        let second = match (raw_first, is_encoded) {
            (false, _) => attempt(value, answers, format),
            (true, true) => decoded(value, answers, format),
            (true, false) => Err(fault),
        };
        second.or_else(|_| requoted(value, order, MAX_LAYERS, answers, format)).map_err(|_| fault)
    })
}

/// Reads a JSON text as it is meant.
///
/// # Errors
/// As of [`read`].
pub(super) fn read_json(
    value: &[u8],
    answers: &mut Answers<'_>,
    format: &dyn Fn(Json<'_>, &mut Answers<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    // Most are encoded, as their first or second mark shows, and need not be decoded.
    let is_encoded = matches!(value, [b'%', ..] | [b'{' | b'[', b'%', ..]);
    if is_encoded
        && value.len() <= MAX_BYTES
        && answers.attempt(|answers| format(Json::encoded(value)?, answers)).is_ok()
    {
        return Ok(());
    }
    read(value, Order::JSON, answers, &|text, answers| format(Json::new(text)?, answers))
}

fn attempt(text: &[u8], answers: &mut Answers<'_>, format: Read<'_>) -> Result<(), Fault> {
    answers.attempt(|answers| format(text, answers))
}

/// Reads the percent-decoded text, which is held on the stack: most choices are read in this way, for each page.
fn decoded(value: &[u8], answers: &mut Answers<'_>, format: Read<'_>) -> Result<(), Fault> {
    with_room(value.len(), |room| {
        let text = percent_decoded(value, room)?;
        attempt(text, answers, format).map_err(Fault::percent_decoded)
    })
}

/// Reads the text within the quotes or escapes that frameworks put around the value. Called only if the value cannot be read
/// without this step: a text that can be read in two ways is not read.
fn requoted(
    value: &[u8],
    order: Order,
    layers: usize,
    answers: &mut Answers<'_>,
    format: Read<'_>,
) -> Result<(), Fault> {
    let none = Fault::new(0, "a value");
    let layers = layers.checked_sub(1).ok_or(none)?;
    let inner = match Layer::of(value).ok_or(none)? {
        Layer::Quotes(inner) => inner,
        Layer::Percent if order.decodes(value) && is_percent_encoded(value) => {
            let spaced = plus_as_space(value).ok_or(none);
            if spaced.and_then(|value| decoded(&value, answers, format)).is_ok() {
                return Ok(());
            }
            percent_encoding::percent_decode(value).collect()
        }
        Layer::Percent => return Err(none),
    };
    let is_read =
        (order.decodes(&inner) && decoded(&inner, answers, format).is_ok()) || attempt(&inner, answers, format).is_ok();
    if is_read { Ok(()) } else { requoted(&inner, order, layers, answers, format) }
}

/// Whether it has escapes, and every `%` begins one: a decoder would skip a stray `%`.
fn is_percent_encoded(value: &[u8]) -> bool {
    let mut escapes = memchr::memchr_iter(b'%', value).peekable();
    escapes.peek().is_some()
        && escapes.all(|at| {
            matches!(value.get(at + 1..at + 3), Some([high, low]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
        })
}
