//! octroi as a process with one worker, between a visitor and a portal.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// A running octroi; ended when dropped.
pub(crate) struct Octroi {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Kept open, because octroi keeps writing to it.
    _stderr: BufReader<ChildStderr>,
}

impl Octroi {
    /// Starts `command` with octroi's arguments, in front of `portal`, and waits until it listens.
    ///
    /// # Errors
    /// If it does not start. The error contains its diagnostics.
    pub(crate) fn start(
        mut command: Command,
        directory: &Path,
        scheme: Scheme,
        charter: &str,
        portal: SocketAddr,
    ) -> Result<Self> {
        fs::write(directory.join("charter.toml"), charter)?;
        fs::write(directory.join("octroi.toml"), configuration(scheme, portal))?;
        command.args(["--log-format", "json", "run", "--config"]).arg(directory.join("octroi.toml"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut stderr = BufReader::new(child.stderr.take().context("no standard error")?);
        let address = listening(&mut stderr)?;
        Ok(Self { child, address, _stderr: stderr })
    }

    /// Ends it with SIGTERM.
    ///
    /// # Errors
    /// If its exit code is not 0.
    pub(crate) fn end(mut self) -> Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        ensure!(status.success(), "octroi ended with {status}");
        Ok(())
    }
}

impl Drop for Octroi {
    fn drop(&mut self) {
        // There is nothing to drain.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

fn configuration(scheme: Scheme, portal: SocketAddr) -> String {
    let tls = match scheme {
        Scheme::Http => "",
        Scheme::Https => "tls = { certificate = \"certificate.pem\", key = \"key.pem\" }\n",
    };
    format!(
        "[[listener]]\naddress = \"127.0.0.1:0\"\n{tls}[admin]\naddress = \"127.0.0.1:0\"\n[log]\naccess = \"off\"\n\
         [runtime]\nworkers = 1\n[[site]]\nhosts = [\"*\"]\ncharter = \"charter.toml\"\n\
         upstream = {{ endpoints = [\"http://{portal}\"] }}\n"
    )
}

/// The scheme of octroi's listener.
#[derive(Clone, Copy)]
pub(crate) enum Scheme {
    Http,
    /// With `certificate.pem` and `key.pem` of its directory.
    Https,
}

/// Reads diagnostics up to the line with octroi's address.
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
