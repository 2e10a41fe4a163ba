//! What only a restart changes, whatever a reload reads: sockets, threads, the access log, where spans go.
//!
//! A reload puts everything else of the new configuration in force, and names the settings that it could not change.

use std::net::SocketAddr;

use ipnet::IpNet;

use crate::config::{AdminConfig, Config, ListenAddress, ListenerConfig, LogConfig, Scheme, TracingConfig, Workers};

/// What the process was started with.
#[derive(Debug)]
pub(super) struct RestartOnly {
    listeners: Vec<ListenerConfig>,
    admin: SocketAddr,
    log: LogConfig,
    tracing: Option<TracingConfig>,
    workers: Workers,
}

impl RestartOnly {
    /// `config` is the first one that was loaded.
    pub(super) fn of(config: &Config) -> Self {
        Self {
            listeners: config.listeners.clone(),
            admin: config.admin.address,
            log: config.log.clone(),
            tracing: config.tracing.clone(),
            workers: config.workers,
        }
    }

    /// Replaces settings of `new` that only a restart changes by those in force (`old`). Returns the keys that were replaced, as
    /// the file has them, for the log and the admin page; empty if there are none.
    pub(super) fn keep(&self, old: &Config, new: &mut Config) -> Vec<String> {
        let mut kept = changed_listeners(&self.listeners, &new.listeners);
        let address = std::mem::replace(&mut new.admin.address, self.admin);
        if address != self.admin {
            kept.push("[admin] address".to_owned());
        }
        if self.keeps_its_token(&new.admin) && old.admin.token.is_some() {
            new.admin.token.clone_from(&old.admin.token);
            kept.push("[admin] token_file, which an address that is not loopback needs".to_owned());
        }
        if std::mem::replace(&mut new.log, self.log.clone()) != self.log {
            kept.push("[log]".to_owned());
        }
        if std::mem::replace(&mut new.tracing, self.tracing.clone()) != self.tracing {
            kept.push("[tracing]".to_owned());
        }
        if std::mem::replace(&mut new.workers, self.workers) != self.workers {
            kept.push("[runtime] workers".to_owned());
        }
        kept
    }

    /// A configuration without a token may have another address in mind. Nobody else's reach this listener's.
    fn keeps_its_token(&self, new: &AdminConfig) -> bool {
        new.token.is_none() && !self.admin.ip().is_loopback()
    }
}

/// The listeners that are new, removed, or changed in more than their certificates.
fn changed_listeners(running: &[ListenerConfig], wanted: &[ListenerConfig]) -> Vec<String> {
    let running: Vec<_> = running.iter().map(essence).collect();
    let wanted: Vec<_> = wanted.iter().map(essence).collect();
    let gone = running.iter().filter(|config| !wanted.contains(config));
    let new = wanted.iter().filter(|config| !running.contains(config));
    let mut changed: Vec<_> = gone.chain(new).map(|(address, ..)| format!("[[listener]] {address}")).collect();
    changed.sort();
    changed.dedup();
    changed
}

/// What a running listener cannot change.
fn essence(config: &ListenerConfig) -> (&ListenAddress, &[IpNet], [bool; 3], Option<Scheme>) {
    let flags = [config.proxy_protocol, config.redirect_to_https, config.tls.is_none()];
    (&config.address, &config.trusted, flags, config.scheme)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{AccessFormat, CertificateFiles, Limits, TlsConfig, testing};

    fn listener(address: &str) -> ListenerConfig {
        ListenerConfig {
            address: ListenAddress::Tcp(address.parse().unwrap()),
            trusted: Arc::default(),
            proxy_protocol: false,
            tls: Some(TlsConfig {
                certificates: vec![CertificateFiles { certificate: "a.pem".into(), key: "a.key".into() }],
                ordered: None,
                ticket_keys: None,
            }),
            redirect_to_https: false,
            scheme: None,
        }
    }

    fn kept(old: &Config, mut new: Config) -> (Vec<String>, Config) {
        let kept = RestartOnly::of(old).keep(old, &mut new);
        (kept, new)
    }

    #[test]
    fn only_what_a_running_listener_cannot_change_needs_a_restart() {
        let with = |listener| Config { listeners: vec![listener], ..testing::bare(Limits::default()) };
        let running = with(listener("127.0.0.1:443"));
        let mut certificates = listener("127.0.0.1:443");
        let tls = certificates.tls.get_or_insert_default();
        tls.certificates.push(CertificateFiles { certificate: "b.pem".into(), key: "b.key".into() });
        assert!(kept(&running, with(certificates)).0.is_empty());

        let mut redirect = listener("127.0.0.1:443");
        redirect.redirect_to_https = true;
        assert_eq!(kept(&running, with(redirect)).0, ["[[listener]] 127.0.0.1:443"]);
        let mut scheme = listener("127.0.0.1:443");
        scheme.scheme = Some(Scheme::Https);
        assert_eq!(kept(&running, with(scheme)).0, ["[[listener]] 127.0.0.1:443"]);
        let moved = ["[[listener]] 127.0.0.1:443", "[[listener]] 127.0.0.1:8443"];
        assert_eq!(kept(&running, with(listener("127.0.0.1:8443"))).0, moved);
    }

    #[test]
    fn address_log_and_workers_stay_and_are_named_each_time() {
        let running = testing::bare(Limits::default());
        let mut wanted = running.clone();
        wanted.admin.address = "127.0.0.1:9999".parse().unwrap();
        wanted.log.access = AccessFormat::Json;
        wanted.tracing = Some(TracingConfig {
            url: "http://127.0.0.1:4318/v1/traces".parse().unwrap(),
            ratio: 1.0,
            service: "octroi".to_owned(),
            ca: None,
        });
        wanted.workers = Workers::Fixed(std::num::NonZero::new(3).unwrap());
        let (named, in_force) = kept(&running, wanted.clone());
        assert_eq!(named, ["[admin] address", "[log]", "[tracing]", "[runtime] workers"]);
        assert_eq!((in_force.admin.address, in_force.workers), (running.admin.address, running.workers));
        assert_eq!(in_force.tracing, None);
        assert_eq!(RestartOnly::of(&running).keep(&in_force, &mut wanted), named);
    }

    #[test]
    fn a_token_changes_and_goes_but_not_from_an_address_that_others_reach() {
        let config = |address: &str, token: Option<&str>| {
            let admin = AdminConfig { address: address.parse().unwrap(), token: token.map(Arc::from) };
            Config { admin, ..testing::bare(Limits::default()) }
        };
        for address in ["127.0.0.1:1", "[::]:1"] {
            let (named, in_force) = kept(&config(address, Some("old")), config(address, Some("new")));
            assert!(named.is_empty() && in_force.admin.token.as_deref() == Some("new"), "{named:?}");
        }
        let (named, in_force) = kept(&config("127.0.0.1:1", Some("old")), config("127.0.0.1:1", None));
        assert!(named.is_empty() && in_force.admin.token.is_none(), "{named:?}");
        let (named, in_force) = kept(&config("[::]:1", Some("old")), config("127.0.0.1:1", None));
        assert_eq!((named.len(), in_force.admin.token.as_deref()), (2, Some("old")), "{named:?}");
    }
}
