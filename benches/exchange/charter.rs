//! The charters that are measured: a small one, and the same with any number of further entries.
#![allow(clippy::expect_used)] // A bench without its charter has nothing to measure.

use octroi::charter::{Charter, CharterDocument};
use octroi::policy::Policy;

/// A charter like that of a portal, with seven entries.
pub(crate) const SMALL: &str = include_str!("charter.toml");

/// [`SMALL`], and entries of these numbers, all exempt: of ten, six names, two prefixes, a glob and a regular expression.
pub(crate) fn with_entries(numbers: impl Iterator<Item = usize>) -> String {
    numbers.fold(SMALL.to_owned(), |charter, number| charter + &entry(number))
}

fn entry(number: usize) -> String {
    let pattern = match number % 10 {
        0..=5 => format!("name = \"app_{number}\""),
        6 | 7 => format!("prefix = \"app_{number}.\""),
        8 => format!("glob = \"app-{number}-*\""),
        _ => format!("regex = \"app{number}_[0-9a-f]{{4}}\""),
    };
    format!("[[cookie]]\n{pattern}\ncategory = \"necessary\"\n")
}

/// A name that the entry of this number covers.
pub(crate) fn name(number: usize) -> String {
    match number % 10 {
        0..=5 => format!("app_{number}"),
        6 | 7 => format!("app_{number}.1fff"),
        8 => format!("app-{number}-eu"),
        _ => format!("app{number}_1fff"),
    }
}

pub(crate) fn compile(text: &str) -> Policy {
    let document: CharterDocument = toml::from_str(text).expect("a charter");
    Policy::compile(&Charter::from_document(&document).expect("a sound charter")).expect("a policy")
}
