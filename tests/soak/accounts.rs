//! The checks after the load: octroi has released everything, its metrics agree with the visitors' counts, and it ends well.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::disturbances::AccessLog;
use super::ledger::Ledger;
use super::memory::Sample;
use super::world::World;
use crate::support::metrics::Metrics;

/// Longer than a connection to the portal is kept.
const EVENT_TIMEOUT: Duration = Duration::from_secs(30);
/// A check of an endpoint may be under way.
const SPARE: u64 = 3;

/// Waits until no visitor's connection is left and descriptors are back where they began.
pub(crate) async fn release(world: &World, before: Sample) -> Metrics {
    let deadline = Instant::now() + EVENT_TIMEOUT;
    loop {
        let (metrics, now) = (world.octroi.metrics().await, Sample::of(&world.octroi));
        let open = metrics.sum("octroi_connections", &[]);
        if open == 0.0 && now.descriptors <= before.descriptors + SPARE && now.threads <= before.threads {
            println!("at rest: {now:?}, before the load: {before:?}");
            return metrics;
        }
        if Instant::now() > deadline {
            world.ledger.fail(&format!("{open} connections are still open; {now:?} instead of {before:?}"));
            return metrics;
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// Compares the metrics with what was seen; if nobody saw the end of something, it may be counted or not.
pub(crate) fn compare(metrics: &Metrics, ledger: &Ledger) {
    let mut faults = Vec::new();
    let book = ledger.book();
    let mut check = |what: String, counted: u64, seen: u64, unseen: u64| {
        println!("{what:<24} counted {counted:>9}  seen {seen:>9}  (unseen: at most {unseen})");
        if counted < seen || counted > seen + unseen {
            faults.push(format!("{what}: {counted} counted, {seen} to {} happened", seen + unseen));
        }
    };
    let mut all = 0;
    for class in ["1xx", "2xx", "3xx", "4xx", "5xx"] {
        let rejected = metrics.count("octroi_rejected_requests_total", &[]);
        let early = if class == "4xx" { rejected } else { 0 };
        let counted = metrics.count("octroi_requests_total", &[("status_class", class)]) + early;
        all += counted;
        check(format!("requests {class}"), counted, book.classes.get(class).copied().unwrap_or(0), book.unseen);
    }
    check("requests in all".to_owned(), all, book.classes.values().sum(), book.unseen);
    for ((direction, passed), seen) in &book.cookies {
        let of = |verdict| metrics.count("octroi_cookies_total", &[("direction", direction), ("verdict", verdict)]);
        let counted = if *passed { of("pass") } else { of("drop") + of("strip") };
        let what = if *passed { "passed" } else { "gated" };
        check(format!("cookies {direction} {what}"), counted, *seen, book.cookies_unseen);
    }
    for name in ["octroi_panics_total", "octroi_access_log_dropped_total"] {
        check(name.trim_start_matches("octroi_").to_owned(), metrics.count(name, &[]), 0, 0);
    }
    drop(book);
    for fault in faults {
        ledger.fail(&fault);
    }
}

/// A run in which something never happened says nothing of it; and a stop touches only what is under way.
pub(crate) fn expect_everything(ledger: &Ledger, at_once: u64) {
    let (missing, excused, deaths) = {
        let book = ledger.book();
        (book.missing(), book.disturbed.values().sum::<u64>(), book.incidents.get("endpoint stops").copied())
    };
    if !missing.is_empty() {
        ledger.fail(&format!("{missing:?} never happened"));
    }
    if excused > deaths.unwrap_or(0) * at_once {
        ledger.fail(&format!("{excused} exchanges excused by {deaths:?} deaths, which met {at_once} visitors each"));
    }
}

/// SIGTERM ends it, and each request that ended has one line in the access log.
pub(crate) async fn end(world: World, log: AccessLog, metrics: &Metrics) {
    let World { octroi, logs, ledger, .. } = world;
    octroi.terminate();
    let code = octroi.exit_code().await;
    if code != Some(0) {
        ledger.fail(&format!("SIGTERM ended octroi with {code:?} instead of 0"));
    }
    let requests = metrics.count("octroi_requests_total", &[]) + metrics.count("octroi_rejected_requests_total", &[]);
    let lines = log.all(logs.path());
    if lines != requests {
        ledger.fail(&format!("{lines} lines in the access log, {requests} requests in the metrics"));
    }
}
