//! Generic: pairs of a key and a word, with the charter's `separator` between pairs and its `assign` within them, and
//! answered by its `granted` and `refused` words.
//!
//! If the charter says nothing of `refused`, every word that is not granted refuses; with it, a word of neither says nothing,
//! as it should if the cookie holds more than answers. The pairs are split before keys and words are decoded, so that an
//! encoded text within one cannot end it.

use super::pair_list::{cut_at, is_quoted, utf8};
use super::{Answers, Definition, Fault, FormatOption, Options, Order};
use crate::consent::percent::{percent_decoded, with_room};

pub(super) const DEFINITION: Definition = Definition {
    word: "pairs",
    about: "generic: pairs of a key and a word",
    options: &[FormatOption::Separator, FormatOption::Assign, FormatOption::Granted, FormatOption::Refused],
    read: |parts, options, answers| {
        let order = order(parts.raw(0).unwrap_or_default(), options);
        parts.read(0, order, answers, |text, answers| pairs(text, options, answers))
    },
    ..Definition::PLAIN
};

/// Whether the text is encoded as a whole. It is not if the mark within pairs stands in it, unless all of these marks do and
/// only those between pairs were encoded, as js-cookie does with commas.
fn order(raw: &[u8], options: &Options) -> Order {
    let (Some(mark), true) = (options.assign.as_bytes().first(), raw.contains(&b'%')) else { return Order::RawFirst };
    let count = |text: &[u8]| utf8(text).map_or(0, |text| text.matches(options.assign.as_str()).count());
    let is_split = utf8(raw).is_ok_and(|text| text.contains(options.separator.as_str()));
    let hides_none =
        with_room(raw.len(), |room| percent_decoded(raw, room).is_ok_and(|text| count(text) == count(raw)));
    if is_split || !hides_none { Order::RawIf(*mark) } else { Order::DecodedFirst }
}

fn pairs(text: &[u8], options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let Options { separator, assign, .. } = options;
    if separator.is_empty() || assign.is_empty() || is_quoted(text) {
        return Err(Fault::new(0, "pairs"));
    }
    let text = utf8(text)?;
    let mut at = 0;
    while at < text.len() {
        let (pair, _) = cut_at(text.get(at..).unwrap_or_default(), separator);
        if !pair.is_empty() {
            let (key, Some(word)) = cut_at(pair, assign) else { return Err(Fault::new(at, "a key and a word")) };
            say(key, word, options, answers);
        }
        at += pair.len() + separator.len();
    }
    Ok(())
}

/// Tells an answer; key and word are decoded, unless they are not encoded.
fn say(key: &str, word: &str, options: &Options, answers: &mut Answers<'_>) {
    if !key.contains('%') && !word.contains('%') {
        answers.say(key, options.answer(word));
        return;
    }
    with_room(key.len(), |key_room| {
        with_room(word.len(), |word_room| {
            let key = percent_decoded(key.as_bytes(), key_room).and_then(utf8).unwrap_or(key);
            let word = percent_decoded(word.as_bytes(), word_room).and_then(utf8).unwrap_or(word);
            answers.say(key, options.answer(word));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use super::*;

    fn options(separator: &str, assign: &str, refused: Option<&[&str]>) -> Options {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        let granted = words(&["1", "yes"]);
        let refused = refused.map(words);
        Options { separator: separator.into(), assign: assign.into(), granted, refused, ..Options::default() }
    }

    #[test]
    fn values_are_read() {
        let rows = [
            ("choice=c.necessary:1,c.measurement:1,i.t:1764000000", "yy"),
            ("choice=c.necessary:1%2Cc.measurement:0", "yn"),
            ("choice=c.necessary%3A1%2Cc.measurement%3A1", "yy"),
            ("choice=\"c.necessary:1\\054c.measurement:1\"", "yy"),
            ("choice=c.necessary:yes,c.measurement:%79es", "yy"),
            ("choice=xc.necessary:1,c.measurement:11", "-n"),
            ("choice=c.necessary:1,c.necessary:0", "n-"),
            ("choice=i.ref:https%3A%2F%2Fa%2F%2Cc.measurement%3A1", "--"),
            ("choice=i.ref:x%2Cc.measurement%3A1,c.necessary:1", "y-"),
            ("choice=c.necessary", "unreadable"),
        ];
        testing::check_with(Format::Pairs, &options(",", ":", None), &["c.necessary", "c.measurement"], &rows);
    }

    #[test]
    fn with_refused_words_the_others_say_nothing() {
        let rows = [("choice=a=1&b=2", "y-"), ("choice=a=no&b=yes", "ny"), ("choice=a%3D1%26b%3Dno", "yn")];
        testing::check_with(Format::Pairs, &options("&", "=", Some(&["no"])), &["a", "b"], &rows);
    }

    #[test]
    fn without_marks_nothing_is_read() {
        testing::check(Format::Pairs, &["a"], &[("choice=a=1", "unreadable")]);
    }
}
