//! The rows of a table.
//!
//! `grid` lays the cells out and `columns` says what each column is; here a row becomes a declaration.

use super::Row;
use super::answer::Answer;
use super::details::Details;
use super::field::fields;
use super::provider::is_provider;
use super::row_consent::RowConsent;
use super::storage::{is_html, is_storage_title, is_store, is_stored_kind, is_titled, says_stored};
use crate::import::Refusal;
use crate::import::block::{Rich, Table};
use crate::import::categories::{self, Standing, read as standing};
use crate::import::columns::{Layout, Role, is_transposed, role};
use crate::import::durations::{self, Duration};
use crate::import::evidence;
use crate::import::fold::{fold, has_stem};
use crate::import::grid::{Grid, Slot};
use crate::import::names;
use crate::import::sections::{Sections, is_about_cookies};

/// The most words of a title within a table.
const MAX_GROUP_WORDS: usize = 3;

/// The rows; `None` if the table declares no cookie. `last` is the layout of the table before, which one without headings
/// may continue.
///
/// # Errors
/// Those of [`Grid::of`].
pub(super) fn read(
    table: &Table,
    sections: &Sections,
    has_legend: bool,
    last: &mut Option<Layout>,
) -> Result<Option<Vec<Row>>, Refusal> {
    let grid = Grid::of(table)?;
    let grid = if is_transposed(&grid) { grid.transposed() } else { grid };
    let own = Layout::of(&grid);
    let has_headings = own.is_some();
    let Some(layout) = own.or_else(|| last.as_ref().and_then(|last| last.continued(&grid))) else { return Ok(None) };
    let caption = table.caption.as_ref().map(Rich::line);
    let mut reader = TableReader {
        grid: &grid,
        layout: &layout,
        sections,
        has_legend,
        caption: caption.as_deref(),
        group: None,
        of_group: None,
        is_all_html: is_all_html(&grid, &layout),
        rows: Vec::new(),
    };
    reader.all();
    let rows = reader.rows;
    let about = sections.is_about_cookies()
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
    let has_stored = rows.iter().any(|row| row.is_stored && !row.names.is_empty());
    let declares = has_strong
        || has_stored
        || (about
            && has_headings
            && (has_any || (heading_is_about_cookies(&grid, &layout) && rows.iter().any(|row| row.names.is_empty()))));
    if declares {
        *last = Some(layout);
    }
    Ok(declares.then_some(rows))
}

fn is_all_html(grid: &Grid, layout: &Layout) -> bool {
    let Some(column) = layout.column(Role::Kind) else { return false };
    let cells =
        grid.0.iter().skip(layout.first).filter(|row| spanning(row).is_none()).filter_map(|row| row.get(column));
    let mut kinds = cells.map(|slot| slot.text.line()).filter(|text| !text.is_empty());
    kinds.all(|text| is_html(&text))
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
    sections: &'a Sections,
    has_legend: bool,
    caption: Option<&'a str>,
    /// The heading within the table that holds for the next rows.
    group: Option<String>,
    /// What a line about who sets the next cookies says against an exemption.
    of_group: Option<String>,
    /// Whether each row's kind is `HTML`, which then tells nothing.
    is_all_html: bool,
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
        let are_descriptions = self.has_descriptions_below();
        for row in self.grid.0.iter().skip(self.layout.first) {
            if let Some(text) = spanning(row).filter(|text| !is_row(row, text)) {
                self.below(&text, are_descriptions);
            } else if !self.repeats_headings(row) && row.iter().any(|slot| !slot.text.is_blank()) {
                let row = self.row(row);
                self.rows.push(row);
            }
        }
    }

    /// Whether the table has no column of purposes, and below each row one that has a single text.
    fn has_descriptions_below(&self) -> bool {
        let rows = self.grid.0.iter().skip(self.layout.first);
        let mut are_texts = rows.map(|row| spanning(row).is_some_and(|text| !is_row(row, &text)));
        self.layout.column(Role::Purpose).is_none()
            && self.grid.0.len() > self.layout.first
            && std::iter::from_fn(|| Some((are_texts.next()?, are_texts.next())))
                .all(|pair| pair == (false, Some(true)))
    }

    /// A row with a single text describes the one above it, or is the title of those below it.
    fn below(&mut self, text: &str, is_description: bool) {
        let last = self.rows.last_mut().filter(|row| row.purpose.is_none());
        if let Some(row) = last {
            let mut details = Details::default();
            details.take(&Rich::from(text));
            let mut consent = RowConsent::default();
            details.object(&mut consent, &self.sections.footnotes);
            // A text below the first rows is hardly a title if they have none.
            let is_no_title = text.split_whitespace().count() > MAX_GROUP_WORDS || self.group.is_none();
            if is_description || (is_no_title && !is_about_cookies(text)) {
                row.against = row.against.take().or(consent.against);
            }
            if is_description {
                row.purpose = details.purpose();
                return;
            }
        }
        // “Application: our own” below the title of a category is about who sets the cookies.
        let is_provider = fields(&Rich::from(text)).is_some_and(|fields| {
            fields.iter().all(|(role, _)| matches!(role, Role::Provider | Role::Service | Role::Domain))
        });
        if is_provider && self.group.is_some() {
            self.of_group = Some(text).filter(|text| !names_the_site(text)).map(str::to_owned);
            return;
        }
        (self.group, self.of_group) = (Some(text.to_owned()), None);
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
        let lifetime = self.lifetime(row, &names);
        let mut consent = self.consent(row);
        if let Some(against) = evidence::of_cell(&names::beside(&name.line(), &names)) {
            consent.object(&against);
        }
        let is_stored = self.is_stored(row, &consent);
        Row {
            category: consent.category(self.sections),
            written: name.line(),
            names,
            provider: self
                .text(row, Role::Provider)
                .or_else(|| self.text(row, Role::Domain))
                .or_else(|| self.caption.filter(|caption| is_provider(caption)).map(str::to_owned)),
            service: self.text(row, Role::Service),
            purpose: self.text(row, Role::Purpose),
            lifetime,
            is_stored,
            against: consent.against,
        }
    }

    /// Whether a row is no cookie, by its titles, its columns or any of its cells.
    fn is_stored(&self, row: &[Slot], consent: &RowConsent) -> bool {
        let mut kinds = self.columns(Role::Kind).filter_map(|column| row.get(column));
        let name = self.layout.column(Role::Name);
        let mut others = row.iter().enumerate().filter(|(column, _)| Some(*column) != name);
        consent.titles.iter().any(|text| is_storage_title(text))
            || is_titled(self.sections)
            || name.and_then(|column| self.heading(column)).is_some_and(|heading| is_storage_title(&heading))
            || kinds.any(|slot| is_stored_kind(&slot.text.line()) && !(self.is_all_html && is_html(&slot.text.line())))
            || others.any(|(_, slot)| is_store(&slot.text.line()))
            || [Role::Purpose, Role::Lifetime]
                .into_iter()
                .filter_map(|role| self.text(row, role))
                .any(|text| says_stored(&text))
    }

    fn lifetime(&self, row: &[Slot], names: &names::Names) -> (String, Vec<Duration>) {
        if let Some(slot) = self.layout.column(Role::Lifetime).and_then(|column| row.get(column)) {
            let text = slot.text.plain();
            let all = durations::of_names(&text, &names.texts());
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

    /// What the heading of a column says.
    fn heading(&self, column: usize) -> Option<String> {
        let above = self.layout.first.checked_sub(1)?;
        self.grid.0.get(above)?.get(column).map(|slot| slot.text.line())
    }

    fn consent(&self, row: &[Slot]) -> RowConsent {
        let mut consent = RowConsent { purpose: self.text(row, Role::Purpose), ..RowConsent::default() };
        consent.titles.extend(self.caption.filter(|caption| !is_provider(caption)).map(str::to_owned));
        let name_heading = self.layout.column(Role::Name).and_then(|column| self.heading(column));
        let is_kind = |heading: &String| standing(heading) != Standing::Silent && is_about_cookies(heading);
        consent.titles.extend(name_heading.filter(is_kind));
        consent.titles.extend(self.group.clone());
        self.of_group.iter().for_each(|against| consent.object(against));
        for (column, slot) in row.iter().enumerate() {
            let text = slot.text.line();
            let is_repeated = slot.is_continued && self.layout.roles.get(column).is_none_or(Option::is_none);
            if text.is_empty() || is_repeated {
                continue;
            }
            if slot.text.is_hidden() {
                consent.object("(the row is hidden)");
            }
            if let Some(against) = self.sections.footnotes.against(&slot.text) {
                consent.object(against);
            }
            if self.layout.roles.get(column) == Some(&Some(Role::Purpose))
                && let Some(kind) = category_in_front(&slot.text)
            {
                consent.kind_in_front(&kind);
            }
            self.cell(&mut consent, column, &text);
        }
        consent
    }

    /// What one cell says of consent.
    fn cell(&self, consent: &mut RowConsent, column: usize, text: &str) {
        let role = self.layout.roles.get(column).copied().flatten();
        let heading = self.heading(column);
        let against = match role {
            Some(Role::NeedsConsent) => return consent.answer(Answer::read(text), text),
            Some(Role::IsExempt) => {
                let answer = match (Answer::read(text), standing(text)) {
                    (Answer::Unclear, Standing::Exempt) => Answer::Yes,
                    (answer, _) => answer,
                };
                return consent.answer(answer.negated(), text);
            }
            Some(Role::IsOptional) => {
                matches!(Answer::read(text), Answer::Yes | Answer::Unclear).then(|| text.to_owned())
            }
            Some(Role::Basis) => {
                let asks_for_consent = heading.is_some_and(|heading| categories::speaks_of_consent(&fold(&heading)));
                if standing(text) == Standing::Exempt && !asks_for_consent {
                    consent.titles.push(text.to_owned());
                }
                consent.is_by_consent |= evidence::is_by_consent(text);
                evidence::of_basis(text).filter(|_| Answer::read(text) != Answer::No)
            }
            Some(Role::Kind) => {
                let is_category = heading.as_ref().is_none_or(|heading| {
                    has_stem(&fold(heading), &["categor", "kategor", "classif", "group", "grupp"])
                });
                let kind = exempt_part(text).unwrap_or(text);
                if is_category || !matches!(standing(kind), Standing::Ambiguous(_) | Standing::Silent) {
                    consent.titles.push(kind.to_owned());
                }
                evidence::of_cell(text)
            }
            Some(Role::Name) => {
                let folded = fold(text);
                let speaks = categories::needs_consent(&folded) || categories::can_be_refused(&folded);
                (text.contains(' ') && speaks).then(|| text.to_owned())
            }
            Some(Role::Lifetime) => evidence::of_lifetime(text),
            Some(Role::Provider | Role::Domain) => evidence::of_provider(text),
            Some(Role::Service | Role::Purpose | Role::Aside) => evidence::of_cell(text),
            None => {
                let is_marked = heading.is_some_and(|heading| matches!(standing(&heading), Standing::Gated(_)))
                    && Answer::read(text) == Answer::Yes;
                // A column without a role may have the purposes.
                let is_strange =
                    text.split_whitespace().count() > 2 && evidence::of_purpose("", "", text) == evidence::Exempt::No;
                (is_marked || is_strange).then(|| text.to_owned()).or_else(|| evidence::of_basis(text))
            }
        };
        if let Some(against) = against {
            consent.object(&against);
        }
    }
}

/// “Application: our own, of www.example.org. Its cookie policy”: whether a line about who sets the next cookies names the
/// site itself, and nothing else.
fn names_the_site(line: &str) -> bool {
    let value = line.split_once(':').map_or(line, |(_, value)| value);
    let first = value.split(". ").next().unwrap_or(value);
    let is_own = |word: &str| OWN.split_whitespace().any(|own| own == fold(word)) || word.starts_with("www.");
    first.split_whitespace().all(is_own)
}

/// Words of the site itself.
const OWN: &str = "our own the of site website this propia propio de del sitio web este esta propre a au du notre ce eigene \
    unsere diese der die proprio nostro questo sito eigen onze deze van";

/// Words of a kind about the cookie's attributes, and about who sets it.
const FLAGS: &str = "httponly secure samesite lax strict none http only cookie encrypted chiffre verschlusselt cifrado \
    versleuteld crittografato session persistent persistant permanent first party propia propio propre eigene eigen proprio \
    lisible par le navigateur readable by the browser lesbar vom";

/// “HttpOnly; strictly necessary”: the part of a kind that says so, if the others are [`FLAGS`].
fn exempt_part(kind: &str) -> Option<&str> {
    let parts: Vec<&str> = kind.split([';', '·', '|', '•']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let (exempt, others): (Vec<&str>, Vec<&str>) =
        parts.iter().copied().partition(|part| standing(part) == Standing::Exempt);
    let is_flag = |word: &str| FLAGS.split_whitespace().any(|flag| flag == word);
    let are_flags = others.iter().all(|part| fold(part).split(' ').all(is_flag));
    exempt.first().copied().filter(|_| exempt.len() == 1 && !others.is_empty() && are_flags)
}

/// “**Essential.** Keeps you signed in”: the category in front of a purpose.
fn category_in_front(purpose: &Rich) -> Option<String> {
    let (lead, rest) = purpose.lead()?;
    let category = lead.trim_end_matches(['.', ':', ' ']);
    let is_category = category.split_whitespace().count() <= MAX_GROUP_WORDS
        && matches!(standing(category), Standing::Exempt | Standing::Gated(_));
    let is_closed = lead.ends_with(['.', ':']) || rest.starts_with(['.', ':', '–', '—', '-']);
    (is_category && is_closed && !rest.trim_matches(['.', ':', ' ']).is_empty()).then(|| category.to_owned())
}

/// Whether a row with only this text is a declaration: a name in its own cell is one, a text that spans the table is a
/// heading.
fn is_row(row: &[Slot], text: &str) -> bool {
    let is_spanned = row.iter().skip(1).all(|slot| slot.is_continued);
    let is_header = row.iter().any(|slot| slot.is_header && !slot.text.is_blank());
    let is_named = names::is_strong(text) || (is_word(text) && standing(text) == Standing::Silent);
    (!is_spanned || row.len() == 1) && !is_header && is_named
}

/// A single word in small letters may be a name; others are a heading's.
fn is_word(text: &str) -> bool {
    !text.contains(' ') && text.is_ascii() && !text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The text of a row that has only one.
fn spanning(row: &[Slot]) -> Option<String> {
    let mut texts = row.iter().filter(|slot| !slot.is_continued && !slot.text.is_blank());
    let only = texts.next()?;
    (texts.next().is_none() && row.len() > 1).then(|| only.text.line())
}
