//! The texts of a first charter, in six languages.

/// The texts of one language. Those of the categories are a title with its description; the others are purposes of
/// cookies.
#[derive(Debug)]
pub(super) struct Words {
    /// BCP 47, the language alone.
    language_tag: &'static str,
    /// The category that needs no consent.
    pub(super) necessary: (&'static str, &'static str),
    /// The category of what needs consent. The page says that itself, and otherwise of measurement that is exempt.
    pub(super) statistics: (&'static str, &'static str),
    /// Of the cookie in which the banner keeps the choice.
    pub(super) choice: &'static str,
    /// Of the portal's session.
    pub(super) login: &'static str,
    /// Of the portal's protection against forged requests (CSRF).
    pub(super) forms: &'static str,
    /// Of the portal's language.
    pub(super) language: &'static str,
}

/// The texts of a language, whatever its script or region: `fr-CA` has those of `fr`. `None` if there are none.
pub(super) fn of_language(tag: &str) -> Option<&'static Words> {
    let primary = tag.split('-').next().unwrap_or(tag);
    ALL.iter().find(|words| words.language_tag.eq_ignore_ascii_case(primary))
}

const ALL: [Words; 6] = [
    Words {
        language_tag: "fr",
        necessary: (
            "Cookies nécessaires",
            "Sans eux, le site ne fonctionne pas. Ils ne requièrent pas de consentement.",
        ),
        statistics: ("Cookies statistiques", "Ils mesurent la fréquentation du site."),
        choice: "Se souvenir de votre choix en matière de cookies",
        login: "Se souvenir de l’utilisateur connecté d’une page à l’autre",
        forms: "Protéger les formulaires contre l’envoi par un autre site",
        language: "Se souvenir de la langue choisie",
    },
    Words {
        language_tag: "en",
        necessary: ("Necessary cookies", "The site does not work without them. They do not require consent."),
        statistics: ("Statistics cookies", "They measure how the site is used."),
        choice: "Remembers your choice about cookies",
        login: "Remembers who is logged in from one page to the next",
        forms: "Protects forms from being sent by another site",
        language: "Remembers the chosen language",
    },
    Words {
        language_tag: "es",
        necessary: ("Cookies necesarias", "El sitio no funciona sin ellas. No requieren consentimiento."),
        statistics: ("Cookies de estadísticas", "Miden el uso del sitio."),
        choice: "Recordar su elección sobre las cookies",
        login: "Recordar al usuario conectado de una página a otra",
        forms: "Proteger los formularios frente a envíos desde otro sitio",
        language: "Recordar el idioma elegido",
    },
    Words {
        language_tag: "de",
        necessary: ("Notwendige Cookies", "Ohne sie funktioniert die Website nicht. Sie bedürfen keiner Einwilligung."),
        statistics: ("Statistik-Cookies", "Sie messen die Nutzung der Website."),
        choice: "Merkt sich Ihre Cookie-Auswahl",
        login: "Merkt sich von Seite zu Seite, wer angemeldet ist",
        forms: "Schützt Formulare vor dem Absenden durch eine andere Website",
        language: "Merkt sich die gewählte Sprache",
    },
    Words {
        language_tag: "nl",
        necessary: ("Noodzakelijke cookies", "Zonder deze cookies werkt de site niet. Ze vereisen geen toestemming."),
        statistics: ("Statistische cookies", "Ze meten het gebruik van de site."),
        choice: "Onthoudt uw cookiekeuze",
        login: "Onthoudt van pagina tot pagina wie is ingelogd",
        forms: "Beschermt formulieren tegen verzending door een andere site",
        language: "Onthoudt de gekozen taal",
    },
    Words {
        language_tag: "it",
        necessary: ("Cookie necessari", "Senza di essi il sito non funziona. Non richiedono il consenso."),
        statistics: ("Cookie statistici", "Misurano l’uso del sito."),
        choice: "Ricorda la sua scelta sui cookie",
        login: "Ricorda l’utente connesso da una pagina all’altra",
        forms: "Protegge i moduli dall’invio da parte di un altro sito",
        language: "Ricorda la lingua scelta",
    },
];
