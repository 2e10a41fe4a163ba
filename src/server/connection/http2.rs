//! Serves HTTP/2 on one connection: hyper serves the requests, each in an `h2_stream` of its own.
//!
//! Flow control and limits are those of h2. Deadlines, eviction, joined writes and a bound on unsent heads, which it does not
//! have, are added around it.

use std::convert::Infallible;
use std::error::Error;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Context;
use std::time::Duration;

use http::{Method, Request, Response, StatusCode, Version};
use hyper::body::{Body, Incoming};
use hyper::rt::{Read, Write};
use hyper::server::conn::http2;
use hyper::service::{HttpService, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWrite;

use super::ServedConnection;
use super::close_reason::CloseReason;
use super::h2_stream::StreamExecutor;
use super::head_limits::{BUFFER, SHORTEST_FIELD, head_bytes};
use super::lingering::Lingering;
use super::preface::Protocol;
use super::progress::ConnectionProgress;
use super::progress_io::{ProgressBody, ProgressStream};
use super::timeouts::{ConnectionTimeouts, GracefulShutdown};
use super::unsent_heads::{HeadStream, give, memory_of};
use crate::config::Limits;
use crate::net::coalesce::per_poll::{Coalescing, coalesce};
use crate::net::idle_timeout::IdleTimeout;
use crate::net::stream::Stream;
use crate::proxy::InFlight;
use crate::server::handler::Handler;
use crate::telemetry::refused_heads::{self, RefusedHeads};
use crate::upstream::Eviction;

/// What HTTP/2 counts for a field beside its name and value, in bytes (RFC 9113 §6.5.2).
const FIELD_OVERHEAD: usize = 32;
/// How many streams a client may have reset before they were accepted (Rapid Reset).
const RESETS_AT_ONCE: usize = 20;
/// How many streams of a connection octroi resets because of a client's errors, at most (`MadeYouReset`). Browsers make none.
const STREAM_ERRORS: usize = 100;

/// Serves HTTP/2 to the connection's end. `held` is dropped with the stream.
///
/// # Errors
/// Those of [`super::http1::serve`], except for heads: h2 refuses those with a reset of the stream, or a 431 of its own.
pub(super) async fn serve<H: Handler, G: Send + Unpin + 'static>(
    stream: Box<dyn Stream>,
    held: G,
    connection: &ServedConnection<'_, H>,
) -> Result<(), CloseReason> {
    let ServedConnection { worker, info, .. } = connection;
    let progress = ConnectionProgress::new(info.accepted, Protocol::Http2, IdleTimeout::new(info.timeouts.body_idle));
    let mut timeouts =
        ConnectionTimeouts::new(&progress, info.timeouts, worker.tick, worker.drain.clone(), Protocol::Http2);
    let stream = ProgressStream::new(stream, Arc::clone(&progress), held);
    let executor = StreamExecutor { progress: Arc::clone(&progress), metrics: worker.metrics.clone() };
    let builder = builder(&info.limits, executor);
    // The task of a stream is moved several times before its first poll, so what is large in it is boxed.
    let service = service_fn(|request| Box::pin(respond(connection, &progress, request)));
    let hyper = coalesce(stream, |stream| {
        let stream = Lingering::new(stream, Arc::clone(&progress));
        builder.serve_connection(TokioIo::new(HeadStream::new(stream, Arc::clone(&progress))), service)
    });
    let mut driving = Box::pin(timeouts.drive(hyper));
    let driven = poll_fn(|cx| {
        let polled = driving.as_mut().poll(cx);
        record_refused_heads(connection);
        polled
    });
    Ok(driven.await??)
}

/// Records the heads that h2 has refused in the poll that has just ended. A reset has no status: a malformed head counts as
/// 400, which RFC 9113 §8.1.1 names as its answer.
fn record_refused_heads<H: Handler>(ServedConnection { worker, downstream, .. }: &ServedConnection<'_, H>) {
    let RefusedHeads { malformed, too_large } = refused_heads::take();
    for (status, number) in
        [(StatusCode::BAD_REQUEST, malformed), (StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, too_large)]
    {
        (0..number).for_each(|_| worker.handler.rejected(status, Version::HTTP_2, downstream));
    }
}

/// Calls the handler for one request. An extended CONNECT (RFC 8441) may become a tunnel, during which the connection is not
/// idle.
fn respond<H: Handler>(
    connection: &ServedConnection<'_, H>,
    progress: &Arc<ConnectionProgress>,
    mut request: Request<Incoming>,
) -> impl Future<Output = Result<Response<ProgressBody<H::Body>>, Infallible>> + use<H> {
    let guard = progress.begin();
    if request.method() == Method::CONNECT {
        request.extensions_mut().insert(InFlight::new(progress.begin_tunnel()));
    }
    // A stream is evicted alone, not its whole connection.
    let eviction = Eviction::of_stream(connection.eviction);
    let (connection_eviction, progress) = (Rc::clone(connection.eviction), Arc::clone(progress));
    let (handler, downstream) = (Rc::clone(&connection.worker.handler), Rc::clone(&connection.downstream));
    let default = IdleTimeout::new(connection.info.timeouts.body_idle);
    async move {
        let response = Rc::clone(&handler).handle(request, downstream, Rc::clone(&eviction)).await;
        let body_idle = H::body_idle(response.body(), default);
        let mut response = response.map(|body| ProgressBody::new(body, guard, body_idle, &eviction));
        if let Some(head) = handler.count_head(&connection_eviction, memory_of(response.headers())) {
            let turn = progress.heads.wait(|bytes| eviction.moved(bytes));
            let body = response.body_mut().body_mut();
            meanwhile(turn, |cx| H::read_ahead(body, cx)).await;
            give(head, response.headers_mut(), &progress);
        }
        Ok(response)
    }
}

/// Waits for the response's turn. Whenever it goes on waiting, `act` is called.
async fn meanwhile(turn: impl Future<Output = ()>, mut act: impl FnMut(&mut Context<'_>)) {
    let mut turn = pin!(turn);
    poll_fn(|cx| {
        let polled = turn.as_mut().poll(cx);
        if polled.is_pending() {
            act(cx);
        }
        polled
    })
    .await;
}

/// hyper's settings. PINGs detect peers that are gone.
///
/// h2 itself answers one SETTINGS or PING before it reads the next, so that no queue grows if nobody reads the answers; it
/// ends connections that send endless CONTINUATIONs, empty DATA frames, or heads of many times the limit.
fn builder(limits: &Limits, executor: StreamExecutor) -> http2::Builder<StreamExecutor> {
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
        // A PING waits behind what the kernel holds, 200 KiB or more, which a slow line takes half a minute to read.
        .keep_alive_timeout(Duration::from_secs(30));
    builder
}

/// HTTP/2 counts 32 bytes more for each field than are on the wire (RFC 9113 §6.5.2). They are added, so that one limit means
/// the same in both protocols.
fn header_list_bytes(limits: &Limits) -> u32 {
    let bytes = head_bytes(limits);
    let fields = if limits.headers > 0 { limits.headers } else { bytes / SHORTEST_FIELD };
    u32::try_from(bytes.saturating_add(fields.saturating_mul(FIELD_OVERHEAD))).unwrap_or(u32::MAX)
}

impl<I, S, B> GracefulShutdown for http2::Connection<I, S, StreamExecutor>
where
    S: HttpService<Incoming, ResBody = B>,
    S::Future: 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    I: Read + Write + Unpin,
    B: Body + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn graceful_shutdown(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

impl<C: GracefulShutdown, T: AsyncWrite + Unpin> GracefulShutdown for Coalescing<C, T> {
    fn graceful_shutdown(self: Pin<&mut Self>) {
        self.connection().graceful_shutdown();
    }
}
