//! Orders and renews certificates: checks each host's files in turn, and takes the lock before it contacts the authority.
//!
//! It has its own thread and runtime, because a file system that replicas share may hang. Then visitors and the admin
//! listener are not affected, and the end of the process does not wait for this thread.
//!
//! If another process holds the lock, the next check comes soon. Each check reads the files again, so that a restart, another
//! replica's work and a clock that was set need no code of their own.

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use instant_acme::Error;
use tokio::sync::watch;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{sleep, timeout};

use super::failure::Failure;
use super::http_client::{AcmeClient, HttpFailure};
use super::order::HostOrder;
use super::schedule::{self, Lifetime, State, Step};
use super::store::{Lock, Store};
use super::{account, certificate_id};
use crate::config::AcmeConfig;
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::AcmeResult;

/// The longest time between two checks. A clock that was set, and another replica's work, are noticed this late.
const CHECK_INTERVAL: Duration = Duration::from_secs(10);
/// How long an order may take, from the account to the pair on disk.
const ORDER_DEADLINE: Duration = Duration::from_mins(5);
/// How long until an authority that suggests no time of renewal is asked again.
const RETRY_NO_SUGGESTION: Duration = Duration::from_hours(24);
/// How long until an authority that did not answer is asked again. Without a suggestion, two thirds of the certificate's
/// lifetime decide.
const RETRY_NO_ANSWER: Duration = Duration::from_hours(1);

/// Starts the thread as soon as a configuration has ACME hosts. `changes` signals new configurations; its end ends the
/// thread.
pub(crate) async fn run(snapshots: Snapshots, mut changes: watch::Receiver<u64>, metrics: Metrics) {
    while snapshots.current().config.acme.is_none() {
        if changes.changed().await.is_err() {
            return;
        }
    }
    let started = tokio::runtime::Builder::new_current_thread().enable_all().build().and_then(|runtime| {
        let run = move || LocalSet::new().block_on(&runtime, maintain(snapshots, changes, metrics));
        std::thread::Builder::new().name("acme".to_owned()).spawn(run)
    });
    if let Err(error) = started {
        tracing::error!(%error, "cannot start the ACME thread: no certificate is ordered until octroi is restarted");
    }
}

async fn maintain(snapshots: Snapshots, mut changes: watch::Receiver<u64>, metrics: Metrics) {
    loop {
        let config = snapshots.current().config.acme.clone();
        let wait = match config {
            None => None,
            Some(config) => {
                let maintenance = Maintenance { store: Store::new(&config), config, metrics: metrics.clone() };
                // A panic has been logged; the next check starts from the files.
                Some(spawn_local(async move { maintenance.check_all().await }).await.unwrap_or(CHECK_INTERVAL))
            }
        };
        let waited = async {
            match wait {
                Some(wait) => sleep(wait).await,
                None => pending().await,
            }
        };
        tokio::select! {
            () = waited => {}
            signal = changes.changed() => match signal {
                Ok(()) => metrics.acme_states_reset(),
                Err(_) => return,
            },
        }
    }
}

/// The hosts of one configuration, and what is needed to order their certificates.
struct Maintenance {
    config: Arc<AcmeConfig>,
    store: Store,
    metrics: Metrics,
}

impl Maintenance {
    /// Does what is due for every host. Returns how long until the next check, at least a second.
    async fn check_all(&self) -> Duration {
        let mut next = CHECK_INTERVAL;
        for host in &self.config.hosts {
            let wait = match self.check(host).await {
                Ok(wait) => wait,
                Err(failure) => {
                    self.metrics.acme_order(failure.result());
                    let help = failure.help();
                    tracing::warn!(host, error = %failure, help, "the ACME folder cannot be used: nothing is ordered");
                    failure.first_wait()
                }
            };
            next = next.min(wait);
        }
        next.max(Duration::from_secs(1))
    }

    /// Does the next step that is due for a host. Returns how long until the next check.
    ///
    /// # Errors
    /// The folder cannot be read or written, so that not even a failure can be recorded.
    async fn check(&self, host: &str) -> Result<Duration, Failure> {
        let (_, state, step) = self.due(host, false)?;
        self.metrics.acme_state(host, state.failures, state.last_success);
        if let Step::Wait(until) = step {
            return Ok(Duration::from_secs(until.saturating_sub(now())));
        }
        let Some(lock) = self.store.lock()? else { return Ok(CHECK_INTERVAL) };
        // The process that held the lock until now may have done what was due.
        let (lifetime, state, step) = self.due(host, true)?;
        self.act(host, lifetime, state, step, &lock).await?;
        Ok(Duration::ZERO)
    }

    /// A host's certificate and state as they are on disk, and the step that is due.
    fn due(&self, host: &str, holds_lock: bool) -> Result<(Option<Lifetime>, State, Step), Failure> {
        let (lifetime, state) = (self.store.lifetime(host, holds_lock)?, self.store.state(host, holds_lock)?);
        let step = schedule::step(now(), lifetime.as_ref(), &state);
        Ok((lifetime, state, step))
    }

    /// Does one step, and writes its result to the state. `_lock` proves that this process holds the lock.
    async fn act(
        &self,
        host: &str,
        lifetime: Option<Lifetime>,
        mut state: State,
        step: Step,
        _lock: &Lock,
    ) -> Result<(), Failure> {
        let client = AcmeClient::new(&self.config);
        match (step, lifetime) {
            (Step::Wait(_), _) => return Ok(()),
            (Step::AskRenewal, Some(lifetime)) => self.ask_renewal(client, &lifetime, &mut state).await,
            (Step::AskRenewal | Step::Order, lifetime) => {
                tracing::info!(
                    host,
                    server = self.config.server,
                    renewal = lifetime.is_some(),
                    "ordering a certificate"
                );
                let outcome = match client {
                    Ok(client) => {
                        let ordered =
                            timeout(ORDER_DEADLINE, self.order(host, lifetime.as_ref(), &mut state, &client)).await;
                        let late =
                            || Failure::Unreachable(format!("the order took over {} s", ORDER_DEADLINE.as_secs()));
                        ordered.unwrap_or_else(|_| Err(late())).map_err(|failure| (failure, client.take_retry_after()))
                    }
                    Err(error) => Err((Failure::Unreachable(error.to_string()), None)),
                };
                return self.conclude(host, state, outcome, lifetime.is_some());
            }
        }
        self.store.write_state(host, &state)
    }

    async fn order(
        &self,
        host: &str,
        lifetime: Option<&Lifetime>,
        state: &mut State,
        client: &AcmeClient,
    ) -> Result<(), Failure> {
        let account = account::open(&self.config, &self.store, client).await?;
        let replaces = lifetime.and_then(|lifetime| certificate_id::parse(lifetime.id.as_deref()?));
        let Self { config, store, .. } = self;
        HostOrder { config, store, account: &account, host, replaces }.run(state).await
    }

    /// Writes the result of an order to the state, counts and logs it. After a failure, the last certificate stays.
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

    /// Asks the authority when to renew. No answer is no failure: then two thirds of the certificate's lifetime decide.
    async fn ask_renewal(&self, client: Result<AcmeClient, HttpFailure>, lifetime: &Lifetime, state: &mut State) {
        let before = state.renewal.clone();
        let answer = match client {
            Ok(client) => self.suggestion(&client, lifetime).await,
            Err(error) => Err(Failure::Unreachable(error.to_string())),
        };
        state.renewal = Some(match answer {
            Ok(Some((window, again))) => {
                schedule::within_window(now(), lifetime, before.as_ref(), window, again, fastrand::f64())
            }
            Ok(None) => schedule::without_window(now(), lifetime, before.as_ref(), RETRY_NO_SUGGESTION),
            Err(error) => {
                tracing::info!(%error, "the ACME server does not say when to renew; asked again in an hour");
                schedule::without_window(now(), lifetime, before.as_ref(), RETRY_NO_ANSWER)
            }
        });
    }

    /// The window that the authority suggests, in seconds since 1970, and how long until it wants to be asked again. `None` if
    /// it suggests none.
    async fn suggestion(
        &self,
        client: &AcmeClient,
        lifetime: &Lifetime,
    ) -> Result<Option<((u64, u64), Duration)>, Failure> {
        let Some(id) = lifetime.id.as_deref().and_then(certificate_id::parse) else { return Ok(None) };
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

/// Seconds since 1970; 0 if the clock is before.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
