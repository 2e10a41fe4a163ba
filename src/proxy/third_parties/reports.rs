//! Browsers' reports about pages under report-only: octroi receives them at a path of the site itself, and does not forward them.
//!
//! The site's own host is left out; of other hosts only the name is kept. Reports cannot overload octroi: one must be small and be
//! received within seconds, and their number in a second is limited.

use std::cell::Cell;

use http::header::CONTENT_TYPE;
use http::{Method, request};

use crate::party::{NoReport, Report};
use crate::proxy::authority::Authority;
use crate::proxy::error::ProxyError;
use crate::snapshot::{PagePolicies, REPORTS_PATH, Site};
use crate::telemetry::metrics::ReportResult;

/// The type of what `report-uri` sends (CSP 3, section 5.3). Another site's page may not send it without asking first.
const REPORT_TYPE: &[u8] = b"application/csp-report";
/// How many reports one worker reads in a second.
const PER_SECOND: u32 = 20;

/// How many reports a worker has read within this second.
#[derive(Debug, Default)]
pub(in crate::proxy) struct ReportRate(Cell<u32>);

impl ReportRate {
    /// Returns whether one more may be read, and counts it if so.
    pub(in crate::proxy) fn admits(&self) -> bool {
        let taken = self.0.get();
        self.0.set(taken.saturating_add(1));
        taken < PER_SECOND
    }

    /// A second has passed.
    pub(in crate::proxy) fn tick(&self) {
        self.0.set(0);
    }
}

/// Whether a request brings a report to octroi; the path is the portal's if the site asks for none.
///
/// # Errors
/// If it is something else at that path.
pub(in crate::proxy) fn is_report(site: &Site, head: &request::Parts) -> Result<bool, ProxyError> {
    let is_taken = site.page_policies.as_ref().is_some_and(PagePolicies::asks_for_reports);
    if !is_taken || head.uri.path() != REPORTS_PATH {
        return Ok(false);
    }
    let is_typed = head.headers.get(CONTENT_TYPE).is_some_and(|value| {
        let essence = value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        essence.trim_ascii().eq_ignore_ascii_case(REPORT_TYPE)
    });
    if head.method == Method::POST && is_typed { Ok(true) } else { Err(ProxyError::NoReport) }
}

/// Reads a report. Returns the result for the metrics, and the report if it counts. `own`: the site's address.
pub(in crate::proxy) fn judge(content: &[u8], own: &Authority) -> (ReportResult, Option<Report>) {
    match Report::read(content) {
        Ok(report) if report.host.host == own.host() => (ReportResult::NoHost, None),
        Ok(report) => (ReportResult::Noted, Some(report)),
        Err(NoReport::NoHost) => (ReportResult::NoHost, None),
        Err(NoReport::Unreadable) => (ReportResult::Unreadable, None),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_workers_reports_are_limited_by_the_second() {
        let rate = ReportRate::default();
        let admitted = || (0..10_000).filter(|_| rate.admits()).count();
        assert_eq!(admitted(), 20);
        rate.tick();
        assert_eq!(admitted(), 20);
    }

    #[test]
    fn the_sites_own_host_is_no_third_party() {
        let own = Authority::parse(HeaderValue::from_static("Portal.Example:8443")).unwrap();
        for (address, noted) in
            [("https://portal.example/x", false), ("https://a.portal.example/", true), ("eval", false)]
        {
            let content = format!("{{\"csp-report\":{{\"blocked-uri\":\"{address}\"}}}}");
            assert_eq!(judge(content.as_bytes(), &own).1.is_some(), noted, "{address}");
        }
    }
}
