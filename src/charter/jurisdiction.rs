//! The limits of the law that applies to a charter: how long a choice may be kept, and whether audience measurement can be
//! exempt.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Lifetime;

/// The shortest run of as many calendar months: see [`Lifetime::Seconds`].
const MONTHS_6: Lifetime = Lifetime::Seconds(181 * 86_400);
const MONTHS_13: Lifetime = Lifetime::Seconds(393 * 86_400);
const MONTHS_24: Lifetime = Lifetime::Seconds(730 * 86_400);

/// Whose law holds for the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Jurisdiction {
    /// France: loi Informatique et Libertés, article 82; CNIL 2020-091 and 2020-092.
    Fr,
    /// Belgium: law of 30 July 2018, article 10/2.
    Be,
    /// Spain: LSSI, article 22.2; AEPD's guide to cookies.
    Es,
    /// Italy: Garante, guidelines of 10 June 2021.
    It,
    /// Germany: TDDDG, section 25.
    De,
    /// United Kingdom: PECR, regulation 6 and schedule A1.
    Uk,
}

/// A limit of the law, and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// The limit itself; what equals it is within the law.
    pub(super) length: Lifetime,
    /// As a charter writes it.
    pub(super) text: &'static str,
    /// The text and its article, for the message.
    pub(super) source: &'static str,
}

impl Jurisdiction {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Fr, Self::Be, Self::Es, Self::It, Self::De, Self::Uk];

    /// The word of the charter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Be => "be",
            Self::Es => "es",
            Self::It => "it",
            Self::De => "de",
            Self::Uk => "uk",
        }
    }

    /// How long a choice may be kept at most; `None` if the law names no figure.
    pub(super) fn longest_choice(self) -> Option<Figure> {
        let (length, text, source) = match self {
            Self::Fr => (MONTHS_6, "6 months", "CNIL recommendation 2020-092, article 2.4"),
            Self::Es => (MONTHS_24, "24 months", "AEPD, guide to the use of cookies, 3.2.8"),
            Self::Be | Self::It | Self::De | Self::Uk => return None,
        };
        Some(Figure { length, text, source })
    }

    /// How long a choice must be kept at least, before the visitor may be asked again; `None` if the law names no
    /// figure.
    pub(super) fn shortest_choice(self) -> Option<Figure> {
        let source = "Garante, guidelines of 10 June 2021, section 7.1";
        (self == Self::It).then_some(Figure { length: MONTHS_6, text: "6 months", source })
    }

    /// How long a cookie of audience measurement may live at most if it is exempt; `None` if the law names no figure.
    pub(super) fn longest_measurement(self) -> Option<Figure> {
        let source = "CNIL recommendation 2020-092, article 5";
        (self == Self::Fr).then_some(Figure { length: MONTHS_13, text: "13 months", source })
    }

    /// The text by which audience measurement needs consent whatever its conditions; `None` if an exemption is
    /// possible.
    pub(super) fn denies_audience_exemption(self) -> Option<&'static str> {
        match self {
            Self::Be => Some("law of 30 July 2018, article 10/2"),
            Self::De => Some("TDDDG, section 25(2)"),
            Self::Fr | Self::Es | Self::It | Self::Uk => None,
        }
    }
}
