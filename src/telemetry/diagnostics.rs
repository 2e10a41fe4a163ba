//! Diagnostics on standard error, through `tracing`: text for people, JSON for machines.
//!
//! They are written where they arise, by the threads that serve visitors. So what standard error does not take at once is
//! lost: a reader that has stopped, or is gone, and a full disk hold nobody up.

use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::Mutex;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pipe::PIPE_BUF;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use super::refused_heads;

/// The crate's own modules.
const OWN: &str = "octroi";

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

/// Sends diagnostics of this level and above to standard error, as text or as one JSON object a line. `level` is a
/// level or a list of directives (`info,octroi::upstream=debug`). Libraries never log below `info`, whatever it says: of what
/// h2 tells there, [`refused_heads`] counts some, and nothing is written.
///
/// # Errors
/// If the level is none, or if this was called before.
pub fn init(level: &str, json: bool) -> Result<(), DiagnosticsError> {
    let format = fmt::layer()
        .with_writer(Mutex::new(StandardError::default()))
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()));
    let format = if json { format.json().flatten_event(true).boxed() } else { format.boxed() };
    let done = registry().with(format.with_filter(filter(level)?)).with(refused_heads::layer()).try_init();
    done.map_err(DiagnosticsError::AlreadySet)
}

/// Standard error for threads that cannot wait. Writing to it never fails.
#[derive(Debug, Default)]
struct StandardError {
    /// The last line was taken in part.
    torn: bool,
}

impl Write for StandardError {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        write_line(&mut io::stderr().lock(), line, &mut self.torn);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// After a torn line, the next begins on a line of its own.
fn write_line(out: &mut (impl Write + AsFd), line: &[u8], torn: &mut bool) {
    if *torn && !write_at_once(out, b"\n") {
        return;
    }
    let mut pieces = line.chunks(PIPE_BUF).enumerate();
    let lost = pieces.find(|(_, piece)| !write_at_once(out, piece));
    *torn = lost.is_some_and(|(before, _)| before > 0);
}

/// Whether the piece was taken. A pipe or socket that is writable takes this much without waiting.
fn write_at_once(out: &mut (impl Write + AsFd), piece: &[u8]) -> bool {
    let mut polled = [PollFd::new(out, PollFlags::OUT)];
    poll(&mut polled, Some(&Timespec::default())).is_ok_and(|ready| ready > 0) && out.write_all(piece).is_ok()
}

/// # Errors
/// [`DiagnosticsError::Level`], with what was written.
fn filter(level: &str) -> Result<EnvFilter, DiagnosticsError> {
    let unknown = || DiagnosticsError::Level(level.to_owned());
    let mut written: Vec<_> = level.split(',').collect();
    // What is said of a module goes before what is said of all, wherever it stands.
    written.sort_by_key(|directive| directive.contains('='));
    let directives: Option<Vec<_>> = written.into_iter().map(directives).collect();
    EnvFilter::builder().parse(directives.ok_or_else(unknown)?.join(",")).map_err(|_| unknown())
}

/// What a directive comes to; `None` if it is none: `EnvFilter` takes any bare word for the name of a module, and a
/// misspelt level would silence everything.
///
/// Below `info` only octroi's own modules may speak. Libraries print there what they read (h2: paths with their queries,
/// and fields), which belongs in no log.
fn directives(directive: &str) -> Option<String> {
    let (target, level) = directive.rsplit_once('=').map_or((None, directive), |(target, level)| (Some(target), level));
    let level = level.trim();
    let level = level.parse::<LevelFilter>().ok().filter(|_| !level.is_empty())?;
    let of_libraries = level.min(LevelFilter::INFO);
    Some(match target.map(str::trim) {
        None => format!("{of_libraries},{OWN}={level}"),
        Some(target) if target == OWN || target.starts_with("octroi::") => format!("{target}={level}"),
        Some(target) => format!("{target}={of_libraries}"),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_a_full_pipe_does_not_take_is_lost_and_spoils_no_other_line() {
        let (mut reader, mut writer) = io::pipe().unwrap();
        let mut torn = false;
        while write_at_once(&mut writer, &[b'.'; PIPE_BUF]) {}
        let mut write = |line: &[u8]| write_line(&mut writer, line, &mut torn);
        write(b"lost\n");
        reader.read_exact(&mut [0; PIPE_BUF]).unwrap();
        write(&[b"torn ".repeat(PIPE_BUF), b"\n".to_vec()].concat());
        write(b"lost\n");
        reader.read_exact(&mut [0; 2 * PIPE_BUF]).unwrap();
        write(b"whole\n");
        drop(writer);
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        let lines: Vec<_> = rest.trim_start_matches('.').lines().map(|line| line.get(..5).unwrap_or(line)).collect();
        assert_eq!(lines, ["torn ", "whole"]);
    }

    #[test]
    fn takes_levels_and_directives() {
        for level in ["off", "error", "WARN", "info", "debug", "trace", "info,octroi::upstream=debug"] {
            assert!(filter(level).is_ok(), "{level}");
        }
    }

    #[test]
    fn no_library_logs_below_info() {
        let table = [
            ("off", "off,octroi=off"),
            ("warn", "warn,octroi=warn"),
            ("info", "info,octroi=info"),
            ("debug", "info,octroi=debug"),
            ("TRACE", "info,octroi=trace"),
            ("5", "info,octroi=trace"),
            ("h2=trace", "h2=info"),
            ("h2::server=warn", "h2::server=warn"),
            ("octroi_like=trace", "octroi_like=info"),
            ("[span]=trace", "[span]=info"),
            ("octroi::upstream=debug", "octroi::upstream=debug"),
        ];
        for (directive, expected) in table {
            assert_eq!(directives(directive).as_deref(), Some(expected));
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
