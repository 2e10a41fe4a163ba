//! vanilla-cookieconsent 2 and 3: `cc_cookie`, a JSON object with the list of accepted categories (`categories`, up to
//! 2.8 only `level`), and from 3 on the list of accepted services of each (`services`).
//!
//! It is written once the visitor chose, so that whatever is not listed is refused. One accepted service puts its category
//! among the accepted ones: on a site with services, the charter should map those. The date is that of the last change;
//! up to 2.8.0 there is none. With `revision` in the charter, an answer to an earlier revision is outdated. 2 writes raw
//! JSON by default. With `useLocalStorage` there is no cookie to read.
//!
//! Source: orestbida/cookieconsent, `src/utils/cookies.js` (3.0, 3.1) and `src/cookieconsent.js` (2.8, 2.9).

use super::{Answer, Answers, Definition, Fault, FormatOption, Options};
use crate::consent::json::{Json, Value};
use crate::consent::{KeySet, date};

pub(super) const DEFINITION: Definition = Definition {
    word: "cookieconsent",
    about: "vanilla-cookieconsent 2 and 3: a JSON object with lists of categories and services",
    stems: &["cc_cookie"],
    default_keys: &[("necessary", "necessary"), ("analytics", "statistics"), ("statistics", "statistics")],
    is_dated: true,
    options: &[FormatOption::Revision],
    read: |parts, options, answers| parts.read_json(0, answers, |json, answers| object(json, options, answers)),
    ..Definition::PLAIN
};

/// What was read of the object so far; nothing of it counts before its end.
#[derive(Default)]
struct Members<'a> {
    /// Where the accepted categories are listed, and which of the charter's keys they are.
    accepted: Option<(Json<'a>, KeySet)>,
    level: Option<Json<'a>>,
    /// Services that stand before the categories.
    services: Option<Json<'a>>,
    has_services: bool,
    revision: Option<Value<'a>>,
    changed: Option<date::Member<'a>>,
    given: Option<date::Member<'a>>,
}

fn object(mut json: Json<'_>, options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let mut members = Members::default();
    json.members(|json, key| members.read(key, json, answers))?;
    json.end()?;
    if members.accepted.is_none() {
        let mut level = members.level.take().ok_or(Fault::new(json.position(), "`categories`"))?;
        members.read_categories(&mut level, answers)?;
    }
    if let Some(mut services) = members.services.take() {
        members.read_services(&mut services, answers)?;
    }
    answers.refuse_others();
    if let Some(date) = members.changed.or(members.given) {
        answers.date(date.date()?);
    }
    if let Some(asked) = options.revision
        && members.revision.and_then(number).is_none_or(|answered| answered < asked)
    {
        answers.is_outdated("it answers an earlier `revision` than the charter's");
    }
    Ok(())
}

impl<'a> Members<'a> {
    fn read(&mut self, key: &[u8], json: &mut Json<'a>, answers: &mut Answers<'_>) -> Result<(), Fault> {
        match key {
            b"categories" => {
                json.once(&mut self.accepted.is_some())?;
                self.read_categories(json, answers)
            }
            b"level" => json.keep(&mut self.level),
            b"services" => {
                json.once(&mut self.has_services)?;
                if self.accepted.is_some() { self.read_services(json, answers) } else { json.keep(&mut self.services) }
            }
            b"revision" => {
                json.once(&mut self.revision.is_some())?;
                let revision = json.value()?;
                self.revision = Some(revision);
                json.skip(revision)
            }
            b"lastConsentTimestamp" | b"last_consent_update" => date::Member::keep(json, &mut self.changed),
            b"consentTimestamp" | b"consent_date" => date::Member::keep(json, &mut self.given),
            _ => json.skip_value(),
        }
    }

    fn read_categories(&mut self, json: &mut Json<'a>, answers: &mut Answers<'_>) -> Result<(), Fault> {
        let listed = json.clone();
        json.list(|category| answers.say(category, Answer::Granted))?;
        self.accepted = Some((listed, answers.granted()));
        Ok(())
    }

    /// The accepted services of each category. A category that is not accepted stays refused, even if a service has its
    /// name.
    fn read_services(&self, json: &mut Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
        json.members(|json, category| {
            if !self.accepts(category, answers)? {
                answers.say(category, Answer::Refused);
            }
            json.list(|service| answers.say(service, Answer::Granted))
        })
    }

    fn accepts(&self, category: &[u8], answers: &Answers<'_>) -> Result<bool, Fault> {
        let Some((listed, accepted)) = &self.accepted else { return Ok(false) };
        let key = answers.keys().find(category);
        let mut is_listed = key.intersects(*accepted);
        if key.is_empty() {
            listed.clone().list(|listed| is_listed |= listed == category)?;
        }
        Ok(is_listed)
    }
}

fn number(value: Value<'_>) -> Option<u64> {
    let Value::Number(number) = value else { return None };
    std::str::from_utf8(number).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Options, testing};
    use crate::cookie::UnixTime;

    const KEYS: [&str; 3] = ["necessary", "analytics", "matomo"];

    #[test]
    fn values_are_read() {
        testing::check(
            Format::CookieConsent,
            &KEYS,
            &[
                (r#"cc_cookie={"categories":["necessary","analytics"],"services":{"analytics":["matomo"]}}"#, "yyy"),
                (r#"cc_cookie={"categories":["necessary"],"services":{"analytics":[]}}"#, "ynn"),
                (
                    r#"cc_cookie={"categories":["necessary"],"services":{"necessary":["analytics"],"analytics":[]}}"#,
                    "ynn",
                ),
                (r#"cc_cookie={"level":["necessary","analytics"],"revision":0,"data":null,"rfc_cookie":false}"#, "yyn"),
                (r#"cc_cookie={"level":["analytics"],"categories":["necessary"]}"#, "ynn"),
                (r#"cc_cookie={"categories":[]}"#, "nnn"),
                (r#"cc_cookie={"categories":["x-analytics","analytics2"]}"#, "nnn"),
                (r#"cc_cookie={"categories":[],"categories":["analytics"]}"#, "unreadable"),
                (r#"cc_cookie={"categories":{"analytics":true}}"#, "unreadable"),
                (r#"cc_cookie={"categories":["necessary"],"consentTimestamp":"soon"}"#, "unreadable"),
                (r#"cc_cookie={"revision":1}"#, "unreadable"),
                ("cc_cookie=%7B%22categories%22%3A%5B%22analytics%22%5D%7D", "nyn"),
            ],
        );
    }

    /// Whatever the site keeps in `data` stays there, however it is encoded.
    #[test]
    fn a_text_within_does_not_answer() {
        let raw = r#"cc_cookie={"categories":["necessary"],"data":"%22,%22services%22:{%22a%22:[%22matomo%22]},%22b%22:%22"}"#;
        testing::check(Format::CookieConsent, &KEYS, &[(raw, "ynn")]);
    }

    #[test]
    fn an_earlier_revision_is_outdated() {
        let options = Options { revision: Some(2), ..Options::default() };
        let rows = [
            (r#"cc_cookie={"categories":["analytics"],"revision":2}"#, "nyn"),
            (r#"cc_cookie={"categories":["analytics"],"revision":3}"#, "nyn"),
            (r#"cc_cookie={"categories":["analytics"],"revision":1}"#, "outdated"),
            (r#"cc_cookie={"categories":["analytics"],"revision":"2"}"#, "outdated"),
            (r#"cc_cookie={"categories":["analytics"]}"#, "outdated"),
        ];
        testing::check_with(Format::CookieConsent, &options, &KEYS, &rows);
    }

    #[test]
    fn the_last_change_is_the_date() {
        let value = r#"cc_cookie={"categories":[],"consentTimestamp":"2025-10-15T11:50:36.242Z","lastConsentTimestamp":"2026-10-15T11:50:36Z"}"#;
        assert_eq!(testing::date(Format::CookieConsent, value), Some(UnixTime(1_792_065_036)));
    }
}
