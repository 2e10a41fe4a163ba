//! Cuts out the values of cookies that are larger than any limit, so that their names fit into what is read of a head.
//!
//! Browsers keep some 180 cookies of 4 KiB for a host: 720 KiB, which no server reads. Such a request is refused, and would be
//! each time, unless the answer deletes some of the cookies. Their names are enough for that. No cookie of a head that could
//! still be admitted is cut.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

use super::progress::ConnectionProgress;
use crate::net::write_half::{pass_shutdown_to, pass_writes_to};

/// How many bytes of values are cut out on one connection: more than a browser has for a host.
const MOST: usize = 1 << 20;

/// A stream of HTTP/1.1, below the reader of its requests, which says when cookies are cut.
pub(super) struct CookieCut<T> {
    stream: T,
    progress: Arc<ConnectionProgress>,
    /// The last byte was in a cookie's value.
    in_value: bool,
    /// How many bytes may still be cut out.
    left: usize,
}

impl<T> CookieCut<T> {
    pub(super) fn new(stream: T, progress: Arc<ConnectionProgress>) -> Self {
        Self { stream, progress, in_value: false, left: MOST }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for CookieCut<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let Self { stream, progress, in_value, left } = &mut *self;
        match progress.requests.cookie_room() {
            0 if *left > 0 => {}
            0 | u64::MAX => return Pin::new(stream).poll_read(cx, buf),
            room => {
                *in_value = false;
                return Pin::new(&mut stream.take(room)).poll_read(cx, buf);
            }
        }
        let before = buf.filled().len();
        loop {
            ready!(Pin::new(&mut *stream).poll_read(cx, buf))?;
            let came = buf.filled().get(before..).unwrap_or_default();
            let kept = without_values(came, in_value);
            let cut = came.len() - kept.len();
            if cut == 0 {
                return Poll::Ready(Ok(()));
            }
            progress.requests.cookies_cut();
            *left = left.saturating_sub(cut);
            buf.set_filled(before);
            // Nothing would be read as the end of the stream.
            if !kept.is_empty() {
                buf.put_slice(&kept);
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for CookieCut<T> {
    pass_writes_to!(stream);
    pass_shutdown_to!(stream);
}

/// The rest of a line of cookies without their values, and what follows the line.
fn without_values(bytes: &[u8], in_value: &mut bool) -> Vec<u8> {
    let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(bytes.len());
    let (cookies, rest) = bytes.split_at(end);
    let mut is_kept = |byte: &u8| {
        let is_kept = !*in_value || *byte == b';';
        *in_value = *byte == b'=' || (*in_value && *byte != b';');
        is_kept
    };
    cookies.iter().filter(|byte| is_kept(byte)).chain(rest).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_left_however_the_bytes_come() {
        let line = b"rest of a value; a=1; b; c=x=y=z; =d; e=\r\nHost: h\r\nCookie: f=1";
        let left = "rest of a value; a=; b; c=; =; e=\r\nHost: h\r\nCookie: f=1";
        assert_eq!(String::from_utf8(without_values(line, &mut false)).unwrap(), left);
        let end = line.iter().position(|byte| *byte == b'\r').unwrap();
        for at in 0..=end {
            let (first, second) = line.split_at(at);
            let mut in_value = false;
            let both = [without_values(first, &mut in_value), without_values(second, &mut in_value)].concat();
            assert_eq!(String::from_utf8(both).unwrap(), left, "{at}");
        }
    }
}
