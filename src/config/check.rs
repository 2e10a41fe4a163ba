//! Checks the meaning of a configuration, and makes its value.
//!
//! `schema` has checked keys and types before. [`Checker`] collects all problems.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use rustls::pki_types::{CertificateDer, UnixTime};

use super::address::{listen, network, relative, socket};
use super::charters::Charters;
use super::schema::{
    AdminDocument, AutoWord, ConfigDocument, DeletionBytesDocument, InventoryDocument, LimitsDocument,
    ListenerDocument, LogDocument, PerAddressDocument, TimeoutsDocument, WorkersDocument,
};
use super::source::{Source, belong_together};
use super::units::{Length, Size};
use super::validity::Validity;
use super::{
    AccessFormat, AdminConfig, CertificateFiles, CertificateInUse, Config, DeletionBytes, Files, InventoryConfig,
    Limits, ListenAddress, ListenerConfig, LogConfig, PerAddress, Timeouts, Workers,
};
use crate::charter::{KeyPath, Problem};

/// The version of `octroi.toml`'s format: one more with each change that an older octroi would read wrongly.
const VERSION: u32 = 1;

/// Google Cloud's balancers, whose time cannot be changed.
const LONGEST_KEPT_BY_BALANCERS: Duration = Duration::from_mins(10);

/// Checks one configuration; what is wrong with it adds up here.
pub(super) struct Checker<'a> {
    /// Reads certificates, keys and secrets, so that their contents are checked with the rest.
    pub(super) source: &'a Source<'a>,
    /// The folder that paths are relative to.
    pub(super) base: PathBuf,
    /// What is wrong: with any of these there is no configuration.
    pub(super) problems: Vec<Problem>,
    /// What is allowed and most likely not meant.
    pub(super) warnings: Vec<Problem>,
    /// What depends on machines that octroi cannot see, such as the balancer in front.
    pub(super) notes: Vec<Problem>,
    /// The charters of the sites so far; their findings are kept apart, because they are about other files.
    pub(super) charters: Charters<'a>,
    /// Those that octroi shows to visitors and portals.
    certificates: Vec<CertificateInUse>,
    now: UnixTime,
}

/// A file, and the key that names it.
pub(super) struct Named<'a> {
    /// As it is written, relative to [`Checker::base`].
    pub(super) file: &'a str,
    /// At which a problem with the file is reported.
    pub(super) path: KeyPath,
}

impl<'a> Checker<'a> {
    /// A checker of the configuration at `path`, of which only the folder matters.
    pub(super) fn new(source: &'a Source<'a>, path: &Path) -> Self {
        let base = path.parent().unwrap_or(Path::new("")).to_owned();
        let [problems, warnings, notes] = [const { Vec::new() }; 3];
        Self {
            source,
            base,
            problems,
            warnings,
            notes,
            charters: Charters::new(source),
            certificates: Vec::new(),
            now: UnixTime::now(),
        }
    }

    /// The configuration; `None` if something that it needs is missing or faulty, which has been said then.
    pub(super) fn config(&mut self, written: &ConfigDocument) -> Option<Config> {
        let root = KeyPath::default();
        self.version(written.version, root.key("version"));
        let mut listeners = self.listeners(&written.listener, &root.key("listener"));
        let timeouts = self.timeouts(&written.timeouts, &root.key("timeouts"));
        self.outlast(&listeners, timeouts.idle, &root.key("timeouts").key("idle"));
        let limits = self.limits(&written.limits, &root.key("limits"));
        let sites = self.sites(&written.site, timeouts, &root.key("site"));
        let acme = self.acme(&written.listener, &mut listeners, &sites);
        let admin = self.admin(&written.admin, &listeners, &root.key("admin"));
        let log = self.log(&written.log, &root.key("log").key("output"));
        let tracing = self.tracing(written.tracing.as_ref(), cfg!(feature = "otel"), &root.key("tracing"));
        let inventory = self.inventory(&written.inventory, &root.key("inventory"));
        let workers = workers(written.runtime.workers);
        Some(Config {
            listeners,
            acme,
            sites,
            admin: admin?,
            log,
            tracing,
            inventory,
            workers,
            timeouts,
            limits,
            certificates: std::mem::take(&mut self.certificates),
            files: Files::default(),
            advice: Vec::new(),
        })
    }

    fn version(&mut self, written: Option<u32>, path: KeyPath) {
        let Some(found) = written.filter(|version| *version != VERSION) else { return };
        let problem = Problem::new(path, format!("expected version {VERSION} of the format, found {found}"));
        let help = format!(
            "a later octroi reads it: run that one, or write the file for version {VERSION} (docs/upgrading.md)"
        );
        self.problems.push(problem.with_help(help));
    }

    fn listeners(&mut self, written: &[ListenerDocument], path: &KeyPath) -> Vec<ListenerConfig> {
        let mut first: HashMap<String, usize> = HashMap::new();
        let mut listeners = Vec::new();
        for (index, document) in written.iter().enumerate() {
            let path = path.index(index);
            let Some(listener) = self.listener(document, &path) else { continue };
            let shared = matches!(&listener.address, ListenAddress::Tcp(address) if address.port() == 0);
            let earlier = first.insert(format!("{:?}", listener.address), index).filter(|_| !shared);
            if let Some(earlier) = earlier {
                let message = format!("`listener[{earlier}]` has this address already");
                self.report(path.key("address"), message);
            }
            listeners.push(listener);
        }
        self.redirects(&listeners, path);
        listeners
    }

    fn listener(&mut self, document: &ListenerDocument, path: &KeyPath) -> Option<ListenerConfig> {
        let address = document.address.as_deref().map(|text| listen(text, &self.base));
        let address = address.and_then(|address| self.take(address, &path.key("address")));
        let trusted = self.trusted(&document.trusted, &path.key("trusted"));
        let mut tls = self.tls(document.tls.as_ref(), &path.key("tls"));
        let ticket_keys = self.ticket_keys(document.ticket_keys.as_deref(), &path.key("ticket_keys"));
        match &mut tls {
            Some(tls) => tls.ticket_keys = ticket_keys,
            None if document.ticket_keys.is_some() => {
                let problem = Problem::new(path.key("ticket_keys"), "this listener speaks no TLS");
                self.problems.push(problem.with_help("give it `tls`, or leave `ticket_keys` out"));
            }
            None => {}
        }
        if document.redirect.is_some() && document.tls.is_some() {
            let problem = Problem::new(path.key("redirect"), "this listener speaks https already");
            self.problems.push(problem.with_help("redirect from a listener without `tls`"));
        }
        if document.proxy_protocol && document.trusted.is_empty() && !matches!(address, Some(ListenAddress::Unix(_))) {
            let warning = Problem::new(path.key("proxy_protocol"), "no peer is `trusted` to send the PROXY protocol");
            self.warnings.push(warning.with_help("name the load balancers: `trusted = [\"10.0.0.0/8\"]`"));
        }
        Some(ListenerConfig {
            address: address?,
            trusted,
            proxy_protocol: document.proxy_protocol,
            tls,
            redirect_to_https: document.redirect.is_some(),
            scheme: document.scheme,
        })
    }

    fn trusted(&mut self, written: &[String], path: &KeyPath) -> Arc<[IpNet]> {
        let networks = written.iter().enumerate();
        networks.filter_map(|(index, text)| self.take(network(text), &path.index(index))).collect()
    }

    /// A balancer that keeps a connection longer sends a request on one that octroi is closing, and loses it.
    fn outlast(&mut self, listeners: &[ListenerConfig], idle: Option<Duration>, path: &KeyPath) {
        let Some(idle) = idle.filter(|idle| *idle <= LONGEST_KEPT_BY_BALANCERS) else { return };
        if listeners.iter().any(|listener| !listener.trusted.is_empty()) {
            let idle = idle.as_secs_f64();
            let message = format!("a balancer must not keep idle connections to octroi for {idle} s or longer");
            self.notes.push(Problem::new(path.clone(), message).with_help(
                "Google Cloud keeps them for 600 s, AWS ALB for 60 s, Envoy for an hour: shorten that, or write more here",
            ));
        }
    }

    fn redirects(&mut self, listeners: &[ListenerConfig], path: &KeyPath) {
        if listeners.iter().any(|listener| listener.tls.is_some()) {
            return;
        }
        let redirecting = listeners.iter().position(|listener| listener.redirect_to_https);
        if let Some(index) = redirecting {
            let warning =
                Problem::new(path.index(index).key("redirect"), "no listener has `tls`: is https served here?");
            self.warnings.push(warning.with_help("nothing is wrong where another proxy in front serves https"));
        }
    }

    /// A certificate and its private key. `None` if a file cannot be read, holds no PEM of its kind, or the key is
    /// another certificate's; all of that is reported. A key that every user of the machine may read is a warning.
    pub(super) fn certificate(&mut self, certificate: &Named<'_>, key: &Named<'_>) -> Option<CertificateFiles> {
        let files = CertificateFiles {
            certificate: relative(certificate.file, &self.base),
            key: relative(key.file, &self.base),
        };
        let chain = self.source.certificates(&files.certificate);
        let chain = self.take(chain, &certificate.path);
        let private = self.source.key(&files.key);
        let private = self.take(private, &key.path);
        self.keep_secret(&files.key, &key.path);
        let chain = chain?;
        self.expiry(&files.certificate, &chain, &certificate.path);
        self.take(belong_together(chain, private?, &files.key), &key.path)?;
        Some(files)
    }

    /// When a chain expires, and a warning if that is soon.
    pub(super) fn expiry(&mut self, file: &Path, chain: &[CertificateDer<'_>], path: &KeyPath) {
        let Some(validity) = Validity::of_chain(chain) else { return };
        if let Some(trouble) = validity.trouble(self.now) {
            let warning = Problem::new(path.clone(), format!("`{}` {trouble}", file.display()));
            self.warnings.push(warning.with_help("octroi takes a renewed file up by itself"));
        }
        let not_after = validity.not_after.as_secs();
        self.certificates.push(CertificateInUse { file: file.to_owned(), not_after });
    }

    fn admin(&mut self, document: &AdminDocument, listeners: &[ListenerConfig], path: &KeyPath) -> Option<AdminConfig> {
        let address = self.take(socket(&document.address), &path.key("address"));
        let token = document.token_file.as_deref().and_then(|name| self.token(name, &path.key("token_file")));
        let address = address?;
        if !address.ip().is_loopback() && document.token_file.is_none() {
            let problem =
                Problem::new(path.key("address"), format!("`{address}` is not loopback: a token is required"));
            self.problems.push(problem.with_help("write `token_file`, the file of a secret, or listen on `127.0.0.1`"));
        }
        if address.port() != 0 && listeners.iter().any(|listener| listener.address == ListenAddress::Tcp(address)) {
            self.report(path.key("address"), "a listener for visitors has this address");
        }
        Some(AdminConfig { address, token })
    }

    fn token(&mut self, name: &str, path: &KeyPath) -> Option<Arc<str>> {
        let file = relative(name, &self.base);
        let token = self.source.secret(&file);
        let token = self.take(token, path)?;
        self.keep_secret(&file, path);
        Some(token)
    }

    /// Warns of a secret that every user of the machine may read.
    pub(super) fn keep_secret(&mut self, file: &Path, path: &KeyPath) {
        if Source::is_open_to_all(file) {
            let file = file.display();
            let warning = Problem::new(path.clone(), format!("every user of this machine may read `{file}`"));
            self.warnings.push(warning.with_help(format!("`chmod o= {file}`")));
        }
    }

    fn log(&mut self, document: &LogDocument, path: &KeyPath) -> LogConfig {
        let file = (document.output != "stdout").then(|| relative(&document.output, &self.base));
        if document.access != AccessFormat::Off
            && let Some(folder) = file.as_deref().map(folder_of).filter(|folder| !folder.is_dir())
        {
            let problem = Problem::new(path.clone(), format!("there is no folder `{}`", folder.display()));
            self.problems
                .push(problem.with_help("make it, writable for octroi; under systemd, `LogsDirectory=octroi` does"));
        }
        LogConfig { access: document.access, output: file, fields: document.fields.clone() }
    }

    fn inventory(&mut self, document: &InventoryDocument, path: &KeyPath) -> InventoryConfig {
        let path = path.key("file");
        let file = document.file.as_ref().map(|file| relative(file, &self.base));
        let Some(name) = file.as_ref().filter(|file| file.file_name().is_some() && **file != self.base) else {
            if document.file.is_some() {
                self.report(path, "this names no file");
            }
            return InventoryConfig::default();
        };
        let folder = folder_of(name);
        if !folder.is_dir() {
            let message = format!("there is no folder `{}`: nothing is kept until there is", folder.display());
            self.warnings.push(Problem::new(path, message));
        }
        InventoryConfig { file }
    }

    fn timeouts(&mut self, written: &TimeoutsDocument, path: &KeyPath) -> Timeouts {
        Timeouts {
            header: self.length(&written.header, &path.key("header")),
            idle: self.length(&written.idle, &path.key("idle")),
            body_idle: self.length(&written.body_idle, &path.key("body_idle")),
            tunnel_idle: self.length(&written.tunnel_idle, &path.key("tunnel_idle")),
            upstream_connect: self.length(&written.upstream_connect, &path.key("upstream_connect")),
            upstream_response: self.length(&written.upstream_response, &path.key("upstream_response")),
            upstream_idle: self.length(&written.upstream_idle, &path.key("upstream_idle")),
            drain: self.length(&written.drain, &path.key("drain")),
            drain_delay: self.length(&written.drain_delay, &path.key("drain_delay")),
        }
    }

    /// `None` for `0`, which is no limit, and for what is no length of time or longer than a year, which is reported.
    pub(super) fn length(&mut self, written: &Length, path: &KeyPath) -> Option<Duration> {
        self.take(written.read(), path).flatten()
    }

    fn limits(&mut self, written: &LimitsDocument, path: &KeyPath) -> Limits {
        Limits {
            connections: count(written.connections),
            connections_per_address: match written.connections_per_address {
                PerAddressDocument::Word(AutoWord::Auto) => PerAddress::Auto,
                PerAddressDocument::Number(number) => PerAddress::AtMost(count(number)),
            },
            request_rate: written.request_rate,
            header_bytes: self.bytes(&written.header_bytes, &path.key("header_bytes")),
            headers: count(written.headers),
            target_bytes: self.bytes(&written.target_bytes, &path.key("target_bytes")),
            body_bytes: self.take(written.body_bytes.read(), &path.key("body_bytes")).unwrap_or_default(),
            upstream_header_bytes: self.bytes(&written.upstream_header_bytes, &path.key("upstream_header_bytes")),
            upstream_headers: count(written.upstream_headers),
            h2_streams: written.h2_streams,
            deletion_bytes: match &written.deletion_bytes {
                DeletionBytesDocument::Word(AutoWord::Auto) => DeletionBytes::Auto,
                DeletionBytesDocument::Size(size) => {
                    DeletionBytes::AtMost(self.bytes(size, &path.key("deletion_bytes")))
                }
            },
            buffer_bytes: self.bytes(&written.buffer_bytes, &path.key("buffer_bytes")),
            upstream_connections: count(written.upstream_connections),
        }
    }

    /// A size of something that is held in memory.
    fn bytes(&mut self, written: &Size, path: &KeyPath) -> usize {
        let bytes = self.take(written.read(), path).unwrap_or_default();
        usize::try_from(bytes).unwrap_or(usize::MAX)
    }

    /// The value, or its error reported at `path`.
    pub(super) fn take<T>(&mut self, result: Result<T, impl std::error::Error>, path: &KeyPath) -> Option<T> {
        result.map_err(|error| self.report(path.clone(), error.to_string())).ok()
    }

    /// Adds a problem at a key; checking goes on, so that the operator sees all of them at once.
    pub(super) fn report(&mut self, path: KeyPath, message: impl Into<String>) {
        self.problems.push(Problem::new(path, message));
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

fn workers(written: WorkersDocument) -> Workers {
    match written {
        WorkersDocument::Word(AutoWord::Auto) => Workers::Auto,
        WorkersDocument::Number(number) => NonZeroUsize::new(count(number)).map_or(Workers::Auto, Workers::Fixed),
    }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
