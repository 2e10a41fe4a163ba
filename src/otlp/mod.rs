//! Spans of requests on their way to an OpenTelemetry collector: OTLP over HTTP, in protobuf.
//!
//! Workers put what has ended into a queue of `telemetry`. `exporter` takes it out on a thread of its own, `spans` gives it the
//! names of OpenTelemetry's semantic conventions for HTTP, `messages` are those of the protocol. A collector that is slow, down
//! or wrong costs spans, which are counted, and nothing else.
//!
//! All but this file is the feature `otel`. Without it nothing is sent, and the configuration has refused `[tracing]`.

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

/// The thread that sends, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Exporter {
    #[cfg(feature = "otel")]
    running: Option<exporter::Running>,
}

impl Exporter {
    /// Sends what is left, and waits for that no longer than a process may take to end.
    #[cfg_attr(not(feature = "otel"), allow(clippy::unused_self))]
    pub(crate) fn close(self) {
        #[cfg(feature = "otel")]
        if let Some(running) = self.running {
            running.close();
        }
    }
}

/// Starts the exporter, if the configuration says where spans go.
///
/// # Errors
/// If there is no thread for it, or no authority by which the collector's certificate could be trusted.
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
