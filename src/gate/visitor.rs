//! What judging cookies needs to know of the visitor.
//!
//! It is read from the request once; the response is judged by the same.

use crate::consent::Choices;
use crate::cookie::{UnixTime, pairs};
use crate::policy::{Consent, Policy};

/// What one request says of its visitor's consent; its response is judged by it, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// What the banners recorded.
    pub choices: Choices,
    /// What that grants by the site's policy.
    pub consent: Consent,
    /// Whether the visitor sent `Sec-GPC: 1`.
    pub gpc: bool,
}

impl Visitor {
    /// Reads the choice in a `Cookie` field; all cookies of its name count.
    pub(super) fn read(field: Option<&[u8]>, policy: &Policy, gpc: bool, now: UnixTime) -> Self {
        let Some(field) = field.filter(|field| policy.may_hold_choice(field)) else {
            return Self { choices: Choices::default(), consent: policy.silence(gpc), gpc };
        };
        let choices = policy.read_choices(&pairs(field).filter_map(|pair| Some((pair.name?, pair.value))), now);
        Self { consent: policy.consent(&choices, gpc, now), choices, gpc }
    }
}

/// Whether the lines of `Sec-GPC` signal a refusal: `1` and nothing else does, on any line (Global Privacy Control §3.2).
pub fn says_gpc<'a>(mut lines: impl Iterator<Item = &'a [u8]>) -> bool {
    lines.any(|line| line == b"1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gpc_is_exactly_one() {
        for (lines, expected) in [
            (&["1"][..], true),
            (&["0"], false),
            (&["true"], false),
            (&["1, 1"], false),
            (&[""], false),
            (&[], false),
            (&["0", "1"], true),
        ] {
            assert_eq!(says_gpc(lines.iter().map(|line| line.as_bytes())), expected, "{lines:?}");
        }
    }
}
