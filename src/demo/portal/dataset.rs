//! What a dataset of the sample portal is: its texts, its theme, its columns.

/// A dataset.
#[derive(Debug)]
#[allow(missing_docs)]
pub(super) struct Dataset {
    pub id: &'static str,
    pub title: Bilingual,
    pub description: Bilingual,
    pub theme: Theme,
    /// How many records it has.
    pub records: u64,
    /// The day of its last change, `YYYY-MM-DD`.
    pub modified: &'static str,
    pub fields: &'static [Field],
}

/// A text in both languages of the portal.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub(super) struct Bilingual {
    pub fr: &'static str,
    pub en: &'static str,
}

/// What a dataset is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Theme {
    Schools,
    Results,
    Pupils,
    Life,
}

/// A column.
#[derive(Debug)]
#[allow(missing_docs)]
pub(super) struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub(super) enum Kind {
    SchoolYear,
    Year,
    SchoolCode,
    /// The name of a school of one of these types.
    SchoolName(&'static [&'static str]),
    /// The type of that school, from the same list.
    SchoolType(&'static [&'static str]),
    Town,
    Department,
    Academy,
    Region,
    OneOf(&'static [&'static str]),
    Integer {
        low: i64,
        high: i64,
    },
    Decimal {
        low: i64,
        high: i64,
    },
}

impl Theme {
    /// All themes, in the order of the home page.
    pub(super) const ALL: [Self; 4] = [Self::Schools, Self::Results, Self::Pupils, Self::Life];

    /// Its name.
    pub(super) const fn title(self) -> Bilingual {
        match self {
            Self::Schools => both("Établissements", "Schools"),
            Self::Results => both("Examens et résultats", "Exams and results"),
            Self::Pupils => both("Élèves et effectifs", "Pupils and enrolment"),
            Self::Life => both("Vie scolaire", "School life"),
        }
    }

    /// How it is written in a URL.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Schools => "etablissements",
            Self::Results => "resultats",
            Self::Pupils => "eleves",
            Self::Life => "vie-scolaire",
        }
    }
}

impl Kind {
    /// The type that the Explore API names.
    pub(super) const fn api_type(self) -> &'static str {
        match self {
            Self::Integer { .. } => "int",
            Self::Decimal { .. } => "double",
            Self::Year => "date",
            _ => "text",
        }
    }
}

/// A text in both languages.
pub(super) const fn both(fr: &'static str, en: &'static str) -> Bilingual {
    Bilingual { fr, en }
}
