//! The command line: one file for each command.
//!
//! Results go to standard output, diagnostics to standard error. Exit codes: 0 fine, 1 findings, 2 error.
//!
//! `--help` and the manual pages show the doc comments of arguments and values, so these are written for operators.

mod audit;
mod charter;
mod check;
mod configuration;
mod demo;
mod explain;
mod man;
mod run;
mod schema;
mod version;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::telemetry::diagnostics;

/// A streaming reverse proxy that makes a website's cookie charter true.
///
/// octroi runs in front of a website and lets a cookie through to the visitor, or back to the website, only if the
/// published charter exempts it or the visitor agreed. `octroi demo` shows it.
#[derive(Debug, Parser)]
#[command(name = "octroi", version, about, long_about, propagate_version = true)]
#[command(after_help = "Exit codes: 0 fine; 1 findings, which a command's own help describes; 2 error.")]
pub struct Cli {
    /// What is logged to standard error: error, warn, info, debug, trace, or directives like `info,octroi::upstream=debug`
    #[arg(long, global = true, env = "OCTROI_LOG_LEVEL", default_value = "info", value_name = "LEVEL")]
    log_level: String,

    /// The format of the log
    #[arg(long, global = true, env = "OCTROI_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    log_format: LogFormat,

    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

/// How a command prints its result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT, then drain
    Run(run::RunArgs),
    /// Start a sample portal and the proxy in front of it: no file, no network
    Demo(demo::DemoArgs),
    /// Check a configuration and its charters, and show every problem
    Check(check::CheckArgs),
    /// Show how a Set-Cookie line, a Cookie field or a URL is judged, step by step
    Explain(explain::ExplainArgs),
    /// Write, import, compare or render a charter
    Charter(charter::CharterArgs),
    /// Compare browsers' recordings with a charter: who set which cookie, and whether the visitor had agreed
    Audit(audit::AuditArgs),
    /// Print the JSON Schema of a file
    Schema(schema::SchemaArgs),
    /// Print the completions of a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print a manual page, or write all of them
    Man(man::ManArgs),
    /// Print the version, commit and features of this build
    Version(version::VersionArgs),
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// The command failed. Findings are no error, but the exit code 1.
    pub fn run(self) -> Result<ExitCode> {
        diagnostics::init(&self.log_level, self.log_format == LogFormat::Json)?;
        match self.command {
            Command::Run(args) => run::run(&args),
            Command::Demo(args) => demo::run(&args),
            Command::Check(args) => check::run(&args),
            Command::Explain(args) => explain::run(&args),
            Command::Charter(args) => charter::run(args),
            Command::Audit(args) => audit::run(&args),
            Command::Schema(args) => schema::run(args),
            Command::Completions { shell } => {
                clap_complete::generate(shell, &mut Self::command(), "octroi", &mut std::io::stdout());
                Ok(ExitCode::SUCCESS)
            }
            Command::Man(args) => {
                man::run(&args, Self::command())?;
                Ok(ExitCode::SUCCESS)
            }
            Command::Version(args) => {
                version::run(&args)?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
