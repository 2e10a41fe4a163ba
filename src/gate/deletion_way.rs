//! Whether the response to a request may carry deletions, and what stands between octroi and the browser.
//!
//! A deletion that the browser does not apply only costs bytes. One that a shared cache stores would be sent to other
//! visitors.

use super::Fields;
use super::visitor::Visitor;

const SEC_FETCH_DEST: &str = "sec-fetch-dest";
const SEC_FETCH_MODE: &str = "sec-fetch-mode";
const SEC_FETCH_SITE: &str = "sec-fetch-site";
const SEC_FETCH: [&str; 3] = [SEC_FETCH_DEST, SEC_FETCH_MODE, SEC_FETCH_SITE];
const UPGRADE_INSECURE_REQUESTS: &str = "upgrade-insecure-requests";

/// What stands between octroi and the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A proxy that the listener trusts.
    TrustedProxy,
    /// Unknown. Not all clients, and not all proxies, accept a hundred fields.
    Unknown,
    /// A browser: nothing else sends `Sec-Fetch-*` or `Upgrade-Insecure-Requests`. Over http, browsers send only the latter.
    Browser,
}

impl Way {
    /// The way of the deletions of this visitor's cookies; `None` if the response to this request may carry none.
    pub(super) fn of_deletions(
        is_get: bool,
        behind_a_proxy: bool,
        fields: &impl Fields,
        visitor: &Visitor,
    ) -> Option<Self> {
        may_delete(is_get, fields, visitor).then(|| {
            if behind_a_proxy {
                Self::TrustedProxy
            } else if says_where_from(fields) || is(fields, UPGRADE_INSECURE_REQUESTS, "1") {
                Self::Browser
            } else {
                Self::Unknown
            }
        })
    }
}

/// Whether the response to this request may carry deletions of this visitor's cookies.
///
/// On a visit from another site, or in a frame, a browser may not send the cookies of a choice, or not all of them
/// (`SameSite`). A missing choice then proves nothing, so cookies that it might grant are not deleted. If the request carries
/// a choice, nothing was withheld, and any request from the site's own pages may carry deletions. That reaches cookies with a
/// `Path` that no page has.
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

/// Whether it is a navigation that a service worker forwarded by `fetch(event.request)`. The destination is lost then, in
/// Firefox the mode as well, but `Accept` and `Upgrade-Insecure-Requests` stay. A script's own request does not have the
/// latter, and a frame has a destination.
fn is_passed_on_by_a_worker(fields: &impl Fields) -> bool {
    is(fields, SEC_FETCH_DEST, "empty")
        && (is(fields, SEC_FETCH_SITE, "same-origin") || is(fields, SEC_FETCH_SITE, "none"))
        && is(fields, UPGRADE_INSECURE_REQUESTS, "1")
        && fields.accept_html()
}

fn is(fields: &impl Fields, name: &'static str, value: &str) -> bool {
    fields.values(name).next() == Some(value.as_bytes())
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
    fn a_choice_that_may_have_been_withheld_expires_nothing() {
        let visit = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("sec-fetch-site", "cross-site")];
        assert!(!expires(&visit, Reading::Absent));
        assert!(expires(&visit, Reading::Given));
        assert!(expires(&visit, Reading::Unreadable));
    }
}
