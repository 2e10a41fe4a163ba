//! The URLs of a page as browsers read them, by the WHATWG standard: with backslashes, with tabs, with one slash or three,
//! percent-encoded, in full-width letters.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::{AsciiSet, percent_encode};
use url::{Position, Url};

/// Stands for the site's own host in what [`BaseUrls`] reads. No host has this name (RFC 6761 §6.4).
pub const PAGE_HOST: &str = "visitor.invalid";

/// The base of a page whose `<base>` cannot be read: no third party has this host.
const UNREADABLE: &str = "https://unreadable.invalid/";

/// What the URLs of a page are relative to: the page over https and over http. `https:host/` is a path on the one and a
/// host on the other, and if TLS ends before octroi, the visitor's scheme is only what is announced.
#[derive(Clone, Debug)]
pub struct BaseUrls([Option<Url>; 2]);

impl Default for BaseUrls {
    /// Those of a page of the site.
    fn default() -> Self {
        Self(["https", "http"].map(|scheme| Url::parse(&format!("{scheme}://{PAGE_HOST}/")).ok()))
    }
}

impl BaseUrls {
    /// All that a browser may read a URL as; nothing if none can read it. Of two that differ in the scheme alone, one.
    pub fn readings(&self, url: &[u8]) -> Vec<Url> {
        let url = as_browsers_take(url);
        // Without a scheme and a port it leads to one place from both, if they are one. Most URLs are such, and reading them
        // is most of what is done for an element of a page.
        let bases = if self.are_one_place() && !url.contains(':') { 1 } else { self.0.len() };
        self.0.iter().flatten().take(bases).filter_map(|base| base.join(&url).ok()).collect()
    }

    /// Whether both differ in the scheme alone.
    fn are_one_place(&self) -> bool {
        let [Some(one), Some(other)] = &self.0 else { return false };
        one[Position::BeforeHost..] == other[Position::BeforeHost..]
    }

    /// Makes all further URLs relative to this one: the `href` of a `<base>` (HTML, "set the frozen base URL"). If it cannot be
    /// read here, a browser may still read it: relative URLs then lead to nobody's host.
    pub fn set(&mut self, href: &[u8]) {
        let href = as_browsers_take(href);
        for base in &mut self.0 {
            let next = base.as_ref().and_then(|base| base.join(&href).ok()).or_else(|| Url::parse(UNREADABLE).ok());
            if let Some(url) = next.filter(|url| !matches!(url.scheme(), "data" | "javascript")) {
                *base = Some(url);
            }
        }
    }
}

/// What browsers do before they read on: bytes beyond ASCII are encoded, white space is taken off and out, and of the
/// slashes in front two count, of which `url` takes the third for the path.
fn as_browsers_take(url: &[u8]) -> String {
    let text = Cow::from(percent_encode(url, &AsciiSet::EMPTY));
    let is_dropped = |char: char| matches!(char, '\t' | '\n' | '\r');
    let text: String = text.trim_matches(|char| char <= ' ').split(is_dropped).collect();
    let slashes = text.bytes().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
    text.get(slashes.saturating_sub(2)..).unwrap_or_default().to_owned()
}

/// Where in the value of a `Refresh` its URL is: empty if it leads back to the page itself (HTML, "shared declarative refresh
/// steps").
pub fn refresh_url(value: &[u8]) -> Range<usize> {
    let seconds = trimmed(value);
    let separator = after(seconds, seconds.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'.')).count());
    let word = after(separator, usize::from(matches!(separator, [b';' | b',', ..])));
    let url = match word.split_at_checked(3).map(|(word, rest)| (word, trimmed(rest))) {
        Some((word, [b'=', rest @ ..])) if word.eq_ignore_ascii_case(b"url") => trimmed(rest),
        _ => word,
    };
    let (url, length) = match url {
        [quote @ (b'"' | b'\''), url @ ..] => (url, url.iter().position(|byte| byte == quote).unwrap_or(url.len())),
        url => (url, url.len()),
    };
    let start = value.len() - url.len();
    start..start + length
}

fn after(text: &[u8], count: usize) -> &[u8] {
    trimmed(text.get(count..).unwrap_or_default())
}

/// Without white space in front. Browsers skip more here than HTML says: a vertical tab, Unicode's spaces and ends of lines.
fn trimmed(text: &[u8]) -> &[u8] {
    let mut rest = text;
    // No letter is longer than four bytes.
    while let Some(chunk) = rest.get(..rest.len().min(4)).and_then(|start| start.utf8_chunks().next())
        && let Some(char) = chunk.valid().chars().next().filter(|char| char.is_whitespace())
    {
        rest = rest.get(char.len_utf8()..).unwrap_or_default();
    }
    rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    fn hosts(bases: &BaseUrls, url: &str) -> Vec<String> {
        bases.readings(url.as_bytes()).iter().filter_map(|url| url.host_str().map(str::to_owned)).collect()
    }

    /// Each of them had Chromium and Firefox ask the host.
    #[test]
    fn every_spelling_of_a_host_is_read() {
        let bases = BaseUrls::default();
        for url in [
            "http://h.example/x", "  ht\ttp:\n//h.example/x ", "\\\\h.example\\x", "http:////h.example/x",
            "///h.example/x", "//H.EXAMPLE/x", "//h%2Eexample/x", "//h\u{3002}example/x", "https://user@h.example/x",
        ] {
            let hosts = hosts(&bases, url);
            assert!(!hosts.is_empty() && hosts.iter().all(|host| host == "h.example"), "{url}: {hosts:?}");
        }
        assert_eq!(hosts(&bases, "https:h.example/x"), [PAGE_HOST, "h.example"]);
        assert_eq!(hosts(&bases, "http://[/"), [] as [&str; 0]);
    }

    #[test]
    fn what_follows_a_base_is_relative_to_it() {
        let mut bases = BaseUrls::default();
        bases.set(b"javascript:x");
        assert_eq!(hosts(&bases, "a.js"), [PAGE_HOST]);
        bases.set(b"//h.example/x/");
        assert_eq!(hosts(&bases, "a.js"), ["h.example"]);
        assert_eq!(hosts(&bases, "//other.example/a.js"), ["other.example"]);
        bases.set(b"https:x.example/");
        assert_eq!(hosts(&bases, "a.js"), ["h.example", "x.example"]);
        // Chromium reads it, and asks that host for `a.js`.
        bases.set(b"http://xn--a.example/");
        assert_eq!(hosts(&bases, "a.js"), ["unreadable.invalid"]);
        assert_eq!(hosts(&bases, "//other.example/a.js"), ["other.example"]);
    }

    proptest! {
        /// What is read once leads to no other place if it is read from the other base, too.
        #[test]
        fn no_place_is_missed(
            base in pieces(),
            url in pieces(),
        ) {
            let mut bases = BaseUrls::default();
            bases.set(base.as_bytes());
            let place = |url: Url| url[Position::BeforeUsername..].to_owned();
            let read: Vec<_> = bases.readings(url.as_bytes()).into_iter().map(place).collect();
            let taken = as_browsers_take(url.as_bytes());
            for base in bases.0.iter().flatten() {
                let other = base.join(&taken).ok().map(place);
                prop_assert!(other.is_none_or(|other| read.contains(&other)), "{} {}", base, taken);
            }
        }
    }

    /// Texts of what makes a difference in a URL.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = select(&[
            "http:", "https:", "data:", "/", "//", "\\", ":80", ":443", "h.example", "x", "?", "#", "@", "..", " ",
        ]);
        proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }
}
