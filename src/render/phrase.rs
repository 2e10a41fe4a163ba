//! Sentences that contain names, and texts in another language than the page's. Each format escapes them itself.

use crate::charter::Texts;

/// A sentence in pieces, so that each format can mark names and foreign texts in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase(pub(super) Vec<Piece>);

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words in the page's language.
    Words(String),
    /// The name of a cookie, a pattern or a host.
    Code(String),
    /// A text of the charter.
    Text(Localized),
}

/// A text of the charter in one of its languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Localized {
    /// Without white space around it.
    pub(super) text: String,
    /// The language (BCP 47) if it is not the page's: it is marked for screen readers.
    pub(super) language: Option<String>,
}

impl Phrase {
    /// A phrase of words.
    pub(super) fn words(words: impl Into<String>) -> Self {
        Self(vec![Piece::Words(words.into())])
    }

    /// A phrase of one name.
    pub(super) fn code(name: impl Into<String>) -> Self {
        Self(vec![Piece::Code(name.into())])
    }

    /// A sentence whose `{}` are replaced by the pieces, in their order. There must be as many pieces as `{}`: pieces beyond
    /// the last `{}`, and the sentence from a `{}` without a piece, are left out.
    pub(super) fn filled<const N: usize>(sentence: &str, pieces: [Piece; N]) -> Self {
        let mut parts = sentence.split("{}").map(|part| Piece::Words(part.to_owned()));
        let mut phrase: Vec<_> = parts.next().into_iter().collect();
        for (piece, part) in pieces.into_iter().zip(parts) {
            phrase.extend([piece, part]);
        }
        phrase.retain(|piece| *piece != Piece::Words(String::new()));
        Self(phrase)
    }
}

/// The languages in which a text is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Preference<'a> {
    /// The language of the page (BCP 47).
    pub(super) page: &'a str,
    /// The language that was asked for. It differs from `page` if octroi has no sentences in it.
    pub(super) wanted: &'a str,
    /// The charter's languages, in its order.
    pub(super) languages: &'a [String],
}

impl Preference<'_> {
    /// The text in the wanted language, else in one of the same primary subtag, else in the first of the charter's languages
    /// that has it, else in any; `None` if there is no text.
    pub(super) fn text(&self, texts: &Texts) -> Option<Localized> {
        let written = || texts.iter().filter(|(_, text)| !text.trim().is_empty());
        let exact = |tag: &str| written().find(|(language, _)| language.eq_ignore_ascii_case(tag));
        let variety = || written().find(|(language, _)| primary(language).eq_ignore_ascii_case(primary(self.wanted)));
        let declared = || self.languages.iter().find_map(|language| exact(language));
        let (language, text) = exact(self.wanted).or_else(variety).or_else(declared).or_else(|| written().next())?;
        let is_foreign = !language.eq_ignore_ascii_case(self.page);
        Some(Localized { text: text.trim().to_owned(), language: is_foreign.then(|| language.clone()) })
    }
}

/// The primary subtag: `fr` of `fr-CA` (RFC 5646 §2.2.1).
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_takes_its_pieces_in_their_order() {
        let code = |name: &str| Piece::Code(name.to_owned());
        let words = |words: &str| Piece::Words(words.to_owned());
        let phrase = Phrase::filled("{} and {}.", [code("a{}"), code("b")]);
        assert_eq!(phrase.0, [code("a{}"), words(" and "), code("b"), words(".")]);
        assert_eq!(Phrase::filled("none", [code("a")]).0, [words("none")]);
    }

    #[test]
    fn a_missing_text_is_taken_from_another_language_and_marked() {
        let languages = ["fr".to_owned(), "en".to_owned()];
        let texts = |pairs: &[(&str, &str)]| -> Texts {
            pairs.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect()
        };
        let read = |wanted: &str, pairs: &[(&str, &str)]| {
            let preference = Preference { page: wanted, wanted, languages: &languages };
            preference.text(&texts(pairs)).map(|found| (found.text, found.language))
        };
        let own = |text: &str| Some((text.to_owned(), None));
        let foreign = |text: &str, language: &str| Some((text.to_owned(), Some(language.to_owned())));
        assert_eq!(read("en", &[("en", "a"), ("fr", "b")]), own("a"));
        assert_eq!(read("EN", &[("en", " a\n")]), own("a"));
        assert_eq!(read("en", &[("en", "  "), ("fr", "b")]), foreign("b", "fr"));
        assert_eq!(read("de", &[("de-AT", "c"), ("fr", "b")]), foreign("c", "de-AT"));
        assert_eq!(read("de", &[("en", "a"), ("fr", "b")]), foreign("b", "fr"));
        assert_eq!(read("de", &[("it", "d")]), foreign("d", "it"));
        assert_eq!(read("de", &[]), None);
    }
}
