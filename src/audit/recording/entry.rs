//! The members of a recording's entry that concern cookies and hosts; all others are skipped.
//!
//! Producers differ in the order of keys, in the keys that they leave out, and in whether a number is written as text. If
//! a key comes twice, its list is extended, or its text replaced.

use std::io::Read;

use super::json::{JsonFault, JsonReader, Key, Kind};

/// In bytes; a longer text is cut. No browser keeps a cookie of more than 4096 bytes, but a field may hold hundreds.
const LONGEST_TEXT: usize = 256 * 1024;
/// How much of the cookies of one entry is kept, in bytes.
const LARGEST_ENTRY: usize = 4 * 1024 * 1024;

/// What a recording says of one request and its response. Each field is named after its key in HAR 1.2, or the
/// producer's extension (with `_`); a key that is missing leaves its field empty.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of the entry.
pub(in crate::audit) struct Entry {
    /// `startedDateTime` (ISO 8601).
    pub(in crate::audit) started: Vec<u8>,
    /// `time`: milliseconds from the request's start to the response's end.
    pub(in crate::audit) duration: f64,
    /// `request.method`.
    pub(in crate::audit) method: Vec<u8>,
    /// `request.url`, with its query.
    pub(in crate::audit) url: Vec<u8>,
    /// The value of `Host`, or of `:authority`.
    pub(in crate::audit) host: Vec<u8>,
    /// The values of the request's `Cookie` fields.
    pub(in crate::audit) cookies: Vec<Vec<u8>>,
    /// `request.cookies`.
    pub(in crate::audit) listed_cookies: Vec<ListedCookie>,
    /// The value of `Sec-GPC`.
    pub(in crate::audit) gpc: Vec<u8>,
    /// The value of `Sec-Fetch-Site`.
    pub(in crate::audit) fetch_site: Vec<u8>,
    /// The value of `Sec-Fetch-Mode`.
    pub(in crate::audit) fetch_mode: Vec<u8>,
    /// The value of `Sec-Fetch-Dest`.
    pub(in crate::audit) fetch_dest: Vec<u8>,
    /// `request.headersSize`: 0 if nothing was sent, -1 if it is not known.
    pub(in crate::audit) request_headers_size: Vec<u8>,
    /// `response.status`: 0 if there was no response.
    pub(in crate::audit) status: Vec<u8>,
    /// The values of the response's `Set-Cookie` fields.
    pub(in crate::audit) set_cookies: Vec<Vec<u8>>,
    /// `response.cookies`.
    pub(in crate::audit) listed_set_cookies: Vec<ListedCookie>,
    /// The value of the response's `Date`.
    pub(in crate::audit) date: Vec<u8>,
    /// Whether octroi itself refused the request: its response says so in `Proxy-Status` (RFC 9209).
    pub(in crate::audit) is_refused_by_octroi: bool,
    /// `response.content.mimeType`.
    pub(in crate::audit) mime_type: Vec<u8>,
    /// `response._error` of Chrome: `net::ERR_…`.
    pub(in crate::audit) error: Vec<u8>,
    /// `response._fetchedViaServiceWorker` of Chrome.
    pub(in crate::audit) via_service_worker: bool,
    /// `response.headersSize`.
    pub(in crate::audit) response_headers_size: Vec<u8>,
    /// Whether there is a `serverIPAddress`: a response from a cache has none.
    pub(in crate::audit) has_server_address: bool,
    /// `_resourceType` of Chrome and Playwright: `document`, `script` and so on.
    pub(in crate::audit) resource_type: Vec<u8>,
    /// `_fromCache` of Chrome: the response came from memory or disk.
    pub(in crate::audit) from_cache: bool,
    /// `_fetchType` of Safari: `Memory Cache`, `Disk Cache` and others.
    pub(in crate::audit) fetch_type: Vec<u8>,
    /// Whether something was too long to be kept.
    pub(in crate::audit) is_cut: bool,
    /// Bytes that count against [`LARGEST_ENTRY`].
    pub(super) kept: usize,
}

/// A cookie of a `cookies` list; a member that is missing is empty.
#[derive(Debug, Default)]
pub(in crate::audit) struct ListedCookie {
    pub(in crate::audit) name: Vec<u8>,
    pub(in crate::audit) value: Vec<u8>,
    pub(in crate::audit) path: Vec<u8>,
    pub(in crate::audit) domain: Vec<u8>,
    /// A date as in `startedDateTime`, or as the line had it.
    pub(in crate::audit) expires: Vec<u8>,
}

/// The two sides of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Response,
}

impl Entry {
    /// Reads the entry that comes next.
    ///
    /// # Errors
    /// The JSON is malformed, ends or cannot be read: the entry and all that follow are lost.
    pub(super) fn read<R: Read>(json: &mut JsonReader<R>) -> Result<Self, JsonFault> {
        let mut entry = Self::default();
        let mut scratch = Vec::new();
        json.object(|json, key| match key.as_bytes() {
            b"startedDateTime" => entry.text(json, |entry| &mut entry.started),
            b"time" => {
                json.scalar(&mut scratch, LONGEST_TEXT)?;
                entry.duration = number(&scratch).filter(|time| *time > 0.0).unwrap_or_default();
                Ok(())
            }
            b"request" => json.object(|json, key| entry.request(json, key)),
            b"response" => json.object(|json, key| entry.response(json, key)),
            b"serverIPAddress" => {
                json.scalar(&mut scratch, LONGEST_TEXT)?;
                entry.has_server_address = !matches!(scratch.as_slice(), b"" | b"null");
                Ok(())
            }
            b"_resourceType" => entry.text(json, |entry| &mut entry.resource_type),
            b"_fetchType" => entry.text(json, |entry| &mut entry.fetch_type),
            b"_fromCache" => {
                json.scalar(&mut scratch, LONGEST_TEXT)?;
                entry.from_cache = !matches!(scratch.as_slice(), b"" | b"null" | b"false");
                Ok(())
            }
            _ => json.skip_value(),
        })?;
        Ok(entry)
    }

    fn request<R: Read>(&mut self, json: &mut JsonReader<R>, key: &Key) -> Result<(), JsonFault> {
        match key.as_bytes() {
            b"method" => self.text(json, |entry| &mut entry.method),
            b"url" => self.text(json, |entry| &mut entry.url),
            b"headers" => self.headers(json, Side::Request),
            b"cookies" => self.list(json, Side::Request),
            b"headersSize" => self.text(json, |entry| &mut entry.request_headers_size),
            _ => json.skip_value(),
        }
    }

    fn response<R: Read>(&mut self, json: &mut JsonReader<R>, key: &Key) -> Result<(), JsonFault> {
        match key.as_bytes() {
            b"status" => self.text(json, |entry| &mut entry.status),
            b"headers" => self.headers(json, Side::Response),
            b"cookies" => self.list(json, Side::Response),
            b"headersSize" => self.text(json, |entry| &mut entry.response_headers_size),
            b"_error" => self.text(json, |entry| &mut entry.error),
            b"_fetchedViaServiceWorker" => {
                let mut word = Vec::new();
                json.scalar(&mut word, LONGEST_TEXT)?;
                self.via_service_worker = word == b"true";
                Ok(())
            }
            b"content" => json.object(|json, key| match key.as_bytes() {
                b"mimeType" => self.text(json, |entry| &mut entry.mime_type),
                _ => json.skip_value(),
            }),
            _ => json.skip_value(),
        }
    }

    /// Reads header fields: a list of names and values, or an object, as Safari writes them.
    fn headers<R: Read>(&mut self, json: &mut JsonReader<R>, side: Side) -> Result<(), JsonFault> {
        let (mut name, mut value) = (Vec::new(), Vec::new());
        if json.kind()? == Kind::Object {
            return json.object(|json, key| {
                let mut add = |json: &mut JsonReader<R>| {
                    let is_whole = json.scalar(&mut value, LONGEST_TEXT)?;
                    self.header(side, key.as_bytes(), &value, is_whole);
                    Ok(())
                };
                if json.kind()? == Kind::Array { json.array(add) } else { add(json) }
            });
        }
        json.array(|json| {
            name.clear();
            value.clear();
            let mut is_whole = true;
            json.object(|json, key| {
                match key.as_bytes() {
                    b"name" => drop(json.scalar(&mut name, LONGEST_TEXT)?),
                    b"value" => is_whole = json.scalar(&mut value, LONGEST_TEXT)?,
                    _ => json.skip_value()?,
                }
                Ok(())
            })?;
            self.header(side, &name, &value, is_whole);
            Ok(())
        })
    }

    fn header(&mut self, side: Side, name: &[u8], value: &[u8], is_whole: bool) {
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        let place = match side {
            Side::Response if is(b"proxy-status") => return self.is_refused_by_octroi |= is_refusal(value),
            Side::Request if is(b"cookie") => return self.keep(is_whole, value, |entry| &mut entry.cookies),
            Side::Response if is(b"set-cookie") => return self.keep(is_whole, value, |entry| &mut entry.set_cookies),
            Side::Request if is(b"host") || is(b":authority") => &mut self.host,
            Side::Request if is(b"sec-gpc") => &mut self.gpc,
            Side::Request if is(b"sec-fetch-site") => &mut self.fetch_site,
            Side::Request if is(b"sec-fetch-mode") => &mut self.fetch_mode,
            Side::Request if is(b"sec-fetch-dest") => &mut self.fetch_dest,
            Side::Response if is(b"date") => &mut self.date,
            _ => return,
        };
        value.clone_into(place);
    }

    /// `is_whole` is false if the value was cut at [`LONGEST_TEXT`].
    fn keep(&mut self, is_whole: bool, value: &[u8], place: fn(&mut Self) -> &mut Vec<Vec<u8>>) {
        if self.has_room(value.len()) {
            place(self).push(value.to_vec());
        }
        self.is_cut |= !is_whole;
    }

    fn list<R: Read>(&mut self, json: &mut JsonReader<R>, side: Side) -> Result<(), JsonFault> {
        json.array(|json| {
            let mut cookie = ListedCookie::default();
            let mut is_whole = true;
            json.object(|json, key| {
                let place = match key.as_bytes() {
                    b"name" => &mut cookie.name,
                    b"value" => &mut cookie.value,
                    b"path" => &mut cookie.path,
                    b"domain" => &mut cookie.domain,
                    b"expires" => &mut cookie.expires,
                    _ => return json.skip_value(),
                };
                is_whole &= json.scalar(place, LONGEST_TEXT)?;
                if place == b"null" {
                    place.clear();
                }
                Ok(())
            })?;
            self.is_cut |= !is_whole;
            let ListedCookie { name, value, path, domain, expires } = &cookie;
            if self.has_room([name, value, path, domain, expires].map(Vec::len).iter().sum()) {
                match side {
                    Side::Request => self.listed_cookies.push(cookie),
                    Side::Response => self.listed_set_cookies.push(cookie),
                }
            }
            Ok(())
        })
    }

    fn text<R: Read>(
        &mut self,
        json: &mut JsonReader<R>,
        place: fn(&mut Self) -> &mut Vec<u8>,
    ) -> Result<(), JsonFault> {
        // A URL's query may be as long as a body; what is before it is not.
        json.scalar(place(self), LONGEST_TEXT).map(drop)
    }

    /// Counts the bytes, and says whether there is room for them.
    fn has_room(&mut self, bytes: usize) -> bool {
        // An empty cookie takes memory, too.
        self.kept = self.kept.saturating_add(bytes).saturating_add(size_of::<ListedCookie>());
        let has_room = self.kept <= LARGEST_ENTRY;
        self.is_cut |= !has_room;
        has_room
    }
}

/// Whether a `Proxy-Status` field is that of a response in which octroi refused the request. Its first member is whoever made the
/// response; those that passed it on come behind (RFC 9209 §2).
fn is_refusal(field: &[u8]) -> bool {
    let mut parts = field.split(|byte| matches!(byte, b';' | b',')).map(<[u8]>::trim_ascii);
    parts.next() == Some(b"octroi") && parts.next() == Some(b"error=http_request_denied")
}

/// A number; producers write some as text.
pub(in crate::audit) fn number(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}
