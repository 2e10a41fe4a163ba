//! What speaks against a single cookie under an exempt heading, or for one if the page leaves it open.

use super::cut;
use crate::charter::NamePattern;
use crate::import::rows::{Need, Row, is_left_to_purpose};
use crate::import::{evidence, trackers};

/// Says that the purpose of a cookie reads as one that needs no consent, if the page leaves open whether it does; `None` if
/// anything speaks against it.
///
/// The cookie is written as needing consent all the same: whether a page's words are enough is for a person to decide.
pub(super) fn by_purpose(row: &Row, pattern: &NamePattern) -> Option<String> {
    let name = pattern.text();
    let provider = row.provider.as_deref().or(row.service.as_deref()).unwrap_or_default();
    let is_stated = row.purpose.as_ref().is_some_and(|text| evidence::states_exempt_purpose(name, provider, text));
    let is_open =
        is_stated && is_left_to_purpose(&row.category) && row.against.is_none() && trackers::owner(pattern).is_none();
    is_open.then(|| {
        format!(
            "the page does not say whether `{name}` needs consent, and its purpose reads as one that needs none: if you agree, \
             move it to an exempt category"
        )
    })
}

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
