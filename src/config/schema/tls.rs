//! TLS as the operator writes it: files, or certificates that octroi orders itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::AcmeChallenge;

/// One certificate, or several.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)] // Of each listener there is one, while the file is read.
pub(in crate::config) enum TlsDocument {
    One(CertificateDocument),
    Several(#[schemars(length(min = 1))] Vec<CertificateDocument>),
}

/// A certificate and its private key, in files or ordered by octroi.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "dependentRequired" = {"certificate": ["key"], "key": ["certificate"]}))]
pub(in crate::config) struct CertificateDocument {
    /// PEM file of the certificate, followed by those of the authorities that signed it.
    pub(in crate::config) certificate: Option<String>,
    /// PEM file of the private key.
    pub(in crate::config) key: Option<String>,
    /// Certificates that octroi orders and renews itself (ACME, RFC 8555), one for each host, in place of files. Listeners
    /// that have it share one set: it is the same in all of them.
    pub(in crate::config) acme: Option<AcmeDocument>,
}

/// How certificates are ordered.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["directory", "terms_agreed"]))]
pub(in crate::config) struct AcmeDocument {
    /// The folder of account, certificates and challenges; made if it is not there. Replicas that share it order once, and
    /// all of them answer the authority.
    pub(in crate::config) directory: Option<String>,
    /// `true`: you have read and accept the terms of the certificate authority. Nothing is ordered without.
    pub(in crate::config) terms_agreed: bool,
    /// Whom the authority may write to: `mailto:ops@example.fr`.
    pub(in crate::config) contact: Vec<String>,
    /// The hosts to order for; left out: all exact hosts of all sites. A wildcard cannot be ordered in this way.
    pub(in crate::config) hosts: Option<Vec<String>>,
    /// The URL of the authority's ACME directory; left out: Let's Encrypt's.
    pub(in crate::config) server: Option<String>,
    /// Let's Encrypt's staging server, whose certificates no browser accepts, in place of the real one: for trying things
    /// out, because its limits are far higher.
    pub(in crate::config) staging: bool,
    /// What the authority gave you to bind the account to you (external account binding), if it wants that.
    pub(in crate::config) eab: Option<EabDocument>,
    /// PEM file of the authorities that may sign the ACME server's own certificate; left out: the system's.
    pub(in crate::config) ca: Option<String>,
    /// How octroi proves that a host is its own.
    pub(in crate::config) challenge: AcmeChallenge,
    /// Which of the authority's profiles, such as `shortlived`; left out: the authority's choice.
    pub(in crate::config) profile: Option<String>,
}

/// The key by which an authority knows its customer; it is needed once, when the account is made.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["key_id", "key_file"]))]
pub(in crate::config) struct EabDocument {
    /// The key's id, as the authority gave it.
    pub(in crate::config) key_id: Option<String>,
    /// File of the HMAC key, in base64url, as the authority gave it.
    pub(in crate::config) key_file: Option<String>,
}
