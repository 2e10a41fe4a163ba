//! A request, read as a whole, as a Django view does.

use std::future::poll_fn;
use std::pin::Pin;

use http::{HeaderMap, HeaderName, Method, Request, header};
use http_body::Body;
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;

use super::cookies::Origin;
use super::ledger::Entry;
use super::template::Language;

/// In bytes: the rest of a longer form is not read.
const FORM_LIMIT: usize = 64 * 1024;

const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// A request.
#[derive(Debug)]
pub(super) struct Visit {
    pub method: Method,
    /// Decoded.
    pub path: String,
    /// Without `?`, still encoded.
    pub query: String,
    /// The first frames of the body, until they exceed [`FORM_LIMIT`].
    pub body: Vec<u8>,
    /// Names and values of the cookies received, in their order.
    pub cookies: Vec<(String, String)>,
    pub origin: Origin,
    pub entry: Entry,
    /// Which of the pages' languages the browser asks for first.
    pub wanted: Language,
}

impl Visit {
    /// Reads `request`, which came to the portal's own `port`.
    pub(super) async fn read(request: Request<Incoming>, port: u16) -> Self {
        let (head, body) = request.into_parts();
        Self {
            path: decode(head.uri.path()),
            query: head.uri.query().unwrap_or_default().to_owned(),
            cookies: cookies(&head.headers),
            origin: origin(&head.headers),
            entry: Entry::of(&head.headers, port),
            wanted: Language::wanted(&head.headers),
            method: head.method,
            body: read_body(body).await,
        }
    }

    /// The value of the first cookie of that name.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The names of the cookies received, in their order.
    pub(super) fn cookie_names(&self) -> Vec<String> {
        self.cookies.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The value of that parameter of the query.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        form_value(&self.query, name)
    }

    /// The value of that field of the form.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        form_value(std::str::from_utf8(&self.body).ok()?, name)
    }

    /// The language of `django_language`, or the browser's.
    pub(super) fn language(&self) -> Language {
        self.cookie(super::cookies::LANGUAGE).map_or(self.wanted, Language::from_code)
    }
}

/// The host of a request, and whether the proxy says that the visitor used https.
fn origin(headers: &HeaderMap) -> Origin {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = text(&header::HOST);
    let host = host.rsplit_once(':').map_or(host, |(name, _port)| name).to_ascii_lowercase();
    Origin { host, https: text(&X_FORWARDED_PROTO) == "https" }
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b';'))
        .map(|pair| String::from_utf8_lossy(pair.trim_ascii()).into_owned())
        .filter(|pair| !pair.is_empty())
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) => (name.to_owned(), value.to_owned()),
            None => (pair, String::new()),
        })
        .collect()
}

/// Reads the body. One that fails is read as far as it came.
async fn read_body(mut body: Incoming) -> Vec<u8> {
    let mut read = Vec::new();
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        read.extend_from_slice(frame.data_ref().map(AsRef::as_ref).unwrap_or_default());
        if read.len() > FORM_LIMIT {
            break;
        }
    }
    read
}

fn form_value(pairs: &str, name: &str) -> Option<String> {
    pairs
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| decode(&value.replace('+', " ")))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
