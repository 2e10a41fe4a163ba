//! `[tracing]`: where spans of requests go, and of how many requests there are some.
//!
//! The table is known to every build, so that one without OpenTelemetry says so instead of "unknown key".

use http::Uri;
use rustls::pki_types::CertificateDer;

use super::address::relative;
use super::check::Checker;
use super::schema::TracingDocument;
use crate::charter::{KeyPath, Problem};

/// Below the endpoint, by the OTLP specification.
const TRACES: &str = "/v1/traces";

/// Where spans of requests go.
#[derive(Clone, Debug, PartialEq)]
pub struct TracingConfig {
    /// The URL to which spans are posted: the endpoint with `/v1/traces`.
    pub url: Uri,
    /// Of the requests whose sampling is not decided by a trusted proxy, so many have spans: 0 to 1.
    pub ratio: f64,
    /// The name of this service in traces.
    pub service: String,
    /// Who may sign the collector's certificate; `None`: the system's authorities.
    pub ca: Option<Vec<CertificateDer<'static>>>,
}

impl Checker<'_> {
    /// `None` if there is no such table, or it cannot be used, which is reported. `is_built_in`: whether this build can
    /// send spans.
    pub(super) fn tracing(
        &mut self,
        document: Option<&TracingDocument>,
        is_built_in: bool,
        path: &KeyPath,
    ) -> Option<TracingConfig> {
        let document = document?;
        if !is_built_in {
            let problem = Problem::new(path.clone(), "this octroi was built without OpenTelemetry");
            let help = "build it with `cargo build --release --features otel`, or leave `[tracing]` out";
            self.problems.push(problem.with_help(help));
        }
        if !(0.0..=1.0).contains(&document.ratio) {
            let problem = Problem::new(path.key("ratio"), format!("expected 0 to 1, found {}", document.ratio));
            self.problems.push(problem.with_help("`1` is every request, `0.01` one of a hundred"));
        }
        let ca = document.ca.as_deref().map(|name| {
            let certificates = self.source.certificates(&relative(name, &self.base));
            self.take(certificates, &path.key("ca"))
        });
        let url = self.collector(document.endpoint.as_deref()?, &path.key("endpoint"))?;
        if document.ca.is_some() && url.scheme_str() == Some("http") {
            let problem = Problem::new(path.key("ca"), "`endpoint` is not https: no certificate is shown");
            self.problems.push(problem.with_help("write `https://` in `endpoint`, or leave `ca` out"));
        }
        Some(TracingConfig { url, ratio: document.ratio, service: document.service.clone(), ca: ca.flatten() })
    }

    fn collector(&mut self, written: &str, path: &KeyPath) -> Option<Uri> {
        let url = collector(written);
        if url.is_none() {
            let problem = Problem::new(path.clone(), format!("`{written}` is no address of a collector"));
            self.problems.push(
                problem.with_help("write `http://host:4318` or `https://host:4318`, where OTLP over HTTP is received"),
            );
        }
        url
    }
}

/// The endpoint with `/v1/traces`, which is added unless it is there.
fn collector(written: &str) -> Option<Uri> {
    let uri: Uri = written.parse().ok()?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    let host = uri.authority().filter(|authority| !authority.host().is_empty() && !authority.as_str().contains('@'));
    if !is_http || host.is_none() || uri.query().is_some() {
        return None;
    }
    let base = written.trim_end_matches('/');
    if base.ends_with(TRACES) { base.parse().ok() } else { format!("{base}{TRACES}").parse().ok() }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::source::Source;
    use super::*;

    fn read(document: &TracingDocument, is_built_in: bool) -> (Option<TracingConfig>, Vec<String>) {
        let read = |_: &Path| Err(std::io::ErrorKind::NotFound.into());
        let source = Source::new(&read);
        let mut checker = Checker::new(&source, Path::new("octroi.toml"));
        let config = checker.tracing(Some(document), is_built_in, &KeyPath::default().key("tracing"));
        (config, checker.problems.iter().map(|problem| problem.message.clone()).collect())
    }

    fn to(endpoint: &str) -> TracingDocument {
        TracingDocument { endpoint: Some(endpoint.to_owned()), ..TracingDocument::default() }
    }

    #[test]
    fn spans_go_below_the_endpoint() {
        for (endpoint, url) in [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
            ("https://collector.example/", "https://collector.example/v1/traces"),
            ("http://[::1]:4318/otlp", "http://[::1]:4318/otlp/v1/traces"),
            ("http://collector:4318/v1/traces", "http://collector:4318/v1/traces"),
        ] {
            let (config, problems) = read(&to(endpoint), true);
            assert_eq!((config.map(|config| config.url.to_string()), problems), (Some(url.to_owned()), vec![]));
        }
    }

    #[test]
    fn what_is_no_collector_is_refused() {
        for endpoint in ["127.0.0.1:4318", "grpc://a:4317", "http://", "http://u:p@a", "http://a/?b=c", "", "collector"]
        {
            let (config, problems) = read(&to(endpoint), true);
            assert_eq!((config, problems), (None, vec![format!("`{endpoint}` is no address of a collector")]));
        }
        for ratio in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let (_, problems) = read(&TracingDocument { ratio, ..to("http://a:4318") }, true);
            assert_eq!(problems, [format!("expected 0 to 1, found {ratio}")]);
        }
        let (_, problems) = read(&TracingDocument { ca: Some("ca.pem".to_owned()), ..to("http://a:4318") }, true);
        assert!(problems.iter().any(|problem| problem.contains("is not https")), "{problems:?}");
    }

    #[test]
    fn a_build_without_opentelemetry_says_so() {
        assert_eq!(read(&to("http://a:4318"), false).1, ["this octroi was built without OpenTelemetry"]);
    }
}
