//! How an exchange ended: the word that the access log writes.
//!
//! `upstream::error` has the words for the portal's failures; all others are here.

/// How an exchange ended; a closed set, as the access log writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Termination {
    /// The whole response was sent.
    Ok,
    /// The visitor left before the end.
    ClientClosed,
    /// The visitor was slow to read or send while others waited, and the exchange was evicted.
    Unread,
    /// The portal's response broke off.
    UpstreamAborted,
    /// No byte moved for too long.
    BodyTimeout,
    /// The visitor was redirected to https.
    Redirected,
    /// A defect of octroi's own.
    Panicked,
    /// The request is malformed or over a limit.
    Rejected,
    /// One of too many of its address.
    RateExceeded,
    /// No site has its host, or another site than the one that TLS was set up for.
    Misdirected,
    /// It was sent on by this process before.
    CameBack,
    /// The portal gave no usable response: the word of `UpstreamError::termination`.
    UpstreamFailed(&'static str),
}

impl Termination {
    /// The word of the access log.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::ClientClosed => "client_closed",
            Self::Unread => "unread",
            Self::UpstreamAborted => "upstream_aborted",
            Self::BodyTimeout => "body_timeout",
            Self::Redirected => "redirected",
            Self::Panicked => "panicked",
            Self::Rejected => "rejected",
            Self::RateExceeded => "rate_exceeded",
            Self::Misdirected => "misdirected",
            Self::CameBack => "came_back",
            Self::UpstreamFailed(why) => why,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_upstream_is_logged_with_its_reason() {
        assert_eq!(Termination::UpstreamFailed("upstream_connect").as_str(), "upstream_connect");
    }
}
