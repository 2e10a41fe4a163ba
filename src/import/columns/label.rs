//! Texts that are a label and nothing else: `Duration`, `Nom du cookie`; not `Never expires`, which is a value.

use super::phrases::{LASTS, SERVES, SETS, WHOLE};
use super::words::{ASIDE, BASIS, COOKIE, DOMAIN, KIND, LIFETIME, NAME, PROVIDER, PURPOSE, SERVICE, STORAGE};
use super::{Role, role};
use crate::import::fold::{fold, has_stem, is_stem};

/// Words between those of a label.
const LINKS: &str = "of$ the$ for$ to$ by$ and$ this$ its$ de$ du$ des$ la$ le$ les$ l$ d$ der$ die$ das$ des$ und$ del$ el$ \
    y$ della$ dei$ di$ e$ van$ het$ en$ storage$ cookie opslag$";

/// Kinds of cookies by how long they live.
const LIVES: &[&str] = &["persist", "permanent", "session", "sitzung", "sesion", "sessie"];

/// The role of a text of which every word belongs to labels.
///
/// [`role`] asks whether a text has a word of labels, which values may have, too. Where a label and a value are hard to tell
/// apart, a text must be a label wholly.
pub(in crate::import) fn bare_label(text: &str) -> Option<Role> {
    let folded = fold(text);
    let whole = WHOLE.iter().flat_map(|(_, headings)| headings.iter());
    let is_phrase = whole.chain(LASTS).chain(SERVES).chain(SETS).any(|phrase| *phrase == folded);
    let lists = [ASIDE, BASIS, COOKIE, DOMAIN, KIND, LIFETIME, NAME, PROVIDER, PURPOSE, SERVICE, STORAGE];
    let is_known = |word: &str| {
        lists.iter().any(|stems| has_stem(word, stems)) || LINKS.split(' ').any(|link| is_stem(word, link))
    };
    let is_label = is_phrase || (folded.split(' ').count() <= 5 && folded.split(' ').all(is_known));
    role(text.trim_end_matches([':', ' '])).map(|(role, _)| role).filter(|_| is_label && !is_kind_by_life(text))
}

/// Whether a text is “Persistent cookies” or the like, the title of a list of names.
pub(in crate::import) fn is_kind_by_life(text: &str) -> bool {
    let folded = fold(text);
    has_stem(&folded, COOKIE) && has_stem(&folded, LIVES)
}
