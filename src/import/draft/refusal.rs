//! Why a page that declares no cookie is refused.

use crate::import::Refusal;
use crate::import::block::Page;
use crate::import::rows::Found;

/// The reason to give for a page that declares no cookie.
pub(super) fn of(found: &Found, page: &Page) -> Refusal {
    let is_stored = found.rows.iter().any(|row| row.is_stored || !row.names.stored.is_empty());
    match (page.metadata.scripted, page.metadata.frames.first()) {
        _ if is_stored => Refusal::Storage,
        (Some(maker), _) => Refusal::Scripted(maker),
        (None, Some(host)) => Refusal::Framed(host.clone()),
        _ if found.other_tables > 0 || !found.rows.is_empty() => {
            Refusal::NoCookies(found.other_tables + usize::from(!found.rows.is_empty()))
        }
        _ => Refusal::Prose,
    }
}
