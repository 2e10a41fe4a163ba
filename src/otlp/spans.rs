//! Makes the OTLP spans of a request, by the semantic conventions for HTTP.
//!
//! The query, header fields, the visitor's address and browser, cookies and consent are left out on purpose: traces are
//! stored elsewhere, for longer, and read by more people than the access log.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{Method, Version};

use super::messages::{AnyValue, KeyValue, Span, SpanKind, Status, StatusCode, Value};
use crate::telemetry::access_log::Record;
use crate::telemetry::spans::{PortalSpan, RequestSpans, SpanIds};

/// `traceparent`'s flag of a trace that is sampled, and OTLP's of a parent that is known to be of this process.
const SAMPLED: u32 = 0x101;
/// OTLP's flag of a parent of another process.
const REMOTE: u32 = 0x200;

/// The span of the request, and that of the request to the portal, if one was sent.
pub(super) fn of(request: RequestSpans) -> Vec<Span> {
    let RequestSpans { ids, https, record, portal } = request;
    let client = portal.map(|portal| client(&ids, &record, &portal));
    let mut spans = vec![server(&ids, https, record)];
    spans.extend(client);
    spans
}

fn server(ids: &SpanIds, https: bool, record: Record) -> Span {
    let mut attributes = Attributes::default();
    attributes.method(&record.method);
    attributes.text("url.scheme", if https { "https" } else { "http" });
    attributes.number("http.response.status_code", record.status);
    attributes.text("network.protocol.version", version(record.version));
    let is_error = record.status >= 500;
    if is_error {
        attributes.text("error.type", record.reason.map_or_else(|| record.status.to_string(), str::to_owned));
    }
    if !record.site.is_empty() {
        attributes.text("octroi.site", &*record.site);
    }
    attributes.text("octroi.termination", record.termination);
    attributes.text("octroi.request_id", record.request_id);
    let parent = ids.parent.map_or_else(Vec::new, |parent| parent.to_vec());
    let flags = if parent.is_empty() { SAMPLED } else { SAMPLED | REMOTE };
    let span = span(ids, ids.server, parent, SpanKind::Server, &record.method, (record.time, record.duration));
    attributes.text("url.path", record.path);
    Span { attributes: attributes.0, status: status(is_error), flags, ..span }
}

fn client(ids: &SpanIds, record: &Record, portal: &PortalSpan) -> Span {
    let mut attributes = Attributes::default();
    attributes.method(&record.method);
    let endpoint = record.endpoint.as_deref();
    let authority = match endpoint.map(|endpoint| endpoint.strip_prefix("unix:").ok_or(endpoint)) {
        None => None,
        Some(Ok(path)) => {
            attributes.text("server.address", path);
            attributes.text("network.transport", "unix");
            Some("localhost")
        }
        Some(Err(endpoint)) => {
            let (host, port) = endpoint.rsplit_once(':').unwrap_or((endpoint, ""));
            attributes.text("server.address", host.trim_matches(['[', ']']));
            if let Ok(port) = port.parse::<u16>() {
                attributes.number("server.port", port);
            }
            Some(endpoint)
        }
    };
    if let Some(authority) = authority {
        let scheme = if portal.https { "https" } else { "http" };
        attributes.text("url.full", format!("{scheme}://{authority}{}", record.path));
    }
    attributes.text("network.protocol.version", "1.1");
    // By the conventions, a 4xx status is an error of the client's span, but not of the server's.
    let is_error = portal.status.is_none_or(|status| status >= 400);
    if let Some(status) = portal.status {
        attributes.number("http.response.status_code", status);
    }
    if is_error {
        let why = record.reason.unwrap_or(record.termination);
        attributes.text("error.type", portal.status.map_or_else(|| why.to_owned(), |status| status.to_string()));
    }
    let begins = record.time.checked_add(portal.begins_after).unwrap_or(record.time);
    let time = (begins, portal.duration);
    let span = span(ids, ids.client, ids.server.to_vec(), SpanKind::Client, &record.method, time);
    Span { attributes: attributes.0, status: status(is_error), flags: SAMPLED, ..span }
}

fn span(
    ids: &SpanIds,
    id: [u8; 8],
    parent: Vec<u8>,
    kind: SpanKind,
    method: &Method,
    (begins, duration): (SystemTime, Duration),
) -> Span {
    let nanoseconds = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    let start = nanoseconds(begins.duration_since(UNIX_EPOCH).unwrap_or_default());
    Span {
        trace_id: ids.trace.to_vec(),
        span_id: id.to_vec(),
        trace_state: ids.state.clone(),
        parent_span_id: parent,
        // Only the method: a path would make a name for each page, and octroi does not know the portal's routes.
        name: known(method).unwrap_or("HTTP").to_owned(),
        kind: kind.into(),
        start_time_unix_nano: start,
        end_time_unix_nano: start.saturating_add(nanoseconds(duration)),
        ..Span::default()
    }
}

fn status(is_error: bool) -> Option<Status> {
    is_error.then(|| Status { code: StatusCode::Error.into() })
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_2 => "2",
        Version::HTTP_11 => "1.1",
        _ => "1.0",
    }
}

/// A method of RFC 9110 or RFC 5789. Others are chosen by visitors, who must not make names of spans.
fn known(method: &Method) -> Option<&str> {
    let known = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
    Some(method.as_str()).filter(|name| known.contains(name))
}

#[derive(Default)]
struct Attributes(Vec<KeyValue>);

impl Attributes {
    fn method(&mut self, method: &Method) {
        self.text("http.request.method", known(method).unwrap_or("_OTHER"));
    }

    fn text(&mut self, key: &str, value: impl Into<String>) {
        self.add(key, Value::Text(value.into()));
    }

    fn number(&mut self, key: &str, value: u16) {
        self.add(key, Value::Number(value.into()));
    }

    fn add(&mut self, key: &str, value: Value) {
        self.0.push(KeyValue { key: key.to_owned(), value: Some(AnyValue { value: Some(value) }) });
    }
}
