//! Sending one request: over which connection, and whether once more.
//!
//! A request is sent again only over a fresh connection, once, after a reused one turned out to be closed: always where
//! no byte of it was sent, otherwise only where the method is idempotent and there is no body (RFC 9110 §9.2.2). A
//! request that could not be sent again takes a reused connection only where that one has proven to stay open.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use http::header::UPGRADE;
use http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri, Version};
use http_body::Body;
use hyper::client::conn::http1::Builder;
use tokio::task::spawn_local;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;

use super::balance::Endpoints;
use super::connect::Target;
use super::connection::{Answer, Connection, Terms, Unanswered};
use super::pool::{Endpoint, Lease, Load};
use super::reports::Reports;
use super::resolve::Lookup;
use super::settings::Settings;
use super::watch::Watches;
use super::{RequestBody, UpstreamError, UpstreamResponse, framing, tls};
use crate::coarse_clock::CoarseInstant;
use crate::config::Timeouts;
use crate::http1::Informed;
use crate::telemetry::metrics::UpstreamEvent;

/// So many endpoints are tried before a visitor is told that none can be reached.
const MOST_TRIED: usize = 3;

/// One portal as one worker sees it: its endpoints, their connections, how to open more.
pub(super) struct Upstream {
    pub(super) settings: Settings,
    endpoints: Endpoints,
    builder: Builder,
    tls: Option<TlsConnector>,
    watches: Rc<Watches>,
}

/// What one request is sent with.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) timeouts: &'a Timeouts,
    pub(super) informed: &'a Informed,
    pub(super) reports: &'a Rc<Reports>,
}

/// A connection for one request.
struct Checkout {
    connection: Box<Connection>,
    load: Load,
    endpoint: Rc<Endpoint>,
    reused: bool,
    connected_in: Option<Duration>,
}

impl Upstream {
    pub(super) fn new(settings: Settings, watches: Rc<Watches>, lookup: &Lookup) -> Result<Self, UpstreamError> {
        let config = &settings.config;
        let endpoint = |(place, endpoint)| Rc::new(Endpoint::new(place, Target::new(endpoint, config, lookup)));
        let all = config.endpoints.iter().enumerate().map(endpoint).collect();
        let endpoints = Endpoints::new(all, config.balance);
        let (tls, builder) = (tls::connector(&settings)?, settings.builder());
        Ok(Self { settings, endpoints, builder, tls, watches })
    }

    /// Closes connections that should not be used again, and looks up again what has not been for a while.
    pub(super) fn tick(&self, now: CoarseInstant) {
        for endpoint in self.endpoints.iter() {
            if endpoint.needs_lookup(now) {
                let endpoint = Rc::clone(endpoint);
                // The last good addresses stay where it fails, and that has been said then.
                spawn_local(async move { drop(endpoint.target.addresses.look_up().await) });
            }
            endpoint.close_stale(now);
        }
    }

    /// Whether there is a connection that could be used again.
    pub(super) fn has_idle(&self) -> bool {
        self.endpoints.iter().any(|endpoint| endpoint.has_idle())
    }

    /// Sends a request and waits for the head of its response.
    pub(super) async fn send(
        &self,
        mut request: Request<RequestBody>,
        context: Context<'_>,
    ) -> Result<UpstreamResponse, UpstreamError> {
        framing::frame(&mut request);
        let replayable = request.method().is_idempotent() && request.body().is_end_stream();
        let asked_to_upgrade = request.headers().contains_key(UPGRADE);
        let mut may_reuse = true;
        loop {
            let now = Instant::now();
            let mut checkout = self.check_out(may_reuse, replayable, context, now).await?;
            let spare = (checkout.reused && replayable).then(|| Spare::of(&request));
            let begun = if checkout.reused { now } else { Instant::now() };
            let failure = match checkout.exchange(request, context, begun).await {
                Ok(answer) => return accept(answer, checkout, asked_to_upgrade, context),
                Err(failure) => failure,
            };
            match again(checkout.reused, failure, spare) {
                Ok(same) => request = same,
                Err(error) => return Err(checkout.blamed(error, context)),
            }
            context.reports.event(UpstreamEvent::Retried);
            may_reuse = false;
        }
    }

    /// An idle connection, or a new one.
    async fn check_out(
        &self,
        may_reuse: bool,
        replayable: bool,
        context: Context<'_>,
        now: Instant,
    ) -> Result<Checkout, UpstreamError> {
        let endpoint = self.endpoints.choose(&context.reports.health, &[], now).ok_or_else(no_endpoint)?;
        if may_reuse && let Some(connection) = endpoint.take(!replayable) {
            context.reports.event(UpstreamEvent::Reused);
            let (load, endpoint) = (Load::new(endpoint), Rc::clone(endpoint));
            return Ok(Checkout { connection, load, endpoint, reused: true, connected_in: None });
        }
        // Boxed: it is rare, and its room would be part of every request.
        Box::pin(self.connect(Rc::clone(endpoint), context)).await
    }

    /// Connects to this endpoint, or to other ones where it cannot be reached: nothing was sent yet.
    async fn connect(&self, mut endpoint: Rc<Endpoint>, context: Context<'_>) -> Result<Checkout, UpstreamError> {
        let reports = context.reports;
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
            // What octroi itself lacks, it lacks for every endpoint.
            let Some(failure) = error.failure() else { return Err(error) };
            reports.failed(&endpoint, failure);
            tried.push(endpoint.place);
            match self.endpoints.choose(&reports.health, &tried, Instant::now()) {
                Some(next) if tried.len() < MOST_TRIED => endpoint = Rc::clone(next),
                _ => return Err(error),
            }
        }
    }

    async fn open(&self, endpoint: &Endpoint, context: Context<'_>) -> Result<Box<Connection>, UpstreamError> {
        let stream = endpoint.target.connect(self.tls.as_ref(), context.timeouts.upstream_connect).await?;
        let connection = Connection::begin(stream, &self.builder, Arc::clone(context.informed))
            .await
            .map_err(|source| UpstreamError::ConnectionLost { endpoint: endpoint.target.name.clone(), source })?;
        self.watches.add(connection.watch());
        Ok(connection)
    }
}

impl Checkout {
    async fn exchange(
        &mut self,
        request: Request<RequestBody>,
        context: Context<'_>,
        begun: Instant,
    ) -> Result<Answer, Unanswered> {
        let terms = Terms {
            endpoint: &self.endpoint.target.name,
            response_within: context.timeouts.upstream_response,
            body_idle: context.timeouts.body_idle,
        };
        self.connection.exchange(request, terms, begun).await
    }

    /// Counts an error that ends the request. What happens on a reused connection is not held against the endpoint: the
    /// portal may close an idle one at any time.
    fn blamed(&self, error: UpstreamError, context: Context<'_>) -> UpstreamError {
        let idle_close = self.reused && matches!(error, UpstreamError::ConnectionLost { .. });
        if let Some(failure) = error.failure().filter(|_| !idle_close) {
            context.reports.failed(&self.endpoint, failure);
        }
        noted(error, context)
    }
}

/// The request to send again, or the error that ends it.
fn again(reused: bool, failure: Unanswered, spare: Option<Spare>) -> Result<Request<RequestBody>, UpstreamError> {
    let lost = matches!(failure.error, UpstreamError::ConnectionLost { .. });
    match (failure.unsent, spare) {
        (Some(unsent), _) if reused => Ok(unsent),
        (None, Some(spare)) if reused && lost => Ok(spare.into_request()),
        _ => Err(failure.error),
    }
}

/// A request without a body, kept in case that it must be sent again; framed, so that it is of HTTP/1.1, and without
/// extensions. That is rare: a list of fields is made at a fraction of the cost of a map.
struct Spare {
    method: Method,
    uri: Uri,
    fields: Vec<(HeaderName, HeaderValue)>,
}

impl Spare {
    fn of(request: &Request<RequestBody>) -> Self {
        let mut fields = Vec::with_capacity(request.headers().len());
        fields.extend(request.headers().iter().map(|(name, value)| (name.clone(), value.clone())));
        Self { method: request.method().clone(), uri: request.uri().clone(), fields }
    }

    fn into_request(self) -> Request<RequestBody> {
        let mut request = Request::new(RequestBody::empty());
        *request.method_mut() = self.method;
        *request.uri_mut() = self.uri;
        for (name, value) in self.fields {
            request.headers_mut().append(name, value);
        }
        request
    }
}

/// Checks the head of a response before anyone sees it.
fn accept(
    Answer { mut response, came, waited }: Answer,
    checkout: Checkout,
    asked_to_upgrade: bool,
    context: Context<'_>,
) -> Result<UpstreamResponse, UpstreamError> {
    let endpoint = checkout.endpoint.target.name.clone();
    let switched = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    if switched && !asked_to_upgrade {
        return Err(checkout.blamed(UpstreamError::UpgradeNotAsked { endpoint }, context));
    }
    if let Some(fault) = framing::fault(response.status(), response.headers()) {
        return Err(checkout.blamed(UpstreamError::ResponseInvalid { endpoint, reason: fault.to_owned() }, context));
    }
    let Checkout { connection, load, connected_in, .. } = checkout;
    let reports = Rc::clone(context.reports);
    // hyper would speak HTTP/1.0 on this connection from now on, and drop a body without a length.
    let reusable = response.version() == Version::HTTP_11;
    *response.version_mut() = Version::HTTP_11;
    let lease = if switched {
        Lease::tunnel(*connection, load, reports)
    } else {
        Lease::new(connection, load, context.timeouts.upstream_idle, reusable, reports)
    };
    Ok(UpstreamResponse { response, lease, endpoint, came: came.into_std(), waited, connected_in })
}

fn noted(error: UpstreamError, context: Context<'_>) -> UpstreamError {
    if let Some(event) = error.event() {
        context.reports.event(event);
    }
    error
}

fn no_endpoint() -> UpstreamError {
    UpstreamError::Settings { path: "endpoints".into(), reason: "the list is empty".to_owned() }
}
