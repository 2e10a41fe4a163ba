//! The inventory: the names of cookies really seen, declared or not; never a value.
//!
//! Bounded and folded as the design says, so that no visitor can fill memory: at most 1,024 names of 128 bytes a site,
//! 256 of them for names seen only in requests, variable endings folded (`_pk_id.*`). Workers record into a
//! [`Recorder`] of their own, which is merged from time to time; nothing is shared on the request path.

use std::sync::Arc;

use crate::policy::Judgement;
use crate::telemetry::Direction;

/// The names seen by this process, site by site. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Inventory {}

/// One worker's part of the inventory.
#[derive(Debug)]
pub struct Recorder {}

impl Inventory {
    /// A part for one worker.
    pub fn recorder(&self) -> Recorder {
        todo!()
    }
}

impl Recorder {
    /// Notes a name.
    pub fn saw(&self, _site: &Arc<str>, _direction: Direction, _name: &[u8], _judgement: &Judgement) {
        todo!()
    }

    /// Merges what was noted into the process's inventory. The worker calls it once a second.
    pub fn merge(&self) {
        todo!()
    }
}
