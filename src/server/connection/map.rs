//! A future whose output is mapped. An `async` block around it would have room for it twice, once as what it begins with
//! and once as what it waits for; each request's future is moved, and its room is part of each busy connection.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

pin_project_lite::pin_project! {
    /// The future, and what is done with its output.
    pub(in crate::server) struct Map<F, M> {
        #[pin]
        future: F,
        map: Option<M>,
    }
}

/// Maps the output of a future.
pub(in crate::server) fn map<F: Future, T, M: FnOnce(F::Output) -> T>(future: F, map: M) -> Map<F, M> {
    Map { future, map: Some(map) }
}

impl<F: Future, T, M: FnOnce(F::Output) -> T> Future for Map<F, M> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let this = self.project();
        let output = ready!(this.future.poll(cx));
        // As with an `async` block, nobody asks again for what was given.
        match this.map.take() {
            Some(map) => Poll::Ready(map(output)),
            None => Poll::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn the_output_is_mapped_once_it_is_there() {
        assert_eq!(map(async { 1 }, |one| one + 1).await, 2);
        let later = async {
            tokio::task::yield_now().await;
            1
        };
        assert_eq!(map(later, |one| one + 1).await, 2);
    }

    #[test]
    fn the_future_has_room_once() {
        let future = || async {
            let room = [0_u8; 1000];
            tokio::task::yield_now().await;
            room
        };
        assert!(size_of_val(&map(future(), |_| ())) < 1100);
    }
}
