//! A site's third parties with their policies as field values: made with the snapshot, so that a page only chooses one.
//!
//! `party` makes the policies, and the response phase adds one to a page.

use std::collections::HashSet;
use std::sync::Arc;

use http::HeaderValue;

use crate::charter::{Charter, Enforcement, Level, ReportSample};
use crate::html_rewriter::Placeholders;
use crate::party::{Decision, Parties};
use crate::policy::{Consent, Policy};
use crate::render::{self, RenderError};

/// Where browsers send their reports: a path of every site that asks for them.
pub const REPORTS_PATH: &str = "/.well-known/octroi/reports";

/// A policy under which a page may ask its own site alone.
const NOBODY: &str = "default-src 'self'";

/// The third parties of a site whose charter has `[third_parties]`.
#[derive(Debug)]
pub struct PagePolicies {
    /// The third parties, and the choice of a policy for a page.
    pub parties: Parties,
    /// By their indices in [`Parties::texts`].
    values: Vec<HeaderValue>,
    /// What held frames show, if pages are rewritten.
    pub placeholders: Option<Arc<Placeholders>>,
    /// The same, each with the address for reports.
    reporting: Vec<HeaderValue>,
    /// How many of the pages under report-only have the latter.
    sample: ReportSample,
}

impl PagePolicies {
    /// Those of a charter; `None` if it leaves pages alone.
    pub(super) fn new(charter: &Charter, policy: &Policy) -> Option<Self> {
        let parties = Parties::compile(charter, policy)?;
        // Hosts in ASCII and keywords make a valid field value. If that were untrue, the page could ask no other host.
        let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(NOBODY));
        let values = parties.texts().iter().map(|text| value(text)).collect();
        let reporting = parties.texts().iter().map(|text| value(&format!("{text}; report-uri {REPORTS_PATH}")));
        let sample = charter.third_parties.as_ref().map(|table| table.report_sample).unwrap_or_default();
        Some(Self { reporting: reporting.collect(), parties, values, sample, placeholders: placeholders(charter) })
    }

    /// Chooses the policies of a page, see [`Parties::decide`].
    pub fn decide(&self, policy: &Policy, consent: &Consent, enforcement: Enforcement) -> Decision {
        self.parties.decide(policy, consent, enforcement)
    }

    /// The policy with this index.
    pub fn value(&self, index: usize) -> Option<&HeaderValue> {
        self.values.get(index)
    }

    /// The policy with this index, for a page under report-only that drew this number, see [`ReportSample::takes`].
    pub fn reported_value(&self, index: usize, drawn: u32) -> Option<&HeaderValue> {
        if self.sample.takes(drawn) { self.reporting.get(index) } else { self.values.get(index) }
    }

    /// Whether any page asks for reports.
    pub fn asks_for_reports(&self) -> bool {
        !self.sample.is_none()
    }
}

/// What held frames show; `None` if pages are not rewritten.
fn placeholders(charter: &Charter) -> Option<Arc<Placeholders>> {
    let third = charter.third_parties.as_ref().filter(|third| third.level == Level::Pages)?;
    let mut known = HashSet::new();
    let tags = charter.languages.iter().filter(|tag| known.insert(tag.to_ascii_lowercase()));
    let language = |tag: &String| -> Result<_, RenderError> {
        let parties = third.parties.iter().map(Some).chain([None]);
        let documents = parties.map(|party| render::placeholder(charter, party, tag)).collect::<Result<_, _>>()?;
        Ok((tag.clone(), documents))
    };
    let languages: Result<Vec<_>, RenderError> = tags.map(language).collect();
    let languages =
        languages.inspect_err(|error| tracing::error!(%error, site = charter.site, "pages are not rewritten")).ok()?;
    Some(Arc::new(Placeholders::new(languages)))
}
