//! TCP connections.
//!
//! System calls are made without libc (by `rustix`): in a process of several threads, libc marks each call as a cancellation
//! point, twice and with a locked instruction. No thread is cancelled here.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use rustix::io::{Errno, writev};
use rustix::net::{RecvFlags, SendFlags, Shutdown, recv, send, shutdown};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

/// The kernel takes no more buffers in one call (`IOV_MAX`). With more, the rest would look as if the socket were full.
const MOST_AT_ONCE: usize = 1024;
/// Up to this many bytes, a copy to one buffer costs less than several buffers cost the kernel.
const FEW: usize = 2048;

/// A connection on a runtime.
#[derive(Debug)]
pub(crate) struct TcpConnection(TcpStream);

impl From<TcpStream> for TcpConnection {
    fn from(stream: TcpStream) -> Self {
        Self(stream)
    }
}

impl TcpConnection {
    /// tokio's stream.
    pub(crate) fn get_ref(&self) -> &TcpStream {
        &self.0
    }

    /// Whether it is open and there is nothing to read. Asks the kernel, unless `is_known` and the runtime has no event of it.
    /// `is_known`: the runtime has taken all events from the kernel since this connection was last read (see `event_loop`).
    pub(crate) fn is_quiet(&self, is_known: bool) -> bool {
        is_quiet(&self.0, |ask| self.0.try_io(Interest::READABLE, ask), is_known)
    }

    /// Sends some of `bytes` bytes as soon as the socket takes any. Returns how many.
    fn poll_send(
        &self,
        cx: &mut Context<'_>,
        bytes: usize,
        mut call: impl FnMut(&TcpStream) -> rustix::io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let Self(stream) = self;
        loop {
            ready!(stream.poll_write_ready(cx))?;
            let mut count = 0;
            let tried = stream.try_io(Interest::WRITABLE, || {
                count = call(stream)?;
                // The socket took only a part, so it is full: the next write waits for it without another call.
                if count < bytes { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
            });
            match tried {
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Poll::Ready(Err(error)),
                Err(_) if count == 0 => {}
                _ => return Poll::Ready(Ok(count)),
            }
        }
    }

    /// The kernel returned fewer bytes than fit, so it has no more: the next read waits without another call.
    fn is_drained(&self) {
        let _ = self.0.try_io(Interest::READABLE, || Err::<(), _>(io::ErrorKind::WouldBlock.into()));
    }
}

/// [`TcpConnection::is_quiet`] of any socket; `if_ready` calls what it is given only if the runtime has an event of the
/// socket, and else fails with [`io::ErrorKind::WouldBlock`].
pub(crate) fn is_quiet(
    socket: impl AsFd,
    if_ready: impl FnOnce(&dyn Fn() -> io::Result<usize>) -> io::Result<usize>,
    is_known: bool,
) -> bool {
    let ask = || Ok(recv(&socket, &mut [0], RecvFlags::PEEK | RecvFlags::DONTWAIT)?.0);
    let found = if is_known { if_ready(&ask) } else { ask() };
    found.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
}

impl AsyncRead for TcpConnection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.0.poll_read_ready(cx))?;
            match self.0.try_read_buf(buf) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(1..) if buf.remaining() > 0 => {
                    self.is_drained();
                    return Poll::Ready(Ok(()));
                }
                received => return Poll::Ready(received.map(drop)),
            }
        }
    }
}

impl AsyncWrite for TcpConnection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_send(cx, buf.len(), |stream| send(stream, buf, SendFlags::NOSIGNAL))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let bufs = bufs.get(..MOST_AT_ONCE).unwrap_or(bufs);
        let bytes = bufs.iter().map(|buf| buf.len()).sum();
        match bufs {
            [buf] => self.poll_write(cx, buf),
            bufs if bytes <= FEW => {
                let mut memory = [MaybeUninit::uninit(); FEW];
                let mut gathered = ReadBuf::uninit(&mut memory);
                for buf in bufs {
                    gathered.put_slice(buf);
                }
                self.poll_write(cx, gathered.filled())
            }
            bufs => self.poll_send(cx, bytes, |stream| writev(stream, bufs)),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Nothing is buffered here.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(match shutdown(&self.0, Shutdown::Write) {
            // The peer has closed it first.
            Err(Errno::NOTCONN) => Ok(()),
            result => Ok(result?),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    async fn pair() -> (TcpConnection, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (ours, theirs) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
        (ours.unwrap().into(), theirs.unwrap().0)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn more_than_the_socket_takes_waits_for_the_reader() {
        let (mut ours, mut theirs) = pair().await;
        let bytes: Vec<u8> = (0..32 << 20).map(|index: u32| index.to_le_bytes()[2]).collect();
        let mut came = Vec::new();
        let send = async {
            let (one, two) = bytes.split_at(5 << 20);
            ours.write_all(one).await.unwrap();
            let mut left = [IoSlice::new(&two[..7]), IoSlice::new(&two[7..])];
            let mut left = &mut left[..];
            while !left.is_empty() {
                let written = ours.write_vectored(left).await.unwrap();
                IoSlice::advance_slices(&mut left, written);
            }
            ours.shutdown().await.unwrap();
        };
        let ((), read) = tokio::join!(send, theirs.read_to_end(&mut came));
        assert_eq!(read.unwrap(), bytes.len());
        assert!(came == bytes);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn few_bytes_go_out_as_one_however_they_are_cut() {
        for bytes in [0, 1, FEW, FEW + 1] {
            let (mut ours, mut theirs) = pair().await;
            let text: Vec<u8> = (0..=u8::MAX).cycle().take(bytes).collect();
            let (one, rest) = text.split_at(bytes / 3);
            for cut in [&[&text[..]][..], &[one, &[], rest]] {
                let bufs: Vec<_> = cut.iter().map(|part| IoSlice::new(part)).collect();
                assert_eq!(ours.write_vectored(&bufs).await.unwrap(), bytes);
            }
            ours.shutdown().await.unwrap();
            let mut came = Vec::new();
            theirs.read_to_end(&mut came).await.unwrap();
            assert!(came == text.repeat(2), "{bytes}");
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn more_buffers_than_one_call_takes_are_sent_by_the_next() {
        let (mut ours, mut theirs) = pair().await;
        let mut left = vec![IoSlice::new(b"x"); 3 * MOST_AT_ONCE];
        let mut left = &mut left[..];
        let mut came = String::new();
        let send = async {
            while !left.is_empty() {
                let written = ours.write_vectored(left).await.unwrap();
                IoSlice::advance_slices(&mut left, written);
            }
            ours.shutdown().await.unwrap();
        };
        let ended = tokio::time::timeout(Duration::from_mins(1), send).await;
        assert!(ended.is_ok(), "it waits for a socket that is not full");
        theirs.read_to_string(&mut came).await.unwrap();
        assert_eq!(came, "x".repeat(3 * MOST_AT_ONCE));
    }

    #[tokio::test(flavor = "current_thread")]
    async fn no_call_is_made_to_learn_that_nothing_more_has_come() {
        let (mut ours, mut theirs) = pair().await;
        theirs.write_all(b"xy").await.unwrap();
        let may_call = |ours: &TcpConnection| ours.get_ref().try_io(Interest::READABLE, || Ok(())).is_ok();
        assert_eq!(ours.read(&mut [0]).await.unwrap(), 1);
        assert!(may_call(&ours));
        assert_eq!(ours.read(&mut [0, 0]).await.unwrap(), 1);
        assert!(!may_call(&ours));
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_peer_that_is_gone_is_an_error_and_no_signal() {
        let (mut ours, theirs) = pair().await;
        theirs.set_zero_linger().unwrap();
        drop(theirs);
        assert_eq!(ours.read(&mut [0]).await.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        assert_eq!(ours.write(b"x").await.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
