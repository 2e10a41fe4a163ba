//! All at once, where most lines are passed over whole, against byte by byte, where none is: the verdict is the same, and
//! so is where each head ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::differential::{Change, REQUESTS, changed};
use super::*;

const RESPONSES: [&[u8]; 5] = [
    b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 18:00:00 GMT\r\nContent-Type: text/html; charset=utf-8\r\n\
      Set-Cookie: sessionid=abc123def456ghi789; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.0 404 Not Found\r\nX_Odd.Name-1: caf\xc3\xa9, a value that is as long as a block\r\nTab:\ta\tb\r\nEmpty:\r\n\r\n",
    b"HTTP/1.1 304\r\nETag: \"0123456789abcdef0123456789abcdef\"\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n",
];

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_usize), 0..4)
}

/// How reading what a server sends ends, and how many informational responses came.
fn read_responses(bytes: &[u8], size: usize) -> (Option<(Refusal, usize)>, usize) {
    let informed = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&informed);
    let awaited = Arc::new(Awaited::default());
    awaited.response();
    let inform = move || _ = count.fetch_add(1, Ordering::Relaxed);
    let mut responses = Responses::new(awaited, Arc::new(inform));
    (read_by(&mut responses, bytes.chunks(size)), informed.load(Ordering::Relaxed))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn requests_are_read_alike(
        requests in prop::collection::vec(prop::sample::select(&REQUESTS[..]), 1..4), changes in changes(), size in 2..200_usize,
    ) {
        let bytes = changed(requests.concat(), &changes);
        let bytewise = read_by(&mut Requests::new(), bytes.chunks(1));
        prop_assert_eq!(read(&bytes), bytewise, "{}", bytes.escape_ascii());
        prop_assert_eq!(read_by(&mut Requests::new(), bytes.chunks(size)), bytewise, "{}", bytes.escape_ascii());
    }

    #[test]
    fn responses_are_read_alike(
        responses in prop::collection::vec(prop::sample::select(&RESPONSES[..]), 1..4), changes in changes(), size in 2..200_usize,
    ) {
        // No head holds a NUL: it tells whether the last one has ended.
        let bytes = [&changed(responses.concat(), &changes)[..], b"\0"].concat();
        let bytewise = read_responses(&bytes, 1);
        prop_assert_eq!(read_responses(&bytes, bytes.len()), bytewise, "{}", bytes.escape_ascii());
        prop_assert_eq!(read_responses(&bytes, size), bytewise, "{}", bytes.escape_ascii());
    }
}
