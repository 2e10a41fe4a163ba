//! An HTTP/2 client that writes single frames, so that they can be wrong, or too many.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::wire::Wire;
use super::within;

/// An HTTP/2 connection whose frames are written by hand.
pub(crate) struct Frames(pub(crate) Wire);

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) stream: u32,
    pub(crate) payload: Vec<u8>,
}

impl Frame {
    pub(crate) const DATA: u8 = 0;
    pub(crate) const HEADERS: u8 = 1;
    pub(crate) const PRIORITY: u8 = 2;
    pub(crate) const RST_STREAM: u8 = 3;
    pub(crate) const SETTINGS: u8 = 4;
    pub(crate) const PUSH_PROMISE: u8 = 5;
    pub(crate) const PING: u8 = 6;
    pub(crate) const GOAWAY: u8 = 7;
    pub(crate) const WINDOW_UPDATE: u8 = 8;
    pub(crate) const CONTINUATION: u8 = 9;

    /// The error code of a `RST_STREAM` or GOAWAY.
    pub(crate) fn code(&self) -> Option<u32> {
        let code = match self.kind {
            Self::RST_STREAM => self.payload.get(..4),
            Self::GOAWAY => self.payload.get(4..8),
            _ => None,
        };
        Some(u32::from_be_bytes(code?.try_into().ok()?))
    }
}

pub(crate) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
pub(crate) const END_STREAM: u8 = 1;
pub(crate) const ACK: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;
pub(crate) const PADDED: u8 = 8;
pub(crate) const PRIORITY: u8 = 0x20;

/// Bytes of a head in one frame; 16,384 are the most.
const PIECE: usize = 16_000;

/// Name and value.
pub(crate) type Field<'a> = (&'a [u8], &'a [u8]);
/// The fields of a head.
pub(crate) type Fields<'a> = Vec<Field<'a>>;

pub(crate) const GOOD: [Field<'static>; 4] =
    [(b":method", b"GET"), (b":scheme", b"http"), (b":authority", b"h"), (b":path", b"/")];

/// A good head, with more fields.
pub(crate) fn with<'a>(more: &[Field<'a>]) -> Fields<'a> {
    [&GOOD[..], more].concat()
}

/// [`GOOD`] with one pseudo field changed; `None` leaves it out.
pub(crate) fn changed<'a>(name: &[u8], value: Option<&'a [u8]>) -> Fields<'a> {
    let change = |(field, old): &(&'static [u8], &'static [u8])| -> Option<(&'a [u8], &'a [u8])> {
        if *field == name { value.map(|value| (*field, value)) } else { Some((*field, *old)) }
    };
    GOOD.iter().filter_map(change).collect()
}

/// A frame's bytes.
pub(crate) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut frame = u32::try_from(payload.len()).unwrap().to_be_bytes()[1..].to_vec();
    frame.extend_from_slice(&[kind, flags]);
    frame.extend_from_slice(&stream.to_be_bytes());
    frame.extend_from_slice(payload);
    frame
}

/// A header block of exactly these fields, none of them indexed or Huffman-coded.
pub(crate) fn block(fields: &[Field<'_>]) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in fields {
        block.push(0);
        for text in [name, value] {
            string(&mut block, text);
        }
    }
    block
}

/// A string literal (RFC 7541 section 5.2).
fn string(block: &mut Vec<u8>, text: &[u8]) {
    match text.len().checked_sub(127) {
        None => block.push(u8::try_from(text.len()).unwrap()),
        Some(mut rest) => {
            block.push(127);
            while rest >= 128 {
                block.push(u8::try_from(rest % 128).unwrap() | 128);
                rest /= 128;
            }
            block.push(u8::try_from(rest).unwrap());
        }
    }
    block.extend_from_slice(text);
}

/// A HEADERS frame with a whole head.
pub(crate) fn headers(stream: u32, ends: bool, fields: &[Field<'_>]) -> Vec<u8> {
    frame(Frame::HEADERS, END_HEADERS | if ends { END_STREAM } else { 0 }, stream, &block(fields))
}

/// A whole head as a HEADERS frame that ends the stream, and CONTINUATION frames.
pub(crate) fn head_in_pieces(stream: u32, block: &[u8]) -> Vec<u8> {
    let last = block.len().div_ceil(PIECE) - 1;
    let piece = |(index, piece): (usize, &[u8])| {
        let (kind, ends) = if index == 0 { (Frame::HEADERS, END_STREAM) } else { (Frame::CONTINUATION, 0) };
        frame(kind, ends | if index == last { END_HEADERS } else { 0 }, stream, piece)
    };
    block.chunks(PIECE).enumerate().flat_map(piece).collect()
}

/// The whole frames that these bytes begin with.
pub(crate) fn frames_of(mut bytes: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    while let Some((&[a, b, c, kind, flags, ref stream @ ..], rest)) = bytes.split_first_chunk::<9>()
        && let Some((payload, rest)) = rest.split_at_checked(u32::from_be_bytes([0, a, b, c]) as usize)
    {
        let stream = u32::from_be_bytes(*stream) & 0x7fff_ffff;
        frames.push(Frame { kind, flags, stream, payload: payload.to_vec() });
        bytes = rest;
    }
    frames
}

impl Frames {
    pub(crate) async fn connect(address: std::net::SocketAddr) -> Self {
        Self::over(Wire::tcp(address).await.unwrap()).await
    }

    pub(crate) async fn over(wire: Wire) -> Self {
        let mut frames = Self(wire);
        frames.raw(PREFACE).await;
        frames.send(Frame::SETTINGS, 0, 0, &[]).await;
        frames
    }

    /// Waits for the end of a stream's response.
    pub(crate) async fn ended(&mut self, stream: u32) {
        while let Some(frame) = within("the end of a stream", self.next()).await {
            if frame.stream == stream && frame.flags & END_STREAM != 0 {
                return;
            }
        }
    }

    /// Sends bytes as they are.
    pub(crate) async fn raw(&mut self, bytes: &[u8]) {
        self.0.send(bytes).await;
    }

    pub(crate) async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        self.raw(&frame(kind, flags, stream, payload)).await;
    }

    pub(crate) async fn headers(&mut self, stream: u32, ends: bool, fields: &[Field<'_>]) {
        self.raw(&headers(stream, ends, fields)).await;
    }

    /// The next frame; `None` once the peer has closed. A PING is answered: a peer that never does so is taken for gone.
    pub(crate) async fn next(&mut self) -> Option<Frame> {
        let frame = self.read().await?;
        if frame.kind == Frame::PING && frame.flags & ACK == 0 {
            self.send(Frame::PING, ACK, 0, &frame.payload).await;
        }
        Some(frame)
    }

    /// The next frame, to which nothing is said; `None` once the peer has closed.
    pub(crate) async fn read(&mut self) -> Option<Frame> {
        let head = self.0.take(9).await;
        let &[a, b, c, kind, flags, ref stream @ ..] = &head[..] else { return None };
        let payload = self.0.take(u32::from_be_bytes([0, a, b, c]) as usize).await;
        Some(Frame { kind, flags, stream: u32::from_be_bytes(stream.try_into().ok()?) & 0x7fff_ffff, payload })
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

    /// Waits until the peer has dealt with everything: it answers two PINGs, one after the other (a `RST_STREAM` may
    /// come behind the first answer), or ends the connection. The first `RST_STREAM` or `GOAWAY` that came.
    pub(crate) async fn settled(&mut self) -> Option<Frame> {
        let mut error = None;
        for mark in [b"settled?", b"for sure"] {
            self.send(Frame::PING, 0, 0, mark).await;
            while let Some(frame) = within("the answer to a PING", self.next()).await {
                if frame.kind == Frame::PING && frame.flags == ACK && frame.payload == mark {
                    break;
                }
                if matches!(frame.kind, Frame::RST_STREAM | Frame::GOAWAY) {
                    error.get_or_insert(frame);
                }
            }
        }
        error
    }

    /// Sends the same bytes over and over, reading whatever comes meanwhile, until all is sent or the peer has closed.
    pub(crate) async fn pour(&mut self, bytes: &[u8], times: usize) {
        let (mut reading, mut writing) = tokio::io::split(&mut self.0.stream);
        let write = async {
            for _ in 0..times {
                if writing.write_all(bytes).await.is_err() {
                    return;
                }
            }
        };
        let read = async {
            let mut buffer = vec![0; 64 << 10];
            while matches!(reading.read(&mut buffer).await, Ok(1..)) {}
        };
        within("a flood to end", async {
            tokio::select! {
                () = write => {}
                () = read => {}
            }
        })
        .await;
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
