//! `[tracing]` as the operator writes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Spans of requests, sent to an OpenTelemetry collector. Only in a build with the feature `otel`; no cookie and no query is in
/// any span.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["endpoint"]))]
pub(in crate::config) struct TracingDocument {
    /// Where the collector receives OTLP over HTTP, in protobuf: `http://127.0.0.1:4318`. `/v1/traces` is added.
    pub(in crate::config) endpoint: Option<String>,
    /// Of how many requests there are spans, 0 to 1. It decides wherever no trusted proxy has decided in `traceparent`.
    #[schemars(extend("minimum" = 0, "maximum" = 1))]
    pub(in crate::config) ratio: f64,
    /// The name of this service in traces (`service.name`).
    pub(in crate::config) service: String,
    /// PEM file of the authorities that may sign the collector's certificate; left out: the system's.
    pub(in crate::config) ca: Option<String>,
}

impl Default for TracingDocument {
    fn default() -> Self {
        Self { endpoint: None, ratio: 0.01, service: "octroi".to_owned(), ca: None }
    }
}
