//! Connections within bounds: HTTP/1.1 in clear, one request each.
//!
//! The number of connections is limited, and none waits. If there are too many, one whose client is awaited is closed: one that
//! has not sent its whole head, else one that has not read its response. Of these it is the oldest one of the address that has
//! the most. So a client that opens connections and sends or reads nothing loses its own, and a probe is answered.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use http::Response;
use http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::response::Whole;

/// Connections at a time.
const CONNECTIONS: usize = 128;

/// For a request's head.
const HEADER: Duration = Duration::from_secs(5);

/// For a whole connection. The longest answer is that of a reload.
const WHOLE: Duration = Duration::from_mins(1);

/// After a failed accept: out of file descriptors, most often.
const PAUSE: Duration = Duration::from_millis(100);

/// Bytes of a request's head. A longer one gets 431 (RFC 6585 §5).
const HEAD_BYTES: usize = 16 * 1024;

/// Serves for as long as it is polled; dropping it ends every connection. `handle` gets a request's head and makes the
/// response; the body of the request is never read. An accept that fails is logged, and tried again after a pause.
pub(super) async fn serve<H, F>(listener: TcpListener, handle: H)
where
    H: Fn(Parts) -> F + Clone + Send + 'static,
    F: Future<Output = Response<Whole>> + Send + 'static,
{
    let mut connections = JoinSet::new();
    let mut places = Places::default();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                while !places.make_room() {
                    // A response is being made for each, and each ends within `WHOLE`.
                    connections.join_next().await;
                }
                let stage = Arc::new(AtomicStage::default());
                let served = connection(stream, handle.clone(), Arc::clone(&stage));
                // Too slow, or broken: closing it is all there is to do.
                let task = connections.spawn(async { drop(tokio::time::timeout(WHOLE, served).await) });
                places.taken.push_back(Place { task, address: peer.ip().to_canonical(), stage });
            }
            Err(error) => {
                tracing::warn!(%error, "the admin listener could not accept a connection");
                tokio::time::sleep(PAUSE).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

/// The connections that are open, the oldest first.
#[derive(Default)]
struct Places {
    taken: VecDeque<Place>,
}

struct Place {
    /// Ends the connection.
    task: AbortHandle,
    /// Of the client; an IPv4 address that came mapped into IPv6 is IPv4.
    address: IpAddr,
    stage: Arc<AtomicStage>,
}

/// How far a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Stage {
    /// The request's head is received.
    Asking,
    /// The response is made.
    Waiting,
    /// The response is sent.
    Reading,
}

/// A [`Stage`] that the connection's task writes and the listener reads.
#[derive(Debug, Default)]
struct AtomicStage(AtomicU8);

impl AtomicStage {
    fn set(&self, stage: Stage) {
        self.0.store(stage as u8, Ordering::Relaxed);
    }

    fn is(&self, stage: Stage) -> bool {
        self.0.load(Ordering::Relaxed) == stage as u8
    }
}

impl Places {
    /// Makes room for one more connection if possible. Returns whether there is room.
    fn make_room(&mut self) -> bool {
        self.taken.retain(|place| !place.task.is_finished());
        if self.taken.len() < CONNECTIONS {
            return true;
        }
        let Some(least) = self.gives_way().and_then(|index| self.taken.remove(index)) else { return false };
        least.task.abort();
        true
    }

    /// The index of the connection to close; `None` if a response is being made for each.
    fn gives_way(&self) -> Option<usize> {
        self.oldest_of_most(Stage::Asking).or_else(|| self.oldest_of_most(Stage::Reading))
    }

    /// The index of the oldest connection at this stage, of the address that has the most of them.
    fn oldest_of_most(&self, stage: Stage) -> Option<usize> {
        let at_stage = || self.taken.iter().enumerate().filter(|(_, place)| place.stage.is(stage));
        let mut counts: HashMap<IpAddr, usize> = HashMap::new();
        at_stage().for_each(|(_, place)| *counts.entry(place.address).or_default() += 1);
        let most = counts.values().max()?;
        at_stage().find(|(_, place)| counts.get(&place.address) == Some(most)).map(|(index, _)| index)
    }
}

async fn connection<H, F>(stream: TcpStream, handle: H, stage: Arc<AtomicStage>)
where
    H: Fn(Parts) -> F + Send,
    F: Future<Output = Response<Whole>> + Send,
{
    let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
        stage.set(Stage::Waiting);
        let response = handle(request.into_parts().0);
        let stage = Arc::clone(&stage);
        async move {
            let response = response.await;
            stage.set(Stage::Reading);
            Ok::<_, Infallible>(response)
        }
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
