//! A request on its way out: its head, and its body as it comes from the visitor.
//!
//! What the body has ready goes out together with what stands before it. Framing is written as `framing` has decided: a
//! body that is longer or shorter than it says must not end where the portal sees an end.

use std::io::{self, IoSlice, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame};

use super::framing::Framing;
use super::request_body::{RequestBody, RequestBodyError};
use super::wire::Wire;
use crate::http1::write_fields;

const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// A request that is being sent.
pub(super) struct Sending {
    /// What goes out before the content: a head, a chunk's size, an end. Some of it is out already.
    before: Vec<u8>,
    out: usize,
    content: Bytes,
    after: &'static [u8],
    body: RequestBody,
    framing: Framing,
    ended: bool,
}

/// Why a request did not go out.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsent {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Body(#[from] RequestBodyError),
}

impl Sending {
    /// With a whole head.
    pub(super) fn new(head: Vec<u8>, body: RequestBody, framing: Framing) -> Self {
        let ended = framing == Framing::NONE;
        Self { before: head, out: 0, content: Bytes::new(), after: b"", body, framing, ended }
    }

    /// Sends on; ready when all of it is on its way.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>, wire: &Wire) -> Poll<Result<(), Unsent>> {
        loop {
            let loaded = self.load(cx)?;
            ready!(self.write(cx, wire))?;
            if self.ended {
                return wire.poll_flush(cx).map_err(Unsent::from);
            }
            if loaded.is_pending() {
                let _ = wire.poll_flush(cx)?;
                return Poll::Pending;
            }
        }
    }

    /// The memory of the head, to be used again.
    pub(super) fn into_buffer(self) -> Vec<u8> {
        self.before
    }

    /// Asks the body for its next frame, where none is held.
    fn load(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), RequestBodyError>> {
        if self.ended || !self.content.is_empty() || !self.after.is_empty() {
            return Poll::Ready(Ok(()));
        }
        match ready!(Pin::new(&mut self.body).poll_frame(cx)).transpose()?.map(Frame::into_data) {
            Some(Ok(data)) => self.hold(data)?,
            Some(Err(trailers)) => self.end(trailers.into_trailers().ok().as_ref())?,
            None => self.end(None)?,
        }
        Poll::Ready(Ok(()))
    }

    fn hold(&mut self, data: Bytes) -> Result<(), RequestBodyError> {
        match &mut self.framing {
            Framing::Length(left) => {
                *left = left.checked_sub(data.len() as u64).ok_or(RequestBodyError::Aborted)?;
                self.ended = *left == 0;
            }
            // An empty chunk would be the end.
            Framing::Chunked if data.is_empty() => {}
            Framing::Chunked => {
                // A vector takes all that is written.
                let _ = write!(self.before, "{:x}\r\n", data.len());
                self.after = b"\r\n";
            }
        }
        self.content = data;
        Ok(())
    }

    fn end(&mut self, trailers: Option<&http::HeaderMap>) -> Result<(), RequestBodyError> {
        self.ended = true;
        match (&self.framing, trailers) {
            (Framing::Length(0), _) => {}
            (Framing::Length(_), _) => return Err(RequestBodyError::Aborted),
            (Framing::Chunked, None) => self.before.extend_from_slice(LAST_CHUNK),
            (Framing::Chunked, Some(trailers)) => {
                self.before.extend_from_slice(b"0\r\n");
                write_fields(trailers, &mut self.before);
            }
        }
        Ok(())
    }

    /// Writes all that is held.
    fn write(&mut self, cx: &mut Context<'_>, wire: &Wire) -> Poll<io::Result<()>> {
        while !self.is_out() {
            let before = IoSlice::new(self.before.get(self.out..).unwrap_or_default());
            let written = if self.content.is_empty() && self.after.is_empty() {
                wire.poll_write(cx, &[before])
            } else {
                wire.poll_write(cx, &[before, IoSlice::new(&self.content), IoSlice::new(self.after)])
            };
            match ready!(written)? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => self.count(written),
            }
        }
        self.before.clear();
        (self.out, self.content) = (0, Bytes::new());
        Poll::Ready(Ok(()))
    }

    fn is_out(&self) -> bool {
        self.out == self.before.len() && self.content.is_empty() && self.after.is_empty()
    }

    fn count(&mut self, mut written: usize) {
        let before = written.min(self.before.len() - self.out);
        self.out += before;
        written -= before;
        let content = written.min(self.content.len());
        self.content.advance(content);
        self.after = self.after.get(written - content..).unwrap_or_default();
    }
}
