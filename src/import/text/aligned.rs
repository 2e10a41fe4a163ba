//! Tables whose columns are aligned by blanks, below a line of headings.

use crate::import::columns::{Role, role};

/// Where the columns of a table begin, in characters.
///
/// Two blanks or more set cells apart, so a cell may have words. A cell that is longer than its column moves those
/// behind it; a line that is set in goes on with the cells above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns(Vec<usize>);

impl Columns {
    /// The columns, if this line may be their headings: those of names and of another role at least.
    pub(super) fn of(line: &str) -> Option<Self> {
        let cells = set_apart(line);
        let mut roles: Vec<Role> = cells.iter().filter_map(|(_, cell)| role(cell)).map(|(role, _)| role).collect();
        let has_name = roles.contains(&Role::Name);
        roles.sort_unstable();
        roles.dedup();
        let are_short = cells.iter().all(|(_, cell)| cell.split_whitespace().count() <= 4);
        let is_head = has_name && are_short && roles.len() >= 2 && roles.len() * 2 > cells.len();
        is_head.then(|| Self(cells.into_iter().map(|(at, _)| at).collect()))
    }

    /// The cells of a line; the first is empty if the line goes on with those above it. `None` if the line is a text.
    pub(super) fn cells(&self, line: &str) -> Option<Vec<String>> {
        let characters: Vec<char> = line.chars().collect();
        let is_border = |at: &usize| characters.get(at.wrapping_sub(1)).is_none_or(|before| before.is_whitespace());
        let apart = set_apart(line);
        if apart.len() > 1 && !self.0.iter().all(is_border) {
            // A long cell moves those behind it.
            return Some(apart.into_iter().map(|(_, cell)| cell).collect());
        }
        let ends = self.0.iter().skip(1).copied().chain([characters.len()]);
        let cells = self.0.iter().zip(ends).map(|(from, to)| {
            let cell: String = characters.iter().take(to).skip(*from).collect();
            cell.trim().to_owned()
        });
        let cells: Vec<String> = cells.collect();
        let is_set_in = line.starts_with("  ");
        (apart.len() > 1 || is_set_in).then_some(cells).filter(|_| self.0.iter().all(is_border))
    }
}

/// Whether a line only draws a border.
pub(super) fn is_border(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.chars().all(|c| c.is_whitespace() || "-=─━+_".contains(c))
}

/// The texts between two blanks or more, each with its place.
fn set_apart(line: &str) -> Vec<(usize, String)> {
    let mut cells: Vec<(usize, String)> = Vec::new();
    let mut blanks = 2;
    for (at, character) in line.chars().enumerate() {
        if character.is_whitespace() {
            blanks += 1;
            continue;
        }
        match cells.last_mut() {
            Some((_, cell)) if blanks < 2 => {
                cell.extend((blanks > 0).then_some(' '));
                cell.push(character);
            }
            _ => cells.push((at, character.to_string())),
        }
        blanks = 0;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_begin_where_their_headings_do() {
        let columns = Columns::of("Name        Lifetime   Purpose of the cookie").unwrap();
        assert_eq!(
            columns.cells("ok_s        1 year     keeps you logged in").unwrap(),
            ["ok_s", "1 year", "keeps you logged in"]
        );
        assert_eq!(columns.cells("                       until you leave").unwrap(), ["", "", "until you leave"]);
        assert_eq!(columns.cells("a_long_name_1  1 year  login").unwrap(), ["a_long_name_1", "1 year", "login"]);
        assert_eq!(columns.cells("Statistics cookies"), None);
        assert_eq!(Columns::of("The name  and the purpose of every cookie that we set  are here"), None);
    }
}
