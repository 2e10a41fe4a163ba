//! How pages write the part of a name that differs from visitor to visitor: `<ID>`, `[hash]`, `{n}`, `#`, `XXXX`.

/// Stands for such a part.
pub(super) const JOKER: char = '\u{1}';

const OPEN: [(char, char); 4] = [('<', '>'), ('[', ']'), ('{', '}'), ('(', ')')];

/// The text with each such part as one [`JOKER`]; without counts (`[x4]`), marks of footnotes (`[1]`) and remarks in
/// parentheses. `_pk_ *` is `_pk_*`.
pub(super) fn mark_placeholders(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let behind = rest.get(first.len_utf8()..).unwrap_or_default();
        if let Some((content, after)) = bracketed(first, behind) {
            let before = marked.chars().next_back().unwrap_or(' ');
            match placeholder(first, content, before, after) {
                Inside::Joker => marked.push(JOKER),
                Inside::Remark => marked.push(' '),
                Inside::Nothing => {}
            }
            rest = after;
            continue;
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        match first {
            '#' if marked.ends_with(is_part) => marked.push(JOKER),
            // `%s`, `%d`, `%id%`
            '%' if marked.ends_with(['_', '.', '-']) => {
                marked.push(JOKER);
                rest = behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
                rest = rest.strip_prefix('%').unwrap_or(rest);
                continue;
            }
            ' ' if behind.starts_with('*') && marked.ends_with(['_', '.', '-']) => {}
            '…' if marked.ends_with(['_', '.', '-']) => marked.push(JOKER),
            '.' if behind.starts_with("..") && marked.ends_with(['_', '-']) => {
                marked.push(JOKER);
                rest = behind.trim_start_matches('.');
                continue;
            }
            other => marked.push(other),
        }
        rest = behind;
    }
    crossed_out(&marked)
}

enum Inside {
    Joker,
    Remark,
    Nothing,
}

fn bracketed(open: char, behind: &str) -> Option<(&str, &str)> {
    let (_, close) = OPEN.iter().find(|(known, _)| *known == open)?;
    let (content, after) = behind.split_once(*close)?;
    (content.len() <= 80 && !content.contains(open)).then_some((content, after))
}

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
            Inside::Joker
        }
        // `cookie(s)`
        '(' if is_attached && word.len() <= 2 => Inside::Nothing,
        '(' => Inside::Remark,
        _ if is_attached || goes_on => Inside::Joker,
        '[' => Inside::Remark,
        _ => Inside::Joker,
    }
}

/// `_ga_XXXXXXXXXX`, `_gat_UA-XXXX-Y`, `_hjSession_nnnn`: runs of one letter stand for what is not said.
fn crossed_out(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(crossed_out_word).collect();
    words.join(" ")
}

fn crossed_out_word(word: &str) -> String {
    let is_delimiter = |c: char| "_.-".contains(c);
    let mut parts: Vec<String> = word.split_inclusive(is_delimiter).map(str::to_owned).collect();
    let mut is_crossed = false;
    for (at, part) in parts.iter_mut().enumerate() {
        let body = part.trim_end_matches(is_delimiter).trim_end_matches([',', ';', ':', ')']);
        let is_run =
            body.len() >= 3 && ["x", "X", "n", "N", "0"].iter().any(|letter| body.replace(letter, "").is_empty());
        let is_single = is_crossed && matches!(body, "X" | "x" | "Y" | "y" | "N" | "n" | "XX" | "xx");
        if at > 0 && (is_run || is_single) {
            is_crossed = true;
            *part = part.replacen(body, &JOKER.to_string(), 1);
        }
    }
    parts.concat()
}
