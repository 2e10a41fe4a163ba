//! `CookieScript`: `CookieScriptConsent`, a JSON object with an `action`, and `categories` as a JSON string of an array.
//!
//! Without an `action` the banner was only shown. `reject` refuses everything; `accept` grants the listed categories and
//! refuses the others, and an `accept` without a list says nothing of any. `firstpage` holds a URL that anybody can make.
//!
//! Source: captures of six sites.

use super::{Answer, Answers, Definition, Fault, Order};
use crate::consent::json::{Json, Value};
use crate::consent::{Reading, date};

pub(super) const DEFINITION: Definition = Definition {
    word: "cookie-script",
    about: "CookieScript: a JSON object with an action and a list of categories",
    stems: &["CookieScriptConsent"],
    default_keys: &[("strict", "necessary"), ("performance", "statistics")],
    is_dated: true,
    read: |parts, _, answers| parts.read(0, Order::JSON, answers, object),
    ..Definition::PLAIN
};

fn object(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    let mut json = Json::new(text)?;
    let (mut action, mut categories, mut time) = (None, None, None);
    json.open_object()?;
    while let Some(key) = json.next_key()? {
        match &*key.decoded() {
            "action" => json.keep(&mut action)?,
            "categories" => json.keep(&mut categories)?,
            "consenttime" => json.keep(&mut time)?,
            _ => json.skip_value()?,
        }
    }
    json.end()?;
    if let Some(mut time) = time {
        answers.date(date::of_number(time.value()?).ok_or(Fault::new(0, "a time"))?);
    }
    match (action.map(|mut action| action.value()).transpose()?, categories) {
        (Some(Value::Text(action)), _) if action.is("reject") => answers.refuse_all(),
        (Some(Value::Text(action)), Some(categories)) if action.is("accept") => {
            read_categories(categories, answers)?;
            answers.refuse_others();
        }
        _ => answers.is_no_choice(Reading::Undecided),
    }
    Ok(())
}

/// An array, or a string that is one.
fn read_categories(mut json: Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let grant = |category: &str| answers.say(category, Answer::Granted);
    let Value::Text(text) = json.clone().value()? else { return json.list(grant) };
    let text = text.decoded();
    let mut json = Json::new(text.as_bytes())?;
    json.list(grant)?;
    json.end()
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
