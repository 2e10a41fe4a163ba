//! Plain HTTP on a TLS port: it is answered in plain HTTP, with the reason.
//!
//! So people who type the port of an https site into a browser see the reason, instead of a closed connection.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::close_reason::CloseReason;
use super::deadline::CLOSING;
use crate::net::prefixed::Prefixed;

const ANSWER: &[u8] = b"HTTP/1.1 400 Bad Request\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\
    Content-Length: 70\r\n\
    Cache-Control: no-store\r\n\
    Connection: close\r\n\
    \r\n\
    This port speaks TLS, and the request came in clear: ask by https://.\n";

/// Answers and closes if the first byte is one of HTTP. If not, nothing is consumed.
///
/// # Errors
/// If it was plain HTTP, or the peer has left.
pub(in crate::server) async fn refuse<T>(stream: &mut Prefixed<T>) -> Result<(), CloseReason>
where
    T: AsyncRead + AsyncWrite + Unpin,
{
    if stream.prefix().is_empty() {
        stream.read_ahead().await.map_err(CloseReason::Tls)?;
    }
    // Every TLS record begins with its type, a control byte (RFC 8446 §5.1); a request with its method, or an empty line.
    let is_http = |first: &u8| first.is_ascii_alphabetic() || matches!(first, b'\r' | b'\n');
    if !stream.prefix().first().is_some_and(is_http) {
        return Ok(());
    }
    stream.write_all(ANSWER).await.map_err(CloseReason::Left)?;
    stream.shutdown().await.map_err(CloseReason::Left)?;
    // If the socket were closed with unread bytes, the kernel would send a reset and drop the answer.
    let mut discarded = [0; 1024];
    let _ = timeout(CLOSING, async { while let Ok(1..) = stream.read(&mut discarded).await {} }).await;
    Err(CloseReason::ClearText)
}
