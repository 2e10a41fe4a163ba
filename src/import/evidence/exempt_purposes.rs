//! Purposes that need no consent (Article 29 Working Party, opinion 04/2012; CNIL, guidelines 2020-091): a session, a login,
//! a choice, a language, a basket, security, load balancing.
//!
//! An exempt title is not enough: its author may have put a tracker under it, in words that no list contains. So the
//! purpose that a row states must be one of these. Folded, as beginnings of words, or as whole words with `$`; in English,
//! French, German, Spanish, Dutch and Italian.

use super::keeps_a_choice;
use crate::consent::Format;
use crate::import::categories;
use crate::import::columns::{Role, role};
use crate::import::durations::is_duration;
use crate::import::fold::{fold, has_phrase, has_stem};
use crate::import::sections::is_understood;

/// Words of such purposes.
const STEMS: &str = "session$ sitzung$ sitzungs sesion$ sessie$ sessiec sessione$ \
    login logged log$ logs$ logon signed sign$ signin anmeld angemeld einlog eingelog connexion connect conectad inlog ingelog \
    aangemeld aanmeld accede$ acceder$ accesso authent autent auth$ sso$ account accounts konto benutzerkonto compte$ cuenta \
    account password passwort wachtwoord contrasena username benutzername gebruikersnaam utente$ usuario$ utilisateur$ \
    secur sicher segur sicur veilig beveilig protect proteg schutz geschutz protegg bescherm csrf xsrf forgery falsch \
    gefalsch falsif attack attaque angriff ataque aanval attacc fraud betrug spam bot$ bots$ robot robots roboter human humain \
    humains mensch menschen humanos menselijk mensen umani \
    balanc balancier balanceo bilanciamento lastverteil lastausgleich repartition charge$ carga$ carico server serveur \
    servidor serveurs affinit sticky routing \
    language langue sprache idioma taal taalkeuze lingua locale$ \
    consent consens einwillig zugestimmt zustimm toestemming choice choix auswahl wahl eleccion keuze cookiekeuze scelt scelta \
    banner bandeau hinweis cookiehinweis cookiebanner cookiemelding cookievoorkeur cookiestatus cookieauswahl cookiewall notice message melding aviso avviso accepted acept accett refus \
    cart$ basket panier warenkorb carrito cesta winkelwag winkelmand carrello checkout kasse bestell commande$ pedido ordine \
    payment paiement zahlung bezahl pago$ betal pagamento \
    form$ forms$ formulaire formulaires formular formulare formulario formulier formulieren modulo moduli saisie eingabe \
    contrast contraste kontrast contrasto font$ schrift schriftgrosse police$ lettertype affichage darstellung anzeige$ \
    visualizacion weergave visualizzazione theme$ thema$ tema$ dark$ dunkel accessib accesibil barriere toegankelijk \
    javascript token$ jeton jetons token redirect redirection weiterleitung maintenance$ wartung paywall \
    firewall waf$ pare$ cortafuegos equilibrag equilibrio timezone zeitzone fuseau trusted accepte acceptes acceptees accepts \
    upload download$ herunterlad telecharg descarga scarica";

/// The same in several words, and what a site must know of a browser.
const PHRASES: &[&str] = &[
    "user sessions",
    "manage sessions",
    "gestion des sessions",
    "gestion de sesiones",
    "gestione delle sessioni",
    "supports cookies",
    "accepts cookies",
    "cookies are enabled",
    "cookies enabled",
    "allows cookies",
    "accepte les cookies",
    "accepte des cookies",
    "cookies sont actives",
    "admite cookies",
    "acepta cookies",
    "cookies unterstutzt",
    "cookies akzeptiert",
    "cookies zulasst",
    "cookies ondersteunt",
    "cookies accepteert",
    "supporta i cookie",
    "accetta i cookie",
    "supporte les cookies",
    "can be placed",
    "time zone",
    "zona horaria",
    "fuso orario",
    "the view of",
    "view preference",
    "cookie bar",
    "peuvent etre places",
    "peuvent etre deposes",
    "gesetzt werden konnen",
    "kunnen worden geplaatst",
];

/// Cookies of frameworks, load balancers and banners that have no other purpose.
const NAMES: [&str; 28] = [
    "PHPSESSID",
    "JSESSIONID",
    "ASP.NET_SessionId",
    "sessionid",
    "csrftoken",
    "XSRF-TOKEN",
    "_csrf",
    "laravel_session",
    "ci_session",
    "connect.sid",
    "django_language",
    "fe_typo_user",
    "has_js",
    "SERVERID",
    "ROUTEID",
    "AWSALB",
    "AWSALBCORS",
    "ARRAffinity",
    "ARRAffinitySameSite",
    "__RequestVerificationToken",
    "wordpress_test_cookie",
    "CookieConsent",
    "CookieLawInfoConsent",
    "borlabs-cookie",
    "ckan",
    "pll_language",
    "COOKIE_SUPPORT",
    "GUEST_LANGUAGE_ID",
];

/// Whether the purpose of a row needs no consent. A row that states none passes, and so does one of the known names.
pub(in crate::import) fn is_exempt_purpose(name: &str, purpose: &str) -> bool {
    let stems: Vec<&str> = STEMS.split_whitespace().collect();
    let said: Vec<&str> = pieces(purpose).collect();
    let is_known = |piece: &&str| {
        let folded = fold(piece);
        has_stem(&folded, &stems)
            || has_phrase(&folded, PHRASES)
            || folded.split(' ').any(categories::says_necessary)
            || is_understood(piece)
    };
    NAMES.contains(&name)
        || keeps_the_choice(name)
        || said.is_empty()
        || said.iter().any(is_known)
        || keeps_a_choice(&fold(purpose))
}

/// Whether a banner that octroi knows keeps the visitor's choice in this cookie.
///
/// Pages have many words for that purpose. The proxy lets these cookies through in any case, because without them
/// every page would ask again.
fn keeps_the_choice(name: &str) -> bool {
    Format::ALL.iter().any(|format| format.names(None).iter().any(|(own, _)| own == name))
}

/// The sentences of a purpose, without those about the lifetime.
fn pieces(purpose: &str) -> impl Iterator<Item = &str> {
    let is_label = |piece: &str| {
        let label = piece.split_once(':').map(|(label, _)| label);
        label.and_then(role).is_some_and(|(role, _)| role == Role::Lifetime)
    };
    let pieces = purpose.split(['.', ';', '(', ')', '—', '–', '\n']).flat_map(|piece| piece.split(" - "));
    pieces.map(str::trim).filter(move |piece| !fold(piece).is_empty() && !is_duration(piece) && !is_label(piece))
}
