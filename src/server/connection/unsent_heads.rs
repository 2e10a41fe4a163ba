//! Heads of responses that wait until the visitor reads them.
//!
//! hyper and h2 take heads without limit, whoever reads them, and do not say when one has been sent. A visitor who reads
//! nothing could make octroi hold any number of them. So each is counted as a part of `limits.buffer_bytes` (over HTTP/1.1, if
//! it is long), and over HTTP/2 a response waits while [`MOST`] bytes of heads are unsent on its connection: its stream stays
//! open, and the number of streams is limited.
//!
//! A head goes through three states. It is *given* to hyper; *written* into hyper's buffer, which drops its fields, so the value
//! of one field bears the count until then; and *sent* if the stream has taken all that was in the buffer at the next write.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;

use super::progress::ConnectionProgress;
use super::relaxed_cell::RelaxedCell;
use crate::upstream::UnsentHead;

/// A response waits if as many bytes of heads are unsent on its connection.
const MOST: u64 = 64 << 10;
/// What a field takes beside its value.
const FIELD: usize = 128;
/// Longer heads are read in several reads, into blocks of up to twice their length.
const ONE_READ: usize = 4 << 10;
/// The longest frame of h2. What is longer of a head follows in further frames, from outside of the buffer.
const FRAME: usize = 16 << 10;
/// How much longer than the head those frames may be: a byte has up to 30 bits in HPACK (RFC 7541, appendix B).
const EXPANSION: usize = 4;

/// How many bytes of memory a head takes until it is sent.
pub(super) fn memory_of(headers: &HeaderMap) -> usize {
    let values: usize = headers.values().map(HeaderValue::len).sum();
    let blocks = if values > ONE_READ { 2 * values } else { values };
    blocks + FIELD * headers.len()
}

/// The unsent heads of one connection.
#[derive(Default)]
pub(in crate::server) struct UnsentHeads {
    /// Bytes of heads that were given to hyper and are not sent.
    bytes: RelaxedCell<u64>,
    buffered: Mutex<WrittenHeads>,
    /// Bytes of heads that were sent in all.
    sent_bytes: RelaxedCell<u64>,
    /// How many responses wait for [`Self::sent`].
    waiting: RelaxedCell<u64>,
    sent: Notify,
}

/// What hyper has written into its buffer.
#[derive(Default)]
struct WrittenHeads {
    /// Heads that were written since the last write to the stream.
    written: Vec<UnsentHead>,
    /// Heads in the buffer, each with how many bytes the stream has taken in all when it is sent.
    sending: VecDeque<(u64, UnsentHead)>,
    /// Bytes that the stream has taken.
    taken: u64,
}

impl UnsentHeads {
    /// Waits until the head of a further response may be given to hyper. Calls `moved` with the bytes of heads that are sent
    /// meanwhile.
    pub(super) async fn wait(&self, moved: impl Fn(usize)) {
        while self.bytes.get() >= MOST {
            let _waiting = WaitingResponse::begin(&self.waiting);
            let before = self.sent_bytes.get();
            self.sent.notified().await;
            moved(usize::try_from(self.sent_bytes.get() - before).unwrap_or(usize::MAX));
        }
    }

    fn buffered(&self) -> MutexGuard<'_, WrittenHeads> {
        self.buffered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn are_sent(&self, heads: impl Iterator<Item = UnsentHead>) {
        let bytes: usize = heads.map(UnsentHead::sent).sum();
        self.bytes.set(self.bytes.get().saturating_sub(bytes as u64));
        self.sent_bytes.set(self.sent_bytes.get() + bytes as u64);
        if bytes > 0 && self.waiting.get() > 0 {
            self.sent.notify_waiters();
        }
    }

    /// hyper offered all of its buffer, `offered` bytes, and the stream has taken `taken` of them; `None`: not yet any.
    fn offered(&self, offered: usize, taken: Option<usize>) {
        if self.bytes.get() == 0 {
            return;
        }
        let buffered = &mut *self.buffered();
        let buffer_end = buffered.taken + offered as u64;
        let end = |head: &UnsentHead| buffer_end + frames_beyond(head) as u64;
        buffered.sending.extend(buffered.written.drain(..).map(|head| (end(&head), head)));
        buffered.taken += taken.unwrap_or(0) as u64;
        let sent = buffered.sending.iter().take_while(|(end, _)| *end <= buffered.taken).count();
        self.are_sent(buffered.sending.drain(..sent).map(|(_, head)| head));
    }

    /// hyper's buffer is empty, and the stream has taken all of it.
    fn flushed(&self) {
        if self.bytes.get() > 0 {
            let WrittenHeads { written, sending, .. } = &mut *self.buffered();
            self.are_sent(written.drain(..).chain(sending.drain(..).map(|(_, head)| head)));
        }
    }
}

/// How many bytes of a head may follow in frames that are not in hyper's buffer yet.
fn frames_beyond(head: &UnsentHead) -> usize {
    if head.bytes() > FRAME { EXPANSION * head.bytes() } else { 0 }
}

/// Counts a head until it is sent, from now on as one that is given to hyper.
pub(super) fn give(head: UnsentHead, headers: &mut HeaderMap, progress: &Arc<ConnectionProgress>) {
    let heads = &progress.heads;
    heads.bytes.set(heads.bytes.get() + head.bytes() as u64);
    let shortest = headers.values_mut().min_by_key(|value| value.len());
    let value = shortest.as_ref().map_or(HeaderValue::from_static(""), |value| (**value).clone());
    let bearer = Bytes::from_owner(Bearer { value, head: Some(head), progress: Arc::clone(progress) });
    if let (Some(shortest), Ok(mut value)) = (shortest, HeaderValue::from_maybe_shared(bearer)) {
        // h2 must not keep it for later heads (RFC 7541 §2.3.2). The shortest value loses least by that.
        value.set_sensitive(true);
        *shortest = value;
    }
}

/// The value of a field, and the count of its whole head.
struct Bearer {
    value: HeaderValue,
    head: Option<UnsentHead>,
    progress: Arc<ConnectionProgress>,
}

impl AsRef<[u8]> for Bearer {
    fn as_ref(&self) -> &[u8] {
        self.value.as_bytes()
    }
}

impl Drop for Bearer {
    fn drop(&mut self) {
        self.progress.heads.buffered().written.extend(self.head.take());
    }
}

/// A response that waits. Dropped if its stream ends meanwhile.
struct WaitingResponse<'a>(&'a RelaxedCell<u64>);

impl<'a> WaitingResponse<'a> {
    fn begin(waiting: &'a RelaxedCell<u64>) -> Self {
        waiting.increment();
        Self(waiting)
    }
}

impl Drop for WaitingResponse<'_> {
    fn drop(&mut self) {
        self.0.decrement();
    }
}

/// The stream that hyper writes to: notes which heads are sent.
pub(super) struct HeadStream<T> {
    stream: T,
    progress: Arc<ConnectionProgress>,
}

impl<T> HeadStream<T> {
    pub(super) fn new(stream: T, progress: Arc<ConnectionProgress>) -> Self {
        Self { stream, progress }
    }

    fn note(&self, offered: usize, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let taken = match written {
            Poll::Ready(Ok(taken)) => Some(taken),
            _ => None,
        };
        self.progress.heads.offered(offered, taken);
        written
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for HeadStream<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for HeadStream<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.note(buf.len(), written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.note(bufs.iter().map(|buf| buf.len()).sum(), written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.progress.heads.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::future::poll_fn;
    use std::rc::Rc;

    use proptest::prelude::*;
    use tokio::time::Instant;

    use super::*;
    use crate::net::idle_timeout::IdleTimeout;
    use crate::server::connection::preface::Protocol;
    use crate::telemetry::Metrics;
    use crate::upstream::{Eviction, Upstreams};

    fn progress() -> Arc<ConnectionProgress> {
        ConnectionProgress::new(Instant::now(), Protocol::Http2, IdleTimeout::default())
    }

    /// A head that was given to hyper; dropped when hyper writes it.
    fn given(upstreams: &Upstreams, bytes: usize, progress: &Arc<ConnectionProgress>) -> HeaderMap {
        let head = upstreams.count_head(&Rc::<Eviction>::default(), bytes);
        let mut fields = HeaderMap::from_iter([
            (http::header::LOCATION, HeaderValue::from_static("/somewhere")),
            (http::header::AGE, HeaderValue::from_static("1")),
        ]);
        give(head, &mut fields, progress);
        fields
    }

    #[test]
    fn the_fields_stay_and_h2_keeps_no_value_that_bears_a_count() {
        let (progress, upstreams) = (progress(), Upstreams::new(Metrics::new(), 1));
        let fields = given(&upstreams, 10, &progress);
        assert_eq!(fields.values().collect::<Vec<_>>(), ["/somewhere", "1"]);
        let kept = |value: &HeaderValue| !value.is_sensitive();
        assert_eq!(fields.values().map(kept).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn a_head_without_a_field_counts_until_the_next_write() {
        let (progress, upstreams) = (progress(), Upstreams::new(Metrics::new(), 1));
        give(upstreams.count_head(&Rc::default(), 10), &mut HeaderMap::new(), &progress);
        assert_eq!(progress.heads.bytes.get(), 10);
        progress.heads.flushed();
        assert_eq!(progress.heads.bytes.get(), 0);
    }

    /// Whether a response may be given now.
    async fn may_follow(progress: &ConnectionProgress) -> bool {
        let mut waits = std::pin::pin!(progress.heads.wait(|_| ()));
        poll_fn(|cx| Poll::Ready(waits.as_mut().poll(cx).is_ready())).await
    }

    #[tokio::test(flavor = "current_thread")]
    async fn responses_wait_for_what_is_unsent_and_all_go_on() {
        let (progress, upstreams) = (progress(), Upstreams::new(Metrics::new(), 1));
        let most = usize::try_from(MOST).unwrap();
        let [small, large] = [most - 1, most].map(|bytes| given(&upstreams, bytes, &progress));
        assert!(!may_follow(&progress).await);
        assert_eq!(progress.heads.waiting.get(), 0);
        let waiting: [_; 3] = std::array::from_fn(|_| {
            let progress = Arc::clone(&progress);
            tokio::spawn(async move { progress.heads.wait(|_| ()).await })
        });
        tokio::task::yield_now().await;
        assert_eq!(progress.heads.waiting.get(), 3);
        // Written, not taken.
        drop(large);
        progress.heads.offered(most, None);
        assert!(!may_follow(&progress).await);
        // The first frame of it: others follow.
        progress.heads.offered(most, Some(FRAME));
        assert!(!may_follow(&progress).await);
        progress.heads.offered(EXPANSION * most, Some(EXPANSION * most + most));
        for waiting in waiting {
            waiting.await.unwrap();
        }
        assert!(may_follow(&progress).await);
        drop(small);
    }

    #[derive(Clone, Debug)]
    enum Event {
        Given(usize),
        /// hyper writes one of those that were given, and as many bytes of content.
        Written(prop::sample::Index, usize),
        /// hyper offers its buffer, of which a part of this many percent is taken; `None`: the stream is blocked.
        Offered(Option<usize>),
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let event = prop_oneof![
            (1_usize..50).prop_map(Event::Given),
            (any::<prop::sample::Index>(), 0_usize..30).prop_map(|(which, content)| Event::Written(which, content)),
            prop::option::of(0_usize..=100).prop_map(Event::Offered),
        ];
        prop::collection::vec(event, 0..60)
    }

    proptest! {
        /// Whatever comes in what order: no head counts as sent before all of it was taken, and none counts when the buffer
        /// is empty.
        #[test]
        fn a_head_counts_until_it_is_sent(events in events()) {
            let (progress, upstreams) = (progress(), Upstreams::new(Metrics::new(), 1));
            let (mut unwritten, mut ends) = (Vec::new(), HashMap::new());
            let (mut buffer, mut taken, mut number) = (0, 0, 0);
            for event in events {
                match event {
                    Event::Given(bytes) => {
                        unwritten.push((number, bytes, given(&upstreams, bytes, &progress)));
                        number += 1;
                    }
                    Event::Written(which, content) if !unwritten.is_empty() => {
                        let (number, bytes, fields) = unwritten.remove(which.index(unwritten.len()));
                        buffer += bytes;
                        ends.insert(number, (bytes, taken + buffer));
                        buffer += content;
                        drop(fields);
                    }
                    Event::Written(..) => {}
                    Event::Offered(percent) => {
                        let part = percent.map(|percent| buffer * percent / 100);
                        progress.heads.offered(buffer, part);
                        buffer -= part.unwrap_or(0);
                        taken += part.unwrap_or(0);
                        if buffer == 0 {
                            progress.heads.flushed();
                            ends.clear();
                        }
                    }
                }
                ends.retain(|_, (_, end)| *end > taken);
                let waiting: usize = unwritten.iter().map(|(_, bytes, _)| bytes).sum();
                let least = waiting + ends.values().map(|(bytes, _)| bytes).sum::<usize>();
                let counted = usize::try_from(progress.heads.bytes.get()).unwrap();
                prop_assert!(counted >= least, "{} of {}", counted, least);
                prop_assert!(buffer > 0 || counted == waiting, "{} of {}", counted, waiting);
            }
        }
    }
}
