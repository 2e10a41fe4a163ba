//! One title: what it says of consent, and what is known of the text and the rows under it.

use super::claims::{is_activity, without_always_on};
use super::neutral::{self, is_neutral, is_understood};
use super::{OWN, is_about_cookies};
use crate::import::categories::{self, Purpose, Standing};
use crate::import::evidence;
use crate::import::fold::fold;

/// The longest description of a tool, in bytes. A longer text is none, so its rows need consent.
const MAX_SAID: usize = 2000;

/// What came under a title, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Content {
    Nothing,
    Text,
    Rows,
}

/// What the paragraphs under a title say: those above the next rows, and no more than [`MAX_SAID`] and a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Description {
    pub(super) said: Option<String>,
    /// Whether rows came behind what is said.
    pub(super) has_rows_below: bool,
}

impl Description {
    /// A paragraph comes. Behind rows, it may be of other ones.
    pub(super) fn say(&mut self, text: &str) {
        match &mut self.said {
            Some(said) if !self.has_rows_below => {
                if said.len() <= MAX_SAID {
                    said.push_str(". ");
                    said.push_str(text);
                }
            }
            said => *said = Some(text.to_owned()),
        }
        self.has_rows_below = false;
    }

    /// Whether it is short enough to say what a tool is for.
    pub(super) fn is_short(&self) -> bool {
        self.said.as_ref().is_none_or(|said| said.len() <= MAX_SAID)
    }
}

/// A title without the visitors that it is about: “Necessary cookies (all site visitors)”.
fn without_audience(title: &str) -> &str {
    let inside = title.strip_suffix(')').and_then(|title| title.rsplit_once(" ("));
    let is_audience = |of: &str| fold(of).split(' ').all(|word| VISITORS.split_whitespace().any(|known| known == word));
    inside.filter(|(_, of)| is_audience(of)).map_or(title, |(title, _)| title)
}

/// Visitors, in parentheses behind a kind.
const VISITORS: &str = "all site visitors users customers members logged in registered guests additional for tous les \
    visiteurs utilisateurs clients connectes alle besucher nutzer kunden angemeldete todos los visitantes usuarios \
    clientes registrados bezoekers gebruikers klanten ingelogde tutti i visitatori utenti clienti registrati";

/// The label of a switch is the title of its description, and of what stands beside that in one container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// It is no label.
    No,
    /// Nothing stands below it yet.
    Bare,
    /// A description does.
    Described,
    /// As many containers have ended since then.
    Left(u8),
}

/// How many containers around a label and its description end before what stands beside them begins.
const MAX_AROUND: u8 = 2;

impl Label {
    /// A container ends that it is in. Returns whether it is no title any more.
    pub(super) fn leaves(&mut self) -> bool {
        *self = match *self {
            Self::Described => Self::Left(1),
            Self::Left(count) => Self::Left(count + 1),
            Self::No | Self::Bare => return false,
        };
        matches!(self, Self::Left(count) if *count > MAX_AROUND)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Title {
    /// 1 to 6 for headings. A title replaces those of the same rank and of larger ones.
    pub(super) rank: u8,
    /// The number of containers around it.
    pub(super) depth: usize,
    pub(super) text: String,
    /// What it says of consent.
    pub(super) standing: Standing,
    /// Whether it says nothing of a purpose, a service or a kind.
    pub(super) is_neutral: bool,
    /// Whether it is surely a title: a link may lead elsewhere, and one of several labels may be a menu's.
    pub(super) is_sure: bool,
    pub(super) label: Label,
    /// The depth of the container within which another title replaces it.
    pub(super) replaced_within: Option<usize>,
    pub(super) content: Content,
    pub(super) described: Description,
    /// What was said under it that speaks against an exemption.
    pub(super) against: Option<String>,
    /// Whether it was said under it that no consent is needed.
    pub(super) claims_free: bool,
}

impl Title {
    pub(super) fn new(rank: u8, depth: usize, text: &str) -> Self {
        let text = without_audience(text.trim().trim_end_matches([':', ' ']));
        let (said, _) = categories::without_free_clauses(text);
        let said = without_always_on(&said);
        let standing = match categories::read(text) {
            // “Required fields” is not about cookies.
            Standing::Exempt if !is_about_cookies(text) && !is_activity(text) && !is_understood(&said) => {
                Standing::Contradictory
            }
            standing => standing,
        };
        let is_neutral = is_neutral(text);
        let text: String = text.chars().take(300).collect();
        Self {
            rank,
            depth,
            text,
            standing,
            is_neutral,
            is_sure: true,
            label: Label::No,
            replaced_within: None,
            content: Content::Nothing,
            described: Description::default(),
            against: None,
            claims_free: false,
        }
    }

    pub(super) fn own(text: &str) -> Self {
        Self::new(OWN, 0, text)
    }

    /// Whether it may stand between an exempt title and its rows.
    pub(super) fn is_understood(&self) -> bool {
        match self.standing {
            Standing::Exempt | Standing::Ambiguous(Purpose::FirstParty) => true,
            Standing::Ambiguous(_) | Standing::Silent => self.is_neutral || evidence::names_exempt_purpose(&self.text),
            Standing::Gated(_) | Standing::Contradictory => false,
        }
    }

    /// Whether it is the title of a page, or of all its cookies.
    pub(super) fn is_of_page(&self) -> bool {
        is_about_cookies(&self.text) && (self.rank == 1 || neutral::is_of_page(&self.text))
    }

    /// Whether it names cookies that may be exempt, and the sentence below it may say so.
    pub(super) fn may_be_freed(&self) -> bool {
        let is_open = match self.standing {
            Standing::Ambiguous(purpose) => matches!(purpose, Purpose::Functional | Purpose::FirstParty),
            Standing::Silent => self.rank > 1 && !evidence::is_suspect(&self.text),
            _ => false,
        };
        is_about_cookies(&self.text) && is_open
    }

    /// Whether it is “Functional”, and nothing else.
    pub(super) fn is_functional(&self) -> bool {
        self.standing == Standing::Ambiguous(Purpose::Functional)
            && categories::names_functional(&fold(&self.text))
            && is_understood(&self.text)
    }

    /// Whether it names functional cookies, whatever else it calls them: “Technical or functional cookies”.
    pub(super) fn names_functional(&self) -> bool {
        is_about_cookies(&self.text)
            && categories::names_functional(&fold(&self.text))
            && !matches!(self.standing, Standing::Gated(_))
    }

    /// Whether it says of what stands below it that consent is needed, or both.
    pub(super) fn needs_consent(&self) -> bool {
        matches!(self.standing, Standing::Gated(_) | Standing::Contradictory)
    }

    pub(super) fn purpose(&self) -> Option<Purpose> {
        match self.standing {
            Standing::Ambiguous(purpose) | Standing::Gated(purpose) => Some(purpose),
            _ => None,
        }
    }
}
