//! Spans: what a trace shows of a request, one of octroi's own and one of what the portal took.
//!
//! Workers hand them to the exporter through a queue. It is bounded in spans and, because paths are cut, in bytes; what finds
//! no room is dropped and counted, and no request waits. Nothing of cookies or of the query is in them: the access record that
//! they are made of has the path alone, and the exporter leaves out what it tells of cookies, consent, address and browser.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::Metrics;
use super::access_log::Record;
use super::metrics::SpanResult;

/// Requests whose spans may wait for the exporter.
const QUEUE: usize = 2048;

/// A path is cut here, so that a full queue has a size.
const LONGEST_PATH: usize = 1024;

/// Where workers hand spans over. Cheap to clone; the default one takes none.
#[derive(Clone, Debug, Default)]
pub struct Spans(Option<Arc<Open>>);

#[derive(Debug)]
struct Open {
    queue: Sender<Box<RequestSpans>>,
    ratio: f64,
    metrics: Metrics,
}

/// The spans of one request that has ended.
#[derive(Clone, Debug)]
pub struct RequestSpans {
    /// Who they are.
    pub ids: SpanIds,
    /// Whether the visitor came by https.
    pub https: bool,
    /// What became of the request.
    pub record: Record,
    /// What was asked of the portal; `None` if it was not asked.
    pub portal: Option<PortalSpan>,
}

/// The place of a request's spans in a trace (W3C Trace Context).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanIds {
    /// The trace.
    pub trace: [u8; 16],
    /// The span of who sent the request; `None` if the trace begins here.
    pub parent: Option<[u8; 8]>,
    /// The span of the request.
    pub server: [u8; 8],
    /// The span of what the portal is asked, which is below the request's.
    pub client: [u8; 8],
    /// `tracestate`, as it came.
    pub state: String,
}

/// What was asked of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalSpan {
    /// From the request's arrival on.
    pub begins_after: Duration,
    /// To the head of the response, or the end of waiting for one.
    pub duration: Duration,
    /// Whether it was asked by https.
    pub https: bool,
    /// That of its response; `None` if no usable one came.
    pub status: Option<u16>,
}

impl Spans {
    /// The workers' end of a queue, and the exporter's. `ratio`: of how many requests there are spans if nobody else has
    /// decided, 0 to 1.
    pub fn queue(ratio: f64, metrics: Metrics) -> (Self, Receiver<Box<RequestSpans>>) {
        let (queue, queued) = channel(QUEUE);
        (Self(Some(Arc::new(Open { queue, ratio, metrics }))), queued)
    }

    /// Whether any request has spans.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Whether a request has spans. `decided`: what a trusted proxy says.
    pub fn samples(&self, decided: Option<bool>) -> bool {
        let Some(open) = &self.0 else { return false };
        decided.unwrap_or_else(|| fastrand::f64() < open.ratio)
    }

    /// Hands the spans of a request over; never waits.
    pub fn write(&self, mut spans: Box<RequestSpans>) {
        let Some(open) = &self.0 else { return };
        let path = &mut spans.record.path;
        path.truncate(path.floor_char_boundary(LONGEST_PATH));
        path.shrink_to_fit();
        let number = spans.number();
        if open.queue.try_send(spans).is_err() {
            open.metrics.spans(SpanResult::QueueFull, number);
        }
    }
}

impl RequestSpans {
    /// How many there are.
    pub fn number(&self) -> u64 {
        1 + u64::from(self.portal.is_some())
    }
}
