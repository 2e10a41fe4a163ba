//! `octroi.toml` as it is written, and the JSON Schemas of both files.
//!
//! The doc comments here are what an editor shows beside a key, and the defaults what it offers. Every key is optional in
//! these types, also those that the schema requires: if one is missing or faulty, the rest is read all the same.

mod examples;
mod limits;
mod tls;
mod tracing;

use std::time::Duration;

use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) use limits::{DeletionBytesDocument, LimitsDocument, PerAddressDocument};
pub(super) use tls::{AcmeDocument, CertificateDocument, EabDocument, TlsDocument};
pub(super) use tracing::TracingDocument;

use super::units::Length;
use super::{AccessFormat, Balance, LogField, Scheme, Timeouts};
use crate::charter::{CharterDocument, Enforcement};

/// The JSON Schema (draft 2020-12) of `octroi.toml`.
pub fn config_schema() -> Value {
    schema_of::<ConfigDocument>(include_str!("schema/examples/octroi.toml"))
}

/// The JSON Schema (draft 2020-12) of a charter file.
pub fn charter_schema() -> Value {
    schema_of::<CharterDocument>(include_str!("schema/examples/charter.toml"))
}

fn schema_of<T: JsonSchema>(examples: &str) -> Value {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<T>();
    Toml.transform(&mut schema);
    let mut schema = schema.to_value();
    examples::add(&mut schema, examples);
    schema
}

/// Makes a schema of values one of TOML. There is no null: an optional key is left out. A table's default is that of its
/// keys, and a required key has none.
struct Toml;

impl Transform for Toml {
    fn transform(&mut self, schema: &mut Schema) {
        if schema.get("default").is_some_and(|default| default.is_null() || default.is_object()) {
            schema.remove("default");
        }
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        for name in required.iter().filter_map(Value::as_str) {
            let property = schema.pointer_mut(&format!("/properties/{name}"));
            property.and_then(Value::as_object_mut).and_then(|property| property.remove("default"));
        }
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
            if let [Value::Object(only)] = choices.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                for (key, value) in only {
                    schema.ensure_object().entry(key).or_insert(value);
                }
            }
        }
        transform_subschemas(self, schema);
    }
}

/// The configuration of an octroi process.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "octroi.toml", extend("required" = ["listener", "site"]))]
pub(super) struct ConfigDocument {
    /// The version of this file's format; left out: 1. A file of a version that this octroi does not read is refused.
    #[schemars(range(min = 1))]
    pub(super) version: Option<u32>,
    /// Where visitors connect.
    #[schemars(extend("minItems" = 1))]
    pub(super) listener: Vec<ListenerDocument>,
    /// The websites, chosen by host.
    #[schemars(extend("minItems" = 1))]
    pub(super) site: Vec<SiteDocument>,
    /// The admin listener: metrics, health, reload.
    pub(super) admin: AdminDocument,
    /// What is written of each request, and where.
    pub(super) log: LogDocument,
    /// Spans of requests, sent to an OpenTelemetry collector; left out: none.
    pub(super) tracing: Option<TracingDocument>,
    /// The names of cookies that were seen.
    pub(super) inventory: InventoryDocument,
    /// The process.
    pub(super) runtime: RuntimeDocument,
    /// Deadlines: `"300ms"`, `"15s"`, `"5min"`, `"1h"` or whole seconds; `0` is none. No deadline ends a body that flows.
    pub(super) timeouts: TimeoutsDocument,
    /// Limits; `0` is none.
    pub(super) limits: LimitsDocument,
}

/// Where visitors connect.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["address"]))]
pub(super) struct ListenerDocument {
    /// `0.0.0.0:8080`, `[::]:8080`, `unix:/run/octroi.sock`, or a socket that systemd passes: `inherited:web` by
    /// its name, `inherited:0` by its number. What systemd passes under this very address is taken, too.
    pub(super) address: Option<String>,
    /// Addresses and networks that may send `X-Forwarded-*`, `Forwarded` and the PROXY protocol: `10.0.0.0/8`.
    pub(super) trusted: Vec<String>,
    /// Whether every connection begins with a PROXY header, version 1 or 2.
    pub(super) proxy_protocol: bool,
    /// A certificate and its key, or several, chosen by the server name that the visitor asks for (SNI). Reloaded when
    /// the files change. `{ acme = { … } }` orders them.
    pub(super) tls: Option<TlsDocument>,
    /// File of the keys of TLS session tickets, which replicas share so that visitors resume on any of them: in each line 32
    /// bytes in base64 (`openssl rand -base64 32`). The first encrypts, all decrypt; reloaded when the file changes. Left out:
    /// keys of this process.
    pub(super) ticket_keys: Option<String>,
    /// `https`: everything but `/.well-known/acme-challenge/` is redirected there.
    pub(super) redirect: Option<Redirect>,
    /// What visitors speak to the balancer in front, if it does not say so itself. The TLS part of a PROXY header of
    /// version 2 goes before it; it goes before a trusted peer's `X-Forwarded-Proto`.
    pub(super) scheme: Option<Scheme>,
}

/// Where everything is redirected to.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Redirect {
    Https,
}

/// A website.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["hosts", "charter", "upstream"]))]
pub(super) struct SiteDocument {
    /// Which hosts it answers to: exact ones, `*.example.fr` for all below one, `*` for all others.
    #[schemars(extend("minItems" = 1))]
    pub(super) hosts: Vec<String>,
    /// The charter file.
    pub(super) charter: Option<String>,
    /// Whether verdicts are carried out, or only counted.
    pub(super) enforcement: Enforcement,
    /// Path prefixes whose responses set no cookie at all, however a server may read the path (`%61`, `//`, `..`).
    pub(super) strip_all: Vec<String>,
    /// How long browsers shall use https alone (`Strict-Transport-Security`): `"365d"`. Sent over https if the portal
    /// sends none of its own. `0` makes browsers forget it; left out: nothing is sent.
    pub(super) hsts: Option<Length>,
    /// The portal.
    pub(super) upstream: UpstreamDocument,
    /// Overrides `[timeouts]` for this site.
    pub(super) timeouts: SiteTimeoutsDocument,
}

/// The portal.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["endpoints"]))]
pub(super) struct UpstreamDocument {
    /// `https://host`, `http://host:port`, `unix:/path`; several are balanced.
    #[schemars(extend("minItems" = 1))]
    pub(super) endpoints: Vec<String>,
    /// `Host` sent to the portal; left out: the visitor's.
    pub(super) host: Option<String>,
    /// Server name of the TLS handshake, which the certificate must bear; left out: the endpoint's host.
    pub(super) sni: Option<String>,
    /// `host:port` to connect to, in place of the endpoint's own.
    pub(super) connect: Option<String>,
    /// PEM file of the authorities that may sign the portal's certificate, or of that certificate itself, which pins it;
    /// left out: the system's authorities.
    pub(super) ca: Option<String>,
    /// PEM file of the certificate that octroi shows to the portal.
    pub(super) client_certificate: Option<String>,
    /// PEM file of its private key.
    pub(super) client_key: Option<String>,
    /// How one of several endpoints is chosen.
    pub(super) balance: Balance,
    /// How endpoints are checked; left out: only requests tell how they are. `{}` checks with the defaults.
    pub(super) health: Option<HealthDocument>,
    /// Whether `Via` is sent to the portal: octroi's entry, behind those that came with the request. Without it none is
    /// sent: a portal on nginx, at its default, stops compressing if it sees one.
    pub(super) via: bool,
}

/// How endpoints are checked: by a GET that must be answered with 2xx or 3xx before the next one is due.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct HealthDocument {
    /// What is asked for; it should be cheap to answer.
    pub(super) path: String,
    /// The time between two checks of one endpoint, at least `100ms`.
    pub(super) interval: Length,
    /// So many failures in a row take an endpoint out of service.
    #[schemars(range(min = 1, max = 100))]
    pub(super) fall: u32,
    /// So many successes in a row bring it back.
    #[schemars(range(min = 1, max = 100))]
    pub(super) rise: u32,
}

impl Default for HealthDocument {
    fn default() -> Self {
        Self { path: "/".to_owned(), interval: Some(Duration::from_secs(5)).into(), fall: 3, rise: 2 }
    }
}

/// The admin listener.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct AdminDocument {
    /// Address and port; port 0: the kernel chooses, the log says which.
    pub(super) address: String,
    /// File of the secret that a request must show: `Authorization: Bearer …`, or as the password of any user in a browser.
    /// Required if the address is not loopback.
    pub(super) token_file: Option<String>,
}

impl Default for AdminDocument {
    fn default() -> Self {
        Self { address: "127.0.0.1:9180".to_owned(), token_file: None }
    }
}

/// What is written of each request, and where.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LogDocument {
    /// The format of the access log. No query string and no cookie value is ever written.
    pub(super) access: AccessFormat,
    /// `stdout`, or a file; it is reopened on SIGUSR1.
    pub(super) output: String,
    /// What is written of the visitor's browser besides. Both are personal data, so write them only if they are needed, say
    /// so where you inform visitors, and delete the log in time.
    pub(super) fields: Vec<LogField>,
}

impl Default for LogDocument {
    fn default() -> Self {
        Self { access: AccessFormat::default(), output: "stdout".to_owned(), fields: Vec::new() }
    }
}

/// The names of cookies that were seen, and how they live; never a value.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct InventoryDocument {
    /// A file that keeps them across restarts; written once a minute and at the end, and shared by processes that run at the
    /// same time. Its folder must be there, and writable. Left out: they are forgotten when the process ends.
    pub(super) file: Option<String>,
}

/// The process.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RuntimeDocument {
    /// How many workers run: `auto` is one for each core that the process may use.
    pub(super) workers: WorkersDocument,
}

/// `auto`, or a number.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum WorkersDocument {
    Number(#[schemars(range(min = 1, max = 1024))] u32),
    Word(AutoWord),
}

impl Default for WorkersDocument {
    fn default() -> Self {
        Self::Word(AutoWord::Auto)
    }
}

/// What the machine decides.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AutoWord {
    Auto,
}

/// Deadlines.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TimeoutsDocument {
    /// TLS handshake and request head.
    pub(super) header: Length,
    /// Keep-alive of a visitor's connection, HTTP/1.1 and HTTP/2. Behind an HTTP/2 `GOAWAY`, there are up to 5 s for what
    /// crosses it.
    pub(super) idle: Length,
    /// No byte of a body moved in either direction.
    pub(super) body_idle: Length,
    /// No byte of a WebSocket moved in either direction.
    pub(super) tunnel_idle: Length,
    /// Connecting to the portal, TLS included.
    pub(super) upstream_connect: Length,
    /// From the request sent to the head of the response; exports take long.
    pub(super) upstream_response: Length,
    /// Keep-alive of a connection to the portal; less than the portal's own.
    pub(super) upstream_idle: Length,
    /// How long requests in flight may take once the process is told to end.
    pub(super) drain: Length,
    /// How long the process, once it is told to end, goes on serving before it drains, while `/readyz` fails: the time
    /// that a load balancer needs to look elsewhere.
    pub(super) drain_delay: Length,
}

impl Default for TimeoutsDocument {
    fn default() -> Self {
        let timeouts = Timeouts::default();
        Self {
            header: timeouts.header.into(),
            idle: timeouts.idle.into(),
            body_idle: timeouts.body_idle.into(),
            tunnel_idle: timeouts.tunnel_idle.into(),
            upstream_connect: timeouts.upstream_connect.into(),
            upstream_response: timeouts.upstream_response.into(),
            upstream_idle: timeouts.upstream_idle.into(),
            drain: timeouts.drain.into(),
            drain_delay: timeouts.drain_delay.into(),
        }
    }
}

/// Deadlines of one site. Those that pass before the site is known, and those of the drain, belong to the process.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SiteTimeoutsDocument {
    /// No byte of a body moved in either direction.
    pub(super) body_idle: Option<Length>,
    /// No byte of a WebSocket moved in either direction.
    pub(super) tunnel_idle: Option<Length>,
    /// Connecting to the portal, TLS included.
    pub(super) upstream_connect: Option<Length>,
    /// From the request sent to the head of the response; exports take long.
    pub(super) upstream_response: Option<Length>,
    /// Keep-alive of a connection to the portal; less than the portal's own.
    pub(super) upstream_idle: Option<Length>,
}
