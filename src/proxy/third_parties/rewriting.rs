//! Which pages are rewritten (`level = "pages"`), and what their heads then say.
//!
//! A page that cannot be rewritten leaves as it is, and is counted: its policy stands in any case.

use std::sync::Arc;

use encoding_rs::Encoding;
use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE,
    ETAG, IF_RANGE, LAST_MODIFIED, RANGE, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use url::Url;

use super::destination::{Destination, essence};
use super::{PageRequest, held};
use crate::html_rewriter::{PageAddress, Rewriter, Rules};
use crate::http::fields::{self, Lines};
use crate::http::lists;
use crate::party::Decision;
use crate::proxy::headers::location::PublicAddress;
use crate::snapshot::Site;
use crate::telemetry::metrics::PageRewrite;

/// Whether a request asks for what would be rewritten: a document, in full, or its head.
pub(super) fn asks_for_page(method: &Method, destination: Destination) -> bool {
    matches!(*method, Method::GET | Method::HEAD) && destination.is_shown()
}

/// Asks the portal for a page that can be rewritten: plain, and the whole of it.
pub(super) fn ask_plain(headers: &mut HeaderMap) {
    fields::remove(headers, |name| *name == RANGE || *name == IF_RANGE);
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
}

/// Whether a visitor takes gzip (RFC 9110 §12.5.3).
pub(super) fn accepts_gzip(headers: &HeaderMap) -> bool {
    lists::elements(headers, &ACCEPT_ENCODING).any(|element| {
        let mut parts = element.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let is_gzip = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(b"gzip"));
        // A weight of zero refuses it.
        is_gzip && parts.all(|weight| weight.iter().any(|byte| matches!(byte, b'1'..=b'9')))
    })
}

/// How a page is rewritten.
pub(in crate::proxy) struct Rewriting {
    pub(in crate::proxy) rewriter: Box<Rewriter>,
    /// Whether it leaves in gzip, as its head says.
    pub(in crate::proxy) is_compressed: bool,
}

/// What becomes of a page, if its site has pages rewritten and something is held: how, or why
/// not.
pub(in crate::proxy) fn begin(
    response: &mut Response<()>,
    site: &Arc<Site>,
    decision: Decision,
    page: PageRequest,
    public: &PublicAddress,
    uri: &Uri,
) -> Option<Result<Rewriting, PageRewrite>> {
    decision.rewritten?;
    let placeholders = site.page_policies.as_ref()?.placeholders.as_ref()?;
    if response.status() != StatusCode::OK {
        return None;
    }
    let headers = response.headers_mut();
    if let Some(why) = hindrance(headers) {
        return Some(Err(why));
    }
    let is_empty = headers.get(CONTENT_LENGTH).is_some_and(|length| length.as_bytes() == b"0");
    let is_compressed = page.accepts_gzip && !is_empty;
    if is_compressed {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if !lists::contain(headers, &VARY, b"accept-encoding") {
        headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    }
    fields::remove(headers, |name| *name == CONTENT_LENGTH || *name == ACCEPT_RANGES || is_of_content(name));
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let address = PageAddress::new(&public.origin().unwrap_or_default(), target);
    let (held_by, public) = (Arc::clone(site), public.detached());
    let held = move |url: &Url| held(held_by.page_policies.as_ref()?, decision, &public, url);
    let rewriter = Rewriter::new(Rules { held: Box::new(held), placeholders: Arc::clone(placeholders), address });
    Some(Ok(Rewriting { rewriter: Box::new(rewriter), is_compressed }))
}

/// Whether a field says something of the bytes of the content that holds no longer.
pub(in crate::proxy) fn is_of_content(name: &HeaderName) -> bool {
    *name == ETAG
        || *name == LAST_MODIFIED
        || matches!(name.as_str(), "content-digest" | "repr-digest" | "digest" | "content-md5")
}

/// Why a response is not rewritten.
fn hindrance(headers: &HeaderMap) -> Option<PageRewrite> {
    let is_html = match fields::lines(headers, &CONTENT_TYPE) {
        Lines::One(value) => essence(value).eq_ignore_ascii_case(b"text/html") && has_tags(value),
        Lines::None | Lines::Several => false,
    };
    let is_download =
        headers.get_all(CONTENT_DISPOSITION).iter().any(|value| !essence(value).eq_ignore_ascii_case(b"inline"));
    let mut encodings = lists::elements(headers, &CONTENT_ENCODING);
    if !is_html || is_download {
        Some(PageRewrite::Type)
    } else if encodings.any(|coding| !coding.eq_ignore_ascii_case(b"identity")) {
        Some(PageRewrite::Encoded)
    } else if lists::contain(headers, &CACHE_CONTROL, b"no-transform") {
        // RFC 9111 §5.2.2.6.
        Some(PageRewrite::NoTransform)
    } else {
        None
    }
}

/// Whether tags are written in ASCII, by the charset of the type: not so in UTF-16 and ISO-2022-JP.
fn has_tags(content_type: &HeaderValue) -> bool {
    let mut parameters = content_type.as_bytes().split(|byte| *byte == b';').skip(1).map(<[u8]>::trim_ascii);
    let charset = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_at_checked(b"charset=".len())?;
        name.eq_ignore_ascii_case(b"charset=").then(|| value.trim_ascii())
    });
    let label =
        charset.map(|value| value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value));
    label.and_then(Encoding::for_label).is_none_or(Encoding::is_ascii_compatible)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::headers;

    #[test]
    fn gzip_is_for_who_asks_for_it() {
        for (line, expected) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP ; q=0.8", true),
            ("gzip;q=0.001", true),
            ("gzip;q=0", false),
            ("gzip;q=0.000, br", false),
            ("br", false),
            ("*", false),
            ("identity", false),
            ("", false),
        ] {
            assert_eq!(accepts_gzip(&headers(&[("accept-encoding", line)])), expected, "{line}");
        }
    }

    #[test]
    fn what_is_no_plain_html_is_not_rewritten() {
        let html = ("content-type", "text/html; charset=utf-8");
        let table = [
            (&[html][..], None),
            (&[("content-type", "TEXT/HTML")], None),
            (&[("content-type", "text/html; x=y; Charset=\"windows-1252\"")], None),
            (&[("content-type", "text/html; charset=nonsense")], None),
            (&[html, ("content-encoding", "identity"), ("content-disposition", "inline; filename=a")], None),
            (&[], Some(PageRewrite::Type)),
            (&[html, html], Some(PageRewrite::Type)),
            (&[("content-type", "application/xhtml+xml")], Some(PageRewrite::Type)),
            (&[("content-type", "text/html; charset=UTF-16")], Some(PageRewrite::Type)),
            (&[("content-type", "text/html;charset=iso-2022-jp")], Some(PageRewrite::Type)),
            (&[html, ("content-disposition", "attachment")], Some(PageRewrite::Type)),
            (&[html, ("content-encoding", "gzip")], Some(PageRewrite::Encoded)),
            (&[html, ("content-encoding", "identity, br")], Some(PageRewrite::Encoded)),
            (
                &[html, ("cache-control", "private"), ("cache-control", "max-age=1, No-Transform")],
                Some(PageRewrite::NoTransform),
            ),
        ];
        for (fields, expected) in table {
            assert_eq!(hindrance(&headers(fields)), expected, "{fields:?}");
        }
    }
}
