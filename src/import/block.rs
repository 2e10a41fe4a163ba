//! What a page is made of, whatever it is written in: headings, paragraphs, list items, tables.
//!
//! `html` and `text` make blocks, `rows` reads them: nothing behind this point knows what the page was written in.

/// A page, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// In the order in which the page is read.
    pub(super) blocks: Vec<Block>,
    /// What is known of the page as a whole.
    pub(super) metadata: Metadata,
}

/// What a page says of itself beside its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    /// Its `lang`, as it is written.
    pub(super) language: Option<String>,
    /// The host of its canonical address (`rel=canonical`, `og:url`).
    pub(super) host: Option<String>,
    /// Hosts of frames. One of them may hold the declaration, if the page itself has none.
    pub(super) frames: Vec<String>,
    /// Who makes the table by a script, if the page only has the place for it.
    pub(super) scripted: Option<&'static str>,
    /// Whether a line was too long to be read to its end.
    pub(super) is_cut: bool,
    /// The charter that `charter render` put into it.
    pub(super) embedded: Option<Embedded>,
}

/// A charter within a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Embedded {
    /// The digest of what was visible.
    pub(super) digest: String,
    /// The charter as data.
    pub(super) json: String,
}

/// A piece of a page, in the order of reading; [`Block::Open`] and [`Block::Close`] are always in pairs.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// 1 to 6 as in HTML; [`Block::SUMMARY`] below them.
    Heading {
        level: u8,
        text: Rich,
    },
    Paragraph(Rich),
    /// Of a bullet list.
    Item(Rich),
    /// Of a definition list; a [`Block::Definition`] follows it.
    Term(Rich),
    Definition(Rich),
    Table(Table),
    /// A button, a label, or a text that is nothing but a link: it may name what follows, or lead elsewhere.
    Control {
        text: Rich,
        /// Whether it unfolds what follows it.
        is_trigger: bool,
    },
    /// A container begins; what it holds ends with it.
    Open(Scope),
    Close,
}

/// How far the titles within a container reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// `div`: a title alone in it is that of what follows; one with rows below it has said all.
    Wrapper,
    /// `section`: a title with anything below it has said all.
    Section,
    /// `details`, `fieldset`, an item, the panel of a tab: no title reaches beyond it.
    Closed,
}

impl Block {
    /// The level of a legend, or of the summary of what can be folded.
    pub(super) const SUMMARY: u8 = 7;

    /// Its text, if it has one of its own.
    pub(super) fn text(&self) -> Option<&Rich> {
        match self {
            Self::Heading { text, .. }
            | Self::Paragraph(text)
            | Self::Item(text)
            | Self::Term(text)
            | Self::Definition(text)
            | Self::Control { text, .. } => Some(text),
            Self::Table(_) | Self::Open(_) | Self::Close => None,
        }
    }
}

/// A table as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// Above or below the table; it is a title of each row.
    pub(super) caption: Option<Rich>,
    /// As they are written: cells that span several positions are there once. `Grid` lays them out.
    pub(super) rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) text: Rich,
    /// `th`, or the row above a Markdown table's line of dashes.
    pub(super) is_header: bool,
    /// How many it spans, at least 1.
    pub(super) columns: usize,
    /// How many it spans; 0: to the end of the table.
    pub(super) rows: usize,
}

impl Cell {
    pub(super) fn plain(text: Rich, is_header: bool) -> Self {
        Self { text, is_header, columns: 1, rows: 1 }
    }
}

/// A text in which what is bold, code, hidden or has a footnote is marked, by characters that no page has: they are left
/// out of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rich(String);

const BOLD: (char, char) = ('\u{E000}', '\u{E001}');
const CODE: (char, char) = ('\u{E002}', '\u{E003}');
/// The row or the item is not shown.
const HIDDEN: char = '\u{E004}';
/// Before the mark of a footnote, whose characters follow as marks.
const NOTE: char = '\u{E005}';
/// Where one span ends and the next one begins: between two cells, if a style sheet says so.
const CELL: char = '\u{E006}';
/// Where they are.
const MARK_BASE: u32 = 0xE100;

/// The longest text, in bytes: more is no heading, no list of names and no purpose. What is behind it is not read.
pub(super) const MAX_TEXT: usize = 64 << 10;

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bold,
    Code,
}

impl Mark {
    fn pair(self) -> (char, char) {
        match self {
            Self::Bold => BOLD,
            Self::Code => CODE,
        }
    }
}

impl Rich {
    /// Adds text; what cannot be seen is left out, and every kind of white space but a line break becomes a space.
    pub(super) fn push(&mut self, text: &str) {
        if self.0.len() <= MAX_TEXT {
            self.0.extend(text.chars().filter_map(visible).take(MAX_TEXT));
        }
    }

    /// Its bytes.
    pub(super) fn size(&self) -> usize {
        self.0.len()
    }

    /// Whether a part of it may have been left out.
    pub(super) fn is_cut(&self) -> bool {
        self.0.len() > MAX_TEXT
    }

    /// Marks the row or the item that the text is of: a hidden one exempts nothing.
    pub(super) fn hide(&mut self) {
        self.0.push(HIDDEN);
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.0.contains(HIDDEN)
    }

    /// A footnote's mark stands here in superscript; `mark` is its text.
    pub(super) fn note(&mut self, mark: &str) {
        self.0.push(NOTE);
        let superscript = mark.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'*');
        self.0.extend(superscript.filter_map(|byte| char::from_u32(MARK_BASE + u32::from(byte))));
    }

    /// The marks of footnotes in it, those that were superscript and those that are characters of their own. Each without
    /// brackets, and with plain digits, so that `²` and `(2)` refer to the same footnote.
    pub(super) fn notes(&self) -> Vec<String> {
        let superscript = self.0.split(NOTE).skip(1).map(stored_mark);
        let plain = self.plain();
        let words = plain.split_whitespace().filter_map(|word| {
            let mark = word.get(word.trim_end_matches(NOTE_MARKS).len()..)?;
            let in_parentheses = ["(1)", "(2)", "(3)", "[1]", "[2]", "[3]"].iter().find(|mark| word.ends_with(**mark));
            in_parentheses.map(|mark| (*mark).to_owned()).or((!mark.is_empty()).then(|| mark.to_owned()))
        });
        superscript.chain(words).map(|mark| plain_mark(&mark)).filter(|mark| !mark.is_empty()).collect()
    }

    /// The mark and the text of a footnote. `None` if the text does not begin with a mark, or has two words or fewer.
    pub(super) fn as_note(&self) -> Option<(String, String)> {
        let line = self.line();
        let bare = line.trim_start_matches(NOTE_MARKS);
        let in_parentheses = ["(1)", "(2)", "(3)", "[1]", "[2]", "[3]"].iter().find(|mark| line.starts_with(**mark));
        let superscript = self.0.trim_start().strip_prefix(NOTE).map(stored_mark);
        let mark = match (superscript, in_parentheses) {
            (Some(superscript), _) => superscript,
            (None, Some(mark)) => (*mark).to_owned(),
            (None, None) => line.get(..line.len() - bare.len())?.to_owned(),
        };
        let mark = plain_mark(&mark);
        let is_text = line.split_whitespace().count() > 2;
        (is_text && !mark.is_empty()).then(|| (mark, bare.trim().to_owned()))
    }

    /// One span ends and the next one begins.
    pub(super) fn cell_break(&mut self) {
        self.0.push(CELL);
    }

    /// The texts of its spans, if it is nothing but several; else itself.
    pub(super) fn cells(&self) -> Vec<Self> {
        self.0.split(CELL).map(|cell| Self(cell.to_owned())).collect()
    }

    pub(super) fn line_break(&mut self) {
        self.0.push('\n');
    }

    pub(super) fn open(&mut self, mark: Mark) {
        self.0.push(mark.pair().0);
    }

    pub(super) fn close(&mut self, mark: Mark) {
        self.0.push(mark.pair().1);
    }

    /// Whether the last character is one that can be seen.
    pub(super) fn ends_in_text(&self) -> bool {
        self.0.chars().next_back().is_some_and(|last| !last.is_whitespace())
    }

    pub(super) fn is_blank(&self) -> bool {
        self.0.chars().all(|c| c.is_whitespace() || is_mark(c))
    }

    /// The text alone: runs of spaces are one, lines are trimmed, empty ones are gone.
    pub(super) fn plain(&self) -> String {
        lines(&self.0.chars().filter(|c| !is_mark(*c)).collect::<String>())
    }

    /// The text in one line.
    pub(super) fn line(&self) -> String {
        self.plain().replace('\n', " ")
    }

    /// What stands in bold at the very beginning, and what follows it. `None` if it begins otherwise.
    pub(super) fn lead(&self) -> Option<(String, String)> {
        let text = self.0.trim_start_matches(|c: char| c.is_whitespace() || c == CODE.0);
        let (lead, rest) = text.strip_prefix(BOLD.0)?.split_once(BOLD.1)?;
        let of = |text: &str| Self(text.to_owned()).line();
        Some((of(lead), of(rest))).filter(|(lead, _)| !lead.is_empty())
    }

    /// What stands in code, piece by piece.
    pub(super) fn code(&self) -> Vec<String> {
        let pieces = self.0.split(CODE.0).skip(1).filter_map(|piece| piece.split(CODE.1).next());
        pieces.map(|piece| Self(piece.to_owned()).line()).filter(|piece| !piece.is_empty()).collect()
    }

    /// What comes before the first code, and what comes behind the last.
    pub(super) fn around_code(&self) -> (String, String) {
        let before = self.0.split(CODE.0).next().unwrap_or_default();
        let after = self.0.rsplit(CODE.1).next().unwrap_or_default();
        (Self(before.to_owned()).line(), Self(after.to_owned()).line())
    }

    /// Joins another text, on a line of its own. Nothing is appended to a text that is too long already.
    pub(super) fn append(&mut self, other: &Self) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        if self.0.len() <= MAX_TEXT {
            self.0.push_str(&other.0);
        }
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        let mut rich = Self::default();
        rich.push(text);
        rich
    }
}

/// What refers to a footnote.
const NOTE_MARKS: [char; 16] = ['*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '①', '②', '③'];

/// The mark that the first of these characters are.
fn stored_mark(text: &str) -> String {
    let ascii =
        text.chars().map_while(|c| u32::from(c).checked_sub(MARK_BASE)).map_while(|code| u8::try_from(code).ok());
    ascii.filter(u8::is_ascii).map(char::from).collect()
}

/// `²`, `(2)` and `2` are one mark.
fn plain_mark(mark: &str) -> String {
    let digit = |c| {
        "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|known| known == c).and_then(|at| char::from_digit(u32::try_from(at).ok()?, 10))
    };
    mark.chars().filter(|c| !"()[]".contains(*c)).map(|c| digit(c).unwrap_or(c)).collect()
}

fn is_mark(character: char) -> bool {
    ('\u{E000}'..='\u{E1FF}').contains(&character)
}

/// The character as a reader sees it; `None` if they do not.
fn visible(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        c if c.is_whitespace() => Some(' '),
        // Soft hyphens, joiners, direction marks, byte order marks, variation selectors; and what is for private use.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{E0000}'..='\u{10FFFF}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

fn lines(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_gone() {
        let text = Rich::from("a\u{200b}b\u{ad}\u{a0}\u{202f} c\u{feff}\r\n\n d\u{E000}\u{0}");
        assert_eq!(text.plain(), "ab c\nd");
        assert_eq!(text.line(), "ab c d");
    }

    #[test]
    fn leads_and_code_are_told_apart() {
        let mut text = Rich::default();
        text.open(Mark::Bold);
        text.push("Necessary");
        text.close(Mark::Bold);
        text.push(": such as ");
        text.open(Mark::Code);
        text.push("sid");
        text.close(Mark::Code);
        text.push(" here");
        assert_eq!(text.lead(), Some(("Necessary".to_owned(), ": such as sid here".to_owned())));
        assert_eq!(text.code(), ["sid"]);
        assert_eq!(text.around_code(), ("Necessary: such as".to_owned(), "here".to_owned()));
        assert_eq!(Rich::from("plain").lead(), None);
    }
}
