//! The words of the access log: each that the source can write stands in `docs/access-log.md`.

use std::collections::BTreeSet;

/// The functions that give the words of `termination` and `reason`.
const FUNCTIONS: [(&str, &str); 6] = [
    ("src/proxy/termination.rs", "fn as_str(self)"),
    ("src/proxy/error.rs", "fn termination(&self)"),
    ("src/proxy/error.rs", "fn reason(&self)"),
    ("src/upstream/error.rs", "fn termination(&self)"),
    ("src/upstream/error.rs", "fn proxy_status(&self)"),
    ("src/upstream/error.rs", "fn connect_status("),
];

/// The words between quotes in the body of a function.
fn words(path: &str, function: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(crate::repository().join(path)).unwrap();
    let (_, body) = text.split_once(function).unwrap_or_else(|| panic!("{path} has no {function}"));
    let end = if function.contains("self") { "\n    }\n" } else { "\n}\n" };
    let (body, _) = body.split_once(end).unwrap();
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_word_of_the_access_log_is_documented() {
    let page = std::fs::read_to_string(crate::repository().join("docs/access-log.md")).unwrap();
    let missing: Vec<(&str, String)> = FUNCTIONS
        .iter()
        .flat_map(|(path, function)| words(path, function).into_iter().map(move |word| (*path, word)))
        .filter(|(_, word)| !page.contains(&format!("`{word}`")))
        .collect();
    assert!(missing.is_empty(), "docs/access-log.md does not name {missing:?}");
}
