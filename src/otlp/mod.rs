//! Exports the spans of requests to an OpenTelemetry collector: OTLP over HTTP, in protobuf.
//!
//! Workers put ended requests into a queue of `telemetry`. `exporter` sends them from a thread of its own, `spans` makes spans
//! by OpenTelemetry's semantic conventions for HTTP, and `messages` has the messages of the protocol. If a collector is slow,
//! down or faulty, spans are lost and counted, and nothing else is affected.
//!
//! All files but this one need the feature `otel`. Without it nothing is sent, and the configuration refuses `[tracing]`.

#[cfg(feature = "otel")]
mod exporter;
#[cfg(feature = "otel")]
mod messages;
#[cfg(feature = "otel")]
mod spans;

use std::io;

use crate::config::TracingConfig;
use crate::telemetry::Metrics;
use crate::telemetry::spans::Spans;

/// The exporter's thread, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Exporter {
    #[cfg(feature = "otel")]
    running: Option<exporter::Running>,
}

impl Exporter {
    /// Has the rest of the queue sent, and waits for it for two seconds at most.
    #[cfg_attr(not(feature = "otel"), allow(clippy::unused_self))]
    pub(crate) fn close(self) {
        #[cfg(feature = "otel")]
        if let Some(running) = self.running {
            running.close();
        }
    }
}

/// Starts the exporter, if the configuration has a `[tracing]` table. Returns the workers' end of the queue.
///
/// # Errors
/// The thread cannot be started, or there is no authority to trust for the collector's certificate.
#[cfg_attr(not(feature = "otel"), allow(unused_variables, clippy::unnecessary_wraps))]
pub(crate) fn start(config: Option<&TracingConfig>, metrics: &Metrics) -> io::Result<(Spans, Exporter)> {
    #[cfg(feature = "otel")]
    if let Some(config) = config {
        let (spans, queue) = Spans::queue(config.ratio, metrics.clone());
        let running = Some(exporter::Running::start(config, queue, metrics.clone())?);
        return Ok((spans, Exporter { running }));
    }
    Ok((Spans::default(), Exporter::default()))
}
