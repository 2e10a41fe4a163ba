//! The snapshot: all that one request is judged by, from its first byte to its last.
//!
//! A [`Snapshot`] is built once from a [`Config`], with its routing table and its metric handles, and never changes. [`Snapshots`]
//! holds the current one; each worker reads it through a [`SnapshotReader`], which costs one comparison while nothing changes.

mod charter_pages;
mod page_policies;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use arc_swap::{ArcSwap, Cache};
use http::HeaderValue;
use http::uri::Authority;

pub use charter_pages::{CharterPage, CharterPages};
pub use page_policies::{PagePolicies, REPORTS_PATH};

use crate::charter::{Charter, Enforcement};
use crate::config::{
    Config, EndpointConfig, HostPattern, Limits, SiteConfig, Timeouts, UpstreamConfig, path_lies_under,
};
use crate::health::{Health, Standing};
use crate::policy::Policy;
use crate::telemetry::{Metrics, SiteMetrics};

/// All that one request is judged by.
#[derive(Debug)]
pub struct Snapshot {
    /// The configuration that it was built from.
    pub config: Config,
    /// Counts the snapshots of this process, from 1.
    pub generation: u64,
    sites: Vec<Arc<Site>>,
    exact: HashMap<String, usize>,
    suffixes: Vec<(String, usize)>,
    default: Option<usize>,
}

/// One virtual host, ready to serve.
#[derive(Debug)]
pub struct Site {
    /// The label of the metrics: the first host (`*`: `default`).
    pub name: Arc<str>,
    /// As published.
    pub charter: Arc<Charter>,
    /// The charter, compiled.
    pub policy: Arc<Policy>,
    /// Identifies the charter's text; the label `hash` of `octroi_policy_info`.
    pub charter_hash: Arc<str>,
    /// The charter as its visitors read it, if the site shows it.
    pub charter_pages: Option<CharterPages>,
    /// The content security policies of its pages, if the charter declares third parties.
    pub page_policies: Option<PagePolicies>,
    /// Whether verdicts are carried out; a category may override it.
    pub enforcement: Enforcement,
    /// Path prefixes whose responses set no cookie at all.
    pub strip_all: Vec<String>,
    /// `Strict-Transport-Security` of responses over https that have none.
    pub hsts: Option<HeaderValue>,
    /// Where its requests go.
    pub upstream: UpstreamConfig,
    /// The `Host` of its requests; `None`: the visitor's.
    pub upstream_host: Option<HeaderValue>,
    /// The names by which the portal knows itself: redirects to them are rewritten for the visitor's host.
    pub portal_names: Vec<PortalName>,
    /// Those of the process, or the site's own.
    pub timeouts: Timeouts,
    /// Those of the process, or the site's own.
    pub limits: Limits,
    /// The health of the upstream's endpoints, by their index there; kept over a reload.
    pub health: Arc<Health>,
    /// Its counters, found once for each snapshot.
    pub metrics: SiteMetrics,
}

/// A name by which a portal may call itself, and its port. A redirect there would lead around octroi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalName {
    /// In lower case; an IPv6 address has no brackets.
    pub host: String,
    /// The port that goes with it.
    pub port: u16,
}

impl PortalName {
    /// Endpoints, `host`, `connect` and `sni`, except hosts that octroi serves itself: a redirect to one of those leads back to
    /// octroi.
    fn all(upstream: &UpstreamConfig, is_served: impl Fn(&str) -> bool) -> Vec<Self> {
        let endpoints = upstream.endpoints.iter().filter_map(EndpointConfig::host_and_port);
        let ports = endpoints.clone().map(|(_, port)| port);
        let endpoints = endpoints.map(|(host, port)| (host.to_owned(), port));
        let host = upstream.host.as_deref().and_then(|host| host.parse::<Authority>().ok());
        let host = host.map(|host| (host.host().to_ascii_lowercase(), host.port_u16().unwrap_or(443)));
        let connect = upstream.connect.as_deref().and_then(|place| place.parse::<Authority>().ok());
        let connect = connect.and_then(|place| Some((place.host().to_ascii_lowercase(), place.port_u16()?)));
        let server_names = ports.filter_map(|port| Some((upstream.sni.as_ref()?.to_ascii_lowercase(), port)));
        let mut names: Vec<Self> = Vec::new();
        for (host, port) in endpoints.chain(host).chain(connect).chain(server_names) {
            let name = Self { host: host.trim_matches(['[', ']']).to_owned(), port };
            if !is_served(&host) && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl Site {
    fn new(
        config: &SiteConfig,
        limits: Limits,
        health: Arc<Health>,
        metrics: &Metrics,
        is_served: impl Fn(&str) -> bool,
    ) -> Self {
        let page_policies = PagePolicies::new(&config.charter, &config.policy);
        let hsts = config.hsts.and_then(|age| HeaderValue::try_from(format!("max-age={}", age.as_secs())).ok());
        Self {
            name: config.name.clone(),
            charter: config.charter.clone(),
            policy: config.policy.clone(),
            charter_hash: config.charter_hash.clone(),
            charter_pages: CharterPages::new(&config.charter, config.enforcement),
            enforcement: config.enforcement,
            strip_all: config.strip_all.clone(),
            hsts,
            upstream: config.upstream.clone(),
            upstream_host: config.upstream.host.as_deref().and_then(|host| HeaderValue::from_str(host).ok()),
            portal_names: PortalName::all(&config.upstream, is_served),
            timeouts: config.timeouts,
            limits,
            health,
            metrics: metrics.site(
                &config.name,
                &config.policy,
                page_policies.as_ref().map(|policies| &policies.parties),
                &config.charter_hash,
                config.enforcement,
            ),
            page_policies,
        }
    }

    /// A site of no snapshot: it serves nobody, and judges.
    pub fn alone(config: &SiteConfig) -> Self {
        let health = Arc::new(Health::new(config.upstream.endpoints.len(), Instant::now()));
        Self::new(config, Limits::default(), health, &Metrics::new(), |_| false)
    }

    /// Whether no response under this path sets a cookie (`strip_all`).
    pub fn strips_all(&self, path: &str) -> bool {
        self.strip_all.iter().any(|prefix| path_lies_under(path, prefix))
    }

    /// The upstream's endpoints, and the state of each one.
    pub fn endpoints(&self, now: Instant) -> impl Iterator<Item = (&EndpointConfig, Standing)> {
        let endpoints = self.upstream.endpoints.iter().enumerate();
        endpoints.map(move |(place, endpoint)| (endpoint, self.health.standing(place, now)))
    }
}

impl Snapshot {
    /// Builds the first snapshot and resolves its metric handles.
    pub fn new(config: Config, generation: u64, metrics: &Metrics) -> Self {
        Self::build(config, generation, &[], metrics)
    }

    /// Builds the one that follows `self`. What is known of endpoints that stay is kept.
    #[must_use]
    pub fn succeeded_by(&self, config: Config, generation: u64, metrics: &Metrics) -> Self {
        Self::build(config, generation, &self.sites, metrics)
    }

    fn build(config: Config, generation: u64, previous: &[Arc<Site>], metrics: &Metrics) -> Self {
        let mut exact = HashMap::new();
        let mut suffixes = Vec::new();
        let mut default = None;
        for (index, site) in config.sites.iter().enumerate() {
            for host in &site.hosts {
                match host {
                    HostPattern::Exact(name) => drop(exact.insert(name.clone(), index)),
                    HostPattern::Suffix(suffix) => suffixes.push((suffix.clone(), index)),
                    HostPattern::Default => default = Some(index),
                }
            }
        }
        let certificates = config.certificates.iter();
        metrics.certificates(certificates.map(|one| (one.file.display().to_string(), one.not_after)));
        // The longest suffix is the most specific one.
        suffixes.sort_by_key(|(suffix, _)| std::cmp::Reverse(suffix.len()));
        let site = |site: &SiteConfig| {
            let previous = previous.iter().find(|previous| previous.name == site.name);
            Arc::new(Site::new(site, config.limits, health(&site.upstream, previous), metrics, |host| {
                exact.contains_key(host)
            }))
        };
        let sites = config.sites.iter().map(site).collect();
        Self { config, generation, sites, exact, suffixes, default }
    }

    /// The site of a host in lower case, without a port. If none names it, the default site; `None` if there is no such
    /// site.
    pub fn site(&self, host: &str) -> Option<&Arc<Site>> {
        self.site_named(host).or_else(|| self.sites.get(self.default?))
    }

    /// The site that names this host, or a pattern for it; not the default site. An exact name wins over `*.name`, and of several
    /// patterns the longest wins.
    pub fn site_named(&self, host: &str) -> Option<&Arc<Site>> {
        let suffix =
            || self.suffixes.iter().find(|(suffix, _)| host.ends_with(suffix.as_str())).map(|(_, index)| index);
        let index = self.exact.get(host).or_else(suffix)?;
        self.sites.get(*index)
    }

    /// All sites, in the order of the file.
    pub fn sites(&self) -> &[Arc<Site>] {
        &self.sites
    }
}

/// What is known of an upstream's endpoints, if the site was there before.
fn health(upstream: &UpstreamConfig, previous: Option<&Arc<Site>>) -> Arc<Health> {
    let Some(previous) = previous else {
        return Arc::new(Health::new(upstream.endpoints.len(), Instant::now()));
    };
    if previous.upstream == *upstream {
        return Arc::clone(&previous.health);
    }
    let place = |endpoint| previous.upstream.endpoints.iter().position(|before| before == endpoint);
    let kept: Vec<_> = upstream.endpoints.iter().map(place).collect();
    Arc::new(previous.health.succeeded_by(&kept, upstream.health.is_some()))
}

/// The current snapshot, shared by the whole process.
#[derive(Clone, Debug)]
pub struct Snapshots(Arc<ArcSwap<Snapshot>>);

impl Snapshots {
    /// Begins with this snapshot.
    pub fn new(first: Snapshot) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(first)))
    }

    /// The current one.
    pub fn current(&self) -> Arc<Snapshot> {
        self.0.load_full()
    }

    /// Puts a new one in force for requests that begin from now on.
    pub fn replace(&self, next: Snapshot) {
        self.0.store(Arc::new(next));
    }

    /// A worker's own view.
    pub fn reader(&self) -> SnapshotReader {
        SnapshotReader(Cache::new(Arc::clone(&self.0)))
    }
}

/// A worker's own view of the current snapshot.
#[derive(Debug)]
pub struct SnapshotReader(Cache<Arc<ArcSwap<Snapshot>>, Arc<Snapshot>>);

impl SnapshotReader {
    /// The current snapshot.
    pub fn load(&mut self) -> &Arc<Snapshot> {
        self.0.load()
    }
}
