//! Compares the declared cookies, by their names.
//!
//! An exact name that a pattern covered before is not new; any other pattern is.

use super::words::{is_longer, read_alike, same_name, shown};
use super::{Comparison, Kind};
use crate::charter::{AudienceExemption, Charter, DeclaredCookie, NamePattern, Need};

impl Comparison<'_> {
    /// Material: a new name, another category if visitors are asked for one of the two, another way of agreeing, other
    /// words for the purpose, another provider, a longer lifetime, and a cap that is no longer enforced.
    pub(super) fn cookies(&mut self) {
        let (before, after) = (self.before, self.after);
        for cookie in &after.cookies {
            if let Some(earlier) = counterpart(before, cookie) {
                self.cookie(earlier, cookie);
            } else {
                let category = after.category_id(cookie.category).to_owned();
                self.note(Kind::Cookie, &cookie.name.shown(), None, Some(category), true);
                self.widens_for(cookie);
            }
        }
        for gone in before.cookies.iter().filter(|cookie| counterpart(after, cookie).is_none()) {
            let category = before.category_id(gone.category).to_owned();
            self.note(Kind::Cookie, &gone.name.shown(), Some(category), None, false);
        }
    }

    fn cookie(&mut self, before: &DeclaredCookie, after: &DeclaredCookie) {
        let name = &after.name.shown();
        let known = self.report.differences.len();
        self.category_and_consent(before, after, name);
        let is_other = !read_alike(&before.purpose, &after.purpose);
        self.note(Kind::Purpose, name, shown(&before.purpose), shown(&after.purpose), is_other);
        let provider = |cookie: &DeclaredCookie| cookie.provider.clone();
        let is_other = after.provider.is_some() && !same_name(before.provider.as_deref(), after.provider.as_deref());
        self.note(Kind::Provider, name, provider(before), provider(after), is_other);
        let life = |cookie: &DeclaredCookie| cookie.lifetime.map(|lifetime| lifetime.to_string());
        let lives_longer = is_longer(before.lifetime, after.lifetime);
        self.note(Kind::Lifetime, name, life(before), life(after), lives_longer);
        let cap = |cookie: &DeclaredCookie| Some(if cookie.cap { "enforced" } else { "declared" }.to_owned());
        self.note(Kind::Cap, name, cap(before), cap(after), before.cap);
        self.note(Kind::Service, name, shown(&before.service), shown(&after.service), false);
        self.note(Kind::Attributes, name, attributes(before), attributes(after), false);
        if self.report.differences.iter().skip(known).any(|difference| difference.material) {
            self.widens_for(after);
        }
    }

    /// A cookie that passes unless it is refused takes nothing from a consent.
    fn widens_for(&mut self, cookie: &DeclaredCookie) {
        if !is_audience(self.after, cookie) {
            self.widens(cookie.category);
        }
    }

    /// Another category is material unless both are exempt; another need for consent always is.
    fn category_and_consent(&mut self, before: &DeclaredCookie, after: &DeclaredCookie, name: &str) {
        let (from, to) = (self.before.category_id(before.category), self.after.category_id(after.category));
        let needs = |charter: &Charter, cookie: &DeclaredCookie| need(charter, cookie) == Some(Need::Required);
        let is_asked = needs(self.before, before) || needs(self.after, after);
        self.note(Kind::Category, name, Some(from.to_owned()), Some(to.to_owned()), is_asked);
        let (from, to) = (agreement(self.before, before), agreement(self.after, after));
        self.note(Kind::Consent, name, Some(from), Some(to), true);
    }
}

/// The declaration of a charter that covers the same names: one with this pattern, or a pattern that covers this name.
fn counterpart<'c>(charter: &'c Charter, cookie: &DeclaredCookie) -> Option<&'c DeclaredCookie> {
    let same = charter.cookies.iter().find(|other| other.name == cookie.name);
    let covering = || match &cookie.name {
        NamePattern::Exact(name) => charter.cookies.iter().find(|other| other.name.surely_covers(name)),
        NamePattern::Prefix(_) | NamePattern::Glob(_) | NamePattern::Regex(_) => None,
    };
    same.or_else(covering)
}

fn need(charter: &Charter, cookie: &DeclaredCookie) -> Option<Need> {
    charter.categories.get(usize::from(cookie.category.0)).map(|category| category.consent)
}

/// Whether it passes without consent as audience measurement, if its category needs one.
fn is_audience(charter: &Charter, cookie: &DeclaredCookie) -> bool {
    cookie.anonymous && charter.audience_exemption.is_some_and(AudienceExemption::holds)
}

/// Whether and how the visitor must agree, in words.
fn agreement(charter: &Charter, cookie: &DeclaredCookie) -> String {
    match (need(charter, cookie), &cookie.key) {
        (Some(Need::Exempt), _) => "exempt".to_owned(),
        _ if is_audience(charter, cookie) => "set unless refused (anonymous statistics)".to_owned(),
        (_, Some(key)) => format!("required, by the key `{key}`"),
        (_, None) => "required".to_owned(),
    }
}

fn attributes(cookie: &DeclaredCookie) -> Option<String> {
    let domain = cookie.domain.as_ref().map(|domain| format!("domain {domain}"));
    let path = cookie.path.as_ref().map(|path| format!("path {path}"));
    let same_site = cookie.same_site.map(|word| format!("same_site {word:?}").to_lowercase());
    let switches = [(cookie.secure, "secure"), (cookie.http_only, "http_only")];
    let switches = switches.into_iter().filter(|(is_on, _)| *is_on).map(|(_, word)| word.to_owned());
    let all: Vec<_> = domain.into_iter().chain(path).chain(switches).chain(same_site).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
