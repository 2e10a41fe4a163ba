//! What an entry says once its producer's ways are put aside: who was asked, when, for what, and whether anybody was.
//!
//! Both readings of a recording see calls and nothing else of an entry but its cookies.

use jiff::Timestamp;
use url::Url;

use super::entry::{Entry, number};
use super::producer::Ways;
use crate::cookie::{SetCookie, UnixTime, is_public_suffix, is_within, site_of};

/// The longest path that is kept, in bytes.
const LONGEST_PATH: usize = 160;

/// A request that went over the network.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of the entry.
pub(in crate::audit) struct Call {
    /// The position in the recording, from 0.
    pub(in crate::audit) entry: usize,
    /// When it began and ended, in milliseconds since 1970.
    pub(in crate::audit) at: i64,
    pub(in crate::audit) ended: i64,
    /// In lower case, without port or last dot; an IPv6 address has no brackets.
    pub(in crate::audit) host: String,
    /// Without query and path parameters, cut at 160 bytes: enough to find the page, too little to hold a token.
    pub(in crate::audit) path: String,
    /// Scheme, host, port and path, without query, fragment, user and password.
    pub(in crate::audit) url: String,
    /// Or `wss`: cookies with `Secure` may be set.
    pub(in crate::audit) https: bool,
    /// Whether its answer is a page, in a window or a frame.
    pub(in crate::audit) is_document: bool,
    /// Whether it is an answer that leads on to another address.
    pub(in crate::audit) is_redirect: bool,
    /// Whether a banner's cookie may have been withheld by the browser (`SameSite`).
    pub(in crate::audit) is_cross_site: bool,
}

impl Call {
    /// The request of the entry at this position, which began at this time; `None` if it called no one.
    ///
    /// Answers from a cache, requests that the browser blocked, and its own (updates and the like) are left out: no
    /// host learnt anything from them.
    pub(super) fn of(entry: &Entry, ways: Ways, position: usize, at: i64) -> Option<Self> {
        let url = network_url(entry)?;
        if is_cached(entry, ways) || is_blocked(entry) || is_the_browsers_own(entry) {
            return None;
        }
        let host = url.host_str()?.trim_matches(['[', ']']);
        let host = host.strip_suffix('.').unwrap_or(host).to_owned();
        if host.is_empty() {
            return None;
        }
        let path = shortened(url.path());
        let status = number(&entry.status).unwrap_or_default();
        // What the browser has kept is a page as well (304).
        let is_redirect = (300.0..304.0).contains(&status) || (305.0..400.0).contains(&status);
        let https = matches!(url.scheme(), "https" | "wss");
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let url = format!("{}://{}{port}{path}", url.scheme(), url.host_str()?);
        let is_cross_site = entry.fetch_site == b"cross-site";
        let (ended, is_document) = (ended(entry, at), is_document(entry));
        Some(Self { entry: position, at, ended, host, path, url, https, is_document, is_redirect, is_cross_site })
    }

    /// Whether a browser keeps a cookie of this host for the domain that the line names (RFC 6265bis §5.7, steps 8 to 10).
    pub(in crate::audit) fn may_set(&self, line: &SetCookie<'_>) -> bool {
        line.named_domain()
            .is_none_or(|domain| domain == self.host || (is_within(&self.host, &domain) && !is_public_suffix(&domain)))
    }

    /// The second in which it began, by which lifetimes and choices are judged.
    pub(in crate::audit) fn now(&self) -> UnixTime {
        UnixTime(self.at.div_euclid(1000))
    }

    /// The registrable domain of the host, or the host itself.
    pub(in crate::audit) fn site(&self) -> &str {
        site_of(&self.host)
    }
}

/// The time at which an entry began, in milliseconds since 1970; `None` if it does not say.
pub(super) fn started(entry: &Entry) -> Option<i64> {
    let text = std::str::from_utf8(&entry.started).ok()?.trim();
    let without_offset = || format!("{text}Z").parse::<Timestamp>().ok();
    text.parse::<Timestamp>().ok().or_else(without_offset).map(Timestamp::as_millisecond)
}

fn ended(entry: &Entry, started: i64) -> i64 {
    // A request that took longer than a day is a fault of the recorder.
    #[expect(clippy::cast_possible_truncation, reason = "it lies between 0 and a day")]
    let duration = entry.duration.clamp(0.0, 86_400_000.0) as i64;
    started.saturating_add(duration)
}

/// Whether an entry says neither who was called nor that nobody was.
pub(super) fn is_unaddressed(entry: &Entry) -> bool {
    parsed_url(entry).is_none()
}

fn network_url(entry: &Entry) -> Option<Url> {
    parsed_url(entry).filter(|url| matches!(url.scheme(), "http" | "https" | "ws" | "wss"))
}

fn parsed_url(entry: &Entry) -> Option<Url> {
    let text = String::from_utf8_lossy(&entry.url);
    // A proxy's tunnel: the host is called, whatever goes through.
    let text =
        if entry.method == b"CONNECT" && !text.contains("://") { format!("https://{text}").into() } else { text };
    Url::parse(text.trim()).ok().or_else(|| of_host(entry))
}

/// Of an address that was taken out or is none, the host may be left among the request's fields.
fn of_host(entry: &Entry) -> Option<Url> {
    let host = std::str::from_utf8(&entry.host).ok()?.trim();
    let is_host = !host.is_empty() && !host.contains(['/', '\\', '@', '?', '#']);
    is_host.then(|| Url::parse(&format!("https://{host}/")).ok()).flatten()
}

/// Whether the answer came from the browser's own memory or disk.
fn is_cached(entry: &Entry, ways: Ways) -> bool {
    // Firefox repeats the stored response's fields, and the cookies that it would have sent.
    let nothing_went = entry.request_headers_size == b"0" && entry.response_headers_size == b"0";
    entry.from_cache
        || matches!(entry.fetch_type.as_slice(), b"Memory Cache" | b"Disk Cache")
        || (ways == Ways::Firefox && nothing_went && !entry.has_server_address)
}

/// Whether the browser did not let it leave. Other failures may have reached the host; and what is blocked for its response has.
fn is_blocked(entry: &Entry) -> bool {
    let reason = entry.error.strip_prefix(b"net::ERR_BLOCKED_BY_");
    let is_for_response = |reason: &[u8]| reason.starts_with(b"ORB") || reason.starts_with(b"RESPONSE");
    number(&entry.status).unwrap_or_default() == 0.0 && reason.is_some_and(|reason| !is_for_response(reason))
}

/// Whether no page asked for it: updates and the like, which a proxy records.
fn is_the_browsers_own(entry: &Entry) -> bool {
    entry.fetch_site == b"none" && !matches!(entry.fetch_mode.as_slice(), b"" | b"navigate")
}

fn is_document(entry: &Entry) -> bool {
    let is_page = |mime: &[u8]| mime.starts_with(b"text/html") || mime.starts_with(b"application/xhtml");
    match entry.resource_type.as_slice() {
        b"document" => true,
        b"" => match entry.fetch_dest.as_slice() {
            b"document" | b"iframe" | b"frame" => true,
            b"" => is_page(&entry.mime_type),
            _ => false,
        },
        _ => false,
    }
}

/// Without parameters, which may be the session's (`;jsessionid=…`), and not longer than is kept.
fn shortened(path: &str) -> String {
    let path = path.split(';').next().unwrap_or_default();
    let end = path.floor_char_boundary(LONGEST_PATH);
    match path.get(..end) {
        Some(start) if start.len() < path.len() => format!("{start}…"),
        _ => path.to_owned(),
    }
}
