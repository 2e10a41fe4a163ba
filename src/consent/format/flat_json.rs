//! A flat JSON object, key → answer: what many banners write, each with its own cookie and its own words for yes.

use super::super::json::{Json, Value};
use super::{Answers, Fault};
use crate::consent::Answer;

/// No banner has more.
const MAX_KEYS: usize = 256;

/// Tells the answers of every key. `answer` says what a value means; `None` passes the key over, which is then told
/// nothing (it may have been a date).
pub(super) fn read<'a>(
    text: &'a [u8],
    answers: &mut Answers<'_>,
    answer: impl FnMut(&str, Value<'a>, &mut Answers<'_>) -> Result<Option<Answer>, Fault>,
) -> Result<(), Fault> {
    let mut json = Json::new(text)?;
    members(&mut json, answers, answer)?;
    json.end()
}

/// The same for the object that comes next in a text.
pub(super) fn members<'a>(
    json: &mut Json<'a>,
    answers: &mut Answers<'_>,
    mut answer: impl FnMut(&str, Value<'a>, &mut Answers<'_>) -> Result<Option<Answer>, Fault>,
) -> Result<(), Fault> {
    json.open_object()?;
    let mut count = 0;
    while let Some(key) = json.next_key()? {
        count += 1;
        if count > MAX_KEYS {
            return Err(Fault::new(0, "at most 256 keys"));
        }
        let value = json.value()?;
        json.skip(value)?;
        let key = key.decoded();
        if let Some(answer) = answer(&key, value, answers)? {
            answers.say(&key, answer);
        }
    }
    Ok(())
}

/// `true` alone agrees.
pub(super) fn is_true(value: Value<'_>) -> Answer {
    Answer::of(value == Value::Bool(true))
}

/// Every key is an answer, and `true` alone agrees.
pub(super) fn booleans(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    read(text, answers, |_, value, _| Ok(Some(is_true(value))))
}

/// Every key is an answer; `true` and `1` agree.
pub(super) fn booleans_or_bits(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    let agrees = |value| matches!(value, Value::Bool(true) | Value::Number("1"));
    read(text, answers, |_, value, _| Ok(Some(Answer::of(agrees(value)))))
}
