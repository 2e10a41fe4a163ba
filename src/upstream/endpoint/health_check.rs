//! Health checks: one task for each endpoint of a site that configures them, once in the process, not on the request path.
//!
//! A check is a GET on a connection of its own, opened as a visitor's request would open it. The endpoint is healthy if a 2xx
//! or 3xx is received before the next check is due. The result is stored in the site's [`Health`], which the workers read.

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONNECTION, HOST, USER_AGENT};
use http::{HeaderValue, Request};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;

use super::connector::ConnectTarget;
use super::{resolver, tls};
use crate::config::{HealthConfig, HostPattern, SiteConfig};
use crate::health::{Health, Thresholds};
use crate::http::h1::SectionLimits;
use crate::net::idle_timeout::IdleTimeout;
use crate::snapshot::{Site, Snapshot, Snapshots};
use crate::telemetry::Metrics;
use crate::telemetry::metrics::HealthChecks;
use crate::upstream::http1::connection::{Connection, Terms};
use crate::upstream::http1::framing::Framing;
use crate::upstream::identity::Settings;
use crate::upstream::{RequestBody, UpstreamError};

/// The first check of an endpoint is made within this time, not after a long interval.
const FIRST_WITHIN: Duration = Duration::from_secs(1);
const AGENT: &str = concat!("octroi/", env!("CARGO_PKG_VERSION"), " (health check)");

/// Checks the endpoints of all sites as the snapshot in force says, and follows each change of it. Never ends. Must run in a
/// [`tokio::task::LocalSet`].
pub async fn check_endpoints(snapshots: Snapshots, metrics: Metrics, mut changes: watch::Receiver<u64>) {
    let mut running = Vec::new();
    loop {
        running = running_after(&snapshots.current(), running, &metrics);
        // An error means that the process ends.
        if changes.changed().await.is_err() {
            return;
        }
    }
}

/// The checks of one site; they end when it is dropped.
struct Running {
    /// Compared after a reload.
    plan: CheckPlan,
    _tasks: JoinSet<()>,
}

/// What checks depend on. If a reload does not change it, they continue.
struct CheckPlan {
    health: Arc<Health>,
    settings: Settings,
    host: String,
}

impl PartialEq for CheckPlan {
    fn eq(&self, other: &Self) -> bool {
        let Self { health, settings, host } = self;
        Arc::ptr_eq(health, &other.health) && *settings == other.settings && *host == other.host
    }
}

/// Keeps the checks whose plan has not changed, ends all others, and starts new ones.
fn running_after(snapshot: &Snapshot, mut before: Vec<Running>, metrics: &Metrics) -> Vec<Running> {
    let mut running = Vec::new();
    for (site, config) in snapshot.sites().iter().zip(&snapshot.config.sites) {
        let Some(checks) = &site.upstream.health else { continue };
        let begun =
            CheckPlan::new(site, config).and_then(|plan| match before.iter().position(|run| run.plan == plan) {
                Some(index) => Ok(before.swap_remove(index)),
                None => plan.begin(site, checks, metrics),
            });
        match begun {
            Ok(run) => running.push(run),
            Err(error) => tracing::error!(site = &*site.name, %error, "the endpoints are not checked"),
        }
    }
    running
}

impl CheckPlan {
    fn new(site: &Site, config: &SiteConfig) -> Result<Self, UpstreamError> {
        let settings = Settings::read(&site.upstream, &site.limits)?;
        Ok(Self { health: Arc::clone(&site.health), settings, host: host(config) })
    }

    fn begin(self, site: &Site, checks: &HealthConfig, metrics: &Metrics) -> Result<Running, UpstreamError> {
        let (tls, lookup) = (tls::connector(&self.settings)?, resolver::system());
        let mut tasks = JoinSet::new();
        for (index, endpoint) in site.upstream.endpoints.iter().enumerate() {
            let check = Check {
                health: Arc::clone(&self.health),
                index,
                site: Arc::clone(&site.name),
                checks: checks.clone(),
                host: if self.host.is_empty() { endpoint.host_field() } else { self.host.clone() },
                target: ConnectTarget::new(endpoint, &site.upstream, &lookup),
                tls: tls.clone(),
                limits: self.settings.limits,
                counters: metrics.health_checks(&site.name, &endpoint.name()),
                metrics: metrics.clone(),
            };
            tasks.spawn_local(check.run());
        }
        Ok(Running { plan: self, _tasks: tasks })
    }
}

/// The `Host` of a site's checks: that of its requests, or empty if it is not known without a request.
fn host(config: &SiteConfig) -> String {
    let exact = config.hosts.iter().find_map(|host| match host {
        HostPattern::Exact(name) => Some(name),
        HostPattern::Suffix(_) | HostPattern::Default => None,
    });
    config.upstream.host.as_ref().or(exact).cloned().unwrap_or_default()
}

/// What one endpoint is checked with.
struct Check {
    health: Arc<Health>,
    /// The endpoint among those of its site.
    index: usize,
    site: Arc<str>,
    checks: HealthConfig,
    host: String,
    target: ConnectTarget,
    tls: Option<TlsConnector>,
    limits: SectionLimits,
    counters: HealthChecks,
    metrics: Metrics,
}

/// Why a check failed.
#[derive(Debug, thiserror::Error)]
enum Unhealthy {
    #[error("{0}")]
    Failed(#[from] UpstreamError),
    #[error("it answered {0}, and 2xx or 3xx is expected")]
    Status(http::StatusCode),
    #[error("no answer within {0:?}")]
    Late(Duration),
}

impl Check {
    /// Checks again and again, until it is dropped.
    async fn run(self) {
        sleep(self.checks.interval.min(FIRST_WITHIN).mul_f64(fastrand::f64())).await;
        loop {
            let interval = self.checks.interval;
            let found = timeout(interval, self.once()).await.unwrap_or(Err(Unhealthy::Late(interval)));
            self.tell(found.err().as_ref());
            // A little sooner or later each time, so that replicas do not all ask at once.
            sleep(interval.mul_f64(0.9 + 0.2 * fastrand::f64())).await;
        }
    }

    /// Reports the result to health, metrics and, if the state changed, the log.
    fn tell(&self, reason: Option<&Unhealthy>) {
        if let Some(Unhealthy::Failed(error @ UpstreamError::Exhausted { .. })) = reason {
            return tracing::warn!(site = &*self.site, %error, "endpoint not checked");
        }
        self.counters.ended(reason.is_none());
        let thresholds = Thresholds { fall: self.checks.fall, rise: self.checks.rise };
        let changed = self.health.checked(self.index, reason.is_none(), thresholds, Instant::now());
        let (site, endpoint) = (&*self.site, &*self.target.name);
        match (changed, reason) {
            (Some(_), Some(reason)) => tracing::warn!(site, endpoint, %reason, "endpoint is down"),
            (Some(_), None) => tracing::info!(site, endpoint, "endpoint is up"),
            (None, Some(reason)) => tracing::debug!(site, endpoint, %reason, "health check failed"),
            (None, None) => {}
        }
    }

    /// # Errors
    /// Why the endpoint is not healthy.
    async fn once(&self) -> Result<(), Unhealthy> {
        self.target.doubt();
        let stream = self.target.connect(self.tls.as_ref(), None).await?;
        let endpoint = &self.target.name;
        let mut connection = Connection::begin(stream, self.limits, self.metrics.clone(), &Rc::default());
        let terms =
            Terms { endpoint, response_within: None, body_idle: IdleTimeout::default(), queue: None, owner: None };
        let mut request = self.request().into();
        let answer = connection.exchange(&mut request, Framing::NONE, terms, Instant::now().into()).await?;
        let status = answer.head.response.status();
        if status.is_success() || status.is_redirection() { Ok(()) } else { Err(Unhealthy::Status(status)) }
    }

    /// The request of a check. Path and host were checked with the configuration. If one is invalid nevertheless, it is left
    /// out, and the portal's answer shows that.
    fn request(&self) -> Request<RequestBody> {
        let mut request = Request::new(RequestBody::empty());
        *request.uri_mut() = self.checks.path.parse().unwrap_or_default();
        let headers = request.headers_mut();
        headers.extend(HeaderValue::from_str(&self.host).ok().map(|host| (HOST, host)));
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        request
    }
}
