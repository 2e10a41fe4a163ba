//! Removes what frameworks put around a cookie's value when they write it again: quotes with escapes, backslashes, `+`.
//!
//! Python's `http.cookies`, and with it Django, puts a value in quotes and writes `\"`, `\\` and three octal digits for bytes
//! that are not allowed there. Classic ASP puts backslashes before quotes. PHP's `urlencode` writes a space as `+`. Only what one
//! of them writes is removed, and nothing that could be meant in another way.

/// What lies around a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// Quotes or backslashes; within, this.
    Quotes(Vec<u8>),
    /// Percent signs.
    Percent,
}

impl Layer {
    /// The outermost layer; `None` if there is none that is certain.
    pub(super) fn of(value: &[u8]) -> Option<Self> {
        match value {
            [b'"', inner @ .., b'"'] => unquoted(inner).map(Self::Quotes),
            _ if value.contains(&b'%') => Some(Self::Percent),
            _ => unslashed(value).map(Self::Quotes),
        }
    }
}

/// What `http.cookies` put between quotes.
fn unquoted(mut inner: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(inner.len());
    while let Some((first, rest)) = inner.split_first() {
        let (byte, rest) = match (first, rest) {
            (b'\\', [byte @ (b'"' | b'\\'), rest @ ..]) => (*byte, rest),
            (b'\\', [high @ b'0'..=b'3', mid @ b'0'..=b'7', low @ b'0'..=b'7', rest @ ..]) => {
                (((high - b'0') << 6) | ((mid - b'0') << 3) | (low - b'0'), rest)
            }
            (b'\\' | b'"', _) => return None,
            (byte, rest) => (*byte, rest),
        };
        plain.push(byte);
        inner = rest;
    }
    Some(plain)
}

/// Removes backslashes from a value that has one before each quote, and nowhere else.
fn unslashed(mut value: &[u8]) -> Option<Vec<u8>> {
    let length = value.len();
    let mut plain = Vec::with_capacity(value.len());
    while let Some((first, rest)) = value.split_first() {
        let (byte, rest) = match (first, rest) {
            (b'\\', [b'"', rest @ ..]) => (b'"', rest),
            (b'\\' | b'"', _) => return None,
            (byte, rest) => (*byte, rest),
        };
        plain.push(byte);
        value = rest;
    }
    (plain.len() < length).then_some(plain)
}

/// The value with each `+` as the space that it stands for; `None` if there is none.
pub(super) fn plus_as_space(value: &[u8]) -> Option<Vec<u8>> {
    let space = |byte: &u8| if *byte == b'+' { b' ' } else { *byte };
    value.contains(&b'+').then(|| value.iter().map(space).collect())
}
