//! `/policy`: what is in force, as JSON, under the names of the files. Secrets and the paths of key files are left out.
//!
//! A key that the configuration or the charter gains must be added here.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::written;
use crate::charter::{
    AudienceExemption, BannerRules, CategoryIndex, Charter, Combine, DeclaredCookie, Enforcement, Gpc, Lifetime, Need,
};
use crate::config::{
    AcmeConfig, DeletionBytes, EndpointConfig, HealthConfig, Limits, ListenerConfig, LogConfig, PerAddress, SiteConfig,
    Timeouts, TlsConfig, TracingConfig, Workers,
};
use crate::consent::Undated;
use crate::policy::{CategoryId, Policy};
use crate::reload::Status;
use crate::snapshot::Snapshot;

/// All sites, and how the last reload ended. Timeouts are in seconds (0: switched off), limits in the units of their
/// keys, times in RFC 3339. Of ticket keys the number is shown.
pub(super) fn document(snapshot: &Snapshot, status: &Status) -> Value {
    json!({
        "generation": snapshot.generation,
        "reload": reload(status),
        "listeners": snapshot.config.listeners.iter().map(listener).collect::<Vec<_>>(),
        "acme": snapshot.config.acme.as_deref().map(acme),
        "admin": { "address": snapshot.config.admin.address },
        "log": log(&snapshot.config.log),
        "tracing": snapshot.config.tracing.as_ref().map(tracing),
        "inventory": { "file": snapshot.config.inventory.file },
        "runtime": { "workers": workers(snapshot.config.workers) },
        "timeouts_seconds": timeouts(&snapshot.config.timeouts),
        "limits": limits(&snapshot.config.limits),
        "sites": snapshot.config.sites.iter().map(site).collect::<Vec<_>>(),
    })
}

/// `null` under `last_error` if the last reload worked, and under `held` if nothing waits to be put in force.
fn reload(status: &Status) -> Value {
    let (failure, held) = (status.failure.as_ref(), status.held.as_ref());
    json!({
        "in_force_since": written(status.since.into()),
        "needs_restart": &*status.kept,
        "last_error": failure.map(|failure| &*failure.reason),
        "failing_since": failure.and_then(|failure| written(failure.since.into())),
        "failed_attempts": failure.map_or(0, |failure| failure.attempts),
        "next_try": failure.and_then(|failure| written(failure.next_try.clock.into())),
        "held": held.map(|held| json!({
            "losses": &*held.losses,
            "until": written(held.until.clock.into()),
        })),
    })
}

fn listener(listener: &ListenerConfig) -> Value {
    json!({
        "address": listener.address.to_string(),
        "trusted": listener.trusted.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "proxy_protocol": listener.proxy_protocol,
        "scheme": listener.scheme,
        "tls": listener.tls.iter().flat_map(certificates).collect::<Vec<_>>(),
        "ticket_keys": listener.tls.as_ref().and_then(|tls| Some(tls.ticket_keys.as_ref()?.len())),
        "redirect": listener.redirect_to_https.then_some("https"),
    })
}

/// The files of certificates, and whether octroi orders them itself: those hold their key, too.
fn certificates(tls: &TlsConfig) -> impl Iterator<Item = Value> {
    let given = tls.certificates.iter().map(|files| (&files.certificate, false));
    let ordered = tls.ordered.iter().flatten().map(|file| (file, true));
    given.chain(ordered).map(|(file, is_ordered)| json!({ "certificate": file, "acme": is_ordered }))
}

/// How they are ordered. `directory` is the folder of this authority within the one that is configured; `ca`: whether the
/// authority's own certificate is judged by the operator's file.
fn acme(acme: &AcmeConfig) -> Value {
    json!({
        "directory": acme.folder,
        "contact": acme.contact,
        "hosts": acme.hosts,
        "server": acme.server,
        "ca": acme.ca.is_some(),
        "challenge": acme.challenge,
        "profile": acme.profile,
        "eab": acme.eab.as_ref().map(|eab| json!({ "key_id": eab.key_id })),
    })
}

/// Where spans are sent. `ca`: whether the collector's certificate is judged by the operator's file.
fn tracing(TracingConfig { url, ratio, service, ca }: &TracingConfig) -> Value {
    json!({ "endpoint": url.to_string(), "ratio": ratio, "service": service, "ca": ca.is_some() })
}

fn log(LogConfig { access, output, fields }: &LogConfig) -> Value {
    json!({ "access": access, "output": output, "fields": fields })
}

fn workers(workers: Workers) -> Value {
    match workers {
        Workers::Auto => json!("auto"),
        Workers::Fixed(count) => json!(count),
    }
}

fn site(site: &SiteConfig) -> Value {
    json!({
        "name": &*site.name,
        "hosts": site.hosts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "enforcement": site.enforcement.as_str(),
        "charter_hash": &*site.charter_hash,
        "charter": charter(&site.charter, &site.policy, site.enforcement),
        "strip_all": site.strip_all,
        "hsts_seconds": site.hsts.map(|age| age.as_secs()),
        "upstream": {
            "endpoints": site.upstream.endpoints.iter().map(EndpointConfig::origin).collect::<Vec<_>>(),
            "host": site.upstream.host,
            "sni": site.upstream.sni,
            "connect": site.upstream.connect,
            "ca": site.upstream.ca,
            "client_certificate": site.upstream.client_certificate.as_ref().map(|files| &files.certificate),
            "balance": site.upstream.balance,
            "health": site.upstream.health.as_ref().map(health),
            "via": site.upstream.via,
        },
        "timeouts_seconds": timeouts(&site.timeouts),
    })
}

/// The charter as it is enforced: a category's `enforcement` is the one that holds, whether it comes from the charter
/// or from the site.
fn charter(charter: &Charter, policy: &Policy, enforcement: Enforcement) -> Value {
    let categories = charter.categories.iter().enumerate().map(|(index, category)| {
        let id = CategoryId::from_index(index);
        json!({
            "id": category.id,
            "title": category.title,
            "consent": need(category.consent),
            "enforcement": id.map_or(enforcement, |id| policy.enforcement(id, enforcement)).as_str(),
            "max_lifetime_seconds": category.max_lifetime.and_then(seconds),
        })
    });
    json!({
        "site": charter.site,
        "languages": charter.languages,
        "undeclared": charter.undeclared_word(),
        "expire_domains": charter.expire_domains,
        "infrastructure": charter.infrastructure,
        "audience_exemption": charter.audience_exemption.is_some_and(AudienceExemption::holds),
        "consent": consent(charter),
        "categories": categories.collect::<Vec<_>>(),
        "cookies": charter.cookies.iter().map(|cookie| declared(charter, cookie)).collect::<Vec<_>>(),
    })
}

/// One banner as a table, several as an array, as charters write them.
fn consent(charter: &Charter) -> Option<Value> {
    match charter.banners.as_slice() {
        [] => None,
        [only] => Some(banner(charter, only)),
        several => Some(several.iter().map(|rules| banner(charter, rules)).collect()),
    }
}

fn banner(charter: &Charter, rules: &BannerRules) -> Value {
    let ids = |indices: &[CategoryIndex]| match indices {
        [only] => charter.category_id(*only).into(),
        several => several.iter().map(|index| charter.category_id(*index)).collect::<Value>(),
    };
    let names = rules.format.names(rules.cookie.as_deref());
    json!({
        "cookies": names.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "format": rules.format.word(),
        "valid_for_seconds": seconds(rules.valid_for),
        "undated": match rules.undated {
            Undated::Allow => "allow",
            Undated::Deny => "deny",
        },
        "gpc": match charter.gpc {
            Gpc::Ignore => "ignore",
            Gpc::Refuse => "refuse",
        },
        "combine": match charter.combine {
            Combine::All => "all",
            Combine::First => "first",
        },
        "keys": rules.keys.iter().map(|(key, indices)| (key.clone(), ids(indices))).collect::<Map<_, Value>>(),
    })
}

fn declared(charter: &Charter, cookie: &DeclaredCookie) -> Value {
    json!({
        "name": cookie.name.shown(),
        "category": charter.category_id(cookie.category),
        "provider": cookie.provider,
        "lifetime": match cookie.lifetime {
            Some(Lifetime::Session) => json!("session"),
            Some(Lifetime::Seconds(seconds)) => json!(seconds),
            None => Value::Null,
        },
        "cap": cookie.cap,
        "key": cookie.key,
        "domain": cookie.domain,
        "path": cookie.path,
        "anonymous": cookie.anonymous,
        "secure": cookie.secure,
        "http_only": cookie.http_only,
        "same_site": cookie.same_site.map(|value| format!("{value:?}").to_ascii_lowercase()),
    })
}

/// The word of the files.
pub(super) fn need(need: Need) -> &'static str {
    match need {
        Need::Exempt => "exempt",
        Need::Required => "required",
    }
}

/// `None` for a session: no number of seconds stands for it.
fn seconds(lifetime: Lifetime) -> Option<u32> {
    match lifetime {
        Lifetime::Session => None,
        Lifetime::Seconds(seconds) => Some(seconds),
    }
}

fn health(health: &HealthConfig) -> Value {
    let HealthConfig { path, interval, fall, rise } = health;
    json!({ "path": path, "interval": interval.as_secs_f64(), "fall": fall, "rise": rise })
}

fn timeouts(timeouts: &Timeouts) -> Value {
    let written = |timeout: Option<Duration>| timeout.map_or(0.0, |timeout| timeout.as_secs_f64());
    json!({
        "header": written(timeouts.header),
        "idle": written(timeouts.idle),
        "body_idle": written(timeouts.body_idle),
        "tunnel_idle": written(timeouts.tunnel_idle),
        "upstream_connect": written(timeouts.upstream_connect),
        "upstream_response": written(timeouts.upstream_response),
        "upstream_idle": written(timeouts.upstream_idle),
        "drain": written(timeouts.drain),
        "drain_delay": written(timeouts.drain_delay),
    })
}

fn limits(limits: &Limits) -> Value {
    json!({
        "connections": limits.connections,
        "connections_per_address": match limits.connections_per_address {
            PerAddress::Auto => json!("auto"),
            PerAddress::AtMost(most) => json!(most),
        },
        "request_rate": limits.request_rate,
        "header_bytes": limits.header_bytes,
        "headers": limits.headers,
        "target_bytes": limits.target_bytes,
        "body_bytes": limits.body_bytes,
        "upstream_header_bytes": limits.upstream_header_bytes,
        "upstream_headers": limits.upstream_headers,
        "h2_streams": limits.h2_streams,
        "deletion_bytes": match limits.deletion_bytes {
            DeletionBytes::Auto => json!("auto"),
            DeletionBytes::AtMost(most) => json!(most),
        },
        "buffer_bytes": limits.buffer_bytes,
        "upstream_connections": limits.upstream_connections,
    })
}
