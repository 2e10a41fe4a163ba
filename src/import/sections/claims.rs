//! What claims an exemption in more words than a title of cookies has.

use crate::import::categories::{self, Standing};
use crate::import::evidence;
use crate::import::fold::{fold, has_stem};

/// As many words as a sentence has that says of the cookies under a title that they are exempt.
const CLAIM: usize = 20;

/// “Activities strictly necessary for the operation of this site”: what iubenda calls the cookies of that purpose.
pub(super) fn is_activity(text: &str) -> bool {
    let folded = fold(text);
    let activities = ["activit", "attivit", "actividad", "aktivitat", "activiteit"];
    let strictly = ["strictly", "strettamente", "strictement", "estrictamente", "unbedingt", "strikt"];
    has_stem(&folded, &activities) && has_stem(&folded, &strictly)
}

/// Whether a paragraph is one sentence that says that its cookies need no consent.
pub(super) fn says_exempt(text: &str) -> bool {
    let folded = fold(text);
    text.split_whitespace().count() <= CLAIM
        && !text.trim_end_matches('.').contains(['.', ';', ':', '?'])
        && categories::wants_consent(&folded) == Some(false)
        && categories::read(text) == Standing::Exempt
        && evidence::of_introduction(text).is_none()
        && !evidence::speaks_of_others(text)
}
