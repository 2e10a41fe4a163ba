//! `CookieScript`: `CookieScriptConsent`, a JSON object with an `action`, and `categories` as a JSON string of an array.
//!
//! Without an `action` the banner was only shown. `reject` refuses everything; `accept` grants the listed categories and
//! refuses the others, and an `accept` without a list says nothing of any. `firstpage` holds a URL that anybody can make.
//!
//! Source: captures of six sites.

use super::{Answer, Answers, Definition, Fault, KnownKeys};
use crate::consent::json::{Json, Value};
use crate::consent::{Reading, date};

pub(super) const DEFINITION: Definition = Definition {
    word: "cookie-script",
    about: "CookieScript: a JSON object with an action and a list of categories",
    stems: &["CookieScriptConsent"],
    keys: KnownKeys::Usual("strict performance targeting functionality unclassified"),
    default_keys: &[("strict", "necessary"), ("performance", "statistics")],
    is_dated: true,
    read: |parts, _, answers| parts.read_json(0, answers, object),
    ..Definition::PLAIN
};

fn object(mut json: Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let (mut action, mut categories, mut has_time) = (None, None, false);
    json.members(|json, key| match key {
        b"action" => {
            json.once(&mut action.is_some())?;
            let value = json.value()?;
            action = Some(Action::of(value));
            json.skip(value)
        }
        b"categories" => {
            json.once(&mut categories.is_some())?;
            let place = json.clone();
            let value = json.value()?;
            categories = Some((place, value));
            json.skip(value)
        }
        b"consenttime" => {
            json.once(&mut has_time)?;
            date::of_member(json).map(|date| answers.date(date))
        }
        _ => json.skip_value(),
    })?;
    json.end()?;
    match (action, categories) {
        (Some(Action::Reject), _) => answers.refuse_all(),
        (Some(Action::Accept), Some((place, value))) => {
            read_categories(place, value, answers)?;
            answers.refuse_others();
        }
        _ => answers.is_no_choice(Reading::Undecided),
    }
    Ok(())
}

enum Action {
    Accept,
    Reject,
    Other,
}

impl Action {
    fn of(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) if text.is("accept") => Self::Accept,
            Value::Text(text) if text.is("reject") => Self::Reject,
            _ => Self::Other,
        }
    }
}

/// An array, or a string that is one.
fn read_categories(mut place: Json<'_>, value: Value<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let Value::Text(text) = value else { return place.list(|category| answers.say(category, Answer::Granted)) };
    let nested = |json: Result<Json<'_>, Fault>, answers: &mut Answers<'_>| {
        let mut json = json?;
        json.list(|category| answers.say(category, Answer::Granted))?;
        json.end()
    };
    // Most need not be decoded.
    if answers.attempt(|answers| nested(Json::nested(text), answers)).is_ok() {
        return Ok(());
    }
    let at = place.position();
    text.read_bytes(|text| nested(Json::new(text), answers)).map_err(|_| Fault::new(at, "a list of categories"))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use crate::cookie::UnixTime;

    #[test]
    fn values_are_read() {
        testing::check(
            Format::CookieScript,
            &["performance", "targeting"],
            &[
                (r#"CookieScriptConsent={"action":"accept","categories":"[\"performance\"]","key":"x"}"#, "yn"),
                (r#"CookieScriptConsent={"action":"accept","categories":["targeting"]}"#, "ny"),
                (
                    "CookieScriptConsent=%7B%22action%22%3A%22accept%22%2C%22categories%22%3A%22%5B%5C%22performance%5C%22%5D%22%7D",
                    "yn",
                ),
                (r#"CookieScriptConsent={"action":"reject","categories":"[\"performance\"]"}"#, "nn"),
                (r#"CookieScriptConsent={"action":"accept"}"#, "undecided"),
                (r#"CookieScriptConsent={"bannershown":1,"categories":"[\"performance\"]"}"#, "undecided"),
                (r#"CookieScriptConsent={"action":"accept","categories":"performance"}"#, "unreadable"),
                (r#"CookieScriptConsent={"action":"accept","action":"reject","categories":[]}"#, "unreadable"),
                (
                    r#"CookieScriptConsent={"firstpage":"https://a/?%22,%22categories%22:[%22performance%22],%22b%22:%22","action":"accept"}"#,
                    "undecided",
                ),
            ],
        );
        let value = r#"CookieScriptConsent={"action":"reject","consenttime":1722613384}"#;
        assert_eq!(testing::date(Format::CookieScript, value), Some(UnixTime(1_722_613_384)));
    }
}
