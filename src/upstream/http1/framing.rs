//! Message framing (RFC 9112 §6.3): for a request it is made from its body alone, for a response it is checked.
//!
//! Two parties that disagree about the end of a message take one message for another (RFC 9112 §11). So the framing fields
//! of the visitor are not copied, and a response whose framing is ambiguous is refused.

use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Version};
use http_body::Body;

use crate::http::fields::Lines;
use crate::http::h1::Content;
use crate::http::{length, lists};

/// How a request's body is delimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::upstream) enum Framing {
    /// The body has this many bytes.
    Length(u64),
    /// With a size before each chunk (RFC 9112 §7.1).
    Chunked,
}

impl Framing {
    /// No body.
    pub(in crate::upstream) const NONE: Self = Self::Length(0);
}

/// Sets the framing fields of a request. Its body has to be written with the framing that is returned.
pub(in crate::upstream) fn frame(method: &Method, body: &impl Body, headers: &mut HeaderMap) -> Framing {
    let length = body.size_hint().exact();
    let empty = body.is_end_stream();
    // One loop costs less than two look-ups, and most requests have neither.
    let (mut has_coding, mut has_length) = (false, false);
    for name in headers.keys() {
        has_coding |= *name == TRANSFER_ENCODING;
        has_length |= *name == CONTENT_LENGTH;
    }
    if has_coding {
        headers.remove(TRANSFER_ENCODING);
    }
    match length {
        // A request without content needs no length, unless its method usually has some (RFC 9110 §8.6); one that was
        // declared as zero stays.
        _ if empty => {
            let has_usually = matches!(*method, Method::POST | Method::PUT | Method::PATCH);
            if has_usually || has_length {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            Framing::NONE
        }
        Some(length) => {
            headers.insert(CONTENT_LENGTH, length.into());
            Framing::Length(length)
        }
        None => {
            headers.remove(CONTENT_LENGTH);
            headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
            Framing::Chunked
        }
    }
}

/// How a response is delimited, and whether another one can follow it.
pub(in crate::upstream) struct ResponseFraming {
    /// What follows the head.
    pub(in crate::upstream) content: Content,
    /// Whether the connection can be used again when the response has ended.
    pub(in crate::upstream) keeps_open: bool,
}

/// The lines of the fields that say so, found in one loop over all.
#[derive(Default)]
struct FramingFields<'a> {
    transfer_encoding: Lines<'a>,
    content_length: Lines<'a>,
    connection: Lines<'a>,
}

impl<'a> FramingFields<'a> {
    fn of(headers: &'a HeaderMap) -> Self {
        let mut fields = Self::default();
        for (name, value) in headers {
            if *name == CONTENT_LENGTH {
                fields.content_length.add(value);
            } else if *name == TRANSFER_ENCODING {
                fields.transfer_encoding.add(value);
            } else if *name == CONNECTION {
                fields.connection.add(value);
            }
        }
        fields
    }
}

/// The content that follows the head of a response to a request with this method (RFC 9112 §6.3), and whether the connection is
/// kept open.
///
/// # Errors
/// What is wrong with the head, for the log.
pub(in crate::upstream) fn response<B>(method: &Method, head: &Response<B>) -> Result<ResponseFraming, &'static str> {
    if head.status().as_u16() >= 600 {
        return Err("a status above 599 (RFC 9110 §15)");
    }
    let fields = FramingFields::of(head.headers());
    let declared = declared_content(&fields, head.version())?;
    let closes = !matches!(fields.connection, Lines::None) && lists::contain(head.headers(), &CONNECTION, b"close");
    Ok(ResponseFraming {
        content: if has_content(method, head.status()) { declared } else { Content::Ended },
        keeps_open: head.version() == Version::HTTP_11 && !closes,
    })
}

/// The content that the fields declare, before method and status are considered.
fn declared_content(fields: &FramingFields<'_>, version: Version) -> Result<Content, &'static str> {
    match (&fields.transfer_encoding, &fields.content_length) {
        (Lines::None, Lines::None) => Ok(Content::UntilClose),
        (Lines::None, Lines::One(value)) => length::read(value.as_bytes())
            .map(Content::of_length)
            .ok_or("a Content-Length that is not one number (RFC 9110 §8.6)"),
        (Lines::None, Lines::Several) => Err("a Content-Length that is not one number (RFC 9110 §8.6)"),
        (Lines::One(coding), Lines::None) if coding.as_bytes().eq_ignore_ascii_case(b"chunked") => match version {
            Version::HTTP_11 => Ok(Content::chunked()),
            _ => Err("a transfer coding in HTTP/1.0 (RFC 9112 §6.1)"),
        },
        (_, Lines::None) => Err("a transfer coding other than `chunked`"),
        (_, _) => Err("Transfer-Encoding and Content-Length in one response (RFC 9112 §6.3)"),
    }
}

fn has_content(method: &Method, status: StatusCode) -> bool {
    let never = [StatusCode::SWITCHING_PROTOCOLS, StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED];
    *method != Method::HEAD && !never.contains(&status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{Empty, Full};

    fn fields(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect::<Vec<_>>()
            .into_iter()
            .fold(HeaderMap::new(), |mut map, (name, value): (http::HeaderName, _)| {
                map.append(name, value);
                map
            })
    }

    fn head(status: u16, lines: &[(&'static str, &'static str)]) -> Response<()> {
        let mut head = Response::builder().status(status).body(()).unwrap();
        *head.headers_mut() = fields(lines);
        head
    }

    #[test]
    fn the_bodys_own_length_wins_over_what_was_declared() {
        let body = Full::new(bytes::Bytes::from_static(b"abc"));
        let mut headers = fields(&[("content-length", "9"), ("transfer-encoding", "chunked")]);
        assert_eq!(frame(&Method::GET, &body, &mut headers), Framing::Length(3));
        assert_eq!(headers, fields(&[("content-length", "3")]));
    }

    #[test]
    fn an_empty_body_declares_nothing_but_zero() {
        let body = Empty::<bytes::Bytes>::new();
        let zero = fields(&[("content-length", "0")]);
        let mut headers = HeaderMap::new();
        assert_eq!(frame(&Method::GET, &body, &mut headers), Framing::NONE);
        assert!(headers.is_empty());
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("7"));
        frame(&Method::GET, &body, &mut headers);
        assert_eq!(headers, zero);
        for method in [Method::POST, Method::PUT, Method::PATCH] {
            let mut headers = HeaderMap::new();
            assert_eq!(frame(&method, &body, &mut headers), Framing::NONE);
            assert_eq!(headers, zero, "{method}");
        }
    }

    #[test]
    fn doubtful_response_framing_is_refused() {
        let refused: [&[(&str, &str)]; 8] = [
            &[("transfer-encoding", "chunked"), ("content-length", "3")],
            &[("transfer-encoding", "gzip")],
            &[("transfer-encoding", "gzip, chunked")],
            &[("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")],
            &[("content-length", "3"), ("content-length", "3")],
            &[("content-length", "+3")],
            // The maximum is the one for requests.
            &[("content-length", "9223372036854775808")],
            &[("content-length", "00000000000000000003")],
        ];
        for lines in refused {
            assert!(response(&Method::GET, &head(200, lines)).is_err(), "{lines:?}");
            assert!(response(&Method::HEAD, &head(304, lines)).is_err(), "{lines:?}");
        }
        assert!(response(&Method::GET, &head(600, &[])).is_err());
        let mut old = head(200, &[("transfer-encoding", "chunked")]);
        *old.version_mut() = Version::HTTP_10;
        assert!(response(&Method::GET, &old).is_err());
    }

    #[test]
    fn content_is_what_the_head_says_if_there_can_be_any() {
        let of = |method, status, lines| format!("{:?}", response(&method, &head(status, lines)).unwrap().content);
        let length: &[_] = &[("content-length", "3")];
        assert_eq!(of(Method::GET, 200, length), "Length(3)");
        assert_eq!(of(Method::GET, 200, &[("content-length", "0")]), "Ended");
        assert_eq!(of(Method::GET, 200, &[]), "UntilClose");
        assert!(of(Method::GET, 200, &[("transfer-encoding", "Chunked")]).starts_with("Chunked"));
        for (method, status) in [(Method::HEAD, 200), (Method::GET, 101), (Method::GET, 204), (Method::GET, 304)] {
            assert_eq!(of(method, status, length), "Ended", "{status}");
        }
    }

    #[test]
    fn a_connection_stays_open_if_the_portal_does_not_say_otherwise() {
        let stays_open = |head| response(&Method::GET, &head).unwrap().keeps_open;
        let stays = |lines| stays_open(head(200, lines));
        assert!(stays(&[]) && stays(&[("connection", "keep-alive")]));
        assert!(!stays(&[("connection", "x, Close")]) && !stays(&[("connection", "x"), ("connection", "close")]));
        let mut old = head(200, &[("connection", "keep-alive")]);
        *old.version_mut() = Version::HTTP_10;
        assert!(!stays_open(old));
    }
}
