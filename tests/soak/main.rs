//! Mixed load on the real binary with disturbances: no answer may be lost or wrong, and no resource may grow.
//!
//! `cargo test` runs a short form, with the same amount of work on every machine. `scripts/soak` runs it for a given time.
//! Visitors use both protocols, in clear and under TLS (`visitor`, `connection`, `tunnel`); each request tells the portal what
//! to answer, so that both ends can check it (`ask`, `pattern`, `portal`, `judge`). Meanwhile endpoints stop, and charters and
//! certificates change (`disturbances`). At the end, metrics and memory are checked (`accounts`, `memory`).

// In a test, a panic is how a failure is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// Bodies are smaller than any integer.
#![allow(clippy::cast_possible_truncation)]

mod accounts;
mod ask;
mod body;
mod charters;
mod connection;
mod disturbances;
mod judge;
mod ledger;
mod memory;
mod pattern;
mod portal;
// This test stands on a part of it.
#[allow(dead_code, unused_imports)]
#[path = "../support/mod.rs"]
mod support;
mod tunnel;
mod visitor;
mod world;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use disturbances::AccessLog;
use ledger::Ledger;
use memory::Sample;
use portal::Endpoint;
use world::{Length, World};

/// Visitors at a time: enough to meet each other in every pool, few enough for a machine that has other work.
const VISITORS: usize = 12;
const ENDPOINTS: usize = 3;
/// Of the short form.
const EXCHANGES: u64 = 1000;
/// Of octroi's diagnostics, if a run has failed.
const SHOWN_LINES: usize = 40;

#[tokio::test]
async fn mixed_load_loses_nothing_and_leaks_nothing() {
    let minutes = setting("OCTROI_SOAK_MINUTES");
    let length = minutes.map_or(Length::Exchanges(EXCHANGES), |minutes| Length::Time(Duration::from_mins(minutes)));
    let seed = setting("OCTROI_SOAK_SEED").unwrap_or_else(|| fastrand::u64(..1_000_000));
    println!("{length:?} with the seed {seed}");
    let ledger = Arc::new(Ledger::new());
    run(&ledger, length, seed).await;
    let failures = ledger.book().failures;
    assert_eq!(failures, 0, "{failures} failure(s) with the seed {seed}, told above");
}

fn setting(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} must be a whole number, not {value:?}")))
}

async fn run(ledger: &Arc<Ledger>, length: Length, seed: u64) {
    let endpoints: Vec<_> = (0..ENDPOINTS).map(|_| Endpoint::new(ledger)).collect();
    let world = Arc::new(World::start(ledger, &endpoints, length, seed).await);
    // Once the admin listener answers, all threads have what they work with.
    world.octroi.metrics().await;
    let (stderr, before) = (world.octroi.stderr.clone(), Sample::of(&world.octroi));
    let (mut samples, mut log) = (Vec::new(), AccessLog::new());
    let (_endpoints, ..) = tokio::join!(
        disturbances::deaths(&world, endpoints),
        disturbances::reloads(&world),
        disturbances::rotations(&world, &mut log),
        memory::watch(&world, &mut samples),
        visitors(&world),
        progress(&world),
    );
    let (time, metrics) = (world.begun.elapsed(), accounts::release(&world, before).await);
    summary(ledger, time);
    memory::judge(&samples, time, ledger);
    accounts::expect_everything(ledger, VISITORS as u64);
    accounts::compare(&metrics, ledger);
    accounts::end(Arc::into_inner(world).expect("all visitors have left"), log, &metrics).await;
    if ledger.book().failures > 0 {
        let lines = stderr.lines();
        eprintln!("octroi's last words:\n{}", lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n"));
    }
}

/// Always as many visitors, each with numbers of its own.
async fn visitors(world: &Arc<World>) {
    let mut visits = JoinSet::new();
    let mut number = 0;
    while !world.is_over() {
        while visits.len() < VISITORS {
            visits.spawn(visitor::visit(Arc::clone(world), world.rng(number)));
            number += 1;
        }
        ended(world, visits.join_next().await);
    }
    while let Some(visit) = visits.join_next().await {
        ended(world, Some(visit));
    }
}

fn ended(world: &World, visit: Option<Result<(), tokio::task::JoinError>>) {
    if let Some(Err(panic)) = visit {
        world.ledger.fail(&format!("a visitor: {panic}"));
    }
}

async fn progress(world: &World) {
    let mut seconds = 0;
    while !world.is_over() {
        sleep(Duration::from_secs(1)).await;
        seconds += 1;
        if seconds % 10 == 0 {
            let (book, now) = (world.ledger.book(), Sample::of(&world.octroi));
            let kinds: Vec<_> = book.fine.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            let disturbed: u64 = book.disturbed.values().sum();
            eprintln!(
                "{seconds} s: {} exchanges ({}), {disturbed} excused, {} failures, {} KiB, {} descriptors, {} threads",
                book.count(),
                kinds.join(", "),
                book.failures,
                now.resident_kib,
                now.descriptors,
                now.threads
            );
        }
    }
}

fn summary(ledger: &Ledger, time: Duration) {
    let book = ledger.book();
    println!("{} exchanges in {} s", book.count(), time.as_secs());
    for (kind, count) in &book.fine {
        println!("  {kind:<22} {count:>9}, {} excused by a stop", book.disturbed.get(kind).unwrap_or(&0));
    }
    println!("  the slowest took {:?}: {}", book.slowest.0, book.slowest.1);
    for (what, count) in &book.incidents {
        println!("  {what:<22} {count:>9}");
    }
}
