//! Third parties as the charter file writes them.
//!
//! [`super::CharterDocument`] holds them; `validate` makes [`crate::charter::ThirdParties`] of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::charter::{Level, Texts};

/// How other hosts are kept from what a page would ask of them without consent.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["level"]))]
pub struct ThirdPartiesDocument {
    /// By what means.
    pub level: Option<Level>,
    /// Where visitors choose, for the link of placeholders (`level = "pages"`): an address (`/cookies`), or a fragment that opens
    /// the banner on every page (`#manage-cookies`). Without it, they link the published charter.
    pub manage_cookies: Option<String>,
    /// Under report-only: the part of all pages, 0 to 1, whose browsers are asked to report whom the policy speaks against.
    /// octroi keeps the names of the hosts (`/cookies`). 0: none is asked.
    #[schemars(range(min = 0, max = 1), extend("default" = 0.05))]
    pub report_sample: Option<f64>,
}

/// Somebody else whom a page asks for a part of it: a video, a map, a font, a measurement.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "category"]))]
pub struct ThirdPartyDocument {
    /// The identifier: lower-case letters, digits and hyphens. It is the label of the metrics.
    #[schemars(regex(pattern = "^[a-z0-9-]+$"))]
    pub id: Option<String>,
    /// Its hosts: `www.youtube.com`, or `*.youtube.com` for all below it, each with a port if it is not the scheme's own.
    #[schemars(extend("minItems" = 1))]
    pub hosts: Vec<String>,
    /// Paths of the site itself that are its own: `/matomo.js`, each with all below it, in any spelling and with any query.
    /// octroi answers 403 to what pages ask there while the party is held; a document that is asked for passes.
    #[schemars(inner(regex(pattern = "^/.")))]
    pub paths: Vec<String>,
    /// The id of its category. An exempt one is asked in any case: map tiles, the portal's own CDN.
    pub category: Option<String>,
    /// The key of the choice that grants this party alone, in place of its category's.
    pub key: Option<String>,
    /// The service that visitors know it by, by language.
    pub service: Texts,
    /// The address of its own website, for the link of placeholders: `https://www.youtube.com/`.
    pub website: Option<String>,
}
