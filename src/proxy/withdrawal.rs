//! Withdrawal: a cookie that a request carries without consent is taken out of the browser on a top-level navigation.
//!
//! No state is needed: as long as the browser sends such a cookie, each navigation's response deletes it, and a visitor
//! who refuses after having agreed is served as one who always refused.

use http::header::{ACCEPT, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::visitor::Visitor;
use crate::consent::Reading;
use crate::policy::expiry::{Expired, Page, deletions, parent_domains};
use crate::snapshot::Site;

const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH: [HeaderName; 3] = [SEC_FETCH_DEST, SEC_FETCH_MODE, SEC_FETCH_SITE];

/// Room for deletions in a response's head. A proxy in front often has 4 KiB for the whole of it.
const BYTES_BEHIND_A_PROXY: usize = 3 << 10;
const BYTES: usize = 32 << 10;

/// A cookie of the request that was kept from the portal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stripped {
    pub(super) name: Vec<u8>,
    /// The position in the charter of the declaration that named it.
    pub(super) declaration: Option<usize>,
}

/// Whether the deletions of this visitor's cookies may ride on the response to this request.
///
/// A browser may keep a choice to itself on a visit from another site (`SameSite`): there the absence of one proves
/// nothing, and what it might have granted stays.
pub(super) fn may_expire(method: &Method, headers: &HeaderMap, visitor: &Visitor) -> bool {
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

/// The deletions of these cookies, as many as fit. `behind_a_proxy`: the response passes a trusted proxy.
pub(super) fn expire(stripped: &[Stripped], site: &Site, page: Page<'_>, behind_a_proxy: bool) -> Vec<HeaderValue> {
    let expired: Vec<_> = stripped.iter().map(|cookie| expired(cookie, site, page.host)).collect();
    let lines = deletions(&expired, page, if behind_a_proxy { BYTES_BEHIND_A_PROXY } else { BYTES });
    lines.into_iter().filter_map(|line| HeaderValue::from_maybe_shared(bytes::Bytes::from(line)).ok()).collect()
}

/// A declared cookie may have been set for any parent domain. An undeclared one that was may be a sibling site's, which
/// is not ours to delete.
fn expired<'a>(cookie: &'a Stripped, site: &'a Site, host: &'a str) -> Expired<'a> {
    let declared = cookie.declaration.and_then(|index| site.charter.cookies.get(index));
    let Some(declared) = declared else {
        return Expired { name: &cookie.name, domains: Vec::new(), paths: Vec::new() };
    };
    let mut domains: Vec<&str> = declared.domain.iter().map(|domain| domain.trim_start_matches('.')).collect();
    domains.extend(parent_domains(host));
    Expired { name: &cookie.name, domains, paths: declared.path.iter().map(String::as_bytes).collect() }
}

/// Adds deletions to a response, after its own cookies.
pub(super) fn add(headers: &mut HeaderMap, deletions: &[HeaderValue]) {
    for line in deletions {
        headers.append(SET_COOKIE, line.clone());
    }
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
