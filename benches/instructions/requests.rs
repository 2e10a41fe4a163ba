//! Whole requests over HTTP/1.1 in clear, through the real process with one worker, between a visitor and a portal that
//! both keep their connections.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};

use crate::exchange::Exchange;
use crate::{Scenario, callgrind};

const ROUNDS: [u64; 2] = [100, 600];

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    let limits = [
        (Exchange::page(), 82_000),
        (Exchange::plain_page(), 69_500),
        (Exchange::fifty_cookies(), 74_000),
        (Exchange::fifty_cookies_of_a_thousand(), 74_000),
        (Exchange::fifty_cookies_of_many_visitors(), 122_000),
    ];
    limits.into_iter().map(|(exchange, limit)| Scenario {
        name: exchange.to_string(),
        limit,
        count: Box::new(move || callgrind::of_one_round(ROUNDS, |requests| total(&exchange, requests))),
    })
}

/// Instructions of an octroi that serves so many requests, from its start to its end.
fn total(exchange: &Exchange, requests: u64) -> Result<u64> {
    let directory = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(exchange, requests, directory.path()))?;
    callgrind::total(directory.path())
}

async fn serve(exchange: &Exchange, requests: u64, directory: &Path) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let octroi = Octroi::start(directory, &exchange.charter, listener.local_addr()?)?;
    tokio::select! {
        visited = visit(exchange, requests, octroi.address) => visited?,
        failed = exchange.portal(listener) => failed?,
    }
    octroi.end()
}

async fn visit(exchange: &Exchange, requests: u64, octroi: SocketAddr) -> Result<()> {
    let mut stream = TcpStream::connect(octroi).await?;
    stream.set_nodelay(true)?;
    for _ in 0..requests {
        exchange.ask(&mut stream).await?;
    }
    Ok(())
}

/// The process under callgrind; ended when dropped.
struct Octroi {
    child: Child,
    address: SocketAddr,
    /// Kept open: it goes on writing.
    _stderr: BufReader<ChildStderr>,
}

impl Octroi {
    /// Starts it before `portal`, and waits until it listens.
    fn start(directory: &Path, charter: &str, portal: SocketAddr) -> Result<Self> {
        fs::write(directory.join("charter.toml"), charter)?;
        fs::write(directory.join("octroi.toml"), configuration(portal))?;
        let mut command = callgrind::command(env!("CARGO_BIN_EXE_octroi"), directory);
        command.args(["--log-format", "json", "run", "--config"]).arg(directory.join("octroi.toml"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut stderr = BufReader::new(child.stderr.take().context("no standard error")?);
        let address = listening(&mut stderr)?;
        Ok(Self { child, address, _stderr: stderr })
    }

    fn end(mut self) -> Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        ensure!(status.success(), "octroi ended with {status}");
        Ok(())
    }
}

impl Drop for Octroi {
    fn drop(&mut self) {
        // It has nothing to finish.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

fn configuration(portal: SocketAddr) -> String {
    format!(
        "[[listener]]\naddress = \"127.0.0.1:0\"\n[admin]\naddress = \"127.0.0.1:0\"\n[log]\naccess = \"off\"\n\
         [runtime]\nworkers = 1\n[[site]]\nhosts = [\"*\"]\ncharter = \"charter.toml\"\n\
         upstream = {{ endpoints = [\"http://{portal}\"] }}\n"
    )
}

/// Reads diagnostics up to the one that says where octroi listens.
fn listening(stderr: &mut BufReader<ChildStderr>) -> Result<SocketAddr> {
    let mut said = String::new();
    for line in stderr.lines() {
        let line = line?;
        if let Some(address) = address(&line) {
            return Ok(address);
        }
        said = said + &line + "\n";
    }
    bail!("octroi did not start:\n{said}")
}

fn address(line: &str) -> Option<SocketAddr> {
    let event: Value = serde_json::from_str(line).ok()?;
    let fields = event.get("fields").unwrap_or(&event);
    fields.get("address")?.as_str()?.rsplit("//").next()?.trim_end_matches('/').parse().ok()
}
