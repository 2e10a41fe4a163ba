//! The datasets of the sample portal: texts, theme, columns.
//!
//! `catalogue` lists them; `record` generates their rows.

/// A dataset.
#[derive(Debug)]
pub(super) struct Dataset {
    /// The id in the Explore API and in the page's URL.
    pub id: &'static str,
    /// The title on cards and the page.
    pub title: Bilingual,
    /// One sentence.
    pub description: Bilingual,
    /// The theme, by which the catalogue can be filtered.
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
    /// French, the default language.
    pub fr: &'static str,
    pub en: &'static str,
}

/// The theme of a dataset.
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
    /// The name in records and CSV heads.
    pub name: &'static str,
    /// The label in the table of the page, in French.
    pub label: &'static str,
    /// The kind of its values.
    pub kind: Kind,
}

/// The kind of a column's values.
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
    /// The town of the record's school, as are department, académie and region.
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

    /// The word for it in URLs.
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
