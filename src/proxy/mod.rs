//! The proxy: one request from its head to its response's last byte.
//!
//! [`Proxy::handle`] answers every request, whatever happens. `Proxy::pass` calls the steps in order: `request_phase` prepares
//! the request's head, [`Upstreams::send`] sends it, `response_phase` prepares the response's head for the visitor.
//!
//! The phases change the head only. Bodies are streamed, except short ones that octroi reads itself (`short_body`) and pages
//! that it rewrites (`page_body`).

mod acme_challenge;
mod authority;
mod body;
mod charter_page;
mod cookie_log;
mod cookies;
mod downstream;
mod error;
mod error_page;
mod exchange;
mod failure_log;
mod forwarded_cache;
mod gzip;
mod headers;
mod page_body;
mod panics;
mod rate_limit;
mod request_phase;
mod response_head;
mod response_phase;
mod route;
mod short_body;
mod span;
mod termination;
#[cfg(test)]
pub(crate) mod testing;
mod third_parties;
mod websocket;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Request, Response, StatusCode, Version};

pub use body::Body;
pub use downstream::{Downstream, Trust};
pub use forwarded_cache::ForwardedCache;
pub use rate_limit::RequestRate;
pub use websocket::tunnel::InFlight;

use crate::drain::Drain;
use crate::gate::{Caching, Gate};
use crate::inventory::Recorder;
use crate::snapshot::{Site, SnapshotReader};
use crate::telemetry::Metrics;
use crate::telemetry::access_log::AccessLog;
use crate::telemetry::metrics::{ReportResult, UpstreamEvent};
use crate::telemetry::spans::Spans;
use crate::upstream::{
    Eviction, Lease, RequestBody, ResponseBody, Switched, UnsentHead, UpstreamRequest, UpstreamResponse, Upstreams,
};
use error::ProxyError;
use error_page::{Answer, Asked};
use exchange::{Exchange, Telemetry};
use failure_log::FailureLog;
use gzip::Compressor;
use headers::request_id::RequestId;
use request_phase::{Admitted, Next, Reporting};
use termination::Termination;
use third_parties::reports::{self, ReportRate};
use websocket::tunnel::{Tunnel, VisitorSide};

/// One worker's proxy: its view of the snapshot, its upstream pools, its access to the telemetry.
pub struct Proxy {
    snapshots: RefCell<SnapshotReader>,
    upstreams: Rc<Upstreams>,
    telemetry: Rc<Telemetry>,
    gate: Gate,
    compressor: Rc<Compressor>,
    request_rate: Arc<RequestRate>,
    report_rate: ReportRate,
    drain: Drain,
}

/// What one worker's proxy is given of its process.
pub struct ProxyContext {
    /// How many workers share the limits of the process.
    pub workers: usize,
    /// The configuration in force.
    pub snapshots: SnapshotReader,
    /// All metrics of the process.
    pub metrics: Metrics,
    /// Where finished requests are logged.
    pub access_log: AccessLog,
    /// Where spans of requests go.
    pub spans: Spans,
    /// Where the names of cookies are noted.
    pub inventory: Recorder,
    /// The rate of each address, which all workers share.
    pub request_rate: Arc<RequestRate>,
    /// Keeps the process until the last tunnel has ended.
    pub drain: Drain,
}

impl Proxy {
    /// A proxy that lives on its worker's thread.
    pub fn new(context: ProxyContext) -> Rc<Self> {
        let ProxyContext { workers, snapshots, metrics, access_log, spans, inventory, request_rate, drain } = context;
        Rc::new(Self {
            snapshots: RefCell::new(snapshots),
            upstreams: Upstreams::new(metrics.clone(), workers),
            telemetry: Rc::new(Telemetry { metrics, access_log, spans, failures: FailureLog::default() }),
            gate: Gate::new(inventory, Caching::On),
            compressor: Rc::default(),
            request_rate,
            report_rate: ReportRate::default(),
            drain,
        })
    }

    /// Answers one request. `eviction` asks the exchange to end early. Must be called inside a `LocalSet` or a
    /// `LocalRuntime`, because it calls `spawn_local`.
    ///
    /// Every failure ends in a response, too: a limit, a portal that fails, a panic. The whole request is judged by the
    /// snapshot that is in force when it begins. It is counted and logged when the response's body is dropped, or when
    /// its tunnel has ended.
    pub fn handle(
        self: Rc<Self>,
        request: Request<RequestBody>,
        downstream: Rc<Downstream>,
        eviction: Rc<Eviction>,
    ) -> impl Future<Output = Response<Body>> + 'static {
        let mut request = UpstreamRequest::from(request);
        async move {
            let asked = Asked::of(&request.head, &request.body);
            let request_id = RequestId::of(&request.head.headers, downstream.is_trusted());
            let passed =
                panics::contain(self.pass(&mut request, asked, &downstream, eviction, request_id.clone())).await;
            passed.unwrap_or_else(|panicked| Answer::after_panic(panicked, asked, &request_id))
        }
    }

    /// All steps of one request, in order.
    async fn pass(
        &self,
        request: &mut UpstreamRequest,
        asked: Asked,
        downstream: &Downstream,
        eviction: Rc<Eviction>,
        request_id: RequestId,
    ) -> Response<Body> {
        let snapshot = Arc::clone(self.snapshots.borrow_mut().load());
        let mut exchange = Exchange::begin(&self.telemetry, &request.head, downstream, eviction, request_id);

        let challenge = match acme_challenge::asked(&snapshot, &request.head) {
            Some(answering) => answering.await,
            None => None,
        };
        let mut admitted = match self.request_phase(request, asked, downstream, &snapshot, challenge, &mut exchange) {
            Ok(Next::Forward(admitted)) => admitted,
            Ok(Next::Answer(answer)) => return answer.into_response(asked, exchange),
            Ok(Next::Report(reporting)) => {
                // Boxed: few requests are reports, and its state would be part of every request's future.
                return Box::pin(self.take_report(&reporting, &mut request.body, asked, exchange)).await;
            }
            Err(error) => return Answer::Error(error).into_response(asked, exchange),
        };
        let visitor_side = VisitorSide::of(&mut request.head.extensions);
        let owner = exchange.owner(downstream, &snapshot.config.limits);
        if let Some(refusal) = admitted.refusal.take() {
            // Boxed for the same reason.
            return Box::pin(self.refuse(refusal, request, asked, &admitted, exchange)).await;
        }
        exchange.asks();
        let sent = self.upstreams.send(admitted.site, request, &owner).await;
        let uri = &request.head.uri;
        let UpstreamResponse { mut head, mut lease, endpoint, came, .. } = match sent {
            Ok(response) => response,
            Err(error) => return self.answer(error.into(), asked, &admitted, uri.path(), exchange),
        };
        exchange.answered(endpoint, came, head.response.status());
        let leaving = match self.response_phase(&mut head, &admitted, uri, &mut exchange) {
            Ok(leaving) => leaving,
            Err(error) => {
                admitted.site.metrics.upstream_events().count(UpstreamEvent::ResponseInvalid);
                return self.answer(error, asked, &admitted, uri.path(), exchange);
            }
        };
        if leaving.has_switched {
            if let Some(portal_side) = lease.switch() {
                self.tunnel(visitor_side, portal_side, admitted.site, exchange, lease);
            }
            return head.response.map(|()| Body::switched());
        }
        let body = ResponseBody::new(lease);
        head.response.map(|()| match leaving.rewriting {
            Some(rewriting) => Body::rewritten(body, rewriting, &self.compressor, exchange),
            None => Body::upstream(body, exchange),
        })
    }

    /// Answers a request that is not sent. A short body sent to a held third party is read first, so that the connection can
    /// be kept open: beacons are sent over the same connection as the visitor's other requests.
    async fn refuse(
        &self,
        refusal: ProxyError,
        UpstreamRequest { head, body, .. }: &mut UpstreamRequest,
        asked: Asked,
        admitted: &Admitted<'_>,
        exchange: Box<Exchange>,
    ) -> Response<Body> {
        // What follows an upgrade has no end.
        let has_end = matches!(refusal, ProxyError::ThirdPartyHeld) && admitted.upgrade.is_none();
        let is_read = has_end && short_body::read(body).await.is_ok();
        let asked = if is_read { asked.read_to_its_end() } else { asked };
        self.answer(refusal, asked, admitted, head.uri.path(), exchange)
    }

    /// Takes a browser's report; the portal learns nothing of it.
    async fn take_report(
        &self,
        Reporting { site, own }: &Reporting<'_>,
        body: &mut RequestBody,
        asked: Asked,
        exchange: Box<Exchange>,
    ) -> Response<Body> {
        let content = match short_body::read(body).await {
            Ok(content) => content,
            Err(error) => return Answer::Error(error).into_response(asked, exchange),
        };
        let (result, report) =
            if self.report_rate.admits() { reports::judge(&content, own) } else { (ReportResult::Limited, None) };
        site.metrics.report(result);
        if let Some(report) = report {
            self.gate.note_report(site, &report);
        }
        Answer::Reported.into_response(asked.read_to_its_end(), exchange)
    }

    /// Records a request that the server refused with this status because its head could not be read. It has no method
    /// and no target in the log, and is counted for no site.
    pub fn rejected(&self, status: StatusCode, version: Version, downstream: &Downstream) {
        let (mut head, ()) = Request::new(()).into_parts();
        head.version = version;
        // The method and the target could not be read.
        head.method = Method::from_bytes(b"-").unwrap_or_default();
        head.uri = "*".parse().unwrap_or_default();
        let request_id = RequestId::of(&head.headers, downstream.is_trusted());
        let mut exchange = Exchange::begin(&self.telemetry, &head, downstream, Rc::default(), request_id);
        exchange.responded(status);
        exchange.refused(error::unread(status), None);
        exchange.ended(Termination::Rejected);
    }

    /// Closes connections to the portal on which no byte of a body moved for `body_idle`. Returns the time until the next
    /// call is due; a body that begins meanwhile is not due earlier. `None` if no body is in flight and no site has a
    /// `body_idle`.
    pub fn check_bodies(&self) -> Option<Duration> {
        let snapshot = Arc::clone(self.snapshots.borrow_mut().load());
        let shortest = snapshot.sites().iter().filter_map(|site| site.timeouts.body_idle).min();
        shortest.into_iter().chain(self.upstreams.check_bodies()).min()
    }

    /// Counts the head of a response until the visitor has read it, see [`Upstreams::count_head`].
    pub fn count_head(&self, connection: &Rc<Eviction>, bytes: usize) -> UnsentHead {
        self.upstreams.count_head(connection, bytes)
    }

    /// Closes idle upstream connections, clears the caches of verdicts, and merges the inventory. The worker calls it once a
    /// second.
    pub fn tick(&self) {
        self.upstreams.tick();
        self.gate.tick();
        self.report_rate.tick();
    }

    /// Copies the bytes that follow a switch of protocols. The exchange ends with them.
    fn tunnel(&self, downstream: VisitorSide, upstream: Switched, site: &Site, exchange: Box<Exchange>, lease: Lease) {
        let idle = site.timeouts.tunnel_idle;
        let drain = self.drain.clone();
        tokio::task::spawn_local(Tunnel { downstream, upstream, idle, drain, exchange, lease }.run());
    }
}
