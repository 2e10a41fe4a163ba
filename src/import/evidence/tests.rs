//! Sentences and cells that speak against an exemption, and those that only sound so.

use super::*;

#[test]
fn purposes_and_services_that_need_consent_are_found() {
    for text in [
        "Web analytics",
        "Sert à la mesure d'audience",
        "Advertising",
        "Statistik",
        "Publicidad",
        "Keeps your session and personalises content",
        "This cookie is used to collect analytics about how visitors use the site",
        "Counts page views (not personal)",
        "Delivers relevant advertising, according to your preferences",
        "This cookie stores your preferences and shows you targeted ads",
        "Google",
        "www.youtube.com",
        "LinkedIn sets this cookie",
        "Boutons de partage sur les réseaux sociaux",
        "Erfasst das Nutzungsverhalten",
        "Wird nur nach Ihrer Einwilligung gesetzt",
        "Se instala si el usuario acepta las cookies en su navegador",
        "Sólo con su consentimiento",
        "Vous pouvez le refuser.",
        "Facultatif",
    ] {
        assert!(of_cell(text).is_some(), "{text}");
    }
}

#[test]
fn the_cookie_of_the_choice_and_denied_purposes_are_not() {
    for text in [
        "Remembers the visitor's cookie choice (statistics)",
        "CSRF protection",
        "Comprueba si el navegador acepta cookies",
        "Vérifie si le navigateur accepte les cookies",
        "Stores your consent for analytics",
        "Stores whether you accepted analytics cookies",
        "Enregistre votre refus des cookies de mesure d'audience",
        "Speichert Ihre Einwilligung zu Statistik-Cookies",
        "No advertising",
        "Not used for tracking",
        "Ohne Tracking",
        "visitor id",
        "Cookie consent",
        "Gestion du consentement",
        "Ils ne peuvent pas être refusés.",
        "Load balancing, routes your requests to the same server",
        "Cloudflare",
    ] {
        assert_eq!(of_cell(text), None, "{text}");
    }
}

#[test]
fn a_legal_basis_needs_no_sentence() {
    for text in [
        "Einwilligung", "Consentement", "Art. 6 Abs. 1 lit. a DSGVO", "Article 6(1)(a) GDPR", "§ 25 Abs. 1 TDDDG",
        "Optional",
    ] {
        assert!(of_basis(text).is_some(), "{text}");
    }
    for text in ["Art. 6 Abs. 1 lit. f DSGVO", "§ 25 Abs. 2 Nr. 2 TDDDG", "Legitimate interest", "Obligatoire"] {
        assert_eq!(of_basis(text), None, "{text}");
    }
}

#[test]
fn an_introduction_speaks_of_its_own_cookies() {
    for text in [
        "The following cookies require your consent.",
        "Avec votre accord, nous déposons également les cookies suivants.",
        "Les cookies suivants, que vous pouvez refuser :",
        "Requieren su consentimiento.",
        "Ces cookies nécessitent votre consentement.",
    ] {
        assert!(of_introduction(text).is_some(), "{text}");
    }
    for text in [
        "These cookies are set without your consent, since they are necessary.",
        "Ils ne requièrent pas votre consentement.",
        "You can set your browser to block or alert you about these cookies, but some parts of the site will not then work.",
        "For all other types of cookies we need your permission.",
        "They are usually only set in response to actions made by you, such as setting your privacy preferences or logging in.",
        "Ces cookies sont exemptés du recueil de votre consentement.",
    ] {
        assert_eq!(of_introduction(text), None, "{text}");
    }
}

#[test]
fn tracking_is_found_without_a_word_for_its_purpose() {
    for text in [
        "Recognises your device when you come back",
        "Reconnaître votre navigateur d'une visite à l'autre afin d'améliorer nos services",
        "Erkennt wiederkehrende Besucher",
        "Identifica de forma única el navegador del visitante",
        "Herkent de bezoeker bij een volgend bezoek",
        "Riconosce il dispositivo del visitatore",
        "Remembers which pages you looked at",
        "Enregistre les pages que vous avez consultées",
        "Speichert die zuletzt angesehenen Artikel",
        "Guarda los productos vistos",
        "Onthoudt welke pagina's u heeft bezocht",
        "Memorizza le pagine visitate",
        "Stores the website from which you reached us",
        "Vous proposer des contenus susceptibles de vous intéresser",
        "Assigns you to a variant of the page",
        "Counts clicks on the search results",
        "Collects information on the use of the site",
        "Compter les visites",
        "Zählt die Seitenaufrufe",
        "Um unser Angebot zu verbessern",
        "Partage de données avec nos partenaires",
    ] {
        assert!(of_cell(text).is_some(), "{text}");
    }
    for text in [
        "Keeps your session, wherever you go on the site",
        "Maintient la connexion à votre compte utilisateur",
        "Identifies the user's session",
        "Distinguishes humans from bots",
        "Unterscheidet Menschen von Robotern",
        "Remembers the language that you selected",
        "Remembers the choices of the visitor.",
        "Contains no information about the visitor",
        "Does not collect any data",
        "Saves your cookie preferences",
        "Guarda el idioma elegido por el usuario",
        "Indica si el navegador tiene activado JavaScript",
        "Zuordnung der Anfragen zu einer Sitzung",
        "Von Ihnen gewählte Schriftgröße",
        "Sécurise les formulaires",
        "Zahlungsabwicklung",
        "Onthouden van uw sessie",
        "Gestione della sessione di navigazione",
        "Répartition de charge entre les serveurs",
        "Stores the contents of your basket",
        "Authentification des agents",
    ] {
        assert_eq!(of_cell(text), None, "{text}");
    }
}
