//! Every metric family of octroi, and the handles of one site, resolved when its snapshot is built.

use std::time::{Duration, SystemTime};

use crate::consent::Choice;
use crate::policy::{ConsentLevel, Enforcement, Judgement, Policy};

/// The direction of a cookie; a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Direction {
    Request,
    Response,
}

/// The families of the whole process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {}

impl Metrics {
    /// Registers every family.
    pub fn new() -> Self {
        todo!()
    }

    /// Resolves the handles of one site, and sets its `octroi_policy_info`.
    pub fn site(&self, _name: &str, _policy: &Policy, _charter_hash: &str, _enforcement: Enforcement) -> SiteMetrics {
        todo!()
    }

    /// Counts a connection in; it is counted out when the guard is dropped.
    pub fn connection(&self, _tls: bool) -> ConnectionGuard {
        todo!()
    }

    /// Counts a connection that was not served.
    pub fn connection_refused(&self, _why: ConnectionRefusal) {
        todo!()
    }

    /// Counts a request that was answered before a site was found.
    pub fn request_rejected(&self, _status: u16) {
        todo!()
    }

    /// Counts an informational response of a portal, which is never forwarded.
    pub fn informational_dropped(&self) {
        todo!()
    }

    /// Counts a reload; a success also sets its time.
    pub fn reloaded(&self, _success: bool, _now: SystemTime) {
        todo!()
    }

    /// Counts an access record that the writer could not take.
    pub fn access_record_dropped(&self) {
        todo!()
    }

    /// All families in the text format of Prometheus.
    pub fn render(&self) -> Vec<u8> {
        todo!()
    }
}

/// A connection that is open as long as this lives.
#[derive(Debug)]
pub struct ConnectionGuard {}

/// Why a connection was not served; a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ConnectionRefusal {
    Limit,
    LimitPerAddress,
    ProxyHeader,
    TlsHandshake,
    HeaderTimeout,
}

/// What happened on the way to the portal; a label of `octroi_upstream_events_total`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum UpstreamEvent {
    Connected,
    Reused,
    Retried,
    ResolveFailed,
    ConnectFailed,
    ConnectTimeout,
    TlsFailed,
    ResponseTimeout,
    ResponseInvalid,
    ConnectionLost,
    BodyTimeout,
}

/// The resolved handles of one site.
#[derive(Debug)]
pub struct SiteMetrics {}

impl SiteMetrics {
    /// Counts one judged cookie.
    pub fn cookie(&self, _direction: Direction, _judgement: &Judgement) {
        todo!()
    }

    /// Counts what is odd in a visitor's choice: no date, a key that the policy does not know.
    pub fn choice(&self, _choice: &Choice) {
        todo!()
    }

    /// Counts what happened on the way to the portal.
    pub fn upstream(&self, _event: UpstreamEvent) {
        todo!()
    }

    /// Notes how long the portal took from the request's end to the head of its response.
    pub fn upstream_response(&self, _duration: Duration) {
        todo!()
    }

    /// Counts one finished request.
    pub fn request(&self, _status: u16, _version: http::Version, _consent: ConsentLevel, _duration: Duration) {
        todo!()
    }
}
