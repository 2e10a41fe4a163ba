//! Runs the command, and reads its output.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const CHARTER: &str = include_str!("charter.toml");

/// A directory with a charter, in which the command runs.
pub(crate) struct Desk {
    pub(crate) directory: TempDir,
}

/// What a run of the command left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with_charter(CHARTER)
    }

    pub(crate) fn with_charter(charter: &str) -> Self {
        let desk = Self { directory: tempfile::tempdir().unwrap() };
        desk.write("charter.toml", charter.as_bytes());
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs `octroi audit … --charter charter.toml` with these arguments.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with_input(arguments, b"")
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = command(self.directory.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that refuses its arguments reads nothing.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap().into()
    }

    /// Runs `octroi` with these arguments.
    pub(crate) fn octroi(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octroi"));
        command.current_dir(self.directory.path()).args(arguments).output().unwrap().into()
    }

    /// The JSON report on this recording, and the exit code.
    pub(crate) fn audit(&self, recording: &Value, arguments: &[&str]) -> Audited {
        self.write("recording.har", recording.to_string().as_bytes());
        self.run(&[&["recording.har", "--format", "json"], arguments].concat()).audited()
    }
}

fn command(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_octroi"));
    command.current_dir(directory).args(["audit", "--charter", "charter.toml"]);
    command
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().expect("an exit code");
        Self { code, stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn audited(self) -> Audited {
        let report = serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stderr));
        Audited { code: self.code, report, stderr: self.stderr }
    }
}

/// A report in JSON.
pub(crate) struct Audited {
    pub(crate) code: i32,
    pub(crate) report: Value,
    pub(crate) stderr: String,
}

impl Audited {
    /// The findings as `kind name host entry`, in their order.
    pub(crate) fn findings(&self) -> Vec<String> {
        let findings = self.report["findings"].as_array().unwrap();
        let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let line = |finding: &Value| ["kind", "name", "host", "entry"].map(|key| word(&finding[key])).join(" ");
        findings.iter().map(line).collect()
    }

    /// Findings alone, and the exit code that goes with them.
    #[track_caller]
    pub(crate) fn assert_findings(&self, expected: &[&str]) {
        assert_eq!(self.findings(), expected, "{:#}", self.report);
        assert_eq!(self.code, i32::from(!expected.is_empty()), "{}", self.stderr);
    }

    #[track_caller]
    pub(crate) fn cookie(&self, name: &str) -> &Value {
        let cookies = self.report["cookies"].as_array().unwrap();
        cookies.iter().find(|cookie| cookie["name"] == name).unwrap_or_else(|| panic!("{name}: {cookies:#?}"))
    }

    #[track_caller]
    pub(crate) fn party(&self, host: &str) -> &Value {
        let parties = self.report["third_parties"].as_array().unwrap();
        parties.iter().find(|party| party["host"] == host).unwrap_or_else(|| panic!("{host}: {parties:#?}"))
    }
}
