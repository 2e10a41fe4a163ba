//! Deletions of every kind, sure and doubtful, upon a jar that holds allowed and refused cookies.
//!
//! If browsers disagree whether a line deletes, a refused name must not be written in any of them.

use super::lifetimes::{DATES, MAX_AGES};
use crate::jar::case::{Case, Load, Outcome};

pub(super) fn cases() -> Vec<Case> {
    let max_ages =
        MAX_AGES.map(|age| Case::both(format!("held, Max-Age={age}"), format!("=new; Path=/; Max-Age={age}")));
    let dates = DATES.map(|date| Case::both(format!("held, Expires={date}"), format!("=new; Path=/; Expires={date}")));
    let doubtful = max_ages.into_iter().chain(dates).chain(combined()).chain(odd());
    doubtful.chain(sure()).map(Case::held).collect()
}

/// Both ways of saying it in one line, at odds with each other.
fn combined() -> Vec<Case> {
    const PAST: &str = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    const FUTURE: &str = "Expires=Fri, 02 Apr 2027 08:00:00 GMT";
    let ends = [
        format!("; Max-Age=864000; {PAST}"),
        format!("; {PAST}; Max-Age=864000"),
        format!("; Max-Age=+0; {PAST}"),
        format!("; Max-Age=x; {PAST}"),
        format!("; Max-Age; {PAST}"),
        format!("; Max-Age=; {FUTURE}"),
        format!("; Max-Age=-; {FUTURE}"),
        format!("; {PAST}; {FUTURE}"),
        format!("; {FUTURE}; {PAST}"),
        format!("; {PAST}; {PAST}"),
        format!("; {PAST}; Expires=x"),
        "; Max-Age=0; Max-Age=864000".to_owned(),
        "; Max-Age=0; Max-Age=+864000".to_owned(),
        "; Max-Age=0; Max-Age=x".to_owned(),
        "; Max-Age=x; Max-Age=0".to_owned(),
        "; Max-Age=0; Max-Age".to_owned(),
        format!("; Max-Age={:0>1025}", 0),
        format!("; Max-Age={:0>1025}; {PAST}", 0),
        format!("; {PAST}{}", " ".repeat(1000)),
        format!("; {PAST}{}", "x".repeat(1000)),
        format!("; Path=/{}; Max-Age=0", "x".repeat(1024)),
    ];
    ends.into_iter().map(|end| Case::both(format!("held{end}"), format!("=new; Path=/{end}"))).collect()
}

/// Deletions with names and scopes that a rewriting may get wrong.
fn odd() -> Vec<Case> {
    let lines: [(&str, &str); 13] = [
        ("deletions with a space before the name's end", " =; Path=/; Max-Age=0"),
        ("deletions of a value that holds a pair", "=x, _ga=y; Path=/; Max-Age=0"),
        ("deletions in quotes", "=\"x; Path=/; Max-Age=0\""),
        ("deletions for another domain", "=; Path=/; Domain=example.com; Max-Age=0"),
        ("deletions with a bad domain after a good one", "=; Path=/; Domain=portal.test; Domain=x; Max-Age=0"),
        ("deletions that would be Secure", "=; Path=/; Secure; Max-Age=0"),
        ("deletions that are partitioned", "=; Path=/; Secure; Partitioned; SameSite=None; Max-Age=0"),
        ("deletions with an attribute like an attribute", "=; Path=/; xMax-Age=0; Max-Agex=0"),
        ("deletions with quotes around the attribute", "=; Path=/; \"Max-Age=0\""),
        ("deletions with a colon", "=; Path=/; Max-Age:0"),
        ("deletions in a comment", "=; Path=/; Comment=Max-Age=0"),
        ("deletions with a hyphen of another kind", "=; Path=/; Max\u{2010}Age=0"),
        ("an empty value without more", "=; Path=/"),
    ];
    lines.map(|(name, end)| Case::both(name, end)).to_vec()
}

/// What every browser takes for a deletion, for each place where the jar holds the name.
fn sure() -> Vec<Case> {
    let mut cases = Vec::new();
    for scope in ["", "; Path=/", "; Path=/; Domain=portal.test", "; Path=/; Domain=.portal.test", "; HttpOnly; Path=/"]
    {
        for life in [
            "; Max-Age=0",
            "; max-age=-1",
            "; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "; Max-Age=0; Expires=Fri, 02 Apr 2027 08:00:00 GMT",
        ] {
            let end = format!("=gone{scope}{life}");
            cases.push(Case::both(format!("a sure deletion: {end}"), &end).comes_out(Outcome::Deleted));
        }
    }
    let end = "=gone; Path=/; Max-Age=0";
    cases.push(Case::both("a sure deletion, by navigation", end).comes_out(Outcome::Deleted).by(Load::Navigation));
    cases.push(Case::both("nothing deleted, by navigation", "=new; Path=/").by(Load::Navigation));
    cases.push(Case::both("a doubtful deletion, by navigation", "=new; Path=/; Max-Age=+0").by(Load::Navigation));
    cases
}
