//! HTTP/1.1 and HTTP/2 as hyper serves them: which of them a client speaks, and with which settings.
//!
//! hyper's own choice between the two reads the first bytes without any deadline, so it is made here: by ALPN under TLS,
//! by the preface in clear text.

use std::io;
use std::pin::Pin;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::rt::{Read, Write};
use hyper::server::conn::{http1, http2};
use hyper::service::HttpService;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncRead;

use super::h2_stream::StreamExecutor;
use crate::config::Limits;
use crate::net::prefixed::Rewind;

/// What a head may take where no limit is set; about what hyper buffers of one in HTTP/1.1. In HTTP/2 a byte on the
/// wire can stand for 4 KiB.
const LARGEST_HEAD: usize = 400 * 1024;
/// How many times `header_bytes` are read of a head, and not less than is buffered in any case: whose cookies alone are too
/// large is told so, and loses those that are not allowed (`proxy`). That needs them read.
const READ_BEYOND: usize = 2;
/// What HTTP/2 counts for a field beside its name and value.
const FIELD_OVERHEAD: usize = 32;
/// How many streams a client may have reset before they were even looked at (Rapid Reset).
const RESETS_AT_ONCE: usize = 20;
/// How many streams of a connection octroi resets because of a client's errors (`MadeYouReset`). No browser makes any.
const STREAM_ERRORS: usize = 100;
/// What every HTTP/2 client sends first (RFC 9113 §3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// What every frame begins with: length, type, flags, stream.
const FRAME_HEAD: usize = 9;
/// Bounds what a connection buffers for a slow reader, in each direction.
const BUFFER: usize = 64 * 1024;
/// The shortest field line is `a:` and its end: as many as fit in `header_bytes` at most.
const SHORTEST_FIELD: usize = 4;
/// hyper's own limit of fields, which it keeps on the stack where no other is set.
const FIELDS_ON_STACK: usize = 100;

/// Whether the client speaks HTTP/2: its preface comes first, and SETTINGS behind it (RFC 9113 §3.4), which h2 does not
/// insist on. Nothing is consumed.
pub(in crate::server) async fn begins_http2<T: AsyncRead + Unpin>(stream: &mut Rewind<T>) -> io::Result<bool> {
    loop {
        let ahead = stream.ahead();
        if !ahead.iter().zip(PREFACE).all(|(a, b)| a == b) {
            return Ok(false);
        }
        if let Some(first) = ahead.get(PREFACE.len()..PREFACE.len() + FRAME_HEAD) {
            return if begins_settings(first) { Ok(true) } else { Err(io::ErrorKind::InvalidData.into()) };
        }
        if stream.read_ahead().await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Whether a frame's head is that of SETTINGS, and of no acknowledgement.
fn begins_settings(head: &[u8]) -> bool {
    const SETTINGS: u8 = 4;
    const ACK: u8 = 1;
    matches!(head, &[_, _, _, SETTINGS, flags, ..] if flags & ACK == 0)
}

/// HTTP/1.1. Deadlines are the connection's own, so hyper has none; a client that closes its side is gone. Where the
/// stream `shows_end`, that is not hyper's to see either: to look for it, hyper would make room for a next request with
/// each one that it has read.
pub(in crate::server) fn http1(limits: &Limits, shows_end: bool) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.header_read_timeout(None).half_close(shows_end).pipeline_flush(false);
    if limits.header_bytes > 0 {
        let most = head_bytes(limits);
        builder.max_header_size(most).max_buf_size(most);
    }
    match limits.headers {
        FIELDS_ON_STACK => {}
        0 => drop(builder.max_headers(limits.header_bytes.max(BUFFER) / SHORTEST_FIELD)),
        fields => drop(builder.max_headers(fields)),
    }
    builder
}

/// HTTP/2. The PINGs find peers that are gone.
///
/// h2 answers one SETTINGS or PING before it reads the next, so that no queue grows where nobody reads the answers; it
/// ends connections that send endless CONTINUATIONs, empty DATA frames or heads of many times the limit.
pub(in crate::server) fn http2(limits: &Limits, executor: StreamExecutor) -> http2::Builder<StreamExecutor> {
    let mut builder = http2::Builder::new(executor);
    builder
        .timer(TokioTimer::new())
        // WebSockets (RFC 8441).
        .enable_connect_protocol()
        .max_concurrent_streams((limits.h2_streams > 0).then_some(limits.h2_streams))
        .max_header_list_size(header_list_bytes(limits))
        .max_pending_accept_reset_streams(RESETS_AT_ONCE)
        .max_local_error_reset_streams(STREAM_ERRORS)
        .initial_stream_window_size(256 * 1024)
        .initial_connection_window_size(1024 * 1024)
        .max_frame_size(16 * 1024)
        .max_send_buf_size(BUFFER)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
    builder
}

/// HTTP/2 counts 32 bytes more for each field than is on the wire (RFC 9113 §6.5.2). They are let in on top, so that
/// one limit means the same in both protocols.
fn header_list_bytes(limits: &Limits) -> u32 {
    let bytes = head_bytes(limits);
    let fields = if limits.headers > 0 { limits.headers } else { bytes / SHORTEST_FIELD };
    u32::try_from(bytes.saturating_add(fields.saturating_mul(FIELD_OVERHEAD))).unwrap_or(u32::MAX)
}

/// How long a head of HTTP/1.1 may be: hyper gives up one that is not whole at its limit, and answers without a page.
pub(in crate::server) fn whole_head(limits: &Limits) -> usize {
    head_bytes(limits).saturating_sub(1)
}

/// How much of a head is read.
fn head_bytes(limits: &Limits) -> usize {
    if limits.header_bytes > 0 { limits.header_bytes.saturating_mul(READ_BEYOND).max(BUFFER) } else { LARGEST_HEAD }
}

/// A stream in hyper's terms.
pub(in crate::server) fn io<T>(stream: T) -> TokioIo<T> {
    TokioIo::new(stream)
}

/// A connection that can be told to end once its requests have.
pub(in crate::server) trait Graceful: Future {
    fn tell_to_end(self: Pin<&mut Self>);
}

impl<I, S, B> Graceful for http1::UpgradeableConnection<I, S>
where
    S: HttpService<Incoming, ResBody = B>,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    I: Read + Write + Unpin + Send + 'static,
    B: Body + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    fn tell_to_end(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

impl<I, S, B> Graceful for http2::Connection<I, S, StreamExecutor>
where
    S: HttpService<Incoming, ResBody = B>,
    S::Future: 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    I: Read + Write + Unpin,
    B: Body + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    fn tell_to_end(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn choose(bytes: &[u8]) -> (io::Result<bool>, Vec<u8>) {
        let (mut client, server) = tokio::io::duplex(3);
        let bytes = bytes.to_vec();
        let writing = tokio::spawn(async move { client.write_all(&bytes).await });
        let mut stream = Rewind::new(server);
        let http2 = begins_http2(&mut stream).await;
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.unwrap();
        writing.await.unwrap().unwrap();
        (http2, all)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn the_preface_chooses_and_no_byte_is_lost() {
        let http2 = [PREFACE, b"\0\0\0\x04\0\0\0\0\0"].concat();
        let post = b"PRIVATE / HTTP/1.1\r\n\r\n".to_vec();
        let get = b"GET / HTTP/1.1\r\n\r\n".to_vec();
        for (bytes, expected) in [(http2, true), (post, false), (get, false)] {
            let (chosen, all) = choose(&bytes).await;
            assert_eq!((chosen.unwrap(), all), (expected, bytes));
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn settings_come_first() {
        for frame in [b"\0\0\0\x04\x01\0\0\0\0", b"\0\0\0\x01\x05\0\0\0\x01"] {
            let (chosen, _) = choose(&[PREFACE, frame].concat()).await;
            assert_eq!(chosen.unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn an_end_within_the_preface_is_the_end() {
        let (chosen, _) = choose(b"PRI * HT").await;
        assert_eq!(chosen.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
