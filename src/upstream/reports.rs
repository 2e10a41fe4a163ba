//! What one worker tells of one site's portal: events for the metrics, and how its endpoints fare.

use std::sync::Arc;
use std::time::Instant;

use super::pool::Endpoint;
use crate::health::{Failure, Health};
use crate::telemetry::metrics::UpstreamEvent;

/// Told up to the end of a response's body.
pub(super) struct Reports {
    pub(super) health: Arc<Health>,
    count: Box<dyn Fn(UpstreamEvent)>,
}

impl Reports {
    pub(super) fn new(health: Arc<Health>, count: impl Fn(UpstreamEvent) + 'static) -> Self {
        Self { health, count: Box::new(count) }
    }

    pub(super) fn event(&self, event: UpstreamEvent) {
        (self.count)(event);
    }

    /// A request failed there.
    pub(super) fn failed(&self, endpoint: &Endpoint, failure: Failure) {
        if let Some(length) = self.health.failed(endpoint.place, failure, Instant::now()) {
            self.event(UpstreamEvent::Ejected);
            tracing::warn!(endpoint = %endpoint.target.name, ?failure, ?length, "endpoint ejected");
        }
    }

    /// A request was answered there to the end.
    pub(super) fn succeeded(&self, endpoint: &Endpoint) {
        self.health.succeeded(endpoint.place, Instant::now);
    }
}
