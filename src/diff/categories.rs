//! Compares the categories, by their ids.
//!
//! A category whose id changed counts as one that is gone and one that is new.

use super::words::{is_longer, read_alike, shown};
use super::{Comparison, Kind};
use crate::charter::{Category, CategoryIndex, Enforcement, Need, day};

impl Comparison<'_> {
    /// Material: a new category, another need for consent, other words for the purpose, a longer lifetime, and
    /// enforcement that was switched to `report-only`. Titles and the order are not.
    pub(super) fn categories(&mut self) {
        let (before, after) = (self.before, self.after);
        for (index, category) in (0..).map(CategoryIndex).zip(&after.categories) {
            match before.categories.iter().find(|before| before.id == category.id) {
                Some(before) => self.category(before, category, index),
                None => self.note(Kind::Purposes, &category.id, None, Some(need(category)), true),
            }
        }
        for gone in
            before.categories.iter().filter(|before| !after.categories.iter().any(|after| after.id == before.id))
        {
            self.note(Kind::Purposes, &gone.id, Some(need(gone)), None, false);
        }
    }

    fn category(&mut self, before: &Category, after: &Category, index: CategoryIndex) {
        let id = &after.id;
        self.note(Kind::Consent, id, Some(need(before)), Some(need(after)), true);
        self.note(Kind::Title, id, shown(&before.title), shown(&after.title), false);
        let is_wider = !read_alike(&before.description, &after.description);
        self.note(Kind::Purpose, id, shown(&before.description), shown(&after.description), is_wider);
        let life = |category: &Category| category.max_lifetime.map(|longest| longest.to_string());
        let lives_longer = is_longer(before.max_lifetime, after.max_lifetime);
        self.note(Kind::Lifetime, id, life(before), life(after), lives_longer);
        let enforcement = |category: &Category| category.enforcement.map(|word| word.as_str().to_owned());
        let is_weaker = after.enforcement == Some(Enforcement::ReportOnly);
        self.note(Kind::Enforcement, id, enforcement(before), enforcement(after), is_weaker);
        let asked = |category: &Category| category.asked_since.and_then(day);
        self.note(Kind::AskedSince, id, asked(before), asked(after), false);
        if is_wider || lives_longer || before.consent != after.consent {
            self.widens(index);
        }
    }
}

/// The category's `consent`, as the file has it.
fn need(category: &Category) -> String {
    match category.consent {
        Need::Exempt => "exempt",
        Need::Required => "required",
    }
    .to_owned()
}
