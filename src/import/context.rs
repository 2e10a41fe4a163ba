//! Under which headings a table or a list stands, and what they say together.

use super::block::{Block, Rich};
use super::categories::{self, Purpose, Standing};
use super::fold::{fold, has_stem};
use super::rows::{NOTHING_SAID, Need, UNCLEAR, Verdict};

/// A bold line, or the bold beginning of a paragraph.
const LEAD: u8 = Block::SUMMARY + 1;
/// A short line without an end.
const LINE: u8 = LEAD + 1;
/// An item above the items that it stands for.
const ITEM: u8 = LINE + 1;

const COOKIE: [&str; 5] = ["cookie", "traceur", "tracker", "galleta", "witness"];

#[derive(Clone, Debug)]
struct Section {
    level: u8,
    text: String,
    standing: Standing,
}

/// The headings above the place that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    sections: Vec<Section>,
    /// Whether a table or a list came since the last heading.
    has_rows: bool,
    /// What was said since then that speaks of a purpose that needs consent.
    gating: Option<String>,
}

impl Context {
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        self.push(level, text);
    }

    /// An item that is the heading of those below it.
    pub(super) fn item(&mut self, text: &str) {
        self.push(ITEM, text);
    }

    pub(super) fn end_items(&mut self) {
        self.sections.retain(|section| section.level < ITEM);
    }

    /// A table or a list was read.
    pub(super) fn table(&mut self) {
        self.has_rows = true;
    }

    /// A paragraph may be a heading in all but its element.
    pub(super) fn paragraph(&mut self, text: &Rich) {
        let line = text.line();
        if let Some((lead, rest)) = text.lead().filter(|(lead, rest)| is_lead(lead, rest)) {
            let is_whole = rest.trim_matches([':', ' ', '.']).is_empty();
            if is_whole || categories::read(&lead) != Standing::Silent || is_about_cookies(&lead) {
                self.push(LEAD, &lead);
                return;
            }
        }
        let is_one_line = !text.plain().contains('\n');
        let is_short = line.chars().count() <= 120 && !line.ends_with(['.', '!', '?', '…']);
        let is_title = is_about_cookies(&line) || line.split_whitespace().count() <= 6;
        if is_one_line && is_short && is_title && categories::read(&line) != Standing::Silent {
            self.push(LINE, &line);
        } else if categories::is_gating(&line) {
            self.gating = Some(line);
        }
    }

    fn push(&mut self, level: u8, text: &str) {
        self.sections.retain(|section| section.level < level);
        let text = text.trim().trim_end_matches([':', ' ']).to_owned();
        let standing = categories::read(&text);
        self.sections.push(Section { level, text, standing });
        (self.has_rows, self.gating) = (false, None);
    }

    /// Whether any heading speaks of cookies.
    pub(super) fn is_about_cookies(&self) -> bool {
        self.sections.iter().any(|section| is_about_cookies(&section.text))
    }

    /// What the headings say of a row. `own`: headings that belong to its table, the innermost last.
    pub(super) fn verdict(&self, own: &[&str]) -> Verdict {
        let own = own.iter().map(|text| {
            let text = text.trim().trim_end_matches([':', ' ']);
            Section { level: u8::MAX, text: text.to_owned(), standing: categories::read(text) }
        });
        let sections: Vec<Section> = self.sections.iter().cloned().chain(own).collect();
        let mut softened: Option<&Section> = None;
        for (at, section) in sections.iter().enumerate().rev() {
            let above = sections.get(..at).unwrap_or_default();
            match section.standing {
                Standing::Exempt => return self.exempt(section, softened, above),
                Standing::Gated(purpose) => return named(Need::Required, section, Some(purpose)),
                Standing::Contradictory => return doubtful(section, "is not clearly exempt", None),
                Standing::Ambiguous(_) if softened.is_none() => softened = Some(section),
                Standing::Ambiguous(_) | Standing::Silent => {}
            }
        }
        match softened {
            Some(section) => doubtful(section, UNCLEAR, purpose(section)),
            None => Verdict { need: Need::Doubtful(NOTHING_SAID.to_owned()), title: title(&sections), purpose: None },
        }
    }

    /// An exempt heading holds unless something nearer makes it doubtful.
    fn exempt(&self, section: &Section, softened: Option<&Section>, above: &[Section]) -> Verdict {
        if let Some(nearer) = softened.filter(|nearer| is_other_kind(nearer)) {
            return doubtful(
                nearer,
                &format!("stands under “{}”, and is not clearly exempt", section.text),
                purpose(nearer),
            );
        }
        let gated = above.last().filter(|above| above.level > 1 && matches!(above.standing, Standing::Gated(_)));
        if let Some(gated) = gated {
            return doubtful(gated, &format!("is the heading above “{}”", section.text), purpose(gated));
        }
        match &self.gating {
            Some(sentence) if self.has_rows => {
                let sentence: String = sentence.chars().take(80).collect();
                doubtful(section, &format!("is exempt, and then the page says “{sentence}”"), None)
            }
            _ => named(Need::Exempt, section, None),
        }
    }
}

/// Whether a kind of cookies under an exempt heading may be another one.
fn is_other_kind(section: &Section) -> bool {
    match section.standing {
        Standing::Ambiguous(Purpose::Other | Purpose::ThirdParty) => true,
        Standing::Ambiguous(_) => {
            has_stem(&fold(&section.text), &["function", "fonction", "funktion", "functione", "funcional", "funzional"])
        }
        _ => false,
    }
}

fn purpose(section: &Section) -> Option<Purpose> {
    match section.standing {
        Standing::Ambiguous(purpose) | Standing::Gated(purpose) => Some(purpose),
        _ => None,
    }
}

fn named(need: Need, section: &Section, purpose: Option<Purpose>) -> Verdict {
    Verdict { need, title: Some(section.text.clone()), purpose }
}

fn doubtful(section: &Section, why: &str, purpose: Option<Purpose>) -> Verdict {
    named(Need::Doubtful(format!("“{}” {why}", section.text)), section, purpose)
}

/// A heading that names a kind of cookies rather than the page.
fn title(sections: &[Section]) -> Option<String> {
    let is_page = |text: &str| {
        has_stem(
            &fold(text),
            &[
                "polic",
                "politi",
                "charte",
                "richtlinie",
                "gestion",
                "informativa",
                "beleid",
                "verklaring",
                "declara",
                "erklarung",
                "liste",
                "list$",
                "overzicht",
                "ubersicht",
                "elenco",
                "what$",
                "which$",
                "how$",
                "quel",
                "qu$",
                "was$",
                "welche",
                "que$",
                "wat$",
                "cosa$",
                "comment$",
                "wie$",
            ],
        )
    };
    let nearest = sections.iter().rev().find(|section| section.level > 1 && is_about_cookies(&section.text))?;
    (!is_page(&nearest.text) && nearest.text.split_whitespace().count() <= 8 && fold(&nearest.text).contains(' '))
        .then(|| nearest.text.clone())
}

fn is_about_cookies(text: &str) -> bool {
    fold(text).split(' ').any(|word| COOKIE.iter().any(|stem| word.contains(stem)))
}

/// Whether the bold beginning of a paragraph stands for itself.
fn is_lead(lead: &str, rest: &str) -> bool {
    let is_closed = lead.ends_with([':', '.']) || rest.is_empty() || rest.starts_with([':', '.', '-', '–', '—', '(']);
    is_closed && lead.split_whitespace().count() <= 25
}
