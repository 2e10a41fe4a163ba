//! Cookies that end with the session: “Session”, “until you close the browser”.

use super::{Duration, read};
use crate::import::fold::{fold, has_stem, is_stem};

/// “Session”.
const SESSION: &str = "session$ sitzung sesion$ sessie$ sessione$ seance$ sessions$ browsersitzung browsersessie";
/// Words beside it in a lifetime.
const OF_SESSIONS: &str = "cookie temporar temporaire duration duree dauer laufzeit duracion duur durata lifetime expir last$ \
    lasts$ end$ ends$ ended$ fin$ ende$ fine$ einde$ only$ until$ jusqu bis$ hasta$ tot$ current$ browser \
    navigat type$ http$ the$ of$ de$ la$ du$ des$ der$ die$ das$ della$ a$ this$ per$ por$ for$ during$ \
    pendant$ durante$ wahrend$ tijdens$";
/// “Closes”, “ends”.
const CLOSES: &str = "clos quit exit finaliz ferm schliess geschlossen beend cierr cerrar sluit gesloten afsluit chiu sitzungsende \
    sessionende browserende schluss zumach uitzet cerrado";

/// Whether a text names a session, or the end of one.
pub(super) fn is_named(folded: &str) -> bool {
    has_any(folded, SESSION) || ends_with_browser(folded) || lasts_a_visit(folded)
}

/// “For the duration of your visit”.
fn lasts_a_visit(folded: &str) -> bool {
    has_any(folded, "duree$ temps$ duration$ length$ dauer$ duracion$ duur$ durata$ fin$ end$ ende$ fine$")
        && has_any(folded, "visite$ visit$ besuch visita$ bezoek$ navigation$ navigazione$ navegacion$")
}

/// Whether a text says of a cookie that it ends with the session, and nothing else: “Keeps your session” does not.
pub(in crate::import) fn is_session(text: &str) -> bool {
    let folded = fold(text);
    let is_said = |word: &str| is_any(word, SESSION) || is_any(word, OF_SESSIONS);
    read(text) == Duration::Lives("session".to_owned())
        && (ends_with_browser(&folded) || lasts_a_visit(&folded) || folded.split(' ').all(is_said))
}

/// “Until you close the browser”.
fn ends_with_browser(folded: &str) -> bool {
    has_any(folded, CLOSES)
        && has_stem(
            folded,
            &[
                "browser", "navigat", "naveg", "fenster", "window", "sess", "sitzung", "sesion", "pestana", "finestra",
                "venster", "fenetre", "onglet", "application", "programm",
            ],
        )
}

/// Whether a word is one of a list's: beginnings of words, or whole ones with `$`, with spaces between.
pub(super) fn is_any(word: &str, list: &str) -> bool {
    list.split(' ').any(|stem| is_stem(word, stem))
}

fn has_any(folded: &str, list: &str) -> bool {
    folded.split(' ').any(|word| is_any(word, list))
}
