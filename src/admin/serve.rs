//! Connections within bounds: HTTP/1.1 in clear, one request each.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::Response;
use http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::response::Whole;

/// Connections at a time; the rest wait in the kernel's queue.
const CONNECTIONS: usize = 128;

/// For a request's head.
const HEADER: Duration = Duration::from_secs(5);

/// For a whole connection. The longest answer is that of a reload.
const WHOLE: Duration = Duration::from_mins(1);

/// After a failed accept: out of file descriptors, most often.
const PAUSE: Duration = Duration::from_millis(100);

/// Bytes of a request's head.
const HEAD_BYTES: usize = 16 * 1024;

/// Serves for as long as it is polled; dropping it ends every connection.
pub(super) async fn serve<H, F>(listener: TcpListener, handle: H)
where
    H: Fn(Parts) -> F + Clone + Send + 'static,
    F: Future<Output = Response<Whole>> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let served = connection(stream, handle.clone());
                connections.spawn(async move {
                    // Too slow, or broken: closing it is all there is to do.
                    let _ = tokio::time::timeout(WHOLE, served).await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "the admin listener could not accept a connection");
                tokio::time::sleep(PAUSE).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection<H, F>(stream: TcpStream, handle: H)
where
    H: Fn(Parts) -> F + Send,
    F: Future<Output = Response<Whole>> + Send,
{
    let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
        let response = handle(request.into_parts().0);
        async move { Ok::<_, Infallible>(response.await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(HEAD_BYTES)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = served.await {
        tracing::debug!(%error, "admin connection");
    }
}
