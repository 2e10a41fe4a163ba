//! The rows of a table.

use super::{Row, Said};
use crate::import::Refusal;
use crate::import::block::{Rich, Table};
use crate::import::categories::{Standing, read as standing, yes_or_no};
use crate::import::columns::{Layout, Role, is_turned, role};
use crate::import::context::Context;
use crate::import::durations::{self, Duration};
use crate::import::fold::{fold, has_stem};
use crate::import::grid::{Grid, Slot};
use crate::import::names;

/// What is no cookie, by its kind.
const NO_COOKIE: [&str; 8] = [
    "localstorage",
    "local storage",
    "sessionstorage",
    "session storage",
    "indexeddb",
    "pixel",
    "web storage",
    "webstorage",
];
const STORAGE_WORDS: [&str; 4] = ["stockage local", "lokaler speicher", "almacenamiento local", "lokale opslag"];

/// The rows; `None` if the table declares no cookie.
pub(super) fn read(table: &Table, context: &Context, has_legend: bool) -> Result<Option<Vec<Row>>, Refusal> {
    let grid = Grid::of(table)?;
    let grid = if is_turned(&grid) { grid.transposed() } else { grid };
    let Some(layout) = Layout::of(&grid) else { return Ok(None) };
    let caption = table.caption.as_ref().map(Rich::line);
    let mut reader = TableReader {
        grid: &grid,
        layout: &layout,
        context,
        has_legend,
        caption: caption.as_deref(),
        group: None,
        rows: Vec::new(),
    };
    reader.all();
    let rows = reader.rows;
    let about = context.is_about_cookies()
        || layout.column(Role::Lifetime).is_some()
        || caption.is_some_and(|caption| fold(&caption).contains("cookie"))
        || heading_is_about_cookies(&grid, &layout);
    let has_strong = rows.iter().flat_map(|row| &row.names.patterns).any(|pattern| names::is_strong(pattern.text()));
    let has_any = rows.iter().any(|row| {
        !row.names.patterns.is_empty()
            || row.is_stored
            || !row.names.stored.is_empty()
            || !row.names.too_wide.is_empty()
    });
    let declares = has_strong
        || (about
            && (has_any || (heading_is_about_cookies(&grid, &layout) && rows.iter().any(|row| row.names.is_empty()))));
    Ok(declares.then_some(rows))
}

fn heading_is_about_cookies(grid: &Grid, layout: &Layout) -> bool {
    let headings = grid.0.iter().take(layout.first).flatten();
    headings
        .map(|slot| fold(&slot.text.line()))
        .any(|text| has_stem(&text, &["cookie", "traceur", "tracker", "galleta"]))
}

struct TableReader<'a> {
    grid: &'a Grid,
    layout: &'a Layout,
    context: &'a Context,
    has_legend: bool,
    caption: Option<&'a str>,
    /// The heading within the table that the rows stand under.
    group: Option<String>,
    rows: Vec<Row>,
}

impl TableReader<'_> {
    fn all(&mut self) {
        // A line above the headings that spans the table is its caption.
        for row in self.grid.0.iter().take(self.layout.first) {
            if let Some(text) = spanning(row) {
                self.group = Some(text);
            }
        }
        for row in self.grid.0.iter().skip(self.layout.first) {
            if let Some(text) = spanning(row).filter(|text| !is_row(row, text)) {
                self.group = Some(text);
            } else if !self.repeats_headings(row) && row.iter().any(|slot| !slot.text.is_blank()) {
                let row = self.row(row);
                self.rows.push(row);
            }
        }
    }

    fn repeats_headings(&self, row: &[Slot]) -> bool {
        let Some(headings) = self.layout.first.checked_sub(1).and_then(|at| self.grid.0.get(at)) else { return false };
        let texts = |row: &[Slot]| row.iter().map(|slot| fold(&slot.text.line())).collect::<Vec<_>>();
        let roles = row.iter().filter(|slot| slot.is_header && role(&slot.text.line()).is_some()).count();
        texts(row) == texts(headings) || (roles > 1 && roles == row.len())
    }

    fn text(&self, row: &[Slot], role: Role) -> Option<String> {
        let slot = row.get(self.layout.column(role)?)?;
        Some(slot.text.line()).filter(|text| !fold(text).is_empty())
    }

    fn row(&self, row: &[Slot]) -> Row {
        let name = self
            .layout
            .column(Role::Name)
            .and_then(|column| row.get(column))
            .map(|slot| slot.text.clone())
            .unwrap_or_default();
        let names = names::read(&name, self.has_legend);
        let lifetime = self.lifetime(row, names.patterns.len());
        let own: Vec<&str> = self.caption.into_iter().chain(self.group.as_deref()).collect();
        let said = self.said(row);
        let is_stored =
            said.kinds.iter().any(|(text, _, _)| is_storage(text)) || own.iter().any(|text| is_storage(text));
        Row {
            verdict: said.verdict(self.context.verdict(&own)),
            written: name.line(),
            names,
            provider: self.text(row, Role::Provider).or_else(|| self.text(row, Role::Domain)),
            service: self.text(row, Role::Service),
            purpose: self.text(row, Role::Purpose),
            lifetime,
            is_stored,
        }
    }

    fn lifetime(&self, row: &[Slot], names: usize) -> (String, Vec<Duration>) {
        if let Some(slot) = self.layout.column(Role::Lifetime).and_then(|column| row.get(column)) {
            let text = slot.text.plain();
            let all = durations::each(&text, names).unwrap_or_else(|| vec![durations::read(&text)]);
            return (slot.text.line(), all);
        }
        // A kind may say that a cookie ends with the session.
        let session = Duration::Lives("session".to_owned());
        let kinds = self.columns(Role::Kind).filter_map(|column| row.get(column)).map(|slot| slot.text.line());
        let is_session = |text: &String| durations::read(text) == session;
        kinds
            .into_iter()
            .find(is_session)
            .map_or_else(|| (String::new(), vec![Duration::Silent]), |text| (text, vec![session.clone()]))
    }

    fn columns(&self, role: Role) -> impl Iterator<Item = usize> {
        self.layout.roles.iter().enumerate().filter(move |(_, known)| **known == Some(role)).map(|(column, _)| column)
    }

    fn said(&self, row: &[Slot]) -> Said {
        let kinds = self.columns(Role::Kind).filter_map(|column| {
            let text = row.get(column)?.text.line();
            let heading = self.layout.first.checked_sub(1).and_then(|at| self.grid.0.get(at)?.get(column));
            let is_category = heading.is_none_or(|slot| {
                has_stem(&fold(&slot.text.line()), &["categor", "kategor", "classif", "group", "grupp"])
            });
            (!text.is_empty()).then(|| (text.clone(), standing(&text), is_category))
        });
        let answer = |role: Role| self.text(row, role).and_then(|text| yes_or_no(&text));
        let needs_consent = answer(Role::NeedsConsent).or_else(|| answer(Role::IsExempt).map(|exempt| !exempt));
        let purpose = self.text(row, Role::Purpose).filter(|text| text.split_whitespace().count() <= 5);
        Said { kinds: kinds.collect(), needs_consent, purpose: purpose.map(|text| (text.clone(), standing(&text))) }
    }
}

pub(super) fn is_storage(text: &str) -> bool {
    let folded = fold(text);
    let is_cookie = has_stem(&folded, &["cookie", "http$"]);
    (NO_COOKIE.iter().any(|word| folded.contains(word)) || STORAGE_WORDS.iter().any(|word| folded.contains(word)))
        && !is_cookie
}

/// A row with nothing but a name is a row; a text that spans the table is a heading.
fn is_row(row: &[Slot], text: &str) -> bool {
    let is_spanned = row.iter().skip(1).all(|slot| slot.is_continued);
    let is_header = row.iter().any(|slot| slot.is_header && !slot.text.is_blank());
    (!is_spanned || row.len() == 1) && !is_header && (names::is_strong(text) || standing(text) == Standing::Silent)
}

/// The only text of a row.
fn spanning(row: &[Slot]) -> Option<String> {
    let mut texts = row.iter().filter(|slot| !slot.is_continued && !slot.text.is_blank());
    let only = texts.next()?;
    (texts.next().is_none() && row.len() > 1).then(|| only.text.line())
}
