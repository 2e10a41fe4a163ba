//! A cookie that a page declares twice: the stricter declaration holds, and each adds what the other does not say.

use super::{DraftBuilder, cookie_path, words};
use crate::charter::NamePattern;
use crate::import::durations::Duration;
use crate::import::rows::{Row, says_nothing};

impl DraftBuilder {
    /// A pattern that was declared before: the stricter declaration holds.
    pub(super) fn repeated(
        &mut self,
        known: usize,
        was_exempt: bool,
        is_exempt: bool,
        row: &Row,
        pattern: &NamePattern,
        words: &words::Words,
    ) {
        let (service, purpose) = (self.texts(row.service.as_deref()), self.texts(row.stated_purpose()));
        // A second mention that says nothing of consent says nothing against the first.
        let is_silent = was_exempt && row.against.is_none() && says_nothing(&row.category);
        if was_exempt != is_exempt && !is_silent {
            self.decide(
                cookie_path(known),
                format!("`{}` is declared twice, once as exempt: it is written as needing consent", pattern.text()),
            );
        }
        let category = (was_exempt && !is_exempt && !is_silent)
            .then(|| self.categories.of(&row.category, pattern, &self.language, words));
        let Some(cookie) = self.cookies.get_mut(known) else { return };
        if category.is_some() {
            cookie.category = category;
            self.declared.insert((pattern.key(), pattern.text().to_owned()), (known, false));
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
