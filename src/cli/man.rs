//! `octroi man`: the manual pages, of octroi and of each command.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Command;
use clap_mangen::Man;

/// The sections of octroi's own page that do not come from its options, in roff.
const SECTIONS: &str = r".SH FILES
.TP
.I /etc/octroi/octroi.toml
The configuration, after \fI./octroi.toml\fR and \fI./config/octroi.toml\fR, if neither \fB\-\-config\fR nor
\fBOCTROI_CONFIG\fR names one. It names the charters, certificates and keys; \fBoctroi schema config\fR describes each key.
.SH ENVIRONMENT
.TP
.B OCTROI_CONFIG, OCTROI_LOG_LEVEL, OCTROI_LOG_FORMAT
As the options of these names.
.TP
.B OCTROI_\fITABLE\fB__\fIKEY
Overrides a key of a table of the configuration: \fBOCTROI_LIMITS__CONNECTIONS=5000\fR. A list cannot be overridden.
.TP
.B NO_COLOR
If it is not empty, output has no colours.
.TP
.B LISTEN_FDS, NOTIFY_SOCKET, WATCHDOG_USEC
Set by systemd: the sockets that it passes, and where octroi reports readiness, reloads and that it is alive.
.SH SIGNALS
.TP
.B SIGTERM, SIGINT
Drain and end: \fI/readyz\fR fails for \fBtimeouts.drain_delay\fR, then requests in flight have \fBtimeouts.drain\fR to end. A
second signal ends the delay, the next one the wait.
.TP
.B SIGHUP
Read all files again.
.TP
.B SIGUSR1
Open the access log's file again, after a rotation.
.SH EXIT STATUS
0 fine; 1 findings, which the page of a command describes; 2 error.
";

#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The command whose page is printed, as in `charter diff` [default: octroi itself]
    #[arg(value_name = "COMMAND", conflicts_with = "directory")]
    command: Vec<String>,
    /// Write the pages of octroi and of all commands into this directory
    #[arg(long, value_name = "DIR")]
    directory: Option<PathBuf>,
}

pub(crate) fn run(args: &ManArgs, octroi: Command) -> Result<()> {
    let mut octroi = without_help(octroi);
    octroi.build();
    if let Some(directory) = &args.directory {
        return write_all(&octroi, directory);
    }
    let mut command = &octroi;
    for name in &args.command {
        let Some(next) = command.find_subcommand(name) else { bail!("there is no command `{name}`") };
        command = next;
    }
    io::stdout().lock().write_all(&page(command)?)?;
    Ok(())
}

fn write_all(octroi: &Command, directory: &Path) -> Result<()> {
    for command in all(octroi) {
        let file = directory.join(format!("{}.1", page_name(command)));
        let written = page(command).and_then(|page| std::fs::write(&file, page));
        written.with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Removes the command `help`, which only prints short forms of these pages.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

/// A command and all below it.
fn all(command: &Command) -> Vec<&Command> {
    std::iter::once(command).chain(command.get_subcommands().flat_map(all)).collect()
}

/// The name by which pages refer to each other, as `octroi-charter-diff`.
fn page_name(command: &Command) -> String {
    command.get_display_name().unwrap_or(command.get_name()).to_owned()
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = Man::new(command.clone()).title(page_name(command));
    man.render(&mut page)?;
    if command.get_name() == "octroi" {
        page.extend_from_slice(SECTIONS.as_bytes());
    }
    Ok(page)
}
