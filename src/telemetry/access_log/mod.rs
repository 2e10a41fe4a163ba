//! The access log: one line for each request, written by a thread of its own.
//!
//! Workers hand records over through a queue that is bounded in records and in bytes; if the writer cannot keep up,
//! records are dropped and counted.

mod browser;
mod ecs;
mod format;
mod writer;

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use serde::Serialize;

pub use browser::{Browser, BrowserFields};
pub use format::Format;

use super::Metrics;
use writer::{Message, Orders, Output, Writer};

/// Records that may wait for the writer.
const QUEUE: usize = 8192;

/// Bytes that these records may take, because visitors choose how long their paths are.
const QUEUE_BYTES: usize = 8 << 20;

/// How long closing waits for an output that takes no bytes.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(if cfg!(test) { 60 } else { 2 });

/// All that is written of one request. No query string, no cookie value.
#[derive(Clone, Debug)]
pub struct Record {
    /// When the head of the request had been received, by the wall clock.
    pub time: SystemTime,
    /// The visitor's address; `None` on a Unix socket that nobody announced one for.
    pub client: Option<IpAddr>,
    /// The site's name; empty if no site was found.
    pub site: Arc<str>,
    /// As it came.
    pub method: http::Method,
    /// The path, without the query.
    pub path: String,
    /// The visitor's, whatever the portal speaks.
    pub version: http::Version,
    /// The status of the response that was sent; 499 if the visitor had left before there was one.
    pub status: u16,
    /// Bytes of the response's body that were sent.
    pub bytes: u64,
    /// From the request's arrival to the last byte of its response.
    pub duration: Duration,
    /// From the request's arrival to the head of the portal's response.
    pub upstream_duration: Option<Duration>,
    /// `host:port` of the server that answered, or that could not be reached; `None` if none was asked.
    pub endpoint: Option<Arc<str>>,
    /// That of `X-Request-ID`.
    pub request_id: String,
    /// That of a valid `traceparent` (W3C Trace Context), 32 hexadecimal digits; `None` without one.
    pub trace_id: Option<String>,
    /// How the request ended: `ok`, `client_closed`, `upstream_refused`, … (closed set).
    pub termination: &'static str,
    /// Why octroi answered in the portal's place: `host_missing`, `target_too_long`, or the `error` of `Proxy-Status`;
    /// `None` if it did not.
    pub reason: Option<&'static str>,
    /// What the visitor had granted: `none`, `unreadable`, `expired`, `refused`, `partial` or `full`.
    pub consent: &'static str,
    /// `enforce`, or `report-only` if the site leaves cookies as they are; `None` if no site was found.
    pub enforcement: Option<&'static str>,
    /// `Set-Cookie` lines: passed, amended or rewritten, dropped (or, in report-only, that would have been).
    pub set_cookies: CookieCounts,
    /// Pairs of the request's `Cookie`.
    pub cookies: CookieCounts,
    /// The visitor's browser; `None` unless the configuration asks for it.
    pub browser: Option<Box<Browser>>,
}

/// How many cookies were treated in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CookieCounts {
    /// They were sent unchanged.
    pub passed: u32,
    /// They were sent with other attributes, or as a deletion.
    pub amended: u32,
    /// They were not sent.
    pub dropped: u32,
}

impl Record {
    /// What it holds in memory; names that it shares with others are not counted.
    fn size(&self) -> usize {
        size_of::<Self>()
            + self.path.capacity()
            + self.request_id.capacity()
            + self.trace_id.as_ref().map_or(0, String::capacity)
            + self.browser.as_ref().map_or(0, |browser| browser.size())
    }
}

/// The bytes that wait for the writer.
#[derive(Debug, Default)]
struct Waiting(AtomicUsize);

impl Waiting {
    /// Returns whether there is room for this many bytes more, and counts them if so.
    fn add(&self, bytes: usize) -> bool {
        let before = self.0.fetch_add(bytes, Ordering::Relaxed);
        let fits = before.saturating_add(bytes) <= QUEUE_BYTES;
        if !fits {
            self.remove(bytes);
        }
        fits
    }

    /// The writer has taken them out of the queue.
    fn remove(&self, bytes: usize) {
        self.0.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// Where workers hand records over, and which fields of browsers are recorded. Cheap to clone; the default one writes nothing.
#[derive(Clone, Debug, Default)]
pub struct AccessLog(Option<Arc<OpenLog>>, BrowserFields);

/// What all clones share.
#[derive(Debug)]
struct OpenLog {
    /// To the thread.
    queue: SyncSender<Message>,
    waiting: Arc<Waiting>,
    orders: Arc<Orders>,
    /// Disconnected once the thread has ended.
    ended: Mutex<Receiver<Infallible>>,
    /// So that closing twice waits once.
    closed: AtomicBool,
    metrics: Metrics,
}

impl AccessLog {
    /// Opens the output (`None`: standard output) and starts the thread that writes to it.
    ///
    /// # Errors
    /// If the file cannot be opened or the thread cannot be started.
    pub fn start(format: Format, output: Option<PathBuf>, metrics: Metrics) -> io::Result<Self> {
        if format == Format::Off {
            return Ok(Self::default());
        }
        let (queue, queued) = sync_channel(QUEUE);
        let (alive, ended) = sync_channel(0);
        let (orders, waiting) = (Arc::new(Orders::default()), Arc::new(Waiting::default()));
        let writer = Writer {
            format,
            output: Output::open(output)?,
            queue: queued,
            waiting: Arc::clone(&waiting),
            orders: Arc::clone(&orders),
            metrics: metrics.clone(),
            failing: false,
            torn: false,
            alive,
        };
        std::thread::Builder::new().name("access-log".to_owned()).spawn(move || writer.run())?;
        let (ended, closed) = (Mutex::new(ended), AtomicBool::new(false));
        let shared = OpenLog { queue, waiting, orders, ended, closed, metrics };
        Ok(Self(Some(Arc::new(shared)), BrowserFields::default()))
    }

    /// The same log, whose records tell this of browsers.
    #[must_use]
    pub fn with_browser(self, fields: BrowserFields) -> Self {
        Self(self.0, fields)
    }

    /// What a record tells of the browser that sent these fields; `None` if nothing is asked for.
    pub fn browser(&self, fields: &HeaderMap) -> Option<Box<Browser>> {
        if self.is_on() { self.1.read(fields) } else { None }
    }

    /// Whether anything is written: if not, no record need be made.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Hands a record over; never waits. If the queue is full, in records or in bytes, the record is dropped and
    /// counted (`octroi_access_log_dropped_total`).
    pub fn write(&self, record: Record) {
        let Some(shared) = &self.0 else { return };
        let size = record.size();
        if !shared.waiting.add(size) {
            shared.metrics.access_record_dropped();
        } else if shared.queue.try_send(Message::Record(Box::new(record))).is_err() {
            shared.waiting.remove(size);
            shared.metrics.access_record_dropped();
        }
    }

    /// Opens the file again under its name: it was moved away by a log rotation. Never waits. If the file cannot be
    /// opened, the old one stays in use, and the log says so. Standard output stays what it is.
    pub fn reopen(&self) {
        let Some(shared) = &self.0 else { return };
        shared.orders.reopen.store(true, Ordering::Release);
        shared.wake();
    }

    /// Writes what is queued and ends the thread; waits two seconds at most. The last clone does so when it is dropped.
    pub fn close(&self) {
        if let Some(shared) = &self.0 {
            shared.close();
        }
    }
}

impl OpenLog {
    /// If the queue is full, the thread is awake.
    fn wake(&self) {
        let _ = self.queue.try_send(Message::Wake);
    }

    fn close(&self) {
        if self.closed.swap(true, Ordering::AcqRel) {
            return;
        }
        self.orders.close.store(true, Ordering::Release);
        self.wake();
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        if !writer::ended(&ended, CLOSE_TIMEOUT) {
            tracing::warn!("the access log's output takes no bytes: the last records are lost");
        }
    }
}

impl Drop for OpenLog {
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::UNIX_EPOCH;

    use super::*;

    pub(super) fn record() -> Record {
        Record {
            time: UNIX_EPOCH + Duration::from_millis(1_795_429_230_456),
            client: Some([192, 0, 2, 7].into()),
            site: "data.example.fr".into(),
            method: http::Method::GET,
            path: "/explore/".to_owned(),
            version: http::Version::HTTP_11,
            status: 200,
            bytes: 1234,
            duration: Duration::from_micros(12_345),
            upstream_duration: Some(Duration::from_millis(10)),
            endpoint: Some("portal:443".into()),
            request_id: "0a1b".to_owned(),
            trace_id: None,
            termination: "ok",
            reason: None,
            consent: "none",
            enforcement: Some("enforce"),
            set_cookies: CookieCounts { passed: 1, amended: 0, dropped: 3 },
            cookies: CookieCounts { passed: 2, amended: 0, dropped: 1 },
            browser: None,
        }
    }

    fn statuses(path: &std::path::Path) -> Vec<u64> {
        let text = fs::read_to_string(path).unwrap();
        let status = |line| serde_json::from_str::<serde_json::Value>(line).unwrap()["status"].as_u64().unwrap();
        text.lines().map(status).collect()
    }

    #[test]
    fn closing_writes_every_record_in_order() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("access.log");
        let log = AccessLog::start(Format::Json, Some(path.clone()), Metrics::new()).unwrap();
        let clone = log.clone();
        (0..1000).for_each(|status| log.write(Record { status, ..record() }));
        clone.close();
        assert_eq!(statuses(&path), (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn the_last_clone_flushes() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("access.log");
        let log = AccessLog::start(Format::Json, Some(path.clone()), Metrics::new()).unwrap();
        log.clone().write(record());
        drop(log);
        assert_eq!(statuses(&path), [200]);
    }

    #[test]
    fn reopening_makes_the_file_anew() {
        let directory = tempfile::tempdir().unwrap();
        let (path, moved) = (directory.path().join("access.log"), directory.path().join("access.log.1"));
        let log = AccessLog::start(Format::Json, Some(path.clone()), Metrics::new()).unwrap();
        fs::rename(&path, &moved).unwrap();
        log.reopen();
        // No record is needed for the new file to appear.
        while !path.exists() {
            std::thread::yield_now();
        }
        log.write(record());
        log.close();
        assert_eq!(statuses(&path), [200]);
        assert!(statuses(&moved).is_empty());
    }

    #[test]
    fn what_the_writer_cannot_take_is_counted() {
        let metrics = Metrics::new();
        let directory = tempfile::tempdir().unwrap();
        let log = AccessLog::start(Format::Json, Some(directory.path().join("log")), metrics.clone()).unwrap();
        log.close();
        log.write(record());
        log.write(record());
        let text = String::from_utf8(metrics.render()).unwrap();
        assert!(text.contains("octroi_access_log_dropped_total 2\n"));
    }

    #[test]
    fn what_nobody_reads_is_bounded_in_bytes() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        // Both ends: the pipe stays open, and full.
        let reader = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
        let metrics = Metrics::new();
        let log = AccessLog::start(Format::Json, Some(path), metrics.clone()).unwrap();
        (0..QUEUE).for_each(|_| log.write(Record { path: "x".repeat(16 << 10), ..record() }));
        let waiting = log.0.as_ref().unwrap().waiting.0.load(Ordering::Relaxed);
        assert!(waiting > 0 && waiting <= QUEUE_BYTES, "{waiting}");
        let text = String::from_utf8(metrics.render()).unwrap();
        let dropped = text.lines().find_map(|line| line.strip_prefix("octroi_access_log_dropped_total "));
        assert!(dropped.unwrap().parse::<usize>().unwrap() > QUEUE - 2 * QUEUE_BYTES / (16 << 10), "{dropped:?}");
        // Nobody can read any more: the writer need not be waited for.
        drop(reader);
    }

    #[test]
    fn what_the_disk_does_not_take_is_counted() {
        let metrics = Metrics::new();
        let log = AccessLog::start(Format::Json, Some("/dev/full".into()), metrics.clone()).unwrap();
        (0..3).for_each(|_| log.write(record()));
        log.close();
        let text = String::from_utf8(metrics.render()).unwrap();
        assert!(text.contains("octroi_access_log_dropped_total 3\n"));
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_an_error() {
        let missing = PathBuf::from("/proc/no-such-directory/access.log");
        assert!(AccessLog::start(Format::Json, Some(missing), Metrics::new()).is_err());
    }

    #[test]
    fn off_and_default_write_nothing() {
        assert!(!AccessLog::default().is_on());
        assert!(!AccessLog::start(Format::Off, None, Metrics::new()).unwrap().is_on());
        AccessLog::default().write(record());
    }
}
