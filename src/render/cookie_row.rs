//! A declared cookie as a row of its category's table: what is declared of it, and what is enforced.

use super::page::Writer;
use super::phrase::{Localized, Phrase, Piece};
use crate::charter::{Category, DeclaredCookie, Lifetime, NamePattern, Need};

/// A row of a category's table: name, provider, service, purpose with remarks, lifetime with cap.
#[derive(Debug)]
pub(super) struct Row {
    /// A name, a pattern with wildcards, or a sentence around a prefix or a regular expression.
    pub(super) name: Phrase,
    /// Whether `*` and `?` in the name are wildcards, which the page then explains once.
    pub(super) has_wildcards: bool,
    /// The company that sets or reads the cookie.
    pub(super) provider: Option<String>,
    /// The provider's service that uses the cookie.
    pub(super) service: Option<Localized>,
    /// The cookie's purpose.
    pub(super) purpose: Option<Localized>,
    /// What is enforced for this cookie beyond its category's rules.
    pub(super) remarks: Vec<Phrase>,
    /// The declared lifetime, or that none is stated.
    pub(super) lifetime: String,
    /// The longest lifetime that is enforced, if there is one to mention.
    pub(super) cap: Option<Phrase>,
}

/// The row of a cookie. `category` is the cookie's own.
pub(super) fn row(writer: &Writer<'_>, cookie: &DeclaredCookie, category: &Category) -> Row {
    let (name, has_wildcards) = name(writer, &cookie.name);
    let not_stated = || writer.words.table.not_stated.to_owned();
    Row {
        name,
        has_wildcards,
        provider: cookie.provider.clone().filter(|provider| !provider.trim().is_empty()),
        service: writer.preference.text(&cookie.service),
        purpose: writer.preference.text(&cookie.purpose),
        remarks: remarks(writer, cookie, category),
        lifetime: cookie.lifetime.map_or_else(not_stated, |lifetime| writer.lifetime(lifetime)),
        cap: cap(writer, cookie, category),
    }
}

/// The names that a declaration covers, and whether they have wildcards. A prefix with a literal `*` or `?` is described in a
/// sentence.
fn name(writer: &Writer<'_>, pattern: &NamePattern) -> (Phrase, bool) {
    let in_words = |sentence, text: &String| Phrase::filled(sentence, [Piece::Code(text.clone())]);
    match pattern {
        NamePattern::Exact(name) => (Phrase::code(name), false),
        NamePattern::Prefix(prefix) if prefix.contains(['*', '?']) => {
            (in_words(writer.words.table.prefix, prefix), false)
        }
        NamePattern::Prefix(prefix) => (Phrase::code(format!("{prefix}*")), true),
        NamePattern::Glob(glob) => (Phrase::code(glob), glob.contains(['*', '?'])),
        NamePattern::Regex(regex) => (in_words(writer.words.table.expression, regex), false),
    }
}

/// The cap on the lifetime: mentioned only if it differs from the declared lifetime, or if the cookie has `cap`.
fn cap(writer: &Writer<'_>, cookie: &DeclaredCookie, category: &Category) -> Option<Phrase> {
    let words = &writer.words.remarks;
    let length = |seconds| Piece::Words(writer.lifetime(Lifetime::Seconds(seconds)));
    match (cookie.lifetime, category.max_lifetime.and_then(seconds)) {
        (None, Some(longest)) => Some(Phrase::filled(words.at_most, [length(longest)])),
        (Some(Lifetime::Seconds(declared)), Some(longest)) if declared > longest => {
            Some(Phrase::filled(words.shortened, [length(longest)]))
        }
        (Some(Lifetime::Seconds(_)), _) if cookie.cap => Some(Phrase::words(words.capped)),
        _ => None,
    }
}

/// At most one remark on consent (it holds the choice, has a key of its own, or can never be granted), and what there is
/// to say of its domain.
fn remarks(writer: &Writer<'_>, cookie: &DeclaredCookie, category: &Category) -> Vec<Phrase> {
    let (words, charter) = (&writer.words.remarks, writer.charter);
    let mut remarks = Vec::new();
    if category.consent == Need::Required {
        if writer.holds_choice(cookie) {
            remarks.push(Phrase::words(words.choice));
        } else if charter.has_own_key(cookie) {
            remarks.push(Phrase::words(words.own_key));
        } else if !charter.is_audience(cookie) && !charter.is_asked(cookie.category) {
            remarks.push(Phrase::words(words.never));
        }
    }
    let domain = cookie.domain.clone().map(Piece::Words);
    remarks.extend(domain.map(|domain| Phrase::filled(words.domain, [domain])));
    let waits = category.consent == Need::Required && !writer.holds_choice(cookie);
    let other_site = charter.other_site(cookie).filter(|domain| waits && charter.asks_without_consent(domain));
    remarks.extend(other_site.map(|_| Phrase::words(words.foreign)));
    remarks
}

impl Writer<'_> {
    /// Whether a banner of the site keeps its choice in this cookie: then it passes whatever its category.
    pub(super) fn holds_choice(&self, cookie: &DeclaredCookie) -> bool {
        self.charter.banners.iter().any(|rules| rules.is_kept_in(cookie))
    }
}

fn seconds(lifetime: Lifetime) -> Option<u32> {
    match lifetime {
        Lifetime::Session => None,
        Lifetime::Seconds(seconds) => Some(seconds),
    }
}
