//! Whether a path is a known one, or under it, however it is written.
//!
//! Servers differ in how they treat `%61`, `//`, `.` and `..`, so any of the common readings counts (RFC 3986 §6.2.2 takes the
//! first and the last two for the same path). Case matters, as it does for paths (RFC 3986 §6.2.2.1).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Whether `path` begins with `prefix`: as it stands, percent-decoded, or with its slashes merged and its dots resolved, too.
///
/// ```
/// use octroi::config::path_lies_under;
///
/// assert!(path_lies_under("/api/records", "/api/"));
/// assert!(path_lies_under("/%61pi/records", "/api/"));
/// assert!(path_lies_under("/map/..//api/records", "/api/"));
/// assert!(!path_lies_under("/API/records", "/api/"));
/// ```
pub fn path_lies_under(path: &str, prefix: &str) -> bool {
    in_any_reading(path, prefix, <[u8]>::starts_with)
}

/// Whether `path` is `page` in any of the same readings, each with or without a slash at its end.
///
/// ```
/// use octroi::config::path_is;
///
/// assert!(path_is("/map/../%63ookies", "/cookies/"));
/// assert!(!path_is("/cookies/x", "/cookies/"));
/// ```
pub fn path_is(path: &str, page: &str) -> bool {
    fn bare(path: &[u8]) -> &[u8] {
        path.strip_suffix(b"/").unwrap_or(path)
    }
    in_any_reading(path, page, |path, page| bare(path) == bare(page))
}

fn in_any_reading(path: &str, known: &str, fits: impl Fn(&[u8], &[u8]) -> bool) -> bool {
    if fits(path.as_bytes(), known.as_bytes()) {
        return true;
    }
    if is_plain(path) && is_plain(known) {
        return false;
    }
    let (path, known) = (decoded(path), decoded(known));
    fits(&path, &known) || fits(&resolved(&path), &resolved(&known))
}

/// Whether there is but one way to read a path.
fn is_plain(path: &str) -> bool {
    !path.contains('%') && !path.contains("//") && !path.contains("/.")
}

/// `%2F` becomes a slash, too: that is what a WSGI application sees.
fn decoded(path: &str) -> Cow<'_, [u8]> {
    percent_decode_str(path).into()
}

/// The path without empty segments, `.` and `..` (RFC 3986 §5.2.4, after nginx's `merge_slashes`).
fn resolved(path: &[u8]) -> Vec<u8> {
    let mut segments: Vec<&[u8]> = Vec::new();
    for segment in path.split(|byte| *byte == b'/') {
        match segment {
            b"" | b"." => {}
            b".." => drop(segments.pop()),
            name => segments.push(name),
        }
    }
    let is_folder = path.ends_with(b"/") || path.ends_with(b"/.") || path.ends_with(b"/..");
    if is_folder || segments.is_empty() {
        segments.push(b"");
    }
    segments.iter().flat_map(|segment| [b"/", *segment].concat()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_lies_under_a_prefix_however_it_is_written() {
        for path in [
            "/api/", "/api/x", "/%61pi/x", "/a%70%69/", "/api%2Fx", "/api%2f", "//api/x", "/api//x", "/./api/x",
            "/x/../api/x", "/x/%2e%2E/api/x", "/x/..%2fapi/", "/../api/", "/api/../login", "/api%2f..%2flogin",
            "/api/.",
        ] {
            assert!(path_lies_under(path, "/api/"), "{path}");
        }
    }

    #[test]
    fn another_path_does_not() {
        for path in
            ["/", "/api", "/apis/", "/x/api/", "/API/", "/%2561pi/", "/x/../apis/", "/login/..", "//x//api/", "*"]
        {
            assert!(!path_lies_under(path, "/api/"), "{path}");
        }
    }

    #[test]
    fn a_path_is_a_page_however_it_is_written() {
        for path in [
            "/cookies-fr", "/cookies-fr/", "/cookies%2Dfr", "/%63ookies-fr/", "/cookies-fr%2f", "/a/../cookies-fr",
            "/a/%2E%2e/cookies-fr", "/./cookies-fr/.", "//cookies-fr//", "/cookies-fr/a/..", "/../cookies-fr",
        ] {
            assert!(path_is(path, "/cookies-fr/") && path_is(path, "/cookies-fr"), "{path}");
        }
        for path in [
            "/", "/cookies-frx", "/cookies-fr/x", "/x/cookies-fr", "/Cookies-fr", "/cookies%252Dfr", "/cookies-fr/..",
            "*", "",
        ] {
            assert!(!path_is(path, "/cookies-fr/"), "{path}");
        }
    }

    #[test]
    fn a_prefix_may_be_encoded_too() {
        assert!(path_lies_under("/donn%c3%a9es/x", "/donn%C3%A9es/"));
        assert!(path_lies_under("/donn%C3%A9es/x", "/données/"));
        assert!(path_lies_under("/a%20b/", "/a b/"));
        assert!(path_lies_under("/%2e%2e", "/"));
    }

    proptest! {
        #[test]
        fn encoding_any_of_its_bytes_hides_no_path(rest in "[a-z./%]{0,12}", at in 1usize..5, escape in any::<bool>()) {
            let path = format!("/api/{rest}");
            let byte = path.as_bytes()[at];
            let written = if escape { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
            let encoded = format!("{}{written}{}", &path[..at], &path[at + 1..]);
            prop_assert!(path_lies_under(&encoded, "/api/"), "{}", encoded);
        }
    }
}
