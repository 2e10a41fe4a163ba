//! Deletions: a cookie that a request carries without consent is taken out of the browser on a top-level navigation; if the
//! request carries a choice, on any request from the site's own pages.
//!
//! No state is needed: as long as the browser sends such a cookie, each such response deletes it, and a visitor who
//! refuses after having agreed is served as one who always refused. Which lines are sent is for the [`plan`].

mod plan;

use super::Fields;
use super::observed_paths::ObservedPaths;
use super::request::{RequestOutcome, RequestView, Stripped};
use super::response::ResponseView;
use super::visitor::Visitor;
use crate::config::DeletionBytes;
use crate::cookie::{is_within, parent_domains};
use crate::snapshot::Site;
use plan::{Expired, Page, Room, deletions};

const SEC_FETCH_DEST: &str = "sec-fetch-dest";
const SEC_FETCH_MODE: &str = "sec-fetch-mode";
const SEC_FETCH_SITE: &str = "sec-fetch-site";
const SEC_FETCH: [&str; 3] = [SEC_FETCH_DEST, SEC_FETCH_MODE, SEC_FETCH_SITE];
const UPGRADE_INSECURE_REQUESTS: &str = "upgrade-insecure-requests";

/// `auto` where a trusted proxy stands in front: many have 4 KiB for the whole head of a response.
const BYTES_BEHIND_A_PROXY: usize = 3 << 10;
/// `auto` elsewhere.
const BYTES: usize = 32 << 10;
/// Chromium refuses a head of more than 256 KiB; the portal's own fields need room, too.
const MOST_BYTES: usize = 192 << 10;
/// Behind a trusted proxy, whatever their bytes: HAProxy answers 502 where a response has more than 101 fields.
const LINES_BEHIND_A_PROXY: usize = 60;
/// The fields of a whole response where it may meet HAProxy's limit, or the 100 lines of Python's `http.client`. The rest is
/// for what is added on the way: by hyper, and by other proxies.
const MOST_FIELDS: usize = 90;

/// What the response passes on its way to the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A proxy that the listener trusts.
    TrustedProxy,
    /// Nobody knows: not all clients, and not all proxies, take a hundred fields.
    Unknown,
    /// A browser asked: nothing else says where its requests come from, or that they may be upgraded. Over http, browsers
    /// say the latter alone.
    Browser,
}

impl Way {
    /// The way of the deletions of this visitor's cookies; `None` if none may ride on the response to this request.
    pub(super) fn of_deletions<F: Fields>(request: &RequestView<'_, F>, visitor: &Visitor) -> Option<Self> {
        let fields = request.fields;
        may_delete(request.is_get, fields, visitor).then(|| {
            if request.behind_a_proxy {
                Self::TrustedProxy
            } else if says_where_from(fields) || is(fields, UPGRADE_INSECURE_REQUESTS, "1") {
                Self::Browser
            } else {
                Self::Unknown
            }
        })
    }
}

impl RequestOutcome {
    /// The lines that delete what was stripped, as many as there is room for on this way beside the `fields` that the
    /// response has.
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

/// Whether the deletions of this visitor's cookies may ride on the response to this request.
///
/// A browser may keep a choice, or a part of it, to itself on a visit from another site or in a frame (`SameSite`): there
/// the absence of one proves nothing, and what it might have granted stays. If the request carries a choice, the browser withholds none,
/// and every request from the site's own pages will do: so cookies are reached whose path no page has.
fn may_delete(is_get: bool, fields: &impl Fields, visitor: &Visitor) -> bool {
    if visitor.choices.is_given() && is(fields, SEC_FETCH_SITE, "same-origin") {
        return true;
    }
    let withheld = visitor.choices.is_silent() && is(fields, SEC_FETCH_SITE, "cross-site");
    is_get && is_navigation(fields) && !withheld
}

fn is_navigation(fields: &impl Fields) -> bool {
    if says_where_from(fields) {
        return (is(fields, SEC_FETCH_MODE, "navigate") && is(fields, SEC_FETCH_DEST, "document"))
            || is_passed_on_by_a_worker(fields);
    }
    fields.accept_html()
}

fn says_where_from(fields: &impl Fields) -> bool {
    SEC_FETCH.iter().any(|name| fields.values(name).next().is_some())
}

/// A navigation that a service worker's `fetch(event.request)` passes on: the destination is lost, in Firefox the mode as
/// well; what the browser asked for stays. A script's own request does not upgrade, and a frame has a destination.
fn is_passed_on_by_a_worker(fields: &impl Fields) -> bool {
    is(fields, SEC_FETCH_DEST, "empty")
        && (is(fields, SEC_FETCH_SITE, "same-origin") || is(fields, SEC_FETCH_SITE, "none"))
        && is(fields, UPGRADE_INSECURE_REQUESTS, "1")
        && fields.accept_html()
}

fn is(fields: &impl Fields, name: &'static str, value: &str) -> bool {
    fields.values(name).next() == Some(value.as_bytes())
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

/// A declared cookie may have been set for any parent domain. An undeclared one that was may be a sibling site's, which
/// is not ours to delete, but where the charter says that the controller owns that domain.
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
    use crate::consent::{Choice, Choices, Reading};
    use crate::gate::testing::Lines;

    fn visitor(reading: Reading) -> Visitor {
        let choice = Choice { reading, ..Choice::default() };
        Visitor { choices: Choices::new([choice].into_iter()), ..Visitor::default() }
    }

    fn expires(lines: &[(&'static str, &'static str)], reading: Reading) -> bool {
        let visitor = visitor(reading);
        may_delete(true, &Lines(lines.to_vec()), &visitor)
    }

    #[test]
    fn only_a_top_level_navigation_carries_deletions() {
        let (mode, dest) = (("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"));
        assert!(expires(&[mode, dest], Reading::Absent));
        assert!(!expires(&[mode, ("sec-fetch-dest", "iframe")], Reading::Given));
        assert!(!expires(
            &[("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty"), ("accept", "text/html")],
            Reading::Given
        ));
        assert!(!expires(&[mode], Reading::Given));
        assert!(expires(&[("accept", "text/html;q=0.8")], Reading::Absent));
        assert!(!expires(&[("accept", "*/*")], Reading::Absent));
        assert!(!expires(&[], Reading::Absent));
        assert!(!may_delete(false, &Lines(vec![mode, dest]), &Visitor::default()));
    }

    #[test]
    fn a_navigation_that_a_worker_passes_on_is_one() {
        const HTML: &str = "text/html,application/xhtml+xml";
        let lines = |mode, dest, site, accept| {
            let fetch = [("sec-fetch-mode", mode), ("sec-fetch-dest", dest), ("sec-fetch-site", site)];
            [&fetch[..], &[("upgrade-insecure-requests", "1"), ("accept", accept)]].concat()
        };
        assert!(expires(&lines("navigate", "empty", "same-origin", HTML), Reading::Absent));
        assert!(expires(&lines("same-origin", "empty", "same-origin", HTML), Reading::Absent));
        assert!(expires(&lines("navigate", "empty", "none", HTML), Reading::Absent));
        assert!(!expires(&lines("navigate", "empty", "cross-site", HTML), Reading::Absent));
        assert!(!expires(&lines("navigate", "iframe", "same-origin", HTML), Reading::Absent));
        assert!(!expires(&lines("cors", "empty", "same-origin", "*/*"), Reading::Absent));
        assert!(!expires(&lines("cors", "empty", "same-origin", HTML)[..3], Reading::Absent));
    }

    #[test]
    fn where_a_choice_came_any_request_of_the_sites_own_pages_will_do() {
        let image =
            |site| Lines(vec![("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image"), ("sec-fetch-site", site)]);
        for is_get in [true, false] {
            assert!(may_delete(is_get, &image("same-origin"), &visitor(Reading::Given)), "{is_get}");
            for reading in [Reading::Absent, Reading::Unreadable, Reading::Expired] {
                assert!(!may_delete(is_get, &image("same-origin"), &visitor(reading)), "{is_get} {reading:?}");
            }
            for site in ["same-site", "cross-site", "none"] {
                assert!(!may_delete(is_get, &image(site), &visitor(Reading::Given)), "{is_get} {site}");
            }
        }
    }

    #[test]
    fn lines_leave_room_for_the_fields_of_the_response() {
        let lines = |way, fields| room(DeletionBytes::Auto, way, fields, 0).lines;
        assert_eq!(lines(Way::TrustedProxy, 10), LINES_BEHIND_A_PROXY);
        assert_eq!(lines(Way::TrustedProxy, 70), 20);
        assert_eq!((lines(Way::TrustedProxy, 200), lines(Way::Unknown, 200)), (0, 0));
        assert_eq!(lines(Way::Unknown, 10), 80);
        assert_eq!(room(DeletionBytes::AtMost(0), Way::TrustedProxy, 10, 0).lines, LINES_BEHIND_A_PROXY);
    }

    #[test]
    fn a_choice_that_may_have_been_withheld_expires_nothing() {
        let visit = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("sec-fetch-site", "cross-site")];
        assert!(!expires(&visit, Reading::Absent));
        assert!(expires(&visit, Reading::Given));
        assert!(expires(&visit, Reading::Unreadable));
    }
}
