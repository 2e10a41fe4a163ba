//! Text that others wrote, on a terminal: what would move its cursor, or turn or hide letters, is replaced.

/// A text as one line for a terminal, with U+FFFD for each character that could deceive whoever reads it.
pub fn printable(text: &str) -> String {
    replaced(text, char::is_control)
}

/// The same for what a server said: its first 500 characters, so that it cannot fill the log.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 500;
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    printable(text.get(..end).unwrap_or_default())
}

/// [`printable`] for a text of several lines.
pub fn printable_lines(text: &str) -> String {
    replaced(text, |c| c.is_control() && !matches!(c, '\n' | '\t'))
}

fn replaced(text: &str, is_control: fn(char) -> bool) -> String {
    text.chars().map(|c| if is_control(c) || is_deceptive(c) { '\u{fffd}' } else { c }).collect()
}

/// Separators of lines, what is not seen, and what sets the direction of letters (UAX #9).
fn is_deceptive(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_deceives_is_replaced_and_all_else_stays() {
        for odd in ["\u{1b}", "\u{7f}", "\u{9b}", "\u{ad}", "\u{61c}", "\u{200f}", "\u{2028}", "\u{202e}", "\u{feff}"] {
            assert_eq!(printable(&format!("a{odd}b")), "a\u{fffd}b");
            assert_eq!(printable_lines(&format!("a{odd}b")), "a\u{fffd}b");
        }
        assert_eq!(excerpt(&"é\n".repeat(300)), "é\u{fffd}".repeat(250));
        assert_eq!(printable("é ß 名 \u{1f36a}"), "é ß 名 \u{1f36a}");
        assert_eq!(
            (printable("a\n\tb"), printable_lines("a\n\tb")),
            ("a\u{fffd}\u{fffd}b".to_owned(), "a\n\tb".to_owned())
        );
    }
}
