//! Answers the requests of a connection: the proxy, or a fake of it in a test.
//!
//! The trait has only what a connection asks of the proxy, so that connections can be tested without a portal.

use std::error::Error;
use std::rc::Rc;
use std::task::Context;
use std::time::Duration;

use http::{Request, Response, StatusCode, Version};
use hyper::body::{Body, Incoming};

use crate::net::idle_timeout::IdleTimeout;
use crate::proxy::{Downstream, Proxy};
use crate::upstream::{Eviction, RequestBody, UnsentHead};

/// Answers requests, on one worker's thread.
pub(super) trait Handler: 'static {
    /// The body of its responses.
    type Body: Body<Error: Into<Box<dyn Error + Send + Sync>>> + 'static;

    /// Answers one request. It ends early if `eviction` asks for that. A request with a [`Refusal`](crate::http::h1::Refusal)
    /// among its extensions stands in for one whose head was refused.
    fn handle(
        self: Rc<Self>,
        request: Request<Incoming>,
        downstream: Rc<Downstream>,
        eviction: Rc<Eviction>,
    ) -> impl Future<Output = Response<Self::Body>> + 'static;

    /// How long the visitor may leave this response unread. `default` is for a response of no site.
    fn body_idle(_: &Self::Body, default: IdleTimeout) -> IdleTimeout {
        default
    }

    /// Records a request that hyper or h2 refused by itself, because it could not read the head: with this status, or with
    /// what counts as this status. It is counted and logged like any other request.
    fn rejected(&self, status: StatusCode, version: Version, downstream: &Downstream);

    /// Counts the head of a response, of this many bytes, until it is dropped. It ends `connection` if too much waits.
    fn count_head(&self, _connection: &Rc<Eviction>, _bytes: usize) -> Option<UnsentHead> {
        None
    }

    /// Reads what can be read of a short body now, while its response waits. Call it again when the task of `cx` is woken.
    fn read_ahead(_body: &mut Self::Body, _cx: &mut Context<'_>) {}

    /// Does what is due once a second.
    fn tick(&self);

    /// Closes upstream connections on which no byte of a body moved for too long. Returns the time until the next call is due;
    /// `None` if none is needed.
    fn check_bodies(&self) -> Option<Duration> {
        None
    }
}

impl Handler for Proxy {
    type Body = crate::proxy::Body;

    fn handle(
        self: Rc<Self>,
        request: Request<Incoming>,
        downstream: Rc<Downstream>,
        eviction: Rc<Eviction>,
    ) -> impl Future<Output = Response<Self::Body>> + 'static {
        Proxy::handle(self, request.map(RequestBody::new), downstream, eviction)
    }

    fn body_idle(body: &Self::Body, default: IdleTimeout) -> IdleTimeout {
        body.body_idle(default)
    }

    fn rejected(&self, status: StatusCode, version: Version, downstream: &Downstream) {
        Proxy::rejected(self, status, version, downstream);
    }

    fn count_head(&self, connection: &Rc<Eviction>, bytes: usize) -> Option<UnsentHead> {
        Some(Proxy::count_head(self, connection, bytes))
    }

    fn read_ahead(body: &mut Self::Body, cx: &mut Context<'_>) {
        body.read_ahead(cx);
    }

    fn tick(&self) {
        Proxy::tick(self);
    }

    fn check_bodies(&self) -> Option<Duration> {
        Proxy::check_bodies(self)
    }
}
