//! The spans of a request while it lives: whether there are any, where they stand in their trace, when the portal was asked.
//!
//! A trusted proxy's decision is taken over; of all other requests, as many have spans as the configuration says, whatever
//! they ask for: else any visitor could fill the collector. In a build without the feature `otel` there are none, and the
//! compiler removes what is done for them.

use std::time::{Duration, Instant};

use http::{HeaderMap, StatusCode};

use super::downstream::Downstream;
use super::headers::forwarded;
use super::headers::trace_context::{self, TraceId};
use crate::config::EndpointConfig;
use crate::snapshot::Site;
use crate::telemetry::access_log::Record;
use crate::telemetry::spans::{PortalSpan, RequestSpans, SpanIds, Spans};

/// The spans of one request, if there are any.
pub(super) struct Span(Option<Box<Begun>>);

struct Begun {
    ids: SpanIds,
    https: bool,
    portal: Option<AskedPortal>,
}

/// What is known of the portal's part.
struct AskedPortal {
    since: Instant,
    /// When its answer came, or nobody waited for it any more; the status, if one came.
    ended: Option<(Instant, Option<StatusCode>)>,
}

impl Span {
    /// Decides whether there are spans, by the head as it came.
    pub(super) fn begin(spans: &Spans, headers: &HeaderMap, downstream: &Downstream) -> Self {
        if !cfg!(feature = "otel") || !spans.is_on() {
            return Self(None);
        }
        let context = trace_context::context(headers);
        let decided = context.map(|context| context.sampled).filter(|_| downstream.is_trusted());
        Self(spans.samples(decided).then(|| {
            let ids = trace_context::continued(headers, context.as_ref());
            Box::new(Begun { ids, https: forwarded::is_https(headers, downstream), portal: None })
        }))
    }

    /// Whether there are spans.
    pub(super) fn is_recorded(&self) -> bool {
        cfg!(feature = "otel") && self.0.is_some()
    }

    /// Makes the portal's spans those of octroi's; the id of the trace. `None`: the request goes on with what it came with.
    pub(super) fn pass_on(&self, headers: &mut HeaderMap) -> Option<TraceId> {
        let begun = self.0.as_ref().filter(|_| cfg!(feature = "otel"))?;
        trace_context::write(headers, &begun.ids);
        Some(TraceId::of(begun.ids.trace))
    }

    /// The trace that it is in.
    pub(super) fn trace(&self) -> Option<TraceId> {
        Some(TraceId::of(self.0.as_ref().filter(|_| cfg!(feature = "otel"))?.ids.trace))
    }

    /// The portal is asked now.
    pub(super) fn asks(&mut self) {
        if let Some(begun) = self.begun() {
            begun.portal = Some(AskedPortal { since: Instant::now(), ended: None });
        }
    }

    /// The head of its response came.
    pub(super) fn answered(&mut self, came: Instant, status: StatusCode) {
        if let Some(asked) = self.begun().and_then(|begun| begun.portal.as_mut()) {
            asked.ended = Some((came, Some(status)));
        }
    }

    /// Nothing more is waited for.
    pub(super) fn gave_up(&mut self) {
        if let Some(asked) = self.begun().and_then(|begun| begun.portal.as_mut()) {
            asked.ended.get_or_insert_with(|| (Instant::now(), None));
        }
    }

    /// What the exporter is told of a request that ends now; there are no spans afterwards.
    pub(super) fn end(&mut self, arrived: Instant, record: &Record, site: Option<&Site>) -> Option<Box<RequestSpans>> {
        self.gave_up();
        let Begun { ids, https, portal } = *self.0.take()?;
        let portal = portal.map(|AskedPortal { since, ended }| {
            let (until, status) = ended.unwrap_or((since, None));
            PortalSpan {
                begins_after: since.saturating_duration_since(arrived),
                duration: until.checked_duration_since(since).unwrap_or(Duration::ZERO),
                https: site.is_some_and(|site| site.upstream.endpoints.iter().any(EndpointConfig::is_tls)),
                status: status.map(|status| status.as_u16()),
            }
        });
        Some(Box::new(RequestSpans { ids, https, record: record.clone(), portal }))
    }

    fn begun(&mut self) -> Option<&mut Begun> {
        self.0.as_deref_mut().filter(|_| cfg!(feature = "otel"))
    }
}
