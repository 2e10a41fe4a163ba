//! The site's charter, shown at a path of the site itself (`[charter] publish`). No request under that path is sent to the
//! portal.
//!
//! The pages are made with the snapshot. A request chooses one by its language: `?lang=`, then `Accept-Language`, then the
//! charter's first.

use bytes::Bytes;
use http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, request};

use super::error::ProxyError;
use crate::http::{languages, lists};
use crate::snapshot::{CharterPage, CharterPages, Site};

/// A page in the visitor's language, or the answer that they have it already.
#[derive(Debug)]
pub(super) struct CharterAnswer {
    status: StatusCode,
    content: Bytes,
    fields: HeaderMap,
}

/// What octroi answers at a path that is its own; `None` if the path is the portal's. `is_upgrade`: the request asks
/// for a WebSocket, to which a page is no answer.
///
/// A page may be read by GET and HEAD. No shared cache keeps it (`private, no-cache`).
///
/// # Errors
/// If there is no such page, or the request asks for more than to read it.
pub(super) fn answer(
    site: &Site,
    head: &request::Parts,
    is_upgrade: bool,
    https: bool,
) -> Result<Option<CharterAnswer>, ProxyError> {
    let path = head.uri.path();
    let Some(pages) = site.charter_pages.as_ref().filter(|pages| pages.own(path)) else { return Ok(None) };
    if !pages.are_at(path) || is_upgrade {
        return Err(ProxyError::PageMissing);
    }
    if ![Method::GET, Method::HEAD].contains(&head.method) {
        return Err(ProxyError::PageReadOnly);
    }
    let hsts = site.hsts.as_ref().filter(|_| https);
    Ok(choose(pages, head).map(|page| CharterAnswer::new(pages, page, &head.headers, hsts)))
}

fn choose<'p>(pages: &'p CharterPages, head: &request::Parts) -> Option<&'p CharterPage> {
    let pairs = head.uri.query().into_iter().flat_map(|query| query.split('&'));
    let mut asked = pairs.filter_map(|pair| pair.strip_prefix("lang="));
    let tagged = |tag: &str| pages.languages.iter().find(|page| page.tag.eq_ignore_ascii_case(tag));
    let accepted = || {
        let position = languages::preferred(&head.headers, &pages.languages.iter().map(|page| page.tag.as_str()))?;
        pages.languages.get(position)
    };
    asked.find_map(tagged).or_else(accepted).or_else(|| pages.languages.first())
}

impl CharterAnswer {
    fn new(pages: &CharterPages, page: &CharterPage, asked: &HeaderMap, hsts: Option<&HeaderValue>) -> Self {
        let is_known = lists::elements(asked, &IF_NONE_MATCH).any(|tag| is_same(tag, &page.etag));
        let mut fields = HeaderMap::with_capacity(12);
        fields.insert(ETAG, page.etag.clone());
        // It is asked for anew each time, so that a reload shows at once; and the choice of language is the visitor's own.
        fields.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        fields.insert(VARY, HeaderValue::from_name(ACCEPT_LANGUAGE));
        fields.insert(CONTENT_LANGUAGE, page.content_language.clone());
        fields.insert(CONTENT_SECURITY_POLICY, pages.content_security_policy.clone());
        fields.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        fields.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        fields.extend(hsts.map(|hsts| (STRICT_TRANSPORT_SECURITY, hsts.clone())));
        if is_known {
            return Self { status: StatusCode::NOT_MODIFIED, content: Bytes::new(), fields };
        }
        fields.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        fields.insert(CONTENT_LENGTH, HeaderValue::from(page.body.len()));
        Self { status: StatusCode::OK, content: page.body.clone(), fields }
    }

    /// 200, or 304 if the visitor has this page already.
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// All fields but those of the connection.
    pub(super) fn fields(&self) -> HeaderMap {
        self.fields.clone()
    }

    /// The page, in UTF-8; nothing with 304. It is shared, not copied.
    pub(super) fn content(&self) -> Bytes {
        self.content.clone()
    }
}

/// Whether an element of `If-None-Match` is this validator; weak ones compare alike (RFC 9110 §13.1.2).
fn is_same(element: &[u8], etag: &HeaderValue) -> bool {
    element == b"*" || element.strip_prefix(b"W/").unwrap_or(element) == etag.as_bytes()
}
