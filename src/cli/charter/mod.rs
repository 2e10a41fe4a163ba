//! `octroi charter`: a charter's life outside the proxy, one file for each step.
//!
//! None of them touches a running octroi. A charter that they print goes to standard output, for a file or a pipe.

mod diff;
mod import;
mod inventory;
mod new;
mod render;
mod source;

use std::process::ExitCode;

use clap::{Args, Subcommand};

#[derive(Args, Debug)]
pub(crate) struct CharterArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Show what changed between two charters, or what a running octroi sees otherwise
    Diff(diff::DiffArgs),
    /// Write a charter from a published cookie page, with comments where a person must decide
    Import(import::ImportArgs),
    /// Write a first charter for a site that has none; asks what no option says
    New(new::NewArgs),
    /// Show a charter as the public page that visitors read
    Render(render::RenderArgs),
}

/// `octroi charter`: each step says in its own file which exit codes it has.
///
/// # Errors
/// If the step's input cannot be read, or its output cannot be written.
pub(crate) fn run(args: CharterArgs) -> anyhow::Result<ExitCode> {
    match args.step {
        Step::Diff(args) => diff::run(&args),
        Step::Import(args) => import::run(&args),
        Step::New(args) => new::run(args),
        Step::Render(args) => render::run(&args),
    }
}
