//! What streams and timeouts are made of: `tcp` connections, what a stream that wraps another one passes on
//! (`write_half`), and the clock of timeouts (`coarse_clock`).

pub(crate) mod coarse_clock;
pub(crate) mod tcp;
pub(crate) mod write_half;
