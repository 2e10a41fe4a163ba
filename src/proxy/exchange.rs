//! The exchange: what is known of one request. It records the request when it has ended.
//!
//! It is made with the request and held by the response's body, or by the tunnel. However the request ends, the exchange is
//! dropped: only its `Drop` counts the request in the metrics and writes the access log.

use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http::{HeaderMap, Method, StatusCode, Uri, Version, request};

use super::downstream::Downstream;
use super::failure_log::FailureLog;
use super::headers::forwarded;
use super::headers::request_id::RequestId;
use super::headers::trace_context::{self, TraceId};
use super::span::Span;
use super::termination::Termination;
use crate::config::Limits;
use crate::cookie::UnixTime;
use crate::gate::{VerdictCount, Visitor};
use crate::net::address::subscriber;
use crate::party::{Decision, Parties};
use crate::policy::{ConsentLevel, Direction, Verdict};
use crate::snapshot::Site;
use crate::telemetry::Metrics;
use crate::telemetry::access_log::{AccessLog, Browser, CookieCounts, Record};
use crate::telemetry::metrics::PageRewrite;
use crate::telemetry::spans::Spans;
use crate::upstream::{Eviction, Owner};

/// What the access log writes if the visitor left before there was a status (nginx's 499).
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// Where a worker's exchanges are recorded.
pub(super) struct Telemetry {
    /// All metrics of the process.
    pub(super) metrics: Metrics,
    /// The access log of the process, which may be off.
    pub(super) access_log: AccessLog,
    /// Where spans of requests are sent; off unless the configuration says where.
    pub(super) spans: Spans,
    pub(super) failures: FailureLog,
}

/// When a request was received, by both clocks; read once.
#[derive(Clone, Copy)]
struct Arrival {
    instant: Instant,
    time: SystemTime,
}

impl Arrival {
    /// Now.
    fn now() -> Self {
        #[cfg(not(feature = "fuzzing"))]
        let time = SystemTime::now();
        // 23 November 2026, noon: a finding of today must be one tomorrow.
        #[cfg(feature = "fuzzing")]
        let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(498_732);
        Self { instant: Instant::now(), time }
    }
}

/// What is known of one request. Records itself (metrics, access log) when it is dropped: with the response's body.
pub(super) struct Exchange {
    telemetry: Rc<Telemetry>,
    arrival: Arrival,
    method: Method,
    /// For the access log and the span, if there is one.
    target: Option<Uri>,
    browser: Option<Box<Browser>>,
    version: Version,
    client: Option<IpAddr>,
    request_id: RequestId,
    trace_id: Option<TraceId>,
    span: Span,
    site: Option<Arc<Site>>,
    consent: ConsentLevel,
    cookies: CookieCounts,
    set_cookies: CookieCounts,
    endpoint: Option<Arc<str>>,
    upstream_head: Option<Instant>,
    status: Option<StatusCode>,
    bytes: u64,
    termination: Option<Termination>,
    reason: Option<&'static str>,
    eviction: Rc<Eviction>,
}

impl Exchange {
    /// Begins with the request's head, as it was received. Boxed, because it is large and moves often.
    pub(super) fn begin(
        telemetry: &Rc<Telemetry>,
        head: &request::Parts,
        downstream: &Downstream,
        eviction: Rc<Eviction>,
        request_id: RequestId,
    ) -> Box<Self> {
        let span = Span::begin(&telemetry.spans, &head.headers, downstream);
        Box::new(Self {
            telemetry: Rc::clone(telemetry),
            arrival: Arrival::now(),
            method: head.method.clone(),
            target: (telemetry.access_log.is_on() || span.is_recorded()).then(|| head.uri.clone()),
            browser: telemetry.access_log.browser(&head.headers),
            version: head.version,
            client: forwarded::client(&head.headers, downstream),
            request_id,
            trace_id: span.trace(),
            span,
            site: None,
            consent: ConsentLevel::default(),
            cookies: CookieCounts::default(),
            set_cookies: CookieCounts::default(),
            endpoint: None,
            upstream_head: None,
            status: None,
            bytes: 0,
            termination: None,
            reason: None,
            eviction,
        })
    }

    /// The moment at which everything of this request is judged.
    pub(super) fn now(&self) -> UnixTime {
        self.arrival.time.into()
    }

    /// The visitor's address, and when the request was received.
    pub(super) fn arrived(&self) -> (Option<IpAddr>, Instant) {
        (self.client, self.arrival.instant)
    }

    /// Who owns the exchange, for the shares of connections and memory. An address that may stand for many visitors has
    /// no share of its own.
    pub(super) fn owner(&self, downstream: &Downstream, limits: &Limits) -> Owner {
        let is_limited = |client: &IpAddr| !downstream.trusts(*client) && limits.connections_of(*client).is_some();
        Owner { eviction: Rc::clone(&self.eviction), address: self.client.filter(is_limited).map(subscriber) }
    }

    /// The request's id.
    pub(super) fn request_id(&self) -> &RequestId {
        &self.request_id
    }

    /// Reads the trace that the request belongs to, and tells the portal of octroi's part in it. `is_given`: there is a
    /// `traceparent`, valid or not.
    pub(super) fn trace(&mut self, headers: &mut HeaderMap, is_given: bool) {
        if is_given {
            self.trace_id = trace_context::read(headers);
        }
        if let Some(own) = self.span.pass_on(headers) {
            self.trace_id = Some(own);
        }
    }

    /// The portal is asked now.
    pub(super) fn asks(&mut self) {
        self.span.asks();
    }

    /// The site was found.
    pub(super) fn routed(&mut self, site: &Arc<Site>) {
        self.site = Some(Arc::clone(site));
    }

    /// The site, once it was found. `None` before, and if no site answers to the host.
    pub(super) fn site(&self) -> Option<&Site> {
        self.site.as_deref()
    }

    /// The visitor's choice was read.
    pub(super) fn consented(&mut self, visitor: &Visitor) {
        self.consent = visitor.consent.level;
        if let Some(site) = &self.site {
            site.metrics.choices(&visitor.choices);
        }
    }

    /// Cookies of a message of this direction were judged alike.
    pub(super) fn judged(&mut self, direction: Direction, count: &VerdictCount) {
        let VerdictCount { judgement, times } = count;
        let counts = match direction {
            Direction::Request => &mut self.cookies,
            Direction::Response => &mut self.set_cookies,
        };
        add(counts, judgement.verdict, *times);
        if let Some(site) = &self.site {
            site.metrics.cookie(direction, judgement, *times);
        }
    }

    /// The browser was told of third parties.
    pub(super) fn held(&self, parties: &Parties, decision: Decision) {
        if let Some(site) = &self.site {
            site.metrics.page(parties, decision);
        }
    }

    /// A page was rewritten, or could not be.
    pub(super) fn rewrote(&self, result: PageRewrite) {
        if let Some(site) = &self.site {
            site.metrics.page_rewrite(result);
        }
    }

    /// A page was rewritten in this time, whole or up to where the rewriter gave up.
    pub(super) fn rewrote_in(&self, duration: Duration) {
        if let Some(site) = &self.site {
            site.metrics.page_rewrite_time(duration);
        }
    }

    /// The head of the portal's response was received.
    pub(super) fn answered(&mut self, endpoint: Arc<str>, came: Instant, status: StatusCode) {
        self.span.answered(came, status);
        self.endpoint = Some(endpoint);
        self.upstream_head = Some(came);
    }

    /// The status that the visitor gets.
    pub(super) fn responded(&mut self, status: StatusCode) {
        self.status = Some(status);
    }

    /// Bytes of the response's body went to the visitor.
    pub(super) fn sent(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    /// octroi answers in the portal's place, for this reason; the endpoint is the one that gave no usable response.
    pub(super) fn refused(&mut self, reason: &'static str, endpoint: Option<&Arc<str>>) {
        self.reason = Some(reason);
        self.span.gave_up();
        if let Some(endpoint) = endpoint {
            self.endpoint = Some(Arc::clone(endpoint));
        }
    }

    /// Whether to log a failure of this kind now. `Some`: how many were left out since the last one that was logged.
    pub(super) fn tells_failure(&self, kind: &'static str) -> Option<u64> {
        let site = self.site.as_ref().map(|site| &site.name);
        self.telemetry.failures.tells(site, kind, Instant::now())
    }

    /// Notes how it ended; the first call counts. Without a call, a drop means that the visitor left, or that the exchange was
    /// told to end.
    pub(super) fn ended(&mut self, termination: Termination) {
        self.termination.get_or_insert(termination);
    }

    /// Whether it has not ended.
    pub(super) fn is_open(&self) -> bool {
        self.termination.is_none()
    }

    /// A panic ended this request.
    pub(super) fn panicked(&mut self) {
        let request_id = self.request_id.as_str();
        tracing::error!(request_id, "a panic broke this request off");
        self.ended(Termination::Panicked);
        self.status.get_or_insert(StatusCode::INTERNAL_SERVER_ERROR);
    }

    fn status_code(&self) -> u16 {
        self.status.map_or(CLIENT_CLOSED_REQUEST, |status| status.as_u16())
    }

    fn count_request(&self) {
        match &self.site {
            Some(site) => {
                let duration = self.arrival.instant.elapsed();
                site.metrics.request(self.status_code(), self.version, self.consent, duration);
            }
            None => self.telemetry.metrics.request_rejected(self.status_code()),
        }
    }

    /// Why it broke off on the visitor's side.
    fn unfinished(&self) -> Termination {
        if self.eviction.is_asked() { Termination::Unread } else { Termination::ClientClosed }
    }

    fn record(&mut self) -> Record {
        Record {
            time: self.arrival.time,
            client: self.client,
            site: self.site.as_ref().map_or_else(|| Arc::from(""), |site| Arc::clone(&site.name)),
            method: std::mem::take(&mut self.method),
            path: self.target.as_ref().map_or_else(String::new, |target| target.path().to_owned()),
            version: self.version,
            status: self.status_code(),
            bytes: self.bytes,
            duration: self.arrival.instant.elapsed(),
            upstream_duration: self.upstream_head.map(|head| head.duration_since(self.arrival.instant)),
            endpoint: self.endpoint.take(),
            request_id: self.request_id.as_str().to_owned(),
            trace_id: self.trace_id.map(|id| id.as_str().to_owned()),
            termination: self.termination.unwrap_or_else(|| self.unfinished()).as_str(),
            reason: self.reason,
            consent: self.consent.as_str(),
            enforcement: self.site.as_ref().map(|site| site.enforcement.as_str()),
            set_cookies: self.set_cookies,
            cookies: self.cookies,
            browser: self.browser.take(),
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.panicked();
        }
        self.count_request();
        if !self.telemetry.access_log.is_on() && !self.span.is_recorded() {
            return;
        }
        let record = self.record();
        if let Some(spans) = self.span.end(self.arrival.instant, &record, self.site.as_deref()) {
            self.telemetry.spans.write(spans);
        }
        self.telemetry.access_log.write(record);
    }
}

fn add(counts: &mut CookieCounts, verdict: Verdict, times: u32) {
    let count = match verdict {
        Verdict::Pass => &mut counts.passed,
        Verdict::Amend(_) | Verdict::Delete => &mut counts.amended,
        Verdict::Drop => &mut counts.dropped,
    };
    *count = count.saturating_add(times);
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use http::HeaderValue;

    use super::*;
    use crate::cookie::Amendment;
    use crate::proxy::testing::downstream;
    use crate::telemetry::access_log::Format;

    #[test]
    fn counts_follow_the_verdict() {
        let mut counts = CookieCounts::default();
        for verdict in [Verdict::Pass, Verdict::Amend(Amendment::default()), Verdict::Delete, Verdict::Drop] {
            add(&mut counts, verdict, 1);
        }
        assert_eq!(counts, CookieCounts { passed: 1, amended: 2, dropped: 1 });
    }

    #[test]
    fn a_panic_is_recorded_as_the_500_that_it_becomes() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("access.log");
        let metrics = Metrics::new();
        let access_log = AccessLog::start(Format::Json, Some(path.clone()), metrics.clone()).unwrap();
        let telemetry = Telemetry {
            metrics,
            access_log: access_log.clone(),
            spans: Spans::default(),
            failures: FailureLog::default(),
        };
        let telemetry = Rc::new(telemetry);
        let (head, ()) = http::Request::get("/x").body(()).unwrap().into_parts();
        let id = RequestId::Given(HeaderValue::from_static("id7"));
        let exchange = Exchange::begin(&telemetry, &head, &downstream(), Rc::default(), id);
        let panicked = catch_unwind(AssertUnwindSafe(move || {
            let _held = exchange;
            panic!("a test's own")
        }));
        assert!(panicked.is_err());
        access_log.close();
        let line = std::fs::read_to_string(path).unwrap();
        assert!(["\"id7\"", "500", "\"panicked\""].iter().all(|part| line.contains(part)), "{line}");
    }
}
