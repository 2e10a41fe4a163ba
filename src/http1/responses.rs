//! The responses that come over one connection: the head of each, whose lines are read strictly.
//!
//! Where a body ends depends on the request, and only octroi reads these bytes: what follows a head is hyper's, until
//! the next response is awaited. The fields that frame are judged after hyper, which keeps them all.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::response_head::ResponseHead;
use super::{Refusal, Refused, Strict};

const SWITCHING_PROTOCOLS: u16 = 101;
/// More informational responses than this to one request are an attack or a fault.
const MOST_INFORMATIONAL: u32 = 64;

/// Called for each informational response, from wherever it is read. They are never forwarded: a cookie in a 103 would
/// pass no policy.
pub type Informed = Arc<dyn Fn() + Send + Sync>;

/// Reads what a server sends over one connection.
pub struct Responses {
    head: Option<ResponseHead>,
    awaited: Arc<Awaited>,
    informed: Informed,
}

/// What whoever sends the requests tells the reader, and learns from it. Both are on one thread.
#[derive(Debug, Default)]
pub struct Awaited {
    head: AtomicBool,
    /// Informational responses to the request.
    interim: AtomicU32,
    refused: OnceLock<Refusal>,
}

impl Awaited {
    /// A request is being sent: the next byte begins the head of its response.
    pub fn response(&self) {
        self.head.store(true, Relaxed);
        self.interim.store(0, Relaxed);
    }

    /// Why a head was refused, where one was.
    pub fn refused(&self) -> Option<Refusal> {
        self.refused.get().copied()
    }
}

impl Responses {
    /// At the start of a connection.
    pub fn new(awaited: Arc<Awaited>, informed: Informed) -> Self {
        Self { head: None, awaited, informed }
    }

    fn advance(&mut self, input: &mut &[u8]) -> Result<(), Refusal> {
        while !input.is_empty() {
            let Some(head) = &mut self.head else { return Ok(()) };
            let Some(status) = head.advance(input)? else { return Ok(()) };
            let is_interim = (100..200).contains(&status) && status != SWITCHING_PROTOCOLS;
            self.head = is_interim.then(ResponseHead::new);
            if is_interim {
                self.count()?;
            }
        }
        Ok(())
    }

    fn count(&self) -> Result<(), Refusal> {
        (self.informed)();
        let seen = self.awaited.interim.fetch_add(1, Relaxed) + 1;
        if seen > MOST_INFORMATIONAL { Err(Refusal::Informational) } else { Ok(()) }
    }
}

impl Strict for Responses {
    fn read(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        if !bytes.is_empty() && self.awaited.head.swap(false, Relaxed) {
            self.head = Some(ResponseHead::new());
        }
        let mut input = bytes;
        self.advance(&mut input).map_err(|why| {
            self.awaited.refused.get_or_init(|| why);
            Refused { taken: bytes.len().saturating_sub(input.len()), within_head: true, why }
        })
    }
}
