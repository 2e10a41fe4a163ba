//! Where a command finds its configuration, and what the environment overrides in it.
//!
//! Commands that judge by a configuration flatten [`ConfigurationArgs`] into their own arguments, and pass
//! [`overrides`] on.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// Where a configuration is looked for, in this order; relative paths are those of the working directory.
const PLACES: [&str; 3] = ["octroi.toml", "config/octroi.toml", "/etc/octroi/octroi.toml"];
/// What begins with it overrides a scalar of the configuration…
const OVERRIDE: &str = "OCTROI_";
/// … but for what the command line itself reads.
const OWN: [&str; 3] = ["OCTROI_CONFIG", "OCTROI_LOG_LEVEL", "OCTROI_LOG_FORMAT"];

/// The argument that names the configuration.
#[derive(Debug, clap::Args)]
pub(super) struct ConfigurationArgs {
    /// The configuration [default: the first of ./octroi.toml, ./config/octroi.toml, /etc/octroi/octroi.toml]
    #[arg(long, short, value_name = "FILE", env = "OCTROI_CONFIG")]
    config: Option<PathBuf>,
}

impl ConfigurationArgs {
    /// The file that was named, or the first that exists.
    ///
    /// # Errors
    /// If none was named and none exists.
    pub(super) fn path(&self) -> Result<PathBuf> {
        match &self.config {
            Some(path) => Ok(path.clone()),
            None => find(&PLACES.map(Path::new)),
        }
    }
}

/// A file that exists and cannot be read is found: loading it then says why.
fn find(places: &[&Path]) -> Result<PathBuf> {
    if let Some(path) = places.iter().find(|path| path.is_file()) {
        return Ok(path.to_path_buf());
    }
    let looked: Vec<_> = places.iter().map(|path| path.display().to_string()).collect();
    bail!("no configuration found: looked for {}; name one with --config or OCTROI_CONFIG", looked.join(", "))
}

/// The `OCTROI_…` variables that override the configuration. A value that is no text overrides with what can be read
/// of it, and is then found faulty.
pub(super) fn overrides() -> Vec<(String, String)> {
    let text = |text: OsString| text.to_string_lossy().into_owned();
    let variables = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    variables.filter(|(name, _)| name.starts_with(OVERRIDE) && !OWN.contains(&name.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_wins_and_none_is_an_answer_that_helps() {
        let directory = tempfile::tempdir().unwrap();
        let places = ["a.toml", "b.toml"].map(|name| directory.path().join(name));
        let places: Vec<_> = places.iter().map(PathBuf::as_path).collect();
        let error = find(&places).unwrap_err().to_string();
        assert!(error.contains("a.toml, ") && error.contains("OCTROI_CONFIG"), "{error}");
        std::fs::write(places[1], "").unwrap();
        assert_eq!(find(&places).unwrap(), places[1]);
    }
}
