//! Tests that need too many file descriptors, or too long, for the usual test command: `cargo test --test long`.
//!
//! Each has a short form in `e2e`. Needs 20,000 file descriptors (`ulimit -Hn`).

// In a test, a panic is how a failure is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// These tests stand on a part of it.
#![allow(dead_code, unused_imports)]

mod support;

use support::crowd::Crowd;
use support::origin::ok;
use support::{Octroi, Origin, Setup};
use tokio::sync::Mutex;

/// Two crowds together would need more descriptors than many systems grant.
static ALONE: Mutex<()> = Mutex::const_new(());

/// The crowd takes its time, and so may the portal.
async fn with_long_timeouts() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "ok")).await;
    let timeouts =
        "[timeouts]\nheader = \"10min\"\nidle = \"1h\"\nupstream_connect = \"5min\"\n[log]\naccess = \"off\"";
    let octroi = Setup::before(&origin).toml(timeouts).start().await;
    (origin, octroi)
}

#[tokio::test]
async fn ten_thousand_idle_connections_use_little_memory() {
    const COUNT: usize = 10_000;
    const KIB_EACH: u64 = 48;
    let _alone = ALONE.lock().await;
    let (_origin, octroi) = with_long_timeouts().await;
    Crowd::open(octroi.address, 100).await.ask(100).await;
    let before = octroi.memory_kib("VmRSS");
    let mut crowd = Crowd::open(octroi.address, COUNT).await;
    crowd.ask(100).await;
    octroi.metrics_until("10,000 connections", |metrics| metrics.sum("octroi_connections", &[]) >= 10_000.0).await;
    let grown = octroi.memory_kib("VmRSS") - before;
    println!("{} bytes for each idle connection", grown * 1024 / COUNT as u64);
    assert!(grown < KIB_EACH * COUNT as u64, "memory grew by {grown} KiB");
    crowd.ask(100).await;
    drop(crowd);
    octroi.metrics_until("their end", |metrics| metrics.sum("octroi_connections", &[]) < 100.0).await;
}

#[tokio::test]
async fn five_thousand_connections_opened_at_once_are_served_at_once() {
    let _alone = ALONE.lock().await;
    let (_origin, octroi) = with_long_timeouts().await;
    let mut crowd = Crowd::open(octroi.address, 5000).await;
    crowd.ask(5000).await;
    crowd.ask(5000).await;
}
