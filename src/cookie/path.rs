//! Paths, segment by segment: which segments are words that a programmer chose, and which may identify a visitor.
//!
//! The inventory shows paths to the operator, so segments that may identify a visitor are not stored.

use std::sync::Arc;

/// The longest folded path, in bytes.
const LONGEST_FOLDED: usize = 128;
/// No word of a path is longer; many tokens are.
const LONGEST_WORD: usize = 20;
/// How many digits a word may have. `v2.1` has two; a segment with more may be the number of a person.
const MOST_DIGITS: usize = 2;

/// The segments of a path that are not empty.
pub fn path_words(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/').filter(|word| !word.is_empty())
}

/// Whether a segment is a word, so that neither a token nor a number passes.
pub fn is_path_word(word: &[u8]) -> bool {
    let is_letter = |byte: &u8| matches!(byte, b'a'..=b'z' | b'.' | b'-' | b'_');
    word.len() <= LONGEST_WORD
        && word.iter().all(|byte| byte.is_ascii_digit() || is_letter(byte))
        && word.iter().filter(|byte| byte.is_ascii_digit()).count() <= MOST_DIGITS
}

/// A path without its query, each segment that is no word as `*`: `/user/8c1f/edit` is `/user/*/edit`. What is longer
/// than 128 bytes ends in `/*`. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoldedPath(Arc<str>);

impl FoldedPath {
    /// Folds a path; `None` if it does not begin with `/`.
    ///
    /// ```
    /// use octroi::cookie::FoldedPath;
    ///
    /// let folded = |path: &str| FoldedPath::of(path.as_bytes()).map(|path| path.as_str().to_owned());
    /// assert_eq!(folded("/user/8c1f42/edit?next=/").as_deref(), Some("/user/*/edit"));
    /// assert_eq!(folded("user"), None);
    /// ```
    pub fn of(path: &[u8]) -> Option<Self> {
        let path = path.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
        let mut folded = String::new();
        for segment in path.strip_prefix(b"/")?.split(|byte| *byte == b'/') {
            let word = if is_path_word(segment) { segment } else { b"*" };
            if folded.len() + word.len() + "//*".len() > LONGEST_FOLDED {
                folded.push_str("/*");
                break;
            }
            folded.push('/');
            folded.extend(word.iter().map(|byte| char::from(*byte)));
        }
        Some(Self(folded.into()))
    }

    /// As text: visible ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for FoldedPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(path: &[u8]) -> String {
        FoldedPath::of(path).map_or_else(String::new, |path| path.as_str().to_owned())
    }

    #[test]
    fn what_is_no_word_is_folded() {
        for (path, expected) in [
            ("/", "/"),
            ("/explore/dataset/", "/explore/dataset/"),
            ("/api/v2.1/catalog", "/api/v2.1/catalog"),
            ("/user/8c1f22/edit", "/user/*/edit"),
            ("/user/jean@example.fr", "/user/*"),
            ("/reset/dXNlcg", "/reset/*"),
            ("/a;jsessionid=needle?q=needle", "/*"),
            ("/a?q=/needle", "/a"),
            ("/caf%C3%A9/é", "/*/*"),
            ("//a", "//a"),
            ("*", ""),
            ("", ""),
        ] {
            assert_eq!(folded(path.as_bytes()), expected, "{path}");
        }
    }

    proptest! {
        #[test]
        fn folding_is_bounded_and_stable(path in prop_oneof![prop::collection::vec(any::<u8>(), 0..600), "(/[a-z0-9]{0,24}){0,20}".prop_map(String::into_bytes)]) {
            let once = folded(&path);
            prop_assert!(once.len() <= LONGEST_FOLDED);
            prop_assert_eq!(folded(once.as_bytes()), once);
        }
    }
}
