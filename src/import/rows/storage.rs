//! The browser's storage, and pixels: a page declares them beside its cookies, and no header carries them.

use crate::import::evidence;
use crate::import::fold::{fold, has_stem};
use crate::import::sections::{Sections, is_about_cookies};

const STORES: &str = "localstorage|local storage|sessionstorage|session storage|indexeddb|indexed db|web storage|webstorage|\
    stockage local|stockage de session|stockage web|lokaler speicher|lokalen speicher|lokale speicherung|\
    local speicher|sitzungsspeicher|browserspeicher|almacenamiento local|almacenamiento de sesion|\
    memoria local|lokale opslag|sessieopslag|archiviazione locale|archiviazione di sessione|memoria locale|\
    stockage du navigateur";

/// Words beside a store in a cell that says nothing else.
const BESIDE: &str = "html html5 browser web navigateur navegador s du of the im in der des del dans le el type entry";

/// What a kind of storage is called in a column of kinds: Cookiebot's `HTML` and `IDB` are no cookies.
pub(super) fn is_stored_kind(text: &str) -> bool {
    is_storage(text) || is_html(text) || matches!(fold(text).as_str(), "idb" | "local" | "web" | "websql")
}

/// `HTML`, as Cookiebot calls the browser's storage beside `HTTP`, and other pages all cookies.
pub(super) fn is_html(text: &str) -> bool {
    fold(text) == "html"
}

/// Whether a title names storage. “Meta Pixel” is a service that sets cookies.
pub(super) fn is_storage_title(text: &str) -> bool {
    is_storage(text) && evidence::names_service(&fold(text)).is_none()
}

/// Whether a text names the browser's storage or pixels, and no cookie beside them.
pub(super) fn is_storage(text: &str) -> bool {
    let folded = fold(text).replace('_', " ");
    (folded.contains("pixel") || names_store(&folded)) && !names_cookie(&folded)
}

/// Whether a cell names the browser's storage and says nothing else: it does so in any column.
///
/// “HTML5 Local Storage” does; “copied to the local storage” is a description ([`says_stored`]).
pub(super) fn is_store(text: &str) -> bool {
    let folded = fold(text);
    let rest = STORES.split('|').fold(folded.clone(), |rest, store| rest.replace(store, " "));
    names_store(&folded) && rest.split_whitespace().all(|word| BESIDE.split(' ').any(|known| known == word))
}

/// Whether a description or a lifetime says where an entry is kept, and that is no cookie.
pub(super) fn says_stored(description: &str) -> bool {
    let folded = fold(description);
    names_store(&folded) && !names_cookie(&folded)
}

/// Whether the nearest title about cookies or storage is one of storage.
pub(super) fn is_titled(sections: &Sections) -> bool {
    sections.nearest(|title| is_storage_title(title) || is_about_cookies(title)).is_some_and(is_storage_title)
}

fn names_store(folded: &str) -> bool {
    STORES.split('|').any(|word| folded.contains(word))
}

fn names_cookie(folded: &str) -> bool {
    let others = NO_COOKIE.split('|').fold(folded.to_owned(), |text, phrase| text.replace(phrase, " "));
    has_stem(&others, &["cookie", "http$"])
}

/// “Not a cookie”.
const NO_COOKIE: &str = "not a cookie|no cookie|kein cookie|pas un cookie|pas de cookie|no es una cookie|no son cookies|geen cookie|\
    non e un cookie|nessun cookie|no http cookie|geen http cookie|kein http cookie";
