//! Splits list fields at their commas (RFC 9110 §5.6.1), for all of octroi.
//!
//! The lists that are read here hold tokens or media ranges. A comma within a quoted string splits as well: no element that is
//! looked for is part of such a string.

use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The elements of one line, without the white space around them; empty ones do not count.
fn elements_of(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|element| !element.is_empty())
}

/// The elements of a list field: all its lines are one list (RFC 9110 §5.3).
pub(crate) fn elements<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a [u8]> + use<'a> {
    headers.get_all(name).iter().flat_map(|line| elements_of(line.as_bytes()))
}

/// Whether a list field holds this token; its case does not matter.
pub(crate) fn contain(headers: &HeaderMap, name: &HeaderName, token: &[u8]) -> bool {
    let mut lines = headers.get_all(name).iter();
    lines.any(|line| elements_of(line.as_bytes()).any(|element| element.eq_ignore_ascii_case(token)))
}

/// Whether `Accept` names `text/html` itself, with any parameters, as browsers do for a page; `*/*` does not (RFC 9110 §12.5.1).
pub(crate) fn accept_html(headers: &HeaderMap) -> bool {
    // Browsers name it first, and this is called for every request, so the line is split only if it begins with another range.
    let mut lines = headers.get_all(&ACCEPT).iter().map(HeaderValue::as_bytes);
    lines.any(|line| begins_with_html(line) || elements_of(line).any(is_html))
}

fn begins_with_html(line: &[u8]) -> bool {
    line.strip_prefix(b"text/html").is_some_and(|rest| matches!(rest, [] | [b',' | b';', ..]))
}

fn is_html(range: &[u8]) -> bool {
    const HTML: &[u8] = b"text/html";
    let Some((media_type, parameters)) = range.split_at_checked(HTML.len()) else { return false };
    media_type.eq_ignore_ascii_case(HTML) && matches!(parameters.trim_ascii_start(), [] | [b';', ..])
}

#[cfg(test)]
mod tests {
    use http::header::CONNECTION;
    use proptest::prelude::*;

    use super::*;

    fn headers(name: &HeaderName, lines: &[Vec<u8>]) -> HeaderMap {
        let values = lines.iter().map(|line| HeaderValue::from_bytes(line).unwrap());
        values.map(|value| (name.clone(), value)).collect()
    }

    fn accepts(line: &str) -> bool {
        accept_html(&headers(&ACCEPT, &[line.into()]))
    }

    #[test]
    fn only_a_request_that_names_html_accepts_it() {
        for line in [
            "text/html", "text/html,*/*", "text/html;q=0.9", "text/htm,text/html", "a/b;q=1 , Text/HTML ;q=0.9",
            ",,text/html;level=1;q=0.4",
        ] {
            assert!(accepts(line), "{line}");
        }
        for line in ["", "*/*", "text/*", "text/htmlx", "application/xhtml+xml", "a/b;text/html", "text/html a"] {
            assert!(!accepts(line), "{line}");
        }
    }

    proptest! {
        /// However the elements are spread over lines, and whatever stands around them.
        #[test]
        fn every_element_is_found_once(
            lines in prop::collection::vec(
                prop::collection::vec(("[ \t]{0,2}", "([a-zA-Z;=\"]([a-z ]{0,3}[a-z])?)?", "[ \t]{0,2}"), 1..5),
                0..4,
            ),
        ) {
            let line = |line: &Vec<(String, String, String)>| {
                line.iter().map(|(before, element, after)| [&**before, element, after].concat()).collect::<Vec<_>>().join(",")
            };
            let headers = headers(&CONNECTION, &lines.iter().map(|elements| line(elements).into()).collect::<Vec<_>>());
            let expected = lines.iter().flatten().map(|(_, element, _)| element.as_bytes());
            let expected: Vec<_> = expected.filter(|element| !element.is_empty()).collect();
            for token in &expected {
                prop_assert!(contain(&headers, &CONNECTION, &token.to_ascii_uppercase()));
            }
            prop_assert!(!contain(&headers, &CONNECTION, b"") && !contain(&headers, &CONNECTION, b"none-of-them"));
            prop_assert_eq!(elements(&headers, &CONNECTION).collect::<Vec<_>>(), expected);
        }
    }
}
