//! What the cells of a row say of consent. If they and the titles above the row disagree, the stricter holds.
//!
//! Tables, lists and cards fill it cell by cell; `sections` has the titles.

use super::answer::{Answer, is_exempted};
use super::{Need, RowCategory, is_left_to_purpose, is_open};
use crate::import::categories::{Standing, read as standing};
use crate::import::evidence;
use crate::import::sections::Sections;

/// The most words of a purpose that may be the name of a category.
const MAX_PURPOSE_WORDS: usize = 5;

/// It is filled cell by cell; [`RowConsent::category`] compares it with the titles.
#[derive(Clone, Debug, Default)]
pub(super) struct RowConsent {
    /// The row's own titles: the table's, the list's, its category's; the innermost last.
    pub(super) titles: Vec<String>,
    /// A category that stands in front of a name or of a purpose. It makes nothing exempt unless the titles leave it open.
    pub(super) kind_in_front: Option<String>,
    /// Whether a cell answers that consent is needed.
    pub(super) needs_consent: Option<bool>,
    /// Whether a cell names consent as the legal basis.
    pub(super) is_by_consent: bool,
    /// It is read as a title only if it is no longer than five words and the titles leave it open.
    pub(super) purpose: Option<String>,
    /// What any of its cells says against an exemption.
    pub(super) against: Option<String>,
}

impl RowConsent {
    /// An answer to the question whether consent is needed.
    pub(super) fn answer(&mut self, answer: Answer, text: &str) {
        match answer {
            Answer::Yes => self.needs_consent = Some(true),
            Answer::No => {
                self.needs_consent = self.needs_consent.or(Some(false));
                if is_exempted(text) {
                    self.object(text);
                }
            }
            Answer::Unclear => self.object(text),
            Answer::Silent => {}
        }
    }

    /// Takes a category that stands in front of a name or of a purpose.
    pub(super) fn kind_in_front(&mut self, kind: &str) {
        if standing(kind) == Standing::Exempt {
            self.kind_in_front.get_or_insert_with(|| kind.to_owned());
        } else {
            self.titles.push(kind.to_owned());
        }
    }

    /// A cell speaks against an exemption, in these words; the first counts.
    pub(super) fn object(&mut self, text: &str) {
        self.against.get_or_insert_with(|| text.to_owned());
    }

    /// Required if a cell answers that consent is needed. If a cell answers that it is not, the row is doubtful under a
    /// title that needs consent, and exempt if the titles leave it open.
    pub(super) fn category(&self, sections: &Sections) -> RowCategory {
        let mut titles: Vec<&str> = self.titles.iter().map(String::as_str).collect();
        let mut category = sections.category(&titles);
        if let Some(kind) = self.kind_in_front.as_deref().filter(|_| is_left_to_purpose(&category)) {
            titles.push(kind);
            category = sections.category(&titles);
        }
        let is_category = |text: &&String| {
            text.split_whitespace().count() <= MAX_PURPOSE_WORDS
                && matches!(standing(text), Standing::Exempt | Standing::Gated(_))
                // “Spreads visitors over our servers” is of no statistics.
                && !evidence::states_exempt_purpose("", "", text)
        };
        if let Some(purpose) = self.purpose.as_ref().filter(is_category)
            && is_open(&category)
        {
            titles.push(purpose);
            let title = category.title;
            category = sections.category(&titles);
            // The heading names the category, and a purpose is of one cookie: it must not give the category its id, because
            // a banner's keys fit ids.
            if title.is_some() {
                category = RowCategory { title, purpose: None, ..category };
            }
        }
        match (self.needs_consent, &category.need) {
            (Some(true), Need::Exempt | Need::Doubtful(_)) => RowCategory { need: Need::Required, ..category },
            (Some(false), Need::Required) => RowCategory {
                need: Need::Doubtful("its row says that no consent is needed, its heading says otherwise".to_owned()),
                ..category
            },
            (_, Need::Doubtful(_)) if self.is_by_consent && is_open(&category) => {
                RowCategory { need: Need::Required, ..category }
            }
            (Some(false), Need::Doubtful(_)) if is_open(&category) => RowCategory { need: Need::Exempt, ..category },
            _ => category,
        }
    }
}
