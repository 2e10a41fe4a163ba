//! What speaks against a single cookie under an exempt heading.

use super::cut;
use crate::charter::NamePattern;
use crate::import::rows::{Need, Row};
use crate::import::{evidence, trackers};

/// Whether a cookie needs consent, and why it does if its heading says that it is exempt.
pub(super) fn doubt(row: &Row, pattern: &NamePattern) -> (Need, Option<String>) {
    if row.category.need != Need::Exempt {
        return (row.category.need.clone(), None);
    }
    let heading = row.category.title.clone().unwrap_or_default();
    let name = pattern.text();
    let provider = row.provider.as_deref().or(row.service.as_deref()).unwrap_or_default();
    let is_known = |purpose: &&String| evidence::is_exempt_purpose(name, provider, purpose);
    let reason = if let Some(owner) = trackers::owner(pattern) {
        format!("is known as a tracker's ({owner})")
    } else if let Some(against) = &row.against {
        format!("its row says “{}”, which speaks of consent, or of a purpose or a service that needs it", cut(against))
    } else if let Some(purpose) = row.purpose.as_ref().filter(|purpose| !is_known(purpose)) {
        format!("its row says “{}”, which is not known for a purpose that needs no consent", cut(purpose))
    } else {
        return (Need::Exempt, None);
    };
    let message =
        format!("`{name}` stands under “{heading}”, which is exempt, and {reason}: it is written as needing consent");
    (Need::Doubtful(message.clone()), Some(message))
}
