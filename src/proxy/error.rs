//! Why octroi answers in the portal's place, and with what: status, log word, `Proxy-Status`.
//!
//! Each error has one row in each table, so a new one does not compile before it is in all of them.

use std::sync::Arc;

use http::StatusCode;

use super::panics::Panicked;
use super::termination::Termination;
use crate::http::h1::Refusal;
use crate::upstream::UpstreamError;

/// Why a request gets no response of the portal. `Display` is what the visitor reads: it names nothing internal.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProxyError {
    /// A head that two programs could read in two ways, or none (RFC 9112).
    #[error("The request cannot be read: {0}.")]
    Malformed(#[from] Refusal),
    /// `CONNECT` and `TRACE`: a reverse proxy tunnels for nobody, and echoes no head that may hold a session.
    #[error("This method is not allowed here.")]
    MethodNotAllowed,
    /// An extended CONNECT to another protocol than WebSocket (RFC 8441 §4).
    #[error("Of the protocols that a request may ask for, only WebSocket is served here.")]
    ProtocolUnknown,
    /// Neither origin-form nor absolute-form, nor `*` with `OPTIONS` (RFC 9112 §3.2), or with bytes that no target has.
    #[error(
        "The request target must be a path, or an http(s) address, without spaces, control characters or a fragment."
    )]
    InvalidTarget,
    /// Longer than `limits.target_bytes`.
    #[error("The request target is too long.")]
    TargetTooLong,
    /// No `Host` and no authority in the target (RFC 9112 §3.2).
    #[error("The request must name exactly one host; it names none.")]
    HostMissing,
    /// Several `Host` fields (RFC 9112 §3.2).
    #[error("The request must name exactly one host; it names several.")]
    HostRepeated,
    /// Neither a name nor an address, with or without a port.
    #[error("The request's host must be a name or an address, with or without a port.")]
    HostInvalid,
    /// `Host` is not the authority of the target (RFC 9112 §3.2.2, RFC 9113 §8.3.1).
    #[error("The request's host and its target disagree.")]
    HostDisagrees,
    /// White space around a value, which no part of it is (RFC 9113 §8.2.1).
    #[error("The request's header fields must not begin or end with white space.")]
    FieldInvalid,
    /// More than `limits.headers`.
    #[error("The request has too many header fields.")]
    TooManyFields,
    /// More than `limits.header_bytes`.
    #[error("The request's header fields are too large.")]
    FieldsTooLarge,
    /// More than `limits.header_bytes`, for its cookies.
    #[error(
        "The cookies that your browser sends here are too large together. This answer removes those that you have not \
         agreed to, so please load the page again. If that does not help, delete the cookies of this site."
    )]
    CookiesTooLarge,
    /// `Content-Length` is no number, or there are several.
    #[error("The request's Content-Length must be one number.")]
    ContentLengthInvalid,
    /// `Content-Length` is over `limits.body_bytes`.
    #[error("The request's body is too large.")]
    BodyTooLarge,
    /// More than `limits.request_rate`.
    #[error("Too many requests came from this address. Please try again in a second.")]
    RateExceeded,
    /// `Connection` lists a field that is meant for the portal (RFC 9110 §7.6.1).
    #[error("The request's Connection field must list connection options only.")]
    ConnectionInvalid,
    /// No site answers to the host.
    #[error("No site with this name is served here.")]
    UnknownHost,
    /// The host's site is another one than TLS was set up for (RFC 9110 §15.5.20).
    #[error("This connection was set up for another site.")]
    OtherSite,
    /// Under the path of the charter's page there is nothing else.
    #[error("There is no such page here.")]
    PageMissing,
    /// The charter's page can be read, and nothing else.
    #[error("This page can only be read.")]
    PageReadOnly,
    /// A request for the path of reports that is no report.
    #[error("Only a browser's report on a page's policy is taken here.")]
    NoReport,
    /// A path of the site that belongs to a third party to which the visitor did not agree.
    #[error("This belongs to a third party, to which the visitor has not agreed.")]
    ThirdPartyHeld,
    /// This process has sent the request on before: the site's upstream leads back to octroi.
    #[error("This request has come back to the proxy that sent it on.")]
    CameBack,
    /// A defect of octroi's own.
    #[error("This proxy made a mistake of its own. Please try again in a moment.")]
    Panicked(#[from] Panicked),
    /// A 101 that nobody asked for, or that switches to something else.
    #[error("The site switched protocols without being asked to.")]
    UnexpectedSwitch,
    /// A 2xx in answer to an extended CONNECT, which would be the tunnel that the portal does not open.
    #[error("The site answered a request for a WebSocket with something else.")]
    SwitchMissing,
    /// The portal gave no usable response.
    #[error("The site behind this proxy gave no usable answer. Please try again in a moment.")]
    Upstream(#[from] UpstreamError),
}

impl ProxyError {
    /// What the visitor gets.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::MethodNotAllowed | Self::PageReadOnly | Self::NoReport => StatusCode::METHOD_NOT_ALLOWED,
            Self::ProtocolUnknown => StatusCode::NOT_IMPLEMENTED,
            Self::Malformed(Refusal::TooLarge) | Self::TooManyFields | Self::FieldsTooLarge | Self::CookiesTooLarge => {
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
            }
            Self::Malformed(_)
            | Self::InvalidTarget
            | Self::HostMissing
            | Self::HostRepeated
            | Self::HostInvalid
            | Self::HostDisagrees
            | Self::FieldInvalid
            | Self::ContentLengthInvalid
            | Self::ConnectionInvalid => StatusCode::BAD_REQUEST,
            Self::ThirdPartyHeld => StatusCode::FORBIDDEN,
            Self::PageMissing => StatusCode::NOT_FOUND,
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RateExceeded => StatusCode::TOO_MANY_REQUESTS,
            Self::UnknownHost | Self::OtherSite => StatusCode::MISDIRECTED_REQUEST,
            Self::Panicked(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::CameBack | Self::UnexpectedSwitch | Self::SwitchMissing => StatusCode::BAD_GATEWAY,
            Self::Upstream(error) => error.status(),
        }
    }

    /// The `error` parameter of `Proxy-Status` (RFC 9209 §2.3).
    pub(super) fn proxy_status(&self) -> &'static str {
        match self {
            Self::UnknownHost | Self::OtherSite => "destination_not_found",
            Self::MethodNotAllowed
            | Self::PageMissing
            | Self::PageReadOnly
            | Self::NoReport
            | Self::ThirdPartyHeld
            | Self::BodyTooLarge
            | Self::RateExceeded => "http_request_denied",
            Self::CameBack => "proxy_loop_detected",
            Self::Panicked(_) => "proxy_internal_error",
            Self::UnexpectedSwitch | Self::SwitchMissing => "http_upgrade_failed",
            Self::Upstream(error) => error.proxy_status(),
            _ => "http_request_error",
        }
    }

    /// The word of the access log.
    pub(super) fn termination(&self) -> Termination {
        match self {
            Self::UnknownHost | Self::OtherSite => Termination::Misdirected,
            Self::RateExceeded => Termination::RateExceeded,
            Self::PageMissing | Self::PageReadOnly | Self::NoReport | Self::ThirdPartyHeld => Termination::Ok,
            Self::CameBack => Termination::CameBack,
            Self::Panicked(_) => Termination::Panicked,
            Self::UnexpectedSwitch | Self::SwitchMissing => Termination::UpstreamFailed("upstream_invalid"),
            Self::Upstream(error) => Termination::UpstreamFailed(error.termination()),
            _ => Termination::Rejected,
        }
    }

    /// Why, in the access log: a word for each reason, or what `Proxy-Status` says of the portal.
    pub(super) fn reason(&self) -> &'static str {
        match self {
            Self::Malformed(Refusal::TooLarge) | Self::FieldsTooLarge => "fields_too_large",
            Self::Malformed(_) => "malformed",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::ProtocolUnknown => "protocol_unknown",
            Self::InvalidTarget => "target_invalid",
            Self::TargetTooLong => "target_too_long",
            Self::HostMissing => "host_missing",
            Self::HostRepeated => "host_repeated",
            Self::HostInvalid => "host_invalid",
            Self::HostDisagrees => "host_disagrees",
            Self::FieldInvalid => "field_invalid",
            Self::TooManyFields => "too_many_fields",
            Self::CookiesTooLarge => "cookies_too_large",
            Self::ContentLengthInvalid => "content_length_invalid",
            Self::BodyTooLarge => "body_too_large",
            Self::RateExceeded => "rate_exceeded",
            Self::ConnectionInvalid => "connection_invalid",
            Self::UnknownHost => "unknown_host",
            Self::OtherSite => "other_site",
            Self::PageMissing => "page_missing",
            Self::PageReadOnly => "page_read_only",
            Self::NoReport => "no_report",
            Self::ThirdPartyHeld => "third_party_held",
            Self::CameBack => "came_back",
            Self::Panicked(_) => "panicked",
            Self::UnexpectedSwitch => "unexpected_switch",
            Self::SwitchMissing => "switch_missing",
            Self::Upstream(error) => error.proxy_status(),
        }
    }

    /// The endpoint that gave no usable response.
    pub(super) fn endpoint(&self) -> Option<&Arc<str>> {
        match self {
            Self::Upstream(error) => error.endpoint(),
            _ => None,
        }
    }

    /// Whether the request itself is at fault: what follows it on the connection cannot be trusted to be a request.
    pub(super) fn is_rejection(&self) -> bool {
        self.termination() == Termination::Rejected
    }
}

/// The access log's reason for a request whose head could not be read.
pub(super) fn unread(status: StatusCode) -> &'static str {
    match status {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "fields_too_large",
        StatusCode::URI_TOO_LONG => "target_too_long",
        StatusCode::REQUEST_TIMEOUT => "header_timeout",
        _ => "malformed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_fits_into_proxy_status() {
        let errors = [
            ProxyError::MethodNotAllowed,
            ProxyError::ProtocolUnknown,
            ProxyError::InvalidTarget,
            ProxyError::TargetTooLong,
            ProxyError::HostMissing,
            ProxyError::HostRepeated,
            ProxyError::HostInvalid,
            ProxyError::HostDisagrees,
            ProxyError::FieldInvalid,
            ProxyError::TooManyFields,
            ProxyError::FieldsTooLarge,
            ProxyError::CookiesTooLarge,
            ProxyError::ContentLengthInvalid,
            ProxyError::BodyTooLarge,
            ProxyError::RateExceeded,
            ProxyError::ConnectionInvalid,
            ProxyError::UnknownHost,
            ProxyError::OtherSite,
            ProxyError::PageMissing,
            ProxyError::PageReadOnly,
            ProxyError::NoReport,
            ProxyError::ThirdPartyHeld,
            ProxyError::CameBack,
            ProxyError::Panicked(Panicked),
            ProxyError::UnexpectedSwitch,
            ProxyError::SwitchMissing,
            ProxyError::Upstream(UpstreamError::RequestTooLarge),
        ];
        for error in errors {
            let text = error.to_string();
            // An sf-string (RFC 8941 §3.3.3) that needs no escape.
            assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && !matches!(byte, b'"' | b'\\')), "{text}");
            assert!(error.status().is_client_error() || error.status().is_server_error(), "{text}");
        }
    }

    #[test]
    fn whose_fault_it_is_decides_the_word() {
        assert_eq!(ProxyError::HostMissing.termination().as_str(), "rejected");
        assert_eq!(ProxyError::UnknownHost.termination().as_str(), "misdirected");
        let too_large = ProxyError::from(UpstreamError::RequestTooLarge);
        assert_eq!((too_large.status().as_u16(), too_large.termination().as_str()), (413, "request_too_large"));
    }
}
