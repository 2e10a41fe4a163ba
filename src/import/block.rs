//! The blocks of a page: headings, paragraphs, list items, tables.
//!
//! `html` and `text` make them and `rows` reads them, so `rows` does not depend on what the page is written in.

mod footnotes;

/// A page as blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// In reading order.
    pub(super) blocks: Vec<Block>,
    /// What is known of the page as a whole.
    pub(super) metadata: Metadata,
}

/// What is known of a page beside its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    /// Its `lang`, as it is written.
    pub(super) language: Option<String>,
    /// The host of its canonical address (`rel=canonical`, `og:url`).
    pub(super) host: Option<String>,
    /// Hosts of frames. If the page declares nothing, one of them may.
    pub(super) frames: Vec<String>,
    /// The product whose script fills the table, if an element for it was found.
    pub(super) scripted: Option<&'static str>,
    /// Whether a line was too long to be read to its end.
    pub(super) is_cut: bool,
    /// The charter that `charter render` put into the page.
    pub(super) embedded: Option<Embedded>,
}

/// A charter within a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Embedded {
    /// The digest of the visible text for which the charter was embedded.
    pub(super) digest: String,
    /// The charter as JSON.
    pub(super) json: String,
}

/// A piece of a page. [`Block::Open`] and [`Block::Close`] are always in pairs.
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
    /// A text that is clicked.
    Control {
        text: Rich,
        control: Control,
    },
    /// A container begins.
    Open(Scope),
    /// The innermost container ends.
    Close,
}

/// What a text does if it is clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// A button, or what unfolds the text behind it: the title of that.
    Trigger,
    /// The label of a switch: the title of the description behind it, if there is one.
    Label,
    /// Nothing but a link. It may be a title, or lead elsewhere.
    Link,
}

/// Whether the titles within a container still hold after its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// `div`: those without rows below them do.
    Wrapper,
    /// `section`: those with nothing below them do.
    Section,
    /// `details`, `fieldset`, an item, the panel of a tab: none does.
    Closed,
}

impl Block {
    /// The level of legends, summaries, captions of figures and tabs: below all headings.
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
    /// It is a title of each row.
    pub(super) caption: Option<Rich>,
    /// As they are written: a cell that spans several positions is there once. `Grid` lays them out.
    pub(super) rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) text: Rich,
    /// `th`, or the row above a Markdown table's line of dashes.
    pub(super) is_header: bool,
    /// How many columns it spans, at least 1.
    pub(super) columns: usize,
    /// How many rows it spans; 0: to the end of the table.
    pub(super) rows: usize,
}

impl Cell {
    pub(super) fn plain(text: Rich, is_header: bool) -> Self {
        Self { text, is_header, columns: 1, rows: 1 }
    }
}

/// A text with marks for bold, code, hidden rows, footnotes and borders of cells. The marks are private-use characters,
/// which are removed from the page's own text; [`Rich::plain`] leaves them out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rich(String);

const BOLD: (char, char) = ('\u{E000}', '\u{E001}');
const CODE: (char, char) = ('\u{E002}', '\u{E003}');
/// The row or the item that has this text is hidden.
const HIDDEN: char = '\u{E004}';
/// Between two inline elements, which a style sheet may show as two cells.
const CELL: char = '\u{E006}';
/// The longest text, in bytes (64 KiB). The rest of a longer one is not read: it is no heading, list of names or purpose.
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
    /// Adds text without its invisible characters. White space becomes a space, unless it is a line break.
    pub(super) fn push(&mut self, text: &str) {
        if self.0.len() <= MAX_TEXT {
            self.0.extend(text.chars().filter_map(visible).take(MAX_TEXT + 1));
        }
    }

    /// The length in bytes, marks included.
    pub(super) fn size(&self) -> usize {
        self.0.len()
    }

    /// Whether a part of it may have been left out.
    pub(super) fn is_cut(&self) -> bool {
        self.0.len() > MAX_TEXT
    }

    /// Marks the row or the item of this text as hidden. A hidden one exempts nothing.
    pub(super) fn hide(&mut self) {
        self.0.push(HIDDEN);
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.0.contains(HIDDEN)
    }

    /// Adds the border between two inline elements, unless the first ends within a name: `_ga_` and its placeholder.
    pub(super) fn cell_break(&mut self) {
        if !self.0.ends_with(['_', '-', '.']) {
            self.0.push(CELL);
        }
    }

    /// The texts between the borders; the whole text if there is none.
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

    /// The text alone: runs of spaces are one, lines are trimmed, empty ones are gone. A border of cells is a space.
    pub(super) fn plain(&self) -> String {
        let read = |c: char| if c == CELL { Some(' ') } else { (!is_mark(c)).then_some(c) };
        lines(&self.0.chars().filter_map(read).collect::<String>())
    }

    /// The texts that begin with a line that is wholly bold and stands behind an empty one. Such a line is a text of its own
    /// if the next line is empty, too.
    pub(super) fn set_apart(&self) -> Vec<Self> {
        let lines: Vec<Self> = self.0.split('\n').map(|line| Self(line.to_owned())).collect();
        let is_blank = |at: usize| lines.get(at).is_none_or(Self::is_blank);
        let mut texts = vec![Self::default()];
        for (at, line) in lines.iter().enumerate() {
            let begins = line.is_bold() && at > 0 && is_blank(at - 1);
            if begins && is_blank(at + 1) {
                texts.extend([line.clone(), Self::default()]);
            } else if begins {
                texts.push(line.clone());
            } else if let Some(last) = texts.last_mut() {
                last.append(line);
            }
        }
        texts.retain(|text| !text.is_blank());
        texts
    }

    /// Whether all of it is bold.
    fn is_bold(&self) -> bool {
        let outside = self.0.split(BOLD.0).enumerate().map(|(at, piece)| {
            if at == 0 { piece } else { piece.split_once(BOLD.1).map_or("", |(_, outside)| outside) }
        });
        !self.is_blank() && outside.into_iter().all(|piece| Self(piece.to_owned()).is_blank())
    }

    /// The lines that are not blank, with their marks.
    pub(super) fn rows(&self) -> Vec<Self> {
        self.0.split('\n').map(|line| Self(line.to_owned())).filter(|line| !line.is_blank()).collect()
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

    /// The pieces that are marked as code.
    pub(super) fn code(&self) -> Vec<String> {
        let pieces = self.0.split(CODE.0).skip(1).filter_map(|piece| piece.split(CODE.1).next());
        pieces.map(|piece| Self(piece.to_owned()).line()).filter(|piece| !piece.is_empty()).collect()
    }

    /// The text before the first code, and the text behind the last.
    pub(super) fn around_code(&self) -> (String, String) {
        let before = self.0.split(CODE.0).next().unwrap_or_default();
        let after = self.0.rsplit(CODE.1).next().unwrap_or_default();
        (Self(before.to_owned()).line(), Self(after.to_owned()).line())
    }

    /// Adds another text on the same line, its own lines joined.
    pub(super) fn append_inline(&mut self, other: &Self) {
        self.push(&other.line());
    }

    /// Adds another text on a line of its own, unless this one is longer than [`MAX_TEXT`].
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

fn is_mark(character: char) -> bool {
    ('\u{E000}'..='\u{E1FF}').contains(&character)
}

/// The character as a reader sees it; `None` if it is invisible.
fn visible(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        c if c.is_whitespace() => Some(' '),
        // Soft hyphens, joiners, direction marks, byte order marks, variation selectors; private-use characters.
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
    fn invisible_characters_are_removed() {
        let text = Rich::from("a\u{200b}b\u{ad}\u{a0}\u{202f} c\u{feff}\r\n\n d\u{E000}\u{0}");
        assert_eq!(text.plain(), "ab c\nd");
        assert_eq!(text.line(), "ab c d");
    }

    #[test]
    fn a_text_beyond_the_longest_is_cut() {
        assert!(!Rich::from("a".repeat(MAX_TEXT).as_str()).is_cut());
        assert!(Rich::from("a".repeat(MAX_TEXT + 1).as_str()).is_cut());
    }

    #[test]
    fn a_bold_beginning_and_code_are_found() {
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
