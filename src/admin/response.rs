//! Responses with a whole body and the fields that keep browsers from guessing, keeping or framing it.
//!
//! Every answer of the listener is made here, so that no path can forget these fields.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::page::CONTENT_SECURITY_POLICY;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use http_body::{Body, Frame, SizeHint};

/// A body that is in memory as a whole and is sent as one frame; the default is an empty one.
#[derive(Debug, Default)]
pub(super) struct Whole(Option<Bytes>);

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// The media type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// UTF-8.
    Text,
    /// The text format of Prometheus.
    Exposition,
    Json,
    /// UTF-8. Only these responses may run the page's own script and style sheet.
    Html,
}

impl Kind {
    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Exposition => "text/plain; version=0.0.4; charset=utf-8",
            Self::Json => "application/json",
            Self::Html => "text/html; charset=utf-8",
        })
    }
}

/// No cache keeps it, no browser guesses another type, no address leaks by `Referer`, nothing loads, and no other site
/// can embed it.
const SAFETY: [(HeaderName, HeaderValue); 5] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// A response with the fields that every answer of this listener has.
pub(super) fn response(status: StatusCode, kind: Kind, body: impl Into<Bytes>) -> Response<Whole> {
    let mut response = Response::new(Whole(Some(body.into())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, kind.content_type());
    response.headers_mut().extend(SAFETY);
    if kind == Kind::Html {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY.clone());
    }
    response
}

/// A JSON document, one level a line. Ends with a newline, so that a terminal shows it well.
pub(super) fn json(status: StatusCode, document: &serde_json::Value) -> Response<Whole> {
    response(status, Kind::Json, format!("{document:#}\n"))
}
