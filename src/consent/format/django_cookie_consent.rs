//! django-cookie-consent: `group=value|group=value`; the value is `-1` for a refusal and a time for an agreement.
//!
//! The time is not that of the choice but that of the newest cookie in the group's list, its version: the format is
//! undated. Accepting one group leaves the others out. 1.0.0 accepts a group without cookies with an empty value, which is
//! also what is left of a `-1` that was cut off, and so says nothing. Django puts the whole in quotes.
//!
//! Source: jazzband/django-cookie-consent, `cookie_consent/util.py` and `conf.py`; 0.3.1, 0.6.0 and 1.0.0 clicked through.

use super::pair_list::{self, Pair};
use super::{Answer, Answers, Definition, Fault, Order};

pub(super) const DEFINITION: Definition = Definition {
    word: "django-cookie-consent",
    about: "django-cookie-consent: `group=time|other=-1`",
    stems: &["cookie_consent"],
    default_keys: &[("required", "necessary"), ("analytics", "statistics"), ("statistics", "statistics")],
    read: |parts, _, answers| parts.read(0, Order::RawIf(b'='), answers, groups),
    ..Definition::PLAIN
};

fn groups(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    pair_list::read(text, b'|', b'=', |Pair { key, word, at }| {
        if key.is_empty() || key.contains(['"', '\\']) {
            return Err(Fault::new(at, "a group"));
        }
        let answer = match word {
            "-1" => Answer::Refused,
            "" => Answer::Unsaid,
            _ if is_time(word) => Answer::Granted,
            _ => return Err(Fault::new(at + key.len() + 1, "a time or `-1`")),
        };
        answers.say(key, answer);
        Ok(())
    })
}

/// Whether it begins as Python's `isoformat` writes a moment, to the second.
fn is_time(word: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00";
    let (shape, rest) = word.as_bytes().split_at_checked(SHAPE.len()).unwrap_or((&[], &[]));
    let fits = |(byte, like): (&u8, &u8)| if *like == b'0' { byte.is_ascii_digit() } else { byte == like };
    shape.len() == SHAPE.len()
        && shape.iter().zip(SHAPE).all(fits)
        && rest.iter().all(|byte| byte.is_ascii_digit() || b".:+-Z".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::DjangoCookieConsent,
            &["optional", "social"],
            &[
                ("cookie_consent=optional=-1|social=2013-06-04T03:17:01.421395", "ny"),
                ("cookie_consent=\"optional=-1|social=2013-06-04T03:17:01.421395\"", "ny"),
                ("cookie_consent=\"social=2013-06-04T03:17:01+00:00\"", "-y"),
                ("cookie_consent=optional%3D-1%7Csocial%3D2013-06-04T03%3A17%3A01", "ny"),
                ("cookie_consent=optional=-1", "n-"),
                ("cookie_consent=optional=|social=-1", "-n"),
                ("cookie_consent=optional=2013-06-04", "unreadable"),
                ("cookie_consent=optional=1", "unreadable"),
                ("cookie_consent=optional=-", "unreadable"),
                ("cookie_consent=optional", "unreadable"),
                ("cookie_consent=\"optional=-1", "unreadable"),
            ],
        );
    }
}
