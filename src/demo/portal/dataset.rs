//! What a dataset of the sample portal is: its texts, its theme, its columns.
//!
//! `catalogue` lists them; `record` makes up their rows.

/// A dataset.
#[derive(Debug)]
pub(super) struct Dataset {
    /// As the Explore API and the URL of the page name it.
    pub id: &'static str,
    /// What a card and the page show.
    pub title: Bilingual,
    /// One sentence.
    pub description: Bilingual,
    /// By which the catalogue is filtered.
    pub theme: Theme,
    /// How many records it has.
    pub records: u64,
    /// The day of its last change, `YYYY-MM-DD`.
    pub modified: &'static str,
    /// Its columns, from left to right.
    pub fields: &'static [Field],
}

/// A text in both languages of the portal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bilingual {
    /// French, the language of a visitor who has not chosen.
    pub fr: &'static str,
    pub en: &'static str,
}

/// What a dataset is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Schools,
    Results,
    Pupils,
    Life,
}

/// A column.
#[derive(Debug)]
pub(super) struct Field {
    /// As records and CSV heads have it.
    pub name: &'static str,
    /// As the table of the page shows it, in French.
    pub label: &'static str,
    /// From which its values are made up.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The autumn in which a school year begins.
    SchoolYear,
    /// The year of an exam.
    Year,
    /// The national code of a school (UAI): seven digits and a letter.
    SchoolCode,
    /// The name of a school of one of these types.
    SchoolName(&'static [&'static str]),
    /// The type of that school, from the same list.
    SchoolType(&'static [&'static str]),
    /// That of the record's school, as are department, académie and region.
    Town,
    Department,
    Academy,
    Region,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A whole number, both bounds included.
    Integer {
        low: i64,
        high: i64,
    },
    /// A number with one decimal place, both bounds included.
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
