//! What lies around a value: percent-encoding, and what a server's framework added when it wrote the cookie again.
//!
//! Banners write the same text in three ways: percent-encoded as a whole, in part (as js-cookie does), or raw. A format
//! is tried on what each would be, and then on what is left when a framework's quotes are taken off (`unquote`). The
//! first that it understands counts.

use super::Fault;
use super::answers::Answers;
use super::json::Json;
use super::scan::{STEP, before};
use super::unquote::{Layer, plus_as_space};

/// No browser stores a longer name and value (RFC 6265bis §5.6, step 5).
pub(super) const MAX_BYTES: usize = 4096;
/// A framework's quotes around what another one encoded twice.
const MAX_LAYERS: usize = 3;

/// What is tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The decoded text. The raw one would be read otherwise, or not at all.
    DecodedFirst,
    /// The raw text. Decoded, it would be read otherwise, or not at all.
    RawFirst,
    /// The raw text alone if it holds this byte, which an encoder would have encoded: it is not encoded as a whole, and if
    /// it were decoded, a text within it could end itself and go on with answers. Otherwise the decoded text.
    RawIf(u8),
}

impl Order {
    /// That of a JSON text.
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
    // Most are encoded as a whole, and need not be decoded.
    let is_encoded = value.len() <= MAX_BYTES && Order::JSON.decodes(value);
    if is_encoded && answers.attempt(|answers| format(Json::encoded(value)?, answers)).is_ok() {
        return Ok(());
    }
    read(value, Order::JSON, answers, &|text, answers| format(Json::new(text)?, answers))
}

fn attempt(text: &[u8], answers: &mut Answers<'_>, format: Read<'_>) -> Result<(), Fault> {
    answers.attempt(|answers| format(text, answers))
}

/// Reads the percent-decoded text, which stands on the stack: most choices are read so, for each page.
fn decoded(value: &[u8], answers: &mut Answers<'_>, format: Read<'_>) -> Result<(), Fault> {
    with_room(value.len(), |room| {
        let text = percent_decoded(value, room)?;
        attempt(text, answers, format).map_err(Fault::percent_decoded)
    })
}

/// Works with room on the stack for so many bytes, or for [`MAX_BYTES`]: the room is cleared each time, and most values
/// are short.
pub(super) fn with_room<T>(size: usize, work: impl FnOnce(&mut [u8]) -> T) -> T {
    match size {
        ..=64 => work(&mut [0; 64]),
        65..=512 => work(&mut [0; 512]),
        _ => work(&mut [0; MAX_BYTES]),
    }
}

/// The percent-decoded text, written to `room`.
///
/// # Errors
/// A `%` begins no escape, or there is no room.
pub(super) fn percent_decoded<'r>(value: &[u8], room: &'r mut [u8]) -> Result<&'r [u8], Fault> {
    let (mut rest, mut length) = (value, 0);
    while let [first, behind @ ..] = rest {
        let byte = match rest {
            [b'%', high, low, behind @ ..] => {
                rest = behind;
                escaped(*high, *low)
            }
            [b'%', ..] => None,
            _ => {
                rest = behind;
                Some(*first)
            }
        };
        *room.get_mut(length).ok_or(Fault::new(MAX_BYTES, "the end"))? = byte.ok_or(Fault::new(length, "an escape"))?;
        length += 1;
        if rest.first() == Some(&b'%') {
            continue;
        }
        // Eight bytes are copied at once; those from the next escape on are written over.
        while let Some(step) = rest.first_chunk::<STEP>() {
            let plain = before(b'%', *step);
            let space = room.get_mut(length..).and_then(|room| room.first_chunk_mut::<STEP>());
            *space.ok_or(Fault::new(MAX_BYTES, "the end"))? = *step;
            length += plain;
            rest = rest.get(plain..).unwrap_or_default();
            if plain < STEP {
                break;
            }
        }
    }
    Ok(room.get(..length).unwrap_or_default())
}

/// Where in a percent-encoded text that stands which has this position in the decoded one.
pub(super) fn encoded_position(value: &[u8], decoded: usize) -> usize {
    let mut at = 0;
    for _ in 0..decoded {
        at += if value.get(at) == Some(&b'%') { 3 } else { 1 };
    }
    at
}

/// The byte that an escape with these digits stands for.
pub(super) fn escaped(high: u8, low: u8) -> Option<u8> {
    let (high, low) = (hex(high), hex(low));
    (high | low < 16).then_some((high << 4) | low)
}

/// What a hexadecimal digit stands for; of anything else, more than 15.
fn hex(digit: u8) -> u8 {
    HEX.get(usize::from(digit)).copied().unwrap_or(0xff)
}

const HEX: [u8; 256] = hex_digits();

#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation)] // A constant, checked when it is compiled.
const fn hex_digits() -> [u8; 256] {
    let mut digits = [0xff; 256];
    let mut value = 0;
    while value < 16 {
        let digit = b"0123456789abcdef"[value];
        digits[digit as usize] = value as u8;
        digits[digit.to_ascii_uppercase() as usize] = value as u8;
        value += 1;
    }
    digits
}

/// Reads what is within the quotes or escapes that frameworks put around the value. It was nothing as it stands: what can
/// be read in two ways is read in none.
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

/// Whether it has escapes, and every `%` begins one: a stray one would be passed over by a decoder.
fn is_percent_encoded(value: &[u8]) -> bool {
    let mut escapes = memchr::memchr_iter(b'%', value).peekable();
    escapes.peek().is_some()
        && escapes.all(|at| {
            matches!(value.get(at + 1..at + 3), Some([high, low]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
        })
}
