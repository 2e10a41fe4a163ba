//! The request phase: everything that is done with a request's head before it is sent to the portal.
//!
//! It ends with a request that may be sent, or with octroi's own answer; `response_phase` is its counterpart.

use std::num::NonZeroU32;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{HOST, VIA};
use http::{HeaderMap, HeaderName, Uri, request};

use super::authority::Authority;
use super::cookie_log;
use super::cookies;
use super::downstream::Downstream;
use super::error::ProxyError;
use super::error_page::{Answer, Asked};
use super::exchange::Exchange;
use super::forwarded_cache::Manner;
use super::headers::forwarded;
use super::headers::location::PublicAddress;
use super::headers::normalize::{Normalized, normalize};
use super::headers::request_id::X_REQUEST_ID;
use super::headers::{hop_by_hop, loops};
use super::third_parties::{self, PageRequest};
use super::websocket::handshake::{self, Upgrade};
use super::{Proxy, charter_page, route};
use crate::cookie::UnixTime;
use crate::gate::RequestOutcome;
use crate::http::h1::Refusal;
use crate::policy::{Consent, Direction};
use crate::snapshot::{Site, Snapshot};
use crate::upstream::UpstreamRequest;

/// What follows the request phase.
#[allow(clippy::large_enum_variant)] // It lives for one step, and a box would cost each request an allocation.
pub(super) enum Next<'a> {
    /// The request is sent to the portal.
    Forward(Admitted<'a>),
    /// octroi answers in the portal's place.
    Answer(Answer),
    /// A browser's report for octroi.
    Report(Reporting<'a>),
}

/// Whose page a report is about.
pub(super) struct Reporting<'a> {
    pub(super) site: &'a Arc<Site>,
    /// The site's address, as the visitor asked for it.
    pub(super) own: Authority,
}

/// A request that may be sent, and what its response is judged by.
pub(super) struct Admitted<'a> {
    /// The site of the snapshot in force when the request came; a reload does not change it.
    pub(super) site: &'a Arc<Site>,
    /// The moment by which its cookies and those of its response are judged.
    pub(super) now: UnixTime,
    /// The site's address, as the visitor asked for it.
    pub(super) public: PublicAddress,
    /// The switch of protocols that the visitor asks for.
    pub(super) upgrade: Option<Upgrade>,
    /// What the gate says of its cookies.
    pub(super) cookies: RequestOutcome,
    /// Which page it asks for, if the charter declares third parties.
    pub(super) page: Option<PageRequest>,
    /// Why it is not sent after all. Its cookies were judged first, because octroi's own answer deletes some of them.
    pub(super) refusal: Option<ProxyError>,
}

impl Proxy {
    /// Prepares a request's head for the portal. `challenge`: the answer to a certificate authority, if one asks.
    ///
    /// # Errors
    /// If the request is malformed, over a limit, for no site, or was sent on by this process before.
    pub(super) fn request_phase<'a>(
        &self,
        UpstreamRequest { head, lines, id, upgrade: upgrades, body }: &mut UpstreamRequest,
        asked: Asked,
        downstream: &Downstream,
        snapshot: &'a Snapshot,
        challenge: Option<Bytes>,
        exchange: &mut Exchange,
    ) -> Result<Next<'a>, ProxyError> {
        if let Some(refusal) = head.extensions.get::<Refusal>() {
            return Err((*refusal).into());
        }
        self.limit_rate(downstream, snapshot.config.limits.request_rate, exchange)?;
        let mut upgrade = handshake::extended_connect(head)?;
        let Normalized { authority, seen } = normalize(head, &snapshot.config.limits, downstream)?;
        if seen.upgrade {
            upgrade = upgrade.or_else(|| handshake::requested_by_field(head));
        }
        let site = route::route(snapshot, &authority, downstream)?;
        exchange.routed(site);
        if seen.cdn_loop && loops::has_come_back(&head.headers) {
            return Err(ProxyError::CameBack);
        }
        let https = forwarded::is_https(&head.headers, downstream);
        if let Some(answer) = challenged_or_redirected(challenge, downstream, https, &authority, &head.uri) {
            return Ok(Next::Answer(answer));
        }
        if let Some(next) = at_own_path(site, head, &authority, https, upgrade.is_some())? {
            return Ok(next);
        }
        let (forged, via) = (forwarded::forged_where(downstream.is_trusted()), site.upstream.via);
        let unwanted = |name: &HeaderName| forged(name) || *name == X_REQUEST_ID || (*name == VIA && !via);
        let protocol = upgrade.as_ref().map(Upgrade::protocol);
        *upgrades = protocol.is_some();
        body.hold_back(hop_by_hop::clean_request(&mut head.headers, protocol, unwanted)?);
        let manner = Manner { https, version: head.version, via };
        *lines = forwarded::forwarding_lines(&mut head.headers, downstream, &authority, manner);
        *id = exchange.request_id().sign(&mut head.headers);
        exchange.trace(&mut head.headers, seen.traceparent);
        set_upstream_host(&mut head.headers, site);
        if seen.cookies > 1 {
            cookies::join(&mut head.headers);
        }
        let (view, now) = (cookies::request_view(head, seen, https, downstream.behind_a_proxy), exchange.now());
        let mut judged = self.gate.request(site, &view, now);
        exchange.consented(&judged.visitor);
        judged.counts().for_each(|count| exchange.judged(Direction::Request, count));
        cookie_log::request(exchange, &judged);
        if seen.cookies > 0 {
            cookies::forward(&judged, &mut head.headers);
        }
        let refusal = refusal(site, head, &judged.visitor.consent, seen.cookies_too_large);
        let page = third_parties::ask(head, asked.accepts_html, seen, site, &judged.visitor.consent);
        judged.forget_request();
        body.limit(Some(site.limits.body_bytes).filter(|limit| *limit != 0));
        let public = PublicAddress { https, authority };
        Ok(Next::Forward(Admitted { site, now, public, upgrade, cookies: judged, page, refusal }))
    }

    /// Checks `request_rate`. A trusted address is not limited, because it may stand for many visitors; nor is a visitor without
    /// an address.
    fn limit_rate(&self, downstream: &Downstream, limit: u32, exchange: &Exchange) -> Result<(), ProxyError> {
        let Some(per_second) = NonZeroU32::new(limit) else { return Ok(()) };
        let (client, now) = exchange.arrived();
        let limited = client.filter(|client| !downstream.trusts(*client));
        match limited {
            Some(client) if !self.request_rate.admits(client, per_second, now) => Err(ProxyError::RateExceeded),
            _ => Ok(()),
        }
    }
}

/// The answer to a certificate authority, or to a visitor without TLS on a listener that only redirects.
fn challenged_or_redirected(
    challenge: Option<Bytes>,
    downstream: &Downstream,
    https: bool,
    authority: &Authority,
    uri: &Uri,
) -> Option<Answer> {
    let redirected = || route::redirect(downstream, https, authority, uri).map(Answer::Redirect);
    challenge.map(Answer::Challenge).or_else(redirected)
}

/// Handles a request for a path of the site that is octroi's own: the charter's page, the address of reports.
fn at_own_path<'a>(
    site: &'a Arc<Site>,
    head: &request::Parts,
    authority: &Authority,
    https: bool,
    is_upgrade: bool,
) -> Result<Option<Next<'a>>, ProxyError> {
    if let Some(page) = charter_page::answer(site, head, is_upgrade, https)? {
        return Ok(Some(Next::Answer(Answer::Charter(Box::new(page)))));
    }
    let is_report = !is_upgrade && third_parties::reports::is_report(site, head)?;
    Ok(is_report.then(|| Next::Report(Reporting { site, own: authority.clone() })))
}

/// Why a request is not sent after its cookies were judged.
fn refusal(site: &Site, head: &request::Parts, consent: &Consent, cookies_too_large: bool) -> Option<ProxyError> {
    let is_held = third_parties::is_held(site, head, consent);
    let too_large = cookies_too_large.then_some(ProxyError::CookiesTooLarge);
    too_large.or(is_held.then_some(ProxyError::ThirdPartyHeld))
}

/// The portal is told the visitor's host, unless the site says otherwise.
fn set_upstream_host(headers: &mut HeaderMap, site: &Site) {
    if let Some(host) = &site.upstream_host {
        headers.insert(HOST, host.clone());
    }
}
