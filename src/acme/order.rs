//! One order, from the new order to the pair on disk (RFC 8555 §7.4).
//!
//! The order's URL and key are written to disk as soon as the order is made, and each challenge before the authority is told
//! that it is ready. So after a restart, an order is resumed and not repeated.

use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64;
use instant_acme::{
    Account, AuthorizationStatus, CertificateIdentifier, ChallengeStatus, ChallengeType, Error, Identifier, NewOrder,
    Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, DistinguishedName, KeyPair};
use rustls::client::verify_server_name;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;

use super::challenges::is_token;
use super::failure::Failure;
use super::pem;
use super::schedule::{PendingOrder, State};
use super::store::Store;
use crate::config::validity::Validity;
use crate::config::{AcmeChallenge, AcmeConfig};
use crate::telemetry::excerpt;

/// How an authority is polled: soon at first, then less often.
const POLLING: RetryPolicy =
    RetryPolicy::new().initial_delay(Duration::from_millis(250)).backoff(1.5).timeout(Duration::from_secs(90));
/// How many certificates of a chain are kept.
const LONGEST_CHAIN: usize = 10;

/// An order for one host.
pub(super) struct HostOrder<'a> {
    pub(super) config: &'a AcmeConfig,
    pub(super) store: &'a Store,
    pub(super) account: &'a Account,
    pub(super) host: &'a str,
    /// The certificate that it replaces.
    pub(super) replaces: Option<CertificateIdentifier<'static>>,
}

impl HostOrder<'_> {
    /// Resumes the order in `state`, or makes one, and writes the pair to disk. The caller holds the lock.
    ///
    /// # Errors
    /// There is no new pair. If `state` still has the order, the next try resumes it.
    pub(super) async fn run(&self, state: &mut State) -> Result<(), Failure> {
        let (mut order, key) = match self.resume(state).await? {
            Some(resumed) => resumed,
            None => self.begin(state).await?,
        };
        if order.state().status == OrderStatus::Pending {
            self.prove(&mut order).await?;
        }
        if order.state().status == OrderStatus::Ready {
            order.finalize_csr(&self.request(&key)?).await?;
        }
        let chain = order.poll_certificate(&POLLING).await?;
        let pair = self.accept(&chain, &key, UnixTime::now())?;
        self.store.write_pair(self.host, &pair)
    }

    /// The pending order of `state`, unless the authority has invalidated it or its key cannot be read.
    async fn resume(&self, state: &mut State) -> Result<Option<(Order, KeyPair)>, Failure> {
        let Some(PendingOrder { url, key }) = state.order.clone() else { return Ok(None) };
        let key = BASE64.decode(key.as_bytes()).ok();
        let key = key.and_then(|der| KeyPair::try_from(&PrivatePkcs8KeyDer::from(der)).ok());
        let resumed = match self.account.order(url).await.map_err(Failure::from) {
            Ok(mut order) => (order.state().status != OrderStatus::Invalid).then_some(order).zip(key),
            Err(Failure::Refused(_)) => None,
            Err(failure) => return Err(failure),
        };
        if resumed.is_none() {
            state.order = None;
        }
        Ok(resumed)
    }

    /// Makes an order and its key, and writes both to the state.
    async fn begin(&self, state: &mut State) -> Result<(Order, KeyPair), Failure> {
        let key = KeyPair::generate().map_err(|error| Failure::Unusable(error.to_string()))?;
        // A folder that cannot be written is found before the authority is asked for anything.
        self.store.write_state(self.host, state)?;
        let order = self.new_order().await?;
        let url = order.url().to_owned();
        state.order = Some(PendingOrder { url, key: BASE64.encode(&key.serialize_der()) });
        self.store.write_state(self.host, state)?;
        Ok((order, key))
    }

    /// Makes an order that names the certificate it replaces, because such orders are exempt from some rate limits. If the
    /// authority refuses that name, the order is made without it.
    async fn new_order(&self) -> Result<Order, Failure> {
        let identifiers = [Identifier::Dns(self.host.to_owned())];
        let plain = || {
            let order = NewOrder::new(&identifiers);
            match &self.config.profile {
                Some(profile) => order.profile(profile),
                None => order,
            }
        };
        let Some(replaces) = self.replaces.clone() else { return Ok(self.account.new_order(&plain()).await?) };
        match self.account.new_order(&plain().replaces(replaces)).await {
            Ok(order) => Ok(order),
            Err(error) if is_about_replacing(&error) => Ok(self.account.new_order(&plain()).await?),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts the challenges into the folder, tells the authority that they are ready, and waits for its validation.
    async fn prove(&self, order: &mut Order) -> Result<(), Failure> {
        let kind = match self.config.challenge {
            AcmeChallenge::Http01 => ChallengeType::Http01,
            AcmeChallenge::TlsAlpn01 => ChallengeType::TlsAlpn01,
        };
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            match authorization.status {
                AuthorizationStatus::Valid => continue,
                AuthorizationStatus::Pending => {}
                status => return Err(Failure::Refused(format!("the authorization is {status:?}"))),
            }
            let Some(mut challenge) = authorization.challenge(kind.clone()) else {
                return Err(Failure::Refused("it does not offer the configured `challenge`".to_owned()));
            };
            if !is_token(&challenge.token) {
                return Err(Failure::Unusable("its token is not base64url".to_owned()));
            }
            let name = match self.config.challenge {
                AcmeChallenge::Http01 => challenge.token.clone(),
                AcmeChallenge::TlsAlpn01 => self.host.to_owned(),
            };
            self.store.put_challenge(self.config.challenge, &name, challenge.key_authorization().as_str())?;
            if challenge.status == ChallengeStatus::Pending {
                challenge.set_ready().await?;
            }
        }
        match order.poll_ready(&POLLING).await {
            Ok(OrderStatus::Ready) => Ok(()),
            Ok(_) => Err(Failure::Refused(reason(order).await)),
            Err(Error::Api(problem)) => {
                Err(Failure::Refused(format!("{}; {}", excerpt(&problem.to_string()), reason(order).await)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The certificate signing request: the host, without a distinguished name.
    fn request(&self, key: &KeyPair) -> Result<Vec<u8>, Failure> {
        let error = |error: rcgen::Error| Failure::Unusable(error.to_string());
        let mut params = CertificateParams::new(vec![self.host.to_owned()]).map_err(error)?;
        params.distinguished_name = DistinguishedName::new();
        Ok(params.serialize_request(key).map_err(error)?.der().to_vec())
    }

    /// The text of the pair: the chain's certificates, then the key.
    ///
    /// # Errors
    /// It is no chain of certificates for this host and key, or it has expired.
    fn accept(&self, text: &str, key: &KeyPair, now: UnixTime) -> Result<String, Failure> {
        let unusable = |reason: &str| Failure::Unusable(reason.to_owned());
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).take(LONGEST_CHAIN).collect();
        let chain = chain.map_err(|_| unusable("it is no PEM"))?;
        let first = chain.first().ok_or_else(|| unusable("it holds no certificate"))?;
        let parsed = ParsedCertificate::try_from(first).map_err(|error| unusable(&error.to_string()))?;
        let name = ServerName::try_from(self.host).map_err(|error| unusable(&error.to_string()))?;
        verify_server_name(&parsed, &name).map_err(|error| unusable(&error.to_string()))?;
        if Validity::of(first).is_none_or(|validity| validity.not_after.as_secs() <= now.as_secs()) {
            return Err(unusable("it has expired by this machine's clock"));
        }
        let der = key.serialize_der();
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der.clone()));
        CertifiedKey::from_der(chain.clone(), private, &Arc::new(aws_lc_rs::default_provider()))
            .map_err(|error| unusable(&error.to_string()))?;
        let certificates: String = chain.iter().map(|one| pem::block("CERTIFICATE", one)).collect();
        Ok(certificates + &pem::block("PRIVATE KEY", &der))
    }
}

/// Whether an order may succeed if it does not name the certificate it replaces (RFC 9773 §5).
fn is_about_replacing(error: &Error) -> bool {
    match error {
        Error::Unsupported(_) => true,
        Error::Api(problem) => problem.r#type.as_deref().is_some_and(|kind| {
            let kind = kind.rsplit(':').next().unwrap_or_default();
            ["alreadyReplaced", "malformed", "unauthorized"].contains(&kind)
        }),
        // instant-acme reports a response that does not repeat the name.
        Error::Other(other) => other.to_string().starts_with("replaces field mismatch"),
        _ => false,
    }
}

/// Why validation failed: the problems that the authority reports for the order's challenges.
async fn reason(order: &mut Order) -> String {
    let mut reasons = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let Ok(state) = authorization.refresh().await else { continue };
        let problems = state.challenges.iter().filter_map(|challenge| challenge.error.as_ref());
        reasons.extend(problems.map(|problem| excerpt(&problem.to_string())));
    }
    if reasons.is_empty() { "it gives no reason".to_owned() } else { reasons.join("; ") }
}
