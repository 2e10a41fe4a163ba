//! `octroi run`: serves until SIGTERM or SIGINT.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;

use super::configuration::{ConfigurationArgs, overrides};
use crate::config::Config;
use crate::server::{Inherited, Server, ServerError, Signals};
use crate::telemetry::printable_lines;

#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 all requests ended; 1 timeouts.drain cut some short; 2 not started.")]
pub(crate) struct RunArgs {
    #[command(flatten)]
    configuration: ConfigurationArgs,
}

/// Serves until SIGTERM or SIGINT, then drains.
///
/// Exit codes: 0 drained, 1 some requests were cut at the deadline (`timeouts.drain`), 2 not started because the files
/// have problems.
///
/// # Errors
/// A socket passed by systemd cannot be used, signals cannot be caught, or a listener cannot be opened.
pub(crate) fn run(args: &RunArgs) -> anyhow::Result<ExitCode> {
    // Before any thread is started, because it changes the environment.
    let inherited = Inherited::from_environment()?;
    // Before anything is served, because by default SIGTERM would cut every connection.
    let signals = Signals::take_over()?;
    let path = args.configuration.path()?;
    tracing::info!(config = %path.display(), "starting");
    let load = move || Config::load(&path, &overrides());
    let server = match Server::start(Box::new(load), inherited) {
        Ok(server) => server,
        Err(ServerError::Config(problems)) => {
            eprintln!("{}", printable_lines(&problems.to_string()));
            return Ok(ExitCode::from(2));
        }
        Err(error) => bail!(error),
    };
    Ok(if server.run_until_signalled(signals) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
