//! Parks idle HTTP/1.1 connections: frees the buffers of hyper.
//!
//! hyper keeps its buffers as long as it serves a connection, and browsers keep idle connections open for minutes. So octroi
//! drops hyper's side of an idle connection, and keeps the stream and the deadlines. When the next byte is received, hyper
//! serves the stream anew. This is done only between two requests ([`ConnectionProgress::may_park`]): every head that was
//! received was served, every body was read to its end, and no response said that it is the last one. So hyper holds nothing
//! that could be lost.
//!
//! [`ConnectionProgress::may_park`]: super::progress::ConnectionProgress::may_park

use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::timeouts::GracefulShutdown;
use crate::net::prefixed::Prefixed;

/// How long a connection must be idle before it is parked. A visitor who sends more often never waits for a new hyper.
pub(in crate::server) const PARK_AFTER: Duration = Duration::from_millis(25);

/// Ends when hyper is needed again: for a byte, for the end of the stream or an error, or to end the connection.
pub(in crate::server) struct Parked<'a, T> {
    stream: &'a mut Prefixed<T>,
    shuts_down: bool,
}

impl<'a, T> Parked<'a, T> {
    pub(in crate::server) fn new(stream: &'a mut Prefixed<T>) -> Self {
        Self { stream, shuts_down: false }
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> Future for Parked<'_, T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.shuts_down {
            return Poll::Ready(());
        }
        // TLS may still have something to send. If that fails, the read fails as well.
        let _ = pin!(&mut *self.stream).poll_flush(cx);
        self.stream.poll_readable(cx)
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> GracefulShutdown for Parked<'_, T> {
    fn graceful_shutdown(mut self: Pin<&mut Self>) {
        self.shuts_down = true;
    }
}
