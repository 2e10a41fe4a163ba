//! Finds what each column of a table holds, by its heading or else by its cells.

use super::{Role, is_name_heading, role};
use crate::import::categories::{Standing, read as standing};
use crate::import::durations::{is_duration, says_expires};
use crate::import::fold::fold;
use crate::import::grid::{Grid, Slot};
use crate::import::names;

/// The most words of a category in a column of its own.
const MAX_KIND_WORDS: usize = 3;

/// What the columns of a grid hold, and in which row their cells begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Layout {
    /// One for each column, from the left.
    pub(in crate::import) roles: Vec<Option<Role>>,
    /// The first row below the headings; 0 if there are none.
    pub(in crate::import) first: usize,
}

impl Layout {
    /// The first column with this role.
    pub(in crate::import) fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|known| *known == Some(role))
    }

    /// This layout for a table that continues the last one: it has as many columns, no headings, and names only in the
    /// column of names.
    pub(in crate::import) fn continued(&self, grid: &Grid) -> Option<Self> {
        let name = self.column(Role::Name)?;
        let is_same = grid.width() == self.roles.len() && !(0..grid.0.len()).any(|row| is_heading(grid, row));
        let likely = likeness(grid, 0, name) == 100;
        (is_same && likely).then(|| Self { roles: self.roles.clone(), first: 0 })
    }

    /// What each column is, by headings in the first four rows, else by content; `None` if no column holds names.
    pub(in crate::import) fn of(grid: &Grid) -> Option<Self> {
        let heading = (0..grid.0.len().min(4)).find(|at| is_heading(grid, *at));
        let Some(at) = heading else { return Self::by_content(grid) };
        // Of two rows of headings, the lower one says more.
        let first = (at + 1..grid.0.len())
            .find(|row| {
                !is_heading(grid, *row) || grid.0.get(*row).is_none_or(|row| row.iter().any(|slot| !slot.is_header))
            })
            .unwrap_or(grid.0.len());
        let first = first.max(at + 1);
        let columns = (0..grid.width()).map(|column| {
            (at..first).rev().filter_map(|row| grid.0.get(row)?.get(column)).find_map(|slot| role(&slot.text.line()))
        });
        let columns: Vec<_> = columns.collect();
        let mut layout = Self { roles: columns.iter().map(|found| found.map(|(role, _)| role)).collect(), first };
        layout.choose_name(grid, &columns);
        layout.tell_kinds(grid);
        layout.drop_duplicates();
        layout.find_lifetime(grid);
        let named = layout.column(Role::Name);
        // “Cookie” may head what people call it, and another column hold its name.
        let may_be_title = |column: &usize| {
            strength(grid, first, *column) == 0
                && columns.get(*column).is_some_and(|found| *found != Some((Role::Name, 4)))
        };
        if let Some(column) = named.filter(may_be_title)
            && let Some(by_content) = layout.name_by_content(grid)
        {
            *layout.roles.get_mut(column)? = Some(Role::Service);
            *layout.roles.get_mut(by_content)? = Some(Role::Name);
        } else if named.is_none() {
            let column = layout.name_by_content(grid)?;
            *layout.roles.get_mut(column)? = Some(Role::Name);
        }
        Some(layout)
    }

    /// Of two columns that are headed as purposes, one with categories alone has the kinds.
    fn tell_kinds(&mut self, grid: &Grid) {
        let purposes: Vec<usize> =
            (0..self.roles.len()).filter(|column| self.roles.get(*column) == Some(&Some(Role::Purpose))).collect();
        let is_category = |text: &String| {
            text.split_whitespace().count() <= MAX_KIND_WORDS
                && !matches!(standing(text), Standing::Silent | Standing::Ambiguous(_))
        };
        for column in purposes.iter().copied().filter(|_| purposes.len() > 1) {
            let cells = grid.0.iter().skip(self.first).filter(|row| !is_title(row)).filter_map(|row| row.get(column));
            let mut texts = cells.map(|slot| slot.text.line()).filter(|text| !text.is_empty()).peekable();
            if texts.peek().is_some() && texts.all(|text| is_category(&text)) {
                self.roles.get_mut(column).into_iter().for_each(|role| *role = Some(Role::Kind));
            }
        }
    }

    /// Of several columns that are headed as names, the one whose cells look most like names stays, or the only one that is
    /// headed as the cookie's, if all its cells can be names. The others become services, or kinds.
    fn choose_name(&mut self, grid: &Grid, found: &[Option<(Role, u8)>]) {
        let candidates = found
            .iter()
            .enumerate()
            .filter_map(|(column, found)| Some((column, found.filter(|(role, _)| *role == Role::Name)?.1)));
        let score = |column: usize, sureness: u8| {
            let likeness = likeness(grid, self.first, column);
            (sureness == 4 && likeness == 100, strength(grid, self.first, column), likeness, sureness)
        };
        let best = candidates
            .clone()
            .map(|(column, sureness)| (score(column, sureness), std::cmp::Reverse(column)))
            .max()
            .map(|(_, column)| column.0);
        let others: Vec<usize> = candidates.map(|(column, _)| column).filter(|column| Some(*column) != best).collect();
        for column in others {
            let is_kind = |slot: &Slot| matches!(standing(&slot.text.line()), Standing::Ambiguous(_));
            let all_kinds = grid.0.iter().skip(self.first).filter_map(|row| row.get(column)).all(is_kind);
            if let Some(role) = self.roles.get_mut(column) {
                *role = Some(if all_kinds { Role::Kind } else { Role::Service });
            }
        }
    }

    /// Keeps the first column of each role, and all columns of kinds.
    fn drop_duplicates(&mut self) {
        let mut seen = Vec::new();
        for role in &mut self.roles {
            match role {
                Some(Role::Kind) | None => {}
                Some(known) if seen.contains(known) => *role = Some(Role::Aside),
                Some(known) => seen.push(*known),
            }
        }
    }

    /// If no heading is known for one of lifetimes, a column of which every cell states one has them.
    ///
    /// A cell that says more, a condition for instance, leaves the column as it was, and what it says counts.
    fn find_lifetime(&mut self, grid: &Grid) {
        let first = self.first;
        let states = |column: usize| {
            let texts = grid.0.iter().skip(first).filter(|row| !is_title(row)).filter_map(|row| row.get(column));
            let mut texts = texts.map(|slot| slot.text.line()).filter(|text| !text.is_empty()).peekable();
            texts.peek().is_some()
                && texts.all(|text| {
                    let most = if text.split(' ').next().is_some_and(says_expires) { 8 } else { 4 };
                    text.split_whitespace().count() <= most && is_duration(&text)
                })
        };
        if self.column(Role::Lifetime).is_none() {
            let may_be = |role: &Option<Role>| matches!(role, None | Some(Role::Aside));
            let free = self.roles.iter().enumerate().find(|(column, role)| may_be(role) && states(*column));
            if let Some(role) = free.map(|(column, _)| column).and_then(|column| self.roles.get_mut(column)) {
                *role = Some(Role::Lifetime);
            }
        }
    }

    /// The column with the most cells that are surely names: at least 60 %, or 40 % if 90 % can be read as names.
    fn name_by_content(&self, grid: &Grid) -> Option<usize> {
        let free = (0..grid.width()).filter(|column| {
            self.roles.get(*column).is_none_or(|role| {
                matches!(role, None | Some(Role::Service | Role::Aside | Role::Provider | Role::Kind))
            })
        });
        let best = free
            .map(|column| (strength(grid, self.first, column), column))
            .max_by_key(|(strength, column)| (*strength, std::cmp::Reverse(*column)))?;
        let is_likely = best.0 >= 60 || (best.0 >= 40 && likeness(grid, self.first, best.1) >= 90);
        is_likely.then_some(best.1)
    }

    /// The layout of a table without headings. Of the columns that are neither names, lifetimes nor kinds, the one with
    /// the most words has the purposes.
    fn by_content(grid: &Grid) -> Option<Self> {
        let mut layout = Self { roles: vec![None; grid.width()], first: 0 };
        let name = layout.name_by_content(grid)?;
        *layout.roles.get_mut(name)? = Some(Role::Name);
        let cells = |column: usize| {
            grid.0
                .iter()
                .filter_map(move |row| row.get(column))
                .map(|slot| slot.text.line())
                .filter(|text| !text.is_empty())
        };
        let share = |column: usize, test: &dyn Fn(&str) -> bool| {
            let (count, met) =
                cells(column).fold((0, 0), |(count, met), text| (count + 1, met + usize::from(test(&text))));
            met * 100 / count.max(1)
        };
        for column in (0..grid.width()).filter(|column| *column != name) {
            let is_kind =
                |text: &str| text.split_whitespace().count() <= 4 && !matches!(standing(text), Standing::Silent);
            let role = if share(column, &|text| is_duration(text)) >= 60 {
                Some(Role::Lifetime)
            } else if share(column, &is_kind) >= 80 {
                Some(Role::Kind)
            } else {
                None
            };
            *layout.roles.get_mut(column)? = role;
        }
        let words = |column: &usize| cells(*column).map(|text| text.split_whitespace().count()).sum::<usize>();
        let free: Vec<usize> =
            (0..grid.width()).filter(|column| layout.roles.get(*column).is_some_and(Option::is_none)).collect();
        let longest = free.iter().copied().max_by_key(words);
        for column in free {
            let role = if Some(column) == longest { Role::Purpose } else { Role::Provider };
            *layout.roles.get_mut(column)? = Some(role);
        }
        layout.drop_duplicates();
        Some(layout)
    }
}

/// Whether a row holds headings: none of its cells looks like a name, and it begins with a heading of names, has headings
/// of several roles, or only header cells.
fn is_heading(grid: &Grid, at: usize) -> bool {
    let Some(row) = grid.0.get(at) else { return false };
    let own: Vec<_> = row.iter().filter(|slot| !slot.is_continued && !slot.text.is_blank()).collect();
    let roles: Vec<Role> = own.iter().filter_map(|slot| role(&slot.text.line())).map(|(role, _)| role).collect();
    let is_name = |slot: &&Slot| {
        let line = slot.text.line();
        // A footnote's mark makes no pattern of a heading: `Expires*`.
        let bare = line.trim_end_matches('*');
        let line = if role(bare).is_some() && !names::is_strong(bare) { bare } else { line.as_str() };
        names::is_strong(line) || (line.contains('_') && names::read(&slot.text, false).has_strong())
    };
    let looks_like_data = own.iter().any(is_name);
    let distinct: std::collections::BTreeSet<_> = roles.iter().collect();
    let all_headers = own.len() > 1 && own.iter().all(|slot| slot.is_header);
    let is_first = at == 0 && own.first().is_some_and(|slot| is_name_heading(&slot.text.line()));
    !looks_like_data
        && own.len() > 1
        && (is_first
            || (distinct.contains(&Role::Name) && distinct.len() >= 2)
            || (all_headers && !roles.is_empty())
            || distinct.len() >= 3)
        || (own.len() == 1 && own.iter().all(|slot| slot.is_header) && distinct.contains(&Role::Name) && row.len() == 1)
}

/// The percentage of cells that can be read as names.
fn likeness(grid: &Grid, first: usize, column: usize) -> usize {
    share_of(grid, first, column, |names| !names.patterns.is_empty() && names.unreadable.is_empty())
}

/// The percentage of cells that are surely names.
fn strength(grid: &Grid, first: usize, column: usize) -> usize {
    share_of(grid, first, column, |names| {
        !names.patterns.is_empty() && names.unreadable.is_empty() && names.has_strong()
    })
}

/// Whether one cell spans the row: it is the title of those below it.
fn is_title(row: &[Slot]) -> bool {
    row.len() > 1 && row.iter().skip(1).all(|slot| slot.is_continued)
}

fn share_of(grid: &Grid, first: usize, column: usize, test: impl Fn(&names::Names) -> bool) -> usize {
    let cells = grid
        .0
        .iter()
        .skip(first)
        .filter(|row| !is_title(row))
        .filter_map(|row| row.get(column))
        .filter(|slot| !slot.is_continued && !slot.text.is_blank());
    let (count, met) =
        cells.fold((0, 0), |(count, met), slot| (count + 1, met + usize::from(test(&names::read(&slot.text, false)))));
    met * 100 / count.max(1)
}

/// Whether a table is transposed: its first column holds the headings.
pub(in crate::import) fn is_transposed(grid: &Grid) -> bool {
    let labels: Vec<Role> = grid
        .0
        .iter()
        .filter_map(|row| row.first())
        // `Session cookie (PHPSESSID)` is a cookie, whatever heading it sounds like.
        .filter(|slot| !names::read(&slot.text, false).has_strong())
        .filter_map(|slot| role(&slot.text.line()))
        .map(|(role, _)| role)
        .collect();
    let distinct: std::collections::BTreeSet<_> = labels.iter().collect();
    // A first column with three roles, each text once, holds headings even if a row looks like headings, too.
    let texts: Vec<String> = grid.0.iter().filter_map(|row| row.first()).map(|slot| fold(&slot.text.line())).collect();
    let unique: std::collections::BTreeSet<_> = texts.iter().collect();
    let are_labels = distinct.len() >= 3 && unique.len() == texts.len();
    grid.width() > 1
        && distinct.contains(&Role::Name)
        && distinct.len() >= 2
        && labels.len() * 10 >= grid.0.len() * 6
        && (are_labels || !(0..grid.0.len().min(4)).any(|at| is_heading(grid, at)))
}
