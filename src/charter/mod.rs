//! The charter: the document that the lawyer publishes, as a typed value.
//!
//! [`Charter`] says which cookies exist, what each is for and which need the visitor's agreement. It is checked when
//! it is made ([`Charter::from_document`]), so `policy` can compile it without further checks. This module is pure: `config`
//! knows the text of the file and the positions in it.

mod advice;
mod document;
pub(crate) mod fold;
mod jurisdiction;
mod lifetime;
mod names;
mod party_path;
mod problem;
pub(crate) mod purpose_words;
mod reach;
#[cfg(test)]
pub(crate) mod testing;
mod third_party;
mod toml_file;
pub(crate) mod trackers;
mod validate;
mod written;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use document::{
    AudienceExemptionDocument, BannersDocument, CategoryDocument, CharterDocument, ConsentDocument, CookieDocument,
    FormatWord, HeadDocument, KeyTarget, PublishDocument, PublishTable, SameSiteWord, ThirdPartiesDocument,
    ThirdPartyDocument, UndatedWord,
};
pub use jurisdiction::Jurisdiction;
pub use lifetime::{Lifetime, LifetimeError, TimeUnit};
pub use party_path::{PartyPath, PartyPathError, compared};
pub use problem::{KeyPath, Problem, Segment};
pub(crate) use problem::{nearest, one_of};
pub use third_party::{Level, PartyHost, PartyHostError, ReportSample, ThirdParties, ThirdParty};
pub use toml_file::Comments;
/// Whose tracker a pattern names, if it is a known one's.
pub use trackers::owner as tracker_owner;
pub use written::EMBEDDED;
pub(crate) use written::day;

use crate::consent::{Format, Options, Undated};
use crate::cookie::{SameSite, UnixTime};

/// A text in several languages, by BCP 47 tag.
pub type Texts = BTreeMap<String, String>;

/// The position of a category in [`Charter::categories`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryIndex(pub u8);

/// A checked charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charter {
    /// The website that the charter describes; it does not route.
    pub site: String,
    /// Whose law holds for the site; `octroi check` holds the charter against its figures.
    pub jurisdiction: Option<Jurisdiction>,
    /// The languages of its texts, the first one being the default.
    pub languages: Vec<String>,
    /// What happens to a cookie that the charter does not name.
    pub undeclared: Undeclared,
    /// Domains of the controller, in lower case, of which undeclared cookies are expired, too.
    pub expire_domains: Vec<String>,
    /// Name patterns (globs) of load balancers' cookies and the like, exempt.
    pub infrastructure: Vec<String>,
    /// Where the site shows the charter, if it does.
    pub publish: Option<Publish>,
    /// The four conditions of the exemption for audience measurement, if the controller asserts them.
    pub audience_exemption: Option<AudienceExemption>,
    /// The purposes, in the order of the file; at most [`Charter::MAX_CATEGORIES`].
    pub categories: Vec<Category>,
    /// The declared cookies, in the order of the file.
    pub cookies: Vec<DeclaredCookie>,
    /// The third parties that pages ask, if the charter declares any.
    pub third_parties: Option<ThirdParties>,
    /// How the visitor's choice is read, banner by banner, at most four; without one nobody can consent.
    pub banners: Vec<BannerRules>,
    /// How the choices of several banners are combined.
    pub combine: Combine,
    /// What `Sec-GPC: 1` means.
    pub gpc: Gpc,
}

impl Charter {
    /// One machine word holds a set of categories.
    pub const MAX_CATEGORIES: usize = 56;
    /// One machine word holds a set of keys of the choice.
    pub const MAX_KEYS: usize = 64;

    /// The keys of the choice that grant a single cookie or third party. A key may come more than once.
    pub(crate) fn own_keys(&self) -> impl Iterator<Item = &String> {
        let of_parties =
            self.third_parties.iter().flat_map(|third| &third.parties).filter_map(|party| party.key.as_ref());
        self.cookies.iter().filter_map(|cookie| cookie.key.as_ref()).chain(of_parties)
    }
}

/// What happens to a cookie that the charter does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclared {
    /// It passes only with full consent: every category that the choice can express granted, no other key refused.
    FullConsent,
    /// It never passes.
    Deny,
    /// It is judged as if declared in this category.
    As(CategoryIndex),
}

/// How the site shows the charter to its visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// The path of the page; what lies under it is octroi's, too.
    pub path: String,
    /// Whose class names the page has.
    pub style: Style,
    /// Paths of style sheets on the site itself, which the page links in this order.
    pub stylesheets: Vec<String>,
}

/// Whose class names a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// octroi's own; the page brings its style sheet along.
    #[default]
    Plain,
    /// Those of the design system of the French state (DSFR), whose style sheet the site has.
    Dsfr,
}

/// The conditions of the exemption for audience measurement (CNIL guidelines 2020-091, ¶51), each asserted by the
/// controller. The exemption holds only if all are true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Four conditions of a text of law, each asserted on its own.
pub struct AudienceExemption {
    /// The measurement is made on the publisher's sole account.
    pub sole_account: bool,
    /// No visitor is followed across websites or applications.
    pub no_cross_site_tracking: bool,
    /// Only anonymous statistics come out of it.
    pub anonymous_statistics: bool,
    /// The data are neither matched with others nor handed on.
    pub no_cross_matching: bool,
}

impl AudienceExemption {
    /// Whether all four conditions are asserted.
    pub fn holds(self) -> bool {
        self.sole_account && self.no_cross_site_tracking && self.anonymous_statistics && self.no_cross_matching
    }
}

/// A purpose for which cookies are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The identifier, `[a-z0-9-]+`; it is the label of the metrics.
    pub id: String,
    /// Whether the visitor must agree.
    pub consent: Need,
    /// The title that visitors read.
    pub title: Texts,
    /// What the purpose is.
    pub description: Texts,
    /// The longest life of its cookies, enforced.
    pub max_lifetime: Option<Lifetime>,
    /// Overrides the site's enforcement for this category.
    pub enforcement: Option<Enforcement>,
    /// From this day on, visitors are asked anew: an earlier grant does not count.
    pub asked_since: Option<UnixTime>,
}

/// Whether a purpose needs the visitor's agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Exempt by law.
    Exempt,
    /// Consent is required.
    Required,
}

/// Whether verdicts are carried out or only counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// Verdicts are carried out.
    #[default]
    Enforce,
    /// Cookies are left as they are; everything is counted as `enforce` would have done it.
    ReportOnly,
}

impl Enforcement {
    /// The word of the files and the metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::ReportOnly => "report-only",
        }
    }
}

/// A cookie that the charter names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Independent switches of the file, each with its own key.
pub struct DeclaredCookie {
    /// Which names it covers.
    pub name: NamePattern,
    /// What it is for.
    pub category: CategoryIndex,
    /// Who sets it.
    pub provider: Option<String>,
    /// The service it belongs to, and where.
    pub service: Texts,
    /// What it does.
    pub purpose: Texts,
    /// The declared life.
    pub lifetime: Option<Lifetime>,
    /// Whether the declared life is enforced.
    pub cap: bool,
    /// The key of the choice that grants this cookie alone, in place of its category's.
    pub key: Option<String>,
    /// The domain it is set for, if that is not the site's own.
    pub domain: Option<String>,
    /// The path it is set for, if that is not `/`.
    pub path: Option<String>,
    /// Whether it serves anonymous statistics only (see [`AudienceExemption`]).
    pub anonymous: bool,
    /// Add `Secure` if missing.
    pub secure: bool,
    /// Add `HttpOnly` if missing.
    pub http_only: bool,
    /// Add `SameSite` if missing.
    pub same_site: Option<SameSite>,
}

/// Which names a declaration covers. Names are compared byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamePattern {
    /// This name alone.
    Exact(String),
    /// Names that begin so.
    Prefix(String),
    /// `*` stands for any bytes, `?` for one.
    Glob(String),
    /// A regular expression, anchored at both ends.
    Regex(String),
}

/// How the choice that a banner recorded is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BannerRules {
    /// The cookie that holds the choice, if the banner does not call it as it does by default.
    pub cookie: Option<String>,
    /// How its value is written.
    pub format: Format,
    /// What the format leaves to the site.
    pub options: Options,
    /// How long a choice holds, in seconds from its date.
    pub valid_for: Lifetime,
    /// What a choice without a date is worth.
    pub undated: Undated,
    /// Key of the choice → the categories that it grants.
    pub keys: BTreeMap<String, Vec<CategoryIndex>>,
}

/// How the choices of one site's banners are combined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Combine {
    /// A category is granted if every banner grants it that asks about it and has cookies in the request.
    #[default]
    All,
    /// The first banner with cookies in the request decides.
    First,
}

/// What `Sec-GPC: 1` means for a visitor who said nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gpc {
    /// Nothing here.
    #[default]
    Ignore,
    /// Unsaid becomes refused.
    Refuse,
}
