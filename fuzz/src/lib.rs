//! The oracles of the fuzz targets: each reads its input a second time, by rules that are written down here anew and as
//! simply as can be, and panics if octroi sees it otherwise. `tests/corpus.rs` replays what the fuzzer has found.

pub mod audit;
pub mod charter;
pub mod charter_import;
pub mod consent;
pub mod consent_formats;
pub mod cookie_pairs;
pub mod exchange;
pub mod gate;
pub mod html_rewriter;
pub mod json;
pub mod reading;
pub mod response;
pub mod set_cookie;
