//! Reads a short body before the visitor takes it, while its response waits for the heads before it (`unsent_heads` of the
//! server).
//!
//! The response keeps its connection to the portal until the end of its body has been read. Others may wait for that
//! connection, and those who are slow to read lose it first. What a slow line costs is then not the connection, but a few KiB,
//! which count as waiting like all content; if the budget runs short, less is read.
//!
//! This is below the exchange, which counts and logs what is sent: what was read ahead is not sent yet.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Buf;
use http_body::{Body, Frame, SizeHint};

/// How many bytes of a body are read ahead. A longer one would keep its connection all the same.
const MOST: u64 = 32 << 10;

pin_project_lite::pin_project! {
    /// A body of which frames may have been read ahead.
    pub struct ReadAhead<B: Body> {
        #[pin]
        body: B,
        // Few bodies are read ahead.
        ahead: Option<Box<Ahead<B::Data, B::Error>>>,
    }
}

/// What was read ahead.
struct Ahead<D, E> {
    frames: VecDeque<Result<Frame<D>, E>>,
    /// Bytes of content in `frames`.
    bytes: u64,
    /// The body has ended or broken off, so it must not be polled again.
    has_ended: bool,
    /// Whether the body said its length before the first read, and has not broken off: at its end every body says it.
    is_sized: bool,
}

impl<B: Body + Unpin> ReadAhead<B> {
    /// Nothing is read yet.
    pub fn new(body: B) -> Self {
        Self { body, ahead: None }
    }

    /// Reads what can be read now, to the end of a body of up to 32 KiB. If its length is not known, as many are read,
    /// because it may end before. A body that breaks off is reported behind the frames that came before. Call it again when the
    /// task of `cx` is woken.
    pub fn read(&mut self, cx: &mut Context<'_>) {
        let Self { body, ahead } = self;
        let ahead = ahead.get_or_insert_with(|| {
            let is_sized = body.size_hint().exact().is_some();
            Box::new(Ahead { frames: VecDeque::new(), bytes: 0, has_ended: false, is_sized })
        });
        while !ahead.has_ended && ahead.bytes < MOST && body.size_hint().lower() <= MOST {
            let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(cx) else { return };
            ahead.add(frame);
        }
    }
}

impl<D: Buf, E> Ahead<D, E> {
    fn add(&mut self, frame: Option<Result<Frame<D>, E>>) {
        self.has_ended = !matches!(frame, Some(Ok(_)));
        self.is_sized &= !matches!(frame, Some(Err(_)));
        self.bytes += frame.as_ref().and_then(|frame| data(frame.as_ref().ok()?)).unwrap_or(0);
        self.frames.extend(frame);
    }

    fn take(&mut self) -> Option<Result<Frame<D>, E>> {
        let frame = self.frames.pop_front()?;
        self.bytes -= frame.as_ref().ok().and_then(data).unwrap_or(0);
        Some(frame)
    }
}

/// How many bytes of content a frame has; `None`: it has none.
fn data<D: Buf>(frame: &Frame<D>) -> Option<u64> {
    frame.data_ref().map(|data| data.remaining() as u64)
}

impl<B: Body> Body for ReadAhead<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let this = self.project();
        let Some(ahead) = this.ahead else { return this.body.poll_frame(cx) };
        match ahead.take() {
            Some(frame) => Poll::Ready(Some(frame)),
            None if ahead.has_ended => Poll::Ready(None),
            None => this.body.poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.ahead {
            None => self.body.is_end_stream(),
            Some(ahead) => ahead.frames.is_empty() && (ahead.has_ended || self.body.is_end_stream()),
        }
    }

    /// What was read ahead and the rest. A body that does not say its length still does not when all of it is here: hyper would
    /// add a `Content-Length`, by which one that broke off looks complete.
    fn size_hint(&self) -> SizeHint {
        let Some(ahead) = &self.ahead else { return self.body.size_hint() };
        let rest = if ahead.has_ended { SizeHint::with_exact(0) } else { self.body.size_hint() };
        let mut all = SizeHint::new();
        all.set_lower(rest.lower() + ahead.bytes);
        if let Some(upper) = rest.upper().filter(|_| ahead.is_sized) {
            all.set_upper(upper + ahead.bytes);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;

    /// What a body does when it is polled.
    #[derive(Clone, Debug)]
    enum Step {
        Waits,
        Sends(usize),
        BreaksOff,
    }

    /// Does one step after the other, and then ends. It says its length if `length` is true.
    struct Script {
        steps: VecDeque<Step>,
        length: bool,
    }

    impl Body for Script {
        type Data = Bytes;
        type Error = ();

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ()>>> {
            match self.steps.pop_front() {
                None => Poll::Ready(None),
                Some(Step::Waits) => Poll::Pending,
                Some(Step::Sends(bytes)) => Poll::Ready(Some(Ok(Frame::data(vec![b'a'; bytes].into())))),
                Some(Step::BreaksOff) => Poll::Ready(Some(Err(()))),
            }
        }

        fn is_end_stream(&self) -> bool {
            self.steps.is_empty()
        }

        // At its end every body of a portal says that nothing follows.
        fn size_hint(&self) -> SizeHint {
            let is_exact = self.length || self.steps.is_empty();
            if is_exact { SizeHint::with_exact(self.steps.iter().map(sent_by).sum()) } else { SizeHint::default() }
        }
    }

    fn sent_by(step: &Step) -> u64 {
        if let Step::Sends(bytes) = step { *bytes as u64 } else { 0 }
    }

    fn steps(longest: usize) -> impl Strategy<Value = (Vec<Step>, bool)> {
        let step = prop_oneof![3 => Just(Step::Waits), 5 => (1..longest).prop_map(Step::Sends)];
        (prop::collection::vec(step, 0..12), any::<bool>(), any::<bool>()).prop_map(|(mut steps, breaks, length)| {
            steps.extend(breaks.then_some(Step::BreaksOff));
            (steps, length && !breaks)
        })
    }

    /// The frames of a body as bytes and errors. `ahead`: how often it is read ahead before each poll.
    fn frames(steps: &[Step], length: bool, ahead: &[u8]) -> Vec<Result<usize, ()>> {
        let cx = &mut Context::from_waker(Waker::noop());
        let mut body = ReadAhead::new(Script { steps: steps.iter().cloned().collect(), length });
        let (mut frames, mut ahead) = (Vec::new(), ahead.iter());
        loop {
            let hint = body.size_hint();
            (0..ahead.next().copied().unwrap_or(0)).for_each(|_| body.read(cx));
            assert_eq!(body.size_hint().exact(), hint.exact());
            let is_end = body.is_end_stream();
            match Pin::new(&mut body).poll_frame(cx) {
                Poll::Pending => assert!(!is_end),
                Poll::Ready(None) => return frames,
                Poll::Ready(Some(frame)) => {
                    assert!(!is_end);
                    frames.push(frame.map(|frame| frame.into_data().unwrap().len()));
                    if frames.last() == Some(&Err(())) {
                        return frames;
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn reading_ahead_changes_no_frame(
            (steps, length) in steps(20_000),
            ahead in prop::collection::vec(0_u8..4, 0..20),
        ) {
            prop_assert_eq!(frames(&steps, length, &ahead), frames(&steps, length, &[]));
        }
    }

    #[test]
    fn a_short_body_is_read_to_its_end_and_a_long_one_is_left() {
        let most = usize::try_from(MOST).unwrap();
        for (length, sent, left) in [
            (true, vec![most], 0),
            (true, vec![most / 2, most / 2], 0),
            (true, vec![most / 2, most / 2 + 1], most + 1),
            (false, vec![most - 1, 1, 1], 1),
            (false, vec![1, 1], 0),
        ] {
            let mut body = ReadAhead::new(Script { steps: sent.iter().copied().map(Step::Sends).collect(), length });
            (0..3).for_each(|_| body.read(&mut Context::from_waker(Waker::noop())));
            assert_eq!(body.body.steps.iter().map(sent_by).sum::<u64>(), left as u64, "{sent:?}");
            // The end itself gives the connection back if the length is not known.
            assert_eq!(body.ahead.as_ref().unwrap().has_ended, sent.iter().sum::<usize>() < most, "{sent:?}");
        }
    }
}
