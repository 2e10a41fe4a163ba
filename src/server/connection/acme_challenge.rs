//! TLS handshakes that may be an authority's challenge (RFC 8737): the certificate is chosen when the `ClientHello` is known.
//!
//! After a challenge's handshake the connection ends. All other handshakes are done as usual.

use rustls::ServerConnection;
use rustls::server::Acceptor;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{LazyConfigAcceptor, TlsAcceptor};

use super::close_reason::CloseReason;
use crate::acme::{Challenges, TLS_PROTOCOL};

/// A visitor's session, set up by `set_up` before its first byte.
///
/// # Errors
/// If the handshake fails, or was a challenge, answered or not.
pub(in crate::server) async fn accept<T>(
    stream: T,
    acceptor: &TlsAcceptor,
    challenges: Challenges<'_>,
    set_up: impl FnOnce(&mut ServerConnection),
) -> Result<TlsStream<T>, CloseReason>
where
    T: AsyncRead + AsyncWrite + Unpin,
{
    let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await.map_err(CloseReason::Tls)?;
    let hello = start.client_hello();
    let is_challenge =
        hello.alpn().is_some_and(|mut offered| offered.next() == Some(TLS_PROTOCOL) && offered.next().is_none());
    if !is_challenge {
        return start.into_stream_with(acceptor.config().clone(), set_up).await.map_err(CloseReason::Tls);
    }
    let name = hello.server_name().unwrap_or_default().to_owned();
    let Some(proof) = challenges.tls_answer(&name).await else { return Err(CloseReason::UnknownChallenge) };
    let mut stream = start.into_stream(proof).await.map_err(CloseReason::Tls)?;
    stream.shutdown().await.map_err(CloseReason::Left)?;
    Err(CloseReason::Challenged)
}
