//! Whether a text is the name of a cookie, or the title of something else.

use super::Ahead;
use super::field::fields;
use super::head::{Head, is_small};
use crate::import::block::Rich;
use crate::import::categories::{Purpose, Standing, read as standing, says_necessary};
use crate::import::columns::{Role, bare_label, role};
use crate::import::evidence;
use crate::import::fold::fold;
use crate::import::names;
use crate::import::sections::is_about_cookies;

/// Whether a text is the name of the card below it: surely a name, or a word that the next text describes with a label, or
/// that a description and a lifetime with its label follow.
pub(super) fn is_title_of_card(text: &Rich, ahead: Ahead<'_>) -> bool {
    let line = text.line();
    let names = names::read(text, false);
    let is_one = !names.patterns.is_empty() && names.unreadable.is_empty() && !line.contains(' ');
    let may_be = (names::is_strong(&line) && !is_brand(&line)) || is_word(&line) || is_joined(&line);
    let is_described = |next: &Rich| {
        let labels = fields(next).map(|fields| fields.into_iter().map(|(role, _)| role).collect());
        let labels = labels.unwrap_or_else(|| bare_label(&next.line()).into_iter().collect::<Vec<_>>());
        !labels.is_empty() && !labels.contains(&Role::Name)
    };
    let is_card = (may_be && ahead.next.is_some_and(is_described)) || is_small_card(&line, ahead);
    is_name_alone(text) || (is_one && is_card)
}

/// Whether a word in small letters is the name of the card below it: a description follows, and a lifetime with its label.
pub(super) fn is_small_card(line: &str, ahead: Ahead<'_>) -> bool {
    let lives = |after: &Rich| {
        let labels = fields(after).unwrap_or_default();
        !labels.is_empty() && labels.iter().all(|(role, value)| *role == Role::Lifetime && !value.is_empty())
    };
    is_small(line) && ahead.next.is_some_and(|next| fields(next).is_none()) && ahead.after.is_some_and(lives)
}

/// `WordPress`, `YouTube`, `TYPO3`: a heading in mixed case, or of a few capitals, is a service's rather than a cookie's.
pub(super) fn is_brand(name: &str) -> bool {
    let is_mixed = name.bytes().any(|byte| byte.is_ascii_lowercase());
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (is_mixed || name.len() < 8)
}

/// `eu-consent`, `cookie.lang`: a word in small letters with a hyphen or a dot, which is no title.
pub(super) fn is_joined(name: &str) -> bool {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_');
    name.contains(['-', '.'])
        && name.bytes().all(is_small)
        && match standing(name) {
            Standing::Silent | Standing::Gated(Purpose::Other) => true,
            // `auth-token`, not `strictly-necessary`.
            Standing::Exempt => !fold(name).split([' ', '-', '.', '_']).any(says_necessary),
            Standing::Gated(_) | Standing::Contradictory | Standing::Ambiguous(_) => false,
        }
        && evidence::of_provider(name).is_none_or(|_| name.ends_with("consent"))
}

/// `cookiekeuze`: a word in small letters that says nothing of a purpose. A title begins with a capital.
pub(super) fn is_word(name: &str) -> bool {
    is_small_word(name) && standing(name) == Standing::Silent && evidence::of_provider(name).is_none()
}

/// `etracker`: a service in small letters, which may be a cookie's name if a card describes it.
pub(super) fn is_service_word(name: &str) -> bool {
    is_small_word(name) && evidence::of_provider(name).is_some()
}

fn is_small_word(name: &str) -> bool {
    name.len() > 1
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && !matches!(name, "cookie" | "cookies")
        && role(name).is_none()
}

/// Whether a text is a single name and nothing else.
pub(super) fn is_name_alone(text: &Rich) -> bool {
    let names = names::read(text, false);
    let is_one = names.patterns.len() == 1 && names.unreadable.is_empty();
    is_one && !text.line().contains(' ') && names.patterns.iter().all(|name| names::is_sure(name.text()))
}

/// Whether a text can be the name of a cookie rather than the next title.
pub(super) fn may_name(text: &Rich) -> bool {
    let line = text.line();
    let names = names::read(text, false);
    let is_title = standing(&line) != Standing::Silent && !line.contains(['_', '-', '.']);
    (!names.patterns.is_empty() && names.unreadable.is_empty() && !is_title) || !names.stored.is_empty()
}

/// A word with a capital, like `Videos`: below the label `Cookies` it is a title rather than a name.
pub(super) fn is_plain_title(text: &Rich) -> bool {
    let line = text.line();
    line.starts_with(char::is_uppercase) && !names::is_strong(&line)
}

/// Whether a text surely declares names by itself, as an item or a sentence.
pub(super) fn declares(text: &Rich) -> bool {
    Head::item(text).as_ref().is_some_and(Head::is_name)
}

/// Whether a text behind a declaration may be about it, rather than the title of what follows.
pub(super) fn may_describe(text: &str) -> bool {
    !text.ends_with(':') && (text.ends_with('.') || !is_about_cookies(text))
}
