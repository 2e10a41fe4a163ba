//! Words around “consent” and behind “necessary”, in six languages; folded, as beginnings of words, or as whole words with
//! `$`.

/// “Without”, “exempt from”: the word that they deny may follow a few words later.
pub(super) const WITHOUT: &[&str] = &[
    "without$", "sans$", "ohne$", "sin$", "zonder$", "senza$", "exempt", "exonere", "dispens", "exent", "vrijgest",
    "esent", "befreit", "exceptua",
];

/// Words beside “consent” that make it a condition: “with”, “after”, “explicit”.
pub(super) const CONSENTING: &[&str] = &[
    "with$", "after$", "upon$", "your$", "avec$", "apres$", "sous$", "sur$", "votre$", "suite$", "mit$", "nach$",
    "ihre", "ihrer$", "con$", "tras$", "previo$", "su$", "met$", "na$", "uw$", "dopo$", "previa$", "suo$", "vostro$",
    "explicit", "ausdruck", "express", "given$", "donne$", "gegeben", "erteilt", "obtain", "recueil", "eingeholt",
    "asked$", "ask$",
];

/// “For”, between “necessary” and its purpose.
pub(super) const PURPOSE_OF: &[&str] =
    &["for", "to", "pour", "a", "au", "aux", "fur", "zur", "zum", "para", "per", "voor", "al", "alla", "alle", "ai"];

/// Articles and possessives in front of a target.
pub(super) const OF_THE_SITE: &[&str] = &[
    "the", "our", "this", "these", "a", "an", "le", "la", "les", "l", "notre", "nos", "cette", "ce", "der", "die",
    "das", "des", "den", "dem", "diese", "dieser", "unsere", "unserer", "unseres", "el", "los", "las", "nuestro",
    "nuestra", "este", "esta", "het", "de", "deze", "dit", "onze", "ons", "il", "lo", "gli", "del", "della", "dello",
    "nostro", "nostra", "questo", "questa", "d", "du", "di", "von", "van", "of",
];

/// What exempt cookies are necessary for: the site, its service, its security, what the visitor asked for.
pub(super) const TARGETS: &[&str] = &[
    "fonctionn", "function", "bon$", "bonne$", "good$", "proper", "site", "website", "webseite", "webs", "web$",
    "sitio", "sito$", "portal", "portail", "plateforme", "plattform", "platform", "plataforma", "piattaforma",
    "servic", "servizi", "dienst", "operat", "operar", "betrieb", "funktion", "funcion", "funzion", "werking",
    "werken", "navig", "naveg", "provi", "fourn", "fornit", "bereitstell", "erbring", "verleen", "secur", "sicher",
    "segur", "sicur", "veilig", "beveilig", "basic", "base$", "basis", "use$", "using", "usage", "utilis", "nutz",
    "uso$", "gebruik", "deliver", "run$", "work", "page", "application", "applicazione", "app$", "store$", "shop",
    "boutique", "tienda", "winkel", "negozio", "connexion", "login", "anmeld", "authent", "session", "technic",
    "technisch", "techni", "tecnic", "correct", "core$", "essential", "ensure", "garant", "gewahr", "assur", "enable",
    "allow", "permet", "ermoglich", "hosting", "internet", "display", "affich", "reib", "ordnung", "einwandfrei",
    "storingsvrij", "goede$", "juiste", "buen$", "corretto", "cookie", "transmi", "ubertrag",
];
