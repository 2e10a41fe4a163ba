//! The snapshot: all that one request is judged by, from its first byte to its last.
//!
//! A [`Snapshot`] is built once from a [`Config`], with its routing table and its metric handles resolved, and never
//! changes. [`Snapshots`] holds the current one; each worker reads it through a [`SnapshotReader`], which costs one
//! comparison while nothing changes.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use arc_swap::{ArcSwap, Cache};

use crate::charter::{Charter, Enforcement};
use crate::config::{Config, EndpointConfig, HostPattern, Limits, SiteConfig, Timeouts, UpstreamConfig};
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
#[allow(missing_docs)]
pub struct Site {
    pub name: Arc<str>,
    pub charter: Arc<Charter>,
    pub policy: Arc<Policy>,
    pub charter_hash: Arc<str>,
    pub enforcement: Enforcement,
    pub strip_all: Vec<String>,
    pub upstream: UpstreamConfig,
    pub timeouts: Timeouts,
    pub limits: Limits,
    /// Of the upstream's endpoints, by their place there; outlives a reload.
    pub health: Arc<Health>,
    pub metrics: SiteMetrics,
}

impl Site {
    fn new(config: &SiteConfig, limits: Limits, health: Arc<Health>, metrics: &Metrics) -> Self {
        Self {
            name: config.name.clone(),
            charter: config.charter.clone(),
            policy: config.policy.clone(),
            charter_hash: config.charter_hash.clone(),
            enforcement: config.enforcement,
            strip_all: config.strip_all.clone(),
            upstream: config.upstream.clone(),
            timeouts: config.timeouts,
            limits,
            health,
            metrics: metrics.site(&config.name, &config.policy, &config.charter_hash, config.enforcement),
        }
    }
}

impl Site {
    /// The upstream's endpoints, and where each one stands.
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
        // The longest suffix is the most specific one.
        suffixes.sort_by_key(|(suffix, _)| std::cmp::Reverse(suffix.len()));
        let site = |site: &SiteConfig| {
            let previous = previous.iter().find(|previous| previous.name == site.name);
            Arc::new(Site::new(site, config.limits, health(&site.upstream, previous), metrics))
        };
        let sites = config.sites.iter().map(site).collect();
        Self { config, generation, sites, exact, suffixes, default }
    }

    /// The site of a host in lower case, without a port.
    pub fn site(&self, host: &str) -> Option<&Arc<Site>> {
        let suffix =
            || self.suffixes.iter().find(|(suffix, _)| host.ends_with(suffix.as_str())).map(|(_, index)| index);
        let index = self.exact.get(host).or_else(suffix).or(self.default.as_ref())?;
        self.sites.get(*index)
    }

    /// All sites, in the order of the file.
    pub fn sites(&self) -> &[Arc<Site>] {
        &self.sites
    }
}

/// What is known of an upstream's endpoints, where the site was there before.
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
