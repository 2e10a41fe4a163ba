//! Path prefixes: whether a path is under one, however it is written.
//!
//! Servers differ in how they treat `%61`, `//`, `.` and `..`. A path counts as under a prefix if any of the common readings is.
//! Case matters, as it does for paths (RFC 3986 §6.2.2.1).

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
    if path.starts_with(prefix) {
        return true;
    }
    if is_plain(path) && is_plain(prefix) {
        return false;
    }
    let (path, prefix) = (decoded(path), decoded(prefix));
    path.starts_with(&prefix) || resolved(&path).starts_with(&resolved(&prefix))
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
            "/api/",
            "/api/x",
            "/%61pi/x",
            "/a%70%69/",
            "/api%2Fx",
            "/api%2f",
            "//api/x",
            "/api//x",
            "/./api/x",
            "/x/../api/x",
            "/x/%2e%2E/api/x",
            "/x/..%2fapi/",
            "/../api/",
            "/api/../login",
            "/api%2f..%2flogin",
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
