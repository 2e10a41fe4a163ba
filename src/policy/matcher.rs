//! Finds what the policy knows of a name: exact names first, then one pass over all patterns.
//!
//! All patterns are one automaton, so a name costs one pass over its bytes, however many patterns the charter has.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use regex_automata::meta::{BuildError, Regex};
use regex_automata::{Anchored, Input};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, Look};

use crate::charter::NamePattern;

/// What a name turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The declaration at this position of the charter.
    Declared(usize),
    /// A cookie that holds a choice.
    Choice,
    /// A load balancer's cookie that the charter exempts.
    Infrastructure,
}

/// Finds what a name is. If several patterns match, the one added first wins.
#[derive(Debug)]
pub(super) struct Matcher {
    exact: ExactNames,
    /// The length of the longest of them: a longer name need not be hashed.
    longest: usize,
    patterns: Option<Regex>,
    /// By the position of the pattern.
    found: Vec<Found>,
}

/// Exact names. A look-up costs the same, however many a charter lists.
type ExactNames = HashMap<Box<[u8]>, Found, BuildHasherDefault<Fnv>>;

/// FNV-1a: quick for short names. Visitors cannot add names to the table, so collisions need not be prevented.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        self.0 = bytes.iter().fold(self.0, mix);
    }

    /// All names are text of some length: nothing is gained by mixing that in as well.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Collects names and patterns, in order of precedence.
#[derive(Debug, Default)]
pub(super) struct MatcherBuilder {
    exact: ExactNames,
    patterns: Vec<Hir>,
    found: Vec<Found>,
}

/// Why a name pattern cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum PatternError {
    /// It is no regular expression.
    #[error(transparent)]
    Syntax(Box<regex_syntax::Error>),
    /// It is too large, alone or with the others.
    #[error("{}", cause(.0))]
    Build(Box<BuildError>),
}

impl Matcher {
    /// What was added for this name. An exact name wins over every pattern; of several patterns, the one that was added first
    /// wins.
    pub(super) fn find(&self, name: &[u8]) -> Option<Found> {
        let exact = if name.len() <= self.longest { self.exact.get(name).copied() } else { None };
        exact.or_else(|| {
            let input = Input::new(name).anchored(Anchored::Yes);
            let hit = self.patterns.as_ref()?.search_half(&input)?;
            self.found.get(hit.pattern().as_usize()).copied()
        })
    }
}

impl MatcherBuilder {
    /// Adds an exact name, unless one like it was added before.
    pub(super) fn name(&mut self, name: &[u8], found: Found) {
        self.exact.entry(name.into()).or_insert(found);
    }

    /// Adds a pattern.
    ///
    /// # Errors
    /// If it is no regular expression; then nothing is added.
    pub(super) fn pattern(&mut self, pattern: &NamePattern, found: Found) -> Result<(), PatternError> {
        match pattern {
            NamePattern::Exact(name) => self.name(name.as_bytes(), found),
            other => {
                self.patterns.push(parse(other)?);
                self.found.push(found);
            }
        }
        Ok(())
    }

    /// # Errors
    /// If the patterns together are too large.
    pub(super) fn build(self) -> Result<Matcher, PatternError> {
        let patterns = if self.patterns.is_empty() { None } else { Some(compile(&self.patterns)?) };
        let longest = self.exact.keys().map(|name| name.len()).max().unwrap_or(0);
        Ok(Matcher { exact: self.exact, longest, patterns, found: self.found })
    }
}

/// Whether a pattern can be used at all.
///
/// # Errors
/// If it is no regular expression, or too large.
pub(super) fn check(pattern: &NamePattern) -> Result<(), PatternError> {
    compile(&[parse(pattern)?]).map(drop)
}

/// The error itself only counts the patterns.
fn cause(error: &BuildError) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

fn compile(patterns: &[Hir]) -> Result<Regex, PatternError> {
    let limits = Regex::config().utf8_empty(false).nfa_size_limit(Some(1 << 20));
    let compiled = Regex::builder().configure(limits).build_many_from_hir(patterns);
    compiled.map_err(|error| PatternError::Build(Box::new(error)))
}

/// The pattern as an expression of whole names, over bytes, because a name may be invalid UTF-8. The charter's text is parsed by
/// itself, and the anchors are added to the result. So a text such as `a)|(?:b` cannot escape them.
fn parse(pattern: &NamePattern) -> Result<Hir, PatternError> {
    let text = match pattern {
        NamePattern::Exact(name) => regex_syntax::escape(name),
        NamePattern::Prefix(prefix) => format!("{}.*", regex_syntax::escape(prefix)),
        NamePattern::Glob(glob) => regex_syntax::escape(glob).replace(r"\*", ".*").replace(r"\?", "."),
        NamePattern::Regex(regex) => regex.clone(),
    };
    let mut parser = ParserBuilder::new().utf8(false).unicode(false).dot_matches_new_line(true).build();
    let parsed = parser.parse(&text).map_err(|error| PatternError::Syntax(Box::new(error)))?;
    Ok(Hir::concat(vec![Hir::look(Look::Start), parsed, Hir::look(Look::End)]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matcher(patterns: &[NamePattern]) -> Matcher {
        let mut builder = MatcherBuilder::default();
        for (index, pattern) in patterns.iter().enumerate() {
            builder.pattern(pattern, Found::Declared(index)).expect("a valid pattern");
        }
        builder.build().expect("valid patterns")
    }

    fn matches(pattern: NamePattern, name: &[u8]) -> bool {
        matcher(&[pattern]).find(name).is_some()
    }

    #[test]
    fn names_are_compared_byte_for_byte() {
        let session = || NamePattern::Exact("sessionid".into());
        assert!(matches(session(), b"sessionid"));
        for other in
            ["Sessionid", "sessionid ", "session%69d", "\"sessionid\"", "\u{a0}sessionid", "sessioni", "sessionid2", ""]
        {
            assert!(!matches(session(), other.as_bytes()), "{other:?}");
        }
    }

    #[test]
    fn patterns_match_whole_names_of_any_bytes() {
        assert!(matches(NamePattern::Prefix("_pk_id.".into()), b"_pk_id.1.1fff"));
        assert!(matches(NamePattern::Prefix("_pk_id.".into()), b"_pk_id.\xff\n"));
        assert!(!matches(NamePattern::Prefix("_pk_id.".into()), b"_pk_idx1"));
        assert!(!matches(NamePattern::Prefix("_pk_id.".into()), b"x_pk_id.1"));
        assert!(matches(NamePattern::Glob("SSESS*".into()), b"SSESS42"));
        assert!(matches(NamePattern::Glob("a?c".into()), b"a\xffc"));
        assert!(!matches(NamePattern::Glob("a?c".into()), b"ac"));
        assert!(matches(NamePattern::Regex("_ga(_.*)?|_gid".into()), b"_ga_X1"));
        assert!(!matches(NamePattern::Regex("_ga|_gid".into()), b"_gid2"));
        assert!(!matches(NamePattern::Regex("_ga|_gid".into()), b"x_ga"));
    }

    #[test]
    fn exact_names_win_over_patterns_and_the_first_pattern_over_later_ones() {
        let matcher = matcher(&[
            NamePattern::Prefix("_ga".into()),
            NamePattern::Glob("_g*".into()),
            NamePattern::Exact("_gat".into()),
        ]);
        assert_eq!(matcher.find(b"_gat"), Some(Found::Declared(2)));
        assert_eq!(matcher.find(b"_ga_1"), Some(Found::Declared(0)));
        assert_eq!(matcher.find(b"_gid"), Some(Found::Declared(1)));
        assert_eq!(matcher.find(b"_x"), None);
    }

    #[test]
    fn a_faulty_expression_is_an_error() {
        for faulty in ["a(", "a)|(?:b", "a)", "(?:a))(?:b", "[a", "a\\", "a{1000}{1000}{1000}", "(?=a)b", "*"] {
            assert!(check(&NamePattern::Regex(faulty.into())).is_err(), "{faulty}");
        }
    }

    #[test]
    fn no_expression_sheds_its_anchors() {
        for (regex, whole, part) in [
            ("a|b", "b", "xb"),
            ("(?x)a # a comment", "a", "ab"),
            ("(?x)a # )\\z|(?:b", "a", "b"),
            ("(?m)^a$", "a", "a\nb"),
            ("(?i)a", "A", "Ab"),
            ("(?U)a+", "aa", "aab"),
            ("a??", "a", "ab"),
            ("\\z|a", "a", "ba"),
        ] {
            assert!(matches(NamePattern::Regex(regex.into()), whole.as_bytes()), "{regex}");
            assert!(!matches(NamePattern::Regex(regex.into()), part.as_bytes()), "{regex}");
        }
    }

    proptest! {
        #[test]
        fn a_prefix_matches_what_begins_with_it(prefix in "[ -~]{1,8}", name in proptest::collection::vec(any::<u8>(), 0..16)) {
            prop_assert_eq!(matches(NamePattern::Prefix(prefix.clone()), &name), name.starts_with(prefix.as_bytes()));
        }

        #[test]
        fn a_glob_without_wildcards_matches_itself_alone(text in "[ -)+->@-~]{1,8}", other in "[ -~]{1,8}") {
            prop_assert!(matches(NamePattern::Glob(text.clone()), text.as_bytes()));
            prop_assert_eq!(matches(NamePattern::Glob(text.clone()), other.as_bytes()), text == other);
        }

        /// Whatever passes for an expression is closed in itself.
        #[test]
        fn what_is_accepted_is_closed(regex in "[ab()|:?*^$\\\\x#]{0,12}", name in "[abx)]{0,4}") {
            if check(&NamePattern::Regex(regex.clone())).is_ok() {
                let bytes = regex_automata::util::syntax::Config::new().unicode(false).utf8(false);
                let build = |regex: &str| Regex::builder().syntax(bytes).build(regex).ok();
                let alone = build(&regex).expect("an expression alone");
                let found = matches(NamePattern::Regex(regex.clone()), name.as_bytes());
                prop_assert!(!found || alone.is_match(&name), "{regex} finds no part of {name}");
                prop_assert!(build(&format!("\\A(?:{regex}\n)\\z")).is_some(), "{regex} is closed");
            }
        }
    }
}
