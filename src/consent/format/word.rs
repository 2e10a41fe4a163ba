//! Generic: a cookie of one word, for everything at once. The charter gives the cookie's name, and the words that agree
//! and refuse; any other word is unreadable.

use super::{Answer, Answers, Definition, Fault, FormatOption, KnownKeys, Options, Order};

pub(super) const DEFINITION: Definition = Definition {
    word: "word",
    about: "generic: one word of `granted` or `refused`, for everything at once",
    keys: KnownKeys::Only(&["all"]),
    options: &[FormatOption::Granted, FormatOption::Refused],
    read: |parts, options, answers| {
        parts.read(0, Order::RawFirst, answers, |text, answers| word(text, options, answers))
    },
    ..Definition::PLAIN
};

fn word(text: &[u8], options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let is_in = |words: &[String]| words.iter().any(|word| word.as_bytes() == text);
    let answer = if options.refused.as_deref().is_some_and(is_in) {
        Answer::Refused
    } else if is_in(&options.granted) {
        Answer::Granted
    } else {
        return Err(Fault::new(0, "a word of `granted` or `refused`"));
    };
    answers.say("all", answer);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Options, testing};

    #[test]
    fn values_are_read() {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let options =
            Options { granted: words(&["all", "true"]), refused: Some(words(&["essential"])), ..Options::default() };
        let rows = [
            ("choice=all", "y"),
            ("choice=%61ll", "y"),
            ("choice=\"true\"", "y"),
            ("choice=essential", "n"),
            ("choice=al", "unreadable"),
            ("choice=All", "unreadable"),
            ("choice=", "unreadable"),
        ];
        testing::check_with(Format::Word, &options, &["all"], &rows);
    }

    #[test]
    fn without_words_nothing_is_granted() {
        testing::check(Format::Word, &["all"], &[("choice=true", "unreadable"), ("choice=", "unreadable")]);
    }
}
