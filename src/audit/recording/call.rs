//! The request of an entry, with the differences between producers evened out: its host, its times, its kind, and whether
//! it used the network at all.
//!
//! Both readings of a recording use calls, and of the entry itself only the cookies and a few header fields.

use jiff::Timestamp;
use url::Url;

use super::entry::{Entry, number};
use super::producer::Behaviour;
use crate::cookie::{SetCookie, UnixTime, is_public_suffix, is_within, site_of};

/// The longest path that is kept and shown, in bytes.
const LONGEST_PATH: usize = 160;

/// A request that went over the network.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of the entry.
pub(in crate::audit) struct Call {
    /// The position in the recording, from 0.
    pub(in crate::audit) entry: usize,
    /// When it began, in milliseconds since 1970.
    pub(in crate::audit) at: i64,
    /// When its response ended, in milliseconds since 1970.
    pub(in crate::audit) ended: i64,
    /// In lower case, without port or final dot; an IPv6 address has no brackets.
    pub(in crate::audit) host: String,
    /// Whole, to be compared. It may hold a token, so what is shown is `url`.
    pub(in crate::audit) path: String,
    /// Scheme, host, port and path. The path has no parameters and is cut at 160 bytes: enough to find the page, too little to
    /// hold a token.
    pub(in crate::audit) url: String,
    /// Whether its scheme is `https` or `wss`.
    pub(in crate::audit) https: bool,
    /// Whether its response is a page, in a window or a frame.
    pub(in crate::audit) is_document: bool,
    /// Whether its response redirects to another address.
    pub(in crate::audit) is_redirect: bool,
    /// Whether a banner's cookie may have been withheld by the browser (`SameSite`).
    pub(in crate::audit) is_cross_site: bool,
}

impl Call {
    /// The request of the entry at this position, which began at `at` (milliseconds since 1970); `None` if it used no
    /// network, as responses from a cache and blocked requests, or if it is the browser's own (an update).
    pub(super) fn of(entry: &Entry, behaviour: Behaviour, position: usize, at: i64) -> Option<Self> {
        let url = network_url(entry)?;
        if is_cached(entry, behaviour) || is_blocked(entry) || is_the_browsers_own(entry) {
            return None;
        }
        let host = url.host_str()?.trim_matches(['[', ']']);
        let host = host.strip_suffix('.').unwrap_or(host).to_owned();
        if host.is_empty() {
            return None;
        }
        let path = url.path().to_owned();
        let status = number(&entry.status).unwrap_or_default();
        // 304 is no redirect: the browser shows the page that it has stored.
        let is_redirect = (300.0..304.0).contains(&status) || (305.0..400.0).contains(&status);
        let https = matches!(url.scheme(), "https" | "wss");
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let url = format!("{}://{}{port}{}", url.scheme(), url.host_str()?, shortened(&path));
        let is_cross_site = entry.fetch_site == b"cross-site";
        let (ended, is_document) = (ended(entry, at), is_document(entry));
        Some(Self { entry: position, at, ended, host, path, url, https, is_document, is_redirect, is_cross_site })
    }

    /// Whether a browser accepts the domain that a line of this host names (RFC 6265bis §5.7, steps 8 to 10).
    pub(in crate::audit) fn may_set(&self, line: &SetCookie<'_>) -> bool {
        line.named_domain()
            .is_none_or(|domain| domain == self.host || (is_within(&self.host, &domain) && !is_public_suffix(&domain)))
    }

    /// The second in which it began: lifetimes and choices are judged by it.
    pub(in crate::audit) fn now(&self) -> UnixTime {
        UnixTime(self.at.div_euclid(1000))
    }

    /// The registrable domain of the host, or the host itself.
    pub(in crate::audit) fn site(&self) -> &str {
        site_of(&self.host)
    }
}

/// When an entry began, in milliseconds since 1970; `None` if it has no readable time. Without an offset, it is UTC.
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

/// Whether an entry has neither a readable URL nor a host.
pub(super) fn is_unaddressed(entry: &Entry) -> bool {
    parsed_url(entry).is_none()
}

fn network_url(entry: &Entry) -> Option<Url> {
    parsed_url(entry).filter(|url| matches!(url.scheme(), "http" | "https" | "ws" | "wss"))
}

fn parsed_url(entry: &Entry) -> Option<Url> {
    let text = String::from_utf8_lossy(&entry.url);
    // A proxy's tunnel: its target is a host and a port, without a scheme.
    let text =
        if entry.method == b"CONNECT" && !text.contains("://") { format!("https://{text}").into() } else { text };
    Url::parse(text.trim()).ok().or_else(|| of_host(entry))
}

/// The address by the request's `Host` field, for an entry whose URL was removed or cannot be read.
fn of_host(entry: &Entry) -> Option<Url> {
    let host = std::str::from_utf8(&entry.host).ok()?.trim();
    let is_host = !host.is_empty() && !host.contains(['/', '\\', '@', '?', '#']);
    is_host.then(|| Url::parse(&format!("https://{host}/")).ok()).flatten()
}

/// Whether the response came from the browser's memory or disk cache.
fn is_cached(entry: &Entry, behaviour: Behaviour) -> bool {
    // Firefox repeats the stored response's fields, and the cookies that it would have sent.
    let nothing_went = entry.request_headers_size == b"0" && entry.response_headers_size == b"0";
    entry.from_cache
        || matches!(entry.fetch_type.as_slice(), b"Memory Cache" | b"Disk Cache")
        || (behaviour == Behaviour::Firefox && nothing_went && !entry.has_server_address)
}

/// Whether the browser blocked the request before it was sent. Other failures may have reached the host, and a request
/// that was blocked for its response has.
fn is_blocked(entry: &Entry) -> bool {
    let reason = entry.error.strip_prefix(b"net::ERR_BLOCKED_BY_");
    let is_for_response = |reason: &[u8]| reason.starts_with(b"ORB") || reason.starts_with(b"RESPONSE");
    number(&entry.status).unwrap_or_default() == 0.0 && reason.is_some_and(|reason| !is_for_response(reason))
}

/// Whether no page made it: a proxy's recording shows the browser's updates, too.
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

/// The path without parameters, which may hold a session (`;jsessionid=…`), cut at [`LONGEST_PATH`].
fn shortened(path: &str) -> String {
    let path = path.split(';').next().unwrap_or_default();
    let end = path.floor_char_boundary(LONGEST_PATH);
    match path.get(..end) {
        Some(start) if start.len() < path.len() => format!("{start}…"),
        _ => path.to_owned(),
    }
}
