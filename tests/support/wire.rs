//! A stream of bytes, from which HTTP/1.1 messages are read strictly.

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream};
use tokio::net::{TcpStream, UnixStream};

use super::{Message, shown, within};

/// Any bidirectional stream.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {
    /// The TCP connection below, if there is one.
    fn tcp(&self) -> Option<&TcpStream>;
}

impl Duplex for TcpStream {
    fn tcp(&self) -> Option<&TcpStream> {
        Some(self)
    }
}

impl Duplex for UnixStream {
    fn tcp(&self) -> Option<&TcpStream> {
        None
    }
}

impl Duplex for tokio_rustls::client::TlsStream<TcpStream> {
    fn tcp(&self) -> Option<&TcpStream> {
        Some(self.get_ref().0)
    }
}

impl Duplex for tokio_rustls::server::TlsStream<TcpStream> {
    fn tcp(&self) -> Option<&TcpStream> {
        Some(self.get_ref().0)
    }
}

impl Duplex for DuplexStream {
    fn tcp(&self) -> Option<&TcpStream> {
        None
    }
}

/// What follows a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyRule {
    /// A request: nothing without a length.
    Request,
    /// A response: to the end of the connection without a length.
    Response,
    /// A response that has no body, whatever it says (HEAD, 101, 204, 304).
    None,
}

/// One end of a connection.
pub(crate) struct Wire {
    pub(crate) stream: Box<dyn Duplex>,
    buffer: Vec<u8>,
}

impl Wire {
    pub(crate) fn new(stream: impl Duplex + 'static) -> Self {
        Self { stream: Box::new(stream), buffer: Vec::new() }
    }

    pub(crate) async fn tcp(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self::new(stream))
    }

    pub(crate) async fn unix(path: &Path) -> io::Result<Self> {
        Ok(Self::new(UnixStream::connect(path).await?))
    }

    /// Sends bytes; a peer that has closed already is not an error here, for its answer may still be read.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.try_send(bytes.as_ref()).await;
    }

    pub(crate) async fn try_send(&mut self, bytes: &[u8]) -> io::Result<()> {
        within("the peer to take bytes", async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        })
        .await
    }

    /// Closes the sending half.
    pub(crate) async fn finish(&mut self) {
        let _ = self.stream.shutdown().await;
    }

    /// Closes with RST.
    pub(crate) fn reset(self) {
        if let Some(tcp) = self.stream.tcp() {
            tcp.set_zero_linger().unwrap();
        }
    }

    /// More bytes into the buffer; 0 at the end. A reset is an end too.
    async fn fill(&mut self) -> usize {
        self.buffer.reserve(64 * 1024);
        within("bytes", self.stream.read_buf(&mut self.buffer)).await.unwrap_or(0)
    }

    /// Exactly `count` bytes, or fewer at the end.
    pub(crate) async fn take(&mut self, count: usize) -> Vec<u8> {
        while self.buffer.len() < count && self.fill().await > 0 {}
        let count = count.min(self.buffer.len());
        self.buffer.drain(..count).collect()
    }

    /// All bytes up to and including `mark`, or those before the end of the stream.
    pub(crate) async fn until(&mut self, mark: &[u8]) -> Vec<u8> {
        let mut seen = 0;
        loop {
            let found = self.buffer[seen..].windows(mark.len()).position(|window| window == mark);
            if let Some(at) = found {
                return self.buffer.drain(..seen + at + mark.len()).collect();
            }
            seen = self.buffer.len().saturating_sub(mark.len() - 1);
            if self.fill().await == 0 {
                return std::mem::take(&mut self.buffer);
            }
        }
    }

    /// Fails unless `mark` is received.
    pub(crate) async fn expect(&mut self, mark: &str) -> Vec<u8> {
        let read = self.until(mark.as_bytes()).await;
        assert!(read.ends_with(mark.as_bytes()), "the connection ended before {mark:?}:\n    {}", shown(&read));
        read
    }

    /// Everything up to the end of the connection.
    pub(crate) async fn read_to_end(&mut self) -> Vec<u8> {
        while self.fill().await > 0 {}
        std::mem::take(&mut self.buffer)
    }

    /// Reads and discards this many bytes. Returns whether all were received before the end.
    pub(crate) async fn discard(&mut self, count: usize) -> bool {
        let mut left = count;
        while left > self.buffer.len() {
            left -= self.buffer.len();
            self.buffer.clear();
            if self.fill().await == 0 {
                return false;
            }
        }
        self.buffer.drain(..left);
        true
    }

    /// Reads and discards all bytes until the end. Returns how many.
    pub(crate) async fn count_to_end(&mut self) -> u64 {
        let mut total = std::mem::take(&mut self.buffer).len() as u64;
        loop {
            let read = self.fill().await;
            if read == 0 {
                return total;
            }
            total += read as u64;
            self.buffer.clear();
        }
    }

    /// Whether the peer closes without another byte.
    pub(crate) async fn is_closed(&mut self) -> bool {
        self.buffer.is_empty() && self.fill().await == 0
    }

    /// A head, up to its empty line; `None` if the connection ends before its first byte.
    pub(crate) async fn head(&mut self) -> Option<Vec<u8>> {
        let head = self.until(b"\r\n\r\n").await;
        (!head.is_empty()).then_some(head)
    }

    /// A whole message; `None` if the connection ends before its first byte.
    pub(crate) async fn message(&mut self, rule: BodyRule) -> Option<Message> {
        let head = Message::new(self.head().await?);
        Some(self.message_of(head, rule).await)
    }

    /// The whole message that begins with this head, which was read before.
    pub(crate) async fn message_of(&mut self, mut message: Message, rule: BodyRule) -> Message {
        if rule == BodyRule::None || (rule == BodyRule::Response && message.never_has_a_body()) {
            message.complete = true;
        } else if message.is_chunked() {
            self.chunks(&mut message).await;
        } else if let Some(length) = message.content_length() {
            message.body = self.take(length).await;
            message.complete = message.body.len() == length;
        } else if rule == BodyRule::Response {
            message.body = self.read_to_end().await;
            message.complete = true;
        } else {
            message.complete = true;
        }
        message
    }

    async fn chunks(&mut self, message: &mut Message) {
        loop {
            let line = self.until(b"\r\n").await;
            let digits: String =
                line.iter().map(|&byte| char::from(byte)).take_while(char::is_ascii_hexdigit).collect();
            let Ok(size) = usize::from_str_radix(&digits, 16) else { return };
            if size == 0 {
                break;
            }
            let mut data = self.take(size + 2).await;
            message.complete = data.len() == size + 2;
            data.truncate(size);
            message.body.extend_from_slice(&data);
            if !std::mem::take(&mut message.complete) {
                return;
            }
        }
        message.complete = self.trailers(message).await;
    }

    async fn trailers(&mut self, message: &mut Message) -> bool {
        loop {
            let line = self.until(b"\r\n").await;
            if line == b"\r\n" {
                return true;
            }
            if !line.ends_with(b"\r\n") {
                return false;
            }
            message.trailers.extend_from_slice(&line);
        }
    }
}
