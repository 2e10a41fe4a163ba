//! Finds sentences that describe tracking without naming a purpose: a cookie recognises a browser that comes back, keeps
//! which pages were seen, where the visitor came from, what may interest them; it counts, or collects.
//!
//! Each kind of tracking is a pair of verbs and objects. Folded, as beginnings of words, or as whole words with `$`; in
//! English, French, German, Spanish, Dutch and Italian.

use super::is_denied;
use crate::import::fold::{has_phrase, has_stem};

/// A sentence with one of each describes tracking.
struct Action {
    verbs: &'static str,
    objects: &'static str,
}

const ACTIONS: [Action; 6] = [
    // Recognises a visitor who comes back.
    Action {
        verbs: "recogni reconn reconaitre wiedererk reconoc herken riconosc identif distingu unterscheid differenzi \
               onderscheid distinguir distinguer",
        objects: "device devices browser browsers navigateur appareil terminal gerat endgerat dispositiv navegador \
             apparaat toestel visitor visitors visiteur visiteurs besucher visitante visitantes bezoeker bezoekers visitatore \
             visitatori internaute internautes",
    },
    // Keeps what was seen.
    Action {
        verbs: "visited$ viewed$ consulte consultee consultees vue$ vues$ vus$ lue$ lues$ lus$ besucht angesehen aufgerufen \
               gelesen visitada visitado consultada consultado vista$ vistas$ visto$ vistos$ leida leido bekeken bezocht \
               gelezen visitata visitate visitati visualizz viste$ visti$ lette$ letti$ looked$ seen$ browsed$ opened$",
        objects: "page seite pagin article artikel articul articol product produit produkt producto prodott content inhalt inhoud \
             contenu contenid contenut offer offre angebot oferta dataset item fiche document",
    },
    // Counts.
    Action {
        verbs: "count$ counts$ counting$ counter$ compter$ comptage compteur comptabilis denombr zahlt$ zahler contar$ \
               contabiliz recuento tellen$ telt$ teller$ conta$ contare$ conteggi measure$ measures$ measuring$ mesurer$ \
               mesure$ messen$ misst$ medir$ mide$ meten$ meet$ misura$ misurare$",
        objects: "visit visitor page view user click besuch aufruf nutzer klick visita bezoek klik utilisat utente clic usuari \
             gebruiker download utilizz utilis nutzung uso$ usage use$ gebruik traffic trafic",
    },
    // Collects.
    Action {
        verbs: "collect recueill recolt erfass erheb sammel gesammelt erhoben recopil recog recab verzamel raccogl raccolt \
               gather$ gathers$",
        objects: "information data$ donnee daten$ dato dati$ gegevens informati informacion informazion usage nutzung",
    },
    // Improves an offer by what was learnt of visitors.
    Action {
        verbs: "improv amelior optimis optimi optimier optimaliser verbesser mejor verbeter miglior",
        objects: "servic site website web$ webseite offre offer angebot oferta experience experienc erlebnis erfahrung experiencia \
             ervaring esperienza content contenu inhalt contenid portal portail sitio sito portale dienst aanbod prestazion",
    },
    // Shares with others.
    Action {
        verbs: "shar$ share$ shares$ shared$ partag transm transfer weitergeg weitergab ubermitt compart deel$ delen$ gedeeld \
               condivi comunic",
        objects: "partner partenaire tiers$ third$ dritt socio terceros$ derden$ terzi$ terze$",
    },
];

/// Words of purposes that need no consent: a session, a login, a language, security. In their sentences, an action does
/// not count.
const EXEMPT: &str = "session$ sitzung$ sesion$ sessie$ sessione$ login log$ logged signed sign$ anmeld angemeld connecte \
    authent autent bot$ bots$ robot roboter human humain mensch umani menselijk humano attack attaque angriff ataque aanval attacc \
    secur sicher segur sicur veilig beveilig fraud spam csrf forgery language langue sprache idioma taal lingua cart$ panier \
    warenkorb carrito winkelwagen carrello balanc repartition lastverteil";

/// Phrases that describe tracking by themselves.
const PHRASES: &[&str] = &[
    "remembers your browser", "remembers your device", "remember your browser", "remember your device", "come back",
    "wiederkehrende", "comes back", "came back", "when you return", "quand vous revenez", "wenn sie zuruckkehren",
    "cuando vuelve", "wanneer u terugkeert", "quando ritorna", "next visit", "from one visit", "between visits",
    "d une visite a l autre", "prochaine visite", "nachsten besuch", "proxima visita", "volgend bezoek",
    "prossima visita", "how often", "how many", "combien de", "wie viele", "cuantas", "cuantos", "hoeveel", "quante",
    "quanti", "combien de fois", "wie oft", "con que frecuencia", "hoe vaak", "quante volte", "first visit",
    "last visit", "premiere visite", "derniere visite", "ersten besuch", "letzten besuch", "primera visita",
    "ultima visita", "eerste bezoek", "laatste bezoek", "prima visita", "reached us", "came from", "come from",
    "arrived from", "traffic source", "search engine", "vous venez", "moteur de recherche", "gekommen sind",
    "uber welche", "suchmaschine", "de donde", "buscador", "vandaan komt", "zoekmachine", "da dove",
    "motore di ricerca", "interest you", "interests you", "vous interesser", "vos interets", "vos gouts",
    "sie interessieren", "fur sie interessant", "le interesan", "le interesen", "sus intereses", "interessant voor u",
    "uw interesses", "suoi interessi", "tuoi interessi", "time spent", "temps passe", "tiempo de permanencia",
    "tempo trascorso", "verbrachte zeit", "bestede tijd", "habitudes de navigation", "historique de navigation",
    "browsing history", "browsing habits", "habitos de navegacion", "historial de navegacion",
    "abitudini di navigazione", "cronologia di navigazione", "recently viewed", "recemment consultes",
    "zuletzt angesehen", "usage data", "donnees d usage", "nutzungsdaten", "datos de uso", "gebruiksgegevens",
    "dati di utilizzo", "version of the page", "personalised content", "personalized content", "personalises content",
    "personalizes content", "personalise content", "personalize content", "contenu personnalise",
    "contenus personnalises", "personnalise le contenu", "personnaliser le contenu", "personnaliser les contenus",
    "personalisierte inhalte", "inhalte personalisier", "contenido personalizado", "personalizar el contenido",
    "personalizar contenidos", "contenuti personalizzati", "personalizzare i contenuti", "gepersonaliseerde inhoud",
    "inhoud te personaliseren", "lead scoring", "most popular", "les plus populaires", "am beliebtesten",
];

/// Further purposes. They count in the rows of cookies alone, because a sentence about the whole site may name them, too.
const PURPOSES: &[&str] = &[
    "recommendation", "recommandation", "recomendacion", "raccomandazion", "empfehlung", "aanbeveling", "sugerencia",
    "suggeriment", "demograph", "demografi", "segmentat", "segmentier", "segmentac", "segmentaz", "cohort", "kohorte",
    "variant", "experiment", "engagement", "referrer", "scroll", "verweildauer", "geolocali", "geolokali",
    "provenance", "procedencia", "provenienza", "prospect", "loyalty", "fidelis", "fideliz", "susceptible", "gustos",
    "pertinent", "relevant",
];

/// Load balancing, as Cookiebot describes it: it optimises response times, and learns nothing of visitors.
const BALANCES: &[&str] = &[
    "several servers", "multiple servers", "plusieurs serveurs", "mehrere server", "mehreren servern",
    "varios servidores", "piu server", "meerdere servers",
];

/// Whether a sentence describes tracking.
pub(super) fn describes_tracking(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let at = |stems: &str| {
        let stems: Vec<&str> = stems.split_whitespace().collect();
        words.iter().enumerate().find(|(at, word)| has_stem(word, &stems) && !is_denied(&words, *at)).map(|(at, _)| at)
    };
    let is_exempt = at(EXEMPT).is_some() || has_phrase(folded, BALANCES);
    let is_done =
        |action: &Action| at(action.verbs).is_some_and(|verb| at(action.objects).is_some_and(|object| object != verb));
    let names = || words.iter().enumerate().any(|(at, word)| has_stem(word, PURPOSES) && !is_denied(&words, at));
    (!is_exempt && ACTIONS.iter().any(is_done)) || has_phrase(folded, PHRASES) || names()
}
