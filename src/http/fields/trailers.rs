//! Fields that may not be trailers, because a recipient must know them before the body (RFC 9110 §6.5.1).
//!
//! A recipient may merge trailers into the head, and would then read fields that octroi has not judged. So whatever octroi
//! removes from a head, or replaces in it, may not be a trailer, either.

use http::HeaderName;

use super::{forwarding, is_hop_by_hop};

/// Whether a field may be a trailer in neither direction: those of one connection, framing, routing, caching, and cookies,
/// which would not be judged there.
fn is_forbidden(name: &HeaderName) -> bool {
    let others = ["cache-control", "content-length", "host", "set-cookie", "set-cookie2", "trailer"];
    is_hop_by_hop(name) || others.contains(&name.as_str())
}

/// Whether a field may not be a trailer of a request. Beyond [`is_forbidden`]: authentication, fields that modify the request
/// or describe its content, and forwarding fields.
#[rustfmt::skip]
pub(crate) fn is_forbidden_request_trailer(name: &HeaderName) -> bool {
    let text = name.as_str();
    let others = matches!(
        text,
        "authorization" | "cdn-loop" | "content-disposition" | "content-encoding" | "content-language"
            | "content-location" | "content-range" | "content-type" | "cookie" | "cookie2" | "expect" | "max-forwards"
            | "pragma" | "range" | "via" | "x-request-id"
    );
    let begins = ["accept", "if-", "proxy-", "sec-"];
    is_forbidden(name)
        || others
        || begins.iter().any(|beginning| text.starts_with(beginning))
        || forwarding::is_forged(name, false)
}

/// Whether a field may not be a trailer of a response. Beyond [`is_forbidden`]: redirects.
pub(crate) fn is_forbidden_response_trailer(name: &HeaderName) -> bool {
    is_forbidden(name) || matches!(name.as_str(), "alt-svc" | "location")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_no_trailers_that_belong_in_its_head() {
        let forbidden = |name: &&str| is_forbidden_request_trailer(&HeaderName::from_bytes(name.as_bytes()).unwrap());
        for name in [
            "Cookie", "Host", "Content-Length", "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Request-ID",
            "Content-Type", "Keep-Alive", "Via", "Range", "If-Match", "Authorization", "Proxy-Authorization",
            "Sec-GPC", "Accept", "X_Forwarded_For", "Content_Length", "Max-Forwards", "Transfer-Encoding", "CDN-Loop",
            "True-Client-IP",
        ] {
            assert!(forbidden(&name), "{name}");
        }
        for name in ["Content-Digest", "Content-MD5", "Repr-Digest", "Signature", "grpc-status", "X-Checksum", "ETag"] {
            assert!(!forbidden(&name), "{name}");
        }
    }

    #[test]
    fn a_response_has_no_trailers_that_belong_in_its_head() {
        let forbidden = |name: &&str| is_forbidden_response_trailer(&HeaderName::from_bytes(name.as_bytes()).unwrap());
        for name in [
            "Set-Cookie", "Set-Cookie2", "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding",
            "Content-Length", "Trailer", "TE", "Upgrade", "Location", "Cache-Control", "Alt-Svc", "Host",
        ] {
            assert!(forbidden(&name), "{name}");
        }
        for name in ["grpc-status", "Server-Timing", "ETag", "Repr-Digest", "Proxy-Status", "Authentication-Info"] {
            assert!(!forbidden(&name), "{name}");
        }
    }
}
