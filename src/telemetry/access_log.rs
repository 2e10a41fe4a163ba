//! The access log: one line for each request, written by a thread of its own.
//!
//! Workers hand records over through a bounded queue; where the writer cannot keep up, records are dropped and counted.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// All that is written of one request. No query string, no cookie value.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Record {
    pub time: SystemTime,
    pub client: Option<IpAddr>,
    /// The site's name; empty where no site was found.
    pub site: Arc<str>,
    pub method: http::Method,
    /// The path, without the query.
    pub path: String,
    pub version: http::Version,
    pub status: u16,
    /// Bytes of the response's body that were sent.
    pub bytes: u64,
    pub duration: Duration,
    /// From the request's arrival to the head of the portal's response.
    pub upstream_duration: Option<Duration>,
    pub endpoint: Option<Arc<str>>,
    pub request_id: String,
    /// How the request ended: `ok`, `client_closed`, `upstream_refused`, … (closed set).
    pub termination: &'static str,
    pub consent: &'static str,
    /// `Set-Cookie` lines: passed, amended or rewritten, dropped (or, in report-only, that would have been).
    pub set_cookies: CookieCounts,
    /// Pairs of the request's `Cookie`.
    pub cookies: CookieCounts,
}

/// How many cookies met which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct CookieCounts {
    pub passed: u32,
    pub amended: u32,
    pub dropped: u32,
}

/// Where workers hand records over. Cheap to clone; the default one writes nothing.
#[derive(Clone, Debug, Default)]
pub struct AccessLog {}

impl AccessLog {
    /// Whether anything is written: where not, no record need be made.
    pub fn is_on(&self) -> bool {
        todo!()
    }

    /// Hands a record over; never waits.
    pub fn write(&self, _record: Record) {
        todo!()
    }
}
