//! Paths of the site itself that belong to a third party: a tracker that the portal serves from its own host.
//!
//! A request's path can be spelled in many ways, and servers read them differently. So paths are compared in the loosest form in
//! which a portal may read them ([`compared`]): in doubt, a request is held.

use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;

/// A path of the site, and all that lies below it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyPath {
    /// First, because paths of one form are one path.
    compared: Box<[u8]>,
    written: Box<str>,
}

/// Why a text names no path of the site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartyPathError {
    /// It does not begin with `/`.
    #[error("`{0}` is no path of the site: write `/matomo.js`")]
    Relative(String),
    /// It has a query, a fragment, a `*`, white space or control characters.
    #[error(
        "`{0}` is more than a path: write it without `?`, `#`, `*` and spaces; all below it, and every query, is meant"
    )]
    MoreThanPath(String),
    /// All paths lie below it.
    #[error("`{0}` is the whole site: name the paths of the third party alone")]
    WholeSite(String),
}

impl FromStr for PartyPath {
    type Err = PartyPathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !text.starts_with('/') {
            return Err(PartyPathError::Relative(text.to_owned()));
        }
        let is_of_no_path = |char: char| matches!(char, '?' | '#' | '*') || char.is_whitespace() || char.is_control();
        if text.contains(is_of_no_path) {
            return Err(PartyPathError::MoreThanPath(text.to_owned()));
        }
        let compared = compared(text);
        if compared.is_empty() {
            return Err(PartyPathError::WholeSite(text.to_owned()));
        }
        Ok(Self { compared: compared.into(), written: text.into() })
    }
}

impl PartyPath {
    /// Whether a path, in the form of [`compared`], is this one or lies below it.
    ///
    /// ```
    /// use octroi::charter::{PartyPath, compared};
    ///
    /// let path: PartyPath = "/matomo.php".parse().unwrap();
    /// assert!(path.covers(&compared("/matomo.php?idsite=1")));
    /// assert!(path.covers(&compared("/x/..//%6Datomo.PHP;jsessionid=1/x")));
    /// assert!(!path.covers(&compared("/matomo.php2")));
    /// ```
    pub fn covers(&self, compared: &[u8]) -> bool {
        let below = compared.strip_prefix(&*self.compared);
        below.is_some_and(|rest| matches!(rest, [] | [b'/', ..]))
    }

    /// Whether all that `other` covers is covered here, too.
    pub fn covers_all(&self, other: &Self) -> bool {
        self.covers(&other.compared)
    }

    /// The length of the compared form in bytes: of several paths that cover a request, the longest decides.
    pub fn length(&self) -> usize {
        self.compared.len()
    }
}

impl fmt::Display for PartyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// A path in the form that is compared. Query and fragment are removed, and in each segment the part from a `;` on (as servlet
/// containers do). Then the path is percent-decoded once, `\` becomes `/`, ASCII letters become lower case, empty and `.`
/// segments are removed, and `..` removes the segment before it (RFC 3986 §5.2.4, after nginx's `merge_slashes`). Empty for `/`.
pub fn compared(path: &str) -> Vec<u8> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/').map(|segment| segment.split(';').next().unwrap_or_default());
    let mut segments: Vec<Vec<u8>> = Vec::new();
    for part in parts {
        let decoded = percent_decode_str(part).map(|byte| byte.to_ascii_lowercase()).collect::<Vec<_>>();
        // `%2F` and `\` stand between segments for some servers.
        for segment in decoded.split(|byte| matches!(byte, b'/' | b'\\')) {
            match segment {
                b"" | b"." => {}
                b".." => drop(segments.pop()),
                name => segments.push(name.to_owned()),
            }
        }
    }
    segments.iter().flat_map(|segment| [b"/", segment.as_slice()]).flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(text: &str) -> PartyPath {
        text.parse().unwrap()
    }

    #[test]
    fn every_spelling_of_a_path_is_that_path() {
        let own = path("/stats/Matomo.js");
        for spelling in [
            "/stats/Matomo.js",
            "/stats/matomo.js?x=1",
            "/stats/matomo.js#x",
            "/STATS/MATOMO.JS",
            "//stats//matomo.js",
            "/stats/./matomo.js",
            "/a/../stats/matomo.js",
            "/a//../stats/matomo.js",
            "/../stats/matomo.js",
            "/stats/%6d%61tomo%2Ejs",
            "/stats%2Fmatomo.js",
            "/stats\\matomo.js",
            "/stats%5cmatomo.js",
            "/a/%2e%2e/stats/matomo.js",
            "/stats;v=1/matomo.js;jsessionid=2",
            "/a/..;/stats/matomo.js",
            "/stats/matomo.js/",
            "/stats/matomo.js/path-info",
        ] {
            assert!(own.covers(&compared(spelling)), "{spelling}");
        }
        for other in ["/", "/stats", "/stats/matomo.json", "/stats/matomo", "/matomo.js", "/stats/matomo.js/../other"] {
            assert!(!own.covers(&compared(other)), "{other}");
        }
    }

    #[test]
    fn what_names_no_path_is_refused() {
        for (text, expected) in [
            ("matomo.js", PartyPathError::Relative as fn(String) -> PartyPathError),
            ("", PartyPathError::Relative),
            ("https://a.fr/x", PartyPathError::Relative),
            ("/matomo.php?x", PartyPathError::MoreThanPath),
            ("/a#b", PartyPathError::MoreThanPath),
            ("/stats/*", PartyPathError::MoreThanPath),
            ("/a b", PartyPathError::MoreThanPath),
            ("/a\n", PartyPathError::MoreThanPath),
            ("/", PartyPathError::WholeSite),
            ("/a/..", PartyPathError::WholeSite),
            ("/;x", PartyPathError::WholeSite),
        ] {
            assert_eq!(text.parse::<PartyPath>(), Err(expected(text.to_owned())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_spelling_makes_another_path(text in "/[a-zA-Z./]{1,20}", below in "/[a-z]{1,5}") {
            let Ok(path) = text.parse::<PartyPath>() else { return Ok(()) };
            let encoded = text.bytes().map(|byte| if byte == b'/' { "/".to_owned() } else { format!("%{byte:02x}") });
            let encoded = encoded.collect::<String>();
            for spelling in [&text, &encoded] {
                let spelling = compared(&(spelling.clone() + &below));
                prop_assert!(path.covers(&spelling), "{}", text);
            }
            prop_assert!(path.covers_all(&path) && path.to_string() == text);
        }
    }
}
