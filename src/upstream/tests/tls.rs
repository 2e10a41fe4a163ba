//! TLS to the portal: whom octroi trusts, under which name.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::rustls::{RootCertStore, ServerConnection};

use super::gate::{Gate, OK, config, limits, portal, read_head, read_rest, worker};
use crate::config::{CertificateFiles, EndpointConfig, UpstreamConfig};
use crate::upstream::UpstreamError;

/// An https endpoint of this name.
fn https_endpoint(host: &str) -> EndpointConfig {
    EndpointConfig::Tcp { tls: true, host: host.to_owned(), port: 443 }
}

/// An authority, and files of what it signed.
struct Authority {
    folder: TempDir,
    certificate: rcgen::Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("ca.pem"), certificate.pem()).unwrap();
        Self { folder, certificate, issuer: Issuer::new(params, key) }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    fn sign(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    fn client(&self) -> CertificateFiles {
        let (certificate, key) = self.sign("octroi");
        let files = CertificateFiles {
            certificate: self.folder.path().join("client.pem"),
            key: self.folder.path().join("client.key"),
        };
        std::fs::write(&files.certificate, certificate.pem()).unwrap();
        std::fs::write(&files.key, key.serialize_pem()).unwrap();
        files
    }

    /// Accepts as `portal.example`; if `mutual`, only those whom this authority knows.
    fn acceptor(&self, mutual: bool) -> TlsAcceptor {
        let (certificate, key) = self.sign("portal.example");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder =
            ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions().unwrap();
        let builder = if mutual {
            let mut roots = RootCertStore::empty();
            roots.add(self.certificate.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = builder.with_single_cert(vec![certificate.der().clone()], key).unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A portal that answers with the name and the protocol of the handshake.
async fn serve(acceptor: TlsAcceptor, stream: TcpStream) {
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let connection: &ServerConnection = stream.get_ref().1;
    let protocol = String::from_utf8_lossy(connection.alpn_protocol().unwrap_or_default()).into_owned();
    let body = format!("{} {protocol}", connection.server_name().unwrap_or_default());
    while !read_head(&mut stream).await.is_empty() {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(head.as_bytes()).await.unwrap();
    }
}

async fn tls_config(authority: &Authority, mutual: bool) -> UpstreamConfig {
    let acceptor = authority.acceptor(mutual);
    let address = portal(move |_, stream| serve(acceptor.clone(), stream)).await;
    let mut config = config(&[address]);
    config.endpoints[0] = https_endpoint("portal.example");
    config.connect = Some(address.to_string());
    config.ca = Some(authority.file());
    config
}

/// A certificate that signs itself, as `openssl req -x509` makes it; `is_ca` if nothing else is said. It holds until a year.
fn self_signed(folder: &TempDir, is_ca: IsCa, name: Option<&str>, until: i32) -> (PathBuf, TlsAcceptor) {
    let mut params = CertificateParams::new(name.into_iter().map(str::to_owned).collect::<Vec<_>>()).unwrap();
    params.is_ca = is_ca;
    params.not_after = date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let file = folder.path().join("portal.pem");
    std::fs::write(&file, certificate.pem()).unwrap();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
    (file, TlsAcceptor::from(Arc::new(config)))
}

#[test]
fn a_certificate_that_ca_names_is_the_portals_own_whoever_signed_it() {
    worker(async {
        let (any, named) = (IsCa::Ca(BasicConstraints::Unconstrained), Some("portal.example"));
        for (is_ca, name, until, refusal) in [
            (any, named, 4000, None),
            (IsCa::Ca(BasicConstraints::Constrained(0)), named, 4000, None),
            (IsCa::ExplicitNoCa, named, 4000, None),
            (IsCa::NoCa, named, 4000, None),
            // `openssl req -x509 -subj /CN=portal.example` gives it no name that counts.
            (any, None, 4000, None),
            (IsCa::NoCa, None, 4000, None),
            (any, Some("other.example"), 4000, Some("set `sni`")),
            (IsCa::NoCa, Some("other.example"), 4000, Some("set `sni`")),
            (any, named, 2001, Some("expired")),
        ] {
            let folder = TempDir::new().unwrap();
            let (file, acceptor) = self_signed(&folder, is_ca, name, until);
            let address = portal(move |_, stream| serve(acceptor.clone(), stream)).await;
            let mut config = config(&[address]);
            config.endpoints[0] = https_endpoint("portal.example");
            config.connect = Some(address.to_string());
            config.ca = Some(file);
            let answer = Gate::new(&config, &limits()).get("/").await;
            match (answer, refusal) {
                (Ok((status, _)), None) => assert_eq!(status, 200),
                (Err(error), Some(words)) => assert!(error.to_string().contains(words), "{error}"),
                (answer, _) => panic!("{is_ca:?} {name:?} {until}: {:?}", answer.map_err(|error| error.to_string())),
            }
        }
    });
}

/// The certificate is known to everybody; only its key tells the portal.
#[test]
fn a_portal_that_only_shows_the_certificate_that_ca_names_is_refused() {
    worker(async {
        let folder = TempDir::new().unwrap();
        let any = IsCa::Ca(BasicConstraints::Unconstrained);
        let (file, _) = self_signed(&folder, any, Some("portal.example"), 4000);
        let shown = CertificateDer::from_pem_file(&file).unwrap();
        let key = PrivateKeyDer::try_from(KeyPair::generate().unwrap().serialize_der()).unwrap();
        let key = aws_lc_rs::default_provider().key_provider.load_private_key(key).unwrap();
        let pair = Arc::new(SingleCertAndKey::from(CertifiedKey::new(vec![shown], key)));
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(builder.with_no_client_auth().with_cert_resolver(pair)));
        let address = portal(move |_, stream| serve(acceptor.clone(), stream)).await;
        let mut config = config(&[address]);
        config.endpoints[0] = https_endpoint("portal.example");
        config.connect = Some(address.to_string());
        config.ca = Some(file);
        let error = Gate::new(&config, &limits()).get("/").await.unwrap_err();
        assert!(error.to_string().contains("BadSignature"), "{error}");
    });
}

#[test]
fn an_authoritys_own_certificate_that_nobody_named_is_told_what_to_do() {
    worker(async {
        let folder = TempDir::new().unwrap();
        let any = IsCa::Ca(BasicConstraints::Unconstrained);
        let (_, acceptor) = self_signed(&folder, any, Some("portal.example"), 4000);
        let address = portal(move |_, stream| serve(acceptor.clone(), stream)).await;
        let mut config = config(&[address]);
        config.endpoints[0] = https_endpoint("portal.example");
        config.connect = Some(address.to_string());
        let stranger = Authority::new();
        config.ca = Some(stranger.file());
        let error = Gate::new(&config, &limits()).get("/").await.unwrap_err();
        assert!(error.to_string().contains("CA:TRUE") && error.to_string().contains("`ca`"), "{error}");
    });
}

#[test]
fn the_endpoints_name_is_sent_and_checked() {
    worker(async {
        let authority = Authority::new();
        let gate = Gate::new(&tls_config(&authority, false).await, &limits());
        assert_eq!(gate.get("/").await.unwrap().1, "portal.example http/1.1");
        assert_eq!(gate.get("/").await.unwrap().1, "portal.example http/1.1");
        assert_eq!(gate.events().len(), 2);
    });
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    worker(async {
        let authority = Authority::new();
        let mut config = tls_config(&authority, false).await;
        config.endpoints[0] = https_endpoint("other.example");
        let error = Gate::new(&config, &limits()).get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "tls_certificate_error"));
        let message = error.to_string();
        assert!(message.contains("other.example") && message.contains("`sni`"), "{message}");
        config.sni = Some("portal.example".to_owned());
        assert_eq!(Gate::new(&config, &limits()).get("/").await.unwrap().0, 200);
    });
}

#[test]
fn another_authority_is_not_trusted() {
    worker(async {
        let authority = Authority::new();
        let mut config = tls_config(&authority, false).await;
        let other = Authority::new();
        config.ca = Some(other.file());
        let error = Gate::new(&config, &limits()).get("/").await.unwrap_err();
        assert!(matches!(error, UpstreamError::Certificate { .. }), "{error}");
        assert!(error.to_string().contains("`ca`"), "{error}");
    });
}

#[test]
fn the_client_certificate_is_shown() {
    worker(async {
        let authority = Authority::new();
        let mut config = tls_config(&authority, true).await;
        assert!(Gate::new(&config, &limits()).get("/").await.is_err());
        config.client_certificate = Some(authority.client());
        assert_eq!(Gate::new(&config, &limits()).get("/").await.unwrap().0, 200);
    });
}

#[test]
fn a_portal_that_does_not_speak_tls_is_told_as_such() {
    worker(async {
        let authority = Authority::new();
        let mut config = tls_config(&authority, false).await;
        let clear = portal(|_, mut stream| async move {
            stream.write_all(OK.as_bytes()).await.unwrap();
            read_rest(&mut stream).await;
        })
        .await;
        config.connect = Some(clear.to_string());
        let error = Gate::new(&config, &limits()).get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "tls_protocol_error"));
    });
}

#[test]
fn a_handshake_without_end_is_a_connect_timeout() {
    worker(async {
        let authority = Authority::new();
        let mut config = tls_config(&authority, false).await;
        let silent = portal(|_, mut stream| async move {
            read_rest(&mut stream).await;
        })
        .await;
        config.connect = Some(silent.to_string());
        let mut gate = Gate::new(&config, &limits());
        gate.timeouts.upstream_connect = Some(Duration::from_millis(20));
        let error = gate.get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (504, "connection_timeout"));
    });
}

#[test]
fn a_changed_certificate_file_is_another_identity() {
    let authority = Authority::new();
    let mut upstream = config(&["127.0.0.1:443".parse().unwrap()]);
    upstream.ca = Some(authority.file());
    let read = || crate::upstream::identity::Settings::read(&upstream, &limits()).unwrap();
    let before = read();
    assert_eq!(before, read());
    std::fs::write(authority.file(), Authority::new().certificate.pem()).unwrap();
    assert_ne!(before, read());
}
