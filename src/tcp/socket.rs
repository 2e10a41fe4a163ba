//! The socket of a connection, shared with the outbox in which a message of it waits.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use rustix::net::{SendFlags, Shutdown, send, shutdown};
use tokio::io::{Interest, ReadBuf};
use tokio::net::TcpStream;

/// Used by one thread; the atomics and the lock are there because hyper wants an upgradable stream to be `Send`.
#[derive(Debug)]
pub(super) struct Socket {
    stream: TcpStream,
    /// Whether a message of it is in an outbox.
    waits: AtomicBool,
    /// Whether there is something in `held`.
    holds: AtomicBool,
    /// What the kernel did not take of the last message.
    held: Mutex<Vec<u8>>,
}

impl Socket {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, waits: AtomicBool::new(false), holds: AtomicBool::new(false), held: Mutex::default() }
    }

    pub(super) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Whether a message of it is in an outbox.
    pub(super) fn waits(&self) -> bool {
        self.waits.load(Relaxed)
    }

    /// A message of it is in an outbox now.
    pub(super) fn wait(&self) {
        self.waits.store(true, Relaxed);
    }

    /// Sends the message that was in an outbox. What the kernel does not take is held, whatever the reason: whoever looks
    /// at the connection next, which `waker` sees to, sends it on, and learns of the reason.
    pub(super) fn depart(&self, message: &[u8], waker: Waker) {
        self.waits.store(false, Relaxed);
        let sent = send(&self.stream, message, SendFlags::NOSIGNAL).unwrap_or(0);
        if let Some(rest @ [_, ..]) = message.get(sent..) {
            self.held.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(rest);
            self.holds.store(true, Relaxed);
            waker.wake();
        }
    }

    /// Sends what is held; ready when nothing is.
    pub(super) fn poll_held(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.holds.load(Relaxed) { self.poll_send_held(cx) } else { Poll::Ready(Ok(())) }
    }

    #[cold]
    fn poll_send_held(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        while !held.is_empty() {
            let sent = ready!(self.poll_send(cx, held.len(), |stream| send(stream, &held, SendFlags::NOSIGNAL)))?;
            held.drain(..sent);
        }
        *held = Vec::new();
        self.holds.store(false, Relaxed);
        Poll::Ready(Ok(()))
    }

    /// Sends some of `bytes` bytes as soon as the socket takes any.
    pub(super) fn poll_send(
        &self,
        cx: &mut Context<'_>,
        bytes: usize,
        mut call: impl FnMut(&TcpStream) -> rustix::io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.stream.poll_write_ready(cx))?;
            let mut count = 0;
            let tried = self.stream.try_io(Interest::WRITABLE, || {
                count = call(&self.stream)?;
                // The socket is full: without another call it is known that the next one would find it so.
                if count < bytes { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
            });
            match tried {
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Poll::Ready(Err(error)),
                Err(_) if count == 0 => {}
                _ => return Poll::Ready(Ok(count)),
            }
        }
    }

    /// Reads what has come as soon as there is any.
    pub(super) fn poll_receive(&self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            match self.stream.try_read_buf(buf) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(1..) if buf.remaining() > 0 => {
                    self.is_drained();
                    return Poll::Ready(Ok(()));
                }
                received => return Poll::Ready(received.map(drop)),
            }
        }
    }

    /// The kernel gave less than there was room for: without another call it is known that the next one would find
    /// nothing.
    fn is_drained(&self) {
        let _ = self.stream.try_io(Interest::READABLE, || Err::<(), _>(io::ErrorKind::WouldBlock.into()));
    }

    /// Sends the end.
    pub(super) fn shut_down(&self) -> io::Result<()> {
        match shutdown(&self.stream, Shutdown::Write) {
            // The peer has closed first.
            Err(rustix::io::Errno::NOTCONN) => Ok(()),
            result => Ok(result?),
        }
    }
}
