//! The portal's side: which endpoint, over which connection, with which patience.
//!
//! HTTP/1.1 over `hyper::client::conn` with a pool of octroi's own for each worker: last in, first out, a connection
//! goes back when its response has ended. Nothing is buffered; a request is sent again only where that is surely safe.

mod error;
mod request_body;

use std::rc::Rc;
use std::sync::Arc;

use http::{Request, Response};
use hyper::body::Incoming;

pub use error::UpstreamError;
pub use request_body::RequestBody;

use crate::snapshot::Site;
use crate::telemetry::Metrics;

/// One worker's connections to all portals.
pub struct Upstreams {}

/// The head of a portal's response, and the hold on its connection.
pub struct UpstreamResponse {
    /// The response; for a 101, `hyper::upgrade::on` works on it.
    pub response: Response<Incoming>,
    /// Keep it with the body; see [`Lease`].
    pub lease: Lease,
    /// `host:port` of the endpoint, for the log.
    pub endpoint: Arc<str>,
}

/// A hold on an upstream connection: released at the body's end, the connection is used again; dropped, it is closed.
pub struct Lease {}

impl Lease {
    /// The response has ended: the connection goes back to its pool where it is fit for another request.
    pub fn release(self) {
        todo!()
    }
}

impl Upstreams {
    /// No connection yet.
    pub fn new(_metrics: Metrics) -> Rc<Self> {
        todo!()
    }

    /// Sends a request whose head is final: origin-form target, one `Host`, hop-by-hop fields gone. `Upgrade` and
    /// `Connection: upgrade` are in place where the visitor asked for an upgrade.
    ///
    /// # Errors
    /// Where no response came; [`UpstreamError`] says why and what the visitor is told.
    pub async fn send(
        self: &Rc<Self>,
        _site: &Arc<Site>,
        _request: Request<RequestBody>,
    ) -> Result<UpstreamResponse, UpstreamError> {
        todo!()
    }

    /// Closes connections that have been idle too long.
    pub fn tick(&self) {
        todo!()
    }
}
