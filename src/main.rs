//! The `octroi` command. Exit codes: 0 fine, 1 findings, 2 error.

use std::process::ExitCode;

use clap::Parser;
use octroi::cli::Cli;
use octroi::telemetry::printable_lines;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("octroi: {}", printable_lines(&told(&error)));
            ExitCode::from(2)
        }
    }
}

/// The error and its causes, without a cause that the words before it quote already.
fn told(error: &anyhow::Error) -> String {
    let causes = error.chain().skip(1).map(ToString::to_string);
    causes.fold(error.to_string(), |told, cause| if told.contains(&cause) { told } else { format!("{told}: {cause}") })
}

#[cfg(test)]
mod tests {
    use anyhow::{Context as _, anyhow};

    #[test]
    fn a_cause_is_told_once() {
        let cause = || anyhow!("permission denied");
        let quoted = cause().context("cannot listen: permission denied");
        assert_eq!(super::told(&quoted), "cannot listen: permission denied");
        let added = Err::<(), _>(cause()).context("cannot listen").unwrap_err();
        assert_eq!(super::told(&added), "cannot listen: permission denied");
    }
}
