//! End-to-end tests: the real binary between raw sockets, real clients and a scripted portal.
//!
//! octroi runs as a process of its own. Of its library, only the demo's sample portal is used, and the HTML rewriter in two
//! modules of `e2e::third_parties`. `support` has the portal, the process, the clients and the browsers; `e2e` has one module
//! for each subject, so that the path of a failing test says what broke. `jar`, `demo` and `banners` use real browsers,
//! `recipes` real proxies and portals.

// In a test, a panic is how a failure is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod banners;
mod demo;
mod e2e;
mod jar;
mod recipes;
mod support;
