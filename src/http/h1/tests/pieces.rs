//! All at once, with most lines passed over whole, against byte by byte, with none: the verdict is the same, and
//! so is where each head ends.

use proptest::prelude::*;

use super::differential::{Change, REQUESTS, changed};
use super::*;

pub(super) fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_usize), 0..4)
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
}
