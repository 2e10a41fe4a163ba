//! What categories are for, in English, French, German, Spanish, Dutch and Italian: folded, as beginnings of words, or as whole
//! words with `$`.

/// Measuring the audience.
pub(super) const STATISTICS: &[&str] = &[
    "statisti", "estadisti", "analy", "analitic", "analisi", "audience", "mesure", "measur", "messung", "reichweite",
    "webanal", "medicion", "meting", "misuraz", "performan", "leistung", "rendimiento", "prestatie", "prestazion",
    "track", "traffic", "trafic", "frequent", "besucher", "visit", "suivi",
];

/// Advertising, profiling, retargeting.
pub(super) const MARKETING: &[&str] = &[
    "marketing", "advert", "ads$", "publici", "pubblici", "werb", "target", "cibl", "zielgericht", "zielgruppe",
    "profil", "reclame", "retarget", "remarket", "comportament", "behavio", "commercia", "prospec", "conversion",
];

/// Social networks and their buttons.
pub(super) const SOCIAL: &[&str] = &["social", "sociaux", "sozial", "redes$"];

/// Comfort and personalisation.
pub(super) const PREFERENCES: &[&str] = &[
    "preferen", "praferenz", "voorkeur", "personnalis", "personali", "komfort", "confort", "comfort", "comodid",
    "gemaks", "customi",
];

/// “Functional”, which pages say of necessary cookies and of others.
pub(super) const FUNCTIONAL: &[&str] = &[
    "function", "fonction", "funktion", "functione", "funcional", "funzional", "securit", "sicherheit", "segurid",
    "sicurezza", "beveilig", "veiligheid", "techni", "session", "sitzung", "sesion", "sessie", "experience",
    "erfahrung", "experiencia", "erlebnis", "ervaring", "esperienza",
];

/// Others set the cookies.
pub(super) const THIRD_PARTY: &[&str] = &[
    "third", "tiers$", "tierce", "drittanbieter", "dritt", "terceros$", "tercero$", "derden$", "terze$", "terzi$",
    "terza$", "partner", "partenaire", "socios$", "extern",
];

/// The site sets the cookies.
pub(super) const FIRST_PARTY: &[&str] =
    &["first$", "interne", "propias$", "propia$", "eigene", "proprietari", "own$", "propres$"];

/// “Other cookies”, “further services”.
pub(super) const OTHER: &[&str] = &[
    "other$", "others$", "autre", "sonstige", "weitere", "andere", "otras$", "otros$", "overige", "altri$", "altro$",
    "additional", "unclassified", "uncategor", "divers", "nonclass", "classes$", "klassifiziert",
];

/// Services that measure or track: a heading may be their name.
pub(super) const SERVICES: &[&str] = &[
    "google analytics", "google ads", "adwords", "doubleclick", "hotjar", "facebook", "meta pixel", "meta", "linkedin",
    "youtube", "vimeo", "twitter", "tiktok", "pinterest", "snapchat", "matomo", "piwik", "hubspot", "clarity",
    "criteo", "at internet", "piano", "adobe analytics", "dailymotion", "instagram", "pixel",
];

/// “Functional” as a kind of cookies.
pub(super) const FUNCTIONAL_KINDS: &[&str] = &[
    "functional$", "fonctionnel", "funktional", "funktionell", "funcional", "funzional", "functionel", "functioneel$",
];

/// “And” between two kinds.
pub(super) const JOINERS: [&str; 7] = ["and", "et", "und", "y", "e", "en", "ed"];

/// Contents and features that are not the site itself: a cookie that is necessary for them is not exempt.
pub(super) const CONTENTS: &[&str] = &[
    "video", "chat", "map$", "maps$", "cartes$", "karte$", "karten$", "mapa", "kaart", "mappe$", "newsletter",
    "partage", "sharing", "share$", "teilen$", "widget", "player", "lecteur", "multimed", "medien", "podcast", "musi",
    "forum", "survey", "sondage", "umfrage", "enquete", "questionn", "fragebogen", "cuestionario", "vragenlijst",
    "questionario", "encuesta", "sondagg", "affili", "campa", "replay", "heatmap", "sponsor", "formulaire", "champ",
    "field", "felder", "campos", "campi$", "velden", "document",
];
