//! Learnt paths: where the portal's own `Set-Cookie` lines put the cookies that need consent.
//!
//! A hint for deletions, one worker's own: it says which places are likely, and nothing depends on it. Bounded, so that
//! no portal can fill memory; names that differ only in a variable ending share their paths.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cookie::SetCookie;
use crate::inventory::fold;
use crate::policy::expiry::stored_path;

const NAMES: usize = 256;
const PATHS_OF_A_NAME: usize = 4;
const LONGEST_PATH: usize = 256;

/// The paths of one worker's sites.
#[derive(Debug, Default)]
pub(super) struct LearntPaths(HashMap<Arc<str>, ByName>);

/// The paths of each name, without its variable ending.
type ByName = HashMap<Vec<u8>, Vec<Box<[u8]>>>;

impl LearntPaths {
    /// Notes the path of a line that came with the page of this path. `/` is always tried.
    pub(super) fn learn(&mut self, site: &Arc<str>, line: &SetCookie<'_>, page: &[u8]) {
        let path = stored_path(line, page).filter(|path| (2..=LONGEST_PATH).contains(&path.len()));
        let Some(path) = path else { return };
        let names = self.0.entry(Arc::clone(site)).or_default();
        let name = fold(line.name()).stem;
        if !names.contains_key(name) && names.len() < NAMES {
            names.insert(name.to_vec(), Vec::new());
        }
        let Some(paths) = names.get_mut(name) else { return };
        if paths.len() < PATHS_OF_A_NAME && paths.iter().all(|known| **known != *path) {
            paths.push(path.into());
        }
    }

    /// The paths of a name.
    pub(super) fn of(&self, site: &str, name: &[u8]) -> &[Box<[u8]>] {
        let paths = self.0.get(site).and_then(|names| names.get(fold(name).stem));
        paths.map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[u8] = b"/page";

    fn learnt(lines: &[&str]) -> LearntPaths {
        let mut learnt = LearntPaths::default();
        for line in lines {
            learnt.learn(&"a.fr".into(), &SetCookie::parse(line.as_bytes()).unwrap(), PAGE);
        }
        learnt
    }

    fn paths(learnt: &LearntPaths, name: &str) -> Vec<String> {
        learnt.of("a.fr", name.as_bytes()).iter().map(|path| String::from_utf8(path.to_vec()).unwrap()).collect()
    }

    #[test]
    fn names_that_differ_in_a_variable_ending_share_their_paths() {
        let learnt =
            learnt(&["_pk_id.1.1fff=x; Path=/explore", "_pk_id.2.2eee=x; path=/explore; Path=/p/", "_ga=1; Path=/"]);
        assert_eq!(paths(&learnt, "_pk_id.3.3ddd"), ["/explore", "/p/"]);
        assert_eq!(paths(&learnt, "_ga"), [""; 0]);
        assert!(learnt.of("b.fr", b"_pk_id.1.1fff").is_empty());
    }

    #[test]
    fn a_line_without_a_path_has_that_of_its_page() {
        let mut learnt = LearntPaths::default();
        for line in ["a=1", "a=1; Path=x", "a=1; Path=/y; Path"] {
            learnt.learn(&"a.fr".into(), &SetCookie::parse(line.as_bytes()).unwrap(), b"/explore/dataset/x");
        }
        assert_eq!(paths(&learnt, "a"), ["/explore/dataset"]);
    }

    #[test]
    fn what_cannot_be_sent_back_is_not_learnt() {
        let long = format!("a=1; Path=/{}", "x".repeat(LONGEST_PATH));
        let learnt = learnt(&["a=1", "a=1; Path=", "a=1; Path=x", "a=1; Path=/\u{e9}", &long]);
        assert_eq!(paths(&learnt, "a"), [""; 0]);
    }

    #[test]
    fn a_flood_of_names_and_paths_is_bounded() {
        let mut learnt = LearntPaths::default();
        for number in 0..10_000_u32 {
            let name: String = number.to_string().bytes().map(|digit| char::from(digit + 50)).collect();
            let lines = [format!("{name}=1; Path=/p"), format!("same=1; Path=/{number}")];
            for line in lines {
                learnt.learn(&"a.fr".into(), &SetCookie::parse(line.as_bytes()).unwrap(), PAGE);
            }
        }
        let names = &learnt.0["a.fr"];
        assert_eq!(names.len(), NAMES);
        assert!(names.values().all(|paths| paths.len() <= PATHS_OF_A_NAME));
    }
}
