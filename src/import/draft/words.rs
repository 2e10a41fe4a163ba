//! Titles of categories that the page has no title for, in its language.

pub(super) struct Words {
    /// The language that these are in.
    pub(super) language: &'static str,
    /// For exempt cookies.
    pub(super) necessary: &'static str,
    /// For cookies that need consent.
    pub(super) other: &'static str,
    /// For cookies under an exempt title that are not clearly exempt.
    pub(super) undecided: &'static str,
}

const ALL: [Words; 6] = [
    Words {
        language: "en",
        necessary: "Necessary cookies",
        other: "Other cookies",
        undecided: "Cookies to be checked",
    },
    Words {
        language: "fr",
        necessary: "Cookies nécessaires",
        other: "Autres cookies",
        undecided: "Cookies à vérifier",
    },
    Words {
        language: "de",
        necessary: "Notwendige Cookies",
        other: "Weitere Cookies",
        undecided: "Zu prüfende Cookies",
    },
    Words { language: "es", necessary: "Cookies necesarias", other: "Otras cookies", undecided: "Cookies por revisar" },
    Words {
        language: "nl",
        necessary: "Noodzakelijke cookies",
        other: "Overige cookies",
        undecided: "Te controleren cookies",
    },
    Words { language: "it", necessary: "Cookie necessari", other: "Altri cookie", undecided: "Cookie da verificare" },
];

/// The words of a language, or the English ones.
pub(super) fn of(language: &str) -> &'static Words {
    let [english, ..] = &ALL;
    ALL.iter().find(|words| words.language == language).unwrap_or(english)
}
