//! GOV.UK: `cookies_policy`, a JSON object, kind → boolean, and the flag `cookies_preferences_set=true`.
//!
//! Before anybody answered, `cookies_policy` is there with its defaults, which agree to `essential` alone. Without the
//! flag, therefore, its refusals are no answers, but an agreement to anything else is one. The value is raw, encoded, or a
//! JSON string of JSON. "Hide" sets the flag without an answer; the defaults then stand as the choice.
//!
//! Source: `govuk_publishing_components`, `lib/cookie-functions.js`; nationalarchives' tests for the value without a
//! flag.

use super::{Answer, Answers, Definition, Fault, KnownKeys, Part, flat_json};
use crate::consent::Reading;
use crate::consent::parts::Parts;

pub(super) const DEFINITION: Definition = Definition {
    word: "gov-uk",
    about: "GOV.UK: a JSON object, kind → boolean, and a flag",
    stems: &["cookies_policy"],
    parts: &[Part::Stem(""), Part::Fixed("cookies_preferences_set")],
    keys: KnownKeys::Usual("essential settings usage campaigns"),
    default_keys: &[("essential", "necessary"), ("usage", "statistics")],
    read: |parts, _, answers| policy(parts, answers),
    ..Definition::PLAIN
};

fn policy(parts: &Parts<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    if !parts.has(0) {
        answers.is_no_choice(Reading::Undecided);
        return Ok(());
    }
    let is_set = parts.holds(1, "true", answers);
    if parts.has(1) && !is_set {
        answers.is_no_choice(Reading::Undecided);
        return Ok(());
    }
    parts.read_json(0, answers, |json, answers| {
        let mut is_decided = is_set;
        flat_json::read(json, answers, |key, value, _| {
            let answer = flat_json::is_true(value);
            is_decided |= answer == Answer::Granted && key != b"essential";
            Ok(Some(if is_set || answer == Answer::Granted { answer } else { Answer::Unsaid }))
        })?;
        if !is_decided {
            answers.is_no_choice(Reading::Undecided);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::GovUk,
            &["essential", "settings", "usage"],
            &[
                (
                    r#"cookies_policy={"essential":true,"settings":false,"usage":true}; cookies_preferences_set=true"#,
                    "yny",
                ),
                (r#"cookies_policy={"essential":true,"settings":false,"usage":true}"#, "y-y"),
                (r#"cookies_policy={"essential":true,"settings":false,"usage":false}"#, "undecided"),
                (r#"cookies_policy={"essential":true,"usage":false}; cookies_preferences_set=false"#, "undecided"),
                (r#"cookies_policy="{\"essential\":true,\"usage\":false}"; cookies_preferences_set=true"#, "y-n"),
                ("cookies_policy=%22%7B%5C%22usage%5C%22%3Atrue%7D%22; cookies_preferences_set=true", "--y"),
                ("cookies_policy={%22usage%22:true}; cookies_preferences_set=true", "--y"),
                (r#"cookies_policy={"usage":true}; cookies_preferences_set=false"#, "undecided"),
                (r#"cookies_policy={"usage":true}; cookies_preferences_set=zz"#, "undecided"),
                ("cookies_preferences_set=true", "undecided"),
                ("cookies_policy=; cookies_preferences_set=true", "unreadable"),
            ],
        );
    }
}
