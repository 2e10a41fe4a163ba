//! The consent cookie: the first byte chooses the banner, the rest is its values, with a NUL between them.

use octroi::consent::{Banner, Choice, Format, KeySet, Keys, Options, Reading, Undated};
use octroi::cookie::UnixTime;

use crate::json::{self, Said};
use crate::reading::NOW;

const KEYS: [&str; 3] = ["matomo", "ga", "cl\u{e9}"];
const VALID_FOR: u32 = 181 * 86_400;
const DAY: f64 = 86_400.0;

/// What one value says by the rules; `None` if it says nothing.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Keys that it grants each time it names them.
    pub granted: Vec<String>,
    /// Keys that it does not.
    pub refused: Vec<String>,
    dates: Vec<f64>,
    /// Whether it is what a banner writes, so that it must be read, and not only may be.
    pub plain: bool,
}

/// # Panics
/// If octroi grants what the values do not, or does not grant what they plainly do.
pub fn check(data: &[u8]) {
    let Some((options, rest)) = data.split_first() else { return };
    let undated = if options & 1 == 0 { Undated::Allow } else { Undated::Deny };
    let format = Format::Opendatasoft;
    let (names, keys) = (format.names(None), Keys::new(KEYS.map(str::to_owned).to_vec(), 0));
    let banner = Banner { format, names, options: Options::default(), keys, valid_for: VALID_FOR, undated };
    // More than a browser sends are read as none.
    let values: Vec<_> = rest.split(|byte| *byte == 0).take(24).collect();
    let choices: Vec<_> = values.iter().map(|value| check_one(&banner, value)).collect();
    check_together(&read_all(&banner, &values), &choices);
}

fn read_all(banner: &Banner, values: &[&[u8]]) -> Choice {
    banner.read(values.iter().map(|value| (&b"cookies_preferences"[..], *value)), UnixTime(NOW))
}

/// Granted is what all grant, refused what any refuses.
fn check_together(together: &Choice, each: &[Choice]) {
    let all = each.iter().map(|choice| choice.granted).reduce(KeySet::intersection).unwrap_or_default();
    let any = each.iter().map(|choice| choice.refused).fold(KeySet::EMPTY, KeySet::union);
    assert!(!together.granted.intersects(together.refused));
    assert_eq!((together.granted, together.refused), (all, any));
}

fn check_one(banner: &Banner, value: &[u8]) -> Choice {
    let choice = read_all(banner, &[value]);
    let granted: Vec<_> = KEYS.into_iter().filter(|key| banner.keys.find(key).intersects(choice.granted)).collect();
    let refused: Vec<_> = KEYS.into_iter().filter(|key| banner.keys.find(key).intersects(choice.refused)).collect();
    let said = read(value).filter(|said| said.holds(banner.undated == Undated::Deny).is_none_or(|holds| holds));
    for key in &granted {
        let granted = said.as_ref().is_some_and(|said| said.granted.iter().any(|known| known == key));
        assert!(granted, "{key} is granted by {}", value.escape_ascii());
    }
    let must_be_read = said.filter(|said| said.plain && said.holds(banner.undated == Undated::Deny) == Some(true));
    if let Some(said) = must_be_read {
        let known = |keys: &[String]| KEYS.into_iter().filter(|key| keys.iter().any(|k| k == key)).collect::<Vec<_>>();
        assert_eq!(choice.reading, Reading::Given, "{}", value.escape_ascii());
        assert_eq!((granted, refused), (known(&said.granted), known(&said.refused)), "{}", value.escape_ascii());
        let unknown = |keys: &[String]| keys.iter().any(|key| !KEYS.contains(&&**key));
        assert_eq!(choice.other_refused, unknown(&said.refused));
        assert_eq!(choice.other_key, unknown(&said.refused) || unknown(&said.granted));
    }
    choice
}

/// What a value says: percent-decoded if it is an encoding and then an object, else as it stands, else without what
/// frameworks put around it. What has quotes of its own is not encoded.
pub fn read(value: &[u8]) -> Option<Statement> {
    if value.len() > 4096 { None } else { said(value, 3) }
}

fn said(value: &[u8], layers: usize) -> Option<Statement> {
    let is_raw = value.contains(&b'"');
    let as_encoded = |value: &[u8]| if is_raw { None } else { decoded(value).and_then(|json| read_object(&json)) };
    let plainly = |value: &[u8]| as_encoded(value).or_else(|| read_object(value));
    if let Some(statement) = plainly(value) {
        return Some(statement);
    }
    let layers = layers.checked_sub(1)?;
    if value.len() > 1 && value.starts_with(b"\"") && value.ends_with(b"\"") {
        return said(&unescaped(&value[1..value.len() - 1], true)?, layers);
    }
    if !value.contains(&b'%') {
        return said(&unescaped(value, false)?, layers);
    }
    if is_raw {
        return None;
    }
    let spaced: Vec<u8> = value.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let spaced = decoded(&spaced).and_then(|json| read_object(&json));
    spaced.or_else(|| said(&decoded(value)?, layers))
}

fn read_object(json: &[u8]) -> Option<Statement> {
    json::object(json).and_then(interpret)
}

/// Without the backslashes before quotes and, within quotes, before backslashes and three octal digits; `None` if
/// something else stands behind one, or a quote without one.
fn unescaped(value: &[u8], in_quotes: bool) -> Option<Vec<u8>> {
    let (mut plain, mut at) = (Vec::new(), 0);
    while at < value.len() {
        let octal = value.get(at + 1..at + 4).and_then(|digits| {
            let digits =
                std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
            u8::from_str_radix(digits, 8).ok()
        });
        let (byte, length) = match (value[at], value.get(at + 1), octal) {
            (b'\\', Some(b'"'), _) => (b'"', 2),
            (b'\\', Some(b'\\'), _) if in_quotes => (b'\\', 2),
            (b'\\', _, Some(byte)) if in_quotes => (byte, 4),
            (b'\\' | b'"', ..) => return None,
            (byte, ..) => (byte, 1),
        };
        plain.push(byte);
        at += length;
    }
    Some(plain)
}

fn interpret(entries: Vec<(String, Said)>) -> Option<Statement> {
    if entries.len() > 256 {
        return None;
    }
    let lost = |key: &str| key.contains('\u{fffd}');
    let odd = |(key, said): &(String, Said)| {
        lost(key) || *said == Said::Nested || matches!(said, Said::Number(number) if !number.is_finite())
    };
    let mut said = Statement { plain: !entries.iter().any(odd), granted: vec![], refused: vec![], dates: vec![] };
    for (key, value) in entries {
        match value {
            Said::Number(date) if key == "timestamp" => {
                let seconds = if date < 1e11 { date } else { date / 1000.0 };
                if !(0.0..1e12).contains(&seconds) {
                    return None;
                }
                said.dates.push(seconds.floor());
            }
            _ if key == "timestamp" => return None,
            Said::True => said.granted.push(key),
            _ => said.refused.push(key),
        }
    }
    let refused = said.refused.clone();
    said.granted.retain(|key| !refused.contains(key));
    Some(said)
}

impl Statement {
    /// Whether it is neither too old nor from the future; `None` on the second at which that changes.
    pub fn holds(&self, needs_date: bool) -> Option<bool> {
        let Some(date) = self.dates.iter().copied().reduce(f64::min) else { return Some(!needs_date) };
        #[allow(clippy::cast_precision_loss)]
        let age = NOW as f64 - date;
        let border = (age + DAY).abs().min((age - f64::from(VALID_FOR)).abs());
        if border <= 1.0 { None } else { Some(age > -DAY && age < f64::from(VALID_FOR)) }
    }
}

fn decoded(value: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let mut at = 0;
    while at < value.len() {
        if value[at] == b'%' {
            let digits = value.get(at + 1..at + 3).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            decoded.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            at += 3;
        } else {
            decoded.push(value[at]);
            at += 1;
        }
    }
    Some(decoded)
}
