//! `octroi schema`: the JSON Schema of a file, for editors and validators.
//!
//! It is printed, so that an editor can use the schema of the installed version.

use std::io::Write as _;
use std::process::ExitCode;

use crate::config::{charter_schema, config_schema};

#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Which file
    #[arg(value_enum)]
    file: File,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum File {
    /// octroi.toml
    Config,
    /// A charter
    Charter,
}

/// Prints JSON Schema, draft 2020-12: the schema by which files are checked when they are loaded.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn run(args: SchemaArgs) -> anyhow::Result<ExitCode> {
    let schema = match args.file {
        File::Config => config_schema(),
        File::Charter => charter_schema(),
    };
    writeln!(std::io::stdout().lock(), "{schema:#}")?;
    Ok(ExitCode::SUCCESS)
}
