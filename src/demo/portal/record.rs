//! The records of the sample datasets, generated from the row's number, so that pages, API and exports agree.

use std::borrow::Cow;
use std::fmt::Write as _;

use bytes::{BufMut, BytesMut};
use serde_json::{Map, Value};

use super::dataset::{Dataset, Kind};

/// A value of a record.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Text(Cow<'static, str>),
    Integer(i64),
    Decimal(f64),
}

/// The place of a school: town, department, number of the department, académie, region.
struct Place(&'static str, &'static str, u8, &'static str, &'static str);

const PLACES: [Place; 16] = [
    Place("Paris", "Paris", 75, "Paris", "Île-de-France"),
    Place("Créteil", "Val-de-Marne", 94, "Créteil", "Île-de-France"),
    Place("Versailles", "Yvelines", 78, "Versailles", "Île-de-France"),
    Place("Lyon", "Rhône", 69, "Lyon", "Auvergne-Rhône-Alpes"),
    Place("Grenoble", "Isère", 38, "Grenoble", "Auvergne-Rhône-Alpes"),
    Place("Marseille", "Bouches-du-Rhône", 13, "Aix-Marseille", "Provence-Alpes-Côte d'Azur"),
    Place("Nice", "Alpes-Maritimes", 6, "Nice", "Provence-Alpes-Côte d'Azur"),
    Place("Toulouse", "Haute-Garonne", 31, "Toulouse", "Occitanie"),
    Place("Montpellier", "Hérault", 34, "Montpellier", "Occitanie"),
    Place("Bordeaux", "Gironde", 33, "Bordeaux", "Nouvelle-Aquitaine"),
    Place("Limoges", "Haute-Vienne", 87, "Limoges", "Nouvelle-Aquitaine"),
    Place("Nantes", "Loire-Atlantique", 44, "Nantes", "Pays de la Loire"),
    Place("Rennes", "Ille-et-Vilaine", 35, "Rennes", "Bretagne"),
    Place("Lille", "Nord", 59, "Lille", "Hauts-de-France"),
    Place("Strasbourg", "Bas-Rhin", 67, "Strasbourg", "Grand Est"),
    Place("Dijon", "Côte-d'Or", 21, "Dijon", "Bourgogne-Franche-Comté"),
];

const NAMESAKES: [&str; 14] = [
    "Simone Veil", "Jean Moulin", "Marie Curie", "Victor Hugo", "Jules Ferry", "Louise Michel", "Jean Jaurès",
    "Rosa Parks", "Paul Éluard", "Olympe de Gouges", "Albert Camus", "George Sand", "Aimé Césaire", "Germaine Tillion",
];

/// The record of `row` as the Explore API gives it.
pub(super) fn json(dataset: &Dataset, row: u64) -> Value {
    let names = dataset.fields.iter().map(|field| field.name.to_owned());
    let object: Map<String, Value> = names.zip(cells(dataset, row).map(Value::from)).collect();
    Value::Object(object)
}

/// Writes the record of `row` as JSON.
pub(super) fn write_json(dataset: &Dataset, row: u64, out: &mut BytesMut) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(out.writer(), &json(dataset, row));
}

/// Writes a byte order mark and the names of the fields.
pub(super) fn write_csv_head(dataset: &Dataset, out: &mut BytesMut) {
    out.put_slice("\u{feff}".as_bytes());
    write_line(dataset.fields.iter().map(|field| Cell::Text(field.name.into())), out);
}

/// Writes the record of `row` as a line of CSV.
pub(super) fn write_csv(dataset: &Dataset, row: u64, out: &mut BytesMut) {
    write_line(cells(dataset, row), out);
}

/// Writes a line of CSV. Texts with `;`, `"` or a line feed are quoted (RFC 4180 §2); numbers have a decimal point.
fn write_line(cells: impl Iterator<Item = Cell>, out: &mut BytesMut) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.put_u8(b';');
        }
        // Writing to memory cannot fail.
        let _ = match cell {
            Cell::Text(text) if text.contains([';', '"', '\n']) => write!(out, "\"{}\"", text.replace('"', "\"\"")),
            Cell::Text(text) => out.write_str(&text),
            Cell::Integer(number) => write!(out, "{number}"),
            Cell::Decimal(number) => write!(out, "{number:.1}"),
        };
    }
    out.put_slice(b"\r\n");
}

/// The cells of a row. The seed is the dataset's id and the row, so they are the same in every process.
fn cells(dataset: &Dataset, row: u64) -> impl Iterator<Item = Cell> + use<'_> {
    let row = row % dataset.records.max(1);
    let salt = dataset.id.bytes().fold(7, |salt: u64, byte| salt.wrapping_mul(31).wrapping_add(byte.into()));
    let mut random = fastrand::Rng::with_seed(salt ^ row.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let place = random.choice(&PLACES).unwrap_or(&Place("", "", 0, "", ""));
    let school = random.usize(..);
    dataset.fields.iter().map(move |field| cell(field.kind, place, school, &mut random))
}

fn cell(kind: Kind, place: &Place, school: usize, random: &mut fastrand::Rng) -> Cell {
    match kind {
        Kind::SchoolYear => text(random.choice(["2022", "2023", "2024", "2025", "2026"])),
        Kind::Year => text(random.choice(["2021", "2022", "2023", "2024", "2025"])),
        Kind::SchoolCode => Cell::Text(school_code(place, random).into()),
        Kind::SchoolName(types) => Cell::Text(school_name(one_of(types, school), random).into()),
        Kind::SchoolType(types) => Cell::Text(one_of(types, school).into()),
        Kind::Town => Cell::Text(place.0.into()),
        Kind::Department => Cell::Text(place.1.into()),
        Kind::Academy => Cell::Text(place.3.into()),
        Kind::Region => Cell::Text(place.4.into()),
        Kind::OneOf(values) => text(random.choice(values.iter().copied())),
        Kind::Integer { low, high } => Cell::Integer(random.i64(low..=high)),
        Kind::Decimal { low, high } => Cell::Decimal(tenths(random.i64(low * 10..=high * 10))),
    }
}

/// Seven digits and a letter, which begin with the department (`0750654D`).
fn school_code(place: &Place, random: &mut fastrand::Rng) -> String {
    format!("{:03}{:04}{}", place.2, random.u16(1..4000), random.uppercase())
}

fn one_of(list: &'static [&'static str], number: usize) -> &'static str {
    number.checked_rem(list.len()).and_then(|index| list.get(index)).copied().unwrap_or_default()
}

fn school_name(kind: &str, random: &mut fastrand::Rng) -> String {
    let namesake = random.choice(NAMESAKES).unwrap_or_default();
    format!("{kind} {namesake}")
}

fn text(choice: Option<&'static str>) -> Cell {
    Cell::Text(choice.unwrap_or_default().into())
}

fn tenths(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or_default()) / 10.0
}

impl From<Cell> for Value {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Text(text) => text.into_owned().into(),
            Cell::Integer(number) => number.into(),
            Cell::Decimal(number) => number.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::portal::catalogue::DATASETS;

    #[test]
    fn a_row_is_always_the_same() {
        for dataset in &DATASETS {
            assert_eq!(json(dataset, 42), json(dataset, 42));
            assert_ne!(json(dataset, 42), json(dataset, 43), "{}", dataset.id);
            assert_eq!(json(dataset, 3), json(dataset, dataset.records + 3));
        }
    }

    #[test]
    fn csv_quotes_separators_and_quotation_marks() {
        let mut out = BytesMut::new();
        write_line([Cell::Text("a;\"b\"".into()), Cell::Integer(-3), Cell::Decimal(1.5)].into_iter(), &mut out);
        assert_eq!(out, "\"a;\"\"b\"\"\";-3;1.5\r\n");
    }
}
