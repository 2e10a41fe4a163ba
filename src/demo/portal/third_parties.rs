//! The third parties of the sample portal's pages: servers with names of their own, for a map, a video, a button, a counting
//! pixel, and the script that writes cookies.
//!
//! All of them listen on one port of this machine. Browsers resolve `*.localhost` without a name server (RFC 6761 §6.3), so
//! they work offline.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use serde::Serialize;

use super::Site;
use super::body::PortalBody;
use super::cookies::{self, Origin};
use super::ledger::Entry;
use super::response::Reply;
use super::visit::Visit;

/// A third party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::demo) enum ThirdParty {
    /// The map, which the page needs.
    Map,
    /// A video in a frame.
    Video,
    /// A button to share the page, made by a script.
    Social,
    /// The script that writes cookies in the page.
    Statistics,
    /// An image of one pixel that counts views.
    Pixel,
}

impl ThirdParty {
    /// All of them.
    pub(in crate::demo) const ALL: [Self; 5] = [Self::Map, Self::Video, Self::Social, Self::Statistics, Self::Pixel];

    /// The name before `.localhost`, which is its id in the charter, too.
    pub(in crate::demo) fn id(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Video => "video",
            Self::Social => "social",
            Self::Statistics => "statistics",
            Self::Pixel => "pixel",
        }
    }

    /// The URL by which the page of this visit uses it. Its query names the entry that the page counts for, or `none`.
    pub(super) fn address(self, visit: &Visit, site: &Site) -> String {
        let counts_for = Some(visit.entry).filter(|entry| site.jar_of(visit) == *entry).map_or("none", Entry::name);
        format!("http://{}/?page={counts_for}", self.authority(site.third_party_port))
    }

    /// Its host and port.
    pub(in crate::demo) fn authority(self, port: u16) -> String {
        format!("{}.localhost:{port}", self.id())
    }

    /// Whether the charter lets pages use it without consent.
    pub(super) fn is_necessary(self) -> bool {
        self == Self::Map
    }

    fn of(headers: &HeaderMap) -> Option<Self> {
        let host = headers.get(HOST)?.to_str().ok()?;
        Self::ALL.into_iter().find(|party| host.strip_prefix(party.id()).is_some_and(|rest| rest.starts_with('.')))
    }
}

/// Answers a request to a third party, and records the entry of the page that sent it.
pub(super) async fn answer(request: Request<Incoming>, site: &Site) -> Reply {
    let Some(party) = ThirdParty::of(request.headers()) else { return reply(StatusCode::NOT_FOUND, "text/plain", "") };
    let visit = Visit::read(request, site.third_party_port).await;
    if let Some(entry) = visit.parameter("page").as_deref().and_then(Entry::named) {
        site.ledger().note_third_party(entry, party);
    }
    let mut reply = match party {
        ThirdParty::Map => {
            reply(StatusCode::OK, "text/html; charset=utf-8", include_str!("../assets/parties/map.html"))
        }
        ThirdParty::Video => {
            reply(StatusCode::OK, "text/html; charset=utf-8", include_str!("../assets/parties/video.html"))
        }
        ThirdParty::Social => {
            reply(StatusCode::OK, "text/javascript; charset=utf-8", include_str!("../assets/parties/social.js"))
        }
        ThirdParty::Statistics => {
            reply(StatusCode::OK, "text/javascript; charset=utf-8", cookies::script(&page_origin(&visit)))
        }
        ThirdParty::Pixel => reply(StatusCode::OK, "image/gif", Bytes::from_static(super::route::PIXEL)),
    };
    // Its own cookie: the response does not pass through octroi.
    if !party.is_necessary()
        && let Ok(line) =
            HeaderValue::try_from(format!("{}_uid={}; Path=/; Max-Age=31536000", party.id(), cookies::token()))
    {
        reply.headers_mut().append(SET_COOKIE, line);
    }
    reply
}

/// The origin of the page that loads the script, from the query (`at=https://host:port`).
fn page_origin(visit: &Visit) -> Origin {
    let at = visit.parameter("at").unwrap_or_default();
    let (scheme, authority) = at.split_once("://").unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default().to_ascii_lowercase();
    Origin { host, https: scheme == "https" }
}

fn reply(status: StatusCode, content_type: &'static str, content: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(PortalBody::Whole(content.into()));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    // Each page requests it again, so that each is counted.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    reply
}
