//! A cookie that a page declares twice: the stricter declaration holds, and each adds what the other does not say.

use super::{DraftBuilder, cookie_path, words};
use crate::charter::NamePattern;
use crate::import::durations::Duration;
use crate::import::evidence::{self, Exempt};
use crate::import::rows::{Need, Row, RowCategory, is_left_to_purpose};

/// What a declaration says of consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Exempt,
    Needed,
    /// Neither: a mention, which says nothing against another one.
    Nothing,
}

impl Says {
    pub(super) fn of(row: &Row, need: &Need) -> Self {
        if *need == Need::Exempt {
            Self::Exempt
        } else if row.against.is_none() && is_left_to_purpose(&row.category) && !has_other_purpose(row) {
            Self::Nothing
        } else {
            Self::Needed
        }
    }
}

/// Whether a row states a purpose that is not known to need no consent.
fn has_other_purpose(row: &Row) -> bool {
    row.purpose.as_deref().is_some_and(|purpose| evidence::of_purpose("", "", purpose) != Exempt::Yes)
}

impl DraftBuilder {
    /// A pattern that was declared before, as the cookie `known`. `of`: its category by this declaration.
    pub(super) fn repeated(
        &mut self,
        (known, before): (usize, Says),
        of: &RowCategory,
        row: &Row,
        pattern: &NamePattern,
        words: &words::Words,
    ) {
        let (service, purpose) = (self.texts(row.service.as_deref()), self.texts(row.stated_purpose()));
        let says = Says::of(row, &of.need);
        if matches!((before, says), (Says::Exempt, Says::Needed) | (Says::Needed, Says::Exempt)) {
            self.decide(
                cookie_path(known),
                format!("`{}` is declared twice, once as exempt: it is written as needing consent", pattern.text()),
            );
        }
        let category = match (before, says) {
            (Says::Exempt, Says::Needed) => Some(self.categories.of(&row.category, pattern, &self.language, words)),
            (Says::Nothing, Says::Exempt) => Some(self.categories.of(of, pattern, &self.language, words)),
            _ => None,
        };
        let Some(cookie) = self.cookies.get_mut(known) else { return };
        if category.is_some() {
            cookie.category = category;
            self.declared.insert((pattern.key(), pattern.text().to_owned()), (known, says));
        }
        if cookie.lifetime.is_none()
            && let Some(Duration::Lives(lifetime)) = row.lifetime.1.first().filter(|_| row.lifetime.1.len() == 1)
        {
            cookie.lifetime = Some(lifetime.clone());
        }
        if cookie.provider.is_none() {
            cookie.provider.clone_from(&row.provider);
        }
        if cookie.service.is_empty() {
            cookie.service = service;
        }
        if cookie.purpose.is_empty() {
            cookie.purpose = purpose;
        }
    }
}
