//! The HTTP client for the ACME server: https only, with limits on time, size and `Retry-After`.
//!
//! `instant-acme` makes the requests, and this client sends them. The limits keep a faulty server from costing memory, or
//! from stopping renewals for years.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Request};
use http_body_util::Full;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use jiff::tz::TimeZone;

use crate::config::AcmeConfig;
use crate::http::client::{Bounds, Client, ClientError};

/// How long a request may take, from name resolution to the last byte of the response.
const DEADLINE: Duration = Duration::from_secs(30);
/// The largest response; a chain of certificates has five kilobytes.
const MOST_BYTES: usize = 256 << 10;
/// The longest `Retry-After` that is obeyed: the rate limits of authorities are per week.
const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(7 * 24);

/// A client of one ACME server. Clones share `retry_after`.
#[derive(Clone)]
pub(super) struct AcmeClient {
    http: Client,
    /// The `Retry-After` of the last error response.
    retry_after: Arc<Mutex<Option<Duration>>>,
}

/// Why a request has no usable response.
#[derive(Debug)]
pub(super) struct HttpFailure {
    /// The URL, and the step that failed or the status.
    what: String,
    pub(super) kind: HttpFailureKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Whether an [`HttpFailure`] is a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HttpFailureKind {
    /// A fault of the network or the server.
    Fault,
    /// The server answered 429 (Too Many Requests).
    RateLimited,
}

impl fmt::Display for HttpFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for HttpFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl HttpFailure {
    fn new(what: String) -> Self {
        Self { what, kind: HttpFailureKind::Fault, source: None }
    }
}

impl From<ClientError> for HttpFailure {
    fn from(ClientError { what, cause }: ClientError) -> Self {
        Self { what, kind: HttpFailureKind::Fault, source: cause }
    }
}

impl AcmeClient {
    /// A client that trusts the operator's `ca`, or the system's authorities.
    ///
    /// # Errors
    /// If there is no authority to trust.
    pub(super) fn new(config: &AcmeConfig) -> Result<Self, HttpFailure> {
        let bounds = Bounds { deadline: DEADLINE, bytes: MOST_BYTES };
        Ok(Self { http: Client::trusting(config.ca.as_deref(), bounds)?, retry_after: Arc::default() })
    }

    /// Takes the `Retry-After` of the last error response; `None` if it had none.
    pub(super) fn take_retry_after(&self) -> Option<Duration> {
        self.retry_after.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    async fn ask(self, request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, HttpFailure> {
        let uri = request.uri().clone();
        if uri.scheme_str() != Some("https") {
            return Err(HttpFailure::new(format!("{uri}: expected an https URL")));
        }
        let mut response = self.http.ask(request).await?;
        let wait = clamp_retry_after(response.headers_mut(), SystemTime::now());
        let status = response.status();
        if status.is_client_error() || status.is_server_error() {
            *self.retry_after.lock().unwrap_or_else(PoisonError::into_inner) = wait;
            let content = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
            if !content.starts_with(b"application/problem+json") {
                let limited = status.as_u16() == 429;
                let kind = if limited { HttpFailureKind::RateLimited } else { HttpFailureKind::Fault };
                return Err(HttpFailure { kind, ..HttpFailure::new(format!("{uri}: status {status}")) });
            }
        }
        Ok(BytesResponse::from(response.map(Full::new)))
    }
}

impl HttpClient for AcmeClient {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let client = self.clone();
        Box::pin(async move { client.ask(request).await.map_err(|failure| Error::Other(Box::new(failure))) })
    }
}

/// Replaces `Retry-After`, a number of seconds or a date (RFC 9110 §10.2.3), by a bounded number of seconds, and returns it.
/// Another value is removed.
fn clamp_retry_after(headers: &mut HeaderMap, now: SystemTime) -> Option<Duration> {
    let written = headers.remove(RETRY_AFTER)?;
    let text = written.to_str().ok()?.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => LONGEST_RETRY_AFTER,
        Err(_) => date(text)?.duration_since(now).unwrap_or_default(),
    };
    let wait = wait.min(LONGEST_RETRY_AFTER);
    headers.insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
    Some(wait)
}

/// Parses a date as `Fri, 31 Dec 1999 23:59:59 GMT`.
fn date(text: &str) -> Option<SystemTime> {
    let time = jiff::fmt::strtime::parse("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
    let moment = TimeZone::UTC.to_timestamp(time.to_datetime().ok()?).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_secs(moment.as_second().try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_both_forms_and_bounded() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (text, expected) in [
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("18446744073709551615", Some(604_800)),
            ("99999999999999999999999", Some(604_800)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("Fri, 01 Jan 2100 00:00:00 GMT", Some(604_800)),
            ("soon", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            let wait = clamp_retry_after(&mut headers, now);
            assert_eq!(wait.map(|wait| wait.as_secs()), expected, "{text}");
            let left = headers.get(RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(left, expected.map(|seconds| seconds.to_string()), "{text}");
        }
    }
}
