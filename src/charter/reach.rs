//! What the visitors' choices can decide, by the charter alone: whether any of them grants a cookie, or refuses it, and
//! whether another site's cookie waits for them.
//!
//! `advice` warns by it, and `render` promises no more than it.

use super::{
    AudienceExemption, BannerRules, CategoryIndex, Charter, DeclaredCookie, NamePattern, Need, PartyHost, Undeclared,
};
use crate::consent::Undated;
use crate::cookie::{is_within, site_of};

impl BannerRules {
    /// Whether a choice can count at all. Not if the charter wants a date and the format records none.
    pub(crate) fn can_count(&self) -> bool {
        self.format.is_dated() || self.undated == Undated::Allow
    }

    /// Whether a choice counts for as long as the browser keeps it: `valid_for` runs from its date, and it has none.
    pub(crate) fn counts_while_kept(&self) -> bool {
        !self.format.is_dated() && self.undated == Undated::Allow
    }

    /// Whether a declaration names a cookie that the choice is kept in.
    pub(crate) fn is_kept_in(&self, cookie: &DeclaredCookie) -> bool {
        let NamePattern::Exact(name) = &cookie.name else { return false };
        self.format.names(self.cookie.as_deref()).iter().any(|(known, _)| known == name)
    }
}

impl Charter {
    /// Whether a choice that counts can grant the category by a key.
    pub(crate) fn is_asked(&self, category: CategoryIndex) -> bool {
        self.counting().any(|rules| maps_to(rules, category))
    }

    /// Whether a cookie passes under the exemption for audience measurement, if its category needs consent.
    pub(crate) fn is_audience(&self, cookie: &DeclaredCookie) -> bool {
        cookie.anonymous && self.audience_exemption.is_some_and(AudienceExemption::holds)
    }

    /// Whether a choice that counts can say something of a cookie alone.
    pub(crate) fn has_own_key(&self, cookie: &DeclaredCookie) -> bool {
        cookie.key.is_some() && self.counting().next().is_some()
    }

    /// Whether a choice that counts can refuse a cookie. Its own key is looked for in every banner.
    pub(crate) fn can_be_refused(&self, cookie: &DeclaredCookie) -> bool {
        let mut telling = self.counting().filter(|rules| rules.format.tells_refusals());
        telling.any(|rules| cookie.key.is_some() || maps_to(rules, cookie.category))
    }

    /// The domain of a cookie that belongs to another site than the charter's; octroi never sees it.
    pub(crate) fn other_site<'a>(&self, cookie: &'a DeclaredCookie) -> Option<&'a str> {
        let site = self.site.trim().to_ascii_lowercase();
        let domain = cookie.domain.as_deref()?.trim_start_matches('.');
        let folded = domain.to_ascii_lowercase();
        let is_own = site.is_empty() || is_within(&site, &folded) || site_of(&folded) == site_of(&site);
        (!is_own).then_some(domain)
    }

    /// Whether pages may ask another site's hosts, which then set their cookies, before the visitor agreed to anything.
    pub(crate) fn asks_without_consent(&self, domain: &str) -> bool {
        let Some(third) = &self.third_parties else { return true };
        let domain = domain.to_ascii_lowercase();
        let is_meant = |host: &PartyHost| is_within(&host.host, &domain) || is_within(&domain, &host.host);
        let is_exempt = |index: CategoryIndex| {
            self.categories.get(usize::from(index.0)).is_some_and(|category| category.consent == Need::Exempt)
        };
        let mut declared = third.parties.iter().filter(|party| party.hosts.iter().any(is_meant)).peekable();
        match (declared.peek(), self.undeclared) {
            (None, Undeclared::As(category)) => is_exempt(category),
            (None, Undeclared::FullConsent | Undeclared::Deny) => false,
            (Some(_), _) => declared.any(|party| is_exempt(party.category)),
        }
    }

    fn counting(&self) -> impl Iterator<Item = &BannerRules> {
        self.banners.iter().filter(|rules| rules.can_count())
    }
}

fn maps_to(rules: &BannerRules, category: CategoryIndex) -> bool {
    rules.keys.values().flatten().any(|granted| *granted == category)
}
