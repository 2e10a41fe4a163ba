//! What speaks against a single cookie under an exempt heading, or for one where the page leaves it open.

use super::cut;
use crate::charter::NamePattern;
use crate::import::rows::{Need, Row, is_left_to_purpose};
use crate::import::{evidence, trackers};

/// Says that a cookie is exempt by its purpose alone, because the page leaves it open; `None` if it is not.
///
/// The row must state a purpose that needs no consent, nothing in it may speak against that, and its name must be no
/// tracker's.
pub(super) fn by_purpose(row: &Row, pattern: &NamePattern) -> Option<String> {
    let name = pattern.text();
    let provider = row.provider.as_deref().or(row.service.as_deref()).unwrap_or_default();
    let is_stated = row.purpose.as_ref().is_some_and(|text| evidence::states_exempt_purpose(name, provider, text));
    let is_exempt =
        is_stated && is_left_to_purpose(&row.category) && row.against.is_none() && trackers::owner(pattern).is_none();
    is_exempt.then(|| {
        format!("the page does not say whether `{name}` needs consent: by its purpose it needs none, and is exempt")
    })
}

/// Whether a cookie needs consent, and why it does if its heading says that it is exempt.
pub(super) fn doubt(row: &Row, pattern: &NamePattern) -> (Need, Option<String>) {
    if by_purpose(row, pattern).is_some() {
        return (Need::Exempt, None);
    }
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
