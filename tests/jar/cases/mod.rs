//! The table of cases, with one file for each subject.

mod attributes;
mod consent;
mod deletions;
mod framing;
mod lifetimes;
mod names;
mod quantities;
mod smuggling;
mod statuses;
mod upgrades;
mod values;

use super::case::Case;

/// All of them.
pub(crate) fn all() -> Vec<Case> {
    [
        names::cases(),
        values::cases(),
        attributes::cases(),
        lifetimes::cases(),
        deletions::cases(),
        statuses::cases(),
        framing::cases(),
        smuggling::cases(),
        upgrades::cases(),
        consent::cases(),
        quantities::cases(),
    ]
    .concat()
}

/// Bytes that some program takes for a blank, beside SP and TAB: as a byte of Latin-1, as UTF-8, and control characters.
const BLANKS: [(&str, &[u8]); 20] = [
    ("SP", b" "),
    ("TAB", b"\t"),
    ("SP and TAB", b" \t \t"),
    ("VT", b"\x0b"),
    ("FF", b"\x0c"),
    ("FS", b"\x1c"),
    ("US", b"\x1f"),
    ("NEL", b"\xc2\x85"),
    ("NEL in Latin-1", b"\x85"),
    ("NBSP", b"\xc2\xa0"),
    ("NBSP in Latin-1", b"\xa0"),
    ("U+1680", b"\xe1\x9a\x80"),
    ("U+2000", b"\xe2\x80\x80"),
    ("U+200B", b"\xe2\x80\x8b"),
    ("U+2028", b"\xe2\x80\xa8"),
    ("U+2029", b"\xe2\x80\xa9"),
    ("U+202F", b"\xe2\x80\xaf"),
    ("U+205F", b"\xe2\x81\x9f"),
    ("U+3000", b"\xe3\x80\x80"),
    ("U+FEFF", b"\xef\xbb\xbf"),
];

/// Whether bytes hold a control character that no field may hold: octroi then refuses the response whole.
fn is_refused(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t')
}

/// Whether bytes in a cookie's line could end it for some reader. Any other control character costs that cookie alone, in
/// browsers as with octroi.
fn is_refused_in_a_cookie(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| b"\0\r\n".contains(byte))
}

/// Some of the control characters; HTAB, CR and LF have cases of their own.
const CONTROLS: [u8; 10] = [0x00, 0x01, 0x08, 0x0b, 0x0c, 0x0e, 0x1b, 0x1c, 0x1f, 0x7f];

/// How a byte is named.
fn hex(byte: u8) -> String {
    format!("0x{byte:02x}")
}
