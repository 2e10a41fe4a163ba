//! Reads how long a cookie lives: `Up to 12 months` is `12 months`, `Ein Jahr ab dem letzten Besuch` is `1 year`.
//!
//! Of several lengths the longest counts, and a unit is never rounded down: a charter must not promise less than the
//! page says.

mod numbers;
mod session;
mod spelling;
#[cfg(test)]
mod tests;
mod units;

use super::fold::{fold, has_phrase, has_stem};
use crate::charter::Lifetime;
use session::is_any;
pub(super) use session::is_session;
use units::Unit;

/// What a cell says of a lifetime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Duration {
    /// As a charter writes it; of several, the longest.
    Lives(String),
    /// Nothing, or a dash.
    Silent,
    /// Something that is no length of time: `persistent`, a date.
    Unreadable,
}

/// What may stand between a number and its unit.
const FILLERS: [&str; 6] = ["calendar", "full", "whole", "volle", "vollen", "civils"];

/// The lifetime that a text states for one cookie.
pub(super) fn read(text: &str) -> Duration {
    let folded = fold(text);
    if folded.is_empty()
        || matches!(folded.as_str(), "n a" | "na" | "none" | "nc" | "not specified" | "non renseigne" | "keine angabe")
    {
        return Duration::Silent;
    }
    let longest =
        spans(text).into_iter().filter_map(|span| Some((seconds(&span)?, span))).max_by_key(|(seconds, _)| *seconds);
    if let Some((_, span)) = longest {
        return Duration::Lives(span);
    }
    // “Session / persistent”
    if session::is_named(&folded) && !folded.split(' ').any(|word| is_any(word, ENDLESS)) {
        return Duration::Lives("session".to_owned());
    }
    Duration::Unreadable
}

/// “Persistent”, “never expires”: a lifetime without an end, and nothing else. No charter has one.
pub(super) fn is_endless(text: &str) -> bool {
    let folded = fold(text);
    folded.split(' ').count() <= 3
        && folded.split(' ').any(|word| is_any(word, ENDLESS))
        && !has_phrase(&folded, &["cookie"])
}

/// Without an end.
const ENDLESS: &str = "persistent permanent unlimited indefini illimit ilimitad unbegrenzt unbefristet dauerhaft onbeperkt \
    blijvend never$ forever$ jamais$ nie$ nunca$ mai$ nooit$ endless infinit unendlich oneindig";

/// `None` for a session, and for more than a charter can say.
fn seconds(lifetime: &str) -> Option<u32> {
    match lifetime.parse() {
        Ok(Lifetime::Seconds(seconds)) => Some(seconds),
        Ok(Lifetime::Session) | Err(_) => None,
    }
}

/// All lengths of time in a text, as charters write them. Those of data count only if the cookie has none: data may be
/// kept for longer.
fn spans(text: &str) -> Vec<String> {
    let mut spans = Vec::new();
    let mut other = Vec::new();
    for clause in clauses(text) {
        let found = lengths(&halves(&tokens(&clause)));
        let is_of_data = has_stem(
            &fold(&clause),
            &["donnee", "data$", "daten", "datos$", "gegevens$", "dati$", "informations$", "statistiques$"],
        ) && !has_stem(&fold(&clause), &["cookie", "traceur", "galleta"]);
        if is_of_data { other.extend(found) } else { spans.extend(found) }
    }
    if spans.is_empty() { other } else { spans }
}

/// The clauses of a text. A comma between digits is a decimal separator.
fn clauses(text: &str) -> Vec<String> {
    let text = numbers::without_separators(&spelling::spelled_out(text));
    let characters: Vec<char> = text.chars().collect();
    let mut clauses = vec![String::new()];
    for (at, &character) in characters.iter().enumerate() {
        let is_digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
        let is_decimal = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        match character {
            ',' | '.' if is_decimal => clauses.last_mut().into_iter().for_each(|clause| clause.push('.')),
            '(' if is_number_until(&characters, at) => {}
            ')' if is_digit(at.checked_sub(1)) => {}
            ',' if is_followed_by_number(&characters, at) => {
                clauses.last_mut().into_iter().for_each(|clause| clause.push_str(" , "));
            }
            '\n' | ';' | '(' | ')' | ',' | '.' | '|' => clauses.push(String::new()),
            other => clauses.last_mut().into_iter().for_each(|clause| clause.push(other)),
        }
    }
    clauses
}

/// Whether the parenthesis that opens at `at` holds a number alone.
fn is_number_until(characters: &[char], at: usize) -> bool {
    let inside: Vec<char> = characters.iter().skip(at + 1).take_while(|c| **c != ')').copied().collect();
    !inside.is_empty() && inside.iter().all(char::is_ascii_digit)
}

fn is_followed_by_number(characters: &[char], at: usize) -> bool {
    characters.iter().skip(at + 1).find(|c| !c.is_whitespace()).is_some_and(char::is_ascii_digit)
}

/// A token of a clause.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// Whole, and tenths.
    Number(u64, u64),
    Unit(Unit),
    /// “Half”, whatever it is half of.
    Half,
    And,
    To,
    /// Before a number.
    Comma,
    Other,
}

/// Words and numbers; `24h` is two of them.
fn tokens(clause: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let joined = clause.replace(['–', '—', '/'], " - ").replace(['\'', '’'], " ");
    for word in joined.split_whitespace().filter(|word| !FILLERS.contains(&word.to_lowercase().as_str())) {
        if word == "," {
            pieces.push(Piece::Comma);
            continue;
        }
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-' && c != '+' && c != '&');
        let is_after_number = matches!(pieces.last(), Some(Piece::Number(..)));
        if let Some(piece) = number(&word.to_lowercase()).filter(|_| !is_after_number) {
            pieces.push(piece);
            continue;
        }
        for part in word.split('-') {
            if part.is_empty() {
                pieces.push(Piece::To);
                continue;
            }
            let digits = part.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(part.len());
            let (count, rest) = part.split_at(digits);
            if !count.is_empty() {
                pieces.push(number(count).unwrap_or(Piece::Other));
            }
            if !rest.is_empty() || count.is_empty() {
                // “An” is a number in English, and a year in French.
                let folded = fold(rest);
                let unit = Unit::capital(rest.trim_matches('.')).or_else(|| Unit::named(&folded));
                let unit = unit.filter(|_| matches!(pieces.last(), Some(Piece::Number(..) | Piece::Half)));
                pieces.push(unit.map_or_else(|| piece(&folded), Piece::Unit));
            }
        }
    }
    pieces
}

/// A word that is no number with digits.
fn piece(folded: &str) -> Piece {
    match folded {
        "and" | "et" | "und" | "y" | "en" | "e" | "plus" | "+" | "&" => Piece::And,
        "half" | "mezz" | "halb" | "halbe" | "halber" | "halbes" | "demi" | "demie" | "medio" | "media" | "mezzo"
        | "halve" => Piece::Half,
        "to" | "a" | "bis" | "tot" | "hasta" | "bzw" => number(folded).unwrap_or(Piece::To),
        word => number(word).or_else(|| Unit::named(word).map(Piece::Unit)).unwrap_or(Piece::Other),
    }
}

/// Digits, also with one decimal, or a number in words.
fn number(word: &str) -> Option<Piece> {
    if let Some((whole, tenths)) = word.split_once('.').filter(|(whole, _)| !whole.is_empty()) {
        let tenths = tenths.bytes().next().filter(u8::is_ascii_digit)? - b'0';
        return Some(Piece::Number(whole.parse().ok()?, u64::from(tenths)));
    }
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Piece::Number(word.parse().ok()?, 0));
    }
    numbers::word(&fold(word)).map(|(whole, tenths)| Piece::Number(whole, tenths))
}

/// The pieces with halves as tenths: “one and a half years”, “un an et demi”, “half a year”; and “thirty-six” in two words.
fn halves(pieces: &[Piece]) -> Vec<Piece> {
    let mut read = Vec::with_capacity(pieces.len());
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        let (piece, behind): (Vec<Piece>, &[Piece]) = match rest {
            [Piece::Number(whole, 0), Piece::And, Piece::Number(1, 0), Piece::Half, behind @ ..]
            | [Piece::Number(whole, 0), Piece::And, Piece::Half, behind @ ..] => {
                (vec![Piece::Number(*whole, 5)], behind)
            }
            [Piece::Number(whole, 0), Piece::Unit(unit), Piece::And, Piece::Half, behind @ ..] => {
                (vec![Piece::Number(*whole, 5), Piece::Unit(*unit)], behind)
            }
            [Piece::Half, Piece::Number(1, 0), behind @ ..]
            | [Piece::Number(1, 0), Piece::Half, behind @ ..]
            | [Piece::Half, behind @ ..] => (vec![Piece::Number(0, 5)], behind),
            [Piece::Number(tens, 0), Piece::Number(ones @ 1..=9, 0), behind @ ..]
            | [Piece::Number(tens, 0), Piece::And, Piece::Number(ones @ 1..=9, 0), behind @ ..]
                if *tens >= 20 && *tens % 10 == 0 && matches!(behind.first(), Some(Piece::Unit(_))) =>
            {
                (vec![Piece::Number(tens + ones, 0)], behind)
            }
            [_, behind @ ..] => (vec![first.clone()], behind),
            [] => (Vec::new(), rest),
        };
        read.extend(piece);
        rest = behind;
    }
    read
}

/// Numbers with their units. `1 year 1 month 4 days` and `1 year, 25 days` are one length; `6 or 12 months`,
/// `1 year, 30 minutes` are several.
fn lengths(pieces: &[Piece]) -> Vec<String> {
    let mut lengths = Vec::new();
    let mut sum: Vec<(u64, u64, Unit)> = Vec::new();
    let mut pending = None;
    let mut gap = 0;
    let mut is_listed = false;
    for piece in pieces {
        match piece {
            Piece::Number(whole, tenths) => pending = Some((*whole, *tenths)),
            Piece::Unit(unit) => {
                if let Some((whole, tenths)) = pending.take() {
                    let goes_on = |last: Unit| if is_listed { unit.is_part_of(last) } else { *unit < last };
                    if gap > 0 || sum.last().is_some_and(|(_, _, last)| !goes_on(*last)) {
                        lengths.extend(written(&std::mem::take(&mut sum)));
                    }
                    sum.push((whole, tenths, *unit));
                    (gap, is_listed) = (0, false);
                }
            }
            Piece::And => {}
            Piece::Comma => is_listed = true,
            Piece::To | Piece::Half | Piece::Other => {
                gap += 1;
                pending = None;
            }
        }
    }
    lengths.extend(written(&sum));
    lengths
}

/// A sum of lengths in the smallest unit that occurs. The last days of a month make it a whole one: a year is often written
/// as 11 months and 30 days.
fn written(sum: &[(u64, u64, Unit)]) -> Option<String> {
    if let [before @ .., (months, 0, Unit::Month), (28..=31, 0, Unit::Day)] = sum {
        return written(&[before, &[(months.checked_add(1)?, 0, Unit::Month)]].concat());
    }
    let (_, _, mut smallest) = *sum.last()?;
    if sum.iter().any(|(_, tenths, unit)| *tenths > 0 && *unit == smallest) {
        smallest = smallest.smaller(Unit::Month).0;
    }
    let mut count = 0_u64;
    for (whole, tenths, unit) in sum {
        let (mut whole, mut tenths, mut unit) = (*whole, *tenths, *unit);
        while unit > smallest {
            let (next, factor) = unit.smaller(smallest);
            let all = whole.checked_mul(10)?.checked_add(tenths)?.checked_mul(factor)?;
            (whole, tenths, unit) = (all / 10, all % 10, next);
        }
        count = count.checked_add(whole)?.checked_add(u64::from(tenths > 0))?;
    }
    let text = format!("{count} {}{}", smallest.word(), if count == 1 { "" } else { "s" });
    text.parse::<Lifetime>().is_ok().then_some(text)
}

/// Whether a word is “expires”, in front of a lifetime.
pub(super) fn says_expires(word: &str) -> bool {
    ["expires", "expire", "expira", "caduca", "verlauft", "verfallt", "verloopt", "scade", "persists", "lasts"]
        .contains(&fold(word).as_str())
}

/// Whether a text states a lifetime and hardly anything else: 14 words at most, and none of them “cookie”.
pub(super) fn is_duration(text: &str) -> bool {
    text.split_whitespace().count() <= 14
        && !has_phrase(&fold(text), &["cookie"])
        && matches!(read(text), Duration::Lives(_))
}

/// The lifetimes of `count` cookies in one cell, if the text states one for each: `730 days, 1 day`. `None` if there is
/// one cookie, or not as many parts as cookies.
fn each(text: &str, count: usize) -> Option<Vec<Duration>> {
    let parts: Vec<_> = parts(text).map(read).collect();
    (count > 1 && parts.len() == count).then_some(parts)
}

/// The lifetimes that a text states for the cookies with these names: one for all, or one for each.
pub(super) fn of_names(text: &str, names: &[&str]) -> Vec<Duration> {
    behind_names(text, names).or_else(|| each(text, names.len())).unwrap_or_else(|| vec![read(text)])
}

/// The lifetimes behind each of several names: “_ga: 2 years, _gid (24 hours)”, “2 years (_ga)”. `None` unless two have one; a name
/// without one has none.
pub(super) fn behind_names(text: &str, names: &[&str]) -> Option<Vec<Duration>> {
    let parts: Vec<&str> = text.split([',', ';', '\n']).map(str::trim).collect();
    let behind = |name: &&str| {
        let in_front = parts.iter().find_map(|part| {
            let (length, names) = part.strip_suffix(')')?.rsplit_once('(')?;
            (names.trim() == *name).then(|| read(length))
        });
        let mut values =
            parts.iter().filter_map(|part| part.strip_prefix(*name)?.trim_start().strip_prefix([':', '(', '–', '-']));
        values.next().map(|value| read(value.trim_end_matches([')', '.']))).or(in_front)
    };
    let found: Vec<Option<Duration>> = names.iter().map(behind).collect();
    let stated = found.iter().flatten().filter(|duration| matches!(duration, Duration::Lives(_))).count();
    let is_one = |name: &&str| parts.iter().all(|part| part.starts_with(*name)) && is_duration(text);
    (stated > 1 || (stated == 1 && matches!(names, [name] if is_one(name))))
        .then(|| found.into_iter().map(|duration| duration.unwrap_or(Duration::Silent)).collect())
}

/// The part of a cell with a lifetime for each of `count` cookies that is about the one at `at`; else the whole cell.
pub(super) fn part(text: &str, at: usize, count: usize) -> &str {
    let is_list = count > 1 && parts(text).count() == count;
    parts(text).nth(at).filter(|_| is_list).map_or(text, str::trim)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let separators: &[char] = if text.contains('\n') { &['\n'] } else { &[',', ';', '/'] };
    text.split(separators)
}
