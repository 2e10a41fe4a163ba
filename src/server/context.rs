//! What one worker has for all its connections.

use std::rc::Rc;

use super::listener::connection_limits::ConnectionLimits;
use super::timer_tick::TimerTick;
use crate::drain::Drain;
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;

/// What a worker serves its connections with, made once.
pub(super) struct WorkerContext<H> {
    pub(super) index: usize,
    pub(super) handler: Rc<H>,
    pub(super) snapshots: Snapshots,
    pub(super) metrics: Metrics,
    pub(super) connection_limits: ConnectionLimits,
    pub(super) drain: Drain,
    pub(super) tick: TimerTick,
}
