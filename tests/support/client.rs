//! A visitor who sends exact bytes over one connection, in clear, under TLS or through a Unix socket.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::wire::{BodyRule, Wire};
use super::{Message, within};

/// One connection of a visitor.
pub(crate) struct Client {
    pub(crate) wire: Wire,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let wire = within("a TCP connection", Wire::tcp(address)).await;
        Self { wire: wire.unwrap_or_else(|error| panic!("cannot connect to {address}: {error}")) }
    }

    pub(crate) async fn connect_unix(path: &Path) -> Self {
        let wire = within("a Unix connection", Wire::unix(path)).await;
        Self { wire: wire.unwrap_or_else(|error| panic!("cannot connect to {}: {error}", path.display())) }
    }

    pub(crate) async fn connect_tls(address: SocketAddr, name: &str, config: Arc<rustls::ClientConfig>) -> Self {
        Self { wire: Wire::new(tls(address, name, config).await.expect("the TLS handshake failed")) }
    }

    /// Sends bytes as they are.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.wire.send(bytes).await;
    }

    /// The next response; interim ones but 101 are skipped, as every client does.
    pub(crate) async fn response(&mut self) -> Message {
        self.response_under(BodyRule::Response).await
    }

    /// The next response to a HEAD request.
    pub(crate) async fn head_response(&mut self) -> Message {
        self.response_under(BodyRule::None).await
    }

    async fn response_under(&mut self, rule: BodyRule) -> Message {
        loop {
            let response = self.wire.message(rule).await.expect("the connection ended without a response");
            if !matches!(response.status(), 100 | 102..=199) {
                return response;
            }
        }
    }

    /// A request and its response.
    pub(crate) async fn exchange(&mut self, request: impl AsRef<[u8]>) -> Message {
        self.send(request).await;
        self.response().await
    }

    /// GET, with further lines such as `"Cookie: a=1\r\n"`.
    pub(crate) async fn get(&mut self, path: &str, lines: &str) -> Message {
        self.exchange(get(path, lines)).await
    }
}

/// A GET request to the host of the tests, with further lines.
pub(crate) fn get(path: &str, lines: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n")
}

/// The top-level navigation of a browser, with further lines.
pub(crate) fn navigate(path: &str, lines: &str) -> String {
    let fetch = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Site: none\r\nAccept: text/html\r\n";
    get(path, &format!("{fetch}{lines}"))
}

/// The host under which tests visit the portal.
pub(crate) const HOST: &str = "data.education.gouv.fr";

/// A TLS connection, or why there is none.
pub(crate) async fn tls(
    address: SocketAddr,
    name: &str,
    config: Arc<rustls::ClientConfig>,
) -> std::io::Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let tcp = within("a TCP connection", TcpStream::connect(address)).await?;
    tcp.set_nodelay(true)?;
    let name = ServerName::try_from(name.to_owned()).expect("a server name");
    within("the TLS handshake", TlsConnector::from(config).connect(name, tcp)).await
}
