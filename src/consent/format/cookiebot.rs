//! Cookiebot: `CookieConsent`, `{stamp:'…',necessary:true,statistics:false,method:'explicit',utc:1697932000537}`, which is no
//! JSON: keys stand bare and texts in single quotes.
//!
//! Only `method:'explicit'` is an answer. If Cookiebot asks nobody because of where the visitor is, it writes
//! `stamp:'-1'` and `method:'implied'` with everything `true`, or in older versions just `-1`; no method is implied, too.
//!
//! Source: captures; sprtags.io, "Read Cookiebot consent state". react-cookie-consent writes `true` by the same name, which
//! is unreadable here.

use super::pair_list::utf8;
use super::{Answer, Answers, Definition, Fault, KnownKeys, Order};
use crate::consent::{Reading, date, scan};

const KEYS: [&str; 5] = ["necessary", "preferences", "statistics", "marketing", "unclassified"];

pub(super) const DEFINITION: Definition = Definition {
    word: "cookiebot",
    about: "Cookiebot: `{necessary:true,statistics:false,method:'explicit'}`",
    stems: &["CookieConsent"],
    keys: KnownKeys::Only(&KEYS),
    default_keys: &[("necessary", "necessary"), ("statistics", "statistics")],
    is_dated: true,
    read: |parts, _, answers| parts.read(0, Order::DecodedFirst, answers, object),
    ..Definition::PLAIN
};

fn object(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    if text == b"-1" {
        answers.is_no_choice(Reading::Implied);
        return Ok(());
    }
    let text = utf8(text)?.as_bytes();
    let inner = text.strip_prefix(b"{").and_then(|text| text.strip_suffix(b"}"));
    let mut rest = inner.ok_or(Fault::new(0, "`{` … `}`"))?;
    let mut is_explicit = false;
    while !rest.is_empty() {
        let at = text.len() - 1 - rest.len();
        let (key, value, tail) = member(rest).ok_or(Fault::new(at, "a key and a value"))?;
        rest = tail;
        match key {
            b"method" if value != b"'explicit'" => answers.is_no_choice(Reading::Implied),
            b"method" => is_explicit = true,
            b"stamp" if value == b"'-1'" => answers.is_no_choice(Reading::Implied),
            b"utc" => answers.date(date::of_digits(value).ok_or(Fault::new(at, "a time in milliseconds"))?),
            // Those of `KEYS`.
            b"necessary" | b"preferences" | b"statistics" | b"marketing" | b"unclassified" => {
                answers.say(key, Answer::of(value == b"true"));
            }
            _ => {}
        }
    }
    if !is_explicit {
        answers.is_no_choice(Reading::Implied);
    }
    Ok(())
}

/// The first key, its value, and what comes behind the comma.
fn member(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let colon = scan::position(b':', text)?;
    let (key, rest) = (text.get(..colon)?, text.get(colon + 1..)?);
    let length = match rest.strip_prefix(b"'") {
        Some(quoted) => scan::position(b'\'', quoted)? + 2,
        None => rest.iter().position(|byte| matches!(byte, b',' | b'\'')).unwrap_or(rest.len()),
    };
    let (value, tail) = rest.split_at_checked(length)?;
    let tail = if tail.is_empty() { tail } else { tail.strip_prefix(b",")? };
    (!value.is_empty()).then_some((key, value, tail))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use super::KEYS;
    use crate::cookie::UnixTime;

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Cookiebot,
            &["necessary", "statistics", "marketing"],
            &[
                (
                    "CookieConsent={stamp:%27AA==%27%2Cnecessary:true%2Cstatistics:true%2Cmarketing:false%2Cmethod:%27explicit%27}",
                    "yyn",
                ),
                ("CookieConsent={stamp:'A,statistics:true',statistics:false,method:'explicit'}", "-n-"),
                ("CookieConsent=%7Bstamp%3A'AA%3D%3D'%2Cstatistics%3Atrue%2Cmethod%3A'explicit'%7D", "-y-"),
                ("CookieConsent={stamp:'-1',necessary:true,statistics:true,method:'explicit'}", "implied"),
                ("CookieConsent={necessary:true,statistics:true,method:'implied'}", "implied"),
                ("CookieConsent={method:'explicit',method:'implied',statistics:true}", "implied"),
                ("CookieConsent={necessary:true,statistics:true}", "implied"),
                ("CookieConsent=-1", "implied"),
                ("CookieConsent={statistics:'true',method:'explicit'}", "-n-"),
                ("CookieConsent={statistics:true,method:'explicit'", "unreadable"),
                ("CookieConsent={statistics:true,method:'explicit}", "unreadable"),
                ("CookieConsent={statistics:true,utc:soon,method:'explicit'}", "unreadable"),
                ("CookieConsent={\"statistics\":true,\"method\":'explicit'}", "implied"),
                ("CookieConsent=true", "unreadable"),
            ],
        );
        for key in KEYS {
            let value = format!("CookieConsent={{{key}:true,method:'explicit'}}");
            testing::check(Format::Cookiebot, &[key], &[(&value, "y")]);
        }
        let value = "CookieConsent={method:%27explicit%27%2Cver:1%2Cutc:1697932000537%2Cregion:%27fr%27}";
        assert_eq!(testing::date(Format::Cookiebot, value), Some(UnixTime(1_697_932_000)));
    }
}
