//! Detects loops: octroi may be configured to send requests to itself, directly or through other proxies.
//!
//! Each process adds a mark of its own to `CDN-Loop`, the field that exists for this (RFC 8586): servers do not act on it
//! otherwise, and proxies must not remove it. A request is refused only if it has this process's mark. So octroi may stand
//! behind octroi, and a mark that a visitor invents has no effect.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue};
use memchr::memmem;

/// The field of RFC 8586, by which content delivery networks find requests that run in circles.
pub(in crate::proxy) const CDN_LOOP: HeaderName = HeaderName::from_static("cdn-loop");

/// 128 random bits of this process, in hexadecimal digits.
static ID: LazyLock<String> = LazyLock::new(|| format!("{:032x}", fastrand::u128(..)));
static MARK: LazyLock<Option<HeaderValue>> =
    LazyLock::new(|| HeaderValue::try_from(format!("octroi; id={}", *ID)).ok());

/// What is added to each request.
pub(in crate::proxy) fn mark() -> HeaderValue {
    MARK.clone().unwrap_or_else(|| HeaderValue::from_static("octroi"))
}

/// Whether this process has sent the request on before, however the field was written anew on its way.
pub(in crate::proxy) fn has_come_back(headers: &HeaderMap) -> bool {
    headers.get_all(&CDN_LOOP).iter().any(|line| memmem::find(line.as_bytes(), ID.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::headers;

    #[test]
    fn only_the_mark_of_this_process_counts() {
        let mark = mark();
        let mark = mark.to_str().unwrap();
        let foreign = format!("octroi; id={:032x}", fastrand::u128(..));
        for lines in [&[][..], &[("cdn-loop", "octroi")], &[("cdn-loop", "octroi; id="), ("cdn-loop", &foreign)]] {
            assert!(!has_come_back(&headers(lines)), "{lines:?}");
        }
        let joined = format!("a.example, {},{foreign}", mark.replace("; ", ";"));
        for lines in [&[("cdn-loop", mark)][..], &[("cdn-loop", "cdn"), ("cdn-loop", mark)], &[("cdn-loop", &joined)]] {
            assert!(has_come_back(&headers(lines)), "{lines:?}");
        }
    }
}
