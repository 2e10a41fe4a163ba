//! The `octroi` command. Exit codes: 0 fine, 1 findings, 2 error.

use std::process::ExitCode;

use clap::Parser;
use octroi::cli::Cli;
use octroi::telemetry::printable_lines;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("octroi: {}", printable_lines(&format!("{error:#}")));
            ExitCode::from(2)
        }
    }
}
