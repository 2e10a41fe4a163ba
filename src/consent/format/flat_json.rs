//! A flat JSON object, key → answer: what many banners write, each with its own cookie and its own words for yes.
//!
//! A format calls [`read`] with what its values mean.

use super::super::json::{Json, Value};
use super::{Answers, Fault};
use crate::consent::Answer;

/// No banner has more.
const MAX_KEYS: usize = 256;

/// Tells the answers of every key. `answer` says what a value means, and counts the places of its faults from there; `None`
/// passes the key over, which is then told nothing (it may have been a date).
///
/// # Errors
/// If the text is no JSON object, holds something behind it, or has more than 256 keys; and those of `answer`.
pub(super) fn read<'a>(
    mut json: Json<'a>,
    answers: &mut Answers<'_>,
    answer: impl FnMut(&[u8], Value<'a>, &mut Answers<'_>) -> Result<Option<Answer>, Fault>,
) -> Result<(), Fault> {
    members(&mut json, answers, answer)?;
    json.end()
}

/// The same for the object that comes next in a text.
///
/// # Errors
/// Those of [`read`], but for what stands behind the object.
pub(super) fn members<'a>(
    json: &mut Json<'a>,
    answers: &mut Answers<'_>,
    mut answer: impl FnMut(&[u8], Value<'a>, &mut Answers<'_>) -> Result<Option<Answer>, Fault>,
) -> Result<(), Fault> {
    let mut count = 0;
    json.members(|json, key| {
        count += 1;
        if count > MAX_KEYS {
            return Err(Fault::new(0, "at most 256 keys"));
        }
        let at = json.at();
        let value = json.value()?;
        json.skip(value)?;
        if let Some(answer) = answer(key, value, answers).map_err(|fault| fault.within(at))? {
            answers.say(key, answer);
        }
        Ok(())
    })
}

/// `true` alone agrees.
pub(super) fn is_true(value: Value<'_>) -> Answer {
    Answer::of(value == Value::Bool(true))
}

/// Every key is an answer, and `true` alone agrees.
///
/// # Errors
/// Those of [`read`]. A value of another type refuses.
pub(super) fn booleans(json: Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    read(json, answers, |_, value, _| Ok(Some(is_true(value))))
}

/// Every key is an answer; `true` and `1` agree.
///
/// # Errors
/// Those of [`read`]. A value of another type, or another number, refuses.
pub(super) fn booleans_or_bits(json: Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let agrees = |value| matches!(value, Value::Bool(true) | Value::Number(b"1"));
    read(json, answers, |_, value, _| Ok(Some(Answer::of(agrees(value)))))
}
