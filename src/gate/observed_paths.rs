//! Observed paths: the `Path` attributes with which the portal sets the cookies that need consent.
//!
//! A hint for deletions, one for each worker: it says which paths are likely, and nothing depends on it.
//!
//! A path that was learnt from one visitor's response is sent to other visitors. So a path that may identify a visitor is sent
//! only to those who request a page under it. Everybody is sent only paths that depend neither on the request's path nor on
//! who sent it.
//!
//! The memory is bounded: the path that was seen longest ago is dropped first. Names that differ only in a variable ending
//! share their paths.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cookie::{SetCookie, fold, is_path_word, path_words};

const NAMES: usize = 256;
const PATHS_OF_A_NAME: usize = 4;
const LONGEST_PATH: usize = 256;

/// The paths of one worker's sites.
#[derive(Debug, Default)]
pub(super) struct ObservedPaths {
    sites: HashMap<Arc<str>, ByName>,
    /// How many paths were learnt. Used as a time, to find the oldest.
    lessons: u64,
}

/// The paths of each name, without its variable ending.
type ByName = HashMap<Vec<u8>, Known>;

/// The paths of one name.
#[derive(Debug, Default)]
struct Known {
    /// Those that anybody may be told.
    public: Paths,
    /// The others.
    private: Paths,
    lesson: u64,
}

/// The path seen last comes first.
#[derive(Debug, Default)]
struct Paths(Vec<Box<[u8]>>);

impl Paths {
    fn note(&mut self, path: &[u8]) {
        let place = self.0.iter().position(|known| **known == *path);
        let path = place.map_or_else(|| path.into(), |place| self.0.remove(place));
        self.0.insert(0, path);
        self.0.truncate(PATHS_OF_A_NAME);
    }
}

impl ObservedPaths {
    /// Notes the path that a line names. `page`: the path of the request. `anonymous`: whether the request was. A line without
    /// a path teaches nothing, because `/` and the page's own path are always tried.
    pub(super) fn learn(&mut self, site: &Arc<str>, line: &SetCookie<'_>, page: &[u8], anonymous: bool) {
        let Some(path) = line.named_path().filter(|path| (2..=LONGEST_PATH).contains(&path.len())) else { return };
        self.lessons += 1;
        let names = self.sites.entry(Arc::clone(site)).or_default();
        let name = fold(line.name()).stem;
        if !names.contains_key(name) {
            make_room(names);
            names.insert(name.to_vec(), Known::default());
        }
        let Some(known) = names.get_mut(name) else { return };
        known.lesson = self.lessons;
        let public = anonymous && is_of_words(path) && !shares_a_word(path, page);
        let paths = if public { &mut known.public } else { &mut known.private };
        paths.note(path);
    }

    /// The paths of a name that may be sent to a visitor who requests this page.
    pub(super) fn of<'a>(&'a self, site: &str, name: &[u8], page: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let known = self.sites.get(site).and_then(|names| names.get(fold(name).stem));
        known.into_iter().flat_map(move |known| {
            let private = known.private.0.iter().filter(move |path| lies_under(page, path));
            private.chain(&known.public.0).map(|path| &**path)
        })
    }
}

/// Whether the cookies of a path are sent to a page (RFC 6265bis §5.1.4).
fn lies_under(page: &[u8], path: &[u8]) -> bool {
    page.strip_prefix(path).is_some_and(|rest| path.ends_with(b"/") || rest.is_empty() || rest.starts_with(b"/"))
}

/// Makes room for one more name.
fn make_room(names: &mut ByName) {
    if names.len() < NAMES {
        return;
    }
    let oldest = names.iter().min_by_key(|(_, known)| known.lesson).map(|(name, _)| name.clone());
    oldest.map(|name| names.remove(&name));
}

/// Whether a path is made of words as programmers choose them.
fn is_of_words(path: &[u8]) -> bool {
    path_words(path).all(is_path_word)
}

fn shares_a_word(path: &[u8], page: &[u8]) -> bool {
    path_words(path).any(|word| path_words(page).any(|of_page| of_page == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(learnt: &mut ObservedPaths, line: &str, page: &str) {
        learnt.learn(&"a.fr".into(), &SetCookie::parse(line.as_bytes()).unwrap(), page.as_bytes(), true);
    }

    fn learnt(lines: &[&str]) -> ObservedPaths {
        let mut learnt = ObservedPaths::default();
        for line in lines {
            learn(&mut learnt, line, "/page");
        }
        learnt
    }

    fn told(learnt: &ObservedPaths, name: &str, page: &str) -> Vec<String> {
        let paths = learnt.of("a.fr", name.as_bytes(), page.as_bytes());
        paths.map(|path| String::from_utf8(path.to_vec()).unwrap()).collect()
    }

    /// What anybody is told.
    fn paths(learnt: &ObservedPaths, name: &str) -> Vec<String> {
        told(learnt, name, "/elsewhere")
    }

    #[test]
    fn names_that_differ_in_a_variable_ending_share_their_paths() {
        let learnt =
            learnt(&["_pk_id.1.1fff=x; Path=/explore", "_pk_id.2.2eee=x; path=/explore; Path=/p/", "_ga=1; Path=/"]);
        assert_eq!(paths(&learnt, "_pk_id.3.3ddd"), ["/p/", "/explore"]);
        assert_eq!(paths(&learnt, "_ga"), [""; 0]);
        assert_eq!(learnt.of("b.fr", b"_pk_id.1.1fff", b"/").count(), 0);
    }

    #[test]
    fn only_words_that_a_line_names_itself_are_learnt() {
        let table = [
            ("a=1", "/reset/alice-secret/step", false),
            ("a=1; Path=", "/reset/alice-secret/step", false),
            ("a=1; Path=x", "/reset/alice-secret/step", false),
            ("a=1; Path=/y; Path", "/reset/alice-secret/step", false),
            ("a=1; Path=/reset/alice-secret", "/reset/alice-secret/step", false),
            ("a=1; Path=/users/alice", "/login/alice", false),
            ("a=1; Path=/users/48213", "/", false),
            ("a=1; Path=/share/qkzjwhvbxnmpratyuisdf-gh", "/", false),
            ("a=1; Path=/share/Zq", "/", false),
            ("a=1; Path=/d%C3%A9", "/", false),
            ("a=1; Path=/\u{e9}", "/", false),
            ("a=1; Path=/a b", "/", false),
            ("a=1; Path=/", "/", false),
            ("a=1; Path=/api/explore/v2.1", "/", true),
            ("a=1; Path=/learnt/place/", "/here", true),
        ];
        for (line, page, wanted) in table {
            let mut learnt = ObservedPaths::default();
            learn(&mut learnt, line, page);
            assert_eq!(!paths(&learnt, "a").is_empty(), wanted, "{line} on {page}");
        }
    }

    #[test]
    fn a_long_path_is_not_learnt() {
        let long = format!("a=1; Path={}", "/word".repeat(LONGEST_PATH / 4));
        assert_eq!(paths(&learnt(&[&long]), "a"), [""; 0]);
    }

    #[test]
    fn what_may_be_a_visitors_is_told_under_its_own_path_alone() {
        let mut learnt = ObservedPaths::default();
        learn(&mut learnt, "a=1; Path=/reset/TOKEN-1234", "/reset/TOKEN-1234/step");
        learnt.learn(&"a.fr".into(), &SetCookie::parse(b"a=1; Path=/users/").unwrap(), b"/mine", false);
        assert_eq!(paths(&learnt, "a"), [""; 0]);
        for (page, wanted) in [
            ("/reset/TOKEN-1234", "/reset/TOKEN-1234"),
            ("/reset/TOKEN-1234/step/2", "/reset/TOKEN-1234"),
            ("/users/bob", "/users/"),
        ] {
            assert_eq!(told(&learnt, "a", page), [wanted], "{page}");
        }
        for page in ["/reset", "/reset/TOKEN-123", "/reset/TOKEN-12345", "/reset/TOKEN-1234x/step", "/users", "/"] {
            assert_eq!(told(&learnt, "a", page), [""; 0], "{page}");
        }
    }

    /// A number in letters.
    fn spelled(number: u32) -> String {
        number.to_string().bytes().map(|digit| char::from(digit + 50)).collect()
    }

    #[test]
    fn a_flood_of_names_and_paths_is_bounded_and_keeps_nothing_out_for_ever() {
        let mut learnt = ObservedPaths::default();
        for number in 0..2_000 {
            learn(&mut learnt, &format!("{}=1; Path=/p", spelled(number)), "/page");
            learn(&mut learnt, &format!("same=1; Path=/{}", spelled(number)), "/page");
        }
        let names = &learnt.sites["a.fr"];
        assert_eq!(names.len(), NAMES);
        assert!(names.values().all(|known| known.public.0.len() <= PATHS_OF_A_NAME));
        learn(&mut learnt, "same=1; Path=/true", "/page");
        learn(&mut learnt, "_new=1; Path=/true", "/page");
        assert_eq!((paths(&learnt, "same").first().unwrap(), paths(&learnt, "_new").len()), (&"/true".to_owned(), 1));
    }
}
