//! A problem in a file, by key. The core knows no text and no lines: `config` finds them by the [`KeyPath`].

use std::collections::BTreeSet;
use std::fmt;

/// One step into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A key of a table.
    Key(String),
    /// A position in an array, from 0.
    Index(usize),
}

/// Where in a document: `site[0].upstream.endpoints[1]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPath(pub Vec<Segment>);

impl KeyPath {
    /// This path, one key deeper.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_owned()))
    }

    /// This path, one position deeper.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    fn with(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if depth == 0 => write!(f, "{key}")?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl KeyPath {
    /// Whether this is `other` or stands inside it. `site[0].hosts` is within `site[0]` and within itself.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }
}

/// One thing that is wrong, what was expected, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its key.
    pub path: KeyPath,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do: the nearest valid name, say.
    pub help: Option<String>,
}

impl Problem {
    /// A problem that needs no advice beyond its message.
    pub fn new(path: KeyPath, message: impl Into<String>) -> Self {
        Self { path, message: message.into(), help: None }
    }

    /// This problem, and what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A required key that is not there.
    pub(crate) fn missing(table: &KeyPath, key: &str) -> Self {
        Self::new(table.key(key), format!("`{key}` is missing"))
    }

    /// A name that is none of `known`: what to do is to write the nearest one, or any.
    pub(crate) fn unknown<'a>(
        path: KeyPath,
        message: impl Into<String>,
        name: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        let help = match nearest(name, known.clone()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("expected {}", one_of(known.collect::<BTreeSet<_>>().into_iter())),
        };
        Self::new(path, message).with_help(help)
    }
}

/// The known name that `name` was probably meant to be. Case does not count. `None` if more than a third of the letters
/// would have to change (Damerau–Levenshtein).
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, &known.to_lowercase());
    let near = known.map(|known| (distance(known), known)).min_by_key(|(distance, _)| *distance)?;
    // A third of the letters may be wrong; a short word may have one wrong.
    (near.0 <= (lower.chars().count() / 3).max(1)).then_some(near.1)
}

/// `` `a`, `b` or `c` ``
pub(crate) fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["address", "trusted", "tls", "proxy_protocol"];
        let nearest = |name| nearest(name, known.into_iter());
        assert_eq!(nearest("adress"), Some("address"));
        assert_eq!(nearest("Trusted"), Some("trusted"));
        assert_eq!(nearest("proxy-protocol"), Some("proxy_protocol"));
        assert_eq!(nearest("ssl"), None);
        assert_eq!(nearest("port"), None);
    }

    #[test]
    fn a_path_reads_as_it_is_written() {
        let path = KeyPath::default().key("site").index(0).key("upstream").key("endpoints").index(1);
        assert_eq!(path.to_string(), "site[0].upstream.endpoints[1]");
        assert!(path.is_within(&KeyPath::default().key("site").index(0)));
        assert!(!path.is_within(&KeyPath::default().key("site").index(1)));
    }
}
