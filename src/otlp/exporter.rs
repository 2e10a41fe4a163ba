//! Sends the spans of the workers' queue in batches, one after the other. A batch is sent once.
//!
//! The thread has its own runtime, so that a slow collector delays nothing else. While a batch is being sent, the queue fills,
//! and drops spans when it is full. A batch that the collector does not accept is dropped and counted: keeping it would only
//! displace newer spans.

use std::convert::Infallible;
use std::io;
use std::mem;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Uri};
use http_body_util::Full;
use prost::Message;
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::messages::{
    AnyValue, Export, Exported, KeyValue, PartialSuccess, Resource, ResourceSpans, Scope, ScopeSpans, Value,
};
use super::spans;
use crate::config::TracingConfig;
use crate::http::client::{Bounds, Client, with_causes};
use crate::telemetry::Metrics;
use crate::telemetry::excerpt;
use crate::telemetry::metrics::SpanResult;
use crate::telemetry::spans::RequestSpans;

/// Requests of one batch; with two spans each, half a megabyte.
const BATCH: usize = 512;
/// How long a batch waits for further requests.
const BATCH_DELAY: Duration = Duration::from_secs(1);
/// The deadline is the specification's default (`OTEL_EXPORTER_OTLP_TIMEOUT`).
const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(10), bytes: 64 << 10 };
/// How long the end of the process waits for the last batches.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

const PROTOBUF: HeaderValue = HeaderValue::from_static("application/x-protobuf");

/// The exporter's thread.
#[derive(Debug)]
pub(super) struct Running {
    /// Dropping it makes the thread send the rest of the queue, and end.
    stop: oneshot::Sender<Infallible>,
    /// Disconnected when the thread has ended.
    ended: mpsc::Receiver<Infallible>,
}

/// The collector, and how to reach it.
struct Collector {
    client: Client,
    url: Uri,
    resource: Resource,
    metrics: Metrics,
    /// Whether the last batch was not accepted: only a change is logged.
    is_failing: bool,
}

impl Running {
    /// Starts the thread.
    ///
    /// # Errors
    /// There is no authority to trust, or the runtime or the thread cannot be made.
    pub(super) fn start(
        config: &TracingConfig,
        queue: Receiver<Box<RequestSpans>>,
        metrics: Metrics,
    ) -> io::Result<Self> {
        let client = match config.url.scheme_str() {
            Some("https") => Client::trusting(config.ca.as_deref(), BOUNDS).map_err(io::Error::other)?,
            _ => Client::in_clear(BOUNDS),
        };
        let resource = Resource { attributes: resource(&config.service) };
        let collector = Collector { client, url: config.url.clone(), resource, metrics, is_failing: false };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let ((stop, stopped), (alive, ended)) = (oneshot::channel(), mpsc::sync_channel::<Infallible>(0));
        let sending = move || {
            let _alive = alive;
            runtime.block_on(run(queue, stopped, collector));
        };
        std::thread::Builder::new().name("spans".to_owned()).spawn(sending)?;
        Ok(Self { stop, ended })
    }

    /// Has the rest of the queue sent, and waits for it, but no longer than [`CLOSE_TIMEOUT`].
    pub(super) fn close(self) {
        drop(self.stop);
        if self.ended.recv_timeout(CLOSE_TIMEOUT) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!("the last spans may be lost: the collector takes too long");
        }
    }
}

async fn run(
    mut queue: Receiver<Box<RequestSpans>>,
    mut stop: oneshot::Receiver<Infallible>,
    mut collector: Collector,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let gathered = async {
            let mut open = queue.recv_many(&mut batch, BATCH).await > 0;
            let more = async {
                while open && batch.len() < BATCH {
                    let room = BATCH - batch.len();
                    open = queue.recv_many(&mut batch, room).await > 0;
                }
            };
            // After the delay, the batch is sent as it is.
            let _ = timeout(BATCH_DELAY, more).await;
        };
        let goes_on = tokio::select! {
            () = gathered => !queue.is_closed(),
            _ = &mut stop => false,
        };
        if !batch.is_empty() {
            collector.send(mem::take(&mut batch)).await;
        }
        if !goes_on {
            break;
        }
    }
    queue.close();
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        collector.send(mem::take(&mut batch)).await;
    }
}

impl Collector {
    #[allow(clippy::vec_box)] // The queue's items are boxed.
    async fn send(&mut self, batch: Vec<Box<RequestSpans>>) {
        let spans: Vec<_> = batch.into_iter().flat_map(|request| spans::of(*request)).collect();
        let number = u64::try_from(spans.len()).unwrap_or(u64::MAX);
        let scope = Scope { name: "octroi".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
        let scope_spans = vec![ScopeSpans { scope: Some(scope), spans }];
        let resource = Some(self.resource.clone());
        let export = Export { resource_spans: vec![ResourceSpans { resource, scope_spans }] };
        let mut request = Request::new(Full::new(Bytes::from(export.encode_to_vec())));
        *request.method_mut() = http::Method::POST;
        request.uri_mut().clone_from(&self.url);
        request.headers_mut().insert(CONTENT_TYPE, PROTOBUF);
        match self.client.ask(request).await {
            Err(error) => self.lost(SpanResult::Unreachable, number, &with_causes(&error)),
            Ok(response) if !response.status().is_success() => {
                self.lost(SpanResult::Refused, number, &format!("status {}", response.status()));
            }
            Ok(response) => self.accepted(number, Exported::decode(response.into_body()).unwrap_or_default()),
        }
    }

    /// Counts an accepted batch. The collector may have rejected some of its spans.
    fn accepted(&mut self, number: u64, Exported { partial_success }: Exported) {
        let PartialSuccess { rejected_spans, error_message } = partial_success.unwrap_or_default();
        let rejected = u64::try_from(rejected_spans).unwrap_or_default().min(number);
        self.metrics.spans(SpanResult::Exported, number - rejected);
        if rejected > 0 {
            self.lost(SpanResult::Refused, rejected, &error_message);
        } else if mem::take(&mut self.is_failing) {
            tracing::info!(url = %self.url, "the collector accepts spans again");
        }
    }

    fn lost(&mut self, result: SpanResult, number: u64, error: &str) {
        self.metrics.spans(result, number);
        let error = excerpt(error);
        if !mem::replace(&mut self.is_failing, true) {
            let help = "requests are not affected; octroi_spans_total counts the lost spans";
            tracing::warn!(url = %self.url, error = %error, help, "the collector does not accept spans");
        }
    }
}

fn resource(service: &str) -> Vec<KeyValue> {
    let attribute = |(key, value): (&str, &str)| KeyValue {
        key: key.to_owned(),
        value: Some(AnyValue { value: Some(Value::Text(value.to_owned())) }),
    };
    [("service.name", service), ("service.version", env!("CARGO_PKG_VERSION"))].map(attribute).to_vec()
}
