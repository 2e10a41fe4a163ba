//! The answers of cells in a column that asks: “Consent required?” — “Yes”, “✓”, “nicht erforderlich”.
//!
//! `columns` finds the columns that ask.

use crate::import::categories::{Standing, read as standing};
use crate::import::evidence;
use crate::import::fold::{fold, has_stem};

/// An answer to a column's question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// Anything else: a person must decide.
    Unclear,
    /// Nothing, or a dash.
    Silent,
}

const YES: &[&str] = &[
    "yes", "oui", "ja", "si", "x", "true", "required", "requis", "requise", "erforderlich", "needed", "nodig",
    "vereist", "requerido", "richiesto", "opt in",
];
const NO: &[&str] = &[
    "no", "non", "nein", "nee", "false", "not required", "non requis", "non requise", "nicht erforderlich",
    "not needed", "not necessary", "niet nodig", "niet vereist", "non necessaire", "pas necessaire", "nicht notwendig",
    "no requerido", "no necesario", "non richiesto", "non necessario",
];
const CHECKS: [char; 5] = ['✓', '✔', '☑', '✅', '🗸'];
const CROSSES: [char; 5] = ['✗', '✘', '✖', '❌', '🚫'];

impl Answer {
    /// The answer of a cell. Only a whole text is one, or a no with a reason that is understood: a word among others is not.
    pub(super) fn read(text: &str) -> Self {
        let folded = fold(text);
        let is_only = |marks: &[char]| text.trim().chars().all(|c| marks.contains(&c) || c == '\u{fe0f}');
        match folded.as_str() {
            "" if text.trim().chars().all(|c| "-–—".contains(c)) => Self::Silent,
            "" if is_only(&CHECKS) => Self::Yes,
            "" if is_only(&CROSSES) => Self::No,
            word if YES.contains(&word) => Self::Yes,
            word if NO.contains(&word) || is_exempted(text) || is_no_with_reason(text) => Self::No,
            _ => Self::Unclear,
        }
    }

    /// The answer to the opposite question. `No` to “Exempt?” is `Yes` to “Consent required?”.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            other => other,
        }
    }
}

/// “Non (exemption CNIL)”: a no, and why. The exemption may be that of audience measurement, which is for a person to judge.
pub(super) fn is_exempted(text: &str) -> bool {
    let reason = text.trim().strip_suffix(')').and_then(|text| text.split_once('('));
    reason.is_some_and(|(answer, reason)| {
        let words = fold(reason);
        NO.contains(&fold(answer).as_str())
            && words.split(' ').count() <= 3
            && has_stem(&words, &["exempt", "exent", "befreit", "ausnahme", "vrijgesteld", "esent"])
    })
}

/// “No — essential for security”: a no, and behind it that the cookie is necessary, or what for.
fn is_no_with_reason(text: &str) -> bool {
    let parts = ["—", "–", " - ", ", ", ". ", ": "].iter().find_map(|border| text.split_once(border));
    parts.is_some_and(|(answer, reason)| {
        let is_exempt = standing(reason) == Standing::Exempt || evidence::states_exempt_purpose("", "", reason);
        NO.contains(&fold(answer).as_str()) && is_exempt && !evidence::has_condition(reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_answer_counts() {
        for (text, answer) in [
            ("Oui", Answer::Yes),
            ("✓", Answer::Yes),
            ("✔️", Answer::Yes),
            ("erforderlich", Answer::Yes),
            ("Nein", Answer::No),
            ("❌", Answer::No),
            ("nicht erforderlich", Answer::No),
            ("Non (exemption CNIL)", Answer::No),
            ("No — essential for security", Answer::No),
            ("Nein, technisch notwendig", Answer::No),
            ("No — only for statistics", Answer::Unclear),
            ("No, except for videos", Answer::Unclear),
            ("No, until you log in", Answer::Unclear),
            ("No, pending", Answer::Unclear),
            ("No, without this cookie the live help does not work", Answer::Unclear),
            ("–", Answer::Silent),
            ("", Answer::Silent),
            ("×", Answer::Unclear),
            ("Non (sauf statistiques)", Answer::Unclear),
            ("Non renseigné", Answer::Unclear),
            ("No aplica", Answer::Unclear),
        ] {
            assert_eq!(Answer::read(text), answer, "{text}");
        }
    }
}
