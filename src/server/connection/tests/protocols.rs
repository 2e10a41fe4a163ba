//! HTTP/1.1 and HTTP/2, in clear and under TLS: which one is spoken.

use http::Version;
use http_body_util::BodyExt;
use hyper::client::conn::http2::SendRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::CertificateDer;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::*;
use crate::config::{CertificateFiles, TlsConfig};
use crate::server::listener::tls::Tls;

#[test]
fn speaks_http2_in_clear_text_and_tells_an_idle_client_to_go() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.idle = SHORT;
        let (client, served, _trigger) = bench.connect();
        let io = TokioIo::new(client.stream);
        let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
        let connection = spawn_local(connection);
        let request = Request::get("http://a/").body(Full::<Bytes>::default()).unwrap();
        let response = sender.send_request(request).await.unwrap();
        assert_eq!(response.version(), Version::HTTP_2);
        drop(response);
        connection.await.unwrap().unwrap();
        served.await.unwrap();
    });
}

#[test]
fn responses_that_are_there_at_once_are_one_write() {
    const STREAMS: u32 = 3;
    run(async {
        let (client, _served, _trigger) = Bench::new().connect();
        let io = TokioIo::new(client.stream);
        let (sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
        spawn_local(connection);
        let ask = |mut sender: SendRequest<Full<Bytes>>| async move {
            let request = Request::get("http://a/slow/long").body(Full::default()).unwrap();
            sender.send_request(request).await.unwrap().into_body().collect().await.unwrap().to_bytes()
        };
        let answers: Vec<_> = (0..STREAMS).map(|_| spawn_local(ask(sender.clone()))).collect();
        client.echo.entered.acquire_many(STREAMS).await.unwrap().forget();
        let before = client.writes.load(Relaxed);
        client.echo.gate.add_permits(STREAMS as usize);
        for answer in answers {
            answer.await.unwrap();
        }
        assert_eq!(client.writes.load(Relaxed) - before, 1);
    });
}

/// If a browser reads the head and the end of a stream at once, it takes no cookie of the head.
#[test]
fn a_head_is_read_before_its_body_breaks_off() {
    for http2 in [false, true] {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        LocalSet::new().block_on(&runtime, async {
            let (client, _served, _trigger) = Bench::new().connect();
            let response = request("/broken", TokioIo::new(client.stream), http2).await;
            let head = Instant::now();
            let mut body = response.into_body();
            assert!(body.frame().await.unwrap().unwrap().is_data());
            assert_eq!(head.elapsed(), Duration::ZERO);
            body.frame().await.unwrap().unwrap_err();
            // The clock stands still while anybody has something to do: all that came before has been read.
            assert!(head.elapsed() >= Duration::from_millis(100), "HTTP/2: {http2}");
        });
    }
}

/// A certificate for `data.example.fr`, in files.
pub(super) struct Certified {
    certificate: CertificateDer<'static>,
    files: CertificateFiles,
    _directory: tempfile::TempDir,
}

impl Certified {
    pub(super) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["data.example.fr".to_owned()]).unwrap();
        let (certificate, key) = (directory.path().join("cert.pem"), directory.path().join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let files = CertificateFiles { certificate, key };
        Self { certificate: made.cert.der().clone(), files, _directory: directory }
    }

    /// Of a listener that shows it.
    pub(super) fn tls(&self) -> Tls {
        Tls::new(&TlsConfig { certificates: vec![self.files.clone()], ordered: None, ticket_keys: None }).unwrap()
    }

    /// A client that trusts it alone: what is tested is who serves it.
    pub(super) async fn connect(&self, stream: DuplexStream, alpn: &[u8]) -> TlsStream<DuplexStream> {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![alpn.to_vec()];
        let connector = TlsConnector::from(Arc::new(config));
        connector.connect("data.example.fr".try_into().unwrap(), stream).await.unwrap()
    }
}

/// Both ends of a session whose stream holds 1024 bytes.
async fn sessions() -> (TlsConnection<DuplexStream>, TlsStream<DuplexStream>) {
    let certified = Certified::new();
    let (client, server) = tokio::io::duplex(1024);
    let (server, client) =
        tokio::join!(certified.tls().acceptor.accept(server), certified.connect(client, b"http/1.1"));
    (server.unwrap().into(), client)
}

/// What a visitor does not read stays with the writer, who counts it.
#[test]
fn under_tls_a_write_is_done_when_its_record_has_gone_out() {
    run(async {
        let (mut server, mut client) = sessions().await;
        let content = vec![b'x'; 10_000];
        let mut writing = pin!(server.write(&content));
        let is_pending = poll_fn(|cx| Poll::Ready(writing.as_mut().poll(cx).is_pending())).await;
        assert!(is_pending, "a record is longer than what the stream takes");
        let mut came = vec![0; content.len()];
        let (written, read) = tokio::join!(writing, client.read_exact(&mut came));
        assert_eq!((written.unwrap(), read.unwrap(), came), (content.len(), content.len(), content));
    });
}

#[test]
fn under_tls_an_end_is_seen_and_no_byte_is_taken_for_one() {
    run(async {
        for sends_close_notify in [true, false] {
            let (mut server, mut client) = sessions().await;
            assert!(poll_fn(|cx| Poll::Ready(server.poll_end(cx).is_pending())).await);
            client.write_all(b"next").await.unwrap();
            assert!(!poll_fn(|cx| server.poll_end(cx)).await);
            let mut next = [0; 4];
            server.read_exact(&mut next).await.unwrap();
            assert_eq!(&next, b"next");
            if sends_close_notify {
                client.shutdown().await.unwrap();
            } else {
                drop(client);
            }
            assert!(poll_fn(|cx| server.poll_end(cx)).await);
        }
    });
}

#[test]
fn under_tls_alpn_chooses_and_the_server_name_is_known() {
    run(async {
        let certified = Certified::new();
        for (alpn, version) in [(b"h2".as_slice(), "HTTP/2.0"), (b"http/1.1", "HTTP/1.1")] {
            let mut bench = Bench::new();
            bench.listening.tls = Some(certified.tls());
            let (client, _served, _trigger) = bench.connect();
            let stream = certified.connect(client.stream, alpn).await;
            assert_eq!(stream.get_ref().1.alpn_protocol(), Some(alpn));
            let text = ask(TokioIo::new(stream), alpn == b"h2").await;
            assert!(text.starts_with(version) && text.contains("server_name: Some(\"data.example.fr\")"), "{text}");
        }
    });
}

async fn ask<T>(io: T, http2: bool) -> String
where
    T: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let response = request("/", io, http2).await;
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// The response to a request for a path.
async fn request<T>(path: &str, io: T, http2: bool) -> Response<Incoming>
where
    T: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let target = if http2 { format!("https://a{path}") } else { path.to_owned() };
    let request = Request::get(target).header("host", "a").body(http_body_util::Empty::<Bytes>::new()).unwrap();
    if http2 {
        let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
        spawn_local(connection);
        sender.send_request(request).await.unwrap()
    } else {
        let (mut sender, connection) = hyper::client::conn::http1::handshake(io).await.unwrap();
        spawn_local(connection);
        sender.send_request(request).await.unwrap()
    }
}
