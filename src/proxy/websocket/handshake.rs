//! Protocol upgrades: which are requested, and whether the portal granted one correctly.
//!
//! Only WebSocket is allowed (RFC 6455): another protocol, such as `h2c`, would carry requests around the proxy.
//! HTTP/1.1 asks with `Upgrade`. HTTP/2 asks with an extended CONNECT (RFC 8441): it becomes the handshake of HTTP/1.1
//! that the portal knows, and the portal's 101 becomes a 200, after which the stream is the tunnel.

use data_encoding::BASE64;
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Version, request};
use hyper::ext::Protocol;
use sha1::{Digest, Sha1};

use crate::http::fields::{self, Lines};
use crate::http::lists;
use crate::proxy::error::ProxyError;

const WEBSOCKET: &str = "websocket";
/// What a server appends to the key to show that it speaks WebSocket (RFC 6455 §1.3).
const ACCEPT_SUFFIX: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// A switch of protocols that is passed on to the portal.
#[derive(Debug)]
pub(in crate::proxy) struct Upgrade {
    /// The value for `Upgrade`.
    protocol: HeaderValue,
    /// What the portal must answer to the key that octroi made, because HTTP/2 has none. Over HTTP/1.1 the visitor checks the
    /// answer.
    accept: Option<String>,
}

impl Upgrade {
    /// The value for `Upgrade`.
    pub(in crate::proxy) fn protocol(&self) -> &HeaderValue {
        &self.protocol
    }

    /// Whether the request is an extended CONNECT.
    fn is_http2(&self) -> bool {
        self.accept.is_some()
    }

    /// Whether a response switches to the protocol that was asked for (RFC 9110 §7.8), in answer to this request.
    fn is_accepted<B>(&self, response: &Response<B>) -> bool {
        let same = |agreed: &HeaderValue| agreed.as_bytes().eq_ignore_ascii_case(self.protocol.as_bytes());
        let answered =
            |accept: &String| response.headers().get(SEC_WEBSOCKET_ACCEPT).is_some_and(|came| came == accept);
        protocol(response.headers()).is_some_and(same) && self.accept.as_ref().is_none_or(answered)
    }
}

/// The switch that an extended CONNECT asks for. It becomes a handshake of HTTP/1.1.
///
/// # Errors
/// If it names another protocol than WebSocket: there is no request to pass on without it.
pub(in crate::proxy) fn extended_connect(head: &mut request::Parts) -> Result<Option<Upgrade>, ProxyError> {
    match head.extensions.remove::<Protocol>() {
        None => Ok(None),
        Some(protocol) if protocol.as_str() == WEBSOCKET => Ok(Some(handshake(head, fastrand::u128(..)))),
        Some(_) => Err(ProxyError::ProtocolUnknown),
    }
}

/// The switch that an `Upgrade` field asks for, if octroi passes it on.
pub(in crate::proxy) fn requested_by_field(head: &request::Parts) -> Option<Upgrade> {
    (head.version == Version::HTTP_11).then_some(())?;
    let protocol = protocol(&head.headers).filter(|name| name.as_bytes().eq_ignore_ascii_case(WEBSOCKET.as_bytes()))?;
    Some(Upgrade { protocol: protocol.clone(), accept: None })
}

/// Makes the extended CONNECT the GET of a WebSocket handshake (RFC 8441 §5).
fn handshake(head: &mut request::Parts, nonce: u128) -> Upgrade {
    let key = BASE64.encode(&nonce.to_be_bytes());
    let accept = BASE64.encode(&Sha1::new().chain_update(&key).chain_update(ACCEPT_SUFFIX).finalize());
    head.method = Method::GET;
    if let Ok(key) = HeaderValue::try_from(key) {
        head.headers.insert(SEC_WEBSOCKET_KEY, key);
    }
    Upgrade { protocol: HeaderValue::from_static(WEBSOCKET), accept: Some(accept) }
}

/// The protocol that a response switches to, if it does.
///
/// # Errors
/// If nobody asked for the switch, or for another one. An extended CONNECT cannot be answered with a 2xx that is no
/// switch, either: to the visitor, that would be the tunnel.
pub(in crate::proxy) fn granted<'a, B>(
    asked: Option<&'a Upgrade>,
    response: &Response<B>,
) -> Result<Option<&'a HeaderValue>, ProxyError> {
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        let granted = asked.filter(|asked| asked.is_accepted(response)).ok_or(ProxyError::UnexpectedSwitch)?;
        return Ok(Some(&granted.protocol));
    }
    let is_tunnel = response.status().is_success() && asked.is_some_and(Upgrade::is_http2);
    if is_tunnel { Err(ProxyError::SwitchMissing) } else { Ok(None) }
}

/// Translates the portal's 101 to the visitor's protocol: HTTP/2 has neither the status nor the fields (RFC 8441 §5).
pub(in crate::proxy) fn translate<B>(response: &mut Response<B>, asked: Option<&Upgrade>) {
    if response.status() != StatusCode::SWITCHING_PROTOCOLS || !asked.is_some_and(Upgrade::is_http2) {
        return;
    }
    *response.status_mut() = StatusCode::OK;
    for name in [CONNECTION, UPGRADE, SEC_WEBSOCKET_ACCEPT] {
        response.headers_mut().remove(name);
    }
}

/// The one value of `Upgrade`, if `Connection` lists it.
fn protocol(headers: &HeaderMap) -> Option<&HeaderValue> {
    let Lines::One(protocol) = fields::lines(headers, &UPGRADE) else { return None };
    lists::contain(headers, &CONNECTION, b"upgrade").then_some(protocol)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{Lines, fields, headers};

    const GOOD: Lines = &[("connection", "upgrade"), ("upgrade", "WebSocket")];

    fn head(version: Version, lines: Lines) -> request::Parts {
        let mut head = http::Request::new(()).into_parts().0;
        (head.version, head.headers) = (version, headers(lines));
        head
    }

    fn answer(status: u16, lines: &[(&str, &str)]) -> Response<()> {
        let mut response = Response::builder().status(status).body(()).unwrap();
        *response.headers_mut() = headers(lines);
        response
    }

    #[test]
    fn only_a_plain_websocket_upgrade_is_passed_on() {
        let asked = |version, lines| requested_by_field(&head(version, lines));
        let good: Lines = &[("connection", "keep-alive, Upgrade"), ("upgrade", "WebSocket")];
        assert_eq!(asked(Version::HTTP_11, good).unwrap().protocol(), "WebSocket");
        assert!(asked(Version::HTTP_10, good).is_none());
        let bad: [Lines; 5] = [
            &[("upgrade", "websocket")],
            &[("connection", "upgrade")],
            &[("connection", "upgrade"), ("upgrade", "h2c")],
            &[("connection", "upgrade"), ("upgrade", "websocket, h2c")],
            &[("connection", "upgrade"), ("upgrade", "websocket"), ("upgrade", "websocket")],
        ];
        for lines in bad {
            assert!(asked(Version::HTTP_11, lines).is_none(), "{lines:?}");
        }
    }

    #[test]
    fn the_portal_must_switch_to_what_was_asked_for() {
        let asked = requested_by_field(&head(Version::HTTP_11, GOOD));
        let switched = |asked, response| granted(asked, &response).map(|protocol| protocol.is_some()).ok();
        assert_eq!(switched(asked.as_ref(), answer(101, GOOD)), Some(true));
        assert_eq!(switched(asked.as_ref(), answer(200, GOOD)), Some(false));
        assert_eq!(switched(None, answer(101, GOOD)), None);
        let other: [Lines; 2] = [&[("connection", "upgrade"), ("upgrade", "h2c")], &[("upgrade", "websocket")]];
        for lines in other {
            assert_eq!(switched(asked.as_ref(), answer(101, lines)), None, "{lines:?}");
        }
    }

    /// The key and its answer are those of RFC 6455 §1.3.
    #[test]
    fn an_extended_connect_becomes_a_handshake_and_its_answer_a_stream() {
        let mut head =
            head(Version::HTTP_2, &[("sec-websocket-key", "the visitor's"), ("sec-websocket-version", "13")]);
        head.method = Method::CONNECT;
        let asked = handshake(&mut head, u128::from_be_bytes(*b"the sample nonce"));
        assert_eq!(head.method, Method::GET);
        assert_eq!(fields(&head.headers), ["sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-version: 13"]);

        let accept = ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        let mut switch = answer(101, &[GOOD, &[accept, ("sec-websocket-protocol", "chat")]].concat());
        assert!(granted(Some(&asked), &switch).unwrap().is_some());
        translate(&mut switch, Some(&asked));
        assert_eq!(switch.status(), StatusCode::OK);
        assert_eq!(fields(switch.headers()), ["sec-websocket-protocol: chat"]);

        let other = ("sec-websocket-accept", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        for (status, lines) in [(101, GOOD.to_vec()), (101, [GOOD, &[other]].concat()), (200, vec![]), (204, vec![])] {
            assert!(granted(Some(&asked), &answer(status, &lines)).is_err(), "{status} {lines:?}");
        }
        assert!(granted(Some(&asked), &answer(403, &[])).unwrap().is_none());
    }

    #[test]
    fn over_http1_the_switch_stays_as_it_is() {
        let asked = requested_by_field(&head(Version::HTTP_11, GOOD));
        let mut switch = answer(101, GOOD);
        translate(&mut switch, asked.as_ref());
        assert_eq!((switch.status().as_u16(), switch.headers().len()), (101, 2));
    }
}
