//! Reads the names that a cell, an item or a sentence declares.
//!
//! Notations of patterns become patterns. A text that is open-ended, too wide or no name is reported instead.

mod notation;
mod owners;
mod phrases;
#[cfg(test)]
mod tests;
mod words;

use super::block::Rich;
use super::categories::{self, Standing};
use super::durations::is_duration;
use super::fold::{fold, has_phrase};
use super::sections::is_understood;
use super::trackers;
use crate::charter::NamePattern;
use notation::{WILDCARD, anchored, joined_suffix, mark_placeholders};
pub(super) use owners::beside;
use owners::{behind_colon, in_parentheses, with_aliases};
use phrases::{beginning, without_open_end};
use words::{ARTICLES, ENDINGS, JOINERS, KNOWN, NOTHING, STORES, VAGUE};

/// What a text declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// In the order of the text, each once.
    pub(super) patterns: Vec<NamePattern>,
    /// Entries of the browser's storage, which are no cookies.
    pub(super) stored: Vec<String>,
    /// Whether it says that there are more: “and the like”.
    pub(super) is_open_ended: bool,
    /// Patterns that would cover nearly every cookie.
    pub(super) too_wide: Vec<String>,
    /// What may be names, but cannot be read as such.
    pub(super) unreadable: Vec<String>,
    /// Names whose `*` was taken for a footnote's mark.
    pub(super) starred: Vec<String>,
}

/// The most names of one text. A page with as many is refused.
pub(super) const MAX: usize = 1000;

impl Names {
    /// Whether one of the names [`is_strong`].
    pub(super) fn has_strong(&self) -> bool {
        self.patterns.iter().any(|pattern| is_strong(pattern.text()))
    }

    /// The texts of the patterns.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.patterns.iter().map(NamePattern::text).collect()
    }

    /// Whether the text declares nothing, and has nothing unreadable.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The names in a text. If names are marked as code, and nothing else stands beside them, only those are read.
/// `has_legend`: the page has a footnote that begins with `*`.
pub(super) fn read(text: &Rich, has_legend: bool) -> Names {
    let mut names = Names::default();
    let code = text.code();
    let is_all_code = !code.is_empty() && {
        let (before, after) = text.around_code();
        is_filler(&before) && is_filler(&after)
    };
    if is_all_code {
        for piece in &code {
            names.line(piece, has_legend);
        }
    } else {
        let plain = text.plain();
        for line in plain.lines() {
            // `session` below a name is its lifetime.
            if names.patterns.is_empty() || !is_duration(line) {
                names.line(line, has_legend);
            }
        }
        if plain.contains('\n') && names.has_strong() {
            names.set_remarks_apart();
        }
    }
    names
}

/// The names in a text without marks.
pub(super) fn read_plain(text: &str) -> Names {
    read(&Rich::from(text), false)
}

/// Whether a word only introduces the beginning of a name: “beginning with the letter s”.
fn is_introduction(word: &str) -> bool {
    let folded = fold(word);
    ARTICLES.contains(&folded.as_str())
        || [
            "letter", "letters", "lettre", "lettres", "buchstabe", "buchstaben", "letra", "lettera", "string",
            "chaine", "prefix", "prefixe", "prafix", "prefijo", "prefisso",
        ]
        .contains(&folded.as_str())
}

/// “Of”, which is an article, too, in Dutch.
const OF: [&str; 3] = ["de", "di", "of"];

/// Whether a text has only articles, and what joins names.
pub(super) fn is_filler(text: &str) -> bool {
    fold(text).split(' ').all(|word| word.is_empty() || ARTICLES.contains(&word) || JOINERS.contains(&word))
}

impl Names {
    fn line(&mut self, line: &str, has_legend: bool) {
        let folded = fold(line);
        if folded.is_empty() && !line.contains(['*', '#']) || NOTHING.contains(&folded.as_str()) {
            return;
        }
        if has_phrase(&folded, &STORES) || STORES.iter().any(|store| folded.starts_with(store)) {
            self.stored.push(line.to_owned());
        } else if has_phrase(&folded, &ENDINGS) || line.contains("://") {
            self.unreadable.push(line.to_owned());
        } else if let Some(beginning) = beginning(line) {
            self.beginnings(&beginning);
        } else {
            self.list(line, has_legend);
        }
    }

    /// Adds the beginnings of names that a sentence gives.
    fn beginnings(&mut self, text: &str) {
        let known = self.patterns.len();
        for chunk in chunks(&mark_placeholders(text)) {
            // The sentence may go on behind the name.
            let words: Vec<_> =
                chunk.split_whitespace().map(|word| unquoted(word).0).filter(|word| !word.is_empty()).collect();
            let Some(first) = words.iter().find(|word| !is_introduction(word)) else { continue };
            let name = first.trim_end_matches([WILDCARD, '*', '…']).trim_end_matches(',');
            let is_quoted = unquoted(&chunk).1;
            if is_name_token(name) && (self.patterns.len() == known || is_strong(name) || is_quoted) {
                self.add(NamePattern::Prefix(name.to_owned()), text);
            }
        }
        if self.patterns.len() == known && self.too_wide.is_empty() {
            self.unreadable.push(text.trim().to_owned());
        }
    }

    /// A known word on a line of its own beside a name is a remark: `sid_1`, and below it `session`.
    fn set_remarks_apart(&mut self) {
        let is_remark = |pattern: &NamePattern| matches!(pattern, NamePattern::Exact(name) if !is_strong(name) && is_ordinary(name));
        let remarks = self.patterns.extract_if(.., |pattern| is_remark(pattern));
        self.unreadable.extend(remarks.map(|pattern| pattern.text().to_owned()));
    }

    fn list(&mut self, line: &str, has_legend: bool) {
        let line = in_parentheses(line).or_else(|| behind_colon(line)).unwrap_or(line);
        let line = with_aliases(line);
        let line = joined_suffix(&line).unwrap_or_else(|| line.into_owned());
        let marked = mark_placeholders(&line);
        let (text, is_open) = without_open_end(&marked);
        self.is_open_ended |= is_open;
        for chunk in chunks(&text) {
            self.chunk(&chunk, has_legend);
        }
    }

    fn chunk(&mut self, chunk: &str, has_legend: bool) {
        let (text, _) = unquoted(chunk);
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let all = words.clone();
        while words.len() > 1 && words.first().is_some_and(|word| ARTICLES.contains(&fold(word).as_str())) {
            words.remove(0);
        }
        // “Cookie de session” says what a cookie is for.
        let of = all.get(..all.len() - words.len()).unwrap_or_default();
        if of.iter().any(|word| OF.contains(word)) && words.iter().all(|word| !is_strong(unquoted(word).0)) {
            self.unreadable.push(shown(&all.join(" ")));
            return;
        }
        while words.len() > 1 && words.last().is_some_and(|word| ARTICLES.contains(&fold(word).as_str())) {
            words.pop();
        }
        match words.as_slice() {
            [] => {}
            // “Session cookie” names a kind.
            [word] if text.contains(' ') && !is_strong(unquoted(word).0) && is_ordinary(word) => {
                self.unreadable.push(shown(text));
            }
            [word] => self.word(word, has_legend),
            all if all.iter().all(|word| is_strong(unquoted(word).0)) => {
                for word in all {
                    self.word(word, has_legend);
                }
            }
            [name, dash, ..] if matches!(*dash, "-" | "–" | "—" | ":" | "=") && is_name_token(name) => {
                self.word(name, has_legend);
            }
            [name, ..] if name.ends_with(':') && is_name_token(name.trim_end_matches(':')) => {
                self.word(name, has_legend);
            }
            _ => self.unreadable.push(shown(&words.join(" "))),
        }
    }

    fn word(&mut self, word: &str, has_legend: bool) {
        let (name, _) = unquoted(word.trim_end_matches([':', ',', ';', '!']));
        let name = name.trim_end_matches(['†', '‡', '§', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', 'ª', 'º']);
        let name = if name.ends_with('.') && !name.ends_with("..") { name.trim_end_matches('.') } else { name };
        let anchored = anchored(name);
        let name = anchored.as_deref().unwrap_or(name);
        let (name, is_starred) = without_star(name, has_legend);
        let folded = fold(name);
        if NOTHING.contains(&folded.as_str()) || (folded.is_empty() && !name.contains(['*', WILDCARD])) {
            return;
        }
        let is_kind = !is_strong(name) && name.starts_with(|c: char| c.is_ascii_uppercase()) && is_ordinary(name);
        if VAGUE.contains(&folded.as_str()) || !is_name_token(name) || is_kind {
            self.unreadable.push(shown(name));
            return;
        }
        if is_starred {
            self.starred.push(name.to_owned());
        }
        if let Some(pattern) = pattern(name) { self.add(pattern, name) } else { self.unreadable.push(shown(name)) }
    }

    fn add(&mut self, pattern: NamePattern, source: &str) {
        let literal = pattern.text().chars().filter(|c| c.is_alphanumeric()).count();
        let is_exact = matches!(pattern, NamePattern::Exact(_));
        if !is_exact && literal < 2 {
            self.too_wide.push(shown(source));
        } else if self.patterns.len() < MAX && !self.patterns.contains(&pattern) {
            self.patterns.push(pattern);
        }
    }
}

/// The text as the page has it.
fn shown(text: &str) -> String {
    text.replace(WILDCARD, "…")
}

/// The text, split at commas, semicolons, slashes and joining words.
fn chunks(text: &str) -> Vec<String> {
    let mut chunks = vec![String::new()];
    for word in text.replace([',', ';', '|', '•', '/', '\\'], " , ").split_whitespace() {
        let is_border = word == "," || JOINERS.contains(&word.to_lowercase().as_str());
        if is_border {
            chunks.push(String::new());
        } else if let Some(chunk) = chunks.last_mut() {
            if !chunk.is_empty() {
                chunk.push(' ');
            }
            chunk.push_str(word);
        }
    }
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

const QUOTES: [char; 17] = ['"', '\'', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '‛', '`', '´', '″'];

/// The text without quotes around it, and whether it had some.
fn unquoted(text: &str) -> (&str, bool) {
    let text = text.trim();
    let bare = text.trim_end_matches(['.', ',', ';']);
    let inner = bare.trim_matches(|c: char| QUOTES.contains(&c) || c == ' ');
    if bare.len() == inner.len() { (text, false) } else { (inner, true) }
}

/// The name without the mark of a footnote, and whether stars were taken for one.
fn without_star(name: &str, has_legend: bool) -> (&str, bool) {
    let bare = name.trim_end_matches('*');
    match name.len() - bare.len() {
        0 => (name, false),
        _ if bare.is_empty() => (name, false),
        1 if has_legend && bare.ends_with(|c: char| c.is_ascii_alphanumeric()) => (bare, true),
        2 | 3 => (bare, true),
        _ => (name, false),
    }
}

/// Whether a word can be the name of a cookie: ASCII without separators (RFC 6265bis §4.1.1), and neither an address nor a
/// regular expression.
fn is_name_token(name: &str) -> bool {
    let is_token_char = |c: char| c == WILDCARD || (c.is_ascii_graphic() && !"()<>@,;\\\"/[]={}".contains(c));
    let is_address = name.starts_with("www.") || name.starts_with("http") && name.contains(':');
    let is_expression = name.starts_with('^') || name.ends_with('$');
    !name.is_empty() && name.len() <= 256 && name.chars().all(is_token_char) && !is_address && !is_expression
}

/// Whether a word looks like a name and like no ordinary word: `_ga`, `PHPSESSID`, `csrftoken`; not `session`, which may be
/// what a sentence is about.
pub(super) fn is_strong(word: &str) -> bool {
    let word = word.trim_matches(|c: char| ",;:()".contains(c) || QUOTES.contains(&c));
    if !is_name_token(word) || word.len() < 2 {
        return false;
    }
    let mut pairs = word.chars().zip(word.chars().skip(1));
    let is_camel = pairs.any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
    let has_letter = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    // `SERVERID`, `DSPACE-XSRF-COOKIE`; `OPT-OUT` may be a title.
    let is_joined = word.bytes().filter(|byte| *byte == b'-').count() > 1;
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || (is_joined && byte == b'-');
    let is_shouted = word.len() >= 5
        && word.bytes().all(is_capital)
        && (is_joined || !is_label(word))
        && !categories::denies(&fold(word));
    has_letter
        && (word.contains(['_', '*', WILDCARD])
            || is_camel
            || (has_digit && !word.starts_with(|c: char| c.is_ascii_digit()))
            || word.starts_with('.')
            || is_shouted
            || KNOWN.contains(&word)
            || (word.len() > 2 && trackers::owner(&NamePattern::Exact(word.to_owned())).is_some()))
}

/// Whether a word is no product's name either (`JavaScript` [`is_strong`]): it has an underscore, or is known.
pub(super) fn is_sure(word: &str) -> bool {
    word.contains('_')
        || KNOWN.contains(&word)
        || (word.len() > 2 && trackers::owner(&NamePattern::Exact(word.to_owned())).is_some())
}

/// Whether a word says what a cookie is for, and may be meant as a name or not: `session`.
fn is_ordinary(word: &str) -> bool {
    // Banners call a cookie so.
    if matches!(word, "GDPR" | "RGPD" | "DSGVO" | "AVG") {
        return false;
    }
    is_understood(word) || categories::read(word) != Standing::Silent
}

/// A label or a title in capitals: `PURPOSE`, `NECESSARY`; not `SERVERID`.
fn is_label(word: &str) -> bool {
    !word.ends_with("ID") && (is_understood(word) || categories::read(word) != Standing::Silent)
}

/// The pattern that a notation stands for; `None` if a `?` stands beside a placeholder, because it would match any
/// character in a glob.
fn pattern(name: &str) -> Option<NamePattern> {
    if !name.contains(['*', WILDCARD]) {
        return Some(NamePattern::Exact(name.to_owned()));
    }
    let mut glob = String::new();
    for character in name.chars() {
        let character = if character == WILDCARD { '*' } else { character };
        if character != '*' || !glob.ends_with('*') {
            glob.push(character);
        }
    }
    if glob.contains('?') {
        return None;
    }
    let stem = glob.trim_end_matches('*');
    let is_prefix = name.ends_with(WILDCARD) && !stem.contains('*');
    Some(if is_prefix { NamePattern::Prefix(stem.to_owned()) } else { NamePattern::Glob(glob) })
}
