//! Why an order failed, when it is tried again, and what the operator can do.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use instant_acme::{Error, Problem};

use super::http_client::{HttpFailure, HttpFailureKind};
use crate::http::client::with_causes;
use crate::telemetry::excerpt;
use crate::telemetry::metrics::AcmeResult;

/// Why an order failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A fault of the network or the server: there is no response, or it says nothing about the order.
    #[error("the ACME server gave no usable answer: {0}")]
    Unreachable(String),
    /// Too many orders or requests.
    #[error("the ACME server limits how much may be ordered: {0}")]
    RateLimited(String),
    /// The authority refused the order.
    #[error("the certificate authority refused: {0}")]
    Refused(String),
    /// The authority refused to make an account.
    #[error("the certificate authority makes no account: {0}")]
    NoAccount(String),
    /// The server does not have the account that is on disk.
    #[error("the ACME server does not know the account: {0}")]
    UnknownAccount(String),
    /// A file of the folder cannot be read or written.
    #[error("cannot use `{}`: {source}", path.display())]
    #[allow(missing_docs)]
    Folder { path: PathBuf, source: io::Error },
    /// The response breaks the protocol, or is no certificate for this host and key.
    #[error("the certificate authority's response cannot be used: {0}")]
    Unusable(String),
}

impl Failure {
    /// Makes an error of the file system a failure with its path.
    pub(super) fn folder(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::Folder { path: path.to_owned(), source }
    }

    /// The wait after the first failure. Let's Encrypt allows five failed validations of a host an hour, so a refusal waits
    /// longer than a fault.
    pub(super) fn first_wait(&self) -> Duration {
        match self {
            Self::Unreachable(_) | Self::UnknownAccount(_) => Duration::from_secs(5),
            Self::Folder { .. } => Duration::from_mins(1),
            Self::Refused(_) | Self::NoAccount(_) | Self::RateLimited(_) | Self::Unusable(_) => Duration::from_mins(4),
        }
    }

    /// The longest wait, unless the server asks for a longer one.
    pub(super) fn longest_wait(&self) -> Duration {
        match self {
            Self::Unreachable(_) | Self::UnknownAccount(_) | Self::Folder { .. } => Duration::from_mins(30),
            Self::Refused(_) | Self::NoAccount(_) | Self::RateLimited(_) | Self::Unusable(_) => Duration::from_hours(6),
        }
    }

    /// The label of the metric.
    pub(super) fn result(&self) -> AcmeResult {
        match self {
            Self::Unreachable(_) | Self::UnknownAccount(_) => AcmeResult::Unreachable,
            Self::RateLimited(_) => AcmeResult::RateLimited,
            Self::Refused(_) | Self::NoAccount(_) | Self::Unusable(_) => AcmeResult::Refused,
            Self::Folder { .. } => AcmeResult::Folder,
        }
    }

    /// The failure of a request for a new account: what the authority refused is the account, not an order.
    pub(super) fn of_a_new_account(self) -> Self {
        match self {
            Self::Refused(why) => Self::NoAccount(why),
            other => other,
        }
    }

    /// What to do, for the log.
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => {
                "nothing, if it passes; else let octroi connect to `server`, and name the authority of its certificate in `ca` \
                 if the system does not trust it"
            }
            Self::RateLimited(_) => "wait: octroi tries again when the server allows it; a restart does not help",
            Self::Refused(_) => {
                "http-01: port 80 of the host must reach octroi from the internet; tls-alpn-01: port 443, with nothing in \
                 between that ends TLS; DNS must name octroi in A and AAAA, and CAA must allow the authority"
            }
            Self::NoAccount(_) => {
                "set `eab` to the key that the authority gave you, if it serves its customers alone; else check `contact`, which \
                 it may not accept"
            }
            Self::UnknownAccount(_) => "nothing: octroi sets the account aside and makes another",
            Self::Folder { .. } => "make the folder readable and writable for octroi, with mode 0700",
            Self::Unusable(_) => "report it to the certificate authority",
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Api(problem) => Self::from_problem(&problem),
            Error::Other(other) => match other.downcast_ref::<HttpFailure>() {
                Some(failure) if failure.kind == HttpFailureKind::RateLimited => Self::RateLimited(failure.to_string()),
                Some(failure) => Self::Unreachable(with_causes(failure)),
                None => Self::Unusable(other.to_string()),
            },
            Error::Timeout(_) => Self::Unreachable("the order is still being processed".to_owned()),
            error @ (Error::Json(_) | Error::Str(_) | Error::Http(_) | Error::InvalidUri(_)) => {
                Self::Unreachable(error.to_string())
            }
            error => Self::Unusable(error.to_string()),
        }
    }
}

impl Failure {
    fn from_problem(problem: &Problem) -> Self {
        let text = excerpt(&problem.to_string());
        let kind = problem.r#type.as_deref().and_then(|kind| kind.rsplit(':').next()).unwrap_or_default();
        match kind {
            "rateLimited" => Self::RateLimited(text),
            "accountDoesNotExist" => Self::UnknownAccount(text),
            "badNonce" | "serverInternal" => Self::Unreachable(text),
            _ if problem.status.is_some_and(|status| status >= 500) => Self::Unreachable(text),
            _ => Self::Refused(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_become_failures_by_their_type_and_status() {
        let of = |kind: &str, status: u16| {
            let problem =
                format!(r#"{{"type":"urn:ietf:params:acme:error:{kind}","detail":"x\ny","status":{status}}}"#);
            Failure::from(Error::Api(serde_json::from_str(&problem).unwrap()))
        };
        assert!(matches!(of("rateLimited", 429), Failure::RateLimited(_)));
        assert!(matches!(of("accountDoesNotExist", 400), Failure::UnknownAccount(_)));
        assert!(matches!(of("badNonce", 400), Failure::Unreachable(_)));
        assert!(matches!(of("malformed", 503), Failure::Unreachable(_)));
        let refused = of("unauthorized", 403);
        assert!(matches!(&refused, Failure::Refused(text) if !text.contains('\n')), "{refused}");
    }
}
