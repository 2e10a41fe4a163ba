//! Reads how long a cookie lives: `Up to 12 months` is `12 months`, `Ein Jahr ab dem letzten Besuch` is `1 year`.
//!
//! Of several lengths the longest counts, and a unit is never rounded down: a charter must not promise less than the
//! page says.

mod numbers;
#[cfg(test)]
mod tests;

use super::fold::{fold, has_phrase, has_stem};
use crate::charter::Lifetime;

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

/// The units of charters, the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    const ALL: [Self; 7] = [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// English, French, German, Spanish, Dutch, Italian; `$` ends a whole word.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Second => {
                &["s$", "sec$", "secs$", "second$", "seconds$", "seconde", "sekunde", "segundo", "secondi$", "secondo$"]
            }
            Self::Minute => &["m$", "min$", "mins$", "mn$", "minut", "minuut"],
            Self::Hour => &[
                "h$", "hr$", "hrs$", "hour", "heure", "stunde", "std$", "hora$", "horas$", "uur$", "uren$", "ora$",
                "ore$",
            ],
            Self::Day => &[
                "d$", "j$", "jr$", "jrs$", "day$", "days$", "jour", "tag$", "tage$", "tagen$", "dia$", "dias$", "dag$",
                "dagen$", "giorn",
            ],
            Self::Week => {
                &["w$", "week", "wk$", "wks$", "wo$", "wch$", "semaine", "woche", "semana", "weken$", "settiman"]
            }
            Self::Month => &[
                "month", "mo$", "mon$", "mth$", "mths$", "mos$", "mois$", "monat", "mes$", "meses$", "maand", "mese$",
                "mesi$",
            ],
            Self::Year => &[
                "y$", "yr$", "yrs$", "year", "jhr$", "an$", "ans$", "annee", "jahr", "ano$", "anos$", "jaar$",
                "jaren$", "anno$", "anni$",
            ],
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.names().iter().any(|name| super::fold::is_stem(word, name)))
    }

    /// Letters that are another unit as capitals: `6M` are months, `2 J.` is German for years.
    fn capital(letter: &str) -> Option<Self> {
        match letter {
            "M" => Some(Self::Month),
            "J" | "A" => Some(Self::Year),
            "T" => Some(Self::Day),
            _ => None,
        }
    }

    /// A smaller unit, no smaller than `smallest`, and how many of them are never shorter than one of this unit.
    fn smaller(self, smallest: Self) -> (Self, u64) {
        match self {
            Self::Year if smallest < Self::Month => (Self::Day, 366),
            Self::Year => (Self::Month, 12),
            Self::Month => (Self::Day, 31),
            Self::Week => (Self::Day, 7),
            Self::Day => (Self::Hour, 24),
            Self::Hour => (Self::Minute, 60),
            Self::Minute | Self::Second => (Self::Second, 60),
        }
    }
}

/// What may stand between a number and its unit.
const FILLERS: [&str; 6] = ["calendar", "full", "whole", "volle", "vollen", "civils"];

/// “Session”.
const SESSION: [&str; 9] = [
    "session$",
    "sitzung",
    "sesion$",
    "sessie$",
    "sessione$",
    "seance$",
    "sessions$",
    "browsersitzung",
    "browsersessie",
];
/// Words beside it in a lifetime.
const OF_SESSIONS: [&str; 52] = [
    "cookie",
    "temporar",
    "temporaire",
    "duration",
    "duree",
    "dauer",
    "laufzeit",
    "duracion",
    "duur",
    "durata",
    "lifetime",
    "expir",
    "last$",
    "lasts$",
    "end$",
    "ends$",
    "ended$",
    "fin$",
    "ende$",
    "fine$",
    "einde$",
    "only$",
    "until$",
    "jusqu",
    "bis$",
    "hasta$",
    "tot$",
    "current$",
    "browser",
    "navigat",
    "type$",
    "http$",
    "the$",
    "of$",
    "de$",
    "la$",
    "du$",
    "des$",
    "der$",
    "die$",
    "das$",
    "della$",
    "a$",
    "this$",
    "per$",
    "por$",
    "for$",
    "during$",
    "pendant$",
    "durante$",
    "wahrend$",
    "tijdens$",
];
/// “Closes”, “ends”.
const CLOSES: [&str; 20] = [
    "clos",
    "quit",
    "exit",
    "ferm",
    "schliess",
    "geschlossen",
    "beend",
    "cierr",
    "cerrar",
    "sluit",
    "gesloten",
    "afsluit",
    "chiu",
    "sitzungsende",
    "sessionende",
    "browserende",
    "schluss",
    "zumach",
    "uitzet",
    "cerrado",
];

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
    if has_stem(&folded, &SESSION) || ends_with_browser(&folded) {
        return Duration::Lives("session".to_owned());
    }
    Duration::Unreadable
}

/// Whether a text says of a cookie that it ends with the session, and nothing else: “Keeps your session” does not.
pub(super) fn is_session(text: &str) -> bool {
    let folded = fold(text);
    let is_said = |word: &str| has_stem(word, &SESSION) || has_stem(word, &OF_SESSIONS);
    read(text) == Duration::Lives("session".to_owned())
        && (ends_with_browser(&folded) || folded.split(' ').all(is_said))
}

/// “Until you close the browser”.
fn ends_with_browser(folded: &str) -> bool {
    has_stem(folded, &CLOSES)
        && has_stem(
            folded,
            &[
                "browser",
                "navigat",
                "naveg",
                "fenster",
                "window",
                "sess",
                "sitzung",
                "sesion",
                "pestana",
                "finestra",
                "venster",
                "fenetre",
                "onglet",
                "application",
                "programm",
            ],
        )
}

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
    let text = numbers::without_separators(text);
    let characters: Vec<char> = text.chars().collect();
    let mut clauses = vec![String::new()];
    for (at, &character) in characters.iter().enumerate() {
        let is_digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
        let is_decimal = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        match character {
            ',' | '.' if is_decimal => clauses.last_mut().into_iter().for_each(|clause| clause.push('.')),
            '(' if is_number_until(&characters, at) => {}
            ')' if is_digit(at.checked_sub(1)) => {}
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
    Other,
}

/// Words and numbers; `24h` is two of them.
fn tokens(clause: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let joined = clause.replace(['–', '—', '/'], " - ").replace(['\'', '’'], " ");
    for word in joined.split_whitespace().filter(|word| !FILLERS.contains(&word.to_lowercase().as_str())) {
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

/// Numbers with their units. `1 year 1 month 4 days` is one length; `6 or 12 months`, `1 year, 2 days` are several.
fn lengths(pieces: &[Piece]) -> Vec<String> {
    let mut lengths = Vec::new();
    let mut sum: Vec<(u64, u64, Unit)> = Vec::new();
    let mut pending = None;
    let mut gap = 0;
    for piece in pieces {
        match piece {
            Piece::Number(whole, tenths) => pending = Some((*whole, *tenths)),
            Piece::Unit(unit) => {
                if let Some((whole, tenths)) = pending.take() {
                    if gap > 0 || sum.last().is_some_and(|(_, _, last)| last <= unit) {
                        lengths.extend(written(&std::mem::take(&mut sum)));
                    }
                    sum.push((whole, tenths, *unit));
                    gap = 0;
                }
            }
            Piece::And => {}
            Piece::To | Piece::Half | Piece::Other => {
                gap += 1;
                pending = None;
            }
        }
    }
    lengths.extend(written(&sum));
    lengths
}

/// A sum of lengths in the smallest unit that occurs.
fn written(sum: &[(u64, u64, Unit)]) -> Option<String> {
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

/// Whether a text states a lifetime and hardly anything else: 14 words at most, and none of them “cookie”.
pub(super) fn is_duration(text: &str) -> bool {
    text.split_whitespace().count() <= 14
        && !has_phrase(&fold(text), &["cookie"])
        && matches!(read(text), Duration::Lives(_))
}

/// The lifetimes of `count` cookies in one cell, if the text states one for each: `730 days, 1 day`. `None` if there is
/// one cookie, or not as many parts as cookies.
pub(super) fn each(text: &str, count: usize) -> Option<Vec<Duration>> {
    let separators: &[char] = if text.contains('\n') { &['\n'] } else { &[',', ';', '/'] };
    let parts: Vec<_> = text.split(separators).map(read).collect();
    (count > 1 && parts.len() == count).then_some(parts)
}
