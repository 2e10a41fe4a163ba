//! What all tasks of a run share: octroi, the clients' authority, the ledger, and the duration.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fastrand::Rng;

use super::charters::Charter;
use super::ledger::Ledger;
use super::portal::Endpoint;
use crate::support::client::HOST;
use crate::support::{Authority, Octroi, Setup};

pub(crate) struct World {
    pub(crate) octroi: Octroi,
    /// Outlives octroi, for its access log is counted at the very end.
    pub(crate) logs: tempfile::TempDir,
    pub(crate) authority: Authority,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) length: Length,
    pub(crate) seed: u64,
    pub(crate) begun: Instant,
}

/// When a run is over.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Length {
    /// After so many exchanges, and everything once: the same work on every machine.
    Exchanges(u64),
    Time(Duration),
}

/// Connections to the portal are given up early, so that the run meets their end often and need not wait long for the last.
const TABLES: &str = "[timeouts]\nupstream_idle = \"5s\"\n[log]\naccess = \"json\"\noutput = ";
const HEALTH: &str = "health = { path = \"/health\", interval = \"500ms\", fall = 2, rise = 1 }";

impl World {
    pub(crate) async fn start(ledger: &Arc<Ledger>, endpoints: &[Endpoint], length: Length, seed: u64) -> Self {
        let (authority, logs) = (Authority::new(), tempfile::tempdir().unwrap());
        let addresses: Vec<_> = endpoints.iter().map(|endpoint| format!("http://{}", endpoint.address)).collect();
        let setup = Setup::before_address(endpoints[0].address)
            .endpoint(&addresses.join("\", \""))
            .hosts(&format!("[\"{HOST}\"]"))
            .upstream(HEALTH)
            .tls(&authority, &[&[HOST]])
            .toml(&format!("{TABLES}\"{}/access.log\"", logs.path().display()))
            .charter(&Charter::Heads.text());
        let octroi = setup.start().await;
        Self { octroi, logs, authority, ledger: Arc::clone(ledger), length, seed, begun: Instant::now() }
    }

    pub(crate) fn is_over(&self) -> bool {
        let done = match self.length {
            Length::Exchanges(count) => {
                let book = self.ledger.book();
                book.count() >= count && book.missing().is_empty()
            }
            Length::Time(time) => self.begun.elapsed() >= time,
        };
        done || self.ledger.is_hopeless()
    }

    /// The numbers of one task; the same for the same seed.
    pub(crate) fn rng(&self, task: u64) -> Rng {
        Rng::with_seed(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(task))
    }
}
