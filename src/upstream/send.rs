//! Sending one request: over which connection, and whether once more.
//!
//! A request is sent again only over a fresh connection, once, after a reused one turned out to be closed: always where
//! no byte of it was sent, otherwise only where the method is idempotent and there is no body (RFC 9110 §9.2.2). A
//! request that could not be sent again takes a reused connection only where that one has proven to stay open.

use std::rc::Rc;
use std::time::Duration;

use http::header::UPGRADE;
use http::{Request, Response, StatusCode, Version};
use http_body::Body;
use hyper::body::Incoming;
use hyper::client::conn::http1::Builder;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;

use super::balance::Endpoints;
use super::connect::Target;
use super::connection::{Connection, Failure, Terms};
use super::pool::{Endpoint, Lease, Load};
use super::settings::Settings;
use super::watch::Watches;
use super::{Informed, Note, RequestBody, UpstreamError, UpstreamResponse, framing, tls};
use crate::config::Timeouts;
use crate::telemetry::metrics::UpstreamEvent;

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
    pub(super) note: &'a Note,
}

/// A connection for one request.
struct Checkout {
    connection: Connection,
    load: Load,
    endpoint: Rc<Endpoint>,
    reused: bool,
}

impl Upstream {
    pub(super) fn new(settings: Settings, watches: Rc<Watches>) -> Result<Self, UpstreamError> {
        let config = &settings.config;
        let encrypted = config.endpoints.iter().any(|endpoint| endpoint.tls);
        let tls = if encrypted { Some(tls::connector(&settings)?) } else { None };
        let all = config.endpoints.iter().map(|endpoint| Rc::new(Endpoint::new(Target::new(endpoint, config))));
        let endpoints = Endpoints::new(all.collect(), config.balance);
        let mut builder = Builder::new();
        builder
            .max_headers(settings.max_headers)
            .max_header_size(settings.max_header_bytes)
            .max_buf_size(settings.buffer_bytes());
        Ok(Self { settings, endpoints, builder, tls, watches })
    }

    /// Closes connections that have been idle too long.
    pub(super) fn close_stale(&self, now: Instant) {
        self.endpoints.iter().for_each(|endpoint| endpoint.close_stale(now));
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
            let mut checkout = self.check_out(may_reuse, replayable, context).await?;
            let spare = (checkout.reused && replayable).then(|| copy(&request));
            let failure = match checkout.exchange(request, context).await {
                Ok(answer) => return accept(answer, checkout, asked_to_upgrade, context),
                Err(failure) => failure,
            };
            match again(checkout.reused, failure, spare) {
                Ok(same) => request = same,
                Err(error) => return Err(noted(error, context)),
            }
            (context.note)(UpstreamEvent::Retried);
            may_reuse = false;
        }
    }

    /// An idle connection, or a new one.
    async fn check_out(
        &self,
        may_reuse: bool,
        replayable: bool,
        context: Context<'_>,
    ) -> Result<Checkout, UpstreamError> {
        let now = Instant::now();
        let endpoint = self.endpoints.choose(now).ok_or_else(no_endpoint)?;
        if may_reuse && let Some(connection) = endpoint.take(!replayable, now) {
            (context.note)(UpstreamEvent::Reused);
            let load = Load::new(endpoint);
            return Ok(Checkout { connection, load, endpoint: Rc::clone(endpoint), reused: true });
        }
        self.connect(Rc::clone(endpoint), context).await
    }

    /// Connects to this endpoint, or to another one where it cannot be reached: nothing was sent yet.
    async fn connect(&self, mut endpoint: Rc<Endpoint>, context: Context<'_>) -> Result<Checkout, UpstreamError> {
        let mut attempts = self.endpoints.iter().count();
        loop {
            let load = Load::new(&endpoint);
            let opened = self.open(&endpoint, context.timeouts).await;
            let now = Instant::now();
            endpoint.note_reachable(opened.is_ok(), now);
            attempts = attempts.saturating_sub(1);
            match opened {
                Ok(connection) => {
                    (context.note)(UpstreamEvent::Connected);
                    return Ok(Checkout { connection, load, endpoint, reused: false });
                }
                Err(error) => {
                    let error = noted(error, context);
                    match self.endpoints.choose(now).filter(|next| attempts > 0 && next.is_reachable(now)) {
                        Some(next) => endpoint = Rc::clone(next),
                        None => return Err(error),
                    }
                }
            }
        }
    }

    async fn open(&self, endpoint: &Endpoint, timeouts: &Timeouts) -> Result<Connection, UpstreamError> {
        let stream = endpoint.target.connect(self.tls.as_ref(), timeouts.upstream_connect).await?;
        let connection = Connection::begin(stream, &self.builder)
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
    ) -> Result<(Response<Incoming>, Duration), Failure> {
        let terms = Terms {
            endpoint: &self.endpoint.target.name,
            response_within: context.timeouts.upstream_response,
            body_idle: context.timeouts.body_idle,
            informed: context.informed,
        };
        self.connection.exchange(request, terms).await
    }
}

/// The request to send again, or the error that ends it.
fn again(
    reused: bool,
    failure: Failure,
    spare: Option<Request<RequestBody>>,
) -> Result<Request<RequestBody>, UpstreamError> {
    let lost = matches!(failure.error, UpstreamError::ConnectionLost { .. });
    match (failure.unsent, spare) {
        (Some(unsent), _) if reused => Ok(unsent),
        (None, Some(spare)) if reused && lost => Ok(spare),
        _ => Err(failure.error),
    }
}

/// A request without a body, once more.
fn copy(request: &Request<RequestBody>) -> Request<RequestBody> {
    let mut copy = Request::new(RequestBody::empty());
    request.method().clone_into(copy.method_mut());
    request.uri().clone_into(copy.uri_mut());
    request.headers().clone_into(copy.headers_mut());
    *copy.version_mut() = request.version();
    copy
}

/// Checks the head of a response before anyone sees it.
fn accept(
    (mut response, waited): (Response<Incoming>, Duration),
    checkout: Checkout,
    asked_to_upgrade: bool,
    context: Context<'_>,
) -> Result<UpstreamResponse, UpstreamError> {
    let Checkout { connection, load, endpoint, .. } = checkout;
    let endpoint = endpoint.target.name.clone();
    let switched = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    if switched && !asked_to_upgrade {
        return Err(noted(UpstreamError::UpgradeNotAsked { endpoint }, context));
    }
    if let Some(fault) = framing::fault(response.status(), response.headers()) {
        return Err(noted(UpstreamError::ResponseInvalid { endpoint, reason: fault.to_owned() }, context));
    }
    // hyper would speak HTTP/1.0 on this connection from now on, and drop a body without a length.
    let reusable = response.version() == Version::HTTP_11;
    *response.version_mut() = Version::HTTP_11;
    let lease = if switched {
        Lease::tunnel(connection, load)
    } else {
        Lease::new(connection, load, context.timeouts.upstream_idle, reusable, Rc::clone(context.note))
    };
    Ok(UpstreamResponse { response, lease, endpoint, waited })
}

fn noted(error: UpstreamError, context: Context<'_>) -> UpstreamError {
    if let Some(event) = error.event() {
        (context.note)(event);
    }
    error
}

fn no_endpoint() -> UpstreamError {
    UpstreamError::Settings { path: "endpoints".into(), reason: "the list is empty".to_owned() }
}
