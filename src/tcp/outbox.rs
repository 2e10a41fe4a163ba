//! What a worker's connections have to say, sent together.
//!
//! A worker reads what all its visitors have sent, and all that the portal has answered, before it sleeps again. If each
//! response were sent as soon as it is there, whoever reads it would be woken for each, and fall asleep again before the
//! next one. Waking a processor is dear, above all a virtual one. So short messages are left to a task that stands behind
//! all that are ready; `upstream/batch.rs` does the same for requests, which can be taken back.

use std::io::IoSlice;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use tokio::task::spawn_local;

use super::socket::Socket;

/// So many go out without waiting for more: the first of a large crowd must not wait for its last.
const MOST: usize = 32;

/// The messages of one worker's connections. Behind a lock, which nobody waits for, as hyper wants a stream to be `Send`.
#[derive(Debug, Default)]
pub(crate) struct Outbox(Mutex<Departing>);

#[derive(Debug, Default)]
struct Departing {
    /// All messages, one behind the other.
    bytes: Vec<u8>,
    messages: Vec<Message>,
}

#[derive(Debug)]
struct Message {
    socket: Arc<Socket>,
    /// Where it ends.
    end: usize,
    /// Who wrote it.
    waker: Waker,
}

impl Outbox {
    /// Whether there may be others to wait for: the worker holds it, and each connection.
    pub(super) fn has_others(self: &Arc<Self>) -> bool {
        Arc::strong_count(self) > 2
    }

    /// Takes a message of a connection that has none in it. It goes out when the tasks that are ready have had their turn.
    pub(super) fn add(self: &Arc<Self>, socket: &Arc<Socket>, message: &[IoSlice<'_>], waker: &Waker) {
        let departing = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if departing.messages.is_empty() {
            let outbox = Arc::clone(self);
            spawn_local(async move { outbox.depart() });
        }
        for part in message {
            departing.bytes.extend_from_slice(part);
        }
        let (socket, end, waker) = (Arc::clone(socket), departing.bytes.len(), waker.clone());
        socket.wait();
        departing.messages.push(Message { socket, end, waker });
        if departing.messages.len() >= MOST {
            departing.depart();
        }
    }

    /// Sends all that wait.
    pub(super) fn depart(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).depart();
    }
}

impl Departing {
    fn depart(&mut self) {
        let mut begin = 0;
        for Message { socket, end, waker } in self.messages.drain(..) {
            socket.depart(self.bytes.get(begin..end).unwrap_or_default(), waker);
            begin = end;
        }
        self.bytes.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::io::{ErrorKind, Read};
    use std::net::TcpStream as StdTcpStream;
    use std::pin::Pin;
    use std::task::{Context, Poll};
    use std::time::Duration;

    use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::runtime::{Builder, LocalOptions};
    use tokio::task::yield_now;
    use tokio::time::timeout;

    use super::*;
    use crate::tcp::{FEW, TcpConnection};

    const PATIENCE: Duration = Duration::from_secs(20);

    /// As a worker runs.
    fn worker(test: impl Future<Output = ()>) {
        let runtime = Builder::new_current_thread().enable_all().build_local(LocalOptions::default()).unwrap();
        runtime.block_on(async move { timeout(PATIENCE, test).await.unwrap() });
    }

    /// So many connections of one worker, and their other ends.
    async fn connections(number: usize) -> (Vec<TcpConnection>, Vec<StdTcpStream>) {
        let (outbox, listener) = (Arc::<Outbox>::default(), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..number {
            let (one, other) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
            ours.push(TcpConnection::with_outbox(one.unwrap(), &outbox));
            let other = other.unwrap().0.into_std().unwrap();
            other.set_read_timeout(Some(PATIENCE)).unwrap();
            theirs.push(other);
        }
        // The worker's own.
        std::mem::forget(outbox);
        (ours, theirs)
    }

    /// Whether this comes, and then the end if `ends`. What was sent takes a moment to arrive; the worker has no turn
    /// meanwhile.
    fn comes(mut end: &StdTcpStream, expected: &str, ends: bool) -> bool {
        end.set_nonblocking(false).unwrap();
        let mut bytes = vec![0; expected.len()];
        end.read_exact(&mut bytes).unwrap();
        bytes == expected.as_bytes() && (!ends || end.read(&mut [0]).unwrap() == 0)
    }

    fn has_nothing(end: &StdTcpStream) -> bool {
        end.set_nonblocking(true).unwrap();
        end.peek(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }

    #[test]
    fn messages_go_out_when_all_that_are_ready_have_had_their_turn() {
        worker(async {
            let (mut ours, theirs) = connections(2).await;
            ours[0].write_all(b"one").await.unwrap();
            ours[1].write_all(b"two").await.unwrap();
            assert!(theirs.iter().all(has_nothing));
            yield_now().await;
            assert!(comes(&theirs[0], "one", false) && comes(&theirs[1], "two", false));
        });
    }

    #[test]
    fn a_full_outbox_waits_for_no_more() {
        worker(async {
            let (mut ours, theirs) = connections(MOST).await;
            for one in &mut ours {
                assert!(theirs.iter().all(has_nothing));
                one.write_all(b"x").await.unwrap();
            }
            assert!(theirs.iter().all(|end| comes(end, "x", false)));
        });
    }

    #[test]
    fn who_is_alone_waits_for_nobody() {
        worker(async {
            let (mut ours, theirs) = connections(1).await;
            ours[0].write_all(b"x").await.unwrap();
            assert!(comes(&theirs[0], "x", false));
        });
    }

    #[test]
    fn what_a_connection_says_keeps_its_order() {
        worker(async {
            let (mut ours, theirs) = connections(2).await;
            let long = "l".repeat(FEW + 1);
            for message in ["one", "two", &long, "three"] {
                ours[0].write_all(message.as_bytes()).await.unwrap();
            }
            ours[0].shutdown().await.unwrap();
            assert!(comes(&theirs[0], &format!("onetwo{long}three"), true));
        });
    }

    #[test]
    fn a_connection_that_is_dropped_has_said_what_it_said() {
        worker(async {
            let (mut ours, theirs) = connections(2).await;
            ours[0].write_all(b"last words").await.unwrap();
            ours.remove(0);
            yield_now().await;
            assert!(comes(&theirs[0], "last words", true));
        });
    }

    type Look = fn(Pin<&mut TcpConnection>, &mut Context<'_>) -> bool;

    const LOOKS: [Look; 3] = [
        |connection, cx| connection.poll_read(cx, &mut ReadBuf::new(&mut [0])).is_pending(),
        |connection, cx| connection.poll_flush(cx).is_pending(),
        |connection, cx| connection.poll_write(cx, &[b'x'; FEW + 1]).is_pending(),
    ];

    /// Sends for as long as the socket takes any; how much that was.
    async fn fill(connection: &mut TcpConnection) -> usize {
        let (bytes, mut filled) = (vec![b'x'; 1 << 20], 0);
        poll_fn(|cx| {
            while let Poll::Ready(sent) = Pin::new(&mut *connection).poll_write(cx, &bytes) {
                filled += sent.unwrap();
            }
            Poll::Ready(())
        })
        .await;
        filled
    }

    #[test]
    fn what_a_full_socket_does_not_take_is_sent_on_by_who_looks_at_it_next() {
        for look in LOOKS {
            worker(async move {
                let (mut ours, theirs) = connections(2).await;
                let mut connection = ours.remove(0);
                let filled = fill(&mut connection).await;
                // Woken by nobody but the outbox and the socket.
                spawn_local(async move {
                    connection.write_all(b"the end").await.unwrap();
                    poll_fn(|cx| {
                        let _ = look(Pin::new(&mut connection), cx);
                        Poll::<()>::Pending
                    })
                    .await;
                });
                yield_now().await;
                let mut came = vec![0; filled + 7];
                theirs[0].set_nonblocking(true).unwrap();
                TcpStream::from_std(theirs.into_iter().next().unwrap()).unwrap().read_exact(&mut came).await.unwrap();
                assert!(came.iter().take(filled).all(|byte| *byte == b'x') && came.ends_with(b"the end"));
            });
        }
    }

    #[test]
    fn who_looks_at_a_connection_learns_that_a_message_did_not_go_out() {
        worker(async {
            let (mut ours, mut theirs) = connections(2).await;
            socket2::SockRef::from(&theirs.remove(0)).set_linger(Some(Duration::ZERO)).unwrap();
            ours[0].write_all(b"one").await.unwrap();
            yield_now().await;
            assert!(ours[0].read(&mut [0]).await.is_err());
            assert!(ours[0].write_all(b"two").await.is_err());
        });
    }
}
