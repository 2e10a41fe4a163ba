//! HTTP/1.1 bodies in pieces, never buffered whole.

use std::time::Duration;

use tokio::time::sleep;

use super::pattern::{self, Reader};
use crate::support::message::Message;
use crate::support::wire::Wire;

/// So many bytes at a time.
pub(crate) const PIECE: usize = 16 << 10;
const SLOW: Duration = Duration::from_millis(2);
/// A slow peer is slow for so many bytes, lest one body outlast the run.
const SLOW_BYTES: u64 = 256 << 10;

/// Sends the pattern of `id` up to `end`, without the mark that ends a chunked body; whether the peer took it.
pub(crate) async fn send(wire: &mut Wire, id: u64, end: u64, chunked: bool, slow: bool) -> bool {
    let mut sent = 0;
    while sent < end {
        let piece = pattern::bytes(id, sent, PIECE.min((end - sent) as usize));
        sent += piece.len() as u64;
        let size = format!("{:x}\r\n", piece.len());
        let framed = if chunked { [size.as_bytes(), &piece, b"\r\n"].concat() } else { piece };
        if wire.try_send(&framed).await.is_err() {
            return false;
        }
        pause(slow, sent).await;
    }
    true
}

/// Reads the body that this head announces; whether it came to its end. A head without a length announces nothing.
pub(crate) async fn read(wire: &mut Wire, head: &Message, reader: &mut Reader, slow: bool) -> bool {
    if !head.is_chunked() {
        return read_exactly(wire, head.content_length().unwrap_or(0), reader).await;
    }
    loop {
        let line = wire.until(b"\r\n").await;
        let size = std::str::from_utf8(&line).ok().and_then(|line| usize::from_str_radix(line.trim_end(), 16).ok());
        match size {
            Some(0) => return wire.until(b"\r\n").await == b"\r\n",
            Some(size) if read_exactly(wire, size, reader).await && wire.take(2).await == b"\r\n" => {
                pause(slow, reader.length).await;
            }
            _ => return false,
        }
    }
}

pub(crate) async fn read_exactly(wire: &mut Wire, mut left: usize, reader: &mut Reader) -> bool {
    while left > 0 {
        let piece = wire.take(left.min(PIECE)).await;
        if piece.is_empty() {
            return false;
        }
        left -= piece.len();
        reader.read(&piece);
    }
    true
}

/// What makes a slow peer slow, after so many bytes.
pub(crate) async fn pause(slow: bool, bytes: u64) {
    if slow && bytes < SLOW_BYTES {
        sleep(SLOW).await;
    }
}
