//! Every metric family of octroi, and the handles of one site, resolved when its snapshot is built.

use std::time::Duration;

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

    /// All families in the text format of Prometheus.
    pub fn render(&self) -> Vec<u8> {
        todo!()
    }
}

/// The resolved handles of one site.
#[derive(Debug)]
pub struct SiteMetrics {}

impl SiteMetrics {
    /// Counts one judged cookie.
    pub fn cookie(&self, _direction: Direction, _judgement: &Judgement) {
        todo!()
    }

    /// Counts one finished request.
    pub fn request(&self, _status: u16, _version: http::Version, _consent: ConsentLevel, _duration: Duration) {
        todo!()
    }
}
