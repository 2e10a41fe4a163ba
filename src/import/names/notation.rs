//! Placeholders: how pages write the part of a name that differs from visitor to visitor, `<ID>`, `[hash]`, `#`, `XXXX`.
//!
//! A placeholder becomes one character, so that `names` can split the text into words before it makes patterns.

/// Stands for a placeholder.
pub(super) const WILDCARD: char = '\u{1}';

const OPEN: [(char, char); 4] = [('<', '>'), ('[', ']'), ('{', '}'), ('(', ')')];

/// The longest text in brackets, in characters.
const MAX_PLACEHOLDER: usize = 80;
/// Words in square brackets that are placeholders behind a small letter, too.
const VARIABLES: [&str; 14] = [
    "id", "hash", "uid", "uuid", "guid", "n", "x", "number", "random", "token", "user id", "site id", "userid",
    "siteid",
];

/// The text with each placeholder as one [`WILDCARD`], and without counts (`[x4]`), marks of footnotes (`[1]`) and remarks
/// in parentheses. `_pk_ *` is `_pk_*`.
pub(super) fn mark_placeholders(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let behind = rest.get(first.len_utf8()..).unwrap_or_default();
        if let Some((content, after)) = bracketed(first, behind) {
            let before = marked.chars().next_back().unwrap_or(' ');
            match placeholder(first, content, before, after) {
                Inside::Wildcard => marked.push(WILDCARD),
                Inside::Remark => marked.push(' '),
                Inside::Name => marked.extend([first, ']']),
                Inside::Nothing => {}
            }
            rest = after;
            continue;
        }
        let is_text_part = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        match first {
            '#' if marked.ends_with(is_text_part) => marked.push(WILDCARD),
            // `#name_#` has a placeholder at both ends.
            '#' if !marked.ends_with(WILDCARD)
                && behind.starts_with(is_text_part)
                && is_marked_at_both_ends(behind) =>
            {
                marked.push(WILDCARD);
            }
            // `###`, `${id}`, and `@AdobeOrg`, which browsers hold as `%40AdobeOrg`.
            '#' if marked.ends_with(WILDCARD) => {}
            '@' if marked.ends_with([WILDCARD, '*']) => {}
            '@' if ends_in_name(&marked) && behind.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                marked.push(WILDCARD);
            }
            '$' if behind.starts_with('{') && marked.ends_with(is_text_part) => {}
            // `%s`, `%d`, `%id%`
            '%' if marked.ends_with(['_', '.', '-']) => {
                marked.push(WILDCARD);
                rest = behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
                rest = rest.strip_prefix('%').unwrap_or(rest);
                continue;
            }
            ' ' if behind.starts_with('*') && marked.ends_with(['_', '.', '-']) => {}
            '…' if marked.ends_with(['_', '.', '-']) => marked.push(WILDCARD),
            '.' if behind.starts_with("..") && marked.ends_with(['_', '-']) => {
                marked.push(WILDCARD);
                rest = behind.trim_start_matches('.');
                continue;
            }
            other => marked.push(other),
        }
        rest = behind;
    }
    mark_runs(&marked)
}

/// Whether a text begins with a word that ends in `#`.
fn is_marked_at_both_ends(text: &str) -> bool {
    text.chars().take(MAX_PLACEHOLDER).take_while(|c| !is_separator(*c)).last() == Some('#')
}

/// Whether the word at the end of a text has an underscore.
fn ends_in_name(text: &str) -> bool {
    text.chars().rev().take(MAX_PLACEHOLDER).take_while(|c| !is_separator(*c)).any(|c| c == '_')
}

fn is_separator(character: char) -> bool {
    matches!(character, ' ' | ',' | ';')
}

/// What a text in brackets is.
enum Inside {
    /// A placeholder.
    Wildcard,
    /// Words about the name.
    Remark,
    /// The key of a PHP array: `sess[user]` stays as it is, and is no name that can be declared.
    Name,
    /// A count or the mark of a footnote.
    Nothing,
}

fn bracketed(open: char, behind: &str) -> Option<(&str, &str)> {
    let (_, close) = OPEN.iter().find(|(known, _)| *known == open)?;
    let (at, _) = behind.char_indices().take(MAX_PLACEHOLDER).find(|(_, c)| c == close)?;
    let (content, after) = (behind.get(..at)?, behind.get(at + close.len_utf8()..)?);
    (!content.contains(open)).then_some((content, after))
}

/// What a text in brackets is, by the bracket, the text, the character before it and what follows.
fn placeholder(open: char, content: &str, before: char, after: &str) -> Inside {
    let word = content.trim().to_lowercase();
    let number = word.trim_start_matches(['x', '×']).trim_start_matches('^');
    let is_count =
        !number.is_empty() && number.trim().bytes().all(|byte| byte.is_ascii_digit()) && number.trim().len() <= 2;
    let is_letter_mark = open == '(' && word.len() == 1;
    let is_attached = !before.is_whitespace() && before != ',' && before != '/';
    let goes_on = after.starts_with(|c: char| c.is_ascii_alphanumeric() || "_.-*".contains(c));
    match open {
        _ if is_count || is_letter_mark => Inside::Nothing,
        '(' if is_attached
            && before != ')'
            && matches!(word.as_str(), "id" | "uid" | "hash" | "n" | "site id" | "user id") =>
        {
            Inside::Wildcard
        }
        // `sid_(identifier)`
        '(' if matches!(before, '_' | '-') && !word.contains(' ') => Inside::Wildcard,
        // `cookie(s)`
        '(' if is_attached && word.len() <= 2 => Inside::Nothing,
        '(' => Inside::Remark,
        '[' if before.is_ascii_lowercase() && !VARIABLES.contains(&word.as_str()) => Inside::Name,
        _ if is_attached || goes_on => Inside::Wildcard,
        '[' => Inside::Remark,
        _ => Inside::Wildcard,
    }
}

/// `_ga_XXXXXXXXXX`, `_gat_UA-XXXX-Y`, `_hjSession_nnnn`: runs of one letter are placeholders.
fn mark_runs(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(mark_runs_in_word).collect();
    words.join(" ")
}

fn mark_runs_in_word(word: &str) -> String {
    let is_delimiter = |c: char| "_.-".contains(c);
    // `TS01xxxxxx`: no delimiter stands before the run.
    let bare = word.trim_end_matches(['x', 'X']);
    if word.len() >= bare.len() + 4 && bare.len() >= 2 && bare.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return format!("{bare}{WILDCARD}");
    }
    let mut parts: Vec<String> = word.split_inclusive(is_delimiter).map(str::to_owned).collect();
    // In `_pk_id.XX.XXXX` the longer run shows that the shorter one is a placeholder.
    let is_long_run =
        |part: &str| part.len() >= 3 && ["x", "X"].iter().any(|letter| part.replace(letter, "").is_empty());
    let mut has_run = word.split(is_delimiter).skip(1).any(is_long_run);
    for (at, part) in parts.iter_mut().enumerate() {
        let body = part.trim_end_matches(is_delimiter).trim_end_matches([',', ';', ':', ')']);
        let is_run =
            body.len() >= 3 && ["x", "X", "n", "N", "0"].iter().any(|letter| body.replace(letter, "").is_empty());
        let is_single = has_run && matches!(body, "X" | "x" | "Y" | "y" | "N" | "n" | "XX" | "xx");
        if at > 0 && (is_run || is_single) {
            has_run = true;
            *part = part.replacen(body, &WILDCARD.to_string(), 1);
        }
    }
    parts.concat()
}

/// `SESS + 32 characters` as `SESS` and a [`WILDCARD`]. `None` if no word behind the plus says that it varies.
pub(super) fn joined_suffix(text: &str) -> Option<String> {
    let (name, suffix) = text.split_once('+')?;
    let folded = crate::import::fold::fold(suffix);
    let is_suffix = folded.split(' ').any(|word| SUFFIXES.iter().any(|stem| word.starts_with(stem)));
    let is_name = !name.trim().is_empty() && !name.trim().contains(char::is_whitespace);
    (is_name && is_suffix && !folded.contains(" and ")).then(|| format!("{}{WILDCARD}", name.trim()))
}

/// Words behind a plus that say that a part varies.
const SUFFIXES: [&str; 17] = [
    "caract", "char", "zeichen", "tekens", "caratter", "hash", "id", "random", "aleatoire", "zufall", "suffix",
    "chiffres", "digits", "ziffern", "number", "numero", "string",
];

/// The name or beginning that a regular expression stands for: `^wpx_.*$` and `^sid$`; `None` if it says more.
pub(super) fn anchored(word: &str) -> Option<String> {
    let body = word.strip_prefix('^')?;
    let body = body.strip_suffix('$').map_or((body, false), |body| (body, true));
    let (literal, is_beginning) = match body {
        (body, true) => body.strip_suffix(".*").map_or((body, false), |body| (body, true)),
        (body, false) => (body.strip_suffix(".*").unwrap_or(body), true),
    };
    let is_literal =
        !literal.is_empty() && literal.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    is_literal.then(|| if is_beginning { format!("{literal}{WILDCARD}") } else { literal.to_owned() })
}
