//! HTTP to the ACME server: one connection a request, TLS always, a deadline and a bound on everything.
//!
//! `instant-acme` says what is asked; this is how. A server that sends without end, or asks for a wait of a thousand years,
//! must cost no more than one that does not.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request, Response, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use jiff::tz::TimeZone;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::config::AcmeConfig;

/// From the name's resolution to the last byte of the response.
const DEADLINE: Duration = Duration::from_secs(30);
/// A chain of certificates takes five kilobytes.
const MOST_BYTES: usize = 256 << 10;
/// The longest wait that is taken from a server: authorities count in weeks.
const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(7 * 24);
const OCTROI: &str = concat!("octroi/", env!("CARGO_PKG_VERSION"));

/// A client of one ACME server. Clones share what they remember.
#[derive(Clone)]
pub(super) struct AcmeClient {
    tls: TlsConnector,
    /// How long the last refusal asked to wait.
    retry_after: Arc<Mutex<Option<Duration>>>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct HttpFailure {
    what: String,
    /// Whether the server is well and has had enough.
    pub(super) kind: HttpFailureKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What an [`HttpFailure`] calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HttpFailureKind {
    /// Another try.
    Fault,
    /// A pause.
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

    fn because<E: Into<Box<dyn std::error::Error + Send + Sync>>>(what: String) -> impl FnOnce(E) -> Self {
        move |source| Self { what, kind: HttpFailureKind::Fault, source: Some(source.into()) }
    }
}

impl AcmeClient {
    /// A client that trusts the operator's `ca`, or the system's authorities.
    ///
    /// # Errors
    /// If there is no authority to trust.
    pub(super) fn new(config: &AcmeConfig) -> Result<Self, HttpFailure> {
        let mut roots = RootCertStore::empty();
        match &config.ca {
            Some(authorities) => roots.add_parsable_certificates(authorities.iter().cloned()),
            None => roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs),
        };
        if roots.is_empty() {
            return Err(HttpFailure::new("no authority is trusted: install `ca-certificates`, or set `ca`".to_owned()));
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
        let builder = builder
            .with_safe_default_protocol_versions()
            .map_err(HttpFailure::because("TLS cannot be set up".to_owned()))?;
        let mut tls = builder.with_root_certificates(roots).with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { tls: TlsConnector::from(Arc::new(tls)), retry_after: Arc::default() })
    }

    /// How long the server asked to wait when it last refused; `None` if it did not say.
    pub(super) fn take_retry_after(&self) -> Option<Duration> {
        self.retry_after.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    async fn ask(self, request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, HttpFailure> {
        let uri = request.uri().clone();
        let answered = timeout(DEADLINE, self.exchange(request)).await;
        let late = |_| HttpFailure::new(format!("{uri}: no whole answer within {} s", DEADLINE.as_secs()));
        let mut response = answered.map_err(late)??;
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
        Ok(BytesResponse::from(response))
    }

    /// Sends one request and reads its whole response.
    async fn exchange(&self, request: Request<BodyWrapper<Bytes>>) -> Result<Response<Full<Bytes>>, HttpFailure> {
        let uri = request.uri().clone();
        let failed = |step: &str| format!("{uri}: {step}");
        let (host, port) = place(&uri).ok_or_else(|| HttpFailure::new(failed("no https URL")))?;
        let name = ServerName::try_from(host.clone()).map_err(HttpFailure::because(failed("no server name")))?;
        let socket = TcpStream::connect((host.as_str(), port));
        let socket = socket.await.map_err(HttpFailure::because(failed("cannot connect")))?;
        let stream = self.tls.connect(name, socket).await.map_err(HttpFailure::because(failed("TLS failed")))?;
        let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
            .max_buf_size(64 << 10)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(HttpFailure::because(failed("no HTTP")))?;
        let asked = async {
            let response = sender.send_request(to_origin(request, &uri)).await;
            let response = response.map_err(HttpFailure::because(failed("no response")))?;
            let (head, body) = response.into_parts();
            let content = Limited::new(body, MOST_BYTES).collect().await;
            let content = content.map_err(HttpFailure::because(failed("the response broke off or is too long")))?;
            Ok(Response::from_parts(head, Full::new(content.to_bytes())))
        };
        // When the connection has ended, what is asked ends by itself, with all bytes that came or an error.
        let driven = async {
            let _ = connection.await;
            std::future::pending::<Infallible>().await
        };
        tokio::select! {
            biased;
            answer = asked => answer,
            never = driven => match never {},
        }
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

/// Host and port of an https URL.
fn place(uri: &Uri) -> Option<(String, u16)> {
    let host = uri.host().filter(|_| uri.scheme_str() == Some("https"))?;
    Some((host.trim_matches(['[', ']']).to_owned(), uri.port_u16().unwrap_or(443)))
}

/// The request as an origin server takes it: path and query, and `Host`.
fn to_origin(mut request: Request<BodyWrapper<Bytes>>, uri: &Uri) -> Request<BodyWrapper<Bytes>> {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if let Ok(host) = HeaderValue::from_str(authority) {
        request.headers_mut().insert(HOST, host);
    }
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(OCTROI));
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    *request.uri_mut() = target.parse().unwrap_or_default();
    request
}

/// Puts a number of seconds in bounds in the place of what the server wrote, and returns it. A date is one, too (RFC 9110
/// §10.2.3); what is neither goes.
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

/// `Fri, 31 Dec 1999 23:59:59 GMT`.
fn date(text: &str) -> Option<SystemTime> {
    let time = jiff::fmt::strtime::parse("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
    let moment = TimeZone::UTC.to_timestamp(time.to_datetime().ok()?).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_secs(moment.as_second().try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_in_both_forms_and_bounded() {
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
