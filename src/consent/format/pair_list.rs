//! Pairs of a key and a word, with one mark between pairs and another within them: what many banners write.
//!
//! Marks and words are the format's; splitting, quotes and positions of faults are the same for all.

use super::Fault;
use crate::consent::scan;

/// A pair, and where it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    /// As it is written: what decodes it is the format.
    pub(super) key: &'a str,
    pub(super) word: &'a str,
    /// In bytes from the beginning of the text.
    pub(super) at: usize,
}

/// Tells every pair. Empty ones are passed over, as they are before a leading mark and behind a last one.
///
/// # Errors
/// A pair has no mark within it, or quotes stand around them all; or those of `tell`.
pub(super) fn read<'a>(
    text: &'a [u8],
    separator: u8,
    assign: u8,
    mut tell: impl FnMut(Pair<'a>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if is_quoted(text) {
        return Err(Fault::new(0, "no quotes around"));
    }
    let text = utf8(text)?;
    let mut at = 0;
    while at < text.len() {
        let (item, _) = cut(text.get(at..).unwrap_or_default(), separator);
        if !item.is_empty() {
            let (key, Some(word)) = cut(item, assign) else { return Err(Fault::new(at, "a key and a word")) };
            tell(Pair { key, word, at })?;
        }
        at += item.len() + 1;
    }
    Ok(())
}

/// The text before a mark, which is ASCII, and behind it.
pub(super) fn cut(text: &str, mark: u8) -> (&str, Option<&str>) {
    match scan::position(mark, text.as_bytes()) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    }
}

/// The same for a mark of any length.
pub(super) fn cut_at<'t>(text: &'t str, mark: &str) -> (&'t str, Option<&'t str>) {
    if let [byte] = mark.as_bytes() {
        return cut(text, *byte);
    }
    text.split_once(mark).map_or((text, None), |(before, behind)| (before, Some(behind)))
}

/// Whether a framework's quotes stand around it: they would be taken for a part of the first key and the last word.
pub(super) fn is_quoted(text: &[u8]) -> bool {
    matches!(text, [b'"', .., b'"'])
}

/// The text, if it is one.
///
/// # Errors
/// If it is not UTF-8, with the first byte that is not.
pub(super) fn utf8(text: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(text).map_err(|error| Fault::new(error.valid_up_to(), "UTF-8"))
}
