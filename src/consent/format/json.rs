//! Generic: a JSON text. `path` leads to an object, whose keys are answered by `granted` and `refused` words, or to an array
//! of the keys that were granted.
//!
//! A word is a text, a number, `true`, `false` or `null`. `granted` is `true` if the charter says nothing; if it says nothing
//! of `refused`, every other word refuses. With `refused`, a word of neither says nothing.

use super::{Answer, Answers, Definition, Fault, FormatOption, Options, flat_json};
use crate::consent::json::{Json, Value};

pub(super) const DEFINITION: Definition = Definition {
    word: "json",
    about: "generic: a JSON object, key → word, or an array of keys",
    options: &[FormatOption::Path, FormatOption::Granted, FormatOption::Refused],
    default_options: || Options { granted: vec!["true".into()], ..Options::default() },
    read: |parts, options, answers| parts.read_json(0, answers, |text, answers| json(text, options, answers)),
    ..Definition::PLAIN
};

fn json(mut place: Json<'_>, options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let mut whole = place.clone();
    whole.skip_value()?;
    whole.end()?;
    for key in &options.path {
        place = member(place, key)?;
    }
    if place.clone().value()? == Value::Array {
        place.list(|key| answers.say(key, Answer::Granted))?;
        answers.refuse_others();
        return Ok(());
    }
    flat_json::members(&mut place, answers, |_, value, _| Ok(Some(answer(value, options))))
}

/// Where the value of a key stands.
fn member<'a>(mut object: Json<'a>, key: &str) -> Result<Json<'a>, Fault> {
    let mut place = None;
    object
        .members(|object, name| if name == key.as_bytes() { object.keep(&mut place) } else { object.skip_value() })?;
    place.ok_or(Fault::new(0, "the keys of `path`"))
}

fn answer(value: Value<'_>, options: &Options) -> Answer {
    match value {
        Value::Bool(value) => options.answer(if value { "true" } else { "false" }),
        Value::Number(number) => options.answer(std::str::from_utf8(number).unwrap_or_default()),
        Value::Text(text) => text.read(|text| options.answer(text)),
        Value::Null => options.answer("null"),
        Value::Object | Value::Array => options.other_answer(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Json,
            &["a", "b"],
            &[
                (r#"choice={"a":true,"b":false}"#, "yn"),
                (r#"choice={"a":"true","b":1}"#, "yn"),
                ("choice=%7B%22a%22%3Atrue%7D", "y-"),
                (r#"choice={"a":true,"a":false}"#, "n-"),
                (r#"choice=["b"]"#, "ny"),
                ("choice=[%22a%22%2C%22b%22]", "yy"),
                (r#"choice={"a":{"b":true}}"#, "n-"),
                (r#"choice={"a":true} x"#, "unreadable"),
                (r#"choice=["a""#, "unreadable"),
                ("choice=true", "unreadable"),
            ],
        );
    }

    #[test]
    fn the_charter_says_where_and_in_which_words() {
        let options = Options {
            path: words(&["data", "choices"]),
            granted: words(&["yes", "1"]),
            refused: Some(words(&["no", "yes!"])),
            ..Options::default()
        };
        let rows = [
            (r#"choice={"data":{"choices":{"a":"yes","b":1}},"a":"no"}"#, "yy"),
            (r#"choice={"data":{"choices":{"a":"no","b":true}}}"#, "n-"),
            (r#"choice={"data":{"choices":["a"]}}"#, "yn"),
            (r#"choice={"data":{"a":"yes"}}"#, "unreadable"),
            (r#"choice={"data":{"choices":{"a":"yes"}},"data":{}}"#, "unreadable"),
            (r#"choice={"choices":{"a":"yes"}}"#, "unreadable"),
            (r#"choice={"data":{"choices":{"a":"yes"}}"#, "unreadable"),
        ];
        testing::check_with(Format::Json, &options, &["a", "b"], &rows);
    }
}
