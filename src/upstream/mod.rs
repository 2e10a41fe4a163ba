//! The portal's side: chooses an endpoint and a connection, sends the request, and reads the response.
//!
//! HTTP/1.1 only. Each worker has pools of its own; a connection returns to its pool when its response has ended. Bodies are
//! streamed; a request is sent again only if that is surely safe (`dispatch`).
//!
//! [`Upstreams::send`] → `dispatch` (which connection, and whether to send again) → `endpoint` (which server; its idle
//! connections, or a new one) → `http1` (one exchange) → [`ResponseBody`]. `fair_use` bounds connections and memory and chooses
//! the exchanges to evict, `identity` decides which sites may share connections, [`check_endpoints`] runs the health checks.

mod dispatch;
mod endpoint;
mod error;
mod fair_use;
mod http1;
mod identity;
#[cfg(feature = "fuzzing")]
pub mod in_memory;
mod read_ahead;
mod request_body;
mod response_body;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use http::{Request, request};

pub use endpoint::health_check::check_endpoints;
pub use endpoint::pool::Lease;
pub use error::{Lost, UpstreamError};
pub use fair_use::buffered::Buffered;
pub use fair_use::eviction::{Eviction, Owner};
pub use fair_use::head_counts::UnsentHead;
pub(crate) use http1::stream::Switched;
pub use read_ahead::ReadAhead;
pub use request_body::{RequestBody, RequestBodyError, Upload, UploadState};
pub use response_body::{ResponseBody, ResponseBodyError};

use self::dispatch::{Context, Upstream, head_bytes};
use self::endpoint::outlier::Reports;
use self::endpoint::resolver::Lookup;
use self::fair_use::budget::Budget;
use self::http1::connection_io::RequestQueue;
use self::identity::Settings;
use crate::http::h1::{FieldLines, ResponseHead};
use crate::net::idle_timeout::IdleTimeout;
use crate::snapshot::Site;
use crate::telemetry::Metrics;

/// One worker's connections to all portals.
pub struct Upstreams {
    /// In the order of their addresses.
    sites: RefCell<Vec<SiteUpstream>>,
    /// Each upstream once, however many sites share it.
    all: RefCell<Vec<Rc<Upstream>>>,
    /// The number of workers, among which the limits of the process are divided.
    workers: usize,
    budget: Rc<Budget>,
    /// Requests that begin in one iteration of the event loop.
    queue: Rc<RequestQueue>,
    metrics: Metrics,
    lookup: Lookup,
}

/// A site's upstream, found by the site's address. The weak reference keeps the address from being given to another.
struct SiteUpstream {
    site: Weak<Site>,
    upstream: Rc<Upstream>,
    reports: Rc<Reports>,
}

/// A request for a portal.
#[derive(Debug)]
pub struct UpstreamRequest {
    /// Its head.
    pub head: request::Parts,
    /// More of its fields, as bytes.
    pub lines: FieldLines,
    /// The line with its id, unless it is one of its fields.
    pub id: Option<[u8; 48]>,
    /// Whether it asks for a switch of protocols, after which its connection is a tunnel.
    pub upgrade: bool,
    /// What follows the head.
    pub body: RequestBody,
}

impl From<Request<RequestBody>> for UpstreamRequest {
    fn from(request: Request<RequestBody>) -> Self {
        let (head, body) = request.into_parts();
        Self { head, lines: FieldLines::default(), id: None, upgrade: false, body }
    }
}

/// The head of a portal's response, and the lease of its connection.
#[derive(Debug)]
pub struct UpstreamResponse {
    /// The head of the response, whose framing is sound. Its version is always HTTP/1.1.
    pub head: Box<ResponseHead>,
    /// What follows the head: make a [`ResponseBody`] of it; after a 101, `switch` it and keep it as long as the tunnel.
    pub lease: Lease,
    /// `host:port` of the endpoint, for the log.
    pub endpoint: Arc<str>,
    /// When its head was received.
    pub came: Instant,
    /// The time from the request's last byte to the head of the response.
    pub waited: Duration,
    /// How long a new connection took to open; `None` if an old one was used again.
    pub connected_in: Option<Duration>,
}

impl Upstreams {
    /// No connection yet. Each of `workers` workers gets an equal share of the limits.
    pub fn new(metrics: Metrics, workers: usize) -> Rc<Self> {
        Rc::new(Self {
            sites: RefCell::default(),
            all: RefCell::default(),
            workers,
            budget: Rc::default(),
            queue: Rc::default(),
            metrics,
            lookup: endpoint::resolver::system(),
        })
    }

    /// Sends a request whose head is final: origin-form target, one `Host`, no hop-by-hop fields. If it asks for an upgrade, it
    /// must have `Upgrade` and `Connection: upgrade`. The framing is written here. Body and fields are taken out of `request`.
    /// `owner`: the exchange to evict if its visitor is slow while others wait.
    ///
    /// Dropping the future closes the connection, so that the portal notices a visitor who has left. Must be called inside a
    /// `LocalSet` or a `LocalRuntime`.
    ///
    /// # Errors
    /// If there was no response; [`UpstreamError`] says why and what the visitor is told.
    pub async fn send(
        self: &Rc<Self>,
        site: &Arc<Site>,
        request: &mut UpstreamRequest,
        owner: &Owner,
    ) -> Result<UpstreamResponse, UpstreamError> {
        let events = site.metrics.upstream_events();
        let count = |error: &UpstreamError| error.event().into_iter().for_each(|event| events.count(event));
        let (upstream, reports) = self.known(site).inspect_err(count)?;
        if request.body.is_doubtful(&request.head.method) {
            let place = upstream.slots.take_place(owner, head_bytes(request));
            let _place = place.ok_or(UpstreamError::Busy).inspect_err(count)?;
            // Boxed because it is rare: else its state would be part of every request's future.
            Box::pin(request.body.await_first(IdleTimeout::new(site.timeouts.body_idle))).await?;
        }
        let member = self.queue.join();
        let context = Context {
            timeouts: &site.timeouts,
            metrics: &self.metrics,
            reports: &reports,
            queue: member.others(),
            owner,
        };
        let answer = upstream.send(request, context).await?;
        site.metrics.upstream_response(answer.waited, answer.connected_in);
        Ok(answer)
    }

    /// Closes connections on which no byte of a body moved for `body_idle`. Returns the time until the next one is due; `None`
    /// if no body is in flight.
    pub fn check_bodies(&self) -> Option<Duration> {
        let now = tokio::time::Instant::now();
        self.all.borrow().iter().filter_map(|upstream| upstream.check_bodies(now)).min()
    }

    /// Whether `limits.buffer_bytes` runs short: what can wait should not be sent.
    pub fn is_short_of_memory(&self) -> bool {
        self.budget.is_short()
    }

    /// Counts the head of a response, of this many bytes, until the visitor has read it: it takes memory of `limits.buffer_bytes`.
    /// `connection`: that of the visitor.
    pub fn count_head(&self, connection: &Rc<Eviction>, bytes: usize) -> UnsentHead {
        self.budget.count_head(connection, bytes)
    }

    /// Closes connections that have been idle for too long, evicts exchanges of slow visitors while others wait, and resolves
    /// host names again whose addresses have expired. To be called once a second.
    pub fn tick(&self) {
        let now = tokio::time::Instant::now();
        self.budget.tick();
        self.sites.borrow_mut().retain(|known| known.site.strong_count() > 0);
        let mut all = self.all.borrow_mut();
        all.iter().for_each(|upstream| upstream.tick(now));
        // After a reload the sites are removed at once, but their idle connections stay for the sites that replace them.
        all.retain(|upstream| Rc::strong_count(upstream) > 1 || upstream.has_idle());
    }

    /// The upstream of a site: found by the site's address in memory, or made.
    fn known(&self, site: &Arc<Site>) -> Result<(Rc<Upstream>, Rc<Reports>), UpstreamError> {
        let found = self.sites.borrow().binary_search_by_key(&Arc::as_ptr(site), |known| known.site.as_ptr());
        if let Ok(index) = found
            && let Some(SiteUpstream { upstream, reports, .. }) = self.sites.borrow().get(index)
        {
            return Ok((Rc::clone(upstream), Rc::clone(reports)));
        }
        let upstream = self.shared(Settings::read(&site.upstream, &site.limits)?)?;
        self.budget.limit(self.share(site.limits.buffer_bytes));
        upstream.slots.limit(self.share(site.limits.upstream_connections));
        let reports = Rc::new(Reports::new(Arc::clone(&site.health), site.metrics.upstream_events().clone()));
        let known =
            SiteUpstream { site: Arc::downgrade(site), upstream: Rc::clone(&upstream), reports: Rc::clone(&reports) };
        self.sites.borrow_mut().insert(found.unwrap_or_else(|after| after), known);
        Ok((upstream, reports))
    }

    /// This worker's share of a limit of the process.
    fn share(&self, limit: usize) -> Option<usize> {
        (limit > 0).then(|| limit.div_ceil(self.workers.max(1)))
    }

    /// The upstream with these settings; sites may share it.
    fn shared(&self, settings: Settings) -> Result<Rc<Upstream>, UpstreamError> {
        let mut all = self.all.borrow_mut();
        if let Some(same) = all.iter().find(|upstream| upstream.settings == settings) {
            return Ok(Rc::clone(same));
        }
        let upstream = Rc::new(Upstream::new(settings, Rc::clone(&self.budget), &self.lookup)?);
        all.push(Rc::clone(&upstream));
        Ok(upstream)
    }
}
