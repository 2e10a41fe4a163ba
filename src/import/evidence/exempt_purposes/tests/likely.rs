//! Purposes in words that are not all known.

use super::*;

#[test]
fn words_of_the_site_beside_an_exempt_purpose_make_it_likely() {
    for purpose in [
        "Keeps you signed in to hire bookings",
        "Authenticates members of the allotment society",
        "Maintient la connexion des pêcheurs pendant la saisie du carnet",
        "Protège le dépôt des pièces contre les robots et les usurpations",
        "Hält die Anmeldung des Jägers im Revierverzeichnis aufrecht",
        "Conserva la cesta de semillas de la cooperativa",
        "Houdt u ingelogd in het kadaster",
        "Mantiene l'accesso dell'ostetrica ai turni",
    ] {
        assert_eq!(of_purpose("x_1", "", purpose), Exempt::Likely, "{purpose}");
    }
    for purpose in ["Keeps the allotment of the society", "Essential for the allotment society"] {
        assert_eq!(of_purpose("x_1", "", purpose), Exempt::No, "{purpose}");
    }
    for (name, exempt) in [
        ("x_session", Exempt::Likely),
        ("xAuth", Exempt::Likely),
        ("author_x", Exempt::No),
        ("lesson_x", Exempt::No),
        ("tracking_session", Exempt::No),
        ("x_token", Exempt::No),
    ] {
        assert_eq!(of_purpose(name, "", "Keeps the allotment of the society"), exempt, "{name}");
    }
}

/// What operators write under “strictly necessary”, although it is not.
#[test]
fn no_word_of_tracking_may_stand_beside_an_exempt_purpose() {
    for purpose in [
        "A session identifier that lets us follow the path you take through the website",
        "Basket reminder: allows us to email you about items you left behind",
        "Server cookie that assigns visitors to a test group",
        "Keeps the basket and shows products that go with it",
        "Counts the members who are signed in to the society",
        "Sécurité et suivi des erreurs rencontrées par les internautes",
        "Langue et pages déjà lues sont utilisées pour vous suggérer des offres adaptées",
        "Identifiant de session utilisé pour retracer le cheminement de l'internaute",
        "Sitzungskennung, mit der wir den Weg des Besuchers durch die Website nachvollziehen",
        "Speichert Ihre Cookie-Auswahl und eine Zufallszahl für die Nutzerforschung",
        "Führt Anmeldung und Einkäufe im Laden zu einem Kundenbild zusammen",
        "Cookie de sesión que contabiliza las visitas y las páginas vistas",
        "Comprueba el pago y calcula el riesgo de impago del cliente",
        "Vincula los datos que introduce en el formulario con las páginas que consultó antes",
        "Sessiecookie waarmee bezoeken en paginaweergaven worden geteld",
        "Beveiligt het inloggen en koppelt het aan uw Facebookprofiel",
        "Bewaart uw cookievoorkeur en een willekeurig nummer voor gebruikersonderzoek",
        "Cookie di sessione per contare le visite e le pagine visualizzate",
        "Verifica il pagamento e stima l'affidabilità creditizia dell'acquirente",
        "Conserva il carrello e mostra gli articoli da abbinare",
        "Session ID for the pixel",
        "Sitzungscookie des Zählpixels",
        "Session ID passed to our ad agency",
        "Basket contents, used for upselling",
        "Stores the session, device type and screen resolution",
        "Speichert den Warenkorb, um Ihnen Zubehör zu zeigen",
        "Conserve le panier afin d'alimenter notre CRM",
    ] {
        assert_eq!(of_purpose("x_session", "", purpose), Exempt::No, "{purpose}");
    }
}

#[test]
fn a_word_may_be_long() {
    let long = format!("Keeps the session {}", "a".repeat(60_000));
    assert_eq!(of_purpose("x_1", "", &long), Exempt::Likely);
}
