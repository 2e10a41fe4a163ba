//! Makes the checked charter of a document, and reports every problem at once.
//!
//! The structure is known to be right by now, because the schema was checked. Here the meaning of the keys is checked.

mod banners;
mod publish;
#[cfg(test)]
mod tests;
mod third_parties;

use std::collections::BTreeMap;

use super::document::{CategoryDocument, CookieDocument, HeadDocument};
use super::names::impossible;
use super::{
    AudienceExemption, Category, CategoryIndex, Charter, CharterDocument, DeclaredCookie, KeyPath, Lifetime,
    NamePattern, Problem, Undeclared,
};
use crate::cookie::{UnixTime, is_public_suffix};

/// Ids that octroi's own categories have, and words of `undeclared`.
const RESERVED: [&str; 6] = ["choice", "infrastructure", "undeclared", "unreadable", "full-consent", "deny"];

impl Charter {
    /// The checked charter of a document.
    ///
    /// # Errors
    /// All that is wrong with it, by key; never only the first problem.
    pub fn from_document(document: &CharterDocument) -> Result<Self, Vec<Problem>> {
        let ids = document.category.iter().map(|category| category.id.as_deref().unwrap_or_default()).collect();
        let mut check = Check { ids, problems: Vec::new() };
        let root = KeyPath::default();
        let absent = HeadDocument::default();
        let head = document.charter.as_ref().unwrap_or(&absent);
        let banners = check.banners(document.consent.as_ref(), &root.key("consent"));
        let charter = Self {
            site: head.site.clone(),
            jurisdiction: head.jurisdiction,
            languages: check.languages(head, &root.key("charter").key("languages")),
            undeclared: check.undeclared(&head.undeclared, &root.key("charter").key("undeclared")),
            expire_domains: check.expire_domains(head, &root.key("charter").key("expire_domains")),
            infrastructure: check.infrastructure(head, &root.key("charter").key("infrastructure")),
            publish: check.publish(head.publish.as_ref(), &root.key("charter").key("publish")),
            audience_exemption: document.audience_exemption.map(|asserted| AudienceExemption {
                sole_account: asserted.sole_account,
                no_cross_site_tracking: asserted.no_cross_site_tracking,
                anonymous_statistics: asserted.anonymous_statistics,
                no_cross_matching: asserted.no_cross_matching,
            }),
            categories: check.categories(&document.category, &root.key("category")),
            cookies: check.cookies(&document.cookie, &root.key("cookie")),
            third_parties: check.third_parties(document, &root),
            banners: banners.rules,
            combine: banners.combine,
            gpc: banners.gpc,
        };
        check.required(document.charter.as_ref(), &root, "charter");
        check.key_count(&charter, &root);
        if check.problems.is_empty() { Ok(charter) } else { Err(check.problems) }
    }
}

/// Collects the problems. A wrong value is replaced by a valid one, so that the rest is still checked.
struct Check<'a> {
    /// Of all categories, by position; empty if one is missing.
    ids: Vec<&'a str>,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn languages(&mut self, head: &HeadDocument, path: &KeyPath) -> Vec<String> {
        if head.languages.is_empty() {
            self.report(path.clone(), "a charter has at least one language");
        }
        for (index, language) in head.languages.iter().enumerate() {
            if !is_language_tag(language) {
                let problem = Problem::new(path.index(index), format!("`{language}` is not a language tag (BCP 47)"));
                self.problems.push(problem.with_help(match tag_of(language) {
                    Some(tag) => format!("write `{tag}`"),
                    None => "write `fr`, `en`, `pt-BR`, …".to_owned(),
                }));
            }
        }
        head.languages.clone()
    }

    /// A faulty word becomes `deny`, which lets nothing pass.
    fn undeclared(&mut self, word: &str, path: &KeyPath) -> Undeclared {
        match word {
            "full-consent" => Undeclared::FullConsent,
            "deny" => Undeclared::Deny,
            id => self.category(id, path, &["full-consent", "deny"]).map_or(Undeclared::Deny, Undeclared::As),
        }
    }

    /// In lower case. A public suffix is refused: deleting there would reach other owners' cookies.
    fn expire_domains(&mut self, head: &HeadDocument, path: &KeyPath) -> Vec<String> {
        for (index, domain) in head.expire_domains.iter().enumerate() {
            let path = path.index(index);
            if self.host_name(domain, &path) && is_public_suffix(domain) {
                let message = format!("`{domain}` is a public suffix: what lies below it belongs to different owners");
                self.problems.push(Problem::new(path, message).with_help("write a domain that the controller owns"));
            }
        }
        head.expire_domains.iter().map(|domain| domain.to_ascii_lowercase()).collect()
    }

    fn infrastructure(&mut self, head: &HeadDocument, path: &KeyPath) -> Vec<String> {
        for (index, glob) in head.infrastructure.iter().enumerate() {
            self.possible_name(glob, &path.index(index));
        }
        head.infrastructure.clone()
    }

    fn categories(&mut self, documents: &[CategoryDocument], path: &KeyPath) -> Vec<Category> {
        if documents.len() > Charter::MAX_CATEGORIES {
            let message = format!("{} categories, where {} are the most", documents.len(), Charter::MAX_CATEGORIES);
            self.report(path.index(Charter::MAX_CATEGORIES), message);
        }
        documents.iter().enumerate().filter_map(|(index, document)| self.one(document, index, path)).collect()
    }

    fn one(&mut self, document: &CategoryDocument, index: usize, path: &KeyPath) -> Option<Category> {
        let path = path.index(index);
        let id = self.required(document.id.as_ref(), &path, "id").cloned();
        let consent = self.required(document.consent, &path, "consent");
        if let Some(id) = &id {
            self.id(id, index, &path.key("id"));
        }
        Some(Category {
            max_lifetime: self.length(document.max_lifetime.as_deref(), &path.key("max_lifetime")),
            id: id?,
            consent: consent?,
            title: document.title.clone(),
            description: document.description.clone(),
            enforcement: document.enforcement,
            asked_since: self.day(document.asked_since.as_deref(), &path.key("asked_since")),
        })
    }

    fn id(&mut self, id: &str, index: usize, path: &KeyPath) {
        if !is_id(id) {
            self.report(
                path.clone(),
                format!("`{id}` is no category id: write lower-case letters, digits and hyphens"),
            );
        } else if RESERVED.contains(&id) {
            let problem = Problem::new(path.clone(), format!("the category id `{id}` is octroi's own"));
            self.problems.push(problem.with_help(format!("choose another one, `{id}-cookies` for instance")));
        } else if self.ids.iter().take(index).any(|earlier| *earlier == id) {
            self.report(path.clone(), format!("there is a category `{id}` already"));
        }
    }

    fn cookies(&mut self, documents: &'a [CookieDocument], path: &KeyPath) -> Vec<DeclaredCookie> {
        let mut first = BTreeMap::new();
        let mut cookies = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            let path = path.index(index);
            let cookie = self.cookie(document, &path);
            let Some(cookie) = cookie else { continue };
            let name = (cookie.name.key(), cookie.name.text().to_owned());
            if let Some(earlier) = first.insert(name, index) {
                let (key, text) = (cookie.name.key(), cookie.name.text());
                let problem = Problem::new(path.key(key), format!("the {key} `{text}` is declared twice"));
                self.problems.push(problem.with_help(format!("the first declaration is `cookie[{earlier}]`")));
            }
            cookies.push(cookie);
        }
        cookies
    }

    fn cookie(&mut self, document: &CookieDocument, path: &KeyPath) -> Option<DeclaredCookie> {
        let name = self.pattern(document, path);
        let id = self.required(document.category.as_deref(), path, "category");
        let category = id.and_then(|id| self.category(id, &path.key("category"), &[]));
        let lifetime = self.lifetime(document.lifetime.as_deref(), &path.key("lifetime"));
        self.cap(document, lifetime, path);
        self.scope(document, path);
        Some(DeclaredCookie {
            name: name?,
            category: category?,
            provider: document.provider.clone(),
            service: document.service.clone(),
            purpose: document.purpose.clone(),
            lifetime,
            cap: document.cap,
            key: document.key.clone(),
            domain: document.domain.clone(),
            path: document.path.clone(),
            anonymous: document.anonymous,
            secure: document.secure,
            http_only: document.http_only,
            same_site: document.same_site.map(Into::into),
        })
    }

    fn pattern(&mut self, document: &CookieDocument, path: &KeyPath) -> Option<NamePattern> {
        let exact = document.name.clone().map(NamePattern::Exact);
        let prefix = document.prefix.clone().map(NamePattern::Prefix);
        let glob = document.glob.clone().map(NamePattern::Glob);
        let regex = document.regex.clone().map(NamePattern::Regex);
        let mut patterns = [exact, prefix, glob, regex].into_iter().flatten();
        let Some(pattern) = patterns.next() else {
            let problem = Problem::new(path.key("name"), "the cookie has no name");
            self.problems.push(problem.with_help("write `name`, or `prefix`, `glob` or `regex` for several"));
            return None;
        };
        if let Some(second) = patterns.next() {
            let message = format!("a cookie is named by `{}` or by `{}`, not by both", pattern.key(), second.key());
            self.problems
                .push(Problem::new(path.key(second.key()), message).with_help("write two `[[cookie]]` tables"));
        }
        if pattern.key() == "regex" && pattern.text().is_empty() {
            self.report(path.key("regex"), "the expression is empty: it covers no name");
        } else if pattern.key() != "regex" {
            self.possible_name(pattern.text(), &path.key(pattern.key()));
        }
        Some(pattern)
    }

    fn cap(&mut self, document: &CookieDocument, lifetime: Option<Lifetime>, path: &KeyPath) {
        if document.cap && !matches!(lifetime, Some(Lifetime::Seconds(_))) && self.unreported(&path.key("lifetime")) {
            let problem = Problem::new(path.key("cap"), "`cap` needs a `lifetime` to cap to");
            self.problems.push(problem.with_help("write `lifetime = \"13 months\"`, for instance"));
        }
    }

    fn scope(&mut self, document: &CookieDocument, path: &KeyPath) {
        if document.path.as_ref().is_some_and(|path| !path.starts_with('/')) {
            self.report(path.key("path"), "a cookie's path begins with `/`");
        }
        if let Some(domain) = &document.domain {
            self.host_name(domain, &path.key("domain"));
        }
        if document.key.as_ref().is_some_and(String::is_empty) {
            self.report(path.key("key"), "a key of the choice has at least one character");
        }
    }

    fn lifetime(&mut self, text: Option<&str>, path: &KeyPath) -> Option<Lifetime> {
        text?.parse().map_err(|error: super::LifetimeError| self.report(path.clone(), error.to_string())).ok()
    }

    /// A lifetime that other lives are measured against, which `session` cannot be.
    fn length(&mut self, text: Option<&str>, path: &KeyPath) -> Option<Lifetime> {
        let lifetime = self.lifetime(text, path);
        if lifetime == Some(Lifetime::Session) {
            self.report(path.clone(), "a length of time is wanted here: `13 months`, not `session`");
            return None;
        }
        lifetime
    }

    /// The beginning of a day.
    fn day(&mut self, text: Option<&str>, path: &KeyPath) -> Option<UnixTime> {
        let midnight = text?.parse().and_then(|day: jiff::civil::Date| format!("{day}T00:00:00Z").parse());
        let midnight = midnight.map(|midnight: jiff::Timestamp| UnixTime(midnight.as_second()));
        midnight.map_err(|_| self.report(path.clone(), "a day is wanted here: `2026-11-01`")).ok()
    }

    fn host_name(&mut self, domain: &str, path: &KeyPath) -> bool {
        let host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let is_name = !domain.is_empty() && domain.bytes().all(host);
        if !is_name {
            let problem = Problem::new(path.clone(), "a cookie's domain is a bare host name");
            self.problems.push(problem.with_help("write it without scheme, port or path: `education.gouv.fr`"));
        }
        is_name
    }

    fn possible_name(&mut self, name: &str, path: &KeyPath) {
        if let Some(reason) = impossible(name) {
            self.report(path.clone(), format!("no cookie can be named so: {reason}"));
        }
    }

    fn category(&mut self, id: &str, path: &KeyPath, words: &[&'a str]) -> Option<CategoryIndex> {
        let index = self.index(id);
        // If an id is missing, this may be the one that was meant.
        if index.is_none() && self.ids.iter().all(|id| !id.is_empty()) {
            let known = words.iter().chain(&self.ids).copied();
            let problem = Problem::unknown(path.clone(), format!("there is no category `{id}`"), id, known);
            self.problems.push(problem);
        }
        index
    }

    fn index(&self, id: &str) -> Option<CategoryIndex> {
        let position = self.ids.iter().position(|known| *known == id && !id.is_empty())?;
        u8::try_from(position).ok().map(CategoryIndex)
    }

    fn required<T>(&mut self, value: Option<T>, table: &KeyPath, key: &str) -> Option<T> {
        if value.is_none() {
            self.problems.push(Problem::missing(table, key));
        }
        value
    }

    fn unreported(&self, path: &KeyPath) -> bool {
        !self.problems.iter().any(|problem| problem.path.is_within(path))
    }

    fn report(&mut self, path: KeyPath, message: impl Into<String>) {
        self.problems.push(Problem::new(path, message));
    }
}

/// Whether a text can be the label of metrics: lower-case letters, digits and hyphens.
fn is_id(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// A subtag of a language tag: up to eight letters and digits (RFC 5646 §2.1).
/// A language of two or three letters (ISO 639), then subtags. Longer languages are allowed by RFC 5646 §2.2.1, and none is
/// registered: what is written so is a language's name.
fn is_language_tag(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_language && tag.split('-').all(is_subtag)
}

/// The tag of a language that is written out: those of the European Union's portals that are most often met.
fn tag_of(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "french" | "français" | "francais" => "fr",
        "english" | "anglais" => "en",
        "german" | "deutsch" | "allemand" => "de",
        "spanish" | "español" | "espagnol" => "es",
        "italian" | "italiano" | "italien" => "it",
        "portuguese" | "português" | "portugais" => "pt",
        "dutch" | "nederlands" | "néerlandais" => "nl",
        _ => return None,
    })
}

fn is_subtag(subtag: &str) -> bool {
    (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
