//! Why a connection ended.
//!
//! The reason is logged and, if the connection was refused, counted in the metrics.

use std::error::Error;
use std::io;

use http::StatusCode;

use crate::server::listener::proxy_protocol::ProxyHeaderError;
use crate::telemetry::metrics::ConnectionRefusal;

/// Why a connection did not end in good order. The text is for the log.
#[derive(Debug, thiserror::Error)]
pub(in crate::server) enum CloseReason {
    #[error("the peer may not send a PROXY header; name it in the listener's `trusted`")]
    Untrusted,
    #[error(transparent)]
    ProxyHeader(#[from] ProxyHeaderError),
    #[error("the address that the PROXY header announces has `connections_per_address` open already")]
    TooManyOfAddress,
    #[error("the peer spoke in clear where TLS is spoken")]
    ClearText,
    #[error("TLS handshake failed: {0}")]
    Tls(io::Error),
    #[error("a certificate authority asked for a challenge that is not there")]
    UnknownChallenge,
    #[error("a certificate authority's challenge was answered")]
    Challenged,
    #[error("no complete request head within the header timeout")]
    HeaderTimeout,
    #[error("the visitor did not read the response within the body_idle timeout")]
    Stalled,
    #[error("the visitor kept, without reading or sending, what others waited for")]
    Evicted,
    #[error("the visitor abandons one request after the other")]
    Flooded,
    #[error("the connection did not end when it was told to")]
    Lingering,
    #[error("bytes were left over where no request was under way; this is a defect of octroi, please report it")]
    Unread,
    #[error("the process drains and no request came")]
    Drained,
    #[error("the peer left before a request")]
    Left(io::Error),
    #[error("{kind}: {0}", kind = kind(.0))]
    Http(#[from] hyper::Error),
}

impl CloseReason {
    /// Which refusal it counts as in `octroi_connections_refused_total`; `None` for a connection that was served.
    pub(in crate::server) fn refusal(&self) -> Option<ConnectionRefusal> {
        match self {
            Self::Untrusted | Self::ProxyHeader(_) => Some(ConnectionRefusal::ProxyHeader),
            Self::ClearText | Self::Tls(_) | Self::UnknownChallenge => Some(ConnectionRefusal::TlsHandshake),
            Self::TooManyOfAddress => Some(ConnectionRefusal::LimitPerAddress),
            Self::HeaderTimeout => Some(ConnectionRefusal::HeaderTimeout),
            Self::Flooded => Some(ConnectionRefusal::Flood),
            Self::Evicted => Some(ConnectionRefusal::Unread),
            Self::Http(error) if is_flood(error) => Some(ConnectionRefusal::Flood),
            Self::Stalled
            | Self::Lingering
            | Self::Unread
            | Self::Drained
            | Self::Challenged
            | Self::Left(_)
            | Self::Http(_) => None,
        }
    }

    /// The status with which hyper has answered a head that it could not read. 431 (RFC 6585 §5) for a head that is too
    /// large, 400 otherwise; `None` if hyper answered nothing.
    pub(in crate::server) fn answered(&self) -> Option<StatusCode> {
        match self {
            Self::Http(error) if error.is_parse_too_large() => Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
            Self::Http(error) if error.is_parse() => Some(StatusCode::BAD_REQUEST),
            _ => None,
        }
    }
}

/// Whether h2 ended the connection because of too many frames of one kind (RFC 9113 §7, `ENHANCE_YOUR_CALM`).
fn is_flood(error: &hyper::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<h2::Error>());
    cause.is_some_and(|cause| !cause.is_remote() && cause.reason() == Some(h2::Reason::ENHANCE_YOUR_CALM))
}

/// Whether the visitor left before the answer was sent.
fn is_end(error: &hyper::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::UnexpectedEof)
}

/// What an error of hyper means, for the log.
fn kind(error: &hyper::Error) -> &'static str {
    if error.is_parse() {
        "the request is malformed"
    } else if error.is_incomplete_message() || is_end(error) {
        "the visitor left within a request"
    } else if error.is_user() {
        "the response broke off"
    } else {
        "the connection broke"
    }
}
