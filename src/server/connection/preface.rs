//! Which protocol a client speaks: HTTP/2 begins with a preface, HTTP/1.1 does not.
//!
//! hyper can tell them apart, too, but reads the first bytes without any deadline.

use std::io;

use tokio::io::AsyncRead;

use crate::net::prefixed::Prefixed;

/// What every HTTP/2 client sends first (RFC 9113 §3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// The bytes of a frame's header: length, type, flags, stream (RFC 9113 §4.1).
const FRAME_HEADER: usize = 9;

/// What is spoken on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Protocol {
    /// Whatever does not begin with the preface.
    Http1,
    /// With the preface and SETTINGS (RFC 9113 §3.4).
    Http2,
}

/// Reads ahead until it is clear which protocol the client speaks. Nothing is consumed.
///
/// # Errors
/// If the stream ends within the preface, or SETTINGS do not follow it (RFC 9113 §3.4), which h2 does not insist on.
pub(in crate::server) async fn detect<T: AsyncRead + Unpin>(stream: &mut Prefixed<T>) -> io::Result<Protocol> {
    loop {
        let came = stream.prefix();
        if !came.iter().zip(PREFACE).all(|(a, b)| a == b) {
            return Ok(Protocol::Http1);
        }
        if let Some(header) = came.get(PREFACE.len()..PREFACE.len() + FRAME_HEADER) {
            return if is_settings(header) { Ok(Protocol::Http2) } else { Err(io::ErrorKind::InvalidData.into()) };
        }
        if stream.read_ahead().await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Whether a frame's header is that of SETTINGS, and not of their acknowledgement (RFC 9113 §6.5).
fn is_settings(header: &[u8]) -> bool {
    const SETTINGS: u8 = 4;
    const ACK: u8 = 1;
    matches!(header, &[_, _, _, SETTINGS, flags, ..] if flags & ACK == 0)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn detected(bytes: &[u8]) -> (io::Result<Protocol>, Vec<u8>) {
        let (mut client, server) = tokio::io::duplex(3);
        let bytes = bytes.to_vec();
        let writing = tokio::spawn(async move { client.write_all(&bytes).await });
        let mut stream = Prefixed::new(server);
        let protocol = detect(&mut stream).await;
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.unwrap();
        writing.await.unwrap().unwrap();
        (protocol, all)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn the_preface_decides_and_no_byte_is_lost() {
        let http2 = [PREFACE, b"\0\0\0\x04\0\0\0\0\0"].concat();
        let post = b"PRIVATE / HTTP/1.1\r\n\r\n".to_vec();
        let get = b"GET / HTTP/1.1\r\n\r\n".to_vec();
        for (bytes, expected) in [(http2, Protocol::Http2), (post, Protocol::Http1), (get, Protocol::Http1)] {
            let (protocol, all) = detected(&bytes).await;
            assert_eq!((protocol.unwrap(), all), (expected, bytes));
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn settings_come_first() {
        for frame in [b"\0\0\0\x04\x01\0\0\0\0", b"\0\0\0\x01\x05\0\0\0\x01"] {
            let (protocol, _) = detected(&[PREFACE, frame].concat()).await;
            assert_eq!(protocol.unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn an_end_within_the_preface_is_an_error() {
        let (protocol, _) = detected(b"PRI * HT").await;
        assert_eq!(protocol.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
