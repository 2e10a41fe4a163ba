//! The body of a page that is rewritten, and compressed if the visitor accepts that. Each piece is sent as soon as it is
//! received.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::{Buf, Bytes};
use http::HeaderMap;
use http_body::{Body, Frame};

use super::gzip::{Compressor, Gzip};
use super::third_parties::{Rewriting, is_of_content};
use crate::html_rewriter::{GaveUp, Rewriter};
use crate::http::fields;
use crate::upstream::{Buffered, ReadAhead, ResponseBody, ResponseBodyError};

/// A portal's page, rewritten.
pub(super) struct PageBody {
    portal: ReadAhead<ResponseBody>,
    rewriter: Box<Rewriter>,
    gzip: Option<Gzip>,
    /// They are sent after the end of the page.
    trailers: Option<HeaderMap>,
    has_ended: bool,
    worked: Duration,
}

impl PageBody {
    pub(super) fn new(
        portal: ResponseBody,
        Rewriting { rewriter, is_compressed }: Rewriting,
        compressor: &Rc<Compressor>,
    ) -> Self {
        let has_ended = portal.is_end_stream();
        let portal = ReadAhead::new(portal);
        Self {
            portal,
            rewriter,
            gzip: is_compressed.then(|| Gzip::new(compressor)),
            trailers: None,
            has_ended,
            worked: Duration::ZERO,
        }
    }

    /// Reads what can be read of a short page now, to be rewritten when it is sent.
    pub(super) fn read_ahead(&mut self, cx: &mut Context<'_>) {
        self.portal.read(cx);
    }

    /// Why the rest of the page is sent unchanged, if it is.
    pub(super) fn gave_up(&self) -> Option<GaveUp> {
        self.rewriter.gave_up()
    }

    /// How long it was worked on, without the time that it was waited for.
    pub(super) fn worked(&self) -> Duration {
        self.worked
    }

    /// The bytes to send for a piece of the portal's page. An unfinished tag waits for its end.
    fn pass(&mut self, piece: Buffered) -> Buffered {
        let begun = Instant::now();
        self.has_ended |= self.portal.is_end_stream();
        let left = piece.replaced(|mut content| {
            while content.has_remaining() {
                let chunk = content.chunk();
                self.rewriter.write(chunk);
                let length = chunk.len();
                content.advance(length);
            }
            self.take()
        });
        self.worked += begun.elapsed();
        left
    }

    /// The bytes that were still waiting when the page ended.
    fn end(&mut self) -> Buffered {
        self.has_ended = true;
        self.take().into()
    }

    /// The bytes that can be sent now.
    fn take(&mut self) -> Bytes {
        if self.has_ended {
            self.rewriter.end();
        }
        let plain = self.rewriter.take();
        let compressed = match &mut self.gzip {
            None => return plain.into(),
            Some(_) if self.has_ended => self.gzip.take().map(|gzip| gzip.end(&plain)),
            Some(gzip) => Some(plain).filter(|plain| !plain.is_empty()).map(|plain| gzip.piece(&plain)),
        };
        // Without its end, no visitor takes the stream for complete.
        compressed.transpose().ok().flatten().unwrap_or_default().into()
    }
}

impl Body for PageBody {
    type Data = Buffered;
    type Error = ResponseBodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Buffered>, ResponseBodyError>>> {
        while !self.has_ended {
            let left = match ready!(Pin::new(&mut self.portal).poll_frame(cx)).transpose() {
                Ok(Some(frame)) => match frame.into_data() {
                    Ok(piece) => self.pass(piece),
                    Err(frame) => {
                        self.trailers = frame.into_trailers().ok();
                        self.end()
                    }
                },
                Ok(None) => self.end(),
                Err(error) => {
                    // What waits is part of a page that nobody will see the end of.
                    self.has_ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            };
            if left.has_remaining() {
                return Poll::Ready(Some(Ok(Frame::data(left))));
            }
        }
        let trailers = self.trailers.take().map(|mut trailers| {
            fields::remove(&mut trailers, is_of_content);
            trailers
        });
        Poll::Ready(trailers.filter(|trailers| !trailers.is_empty()).map(|trailers| Ok(Frame::trailers(trailers))))
    }

    fn is_end_stream(&self) -> bool {
        self.has_ended && self.trailers.is_none()
    }
}
