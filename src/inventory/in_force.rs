//! Judges a name that was seen before the charter was put in force.
//!
//! Attributes and choices are not stored, so the verdict is that of a line without attributes, for a visitor who has made no
//! choice. It is left open if it depends on a part of the name that was folded.

use std::sync::Arc;

use super::names::Names;
use super::seen::{Decision, JudgedAnew};
use crate::charter::{Charter, NamePattern};
use crate::cookie::{FOLD_MARK, SetCookie, UnixTime, fold};
use crate::policy::{Direction, Policy, Subject};

/// The charter in force on a site.
#[derive(Clone, Debug)]
pub struct CharterInForce {
    /// The hash of the charter's text.
    pub hash: Arc<str>,
    /// The charter, whose patterns may cover a folded name.
    pub charter: Arc<Charter>,
    /// The policy of that charter.
    pub policy: Arc<Policy>,
}

impl CharterInForce {
    /// Judges all of these names.
    pub(super) fn judge_anew(&self, names: &mut Names) {
        names.judge_anew(|name, direction| self.judge(name, direction));
    }

    /// The decision for a visitor who has chosen nothing.
    fn judge(&self, name: &[u8], direction: Direction) -> JudgedAnew {
        let stem = name.strip_suffix(&[FOLD_MARK]);
        // Like those that were folded: it begins with the stem, and goes on.
        let example = stem.map_or_else(|| name.to_vec(), |stem| [stem, b"*"].concat());
        let line = [&example[..], b"="].concat();
        let line = SetCookie::parse(&line);
        let subject = match (direction, &line) {
            (Direction::Response, Ok(line)) => Subject::SetCookie(line),
            _ => Subject::Pair(&example),
        };
        // The line has no dates, so the time does not matter.
        let judgement = self.policy.judge(subject, &self.policy.silence(false), UnixTime(0));
        let decision = Decision::new(direction, &judgement);
        match stem {
            Some(stem) if !decision.declared && self.declares_some(name, stem) => JudgedAnew::Open,
            _ => JudgedAnew::Decided(decision),
        }
    }

    /// Whether a declaration may cover some of the names that were folded into one.
    fn declares_some(&self, folded: &[u8], stem: &[u8]) -> bool {
        self.charter.cookies.iter().any(|cookie| match &cookie.name {
            NamePattern::Exact(name) => {
                let mut of_name = Vec::new();
                fold(name.as_bytes()).write(&mut of_name);
                of_name == folded
            }
            NamePattern::Prefix(prefix) => prefix.as_bytes().starts_with(stem),
            NamePattern::Glob(glob) => {
                let head = glob.split(['*', '?']).next().unwrap_or_default().as_bytes();
                head.starts_with(stem) || stem.starts_with(head)
            }
            NamePattern::Regex(_) => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::name_bytes;
    use crate::inventory::testing::in_force;

    /// The verdict and whether it is declared; `None` if it is open.
    fn judged(cookies: &str, name: &str) -> Option<(&'static str, bool)> {
        match in_force(cookies).judge(&name_bytes(name).unwrap(), Direction::Response) {
            JudgedAnew::Decided(decision) => Some((decision.verdict, decision.declared)),
            JudgedAnew::Open => None,
        }
    }

    #[test]
    fn a_whole_name_is_judged_for_a_visitor_without_a_choice() {
        let cookies = "[[cookie]]\nname = \"a\"\ncategory = \"necessary\"\nsecure = true\n[[cookie]]\nregex = \"_g.\"\ncategory = \"statistics\"\n";
        assert_eq!(judged(cookies, "a"), Some(("amend", true)));
        assert_eq!(judged(cookies, "_ga"), Some(("drop", true)));
        assert_eq!(judged(cookies, "other"), Some(("drop", false)));
        assert_eq!(judged(cookies, "tarteaucitron"), Some(("pass", true)));
        let JudgedAnew::Decided(of_request) = in_force(cookies).judge(b"other", Direction::Request) else { panic!() };
        assert_eq!(of_request.verdict, "strip");
    }

    #[test]
    fn a_folded_name_is_judged_if_all_its_names_have_the_same_verdict() {
        let entry = |pattern: &str| format!("[[cookie]]\n{pattern}\ncategory = \"necessary\"\n");
        for (pattern, name, expected) in [
            ("prefix = \"_pk_id.\"", "_pk_id.*", Some(("pass", true))),
            ("glob = \"_pk_*\"", "_pk_id.*", Some(("pass", true))),
            ("prefix = \"_pk_id.7.\"", "_pk_id.*", None),
            ("glob = \"*_id\"", "_pk_id.*", None),
            ("name = \"_ga_ABC123\"", "_ga_*", None),
            ("name = \"_ga_\"", "_ga_*", Some(("drop", false))),
            ("regex = \"_ga_[0-9]+\"", "_ga_*", None),
            ("prefix = \"_hj\"", "_ga_*", Some(("drop", false))),
        ] {
            assert_eq!(judged(&entry(pattern), name), expected, "{pattern} {name}");
        }
    }
}
