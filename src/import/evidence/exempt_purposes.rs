//! Purposes that need no consent (Article 29 Working Party, opinion 04/2012; CNIL, guidelines 2020-091): a session, a login,
//! a choice, a language, a basket, security, load balancing.
//!
//! An exempt title is not enough: its author may have put a tracker under it. Nor is one exempt purpose in a row, which may
//! go on: “keeps your login, to know where you go”. So the text is cut into parts, at punctuation and at every word that
//! joins (“and”, “to”, “so that”, “which”, “during”), and each part is judged by itself. It must name one of these purposes,
//! in words that are all known beside it (`groups`, `neutral`); or say nothing at all (`empty`); or be something that belongs
//! to a purpose which another part names (`beside`). A part that asks (“where you go”) or denies (“without login”) says more
//! than nothing. The order of the parts does not matter.
//!
//! Sites have words of their own, which no list contains: “keeps you signed in to hire bookings”. A text that names one of
//! these purposes and has such words beside it is likely exempt, unless one of them may be of a purpose that needs consent
//! (`suspect`): those are few. A person is asked to check it.

mod beside;
mod cover;
mod empty;
mod groups;
mod joining;
mod neutral;
mod parts;
mod places;
mod suspect;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::consent::choice_cookies;
use crate::import::columns::{Role, role};
use crate::import::durations::is_duration;
use crate::import::fold::fold;
use crate::import::sections::is_understood;
use cover::Said;

/// Cookies of frameworks, load balancers and banners that have no other purpose.
const NAMES: [&str; 31] = [
    "PHPSESSID", "JSESSIONID", "ASP.NET_SessionId", "sessionid", "csrftoken", "XSRF-TOKEN", "CSRF-TOKEN", "csrf",
    "csrf_token", "_csrf", "laravel_session", "ci_session", "connect.sid", "django_language", "fe_typo_user", "has_js",
    "SERVERID", "ROUTEID", "AWSALB", "AWSALBCORS", "ARRAffinity", "ARRAffinitySameSite", "__RequestVerificationToken",
    "wordpress_test_cookie", "CookieConsent", "CookieLawInfoConsent", "borlabs-cookie", "ckan", "pll_language",
    "COOKIE_SUPPORT", "GUEST_LANGUAGE_ID",
];

/// Cookies of payment, of shops, and of protection against attacks: if a page calls them necessary, a person checks it, in
/// whatever words their purpose is told.
const LIKELY_NAMES: [&str; 13] = [
    "__stripe_mid", "__stripe_sid", "__cf_bm", "cf_clearance", "_cfuvid", "__cfruid", "ak_bmsc", "bm_sv", "bm_sz",
    "datadome", "_secure_session_id", "_shopify_essential", "wordpress_",
];

/// How the names of cookies for a login and a basket begin in a common system of pages and shops, and those of records of
/// consent.
const LIKELY_BEGINNINGS: [&str; 8] = [
    "wordpress_logged_in_", "wordpress_sec_", "wp-settings-", "wp_woocommerce_session_", "woocommerce_cart_hash",
    "woocommerce_items_in_cart", "ppms_privacy", "cookieyesID",
];

/// Words of names that tell of such a purpose: `usager_session`, `fooAuth`.
const NAMED: &str = "auth basket captcha carrello carrito cart consent csrf csrftoken idioma lang language lingua locale logged \
    login mandje panier saml sess sessid session sessionid sessione sprache sso taal warenkorb xsrf draft bozza \
    brouillon entwurf";

/// What a scanner writes until somebody has said what a cookie is for.
const PENDING: &str = "pending|classification pending|unknown|en attente|en attente de classification|inconnu|ausstehend|\
    anstehend|unbekannt|noch nicht klassifiziert|pendiente|pendiente de clasificacion|desconocido|in afwachting|onbekend|\
    in sospeso|in attesa|sconosciuto";

/// The most words of a provider that are taken for its name.
const MAX_PROVIDER_WORDS: usize = 6;
/// The most words of a lifetime: “jusqu'à la fermeture du navigateur”.
const MAX_LIFETIME_WORDS: usize = 5;
/// Lifetimes without a label.
const OF_SESSIONS: [&str; 6] = [
    "duration of the session", "duree de la session", "dauer der sitzung", "duracion de la sesion",
    "duur van de sessie", "durata della sessione",
];

/// Whether the purpose of a row needs no consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Exempt {
    Yes,
    /// It names such a purpose, in words that are not all known.
    Likely,
    No,
}

/// Whether the purpose of a row needs no consent. A row that states none passes, and so does one of the known names.
///
/// The words of the cookie's name and of its `provider` say nothing in the purpose: what speaks against them is found
/// where they stand.
pub(in crate::import) fn of_purpose(name: &str, provider: &str, purpose: &str) -> Exempt {
    let all: Vec<&str> = pieces(purpose).collect();
    let said: Vec<&str> = all.iter().copied().filter(|piece| !says_needed(piece) && !denies_data(piece)).collect();
    // What a cookie is for must be said besides.
    let said = if said.is_empty() { all } else { said };
    if is_necessary_name(name) || said.is_empty() {
        return Exempt::Yes;
    }
    if LIKELY_NAMES.contains(&name)
        || LIKELY_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
        || (super::keeps_a_choice(&fold(purpose)) && has_only_choice_words(purpose))
    {
        return match said_of(name, provider, &said) {
            Said::Exempt => Exempt::Yes,
            _ => Exempt::Likely,
        };
    }
    if said.iter().all(|piece| PENDING.split('|').any(|pending| pending == fold(piece))) {
        return Exempt::Likely;
    }
    match said_of(name, provider, &said) {
        Said::Exempt => Exempt::Yes,
        Said::Likely => Exempt::Likely,
        // “Technical cookie”, “13 months”.
        Said::Nothing if said.iter().all(|piece| is_understood(piece) || is_duration(piece)) => Exempt::Yes,
        Said::Nothing | Said::More => Exempt::No,
    }
}

/// Whether a cookie of this name has no purpose but one that needs no consent.
pub(in crate::import) fn is_necessary_name(name: &str) -> bool {
    NAMES.contains(&name) || keeps_the_choice(name)
}

/// Whether the purpose of a row says by itself that no consent is needed.
pub(in crate::import) fn states_exempt_purpose(name: &str, provider: &str, purpose: &str) -> bool {
    let said: Vec<&str> = pieces(purpose).collect();
    said_of(name, provider, &said) == Said::Exempt && super::of_cell(purpose).is_none()
}

fn said_of(name: &str, provider: &str, said: &[&str]) -> Said {
    let known = fold(&format!("{name} {}", provider_name(provider)));
    let names: Vec<&str> = known.split(' ').collect();
    cover::said(said, &names, is_named(name))
}

/// Whether a cookie's name has a word of such a purpose, and none of another.
fn is_named(name: &str) -> bool {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for character in name.chars() {
        let begins = !character.is_alphanumeric() || (was_small && character.is_uppercase());
        was_small = character.is_lowercase();
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character.is_alphanumeric()) {
            word.extend(character.to_lowercase());
        }
    }
    let is_known = |word: &String| NAMED.split_whitespace().any(|known| known == word);
    words.iter().any(is_known) && !words.iter().any(|word| cover::is_suspect_word(word))
}

/// Whether a title names purposes that need no consent, and nothing else: “Basket and checkout”.
pub(in crate::import) fn names_exempt_purpose(title: &str) -> bool {
    cover::said(&[title], &[], false) == Said::Exempt && super::of_cell(title).is_none()
}

/// Whether a text has a word that may be of a purpose that needs consent.
pub(in crate::import) fn has_suspect_word(text: &str) -> bool {
    fold(text).split(' ').any(cover::is_suspect_word)
}

fn provider_name(provider: &str) -> &str {
    if provider.split_whitespace().count() > MAX_PROVIDER_WORDS { "" } else { provider }
}

/// Whether a known banner or tracker keeps the visitor's choice in this cookie.
///
/// Pages have many words for that purpose. The proxy lets these cookies through in any case, because without them
/// every page would ask again.
pub(in crate::import) fn keeps_the_choice(name: &str) -> bool {
    choice_cookies::is_choice(name)
}

/// “Without this cookie, you cannot log in”: a sentence about what does not work then says nothing of another purpose.
fn says_needed(piece: &str) -> bool {
    let folded = fold(piece);
    let rest = WITHOUT_IT.split('|').find_map(|phrase| folded.strip_prefix(phrase)?.strip_prefix(' '));
    rest.is_some_and(|rest| {
        let kept: Vec<&str> = rest.split(' ').filter(|word| !NO.contains(word) && !NOT.contains(word)).collect();
        matches!(cover::said(&[&kept.join(" ")], &[], false), Said::Exempt | Said::Likely | Said::Nothing)
    })
}

/// “No personal data.”: a short sentence that denies what a cookie holds.
fn denies_data(piece: &str) -> bool {
    let folded = fold(piece);
    let words: Vec<&str> = folded.split(' ').collect();
    let denies = words.first().is_some_and(|word| NO.contains(word));
    let is_data = words.iter().skip(1).any(|word| DATA.split_whitespace().any(|stem| word.starts_with(stem)));
    denies && is_data && words.len() <= 5 && !words.iter().skip(1).any(|word| cover::is_suspect_word(word))
}

/// “No”, in front of what is not there.
const NO: [&str; 16] = [
    "no", "none", "aucun", "aucune", "pas", "kein", "keine", "keinerlei", "sin", "ningun", "ninguna", "geen", "nessun",
    "nessuna", "nessuno", "without",
];
/// “Not”.
const NOT: [&str; 9] = ["not", "pas", "plus", "ne", "nicht", "non", "niet", "cannot", "t"];
/// What a cookie may hold.
const DATA: &str = "data dati daten dato datos donnee gegevens persoonsgegeven credenzial credential identif information \
    informacion informazion angaben";

/// “Without this cookie”, at the beginning of a sentence.
const WITHOUT_IT: &str = "without this cookie|without these cookies|without it|without them|sans ce cookie|sans ces cookies|\
    sans celui ci|ohne dieses cookie|ohne diesen cookie|ohne diese cookies|sin esta cookie|sin estas cookies|\
    zonder deze cookie|zonder dit cookie|zonder deze cookies|senza questo cookie|senza questi cookie";

/// Whether the suspect words of a purpose are no more than those of a choice of cookies.
fn has_only_choice_words(purpose: &str) -> bool {
    let is_of_choice = |word: &str| CHOICE_WORDS.split_whitespace().any(|known| word.starts_with(known));
    fold(purpose).split(' ').all(|word| is_of_choice(word) || !cover::is_suspect_word(word))
}

/// Words of a choice of cookies that elsewhere are suspect.
const CHOICE_WORDS: &str = "prefer praferenz voorkeur categor kategor polic politi";

/// The sentences of a purpose, without those about the lifetime: “Expires: 2 weeks”, “(durée de la session)”.
fn pieces(purpose: &str) -> impl Iterator<Item = &str> {
    let pieces = purpose.split(['.', ';', '(', ')', '—', '–', '\n']).flat_map(|piece| piece.split(" - "));
    pieces.map(str::trim).filter(|piece| !fold(piece).is_empty() && !is_lifetime(piece))
}

/// Whether a sentence is no more than a lifetime, with a label that says so.
fn is_lifetime(piece: &str) -> bool {
    let is_labelled = piece.split_once(':').is_some_and(|(label, value)| {
        let is_short = value.split_whitespace().count() <= MAX_LIFETIME_WORDS;
        is_short && is_duration(value) && role(label).is_some_and(|(role, _)| role == Role::Lifetime)
    });
    is_labelled || OF_SESSIONS.contains(&fold(piece).as_str())
}
