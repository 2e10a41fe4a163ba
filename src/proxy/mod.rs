//! The proxy: one request from its head to its response's last byte.

mod body;
mod exchange;
mod upgrade;

use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;

use http::{Request, Response};
use hyper::body::Incoming;

pub use body::Body;

use crate::drain::Drain;
use crate::inventory::Recorder;
use crate::snapshot::SnapshotReader;
use crate::telemetry::Metrics;
use crate::telemetry::access_log::AccessLog;

/// What the server knows of the connection on which a request came.
#[derive(Clone, Debug)]
pub struct Downstream {
    /// The visitor's address: the peer's, or what the PROXY header says. `None` on a Unix socket without one.
    pub client: Option<SocketAddr>,
    /// The address that the visitor connected to, where known.
    pub local: Option<SocketAddr>,
    /// Whether the visitor's connection to octroi is TLS.
    pub tls: bool,
    /// The server name of the TLS handshake, in lower case.
    pub server_name: Option<Arc<str>>,
    /// Whether the peer may send `X-Forwarded-*` and `Forwarded`.
    pub trusted: bool,
    /// Whether everything but ACME challenges is redirected to https.
    pub redirect_to_https: bool,
}

/// One worker's proxy: its view of the snapshot, its upstream pools, its way to the telemetry.
pub struct Proxy {}

impl Proxy {
    /// A proxy for one worker; it lives on that worker's thread.
    pub fn new(
        _snapshots: SnapshotReader,
        _metrics: Metrics,
        _access_log: AccessLog,
        _inventory: Recorder,
        _drain: Drain,
    ) -> Rc<Self> {
        todo!()
    }

    /// Answers one request.
    pub async fn handle(self: &Rc<Self>, _request: Request<Incoming>, _downstream: &Downstream) -> Response<Body> {
        todo!()
    }

    /// What is due from time to time: idle upstream connections are closed, the inventory is merged. The worker calls
    /// it once a second.
    pub fn tick(&self) {
        todo!()
    }
}
