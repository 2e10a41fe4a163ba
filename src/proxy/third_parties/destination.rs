//! What the browser fetches: whether a policy goes with it.
//!
//! Documents, frames and workers are bound by the policy that came with them; images, styles, scripts and what a script
//! fetches by that of the page that asks for them (HTML, "policy container").

use http::header::{CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::http::fields::{self, Lines};
use crate::http::lists;

const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// For what a request asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::proxy) enum Destination {
    /// A document, a frame or a worker.
    Page,
    /// A part of a page, or what its script fetches. If it accepts HTML, a service worker may be passing a page on, whose
    /// destination is lost.
    Part {
        /// `Accept` names `text/html`.
        accepts_html: bool,
    },
    /// The browser does not say.
    Unsaid {
        /// `Accept` names `text/html`.
        accepts_html: bool,
    },
}

impl Destination {
    /// What the request's fields say (Fetch Metadata, section 2.1). `accepts_html`: its `Accept` names `text/html`.
    pub(in crate::proxy) fn of(request: &HeaderMap, accepts_html: bool) -> Self {
        match fields::lines(request, &SEC_FETCH_DEST) {
            Lines::One(value) if is_page(value.as_bytes()) => Self::Page,
            Lines::One(_) => Self::Part { accepts_html },
            Lines::None | Lines::Several => Self::Unsaid { accepts_html },
        }
    }

    /// Whether a page is asked for, as far as the request tells.
    pub(in crate::proxy) fn is_page(self) -> bool {
        matches!(self, Self::Page | Self::Part { accepts_html: true } | Self::Unsaid { accepts_html: true })
    }

    /// Whether a document is asked for that is shown: in a window or a frame, as far as the request tells.
    pub(super) fn is_shown(self) -> bool {
        matches!(self, Self::Page | Self::Unsaid { accepts_html: true })
    }

    /// Whether a policy goes with the response. HTML has one whatever it was asked for as: it may be stored, and shown as a
    /// page later.
    pub(in crate::proxy) fn has_policy(self, response: &HeaderMap) -> bool {
        let (if_untyped, is_one): (bool, fn(&HeaderValue) -> bool) = match self {
            Self::Page => return true,
            Self::Part { accepts_html } => (accepts_html, is_html),
            Self::Unsaid { .. } => (true, |value| is_html(value) || is_xml(essence(value))),
        };
        let mut types = response.get_all(CONTENT_TYPE).iter();
        types.next().map_or(if_untyped, |first| is_one(first) || types.any(is_one))
    }
}

/// Keeps what is no page, but could be shown or run as one, from the browser's cache when it is: a script may be fetched first
/// for a page, without a policy, and a worker then be begun from the cache (RFC 9110 §12.5.5).
pub(super) fn keep_apart(response: &mut HeaderMap) {
    let may_run = |value| {
        let essence = essence(value);
        is_script(essence) || is_xml(essence)
    };
    if response.get_all(CONTENT_TYPE).iter().any(may_run)
        && !lists::contain(response, &VARY, SEC_FETCH_DEST.as_str().as_bytes())
    {
        response.append(VARY, HeaderValue::from_static("sec-fetch-dest"));
    }
}

/// Whether the word of `Sec-Fetch-Dest` names what has a policy of its own.
fn is_page(word: &[u8]) -> bool {
    matches!(
        word,
        b"document"
            | b"iframe"
            | b"frame"
            | b"fencedframe"
            | b"embed"
            | b"object"
            | b"worker"
            | b"sharedworker"
            | b"serviceworker"
    )
}

/// Whether a request is for a document in a window or a frame, also if a service worker passes it on, whose destination is lost.
/// Of a browser that does not say so (any, on a site without TLS): whether it accepts HTML.
pub(super) fn is_for_document(request: &HeaderMap) -> bool {
    let Lines::One(destination) = fields::lines(request, &SEC_FETCH_DEST) else { return lists::accept_html(request) };
    let is_worker = matches!(destination.as_bytes(), b"worker" | b"sharedworker" | b"serviceworker");
    let is_navigation =
        || matches!(fields::lines(request, &SEC_FETCH_MODE), Lines::One(mode) if mode.as_bytes() == b"navigate");
    (is_page(destination.as_bytes()) && !is_worker) || is_navigation()
}

/// The media type without its parameters.
pub(super) fn essence(value: &HeaderValue) -> &[u8] {
    value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii()
}

fn is_html(value: &HeaderValue) -> bool {
    // Mostly it is written like this, and need not be compared letter by letter.
    if let Some([] | [b';', ..]) = value.as_bytes().strip_prefix(b"text/html") {
        return true;
    }
    let essence = essence(value);
    essence.eq_ignore_ascii_case(b"text/html") || essence.eq_ignore_ascii_case(b"application/xhtml+xml")
}

/// Of a JavaScript MIME type (MIME Sniffing, section 4.6), which a worker must have.
fn is_script(essence: &[u8]) -> bool {
    let subtype = essence.split(|byte| *byte == b'/').nth(1).unwrap_or_default();
    let subtype =
        subtype.split_at_checked(2).filter(|(x, _)| x.eq_ignore_ascii_case(b"x-")).map_or(subtype, |(_, rest)| rest);
    [&b"javascript"[..], b"ecmascript", b"jscript", b"livescript"]
        .iter()
        .any(|name| subtype.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

/// SVG is one of them (MIME Sniffing, "XML MIME type").
fn is_xml(essence: &[u8]) -> bool {
    let ends_so = |end: &[u8]| {
        essence
            .len()
            .checked_sub(end.len())
            .and_then(|start| essence.get(start..))
            .is_some_and(|last| last.eq_ignore_ascii_case(end))
    };
    ends_so(b"+xml") || ends_so(b"/xml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::lists;
    use crate::proxy::testing::headers;

    fn destination(request: &[(&str, &str)]) -> Destination {
        let request = headers(request);
        Destination::of(&request, lists::accept_html(&request))
    }

    #[test]
    fn a_policy_goes_with_pages_alone() {
        let table: &[(Option<&str>, &str, &[&str], bool)] = &[
            (Some("document"), "", &[], true),
            (Some("document"), "", &["application/pdf"], true),
            (Some("iframe"), "", &["text/html"], true),
            (Some("serviceworker"), "", &["text/javascript"], true),
            (Some("empty"), "*/*", &["application/json"], false),
            (Some("empty"), "*/*", &["text/html;charset=utf-8"], true),
            (Some("empty"), "text/html, */*", &[], true),
            (Some("empty"), "*/*", &[], false),
            (Some("image"), "", &["image/svg+xml"], false),
            (Some("script"), "", &["text/javascript"], false),
            (Some("something-new"), "", &[], false),
            (None, "text/html", &["Text/HTML ; charset=utf-8"], true),
            (None, "*/*", &["image/svg+xml"], true),
            (None, "*/*", &["text/xml"], true),
            (None, "*/*", &["application/json"], false),
            (None, "*/*", &["application/json", "text/html"], true),
            (None, "*/*", &[], true),
        ];
        for (dest, accept, types, expected) in table {
            let request: Vec<_> =
                dest.map(|dest| ("sec-fetch-dest", dest)).into_iter().chain([("accept", *accept)]).collect();
            let response: Vec<_> = types.iter().map(|value| ("content-type", *value)).collect();
            assert_eq!(destination(&request).has_policy(&headers(&response)), *expected, "{dest:?} {types:?}");
        }
    }

    #[test]
    fn what_may_run_or_be_shown_is_kept_apart_by_destination() {
        for (kind, vary, expected) in [
            ("text/javascript; charset=utf-8", None, &["sec-fetch-dest"][..]),
            ("Application/X-JavaScript", Some("accept-encoding"), &["accept-encoding", "sec-fetch-dest"]),
            ("text/javascript1.5", Some("Accept, Sec-Fetch-Dest"), &["Accept, Sec-Fetch-Dest"]),
            ("image/svg+xml", None, &["sec-fetch-dest"]),
            ("application/xml", None, &["sec-fetch-dest"]),
            ("text/css", None, &[]),
            ("application/json", None, &[]),
            ("image/png", Some("accept"), &["accept"]),
        ] {
            let mut response = headers(&[("content-type", kind)]);
            response.extend(vary.map(|vary| (VARY, HeaderValue::from_static(vary))));
            keep_apart(&mut response);
            let lines: Vec<_> = response.get_all(VARY).iter().map(|line| line.to_str().unwrap()).collect();
            assert_eq!(lines, expected, "{kind}");
        }
    }

    #[test]
    fn documents_are_told_from_what_they_ask_for() {
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-dest", "document")], true),
            (&[("sec-fetch-dest", "iframe"), ("accept", "*/*")], true),
            (&[("sec-fetch-dest", "object")], true),
            (&[("sec-fetch-dest", "empty"), ("sec-fetch-mode", "navigate"), ("accept", "text/html")], true),
            (&[("sec-fetch-dest", "empty"), ("sec-fetch-mode", "cors"), ("accept", "text/html")], false),
            (&[("sec-fetch-dest", "script"), ("sec-fetch-mode", "no-cors")], false),
            (&[("sec-fetch-dest", "image"), ("accept", "image/*")], false),
            (&[("sec-fetch-dest", "serviceworker"), ("sec-fetch-mode", "same-origin")], false),
            (&[("sec-fetch-dest", "worker")], false),
            (&[("accept", "text/html,*/*")], true),
            (&[("accept", "*/*")], false),
            (&[], false),
            (&[("sec-fetch-dest", "document"), ("sec-fetch-dest", "image")], false),
        ];
        for (lines, expected) in table {
            assert_eq!(is_for_document(&headers(lines)), *expected, "{lines:?}");
        }
    }

    #[test]
    fn old_browsers_ask_for_pages_by_what_they_accept() {
        assert!(destination(&[("accept", "text/html, */*")]).is_page());
        assert!(!destination(&[("accept", "*/*")]).is_page());
        assert!(destination(&[("accept", "text/html"), ("sec-fetch-dest", "empty")]).is_page());
        assert!(!destination(&[("accept", "*/*"), ("sec-fetch-dest", "empty")]).is_page());
        assert!(destination(&[("sec-fetch-dest", "worker")]).is_page());
    }
}
