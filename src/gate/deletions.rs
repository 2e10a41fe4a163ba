//! Deletions: if a request carries a cookie without consent, the response deletes it from the browser. The request must be a
//! top-level navigation or, if it carries a choice, any request from the site's own pages.
//!
//! No state is needed: as long as the browser sends such a cookie, each such response deletes it. A visitor who withdraws
//! consent is served like one who never gave it. [`plan`] decides which lines are sent.

mod plan;

use super::deletion_way::Way;
use super::observed_paths::ObservedPaths;
use super::request::{RequestOutcome, Stripped};
use super::response::ResponseView;
use crate::config::DeletionBytes;
use crate::cookie::{is_within, parent_domains};
use crate::snapshot::Site;
use plan::{Expired, Page, Room, deletions};

/// `auto` if a trusted proxy stands in front: many have 4 KiB for the whole head of a response.
const BYTES_BEHIND_A_PROXY: usize = 3 << 10;
/// `auto` elsewhere.
const BYTES: usize = 32 << 10;
/// Chromium refuses a head of more than 256 KiB; the portal's own fields need room, too.
const MOST_BYTES: usize = 192 << 10;
/// Behind a trusted proxy, whatever their bytes: HAProxy answers 502 if a response has more than 101 fields.
const LINES_BEHIND_A_PROXY: usize = 60;
/// The fields of a whole response if it may meet HAProxy's limit, or the 100 lines of Python's `http.client`. The rest is
/// for what is added on the way: by hyper, and by other proxies.
const MOST_FIELDS: usize = 90;

impl RequestOutcome {
    /// The lines that delete the stripped cookies: as many as this way has room for. `fields`: how many fields the response
    /// has already.
    pub(super) fn deletions<F, L>(
        &self,
        way: Way,
        site: &Site,
        response: &ResponseView<'_, F, L>,
        fields: usize,
        observed: &ObservedPaths,
    ) -> Vec<Vec<u8>> {
        let page = Page { host: response.host, path: response.path.as_bytes(), https: self.https };
        let expired: Vec<_> = self.stripped().iter().map(|cookie| expired(cookie, site, observed, page)).collect();
        deletions(&expired, page, room(site.limits.deletion_bytes, way, fields, (response.random)()))
    }
}

fn room(limit: DeletionBytes, way: Way, fields: usize, turn: usize) -> Room {
    let bytes = match limit {
        DeletionBytes::Auto if way == Way::TrustedProxy => BYTES_BEHIND_A_PROXY,
        DeletionBytes::Auto => BYTES,
        DeletionBytes::AtMost(0) => MOST_BYTES,
        DeletionBytes::AtMost(bytes) => bytes.min(MOST_BYTES),
    };
    let left = MOST_FIELDS.saturating_sub(fields);
    let lines = match way {
        Way::TrustedProxy => left.min(LINES_BEHIND_A_PROXY),
        Way::Unknown => left,
        Way::Browser => usize::MAX,
    };
    Room { bytes, lines, turn }
}

/// A declared cookie may have been set for any parent domain, and is deleted there. An undeclared cookie of a parent domain may
/// belong to a sibling site, so it is deleted there only if the charter says that the controller owns that domain.
fn expired<'a>(cookie: &'a Stripped, site: &'a Site, observed: &'a ObservedPaths, page: Page<'a>) -> Expired<'a> {
    let declared = cookie.declaration.and_then(|index| site.charter.cookies.get(index));
    let mut domains = parent_domains(page.host);
    match declared.map(|declared| declared.domain.as_deref()) {
        Some(Some(likeliest)) => domains.sort_by_key(|domain| *domain != likeliest.trim_start_matches('.')),
        Some(None) => {}
        None => domains.retain(|domain| site.charter.expire_domains.iter().any(|owned| is_within(domain, owned))),
    }
    let declared_path = declared.and_then(|declared| declared.path.as_deref()).map(str::as_bytes);
    let observed = observed.of(&site.name, &cookie.name, page.path);
    Expired { name: &cookie.name, domains, paths: declared_path.into_iter().chain(observed).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_leave_room_for_the_fields_of_the_response() {
        let lines = |way, fields| room(DeletionBytes::Auto, way, fields, 0).lines;
        assert_eq!(lines(Way::TrustedProxy, 10), LINES_BEHIND_A_PROXY);
        assert_eq!(lines(Way::TrustedProxy, 70), 20);
        assert_eq!((lines(Way::TrustedProxy, 200), lines(Way::Unknown, 200)), (0, 0));
        assert_eq!(lines(Way::Unknown, 10), 80);
        assert_eq!(room(DeletionBytes::AtMost(0), Way::TrustedProxy, 10, 0).lines, LINES_BEHIND_A_PROXY);
    }
}
