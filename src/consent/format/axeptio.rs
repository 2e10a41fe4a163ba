//! Axeptio: `axeptio_cookies`, a JSON object, vendor → boolean, with members of its own that begin with `$$`; and
//! `axeptio_authorized_vendors`, the same vendors as `,one,two,`.
//!
//! It is written before anybody answered, with `$$completed` at `false`. If both cookies came, a vendor is granted only
//! if both name it; names differ in the case of their letters there. `$$date` is the time of the choice.
//!
//! Source: captures; autoconsent's rule `axeptio.json`.

use super::{Answer, Answers, Definition, Fault, Part, flat_json};
use crate::consent::json::{Json, Value};
use crate::consent::parts::Parts;
use crate::consent::percent::{percent_decoded, with_room};
use crate::consent::{Reading, date, scan};

pub(super) const DEFINITION: Definition = Definition {
    word: "axeptio",
    about: "Axeptio: a JSON object, vendor → boolean, and a list of vendors",
    stems: &["axeptio_cookies"],
    parts: &[Part::Stem(""), Part::Fixed("axeptio_authorized_vendors")],
    unread: &["axeptio_all_vendors"],
    default_keys: &[("google_analytics", "statistics"), ("matomo", "statistics")],
    is_dated: true,
    read: |parts, _, answers| vendors(parts, answers),
    ..Definition::PLAIN
};

fn vendors(parts: &Parts<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    if !parts.has(0) {
        answers.is_no_choice(Reading::Undecided);
        return Ok(());
    }
    let Some(list) = parts.raw(1) else {
        return parts.read_json(0, answers, |json, answers| object(json, None, answers));
    };
    with_room(list.len(), |room| {
        let list = percent_decoded(list, room).map_err(|fault| fault.of(1))?;
        parts.read_json(0, answers, |json, answers| object(json, Some(list), answers))
    })
}

fn object(json: Json<'_>, list: Option<&[u8]>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let (mut is_completed, mut is_refused) = (false, false);
    flat_json::read(json, answers, |key, value, answers| {
        match (key, value) {
            (b"$$completed", Value::Bool(true)) => is_completed = true,
            (b"$$completed", _) => is_refused = true,
            (b"$$date", Value::Text(text)) => {
                answers.date(date::of_iso_string(text).ok_or(Fault::new(0, "a `$$date`"))?);
            }
            _ if key.starts_with(b"$$") => {}
            (_, value) => {
                let is_listed = list.is_none_or(|list| lists(list, key));
                return Ok(Some(Answer::of(value == Value::Bool(true) && is_listed)));
            }
        }
        Ok(None)
    })?;
    if is_refused || !is_completed {
        answers.is_no_choice(Reading::Undecided);
    }
    Ok(())
}

fn lists(list: &[u8], vendor: &[u8]) -> bool {
    let mut rest = Some(list);
    while let Some(text) = rest {
        let end = scan::position(b',', text);
        if text.get(..end.unwrap_or(text.len())).is_some_and(|item| item == vendor || item.eq_ignore_ascii_case(vendor))
        {
            return true;
        }
        rest = end.and_then(|end| text.get(end + 1..));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use crate::cookie::UnixTime;

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Axeptio,
            &["google_analytics", "facebook pixel"],
            &[
                ("axeptio_cookies={%22google_analytics%22:true%2C%22$$completed%22:true}", "y-"),
                (
                    "axeptio_cookies=%7B%22%24%24completed%22%3Atrue%2C%22google_analytics%22%3Atrue%2C%22facebook%20pixel%22%3Afalse%7D",
                    "yn",
                ),
                (
                    "axeptio_cookies={\"google_analytics\":true,\"$$completed\":true}; axeptio_authorized_vendors=%2CGoogle_Analytics%2C",
                    "y-",
                ),
                (
                    "axeptio_cookies={\"facebook pixel\":true,\"$$completed\":true}; axeptio_authorized_vendors=%2Cfacebook%20pixel%2C",
                    "-y",
                ),
                (
                    "axeptio_cookies={\"google_analytics\":true,\"$$completed\":true}; axeptio_authorized_vendors=%2C%2C",
                    "n-",
                ),
                (
                    "axeptio_cookies={\"google_analytics\":true,\"$$completed\":true}; axeptio_authorized_vendors=%2Cx_google_analytics%2C",
                    "n-",
                ),
                ("axeptio_cookies={\"google_analytics\":true,\"$$completed\":false}", "undecided"),
                ("axeptio_cookies={\"google_analytics\":true}", "undecided"),
                ("axeptio_cookies={\"$$completed\":true,\"$$completed\":false,\"google_analytics\":true}", "undecided"),
                ("axeptio_authorized_vendors=%2Cgoogle_analytics%2C", "undecided"),
                (
                    "axeptio_cookies={\"google_analytics\":true,\"$$completed\":true}; axeptio_authorized_vendors=%2",
                    "unreadable",
                ),
                ("axeptio_cookies={\"google_analytics\":true", "unreadable"),
            ],
        );
        let value = "axeptio_cookies={%22$$date%22:%222022-12-01T08:20:26.864Z%22%2C%22$$completed%22:true}";
        assert_eq!(testing::date(Format::Axeptio, value), Some(UnixTime(1_669_882_826)));
    }
}
