//! Passive health: what a worker's requests met at a portal's endpoints, as events for the metrics and as failures that may
//! eject an endpoint.

use std::sync::Arc;
use std::time::Instant;

use super::pool::Endpoint;
use crate::health::{Failure, Health};
use crate::telemetry::metrics::UpstreamEvent;

/// Reports for one site. Used up to the end of a response's body.
pub(in crate::upstream) struct Reports {
    pub(in crate::upstream) health: Arc<Health>,
    count: Box<dyn Fn(UpstreamEvent)>,
}

impl Reports {
    pub(in crate::upstream) fn new(health: Arc<Health>, count: impl Fn(UpstreamEvent) + 'static) -> Self {
        Self { health, count: Box::new(count) }
    }

    pub(in crate::upstream) fn event(&self, event: UpstreamEvent) {
        (self.count)(event);
    }

    /// A request failed there.
    pub(in crate::upstream) fn failed(&self, endpoint: &Endpoint, failure: Failure) {
        if let Some(length) = self.health.failed(endpoint.place, failure, Instant::now()) {
            self.event(UpstreamEvent::Ejected);
            tracing::warn!(endpoint = %endpoint.target.name, ?failure, ?length, "endpoint ejected");
        }
    }

    /// A request was answered there to the end.
    pub(in crate::upstream) fn succeeded(&self, endpoint: &Endpoint) {
        self.health.succeeded(endpoint.place, Instant::now);
    }
}
