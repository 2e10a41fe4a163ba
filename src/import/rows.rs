//! The rows that a page declares, wherever they stand: in tables, lists, definitions, cards of labels and values.

mod list;
mod record;
mod table;

use super::Refusal;
use super::block::{Block, Page, Rich};
use super::categories::{Purpose, Standing};
use super::context::Context;
use super::durations::Duration;
use super::names::Names;
use list::ListRun;
use record::Records;

/// One declaration of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) names: Names,
    /// What stands where the name belongs.
    pub(super) written: String,
    pub(super) verdict: Verdict,
    pub(super) provider: Option<String>,
    pub(super) service: Option<String>,
    pub(super) purpose: Option<String>,
    /// What is said of the lifetime, and what it comes to: once, or for each name.
    pub(super) lifetime: (String, Vec<Duration>),
    /// Kept in the browser's storage, or a pixel: no cookie.
    pub(super) is_stored: bool,
}

/// Under which category a row stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) need: Need,
    /// What the page calls the category.
    pub(super) title: Option<String>,
    pub(super) purpose: Option<Purpose>,
}

/// What the page says of consent.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Need {
    Exempt,
    Required,
    /// It is not clearly exempt, for this reason: it needs consent until a person decides.
    Doubtful(String),
}

/// What was found on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) rows: Vec<Row>,
    /// Tables that declare no cookie.
    pub(super) other_tables: usize,
    /// Whether the page names cookies in sentences alone.
    pub(super) has_prose: bool,
}

/// All rows of a page, in its order.
///
/// # Errors
/// A table that is larger than anybody's.
pub(super) fn read(page: &Page) -> Result<Found, Refusal> {
    let has_legend = page.blocks.iter().filter_map(Block::text).any(|text| is_legend(&text.line()));
    let mut reader = PageReader { has_legend, ..PageReader::default() };
    for block in &page.blocks {
        reader.block(block)?;
    }
    reader.end_runs();
    Ok(reader.found)
}

/// `* These cookies are set only if …`
fn is_legend(text: &str) -> bool {
    text.strip_prefix('*').is_some_and(|rest| rest.trim_start_matches('*').split_whitespace().count() > 2)
}

#[derive(Default)]
struct PageReader {
    found: Found,
    context: Context,
    has_legend: bool,
    list: ListRun,
    records: Records,
}

impl PageReader {
    fn block(&mut self, block: &Block) -> Result<(), Refusal> {
        if let Some(text) = block.text()
            && !matches!(block, Block::Heading { .. })
            && self.records.take(block, text)
        {
            self.list.end(&mut self.context, &mut self.found.rows);
            return Ok(());
        }
        self.records.end(&self.context, &mut self.found.rows);
        if matches!(block, Block::Item(_) | Block::Term(_) | Block::Definition(_)) {
            self.list.take(block);
            return Ok(());
        }
        self.list.end(&mut self.context, &mut self.found.rows);
        match block {
            Block::Heading { level, text } => self.context.heading(*level, &text.line()),
            Block::Paragraph(text) => self.paragraph(text),
            Block::Table(table) => {
                let rows = table::read(table, &self.context, self.has_legend)?;
                match rows {
                    Some(rows) => self.found.rows.extend(rows),
                    None => self.found.other_tables += 1,
                }
                self.context.table();
            }
            Block::Item(_) | Block::Term(_) | Block::Definition(_) => {}
        }
        Ok(())
    }

    fn paragraph(&mut self, text: &Rich) {
        self.found.has_prose |=
            super::fold::has_stem(&super::fold::fold(&text.line()), &["cookie", "traceur", "tracker", "galleta"]);
        self.found.rows.extend(list::labelled(text, &self.context));
        self.context.paragraph(text);
    }

    fn end_runs(&mut self) {
        self.records.end(&self.context, &mut self.found.rows);
        self.list.end(&mut self.context, &mut self.found.rows);
    }
}

/// What the cells of a row say of its category, beside the headings above it.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The text of a category's cell and what it says, and whether the column is one of categories rather than of kinds.
    pub(super) kinds: Vec<(String, Standing, bool)>,
    /// Whether consent is needed.
    pub(super) needs_consent: Option<bool>,
    /// A purpose that says no more than a category would.
    pub(super) purpose: Option<(String, Standing)>,
}

impl Said {
    /// The verdict of the headings, with what the row itself says. Of the two the stricter holds.
    pub(super) fn verdict(&self, headings: Verdict) -> Verdict {
        let mut verdict = headings;
        for (text, standing, is_category) in &self.kinds {
            verdict = combine(verdict, text, *standing, *is_category);
        }
        let says_enough =
            |(_, standing): &&(String, Standing)| matches!(standing, Standing::Exempt | Standing::Gated(_));
        if let Some((text, standing)) = self.purpose.as_ref().filter(says_enough)
            && is_open(&verdict)
        {
            verdict = combine(verdict, text, *standing, true);
        }
        match (self.needs_consent, &verdict.need) {
            (Some(true), Need::Exempt | Need::Doubtful(_)) => Verdict { need: Need::Required, ..verdict },
            (Some(false), Need::Required) => Verdict {
                need: Need::Doubtful("its row says that no consent is needed, its heading says otherwise".to_owned()),
                ..verdict
            },
            (Some(false), Need::Doubtful(_)) if is_open(&verdict) => Verdict { need: Need::Exempt, ..verdict },
            _ => verdict,
        }
    }
}

/// Whether nothing above the row says anything of consent.
fn is_open(verdict: &Verdict) -> bool {
    matches!(&verdict.need, Need::Doubtful(reason) if reason == NOTHING_SAID || reason.ends_with(UNCLEAR))
}

pub(super) const NOTHING_SAID: &str = "the page does not say whether consent is needed";
pub(super) const UNCLEAR: &str = "does not say whether consent is needed";

fn combine(verdict: Verdict, text: &str, standing: Standing, is_category: bool) -> Verdict {
    let named = |need: Need, purpose: Option<Purpose>| Verdict { need, title: Some(text.to_owned()), purpose };
    let is_open = is_open(&verdict);
    match (standing, &verdict.need) {
        (Standing::Exempt, _) if is_open => named(Need::Exempt, None),
        (Standing::Gated(purpose), _) if is_open => named(Need::Required, Some(purpose)),
        (Standing::Ambiguous(purpose), Need::Doubtful(_)) if is_open && is_category => {
            named(Need::Doubtful(format!("“{text}” {UNCLEAR}")), Some(purpose))
        }
        (Standing::Gated(_) | Standing::Contradictory, Need::Exempt) => {
            let reason = format!("its heading is exempt, and its row says “{text}”");
            Verdict { need: Need::Doubtful(reason), ..verdict }
        }
        (Standing::Contradictory, _) if is_open => {
            named(Need::Doubtful(format!("“{text}” is not clearly exempt")), None)
        }
        (Standing::Ambiguous(Purpose::Functional | Purpose::Other), Need::Exempt) if is_category => {
            let reason = format!("its heading is exempt, and its row says “{text}”");
            Verdict { need: Need::Doubtful(reason), ..verdict }
        }
        _ => verdict,
    }
}
