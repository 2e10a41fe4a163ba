//! The units of lengths of time, and what they are called in six languages.

/// The units of charters, the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    const ALL: [Self; 7] = [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// English, French, German, Spanish, Dutch, Italian; `$` ends a whole word.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Second => {
                &["s$", "sec$", "secs$", "second$", "seconds$", "seconde", "sekunde", "segundo", "secondi$", "secondo$"]
            }
            Self::Minute => &["m$", "min$", "mins$", "mn$", "minut", "minuut"],
            Self::Hour => &[
                "h$", "hr$", "hrs$", "hour", "heure", "stunde", "std$", "hora$", "horas$", "uur$", "uren$", "ora$",
                "ore$",
            ],
            Self::Day => &[
                "d$", "j$", "jr$", "jrs$", "day$", "days$", "jour", "tag$", "tage$", "tagen$", "dia$", "dias$", "dag$",
                "dagen$", "giorn", "gg$",
            ],
            Self::Week => {
                &["w$", "week", "wk$", "wks$", "wo$", "wch$", "semaine", "woche", "semana", "weken$", "settiman"]
            }
            Self::Month => &[
                "month", "mo$", "mon$", "mth$", "mths$", "mos$", "mois$", "monat", "mes$", "meses$", "maand", "mese$",
                "mesi$",
            ],
            Self::Year => &[
                "y$", "yr$", "yrs$", "year", "jhr$", "an$", "ans$", "annee", "jahr", "ano$", "anos$", "jaar$",
                "jaren$", "anno$", "anni$",
            ],
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.names().iter().any(|name| crate::import::fold::is_stem(word, name)))
    }

    /// Letters that are another unit as capitals: `6M` are months, `2 J.` is German for years.
    pub(super) fn capital(letter: &str) -> Option<Self> {
        match letter {
            "M" => Some(Self::Month),
            "J" | "A" => Some(Self::Year),
            "T" => Some(Self::Day),
            _ => None,
        }
    }

    /// Whether people count the rest of the larger unit in this one: years in months and days, hours in minutes.
    pub(super) fn is_part_of(self, larger: Self) -> bool {
        let is_of_calendar = self >= Self::Day && larger > Self::Day;
        self < larger && (is_of_calendar || larger.smaller(self).0 == self)
    }

    /// A smaller unit, no smaller than `smallest`, and how many of them are never shorter than one of this unit.
    pub(super) fn smaller(self, smallest: Self) -> (Self, u64) {
        match self {
            Self::Year if smallest < Self::Month => (Self::Day, 366),
            Self::Year => (Self::Month, 12),
            Self::Month => (Self::Day, 31),
            Self::Week => (Self::Day, 7),
            Self::Day => (Self::Hour, 24),
            Self::Hour => (Self::Minute, 60),
            Self::Minute | Self::Second => (Self::Second, 60),
        }
    }
}
