//! What one side of a connection sends, and when: parts of a message, the pauses between them, and its end.

use std::fmt;
use std::time::Duration;

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, sleep};

/// More parts than these are hardly worth a pause.
const FEW: usize = 4;
/// How many parts a message is cut into at most.
const MANY: usize = 300;
/// Beside load, a short pause is long: when many of them have taken this time, there are no more.
const LATE: Duration = Duration::from_secs(2);

/// What becomes of the sending half once all is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Open,
    Closed,
}

/// Parts of a message, with a pause between each and the next.
#[derive(Clone)]
pub(super) struct Script {
    pub(super) parts: Vec<Vec<u8>>,
    pub(super) pause: Duration,
    pub(super) end: End,
}

impl Script {
    pub(super) fn whole(bytes: impl Into<Vec<u8>>) -> Self {
        Self { parts: vec![bytes.into()], pause: Duration::ZERO, end: End::Open }
    }

    /// In two parts.
    pub(super) fn cut(bytes: &[u8], at: usize, pause: Duration) -> Self {
        let (first, second) = bytes.split_at(at);
        Self { parts: vec![first.to_vec(), second.to_vec()], pause, end: End::Open }
    }

    /// Byte by byte, with hardly a pause: some of them are read together. What is very long comes in larger pieces.
    pub(super) fn by_byte(bytes: &[u8]) -> Self {
        let parts = bytes.chunks(1 + bytes.len() / MANY).map(<[u8]>::to_vec).collect();
        Self { parts, pause: Duration::from_millis(1), end: End::Open }
    }

    pub(super) fn ending(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// Says all of it, to the end even if nobody listens any more.
    pub(super) async fn say(&self, stream: &mut (impl AsyncWrite + Unpin)) {
        let begun = Instant::now();
        for (number, part) in self.parts.iter().enumerate() {
            let is_late = self.parts.len() > FEW && begun.elapsed() > LATE;
            if number > 0 && !self.pause.is_zero() && !is_late {
                sleep(self.pause).await;
            }
            let _ = stream.write_all(part).await;
            let _ = stream.flush().await;
        }
        if self.end == End::Closed {
            let _ = stream.shutdown().await;
        }
    }
}

impl fmt::Display for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { parts, pause, end } = self;
        let text = |bytes: &[u8]| format!("\"{}\"", bytes.escape_ascii());
        if parts.len() > FEW {
            write!(formatter, "in {} pieces {}, left {end:?}", parts.len(), text(&parts.concat()))
        } else {
            let parts: Vec<_> = parts.iter().map(|part| text(part)).collect();
            write!(formatter, "{}, left {end:?}", parts.join(&format!(" — {pause:?} — ")))
        }
    }
}
