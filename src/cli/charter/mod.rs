//! `octroi charter`: writes, imports, compares and renders charters, one file for each command.
//!
//! None of them changes a running octroi. Charters and pages go to standard output.

mod check;
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
    command: CharterCommand,
}

#[derive(Debug, Subcommand)]
enum CharterCommand {
    /// Check a charter without a configuration, and show every problem
    Check(check::CharterCheckArgs),
    /// Show what changed between two charters, or between a charter and what a running octroi has seen
    Diff(diff::DiffArgs),
    /// Write a charter from a published cookie page, with comments where a person must decide
    Import(import::ImportArgs),
    /// Write a first charter for a site that has none; asks for what no option gives
    New(new::NewArgs),
    /// Show a charter as the public page that visitors read
    Render(render::RenderArgs),
}

/// Runs a command; each command's file lists its exit codes.
///
/// # Errors
/// The command's input cannot be read or used, or its output cannot be written.
pub(crate) fn run(args: CharterArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        CharterCommand::Check(args) => check::run(&args),
        CharterCommand::Diff(args) => diff::run(&args),
        CharterCommand::Import(args) => import::run(&args),
        CharterCommand::New(args) => new::run(args),
        CharterCommand::Render(args) => render::run(&args),
    }
}
