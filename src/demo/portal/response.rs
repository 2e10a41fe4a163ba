//! The responses of the sample portal, with the header fields of an Opendatasoft portal.
//!
//! `track` marks a response that sets trackers; `with_trackers` adds their lines last, because they depend on the host of the
//! request.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::body::PortalBody;
use super::cookies::{self, Origin, Source};

/// A response of the sample portal.
pub(super) type Reply = Response<PortalBody>;

/// Opendatasoft sends this field with spaces at its end. HTTP/2 forbids them (RFC 9113 §8.2.1), so a proxy must trim them.
const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self' http://*.localhost:*; style-src 'self' 'unsafe-inline'; img-src 'self' data: http://*.localhost:*; frame-ancestors 'self';  ",
);

/// A page, with its trackers.
pub(super) fn html(status: StatusCode, page: String) -> Reply {
    let source = if status == StatusCode::NOT_FOUND { Source::NotFound } else { Source::Page };
    track(bare_html(status, page), source)
}

/// A page without trackers.
pub(super) fn bare_html(status: StatusCode, page: String) -> Reply {
    let mut reply = whole(status, "text/html; charset=utf-8", page.into());
    reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=0, no-cache"));
    reply
}

/// A response of the Explore API, with the fields of its quota.
pub(super) fn api(status: StatusCode, answer: &serde_json::Value) -> Reply {
    let reply = whole(status, "application/json; charset=utf-8", answer.to_string().into());
    track(api_fields(reply), Source::Api)
}

/// A streamed response of the Explore API, as a download.
pub(super) fn download(content_type: &'static str, name: &str, body: PortalBody) -> Reply {
    let mut reply = api_fields(Response::new(body));
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    set(headers, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    track(reply, Source::Export)
}

/// JSON for the comparison page, without trackers.
pub(super) fn json(text: String) -> Reply {
    let mut reply = whole(StatusCode::OK, "application/json; charset=utf-8", text.into());
    reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    reply
}

/// A static file of the pages.
pub(super) fn asset(content_type: &'static str, bytes: impl Into<Bytes>) -> Reply {
    let mut reply = whole(StatusCode::OK, content_type, bytes.into());
    reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    reply
}

/// The counting image, which is not cached, so that each view is counted.
pub(super) fn pixel(bytes: &'static [u8]) -> Reply {
    let mut reply = whole(StatusCode::OK, "image/gif", Bytes::from_static(bytes));
    reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    track(reply, Source::Pixel)
}

/// A redirect to another page.
pub(super) fn redirect(location: &str) -> Reply {
    let mut reply = whole(StatusCode::FOUND, "text/html; charset=utf-8", Bytes::new());
    set(reply.headers_mut(), header::LOCATION, location);
    reply
}

/// A short text.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Reply {
    whole(status, "text/plain; charset=utf-8", text.into())
}

/// The script that loads the tags, which is revalidated each time, as that of a tag manager.
pub(super) fn tags(script: String) -> Reply {
    let mut reply = whole(StatusCode::OK, "text/javascript; charset=utf-8", script.into());
    reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    track(reply, Source::Tag)
}

/// The sources whose trackers a response sets.
#[derive(Clone, Debug, Default)]
struct Sources(Vec<Source>);

/// Marks a response that sets the trackers of `source`.
pub(super) fn track(mut reply: Reply, source: Source) -> Reply {
    reply.extensions_mut().get_or_insert_with(Sources::default).0.push(source);
    reply
}

/// The response with the trackers of its marks, for a request to `origin`. The last step of every response.
pub(super) fn with_trackers(mut reply: Reply, origin: &Origin) -> Reply {
    let sources = reply.extensions_mut().remove::<Sources>().unwrap_or_default();
    let lines = sources.0.into_iter().flat_map(|source| cookies::headers(source, origin));
    lines.fold(reply, |reply, line| with_cookie(reply, Some(line)))
}

/// The response with one more `Set-Cookie`.
pub(super) fn with_cookie(mut reply: Reply, line: Option<HeaderValue>) -> Reply {
    if let Some(line) = line {
        reply.headers_mut().append(header::SET_COOKIE, line);
    }
    reply
}

fn whole(status: StatusCode, content_type: &'static str, body: Bytes) -> Reply {
    let mut reply = Response::new(PortalBody::Whole(body));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::SERVER, HeaderValue::from_static("openresty"));
    headers.insert(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    reply
}

/// The fields of the quota. Their numbers never change, because nothing is counted.
fn api_fields(mut reply: Reply) -> Reply {
    const FIELDS: [(&str, &str); 6] = [
        ("server", "openresty"),
        ("cache-control", "no-store"),
        ("access-control-allow-origin", "*"),
        ("x-ratelimit-limit", "50000"),
        ("x-ratelimit-remaining", "49999"),
        ("x-ratelimit-reset", "2026-11-24 00:00:00+00:00"),
    ];
    let headers = reply.headers_mut();
    for (name, value) in FIELDS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    reply
}

fn set(headers: &mut HeaderMap, name: http::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
