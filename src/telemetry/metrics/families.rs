//! Every metric family, declared in one place: name, help, labels.
//!
//! Who wants to know what octroi counts reads this file. The handles that count are resolved from here by `mod` and
//! `site`.

use std::cell::RefCell;

use prometheus::core::Collector;
use prometheus::process_collector::ProcessCollector;
use prometheus::{IntGauge, IntGaugeVec, Opts, Registry, Result};

use super::histogram::HistogramVec;
use super::reference::{FamilyDescription, FamilyKind};
use super::sharded::{Counter, CounterVec};

/// Seconds. Pages take milliseconds, exports of whole datasets many minutes.
const REQUEST_SECONDS: &[f64] =
    &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0];

/// Seconds until the head of a response, which the portal gives up on after 300 by default.
const RESPONSE_SECONDS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];

/// Seconds until a connection is open, which octroi gives up on after 3 by default.
const CONNECT_SECONDS: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// Seconds of work on one page: 100 KB take some tenths of a millisecond.
const REWRITE_SECONDS: &[f64] = &[0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25];

/// Statuses that octroi itself answers with before a site is found; any other is counted as `other`.
pub(super) const REJECTIONS: &[u16] =
    &[301, 308, 400, 403, 404, 405, 408, 411, 413, 414, 417, 421, 426, 429, 431, 500, 501, 502, 503, 504, 505];

/// All families. Dashboards and the alert rules in `deploy` rely on the names and labels.
#[derive(Debug)]
pub(super) struct Families {
    pub(super) cookies: CounterVec,
    pub(super) undeclared: IntGaugeVec,
    pub(super) third_parties: CounterVec,
    pub(super) third_party_requests: CounterVec,
    pub(super) page_rewrites: CounterVec,
    pub(super) page_rewrite_seconds: HistogramVec,
    pub(super) third_party_reports: CounterVec,
    pub(super) readings: CounterVec,
    pub(super) undated: CounterVec,
    pub(super) unknown_keys: CounterVec,
    pub(super) requests: CounterVec,
    pub(super) request_seconds: HistogramVec,
    pub(super) rejected: CounterVec,
    pub(super) upstream_events: CounterVec,
    pub(super) upstream_seconds: HistogramVec,
    pub(super) upstream_connect_seconds: HistogramVec,
    pub(super) upstream_endpoint_up: IntGaugeVec,
    pub(super) upstream_checks: CounterVec,
    pub(super) informational_dropped: Counter,
    pub(super) connections: IntGaugeVec,
    pub(super) connections_total: CounterVec,
    pub(super) connections_refused: CounterVec,
    pub(super) policy: IntGaugeVec,
    pub(super) reloads: CounterVec,
    pub(super) reload_last_successful: IntGauge,
    pub(super) reload_last_success: IntGauge,
    pub(super) certificate_expiry: IntGaugeVec,
    pub(super) acme_orders: CounterVec,
    pub(super) acme_failures: IntGaugeVec,
    pub(super) acme_last_success: IntGaugeVec,
    pub(super) inventory_writes: CounterVec,
    pub(super) access_log_dropped: Counter,
    pub(super) spans: CounterVec,
    pub(super) clock_steps: Counter,
    pub(super) panics: Counter,
    pub(super) build: IntGaugeVec,
    /// What they are, in the order in which they are declared.
    pub(super) described: Vec<FamilyDescription>,
}

impl Families {
    /// Each family is in the registry from the first scrape on; a series of a family with labels is there once its
    /// handle was got. Handles give the labels in the order of the last argument here.
    #[rustfmt::skip] // One family a line reads as a table.
    pub(super) fn register(registry: &Registry) -> Self {
        let in_registry = Registrar { registry, described: RefCell::default() };
        in_registry.register(ProcessCollector::for_self());
        Self {
            cookies: in_registry.counters("octroi_cookies_total", "Cookies judged; under report-only, as enforce would have done it.", &["site", "direction", "category", "verdict", "reason", "enforcement"]),
            undeclared: in_registry.gauges("octroi_undeclared_cookies", "Names of cookies that were seen in the last 24 hours and that the charter does not declare.", &["site", "direction"]),
            third_party_reports: in_registry.counters("octroi_third_party_reports_total", "Reports of browsers on pages under report-only, by what came of them.", &["site", "result"]),
            third_parties: in_registry.counters("octroi_third_parties_total", "Pages, frames and workers, by whether the browser was told that it may ask a third party; under report-only, as enforce would have told it.", &["site", "party", "verdict", "enforcement"]),
            third_party_requests: in_registry.counters("octroi_third_party_requests_total", "Requests for paths of the site that belong to a third party, by whether it was held; under report-only, as enforce would have held it. Documents are not counted.", &["site", "party", "verdict", "enforcement"]),
            page_rewrites: in_registry.counters("octroi_page_rewrites_total", "Pages that were to be rewritten, by what became of them.", &["site", "result"]),
            page_rewrite_seconds: in_registry.histograms("octroi_page_rewrite_seconds", "Time that a page was rewritten for, and compressed, without the time that it was waited for.", REWRITE_SECONDS),
            readings: in_registry.counters("octroi_consent_readings_total", "Requests with a banner's cookies, by what came of reading them.", &["site", "format", "reading"]),
            undated: in_registry.counters("octroi_consent_undated_total", "Choices that were accepted without a date.", &["site"]),
            unknown_keys: in_registry.counters("octroi_consent_unknown_keys_total", "Choices that name a key unknown to the charter: the banner has drifted from it.", &["site"]),
            requests: in_registry.counters("octroi_requests_total", "Requests that have ended.", &["site", "status_class", "protocol", "consent"]),
            request_seconds: in_registry.histograms("octroi_request_duration_seconds", "Time from a request's head to the last byte of its response.", REQUEST_SECONDS),
            rejected: in_registry.counters("octroi_rejected_requests_total", "Requests refused before a site was found; one whose stream HTTP/2 resets for its malformed head counts as 400.", &["status"]),
            upstream_events: in_registry.counters("octroi_upstream_events_total", "What happened on the way to the portal.", &["site", "event"]),
            upstream_seconds: in_registry.histograms("octroi_upstream_response_seconds", "Time from a request's end to the head of the portal's response.", RESPONSE_SECONDS),
            upstream_connect_seconds: in_registry.histograms("octroi_upstream_connect_seconds", "Time until a new connection to the portal was open: name, TCP, TLS.", CONNECT_SECONDS),
            upstream_endpoint_up: in_registry.gauges("octroi_upstream_endpoint_up", "Whether an endpoint is in service; 0 if its checks fail, or requests to it have just failed and there is another.", &["site", "endpoint"]),
            upstream_checks: in_registry.counters("octroi_upstream_health_checks_total", "Health checks that have ended.", &["site", "endpoint", "result"]),
            informational_dropped: in_registry.counter("octroi_informational_dropped_total", "Informational responses (1xx) of a portal, which are never forwarded."),
            connections: in_registry.gauges("octroi_connections", "Visitors' connections that are open.", &["transport"]),
            connections_total: in_registry.counters("octroi_connections_total", "Visitors' connections that were taken.", &["transport"]),
            connections_refused: in_registry.counters("octroi_connections_refused_total", "Visitors' connections that were not served.", &["reason"]),
            policy: in_registry.gauges("octroi_policy_info", "The charter in force, by the digest of its text; always 1.", &["site", "hash"]),
            reloads: in_registry.counters("octroi_reload_total", "Attempts to reload the configuration.", &["result"]),
            reload_last_successful: in_registry.gauge("octroi_reload_last_successful", "Whether the last attempt to load the configuration worked; 0: the last good one stays in force."),
            reload_last_success: in_registry.gauge("octroi_reload_last_success_timestamp_seconds", "When the configuration in force was loaded, in seconds since 1970."),
            certificate_expiry: in_registry.gauges("octroi_certificate_expiry_timestamp_seconds", "When a certificate that octroi shows, or one of its chain, ceases to hold, in seconds since 1970.", &["certificate"]),
            acme_orders: in_registry.counters("octroi_acme_orders_total", "Attempts of this process to order a certificate, by what came of them.", &["result"]),
            acme_failures: in_registry.gauges("octroi_acme_failures", "Attempts in a row, of all processes that share the folder, that brought no certificate for a host; 0 after one that did.", &["host"]),
            acme_last_success: in_registry.gauges("octroi_acme_last_success_timestamp_seconds", "When the last certificate for a host was issued; 0: never.", &["host"]),
            inventory_writes: in_registry.counters("octroi_inventory_writes_total", "Attempts to write the inventory to its file.", &["result"]),
            access_log_dropped: in_registry.counter("octroi_access_log_dropped_total", "Access records that could not be written."),
            spans: in_registry.counters("octroi_spans_total", "Spans of requests, by what became of them; 0 without `[tracing]`.", &["result"]),
            clock_steps: in_registry.counter("octroi_clock_steps_total", "Jumps of the wall clock by more than a second: by it go the ages of choices and certificates, and the times in the logs."),
            panics: in_registry.counter("octroi_panics_total", "Panics: each is a defect of octroi, and ends one request or one connection."),
            build: in_registry.gauges("octroi_build_info", "The version of octroi; always 1.", &["version"]),
            described: in_registry.described.into_inner(),
        }
    }
}

struct Registrar<'a> {
    registry: &'a Registry,
    described: RefCell<Vec<FamilyDescription>>,
}

impl Registrar<'_> {
    fn describe(&self, kind: FamilyKind, name: &str, help: &str, labels: &[&str]) {
        let labels = labels.iter().map(ToString::to_string).collect();
        self.described.borrow_mut().push(FamilyDescription {
            name: name.to_owned(),
            kind,
            help: help.to_owned(),
            labels,
        });
    }

    fn counter(&self, name: &str, help: &str) -> Counter {
        self.describe(FamilyKind::Counter, name, help, &[]);
        self.add(Counter::new(name, help))
    }

    fn counters(&self, name: &str, help: &str, labels: &[&str]) -> CounterVec {
        self.describe(FamilyKind::Counter, name, help, labels);
        self.add(CounterVec::new(Opts::new(name, help), labels))
    }

    fn gauge(&self, name: &str, help: &str) -> IntGauge {
        self.describe(FamilyKind::Gauge, name, help, &[]);
        self.add(IntGauge::new(name, help))
    }

    fn gauges(&self, name: &str, help: &str, labels: &[&str]) -> IntGaugeVec {
        self.describe(FamilyKind::Gauge, name, help, labels);
        self.add(IntGaugeVec::new(Opts::new(name, help), labels))
    }

    /// By site.
    fn histograms(&self, name: &str, help: &str, bounds: &[f64]) -> HistogramVec {
        self.describe(FamilyKind::Histogram, name, help, &["site"]);
        self.add(HistogramVec::new(name, help, bounds))
    }

    #[expect(clippy::expect_used, reason = "a constant of this file, and every test of this module makes it")]
    fn add<C: Collector + Clone + 'static>(&self, made: Result<C>) -> C {
        let collector = made.expect("a valid name and valid labels");
        self.register(collector.clone());
        collector
    }

    #[expect(clippy::expect_used, reason = "a constant of this file, and every test of this module registers it")]
    fn register(&self, collector: impl Collector + 'static) {
        self.registry.register(Box::new(collector)).expect("a name used once");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Touches each family, so that it appears even without a site.
    fn exposed() -> Vec<prometheus::proto::MetricFamily> {
        let registry = Registry::new();
        let families = Families::register(&registry);
        families.cookies.with_label_values(&["s"; 6]).inc();
        families.undeclared.with_label_values(&["s"; 2]).inc();
        families.third_parties.with_label_values(&["s"; 4]).inc();
        families.third_party_requests.with_label_values(&["s"; 4]).inc();
        families.page_rewrites.with_label_values(&["s"; 2]).inc();
        families.page_rewrite_seconds.of_site("s").observe(Duration::from_millis(1));
        families.requests.with_label_values(&["s"; 4]).inc();
        for one in [
            &families.undated, &families.unknown_keys, &families.rejected, &families.reloads,
            &families.inventory_writes, &families.acme_orders, &families.spans,
        ] {
            one.with_label_values(&["s"]).inc();
        }
        for one in [&families.connections_total, &families.connections_refused] {
            one.with_label_values(&["s"]).inc();
        }
        families.upstream_events.with_label_values(&["s"; 2]).inc();
        families.upstream_connect_seconds.of_site("s").observe(Duration::from_secs(1));
        families.upstream_endpoint_up.with_label_values(&["s"; 2]).set(1);
        families.upstream_checks.with_label_values(&["s"; 3]).inc();
        families.readings.with_label_values(&["s"; 3]).inc();
        families.policy.with_label_values(&["s"; 2]).inc();
        families.request_seconds.of_site("s").observe(Duration::from_secs(1));
        families.upstream_seconds.of_site("s").observe(Duration::from_secs(1));
        families.connections.with_label_values(&["s"]).inc();
        families.build.with_label_values(&["s"]).inc();
        families.certificate_expiry.with_label_values(&["s"]).set(1);
        families.acme_failures.with_label_values(&["s"]).set(1);
        families.acme_last_success.with_label_values(&["s"]).set(1);
        registry.gather()
    }

    /// The conventions that `promtool check metrics` holds.
    #[test]
    fn every_family_has_help_and_the_suffix_of_its_type() {
        use prometheus::proto::MetricType;
        let families = exposed();
        let ours: Vec<_> = families.iter().filter(|family| family.name().starts_with("octroi_")).collect();
        assert_eq!(ours.len(), 35);
        for family in ours {
            let name = family.name();
            assert!(family.help().ends_with('.'), "{name} has no help");
            match family.get_field_type() {
                MetricType::COUNTER => assert!(name.ends_with("_total"), "{name}"),
                MetricType::HISTOGRAM => assert!(name.ends_with("_seconds"), "{name}"),
                MetricType::GAUGE => assert!(!name.ends_with("_total"), "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
        assert!(families.iter().any(|family| family.name() == "process_resident_memory_bytes"));
    }
}
