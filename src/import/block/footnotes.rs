//! The marks of footnotes: those to which a text refers, and the one that a footnote begins with.
//!
//! A mark has no brackets and plain digits, so that `²`, `[2]` and `(2)` are the same footnote.

use super::Rich;

/// Before the mark of a footnote in superscript, whose characters follow, moved by [`MARK_BASE`].
const NOTE: char = '\u{E005}';
/// Added to the ASCII characters of a footnote's mark, so that they become private-use characters; behind those come
/// [`SIGNS`], each by its position.
const MARK_BASE: u32 = 0xE100;
const SIGN_BASE: u32 = MARK_BASE + 0x80;

/// Signs that refer to a footnote, beside digits and letters.
const SIGNS: [char; 16] = ['*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '①', '②', '③'];
/// The most characters of a mark in brackets.
const MAX_IN_BRACKETS: usize = 2;

impl Rich {
    /// Adds the mark of a footnote that stands here in superscript, or as a link.
    pub(in crate::import) fn note(&mut self, mark: &str) {
        self.0.push(NOTE);
        self.0.extend(mark.chars().filter_map(stored));
    }

    /// The marks of the footnotes to which the text refers: in superscript, in brackets or as signs at the end of a word.
    pub(in crate::import) fn notes(&self) -> Vec<String> {
        let plain = self.plain();
        let words = plain.split_whitespace().filter_map(|word| {
            let signs = word.get(word.trim_end_matches(SIGNS).len()..)?;
            in_brackets(word).or_else(|| (!signs.is_empty()).then(|| signs.to_owned()))
        });
        let marks = self.superscript_notes().into_iter().chain(words.map(|mark| plain_mark(&mark)));
        marks.filter(|mark| !mark.is_empty()).collect()
    }

    /// Those in superscript, or as links, which are surely marks.
    pub(in crate::import) fn superscript_notes(&self) -> Vec<String> {
        let marks = self.0.split(NOTE).skip(1).map(|text| plain_mark(&stored_mark(text)));
        marks.filter(|mark| !mark.is_empty()).collect()
    }

    /// The footnotes that begin on the lines of the text, each with its mark and its text.
    pub(in crate::import) fn as_notes(&self) -> Vec<(String, String)> {
        self.0.split('\n').filter_map(|line| Self(line.to_owned()).as_note()).collect()
    }

    /// The mark and the text of a footnote. `None` if the text does not begin with a mark.
    fn as_note(&self) -> Option<(String, String)> {
        let line = self.line();
        let (first, behind) = line.split_once(' ').unwrap_or((&line, ""));
        let superscript = self.0.trim_start().strip_prefix(NOTE).map(stored_mark);
        let bare = line.trim_start_matches(SIGNS);
        let (mark, text) = match (superscript, opening_mark(first)) {
            (Some(superscript), _) => (superscript, line.trim_start_matches(SIGNS)),
            (None, Some(mark)) => (mark, behind),
            (None, None) => (line.get(..line.len() - bare.len())?.to_owned(), bare),
        };
        let (mark, text) = (plain_mark(&mark), text.trim_matches([' ', ':']));
        (!mark.is_empty() && !text.is_empty()).then(|| (mark, text.to_owned()))
    }
}

/// `[1]`, `(a)` at the end of a word: the mark, with its brackets.
fn in_brackets(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['.', ',', ';', ':']);
    let at = word.rfind(['(', '['])?;
    let bracketed = word.get(at..)?;
    let inner = bracketed.get(1..)?.strip_suffix([')', ']'])?;
    is_in_brackets(inner).then(|| bracketed.to_owned())
}

/// `[1]`, `(a)`, `1)`: a word that begins a footnote.
fn opening_mark(word: &str) -> Option<String> {
    let word = word.trim_end_matches(':');
    let inner = word.trim_start_matches(['(', '[']).strip_suffix([')', ']'])?;
    is_in_brackets(inner).then(|| inner.to_owned())
}

fn is_in_brackets(mark: &str) -> bool {
    let count = mark.chars().count();
    let is_number = mark.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = count == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_sign = mark.chars().all(|c| SIGNS.contains(&c));
    (1..=MAX_IN_BRACKETS).contains(&count) && (is_number || is_letter || is_sign)
}

/// A character of a mark as a private-use character.
fn stored(character: char) -> Option<char> {
    let code = if character.is_ascii_alphanumeric() || character == '*' {
        MARK_BASE + u32::from(character)
    } else {
        SIGN_BASE + u32::try_from(SIGNS.iter().position(|sign| *sign == character)?).ok()?
    };
    char::from_u32(code)
}

/// The footnote's mark at the beginning of what follows [`NOTE`].
fn stored_mark(text: &str) -> String {
    let read = |c: char| {
        let code = u32::from(c);
        let sign = code.checked_sub(SIGN_BASE).and_then(|at| SIGNS.get(usize::try_from(at).ok()?).copied());
        let ascii = code.checked_sub(MARK_BASE).and_then(char::from_u32).filter(char::is_ascii);
        sign.or(ascii)
    };
    text.chars().map_while(read).collect()
}

/// `²`, `(2)` and `2` are one mark.
fn plain_mark(mark: &str) -> String {
    let digit = |c| {
        "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|known| known == c).and_then(|at| char::from_digit(u32::try_from(at).ok()?, 10))
    };
    mark.chars().filter(|c| !"()[]".contains(*c)).map(|c| digit(c).unwrap_or(c)).collect()
}
