//! Tables whose cells are separated by semicolons or commas, as a spreadsheet writes them.
//!
//! Only a line that looks like headings begins one: prose has commas, too.

use crate::import::columns::{Role, role};

/// The separator of a table, if this line may be its headings: those of names and of two other roles at least.
pub(super) fn separator(line: &str) -> Option<char> {
    [';', ','].into_iter().find(|separator| {
        let cells = cells(line, *separator);
        let mut roles: Vec<Role> = cells.iter().filter_map(|cell| role(cell)).map(|(role, _)| role).collect();
        let has_name = roles.contains(&Role::Name);
        roles.sort_unstable();
        roles.dedup();
        let are_short = cells.iter().all(|cell| cell.split_whitespace().count() <= 4);
        has_name && are_short && roles.len() >= 3 && roles.len() * 2 > cells.len()
    })
}

/// The cells of a line (RFC 4180, but for line breaks within quotes).
pub(super) fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut characters = line.trim_end_matches('\r').chars().peekable();
    while let Some(character) = characters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if is_quoted || cell.trim().is_empty() => is_quoted = !is_quoted,
            other if other == separator && !is_quoted => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_a_cell_together() {
        assert_eq!(cells("a;\"b;\"\"c\"\"\";d", ';'), ["a", "b;\"c\"", "d"]);
        assert_eq!(separator("Nom;Finalité;Durée"), Some(';'));
        assert_eq!(separator("Name,Provider,Purpose,Expiry"), Some(','));
        assert_eq!(separator("The name, the purpose and the duration of each cookie, and more, are below"), None);
    }
}
