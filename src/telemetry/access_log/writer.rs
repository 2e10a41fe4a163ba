//! The thread that writes: it sleeps while there are no records, and writes batches while there are many.
//!
//! It receives records through a queue, and orders (reopen, close) outside the queue.

use std::convert::Infallible;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use super::format::{Format, write_line};
use super::{Record, Waiting};
use crate::telemetry::Metrics;

/// Time between two batches. Records gather meanwhile, so that under load a worker seldom has to wake the thread.
const GATHER: Duration = Duration::from_millis(10);

/// A batch is written when it is this long, in bytes.
const BATCH: usize = 64 * 1024;

/// What workers send.
pub(super) enum Message {
    Record(Box<Record>),
    /// Check the orders.
    Wake,
}

/// Orders for the thread, outside the queue, which may be full.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// The next batch goes to the file that has the name by then.
    pub(super) reopen: AtomicBool,
    /// End once the queue is empty.
    pub(super) close: AtomicBool,
}

impl Orders {
    fn pending(&self) -> bool {
        self.close.load(Ordering::Acquire) || self.reopen.load(Ordering::Acquire)
    }
}

/// The thread's state.
pub(super) struct Writer {
    /// How each record is written, for the life of the process.
    pub(super) format: Format,
    pub(super) output: Output,
    /// Bounded: workers drop records if it is full, and count them.
    pub(super) queue: Receiver<Message>,
    /// The bytes of all records in the queue, which have a limit of their own.
    pub(super) waiting: Arc<Waiting>,
    /// Looked at between two batches.
    pub(super) orders: Arc<Orders>,
    pub(super) metrics: Metrics,
    /// Whether the last batch was lost.
    pub(super) failing: bool,
    /// Whether the output ends within a line, of which a full disk took only a part.
    pub(super) torn: bool,
    /// Dropped when the thread has ended.
    pub(super) alive: SyncSender<Infallible>,
}

impl Writer {
    /// Writes until it is told to close and the queue is empty, or until nobody can send any more.
    pub(super) fn run(mut self) {
        let mut batch = Vec::with_capacity(BATCH * 2);
        let mut first = None;
        loop {
            // Asked before the queue is emptied: whatever was queued before the order is written.
            let closing = self.orders.close.load(Ordering::Acquire);
            self.write_queue(first.take(), &mut batch);
            if closing {
                break;
            }
            // An order finds no room for its wake in a full queue, which is empty by now.
            if self.orders.pending() {
                continue;
            }
            std::thread::sleep(GATHER);
            match self.queue.recv() {
                Ok(message) => first = Some(message),
                Err(_) => break,
            }
        }
        // In this order: once the end is known, no record is taken any more.
        drop(self.queue);
        drop(self.alive);
    }

    fn write_queue(&mut self, first: Option<Message>, batch: &mut Vec<u8>) {
        let mut records = 0;
        let mut next = first.or_else(|| self.queue.try_recv().ok());
        while let Some(message) = next {
            if let Message::Record(record) = message {
                self.waiting.remove(record.size());
                write_line(self.format, &record, batch);
                records += 1;
            }
            if batch.len() >= BATCH {
                self.write(batch, std::mem::take(&mut records));
            }
            next = self.queue.try_recv().ok();
        }
        self.write(batch, records);
    }

    fn write(&mut self, batch: &mut Vec<u8>, records: u64) {
        self.obey_reopen();
        if records == 0 {
            return;
        }
        let written = self.output.write(batch, &mut self.torn);
        batch.clear();
        if let Err(error) = &written {
            self.metrics.access_records_dropped(records);
            // The counter goes on; one line says why.
            if !self.failing {
                tracing::error!(%error, "access records are lost: the output takes no bytes");
            }
        }
        self.failing = written.is_err();
    }

    fn obey_reopen(&mut self) {
        if self.orders.reopen.swap(false, Ordering::AcqRel)
            && let Err(error) = self.output.reopen()
        {
            tracing::error!(%error, "the access log could not be opened again; the old file stays in use");
        }
    }
}

/// Where lines go. It is opened before the thread starts, so that a wrong path is an error at the start.
pub(super) enum Output {
    Stdout(io::Stdout),
    File { path: PathBuf, file: File },
}

impl Output {
    /// Opens a file for appending, or standard output.
    ///
    /// # Errors
    /// The file can be neither opened nor created.
    pub(super) fn open(path: Option<PathBuf>) -> io::Result<Self> {
        match path {
            None => Ok(Self::Stdout(io::stdout())),
            Some(path) => Ok(Self::File { file: append(&path)?, path }),
        }
    }

    fn reopen(&mut self) -> io::Result<()> {
        if let Self::File { path, file } = self {
            *file = append(path)?;
        }
        Ok(())
    }

    fn write(&mut self, batch: &[u8], torn: &mut bool) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => write_lines(&mut stdout.lock(), batch, torn),
            Self::File { file, .. } => write_lines(file, batch, torn),
        }
    }
}

/// Writes complete lines: after an incomplete one, the next begins on a line of its own, so that no other record is damaged.
fn write_lines(out: &mut impl Write, batch: &[u8], torn: &mut bool) -> io::Result<()> {
    if *torn {
        out.write_all(b"\n")?;
        *torn = false;
    }
    let mut rest = batch;
    while !rest.is_empty() {
        match out.write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(taken) => {
                let (written, left) = rest.split_at_checked(taken).unwrap_or((rest, &[]));
                *torn = !written.ends_with(b"\n");
                rest = left;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    out.flush()
}

/// Opens or creates the file, with mode 0640 because visitors' addresses are personal data.
fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o640).open(path)
}

/// Waits for the thread's end. Returns `false` if it did not end in time.
pub(super) fn ended(alive: &Receiver<Infallible>, timeout: Duration) -> bool {
    matches!(alive.recv_timeout(timeout), Err(RecvTimeoutError::Disconnected))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that takes this many bytes more.
    struct Disk {
        bytes: Vec<u8>,
        room: usize,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = self.room.min(bytes.len()).min(3);
            self.room -= taken;
            self.bytes.extend_from_slice(&bytes[..taken]);
            if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_that_a_full_disk_tore_spoils_no_other() {
        for (room, expected) in [
            (0, "third\n"),
            (2, "fi\nthird\n"),
            (6, "first\nthird\n"),
            (8, "first\nse\nthird\n"),
            (13, "first\nsecond\nthird\n"),
        ] {
            let (mut disk, mut torn) = (Disk { bytes: Vec::new(), room }, false);
            assert_eq!(write_lines(&mut disk, b"first\nsecond\n", &mut torn).is_ok(), room == 13);
            disk.room = 100;
            write_lines(&mut disk, b"third\n", &mut torn).unwrap();
            assert_eq!(String::from_utf8(disk.bytes).unwrap(), expected);
        }
    }
}
