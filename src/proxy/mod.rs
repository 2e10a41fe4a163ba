//! The proxy: one request from its head to its response's last byte.
//!
//! [`Proxy::handle`] answers, whatever happens; `pass` is the whole way in one screen. `admit` takes the request's head
//! as far as it can be sent, [`Upstreams::send`] sends it, `release` makes the portal's response fit to leave. Each step
//! is a file of its own and works on the head alone; bodies stream past them.

mod body;
mod downstream;
mod error;
mod error_page;
mod exchange;
mod headers;
mod panics;
mod rate_limit;
mod response_head;
mod route;
#[cfg(test)]
pub(crate) mod testing;
mod websocket;

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use http::header::{COOKIE, HOST, SET_COOKIE, STRICT_TRANSPORT_SECURITY, VIA};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use hyper::body::Incoming;

pub use body::Body;
pub use downstream::{Downstream, Trust};
pub use headers::forwarded::Introduced;
pub use rate_limit::{RequestRate, subscriber};
pub use websocket::tunnel::InFlight;

use crate::config::path_lies_under;
use crate::cookie::UnixTime;
use crate::drain::Drain;
use crate::gate::counts::Tally;
use crate::gate::deletions::Withdrawal;
use crate::gate::observed_paths::{self, LearntPaths};
use crate::gate::request::{self as request_cookies, Filtered};
use crate::gate::response::{self as response_cookies, OwnDomain};
use crate::gate::verdict_cache::{Context, Memo, Rules};
use crate::gate::visitor::Visitor;
use crate::http::fields;
use crate::http::h1::{Refusal, ResponseHead, SetCookies};
use crate::inventory::Recorder;
use crate::policy::Direction;
use crate::snapshot::{Site, Snapshot, SnapshotReader};
use crate::telemetry::Metrics;
use crate::telemetry::access_log::AccessLog;
use crate::upstream::{
    Eviction, Lease, RequestBody, ResponseBody, Switched, UpstreamRequest, UpstreamResponse, Upstreams,
};
use error::ProxyError;
use error_page::{Answer, Asked};
use exchange::{Exchange, Telemetry, Termination};
use headers::forwarded::Manner;
use headers::location::PublicAddress;
use headers::normalize::{Normalized, Seen};
use headers::request_id::{RequestId, X_REQUEST_ID};
use websocket::handshake::Upgrade;
use websocket::tunnel::{Tunnel, VisitorSide};

/// One worker's proxy: its view of the snapshot, its upstream pools, its way to the telemetry.
pub struct Proxy {
    snapshots: RefCell<SnapshotReader>,
    upstreams: Rc<Upstreams>,
    telemetry: Rc<Telemetry>,
    memo: RefCell<Memo>,
    learnt_paths: RefCell<LearntPaths>,
    request_rate: Arc<RequestRate>,
    drain: Drain,
}

/// A request that may be sent, and what its response will be judged by.
struct Admitted<'a> {
    site: &'a Arc<Site>,
    /// The site's address, as the visitor asked for it.
    public: PublicAddress,
    visitor: Visitor,
    /// The switch of protocols that the visitor asks for.
    upgrade: Option<Upgrade>,
    /// Whether the site lets no response under this path set a cookie.
    strip_all: bool,
    /// Whether the answer cannot depend on who asked.
    anonymous: bool,
    /// What the response takes out of the browser.
    withdrawal: Withdrawal,
    /// Whether the request is refused for the size of its cookies.
    cookies_too_large: bool,
}

impl Admitted<'_> {
    /// The answer where the portal gave none: it, too, takes cookies out of the browser.
    fn answer(
        &self,
        error: impl Into<Answer>,
        asked: Asked,
        path: &str,
        learnt_paths: &RefCell<LearntPaths>,
        exchange: Box<Exchange>,
    ) -> Response<Body> {
        let mut response = error.into().into_response(asked, exchange);
        self.seal(response.headers_mut(), path, learnt_paths, false);
        self.keep_to_https(response.headers_mut());
        response
    }

    /// The last step of every response: deletions are added, and shared caches turned away from what is one visitor's
    /// own. `path`: the page's; `gated`: consent decided over a cookie of the response.
    fn seal(&self, headers: &mut HeaderMap, path: &str, learnt_paths: &RefCell<LearntPaths>, gated: bool) {
        let host = self.public.authority.host();
        let deletions = self.withdrawal.deletions(host, path, headers.len(), self.site, &learnt_paths.borrow());
        if gated || !deletions.is_empty() {
            headers::caching::make_private(headers);
        }
        for line in deletions {
            fields::add(headers, SET_COOKIE, line);
        }
    }

    /// The portal's own word goes first.
    fn keep_to_https(&self, headers: &mut HeaderMap) {
        if let (true, Some(hsts)) = (self.public.https, &self.site.hsts) {
            headers.entry(STRICT_TRANSPORT_SECURITY).or_insert_with(|| hsts.clone());
        }
    }
}

impl Proxy {
    /// A proxy for one of so many workers; it lives on that worker's thread.
    pub fn new(
        workers: usize,
        snapshots: SnapshotReader,
        metrics: Metrics,
        access_log: AccessLog,
        inventory: Recorder,
        request_rate: Arc<RequestRate>,
        drain: Drain,
    ) -> Rc<Self> {
        Rc::new(Self {
            snapshots: RefCell::new(snapshots),
            upstreams: Upstreams::new(metrics.clone(), workers),
            telemetry: Rc::new(Telemetry { metrics, access_log, inventory }),
            memo: RefCell::new(Memo::new()),
            learnt_paths: RefCell::default(),
            request_rate,
            drain,
        })
    }

    /// Answers one request, whatever becomes of it. `eviction` tells that it has to end. Must run where `spawn_local` works.
    pub fn handle(
        self: Rc<Self>,
        request: Request<Incoming>,
        downstream: Rc<Downstream>,
        eviction: Rc<Eviction>,
    ) -> impl Future<Output = Response<Body>> + 'static {
        let mut request = UpstreamRequest::from(request.map(RequestBody::new));
        async move {
            let asked = Asked::of(&request.head, &request.body);
            let request_id = RequestId::of(&request.head.headers, downstream.is_trusted());
            let passed =
                panics::contain(self.pass(&mut request, asked, &downstream, eviction, request_id.clone())).await;
            passed.unwrap_or_else(|panicked| Answer::after_panic(panicked, asked, &request_id))
        }
    }

    /// The whole way of one request.
    async fn pass(
        &self,
        request: &mut UpstreamRequest,
        asked: Asked,
        downstream: &Downstream,
        eviction: Rc<Eviction>,
        request_id: RequestId,
    ) -> Response<Body> {
        let snapshot = Arc::clone(self.snapshots.borrow_mut().load());
        let mut exchange = Exchange::begin(&self.telemetry, &request.head, downstream, eviction, request_id);

        let admitted = match self.admit(request, downstream, &snapshot, &mut exchange) {
            Ok(admitted) => admitted,
            Err(answer) => return answer.into_response(asked, exchange),
        };
        if admitted.cookies_too_large {
            let (error, path) = (ProxyError::CookiesTooLarge, request.head.uri.path());
            return admitted.answer(error, asked, path, &self.learnt_paths, exchange);
        }
        let visitor_side = VisitorSide::of(&mut request.head.extensions);
        let holder = exchange.holder(downstream, &snapshot.config.limits);
        let UpstreamResponse { mut head, mut lease, endpoint, came, .. } =
            match self.upstreams.send(admitted.site, request, &holder).await {
                Ok(answer) => answer,
                Err(error) => {
                    return admitted.answer(error, asked, request.head.uri.path(), &self.learnt_paths, exchange);
                }
            };
        exchange.answered(endpoint, came);

        let path = request.head.uri.path();
        let switched = match self.release(&mut head, &admitted, path, &mut exchange) {
            Ok(switched) => switched,
            Err(error) => return admitted.answer(error, asked, path, &self.learnt_paths, exchange),
        };
        if switched {
            if let Some(portal_side) = lease.switch() {
                self.tunnel(visitor_side, portal_side, admitted.site, exchange, lease);
            }
            return head.response.map(|()| Body::switched());
        }
        head.response.map(|()| Body::upstream(ResponseBody::new(lease), exchange))
    }

    /// Records a request that the server answered with this status because its head could not be read.
    pub fn rejected(&self, status: StatusCode, downstream: &Downstream) {
        let (mut head, ()) = Request::new(()).into_parts();
        // In place of what nobody can tell.
        head.method = Method::from_bytes(b"-").unwrap_or_default();
        head.uri = "*".parse().unwrap_or_default();
        let request_id = RequestId::of(&head.headers, downstream.is_trusted());
        let mut exchange = Exchange::begin(&self.telemetry, &head, downstream, Rc::default(), request_id);
        exchange.responded(status);
        exchange.ended(Termination::Rejected);
    }

    /// Closes connections to the portal on which a body stands still. How long they may be left alone now: one that begins
    /// meanwhile is not due before.
    pub fn check_bodies(&self) -> Option<Duration> {
        let snapshot = Arc::clone(self.snapshots.borrow_mut().load());
        let shortest = snapshot.sites().iter().filter_map(|site| site.timeouts.body_idle).min();
        shortest.into_iter().chain(self.upstreams.check_bodies()).min()
    }

    /// What is due from time to time: idle upstream connections are closed, judgements are forgotten, the inventory is
    /// merged. The worker calls it once a second.
    pub fn tick(&self) {
        self.upstreams.tick();
        self.memo.borrow_mut().tell(&self.telemetry.inventory);
        self.telemetry.inventory.merge();
    }

    /// Everything that is done with a request before it is sent.
    fn admit<'a>(
        &self,
        UpstreamRequest { head, lines, id, body }: &mut UpstreamRequest,
        downstream: &Downstream,
        snapshot: &'a Snapshot,
        exchange: &mut Exchange,
    ) -> Result<Admitted<'a>, Answer> {
        if let Some(refusal) = head.extensions.get::<Refusal>() {
            return Err((*refusal).into());
        }
        self.limit_rate(downstream, snapshot.config.limits.request_rate, exchange)?;
        let upgrade = websocket::handshake::requested(head)?;
        let Normalized { authority, seen } = headers::normalize::normalize(head, &snapshot.config.limits, downstream)?;
        let site = route::route(snapshot, &authority, downstream)?;
        exchange.routed(site);
        if seen.cdn_loop && headers::loops::has_come_back(&head.headers) {
            return Err(ProxyError::CameBack.into());
        }
        let https = headers::forwarded::is_https(&head.headers, downstream);
        if let Some(location) = route::redirect(downstream, https, &authority, &head.uri) {
            return Err(Answer::Redirect(location));
        }
        let (forged, via) = (headers::forwarded::forged_where(downstream.is_trusted()), site.upstream.via);
        let unwanted = |name: &HeaderName| forged(name) || *name == X_REQUEST_ID || (*name == VIA && !via);
        body.hold_back(headers::hop_by_hop::clean_request(
            &mut head.headers,
            upgrade.as_ref().map(Upgrade::protocol),
            unwanted,
        )?);
        let manner = Manner { https, version: head.version, via };
        *lines = headers::forwarded::introduce(&mut head.headers, downstream, &authority, manner);
        *id = exchange.request_id().sign(&mut head.headers);
        set_upstream_host(&mut head.headers, site);

        if seen.cookies > 1 {
            request_cookies::join(&mut head.headers);
        }
        let (visitor, filtered) = self.read_cookies(&head.headers, seen, site, exchange.now());
        exchange.consented(&visitor);
        if let Some(filtered) = &filtered {
            filtered.runs.iter().for_each(|run| exchange.judged(Direction::Request, run));
            filtered.forward(&mut head.headers);
        }
        let anonymous = observed_paths::is_anonymous(head, seen.cookies > 0 || seen.authorization);
        let withdrawal = Withdrawal::new(filtered, head, https, downstream.behind_a_proxy, &visitor);
        let strip_all = site.strip_all.iter().any(|prefix| path_lies_under(head.uri.path(), prefix));
        let public = PublicAddress { https, authority };
        body.limit(Some(site.limits.body_bytes).filter(|limit| *limit != 0));
        let cookies_too_large = seen.cookies_too_large;
        Ok(Admitted { site, public, visitor, upgrade, strip_all, anonymous, withdrawal, cookies_too_large })
    }

    /// Everything that is done with the head of a portal's response before it leaves: the same for every status. Whether
    /// it switches protocols.
    fn release(
        &self,
        ResponseHead { response, set_cookies }: &mut ResponseHead,
        admitted: &Admitted<'_>,
        path: &str,
        exchange: &mut Exchange,
    ) -> Result<bool, ProxyError> {
        let switched = websocket::handshake::granted(admitted.upgrade.as_ref(), response)?;
        response_head::prepare(response, switched);
        headers::location::rewrite(response.headers_mut(), &admitted.site.portal_names, &admitted.public);
        admitted.keep_to_https(response.headers_mut());
        let headers = response.headers_mut();
        let gated = self.filter_set_cookies(headers, set_cookies, admitted, path, exchange);
        admitted.seal(headers, path, &self.learnt_paths, gated);
        websocket::handshake::translate(response, admitted.upgrade.as_ref());
        exchange.responded(response.status());
        Ok(switched.is_some())
    }

    /// Whether consent decided over any of them.
    fn filter_set_cookies(
        &self,
        headers: &mut HeaderMap,
        lines: &SetCookies,
        admitted: &Admitted<'_>,
        path: &str,
        exchange: &mut Exchange,
    ) -> bool {
        if lines.is_empty() {
            return false;
        }
        let Admitted { site, visitor, strip_all, anonymous, .. } = admitted;
        let now = exchange.now();
        let consent = response_cookies::read_consent(lines, &site.policy, visitor, now);
        let context = Context { rules: Rules::of(site), consent, strip_all: *strip_all };
        let mut memo = self.memo.borrow_mut();
        let mut judge = memo.judge(context, now, &self.telemetry.inventory);
        let mut tally = Tally::new(|run| exchange.judged(Direction::Response, &run));
        let own_domain = OwnDomain::of(site, admitted.public.authority.host());
        response_cookies::filter(headers, lines, own_domain, &mut judge, |judgement, lesson| {
            tally.add(judgement);
            if let Some(line) = lesson {
                self.learnt_paths.borrow_mut().learn(&site.name, line, path.as_bytes(), *anonymous);
            }
        })
    }

    /// Who sent a request, and what its cookies come to; `None` where there are none.
    fn read_cookies(
        &self,
        headers: &HeaderMap,
        seen: Seen,
        site: &Site,
        now: UnixTime,
    ) -> (Visitor, Option<Rc<Filtered>>) {
        let gpc = seen.gpc && request_cookies::has_gpc(headers);
        let line = if seen.cookies > 0 { fields::all(headers, &COOKIE).next() } else { None };
        let Some(line) = line else {
            return (request_cookies::read_visitor(None, &site.policy, gpc, now), None);
        };
        let (memo, inventory) = (&mut self.memo.borrow_mut(), &self.telemetry.inventory);
        let (visitor, filtered) = request_cookies::read(line.as_bytes(), gpc, Rules::of(site), now, memo, inventory);
        (visitor, Some(filtered))
    }

    /// A trusted address is not limited, for it may stand for many visitors; nor is who has no address.
    fn limit_rate(&self, downstream: &Downstream, limit: u32, exchange: &Exchange) -> Result<(), ProxyError> {
        let Some(per_second) = NonZeroU32::new(limit) else { return Ok(()) };
        let (client, now) = exchange.arrived();
        let limited = client.filter(|client| !downstream.trusts(*client));
        match limited {
            Some(client) if !self.request_rate.admits(client, per_second, now) => Err(ProxyError::RateExceeded),
            _ => Ok(()),
        }
    }

    /// The bytes that follow a switch of protocols; the exchange ends with them.
    fn tunnel(&self, downstream: VisitorSide, upstream: Switched, site: &Site, exchange: Box<Exchange>, lease: Lease) {
        let idle = site.timeouts.tunnel_idle;
        let drain = self.drain.clone();
        tokio::task::spawn_local(Tunnel { downstream, upstream, idle, drain, exchange, lease }.run());
    }
}

/// The portal is told the visitor's host, unless the site says otherwise.
fn set_upstream_host(headers: &mut HeaderMap, site: &Site) {
    if let Some(Ok(host)) = site.upstream.host.as_deref().map(HeaderValue::from_str) {
        headers.insert(HOST, host);
    }
}
