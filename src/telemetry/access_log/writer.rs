//! The thread that writes: it sleeps while nothing comes, and while much comes it writes whole batches.

use std::convert::Infallible;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use super::Record;
use super::format::{Format, write_line};
use crate::telemetry::Metrics;

/// Between two batches. Records gather meanwhile, so that under load a worker seldom has to wake the thread.
const GATHER: Duration = Duration::from_millis(10);

/// A batch is written when it is this long, in bytes.
const BATCH: usize = 64 * 1024;

/// What workers send.
pub(super) enum Message {
    Record(Box<Record>),
    /// Look at the orders.
    Wake,
}

/// What is asked of the thread from outside the queue, which may be full.
#[derive(Debug, Default)]
pub(super) struct Orders {
    pub(super) reopen: AtomicBool,
    pub(super) close: AtomicBool,
}

impl Orders {
    fn pending(&self) -> bool {
        self.close.load(Ordering::Acquire) || self.reopen.load(Ordering::Acquire)
    }
}

/// The thread's state.
pub(super) struct Writer {
    pub(super) format: Format,
    pub(super) output: Output,
    pub(super) queue: Receiver<Message>,
    pub(super) orders: Arc<Orders>,
    pub(super) metrics: Metrics,
    /// Whether the last batch was lost.
    pub(super) failing: bool,
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
        let written = self.output.write(batch);
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

/// Where lines go.
pub(super) enum Output {
    Stdout(io::Stdout),
    File { path: PathBuf, file: File },
}

impl Output {
    /// Opens a file for appending, or standard output.
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

    fn write(&mut self, batch: &[u8]) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => {
                let mut stdout = stdout.lock();
                stdout.write_all(batch)?;
                stdout.flush()
            }
            Self::File { file, .. } => file.write_all(batch),
        }
    }
}

/// Visitors' addresses are personal data: a new file is not for everybody to read.
fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o640).open(path)
}

/// Waits for the thread's end; `false` where it did not come in time.
pub(super) fn ended(alive: &Receiver<Infallible>, patience: Duration) -> bool {
    matches!(alive.recv_timeout(patience), Err(RecvTimeoutError::Disconnected))
}
