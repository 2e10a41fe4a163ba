//! Removes fields that make a browser ask a host although the page's policy forbids it: `Link`, for requests before the policy is
//! read, and for connections that it does not cover (preconnect); `Refresh`; and `Speculation-Rules`.

use bytes::Bytes;
use http::header::{Entry, LINK, REFRESH};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::party::names_only_a_page;
use crate::proxy::headers::location::{readings, refresh_target};

const SPECULATION_RULES: HeaderName = HeaderName::from_static("speculation-rules");

/// Whether a page may not ask for a URL.
pub(super) type IsHeld<'a> = &'a dyn Fn(&Url) -> bool;

/// Removes what would make the browser ask a held host.
pub(super) fn drop_held(headers: &mut HeaderMap, is_held: IsHeld<'_>) {
    headers.remove(SPECULATION_RULES);
    if let Entry::Occupied(mut lines) = headers.entry(LINK) {
        for line in lines.iter_mut() {
            keep_allowed(line, is_held);
        }
        if lines.iter().all(HeaderValue::is_empty) {
            lines.remove();
        }
    }
    if let Entry::Occupied(lines) = headers.entry(REFRESH)
        && lines.iter().any(|line| leads_to_held(refresh_target(line.as_bytes()), is_held))
    {
        lines.remove();
    }
}

/// Leaves the links of a line that may be followed; all of them leave it byte for byte.
fn keep_allowed(line: &mut HeaderValue, is_held: IsHeld<'_>) {
    let is_kept = |link: &&[u8]| names_only(link) || target(link).is_some_and(|url| !leads_to_held(url, is_held));
    let links: Vec<_> = links(line.as_bytes()).collect();
    let kept: Vec<_> = links.iter().copied().filter(is_kept).collect();
    if kept.len() != links.len() {
        let joined = Bytes::from(kept.join(&b", "[..]));
        *line = HeaderValue::from_maybe_shared(joined).unwrap_or(HeaderValue::from_static(""));
    }
}

/// The links of a line: the commas between them stand outside `<…>` and quotes (RFC 8288 §3).
fn links(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (mut closing, mut escaped) = (None, false);
    line.split(move |byte| {
        match (closing, byte) {
            _ if escaped => escaped = false,
            (Some(b'"'), b'\\') => escaped = true,
            (Some(end), byte) if end == *byte => closing = None,
            (None, b'<') => closing = Some(b'>'),
            (None, b'"') => closing = Some(b'"'),
            (None, b',') => return true,
            _ => {}
        }
        false
    })
    .map(<[u8]>::trim_ascii)
    .filter(|link| !link.is_empty())
}

/// What stands between `<` and `>` (RFC 8288 §3).
fn target(link: &[u8]) -> Option<&[u8]> {
    let behind = link.trim_ascii_start().strip_prefix(b"<")?;
    behind.get(..memchr::memchr(b'>', behind)?)
}

/// Whether all relations of a link are known to fetch nothing.
fn names_only(link: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'>', link) else { return false };
    let mut relations = 0;
    let parameters = link.get(end + 1..).unwrap_or_default().split(|byte| *byte == b';');
    for parameter in parameters {
        let mut halves = parameter.splitn(2, |byte| *byte == b'=');
        let (name, value) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
        if !name.trim_ascii().eq_ignore_ascii_case(b"rel") {
            continue;
        }
        let words = value.trim_ascii();
        let words = words.strip_prefix(b"\"").and_then(|words| words.strip_suffix(b"\"")).unwrap_or(words);
        for word in words.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
            relations += 1;
            if !names_only_a_page(word) {
                return false;
            }
        }
    }
    relations > 0
}

/// Whether a URL leads to where a page may not ask, in any way in which browsers may read it.
fn leads_to_held(url: &[u8], is_held: IsHeld<'_>) -> bool {
    let readings = readings(url);
    readings.is_empty() || readings.iter().any(is_held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::PAGE_HOST;
    use crate::proxy::testing::{fields, headers};

    fn left(lines: &[(&str, &str)]) -> Vec<String> {
        let mut headers = headers(lines);
        drop_held(&mut headers, &|url| match url.host_str() {
            Some(PAGE_HOST | "data.example.fr") => url.path() == "/matomo.js",
            Some(host) => host != "granted.example" || url.port().is_some(),
            None => false,
        });
        fields(&headers)
    }

    #[test]
    fn links_that_would_fetch_from_held_hosts_go() {
        let table: &[(&str, &str)] = &[
            ("</a.css>; rel=preload", "</a.css>; rel=preload"),
            ("</matomo.js>; rel=preload, <./b/../matomo.js>; rel=preload", ""),
            ("<https://data.example.fr/a>;rel=preload", "<https://data.example.fr/a>;rel=preload"),
            ("<https://granted.example/a>; rel=preconnect", "<https://granted.example/a>; rel=preconnect"),
            ("<https://held.example/>; rel=preconnect, </a>; rel=next", "</a>; rel=next"),
            ("<//held.example/a,b>; rel=\"preload\"; as=script, </b>; rel=preload", "</b>; rel=preload"),
            ("<\\\\held.example/a>; rel=dns-prefetch", ""),
            ("<https://granted.example:444/>; rel=prefetch", ""),
            ("<https://held.example/>; rel=canonical", "<https://held.example/>; rel=canonical"),
            ("<https://held.example/>; rel=\"canonical preload\"", ""),
            ("<https://held.example/>; rel=canonical; rel=preload", ""),
            ("<https://held.example/>", ""),
            ("https://held.example/; rel=preload", ""),
            ("<https://held.example/; rel=canonical", ""),
            (
                "</a>; title=\"x, <https://held.example/>; y\"; rel=preload",
                "</a>; title=\"x, <https://held.example/>; y\"; rel=preload",
            ),
            ("<http://[>; rel=preload", ""),
        ];
        for (line, expected) in table {
            let expected: Vec<_> = Some(expected)
                .filter(|text| !text.is_empty())
                .map(|text| format!("link: {text}"))
                .into_iter()
                .collect();
            assert_eq!(left(&[("link", line)]), expected, "{line}");
        }
    }

    #[test]
    fn refreshes_and_speculations_go() {
        assert_eq!(left(&[("refresh", "0; url=/next")]), ["refresh: 0; url=/next"]);
        assert_eq!(left(&[("refresh", "5")]), ["refresh: 5"]);
        assert_eq!(
            left(&[("refresh", "0; URL='https://granted.example/'")]),
            ["refresh: 0; URL='https://granted.example/'"]
        );
        assert!(left(&[("refresh", "0; URL='https://held.example/'")]).is_empty());
        assert!(left(&[("refresh", "0;//held.example./")]).is_empty());
        assert!(left(&[("speculation-rules", "\"/rules.json\"")]).is_empty());
    }
}
