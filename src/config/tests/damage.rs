//! Files that are damaged somewhere: what is wrong is told, and nothing breaks.

use proptest::prelude::*;

use super::every_key::EVERY_KEY;
use super::*;

const SEED: &str = include_str!("../../../config/charters/data.education.gouv.fr.toml");

/// A text with some of its bytes replaced, and cut somewhere.
fn damaged(text: &'static str) -> impl Strategy<Value = String> {
    let characters = "\\PC|[\\n\\r\\t\"'\\[\\]{}=.,#\\\\ 0-9a-z\u{0}\u{feff}\u{a0}é😀]";
    let changes = proptest::collection::vec((0..text.len(), characters), 0..4);
    (changes, 0..=text.len() * 2).prop_map(move |(changes, end)| {
        let mut damaged = text.to_owned();
        for (at, character) in changes {
            let at = damaged.floor_char_boundary(at);
            let next = damaged.ceil_char_boundary((at + 1).min(damaged.len()));
            damaged.replace_range(at..next, &character);
        }
        damaged.truncate(damaged.floor_char_boundary(end));
        damaged
    })
}

proptest! {
    /// Whatever is wrong, it is told, at a place that exists.
    #[test]
    fn a_damaged_file_is_told_and_breaks_nothing(config in damaged(EVERY_KEY), charter in damaged(SEED)) {
        let files = [("etc/octroi.toml", config.as_str()), ("etc/charter.toml", charter.as_str())];
        let Err(error) = load_files(&files, &[("OCTROI_LOG__ACCESS", charter.as_str())]) else { return Ok(()) };
        prop_assert!(error.to_string().contains("error: "));
        prop_assert!(error.findings.iter().any(|finding| finding.severity == Severity::Error));
        for finding in &error.findings {
            let text = files.iter().find(|(path, _)| Path::new(path) == finding.file).map_or(charter.as_str(), |file| file.1);
            prop_assert!(finding.line <= text.matches('\n').count() + 1, "{finding:?}");
        }
    }
}
