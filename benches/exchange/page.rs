//! A page like those of real portals: the catalogue. Of its third parties, [`super::with_third_parties`] declares four.

const PAGE: &str = include_str!("page.html");
const CARD: &str = include_str!("card.html");
/// Datasets on the page.
const CARDS: usize = 28;

/// The page, of 60 KB.
pub(crate) fn page() -> Vec<u8> {
    let cards: String = (100..100 + CARDS).map(|number| CARD.replace("{number}", &number.to_string())).collect();
    PAGE.replace("{cards}", &cards).into_bytes()
}
