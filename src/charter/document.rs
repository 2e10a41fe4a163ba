//! The charter file as it is written: serde and JSON Schema see this, nothing else does.
//!
//! Every key is optional here, also those that the schema requires: a file in which one is missing or faulty can still
//! be read for all the others. [`super::Charter::from_document`] says what is missing.

mod third_parties;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

pub use third_parties::{ThirdPartiesDocument, ThirdPartyDocument};

use super::{Combine, Enforcement, Gpc, Jurisdiction, Need, Style, Texts};
use crate::consent::{Format, Undated};
use crate::cookie::SameSite;

/// A charter: which cookies a website sets, what each is for, and which need the visitor's agreement.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "An octroi charter", extend("required" = ["charter"]))]
pub struct CharterDocument {
    /// The charter as a whole. Required, so that a file caught while it is being written is no charter.
    pub charter: Option<HeadDocument>,
    /// The four conditions under which audience measurement needs no consent. Each is asserted by the controller; the
    /// exemption holds only if all four are true.
    pub audience_exemption: Option<AudienceExemptionDocument>,
    /// The purposes for which cookies are set; at most 56.
    #[schemars(extend("maxItems" = 56))]
    pub category: Vec<CategoryDocument>,
    /// The cookies, each in its category.
    pub cookie: Vec<CookieDocument>,
    /// Whether pages may ask other hosts for what the visitor did not agree to. Without it, octroi leaves pages alone.
    pub third_parties: Option<ThirdPartiesDocument>,
    /// The third parties, each in its category.
    pub third_party: Vec<ThirdPartyDocument>,
    /// How the visitor's choice is read. Without it nobody can agree to anything. Several tables, `[[consent]]`, are for
    /// several banners at once: a migration.
    pub consent: Option<BannersDocument>,
}

/// What holds for the whole charter.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HeadDocument {
    /// The website that the charter describes. It does not route: the `hosts` of the configuration do.
    pub site: String,
    /// Whose law holds for the site. `octroi check` holds the charter against its figures; nothing else changes.
    pub jurisdiction: Option<Jurisdiction>,
    /// The languages of the texts (BCP 47), the first one being the default.
    #[schemars(extend("minItems" = 1))]
    pub languages: Vec<String>,
    /// What happens to a cookie that the charter does not name: `full-consent` (it passes only when everything that the
    /// choice can express is granted and nothing is refused), `deny` (never), or the id of a category.
    pub undeclared: String,
    /// Parent domains that the controller owns: an undeclared cookie that was set for one of them is taken out of the
    /// browser, too. Cookies of a domain that is not listed may be a sibling site's.
    pub expire_domains: Vec<String>,
    /// Names of load balancers' cookies and the like, exempt: `*` stands for any characters, `?` for one.
    pub infrastructure: Vec<String>,
    /// The path at which the site itself shows this charter to its visitors, served by octroi: `/cookies/`. A table for
    /// more: `{ path = "/cookies/", style = "dsfr", stylesheets = ["/dsfr/dsfr.min.css"] }`.
    pub publish: Option<PublishDocument>,
}

impl Default for HeadDocument {
    fn default() -> Self {
        Self {
            site: String::new(),
            jurisdiction: None,
            languages: vec!["fr".to_owned()],
            undeclared: "full-consent".to_owned(),
            expire_domains: Vec::new(),
            infrastructure: Vec::new(),
            publish: None,
        }
    }
}

/// Where the site shows the charter.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PublishDocument {
    /// The path of the page.
    Path(#[schemars(regex(pattern = "^/."))] String),
    /// The path, and how the page looks.
    Table(PublishTable),
}

/// Where the site shows the charter, and how the page looks.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["path"]))]
pub struct PublishTable {
    /// The path of the page: `/cookies/`. Nothing under it is asked of the portal.
    #[schemars(regex(pattern = "^/."))]
    pub path: Option<String>,
    /// Whose class names the page has: `plain` (octroi's own, with a style sheet in the page) or `dsfr` (those of the
    /// design system of the French state).
    pub style: Style,
    /// Paths of style sheets on the same site, which the page links in this order.
    pub stylesheets: Vec<String>,
}

/// The conditions of the exemption for audience measurement (CNIL guidelines 2020-091).
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // Four conditions of a text of law, each asserted on its own.
pub struct AudienceExemptionDocument {
    /// The measurement is made on the publisher's sole account.
    pub sole_account: bool,
    /// No visitor is followed across websites or applications.
    pub no_cross_site_tracking: bool,
    /// Only anonymous statistics come out of it.
    pub anonymous_statistics: bool,
    /// The data are neither matched with others nor handed on.
    pub no_cross_matching: bool,
}

/// A purpose for which cookies are set.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "consent"]))]
pub struct CategoryDocument {
    /// The identifier: lower-case letters, digits and hyphens. It is the label of the metrics.
    #[schemars(regex(pattern = "^[a-z0-9-]+$"))]
    pub id: Option<String>,
    /// Whether the visitor must agree.
    pub consent: Option<Need>,
    /// The title that visitors read, by language.
    pub title: Texts,
    /// What the purpose is, by language.
    pub description: Texts,
    /// The longest life of its cookies, enforced: `13 months`.
    pub max_lifetime: Option<String>,
    /// Overrides the site's enforcement for this category.
    pub enforcement: Option<Enforcement>,
    /// The day since when visitors are asked anew, `2026-11-01` (UTC): from then on, a grant that is dated before, or not
    /// at all, says nothing; a refusal stays.
    #[schemars(regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub asked_since: Option<String>,
}

/// A cookie that the charter names, by exactly one of `name`, `prefix`, `glob` and `regex`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["category"]))]
#[allow(clippy::struct_excessive_bools)] // Independent switches of the file, each with its own key.
pub struct CookieDocument {
    /// The exact name, compared byte for byte.
    pub name: Option<String>,
    /// What the names begin with: `_pk_id.`.
    pub prefix: Option<String>,
    /// A pattern: `*` stands for any characters, `?` for one.
    pub glob: Option<String>,
    /// A regular expression that the whole name must match.
    pub regex: Option<String>,
    /// The id of its category.
    pub category: Option<String>,
    /// Who sets it.
    pub provider: Option<String>,
    /// The service it belongs to and where, by language.
    pub service: Texts,
    /// What it does, by language.
    pub purpose: Texts,
    /// The declared life: `30 minutes`, `2 weeks`, `13 months`, `session`.
    pub lifetime: Option<String>,
    /// Whether the declared life is enforced: a longer one is shortened to it.
    pub cap: bool,
    /// The key of the choice that grants this cookie alone, in place of its category's.
    pub key: Option<String>,
    /// The domain it is set for, if that is not the site's own.
    pub domain: Option<String>,
    /// The path it is set for, if that is not `/`.
    #[schemars(regex(pattern = "^/"))]
    pub path: Option<String>,
    /// Whether it serves anonymous statistics only; see `[audience_exemption]`.
    pub anonymous: bool,
    /// Add `Secure` if it is missing.
    pub secure: bool,
    /// Add `HttpOnly` if it is missing.
    pub http_only: bool,
    /// Add `SameSite` if it is missing.
    pub same_site: Option<SameSiteWord>,
}

/// One banner, or several.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)] // There is one for a charter.
pub enum BannersDocument {
    /// `[consent]`
    One(ConsentDocument),
    /// `[[consent]]`
    Several(#[schemars(length(min = 1))] Vec<ConsentDocument>),
}

/// How the choice that a banner recorded is read.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConsentDocument {
    /// How the banner writes its cookies.
    pub format: FormatWord,
    /// The cookie that holds the choice, if the banner does not call it as it does by default. Its other cookies follow
    /// this name, if it has any.
    pub cookie: Option<String>,
    /// How long a choice holds, from its date.
    pub valid_for: String,
    /// What a choice without a date is worth.
    pub undated: UndatedWord,
    /// What `Sec-GPC: 1` means for a visitor who said nothing.
    pub gpc: Gpc,
    /// What several banners say together: `all` (a category is granted only if every banner whose cookies came, and which
    /// asks about it, grants it), or `first` (the first banner decides whose cookies came). Written once, in any of them.
    pub combine: Option<Combine>,
    /// Key of the choice → the id of the category that it grants, or an array of several. Replaces the format's own table
    /// whole.
    pub keys: Option<BTreeMap<String, KeyTarget>>,
    /// Within which objects of the JSON the keys stand: `choices`, `a.b` (`json`).
    pub path: Option<String>,
    /// The words that agree (`json`, `pairs`, `word`).
    pub granted: Option<Vec<String>>,
    /// The words that refuse (`json`, `pairs`, `word`).
    pub refused: Option<Vec<String>>,
    /// What stands between two pairs (`pairs`).
    pub separator: Option<String>,
    /// What stands between a key and its word (`pairs`).
    pub assign: Option<String>,
    /// The version of the question that the banner asks today: an answer to an earlier one is none.
    pub revision: Option<u64>,
    /// The earliest version of the TCF's policies under which an answer counts.
    pub min_policy_version: Option<u8>,
    /// Whether a TCF string must say which vendors were disclosed to the visitor, as TCF 2.3 asks.
    pub require_disclosed_vendors: Option<bool>,
}

impl Default for ConsentDocument {
    fn default() -> Self {
        Self {
            format: FormatWord(Format::Opendatasoft),
            cookie: None,
            valid_for: "6 months".to_owned(),
            undated: UndatedWord::Allow,
            gpc: Gpc::Ignore,
            combine: None,
            keys: None,
            path: None,
            granted: None,
            refused: None,
            separator: None,
            assign: None,
            revision: None,
            min_policy_version: None,
            require_disclosed_vendors: None,
        }
    }
}

/// The id of a category, or several.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum KeyTarget {
    /// One category.
    One(String),
    /// Several categories: a banner's word for all of them.
    Several(#[schemars(length(min = 1))] Vec<String>),
}

impl KeyTarget {
    /// The ids.
    pub(super) fn ids(&self) -> &[String] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }
}

/// The values of `SameSite`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum SameSiteWord {
    Strict,
    Lax,
    None,
}

impl From<SameSite> for SameSiteWord {
    fn from(same_site: SameSite) -> Self {
        match same_site {
            SameSite::Strict => Self::Strict,
            SameSite::Lax => Self::Lax,
            SameSite::None => Self::None,
        }
    }
}

impl From<SameSiteWord> for SameSite {
    fn from(word: SameSiteWord) -> Self {
        match word {
            SameSiteWord::Strict => Self::Strict,
            SameSiteWord::Lax => Self::Lax,
            SameSiteWord::None => Self::None,
        }
    }
}

/// How a banner writes its cookies.
#[derive(Clone, Copy, Debug)]
pub struct FormatWord(pub Format);

impl<'de> Deserialize<'de> for FormatWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let format = Format::named(&word).map(Self);
        format.ok_or_else(|| D::Error::custom(format!("there is no format `{word}`")))
    }
}

impl Serialize for FormatWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl JsonSchema for FormatWord {
    fn schema_name() -> Cow<'static, str> {
        "Format".into()
    }

    /// One word for each format, with what it is.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let word = |format: &Format| json!({ "const": format.word(), "description": format.about() });
        json_schema!({ "oneOf": Format::ALL.iter().map(word).collect::<Vec<_>>() })
    }
}

/// What a choice without a date is worth.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UndatedWord {
    /// It holds as long as the browser sends it.
    Allow,
    /// It says nothing.
    Deny,
}

impl From<Undated> for UndatedWord {
    fn from(undated: Undated) -> Self {
        match undated {
            Undated::Allow => Self::Allow,
            Undated::Deny => Self::Deny,
        }
    }
}

impl From<UndatedWord> for Undated {
    fn from(word: UndatedWord) -> Self {
        match word {
            UndatedWord::Allow => Self::Allow,
            UndatedWord::Deny => Self::Deny,
        }
    }
}
