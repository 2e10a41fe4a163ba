//! The bytes of a connection to the portal, over TCP, TLS or a Unix socket, and of a tunnel that it has become.
//!
//! The pool checks by it whether a connection can still be used for a request.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::UnixStream;
use tokio_rustls::client::TlsStream;

use crate::net::prefixed::Prefixed;
use crate::net::tcp::{TcpConnection, is_quiet};

/// An open connection.
pub(crate) enum PortalStream {
    Clear(TcpConnection),
    Tls(Box<TlsStream<TcpConnection>>),
    Unix(UnixStream),
    #[cfg(feature = "fuzzing")]
    Memory(tokio::io::DuplexStream),
}

/// The peer of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::upstream) enum Peer {
    /// The server at this address.
    Address(SocketAddr),
    /// The process that listened on the endpoint's Unix socket; its path never changes.
    UnixSocket,
}

/// The same call on whichever stream it is.
macro_rules! on_any {
    ($stream:expr, $io:ident => $call:expr) => {
        match $stream {
            PortalStream::Clear($io) => $call,
            PortalStream::Tls($io) => $call,
            PortalStream::Unix($io) => $call,
            #[cfg(feature = "fuzzing")]
            PortalStream::Memory($io) => $call,
        }
    };
}

impl PortalStream {
    /// The peer.
    pub(in crate::upstream) fn peer(&self) -> Option<Peer> {
        let tcp = match self {
            Self::Clear(tcp) => tcp,
            Self::Tls(tls) => tls.get_ref().0,
            Self::Unix(_) => return Some(Peer::UnixSocket),
            #[cfg(feature = "fuzzing")]
            Self::Memory(_) => return None,
        };
        tcp.get_ref().peer_addr().ok().map(Peer::Address)
    }

    /// Whether it is open and no byte was received. If it returns false, the byte may be lost, and the stream must not be used
    /// again. `is_known`: the runtime has taken all events since the stream was last read.
    pub(in crate::upstream) fn is_quiet(&mut self, is_known: bool) -> bool {
        match self {
            Self::Clear(tcp) => tcp.is_quiet(is_known),
            Self::Tls(tls) => reads_nothing(&mut **tls) && tls.get_ref().0.is_quiet(is_known),
            Self::Unix(unix) => is_quiet(&*unix, |ask| unix.try_io(Interest::READABLE, ask), is_known),
            #[cfg(feature = "fuzzing")]
            Self::Memory(memory) => reads_nothing(memory),
        }
    }
}

/// Whether a read finds neither a byte nor the end. Under TLS it also processes records without content, such as session
/// tickets.
fn reads_nothing(stream: &mut (impl AsyncRead + Unpin)) -> bool {
    let mut cx = Context::from_waker(Waker::noop());
    Pin::new(stream).poll_read(&mut cx, &mut ReadBuf::new(&mut [0])).is_pending()
}

impl AsyncRead for PortalStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        on_any!(&mut *self, io => Pin::new(io).poll_read(cx, buf))
    }
}

impl AsyncWrite for PortalStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        on_any!(&mut *self, io => Pin::new(io).poll_write(cx, buf))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        on_any!(&mut *self, io => Pin::new(io).poll_write_vectored(cx, bufs))
    }

    fn is_write_vectored(&self) -> bool {
        on_any!(self, io => io.is_write_vectored())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_any!(&mut *self, io => Pin::new(io).poll_flush(cx))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_any!(&mut *self, io => Pin::new(io).poll_shutdown(cx))
    }
}

/// The portal's side of a tunnel: the bytes that were received after the switch of protocols, then the stream.
pub(crate) type Switched = Prefixed<PortalStream>;
