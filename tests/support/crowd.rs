//! Very many visitors at once: bare sockets, because a buffer for each would fill the test's own memory.

use std::net::SocketAddr;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::client::get;

/// How long a crowd may take over anything before a test gives up.
const EVENT_TIMEOUT: Duration = Duration::from_mins(5);

/// Connections in clear, each of a visitor of its own.
pub(crate) struct Crowd(Vec<TcpStream>);

impl Crowd {
    /// So many connections, all opened at once.
    pub(crate) async fn open(address: SocketAddr, count: usize) -> Self {
        claim_descriptors();
        let mut opening = JoinSet::new();
        for _ in 0..count {
            opening.spawn(async move { TcpStream::connect(address).await.expect("a connection") });
        }
        Self(in_time(opening.join_all()).await)
    }

    /// Each asks once, a number of them at a time, and must receive the whole answer: 200 with the body `ok`.
    pub(crate) async fn ask(&mut self, at_a_time: usize) {
        let mut waiting = std::mem::take(&mut self.0);
        while !waiting.is_empty() {
            let wave = waiting.split_off(waiting.len().saturating_sub(at_a_time));
            let asking: JoinSet<_> = wave.into_iter().map(ask).collect();
            self.0.extend(in_time(asking.join_all()).await);
        }
    }
}

async fn ask(mut stream: TcpStream) -> TcpStream {
    stream.write_all(get("/", "").as_bytes()).await.expect("the request is taken");
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\nok") {
        let read = stream.read_buf(&mut answer).await.expect("an answer");
        assert!(read > 0, "the connection ended: {}", super::shown(&answer));
    }
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", super::shown(&answer));
    stream
}

async fn in_time<T>(event: impl Future<Output = T>) -> T {
    tokio::time::timeout(EVENT_TIMEOUT, event).await.expect("the crowd took too long")
}

/// A test process often begins with 1,024.
pub(crate) fn claim_descriptors() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).expect("more file descriptors");
}
