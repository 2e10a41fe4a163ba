//! What one worker has for all its connections.
//!
//! It is made once, on the worker's thread, and every connection there holds a reference.

use std::rc::Rc;

use super::listener::connection_limits::ConnectionLimits;
use super::timer_tick::TimerTick;
use crate::drain::Drain;
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;

/// What a worker serves its connections with, made once.
pub(super) struct WorkerContext<H> {
    /// From 0; also its index among the loads.
    pub(super) index: usize,
    /// What answers requests, with caches of its own.
    pub(super) handler: Rc<H>,
    /// The snapshot in force, loaded for each connection and each request.
    pub(super) snapshots: Snapshots,
    pub(super) metrics: Metrics,
    /// Shared with the other workers.
    pub(super) connection_limits: ConnectionLimits,
    /// The process waits for it before it ends.
    pub(super) drain: Drain,
    /// To which the deadlines of connections are rounded up.
    pub(super) tick: TimerTick,
}
