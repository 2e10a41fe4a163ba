//! The cookies of a banner in any format: the first byte chooses it, the second whether it wants disclosed vendors; the rest
//! are values with a NUL between them, for its parts in turn.

use octroi::consent::{Banner, Choice, Format, KeySet, Keys, Options, Reading, Undated};
use octroi::cookie::UnixTime;

use crate::reading::NOW;

const WORDS: [&str; 16] = [
    "matomo", "youtube", "statistics", "ANALYTICS", "tracking", "cookies", "all", "C0002", "2", "c1", "purpose-1",
    "purpose-8", "vendor-2", "vendor-755", "1", "analytics",
];

/// Formats whose values do not hold the names of their keys.
const NAMELESS: [&str; 8] = ["osano", "aspnet", "matomo", "tcf", "gpp", "didomi", "word", "tealium"];

/// # Panics
/// If octroi grants what the values do not.
pub fn check(data: &[u8]) {
    let [format, options, rest @ ..] = data else { return };
    let banner = banner(usize::from(*format), options & 1 == 1);
    let parts = banner.names.len();
    let name = |at: usize| banner.names.get(at % parts).map(|(name, _)| name.as_bytes());
    let values: Vec<&[u8]> = rest.split(|byte| *byte == 0).take(24).collect();
    let cookies: Vec<_> = values.iter().enumerate().filter_map(|(at, value)| Some((name(at)?, *value))).collect();
    let choice = read(&banner, &cookies);
    assert!(!choice.granted.intersects(choice.refused));
    assert!(choice.reading == Reading::Given || choice.granted.is_empty());
    check_shown(&banner, &cookies, &choice);
    check_named(&banner, &cookies, &choice);
    if parts == 1 {
        check_together(&banner, &cookies, &choice);
        check_quoted(&banner, &cookies[0], cookies.len());
    }
    if banner.format == Format::Tcf && cookies.len() == 1 {
        check_tc_string(&banner, cookies[0].1, &choice);
    }
}

fn banner(format: usize, require_disclosed_vendors: bool) -> Banner {
    let format = Format::ALL[format % Format::ALL.len()];
    let names = if format.names(None).is_empty() { format.names(Some("choice")) } else { format.names(None) };
    let mut options = Options { require_disclosed_vendors, ..format.default_options() };
    match format {
        Format::Pairs => {
            (options.separator, options.assign, options.granted) = ("&".into(), "=".into(), vec!["yes".into()])
        }
        Format::Word => options.granted = vec!["yes".into()],
        _ => {}
    }
    let keys = Keys::new(WORDS.map(str::to_owned).to_vec(), 0);
    Banner { format, names, options, keys, valid_for: u32::MAX, undated: Undated::Allow }
}

fn read(banner: &Banner, cookies: &[(&[u8], &[u8])]) -> Choice {
    banner.read(cookies.iter().copied(), UnixTime(NOW))
}

/// What people are shown is what is read.
fn check_shown(banner: &Banner, cookies: &[(&[u8], &[u8])], choice: &Choice) {
    let shown = banner.show(cookies.iter().copied(), UnixTime(NOW)).into_iter().map(|shown| shown.choice);
    assert_eq!(shown.reduce(Choice::meet).unwrap_or_default(), *choice);
}

/// A key is granted only if some text names it.
fn check_named(banner: &Banner, cookies: &[(&[u8], &[u8])], choice: &Choice) {
    if NAMELESS.contains(&banner.format.word()) {
        return;
    }
    let whole: Vec<u8> = cookies.iter().flat_map(|(name, value)| [*name, b" ", *value, b" "].concat()).collect();
    let mut texts = vec![whole];
    for _ in 0..4 {
        let last = &texts[texts.len() - 1];
        texts.push(plain(last));
    }
    for key in banner.keys.names(choice.granted) {
        // `all` is one answer for everything.
        let is_named = |text: &Vec<u8>| key == "all" || text.windows(key.len()).any(|window| window == key.as_bytes());
        assert!(texts.iter().any(is_named), "{key} is granted by {}", texts[0].escape_ascii());
    }
}

/// The text with every escape that could be one taken off: percent signs, backslashes, JSON's and octal ones.
fn plain(text: &[u8]) -> Vec<u8> {
    let number = |from: usize, to: usize, radix: u32| {
        let digits = std::str::from_utf8(text.get(from..to)?).ok()?;
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)
    };
    let (mut plain, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let (character, length) = match (text[at], text.get(at + 1)) {
            (b'%', _) => (number(at + 1, at + 3, 16), 3),
            (b'\\', Some(b'u')) => (number(at + 2, at + 6, 16), 6),
            (b'\\', Some(b'0'..=b'3')) => (number(at + 1, at + 4, 8), 4),
            (b'\\', Some(byte)) => (Some(char::from(*byte)), 2),
            (byte, _) => (Some(char::from(byte)), 1),
        };
        match character.map(u32::from).map(u8::try_from) {
            Some(Ok(byte)) => plain.push(byte),
            Some(Err(_)) => plain.push(b'?'),
            None => plain.push(text[at]),
        }
        at += if character.is_some() { length } else { 1 };
    }
    plain
}

/// Of several instances, granted is what all grant, and refused what any refuses.
fn check_together(banner: &Banner, cookies: &[(&[u8], &[u8])], choice: &Choice) {
    let each: Vec<_> = cookies.iter().map(|cookie| read(banner, &[*cookie])).collect();
    let all = each.iter().map(|choice| choice.granted).reduce(KeySet::intersection).unwrap_or_default();
    let any = each.iter().map(|choice| choice.refused).fold(KeySet::EMPTY, KeySet::union);
    assert_eq!((choice.granted, choice.refused), (all, any));
}

/// A value that Django wrote again says the same or nothing.
fn check_quoted(banner: &Banner, (name, value): &(&[u8], &[u8]), count: usize) {
    let alone = read(banner, &[(name, value)]);
    if count > 1 || alone.reading != Reading::Given {
        return;
    }
    let escaped: Vec<u8> = value
        .iter()
        .flat_map(|byte| match byte {
            b'"' | b'\\' => vec![b'\\', *byte],
            b',' => b"\\054".to_vec(),
            byte => vec![*byte],
        })
        .collect();
    let quoted = [b"\"", escaped.as_slice(), b"\""].concat();
    let again = read(banner, &[(name, &quoted)]);
    assert!(again.granted.is_empty() || again.granted == alone.granted, "{}", quoted.escape_ascii());
}

/// A TC string, bit by bit: whatever octroi grants stands in it, and in a whole string nothing is passed over.
fn check_tc_string(banner: &Banner, value: &[u8], choice: &Choice) {
    let granted: Vec<_> = banner.keys.names(choice.granted).collect();
    let Some(bits) = core_bits(value) else {
        assert!(granted.is_empty() || value.contains(&b'%') || value.contains(&b'"'), "{}", value.escape_ascii());
        return;
    };
    let vendors = vendors(&bits[213..]);
    for key in granted {
        let (kind, number) = key.rsplit_once('-').expect("a key of the TCF");
        let number: usize = number.parse().expect("a number");
        let stands = match kind {
            "purpose" => bits[151 + number],
            _ => vendors.as_ref().is_some_and(|vendors| vendors.contains(&number)),
        };
        assert!(stands, "{key} is granted by {}", value.escape_ascii());
    }
}

/// The bits of the first segment, if there are all of the fixed ones.
fn core_bits(value: &[u8]) -> Option<Vec<bool>> {
    let core = value.split(|byte| *byte == b'.').next()?;
    let mut bits = Vec::new();
    for byte in core {
        let sextet = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits.extend((0..6).rev().map(|bit| sextet >> bit & 1 == 1));
    }
    (bits.len() > 230).then_some(bits)
}

/// All vendors of a section, ranges written out.
fn vendors(bits: &[bool]) -> Option<Vec<usize>> {
    let mut at = 0;
    let mut take = |count: usize| {
        let taken = bits.get(at..at + count)?;
        at += count;
        Some(taken.iter().fold(0, |number, bit| number << 1 | usize::from(*bit)))
    };
    let last = take(16)?;
    if take(1)? == 0 {
        let field: Option<Vec<_>> = (1..=last).map(|number| Some((number, take(1)?))).collect();
        return Some(field?.into_iter().filter(|(_, bit)| *bit == 1).map(|(number, _)| number).collect());
    }
    let mut vendors = Vec::new();
    for _ in 0..take(12)? {
        let is_range = take(1)? == 1;
        let first = take(16)?;
        vendors.extend(first..=if is_range { take(16)? } else { first });
    }
    Some(vendors)
}
