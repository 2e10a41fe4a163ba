//! Words that turn what a purpose says, in English, French, German, Spanish, Dutch and Italian: folded, as beginnings of
//! words, or as whole words with `$`. The import and the advice on a charter read them.

/// What follows or counts visitors, or shows them advertisements, whatever else a cookie does.
pub(crate) const FOLLOWING: &[&str] = &[
    "frequentation", "statisti", "estadisti", "audience", "audiencia", "webanaly", "reichweite", "publicit",
    "pubblicit", "publicidad", "advertis", "werbung", "werbe", "marketing", "remarket", "retarget",
];
/// The same in several words.
pub(crate) const FOLLOWING_PHRASES: &[&str] = &[
    "count visits", "counts visits", "count visitors", "counts visitors", "compte les visites", "compter les visites",
    "compter les visiteurs",
];
/// What a visitor set for themselves.
pub(crate) const SETTINGS: &[&str] =
    &["preferen", "voorkeur", "praferenz", "einstellung", "settings", "parametr", "impostazion", "reglage"];
/// What is kept of a visitor's choice.
pub(crate) const CHOICES: &[&str] = &[
    "consent", "consens", "einwillig", "zustimm", "toestemming", "choice", "choix", "auswahl", "entscheid", "eleccion",
    "keuze", "scelt", "accept", "aceptad", "acept", "accett", "geaccept", "akzept", "refus", "reject", "rechaz",
    "rifiut", "abgelehn", "ablehn", "opt$", "optout", "optin", "oppos", "agree", "decision", "zugelassen", "erlaubt",
    "allowed", "autorise", "permitid", "toegestaan", "consentit",
];
/// The words before a purpose that deny it.
pub(crate) const DENIED: &[&str] = &[
    "no$", "not$", "cannot$", "don$", "doesn$", "without$", "never$", "non$", "pas$", "sans$", "aucun", "jamais$",
    "kein", "nicht$", "ohne$", "nie$", "sin$", "ningun", "nunca$", "geen$", "niet$", "zonder$", "nessun", "senza$",
    "ni$", "ne$", "mai$", "nor$", "weder$", "rather$", "except$",
];
