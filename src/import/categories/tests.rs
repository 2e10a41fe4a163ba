//! Headings as pages write them.

use super::*;

#[test]
fn clearly_exempt_titles_are_exempt() {
    for text in [
        "Cookies nécessaires au bon fonctionnement de la plateforme / cookies fonctionnels",
        "Strictly necessary cookies:",
        "Essential Cookies",
        "1) Functional (necessary)",
        "Necessary (5)",
        "Required cookies",
        "Cookies strictement nécessaires",
        "Cookies essentiels",
        "Cookies obligatoires",
        "Cookies exemptés de consentement",
        "Cookies ne nécessitant pas de consentement",
        "Unbedingt erforderliche Cookies",
        "Technisch notwendige Cookies",
        "Essenziell",
        "Notwendige Cookies (ohne Einwilligung)",
        "Cookies estrictamente necesarias",
        "Cookies técnicas",
        "Cookies exentas de consentimiento",
        "Strikt noodzakelijke cookies",
        "Essentiële cookies",
        "Cookie strettamente necessari",
        "Cookie tecnici",
        "Cookie essenziali",
        "Strictly necessary third-party cookies",
        "Indispensables (pas besoin de votre accord)",
    ] {
        assert_eq!(read(text), Standing::Exempt, "{text}");
    }
}

#[test]
fn purposes_that_need_consent() {
    for (text, purpose) in [
        ("Analytics and stats", Purpose::Statistics),
        ("Cookies de mesure d'audience", Purpose::Statistics),
        ("Statistik", Purpose::Statistics),
        ("Cookies de análisis", Purpose::Statistics),
        ("Analytische cookies", Purpose::Statistics),
        ("Cookie statistici", Purpose::Statistics),
        ("Performance cookies", Purpose::Statistics),
        ("Werbe-Cookies", Purpose::Marketing),
        ("Targeting cookies", Purpose::Marketing),
        ("Cookie di profilazione", Purpose::Marketing),
        ("Reclame-cookies", Purpose::Marketing),
        ("Cookies publicitarias", Purpose::Marketing),
        ("Réseaux sociaux", Purpose::Social),
        ("Preference Cookies", Purpose::Preferences),
        ("Voorkeuren", Purpose::Preferences),
        ("2) Optional (requires consent)", Purpose::Other),
        ("Google Analytics", Purpose::Statistics),
        ("YouTube", Purpose::ThirdParty),
        ("Cookies soumis à votre consentement", Purpose::Other),
    ] {
        assert_eq!(read(text), Standing::Gated(purpose), "{text}");
    }
    for text in [
        "Non-essential cookies",
        "Not strictly necessary",
        "Cookies non nécessaires",
        "Cookies qui ne sont pas strictement nécessaires",
        "Nicht notwendige Cookies",
        "Cookies no necesarias",
        "Niet-noodzakelijke cookies",
        "Cookie non necessari",
        "Unnecessary cookies",
        "Nicht unbedingt erforderliche Cookies",
        "Cookies that are not needed: optional",
        "Zustimmungspflichtige Cookies",
    ] {
        assert!(matches!(read(text), Standing::Gated(_)), "{text}: {:?}", read(text));
    }
}

#[test]
fn unclear_titles_are_not_exempt() {
    for text in [
        "Functional cookies",
        "Cookies fonctionnels",
        "Funktionale Cookies",
        "Functionele cookies",
        "Session cookies",
        "Third party tracking cookies",
        "User experience",
        "Cookies tiers",
        "First-party cookies",
        "Necessary and analytics cookies",
        "Cookies nécessaires à la mesure d'audience",
        "Necessary and statistics cookies are used",
        "Cookies d'audience exemptés de consentement",
        "Cookies techniques et fonctionnels",
        "Cookies techniques et statistiques",
        "Cookies non techniques",
        "Technical cookies",
        "Technische Cookies",
        "No cookies without your consent",
        "Cookies not set before you consent",
        "Cookies that are not used unless you consent",
        "Keine Cookies ohne Einwilligung",
        "We only store cookies if necessary",
        "Cookie policy",
        "Opendatasoft",
        "Pas de cookies sans votre consentement",
        "Essential and preference cookies",
        "Consent is necessary",
        "Your consent is required",
    ] {
        assert_ne!(read(text), Standing::Exempt, "{text}");
    }
}

/// Each says “necessary” or “no consent” of something else.
#[test]
fn titles_that_only_sound_exempt_are_not() {
    for text in [
        "Cookie per i quali è necessario il consenso",
        "Cookies, für die Ihr Einverständnis erforderlich ist",
        "Cookies pour lesquels votre acceptation est nécessaire",
        "Cookies para las que es necesaria su autorización",
        "Cookies waarvoor uw akkoord noodzakelijk is",
        "Cookies for which your permission is required",
        "Opt-in required",
        "Cookies non techniques soumis à consentement",
        "Non-functional cookies requiring consent",
        "Nicht-technische Cookies (Einwilligung erforderlich)",
        "Nicht einwilligungsfreie Cookies",
        "Cookies blocked without your consent",
        "Cookies nécessitant votre consentement (non anonymes)",
        "Tous les cookies sauf les cookies nécessaires",
        "Alle Cookies außer den notwendigen",
        "Cookies that aren’t essential",
        "Cookies that are not in any way strictly necessary",
        "Keineswegs notwendige Cookies",
        "Cookies nécessaires ou non",
        "Les cookies sont-ils nécessaires ?",
        "Necessary and other cookies",
        "Información técnica de las cookies",
        "Informations obligatoires sur les cookies",
        "Accepter uniquement les cookies nécessaires",
        "Reject all but necessary",
    ] {
        assert_ne!(read(text), Standing::Exempt, "{text}");
    }
    for text in [
        "Cookies exemptés de consentement",
        "Cookies that do not require consent",
        "Cookies ohne Einwilligung",
        "Cookies déposés sans votre consentement",
        "Einwilligungsfreie Cookies",
        "Strictly necessary cookies",
        "Cookie tecnici necessari",
    ] {
        assert_eq!(read(text), Standing::Exempt, "{text}");
    }
}

#[test]
fn necessary_for_something_else_is_not_exempt() {
    for text in [
        "Cookies nécessaires aux vidéos",
        "Cookies necessary for the chat",
        "Für die Karten notwendige Cookies",
        "Notwendig für Podcasts",
        "Cookies necesarias para la newsletter",
        "Champs obligatoires",
        "Mandatory fields",
    ] {
        assert_eq!(read(text), Standing::Contradictory, "{text}");
    }
    for text in [
        "Cookies Necessary for the Functioning of the Store",
        "Strictly necessary to provide the service",
        "Cookies nécessaires à la navigation",
        "Für den Betrieb der Website notwendige Cookies",
        "Noodzakelijk voor de werking van de website",
        "Necessari per il funzionamento del sito",
        "Cookies sans recueil de votre consentement",
    ] {
        assert_eq!(read(text), Standing::Exempt, "{text}");
    }
}

#[test]
fn need_and_management_of_consent_are_told_apart() {
    for text in
        ["with your consent", "nécessite votre accord", "nur mit Einwilligung", "sin tu consentimiento no se usan"]
    {
        assert!(needs_consent(&fold(text)), "{text}");
    }
    for text in ["consent management", "gestion du consentement", "ne nécessite pas votre consentement", "banner"] {
        assert!(!needs_consent(&fold(text)), "{text}");
    }
    assert!(
        can_be_refused(&fold("Vous pouvez les refuser")) && !can_be_refused(&fold("Ils ne peuvent pas être refusés"))
    );
}
