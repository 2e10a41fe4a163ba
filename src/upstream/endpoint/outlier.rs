//! Passive health checks: reports how requests to a portal's endpoints ended, as events for the metrics, and as failures that
//! may eject an endpoint.

#[cfg(test)]
use std::cell::RefCell;
use std::sync::Arc;
use std::time::Instant;

use super::pool::Endpoint;
use crate::health::{Failure, Health};
use crate::telemetry::metrics::{UpstreamEvent, UpstreamEvents};

/// Reports for one site. Used up to the end of a response's body.
pub(in crate::upstream) struct Reports {
    /// Shared by all workers.
    pub(in crate::upstream) health: Arc<Health>,
    events: UpstreamEvents,
    /// The events in their order.
    #[cfg(test)]
    pub(in crate::upstream) reported: RefCell<Vec<UpstreamEvent>>,
}

impl Reports {
    pub(in crate::upstream) fn new(health: Arc<Health>, events: UpstreamEvents) -> Self {
        Self {
            health,
            events,
            #[cfg(test)]
            reported: RefCell::default(),
        }
    }

    /// Counts an event for the site.
    pub(in crate::upstream) fn event(&self, event: UpstreamEvent) {
        self.events.count(event);
        #[cfg(test)]
        self.reported.borrow_mut().push(event);
    }

    /// A request failed there. If that ejects the endpoint, it is logged and counted.
    pub(in crate::upstream) fn failed(&self, endpoint: &Endpoint, failure: Failure) {
        if let Some(length) = self.health.failed(endpoint.index, failure, Instant::now()) {
            self.event(UpstreamEvent::Ejected);
            tracing::warn!(endpoint = %endpoint.target.name, ?failure, ?length, "endpoint ejected");
        }
    }

    /// A request was answered there to the end.
    pub(in crate::upstream) fn succeeded(&self, endpoint: &Endpoint) {
        self.health.succeeded(endpoint.index, Instant::now);
    }
}
