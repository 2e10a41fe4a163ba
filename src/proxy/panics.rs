//! Catches a panic, which is a defect of octroi's own, where a request is polled. Only that request fails.
//!
//! The values of the request are dropped while the thread unwinds. One of them is the exchange, which records the panic then.
//! The state that requests share is behind guards that unwinding releases, so other requests can use it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use http_body::{Body, Frame};

/// A panic was caught; the process's hook has told where.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("octroi met a defect of its own")]
pub(super) struct Panicked;

pin_project_lite::pin_project! {
    /// A future that ends with [`Panicked`] if the one inside panics.
    pub(super) struct Contained<F> {
        #[pin]
        future: F,
    }
}

/// Contains the panics of a future.
pub(super) fn contain<F: Future>(future: F) -> Contained<F> {
    Contained { future }
}

impl<F: Future> Future for Contained<F> {
    type Output = Result<F::Output, Panicked>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.project().future;
        catch(|| future.poll(cx)).map_or(Poll::Ready(Err(Panicked)), |polled| polled.map(Ok))
    }
}

/// What polling a body gives.
type Polled<B> = Poll<Option<Result<Frame<<B as Body>::Data>, <B as Body>::Error>>>;

/// Polls a body; after a panic, it may not be polled again.
///
/// # Errors
/// If the body panicked.
pub(super) fn poll_frame<B: Body>(body: Pin<&mut B>, cx: &mut Context<'_>) -> Result<Polled<B>, Panicked> {
    catch(|| body.poll_frame(cx))
}

/// Calls `poll` and catches a panic. What the panic may have left half done is not used again: neither by the two callers
/// here, nor by theirs.
fn catch<T>(poll: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(poll)).map_err(|_| Panicked)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use bytes::Bytes;
    use http_body_util::Full;

    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn a_panic_is_the_end_of_its_future_alone() {
        assert_eq!(contain(async { 1 }).await, Ok(1));
        let before_waiting = contain(async { panic!("a test's own") });
        assert_eq!(before_waiting.await, Err::<(), _>(Panicked));
        let after_waiting = contain(async {
            tokio::task::yield_now().await;
            panic!("a test's own")
        });
        assert_eq!(after_waiting.await, Err::<(), _>(Panicked));
        assert_eq!(contain(async { 2 }).await, Ok(2));
    }

    /// A body that panics when it is polled.
    struct Faulty;

    impl Body for Faulty {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            panic!("a test's own")
        }
    }

    #[test]
    fn a_body_that_panics_is_told_from_one_that_ends() {
        let mut cx = Context::from_waker(std::task::Waker::noop());
        assert_eq!(poll_frame(Pin::new(&mut Faulty), &mut cx).err(), Some(Panicked));
        let mut whole = Full::new(Bytes::from("x"));
        let frame = poll_frame(Pin::new(&mut whole), &mut cx);
        assert!(matches!(frame, Ok(Poll::Ready(Some(Ok(_))))));
    }
}
