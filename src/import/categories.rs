//! What a heading, a caption or a cell says of consent, in six languages.
//!
//! Words are compared folded, by their beginnings; [`read`] weighs them. If two readings are possible, the stricter one
//! is taken: a cookie that needs consent must never become exempt because a heading was misread.

mod free_clause;
mod gated_words;
mod need_words;
mod purpose_words;
mod target_words;
#[cfg(test)]
mod tests;

use super::fold::{find_phrase, fold, has_phrase, has_stem};
pub(super) use free_clause::without_free_clauses;
pub(super) use gated_words::{GATED_PHRASES, GATED_PURPOSES};
use need_words::{
    ASIDES, BLOCKED, BUTTONS, CONSENT, DENIAL, DOUBTS, EXCEPTIONS, FREE, MAKE_IT_WORK, NECESSARY, NEED, NEEDED, NOT,
    REFUSAL, REQUIRED, TECHNICAL, TURNS, UNNECESSARY,
};
use purpose_words::{
    CONTENTS, FIRST_PARTY, FUNCTIONAL, FUNCTIONAL_KINDS, JOINERS, MARKETING, OTHER, PREFERENCES, SERVICES, SOCIAL,
    STATISTICS, THIRD_PARTY,
};
use target_words::{CONSENTING, OF_THE_SITE, PURPOSE_OF, TARGETS, WITHOUT};

/// What a text says of the cookies under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Clearly exempt.
    Exempt,
    /// Of a purpose that needs consent.
    Gated(Purpose),
    /// Both, or something unclear: not exempt.
    Contradictory,
    /// It names a kind of cookies that may be either.
    Ambiguous(Purpose),
    /// It says nothing about consent, and names no kind.
    Silent,
}

/// The purpose of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Measuring how the site is used.
    Statistics,
    /// Advertising, and following people for it.
    Marketing,
    /// Social networks.
    Social,
    /// Comfort that the visitor did not ask for, and personalisation.
    Preferences,
    /// It may be necessary, or comfort.
    Functional,
    /// They are set by others, or belong to a service of others.
    ThirdParty,
    /// They are set by the site; the purpose is not named.
    FirstParty,
    /// Something else, or not named.
    Other,
}

impl Purpose {
    /// The id of its category. It stays the same in every language, so that the keys of a banner's default table fit.
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

/// What a heading, a caption or a cell says. “Necessary” is [`Standing::Contradictory`] if the text also asks a question,
/// names an exception, consent or a purpose that needs it, or says what other than the site it is necessary for.
pub(super) fn read(text: &str) -> Standing {
    let (folded, is_free) = without_free_clauses(text);
    let purpose = gated_purpose(&folded);
    let is_necessary = is_necessary(&folded);
    if is_unnecessary(&folded) {
        return Standing::Gated(purpose.or_else(|| ambiguous_purpose(&folded)).unwrap_or(Purpose::Other));
    }
    if is_necessary && (text.contains('?') || is_doubtful(&folded) || serves_something_else(&folded)) {
        return Standing::Contradictory;
    }
    let by_consent = match consent(&folded) {
        Consent::Silent if is_free => Consent::NotNeeded,
        said => said,
    };
    // “No consent is needed, except for videos.”
    if matches!(by_consent, Consent::NotNeeded) && (text.contains('?') || is_doubtful(&fold(text))) {
        return Standing::Contradictory;
    }
    match (is_necessary, by_consent, purpose) {
        (_, Consent::Unclear, _)
        | (true, Consent::Needed, _)
        | (true | false, Consent::NotNeeded, Some(_))
        | (true, _, Some(_)) => Standing::Contradictory,
        (true, _, None) | (false, Consent::NotNeeded, None) => Standing::Exempt,
        (false, _, Some(purpose)) => Standing::Gated(purpose),
        (false, Consent::Needed, None) => Standing::Gated(ambiguous_purpose(&folded).unwrap_or(Purpose::Other)),
        (false, Consent::Silent, None) => ambiguous_purpose(&folded).map_or(Standing::Silent, Standing::Ambiguous),
    }
}

/// Whether a text has a word of a button: “Accept all”, “Refuse”.
pub(super) fn is_button(text: &str) -> bool {
    let folded = fold(text);
    has_stem(&folded, BUTTONS) || has_stem(&folded, REFUSAL)
}

/// Whether a text has a word of denial. `folded` is as [`fold`] makes it, here and below.
pub(super) fn denies(folded: &str) -> bool {
    has_stem(folded, DENIAL) || has_stem(folded, NOT)
}

/// Whether a text says that consent is needed, and not only that it is kept or managed.
pub(super) fn needs_consent(folded: &str) -> bool {
    let is_conditional = || has_stem(folded, CONSENTING) || has_stem(folded, NEED) || has_stem(folded, TURNS);
    match consent(folded) {
        Consent::Needed => is_conditional(),
        Consent::Unclear => true,
        Consent::NotNeeded | Consent::Silent => false,
    }
}

/// Whether a text says that a cookie can be refused.
pub(super) fn can_be_refused(folded: &str) -> bool {
    (has_stem(folded, REFUSAL) || has_phrase(folded, &["opt out"])) && !denies(folded)
}

/// Whether a text calls something optional.
pub(super) fn is_optional(folded: &str) -> bool {
    has_stem(folded, UNNECESSARY) && !denies(folded)
}

/// Whether a text says that consent is needed (`true`), or that it is not; `None` if it does not say, or says both.
pub(super) fn wants_consent(folded: &str) -> Option<bool> {
    match consent(folded) {
        Consent::Needed => Some(true),
        Consent::NotNeeded => Some(false),
        Consent::Unclear | Consent::Silent => None,
    }
}

/// Whether a text says that no consent is needed, and nothing else of consent.
pub(super) fn says_free(text: &str) -> bool {
    let (rest, is_free) = without_free_clauses(text);
    match consent(&rest) {
        Consent::NotNeeded => true,
        Consent::Silent => is_free,
        Consent::Needed | Consent::Unclear => false,
    }
}

/// Whether a text says that measuring the audience needs no consent, which holds under conditions only.
pub(super) fn claims_audience_exemption(text: &str) -> bool {
    has_stem(&fold(text), STATISTICS) && says_free(text)
}

/// Whether a text has one of the words that negate “exempt” ([`NOT`]). [`denies`] knows more words.
pub(super) fn denies_necessity(folded: &str) -> bool {
    has_stem(folded, NOT)
}

/// Whether a text names consent and does not clearly deny that it is needed.
pub(super) fn speaks_of_consent(folded: &str) -> bool {
    matches!(consent(folded), Consent::Needed | Consent::Unclear)
}

/// Whether a text names contents or features that are not the site itself: a video, a survey.
pub(super) fn names_content(folded: &str) -> bool {
    has_stem(folded, CONTENTS)
}

/// Whether a text names functional cookies.
pub(super) fn names_functional(folded: &str) -> bool {
    has_stem(folded, FUNCTIONAL_KINDS)
}

/// Whether a word means “necessary”.
pub(super) fn says_necessary(word: &str) -> bool {
    has_stem(word, NECESSARY)
}

/// Whether a text says “necessary” of something other than the site: “necessary for the videos”.
fn serves_something_else(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let Some(need) = words.iter().rposition(|word| has_stem(word, NECESSARY)) else { return false };
    let behind = words.get(need + 1..).unwrap_or_default();
    // “Necessary (exempt from consent)” is of the consent.
    let denial = behind.iter().position(|word| has_stem(word, DENIAL));
    let is_of_consent = |at: &usize| behind.iter().skip(*at).any(|word| has_stem(word, CONSENT));
    let behind = behind.get(..denial.filter(is_of_consent).unwrap_or(behind.len())).unwrap_or_default();
    let target = behind.iter().position(|word| PURPOSE_OF.contains(word)).map(|at| {
        let after = behind.get(at + 1..).unwrap_or_default();
        after.iter().find(|word| !OF_THE_SITE.contains(word) && (word.len() > 3 || has_stem(word, TARGETS)))
    });
    let is_else = target.flatten().is_some_and(|word| !has_stem(word, TARGETS) && !has_stem(word, NECESSARY));
    is_else || has_stem(folded, CONTENTS) || joins_functional(&words)
}

/// “Necessary and functional cookies”: functional ones need not be necessary.
fn joins_functional(words: &[&str]) -> bool {
    let is_kind =
        |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| has_stem(word, FUNCTIONAL_KINDS));
    let mut joiners = words.iter().enumerate().filter(|(_, word)| JOINERS.contains(word));
    joiners.any(|(at, _)| is_kind(at.checked_sub(1)) || is_kind(Some(at + 1)))
}

fn is_necessary(folded: &str) -> bool {
    let without_asides =
        ASIDES.iter().fold(format!(" {folded} "), |text, aside| text.replace(&format!(" {aside} "), " "));
    let ends_so = || MAKE_IT_WORK.iter().any(|phrase| folded.ends_with(phrase));
    let is_required =
        (has_phrase(folded, REQUIRED) || ends_so() || is_needed_for_the_site(folded)) && !has_stem(folded, CONSENT);
    has_stem(without_asides.trim(), NECESSARY) || is_required || is_technical(folded)
}

/// “Needed for the site to work”.
fn is_needed_for_the_site(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let Some(at) = words.iter().position(|word| has_stem(word, NEEDED)) else { return false };
    let behind = words.get(at + 1..).unwrap_or_default();
    let is_meant = |word: &str| has_stem(word, TARGETS) || PURPOSE_OF.contains(&word) || OF_THE_SITE.contains(&word);
    behind.iter().any(|word| has_stem(word, TARGETS)) && behind.iter().all(|word| is_meant(word))
}

/// Whether a text is “Les cookies techniques”, a French name of exempt cookies, and nothing else.
fn is_technical(folded: &str) -> bool {
    let is_filler =
        |word: &str| matches!(word, "les" | "nos" | "des") || word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_filler(word)).collect();
    TECHNICAL.contains(&words.join(" ").as_str())
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
    is_denied || denies_required(folded) || has_stem(folded, UNNECESSARY)
}

/// “Not required”, “that do not make our website work”.
fn denies_required(folded: &str) -> bool {
    let phrases = REQUIRED.iter().chain(MAKE_IT_WORK);
    phrases.filter_map(|phrase| folded.get(..find_phrase(folded, phrase)?)).any(|before| {
        let words: Vec<&str> = before.split_whitespace().collect();
        let near = words.get(words.len().saturating_sub(REACH)..).unwrap_or_default();
        near.iter().any(|word| has_stem(word, NOT)) && !near.iter().any(|word| has_stem(word, CONSENT))
    })
}

/// How far before “required” its denial may stand, in words.
const REACH: usize = 5;

/// What a text says of consent.
enum Consent {
    Needed,
    NotNeeded,
    /// It is named with several denials, or with the denial of something else.
    Unclear,
    /// It is not named.
    Silent,
}

/// Reads what a text says of consent.
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
        _ if free && !has_stem(folded, TURNS) => Consent::NotNeeded,
        0 => Consent::Needed,
        _ => Consent::Unclear,
    }
}

/// Whether the denials in a text are of consent, or of the need for it.
fn denies_need(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    words.iter().enumerate().filter(|(_, word)| has_stem(word, DENIAL)).all(|(at, _)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let is_of_kind =
            !has_stem(next, NEED) && [NECESSARY, FUNCTIONAL, STATISTICS, FREE].iter().any(|of| has_stem(next, of));
        let near = words.get(at.saturating_sub(2)..words.len().min(at + 3)).unwrap_or_default();
        let reach = if words.get(at).is_some_and(|word| has_stem(word, WITHOUT)) { 8 } else { 3 };
        let behind = words.get(at + 1..words.len().min(at + reach)).unwrap_or_default();
        !is_of_kind
            && (near.iter().any(|word| has_stem(word, NEED)) || behind.iter().any(|word| has_stem(word, CONSENT)))
    })
}

/// The purpose that needs consent. Advertising first: “statistics for advertising” is advertising.
fn gated_purpose(folded: &str) -> Option<Purpose> {
    if has_stem(folded, MARKETING) {
        Some(Purpose::Marketing)
    } else if has_stem(folded, STATISTICS) {
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
