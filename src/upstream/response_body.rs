//! The body of a response, with the hold on the connection that it comes from.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::HeaderMap;
use http::header::{self, HeaderName};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use super::Lease;

/// The body of a response. Its connection is used again when it has ended, and closed when it is dropped before.
#[derive(Debug)]
pub struct ResponseBody {
    incoming: Incoming,
    lease: Option<Lease>,
}

/// Why a response's body ended early.
#[derive(Debug, thiserror::Error)]
pub enum ResponseBodyError {
    /// The portal's connection broke off.
    #[error("the portal's response broke off")]
    Aborted(#[source] hyper::Error),
    /// No byte moved for `body_idle`: the portal sent none, or the visitor took none.
    #[error("no byte of the response's body moved for `body_idle`")]
    Idle,
}

impl ResponseBody {
    /// Joins a body and its hold.
    pub fn new(incoming: Incoming, lease: Lease) -> Self {
        let mut body = Self { incoming, lease: Some(lease) };
        // hyper does not poll a body that has ended already: HEAD, 204, 304, no content.
        if body.incoming.is_end_stream() {
            body.release();
        }
        body
    }

    fn release(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.release();
        }
    }

    fn admit(&mut self, frame: Frame<Bytes>) -> Option<Frame<Bytes>> {
        if let Some(watch) = self.lease.as_ref().and_then(Lease::watch) {
            watch.moved();
        }
        match frame.into_trailers() {
            Ok(trailers) => {
                // Nothing follows the trailers, and hyper does not ask again.
                self.release();
                let allowed = without_forbidden(trailers);
                (!allowed.is_empty()).then(|| Frame::trailers(allowed))
            }
            Err(data) => {
                if self.incoming.is_end_stream() {
                    self.release();
                }
                Some(data)
            }
        }
    }

    fn broken(&mut self, error: hyper::Error) -> ResponseBodyError {
        let idle = self.lease.take().is_some_and(Lease::give_up);
        if idle { ResponseBodyError::Idle } else { ResponseBodyError::Aborted(error) }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = ResponseBodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseBodyError>>> {
        Poll::Ready(match ready!(Pin::new(&mut self.incoming).poll_frame(cx)) {
            Some(Ok(frame)) => self.admit(frame).map(Ok),
            Some(Err(error)) => Some(Err(self.broken(error))),
            None => {
                self.release();
                None
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

/// Fields that must not come after the body (RFC 9110 §6.5.1); cookies first of all, which no policy would see there.
fn without_forbidden(mut trailers: HeaderMap) -> HeaderMap {
    const FORBIDDEN: [HeaderName; 13] = [
        header::SET_COOKIE,
        HeaderName::from_static("set-cookie2"),
        header::CONNECTION,
        HeaderName::from_static("keep-alive"),
        header::TRANSFER_ENCODING,
        header::CONTENT_LENGTH,
        header::TRAILER,
        header::TE,
        header::UPGRADE,
        header::LOCATION,
        header::CACHE_CONTROL,
        header::ALT_SVC,
        header::HOST,
    ];
    for name in &FORBIDDEN {
        trailers.remove(name);
    }
    trailers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cookie_is_set_by_a_trailer() {
        let mut trailers = HeaderMap::new();
        trailers.append(header::SET_COOKIE, "_ga=1".parse().unwrap());
        trailers.append(header::SET_COOKIE, "_gid=1".parse().unwrap());
        trailers.append("set-cookie2", "old=1".parse().unwrap());
        trailers.append("grpc-status", "0".parse().unwrap());
        let kept = without_forbidden(trailers);
        assert_eq!(kept.keys().map(HeaderName::as_str).collect::<Vec<_>>(), ["grpc-status"]);
    }
}
