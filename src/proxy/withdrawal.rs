//! Withdrawal: a cookie that a request carries without consent is taken out of the browser on a top-level navigation.
//!
//! No state is needed: as long as the browser sends such a cookie, each navigation's response deletes it, and a visitor
//! who refuses after having agreed is served as one who always refused.

use std::rc::Rc;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue, Method, request};

use super::Downstream;
use super::learnt_paths::LearntPaths;
use super::request_cookies::Filtered;
use super::visitor::Visitor;
use crate::config::DeletionBytes;
use crate::consent::Reading;
use crate::cookie::{is_within, parent_domains};
use crate::policy::Judgement;
use crate::policy::expiry::{Expired, Page, Room, deletions};
use crate::snapshot::Site;

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

/// What one request's response takes out of the browser.
#[derive(Debug)]
pub(super) struct Withdrawal {
    /// The cookies of which some were kept from the portal; `None` where no deletion may ride on the response.
    filtered: Option<Rc<Filtered>>,
    https: bool,
    /// Whether the response passes a trusted proxy.
    behind_a_proxy: bool,
}

/// A cookie that was kept from the portal.
#[derive(Debug)]
pub(super) struct Stripped {
    /// Empty where it has none.
    name: Vec<u8>,
    /// The position in the charter of the declaration that named it.
    declaration: Option<usize>,
}

impl Stripped {
    pub(super) fn new(name: Option<&[u8]>, judgement: &Judgement) -> Self {
        Self { name: name.unwrap_or_default().to_vec(), declaration: judgement.declaration }
    }
}

impl Withdrawal {
    /// Of what was kept from the portal of the request with this head.
    pub(super) fn new(
        filtered: Option<Rc<Filtered>>,
        head: &request::Parts,
        https: bool,
        downstream: &Downstream,
        visitor: &Visitor,
    ) -> Self {
        let filtered = filtered
            .filter(|filtered| !filtered.stripped.is_empty() && may_expire(&head.method, &head.headers, visitor));
        Self { filtered, https, behind_a_proxy: downstream.behind_a_proxy }
    }

    /// The lines, as many as there is room for. `host`: the visitor's; `path`: the page's.
    pub(super) fn deletions(&self, host: &str, path: &str, site: &Site, learnt: &LearntPaths) -> Vec<HeaderValue> {
        let Some(filtered) = &self.filtered else { return Vec::new() };
        let page = Page { host, path: path.as_bytes(), https: self.https };
        let expired: Vec<_> = filtered.stripped.iter().map(|cookie| expired(cookie, site, learnt, page.host)).collect();
        let lines = deletions(&expired, page, room(site.limits.deletion_bytes, self.behind_a_proxy));
        lines.into_iter().filter_map(|line| HeaderValue::from_maybe_shared(Bytes::from(line)).ok()).collect()
    }
}

/// Whether the deletions of this visitor's cookies may ride on the response to this request.
///
/// A browser may keep a choice to itself on a visit from another site (`SameSite`): there the absence of one proves
/// nothing, and what it might have granted stays.
fn may_expire(method: &Method, headers: &HeaderMap, visitor: &Visitor) -> bool {
    let withheld = visitor.choice.reading == Reading::Absent && is(headers, &SEC_FETCH_SITE, "cross-site");
    method == Method::GET && is_navigation(headers) && !withheld
}

fn is_navigation(headers: &HeaderMap) -> bool {
    if SEC_FETCH.iter().any(|name| headers.contains_key(name)) {
        return is(headers, &SEC_FETCH_MODE, "navigate") && is(headers, &SEC_FETCH_DEST, "document");
    }
    let mut ranges = headers.get_all(ACCEPT).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    ranges.any(|range| {
        let media_type = range.split(|byte| *byte == b';').next().unwrap_or_default();
        media_type.trim_ascii().eq_ignore_ascii_case(b"text/html")
    })
}

fn is(headers: &HeaderMap, name: &HeaderName, value: &str) -> bool {
    headers.get(name).is_some_and(|found| found.as_bytes() == value.as_bytes())
}

fn room(limit: DeletionBytes, behind_a_proxy: bool) -> Room {
    let bytes = match limit {
        DeletionBytes::Auto if behind_a_proxy => BYTES_BEHIND_A_PROXY,
        DeletionBytes::Auto => BYTES,
        DeletionBytes::AtMost(0) => MOST_BYTES,
        DeletionBytes::AtMost(bytes) => bytes.min(MOST_BYTES),
    };
    Room { bytes, turn: fastrand::usize(..) }
}

/// A declared cookie may have been set for any parent domain. An undeclared one that was may be a sibling site's, which
/// is not ours to delete, but where the charter says that the controller owns that domain.
fn expired<'a>(cookie: &'a Stripped, site: &'a Site, learnt: &'a LearntPaths, host: &'a str) -> Expired<'a> {
    let declared = cookie.declaration.and_then(|index| site.charter.cookies.get(index));
    let mut domains = parent_domains(host);
    match declared.map(|declared| declared.domain.as_deref()) {
        Some(Some(likeliest)) => domains.sort_by_key(|domain| *domain != likeliest.trim_start_matches('.')),
        Some(None) => {}
        None => domains.retain(|domain| site.charter.expire_domains.iter().any(|owned| is_within(domain, owned))),
    }
    let declared_path = declared.and_then(|declared| declared.path.as_deref()).map(str::as_bytes);
    let learnt = learnt.of(&site.name, &cookie.name).iter().map(|path| &**path);
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
    fn a_choice_that_may_have_been_withheld_expires_nothing() {
        let visit = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("sec-fetch-site", "cross-site")];
        assert!(!expires(&visit, Reading::Absent));
        assert!(expires(&visit, Reading::Given));
        assert!(expires(&visit, Reading::Unreadable));
    }
}
