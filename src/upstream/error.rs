//! Why the portal gave no usable response: what the operator should do, what the visitor gets, what the log says.
//!
//! Like `proxy::error`, it has a row for each error in each table.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use rustix::io::Errno;
use tokio_rustls::rustls;

use super::request_body::RequestBodyError;
use crate::health::Failure;
use crate::http::h1::{Refusal, TargetUnsound};
use crate::telemetry::metrics::UpstreamEvent;

/// Why an exchange with the portal broke off.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    /// The portal ended the connection before the response's end.
    #[error("it ended before the response did")]
    Incomplete,
    /// The connection broke.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The bytes that were received are no HTTP/1.1.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The request's body ended early.
    #[error(transparent)]
    Upload(#[from] RequestBodyError),
}

/// Why the portal gave no usable response. [`Self::status`] is what the visitor gets, [`Self::proxy_status`] the
/// `error` parameter of `Proxy-Status` (RFC 9209 §2.3), [`Self::termination`] the word of the access log.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum UpstreamError {
    /// A file that the site's `[site.upstream]` names cannot be used.
    #[error("cannot use {path}, which [site.upstream] names: {reason}")]
    Settings { path: PathBuf, reason: String },
    /// The portal's name has no address.
    #[error("cannot resolve `{host}`: {source}; check the name, or set `connect` to an address")]
    Resolve { host: String, source: io::Error },
    /// The portal was not reached at any of its addresses.
    #[error("cannot connect to {endpoint}: {source}; check that the portal listens there and is reachable from here")]
    Connect { endpoint: Arc<str>, source: io::Error },
    /// The portal's Unix socket could not be opened.
    #[error("cannot connect to {endpoint} as user {user} and group {group}: {source}; {advice}")]
    UnixSocket { endpoint: Arc<str>, user: u32, group: u32, source: io::Error, advice: &'static str },
    /// octroi has no descriptor or no memory left for a connection. The portal is not at fault.
    #[error(
        "no connection to {endpoint}: {source}; octroi itself is short of it, raise its limits or lower `connections`"
    )]
    Exhausted { endpoint: Arc<str>, source: io::Error },
    /// As many connections to the portal are in use as may be.
    #[error(
        "no connection to the portal is free (`upstream_connections`); requests wait for one for `upstream_connect` at most"
    )]
    Busy,
    /// Bytes that wait for slow visitors use all of `buffer_bytes`.
    #[error("what visitors have not read yet takes all of `buffer_bytes`; the slowest of them are ended, or raise it")]
    BuffersFull,
    /// The connection (name, TCP, TLS) was not established in time.
    #[error("no connection to {endpoint} within {after:?} (`upstream_connect`)")]
    ConnectTimeout { endpoint: Arc<str>, after: Duration },
    /// The portal's certificate does not prove that it is the portal.
    #[error("the certificate that {endpoint} showed for `{name}` is refused: {reason}; {advice}")]
    Certificate { endpoint: Arc<str>, name: String, reason: rustls::CertificateError, advice: &'static str },
    /// The TLS handshake failed for another reason.
    #[error("the TLS handshake with {endpoint} failed: {source}; check that it speaks TLS 1.2 or 1.3 on this port")]
    Tls { endpoint: Arc<str>, source: io::Error },
    /// The connection ended before the head of a response.
    #[error("{endpoint} closed the connection before it answered: {source}")]
    ConnectionLost { endpoint: Arc<str>, source: Lost },
    /// No head of a response was received in time.
    #[error("no response from {endpoint} within {after:?} (`upstream_response`)")]
    ResponseTimeout { endpoint: Arc<str>, after: Duration },
    /// The portal did not take the request's body in time.
    #[error("{endpoint} stopped reading the request's body (`body_idle`)")]
    UploadTimeout { endpoint: Arc<str> },
    /// The bytes that were received are not an HTTP/1 response.
    #[error("{endpoint} answered with something that is not a sound HTTP/1.1 response: {reason}")]
    ResponseInvalid { endpoint: Arc<str>, reason: String },
    /// The head of the response has too many fields or bytes.
    #[error("the response head of {endpoint} exceeds `upstream_headers` or `upstream_header_bytes`")]
    ResponseHeadTooLarge { endpoint: Arc<str> },
    /// The request's head cannot be written; `proxy` refuses such targets before.
    #[error(transparent)]
    RequestInvalid(#[from] TargetUnsound),
    /// The visitor's body exceeds `body_bytes`.
    #[error("the request's body exceeds `body_bytes`")]
    RequestTooLarge,
    /// The visitor stopped sending the body.
    #[error("the visitor stopped sending the request's body (`body_idle`)")]
    RequestTimeout,
    /// The visitor's body broke off.
    #[error("the request's body broke off")]
    RequestAborted,
}

impl From<RequestBodyError> for UpstreamError {
    fn from(error: RequestBodyError) -> Self {
        match error {
            RequestBodyError::TooLarge => Self::RequestTooLarge,
            RequestBodyError::Aborted => Self::RequestAborted,
            RequestBodyError::Idle => Self::RequestTimeout,
        }
    }
}

impl UpstreamError {
    /// No TCP connection, for this reason.
    pub(super) fn connecting(endpoint: &Arc<str>, source: io::Error) -> Self {
        let endpoint = Arc::clone(endpoint);
        if is_own_shortage(&source) { Self::Exhausted { endpoint, source } } else { Self::Connect { endpoint, source } }
    }

    /// The endpoint that gave no usable response, if one was asked.
    pub fn endpoint(&self) -> Option<&Arc<str>> {
        match self {
            Self::Connect { endpoint, .. }
            | Self::UnixSocket { endpoint, .. }
            | Self::Exhausted { endpoint, .. }
            | Self::ConnectTimeout { endpoint, .. }
            | Self::Certificate { endpoint, .. }
            | Self::Tls { endpoint, .. }
            | Self::ConnectionLost { endpoint, .. }
            | Self::ResponseTimeout { endpoint, .. }
            | Self::UploadTimeout { endpoint }
            | Self::ResponseInvalid { endpoint, .. }
            | Self::ResponseHeadTooLarge { endpoint } => Some(endpoint),
            _ => None,
        }
    }

    /// The status that the visitor gets.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::ConnectTimeout { .. } | Self::ResponseTimeout { .. } | Self::UploadTimeout { .. } => {
                StatusCode::GATEWAY_TIMEOUT
            }
            Self::Exhausted { .. } | Self::Busy | Self::BuffersFull => StatusCode::SERVICE_UNAVAILABLE,
            Self::RequestTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::RequestInvalid(_) | Self::RequestAborted => StatusCode::BAD_REQUEST,
            _ => StatusCode::BAD_GATEWAY,
        }
    }

    /// The error type of `Proxy-Status` (RFC 9209 §2.3).
    pub fn proxy_status(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "proxy_configuration_error",
            Self::Resolve { .. } => "dns_error",
            Self::Connect { source, .. } | Self::UnixSocket { source, .. } => connect_status(source.kind()),
            Self::Exhausted { .. } | Self::BuffersFull => "proxy_internal_error",
            Self::Busy => "connection_limit_reached",
            Self::ConnectTimeout { .. } => "connection_timeout",
            Self::Certificate { .. } => "tls_certificate_error",
            Self::Tls { source, .. } if is_alert(source) => "tls_alert_received",
            Self::Tls { .. } => "tls_protocol_error",
            Self::ConnectionLost { source: Lost::Incomplete, .. } => "http_response_incomplete",
            Self::ConnectionLost { .. } => "connection_terminated",
            Self::ResponseTimeout { .. } => "http_response_timeout",
            Self::UploadTimeout { .. } => "connection_write_timeout",
            Self::ResponseInvalid { .. } => "http_protocol_error",
            Self::ResponseHeadTooLarge { .. } => "http_response_header_section_size",
            Self::RequestInvalid(_) | Self::RequestTooLarge | Self::RequestTimeout | Self::RequestAborted => {
                "http_request_error"
            }
        }
    }

    /// How the access log names it.
    pub fn termination(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "upstream_settings",
            Self::Resolve { .. } => "upstream_resolve",
            Self::Connect { .. } | Self::UnixSocket { .. } => "upstream_connect",
            Self::Exhausted { .. } => "exhausted",
            Self::Busy | Self::BuffersFull => "upstream_busy",
            Self::ConnectTimeout { .. } => "upstream_connect_timeout",
            Self::Certificate { .. } | Self::Tls { .. } => "upstream_tls",
            Self::ConnectionLost { .. } => "upstream_closed",
            Self::ResponseTimeout { .. } => "upstream_response_timeout",
            Self::UploadTimeout { .. } => "upstream_upload_timeout",
            Self::ResponseInvalid { .. } | Self::ResponseHeadTooLarge { .. } => "upstream_invalid",
            Self::RequestInvalid(_) => "request_invalid",
            Self::RequestTooLarge => "request_too_large",
            Self::RequestTimeout => "request_timeout",
            Self::RequestAborted => "request_aborted",
        }
    }

    /// The event by which the metrics of the portal count it; `None` if the visitor caused the error.
    pub(super) fn event(&self) -> Option<UpstreamEvent> {
        Some(match self {
            Self::Resolve { .. } => UpstreamEvent::ResolveFailed,
            Self::Connect { .. } | Self::UnixSocket { .. } | Self::Exhausted { .. } => UpstreamEvent::ConnectFailed,
            Self::Busy | Self::BuffersFull => UpstreamEvent::Busy,
            Self::ConnectTimeout { .. } => UpstreamEvent::ConnectTimeout,
            Self::Settings { .. } | Self::Certificate { .. } | Self::Tls { .. } => UpstreamEvent::TlsFailed,
            Self::ConnectionLost { .. } => UpstreamEvent::ConnectionLost,
            Self::ResponseTimeout { .. } => UpstreamEvent::ResponseTimeout,
            Self::UploadTimeout { .. } => UpstreamEvent::BodyTimeout,
            Self::ResponseInvalid { .. } | Self::ResponseHeadTooLarge { .. } => UpstreamEvent::ResponseInvalid,
            Self::RequestInvalid(_) | Self::RequestTooLarge | Self::RequestTimeout | Self::RequestAborted => {
                return None;
            }
        })
    }

    /// The failure of the endpoint that was tried; `None` if the request, the settings or octroi are to blame.
    pub(super) fn failure(&self) -> Option<Failure> {
        match self {
            Self::Resolve { .. }
            | Self::Connect { .. }
            | Self::UnixSocket { .. }
            | Self::ConnectTimeout { .. }
            | Self::Certificate { .. }
            | Self::Tls { .. } => Some(Failure::Unreachable),
            Self::ConnectionLost { .. }
            | Self::ResponseTimeout { .. }
            | Self::UploadTimeout { .. }
            | Self::ResponseInvalid { .. } => Some(Failure::Broken),
            Self::Settings { .. }
            | Self::Exhausted { .. }
            | Self::Busy
            | Self::BuffersFull
            | Self::ResponseHeadTooLarge { .. }
            | Self::RequestInvalid(_)
            | Self::RequestTooLarge
            | Self::RequestTimeout
            | Self::RequestAborted => None,
        }
    }
}

/// Whether the process or the system has no descriptor or memory left for a connection.
pub(super) fn is_own_shortage(error: &io::Error) -> bool {
    let known = error.raw_os_error().map(Errno::from_raw_os_error);
    matches!(known, Some(Errno::MFILE | Errno::NFILE | Errno::NOBUFS | Errno::NOMEM))
}

fn connect_status(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::ConnectionRefused => "connection_refused",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "destination_ip_unroutable",
        _ => "destination_unavailable",
    }
}

/// The TLS error inside an I/O error of the handshake. `None` if it is of another kind.
pub(super) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

fn is_alert(error: &io::Error) -> bool {
    matches!(tls_error(error), Some(rustls::Error::AlertReceived(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connect(kind: io::ErrorKind) -> UpstreamError {
        UpstreamError::Connect { endpoint: "portal:80".into(), source: kind.into() }
    }

    #[test]
    fn a_refusal_and_a_timeout_are_told_apart() {
        let refused = connect(io::ErrorKind::ConnectionRefused);
        assert_eq!((refused.status().as_u16(), refused.proxy_status()), (502, "connection_refused"));
        assert_eq!(connect(io::ErrorKind::NetworkUnreachable).proxy_status(), "destination_ip_unroutable");
        assert_eq!(connect(io::ErrorKind::AddrNotAvailable).proxy_status(), "destination_unavailable");
        let timeout = UpstreamError::ConnectTimeout { endpoint: "portal:80".into(), after: Duration::from_secs(3) };
        assert_eq!((timeout.status().as_u16(), timeout.proxy_status()), (504, "connection_timeout"));
    }

    #[test]
    fn what_octroi_itself_lacks_is_no_fault_of_the_endpoints() {
        let of = |errno: Errno| UpstreamError::connecting(&"portal:80".into(), errno.into());
        for shortage in [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM] {
            assert_eq!((of(shortage).status().as_u16(), of(shortage).failure()), (503, None));
        }
        assert_eq!(
            (of(Errno::CONNREFUSED).status().as_u16(), of(Errno::CONNREFUSED).failure()),
            (502, Some(Failure::Unreachable))
        );
    }

    #[test]
    fn the_visitors_faults_are_not_counted_as_the_portals() {
        assert_eq!(UpstreamError::RequestTooLarge.status(), StatusCode::PAYLOAD_TOO_LARGE);
        for error in [UpstreamError::RequestTooLarge, UpstreamError::RequestTimeout, UpstreamError::RequestAborted] {
            assert_eq!((error.event(), error.failure()), (None, None));
        }
    }
}
