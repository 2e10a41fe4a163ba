//! Every response that octroi makes itself: an error's short page, a redirect, the charter's page, a challenge's answer.
//!
//! One type makes them all, so that no shared cache stores one, and none sets a cookie or names anything internal.
//! `Proxy-Status` (RFC 9209) says what went wrong. The page says what a person needs to know: the reason, and the id to quote.

use std::fmt::Display;

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Version, request};
use http_body::Body as _;

use super::body::Body;
use super::charter_page::CharterAnswer;
use super::error::ProxyError;
use super::exchange::Exchange;
use super::headers::request_id::RequestId;
use super::panics::Panicked;
use super::termination::Termination;
use crate::http::lists;
use crate::upstream::RequestBody;

const PROXY_STATUS: HeaderName = HeaderName::from_static("proxy-status");

/// What octroi says in the portal's place.
#[derive(Debug)]
pub(super) enum Answer {
    /// Why there is no response of the portal.
    Error(ProxyError),
    /// Where to go instead.
    Redirect(HeaderValue),
    /// The charter's page.
    Charter(Box<CharterAnswer>),
    /// A browser's report was received.
    Reported,
    /// What a certificate authority asks for (RFC 8555 §8.3).
    Challenge(Bytes),
}

impl<E: Into<ProxyError>> From<E> for Answer {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// What an answer needs to know of the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    is_head: bool,
    /// Whether `Accept` names `text/html`.
    pub(super) accepts_html: bool,
    version: Version,
    /// Whether the request has content, read or not.
    has_content: bool,
}

impl Asked {
    /// Reads a request's head, as it came.
    pub(super) fn of(head: &request::Parts, body: &RequestBody) -> Self {
        Self {
            is_head: head.method == Method::HEAD,
            accepts_html: lists::accept_html(&head.headers),
            version: head.version,
            has_content: !body.is_end_stream(),
        }
    }

    /// The same, when all content of the request has been read.
    pub(super) fn read_to_its_end(self) -> Self {
        Self { has_content: false, ..self }
    }
}

impl Answer {
    /// The answer, ready to send.
    pub(super) fn into_response(self, asked: Asked, mut exchange: Box<Exchange>) -> Response<Body> {
        self.log(&exchange);
        if let Self::Error(error) = &self {
            exchange.refused(error.reason(), error.endpoint());
        }
        let response = self.written(asked, exchange.request_id());
        exchange.responded(self.status());
        exchange.ended(self.termination());
        response.map(
            |page| if asked.is_head || page.is_empty() { Body::empty(exchange) } else { Body::full(page, exchange) },
        )
    }

    /// The answer if a panic took the exchange with it.
    pub(super) fn after_panic(panicked: Panicked, asked: Asked, request_id: &RequestId) -> Response<Body> {
        Self::from(panicked).written(asked, request_id).map(Body::after_panic)
    }

    fn written(&self, asked: Asked, request_id: &RequestId) -> Response<Bytes> {
        let page = self.page(asked.accepts_html, request_id.as_str());
        let headers = self.headers(asked, page.len());
        let mut response = Response::new(page);
        *response.status_mut() = self.status();
        *response.headers_mut() = headers;
        response
    }

    /// Logs for the operator what to do. The visitor is told little.
    fn log(&self, exchange: &Exchange) {
        let Self::Error(error) = self else { return };
        let request_id = exchange.request_id().as_str();
        let cause: &dyn Display = match error {
            ProxyError::Upstream(error) if error.status().is_server_error() => error,
            ProxyError::UnexpectedSwitch | ProxyError::SwitchMissing => error,
            _ => return tracing::debug!(request_id, %error, "answered without asking the portal"),
        };
        let message = "the portal gave no usable response";
        let Some(untold) = exchange.tells_failure(error.reason()) else {
            return tracing::debug!(request_id, error = %cause, "{message}");
        };
        let untold = Some(untold).filter(|untold| *untold > 0);
        tracing::warn!(request_id, error = %cause, untold, "{message}");
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Error(error) => error.status(),
            Self::Redirect(_) => StatusCode::PERMANENT_REDIRECT,
            Self::Charter(answer) => answer.status(),
            Self::Reported => StatusCode::NO_CONTENT,
            Self::Challenge(_) => StatusCode::OK,
        }
    }

    fn termination(&self) -> Termination {
        match self {
            Self::Error(error) => error.termination(),
            Self::Redirect(_) => Termination::Redirected,
            Self::Charter(_) | Self::Reported | Self::Challenge(_) => Termination::Ok,
        }
    }

    fn headers(&self, asked: Asked, length: usize) -> HeaderMap {
        let mut headers = match self {
            Self::Charter(answer) => answer.fields(),
            Self::Error(_) | Self::Redirect(_) => short_page(asked, length),
            Self::Reported => HeaderMap::from_iter([(CACHE_CONTROL, HeaderValue::from_static("no-store"))]),
            Self::Challenge(_) => short_page(Asked { accepts_html: false, ..asked }, length),
        };
        match self {
            Self::Redirect(location) => drop(headers.insert(LOCATION, location.clone())),
            Self::Error(error) => describe(error, &mut headers),
            Self::Challenge(_) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
            }
            Self::Charter(_) | Self::Reported => {}
        }
        if self.closes(asked) {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        headers
    }

    /// Whether the connection must be closed: the request is faulty, or its body may not have been read to its end. The next
    /// bytes may not be a request then.
    fn closes(&self, asked: Asked) -> bool {
        let rejected = matches!(self, Self::Error(error) if error.is_rejection());
        asked.version < Version::HTTP_2 && (rejected || asked.has_content)
    }

    fn page(&self, html: bool, request_id: &str) -> Bytes {
        let status = self.status();
        let title = status.canonical_reason().unwrap_or("Error");
        let reason = match self {
            Self::Error(error) => error.to_string(),
            Self::Redirect(_) => "This page is served over https.".to_owned(),
            Self::Charter(answer) => return answer.content(),
            Self::Reported => return Bytes::new(),
            Self::Challenge(answer) => return answer.clone(),
        };
        let code = status.as_u16();
        let page = if html {
            html_page(code, title, &reason, request_id)
        } else {
            format!("{code} {title}\n{reason}\nRequest: {request_id}\n")
        };
        page.into()
    }
}

/// The fields of a page that is made for one request.
fn short_page(asked: Asked, length: usize) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(asked.accepts_html)));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers
}

fn describe(error: &ProxyError, headers: &mut HeaderMap) {
    let text = format!("octroi; error={}; details=\"{error}\"", error.proxy_status());
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.insert(PROXY_STATUS, value);
    }
    match error {
        // A 405 lists what is allowed (RFC 9110 §15.5.6).
        ProxyError::MethodNotAllowed => {
            drop(headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")));
        }
        ProxyError::NoReport => drop(headers.insert(ALLOW, HeaderValue::from_static("POST"))),
        ProxyError::PageReadOnly => drop(headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"))),
        // There is room for one more request within a second, whatever the rate is.
        ProxyError::RateExceeded => drop(headers.insert(RETRY_AFTER, HeaderValue::from_static("1"))),
        _ => {}
    }
}

/// Nothing in it comes from the visitor: the id is octroi's own, or one plain word of a trusted proxy.
fn html_page(code: u16, title: &str, reason: &str, request_id: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{code} {title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head>\n\
         <body><main><h1>{title}</h1><p>{reason}</p><p>Request: <code>{request_id}</code></p></main></body>\n</html>\n"
    )
}

fn content_type(html: bool) -> &'static str {
    if html { "text/html; charset=utf-8" } else { "text/plain; charset=utf-8" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Asked = Asked { is_head: false, accepts_html: false, version: Version::HTTP_11, has_content: false };

    #[test]
    fn an_error_says_what_went_wrong_and_is_not_kept() {
        let answer = Answer::from(ProxyError::HostMissing);
        let headers = answer.headers(ASKED, 5);
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert_eq!(headers[CONTENT_LENGTH], "5");
        assert_eq!(headers[CONNECTION], "close");
        let expected =
            "octroi; error=http_request_error; details=\"The request must name exactly one host; it names none.\"";
        assert_eq!(headers[PROXY_STATUS], expected);
        assert!(!headers.contains_key("set-cookie"));
    }

    #[test]
    fn a_connection_closes_if_what_follows_is_unsure() {
        let unknown = Answer::from(ProxyError::UnknownHost);
        assert!(!unknown.closes(ASKED));
        assert!(unknown.closes(Asked { has_content: true, ..ASKED }));
        assert!(Answer::from(ProxyError::HostRepeated).closes(ASKED));
        assert!(!Answer::from(ProxyError::HostRepeated).closes(Asked { version: Version::HTTP_2, ..ASKED }));
    }

    #[test]
    fn a_redirect_keeps_the_method() {
        let answer = Answer::Redirect(HeaderValue::from_static("https://a.example/"));
        assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(answer.headers(ASKED, 0)[LOCATION], "https://a.example/");
    }

    #[test]
    fn a_429_says_when_and_keeps_the_connection() {
        let answer = Answer::from(ProxyError::RateExceeded);
        assert_eq!(answer.headers(ASKED, 0)[RETRY_AFTER], "1");
        assert!(!answer.closes(ASKED));
    }

    #[test]
    fn a_405_lists_the_methods() {
        assert!(Answer::from(ProxyError::MethodNotAllowed).headers(ASKED, 0).contains_key(ALLOW));
    }

    #[test]
    fn a_browser_gets_a_page_and_a_program_text() {
        let answer = Answer::from(ProxyError::UnknownHost);
        let page = String::from_utf8(answer.page(true, "id7").to_vec()).unwrap();
        assert!(
            page.contains("<html lang=\"en\">") && page.contains("id7") && page.contains("Misdirected Request"),
            "{page}"
        );
        assert_eq!(
            answer.page(false, "id7"),
            "421 Misdirected Request\nNo site with this name is served here.\nRequest: id7\n"
        );
    }
}
