//! `octroi run`: the proxy, until it is told to end.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;

use super::configuration::{ConfigurationArgs, overrides};
use crate::config::Config;
use crate::server::{Server, ServerError};

#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    configuration: ConfigurationArgs,
}

/// Serves until SIGTERM or SIGINT.
///
/// Exit codes: 0 drained, 1 cut at the deadline, 2 not started.
pub(crate) fn run(args: &RunArgs) -> anyhow::Result<ExitCode> {
    let path = args.configuration.path()?;
    tracing::info!(config = %path.display(), "starting");
    log_panics();
    let load = move || Config::load(&path, &overrides());
    let server = match Server::start(Box::new(load)) {
        Ok(server) => server,
        Err(ServerError::Config(problems)) => {
            eprintln!("{problems}");
            return Ok(ExitCode::from(2));
        }
        Err(error) => bail!(error),
    };
    Ok(if server.run_until_signalled()? { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// A panic ends one connection, not the process: it must be seen in the log.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("no message");
        tracing::error!(location, message, backtrace = %std::backtrace::Backtrace::capture(), "panic");
    }));
}
