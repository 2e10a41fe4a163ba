//! The closed sets that become labels, and tables of handles indexed by them.
//!
//! A label value is always one of these words, a status of a fixed list, or a word of the operator's files.

use std::marker::PhantomData;

use crate::consent::Reading;
use crate::policy::{ConsentLevel, Direction, Reason, Verdict};

/// A closed set of label values.
pub(super) trait Label: Copy + 'static {
    /// Every value; each one stands at its own [`Label::index`].
    const ALL: &'static [Self];

    /// The position in [`Label::ALL`].
    fn index(self) -> usize;

    /// The word in the exposition.
    fn as_str(self) -> &'static str;
}

/// One handle for each value of a label: recording is an array lookup.
#[derive(Debug)]
pub(super) struct Table<L, M>(Box<[M]>, PhantomData<L>);

impl<L: Label, M> Table<L, M> {
    /// Calls `handle` once for each value: each series is there, at 0, before its first event.
    pub(super) fn new(handle: impl FnMut(L) -> M) -> Self {
        Self(L::ALL.iter().copied().map(handle).collect(), PhantomData)
    }

    /// `None` for no value: each has its place.
    pub(super) fn get(&self, label: L) -> Option<&M> {
        self.0.get(label.index())
    }
}

macro_rules! labels {
    ($type:ty { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl Label for $type {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn index(self) -> usize {
                self as usize
            }

            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

labels!(Direction { Request => "request", Response => "response" });

/// Why a connection was not served; a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionRefusal {
    /// `connections` are open already.
    Limit,
    /// `connections_per_address` are open already.
    LimitPerAddress,
    /// Its PROXY header is missing or cannot be read.
    ProxyHeader,
    /// Its TLS handshake failed.
    TlsHandshake,
    /// No head came whole within the `header` timeout.
    HeaderTimeout,
    /// It abandoned too many requests (Rapid Reset, CVE-2023-44487).
    Flood,
    /// It read too slowly, or nothing, while others waited.
    Unread,
}

labels!(ConnectionRefusal {
    Limit => "limit",
    LimitPerAddress => "limit-per-address",
    ProxyHeader => "proxy-header",
    TlsHandshake => "tls-handshake",
    HeaderTimeout => "header-timeout",
    Flood => "flood",
    Unread => "unread",
});

/// What happened on the way to the portal; a label of `octroi_upstream_events_total`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpstreamEvent {
    /// A connection was opened.
    Connected,
    /// An idle connection was used again.
    Reused,
    /// A request was sent once more, over a new connection.
    Retried,
    /// An endpoint was taken out of service for its failures.
    Ejected,
    /// A request waited for one of `upstream_connections`.
    Waited,
    /// It waited in vain (503).
    Busy,
    /// The name has no address.
    ResolveFailed,
    /// No address took a connection.
    ConnectFailed,
    /// `upstream_connect` ended first.
    ConnectTimeout,
    /// The TLS handshake failed, or the certificate is not accepted.
    TlsFailed,
    /// `upstream_response` ended first.
    ResponseTimeout,
    /// What came is no sound response.
    ResponseInvalid,
    /// The connection broke off before there was a response.
    ConnectionLost,
    /// `body_idle` ended in the middle of a body.
    BodyTimeout,
}

labels!(UpstreamEvent {
    Connected => "connected",
    Reused => "reused",
    Retried => "retried",
    Ejected => "ejected",
    Waited => "waited",
    Busy => "busy",
    ResolveFailed => "resolve-failed",
    ConnectFailed => "connect-failed",
    ConnectTimeout => "connect-timeout",
    TlsFailed => "tls-failed",
    ResponseTimeout => "response-timeout",
    ResponseInvalid => "response-invalid",
    ConnectionLost => "connection-lost",
    BodyTimeout => "body-timeout",
});

/// How visitors connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    /// HTTP in clear.
    Clear,
    /// HTTP over TLS.
    Tls,
}

labels!(Transport { Clear => "clear", Tls => "tls" });

/// What a reload, or a write of the inventory, came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttemptResult {
    Success,
    Failure,
}

impl AttemptResult {
    pub(super) fn of(success: bool) -> Self {
        if success { Self::Success } else { Self::Failure }
    }
}

labels!(AttemptResult { Success => "success", Failure => "failure" });

/// What came of a browser's report; a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportResult {
    /// Its host is in the inventory.
    Noted,
    /// It names no third party.
    NoHost,
    /// It is no report.
    Unreadable,
    /// It was not looked at: too many came within the second.
    Limited,
}

labels!(ReportResult { Noted => "noted", NoHost => "no-host", Unreadable => "unreadable", Limited => "limited" });

/// What came of an attempt to order a certificate; a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcmeResult {
    /// A certificate.
    Issued,
    /// The authority would not, or sent what cannot be used.
    Refused,
    /// The authority limits how much may be ordered.
    RateLimited,
    /// The ACME server gave no usable answer.
    Unreachable,
    /// The folder cannot be used; nothing was asked for.
    Folder,
}

labels!(AcmeResult {
    Issued => "issued",
    Refused => "refused",
    RateLimited => "rate-limited",
    Unreachable => "unreachable",
    Folder => "folder",
});

/// What became of a span; a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanResult {
    /// The collector took it.
    Exported,
    /// The queue was full: the collector is slow, or does not answer.
    QueueFull,
    /// The collector answered, and did not take it.
    Refused,
    /// The collector gave no answer.
    Unreachable,
}

labels!(SpanResult {
    Exported => "exported",
    QueueFull => "queue-full",
    Refused => "refused",
    Unreachable => "unreachable",
});

/// What a health check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CheckResult {
    Healthy,
    Unhealthy,
}

labels!(CheckResult { Healthy => "healthy", Unhealthy => "unhealthy" });

/// What became of a page that was to be rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageRewrite {
    /// It was, to its end.
    Rewritten,
    /// The portal encoded it, though it was asked not to.
    Encoded,
    /// It is not HTML, not in an encoding with tags in ASCII, or not shown.
    Type,
    /// The portal forbids it.
    NoTransform,
    /// Its rest left as it came: a tag was too long, or too many elements were open.
    Memory,
    /// Its rest left as it came, for any other reason.
    Error,
}

labels!(PageRewrite {
    Rewritten => "rewritten",
    Encoded => "encoded",
    Type => "type",
    NoTransform => "no_transform",
    Memory => "memory",
    Error => "error",
});

/// The protocol that the visitor spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    Http10,
    Http11,
    Http2,
}

labels!(Protocol { Http10 => "http/1.0", Http11 => "http/1.1", Http2 => "http/2" });

impl From<http::Version> for Protocol {
    fn from(version: http::Version) -> Self {
        match version {
            http::Version::HTTP_2 => Self::Http2,
            http::Version::HTTP_11 => Self::Http11,
            _ => Self::Http10,
        }
    }
}

/// The first digit of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatusClass {
    Informational,
    Successful,
    Redirection,
    ClientError,
    ServerError,
}

labels!(StatusClass {
    Informational => "1xx",
    Successful => "2xx",
    Redirection => "3xx",
    ClientError => "4xx",
    ServerError => "5xx",
});

impl From<u16> for StatusClass {
    /// A status above 599 counts as a server's error (RFC 9110, section 15).
    fn from(status: u16) -> Self {
        match status / 100 {
            0 | 1 => Self::Informational,
            2 => Self::Successful,
            3 => Self::Redirection,
            4 => Self::ClientError,
            _ => Self::ServerError,
        }
    }
}

/// What happened to a cookie, in a word that fits its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It left as it came.
    Pass,
    /// It left with other attributes.
    Amend,
    /// It left as a deletion.
    Delete,
    /// A line of a response that did not leave.
    Drop,
    /// A pair of a request that did not leave.
    Strip,
}

labels!(Outcome {
    Pass => "pass",
    Amend => "amend",
    Delete => "delete",
    Drop => "drop",
    Strip => "strip",
});

impl Outcome {
    pub(super) fn new(direction: Direction, verdict: Verdict) -> Self {
        match (verdict, direction) {
            (Verdict::Pass, _) => Self::Pass,
            (Verdict::Amend(_), _) => Self::Amend,
            (Verdict::Delete, _) => Self::Delete,
            (Verdict::Drop, Direction::Response) => Self::Drop,
            (Verdict::Drop, Direction::Request) => Self::Strip,
        }
    }
}

impl Label for Reason {
    const ALL: &'static [Self] = &Reason::ALL;

    fn index(self) -> usize {
        self as usize
    }

    fn as_str(self) -> &'static str {
        self.as_str()
    }
}

impl Label for Reading {
    const ALL: &'static [Self] = &Reading::ALL;

    fn index(self) -> usize {
        self as usize
    }

    fn as_str(self) -> &'static str {
        self.as_str()
    }
}

impl Label for ConsentLevel {
    const ALL: &'static [Self] = &ConsentLevel::ALL;

    fn index(self) -> usize {
        self as usize
    }

    fn as_str(self) -> &'static str {
        self.as_str()
    }
}

/// The word for a verdict in this direction: `pass`, `amend`, `delete`, `drop`, or `strip` in a request.
pub(crate) fn verdict_label(direction: Direction, verdict: Verdict) -> &'static str {
    Outcome::new(direction, verdict).as_str()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fmt::Debug;

    use super::*;

    fn check<L: Label + Debug + PartialEq>() {
        for (index, label) in L::ALL.iter().enumerate() {
            assert_eq!(label.index(), index, "{label:?} stands elsewhere in its table");
        }
        let words: HashSet<_> = L::ALL.iter().map(|label| label.as_str()).collect();
        assert_eq!(words.len(), L::ALL.len(), "two values share a word");
        assert!(Table::<L, L>::new(|label| label).0.iter().eq(L::ALL));
    }

    #[test]
    fn every_label_stands_at_its_index_with_a_word_of_its_own() {
        check::<Direction>();
        check::<ConnectionRefusal>();
        check::<UpstreamEvent>();
        check::<Transport>();
        check::<AcmeResult>();
        check::<SpanResult>();
        check::<AttemptResult>();
        check::<ReportResult>();
        check::<CheckResult>();
        check::<Protocol>();
        check::<PageRewrite>();
        check::<StatusClass>();
        check::<Outcome>();
        check::<Reason>();
        check::<ConsentLevel>();
        check::<Reading>();
    }

    #[test]
    fn odd_statuses_have_a_class() {
        let class = |status| StatusClass::from(status).as_str();
        assert_eq!([class(101), class(204), class(404), class(599), class(999)], ["1xx", "2xx", "4xx", "5xx", "5xx"]);
    }
}
