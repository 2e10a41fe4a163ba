//! What speaks for and against an exemption, word by word, in English, French, German, Spanish, Dutch and Italian: folded, as
//! beginnings of words, or as whole words with `$`.

/// What keeps something.
pub(super) const KEEPS: &[&str] = &[
    "stor",
    "rememb",
    "sav",
    "record",
    "keep",
    "recogn",
    "memoris",
    "enregistr",
    "conserv",
    "stock",
    "souven",
    "garde",
    "retien",
    "speicher",
    "merk",
    "erinner",
    "guard",
    "recuerd",
    "recordar",
    "almacen",
    "memorizz",
    "salva",
    "ricord",
    "onthou",
    "bewaar",
    "opsla",
    "registr",
    "contain",
    "contient",
    "enthalt",
    "indicat",
    "manag",
    "gere",
    "gerer",
    "gestion",
    "verwalt",
    "track$",
    "proof",
    "preuve",
    "hide",
    "masqu",
    "know$",
    "determin",
    "check",
];
/// What is kept of a visitor's choice.
pub(super) const CHOICES: &[&str] = &[
    "consent",
    "consens",
    "einwillig",
    "zustimm",
    "toestemming",
    "choice",
    "choix",
    "auswahl",
    "entscheid",
    "eleccion",
    "keuze",
    "scelt",
    "accept",
    "aceptad",
    "acept",
    "accett",
    "geaccept",
    "akzept",
    "refus",
    "reject",
    "rechaz",
    "rifiut",
    "abgelehn",
    "ablehn",
    "opt$",
    "optout",
    "optin",
    "oppos",
    "agree",
    "decision",
];
/// What is kept of it, too, if no advertiser reads it.
pub(super) const SETTINGS: &[&str] =
    &["preferen", "voorkeur", "praferenz", "einstellung", "settings", "parametr", "impostazion"];
/// What shows that an advertiser reads it.
pub(super) const ADVERTISING: &[&str] =
    &["advert", "ads$", "publici", "pubblici", "werb", "market", "target", "cibl", "reclame", "profil"];
/// Whose choice it is then: that of cookies.
pub(super) const OF_COOKIES: &[&str] = &[
    "cookie",
    "traceur",
    "tracker",
    "galleta",
    "banner",
    "bandeau",
    "consent",
    "consens",
    "einwillig",
    "zustimm",
    "toestemming",
];

/// What the keeping of a choice is called: there the word “consent” asks for none.
pub(super) const CALLED: &[&str] = &[
    "consent preferences",
    "consent preference",
    "consent settings",
    "consent choices",
    "consent choice",
    "consent state",
    "consent status",
    "cookie consent",
    "cookies consent",
    "consent management",
    "consent banner",
    "preferences de consentement",
    "choix de consentement",
    "preferences en matiere de consentement",
    "gestion du consentement",
    "consentement aux cookies",
    "einwilligungseinstellungen",
    "einwilligungsverwaltung",
    "einwilligungsstatus",
    "zustimmungsstatus",
    "consent manager",
    "preferencias de consentimiento",
    "gestion de consentimiento",
    "consentimiento de cookies",
    "preferenze di consenso",
    "preferenze sul consenso",
    "consenso ai cookie",
    "toestemmingsvoorkeuren",
    "cookie toestemming",
    "cookietoestemming",
];

/// Sentences that speak of other cookies than those above.
pub(super) const OTHERS: &[&str] = &[
    "other$",
    "others$",
    "autre",
    "andere",
    "sonstige",
    "weitere",
    "otras$",
    "otros$",
    "overige",
    "altri$",
    "altre$",
    "ubrigen",
    "resto$",
    "rest$",
    "remaining",
];
/// Words that add cookies to those above.
pub(super) const ALSO: &[&str] = &[
    "also$",
    "egalement",
    "auch$",
    "zudem",
    "ferner",
    "ausserdem",
    "tambien",
    "ook$",
    "anche$",
    "inoltre",
    "additionally",
    "daruber",
    "further",
    "ainsi",
    "furthermore",
    "optional",
];
/// What a column of defaults says of what waits for consent.
pub(super) const OFF: [&str; 9] =
    ["off", "aus", "inactive", "inactif", "inaktiv", "desactive", "deaktiviert", "uit", "disabled"];
/// What consent is given by.
pub(super) const ACCEPT: &[&str] = &["accept", "acept", "akzept", "accett", "geaccept", "agree$", "opt$"];
/// When something is set.
pub(super) const CONDITIONS: &[&str] = &[
    "if$",
    "when$",
    "once$",
    "after$",
    "only$",
    "unless$",
    "until$",
    "si$",
    "quand$",
    "lorsque$",
    "lorsqu$",
    "apres$",
    "uniquement$",
    "seulement$",
    "wenn$",
    "nur$",
    "sobald$",
    "nach$",
    "erst$",
    "cuando$",
    "solo$",
    "tras$",
    "als$",
    "alleen$",
    "na$",
    "pas$",
    "quando$",
    "dopo$",
    "clic",
    "klick",
    "click",
];
/// What a visitor can do with what is not needed.
pub(super) const SWITCHES: &[&str] = &[
    "deactivat",
    "disabl",
    "desactiv",
    "deaktivier",
    "abschalt",
    "abwahl",
    "widersprech",
    "widerspruch",
    "oppos",
    "disattiv",
    "uitschakel",
    "uitzetten",
    "withdraw",
    "revok",
    "retirer",
    "widerruf",
    "object$",
];
/// What suffers if it is switched off.
pub(super) const WORKS: &[&str] = &[
    "work", "funct", "fonction", "funktion", "funcion", "funzion", "werk", "break", "affect", "affekt", "avail",
    "disponib", "impact",
];
/// What a visitor does in the browser is no choice that the site offers.
pub(super) const BROWSER: &[&str] = &["browser", "navigat", "naveg"];
/// The words before a purpose that deny it.
pub(super) const DENIED: &[&str] = &[
    "no$", "not$", "cannot$", "don$", "doesn$", "without$", "never$", "non$", "pas$", "sans$", "aucun", "jamais$",
    "kein", "nicht$", "ohne$", "nie$", "sin$", "ningun", "nunca$", "geen$", "niet$", "zonder$", "nessun", "senza$",
    "ni$", "ne$", "mai$", "nor$", "weder$", "rather$", "except$",
];

/// What says, without the word, that the site needs its cookies.
pub(super) const NEEDED: [&str; 12] = [
    "always set",
    "work without",
    "function without",
    "toujours deposes",
    "fonctionne pas sans",
    "fonctionner sans",
    "immer gesetzt",
    "nicht ohne sie",
    "funciona sin",
    "werkt niet zonder",
    "altijd geplaatst",
    "funziona senza",
];
