//! Every metric family of octroi, and the handles of one site, resolved when its snapshot is built.
//!
//! The families are declared in `families`, their closed label sets in `labels`. A reload resolves the same series
//! again, so counters go on; nothing that a visitor sends becomes a label.

mod families;
mod histogram;
mod in_force;
mod labels;
mod reference;
mod sharded;
mod site;
mod third_parties;

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use prometheus::{Encoder, IntGauge, Registry, TextEncoder};

pub(crate) use labels::verdict_label;
pub use labels::{AcmeResult, ConnectionRefusal, PageRewrite, ReportResult, SpanResult, UpstreamEvent};
pub use reference::{FamilyDescription, FamilyKind};
pub use sharded::claim;
pub use site::{Counted, SiteMetrics, UpstreamEvents};

use crate::party::Parties;
use crate::policy::{CategoryId, Enforcement, Policy};
use families::{Families, REJECTIONS};
use in_force::InForce;
use labels::{AttemptResult, CheckResult, Label, Table, Transport};
use sharded::Counter;
use site::CategoryLabel;
use third_parties::PartyCounters;

/// The families of the whole process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Registered>);

#[derive(Debug)]
struct Registered {
    /// What [`Metrics::render`] goes through.
    registry: Registry,
    families: Families,
    in_force: InForce,
    connections: Table<Transport, IntGauge>,
    connections_total: Table<Transport, Counter>,
    refused: Table<ConnectionRefusal, Counter>,
    /// By status, for those of [`REJECTIONS`].
    rejected: Vec<(u16, Counter)>,
    /// For all other statuses.
    rejected_otherwise: Counter,
    reloads: Table<AttemptResult, Counter>,
    inventory_writes: Table<AttemptResult, Counter>,
    acme_orders: Table<AcmeResult, Counter>,
    spans: Table<SpanResult, Counter>,
}

impl Metrics {
    /// Registers every family. Each has a registry of its own; a process makes one. The configuration counts as loaded
    /// now.
    pub fn new() -> Self {
        let registry = Registry::new();
        let families = Families::register(&registry);
        families.build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
        let rejected = |status: &str| families.rejected.with_label_values(&[status]);
        let shared = Registered {
            connections: Table::new(|of: Transport| families.connections.with_label_values(&[of.as_str()])),
            connections_total: Table::new(|of: Transport| families.connections_total.with_label_values(&[of.as_str()])),
            refused: Table::new(|why: ConnectionRefusal| {
                families.connections_refused.with_label_values(&[why.as_str()])
            }),
            rejected: REJECTIONS.iter().map(|status| (*status, rejected(&status.to_string()))).collect(),
            rejected_otherwise: rejected("other"),
            reloads: Table::new(|result: AttemptResult| families.reloads.with_label_values(&[result.as_str()])),
            inventory_writes: Table::new(|result: AttemptResult| {
                families.inventory_writes.with_label_values(&[result.as_str()])
            }),
            acme_orders: Table::new(|result: AcmeResult| families.acme_orders.with_label_values(&[result.as_str()])),
            spans: Table::new(|result: SpanResult| families.spans.with_label_values(&[result.as_str()])),
            in_force: InForce::new(&families),
            registry,
            families,
        };
        let metrics = Self(Arc::new(shared));
        metrics.loaded(SystemTime::now());
        metrics
    }

    /// Resolves the handles of one site, and sets its `octroi_policy_info`. Dropping the last [`SiteMetrics`] of a site
    /// takes its `octroi_policy_info` away; its counters stay, so that a site that returns counts on.
    pub fn site(
        &self,
        name: &str,
        policy: &Policy,
        parties: Option<&Parties>,
        charter_hash: &str,
        enforcement: Enforcement,
    ) -> SiteMetrics {
        let labels = policy.category_labels().into_iter().enumerate();
        let categories: Vec<_> = labels
            .filter_map(|(index, label)| {
                let id = CategoryId::from_index(index)?;
                Some(CategoryLabel { id, label: label?, enforcement: policy.enforcement(id, enforcement) })
            })
            .collect();
        let formats: Vec<_> = policy.banners().map(|banner| banner.format).collect();
        let families = &self.0.families;
        let parties = parties.map(|parties| PartyCounters::resolve(families, name, parties, policy, enforcement));
        SiteMetrics::resolve(families, &self.0.in_force, name, &categories, &formats, parties, charter_hash)
    }

    /// Counts a connection in; it is counted out when the guard is dropped.
    pub fn connection(&self, tls: bool) -> ConnectionGuard {
        let transport = if tls { Transport::Tls } else { Transport::Clear };
        if let Some(total) = self.0.connections_total.get(transport) {
            total.inc();
        }
        let open = self.0.connections.get(transport).cloned();
        open.iter().for_each(IntGauge::inc);
        ConnectionGuard { open }
    }

    /// Counts a connection that was not served.
    pub fn connection_refused(&self, why: ConnectionRefusal) {
        self.0.refused.get(why).into_iter().for_each(Counter::inc);
    }

    /// Counts a request that was answered before a site was found.
    pub fn request_rejected(&self, status: u16) {
        let known = self.0.rejected.iter().find(|(known, _)| *known == status);
        known.map_or(&self.0.rejected_otherwise, |(_, counter)| counter).inc();
    }

    /// Sets which endpoints are in service, each by its site and its name; forgets all others.
    pub fn endpoints<'a>(&self, up: impl IntoIterator<Item = (&'a str, String, bool)>) {
        let gauges = &self.0.families.upstream_endpoint_up;
        gauges.reset();
        for (site, endpoint, up) in up {
            gauges.with_label_values(&[site, &endpoint]).set(up.into());
        }
    }

    /// Sets when each certificate, by its file, ceases to hold, in seconds since 1970; forgets all others.
    pub fn certificates(&self, all: impl IntoIterator<Item = (String, u64)>) {
        let gauges = &self.0.families.certificate_expiry;
        gauges.reset();
        for (file, not_after) in all {
            gauges.with_label_values(&[&file]).set(i64::try_from(not_after).unwrap_or(i64::MAX));
        }
    }

    /// Resolves the counters of one endpoint's checks.
    pub fn health_checks(&self, site: &str, endpoint: &str) -> HealthChecks {
        let counter =
            |result: CheckResult| self.0.families.upstream_checks.with_label_values(&[site, endpoint, result.as_str()]);
        HealthChecks(Table::new(counter))
    }

    /// Counts an informational response of a portal, which is never forwarded.
    pub fn informational_dropped(&self) {
        self.0.families.informational_dropped.inc();
    }

    /// Counts a reload and whether it worked; a success also sets its time.
    pub fn reloaded(&self, success: bool, now: SystemTime) {
        let result = AttemptResult::of(success);
        self.0.reloads.get(result).into_iter().for_each(Counter::inc);
        if success {
            self.loaded(now);
        } else {
            self.0.families.reload_last_successful.set(0);
        }
    }

    /// Counts an attempt to write the inventory to its file.
    pub fn inventory_written(&self, success: bool) {
        self.0.inventory_writes.get(AttemptResult::of(success)).into_iter().for_each(Counter::inc);
    }

    /// Counts an attempt to order a certificate.
    pub fn acme_order(&self, result: AcmeResult) {
        self.0.acme_orders.get(result).into_iter().for_each(Counter::inc);
    }

    /// Counts spans of which this became.
    pub fn spans(&self, result: SpanResult, number: u64) {
        self.0.spans.get(result).into_iter().for_each(|counter| counter.inc_by(number));
    }

    /// Sets how orders for a host go: failures in a row, and when the last certificate came, in seconds since 1970.
    pub fn acme_state(&self, host: &str, failures: u32, last_success: u64) {
        self.0.families.acme_failures.with_label_values(&[host]).set(failures.into());
        let last_success = i64::try_from(last_success).unwrap_or(i64::MAX);
        self.0.families.acme_last_success.with_label_values(&[host]).set(last_success);
    }

    /// Forgets how orders for hosts went: one that is not ordered for any more has no series.
    pub fn acme_states_reset(&self) {
        self.0.families.acme_failures.reset();
        self.0.families.acme_last_success.reset();
    }

    fn loaded(&self, now: SystemTime) {
        let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        self.0.families.reload_last_success.set(i64::try_from(seconds).unwrap_or(i64::MAX));
        self.0.families.reload_last_successful.set(1);
    }

    /// Counts an access record that the writer could not take.
    pub fn access_record_dropped(&self) {
        self.access_records_dropped(1);
    }

    /// Counts access records that were taken and could not be written.
    pub fn access_records_dropped(&self, records: u64) {
        self.0.families.access_log_dropped.inc_by(records);
    }

    /// Counts a jump of the wall clock.
    pub fn clock_stepped(&self) {
        self.0.families.clock_steps.inc();
    }

    /// Counts a panic.
    pub fn panicked(&self) {
        self.0.families.panics.inc();
    }

    /// Every family of octroi's own, in the order of its documentation.
    pub fn families() -> Vec<FamilyDescription> {
        Families::register(&Registry::new()).described
    }

    /// The labels whose words octroi chooses, each with all of them.
    pub fn label_values() -> Vec<(&'static str, Vec<&'static str>)> {
        reference::label_values()
    }

    /// All families in the text format of Prometheus, version 0.0.4.
    pub fn render(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(64 * 1024);
        if let Err(error) = TextEncoder::new().encode(&self.0.registry.gather(), &mut text) {
            tracing::error!(%error, "metrics could not be written");
        }
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

/// The counters of one endpoint's checks.
#[derive(Debug)]
pub struct HealthChecks(Table<CheckResult, Counter>);

impl HealthChecks {
    /// Counts a check. Healthy or not; a check that timed out is not.
    pub fn ended(&self, healthy: bool) {
        let result = if healthy { CheckResult::Healthy } else { CheckResult::Unhealthy };
        self.0.get(result).into_iter().for_each(Counter::inc);
    }
}

/// A connection that is open as long as this lives.
#[derive(Debug)]
pub struct ConnectionGuard {
    open: Option<IntGauge>,
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.open.iter().for_each(IntGauge::dec);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn text(metrics: &Metrics) -> String {
        String::from_utf8(metrics.render()).unwrap()
    }

    #[test]
    fn a_connection_is_counted_out_when_it_ends() {
        let metrics = Metrics::new();
        let guard = metrics.connection(true);
        assert!(text(&metrics).contains("octroi_connections{transport=\"tls\"} 1\n"));
        drop(guard);
        let text = text(&metrics);
        assert!(text.contains("octroi_connections{transport=\"tls\"} 0\n"));
        assert!(text.contains("octroi_connections_total{transport=\"tls\"} 1\n"));
        assert!(text.contains("octroi_connections_total{transport=\"clear\"} 0\n"));
    }

    #[test]
    fn no_status_makes_a_series_of_its_own() {
        let metrics = Metrics::new();
        let before = text(&metrics).lines().count();
        (0..=u16::MAX).for_each(|status| metrics.request_rejected(status));
        let text = text(&metrics);
        assert_eq!(text.lines().count(), before);
        assert!(text.contains("octroi_rejected_requests_total{status=\"400\"} 1\n"));
    }

    #[test]
    fn only_a_successful_reload_sets_the_time_and_the_last_one_is_told() {
        let metrics = Metrics::new();
        let told = |value: u8| text(&metrics).contains(&format!("octroi_reload_last_successful {value}\n"));
        assert!(told(1));
        metrics.reloaded(true, UNIX_EPOCH + Duration::from_secs(1_790_000_000));
        metrics.reloaded(false, UNIX_EPOCH + Duration::from_secs(1_800_000_001));
        assert!(told(0));
        let text = text(&metrics);
        assert!(text.contains("octroi_reload_last_success_timestamp_seconds 1790000000\n"));
        assert!(text.contains("octroi_reload_total{result=\"failure\"} 1\n"));
        metrics.reloaded(true, UNIX_EPOCH + Duration::from_secs(1_800_000_002));
        assert!(told(1));
    }

    #[test]
    fn the_rest_is_counted() {
        let metrics = Metrics::new();
        metrics.informational_dropped();
        metrics.access_record_dropped();
        metrics.connection_refused(ConnectionRefusal::ProxyHeader);
        let text = text(&metrics);
        assert!(text.contains("octroi_informational_dropped_total 1\n"));
        assert!(text.contains("octroi_access_log_dropped_total 1\n"));
        assert!(text.contains("octroi_connections_refused_total{reason=\"proxy-header\"} 1\n"));
        assert!(text.contains(concat!("octroi_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1\n")));
    }
}
