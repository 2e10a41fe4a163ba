//! Clients that send requests without a pause, and the result of each request.
//!
//! They only do what RFC 9110 and RFC 9113 require of a client: a connection that has ended is not used again, and a request
//! that GOAWAY has excluded is sent again on another connection. Anything else but a complete response is a failure.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::client::{get, tls};
use super::http2::{Http2, request_to, whole};
use super::wire::{BodyRule, Wire};
use super::{Authority, within};

/// The name in the certificate, and the host that is asked.
pub(crate) const NAME: &str = "load.test";
/// The body of every answer.
pub(crate) const BODY: &str = "whole";

/// Visitors at work.
pub(crate) struct Load {
    shared: Arc<Shared>,
    visitors: JoinSet<()>,
}

/// The results of the requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) answered_http1: usize,
    pub(crate) answered_http2: usize,
    /// Disowned by GOAWAY, and asked again.
    pub(crate) disowned: usize,
    /// Sent on an HTTP/1.1 connection that had served, and that was closed at the same instant: a client may ask again.
    pub(crate) crossed: usize,
    /// Connections that were not taken; while the process ends, nobody can take them.
    pub(crate) refused: usize,
    pub(crate) failures: Vec<String>,
}

struct Shared {
    clear: SocketAddr,
    tls: SocketAddr,
    client: [Arc<rustls::ClientConfig>; 2],
    tally: watch::Sender<Tally>,
    stopped: AtomicBool,
    /// Nobody will listen any more: a new connection may be refused.
    ends: AtomicBool,
}

/// How a visitor over HTTP/1.1 connects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    KeepAlive,
    ConnectEachTime,
}

impl Load {
    /// So many visitors of each kind: keep-alive or a connection for each request, in clear or under TLS, both protocols.
    pub(crate) fn start(clear: SocketAddr, tls: SocketAddr, authority: &Authority, of_each: usize) -> Self {
        let client = [authority.client(&["http/1.1"]), authority.client(&["h2"])];
        let (stopped, ends) = (AtomicBool::new(false), AtomicBool::new(false));
        let shared = Arc::new(Shared { clear, tls, client, tally: watch::Sender::default(), stopped, ends });
        let mut visitors = JoinSet::new();
        for _ in 0..of_each {
            for under_tls in [false, true] {
                for habit in [Habit::KeepAlive, Habit::ConnectEachTime] {
                    let shared = Arc::clone(&shared);
                    visitors.spawn(async move { shared.http1(under_tls, habit).await });
                }
            }
            for requests in [usize::MAX, 1] {
                let shared = Arc::clone(&shared);
                visitors.spawn(async move { shared.http2(requests).await });
            }
        }
        Self { shared, visitors }
    }

    /// Waits for this many more answers over each protocol.
    pub(crate) async fn answers(&self, more: usize) {
        let mut tally = self.shared.tally.subscribe();
        let (http1, http2) = {
            let now = tally.borrow();
            (now.answered_http1 + more, now.answered_http2 + more)
        };
        let answered = |tally: &Tally| {
            !tally.failures.is_empty() || (tally.answered_http1 >= http1 && tally.answered_http2 >= http2)
        };
        let _ = within("answers under load", tally.wait_for(answered)).await.unwrap();
    }

    /// From now on a new connection may be refused; a visitor whose connection is refused stops.
    pub(crate) fn expect_the_end(&self) {
        self.shared.ends.store(true, SeqCst);
    }

    /// Answers each visitor's request, and ends their connection.
    pub(crate) async fn stop(self) -> Tally {
        self.shared.stopped.store(true, SeqCst);
        self.gone().await
    }

    /// Waits until all visitors have stopped.
    pub(crate) async fn gone(self) -> Tally {
        within("all visitors to end", self.visitors.join_all()).await;
        self.shared.tally.borrow().clone()
    }
}

impl Shared {
    fn note(&self, change: impl FnOnce(&mut Tally)) {
        self.tally.send_modify(change);
    }

    fn failed(&self, what: String) {
        self.note(|tally| tally.failures.push(what));
    }

    /// Records a new connection without an answer. Returns whether the visitor continues.
    fn not_taken(&self, what: &str) -> bool {
        if self.ends.load(SeqCst) {
            self.note(|tally| tally.refused += 1);
            return false;
        }
        self.failed(format!("a new connection: {what}"));
        true
    }

    async fn connect(&self, under_tls: bool, protocol: usize) -> io::Result<Wire> {
        if under_tls {
            return tls(self.tls, NAME, Arc::clone(&self.client[protocol])).await.map(Wire::new);
        }
        Wire::tcp(self.clear).await
    }

    async fn http1(&self, under_tls: bool, habit: Habit) {
        let mut kept: Option<Wire> = None;
        while !self.stopped.load(SeqCst) {
            let reused = kept.take().filter(|wire| !has_ended(wire));
            let is_new = reused.is_none();
            let mut wire = match reused {
                Some(wire) => wire,
                None => match self.connect(under_tls, 0).await {
                    Ok(wire) => wire,
                    Err(error) if self.not_taken(&error.to_string()) => continue,
                    Err(_) => return,
                },
            };
            wire.send(get("/", if habit == Habit::KeepAlive { "" } else { "Connection: close\r\n" })).await;
            match wire.message(BodyRule::Response).await {
                None if !is_new => self.note(|tally| tally.crossed += 1),
                None if self.not_taken("closed without an answer") => {}
                None => return,
                Some(response) if response.complete && response.status() == 200 && response.text() == BODY => {
                    self.note(|tally| tally.answered_http1 += 1);
                    kept = (response.field("connection").as_deref() != Some("close")).then_some(wire);
                }
                Some(response) => self.failed(response.shown()),
            }
        }
    }

    /// `requests`: how many on each connection.
    async fn http2(&self, requests: usize) {
        while !self.stopped.load(SeqCst) {
            let stream = match tls(self.tls, NAME, Arc::clone(&self.client[1])).await {
                Ok(stream) => stream,
                Err(error) if self.not_taken(&error.to_string()) => continue,
                Err(_) => return,
            };
            let client = Http2::over(stream).await;
            let mut left = requests;
            while left > 0 && !self.stopped.load(SeqCst) && self.two_streams(&client).await {
                left -= 1;
            }
        }
    }

    /// Sends two requests at a time. Returns whether the connection can be used again.
    async fn two_streams(&self, client: &Http2) -> bool {
        let (first, second) = tokio::join!(self.stream(client), self.stream(client));
        first && second
    }

    async fn stream(&self, client: &Http2) -> bool {
        let request = request_to(NAME, "GET", "/", &[]);
        let sent = match client.requests.clone().ready().await {
            Ok(mut ready) => ready.send_request(request, true),
            Err(error) => Err(error),
        };
        let answer = match sent {
            Ok((response, _)) => whole(response).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(answer) if answer.status() == 200 && answer.body == BODY.as_bytes() => {
                self.note(|tally| tally.answered_http2 += 1);
                return true;
            }
            Ok(answer) => self.failed(format!("{answer:?}")),
            Err(error) if is_disowned(&error) => self.note(|tally| tally.disowned += 1),
            Err(error) => self.failed(format!("an HTTP/2 stream: {error}")),
        }
        false
    }
}

/// Whether the server has said that it did not look at the request.
fn is_disowned(error: &h2::Error) -> bool {
    let goes = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
    error.is_remote() && (goes || error.reason() == Some(h2::Reason::REFUSED_STREAM))
}

/// Whether the peer has said a last word on an idle connection: it is not used again.
fn has_ended(wire: &Wire) -> bool {
    let Some(tcp) = wire.stream.tcp() else { return false };
    let mut one = [0];
    let mut peeked = std::pin::pin!(tcp.peek(&mut one));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    peeked.as_mut().poll(&mut cx).is_ready()
}
