//! The load: h2load, which keeps all its connections busy for a time, and prints the result.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::peer::Running;

/// A kind of load.
pub(crate) struct Workload {
    pub(crate) name: &'static str,
    pub(crate) protocol: Protocol,
    pub(crate) path: &'static str,
    /// Connections.
    pub(crate) clients: u32,
    /// Concurrent requests on each connection.
    pub(crate) streams: u32,
}

/// The protocol between load and proxy.
pub(crate) enum Protocol {
    /// In clear.
    Http1,
    /// Over TLS.
    Http2,
}

/// The result of a load.
pub(crate) struct Done {
    pub(crate) requests: u32,
    pub(crate) seconds: f64,
}

/// The header fields of a browser whose visitor has logged in and made no choice.
pub(crate) const FIELDS: [(&str, &str); 4] = [
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("accept-language", "fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3"),
    ("cookie", "sessionid=8f3k2j5h6g7d9s0a1q2w3e4r5t6y7u8i; csrftoken=Zk3Jd8sLq0PxWv5Tn7Rb2Yc9Uf4Mg6Ha"),
];

impl Workload {
    /// Runs it for this many seconds.
    ///
    /// # Errors
    /// h2load cannot be run, or a request failed.
    pub(crate) fn run(&self, running: &Running, seconds: u32) -> Result<Done> {
        let mut command = Command::new("h2load");
        let base = match self.protocol {
            Protocol::Http1 => {
                command.arg("--h1");
                format!("http://127.0.0.1:{}", running.http)
            }
            Protocol::Http2 => format!("https://127.0.0.1:{}", running.https),
        };
        for (name, value) in FIELDS {
            command.args(["-H", &format!("{name}: {value}")]);
        }
        let [clients, streams, seconds] = [self.clients, self.streams, seconds].map(|number| number.to_string());
        command.args(["-c", &clients, "-m", &streams, "-D", &seconds, &format!("{base}{}", self.path)]);
        let output = command.output().context("h2load: see scripts/setup-peers")?;
        let said = String::from_utf8_lossy(&output.stdout);
        read(&said).with_context(|| format!("{}: h2load said\n{said}", self.name))
    }
}

fn read(said: &str) -> Result<Done> {
    let line = |start: &str| said.lines().find_map(|line| line.strip_prefix(start)).context("no result");
    let finished = line("finished in ")?.split_once("s,").context("no time")?.0;
    // Below a second, h2load writes milliseconds (`950ms`).
    let seconds =
        finished.strip_suffix('m').map_or_else(|| finished.parse(), |ms| ms.parse().map(|ms: f64| ms / 1e3))?;
    let mut numbers = line("requests: ")?.split(", ");
    let mut number = |name: &str| {
        let found = numbers.find_map(|part| part.strip_suffix(name)).context("a number is missing")?;
        Ok::<u32, anyhow::Error>(found.trim().parse()?)
    };
    let (requests, failed, errored) = (number(" succeeded")?, number(" failed")?, number(" errored")?);
    ensure!(requests > 0 && failed == 0 && errored == 0, "requests were lost");
    Ok(Done { requests, seconds })
}
