//! The response phase: everything that is done with the head of a portal's response before it is sent to the visitor,
//! whatever its status. octroi's own answer to an admitted request gets deletions and HSTS here as well.

use http::header::STRICT_TRANSPORT_SECURITY;
use http::{HeaderMap, Response, Uri};

use super::body::Body;
use super::cookie_log;
use super::cookies;
use super::error::ProxyError;
use super::error_page::{Answer, Asked};
use super::exchange::Exchange;
use super::headers::location;
use super::headers::rare_fields::RareFields;
use super::request_phase::Admitted;
use super::third_parties::Rewriting;
use super::websocket::handshake;
use super::{Proxy, response_head, third_parties};
use crate::gate::{ResponseOutcome, ResponseView};
use crate::http::h1::{ResponseHead, SetCookies};
use crate::policy::{Consent, Direction};

/// What follows the head of a response.
pub(super) struct Forwarded {
    /// Another protocol.
    pub(super) has_switched: bool,
    /// A page that is rewritten.
    pub(super) rewriting: Option<Rewriting>,
}

impl Proxy {
    /// Prepares the head of a portal's response for the visitor. Returns what follows the head.
    ///
    /// # Errors
    /// If it switches to a protocol that the visitor did not ask for.
    pub(super) fn response_phase(
        &self,
        ResponseHead { response, set_cookies }: &mut ResponseHead,
        admitted: &Admitted<'_>,
        uri: &Uri,
        exchange: &mut Exchange,
    ) -> Result<Forwarded, ProxyError> {
        let switched = handshake::granted(admitted.upgrade.as_ref(), response)?;
        response_head::prepare(response, switched);
        let headers = response.headers_mut();
        let rare = RareFields::of(headers);
        if rare.addresses {
            location::rewrite(headers, &admitted.site.portal_names, &admitted.public);
        }
        add_hsts(headers, admitted);
        let judged = self.judge(headers, set_cookies, admitted, uri.path());
        judged.counts().for_each(|count| exchange.judged(Direction::Response, count));
        cookie_log::response(exchange, &judged, set_cookies);
        let consent = judged.consent;
        cookies::release(judged, set_cookies, headers, rare);
        let rewriting = hold_third_parties(response, rare, &consent, admitted, uri, exchange);
        handshake::translate(response, admitted.upgrade.as_ref());
        exchange.responded(response.status());
        Ok(Forwarded { has_switched: switched.is_some(), rewriting })
    }

    /// octroi's own answer to an admitted request. It deletes cookies from the browser as a portal's response does.
    pub(super) fn answer(
        &self,
        error: ProxyError,
        asked: Asked,
        admitted: &Admitted<'_>,
        path: &str,
        exchange: Box<Exchange>,
    ) -> Response<Body> {
        let none = SetCookies::default();
        let mut response = Answer::Error(error).into_response(asked, exchange);
        let judged = self.judge(response.headers(), &none, admitted, path);
        let rare = RareFields::of(response.headers());
        cookies::release(judged, &none, response.headers_mut(), rare);
        add_hsts(response.headers_mut(), admitted);
        response
    }

    /// What the gate says of these `Set-Cookie` lines in a response with these other fields.
    fn judge(&self, fields: &HeaderMap, lines: &SetCookies, admitted: &Admitted<'_>, path: &str) -> ResponseOutcome {
        let view = ResponseView {
            host: admitted.public.authority.host(),
            path,
            set_cookies: lines.iter().map(|line| line.as_bytes()),
            unreadable: lines.unreadable(),
            fields,
            random: || fastrand::usize(..),
        };
        let mut outcome = self.gate.response(admitted.site, &admitted.cookies, &view, admitted.now);
        if self.upstreams.is_short_of_memory() {
            // They follow on the next page.
            outcome.deletions.clear();
        }
        outcome
    }
}

/// Tells the browser which third parties a page may ask, by the consent that its cookies were judged by. Returns how the page is
/// rewritten, if it is.
fn hold_third_parties(
    response: &mut Response<()>,
    rare: RareFields,
    consent: &Consent,
    admitted: &Admitted<'_>,
    uri: &Uri,
    exchange: &Exchange,
) -> Option<Rewriting> {
    let Admitted { site, public, .. } = admitted;
    let (policies, page) = site.page_policies.as_ref().zip(admitted.page)?;
    let decision =
        third_parties::hold(response.headers_mut(), rare, policies, site, page.destination, consent, public)?;
    exchange.held(&policies.parties, decision);
    if !page.is_rewritable {
        return None;
    }
    let begun = third_parties::begin(response, site, decision, page, public, uri)?;
    begun.inspect_err(|why| exchange.rewrote(*why)).ok()
}

/// Adds `Strict-Transport-Security`, after the portal's own if there is one (RFC 6797 §8.1: the first of several counts).
fn add_hsts(headers: &mut HeaderMap, admitted: &Admitted<'_>) {
    if let (true, Some(hsts)) = (admitted.public.https, &admitted.site.hsts) {
        headers.entry(STRICT_TRANSPORT_SECURITY).or_insert_with(|| hsts.clone());
    }
}
