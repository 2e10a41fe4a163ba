//! The demo in a real browser, without octroi and through octroi.

mod audit;
mod octroi;
mod portal;
mod recording;
mod terminator;
mod tour;
