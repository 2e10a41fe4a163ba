//! From the keys of the choice to the categories of the charter.

use super::{CategorySet, Policy};
use crate::consent::{Choice, KeySet};
use crate::cookie::UnixTime;

/// What one visitor's choice grants, by the policy of one site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    pub(super) granted: CategorySet,
    pub(super) refused: CategorySet,
    pub(super) granted_keys: KeySet,
    pub(super) refused_keys: KeySet,
    pub(super) full: bool,
    /// The label of the metrics.
    pub level: ConsentLevel,
}

/// How much a visitor agreed to; the label `consent` of `octroi_requests_total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ConsentLevel {
    #[default]
    None,
    Unreadable,
    Expired,
    Refused,
    Partial,
    Full,
}

impl ConsentLevel {
    /// Every level.
    pub const ALL: [Self; 6] = [Self::None, Self::Unreadable, Self::Expired, Self::Refused, Self::Partial, Self::Full];

    /// The label of the metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Unreadable => "unreadable",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Partial => "partial",
            Self::Full => "full",
        }
    }
}

impl Policy {
    /// Whether a cookie of this name holds the visitor's choice.
    pub fn is_consent_cookie(&self, _name: &[u8]) -> bool {
        todo!()
    }

    /// Reads all values of the consent cookie together.
    pub fn read_choice<'a>(&self, _values: impl Iterator<Item = &'a [u8]>, _now: UnixTime) -> Choice {
        todo!()
    }

    /// What a choice grants. `gpc`: the visitor sent `Sec-GPC: 1`.
    pub fn consent(&self, _choice: &Choice, _gpc: bool) -> Consent {
        todo!()
    }
}
