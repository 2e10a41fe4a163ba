//! Words around names, in English, French, German, Spanish, Dutch and Italian; folded.

/// “Beginning with”.
pub(super) const BEGINS: [&str; 38] = [
    "starting with", "starts with", "start with", "beginning with", "begins with", "begin with", "prefixed with",
    "prefixed by", "with the prefix", "prefix", "commencant par", "commence par", "commencent par", "debutant par",
    "debute par", "debutent par", "prefixes par", "prefixe", "beginnend mit", "beginnen mit", "beginnt mit",
    "mit dem prafix", "prafix", "empiezan por", "empiece por", "empiecen por", "empiezan con", "comienzan por",
    "comienzan con", "comiencen por", "comience por", "beginnend met", "beginnen met", "begint met", "iniziano con",
    "inizia con", "iniziano per", "cominciano con",
];

/// German and Dutch put the verb behind the name: “die mit „_hs“ beginnen”.
pub(super) const WITH: [&str; 2] = ["die mit", "die met"];

/// The verb of such a clause.
pub(super) const BEGIN_VERBS: [&str; 6] = ["beginnen", "beginnt", "anfangen", "starten", "begint", "anfangt"];

/// “Ending with”, of which no pattern is made.
pub(super) const ENDINGS: [&str; 12] = [
    "ending with", "ending in", "ends with", "finissant par", "terminant par", "endend mit", "die auf", "terminan en",
    "acaban en", "eindigen op", "eindigend op", "finiscono con",
];

/// Phrases that say that there are more names.
pub(super) const OPEN: [&str; 44] = [
    "and the like", "and others", "and other", "and similar", "and so on", "and more", "among others", "etc",
    "such as", "for example", "e g", "et autres", "et similaires", "entre autres", "par exemple", "etcetera",
    "und ahnliche", "und ahnliches", "u a", "usw", "und andere", "und weitere", "unter anderem", "zum beispiel", "z b",
    "u a m", "y otras", "y otros", "y similares", "entre otras", "entre otros", "por ejemplo", "en andere",
    "en dergelijke", "enz", "onder andere", "onder meer", "bijvoorbeeld", "e altri", "e simili", "ecc",
    "tra gli altri", "ad esempio", "and all others",
];

/// The browser's storage, whose entries are no cookies.
pub(super) const STORES: [&str; 14] = [
    "localstorage", "local storage", "sessionstorage", "session storage", "indexeddb", "indexed db", "web storage",
    "webstorage", "html5 storage", "stockage local", "lokaler speicher", "almacenamiento local", "lokale opslag",
    "archiviazione locale",
];

/// “Also known as”, before another name of the same cookie. Not folded, but in small letters.
pub(super) const ALIASES: [&str; 9] = [
    "also known as",
    "a.k.a.",
    "également connu sous le nom de",
    "aussi appelé",
    "auch bekannt als",
    "también conocida como",
    "también conocido como",
    "ook bekend als",
    "noto anche come",
];

/// Words that only introduce a name.
pub(super) const ARTICLES: [&str; 52] = [
    "cookie", "cookies", "the", "le", "la", "les", "l", "un", "une", "das", "der", "die", "den", "el", "las", "los",
    "het", "de", "il", "lo", "i", "gli", "name", "nom", "nombre", "naam", "nome", "traceur", "traceurs", "http",
    "named", "nomme", "genannt", "namens", "all", "any", "o a", "z b", "u a", "e g", "i e", "p ej", "bijv", "bv", "zb",
    "including", "example", "exemple", "beispiel", "ejemplo", "voorbeeld", "esempio",
];

/// Words between two names. Not folded, but in small letters.
pub(super) const JOINERS: [&str; 16] =
    ["and", "et", "und", "y", "e", "en", "or", "ou", "oder", "o", "of", "u", "&", "+", "sowie", "ainsi"];

/// Cells that name nothing.
pub(super) const NOTHING: [&str; 22] = [
    "n a", "na", "none", "aucun", "aucune", "keine", "keiner", "ninguna", "ninguno", "geen", "nessuno", "nessuna",
    "nc", "non precise", "unknown", "inconnu", "unbekannt", "desconocido", "onbekend", "sconosciuto", "tbd", "id",
];

/// Words in the place of a name that are none: of a number, of a tool, of another part of the page.
pub(super) const VAGUE: [&str; 30] = [
    "contact", "contacts", "contacto", "contatti", "kontakt", "impressum", "various", "several", "multiple", "divers",
    "diverses", "plusieurs", "verschiedene", "mehrere", "diverse", "varios", "varias", "meerdere", "verschillende",
    "vari", "varie", "matomo", "hotjar", "youtube", "vimeo", "facebook", "hubspot", "linkedin", "google", "piwik",
];

/// Known names that look like ordinary words. Not folded.
pub(super) const KNOWN: [&str; 11] = [
    "XSRF-TOKEN", "cookie-agreed", "cookieyes-consent", "sessionid", "csrftoken", "django-language", "tarteaucitron",
    "klaro", "orejime", "ckan", "laravel-session",
];
