//! Purposes as pages write them, and some that name an exempt one and say more.

use super::*;
use crate::import::evidence;

/// Whether a row with this purpose may be exempt.
fn passes(purpose: &str) -> bool {
    is_exempt_purpose("x_1", "", purpose) && evidence::of_cell(purpose).is_none()
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
    assert!(is_exempt_purpose("brightforge_sid", "Brightforge Ltd", purpose));
    assert!(!is_exempt_purpose("sid", "", purpose));
    let long = "Whoever shows you our advertisements and those of many others";
    assert!(!is_exempt_purpose("sid", long, "Session of the advertisements"), "a provider's name is short");
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
