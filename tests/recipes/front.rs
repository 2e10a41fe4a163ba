//! A real proxy in front of octroi, started with a recipe's file on a free port.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::support::client::HOST;
use crate::support::http2::Http2;
use crate::support::octroi::signal;
use crate::support::origin::bound;
use crate::support::output::Output;
use crate::support::wire::Wire;
use crate::support::{Authority, Client, within};

/// Where visitors come from: another address than the proxies have.
pub(super) const VISITOR: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 7);

/// A place for a proxy: a folder with a certificate, and a port.
pub(super) struct Place {
    pub(super) directory: tempfile::TempDir,
    pub(super) authority: Authority,
    pub(super) address: SocketAddr,
    /// Bound and never listening: until the test ends, nobody else is given the port.
    _reserved: TcpSocket,
}

impl Place {
    /// `site.pem` and `site.key` are the site's; `both.pem` is both in one file, as HAProxy reads them.
    pub(super) fn new() -> Self {
        let (directory, authority) = (tempfile::tempdir().unwrap(), Authority::new());
        let certificate = authority.certificate(&[HOST]);
        certificate.write(directory.path(), "site");
        let both = format!("{}{}", certificate.certificate, certificate.key);
        std::fs::write(directory.path().join("both.pem"), both).unwrap();
        let reserved = bound((Ipv4Addr::LOCALHOST, 0).into());
        let address = reserved.local_addr().unwrap();
        Self { directory, authority, address, _reserved: reserved }
    }

    /// The path of a file here, as text.
    pub(super) fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    pub(super) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Starts the proxy, and waits until it says `ready`.
    pub(super) async fn start(self, mut command: Command, ready: &str) -> Front {
        command.current_dir(self.directory.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{command:?} does not start ({error}): run scripts/setup"));
        let stderr = Output::of(child.stderr.take().unwrap());
        let front = Front { place: self, child, end: "TERM" };
        let started = stderr.find("the proxy to start", |line| line.contains(ready).then_some(())).await;
        let lines = stderr.lines();
        assert!(started.is_some(), "{command:?} ended:\n{}", lines[lines.len().saturating_sub(20)..].join("\n"));
        front
    }
}

/// A running proxy. Stopped when dropped.
pub(super) struct Front {
    pub(super) place: Place,
    child: Child,
    /// The signal that ends it.
    end: &'static str,
}

impl Front {
    /// It has no children, and would wait for visitors who are still there: it is killed in the end.
    pub(super) fn without_grace(self) -> Self {
        let mut front = self;
        front.end = "KILL";
        front
    }

    /// A visitor's connection, in clear.
    pub(super) async fn clear(&self) -> Client {
        Client { wire: Wire::new(connect(self.place.address).await) }
    }

    /// A visitor's connection, under TLS.
    pub(super) async fn tls(&self) -> Client {
        Client { wire: Wire::new(self.try_tls("http/1.1").await.expect("the TLS handshake failed")) }
    }

    /// A visitor's connection over HTTP/2, which only TLS offers.
    pub(super) async fn http2(&self) -> Http2 {
        let stream = self.try_tls("h2").await.expect("the TLS handshake failed");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]), "HTTP/2 is not offered");
        Http2::over(stream).await
    }

    /// Waits until it shows the site's certificate.
    pub(super) async fn until_trusted(self) -> Self {
        within("the site's certificate", async { while self.try_tls("http/1.1").await.is_err() {} }).await;
        self
    }

    async fn try_tls(&self, protocol: &str) -> std::io::Result<TlsStream<TcpStream>> {
        let connector = TlsConnector::from(self.place.authority.client(&[protocol]));
        let tcp = connect(self.place.address).await;
        within("the TLS handshake", connector.connect(HOST.try_into().unwrap(), tcp)).await
    }
}

async fn connect(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((VISITOR, 0).into()).unwrap();
    let stream = within("a TCP connection", socket.connect(address)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

impl Drop for Front {
    /// All of them end on SIGTERM, with their children, if they have any.
    fn drop(&mut self) {
        signal(self.child.id(), self.end);
        let _ = self.child.wait();
    }
}

/// A program that `scripts/setup` installs in `target/fronts`.
pub(super) fn program(name: &str) -> Command {
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fronts/bin").join(name))
}
