//! The banners that the sample portal can imitate. Each writes the same cookie as the real banner, and the demo's charter
//! reads it.

/// The banner that the portal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Banner {
    /// Opendatasoft's own
    #[default]
    Opendatasoft,
    /// tarteaucitron.js
    Tarteaucitron,
    /// Orejime 3
    Orejime,
    /// Klaro
    Klaro,
    /// A platform of IAB Europe's TCF 2.3
    Tcf,
}

impl Banner {
    /// The cookie in which it keeps the visitor's choice.
    pub fn cookie(self) -> &'static str {
        match self {
            Self::Opendatasoft => "cookies_preferences",
            Self::Tarteaucitron => "tarteaucitron",
            Self::Orejime => "eu-consent",
            Self::Klaro => "klaro",
            Self::Tcf => "euconsent-v2",
        }
    }

    /// The script that writes and reads that cookie. It defines what `assets/choice.js` calls.
    pub(super) fn codec(self) -> &'static str {
        match self {
            Self::Opendatasoft => include_str!("assets/banners/opendatasoft.js"),
            Self::Tarteaucitron => include_str!("assets/banners/tarteaucitron.js"),
            Self::Orejime => include_str!("assets/banners/orejime.js"),
            Self::Klaro => include_str!("assets/banners/klaro.js"),
            Self::Tcf => include_str!("assets/banners/tcf.js"),
        }
    }

    /// The charter's `[consent]` for this banner. A key grants `third-party` if it is about embedded content, else
    /// `statistics`.
    pub(super) fn consent(self) -> String {
        let (format, keys): (_, &[&str]) = match self {
            Self::Opendatasoft => ("opendatasoft", &SERVICES),
            Self::Tarteaucitron => ("tarteaucitron", &SERVICES),
            Self::Orejime => ("orejime", &SERVICES),
            Self::Klaro => ("klaro", &SERVICES),
            Self::Tcf => ("tcf", &PURPOSES),
        };
        let key = |key: &&str| {
            let category = if CONTENTS.contains(key) { "third-party" } else { "statistics" };
            format!("{key} = \"{category}\"")
        };
        let keys: Vec<_> = keys.iter().map(key).collect();
        format!("[consent]\nformat = \"{format}\"\n[consent.keys]\n{}\n", keys.join("\n"))
    }
}

/// The keys of services in `assets/banners/`.
const SERVICES: [&str; 8] = ["ga", "matomo", "xiti", "at", "piano", "eulerian", "video", "social"];
/// The keys for embedded content: a video, a button.
const CONTENTS: [&str; 4] = ["video", "social", "purpose-10", "purpose-11"];
/// All purposes of the TCF; `assets/banners/tcf.js` maps the services to them.
const PURPOSES: [&str; 11] = [
    "purpose-1", "purpose-2", "purpose-3", "purpose-4", "purpose-5", "purpose-6", "purpose-7", "purpose-8",
    "purpose-9", "purpose-10", "purpose-11",
];
