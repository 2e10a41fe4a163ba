//! HTTP to the servers that octroi itself asks (an ACME server, a collector of traces): one connection a request, a deadline
//! and a bound on everything.
//!
//! A server that sends without end, or not at all, must cost no more than one that answers.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, USER_AGENT};
use http::{HeaderValue, Request, Response, Uri};
use http_body::Body;
use http_body_util::{BodyExt, Limited};
use hyper_util::rt::TokioIo;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

const OCTROI: &str = concat!("octroi/", env!("CARGO_PKG_VERSION"));

type Cause = Box<dyn Error + Send + Sync>;

/// Asks servers, over TLS if the URL says `https`.
#[derive(Clone)]
pub(crate) struct Client {
    /// `None`: it asks in clear alone.
    tls: Option<TlsConnector>,
    bounds: Bounds,
}

/// What one request may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// From the name's resolution to the last byte of the response.
    pub(crate) deadline: Duration,
    /// Of the response's body.
    pub(crate) bytes: usize,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) struct ClientError {
    /// The URL, and the step that failed.
    pub(crate) what: String,
    /// What it failed with.
    pub(crate) cause: Option<Cause>,
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for ClientError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl ClientError {
    fn new(what: String) -> Self {
        Self { what, cause: None }
    }

    fn because<E: Into<Cause>>(what: String) -> impl FnOnce(E) -> Self {
        move |cause| Self { what, cause: Some(cause.into()) }
    }
}

/// An error and all its causes, for a line of the log.
pub(crate) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

impl Client {
    /// A client of `http://` URLs: of a collector beside octroi.
    #[cfg(feature = "otel")]
    pub(crate) fn in_clear(bounds: Bounds) -> Self {
        Self { tls: None, bounds }
    }

    /// A client that trusts the operator's `ca`, or the system's authorities.
    ///
    /// # Errors
    /// If there is no authority to trust.
    pub(crate) fn trusting(ca: Option<&[CertificateDer<'static>]>, bounds: Bounds) -> Result<Self, ClientError> {
        let mut roots = RootCertStore::empty();
        match ca {
            Some(authorities) => roots.add_parsable_certificates(authorities.iter().cloned()),
            None => roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs),
        };
        if roots.is_empty() {
            return Err(ClientError::new("no authority is trusted: install `ca-certificates`, or set `ca`".to_owned()));
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
        let builder = builder
            .with_safe_default_protocol_versions()
            .map_err(ClientError::because("TLS cannot be set up".to_owned()))?;
        let mut tls = builder.with_root_certificates(roots).with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { tls: Some(TlsConnector::from(Arc::new(tls))), bounds })
    }

    /// Sends one request and reads its whole response, whatever its status.
    ///
    /// # Errors
    /// If there is no whole answer within the bounds.
    pub(crate) async fn ask<B>(&self, request: Request<B>) -> Result<Response<Bytes>, ClientError>
    where
        B: Body<Data = Bytes, Error: Into<Cause>> + Unpin + 'static,
    {
        let uri = request.uri().clone();
        let Bounds { deadline, .. } = self.bounds;
        let late = |_| ClientError::new(format!("{uri}: no whole answer within {} s", deadline.as_secs()));
        timeout(deadline, self.connect_and_ask(request, &uri)).await.map_err(late)?
    }

    async fn connect_and_ask<B>(&self, request: Request<B>, uri: &Uri) -> Result<Response<Bytes>, ClientError>
    where
        B: Body<Data = Bytes, Error: Into<Cause>> + Unpin + 'static,
    {
        let failed = |step: &str| format!("{uri}: {step}");
        let (host, port) = place(uri).ok_or_else(|| ClientError::new(failed("no URL of a server")))?;
        let socket = TcpStream::connect((host.as_str(), port));
        let socket = socket.await.map_err(ClientError::because(failed("cannot connect")))?;
        if uri.scheme_str() != Some("https") {
            return self.exchange(socket, request, uri).await;
        }
        let tls = self.tls.as_ref().ok_or_else(|| ClientError::new(failed("no TLS")))?;
        let name = ServerName::try_from(host).map_err(ClientError::because(failed("no server name")))?;
        let stream = tls.connect(name, socket).await.map_err(ClientError::because(failed("TLS failed")))?;
        self.exchange(stream, request, uri).await
    }

    async fn exchange<B, S>(&self, stream: S, request: Request<B>, uri: &Uri) -> Result<Response<Bytes>, ClientError>
    where
        B: Body<Data = Bytes, Error: Into<Cause>> + Unpin + 'static,
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let failed = |step: &str| format!("{uri}: {step}");
        let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
            .max_buf_size(64 << 10)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(ClientError::because(failed("no HTTP")))?;
        let asked = async {
            let response = sender.send_request(to_origin(request, uri)).await;
            let response = response.map_err(ClientError::because(failed("no response")))?;
            let (head, body) = response.into_parts();
            let content = Limited::new(body, self.bounds.bytes).collect().await;
            let content = content.map_err(ClientError::because(failed("the response broke off or is too long")))?;
            Ok(Response::from_parts(head, content.to_bytes()))
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

/// Host and port of a URL.
fn place(uri: &Uri) -> Option<(String, u16)> {
    let usual = match uri.scheme_str()? {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    Some((uri.host()?.trim_matches(['[', ']']).to_owned(), uri.port_u16().unwrap_or(usual)))
}

/// The request as an origin server takes it: path and query, and `Host`.
fn to_origin<B>(mut request: Request<B>, uri: &Uri) -> Request<B> {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if let Ok(host) = HeaderValue::from_str(authority) {
        request.headers_mut().insert(HOST, host);
    }
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(OCTROI));
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    *request.uri_mut() = target.parse().unwrap_or_default();
    request
}
