//! What a site must hold beyond its structure: hosts of its own, a sound charter, endpoints that fit together.
//!
//! It continues `check`, for `[[site]]`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use super::address::{endpoint, host_field, host_pattern, host_port, relative, server_name};
use super::check::{Checker, Named};
use super::schema::{HealthDocument, SiteDocument, SiteTimeoutsDocument, UpstreamDocument};
use super::units::Length;
use super::{CertificateFiles, EndpointConfig, HealthConfig, HostPattern, SiteConfig, Timeouts, UpstreamConfig};
use crate::charter::{KeyPath, Problem};

/// More often than this, checks would be a load of their own.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(100);

impl Checker<'_> {
    /// The sites that are sound, in the file's order. What a site leaves out of its timeouts is `timeouts`. A host may
    /// be named once in the whole file, and one site at most is the default.
    pub(super) fn sites(&mut self, written: &[SiteDocument], timeouts: Timeouts, path: &KeyPath) -> Vec<SiteConfig> {
        let mut first = HashMap::new();
        let mut sites = Vec::new();
        for (index, document) in written.iter().enumerate() {
            let path = path.index(index);
            let hosts = self.hosts(document, &path.key("hosts"));
            for (position, host) in &hosts {
                if let Some(earlier) = first.insert(host.clone(), index) {
                    let path = path.key("hosts").index(*position);
                    self.duplicate_host(host, earlier, index, path);
                }
            }
            let hosts = hosts.into_iter().map(|(_, host)| host).collect();
            sites.extend(self.site(document, hosts, timeouts, &path));
        }
        sites
    }

    fn duplicate_host(&mut self, host: &HostPattern, earlier: usize, index: usize, path: KeyPath) {
        let message = match host {
            _ if earlier == index => "this host is named twice".to_owned(),
            HostPattern::Default => format!("`site[{earlier}]` is the default site already"),
            _ => format!("`site[{earlier}]` answers to this host already"),
        };
        self.report(path, message);
    }

    /// The hosts that can be read, each with its position.
    fn hosts(&mut self, document: &SiteDocument, path: &KeyPath) -> Vec<(usize, HostPattern)> {
        let read = |(index, text): (usize, &String)| {
            let host = self.take(host_pattern(text), &path.index(index));
            host.map(|host| (index, host))
        };
        document.hosts.iter().enumerate().filter_map(read).collect()
    }

    fn site(
        &mut self,
        document: &SiteDocument,
        hosts: Vec<HostPattern>,
        timeouts: Timeouts,
        path: &KeyPath,
    ) -> Option<SiteConfig> {
        let file = document.charter.as_deref().map(|name| relative(name, &self.base));
        let charter = file.map(|file| self.charters.load(&file));
        let charter = charter.and_then(|charter| self.take(charter, &path.key("charter"))).flatten();
        let strip_all = self.strip_all(document, &path.key("strip_all"));
        let https_for = document.hsts.as_ref().map(|age| self.length(age, &path.key("hsts")).unwrap_or_default());
        let upstream = self.upstream(&document.upstream, &path.key("upstream"));
        let timeouts = self.site_timeouts(&document.timeouts, timeouts, &path.key("timeouts"));
        let (charter, name) = (charter?, name(&hosts)?);
        Some(SiteConfig {
            name: name.into(),
            hosts,
            charter: charter.charter,
            policy: charter.policy,
            charter_hash: charter.hash,
            enforcement: document.enforcement,
            strip_all,
            hsts: https_for,
            upstream: upstream?,
            timeouts,
        })
    }

    fn strip_all(&mut self, document: &SiteDocument, path: &KeyPath) -> Vec<String> {
        for (index, prefix) in document.strip_all.iter().enumerate() {
            if !prefix.starts_with('/') {
                let problem = Problem::new(path.index(index), format!("`{prefix}` is no path prefix"));
                self.problems.push(problem.with_help(format!("a path begins with `/`: write `/{prefix}`")));
            }
        }
        document.strip_all.clone()
    }

    fn upstream(&mut self, document: &UpstreamDocument, path: &KeyPath) -> Option<UpstreamConfig> {
        let endpoints = self.endpoints(document, &path.key("endpoints"));
        self.fit(document, &endpoints, path);
        let ca = document.ca.as_deref().and_then(|name| self.authorities(name, &path.key("ca")));
        let client_certificate = self.client_certificate(document, path);
        let host = document.host.as_deref().and_then(|text| self.take(host_field(text), &path.key("host")));
        let sni = document.sni.as_deref().and_then(|text| self.take(server_name(text), &path.key("sni")));
        let connect = document.connect.as_deref().and_then(|text| self.take(host_port(text), &path.key("connect")));
        let health = document.health.as_ref().and_then(|health| self.health(health, &path.key("health")));
        let balance = document.balance;
        (!endpoints.is_empty()).then_some(UpstreamConfig {
            endpoints,
            host,
            sni,
            connect,
            ca,
            client_certificate,
            balance,
            health,
            via: document.via,
        })
    }

    fn health(&mut self, document: &HealthDocument, path: &KeyPath) -> Option<HealthConfig> {
        let is_target = |byte: u8| byte > b' ' && byte != 0x7f && byte != b'#';
        if !document.path.starts_with('/') || !document.path.bytes().all(is_target) {
            let problem = Problem::new(path.key("path"), format!("`{}` is no path", document.path));
            self.problems.push(problem.with_help("write what the portal is asked for, as in `/health`"));
        }
        let interval = self.take(document.interval.read(), &path.key("interval"))?.unwrap_or_default();
        if interval < SHORTEST_INTERVAL {
            let problem = Problem::new(path.key("interval"), "checks cannot follow each other at less than `100ms`");
            self.problems.push(problem.with_help("write a longer interval, or leave `health` out"));
        }
        let HealthDocument { path, fall, rise, .. } = document.clone();
        Some(HealthConfig { path, interval, fall, rise })
    }

    fn endpoints(&mut self, document: &UpstreamDocument, path: &KeyPath) -> Vec<EndpointConfig> {
        let mut endpoints = Vec::new();
        for (index, text) in document.endpoints.iter().enumerate() {
            let Some(endpoint) = self.take(endpoint(text, &self.base), &path.index(index)) else { continue };
            if endpoints.contains(&endpoint) {
                self.report(path.index(index), "this endpoint is named twice");
            } else if endpoints.first().is_some_and(|first: &EndpointConfig| first.is_tls() != endpoint.is_tls()) {
                let problem = Problem::new(path.index(index), "the endpoints of a site are all in clear or all https");
                self.problems.push(problem.with_help("requests that are private on one must be so on the others"));
            }
            endpoints.push(endpoint);
        }
        endpoints
    }

    /// Keys that have no meaning beside these endpoints.
    fn fit(&mut self, document: &UpstreamDocument, endpoints: &[EndpointConfig], path: &KeyPath) {
        if endpoints.first().is_some_and(|endpoint| !endpoint.is_tls()) {
            let keys = [
                ("sni", &document.sni),
                ("ca", &document.ca),
                ("client_certificate", &document.client_certificate),
                ("client_key", &document.client_key),
            ];
            for (key, _) in keys.iter().filter(|(_, value)| value.is_some()) {
                let problem = Problem::new(path.key(key), format!("`{key}` has no effect on endpoints in clear"));
                self.problems.push(problem.with_help("write `https://`, or leave the key out"));
            }
        }
        let on_a_socket = endpoints.iter().any(|endpoint| endpoint.host_and_port().is_none());
        if document.connect.is_some() && on_a_socket {
            let problem = Problem::new(path.key("connect"), "`connect` has no effect on a Unix socket");
            self.problems.push(problem.with_help("leave it out: the path says where the portal listens"));
        } else if document.connect.is_some() && endpoints.len() > 1 {
            let problem = Problem::new(path.key("connect"), "`connect` would send every endpoint to one address");
            self.problems.push(problem.with_help("leave it out, or keep one endpoint"));
        }
    }

    fn authorities(&mut self, name: &str, path: &KeyPath) -> Option<PathBuf> {
        let file = relative(name, &self.base);
        let certificates = self.source.certificates(&file);
        self.take(certificates, path).map(|_| file)
    }

    fn client_certificate(&mut self, document: &UpstreamDocument, path: &KeyPath) -> Option<CertificateFiles> {
        let (certificate, key) = (path.key("client_certificate"), path.key("client_key"));
        match (document.client_certificate.as_deref(), document.client_key.as_deref()) {
            (Some(file), Some(key_file)) => {
                self.certificate(&Named { file, path: certificate }, &Named { file: key_file, path: key })
            }
            (Some(_), None) => {
                self.report(certificate, "`client_certificate` needs its `client_key`");
                None
            }
            (None, Some(_)) => {
                self.report(key, "`client_key` needs its `client_certificate`");
                None
            }
            (None, None) => None,
        }
    }

    fn site_timeouts(&mut self, written: &SiteTimeoutsDocument, whole: Timeouts, path: &KeyPath) -> Timeouts {
        let mut over = |written: &Option<Length>, whole, key| match written {
            Some(written) => self.length(written, &path.key(key)),
            None => whole,
        };
        Timeouts {
            body_idle: over(&written.body_idle, whole.body_idle, "body_idle"),
            tunnel_idle: over(&written.tunnel_idle, whole.tunnel_idle, "tunnel_idle"),
            upstream_connect: over(&written.upstream_connect, whole.upstream_connect, "upstream_connect"),
            upstream_response: over(&written.upstream_response, whole.upstream_response, "upstream_response"),
            upstream_idle: over(&written.upstream_idle, whole.upstream_idle, "upstream_idle"),
            ..whole
        }
    }
}

/// The label of the metrics.
fn name(hosts: &[HostPattern]) -> Option<String> {
    Some(match hosts.first()? {
        HostPattern::Exact(name) => name.clone(),
        HostPattern::Suffix(suffix) => format!("*{suffix}"),
        HostPattern::Default => "default".to_owned(),
    })
}
