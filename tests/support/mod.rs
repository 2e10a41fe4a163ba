//! Support for the end-to-end tests: a scripted portal, the octroi process, and clients that send exact bytes.
//!
//! Tests wait for events, never for a time. [`within`] is the only deadline: if it passes, the test fails.

pub(crate) mod acme;
pub(crate) mod browser;
pub(crate) mod cache;
pub(crate) mod certificates;
pub(crate) mod choice;
pub(crate) mod client;
pub(crate) mod clock;
pub(crate) mod crowd;
pub(crate) mod frames;
pub(crate) mod http2;
pub(crate) mod load;
pub(crate) mod message;
pub(crate) mod metrics;
pub(crate) mod octroi;
pub(crate) mod origin;
pub(crate) mod output;
pub(crate) mod shim;
pub(crate) mod wire;

pub(crate) use certificates::Authority;
pub(crate) use client::Client;
pub(crate) use load::Load;
pub(crate) use message::Message;
pub(crate) use octroi::{Octroi, Setup};
pub(crate) use origin::{Origin, Visit};

use std::time::Duration;

/// How long anything may take before a test gives up. Far above what a loaded machine needs, and below octroi's own timeouts
/// except `header`, so that none of them can be mistaken for the event that a test waits for.
pub(crate) const EVENT_TIMEOUT: Duration = Duration::from_secs(45);

/// Waits for `event`, and fails with `what` if it does not come.
pub(crate) async fn within<T>(what: &str, event: impl Future<Output = T>) -> T {
    match tokio::time::timeout(EVENT_TIMEOUT, event).await {
        Ok(value) => value,
        Err(tokio::time::error::Elapsed { .. }) => panic!("waited {EVENT_TIMEOUT:?} in vain for {what}"),
    }
}

/// Bytes as a failure message shows them.
pub(crate) fn shown(bytes: &[u8]) -> String {
    const LONGEST: usize = 4096;
    let cut = &bytes[..bytes.len().min(LONGEST)];
    let rest = if cut.len() < bytes.len() { format!("… ({} bytes)", bytes.len()) } else { String::new() };
    format!("{}{rest}", cut.escape_ascii().to_string().replace("\\r\\n", "\\r\\n\n    "))
}

/// `count` lines, each made from its number.
pub(crate) fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

/// Collects what is wrong with each row of a table, so that one failure does not hide the others.
#[derive(Default)]
pub(crate) struct Findings(Vec<String>);

impl Findings {
    pub(crate) fn expect(&mut self, holds: bool, finding: impl FnOnce() -> String) {
        if !holds {
            self.0.push(finding());
        }
    }

    #[track_caller]
    pub(crate) fn none(self) {
        assert!(self.0.is_empty(), "{} row(s) failed:\n- {}", self.0.len(), self.0.join("\n- "));
    }
}
