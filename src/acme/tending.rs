//! Does what is due, on a thread of its own: looks at each host's files, and takes the lock before it asks the authority.
//!
//! The thread has its own runtime, because a file system that replicas share may hang: then nothing else does, neither
//! visitors nor the admin listener, and nobody waits for this thread in the end.
//!
//! Who does not get the lock looks again soon: the other process has done it then. Every look begins with the files, so a
//! restart, another replica and a clock that was set need nothing of their own.

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use instant_acme::Error;
use tokio::sync::watch;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{sleep, timeout};

use super::failure::Failure;
use super::http_client::{AcmeClient, HttpFailure};
use super::order::Ordering;
use super::schedule::{self, Life, State, Step};
use super::store::{Lock, Store};
use super::{account, certificate_id};
use crate::config::AcmeConfig;
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::AcmeResult;

/// The longest time between two looks: so late are a clock that was set, and another replica's work, noticed.
const LOOK: Duration = Duration::from_secs(10);
/// From the first question to the pair on disk.
const ORDER_DEADLINE: Duration = Duration::from_mins(5);
/// When an authority that suggests no moment of renewal is asked again.
const NO_SUGGESTION: Duration = Duration::from_hours(24);
/// When one is asked again that did not answer. The order itself goes by two thirds of the life, whatever comes.
const NO_ANSWER: Duration = Duration::from_hours(1);

/// Begins to order and renew as soon as a configuration wants it. `changes` tells of new ones, and ends it.
pub(crate) async fn run(snapshots: Snapshots, mut changes: watch::Receiver<u64>, metrics: Metrics) {
    while snapshots.current().config.acme.is_none() {
        if changes.changed().await.is_err() {
            return;
        }
    }
    let started = tokio::runtime::Builder::new_current_thread().enable_all().build().and_then(|runtime| {
        let tending = move || LocalSet::new().block_on(&runtime, keep_tending(snapshots, changes, metrics));
        std::thread::Builder::new().name("acme".to_owned()).spawn(tending)
    });
    if let Err(error) = started {
        tracing::error!(%error, "no thread for ACME: no certificate is ordered until octroi is restarted");
    }
}

async fn keep_tending(snapshots: Snapshots, mut changes: watch::Receiver<u64>, metrics: Metrics) {
    loop {
        let config = snapshots.current().config.acme.clone();
        let wait = match config {
            None => None,
            Some(config) => {
                let tending = Tending { store: Store::new(&config), config, metrics: metrics.clone() };
                // A panic has been reported; the next look begins anew.
                Some(spawn_local(async move { tending.look().await }).await.unwrap_or(LOOK))
            }
        };
        let rest = async {
            match wait {
                Some(wait) => sleep(wait).await,
                None => pending().await,
            }
        };
        tokio::select! {
            () = rest => {}
            news = changes.changed() => match news {
                Ok(()) => metrics.acme_states_reset(),
                Err(_) => return,
            },
        }
    }
}

struct Tending {
    config: Arc<AcmeConfig>,
    store: Store,
    metrics: Metrics,
}

impl Tending {
    /// Does what is due for every host. Returns how long nothing is.
    async fn look(&self) -> Duration {
        let mut next = LOOK;
        for host in &self.config.hosts {
            let wait = match self.tend(host).await {
                Ok(wait) => wait,
                Err(failure) => {
                    self.metrics.acme_order(failure.result());
                    tracing::warn!(host, error = %failure, help = failure.help(), "certificates are not looked after");
                    failure.first_wait()
                }
            };
            next = next.min(wait);
        }
        next.max(Duration::from_secs(1))
    }

    /// # Errors
    /// If the folder cannot be used, not even to write down what went wrong.
    async fn tend(&self, host: &str) -> Result<Duration, Failure> {
        let (_, state, step) = self.due(host, false)?;
        self.metrics.acme_state(host, state.failures, state.last_success);
        if let Step::Wait(until) = step {
            return Ok(Duration::from_secs(until.saturating_sub(now())));
        }
        let Some(lock) = self.store.lock()? else { return Ok(LOOK) };
        // What was due may have been done by who held the lock until now.
        let (life, state, step) = self.due(host, true)?;
        self.act(host, life, state, step, &lock).await?;
        Ok(Duration::ZERO)
    }

    fn due(&self, host: &str, holds_lock: bool) -> Result<(Option<Life>, State, Step), Failure> {
        let (life, state) = (self.store.life(host, holds_lock)?, self.store.state(host, holds_lock)?);
        let step = schedule::step(now(), life.as_ref(), &state);
        Ok((life, state, step))
    }

    /// Does one step, and writes down what came of it.
    async fn act(
        &self,
        host: &str,
        life: Option<Life>,
        mut state: State,
        step: Step,
        _lock: &Lock,
    ) -> Result<(), Failure> {
        let client = AcmeClient::new(&self.config);
        match (step, life) {
            (Step::Wait(_), _) => return Ok(()),
            (Step::AskRenewal, Some(life)) => self.ask_renewal(client, &life, &mut state).await,
            (Step::AskRenewal | Step::Order, life) => {
                tracing::info!(host, server = self.config.server, renewal = life.is_some(), "ordering a certificate");
                let outcome = match client {
                    Ok(client) => {
                        let ordered =
                            timeout(ORDER_DEADLINE, self.order(host, life.as_ref(), &mut state, &client)).await;
                        let late = || Failure::Unreachable(format!("no end within {} s", ORDER_DEADLINE.as_secs()));
                        ordered.unwrap_or_else(|_| Err(late())).map_err(|failure| (failure, client.take_retry_after()))
                    }
                    Err(error) => Err((Failure::Unreachable(error.to_string()), None)),
                };
                return self.conclude(host, state, outcome, life.is_some());
            }
        }
        self.store.write_state(host, &state)
    }

    async fn order(
        &self,
        host: &str,
        life: Option<&Life>,
        state: &mut State,
        client: &AcmeClient,
    ) -> Result<(), Failure> {
        let account = account::open(&self.config, &self.store, client).await?;
        let replaces = life.and_then(|life| certificate_id::parse(life.id.as_deref()?));
        let Self { config, store, .. } = self;
        Ordering { config, store, account: &account, host, replaces }.run(state).await
    }

    /// Writes down what came of an order, then counts and tells it. The last certificate serves on in any case.
    fn conclude(
        &self,
        host: &str,
        mut state: State,
        outcome: Result<(), (Failure, Option<Duration>)>,
        has_certificate: bool,
    ) -> Result<(), Failure> {
        self.store.clear_challenges();
        let Err((failure, retry_after)) = outcome else {
            let state = State { last_success: now(), ..State::default() };
            self.store.write_state(host, &state)?;
            self.metrics.acme_order(AcmeResult::Issued);
            self.metrics.acme_state(host, state.failures, state.last_success);
            tracing::info!(host, file = %self.config.pair(host).display(), "certificate issued");
            return Ok(());
        };
        match &failure {
            Failure::Refused(_) | Failure::NoAccount(_) | Failure::Unusable(_) => state.order = None,
            Failure::UnknownAccount(_) => {
                state.order = None;
                self.store.set_account_aside()?;
            }
            Failure::Unreachable(_) | Failure::RateLimited(_) | Failure::Folder { .. } => {}
        }
        state.failures = state.failures.saturating_add(1);
        let (first, longest) = (failure.first_wait(), failure.longest_wait());
        let wait = schedule::back_off(state.failures, first, longest, retry_after, fastrand::f64());
        state.not_before = now() + wait.as_secs();
        self.store.write_state(host, &state)?;
        self.metrics.acme_order(failure.result());
        self.metrics.acme_state(host, state.failures, state.last_success);
        let last = "the last certificate";
        let serving = if has_certificate { last } else { "no certificate: handshakes for this host fail" };
        tracing::warn!(
            host,
            error = %failure,
            help = failure.help(),
            failures = state.failures,
            retry_in_seconds = wait.as_secs(),
            serving,
            "no certificate was issued"
        );
        Ok(())
    }

    /// An authority that does not answer is no failure of an order: two thirds of the life hold.
    async fn ask_renewal(&self, client: Result<AcmeClient, HttpFailure>, life: &Life, state: &mut State) {
        let before = state.renewal.clone();
        let answer = match client {
            Ok(client) => self.suggestion(&client, life).await,
            Err(error) => Err(Failure::Unreachable(error.to_string())),
        };
        state.renewal = Some(match answer {
            Ok(Some((window, again))) => {
                schedule::within_window(now(), life, before.as_ref(), window, again, fastrand::f64())
            }
            Ok(None) => schedule::without_window(now(), life, before.as_ref(), NO_SUGGESTION),
            Err(error) => {
                tracing::info!(%error, "the ACME server does not say when to renew; asked again in an hour");
                schedule::without_window(now(), life, before.as_ref(), NO_ANSWER)
            }
        });
    }

    /// The window that the authority suggests and when it is asked again; `None` if it suggests none.
    async fn suggestion(&self, client: &AcmeClient, life: &Life) -> Result<Option<((u64, u64), Duration)>, Failure> {
        let Some(id) = life.id.as_deref().and_then(certificate_id::parse) else { return Ok(None) };
        let account = account::open(&self.config, &self.store, client).await?;
        match account.renewal_info(&id).await {
            Ok((info, again)) => {
                let window = info.suggested_window;
                let seconds = |moment: i64| u64::try_from(moment).unwrap_or_default();
                Ok(Some(((seconds(window.start.unix_timestamp()), seconds(window.end.unix_timestamp())), again)))
            }
            Err(Error::Unsupported(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Seconds since 1970; 0 before.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
