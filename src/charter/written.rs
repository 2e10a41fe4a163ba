//! Makes a document of a checked charter: a rendered page holds it, and `import` reads it back.
//!
//! `Charter::from_document(&charter.document())` is the same charter, for every charter. The text may differ from the original
//! file: defaults are left out, and the defaults of a banner's format are written out.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::document::{
    AudienceExemptionDocument, BannersDocument, CategoryDocument, CharterDocument, ConsentDocument, CookieDocument,
    FormatWord, HeadDocument, KeyTarget, PublishDocument, PublishTable, ThirdPartiesDocument, ThirdPartyDocument,
};
use super::{
    AudienceExemption, BannerRules, Category, CategoryIndex, Charter, Combine, DeclaredCookie, Gpc, NamePattern,
    Publish, ReportSample, Style, ThirdParties, ThirdParty, Undeclared,
};
use crate::cookie::UnixTime;

/// The name under which a rendered page carries its charter: the `id` of a script in HTML, the first word of a comment in
/// Markdown; in JSON, with an underscore, a key.
pub const EMBEDDED: &str = "octroi-charter";

impl Charter {
    /// The document that says the same.
    pub fn document(&self) -> CharterDocument {
        CharterDocument {
            charter: Some(self.head()),
            audience_exemption: self.audience_exemption.map(audience_exemption),
            category: self.categories.iter().map(category).collect(),
            cookie: self.cookies.iter().map(|declared| self.cookie(declared)).collect(),
            third_parties: self.third_parties.as_ref().map(third_parties),
            third_party: self
                .third_parties
                .iter()
                .flat_map(|third| &third.parties)
                .map(|party| self.party(party))
                .collect(),
            consent: self.consent(),
        }
    }

    /// A category's id; empty if there is none at this position.
    pub fn category_id(&self, index: CategoryIndex) -> &str {
        self.categories.get(usize::from(index.0)).map_or("", |category| &category.id)
    }

    fn head(&self) -> HeadDocument {
        HeadDocument {
            site: self.site.clone(),
            jurisdiction: self.jurisdiction,
            languages: self.languages.clone(),
            undeclared: self.undeclared_word().to_owned(),
            expire_domains: self.expire_domains.clone(),
            infrastructure: self.infrastructure.clone(),
            publish: self.publish.as_ref().map(publish),
        }
    }

    /// What the charter says after `undeclared`.
    pub fn undeclared_word(&self) -> &str {
        match self.undeclared {
            Undeclared::FullConsent => "full-consent",
            Undeclared::Deny => "deny",
            Undeclared::As(index) => self.category_id(index),
        }
    }

    fn cookie(&self, declared: &DeclaredCookie) -> CookieDocument {
        let DeclaredCookie { provider, service, purpose, key, domain, path, .. } = declared.clone();
        let mut document = CookieDocument {
            category: Some(self.category_id(declared.category).to_owned()),
            provider,
            service,
            purpose,
            lifetime: declared.lifetime.map(|lifetime| lifetime.to_string()),
            cap: declared.cap,
            key,
            domain,
            path,
            anonymous: declared.anonymous,
            secure: declared.secure,
            http_only: declared.http_only,
            same_site: declared.same_site.map(Into::into),
            ..CookieDocument::default()
        };
        let name = Some(declared.name.text().to_owned());
        match declared.name {
            NamePattern::Exact(_) => document.name = name,
            NamePattern::Prefix(_) => document.prefix = name,
            NamePattern::Glob(_) => document.glob = name,
            NamePattern::Regex(_) => document.regex = name,
        }
        document
    }

    fn party(&self, party: &ThirdParty) -> ThirdPartyDocument {
        ThirdPartyDocument {
            id: Some(party.id.clone()),
            hosts: party.hosts.iter().map(ToString::to_string).collect(),
            paths: party.paths.iter().map(ToString::to_string).collect(),
            category: Some(self.category_id(party.category).to_owned()),
            key: party.key.clone(),
            service: party.service.clone(),
            website: party.website.clone(),
        }
    }

    /// What holds for all banners is said in the first table.
    fn consent(&self) -> Option<BannersDocument> {
        let mut tables: Vec<_> = self.banners.iter().map(|rules| self.banner(rules)).collect();
        let first = tables.first_mut()?;
        first.gpc = self.gpc;
        first.combine = (self.combine == Combine::First).then_some(Combine::First);
        Some(match tables.as_slice() {
            [only] => BannersDocument::One(only.clone()),
            _ => BannersDocument::Several(tables),
        })
    }

    fn banner(&self, rules: &BannerRules) -> ConsentDocument {
        let (options, usual) = (&rules.options, rules.format.default_options());
        let target = |targets: &Vec<CategoryIndex>| match targets.as_slice() {
            [only] => KeyTarget::One(self.category_id(*only).to_owned()),
            _ => KeyTarget::Several(targets.iter().map(|index| self.category_id(*index).to_owned()).collect()),
        };
        ConsentDocument {
            format: FormatWord(rules.format),
            cookie: rules.cookie.clone(),
            valid_for: rules.valid_for.to_string(),
            undated: rules.undated.into(),
            gpc: Gpc::Ignore,
            combine: None,
            keys: Some(rules.keys.iter().map(|(key, targets)| (key.clone(), target(targets))).collect()),
            path: (options.path != usual.path).then(|| options.path.join(".")),
            granted: (options.granted != usual.granted).then(|| options.granted.clone()),
            refused: options.refused.clone().filter(|refused| usual.refused.as_ref() != Some(refused)),
            separator: (options.separator != usual.separator).then(|| options.separator.clone()),
            assign: (options.assign != usual.assign).then(|| options.assign.clone()),
            revision: options.revision,
            min_policy_version: (options.min_policy_version != usual.min_policy_version)
                .then_some(options.min_policy_version),
            require_disclosed_vendors: options.require_disclosed_vendors.then_some(true),
        }
    }
}

fn third_parties(table: &ThirdParties) -> ThirdPartiesDocument {
    let sample = Some(table.report_sample).filter(|sample| *sample != ReportSample::default());
    ThirdPartiesDocument {
        level: Some(table.level),
        manage_cookies: table.manage_cookies.clone(),
        report_sample: sample.map(ReportSample::part),
    }
}

fn publish(publish: &Publish) -> PublishDocument {
    let Publish { path, style, stylesheets } = publish.clone();
    if style == Style::Plain && stylesheets.is_empty() {
        return PublishDocument::Path(path);
    }
    PublishDocument::Table(PublishTable { path: Some(path), style, stylesheets })
}

fn audience_exemption(asserted: AudienceExemption) -> AudienceExemptionDocument {
    AudienceExemptionDocument {
        sole_account: asserted.sole_account,
        no_cross_site_tracking: asserted.no_cross_site_tracking,
        anonymous_statistics: asserted.anonymous_statistics,
        no_cross_matching: asserted.no_cross_matching,
    }
}

fn category(category: &Category) -> CategoryDocument {
    CategoryDocument {
        id: Some(category.id.clone()),
        consent: Some(category.consent),
        title: category.title.clone(),
        description: category.description.clone(),
        max_lifetime: category.max_lifetime.map(|lifetime| lifetime.to_string()),
        enforcement: category.enforcement,
        asked_since: category.asked_since.and_then(day),
    }
}

/// The day that begins at this moment, as charters write it. In UTC: `2026-11-29`. `None` past the year 9999.
pub(crate) fn day(midnight: UnixTime) -> Option<String> {
    let moment = jiff::Timestamp::from_second(midnight.0).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(moment).date().to_string())
}

impl CharterDocument {
    /// The document as JSON, with the keys of the file; what is absent or as it is by default is left out.
    ///
    /// # Errors
    /// None that is known: every document can be written.
    pub fn to_json(&self) -> serde_json::Result<Value> {
        let mut written = serde_json::to_value(self)?;
        let usual = [
            ("charter", serde_json::to_value(HeadDocument { languages: Vec::new(), ..HeadDocument::default() })?),
            ("audience_exemption", serde_json::to_value(AudienceExemptionDocument::default())?),
            ("category", serde_json::to_value(CategoryDocument::default())?),
            ("cookie", serde_json::to_value(CookieDocument::default())?),
            ("third_party", serde_json::to_value(ThirdPartyDocument::default())?),
            ("consent", serde_json::to_value(ConsentDocument::default())?),
        ];
        for (key, usual) in &usual {
            for table in written.get_mut(key).into_iter().flat_map(tables) {
                table.retain(|key, value| usual.get(key) != Some(value));
            }
        }
        if let Value::Object(sections) = &mut written {
            sections
                .retain(|_, section| !section.is_null() && section.as_array().is_none_or(|tables| !tables.is_empty()));
        }
        Ok(written)
    }
}

/// The tables that a section consists of, one or several.
fn tables(section: &mut Value) -> Vec<&mut Map<String, Value>> {
    match section {
        Value::Object(table) => vec![table],
        Value::Array(tables) => tables.iter_mut().filter_map(Value::as_object_mut).collect(),
        _ => Vec::new(),
    }
}
