//! The visitor, as far as judging cookies needs to know them.

use crate::consent::Choice;
use crate::cookie::{UnixTime, pairs};
use crate::policy::{Consent, Policy};

/// What one request says of its visitor's consent; its response is judged by it, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// What the consent cookie says.
    pub choice: Choice,
    /// What that grants by the site's policy.
    pub consent: Consent,
    /// Whether the visitor sent `Sec-GPC: 1`.
    pub gpc: bool,
}

impl Visitor {
    /// Reads the choice in a `Cookie` field; all cookies of its name count.
    pub(super) fn read(field: Option<&[u8]>, policy: &Policy, gpc: bool, now: UnixTime) -> Self {
        let pairs = field.filter(|field| policy.may_hold_choice(field)).into_iter().flat_map(pairs);
        let choices = pairs.filter(|pair| pair.name.is_some_and(|name| policy.is_consent_cookie(name)));
        let choice = policy.read_choice(choices.map(|pair| pair.value), now);
        Self { consent: policy.consent(&choice, gpc), choice, gpc }
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
