//! The one function of the product: what happens to one cookie.

use super::{CategoryId, Consent, Policy};
use crate::cookie::{Amendment, SetCookie, UnixTime};

/// What is judged.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A line of a response.
    SetCookie(&'a SetCookie<'a>),
    /// The name of a pair of a request.
    Pair(&'a [u8]),
}

/// What happens to a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It passes as it is.
    Pass,
    /// It passes, changed in these attributes where they do not comply.
    Amend(Amendment),
    /// It surely deletes: it passes as an empty, canonical deletion.
    Delete,
    /// It does not pass. A pair of a request is also expired in the browser when the time comes.
    Drop,
}

/// Why; a label of the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Its category, or its nature, needs no consent.
    Exempt,
    /// It serves anonymous statistics under the exemption for audience measurement, and was not refused.
    Audience,
    /// The visitor agreed.
    Granted,
    /// The visitor said nothing of it.
    Unsaid,
    /// The visitor refused.
    Refused,
    /// The charter does not name it and lets no such cookie pass.
    Denied,
    /// It cannot be read as a cookie.
    Unreadable,
    /// The path sets no cookie at all (`strip_all`).
    PathStripped,
}

impl Reason {
    /// Every reason, in the order of their labels' tables.
    pub const ALL: [Self; 8] = [
        Self::Exempt,
        Self::Audience,
        Self::Granted,
        Self::Unsaid,
        Self::Refused,
        Self::Denied,
        Self::Unreadable,
        Self::PathStripped,
    ];

    /// The label of the metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Audience => "audience",
            Self::Granted => "granted",
            Self::Unsaid => "unsaid",
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::Unreadable => "unreadable",
            Self::PathStripped => "path-stripped",
        }
    }
}

/// What happens to one cookie, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What happens.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What it is for.
    pub category: CategoryId,
    /// The position in the charter of the declaration that named it.
    pub declaration: Option<usize>,
    /// Whether consent decides over it: the response must not be kept by a shared cache.
    pub gated: bool,
}

impl Policy {
    /// What happens to one cookie.
    pub fn judge(&self, _subject: Subject<'_>, _consent: &Consent, _now: UnixTime) -> Judgement {
        todo!()
    }

    /// The judgement of a line or a piece that is no cookie: it is dropped.
    pub fn unreadable() -> Judgement {
        todo!()
    }
}
