//! Diagnostics on standard error, through `tracing`: text for people, JSON for machines.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// Why diagnostics could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DiagnosticsError {
    /// The level is none.
    #[error(
        "`{0}` is no log level: expected off, error, warn, info, debug or trace, or a list like `info,octroi::upstream=debug`"
    )]
    Level(String),
    /// Another part of the process has set them up.
    #[error("diagnostics are set up already")]
    AlreadySet(#[source] TryInitError),
}

/// Sends diagnostics of this level and above to standard error, as text or as one JSON object a line.
///
/// # Errors
/// Where the level is none, or where this was called before.
pub fn init(level: &str, json: bool) -> Result<(), DiagnosticsError> {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter(level)?)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()));
    let done = if json { builder.json().flatten_event(true).finish().try_init() } else { builder.finish().try_init() };
    done.map_err(DiagnosticsError::AlreadySet)
}

/// `EnvFilter` takes any bare word for the name of a module: a misspelt level would silence everything.
fn filter(level: &str) -> Result<EnvFilter, DiagnosticsError> {
    let unknown = || DiagnosticsError::Level(level.to_owned());
    let names_a_level = |directive: &str| {
        let (_, level) = directive.rsplit_once('=').unwrap_or(("", directive));
        level.trim().parse::<LevelFilter>().is_ok() && !level.trim().is_empty()
    };
    if !level.split(',').all(names_a_level) {
        return Err(unknown());
    }
    EnvFilter::builder().parse(level).map_err(|_| unknown())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_levels_and_directives() {
        for level in ["off", "error", "WARN", "info", "debug", "trace", "info,octroi::upstream=debug"] {
            assert!(filter(level).is_ok(), "{level}");
        }
    }

    #[test]
    fn says_what_was_expected() {
        for level in ["", "verbose", "inof", "info,", "octroi=loud", "info,verbose"] {
            let error = filter(level).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains("expected off, error, warn, info, debug or trace"), "{level:?}: {error}");
        }
    }
}
