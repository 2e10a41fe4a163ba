//! Builds recordings.

use serde_json::{Value, json};

/// The portal of the charter.
pub(crate) const PORTAL: &str = "https://data.example.fr";

/// A choice as the banner of Opendatasoft writes it, made on 28 November 2026 at 10:00 UTC.
pub(crate) fn choice(statistics: bool, videos: bool) -> String {
    format!(
        "cookies_preferences=%7B%22matomo%22%3A{statistics}%2C%22youtube%22%3A{videos}%2C%22timestamp%22%3A1795860000000%7D"
    )
}

/// One request and its response.
#[derive(Clone)]
pub(crate) struct Entry(pub(crate) Value);

/// A request at this second of 28 November 2026, 10:00 UTC.
pub(crate) fn at(second: u32, url: &str) -> Entry {
    Entry(json!({
        "startedDateTime": format!("2026-11-28T10:{:02}:{:02}.000Z", second / 60, second % 60),
        "time": 20.5,
        "request": {
            "method": "GET", "url": url, "httpVersion": "HTTP/1.1", "headers": [], "queryString": [], "cookies": [],
            "headersSize": 200, "bodySize": 0,
        },
        "response": {
            "status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [], "cookies": [],
            "content": { "size": 9, "mimeType": "application/json", "text": "a \"body\" with \\ and { [" },
            "redirectURL": "", "headersSize": 300, "bodySize": 9,
        },
        "cache": {}, "timings": { "send": 0, "wait": 20, "receive": 0 },
    }))
}

/// The same, answered with a page.
pub(crate) fn page(second: u32, url: &str) -> Entry {
    let mut entry = at(second, url);
    entry.0["response"]["content"]["mimeType"] = "text/html; charset=utf-8".into();
    entry
}

impl Entry {
    pub(crate) fn sends(self, cookies: &str) -> Self {
        self.request_header("Cookie", cookies)
    }

    pub(crate) fn sets(self, line: &str) -> Self {
        self.response_header("Set-Cookie", line)
    }

    pub(crate) fn request_header(mut self, name: &str, value: &str) -> Self {
        push(&mut self.0["request"]["headers"], json!({ "name": name, "value": value }));
        self
    }

    pub(crate) fn response_header(mut self, name: &str, value: &str) -> Self {
        push(&mut self.0["response"]["headers"], json!({ "name": name, "value": value }));
        self
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.0["response"]["status"] = status.into();
        self
    }

    /// With another value at this JSON pointer.
    pub(crate) fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        self.0.pointer_mut(parent).unwrap()[key] = value.into();
        self
    }
}

fn push(list: &mut Value, item: Value) {
    list.as_array_mut().unwrap().push(item);
}

/// A recording by a producer that writes all cookies.
pub(crate) fn recording(entries: impl IntoIterator<Item = Entry>) -> Value {
    by("Firefox", entries)
}

/// A recording by a producer of this name.
pub(crate) fn by(producer: &str, entries: impl IntoIterator<Item = Entry>) -> Value {
    let entries: Vec<_> = entries.into_iter().map(|entry| entry.0).collect();
    json!({ "log": {
        "version": "1.2", "creator": { "name": producer, "version": "1" }, "pages": [], "entries": entries,
    } })
}
