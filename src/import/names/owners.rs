//! Text around the names in a cell that is no name itself: the service that they belong to, “also known as”.

use std::borrow::Cow;

use super::notation::mark_placeholders;
use super::words::{ALIASES, KNOWN};
use super::{Names, chunks, is_name_token, is_strong, is_sure};
use crate::charter::NamePattern;
use crate::import::evidence;
use crate::import::fold::fold;

/// `etracker (_et_coid)`: the names in parentheses behind their service.
pub(super) fn in_parentheses(line: &str) -> Option<&str> {
    let (service, rest) = line.trim().split_once(" (")?;
    let inside = rest.strip_suffix(')').filter(|inside| !inside.contains(['(', ')']))?;
    // Beside a name, a word in capitals is one: `YouTube (YSC, CONSENT)`.
    let is_shouted = |name: &str| name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let names = chunks(inside);
    let are_names = names.iter().any(|name| is_strong(name.trim()))
        && names.iter().all(|name| is_strong(name.trim()) || is_shouted(name.trim()));
    // `ReadSpeaker` and `YouTube` are written like names.
    let is_brand = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().any(|byte| byte.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !KNOWN.contains(&word)
    };
    // Among several words, one in capitals is no name: `ILIAS session (PHPSESSID)`.
    let is_one = !service.contains(' ');
    let may_be_name = |word: &str| is_strong(word) && !is_brand(word) && (is_one || is_sure(word));
    let is_service = !service.split_whitespace().any(may_be_name) && !service.contains([',', ';', ':']);
    (are_names && is_service).then_some(inside)
}

/// `Hotjar: _hjid, _hjSession_*`: the names behind their service.
pub(super) fn behind_colon(line: &str) -> Option<&str> {
    let (service, names) = line.trim().split_once(':')?;
    let marked = mark_placeholders(names);
    let names_of = chunks(&marked);
    let is_known = evidence::names_service(&fold(service)).is_some();
    let may_name = |name: &str| is_strong(name) || (is_known && is_name_token(name));
    let are_names = !names_of.is_empty() && names_of.iter().all(|name| may_name(name.trim()));
    let is_service = service.split_whitespace().count() <= 3
        && !service.split_whitespace().any(is_strong)
        && names.starts_with(' ')
        && !service.contains([',', ';', '*']);
    (are_names && is_service).then_some(names)
}

/// The words of a cell that are none of its names: `Hotjar` of `Hotjar (sid_1)`.
///
/// They are a description, as a cell of services is, and may speak against an exemption. Of a pattern, every word that
/// begins as it does is its name.
pub(in crate::import) fn beside(line: &str, names: &Names) -> String {
    let is_name = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !"_.-".contains(c));
        names.patterns.iter().any(|pattern| match pattern {
            NamePattern::Exact(name) => word == name,
            other => word.starts_with(other.text().split('*').next().unwrap_or_default()),
        })
    };
    let words = line.split([' ', '\n', ',', ';', '/', '|', '(', ')']).filter(|word| !word.is_empty());
    words.filter(|word| !is_name(word)).collect::<Vec<_>>().join(" ")
}

/// `uuid (also known as: uuid2)` as `uuid , uuid2`.
pub(super) fn with_aliases(line: &str) -> Cow<'_, str> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return Cow::Borrowed(line);
    }
    let found = ALIASES.iter().find_map(|alias| Some((lower.find(alias)?, alias.len())));
    let Some((at, length)) = found else { return Cow::Borrowed(line) };
    let (Some(name), Some(alias)) = (line.get(..at), line.get(at + length..)) else { return Cow::Borrowed(line) };
    let alias = alias.trim_start_matches([':', ' ']).trim_end().trim_end_matches(')');
    Cow::Owned(format!("{} , {alias}", name.trim_end().trim_end_matches(['(', ' '])))
}
