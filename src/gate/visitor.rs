//! The visitor, as far as judging cookies needs to know them.

use crate::consent::Choice;
use crate::policy::Consent;

/// What one request says of its visitor's consent; the response is judged by it, too.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Visitor {
    /// What the consent cookie says.
    pub(crate) choice: Choice,
    /// What that grants by the site's policy.
    pub(crate) consent: Consent,
    /// Whether the visitor sent `Sec-GPC: 1`.
    pub(crate) gpc: bool,
}
