//! Purposes as pages write them, and some that name an exempt one and say more.

mod likely;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::import::evidence;

/// Whether a row with this purpose may be exempt.
fn passes(purpose: &str) -> bool {
    of_purpose("x_1", "", purpose) == Exempt::Yes && evidence::of_cell(purpose).is_none()
}

/// Joined of innocent words by an attacker.
#[test]
fn innocent_words_that_say_another_purpose_together_do_not_pass() {
    for purpose in [
        "Keeps your session for use by third parties",
        "Keeps your session, not without advertising",
        "Keeps your session, not without personal data",
        "Keeps the session. It is no secret that tracking is used",
        "Keeps the session. It is no secret that personal data is used",
        "Sends your choices to the providers we work with",
        "Writes to you if you leave the basket without paying",
        "Remembers your choices to know you better",
        "Recognises you without login",
        "Balances the load and tests which page works better",
        "Keeps your login in order to know where you go on the site",
        "Shows different pages to different visitors by session",
        "Maintient la session. Compte les visiteurs",
        "Envoie vos choix à des tiers",
        "Maintient la session et la page d'où vient le visiteur",
        "Reconnaît l'utilisateur même déconnecté",
        "Zählt die Besucher, die angemeldet sind",
        "Schreibt Ihnen später zu Ihrem Warenkorb",
        "Speichert die Seiten, die Sie während der Sitzung öffnen",
        "Erkennt den Nutzer ohne Anmeldung",
        "Comparte la sesión con los socios de la tienda",
        "Cuenta los visitantes durante la sesión",
        "Le recuerda la cesta",
        "Houdt de sessie in stand voor derden",
        "Onthoudt wat u in de winkelwagen legt en niet betaalt",
        "Mantiene la sessione e invia le pagine a terzi",
        "Ricorda all'utente il suo carrello",
    ] {
        assert!(!passes(purpose), "{purpose}");
    }
}

#[test]
fn one_known_word_carries_no_purpose_that_says_more() {
    for purpose in [
        "Suivre votre session sur plusieurs sites",
        "Conserve la session et transmet des données à nos partenaires",
        "Se souvient de votre panier pour vous proposer d'autres spectacles",
        "Panier abandonné (relance par courriel)",
        "Enregistre votre choix de produits pour du reciblage",
        "Langue ; test A/B",
        "Identifie votre session et la rattache à votre profil",
        "Rejeu de session",
        "Enregistrement de session",
        "Sécurité : empreinte du navigateur",
        "Choix de la langue et origine de la visite",
        "Équilibrage de charge et performance",
        "Number of sessions",
        "Used to record unique visitor views of the consent banner.",
        "Basket abandonment e-mails",
        "Records your session",
        "Links your login with your purchases in our shops",
        "Language and interests",
        "Sitzungsaufzeichnung",
        "Sitzungszahl",
        "Warenkorbabbrecher",
        "Sprache, Herkunft und Interessen",
        "Erinnert Sie an Ihren Warenkorb",
        "Ricorda la lingua e propone offerte",
        "Sessione condivisa con i nostri partner",
        "Seguridad: identifica al usuario en toda la red de socios",
        "Idioma y preferencias de compra",
        "Sessie-opname",
        "Thème WordPress",
        "Contenus choisis pour vous",
        "Identifies the customer",
        "User preferences",
        "Displays banners",
        "Remembers your login and what you read",
        "meet hoe snel de sessie verloopt",
        "Which pages you open after login",
        "Identifies you in every session",
        "Identifies your session when you return",
        "Formulaire d'enquête",
    ] {
        assert!(!passes(purpose), "{purpose}");
    }
}

#[test]
fn purposes_whose_words_are_all_known_pass() {
    for purpose in [
        "Keeps you signed in during your visit",
        "Session (contributeurs)",
        "Load balancing (Airlock gateway)",
        "This cookie is native to PHP applications. It stores a unique session ID to manage user sessions on the website.",
        "Protects you against forged form submissions",
        "Remembers the seats in your basket",
        "Permet de rester connecté à l'espace adhérents",
        "Retient l'acceptation ou le refus de chaque service",
        "quand vous vous identifiez",
        "File d'attente",
        "Taille du texte",
        "Reconnexion automatique si elle a été demandée",
        "Sitzungsverwaltung",
        "Speichert den Inhalt des Warenkorbs",
        "Verhindert, dass Formulare doppelt abgeschickt werden",
        "Stellt sicher, dass das Formular von unserer Website kommt",
        "Identificador único de sesión",
        "Permite iniciar sesión en el área privada",
        "Onthoudt welke producten in uw winkelwagen liggen",
        "Controleert of cookies zijn toegestaan",
        "Protegge i moduli da richieste contraffatte",
        "Ricorda che il banner è stato chiuso",
        "CookieYes sets this cookie to remember users’ consent preferences",
        "Set by our firewall (F5) for security.",
    ] {
        assert!(passes(purpose), "{purpose}");
    }
}

#[test]
fn the_names_of_a_row_say_nothing_in_its_purpose() {
    let purpose = "Session of the Brightforge portal, kept in brightforge_sid";
    assert!(of_purpose("brightforge_sid", "Brightforge Ltd", purpose) == Exempt::Yes);
    assert!(of_purpose("sid", "", purpose) != Exempt::Yes);
    let long = "Whoever shows you our advertisements and those of many others";
    assert!(of_purpose("sid", long, "Session of the advertisements") != Exempt::Yes, "a provider's name is short");
}

#[test]
fn a_title_may_name_an_exempt_purpose() {
    for title in ["Warenkorb und Kasse", "Carrello e accesso cliente", "Connexion et panier"] {
        assert!(names_exempt_purpose(title), "{title}");
    }
    for title in ["Chat", "Newsletter", "Videos", "Cookies du chatbot", "Session replay", "Site"] {
        assert!(!names_exempt_purpose(title), "{title}");
    }
}

#[test]
fn known_words_that_say_another_purpose_together_do_not_pass() {
    for purpose in [
        "Warenkorb, damit wir Ihnen passende Artikel zeigen",
        "Remembers your basket so that we can show you the goods that go with it",
        "Affiche des articles choisis selon votre panier",
        "Muestra mensajes según el idioma y la cesta",
        "Last login",
        "Dernière connexion",
        "Mémorise l'heure de votre connexion",
        "Houdt bij wanneer u inlogt",
        "Speichert, wann Sie sich anmelden und wie lange Sie bleiben",
        "Kundendaten",
        "Notwendige Kundendaten",
        "Personal data of the account",
        "Account details",
        "Information on your use of the site",
        "Information on your use of the site, kept for the session",
        "Identifiant unique du visiteur et session",
        "Kennung des Besuchers und der Sitzung",
        "Quel formulaire vous avez ouvert",
        "Sitzung und Reihenfolge der geöffneten Seiten",
        "Sessie en de volgorde van de pagina's",
        "Conserva la sesión y las páginas por las que pasa",
        "Guarda el idioma y lo que ve el usuario",
        "Riconosce l'utente a ogni accesso",
        "Carrello e ordini precedenti",
        "Panier, et commandes précédentes",
        "Contents chosen for you",
        "Keeps a note of when you signed in and where you were",
        "Not only personal data, but your session",
        "Volume of users",
        "Cifra de usuarios",
        "Zahlen der Besucher",
        "Fuente de la visita",
        "distingue a los usuarios (duración: dos años)",
    ] {
        assert!(!passes(purpose), "{purpose}");
    }
}

#[test]
fn a_goal_must_be_an_exempt_purpose_itself_or_be_denied() {
    for purpose in [
        "Keeps your session so that we can show you the site in your language",
        "Saves your cookie choice so we do not have to ask again",
        "Speichert die Sprache, damit wir Sie nicht erneut fragen müssen",
        "Contains no personal data. Keeps your session.",
        "Es werden keine personenbezogenen Daten gespeichert; das Cookie hält die Sitzung.",
    ] {
        assert!(passes(purpose), "{purpose}");
    }
    for purpose in
        ["Keeps your session so that we know you", "Session, um Sie zu erkennen", "Session, afin que nous le sachions"]
    {
        assert!(!passes(purpose), "{purpose}");
    }
}

#[test]
fn purposes_of_every_kind_pass_in_every_language() {
    for purpose in [
        "Assure que les réponses proviennent toujours du même serveur.",
        "Sert à ne plus vous présenter le bandeau d'information sur les cookies.",
        "Empêche qu'un formulaire soit soumis à votre insu depuis un autre site.",
        "Contient un numéro de session généré aléatoirement, détruit à la fermeture du navigateur.",
        "Retient votre choix entre l'affichage en liste et l'affichage en mosaïque.",
        "Retient la devise dans laquelle les prix sont affichés.",
        "Holds the answers you have given so far while you complete the application form.",
        "Sends you back to the page you wanted after you have signed in.",
        "Remembers the player volume you set.",
        "Passes a one-off message, such as “your changes were saved”, to the next page.",
        "Limita los intentos fallidos de acceso a la cuenta.",
        "Guarda la moneda con la que el cliente desea pagar.",
        "Gestiona la cola de espera cuando hay mucha demanda de entradas.",
        "Conserva los datos del formulario entre un paso y el siguiente.",
        "Verteilt die Anfragen gleichmäßig auf mehrere Server.",
        "Begrenzt die Zahl fehlgeschlagener Anmeldeversuche.",
        "Leitet Sie nach der Anmeldung auf die zuvor aufgerufene Seite zurück.",
        "Wird benötigt, um Ihre Bestellung und die Bezahlung abzuwickeln.",
        "Merkt sich die von Ihnen eingestellte Schriftgröße",
        "Houdt uw sessie actief zolang u de website bezoekt.",
        "Onthoudt de taal waarin u de site wilt lezen.",
        "Bewaart wat u in de vorige stappen van de aanvraag hebt ingevuld.",
        "Versleutelt de verbinding tussen browser en server.",
        "Evita che il banner dei cookie venga mostrato di nuovo.",
        "Riporta l'utente alla pagina desiderata dopo l'accesso.",
        "Tiene riservati i posti scelti durante il pagamento.",
        "Limita i tentativi di accesso non riusciti.",
    ] {
        assert!(passes(purpose), "{purpose}");
    }
}

/// Words that carry a purpose of their own. None may be known, whatever stands beside it.
const TELLING: &str = "profile profil perfil profiel profilo interests interets interessen intereses interesses interessi behaviour \
    comportement verhalten comportamiento gedrag comportamento statistics statistiques statistik estadisticas statistieken statistiche \
    analyse analysis analisis analisi measure mesure messung medicion meting misurazione count frequency frequence haufigkeit \
    frecuencia frequentie frequenza history historique verlauf historial geschiedenis cronologia advertising publicite werbung publicidad \
    reclame pubblicita partners partenaires partner newsletter location standort ubicacion locatie recommend \
    recommande empfiehlt recomienda aanbevolen consiglia relevant pertinent passend personalised personnalise personalisiert personalizado \
    gepersonaliseerd personalizzato visited visitees besuchte visitadas bezochte visitate viewed clicked improve ameliorer verbessern mejorar \
    verbeteren migliorare campaign campagne kampagne campana campagna referrer score segment age gender mail courriel correo \
    social analytics conversion retarget similar ahnlich similaires popular beliebt populaire habits habitudes gewohnheiten fingerprint";

#[test]
fn words_with_a_purpose_of_their_own_are_never_known() {
    let exempt = "session login language basket server text size";
    for word in TELLING.split_whitespace() {
        let purpose = format!("{word} {exempt}");
        assert!(!passes(&purpose), "{purpose}");
    }
}

/// What trackers do, in plain words. Each begins as an exempt purpose, and goes on.
#[test]
fn a_part_that_names_no_exempt_purpose_does_not_pass() {
    for purpose in [
        "While the session lasts, each move on the page is kept",
        "Basket, plus a letter if it is not paid",
        "Protects the form using what is special about your device",
        "Keeps the products, and the price you are ready to pay",
        "Stores the requests you make on every page during your session",
        "Keeps the session of the visitor across all websites of the service",
        "Répartit les visiteurs entre deux pages différentes",
        "Retient la taille du texte et qui l'utilise",
        "Speichert die Quelle der Sitzung",
        "Speichert, welche Artikel Sie aus dem Warenkorb entfernen",
        "Cesta, más una carta si no se paga",
        "Guarda la cesta para mostrarle lo que necesita",
        "Houdt u ingelogd en laat de leraar zien wie er wanneer was",
        "Bewaart uw bestelling om die te koppelen aan wat u in de winkel koopt",
        "Conserva la sessione e i giorni in cui è tornato",
        "Verifica se il visitatore è già stato sul sito",
        "Security file about the user",
        "Bewaart de sessie: verzoeken en antwoorden van elke persoon",
        "Protegge dalle frodi riconoscendo l'utente su tutti i siti",
    ] {
        for before in ["", "Keeps your session and ", "Sprache, Warenkorb; "] {
            assert!(!passes(&format!("{before}{purpose}")), "{before}{purpose}");
        }
    }
}

#[test]
fn every_part_may_name_a_purpose_or_belong_to_one() {
    for purpose in [
        "Remembers the items you put in your shopping cart",
        "Saves your entries while you fill in the multi-page application form",
        "Evita que el mensaje de bienvenida aparezca en cada visita",
        "Vous permet de rester connecté lorsque vous passez d'une page à l'autre",
        "Hält Ihren Platz in der Warteschlange, wenn der Andrang groß ist",
        "Onthoudt dat u de onderhoudsmelding hebt gesloten, zodat die niet opnieuw verschijnt",
        "Dimostra che è una persona e non un robot",
    ] {
        assert!(passes(purpose), "{purpose}");
    }
}

const HONEST: &[&str] = &[
    "Keeps your session",
    "Stores your choice about cookies",
    "Retient la langue choisie",
    "Protège les formulaires contre les requêtes falsifiées",
    "Speichert den Inhalt des Warenkorbs",
    "Verteilt die Anfragen auf mehrere Server",
    "Mantiene la sesión del usuario",
    "Onthoudt de lettergrootte",
    "Ricorda il carrello",
];
const JOINTS: &[&str] = &[
    ", ", "; ", ". ", " / ", " (", ": ", " and ", " to ", " so that ", " if ", " which ", " during ", " et ", " pour ",
    " afin que ", " und ", ", um ", ", die ", " y ", " para ", " en ", " om ", " zodat ", " e ", " per ", " mentre ",
];
const SILENT: &[&str] =
    &["for 30 days", "on the website", "pour le site", "durch den Browser", "para el usuario", "op de website"];

proptest! {
    #[test]
    fn an_unknown_part_refuses_whatever_it_is_joined_to(
        known in select(HONEST), joint in select(JOINTS), unknown in "xq[a-z]{2,6}", silent in select(SILENT), is_first: bool,
    ) {
        let unknown = format!("{unknown} {silent}");
        let (first, last) = if is_first { (unknown.as_str(), known) } else { (known, unknown.as_str()) };
        let purpose = format!("{first}{joint}{last}");
        prop_assert!(passes(known) && !passes(&purpose), "{}", purpose);
    }

    #[test]
    fn the_order_of_the_parts_does_not_matter(
        parts in prop::collection::vec(prop_oneof![select(HONEST), select(SILENT), Just("who you are"), Just("the page you read")], 1..5),
        joint in select(&[", ", "; ", " and "][..]),
    ) {
        let mut turned = parts.clone();
        turned.reverse();
        prop_assert_eq!(passes(&parts.join(joint)), passes(&turned.join(joint)), "{:?}", parts);
    }
}
