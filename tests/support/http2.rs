//! HTTP/2 visitors: a well-behaved client, and one that writes its frames by hand.

use bytes::{Bytes, BytesMut};
use h2::client::{ResponseFuture, SendRequest};
use h2::{RecvStream, SendStream};
use http::{HeaderMap, Request, Response};

use super::client::HOST;
use super::wire::{Duplex, Wire};
use super::within;

/// A well-behaved HTTP/2 connection.
pub(crate) struct Http2 {
    pub(crate) requests: SendRequest<Bytes>,
    connection: tokio::task::JoinHandle<Result<(), h2::Error>>,
}

/// A whole response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) head: Response<()>,
    pub(crate) body: Vec<u8>,
    pub(crate) trailers: Option<HeaderMap>,
}

impl Http2 {
    pub(crate) async fn over(stream: impl Duplex + 'static) -> Self {
        let (requests, connection) = within("HTTP/2", h2::client::handshake(stream)).await.expect("no HTTP/2");
        Self { requests, connection: tokio::spawn(connection) }
    }

    pub(crate) async fn connect(address: std::net::SocketAddr) -> Self {
        let stream = within("a connection", tokio::net::TcpStream::connect(address)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self::over(stream).await
    }

    /// Begins a request; its body is the caller's to send, unless `ends`.
    pub(crate) async fn begin(&mut self, request: Request<()>, ends: bool) -> (ResponseFuture, SendStream<Bytes>) {
        let mut ready =
            within("room for a stream", self.requests.clone().ready()).await.expect("the connection is gone");
        ready.send_request(request, ends).expect("the request cannot be sent")
    }

    /// A request without a body, and its whole answer.
    pub(crate) async fn fetch(&mut self, request: Request<()>) -> Result<Answer, h2::Error> {
        let (response, _) = self.begin(request, true).await;
        whole(response).await
    }

    pub(crate) async fn get(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.fetch(request("GET", path, fields)).await.expect("the stream failed")
    }

    /// Closes the connection without a word.
    pub(crate) fn leave(self) {
        self.connection.abort();
    }

    /// Waits for the peer to end the connection.
    pub(crate) async fn ended_by_peer(&mut self) -> Result<(), h2::Error> {
        within("the peer to end the connection", &mut self.connection).await.unwrap()
    }
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.head.status().as_u16()
    }

    pub(crate) fn values(&self, name: &str) -> Vec<Vec<u8>> {
        self.head.headers().get_all(name).iter().map(|value| value.as_bytes().to_vec()).collect()
    }

    /// All fields, in their order.
    pub(crate) fn fields(&self) -> Vec<(String, Vec<u8>)> {
        let field = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            (name.as_str().to_owned(), value.as_bytes().to_vec())
        };
        self.head.headers().iter().map(field).collect()
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.values(name).iter().map(|value| String::from_utf8_lossy(value).into_owned()).collect()
    }
}

/// A request to the host of the tests.
pub(crate) fn request(method: &str, path: &str, fields: &[(&str, &str)]) -> Request<()> {
    request_to(HOST, method, path, fields)
}

pub(crate) fn request_to(host: &str, method: &str, path: &str, fields: &[(&str, &str)]) -> Request<()> {
    let mut request = Request::builder().method(method).uri(format!("http://{host}{path}"));
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.version(http::Version::HTTP_2).body(()).unwrap()
}

/// Reads an answer to its end.
pub(crate) async fn whole(response: ResponseFuture) -> Result<Answer, h2::Error> {
    let (parts, mut body) = within("an HTTP/2 response", response).await?.into_parts();
    let mut bytes = Vec::new();
    while let Some(data) = within("HTTP/2 data", body.data()).await {
        let data = data?;
        body.flow_control().release_capacity(data.len())?;
        bytes.extend_from_slice(&data);
    }
    let trailers = within("HTTP/2 trailers", body.trailers()).await?;
    Ok(Answer { head: Response::from_parts(parts, ()), body: bytes, trailers })
}

/// The next piece of a body, which must come.
pub(crate) async fn piece(body: &mut RecvStream) -> Bytes {
    let data = within("HTTP/2 data", body.data()).await.expect("the stream ended").expect("the stream failed");
    body.flow_control().release_capacity(data.len()).unwrap();
    data
}

/// An HTTP/2 connection whose frames are written by hand, so that they can be wrong.
pub(crate) struct Frames(Wire);

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) stream: u32,
    pub(crate) payload: Vec<u8>,
}

impl Frame {
    pub(crate) const DATA: u8 = 0;
    pub(crate) const HEADERS: u8 = 1;
    pub(crate) const RST_STREAM: u8 = 3;
    pub(crate) const SETTINGS: u8 = 4;
    pub(crate) const PING: u8 = 6;
    pub(crate) const GOAWAY: u8 = 7;
}

const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

impl Frames {
    pub(crate) async fn connect(address: std::net::SocketAddr) -> Self {
        let mut wire = Wire::tcp(address).await.unwrap();
        wire.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
        let mut frames = Self(wire);
        frames.send(Frame::SETTINGS, 0, 0, &[]).await;
        frames
    }

    pub(crate) async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        let mut frame = BytesMut::with_capacity(9 + payload.len());
        frame.extend_from_slice(&u32::try_from(payload.len()).unwrap().to_be_bytes()[1..]);
        frame.extend_from_slice(&[kind, flags]);
        frame.extend_from_slice(&stream.to_be_bytes());
        frame.extend_from_slice(payload);
        self.0.send(&frame).await;
    }

    /// A request's head of exactly these fields, none of them indexed or Huffman-coded.
    pub(crate) async fn headers(&mut self, stream: u32, ends: bool, fields: &[(&[u8], &[u8])]) {
        let mut block = Vec::new();
        for (name, value) in fields {
            block.push(0);
            for text in [name, value] {
                assert!(text.len() < 127, "longer strings need a longer length");
                block.push(u8::try_from(text.len()).unwrap());
                block.extend_from_slice(text);
            }
        }
        self.send(Frame::HEADERS, END_HEADERS | if ends { END_STREAM } else { 0 }, stream, &block).await;
    }

    /// The next frame; `None` once the peer has closed.
    pub(crate) async fn next(&mut self) -> Option<Frame> {
        let head = self.0.take(9).await;
        let &[a, b, c, kind, _, ref stream @ ..] = &head[..] else { return None };
        let payload = self.0.take(u32::from_be_bytes([0, a, b, c]) as usize).await;
        Some(Frame { kind, stream: u32::from_be_bytes(stream.try_into().ok()?) & 0x7fff_ffff, payload })
    }

    /// The next frame that ends or answers `stream`: its `HEADERS` or `RST_STREAM`, a `GOAWAY`, or `None` at the end.
    pub(crate) async fn verdict(&mut self, stream: u32) -> Option<Frame> {
        loop {
            let frame = self.next().await?;
            let of_stream = frame.stream == stream && matches!(frame.kind, Frame::HEADERS | Frame::RST_STREAM);
            if of_stream || frame.kind == Frame::GOAWAY {
                return Some(frame);
            }
        }
    }
}

/// The status that a HEADERS frame begins with, as octroi's HPACK encoder writes it: indexed, or a literal of `:status`.
pub(crate) fn status_of(frame: &Frame) -> Option<u16> {
    let block = &frame.payload;
    // A dynamic table size update may come first.
    let start = usize::from(block.first()? & 0xe0 == 0x20);
    match *block.get(start)? {
        0x88 => Some(200),
        0x89 => Some(204),
        0x8b => Some(304),
        0x8c => Some(400),
        0x8d => Some(404),
        0x8e => Some(500),
        0x48 | 0x08 | 0x18 => literal(&block[start + 1..]),
        _ => None,
    }
}

/// Digits, plain or in HPACK's Huffman code (RFC 7541 appendix B: 0-2 have five bits, 3-9 six).
fn literal(block: &[u8]) -> Option<u16> {
    let (&length, rest) = block.split_first()?;
    let text = rest.get(..usize::from(length & 0x7f))?;
    if length & 0x80 == 0 {
        return std::str::from_utf8(text).ok()?.parse().ok();
    }
    let bits = text.iter().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
    let (mut at, mut status) = (0, 0);
    for _ in 0..3 {
        let five = u16::from_str_radix(bits.get(at..at + 5)?, 2).ok()?;
        if five <= 2 {
            (at, status) = (at + 5, status * 10 + five);
        } else {
            let six = u16::from_str_radix(bits.get(at..at + 6)?, 2).ok()?;
            (at, status) = (at + 6, status * 10 + six.checked_sub(0x19)? + 3);
        }
    }
    Some(status)
}
