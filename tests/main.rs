//! End-to-end tests: the real binary between raw sockets, real clients and a scripted portal.
//!
//! Nothing here knows octroi from the inside. `support` holds the portal, the process, the clients and the browsers;
//! `e2e` holds one module for each subject, so that a failing test's path says what broke. `jar` and `demo` let real
//! browsers judge, `recipes` real proxies and portals.

// In a test, a panic is how a failure is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod banners;
mod demo;
mod e2e;
mod jar;
mod recipes;
mod support;
