//! Captions that name who sets the cookies of a table: “Harbour Ferries Ltd”, “Cookies set by the ministry”.
//!
//! Such a caption is no title of a kind of cookies: it stands for a column of providers, and is judged as one. Any other
//! caption that is not understood may name a purpose, and leaves the rows under an exempt title to a person.

use crate::import::categories::{Standing, read as standing};
use crate::import::evidence;
use crate::import::fold::{fold, has_stem};
use crate::import::sections::is_understood;

/// The most words of such a caption.
const MAX_WORDS: usize = 8;

/// What companies and associations have at the end of their names, folded.
const LEGAL_FORMS: &str = "gmbh|ggmbh|mbh|ag|kg|ohg|e v|inc|llc|ltd|limited|plc|corp|corporation|b v|bv|n v|nv|s a|\
    sas|sarl|s r l|srl|s l";

/// Public bodies: beginnings of words, or whole words with `$`.
const PUBLIC_BODIES: &str = "minister ministr mairie$ ville$ commune$ region$ departement$ prefecture$ metropole$ \
    agglomeration$ stadt$ landeshauptstadt landkreis gemeinde$ bundes gemeente$ provincie$ ayuntamiento diputacion \
    comune$ regione$ provincia$ universi hochschule council$ library$ bibliothe";

/// Whether a caption names a provider and nothing else, and no service that needs consent.
///
/// A legal form or a public body shows it; a word in parentheses behind the name must be understood, as a title's.
pub(super) fn is_provider(caption: &str) -> bool {
    let caption = caption.trim();
    let bare = match caption.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((name, remark)) if is_understood(remark) => name,
        Some(_) => return false,
        None => caption,
    };
    let folded = fold(bare);
    let words: Vec<&str> = folded.split(' ').collect();
    let name: Vec<&str> = words.iter().copied().skip_while(|word| is_understood(word)).collect();
    let bodies: Vec<&str> = PUBLIC_BODIES.split_whitespace().collect();
    let is_public = [name.first(), name.last()].into_iter().flatten().any(|word| has_stem(word, &bodies));
    let has_form = |form: &str| folded.strip_suffix(form).is_some_and(|name| name.ends_with(' '));
    standing(caption) == Standing::Silent
        && words.len() <= MAX_WORDS
        && (is_public || LEGAL_FORMS.split('|').any(has_form))
        && evidence::of_cell(caption).is_none()
}
