//! Serves HTTP/1.1 on one connection: hyper serves one request after the other, this file does what hyper does not.
//!
//! Between two requests the connection may be parked (`idle_parking`).
//!
//! hyper would answer a refused head without an error page. So hyper never reads that head: the stream is taken back from
//! hyper, a placeholder request is put in its place, and the handler answers with the error page.
//!
//! If a request asks for an upgrade, hyper prepares it. At the connection's end, hyper hands the stream to that upgrade
//! instead of closing it, even if the upgrade was refused. So a stream that was not upgraded is closed here.

use std::convert::Infallible;
use std::error::Error;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::header::{CONNECTION, HeaderValue};
use http::{Request, Response, StatusCode, Version};
use hyper::body::{Body, Incoming};
use hyper::rt::{Read, Write};
use hyper::server::conn::http1;
use hyper::service::{HttpService, service_fn};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::ServedConnection;
use super::close_reason::CloseReason;
use super::head_limits::{BUFFER, SHORTEST_FIELD, head_bytes};
use super::idle_parking::{PARK_AFTER, Parked};
use super::lingering::Lingering;
use super::preface::Protocol;
use super::progress::ConnectionProgress;
use super::progress_io::{ProgressBody, ProgressRequests, ProgressStream};
use super::timeouts::{ConnectionTimeouts, Driven, GracefulShutdown};
use super::unsent_heads::{HeadStream, give, memory_of};
use crate::config::Limits;
use crate::http::h1::{FramingGuard, leaves_unread};
use crate::http::lists;
use crate::net::idle_timeout::IdleTimeout;
use crate::net::prefixed::Prefixed;
use crate::net::stream::Stream;
use crate::server::handler::Handler;

/// The placeholder request that hyper reads in place of a refused head.
const STAND_IN: &[u8] = b"- * HTTP/1.1\r\nconnection: close\r\n\r\n";
/// hyper's own limit of fields. Unless another limit is set, it keeps this many on the stack.
const FIELDS_ON_STACK: usize = 100;
/// The head of a response that takes less memory is not counted, because a connection has one at a time.
const COUNTED_HEAD: usize = 8 << 10;

/// Serves HTTP/1.1 to the connection's end. `held` is dropped with the stream; if there was a tunnel, after its end.
///
/// # Errors
/// Why the connection ended, if it did not end in good order: the visitor may have left, or a limit may have been reached. A
/// refused head has been answered before.
pub(super) async fn serve<H: Handler, G: Send + Unpin + 'static>(
    stream: Box<dyn Stream>,
    held: G,
    connection: &ServedConnection<'_, H>,
) -> Result<(), CloseReason> {
    let ServedConnection { worker, info, downstream, .. } = connection;
    let progress = ConnectionProgress::new(info.accepted, Protocol::Http1, IdleTimeout::new(info.timeouts.body_idle));
    let mut timeouts =
        ConnectionTimeouts::new(&progress, info.timeouts, worker.tick, worker.drain.clone(), Protocol::Http1);
    let builder = builder(&info.limits, stream.shows_end());
    let stream = Lingering::new(ProgressStream::new(stream, Arc::clone(&progress), held), Arc::clone(&progress));
    let mut requests = ProgressRequests::new(Arc::clone(&progress), longest_head(&info.limits));
    let stream = HeadStream::new(stream, Arc::clone(&progress));
    let stream = FramingGuard::new(stream, move |bytes: &[u8]| requests.read(bytes));
    let service = service_fn(|request| respond(connection, &progress, request));
    let ended = serve_requests(&builder, &mut timeouts, &progress, stream, service).await;
    if let Some(status) = ended.as_ref().err().and_then(CloseReason::answered) {
        worker.handler.rejected(status, Version::HTTP_11, downstream);
    }
    ended?;
    match progress.requests.take_upgrade() {
        Some(upgrade) => match upgrade.await {
            Ok(stream) => Box::pin(close(&mut timeouts, stream)).await,
            Err(_) => Ok(()),
        },
        None => Ok(()),
    }
}

/// Serves requests, and parks the connection between them, until one is the last or the connection breaks.
async fn serve_requests<T, S, B>(
    builder: &http1::Builder,
    timeouts: &mut ConnectionTimeouts<'_>,
    progress: &ConnectionProgress,
    stream: T,
    mut service: S,
) -> Result<(), CloseReason>
where
    T: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    S: HttpService<Incoming, ResBody = B> + Unpin,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    B: Body + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut stream = Prefixed::new(stream);
    loop {
        // hyper is dropped at the end of this block. Otherwise parking would free nothing.
        let (parts, is_refused) = {
            let hyper = builder.serve_connection(TokioIo::new(stream), service);
            let mut hyper = Box::new(hyper.with_upgrades());
            match timeouts.drive_until_idle(Pin::new(&mut *hyper), Some(PARK_AFTER)).await? {
                Driven::Ended(Ok(())) => return Ok(()),
                Driven::Ended(Err(error)) => {
                    let error = CloseReason::from(error);
                    // If hyper has answered a head itself, the connection is closed as after any last response.
                    if let Some(parts) = hyper.into_parts().filter(|_| error.answered().is_some()) {
                        let _ = Box::pin(close(timeouts, parts.io)).await;
                    }
                    return Err(error);
                }
                Driven::Idle => (hyper.into_parts(), false),
                Driven::Refused => (hyper.into_parts(), true),
            }
        };
        let Some(parts) = parts else { return Ok(()) };
        (stream, service) = (parts.io.into_inner(), parts.service);
        if is_refused {
            progress.requests.answer_refusal();
            stream.set_prefix(STAND_IN);
        } else if matches!(&*parts.read_buf, b"" | b"\r\n") {
            // An empty line before a head is not part of it (RFC 9112 §2.2).
            timeouts.drive_until_idle(pin!(Parked::new(&mut stream)), None).await?;
        } else {
            return Err(CloseReason::Unread);
        }
    }
}

/// Calls the handler for one request, and tracks the progress of its response.
fn respond<'a, H: Handler>(
    connection: &'a ServedConnection<'_, H>,
    progress: &'a Arc<ConnectionProgress>,
    mut request: Request<Incoming>,
) -> impl Future<Output = Result<Response<ProgressBody<H::Body>>, Infallible>> + 'a {
    let ServedConnection { worker, info, downstream, eviction } = connection;
    let guard = progress.begin();
    if request.version() == Version::HTTP_10 {
        progress.saw_http10();
    }
    if let Some(why) = progress.requests.refusal() {
        request.extensions_mut().insert(why);
    }
    // hyper prepares an upgrade whenever there is an `Upgrade` field.
    let upgrade = request.extensions().get::<OnUpgrade>().cloned();
    let leaves_unread = upgrade.is_some() && leaves_unread(request.version(), request.headers());
    let is_last = leaves_unread || asks_to_close(&request);
    async move {
        let handler = Rc::clone(&worker.handler);
        let mut response = handler.handle(request, Rc::clone(downstream), Rc::clone(eviction)).await;
        announce_end(&mut response, is_last || worker.drain.has_begun(), progress);
        note_upgrade(&response, upgrade, progress);
        let bytes = memory_of(response.headers());
        if bytes >= COUNTED_HEAD
            && let Some(head) = worker.handler.count_head(eviction, bytes)
        {
            give(head, response.headers_mut(), progress);
        }
        let body_idle = H::body_idle(response.body(), IdleTimeout::new(info.timeouts.body_idle));
        Ok(response.map(|body| ProgressBody::new(body, guard, body_idle, eviction)))
    }
}

/// Makes the last response say that it is the last one. Notes the end of the connection for every response that says so.
fn announce_end<B>(response: &mut Response<B>, is_last: bool, progress: &ConnectionProgress) {
    if is_last && !is_switch(response) {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    // No other option is left by now but `upgrade` with a switch of protocols, which ends HTTP as well.
    if response.headers().contains_key(&CONNECTION) {
        progress.requests.end();
    }
}

/// Notes whether an upgrade that was asked for was granted.
fn note_upgrade<B>(response: &Response<B>, upgrade: Option<OnUpgrade>, progress: &ConnectionProgress) {
    match upgrade {
        Some(_) if is_switch(response) => progress.requests.upgraded(),
        Some(upgrade) => progress.requests.not_upgraded(upgrade),
        None => {}
    }
}

/// Whether the status is 101: the bytes that follow are not HTTP (RFC 9110 §15.2.2).
fn is_switch<B>(response: &Response<B>) -> bool {
    response.status() == StatusCode::SWITCHING_PROTOCOLS
}

/// Whether the client says that this request is its last on the connection (RFC 9112 §9.6).
fn asks_to_close(request: &Request<Incoming>) -> bool {
    lists::contain(request.headers(), &CONNECTION, b"close")
}

/// hyper's settings. hyper sets no timeouts; [`ConnectionTimeouts`] does. If the stream reports its own end (`shows_end`),
/// hyper is told not to look for it, because it would allocate room for a next request after each one. Otherwise hyper ends
/// the connection when the client closes its side.
fn builder(limits: &Limits, shows_end: bool) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.header_read_timeout(None).half_close(shows_end).pipeline_flush(false);
    if limits.header_bytes > 0 {
        let bytes = head_bytes(limits);
        builder.max_header_size(bytes).max_buf_size(bytes);
    }
    match limits.headers {
        FIELDS_ON_STACK => {}
        0 => drop(builder.max_headers(limits.header_bytes.max(BUFFER) / SHORTEST_FIELD)),
        fields => drop(builder.max_headers(fields)),
    }
    builder
}

/// The longest head that is read, in bytes. hyper would refuse a longer one without an error page.
fn longest_head(limits: &Limits) -> usize {
    head_bytes(limits).saturating_sub(1)
}

impl<I, S, B> GracefulShutdown for http1::UpgradeableConnection<I, S>
where
    S: HttpService<Incoming, ResBody = B>,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    I: Read + Write + Unpin + Send + 'static,
    B: Body + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn graceful_shutdown(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

/// Closes a stream that hyper has left open.
async fn close<T: Write + Unpin>(timeouts: &mut ConnectionTimeouts<'_>, stream: T) -> Result<(), CloseReason> {
    timeouts.drive_until_idle(pin!(StreamClose(stream)), None).await.map(drop)
}

/// Ends when a stream is closed.
struct StreamClose<T>(T);

impl<T: Write + Unpin> Future for StreamClose<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // An error means that the visitor is gone.
        Pin::new(&mut self.0).poll_shutdown(cx).map(drop)
    }
}

impl<T: Write + Unpin> GracefulShutdown for StreamClose<T> {
    fn graceful_shutdown(self: Pin<&mut Self>) {}
}
