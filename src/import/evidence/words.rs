//! What speaks for and against an exemption, word by word, in English, French, German, Spanish, Dutch and Italian: folded, as
//! beginnings of words, or as whole words with `$`.

pub(super) use crate::charter::purpose_words::{CHOICES, DENIED};

/// Words of titles of other kinds of cookies, which are no names of tools.
pub(super) const KINDS: &str = "aanvullend accesori accessoir addon adicional aggiuntiv agrement andere annons ask$ \
    autre bequem choice choix comfort comodid comodit confort convenien elecc embedded extra facult freiwill \
    fremdanbieter gemak if$ keuze komfort mainont markedsf markkin marknadsf misc multimedia nice$ not$ off$ only$ \
    ons$ opcion option other overig plugin reklam request rest$ reste$ scelta sonstig statyst support tercer third \
    tiers tilasto ulterior valfri varias varie$ varios virtual vrijwill wahl webchat weiter widget wunsch zusatz";

/// Verbs of keeping.
pub(super) const KEEPS: &[&str] = &[
    "stor", "rememb", "sav", "record", "keep", "recogn", "memoris", "enregistr", "conserv", "stock", "souven", "garde",
    "retien", "speicher", "merk", "erinner", "guard", "recuerd", "recordar", "almacen", "memorizz", "salva", "ricord",
    "onthou", "bewaar", "opsla", "registr", "registers$", "contain", "contient", "enthalt", "indicat", "indica$",
    "indique$", "zeigt$", "geeft$", "manag", "gere", "gerer", "gestion", "verwalt", "track$", "proof", "preuve",
    "hide", "masqu", "know$", "determin", "check",
];
/// Settings, which are a visitor's choice, too, unless [`ADVERTISING`] is named beside them.
pub(super) const SETTINGS: &[&str] =
    &["preferen", "voorkeur", "praferenz", "einstellung", "settings", "parametr", "impostazion", "configura"];
/// Who advertises, where a provider's name stands: “our partners”, “advertisers”.
pub(super) const ADVERTISERS: &[&str] = &[
    "advert", "ads$", "annonceur", "publicit", "pubblicit", "inserzion", "anunciant", "werbe", "werbung", "adverteer",
    "partners$", "partenaires$", "socios$", "partner$",
];
/// Words of advertising.
pub(super) const ADVERTISING: &[&str] =
    &["advert", "ads$", "publici", "pubblici", "werb", "market", "target", "cibl", "reclame", "profil"];
/// What the choice is about: cookies.
pub(super) const OF_COOKIES: &[&str] = &[
    "cookie", "traceur", "tracker", "galleta", "temoin", "banner", "bandeau", "consent", "consens", "einwillig",
    "zustimm", "toestemming", "informativa",
];

/// What a visitor sets of a player, and what it plays.
pub(super) const PLAYER_SETTINGS: &[&str] = &[
    "volume$", "lautstarke", "volumen$", "geluidsvolume$", "subtitles$", "subtitle$", "untertitel", "titres$",
    "subtitulos$", "ondertitel", "sottotitoli$",
];
pub(super) const PLAYED: &[&str] = &["video", "audio"];

/// “Acceptance”. Beside “refusal”, it is of a visitor's choice.
pub(super) const ACCEPTANCE: &[&str] =
    &["acceptation", "acceptance", "aceptacion", "accettazione", "annahme", "zustimmung", "einwilligung", "acceptatie"];
/// “Refusal”.
pub(super) const REJECTION: &[&str] =
    &["refus$", "refusal", "rejection", "rechazo", "rifiuto", "ablehnung", "verweigerung", "weigering", "afwijzing"];

/// Names of the cookie or the tool that keeps a choice: in them, “consent” does not mean that consent is needed.
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

/// “Others”, of cookies: a sentence with it is not about those above.
pub(super) const OTHERS: &[&str] = &[
    "other$", "others$", "autre", "andere", "sonstige", "weitere", "otras$", "otros$", "overige", "altri$", "altre$",
    "ubrigen", "resto$", "rest$", "remaining",
];
/// “Also”: words that add cookies to those above.
pub(super) const ALSO: &[&str] = &[
    "also$", "egalemen", "auch$", "zudem", "ferner", "ausserde", "tambien", "ook$", "anche$", "inoltre", "addition",
    "daruber", "further", "ainsi", "furtherm", "optional",
];
/// “Off”, in a column of defaults: such a cookie waits for consent.
pub(super) const OFF: [&str; 9] =
    ["off", "aus", "inactive", "inactif", "inaktiv", "desactive", "deaktiviert", "uit", "disabled"];
/// Verbs of accepting.
pub(super) const ACCEPT: &[&str] = &["accept", "acept", "akzept", "accett", "geaccept", "agree$", "agreed$", "opt$"];
/// “If”, “after”, “only”: words of a condition.
pub(super) const CONDITIONS: &[&str] = &[
    "if$", "when$", "once$", "after$", "only$", "unless$", "until$", "si$", "quand$", "lorsque$", "lorsqu$", "apres$",
    "uniquement$", "seulement$", "wenn$", "nur$", "sobald$", "nach$", "erst$", "cuando$", "solo$", "tras$", "als$",
    "alleen$", "na$", "pas$", "quando$", "dopo$", "clic", "klick", "click",
];
/// Verbs of switching off and objecting.
pub(super) const SWITCHES: &[&str] = &[
    "deactivat", "disabl", "desactiv", "deaktivier", "abschalt", "abwahl", "widersprech", "widerspruch", "oppos",
    "disattiv", "uitschakel", "uitzetten", "withdraw", "revok", "retirer", "widerruf", "object$",
];
/// Words of a warning that the site will not work.
pub(super) const WORKS: &[&str] = &[
    "work", "funct", "fonction", "funktion", "funcion", "funzion", "werk", "break", "affect", "affekt", "avail",
    "disponib", "impact",
];
/// The browser. What a visitor sets in it is no choice that the site offers.
pub(super) const BROWSER: &[&str] = &["browser", "navigat", "naveg"];

/// Phrases that say, without the word “necessary”, that the site needs its cookies.
pub(super) const NEEDED: [&str; 12] = [
    "always set", "work without", "function without", "toujours deposes", "fonctionne pas sans", "fonctionner sans",
    "immer gesetzt", "nicht ohne sie", "funciona sin", "werkt niet zonder", "altijd geplaatst", "funziona senza",
];
