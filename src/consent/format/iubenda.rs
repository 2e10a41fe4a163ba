//! iubenda: `_iub_cs-` and the site's number, a JSON object with `purposes` (number → boolean) and a `timestamp`.
//!
//! The charter gives the cookie's name, because it holds the number of the site. The purposes are 1 (necessary),
//! 2 (functionality), 3 (experience), 4 (measurement) and 5 (marketing). Without `purposes` nothing was asked by purpose,
//! and `consent:true` alone is not read: a banner may take scrolling for it.
//!
//! Source: uBlock Origin's lists, for the grammar; iubenda's documentation of per-category consent, for the purposes.

use super::{Answers, Definition, Fault, flat_json};
use crate::consent::json::{Json, Value};
use crate::consent::{Reading, date};

pub(super) const DEFINITION: Definition = Definition {
    word: "iubenda",
    about: "iubenda: a JSON object with `purposes`; its cookie is `_iub_cs-` and the site's number",
    default_keys: &[("1", "necessary"), ("4", "statistics")],
    is_dated: true,
    read: |parts, _, answers| parts.read_json(0, answers, object),
    ..Definition::PLAIN
};

fn object(mut json: Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let (mut has_purposes, mut has_time, mut is_refused) = (false, false, false);
    json.members(|json, key| match key {
        b"purposes" => {
            json.once(&mut has_purposes)?;
            flat_json::members(json, answers, |_, value, _| Ok(Some(flat_json::is_true(value))))
        }
        b"timestamp" => {
            json.once(&mut has_time)?;
            date::of_member(json).map(|date| answers.date(date))
        }
        b"consent" => {
            let consent = json.value()?;
            is_refused |= consent != Value::Bool(true);
            json.skip(consent)
        }
        _ => json.skip_value(),
    })?;
    json.end()?;
    if !has_purposes {
        answers.is_no_choice(Reading::Undecided);
    } else if is_refused {
        answers.refuse_all();
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
            Format::Iubenda,
            &["1", "4"],
            &[
                (r#"choice={"timestamp":"2024-10-15T11:50:36.242Z","purposes":{"1":true,"4":false},"id":"1"}"#, "yn"),
                ("choice=%7B%22purposes%22%3A%7B%221%22%3Atrue%2C%224%22%3Atrue%7D%7D", "yy"),
                (r#"choice={"consent":true,"timestamp":"2024-10-15T11:50:36.242Z"}"#, "undecided"),
                (r#"choice={"purposes":{"4":"true"}}"#, "-n"),
                (r#"choice={"consent":false,"purposes":{"1":true,"4":true}}"#, "nn"),
                (r#"choice={"consent":true,"purposes":{"4":true}}"#, "-y"),
                (r#"choice={"purposes":{"4":true},"timestamp":"soon"}"#, "unreadable"),
                (r#"choice={"purposes":{"4":true},"purposes":{"4":false}}"#, "unreadable"),
                (r#"choice={"purposes":[4]}"#, "unreadable"),
            ],
        );
        let value = r#"choice={"timestamp":"2024-10-15T11:50:36.242Z","purposes":{}}"#;
        assert_eq!(testing::date(Format::Iubenda, value), Some(UnixTime(1_728_993_036)));
    }
}
