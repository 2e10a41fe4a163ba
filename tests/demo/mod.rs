//! The demo as a visitor meets it: a real browser, in front of the bare portal and in front of octroi.

mod audit;
mod octroi;
mod portal;
mod recording;
mod terminator;
mod tour;
