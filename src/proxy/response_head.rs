//! Prepares the head of a portal's response: version, `Via`, and fields that are never forwarded. The response phase calls it.

use http::header::{CONTENT_LENGTH, VIA};
use http::{HeaderName, HeaderValue, Response, StatusCode, Version};

use super::headers::forwarded::via;
use super::headers::hop_by_hop;

/// Whether a field could lead browsers around octroi (RFC 7838), or set cookies that are not judged.
fn is_never_forwarded(name: &HeaderName) -> bool {
    matches!(name.as_str(), "alt-svc" | "set-cookie2")
}

/// Prepares a response's head. `upgrade`: the protocol that a valid 101 switches to.
pub(super) fn prepare<B>(response: &mut Response<B>, upgrade: Option<&HeaderValue>) {
    let (status, version) = (response.status(), response.version());
    let headers = response.headers_mut();
    hop_by_hop::clean_response(headers, upgrade, is_never_forwarded);
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::SWITCHING_PROTOCOLS) {
        // RFC 9110 §8.6 forbids it there.
        headers.remove(CONTENT_LENGTH);
    }
    headers.append(VIA, via(version));
    // hyper would send the portal's version on; each connection has its own.
    *response.version_mut() = Version::HTTP_11;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    fn prepared(status: u16, version: Version, lines: &[(&str, &str)], upgrade: Option<&'static str>) -> Vec<String> {
        let mut response = Response::builder().status(status).version(version).body(()).unwrap();
        *response.headers_mut() = headers(lines);
        prepare(&mut response, upgrade.map(HeaderValue::from_static).as_ref());
        assert_eq!(response.version(), Version::HTTP_11);
        fields(response.headers())
    }

    #[test]
    fn a_plain_response_stays_as_it_came() {
        let lines = [
            ("content-type", "text/html"),
            ("date", "Mon, 23 Nov 2026 12:00:00 GMT"),
            ("cache-control", "public,max-age=1"),
            ("clear-site-data", "\"cookies\""),
            ("content-length", "7"),
            ("x-bytes", "\u{e9}"),
        ];
        let mut expected: Vec<_> = lines.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        expected.push("via: 1.1 octroi".to_owned());
        expected.sort();
        assert_eq!(prepared(200, Version::HTTP_11, &lines, None), expected);
    }

    #[test]
    fn ways_around_are_closed() {
        let lines = [("alt-svc", "h3=\":443\""), ("set-cookie2", "a=b"), ("connection", "close")];
        assert_eq!(prepared(200, Version::HTTP_10, &lines, None), ["via: 1.0 octroi"]);
    }

    #[test]
    fn responses_without_content_have_no_length() {
        let length = [("content-length", "0")];
        assert_eq!(prepared(204, Version::HTTP_11, &length, None), ["via: 1.1 octroi"]);
        assert_eq!(prepared(304, Version::HTTP_11, &length, None), ["content-length: 0", "via: 1.1 octroi"]);
        let switched = prepared(101, Version::HTTP_11, &length, Some("websocket"));
        assert_eq!(switched, ["connection: upgrade", "upgrade: websocket", "via: 1.1 octroi"]);
    }
}
