//! What may not come behind a body: fields that a recipient must know before it (RFC 9110 §6.5.1).

use http::HeaderName;

use super::forwarding;

/// Whether a field of a request may not be a trailer: framing, routing, authentication, what modifies the request, what
/// describes its content, and whatever octroi replaces or removes in a head. A portal that joins trailers to the head
/// would read there what octroi has not judged.
#[rustfmt::skip]
pub(crate) fn is_forbidden_in_a_request(name: &HeaderName) -> bool {
    let text = name.as_str();
    let forbidden = matches!(
        text,
        "authorization" | "cache-control" | "cdn-loop" | "connection" | "content-disposition" | "content-encoding"
            | "content-language" | "content-length" | "content-location" | "content-range" | "content-type" | "cookie"
            | "cookie2" | "expect" | "host" | "http2-settings" | "keep-alive" | "max-forwards" | "pragma" | "range"
            | "set-cookie" | "set-cookie2" | "te" | "trailer" | "transfer-encoding" | "upgrade" | "via" | "x-request-id"
    );
    let begins = ["accept", "if-", "proxy-", "sec-"];
    forbidden
        || begins.iter().any(|beginning| text.starts_with(beginning))
        || forwarding::is_forged(name, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_belongs_behind_a_body_may_come_there() {
        let forbidden = |name: &&str| is_forbidden_in_a_request(&HeaderName::from_bytes(name.as_bytes()).unwrap());
        for name in [
            "Cookie",
            "Host",
            "Content-Length",
            "X-Forwarded-For",
            "X-Real-IP",
            "Forwarded",
            "X-Request-ID",
            "Content-Type",
            "Keep-Alive",
            "Via",
            "Range",
            "If-Match",
            "Authorization",
            "Proxy-Authorization",
            "Sec-GPC",
            "Accept",
            "X_Forwarded_For",
            "Content_Length",
            "Max-Forwards",
            "Transfer-Encoding",
            "CDN-Loop",
            "True-Client-IP",
        ] {
            assert!(forbidden(&name), "{name}");
        }
        for name in ["Content-Digest", "Content-MD5", "Repr-Digest", "Signature", "grpc-status", "X-Checksum", "ETag"] {
            assert!(!forbidden(&name), "{name}");
        }
    }
}
