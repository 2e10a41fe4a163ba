//! Folding: names that differ only in a variable ending count as one name, `_pk_id.*`.
//!
//! The number of such names is unlimited: they hold a measurement id, a digest of the domain, a session's number. The ending is
//! never stored, so numbers that identify a person are not in the inventory.

/// Stands for the ending that was cut off: no cookie's name holds it. It is shown as `*`.
pub const FOLD_MARK: u8 = b'=';

/// The longest name that is kept, in bytes.
pub const MAX_FOLDED_NAME: usize = 128;

/// Names of trackers whose ending is known to vary, even if it does not look so.
const KNOWN: &[&[u8]] = &[
    b"_ga_", b"_gat_", b"_gac_", b"_dc_gtm_", b"_pk_id.", b"_pk_ses.", b"_pk_ref.", b"_pk_cvar.", b"_hjSession_",
    b"_hjSessionUser_",
];

/// A name without its variable ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded<'a> {
    /// The name without the ending.
    pub stem: &'a [u8],
    /// Whether an ending was cut off.
    pub cut: bool,
}

impl Folded<'_> {
    /// Replaces the content of `text` by it, with [`FOLD_MARK`] for the ending.
    pub fn write(self, text: &mut Vec<u8>) {
        text.clear();
        text.extend_from_slice(self.stem);
        if self.cut {
            text.push(FOLD_MARK);
        }
    }
}

/// Cuts a variable ending off, and whatever is too long to be kept.
///
/// ```
/// use octroi::cookie::fold;
///
/// let folded = fold(b"_ga_9TZ3V1KQ0S");
/// assert_eq!((folded.stem, folded.cut), (&b"_ga_"[..], true));
/// assert!(!fold(b"sessionid").cut);
/// ```
pub fn fold(name: &[u8]) -> Folded<'_> {
    let kept = known_stem(name).unwrap_or_else(|| stem(name));
    let longest = if kept == name.len() { MAX_FOLDED_NAME } else { MAX_FOLDED_NAME - 1 };
    let kept = if kept > longest { MAX_FOLDED_NAME - 1 } else { kept };
    let stem = name.get(..kept).unwrap_or(name);
    Folded { stem, cut: stem.len() < name.len() }
}

fn known_stem(name: &[u8]) -> Option<usize> {
    let known = KNOWN.iter().find(|known| name.starts_with(known))?;
    (name.len() > known.len()).then_some(known.len())
}

/// The length of the stem: variable pieces are removed from the end, and then a long number or digest at the end of the rest.
fn stem(name: &[u8]) -> usize {
    let mut kept = uuid_start(name).unwrap_or(name.len());
    while let Some(start) = variable_piece_start(name, kept) {
        kept = start;
    }
    if kept == name.len() { name.len() - variable_run(name) } else { kept }
}

/// The start of the piece before `end`, if it follows a separator and is variable.
fn variable_piece_start(name: &[u8], end: usize) -> Option<usize> {
    let head = name.get(..end)?;
    // The separator of a piece that went has stayed.
    let head = if end == name.len() { head } else { without_separator(head)? };
    let start = head.iter().rposition(|byte| is_separator(*byte))? + 1;
    varies(head.get(start..)?).then_some(start)
}

fn without_separator(head: &[u8]) -> Option<&[u8]> {
    let (last, before) = head.split_last()?;
    is_separator(*last).then_some(before)
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b'.' | b'_' | b'-' | b':' | b'$' | b'~')
}

/// Whether a piece looks like a number, a digest or an identifier made by a machine.
fn varies(piece: &[u8]) -> bool {
    let digits = piece.iter().filter(|byte| byte.is_ascii_digit()).count();
    let all = |test: fn(&u8) -> bool| piece.iter().all(test);
    match piece.len() {
        0 => false,
        length if digits == length => true,
        length if all(u8::is_ascii_hexdigit) => length >= 4 && (digits > 0 || length >= 8),
        length if all(u8::is_ascii_alphanumeric) => length >= 6 && digits > 0,
        _ => false,
    }
}

/// Where a UUID begins that ends the name.
fn uuid_start(name: &[u8]) -> Option<usize> {
    let start = name.len().checked_sub(36)?;
    let is_uuid = name.get(start..)?.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    is_uuid.then_some(start)
}

/// How many bytes at the end are a number of 6 digits or more, or a digest of 16 or more.
fn variable_run(name: &[u8]) -> usize {
    let run = |test: fn(&u8) -> bool| name.iter().rev().take_while(|byte| test(byte)).count();
    let (digits, hex) = (run(u8::is_ascii_digit), run(u8::is_ascii_hexdigit));
    match (digits, hex) {
        (_, 16..) => hex,
        (6.., _) => digits,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(name: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        fold(name).write(&mut text);
        text
    }

    fn marked(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| if byte == b'*' { FOLD_MARK } else { byte }).collect()
    }

    #[test]
    fn variable_endings_are_cut() {
        for (name, expected) in [
            ("_pk_id.1.1fff", "_pk_id.*"),
            ("_pk_ses.12.ab3f", "_pk_ses.*"),
            ("_ga_ABCDEFGHIJ", "_ga_*"),
            ("_ga_1A2B3C4D5E", "_ga_*"),
            ("_gat_gtag_UA_123456_1", "_gat_*"),
            ("_hjSession_123", "_hjSession_*"),
            ("_hjSessionUser_1234567", "_hjSessionUser_*"),
            ("wp-settings-1", "wp-settings-*"),
            ("wp-settings-time-1", "wp-settings-time-*"),
            ("SSESS8a7f6e5d4c3b2a190817263544536271", "SSESS*"),
            ("visit-550e8400-cafe-41d4-beef-446655440000", "visit-*"),
            ("550e8400-e29b-41d4-a716-446655440000", "*"),
            ("amp_6e403e", "amp_*"),
            ("mp_0123456789abcdef0123456789abcdef_mixpanel", "mp_0123456789abcdef0123456789abcdef_mixpanel"),
            ("AMCV_1234ABCD.5.6", "AMCV_*"),
            ("visitor20261123", "visitor*"),
        ] {
            assert_eq!(folded(name.as_bytes()), marked(expected), "{name}");
        }
    }

    #[test]
    fn plain_names_stay() {
        for name in [
            "", "sessionid", "csrftoken", "django_language", "cookies_preferences", "_ga", "_ga_", "_gid", "_fbp",
            "AWSALB", "AWSALBCORS", "JSESSIONID", "PHP_SESSIONID", "__Host-session", "eu-consent", "atidvisitor",
            "i18n", "utm_source", "v2", "base64", "_gcl_au", "a_b_c", "_dd_s", "xtvrn", "2024", "_", ".", "face",
            "feed_cafe", "session*",
        ] {
            assert_eq!(folded(name.as_bytes()), name.as_bytes(), "{name}");
        }
    }

    #[test]
    fn long_names_are_cut_to_what_is_kept() {
        let long = [b'x'; 4096];
        assert_eq!(folded(&long).len(), MAX_FOLDED_NAME);
        assert_eq!(folded(&long[..MAX_FOLDED_NAME]), &long[..MAX_FOLDED_NAME]);
        let ending = [&[b'x'; 200][..], b"_123"].concat();
        assert_eq!(folded(&ending).len(), MAX_FOLDED_NAME);
    }

    proptest! {
        #[test]
        fn folding_ends_keeps_a_prefix_and_is_stable(name in prop::collection::vec(any::<u8>(), 0..300)) {
            let once = folded(&name);
            prop_assert!(once.len() <= MAX_FOLDED_NAME);
            prop_assert!(name.starts_with(fold(&name).stem));
            prop_assert_eq!(folded(&once), once);
        }

        #[test]
        fn machine_made_endings_never_survive(stem in "[a-z]{1,20}", separator in "[._-]", ending in "[0-9]{1,12}|[0-9a-f]{31}[0-9]") {
            let name = format!("{stem}{separator}{ending}");
            prop_assert_eq!(folded(name.as_bytes()), marked(&format!("{stem}{separator}*")));
        }
    }
}
