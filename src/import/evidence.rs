//! What speaks against an exemption: a sentence, a cell or a provider that names consent, a choice, or a purpose or a
//! service that needs consent. A heading that says “necessary” may be wrong about a row under it.

mod exempt_purposes;
mod services;
#[cfg(test)]
mod tests;
mod tracking;
mod words;

use super::categories::{self, GATED_PHRASES, GATED_PURPOSES, Purpose, Standing};
use super::fold::{find_phrase, fold, has_phrase, has_stem};
use exempt_purposes::has_suspect_word;
pub(super) use exempt_purposes::{
    Exempt, is_necessary_name, keeps_the_choice, names_exempt_purpose, of_purpose, states_exempt_purpose,
};
pub(super) use services::names_service;
use tracking::describes_tracking;
use words::{
    ACCEPT, ACCEPTANCE, ADVERTISERS, ADVERTISING, ALSO, BROWSER, CALLED, CHOICES, CONDITIONS, DENIED, KEEPS, KINDS,
    NEEDED, OF_COOKIES, OFF, OTHERS, PLAYED, PLAYER_SETTINGS, REJECTION, SETTINGS, SWITCHES, WORKS,
};

/// How far before a purpose its denial may stand, in words.
const REACH: usize = 5;

/// The sentence of a paragraph that speaks against the exempt title above it. Sentences about other cookies, or about what
/// visitors can set in their browser, do not count.
pub(super) fn of_introduction(text: &str) -> Option<String> {
    sentences(text).find(|sentence| {
        let (folded, _) = categories::without_free_clauses(sentence);
        !has_stem(&folded, OTHERS) && speaks_against(&folded) && !has_stem(&folded, BROWSER)
    })
}

/// Whether a text has a condition: “until you log in”.
pub(super) fn has_condition(text: &str) -> bool {
    has_stem(&fold(text), CONDITIONS)
}

/// Whether a sentence says, without the word “necessary”, that the site needs its cookies.
pub(super) fn says_needed(text: &str) -> bool {
    has_phrase(&fold(text), &NEEDED)
}

/// Whether a paragraph speaks of other cookies than those above it, or against an exemption.
pub(super) fn speaks_of_others(text: &str) -> bool {
    let folded = fold(text);
    super::sections::is_about_cookies(text) && (has_stem(&folded, OTHERS) || has_stem(&folded, ALSO))
        || of_introduction(text).is_some()
}

/// The sentence of a description, or of a cell of purposes or services, that speaks against an exemption.
pub(super) fn of_cell(text: &str) -> Option<String> {
    sentences(text).find(|sentence| {
        let (folded, _) = categories::without_free_clauses(sentence);
        speaks_against(&folded)
            || (!keeps_a_choice(&folded) && (names_service(&folded).is_some() || describes_tracking(&folded)))
    })
}

/// Whether a title may be of a purpose or a service that needs consent.
pub(super) fn is_suspect(title: &str) -> bool {
    has_suspect_word(title)
        || has_stem(&fold(title), &KINDS.split_whitespace().collect::<Vec<_>>())
        || names_service(&fold(title)).is_some()
        || of_cell(title).is_some()
}

/// The sentence of a footnote that speaks against an exemption, as that of a cell does, or one of a legal basis.
pub(super) fn of_note(text: &str) -> Option<String> {
    of_basis(text)
}

/// A lifetime that speaks of consent: “1 year, only if you accept”. Visits do not count: lifetimes begin with the last one.
pub(super) fn of_lifetime(text: &str) -> Option<String> {
    let folded = fold(text);
    let is_against =
        categories::needs_consent(&folded) || categories::is_optional(&folded) || is_on_acceptance(&folded);
    is_against.then(|| text.to_owned())
}

/// A provider or a domain that speaks against an exemption: it names a known service, advertisers or partners, or says
/// that consent is needed. No other words count, because a provider's name may have any.
pub(super) fn of_provider(text: &str) -> Option<String> {
    let folded = fold(text);
    let is_against =
        names_service(&folded).is_some() || categories::needs_consent(&folded) || has_stem(&folded, ADVERTISERS);
    is_against.then(|| text.to_owned())
}

/// What stands before a name in an item, “TYPO3: `fe_typo_user`”: the tool that sets it, or its kind.
pub(super) fn of_tool(text: &str) -> Option<String> {
    let is_kind = match categories::read(text) {
        Standing::Gated(_) | Standing::Contradictory => true,
        Standing::Ambiguous(purpose) => !matches!(purpose, Purpose::Functional | Purpose::FirstParty),
        Standing::Exempt | Standing::Silent => is_suspect(text),
    };
    let is_harmless = names_exempt_purpose(text) && !categories::needs_consent(&fold(text));
    of_provider(text).or_else(|| (is_kind && !is_harmless).then(|| text.to_owned()))
}

/// A cell about the legal basis, the status or something unknown that speaks against an exemption. In such a cell, the
/// word “consent” alone is enough, and so is an article of law that stands for consent, or “off”.
pub(super) fn of_basis(text: &str) -> Option<String> {
    let (folded, _) = categories::without_free_clauses(text);
    let is_bare = folded.split(' ').count() <= 4 && categories::speaks_of_consent(&folded);
    let is_off = OFF.contains(&folded.as_str());
    let is_against =
        is_off || is_bare || is_consent_article(&folded) || of_cell(text).is_some() || categories::is_optional(&folded);
    is_against.then(|| text.to_owned())
}

/// Whether a cell about the legal basis names consent, and nothing beside it.
pub(super) fn is_by_consent(text: &str) -> bool {
    let (folded, _) = categories::without_free_clauses(text);
    let is_bare = folded.split(' ').count() <= 4 && categories::wants_consent(&folded) == Some(true);
    is_bare || is_consent_article(&folded)
}

/// “Art. 6(1)(a) GDPR”, “§ 25 Abs. 1 TDDDG”: the articles that stand for consent.
fn is_consent_article(folded: &str) -> bool {
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| {
            !matches!(
                *word,
                "abs"
                    | "par"
                    | "s"
                    | "satz"
                    | "lit"
                    | "let"
                    | "lettre"
                    | "buchst"
                    | "nr"
                    | "apartado"
                    | "letra"
                    | "lettera"
                    | "comma"
                    | "lid"
                    | "onder"
            )
        })
        .collect();
    let has = |window: &[&str]| words.windows(window.len()).any(|at| at == window);
    has(&["6", "1", "a"]) || has(&["6", "1a"]) || has(&["25", "1"]) || has(&["49", "1", "a"])
}

fn speaks_against(folded: &str) -> bool {
    if keeps_a_choice(folded) {
        return false;
    }
    let unnamed = CALLED.iter().fold(folded.to_owned(), |text, name| text.replace(name, " "));
    categories::needs_consent(&unnamed)
        || categories::can_be_refused(folded)
        || categories::is_optional(folded)
        || has_gated_purpose(folded)
        || is_on_acceptance(folded)
        || can_be_switched_off(folded)
}

/// “Only if you accept”, “set when you click accept”.
fn is_on_acceptance(folded: &str) -> bool {
    // `se` is no condition in Spanish, so the Italian conditions are phrases.
    let is_italian =
        has_phrase(folded, &["se accetti", "se accetta", "se si accetta", "se acconsenti", "se acconsente"]);
    let words: Vec<&str> = folded.split(' ').collect();
    // “Checks if the browser accepts cookies” is about no visitor.
    let is_browsers = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let cookies = words.iter().skip(at + 1).take(2).any(|word| word.contains("cookie"));
        cookies && before.is_some_and(|word| has_stem(word, BROWSER))
    };
    let accepts = words.iter().enumerate().any(|(at, word)| has_stem(word, ACCEPT) && !is_browsers(at));
    is_italian || (accepts && has_stem(folded, CONDITIONS))
}

/// “You may switch them off”; not “if you disable them, the site will not work”.
fn can_be_switched_off(folded: &str) -> bool {
    let is_named = has_stem(folded, SWITCHES)
        || has_phrase(
            folded,
            &[
                "switch off", "switched off", "turn off", "turned off", "switch these off", "switch them off",
                "turn them off", "turn these off",
            ],
        );
    let is_warning = has_stem(folded, CONDITIONS) && has_stem(folded, WORKS);
    is_named && !is_warning && !categories::denies(folded)
}

/// Whether the purpose is to store the choice: “Stores the visitor's choice of cookies (statistics)”.
fn keeps_a_choice(folded: &str) -> bool {
    if is_upon_consent(folded) {
        return false;
    }
    let is_choice = has_stem(folded, CHOICES) || (has_stem(folded, SETTINGS) && !has_stem(folded, ADVERTISING));
    let is_either = || has_stem(folded, ACCEPTANCE) && has_stem(folded, REJECTION);
    let words: Vec<&str> = folded.split(' ').collect();
    // “Records the acceptance of the cookie policy”; not “stores them upon acceptance”.
    let records = words.windows(3).any(|near| {
        near.first().is_some_and(|word| has_stem(word, KEEPS))
            && near.iter().skip(1).any(|word| has_stem(word, ACCEPTANCE))
    });
    if records && has_stem(folded, OF_COOKIES) {
        return true;
    }
    let is_kept = has_stem(folded, KEEPS) && is_choice && (has_stem(folded, OF_COOKIES) || is_either());
    is_kept || (is_either() && has_stem(folded, OF_COOKIES))
}

/// “With your consent”, “subject to consent”: whether consent is a condition, and not what is kept.
fn is_upon_consent(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_consent = |word: &str| {
        has_stem(
            word,
            &["consent", "consens", "einwillig", "zustimm", "toestemming", "accord$", "akkoord$", "acuerdo$"],
        ) || has_stem(word, ACCEPTANCE)
    };
    let consents = words.iter().enumerate().filter(|(_, word)| is_consent(word));
    consents.into_iter().any(|(at, _)| {
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        before.iter().any(|word| UPON.contains(word))
    })
}

/// “Upon”, in front of an acceptance that is a condition.
const UPON: [&str; 20] = [
    "upon", "after", "on", "with", "apres", "avec", "nach", "mit", "bei", "tras", "con", "dopo", "na", "met",
    "reserve", "subject", "vorbehaltlich", "only", "nur", "previo",
];

/// Whether a purpose is how the visitor set a player. It may name what is played.
fn keeps_player_settings(folded: &str) -> bool {
    has_stem(folded, PLAYER_SETTINGS) && !has_stem(folded, ADVERTISING)
}

/// Whether there is a denial in the [`REACH`] words before this position.
fn is_denied(words: &[&str], at: usize) -> bool {
    let before = words.get(at.saturating_sub(REACH)..at).unwrap_or_default();
    before.iter().any(|word| has_stem(word, DENIED))
}

/// “No analytics or advertising”: whether only a word that joins stands between this word and one that is denied.
fn is_joined_to_denied(words: &[&str], at: usize) -> bool {
    let Some((joins, before)) = at.checked_sub(1).zip(at.checked_sub(2)) else { return false };
    let is_or = words.get(joins).is_some_and(|word| OR.contains(word));
    is_or && words.get(before).is_some_and(|word| has_stem(word, GATED_PURPOSES)) && is_denied(words, before)
}

/// “Or”, “nor”.
const OR: [&str; 9] = ["or", "nor", "ou", "ni", "oder", "noch", "o", "of", "ne"];

/// Whether a text names a purpose that needs consent, and does not deny it: “no advertising” does.
fn has_gated_purpose(folded: &str) -> bool {
    // “Keeps the basket between page views” is about a session.
    let folded =
        &["between page views", "across page views"].iter().fold(folded.to_owned(), |text, of| text.replace(of, ""));
    let words: Vec<&str> = folded.split(' ').collect();
    let is_denied = |at: usize| is_denied(&words, at) || is_joined_to_denied(&words, at);
    let is_played = |word: &str| keeps_player_settings(folded) && has_stem(word, PLAYED);
    let is_gated = |word: &str| has_stem(word, GATED_PURPOSES) && !is_played(word);
    let is_named = words.iter().enumerate().any(|(at, word)| is_gated(word) && !is_denied(at));
    let is_told = |phrase: &&str| {
        let words_before = |at| folded.get(..at).map_or(0, |before| before.split_whitespace().count());
        find_phrase(folded, phrase).is_some_and(|at| !is_denied(words_before(at)))
    };
    is_named || GATED_PHRASES.iter().any(is_told)
}

/// The sentences of a text. A full stop ends one if white space follows, unless it is behind a word of up to four letters,
/// such as `Art.`.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    let mut sentences = vec![String::new()];
    let mut characters = text.chars().peekable();
    let mut word = 0;
    while let Some(character) = characters.next() {
        let is_last = characters.peek().is_none_or(|next| next.is_whitespace());
        let is_end = matches!(character, '!' | '?' | ';' | '\n') || (character == '.' && is_last && word > 4);
        word = if character.is_alphanumeric() { word + 1 } else { 0 };
        if let Some(sentence) = sentences.last_mut() {
            sentence.push(character);
        }
        if is_end {
            sentences.push(String::new());
        }
    }
    sentences.into_iter().map(|sentence| sentence.trim().to_owned()).filter(|sentence| !sentence.is_empty())
}
