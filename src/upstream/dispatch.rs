//! Sends one request: chooses the connection, and decides whether to send it again.
//!
//! A request is sent again at most once, over a new connection, if a reused one turned out to be closed. The method must be
//! idempotent, and there must be no body (RFC 9110 §9.2.2). A request that could not be sent again takes a reused connection
//! only if that one is validated: it was used again before, so the portal is known to keep it open.

use std::rc::Rc;
use std::time::Duration;

use http::{HeaderValue, Version};
use tokio::task::spawn_local;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::endpoint::balancer::Endpoints;
use super::endpoint::connector::ConnectTarget;
use super::endpoint::outlier::Reports;
use super::endpoint::pool::{Endpoint, Lease, Load};
use super::endpoint::resolver::Lookup;
use super::endpoint::tls;
use super::fair_use::budget::{Budget, LEAST};
use super::fair_use::eviction::Owner;
use super::fair_use::slots::{Slot, Slots};
use super::http1::connection::{Connection, ReceivedHead, Terms};
use super::http1::connection_io::RequestQueue;
use super::http1::framing::{self, Framing};
use super::http1::open_connections::OpenConnections;
use super::identity::Settings;
use super::{UpstreamError, UpstreamRequest, UpstreamResponse};
use crate::config::Timeouts;
use crate::http::h1::ResponseHead;
use crate::net::idle_timeout::IdleTimeout;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::UpstreamEvent;

/// How many endpoints are tried before a visitor is told that none can be reached.
const MOST_TRIED: usize = 3;

/// One portal, as one worker sees it: its endpoints, their connections, and what is needed to open more.
pub(super) struct Upstream {
    /// Key of this upstream; sites with equal settings share it.
    pub(super) settings: Settings,
    endpoints: Endpoints,
    tls: Option<TlsConnector>,
    connections: OpenConnections,
    /// This worker's share of `upstream_connections`.
    pub(super) slots: Rc<Slots>,
    budget: Rc<Budget>,
}

/// What one request is sent with.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// Timeouts of the site.
    pub(super) timeouts: &'a Timeouts,
    pub(super) metrics: &'a Metrics,
    /// Receives this site's failures and events.
    pub(super) reports: &'a Rc<Reports>,
    /// Requests that may be flushed together with this one.
    pub(super) queue: Option<&'a Rc<RequestQueue>>,
    /// The visitor's exchange, which can be told to end.
    pub(super) owner: &'a Owner,
}

/// A connection for one request.
struct Checkout {
    connection: Box<Connection>,
    load: Load,
    endpoint: Rc<Endpoint>,
    /// It was idle in the pool.
    reused: bool,
    /// How long it took to open; `None` if it was reused.
    connected_in: Option<Duration>,
}

impl Upstream {
    /// # Errors
    /// A certificate or an authority that the settings name cannot be used.
    pub(super) fn new(settings: Settings, budget: Rc<Budget>, lookup: &Lookup) -> Result<Self, UpstreamError> {
        let config = &settings.config;
        let endpoint = |(index, endpoint)| Rc::new(Endpoint::new(index, ConnectTarget::new(endpoint, config, lookup)));
        let all = config.endpoints.iter().enumerate().map(endpoint).collect();
        let endpoints = Endpoints::new(all, config.balance);
        let tls = tls::connector(&settings)?;
        let (connections, slots) = (OpenConnections::default(), Rc::default());
        Ok(Self { settings, endpoints, tls, connections, slots, budget })
    }

    /// Closes connections on which no byte of a body moved for `body_idle`. Returns the time until the next check is due;
    /// `None` if no body is in flight.
    pub(super) fn check_bodies(&self, now: Instant) -> Option<Duration> {
        self.connections.close_idle(now)
    }

    /// Once a second: closes connections that must not be used again, evicts exchanges of slow visitors if others wait for
    /// their connections, and resolves host names again whose addresses have expired.
    pub(super) fn tick(&self, now: Instant) {
        self.slots.serve();
        self.connections.relieve(&self.slots);
        for endpoint in self.endpoints.iter() {
            if endpoint.needs_lookup(now) {
                let endpoint = Rc::clone(endpoint);
                // `look_up` logs a failure and keeps the last good addresses.
                spawn_local(async move { endpoint.target.look_up().await });
            }
            endpoint.close_stale(now);
            // An idle connection keeps its read buffer.
            if self.budget.is_short() {
                endpoint.close_idle();
            }
        }
    }

    /// Whether there is a connection that could be used again.
    pub(super) fn has_idle(&self) -> bool {
        self.endpoints.iter().any(|endpoint| endpoint.has_idle())
    }

    /// Sends a request and waits for the head of its response.
    ///
    /// # Errors
    /// No slot or memory is free, no endpoint can be reached, or there is no sound response in time. Each is counted,
    /// and a failure of the endpoint is reported to its health.
    pub(super) async fn send(
        &self,
        request: &mut UpstreamRequest,
        context: Context<'_>,
    ) -> Result<UpstreamResponse, UpstreamError> {
        let framing = framing::frame(&request.head.method, &request.body, &mut request.head.headers);
        let replayable = request.head.method.is_idempotent() && framing == Framing::NONE;
        if request.upgrade && !self.slots.admits_tunnel(context.owner) {
            return Err(noted(UpstreamError::Busy, context));
        }
        if self.budget.is_used_up() {
            return Err(noted(UpstreamError::BuffersFull, context));
        }
        let mut slot = match self.slots.take(context.owner) {
            Some(slot) => slot,
            // Boxed because it is rare: else its state would be part of every request's future.
            None => Box::pin(self.wait(context, head_bytes(request))).await?,
        };
        if request.upgrade {
            slot.becomes_tunnel();
        }
        let mut may_reuse = true;
        loop {
            let now = Instant::now();
            let endpoint = self.endpoints.choose(&context.reports.health, &[], now).ok_or_else(no_endpoint)?;
            let idle = if may_reuse { Checkout::reuse(endpoint, !replayable, context, now) } else { None };
            let mut checkout = match idle {
                Some(checkout) => checkout,
                None => Box::pin(self.connect(Rc::clone(endpoint), context)).await?,
            };
            let begun = if checkout.reused { now } else { Instant::now() };
            let terms = Terms {
                endpoint: &checkout.endpoint.target.name,
                response_within: context.timeouts.upstream_response,
                body_idle: IdleTimeout::new(context.timeouts.body_idle),
                queue: context.queue,
                owner: Some(context.owner),
            };
            let error = match checkout.connection.exchange(request, framing, terms, begun).await {
                // Meanwhile others may have taken all of the budget, and a head is not bounded as content is.
                Ok(answer) if self.budget.is_used_up() && is_large(&answer.head) => {
                    return Err(noted(UpstreamError::BuffersFull, context));
                }
                Ok(answer) => return Ok(accept(answer, checkout, slot, context)),
                Err(error) => error,
            };
            let lost = matches!(error, UpstreamError::ConnectionLost { .. });
            if !(lost && checkout.reused && replayable) {
                return Err(checkout.blamed(error, context));
            }
            context.reports.event(UpstreamEvent::Retried);
            may_reuse = false;
        }
    }

    /// Waits for a slot, up to `upstream_connect`. Evicts exchanges of slow visitors to free one.
    async fn wait(&self, context: Context<'_>, head: usize) -> Result<Slot, UpstreamError> {
        let waited = async {
            let slot = self.slots.wait(context.owner, head)?;
            // At once for whoever has none; for others, `tick` does it each second.
            if self.slots.has_none(context.owner) {
                self.connections.relieve(&self.slots);
            }
            context.reports.event(UpstreamEvent::Waited);
            match context.timeouts.upstream_connect {
                Some(limit) => timeout(limit, slot).await.ok()?.ok(),
                None => slot.await.ok(),
            }
        };
        waited.await.ok_or_else(|| noted(UpstreamError::Busy, context))
    }

    /// Closes idle connections, so that one more can be opened within `upstream_connections`.
    fn make_room(&self) {
        let Some(most) = self.slots.left() else { return };
        let idle = self.endpoints.iter().map(|endpoint| endpoint.idle_count()).sum::<usize>();
        for _ in most..idle {
            if let Some(endpoint) = self.endpoints.iter().max_by_key(|endpoint| endpoint.idle_count()) {
                endpoint.close_coldest();
            }
        }
    }

    /// Connects to this endpoint, or to others if it cannot be reached: nothing was sent yet.
    ///
    /// # Errors
    /// The error of the last endpoint, after up to three were tried.
    async fn connect(&self, mut endpoint: Rc<Endpoint>, context: Context<'_>) -> Result<Checkout, UpstreamError> {
        let reports = context.reports;
        self.make_room();
        let mut tried = Vec::new();
        loop {
            let (load, begun) = (Load::new(&endpoint), Instant::now());
            let error = match self.open(&endpoint, context).await {
                Ok(connection) => {
                    reports.event(UpstreamEvent::Connected);
                    let connected_in = Some(begun.elapsed());
                    return Ok(Checkout { connection, load, endpoint, reused: false, connected_in });
                }
                Err(error) => noted(error, context),
            };
            // A shortage inside octroi is not this endpoint's failure, and no other endpoint would help.
            let Some(failure) = error.failure() else { return Err(error) };
            reports.failed(&endpoint, failure);
            tried.push(endpoint.index);
            match self.endpoints.choose(&reports.health, &tried, Instant::now()) {
                Some(next) if tried.len() < MOST_TRIED => endpoint = Rc::clone(next),
                _ => return Err(error),
            }
        }
    }

    async fn open(&self, endpoint: &Endpoint, context: Context<'_>) -> Result<Box<Connection>, UpstreamError> {
        let stream = endpoint.target.connect(self.tls.as_ref(), context.timeouts.upstream_connect).await?;
        let connection = Connection::begin(stream, self.settings.limits, context.metrics.clone(), &self.budget);
        connection.add_to(&self.connections);
        Ok(connection)
    }
}

impl Checkout {
    /// An idle connection; if `validated`, only one that has been used again before.
    fn reuse(endpoint: &Rc<Endpoint>, validated: bool, context: Context<'_>, now: Instant) -> Option<Self> {
        let connection = endpoint.take(validated, now)?;
        context.reports.event(UpstreamEvent::Reused);
        let (load, endpoint) = (Load::new(endpoint), Rc::clone(endpoint));
        Some(Self { connection, load, endpoint, reused: true, connected_in: None })
    }

    /// Counts an error that ends the request. A reused connection that is lost is not a failure of the endpoint, which may
    /// close an idle one at any time.
    fn blamed(&self, error: UpstreamError, context: Context<'_>) -> UpstreamError {
        let idle_close = self.reused && matches!(error, UpstreamError::ConnectionLost { .. });
        if let Some(failure) = error.failure().filter(|_| !idle_close) {
            context.reports.failed(&self.endpoint, failure);
        }
        noted(error, context)
    }
}

/// The response, which holds its connection.
fn accept(
    ReceivedHead { mut head, keeps_open, came, waited }: ReceivedHead,
    Checkout { connection, load, endpoint, connected_in, .. }: Checkout,
    slot: Slot,
    context: Context<'_>,
) -> UpstreamResponse {
    *head.response.version_mut() = Version::HTTP_11;
    let lease =
        Lease::new(connection, load, slot, context.timeouts.upstream_idle, keeps_open, Rc::clone(context.reports));
    let endpoint = endpoint.target.name.clone();
    UpstreamResponse { head, lease, endpoint, came: came.into_std(), waited, connected_in }
}

/// The bytes of a request's head.
pub(super) fn head_bytes(request: &UpstreamRequest) -> usize {
    let target = request.head.uri.path_and_query().map_or(0, |target| target.as_str().len());
    let fields = request.head.headers.iter().map(|(name, value)| name.as_str().len() + value.len());
    fields.chain([request.lines.as_bytes().len(), target]).sum()
}

/// Whether a response's head takes more memory than any response may have waiting.
fn is_large(head: &ResponseHead) -> bool {
    let fields = head.response.headers().values().map(HeaderValue::len);
    fields.chain(head.set_cookies.iter().map(|line| line.as_bytes().len())).sum::<usize>() > LEAST
}

/// Counts the error's event, and returns the error.
fn noted(error: UpstreamError, context: Context<'_>) -> UpstreamError {
    if let Some(event) = error.event() {
        context.reports.event(event);
    }
    error
}

fn no_endpoint() -> UpstreamError {
    UpstreamError::Settings { path: "endpoints".into(), reason: "the list is empty".to_owned() }
}
