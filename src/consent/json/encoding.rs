//! How a text writes the marks that most members have: several of them are compared at once.

use crate::consent::percent::escaped;
use crate::consent::scan::{STEP, before_mark};

/// Marks that stand together, in one encoding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    bytes: u64,
    /// The bits of `bytes` that count.
    mask: u64,
    text: &'static [u8],
}

impl Marks {
    const fn new(text: &'static [u8]) -> Self {
        let (mut bytes, mut mask, mut rest) = (0, 0, text);
        while let Some((last, before)) = rest.split_last() {
            (bytes, mask, rest) = ((bytes << 8) | *last as u64, (mask << 8) | 0xff, before);
        }
        Self { bytes, mask, text }
    }

    /// What comes behind these marks, if they come first.
    #[inline]
    pub(super) fn behind<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        let Some(first) = text.first_chunk::<STEP>() else { return self.behind_near_end(text) };
        if (u64::from_le_bytes(*first) ^ self.bytes) & self.mask == 0 { text.get(self.text.len()..) } else { None }
    }

    #[cold]
    fn behind_near_end<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        text.strip_prefix(self.text)
    }
}

/// An encoding of a text.
#[derive(Debug)]
pub(super) struct Encoding {
    pub(super) quote: Marks,
    pub(super) comma_quote: Marks,
    pub(super) quote_colon: Marks,
    pub(super) open_array: Marks,
    pub(super) close_array: Marks,
    pub(super) open_object: Marks,
    pub(super) close_object: Marks,
}

impl Encoding {
    /// Whether it is [`WHOLE`].
    pub(super) fn is_whole(&self) -> bool {
        std::ptr::eq(self, &raw const WHOLE)
    }
}

/// As JSON has it.
pub(super) static RAW: Encoding = Encoding {
    quote: Marks::new(b"\""),
    comma_quote: Marks::new(b",\""),
    quote_colon: Marks::new(b"\":"),
    open_array: Marks::new(b"["),
    close_array: Marks::new(b"]"),
    open_object: Marks::new(b"{"),
    close_object: Marks::new(b"}"),
};
/// As js-cookie has it.
pub(super) static PARTIAL: Encoding =
    Encoding { quote: Marks::new(b"%22"), comma_quote: Marks::new(b"%2C%22"), quote_colon: Marks::new(b"%22:"), ..RAW };
/// As `encodeURIComponent` has it.
pub(super) static WHOLE: Encoding = Encoding {
    quote_colon: Marks::new(b"%22%3A"),
    open_array: Marks::new(b"%5B"),
    close_array: Marks::new(b"%5D"),
    open_object: Marks::new(b"%7B"),
    close_object: Marks::new(b"%7D"),
    ..PARTIAL
};
/// As Drupal's cookiesjsr has it.
pub(super) static WITH_RAW_COLONS: Encoding =
    Encoding { comma_quote: Marks::new(b",%22"), quote_colon: Marks::new(b"%22:"), ..WHOLE };
/// A JSON text within a JSON string, encoded as a whole: `\"` for a quote.
pub(super) static NESTED: Encoding = {
    // No byte of ASCII.
    let never = Marks::new(b"\xff");
    Encoding { quote: Marks::new(b"%5C%22"), comma_quote: never, quote_colon: never, ..WHOLE }
};

/// How many bytes of a string come before the next that may be a mark.
#[inline]
pub(super) fn plain(text: &[u8]) -> usize {
    let (mut at, mut rest) = (0, text);
    while let Some((step, behind)) = rest.split_first_chunk::<STEP>() {
        if let Some(before) = before_mark(*step) {
            return at + before;
        }
        at += STEP;
        rest = behind;
    }
    at + plain_near_end(rest)
}

#[cold]
fn plain_near_end(rest: &[u8]) -> usize {
    rest.iter().position(|byte| matches!(byte, ..b'&' | b'\\')).unwrap_or(rest.len())
}

/// What [`plain`] stopped at, if it does not end a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A character that stands for itself.
    Plain,
    /// A quote behind a backslash.
    EscapedQuote,
}

impl Stop {
    fn plain(character: u8) -> Option<Self> {
        let is_plain = matches!(character, b' '..=b'~') && character != b'"' && character != b'\\';
        if is_plain { Some(Self::Plain) } else { None }
    }
}

/// What `plain` stopped at, and the rest from where it would stop next. `None` for what ends a string, and for what only a closer
/// look can tell.
pub(super) fn behind_stop(rest: &[u8], is_encoded: bool) -> Option<(Stop, &[u8])> {
    let (stop, behind) = match rest {
        // Most of them: in dates, and in JSON within a string.
        [b'%', b'3', b'A', behind @ ..] if is_encoded => (Stop::Plain, behind),
        [b'%', b'5', b'C', b'%', b'2', b'2', behind @ ..] if is_encoded => (Stop::EscapedQuote, behind),
        [b'%', high, low, behind @ ..] if is_encoded => (Stop::plain(escaped(*high, *low)?)?, behind),
        [b'\\', b'"', behind @ ..] if !is_encoded => (Stop::EscapedQuote, behind),
        [byte, behind @ ..] => (Stop::plain(*byte)?, behind),
        [] => return None,
    };
    // Behind an escape, there is often another one.
    if behind.first() == Some(&b'%') { Some((stop, behind)) } else { Some((stop, behind.get(plain(behind)..)?)) }
}
