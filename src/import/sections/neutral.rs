//! Titles that say nothing of a purpose: “List of cookies”, “Always active”, “Session”. Every word of a neutral title is
//! known, because an unknown one may name a purpose that needs consent.

use crate::import::categories::{self, Purpose, Standing};
use crate::import::evidence;
use crate::import::fold::{fold, has_stem, is_stem};

/// Titles of whole pages and of their parts, in six languages; folded, as beginnings of words, or whole with `$`.
pub(super) const PAGES: [&str; 43] = [
    "cookieverklaring", "cookieerklarung", "cookierichtlinie", "cookiebeleid", "polic", "politi", "charte",
    "richtlinie", "gestion", "informativa", "beleid", "verklaring", "declara", "erklarung", "liste", "list$",
    "overzicht", "ubersicht", "elenco", "what$", "which$", "how$", "quel", "qu$", "was$", "welche", "que$", "wat$",
    "cosa$", "comment$", "wie$", "come$", "como$", "hoe$", "types", "tabl", "tabel", "detail", "notice", "statement",
    "hinweis", "lista", "used$",
];

/// The words of neutral titles beside [`PAGES`] and [`FUNCTION`]: beginnings, or whole words with `$`.
const WORDS: [&str; 9] = [LINKS, SUBJECTS, FIXED, OWN, EXEMPT, SOFTWARE, CHOICES, FORMS, LAW];
/// Words that link others.
const LINKS: &str = "ci$ voici here$ only$ that$ which$ a$ the$ of$ to$ and$ our$ we$ on$ in$ by$ for$ this$ these$ are$ is$ do$ from$ with$ your$ le$ la$ les$ l$ \
    d$ de$ des$ du$ un$ une$ et$ nos$ notre$ nous$ sur$ ce$ ces$ cette$ par$ pour$ dans$ au$ aux$ sont$ votre$ \
    vos$ vous$ der$ die$ das$ den$ dem$ ein$ eine$ und$ wir$ auf$ von$ fur$ im$ zu$ zum$ zur$ diese$ dieser$ \
    unsere el$ los$ las$ del$ y$ en$ por$ para$ su$ al$ este$ esta$ nuestr het$ een$ van$ op$ wij$ deze$ onze$ \
    il$ lo$ i$ gli$ di$ della$ delle$ dei$ e$ che$ questo$ sul$ nostr";
/// Subjects of such titles.
const SUBJECTS: &str = "cookie traceur tracker galleta table tableau tabelle tabla tabel list lijst elenc detail detall dettagl information \
    informacion informazion informatie info$ infos$ overview ubersicht description beschreibung descripcion \
    beschrijving descrizione name nom$ noms$ nombre naam duration duree dauer duracion durata duur provider \
    used$ use$ uses$ utilis verwend eingesetzt genutzt gebruik usa$ usad utiliz depose set$ gesetzt geplaatst \
    placed stored gespeichert stockee enregistree almacenad memorizzat opgeslagen site$ sites$ website webseite web$ sitio sito$ portal portail plateforme platform page$ pages$ \
    seite pagina application app$ policy polic politique politica richtlinie beleid note$ nota$ important \
    importante wichtig remarque attention hinweis opmerking let$ achtung following suivant folgende siguiente \
    volgende seguent below dessous type typ$ tipo soort nature http$ https$ html$ cookies$ here$ ici$ hier$ \
    aqui$ qui$ legal basis all$ \
    applica anwendung aplicacion toepassing strument outils$ tools$ tool$ werkzeuge herramient managed gestiti gestionad \
    verwaltet geres$ beheerd directly direttamente directement direkt directamente rechtstreeks tracciamento \
    dienst$ dienste$ service$ services$ servicio$ servicios$ servizio$ servizi$ diensten$ temoin work$ needed$ activit attivit actividad aktivitat inhaber questa$ dal$ dall$ dai$ by$ vom$ del$ door$";
/// “Always on”.
const FIXED: &str = "always toujours immer siempre altijd sempre active actif actifs actives aktiv activo activ actief attiv \
    enabled required$ requis obligatoire mandatory erforderlich";
/// “The site's own”.
const OWN: &str = "first$ party$ own$ interne propres eigene propia propio proprie proprietar titolar eigen$ operator owner \
    betreiber eigentumer editeur www$";
/// Purposes that need no consent (Article 29 Working Party, opinion 04/2012).
const EXEMPT: &str = "session sitzung sesion sessie sessione login anmeldung connexion authent authentif autentic identification \
    securit security sicherheit segurid sicurezz beveilig veilig csrf language langue sprache idioma taal lingua \
    cart$ basket panier warenkorb carrito winkelwag carrello load balanc charge repartition lastverteil consent \
    consentement einwillig zustimm consentimiento toestemming consenso banner bandeau choice choix auswahl \
    eleccion keuze scelt manage management gestion verwalt gestione beheer storage stockage speicher opslag$ technolog \
    expir purpose finalit zweck finalidad doel scopo persistent permanent persistant permanente dauerhaft zwingend necess estrict strikt strett absol \
    strict essential essentiel notwendig technisch technique technical";
/// Software of sites and banners that does not track.
const SOFTWARE: &str = "wordpress woocommerce drupal typo3 joomla cloudflare borlabs cookiebot usercentrics complianz onetrust \
    cookieyes axeptio tarteaucitron didomi klaro polylang wpml shibboleth moodle opendatasoft prestashop magento \
    liferay laravel django haproxy nginx varnish apache traefik keycloak php$ java$ asp$ net$ server serveur more$ show hide close view einsehen ansehen bekijken consulter consulta$ voir afficher masquer \
    plus$ anzeigen ausblenden mehr weniger ver$ mas$ mostrar meer toon mostra top$ back retour haut print last \
    update updated bijgewerkt aggiornat actualizad aktualisiert mise$ jour$ stand$ version date total";

/// What the tool of a banner is called, and the access of a customer.
const CHOICES: &str = "privacy controls control solution preference preferenze preferencias praferenz voorkeur accesso acces$ acceso \
    zugang toegang access customer$ customers$ client$ clients$ cliente$ clientes$ clienti$ kunde$ kunden$ klant$ klanten$ iubenda termly consentmanager cookiefirst \
    cookiescript ccm19 cookiehub";
/// Legal forms of companies. The name itself must be understood, too.
const FORMS: &str = "gmbh$ ag$ kg$ ug$ inc$ llc$ ltd$ limited$ plc$ srl$ spa$ sarl$ sas$ sa$ sl$ bv$ nv$";

/// “Functional” alone may be anything; “functional (necessary)” is understood.
const FUNCTION: [&str; 5] = ["function", "fonction", "funktion", "funcion", "funzion"];
/// The articles that such titles cite, and words of an exemption: “(§ 25 Abs. 2 TDDDG, einwilligungsfrei)”.
const LAW: &str = "accord$ accordo$ akkoord$ agreement$ without$ sans$ ohne$ sin$ zonder$ senza$ abs$ art$ artikel$ article$ articulo$ articolo$ satz$ nr$ par$ tdddg ttdsg dsgvo gdpr rgpd avg$ lil$ lssi eprivacy \
    loi$ ley$ lssi$ legge$ codice wet$ telecommunicatiewet informatique libertes titre$ sens$ vertu$ application ai$ \
    exempt exceptuad exent esent vrijgesteld befreit deber$ obligation obligacion obbligo$ pflicht$ plicht$ obten obtenir recueil";

/// Whole neutral titles with words that elsewhere name a purpose.
const PHRASES: [&str; 22] = [
    "strumenti di tracciamento di prima parte",
    "gestione delle preferenze di tracciamento",
    "gestione delle preferenze di tracciamento iubenda",
    "gestione delle preferenze di tracciamento iubenda srl",
    "strumenti di tracciamento gestiti direttamente dal titolare prima parte",
    "trackers managed by third parties",
    "traceurs geres par des tiers",
    "traceurs geres par des parties tierces",
    "von dritten verwaltete tracker",
    "rastreadores gestionados por terceros",
    "strumenti di tracciamento gestiti da terze parti",
    "cookie tracking table",
    "cookies and tracking",
    "cookies et tracking",
    "cookies et suivi",
    "cookies und tracking",
    "cookies y seguimiento",
    "cookies en tracking",
    "cookie e tracciamento",
    "cookies and other tracking technologies",
    "cookies and similar tracking technologies",
    "cookies et autres traceurs",
];

/// Whether a title says nothing of a purpose.
pub(super) fn is_neutral(title: &str) -> bool {
    // “How this site uses trackers” is about all cookies; “Trackers” alone may be about those that track.
    let folded = fold(title);
    let asks_how = folded.split(' ').next().is_some_and(|word| HOW.contains(&word));
    let cookies = folded.split(' ').map(|word| if word.starts_with("tracker") { "cookie" } else { word });
    if asks_how && folded.contains("tracker") {
        return is_neutral(&cookies.collect::<Vec<_>>().join(" "));
    }
    if is_of_choice(&folded) {
        return true;
    }
    // “Manage preference cookies” is of a kind of cookies.
    let asks_to_choose = folded.split(' ').next().is_some_and(|word| has_stem(word, &CHOOSE));
    let asks_to_choose = asks_to_choose && !super::is_about_cookies(title);
    let is_of_purpose = match categories::read(title) {
        Standing::Gated(Purpose::Preferences) if asks_to_choose => return true,
        Standing::Exempt | Standing::Contradictory => true,
        // “Consent management” is about the choice, “consent required” is not.
        Standing::Gated(purpose) => purpose != Purpose::Other || categories::needs_consent(&fold(title)),
        Standing::Ambiguous(_) => has_stem(&fold(title), &FUNCTION),
        Standing::Silent => false,
    };
    let unnumbered = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    PHRASES.contains(&unnumbered) || (!is_of_purpose && is_understood(title))
}

/// “Manage my cookie preferences”: the title of a banner. “Preference cookies” is a kind of cookies.
fn is_of_choice(folded: &str) -> bool {
    let rest = CHOICE_OF_COOKIES.split('|').find_map(|phrase| {
        let (before, behind) = folded.split_once(phrase)?;
        Some(format!("{before} {behind}"))
    });
    let is_plain =
        |word: &str| word.is_empty() || has_stem(word, &CHOOSE) || CHOOSERS.contains(&word) || is_known_word(word);
    rest.is_some_and(|rest| rest.split(' ').all(is_plain))
}

/// What a banner calls the choice.
const CHOICE_OF_COOKIES: &str = "cookie preferences|mes preferences cookies|vos preferences cookies|preferences de cookies|\
    preferences en matiere de cookies|preferences relatives aux cookies|preferences concernant les cookies|\
    preferences sur les cookies|cookie praferenzen|preferencias de cookies|preferencias sobre cookies|cookie voorkeuren|\
    cookievoorkeuren|voorkeuren voor cookies|preferenze cookie|preferenze sui cookie|preferenze dei cookie|\
    preferenze relative ai cookie";
/// Words beside that.
const CHOOSERS: [&str; 12] =
    ["my", "mes", "meine", "mis", "mijn", "le", "mie", "personnaliser", "modifier", "change", "edit", "gerer"];

/// “Always active”, beside the title of a kind.
pub(super) fn is_always_on(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split(' ');
    let is_fixed = |word: &str| FIXED.split_whitespace().any(|known| is_stem(word, known));
    words.next().is_some_and(|word| ALWAYS.contains(&word)) && words.clone().count() == 1 && words.all(is_fixed)
}

const ALWAYS: [&str; 6] = ["always", "toujours", "immer", "siempre", "altijd", "sempre"];

/// Whether it is the title of a page of cookies: “Cookie policy of the harbour”. No menu of its parts begins with it.
pub(super) fn is_of_page(title: &str) -> bool {
    super::is_about_cookies(title)
        && has_stem(&fold(title), &PAGES)
        && matches!(categories::read(title), Standing::Silent)
}

/// Whether a word is known, or a compound whose parts are: “Sitzungscookies”, not “Sitzungsaufzeichnung”.
fn is_known_word(word: &str) -> bool {
    let is_whole = |known: &str| {
        let rest = word.get(known.trim_end_matches('$').len()..).unwrap_or_default();
        is_stem(word, known) && (rest.len() <= MAX_ENDING || is_known_word(rest.trim_start_matches('s')))
    };
    WORDS.iter().flat_map(|words| words.split_whitespace()).any(is_whole)
}

/// By how many letters a word may be longer than the beginning that is known of it: `authent`-`ification`.
const MAX_ENDING: usize = 9;

/// “How”, at the beginning of a title.
const HOW: [&str; 6] = ["how", "come", "comment", "wie", "como", "hoe"];

/// “Choose”, “manage”, at the beginning of a banner's title: “Select your preferences”.
const CHOOSE: [&str; 17] = [
    "select$", "choose$", "manage$", "set$", "selectionn", "choisi", "gere", "wahle", "verwalte", "elij", "seleccion",
    "gestion", "kies$", "beheer", "scegli", "gestisci$", "seleziona$",
];

/// Whether every word of a title is known, and none is a service's. Numbers count as known.
pub(in crate::import) fn is_understood(title: &str) -> bool {
    let folded = fold(title);
    let is_known = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || categories::says_necessary(word)
            || is_known_word(word)
            || has_stem(word, &PAGES)
            || has_stem(word, &FUNCTION)
    };
    evidence::names_service(&folded).is_none() && folded.split(' ').all(is_known)
}
