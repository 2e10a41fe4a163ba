//! The charter of `charter.toml` as an oracle: which names it lets pass for whom.

use std::collections::HashSet;
use std::sync::LazyLock;

use octroi::consent::{Format, choice_cookies};
use regex_automata::meta::Regex;

use crate::consent::{self, Statement};

/// The longest life of a cookie of the statistics, in seconds.
pub const CAP: u32 = 395 * 86_400;
/// The cookie that holds the choice.
pub const CONSENT_COOKIE: &[u8] = b"cookies_preferences";

/// What a visitor's values of the consent cookie say together.
#[derive(Clone, Debug)]
pub struct Says {
    granted: Vec<String>,
    refused: Vec<String>,
    /// Whether all values were plain ones, of which octroi must make the same.
    pub sure: bool,
}

/// What happens to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether it may pass.
    pub passes: bool,
    /// Whether consent has no say over it.
    pub exempt: bool,
    /// Whether its life is capped.
    pub capped: bool,
}

impl Says {
    /// What these values say.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let all = values.into_iter().map(Self::of_one).reduce(Self::and);
        all.unwrap_or(Self { granted: vec![], refused: vec![], sure: true })
    }

    fn of_one(value: &[u8]) -> Self {
        let silent = |sure| Self { granted: vec![], refused: vec![], sure };
        let Some(said) = consent::read(value) else { return silent(true) };
        let Statement { plain, ref granted, ref refused, .. } = said;
        match said.holds(false) {
            Some(true) => Self { granted: granted.clone(), refused: refused.clone(), sure: plain },
            Some(false) => silent(plain),
            None => Self { granted: granted.clone(), refused: vec![], sure: false },
        }
    }

    /// Granted is what both grant, refused what either refuses.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.granted.retain(|key| other.granted.contains(key));
        self.refused.extend(other.refused);
        Self { sure: self.sure && other.sure, ..self }
    }

    fn grants(&self, key: &str) -> bool {
        self.granted.iter().any(|granted| granted == key) && !self.refuses(key)
    }

    fn refuses(&self, key: &str) -> bool {
        self.refused.iter().any(|refused| refused == key)
    }

    /// What happens to a cookie of this name.
    pub fn standing(&self, name: &[u8]) -> Standing {
        let free =
            [&b"sessionid"[..], CONSENT_COOKIE].contains(&name) || name.starts_with(b"AWSALB") || is_choice(name);
        let statistics = name.starts_with(b"_pk_id.") || name == b"audience";
        let passes = if free {
            true
        } else if name == b"audience" {
            !self.refuses("matomo")
        } else if statistics {
            self.grants("matomo")
        } else if name.starts_with(b"_ga") {
            self.grants("ga")
        } else {
            self.grants("matomo") && self.grants("ga") && self.refused.is_empty()
        };
        Standing { passes, exempt: free, capped: statistics && !free }
    }
}

/// The choice cookies of known banners, by octroi's own lists: those of the formats, other names, and patterns of names.
fn is_choice(name: &[u8]) -> bool {
    let is_of = |format: &Format| {
        let read = format.names(None).into_iter().any(|(known, _)| known.as_bytes() == name);
        read || format.unread_names().iter().any(|known| known.as_bytes() == name)
    };
    if Format::ALL.iter().any(is_of) {
        return true;
    }
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| choice_cookies::names().collect());
    static PATTERNS: LazyLock<Regex> = LazyLock::new(|| {
        let patterns: Vec<_> = choice_cookies::PATTERNS.iter().map(|pattern| format!(r"\A({pattern})\z")).collect();
        Regex::builder().build_many(&patterns).expect("patterns of the list")
    });
    std::str::from_utf8(name).is_ok_and(|name| NAMES.contains(name)) || PATTERNS.is_match(name)
}
