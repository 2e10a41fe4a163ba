//! A browser's process: finds the program, starts it with its own profile, and ends it when the owner is dropped.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use super::EVENT_TIMEOUT;

/// A browser that runs, even if its owner fails to come into being.
pub(super) struct Process {
    child: Child,
    /// Closes with the last of its processes.
    addresses: mpsc::Receiver<String>,
}

impl Process {
    /// Starts it; what it leaves in the temporary directory goes with its profile. Its standard error is read to the end
    /// for the line that says where it listens; that ends when none of its processes holds it any more.
    pub(super) fn start(command: &mut Command, profile: &Path, announces: &'static str) -> Self {
        let command = command.env("TMPDIR", profile).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the browser starts");
        let stderr = BufReader::new(child.stderr.take().expect("its standard error"));
        let (found, addresses) = mpsc::channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if let Some(address) = line.strip_prefix(announces) {
                    let _ = found.send(address.trim().to_owned());
                }
            }
        });
        Self { child, addresses }
    }

    /// Where it listens, once it is ready.
    pub(super) fn address(&self) -> String {
        self.addresses.recv_timeout(EVENT_TIMEOUT).expect("the browser says where it listens")
    }

    /// Waits until none of its processes is left: only then can the profile be removed.
    pub(super) fn wait_for_all(&self) {
        let _ = self.addresses.recv_timeout(EVENT_TIMEOUT);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first of these programs in `PATH`, unless the environment variable `chosen` names one.
pub(super) fn program(chosen: &str, names: &[&str]) -> PathBuf {
    if let Some(named) = std::env::var_os(chosen) {
        return named.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates =
        std::env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    candidates.find(|candidate| candidate.is_file()).unwrap_or_else(|| {
        panic!("none of {names:?} in PATH: run scripts/setup, or name one in the environment variable {chosen}")
    })
}
