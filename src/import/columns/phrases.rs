//! What columns are called in several words, or in words that elsewhere mean something else; folded.

use super::Role;

/// A lifetime in several words, mostly as a question.
pub(super) const LASTS: &[&str] = &[
    "how long", "combien de temps", "pendant combien", "temps de", "wie lange", "cuanto tiempo", "hoe lang",
    "per quanto", "quanto dura", "storage time", "stored for", "kept for", "valid for", "lives for", "deleted after",
    "time to live", "tiempo de vida",
];

/// A provider in several words.
pub(super) const SETS: &[&str] = &[
    "placed by", "issued by", "who sets", "emis par", "instalada por", "instalado por", "quien la instala",
    "quien las instala", "installato da", "installati da", "verwaltet von",
];

/// A purpose as a question.
pub(super) const SERVES: &[&str] = &[
    "a quoi", "que fait", "what it does", "what does it", "what is it for", "what for", "used for", "utilise pour",
    "sert a", "verwendet fur", "genutzt fur", "dient zu", "utilizado para", "usado para", "sirve para",
    "gebruikt voor", "utilizzato per", "usato per", "serve a", "was macht", "was tut", "para que", "que hace",
    "a cosa serve", "che cosa fa", "waar dient", "wat doet",
];

/// Headings of one or two words that in other headings may mean something else, folded.
pub(super) const WHOLE: &[(Role, &[&str])] = &[
    (
        Role::Lifetime,
        &["ttl", "persistence", "delai", "permanencia", "permanenza", "termijn", "loschung", "loschfrist"],
    ),
    (
        Role::Purpose,
        &["reason", "aim", "motif", "interet", "grund", "motivo", "detalle", "reden", "aufgabe", "bedeutung"],
    ),
    (
        Role::Provider,
        &[
            "party", "third party", "partij", "derde partij", "terza parte", "controller", "gestor", "gestore",
            "societa", "bedrijf", "quelle",
        ],
    ),
    (Role::Kind, &["class", "clase", "classe", "famille"]),
];
