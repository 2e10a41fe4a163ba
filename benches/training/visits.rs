//! The visitors of one part, at the same time, each on their own connection.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::{fs, net::SocketAddr};

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use http::Request;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::task::{JoinSet, spawn_local};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::exchange::Exchange;
use crate::{Part, Protocol};

const NAME: &str = "data.example";
/// Concurrent requests on an HTTP/2 connection.
const STREAMS: usize = 16;

/// Visitors who trust a self-signed certificate.
pub(crate) struct Visitors {
    certificate: CertificateDer<'static>,
}

impl Visitors {
    /// Makes the certificate, and writes it into octroi's directory.
    pub(crate) fn new(directory: &Path) -> Result<Self> {
        let certified = rcgen::generate_simple_self_signed([NAME.to_owned()])?;
        fs::write(directory.join("certificate.pem"), certified.cert.pem())?;
        fs::write(directory.join("key.pem"), certified.signing_key.serialize_pem())?;
        Ok(Self { certificate: certified.cert.into() })
    }

    /// Sends the requests of all visitors of a part. Needs a `LocalSet`.
    ///
    /// # Errors
    /// If a response is not the expected one.
    pub(crate) async fn visit(&self, part: &Part, exchange: &Exchange, octroi: SocketAddr) -> Result<()> {
        let exchange = Rc::new(exchange.clone());
        let mut visits = JoinSet::new();
        for _ in 0..part.connections {
            let (exchange, requests, tls) = (Rc::clone(&exchange), part.requests, self.tls(part.protocol)?);
            match part.protocol {
                Protocol::Http1 => visits.spawn_local(async move {
                    let mut stream = connect(octroi).await?;
                    for _ in 0..requests {
                        exchange.ask(&mut stream).await?;
                    }
                    Ok(())
                }),
                Protocol::Http1Tls => visits.spawn_local(async move {
                    let mut stream = secure(octroi, tls).await?;
                    for _ in 0..requests {
                        exchange.ask(&mut stream).await?;
                    }
                    Ok(())
                }),
                Protocol::Http2 => visits.spawn_local(over_http2(exchange, secure(octroi, tls), requests)),
            };
        }
        while let Some(visit) = visits.join_next().await {
            visit??;
        }
        Ok(())
    }

    fn tls(&self, protocol: Protocol) -> Result<TlsConnector> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone())?;
        let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        if matches!(protocol, Protocol::Http2) {
            config.alpn_protocols = vec![b"h2".to_vec()];
        }
        Ok(Arc::new(config).into())
    }
}

async fn connect(octroi: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(octroi).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn secure(octroi: SocketAddr, tls: TlsConnector) -> Result<TlsStream<TcpStream>> {
    Ok(tls.connect(ServerName::try_from(NAME)?, connect(octroi).await?).await?)
}

async fn over_http2(
    exchange: Rc<Exchange>,
    stream: impl Future<Output = Result<TlsStream<TcpStream>>>,
    requests: usize,
) -> Result<()> {
    let (sender, connection) = h2::client::handshake(stream.await?).await?;
    spawn_local(connection);
    let mut streams = JoinSet::new();
    for _ in 0..STREAMS {
        let (exchange, sender) = (Rc::clone(&exchange), sender.clone());
        streams.spawn_local(async move {
            for _ in 0..requests / STREAMS {
                ask(&exchange, sender.clone()).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(stream) = streams.join_next().await {
        stream??;
    }
    Ok(())
}

async fn ask(exchange: &Exchange, sender: SendRequest<Bytes>) -> Result<()> {
    let (host, target, cookies) = exchange.asks();
    let mut request = Request::get(format!("https://{host}{target}")).body(())?;
    if !cookies.is_empty() {
        request.headers_mut().insert(http::header::COOKIE, cookies.parse()?);
    }
    let (response, _) = sender.ready().await?.send_request(request, true)?;
    whole(exchange, response).await.context("the response")
}

async fn whole(exchange: &Exchange, response: ResponseFuture) -> Result<()> {
    let response = response.await?;
    let passing = response.headers().get_all(http::header::SET_COOKIE).iter().count();
    ensure!(response.status() == 200 && passing == exchange.passing(), "{exchange}: {response:?}");
    let mut body = response.into_body();
    while let Some(data) = body.data().await {
        body.flow_control().release_capacity(data?.len())?;
    }
    Ok(())
}
