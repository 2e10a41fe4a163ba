//! What columns are called in English, French, German, Spanish, Dutch and Italian; folded, as beginnings of words.

pub(super) const PROVIDER: &[&str] = &[
    "provider", "supplier", "vendor", "prestataire", "sous", "subprocessor", "processor", "fournisseur", "emetteur",
    "editeur", "societe", "anbieter", "herausgeber", "hersteller", "proveedor", "titular", "responsable", "entidad",
    "emisor", "aanbieder", "leverancier", "afzender", "fornitore", "titolare", "company", "organisation", "origine$",
    "origin$", "origen", "herkunft", "herkomst", "source$", "depose$", "deposant", "issuer", "set$", "partner",
    "tiers$", "gesetzt", "geplaatst", "owner", "eigentumer", "verantwortlich", "publisher", "proprietaire",
    "operateur", "betreiber", "propietari", "proprietari", "eigenaar", "verantwoordelijk",
];

pub(super) const LIFETIME: &[&str] = &[
    "duration", "expir", "lifetime", "lifespan", "retention", "life$", "validity", "period", "duree", "conservation",
    "echeance", "validite", "speicherdauer", "laufzeit", "ablauf", "gultig", "dauer$", "lebensdauer", "cookiedauer",
    "speicherfrist", "aufbewahrung", "duracion", "caducidad", "vencimiento", "plazo", "conservacion", "vigencia",
    "duur", "bewaar", "looptijd", "verval", "geldig", "verloop", "levensduur", "opslagduur", "durata", "scadenza",
    "conservazione", "max", "verfall", "hochst", "speicherzeit", "validez", "validita", "haltbar", "houdbaar",
    "opslagtermijn",
];

pub(super) const PURPOSE: &[&str] = &[
    "purpose", "function$", "functions$", "goal", "description", "descript", "use$", "uses$", "usage", "why$", "wozu$",
    "wofur$", "waarvoor$", "waarom$", "warum$", "pourquoi$", "perche$", "finalite", "objet", "objectif", "utilite",
    "utilisation", "fonction", "role$", "but$", "explication", "zweck", "funktion", "beschreibung", "verwendung",
    "einsatz", "nutzen$", "erlauterung", "finalidad", "descripcion", "proposito", "funcion", "uso$", "utilidad",
    "objetivo", "para$", "doel", "functie", "omschrijving", "beschrijving", "gebruik", "toelichting", "waarvoor",
    "finalita", "scopo", "descrizione", "funzione", "utilizzo", "what$", "explanation", "objective", "commentaire",
    "erklarung", "cometido", "uitleg", "spiegazion", "scopi$",
];

/// The category, the purpose's class, or the technique.
pub(super) const KIND: &[&str] = &[
    "type", "typ$", "kind$", "tipo", "soort", "art$", "tipologia", "nature$", "natur$", "category", "categorie",
    "kategorie", "categoria", "classification", "groupe$", "gruppe$", "group$", "familia$", "klasse",
];

/// Where an entry is kept, if no word of cookies stands beside it.
pub(super) const STORAGE: &[&str] = &[
    "storage$", "stockage", "support$", "supporto$", "soporte$", "medium$", "speicherort", "speicherung$",
    "almacenamiento", "opslag$", "archiviazione", "technolog", "tecnolog",
];

pub(super) const DOMAIN: &[&str] = &[
    "subgroup", "sous$", "untergruppe", "subgrupo", "domain", "domaine", "domane", "dominio", "domein", "host", "hote",
];

pub(super) const NAME: &[&str] = &[
    "name", "namen$", "nom$", "noms$", "nombre", "naam", "nome$", "nomi$", "bezeichnung", "denomina", "benaming",
    "identif", "cookiename", "cookiebezeichnung", "cookienaam", "intitule", "key$", "cle$", "schlussel$", "clave$",
    "sleutel$", "chiave$",
];

/// A column may be called after what it lists.
pub(super) const COOKIE: &[&str] =
    &["cookie$", "cookies$", "traceur$", "traceurs$", "tracker$", "trackers$", "galleta$", "galletas$"];

pub(super) const SERVICE: &[&str] = &[
    "service", "servizio", "servicio", "dienst", "tool", "outil", "fonctionnalite", "plugin", "application$",
    "aplicacion$", "applicazione$", "produit",
];

/// Columns that a charter has no key for.
pub(super) const ASIDE: &[&str] = &[
    "content", "inhalt", "contenu", "contenido", "inhoud", "contenuto", "policy", "politique", "link", "lien",
    "enlace", "mehr$", "more$", "information", "donnees", "data$", "daten", "datos", "dati$", "gegevens", "subgroup",
    "value", "valeur", "wert$", "transfer", "recipient", "destinat", "empfanger", "ontvanger", "opt",
];

/// The legal basis, or the status.
pub(super) const BASIS: &[&str] = &[
    "status", "statut", "estado$", "stato$", "rechtsgrund", "rechtsbasis", "grundlage", "basis$", "juridique",
    "legale$", "juridica", "giuridica", "grondslag", "rechtsgrond", "fondement", "lawful", "legal$",
];
