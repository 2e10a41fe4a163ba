//! The disturbances while octroi serves: endpoints stop and start, charters and certificates change, logs are rotated.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;

use super::charters::Charter;
use super::portal::{Ending, Endpoint};
use super::world::World;
use crate::support::client::HOST;

/// Endpoints stop and start again, but never all at once: what octroi may send twice it must not lose.
pub(crate) async fn deaths(world: &World, mut endpoints: Vec<Endpoint>) -> Vec<Endpoint> {
    let mut rng = world.rng(u64::MAX);
    while !world.is_over() {
        sleep(Duration::from_millis(rng.u64(300..3000))).await;
        let alive = endpoints.iter().filter(|endpoint| endpoint.is_alive()).count();
        let chosen = rng.usize(..endpoints.len());
        let endpoint = &mut endpoints[chosen];
        if !endpoint.is_alive() {
            endpoint.revive();
        } else if alive > 1 {
            world.ledger.count_incident("endpoint stops");
            world.ledger.death_begins();
            endpoint.stop([Ending::Close, Ending::Reset][rng.usize(..2)]).await;
            world.ledger.death_is_over();
        }
    }
    endpoints
}

/// Charters, faulty ones among them, and certificates, in turn.
pub(crate) async fn reloads(world: &World) {
    let mut rng = world.rng(u64::MAX - 1);
    let mut charter = Charter::Heads;
    for turn in 0.. {
        sleep(Duration::from_millis(rng.u64(200..2000))).await;
        if world.is_over() {
            return;
        }
        match turn % 6 {
            1 => faulty(world, charter).await,
            3 => certificate(world).await,
            _ => {
                charter = charter.other();
                put_in_force(world, charter).await;
            }
        }
    }
}

async fn put_in_force(world: &World, charter: Charter) {
    world.ledger.count_incident("charters changed");
    world.ledger.charter_changes();
    replace(&world.octroi.file("charter.toml"), &charter.text());
    expect_reload(world, "a sound charter", 200..=200).await;
    world.ledger.charter_is(charter);
}

/// The charter in force stays in force.
async fn faulty(world: &World, charter: Charter) {
    world.ledger.count_incident("faulty charters");
    replace(&world.octroi.file("charter.toml"), &Charter::faulty());
    expect_reload(world, "a faulty charter", 400..=500).await;
    replace(&world.octroi.file("charter.toml"), &charter.text());
    expect_reload(world, "the charter that is in force", 200..=200).await;
}

async fn certificate(world: &World) {
    world.ledger.count_incident("certificates changed");
    world.authority.certificate(&[HOST]).write(world.octroi.directory.path(), HOST);
    expect_reload(world, "a new certificate", 200..=200).await;
}

async fn expect_reload(world: &World, what: &str, statuses: std::ops::RangeInclusive<u16>) {
    let answer = world.octroi.admin("POST /reload", "Content-Length: 0\r\n").await;
    if !statuses.contains(&answer.status()) {
        world.ledger.fail(&format!("the reload of {what}:\n{}", answer.shown()));
    }
}

fn replace(file: &Path, text: &str) {
    let next = file.with_extension("next");
    fs::write(&next, text).unwrap();
    fs::rename(next, file).unwrap();
}

/// Moves the access log away and has it opened anew; how many lines there were in all, once octroi has ended.
pub(crate) struct AccessLog {
    lines: u64,
}

impl AccessLog {
    pub(crate) fn new() -> Self {
        Self { lines: 0 }
    }

    /// What was moved away the last time has been written to its end, for there is a new one.
    pub(crate) fn rotate(&mut self, world: &World) {
        world.ledger.count_incident("log rotations");
        self.count(&world.logs.path().join("access.old"));
        fs::rename(world.logs.path().join("access.log"), world.logs.path().join("access.old")).unwrap();
        world.octroi.signal("USR1");
    }

    /// All lines, of a process that has ended.
    pub(crate) fn all(mut self, directory: &Path) -> u64 {
        self.count(&directory.join("access.old"));
        self.count(&directory.join("access.log"));
        self.lines
    }

    fn count(&mut self, file: &Path) {
        self.lines += fs::read_to_string(file).unwrap_or_default().lines().count() as u64;
        let _ = fs::remove_file(file);
    }
}

/// Rotates every few seconds.
pub(crate) async fn rotations(world: &World, log: &mut AccessLog) {
    while !world.is_over() {
        sleep(Duration::from_secs(3)).await;
        if world.logs.path().join("access.log").exists() {
            log.rotate(world);
        }
    }
}
