//! Why an order came to nothing, when it is tried again, and what the operator can do.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use instant_acme::{Error, Problem};

use super::http_client::{HttpFailure, HttpFailureKind};
use crate::http::client::with_causes;
use crate::telemetry::excerpt;
use crate::telemetry::metrics::AcmeResult;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// No answer, or none that blames the order: a fault of the network or the server.
    #[error("the ACME server gave no usable answer: {0}")]
    Unreachable(String),
    /// Too many orders.
    #[error("the ACME server limits how much may be ordered: {0}")]
    RateLimited(String),
    /// The order as such.
    #[error("the certificate authority refused: {0}")]
    Refused(String),
    /// No account is made.
    #[error("the certificate authority makes no account: {0}")]
    NoAccount(String),
    /// The account that is on disk is not the server's.
    #[error("the ACME server does not know the account: {0}")]
    UnknownAccount(String),
    /// The folder.
    #[error("cannot use `{}`: {source}", path.display())]
    #[allow(missing_docs)]
    Folder { path: PathBuf, source: io::Error },
    /// A certificate of another name or key, or none.
    #[error("what the certificate authority sent cannot be used: {0}")]
    Unusable(String),
}

impl Failure {
    /// Names the file at which the file system said no.
    pub(super) fn folder(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::Folder { path: path.to_owned(), source }
    }

    /// The first wait. Let's Encrypt admits five failed validations of a host an hour, so refusals wait longer than faults.
    pub(super) fn first_wait(&self) -> Duration {
        match self {
            Self::Unreachable(_) | Self::UnknownAccount(_) => Duration::from_secs(5),
            Self::Folder { .. } => Duration::from_mins(1),
            Self::Refused(_) | Self::NoAccount(_) | Self::RateLimited(_) | Self::Unusable(_) => Duration::from_mins(4),
        }
    }

    /// The longest wait, unless the server asks for more.
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

    /// The same, where an account was asked for: what the authority refused is not an order.
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
                "nothing, if it passes; else let octroi reach `server` on its port, and name its authority in `ca` if it has \
                 one of its own"
            }
            Self::RateLimited(_) => "wait: octroi tries again when the server allows it; a restart does not help",
            Self::Refused(_) => {
                "http-01: port 80 of the host must reach octroi from the internet; tls-alpn-01: port 443, with nothing in \
                 between that ends TLS; DNS must name octroi in A and AAAA, and CAA must allow the authority"
            }
            Self::NoAccount(_) => {
                "if it serves its customers alone, `eab` is missing, or is not what the authority gave you; else `contact` may be \
                 what it does not like"
            }
            Self::UnknownAccount(_) => "nothing: octroi sets the account aside and makes another",
            Self::Folder { .. } => "make the folder writable for octroi, with mode 0700; nothing is ordered meanwhile",
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
            Error::Timeout(_) => Self::Unreachable("the order is still being worked on".to_owned()),
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
    fn problems_are_told_apart_by_who_must_act() {
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
