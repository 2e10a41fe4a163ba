//! Matomo's own cookies: `mtm_consent` (the visitor agreed to be tracked), `mtm_cookie_consent` (to cookies) and
//! `mtm_consent_removed` (neither, whatever the others say). Each holds the time of the click, in milliseconds.
//!
//! `matomo_ignore` and `piwik_ignore` are the opt-out of a Matomo that runs on the same host. An opt-out has no age here:
//! Matomo keeps it for thirty years, and nobody agrees by waiting. `forgetCookieConsentGiven` just deletes its cookie.
//!
//! Source: matomo-org/matomo, `js/piwik.js` and `core/Tracker/IgnoreCookie.php`.

use super::{Answer, Answers, Definition, Fault, KnownKeys, Order, Part};
use crate::consent::date;
use crate::consent::parts::Parts;

/// What each of the first parts agrees to.
const KEYS: [&str; 2] = ["tracking", "cookies"];
const OPT_OUTS: [usize; 3] = [2, 3, 4];

pub(super) const DEFINITION: Definition = Definition {
    word: "matomo",
    about: "Matomo's own consent and opt-out cookies",
    stems: &["mtm_consent"],
    parts: &[
        Part::Stem(""),
        Part::Fixed("mtm_cookie_consent"),
        Part::Fixed("mtm_consent_removed"),
        Part::Fixed("matomo_ignore"),
        Part::Fixed("piwik_ignore"),
    ],
    keys: KnownKeys::Only(&KEYS),
    default_keys: &[("tracking", "statistics")],
    is_dated: true,
    needs_date: true,
    read: |parts, _, answers| clicks(parts, answers),
    ..Definition::PLAIN
};

fn clicks(parts: &Parts<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    if OPT_OUTS.iter().any(|part| parts.has(*part)) {
        for key in KEYS {
            answers.say(key, Answer::Refused);
        }
        return Ok(());
    }
    for (part, key) in KEYS.iter().enumerate().filter(|(part, _)| parts.has(*part)) {
        parts.read(part, Order::DecodedFirst, answers, |text, answers| {
            let is_digits = text.iter().all(u8::is_ascii_digit);
            let date = Some(text).filter(|_| is_digits).and_then(date::of_digits);
            answers.date(date.ok_or(Fault::new(0, "a time in milliseconds"))?);
            answers.say(key, Answer::Granted);
            Ok(())
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use crate::cookie::UnixTime;

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Matomo,
            &["tracking", "cookies"],
            &[
                ("mtm_consent=1764000000000", "y-"),
                ("mtm_cookie_consent=1764000000000", "-y"),
                ("mtm_consent=1764000000000; mtm_cookie_consent=1764000000000", "yy"),
                ("mtm_consent=1764000000000; mtm_consent_removed=1764000000001", "nn"),
                ("mtm_consent=1764000000000; mtm_consent_removed=", "nn"),
                ("mtm_consent=1764000000000; matomo_ignore=ignore%3D%2A", "nn"),
                ("mtm_consent=", "unreadable"),
                ("mtm_consent=true", "unreadable"),
                ("mtm_consent=1e12", "unreadable"),
            ],
        );
    }

    #[test]
    fn the_earlier_click_is_the_date() {
        let field = "mtm_consent=1764000000000; mtm_cookie_consent=1700000000000";
        assert_eq!(testing::date(Format::Matomo, field), Some(UnixTime(1_700_000_000)));
        assert_eq!(testing::date(Format::Matomo, "mtm_consent=1"), Some(UnixTime(1)));
    }
}
