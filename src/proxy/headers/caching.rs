//! Caching: if consent decided over the cookies of a response, it belongs to one visitor, and no shared cache may store it.
//!
//! The gate says whether a response is private. This file writes the fields that say so to every kind of cache.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, Entry, OccupiedEntry};
use http::{HeaderMap, HeaderValue};

use super::rare_fields::{RareFields, RareKind};
use crate::http::fields;

const PRIVATE: &[u8] = b"private";
const NO_CACHE: &[u8] = b", no-cache";
const SEPARATOR: &[u8] = b", ";

/// Makes a response private (RFC 9111 §5.2.2.7). All other directives stay, but those that invite shared caches. `rare`: which
/// rare fields it came with.
pub(in crate::proxy) fn make_private(headers: &mut HeaderMap, rare: RareFields) {
    restrict(headers, rare, false);
}

/// Makes a response private, and makes every cache revalidate it before use (RFC 9111 §5.2.2.4), whatever age is allowed
/// otherwise.
pub(in crate::proxy) fn make_private_and_revalidate(headers: &mut HeaderMap, rare: RareFields) {
    restrict(headers, rare, true);
}

fn restrict(headers: &mut HeaderMap, rare: RareFields, revalidates: bool) {
    if rare.shared_caching {
        fields::remove(headers, |name| RareKind::of(name) == Some(RareKind::SharedCaching));
    }
    match headers.entry(CACHE_CONTROL) {
        Entry::Vacant(none) => {
            // As constants, their bytes are checked when octroi is compiled.
            none.insert(if revalidates {
                const { HeaderValue::from_static("private, no-cache") }
            } else {
                const { HeaderValue::from_static("private") }
            });
        }
        Entry::Occupied(mut fields) => {
            let value = restricted(&fields, revalidates);
            fields.insert(value);
        }
    }
}

fn restricted(fields: &OccupiedEntry<'_, HeaderValue>, revalidates: bool) -> HeaderValue {
    let directives = || fields.iter().flat_map(|field| directives(field.as_bytes()));
    let says = |word: &[u8]| directives().any(|directive| directive.eq_ignore_ascii_case(word));
    let added = if revalidates && !says(b"no-cache") && !says(b"no-store") { NO_CACHE } else { b"" };
    let lengths = fields.iter().map(|field| SEPARATOR.len() + field.len());
    // Filled to the last byte if every directive stays: then `Bytes` takes it over as it is.
    let mut line = Vec::with_capacity(PRIVATE.len() + lengths.sum::<usize>() + added.len());
    line.extend_from_slice(PRIVATE);
    for directive in directives().filter(|directive| is_kept(directive)) {
        line.extend_from_slice(SEPARATOR);
        line.extend_from_slice(directive);
    }
    line.extend_from_slice(added);
    HeaderValue::from_maybe_shared(Bytes::from(line)).unwrap_or_else(|_| HeaderValue::from_static("private, no-cache"))
}

/// `private="field"` would let the rest be shared: the plain `private` takes its place.
fn is_kept(directive: &[u8]) -> bool {
    let name = directive.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii();
    !directive.is_empty()
        && ![&b"private"[..], b"public", b"s-maxage"].iter().any(|gone| name.eq_ignore_ascii_case(gone))
}

/// Splits a field at the commas outside quotes. If a quote is never closed, the rest is left out, because caches would
/// disagree on it.
fn directives(field: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = field;
    std::iter::from_fn(move || {
        let (directive, after) = rest.split_at_checked(directive_end(rest)?)?;
        rest = after.split_first().map_or(&[], |(_comma, after)| after);
        Some(directive.trim_ascii())
    })
}

/// Where the first directive ends; `None` if there is none, or a quote in it is never closed.
fn directive_end(field: &[u8]) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (index, byte) in field.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return Some(index),
            _ => {}
        }
    }
    (!quoted && !field.is_empty()).then_some(field.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    /// Of these lines of `Cache-Control`, `change` leaves the one beside them.
    fn assert_one_line(table: &[(&[&str], &str)], change: fn(&mut HeaderMap, RareFields)) {
        for (lines, expected) in table {
            let lines: Vec<_> = lines.iter().map(|line| ("cache-control", *line)).collect();
            let mut headers = headers(&lines);
            change(&mut headers, RareFields::default());
            assert_eq!(fields(&headers), [format!("cache-control: {expected}")], "{lines:?}");
        }
    }

    #[test]
    fn shared_caches_are_turned_away() {
        let table: &[(&[&str], &str)] = &[
            (&[], "private"),
            (&[""], "private"),
            (&["public"], "private"),
            (&["public, max-age=60, s-maxage=600"], "private, max-age=60"),
            (&["Public,S-MaxAge=1 , Max-Age=60,,immutable"], "private, Max-Age=60, immutable"),
            (&["max-age=60", "public", "must-revalidate"], "private, max-age=60, must-revalidate"),
            (&["private", "public"], "private"),
            (&["private, max-age=60", "s-maxage=600"], "private, max-age=60"),
            (&["no-store"], "private, no-store"),
            (&["no-cache=\"set-cookie, x\", public"], "private, no-cache=\"set-cookie, x\""),
            (&["private=\"set-cookie\", max-age=1"], "private, max-age=1"),
            (&["max-age=1, private"], "private, max-age=1"),
            (&["x=\"a\\\", public\", max-age=1"], "private, x=\"a\\\", public\", max-age=1"),
            (&["max-age=1, x=\"open, public"], "private, max-age=1"),
        ];
        assert_one_line(table, make_private);
    }

    #[test]
    fn what_must_be_asked_for_again_says_so_once() {
        let table: &[(&[&str], &str)] = &[
            (&[], "private, no-cache"),
            (&[""], "private, no-cache"),
            (&["private, max-age=60"], "private, max-age=60, no-cache"),
            (&["public", "max-age=60"], "private, max-age=60, no-cache"),
            (&["no-cache=\"x\""], "private, no-cache=\"x\", no-cache"),
            (&["private, No-Cache"], "private, No-Cache"),
            (&["max-age=1", "no-cache, public"], "private, max-age=1, no-cache"),
            (&["no-store"], "private, no-store"),
            (&["max-age=1, x=\"open, no-cache"], "private, max-age=1, no-cache"),
        ];
        assert_one_line(table, make_private_and_revalidate);
    }

    #[test]
    fn fields_for_shared_caches_go() {
        let mut headers = headers(&[
            ("cdn-cache-control", "max-age=60"),
            ("cloudflare-cdn-cache-control", "max-age=60"),
            ("surrogate-control", "max-age=60"),
            ("x-accel-expires", "60"),
            ("expires", "Thu, 01 Jan 2037 00:00:00 GMT"),
            ("vary", "accept-encoding"),
        ]);
        let rare = RareFields::of(&headers);
        make_private(&mut headers, rare);
        let expected = ["cache-control: private", "expires: Thu, 01 Jan 2037 00:00:00 GMT", "vary: accept-encoding"];
        assert_eq!(fields(&headers), expected);
    }
}
