//! Withdrawal: a cookie that a request carries without consent is taken out of the browser on a top-level navigation; where
//! the request carries a choice, on any request from the site's own pages.
//!
//! No state is needed: as long as the browser sends such a cookie, each such response deletes it, and a visitor who
//! refuses after having agreed is served as one who always refused.

pub(crate) mod plan;

use std::rc::Rc;

use bytes::Bytes;
use http::header::UPGRADE_INSECURE_REQUESTS;
use http::{HeaderMap, HeaderName, HeaderValue, Method, request};

use super::observed_paths::LearntPaths;
use super::request::Filtered;
use super::visitor::Visitor;
use crate::config::DeletionBytes;
use crate::consent::Reading;
use crate::cookie::{is_within, parent_domains};
use crate::http::lists;
use crate::policy::Judgement;
use crate::snapshot::Site;
use plan::{Expired, Page, Room, deletions};

const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH: [HeaderName; 3] = [SEC_FETCH_DEST, SEC_FETCH_MODE, SEC_FETCH_SITE];

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

/// What one request's response takes out of the browser.
#[derive(Debug)]
pub(crate) struct Withdrawal {
    /// The cookies of which some were kept from the portal; `None` where no deletion may ride on the response.
    filtered: Option<Rc<Filtered>>,
    https: bool,
    way: Way,
}

/// What the response passes on its way to the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// A proxy that the listener trusts.
    TrustedProxy,
    /// Nobody knows: not all clients, and not all proxies, take a hundred fields.
    Unknown,
    /// A browser asked: nothing else says where its requests come from, or that they may be upgraded. Over http, browsers
    /// say the latter alone.
    Browser,
}

impl Way {
    fn of(headers: &HeaderMap, behind_a_proxy: bool) -> Self {
        if behind_a_proxy {
            Self::TrustedProxy
        } else if says_where_from(headers) || is(headers, &UPGRADE_INSECURE_REQUESTS, "1") {
            Self::Browser
        } else {
            Self::Unknown
        }
    }
}

/// A cookie that was kept from the portal.
#[derive(Debug)]
pub(crate) struct Stripped {
    /// Empty where it has none.
    name: Vec<u8>,
    /// The position in the charter of the declaration that named it.
    declaration: Option<usize>,
}

impl Stripped {
    pub(crate) fn new(name: Option<&[u8]>, judgement: &Judgement) -> Self {
        Self { name: name.unwrap_or_default().to_vec(), declaration: judgement.declaration }
    }
}

impl Withdrawal {
    /// Of what was kept from the portal of the request with this head.
    pub(crate) fn new(
        filtered: Option<Rc<Filtered>>,
        head: &request::Parts,
        https: bool,
        behind_a_proxy: bool,
        visitor: &Visitor,
    ) -> Self {
        let filtered = filtered
            .filter(|filtered| !filtered.stripped.is_empty() && may_expire(&head.method, &head.headers, visitor));
        let way = filtered.as_ref().map_or(Way::Unknown, |_| Way::of(&head.headers, behind_a_proxy));
        Self { filtered, https, way }
    }

    /// The lines, as many as there is room for beside `fields` that the response has. `host`: the visitor's; `path`: the
    /// page's.
    pub(crate) fn deletions(
        &self,
        host: &str,
        path: &str,
        fields: usize,
        site: &Site,
        learnt: &LearntPaths,
    ) -> Vec<HeaderValue> {
        let Some(filtered) = &self.filtered else { return Vec::new() };
        let page = Page { host, path: path.as_bytes(), https: self.https };
        let expired: Vec<_> = filtered.stripped.iter().map(|cookie| expired(cookie, site, learnt, page)).collect();
        let lines = deletions(&expired, page, room(site.limits.deletion_bytes, self.way, fields));
        lines.into_iter().filter_map(|line| HeaderValue::from_maybe_shared(Bytes::from(line)).ok()).collect()
    }
}

/// Whether the deletions of this visitor's cookies may ride on the response to this request.
///
/// A browser may keep a choice to itself on a visit from another site or in a frame (`SameSite`): there the absence of one
/// proves nothing, and what it might have granted stays. Where the request carries a choice, the browser withholds none,
/// and every request from the site's own pages will do: so cookies are reached whose path no page has.
fn may_expire(method: &Method, headers: &HeaderMap, visitor: &Visitor) -> bool {
    if visitor.choice.reading == Reading::Given && is(headers, &SEC_FETCH_SITE, "same-origin") {
        return true;
    }
    let withheld = visitor.choice.reading == Reading::Absent && is(headers, &SEC_FETCH_SITE, "cross-site");
    method == Method::GET && is_navigation(headers) && !withheld
}

fn is_navigation(headers: &HeaderMap) -> bool {
    if says_where_from(headers) {
        return (is(headers, &SEC_FETCH_MODE, "navigate") && is(headers, &SEC_FETCH_DEST, "document"))
            || is_passed_on_by_a_worker(headers);
    }
    lists::accept_html(headers)
}

fn says_where_from(headers: &HeaderMap) -> bool {
    SEC_FETCH.iter().any(|name| headers.contains_key(name))
}

/// A navigation that a service worker's `fetch(event.request)` passes on: the destination is lost, in Firefox the mode as
/// well; what the browser asked for stays. A script's own request does not upgrade, and a frame has a destination.
fn is_passed_on_by_a_worker(headers: &HeaderMap) -> bool {
    is(headers, &SEC_FETCH_DEST, "empty")
        && (is(headers, &SEC_FETCH_SITE, "same-origin") || is(headers, &SEC_FETCH_SITE, "none"))
        && is(headers, &UPGRADE_INSECURE_REQUESTS, "1")
        && lists::accept_html(headers)
}

fn is(headers: &HeaderMap, name: &HeaderName, value: &str) -> bool {
    headers.get(name).is_some_and(|found| found.as_bytes() == value.as_bytes())
}

fn room(limit: DeletionBytes, way: Way, fields: usize) -> Room {
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
    Room { bytes, lines, turn: fastrand::usize(..) }
}

/// A declared cookie may have been set for any parent domain. An undeclared one that was may be a sibling site's, which
/// is not ours to delete, but where the charter says that the controller owns that domain.
fn expired<'a>(cookie: &'a Stripped, site: &'a Site, learnt: &'a LearntPaths, page: Page<'a>) -> Expired<'a> {
    let declared = cookie.declaration.and_then(|index| site.charter.cookies.get(index));
    let mut domains = parent_domains(page.host);
    match declared.map(|declared| declared.domain.as_deref()) {
        Some(Some(likeliest)) => domains.sort_by_key(|domain| *domain != likeliest.trim_start_matches('.')),
        Some(None) => {}
        None => domains.retain(|domain| site.charter.expire_domains.iter().any(|owned| is_within(domain, owned))),
    }
    let declared_path = declared.and_then(|declared| declared.path.as_deref()).map(str::as_bytes);
    let learnt = learnt.of(&site.name, &cookie.name, page.path);
    Expired { name: &cookie.name, domains, paths: declared_path.into_iter().chain(learnt).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::Choice;
    use crate::proxy::testing::headers;

    fn expires(lines: &[(&str, &str)], reading: Reading) -> bool {
        let visitor = Visitor { choice: Choice { reading, ..Choice::default() }, ..Visitor::default() };
        may_expire(&Method::GET, &headers(lines), &visitor)
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
        assert!(expires(&[("accept", "application/xml;q=0.9, text/HTML;q=0.8")], Reading::Absent));
        assert!(!expires(&[("accept", "*/*")], Reading::Absent));
        assert!(!expires(&[], Reading::Absent));
        assert!(!may_expire(&Method::POST, &headers(&[mode, dest]), &Visitor::default()));
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
        let visitor = |reading| Visitor { choice: Choice { reading, ..Choice::default() }, ..Visitor::default() };
        let image =
            |site| headers(&[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image"), ("sec-fetch-site", site)]);
        for method in [Method::GET, Method::POST, Method::HEAD] {
            assert!(may_expire(&method, &image("same-origin"), &visitor(Reading::Given)), "{method}");
            for reading in [Reading::Absent, Reading::Unreadable, Reading::Expired] {
                assert!(!may_expire(&method, &image("same-origin"), &visitor(reading)), "{method} {reading:?}");
            }
            for site in ["same-site", "cross-site", "none"] {
                assert!(!may_expire(&method, &image(site), &visitor(Reading::Given)), "{method} {site}");
            }
        }
    }

    #[test]
    fn lines_leave_room_for_the_fields_of_the_response() {
        let lines = |way, fields| room(DeletionBytes::Auto, way, fields).lines;
        assert_eq!(lines(Way::TrustedProxy, 10), LINES_BEHIND_A_PROXY);
        assert_eq!(lines(Way::TrustedProxy, 70), 20);
        assert_eq!((lines(Way::TrustedProxy, 200), lines(Way::Unknown, 200)), (0, 0));
        assert_eq!(lines(Way::Unknown, 10), 80);
        assert_eq!(room(DeletionBytes::AtMost(0), Way::TrustedProxy, 10).lines, LINES_BEHIND_A_PROXY);
    }

    #[test]
    fn a_choice_that_may_have_been_withheld_expires_nothing() {
        let visit = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("sec-fetch-site", "cross-site")];
        assert!(!expires(&visit, Reading::Absent));
        assert!(expires(&visit, Reading::Given));
        assert!(expires(&visit, Reading::Unreadable));
    }
}
