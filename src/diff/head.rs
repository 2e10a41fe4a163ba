//! Compares the settings of the whole charter.
//!
//! Visitors must be told only of changes that let more cookies pass.

use super::{Comparison, Kind};
use crate::charter::{CategoryIndex, Charter, Need, Undeclared};

impl Comparison<'_> {
    /// Material: an `undeclared` that lets more pass or names another category, and each further name of infrastructure.
    pub(super) fn head(&mut self) {
        let (before, after) = (self.before, self.after);
        let text = |text: &str| Some(text.to_owned());
        let list = |words: &[String]| Some(words.join(", "));
        self.note(Kind::Charter, "site", text(&before.site), text(&after.site), false);
        self.note(Kind::Charter, "languages", list(&before.languages), list(&after.languages), false);
        let law = |charter: &Charter| charter.jurisdiction.map(|law| law.as_str().to_owned());
        self.note(Kind::Charter, "jurisdiction", law(before), law(after), false);
        let page = |charter: &Charter| charter.publish.as_ref().map(|publish| publish.path.clone());
        self.note(Kind::Charter, "publish", page(before), page(after), false);
        let is_looser = looseness(after) > looseness(before)
            || matches!((before.undeclared, after.undeclared), (Undeclared::As(_), Undeclared::As(_)));
        let (from, to) = (text(before.undeclared_word()), text(after.undeclared_word()));
        self.note(Kind::Undeclared, "undeclared", from, to, is_looser);
        self.infrastructure();
    }

    /// A further name is a further exempt cookie.
    fn infrastructure(&mut self) {
        let (before, after) = (self.before, self.after);
        for glob in after.infrastructure.iter().filter(|glob| !before.infrastructure.contains(glob)) {
            self.note(Kind::Infrastructure, glob, None, Some("exempt".to_owned()), true);
        }
        for glob in before.infrastructure.iter().filter(|glob| !after.infrastructure.contains(glob)) {
            self.note(Kind::Infrastructure, glob, Some("exempt".to_owned()), None, false);
        }
    }
}

/// A rank by how many of the undeclared cookies pass.
fn looseness(charter: &Charter) -> u8 {
    let need = |index: CategoryIndex| charter.categories.get(usize::from(index.0)).map(|category| category.consent);
    match charter.undeclared {
        Undeclared::Deny => 0,
        Undeclared::FullConsent => 1,
        Undeclared::As(index) if need(index) == Some(Need::Required) => 2,
        Undeclared::As(_) => 3,
    }
}
