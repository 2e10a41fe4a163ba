//! What a heading, a caption or a cell says of consent, in six languages.

mod need_words;
mod purpose_words;
#[cfg(test)]
mod tests;

use super::fold::{fold, has_phrase, has_stem};
use need_words::{
    ASIDES, BLOCKED, BUTTONS, CONSENT, DENIAL, DOUBTS, EXCEPTIONS, FREE, NECESSARY, NEED, NOT, REFUSAL, TURNS,
    UNNECESSARY,
};
use purpose_words::{
    FIRST_PARTY, FUNCTIONAL, GATED_PURPOSES, MARKETING, OTHER, PREFERENCES, SERVICES, SOCIAL, STATISTICS, THIRD_PARTY,
};

/// What a text says of the cookies under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Clearly exempt.
    Exempt,
    /// Of a purpose that needs consent.
    Gated(Purpose),
    /// Both at once: not clearly exempt.
    Contradictory,
    /// It names a kind of cookies that may be either.
    Ambiguous(Purpose),
    /// It says nothing of it.
    Silent,
}

/// Purposes as charters call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Statistics,
    Marketing,
    Social,
    Preferences,
    Functional,
    ThirdParty,
    FirstParty,
    Other,
}

impl Purpose {
    /// The id of its category.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Statistics => "statistics",
            Self::Marketing => "marketing",
            Self::Social => "social-media",
            Self::Preferences => "preferences",
            Self::Functional => "functional",
            Self::ThirdParty => "third-party",
            Self::FirstParty => "first-party",
            Self::Other => "other",
        }
    }
}

/// What a heading, a caption or a cell says.
pub(super) fn read(text: &str) -> Standing {
    let folded = fold(text);
    let purpose = gated_purpose(&folded);
    let is_necessary = is_necessary(&folded);
    if is_unnecessary(&folded) {
        return Standing::Gated(purpose.or_else(|| ambiguous_purpose(&folded)).unwrap_or(Purpose::Other));
    }
    if is_necessary && (text.contains('?') || is_doubtful(&folded)) {
        return Standing::Contradictory;
    }
    let by_consent = consent(&folded);
    match (is_necessary, by_consent, purpose) {
        (_, Consent::Unclear, _)
        | (true, Consent::Wanted, _)
        | (true | false, Consent::Free, Some(_))
        | (true, _, Some(_)) => Standing::Contradictory,
        (true, _, None) | (false, Consent::Free, None) => Standing::Exempt,
        (false, _, Some(purpose)) => Standing::Gated(purpose),
        (false, Consent::Wanted, None) => Standing::Gated(ambiguous_purpose(&folded).unwrap_or(Purpose::Other)),
        (false, Consent::Silent, None) => ambiguous_purpose(&folded).map_or(Standing::Silent, Standing::Ambiguous),
    }
}

/// Whether a sentence speaks of consent or of a refusal, or of a purpose that needs consent and of no necessity.
pub(super) fn is_gating(text: &str) -> bool {
    let folded = fold(text);
    let strong = has_stem(&folded, STATISTICS) && !has_stem(&folded, &["visit", "mesure$", "mesures$"])
        || has_stem(&folded, MARKETING);
    let is_by_consent = matches!(consent(&folded), Consent::Wanted | Consent::Unclear) || has_stem(&folded, REFUSAL);
    is_unnecessary(&folded) || is_by_consent || (strong && !is_necessary(&folded))
}

/// Whether the purpose of a single cookie is one that needs consent, said so plainly that its heading is doubtful.
pub(super) fn is_gated_purpose(text: &str) -> bool {
    let folded = fold(text);
    let measures = has_phrase(
        &folded,
        &[
            "mesure d audience",
            "audience measurement",
            "mesurer l audience",
            "google analytics",
            "web analytics",
            "webanalyse",
            "reichweitenmessung",
            "medicion de audiencia",
            "misurazione dell audience",
        ],
    );
    let is_about_choice = has_stem(&folded, CONSENT)
        || has_stem(
            &folded,
            &[
                "choice",
                "choix",
                "auswahl",
                "eleccion",
                "keuze",
                "scelt",
                "preferen",
                "praferenz",
                "voorkeur",
                "cookie",
                "no$",
                "not$",
                "pas$",
                "keine",
                "nicht$",
                "sin$",
                "geen$",
                "niet$",
                "non$",
            ],
        );
    (measures || has_stem(&folded, GATED_PURPOSES)) && !is_about_choice
}

fn is_necessary(folded: &str) -> bool {
    let without_asides =
        ASIDES.iter().fold(format!(" {folded} "), |text, aside| text.replace(&format!(" {aside} "), " "));
    let is_required =
        has_phrase(folded, &["required cookies", "required", "strictly required"]) && !has_stem(folded, CONSENT);
    has_stem(without_asides.trim(), NECESSARY) || is_required
}

/// Whether a text that says “necessary” also names an exception, asks a question, or is a button's.
fn is_doubtful(folded: &str) -> bool {
    has_stem(folded, EXCEPTIONS) || has_phrase(folded, DOUBTS) || has_stem(folded, BUTTONS)
}

fn is_unnecessary(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_denied = words.iter().enumerate().any(|(at, word)| {
        let is_necessary = has_stem(word, NECESSARY);
        let before = words.get(at.saturating_sub(5)..at).unwrap_or_default();
        is_necessary && before.iter().any(|word| has_stem(word, NOT))
    });
    is_denied || has_stem(folded, UNNECESSARY)
}

enum Consent {
    Wanted,
    Free,
    Unclear,
    Silent,
}

/// What a text says of consent itself.
fn consent(folded: &str) -> Consent {
    let is_about = has_stem(folded, CONSENT);
    if !is_about {
        return Consent::Silent;
    }
    let denials = folded.split(' ').filter(|word| has_stem(word, DENIAL)).count();
    let free = match denials {
        0 => has_stem(folded, FREE),
        1 => denies_need(folded) && !has_stem(folded, BLOCKED),
        _ => false,
    };
    match denials {
        _ if free && !has_stem(folded, TURNS) => Consent::Free,
        0 => Consent::Wanted,
        _ => Consent::Unclear,
    }
}

/// Whether a denial is of the need for consent, or of consent itself; another one is of something else.
fn denies_need(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    words.iter().enumerate().filter(|(_, word)| has_stem(word, DENIAL)).all(|(at, _)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let is_of_kind =
            !has_stem(next, NEED) && [NECESSARY, FUNCTIONAL, STATISTICS, FREE].iter().any(|of| has_stem(next, of));
        let near = words.get(at.saturating_sub(2)..words.len().min(at + 3)).unwrap_or_default();
        let behind = words.get(at + 1..words.len().min(at + 3)).unwrap_or_default();
        !is_of_kind
            && (near.iter().any(|word| has_stem(word, NEED)) || behind.iter().any(|word| has_stem(word, CONSENT)))
    })
}

fn gated_purpose(folded: &str) -> Option<Purpose> {
    let is_mesure = has_stem(folded, STATISTICS);
    if has_stem(folded, MARKETING) {
        Some(Purpose::Marketing)
    } else if is_mesure {
        Some(Purpose::Statistics)
    } else if has_stem(folded, SOCIAL) {
        Some(Purpose::Social)
    } else if has_stem(folded, PREFERENCES) {
        Some(Purpose::Preferences)
    } else if has_phrase(folded, SERVICES) {
        Some(Purpose::ThirdParty)
    } else {
        None
    }
}

fn ambiguous_purpose(folded: &str) -> Option<Purpose> {
    let kinds = [
        (FUNCTIONAL, Purpose::Functional),
        (THIRD_PARTY, Purpose::ThirdParty),
        (FIRST_PARTY, Purpose::FirstParty),
        (OTHER, Purpose::Other),
    ];
    kinds.iter().find(|(stems, _)| has_stem(folded, stems)).map(|(_, purpose)| *purpose)
}

/// What a cell under “consent needed” or “exempt” says: `Some(true)` is yes. Only the whole answer counts.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "yes" | "oui" | "ja" | "si" | "x" | "required" | "requis" => Some(true),
        "no" | "non" | "nein" | "nee" | "exempt" | "exempte" => Some(false),
        _ => None,
    }
}
