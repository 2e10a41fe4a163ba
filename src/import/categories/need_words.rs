//! What pages call necessary, and how they speak of consent, in English, French, German, Spanish, Dutch and Italian: folded, as
//! beginnings of words, or as whole words with `$`.

/// “Necessary”.
pub(super) const NECESSARY: &[&str] = &[
    "necessary$", "necessaire", "necesari", "necessari$", "necessarie$", "necessaria$", "necessario$", "notwendig",
    "erforderlich", "noodzakelijk", "essential", "essentiel", "essenziell", "essentiell", "essentie", "esencial",
    "essenzial", "indispensab", "unerlasslich", "unbedingt", "mandatory", "obligatoire", "obligatori", "verplicht",
    "imprescindib", "unverzichtbar", "benotigt",
    // The authorities of Spain and Italy call exempt cookies “technical”.
    "tecnica$", "tecnicas$", "tecnico$", "tecnicos$", "tecnici$", "tecniche$",
];

/// “Required” of cookies, in phrases: in other texts the words are said of consent.
pub(super) const REQUIRED: &[&str] = &[
    "required", "requis", "requises", "requeridas", "vereist", "vereiste", "richiesti", "technisch bedingt",
    "technisch bedingte", "exempt cookies", "exempted cookies", "cookies exentas", "cookie esenti",
];

/// The end of a title that says the same of the site's work.
pub(super) const MAKE_IT_WORK: &[&str] = &[
    "make our website work", "make the website work", "make our site work", "make this site work",
    "make the site work", "make this service work",
];

/// “Needed”, in front of “for the site to work”.
pub(super) const NEEDED: &[&str] = &["needed$", "required$", "requis", "requerid", "vereist", "nodig$", "richiest"];

/// “Technical cookies”, as French pages call exempt ones. In other languages the same words may mean “functional”.
pub(super) const TECHNICAL: &[&str] = &[
    "cookies techniques", "cookie technique", "traceurs techniques", "traceur technique", "temoins techniques",
    "temoin technique", "technique", "techniques",
];

/// “Unnecessary”, “optional”.
pub(super) const UNNECESSARY: &[&str] = &[
    "unnecessary", "nonessential", "nonnecessary", "inessential", "nichtnotwendig", "nichtessenziell", "innecesari",
    "optional", "optionnel", "facultati", "opcional", "optionele", "optioneel", "facoltativ", "fakultativ",
    "freiwillig",
];

/// Words that negate “necessary” if they stand a few words before it.
pub(super) const NOT: &[&str] = &[
    "not$", "cannot$", "don$", "doesn$", "won$", "non$", "no$", "nicht$", "niet$", "pas$", "nor$", "ni$", "ne$",
    "never$", "jamais$", "less$", "kein", "rien$", "weder$", "aren$", "isn$", "neither$",
];

/// Consent, agreement, authorisation.
pub(super) const CONSENT: &[&str] = &[
    "consent", "consens", "einwillig", "eingewilligt", "zustimm", "zugestimm", "einverstand", "toestemming",
    "instemming", "ingestemd", "acconsent", "agreement$", "akkoord", "accord$", "accordo$", "acceptation",
    "acceptance", "autoriz", "autoris", "permission", "permiso", "permesso", "erlaubnis", "optin", "opt$",
];

/// “Free of consent” in one word.
pub(super) const FREE: &[&str] = &["zustimmungsfrei", "einwilligungsfrei"];

/// “Blocked”. With it, “without consent” means that consent is needed.
pub(super) const BLOCKED: &[&str] = &[
    "block", "bloqu", "blocc", "gesperr", "geblok", "blokk", "desactiv", "disabl", "delet", "remov", "inactiv",
    "inactif", "inaktiv", "inactief", "inattiv", "supprim", "gelosch", "verwijd", "prohib", "elimin", "exclu", "lose$",
    "refused$", "off$",
];

/// “Refuse”. A cookie that can be refused is not exempt.
pub(super) const REFUSAL: &[&str] = &[
    "refus", "ablehn", "abgelehn", "rechaz", "rifiut", "abwahl", "abschaltbar", "desactivable", "deaktivierbar",
    "weiger", "optout",
];

/// “Except”.
pub(super) const EXCEPTIONS: &[&str] = &[
    "except$", "exceptin", "exceptio", "excepcio", "excepto$", "excepte$", "sauf$", "hors$", "hormis$", "ausser$",
    "ausgenom", "salvo$", "tranne$", "eccetto$", "behalve$", "beyond$", "rather$", "excludin",
];

/// “Necessary or not”, “other than necessary”, and phrases about information instead of cookies.
pub(super) const DOUBTS: &[&str] = &[
    "other than", "and others", "may be", "potentially", "usually", "formerly", "rarely", "hardly", "in most cases",
    "in some cases", "autres que", "andere als", "otras que", "otros que", "altri che", "anders dan", "and other",
    "et autres", "und andere", "und sonstige", "y otras", "y otros", "e altri", "en andere", "ou non", "or not",
    "oder nicht", "o no", "of niet", "aux contenus de tiers", "informacion tecnica", "caratteristiche tecniche",
    "caracteristicas tecnicas", "informazioni tecniche", "informations obligatoires", "informations essentielles",
    "erforderliche angaben", "essential information", "mandatory information", "informacion obligatoria",
    "l essentiel sur",
];

/// Words of buttons and of questions.
pub(super) const BUTTONS: &[&str] = &[
    "accept$", "accepter$", "acceptez$", "akzeptieren$", "aceptar$", "accetta$", "accettare$", "accepteren$",
    "accepteer$", "reject$", "refuse$", "refuser$", "refusez$", "ablehnen$", "rechazar$", "rifiuta$", "weigeren$",
    "allow$", "autoriser$", "zulassen$", "erlauben$", "permitir$", "toestaan$", "welche$", "which$", "lesquels$",
];

/// “Requires”, “subject to”, as in “requires your consent”.
pub(super) const NEED: &[&str] = &[
    "requir", "need", "necessit", "soumis", "requier", "bedurf", "bedarf", "erforder", "vereis", "nodig$", "richied",
    "richiest", "subject", "sujet", "exig", "demand", "necesit", "occorr", "benotig", "pflicht", "besoin$", "bisogno$",
    "ask$", "asks$", "asked$", "fragen$", "gefragt$", "bitten$", "pedimos$", "pedir$", "piden$", "preciso$", "solicit",
    "vragen$", "gevraagd", "chied", "chiest",
];

/// Words that deny a need for consent, as in “without consent”.
pub(super) const DENIAL: &[&str] = &[
    "not$", "cannot$", "don$", "doesn$", "no$", "non$", "pas$", "nicht$", "kein", "niet$", "geen$", "nessun", "ningun",
    "aucun", "without$", "sans$", "ohne$", "sin$", "zonder$", "senza$", "never$", "jamais$", "nie$", "nunca$",
    "nooit$", "mai$", "exempt", "exonere", "dispens", "exent", "vrijgest", "esent", "befreit", "ausgenom", "exceptua",
];

/// Words that make such a sentence conditional, or turn its meaning.
pub(super) const TURNS: &[&str] = &[
    "unless$", "provided", "reserve$", "vorbehal", "reserva$", "riserva$", "voorbeho", "until$", "before$", "prior$",
    "avant$", "sauf$", "jusqu$", "nur$", "erst$", "bevor$", "only$", "seulemen", "uniqueme", "solo$", "solament",
    "hasta$", "salvo$", "alleen$", "tot$", "voordat$", "finche$", "prima$", "withdraw", "retir", "widerruf", "if$",
    "si$", "wenn$", "falls$", "als$", "se$", "tenzij$", "mits$", "zolang$", "sofern$", "soweit$", "conditio",
    "condizio", "lors$", "lorsqu$", "siempre$", "cuando$", "qualora$", "when$", "where$", "long$", "logged$",
];

/// Phrases in which “necessary” is not said of cookies.
pub(super) const ASIDES: &[&str] = &[
    "if necessary", "when necessary", "where necessary", "as necessary", "as long as necessary", "si necessaire",
    "le cas echeant", "falls erforderlich", "wenn notig", "wenn erforderlich", "sofern erforderlich",
    "soweit erforderlich", "si es necesario", "cuando sea necesario", "indien nodig", "indien noodzakelijk",
    "se necessario", "essentially", "it is necessary to", "il est necessaire de",
];
