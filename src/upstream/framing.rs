//! Where a message ends: the request's framing is made from its body alone, the response's is checked.
//!
//! Two parties that disagree on where a message ends can be made to mix up messages (RFC 9112 §11). So what the visitor
//! wrote about lengths is not copied, and a response whose framing is not plain is refused.

use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Request, StatusCode, Version};
use http_body::Body;

/// Writes the framing fields of a request, and its version.
pub(super) fn frame<B: Body>(request: &mut Request<B>) {
    *request.version_mut() = Version::HTTP_11;
    let length = request.body().size_hint().exact();
    let empty = request.body().is_end_stream();
    let headers = request.headers_mut();
    headers.remove(TRANSFER_ENCODING);
    match length {
        // hyper adds no length to a request without content; one that was declared as zero stays.
        _ if empty => {
            if let Some(declared) = headers.get_mut(CONTENT_LENGTH) {
                *declared = HeaderValue::from_static("0");
            }
        }
        Some(length) => drop(headers.insert(CONTENT_LENGTH, length.into())),
        // hyper would drop the body of a GET or HEAD that does not say so itself.
        None => {
            headers.remove(CONTENT_LENGTH);
            headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        }
    }
}

/// What is wrong with the head of a response, where something is.
pub(super) fn fault(status: StatusCode, headers: &HeaderMap) -> Option<&'static str> {
    if status.as_u16() >= 600 {
        return Some("a status above 599 (RFC 9110 §15)");
    }
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    let mut lengths = headers.get_all(CONTENT_LENGTH).iter();
    match (codings.next(), lengths.next()) {
        (Some(_), Some(_)) => Some("Transfer-Encoding and Content-Length in one response (RFC 9112 §6.3)"),
        (Some(coding), None) if codings.next().is_some() || !coding.as_bytes().eq_ignore_ascii_case(b"chunked") => {
            Some("a transfer coding other than `chunked`")
        }
        (None, Some(length)) if lengths.next().is_some() || !is_number(length.as_bytes()) => {
            Some("a Content-Length that is not one number (RFC 9110 §8.6)")
        }
        _ => None,
    }
}

fn is_number(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(u8::is_ascii_digit)
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

    #[test]
    fn the_bodys_own_length_wins_over_what_was_declared() {
        let mut request = Request::new(Full::new(bytes::Bytes::from_static(b"abc")));
        *request.version_mut() = Version::HTTP_2;
        request.headers_mut().extend(fields(&[("content-length", "9"), ("transfer-encoding", "chunked")]));
        frame(&mut request);
        assert_eq!(request.headers(), &fields(&[("content-length", "3")]));
        assert_eq!(request.version(), Version::HTTP_11);
    }

    #[test]
    fn an_empty_body_declares_nothing_but_zero() {
        let mut request = Request::new(Empty::<bytes::Bytes>::new());
        frame(&mut request);
        assert!(request.headers().is_empty());
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("7"));
        frame(&mut request);
        assert_eq!(request.headers(), &fields(&[("content-length", "0")]));
    }

    #[test]
    fn doubtful_response_framing_is_refused() {
        let refused: [&[(&str, &str)]; 6] = [
            &[("transfer-encoding", "chunked"), ("content-length", "3")],
            &[("transfer-encoding", "gzip")],
            &[("transfer-encoding", "gzip, chunked")],
            &[("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")],
            &[("content-length", "3"), ("content-length", "3")],
            &[("content-length", "+3")],
        ];
        for lines in refused {
            assert!(fault(StatusCode::OK, &fields(lines)).is_some(), "{lines:?}");
        }
        for lines in [&[][..], &[("content-length", "3")], &[("transfer-encoding", "Chunked")]] {
            assert_eq!(fault(StatusCode::OK, &fields(lines)), None, "{lines:?}");
        }
        assert!(fault(StatusCode::from_u16(600).unwrap(), &HeaderMap::new()).is_some());
    }
}
