//! `octroi run`: the proxy, until it is told to end.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::Args;

use crate::config::Config;
use crate::server::{Server, ServerError};

/// Where a configuration is looked for, in this order.
const PLACES: [&str; 3] = ["octroi.toml", "config/octroi.toml", "/etc/octroi/octroi.toml"];
/// What starts with it overrides a scalar of the configuration.
const OVERRIDE: &str = "OCTROI_";

/// Runs the proxy.
#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    /// The configuration [default: the first of ./octroi.toml, ./config/octroi.toml, /etc/octroi/octroi.toml]
    #[arg(long, short, value_name = "FILE", env = "OCTROI_CONFIG")]
    config: Option<PathBuf>,
}

/// Serves until SIGTERM or SIGINT.
///
/// Exit codes: 0 drained, 1 cut at the deadline, 2 not started.
pub(crate) fn run(args: &RunArgs) -> anyhow::Result<ExitCode> {
    let path = match &args.config {
        Some(path) => path.clone(),
        None => find(PLACES.iter().map(Path::new))?,
    };
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

/// The first of these files that exists.
fn find<'a>(places: impl Iterator<Item = &'a Path> + Clone) -> anyhow::Result<PathBuf> {
    if let Some(path) = places.clone().find(|path| path.is_file()) {
        return Ok(path.to_owned());
    }
    let looked: Vec<_> = places.map(|path| path.display().to_string()).collect();
    bail!("no configuration found: looked for {}; name one with --config or OCTROI_CONFIG", looked.join(", "))
}

/// The `OCTROI_…` variables, but for the one that names the file.
fn overrides() -> Vec<(String, String)> {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    let ours = |(name, _): &(String, String)| name.starts_with(OVERRIDE) && name != "OCTROI_CONFIG";
    std::env::vars_os().filter_map(text).filter(ours).collect()
}

/// A panic ends one connection, not the process: it must be seen in the log.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("no message");
        tracing::error!(location, message, backtrace = %std::backtrace::Backtrace::capture(), "panic");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_wins_and_none_is_an_answer_that_helps() {
        let directory = tempfile::tempdir().unwrap();
        let places = ["a.toml", "b.toml"].map(|name| directory.path().join(name));
        let error = find(places.iter().map(PathBuf::as_path)).unwrap_err().to_string();
        assert!(error.contains("a.toml, ") && error.contains("OCTROI_CONFIG"), "{error}");
        std::fs::write(&places[1], "").unwrap();
        assert_eq!(find(places.iter().map(PathBuf::as_path)).unwrap(), places[1]);
    }
}
