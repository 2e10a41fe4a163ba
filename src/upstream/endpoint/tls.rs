//! TLS to the portal: which authorities octroi trusts, which certificate it shows, and what an operator can do about a refused
//! certificate.
//!
//! Certificates are always verified. No key turns that off; `ca` names an authority of the operator's own.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{CertificateError, ClientConfig, RootCertStore};

use super::given_certificates::GivenCertificates;
use crate::config::EndpointConfig;
use crate::upstream::UpstreamError;
use crate::upstream::identity::{ClientFiles, Settings};

/// The TLS settings of one upstream: TLS 1.2 and 1.3, HTTP/1.1 only; `None` if its endpoints use no TLS.
///
/// # Errors
/// [`UpstreamError::Settings`], with the file or the store that cannot be used.
pub(in crate::upstream) fn connector(settings: &Settings) -> Result<Option<TlsConnector>, UpstreamError> {
    if !settings.config.endpoints.iter().any(EndpointConfig::is_tls) {
        return Ok(None);
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(Path::new("TLS"), &error))?;
    let builder = match (&settings.ca, &settings.config.ca) {
        (Some(pem), Some(path)) => {
            let verifier =
                GivenCertificates::new(chain(pem, path)?, provider).map_err(|error| unusable(path, &error))?;
            // What it adds to the usual checks is said there.
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
        }
        _ => builder.with_root_certificates(system_roots()?),
    };
    let mut config = match (&settings.client, &settings.config.client_certificate) {
        (Some(files), Some(paths)) => {
            let (chain, key) = client_identity(files, &paths.certificate, &paths.key)?;
            builder.with_client_auth_cert(chain, key).map_err(|error| unusable(&paths.certificate, &error))?
        }
        _ => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsConnector::from(Arc::new(config))))
}

/// The system's authorities, read once for the whole process.
fn system_roots() -> Result<Arc<RootCertStore>, UpstreamError> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let roots = ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Arc::new(roots)
    });
    if roots.is_empty() {
        let reason = "no certificate authority found: install `ca-certificates`, or set `ca`".to_owned();
        return Err(UpstreamError::Settings { path: PathBuf::from("the system's trust store"), reason });
    }
    Ok(Arc::clone(roots))
}

fn client_identity(
    files: &ClientFiles,
    certificate: &Path,
    key: &Path,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), UpstreamError> {
    let private = PrivateKeyDer::from_pem_slice(&files.key).map_err(|error| unusable(key, &error))?;
    Ok((chain(&files.certificate, certificate)?, private))
}

/// All certificates of a PEM file; at least one.
fn chain(pem: &[u8], path: &Path) -> Result<Vec<CertificateDer<'static>>, UpstreamError> {
    let certificates: Vec<_> =
        CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|error| unusable(path, &error))?;
    if certificates.is_empty() {
        return Err(unusable(path, &"it holds no PEM certificate"));
    }
    Ok(certificates)
}

fn unusable(path: &Path, reason: &impl ToString) -> UpstreamError {
    UpstreamError::Settings { path: path.to_owned(), reason: reason.to_string() }
}

/// What the operator can do about a refused certificate.
pub(in crate::upstream) fn advice(refusal: &CertificateError) -> &'static str {
    match refusal {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "set `sni` to a name that the certificate holds"
        }
        // A signature is bad, too, if an authority of the same name is trusted in place of the one that signed.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "set `ca` to the PEM file of the authority that signed it"
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has expired: the portal must renew it"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet: compare the clocks of both machines"
        }
        CertificateError::Other(other) if other.to_string() == AUTHORITY_AS_SERVER => {
            "it is an authority's own (CA:TRUE), as `openssl req -x509` makes them: put this very certificate into the \
             PEM file that `ca` names"
        }
        _ => "the portal must show another one",
    }
}

/// webpki's name of the error, for which rustls has none. `openssl req -x509` makes such certificates by default.
const AUTHORITY_AS_SERVER: &str = "CaUsedAsEndEntity";
