//! The configuration file of a command, and the environment variables that override its keys.
//!
//! Commands that need a configuration flatten [`ConfigurationArgs`] into their arguments, and load the file with
//! [`overrides`].

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// The default paths, in order; relative ones are relative to the working directory.
const DEFAULTS: [&str; 3] = ["octroi.toml", "config/octroi.toml", "/etc/octroi/octroi.toml"];
/// The prefix of variables that override a key of the configuration, except for [`OPTIONS`].
const OVERRIDE: &str = "OCTROI_";
/// The variables of options of the command line.
const OPTIONS: [&str; 3] = ["OCTROI_CONFIG", "OCTROI_LOG_LEVEL", "OCTROI_LOG_FORMAT"];

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
            None => find(&DEFAULTS.map(Path::new)),
        }
    }
}

/// The first path that is a file. One that cannot be read counts, too: loading it reports why.
fn find(paths: &[&Path]) -> Result<PathBuf> {
    if let Some(path) = paths.iter().find(|path| path.is_file()) {
        return Ok(path.to_path_buf());
    }
    let looked: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    bail!("no configuration found: looked for {}; name one with --config or OCTROI_CONFIG", looked.join(", "))
}

/// The `OCTROI_…` variables that override the configuration. Bytes of a value that are not UTF-8 are replaced.
pub(super) fn overrides() -> Vec<(String, String)> {
    let text = |text: OsString| text.to_string_lossy().into_owned();
    let variables = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    variables.filter(|(name, _)| name.starts_with(OVERRIDE) && !OPTIONS.contains(&name.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_existing_file_is_found_or_all_paths_are_named() {
        let directory = tempfile::tempdir().unwrap();
        let paths = ["a.toml", "b.toml"].map(|name| directory.path().join(name));
        let paths: Vec<_> = paths.iter().map(PathBuf::as_path).collect();
        let error = find(&paths).unwrap_err().to_string();
        assert!(error.contains("a.toml, ") && error.contains("OCTROI_CONFIG"), "{error}");
        std::fs::write(paths[1], "").unwrap();
        assert_eq!(find(&paths).unwrap(), paths[1]);
    }
}
