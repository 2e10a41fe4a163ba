//! Advice on exemptions that the law does not know: trackers under an exempt category, a second purpose of an exempt cookie,
//! and an exemption for whatever the charter does not name; and on exempt cookies that live for years.
//!
//! What an import doubts, a person may have decided; so this tells only of what is surely a tracker's, or surely said.

use crate::charter::fold::{fold, has_phrase, has_stem};
use crate::charter::jurisdiction::Jurisdiction;
use crate::charter::purpose_words::{CHOICES, DENIED, FOLLOWING, FOLLOWING_PHRASES, SETTINGS};
use crate::charter::trackers::sure_owner;
use crate::charter::{
    CategoryIndex, Charter, DeclaredCookie, KeyPath, Lifetime, NamePattern, Need, Problem, Undeclared,
};

/// The longest part of a purpose that a message shows, in characters.
const SHOWN: usize = 80;
/// Browsers hold no cookie for longer (RFC 6265bis, section 5.5).
const LONGEST_HELD: Lifetime = Lifetime::Seconds(400 * 86_400);

impl Charter {
    pub(super) fn exempt_warnings(&self, root: &KeyPath, warnings: &mut Vec<Problem>) {
        warnings.extend(self.exempt_undeclared(root));
        for (index, category) in (0..).map(CategoryIndex).zip(&self.categories) {
            if category.consent == Need::Exempt {
                self.exempt_cookies(index, root, warnings);
            }
        }
        for (index, glob) in self.infrastructure.iter().enumerate() {
            let path = root.key("charter").key("infrastructure").index(index);
            let pattern = NamePattern::Glob(glob.clone());
            warnings.extend(sure_owner(&pattern).map(|owner| self.exempt_tracker(&pattern, owner, path)));
        }
    }

    /// Whatever is not named would pass without consent.
    fn exempt_undeclared(&self, root: &KeyPath) -> Option<Problem> {
        let Undeclared::As(index) = self.undeclared else { return None };
        let path = root.key("charter").key("undeclared");
        let message = format!(
            "cookies that the charter does not name pass without consent: `{}` is exempt",
            self.category_id(index)
        );
        let help = "write `undeclared = \"full-consent\"`, or `\"deny\"`; what is exempt is named one by one";
        (self.need_of(index) == Some(Need::Exempt)).then(|| Problem::new(path, message).with_help(help))
    }

    /// The trackers among the cookies of an exempt category: told of the category if there is nothing else in it.
    fn exempt_cookies(&self, category: CategoryIndex, root: &KeyPath, warnings: &mut Vec<Problem>) {
        let cookies = || self.cookies.iter().enumerate().filter(|(_, cookie)| cookie.category == category);
        let owners: Option<Vec<_>> = cookies().map(|(_, cookie)| sure_owner(&cookie.name)).collect();
        if let Some(mut owners) = owners.filter(|owners| !owners.is_empty()) {
            owners.dedup();
            let (id, owners) = (self.category_id(category), owners.join(", "));
            let message = format!("`{id}` is exempt, and all its cookies are known for following visitors ({owners})");
            let path = root.key("category").index(usize::from(category.0)).key("consent");
            warnings.push(Problem::new(path, message).with_help(self.tracker_help("write `consent = \"required\"`")));
            return;
        }
        for (index, cookie) in cookies() {
            let path = root.key("cookie").index(index);
            let found = match sure_owner(&cookie.name) {
                Some(owner) => Some(self.exempt_tracker(&cookie.name, owner, path.key(cookie.name.key()))),
                None => second_purpose(cookie, &path),
            };
            warnings.extend(found);
            warnings.extend(self.kept_for_years(cookie, &path));
        }
    }

    /// An exempt cookie that is declared to live for longer than browsers hold any. No law that octroi knows names a figure
    /// for those that measure nothing.
    fn kept_for_years(&self, cookie: &DeclaredCookie, path: &KeyPath) -> Option<Problem> {
        let category = self.categories.get(usize::from(cookie.category.0))?;
        let shortened = category.max_lifetime.is_some_and(|most| !most.is_longer_than(LONGEST_HELD));
        let is_longer = cookie.lifetime.is_some_and(|lifetime| lifetime.is_longer_than(LONGEST_HELD));
        let message = "the cookie is exempt, and declared to live for longer than browsers hold any: 400 days";
        let help = "declare no more than its purpose needs, and hold the site to it with `cap = true` (the 400 days: RFC 6265bis, \
                    section 5.5)";
        (is_longer && !shortened).then(|| Problem::new(path.key("lifetime"), message).with_help(help))
    }

    fn exempt_tracker(&self, pattern: &NamePattern, owner: &str, path: KeyPath) -> Problem {
        let message = format!("`{}` is known as a cookie of {owner}, and passes without consent", pattern.shown());
        Problem::new(path, message).with_help(self.tracker_help("declare it in a category that needs consent"))
    }

    /// `instead`: what to write in place of the exemption.
    fn tracker_help(&self, instead: &str) -> String {
        match self.jurisdiction.and_then(Jurisdiction::denies_audience_exemption) {
            Some(source) => format!("{instead} ({source})"),
            None => format!(
                "{instead}; audience measurement is let through there without consent only with `anonymous = true` and the four \
                 conditions of `[audience_exemption]` (CNIL guidelines 2020-091, article 5)"
            ),
        }
    }
}

/// An exempt cookie whose purpose, in its own words, is also one that needs consent.
fn second_purpose(cookie: &DeclaredCookie, path: &KeyPath) -> Option<Problem> {
    let said = cookie.purpose.values().find_map(|text| following(text))?;
    let message = format!("the cookie is exempt, and its purpose names one that needs consent: “{said}”");
    let help = "a cookie that is exempt has one purpose only (CNIL recommendation 2020-092, article 6): declare it in a category \
                that needs consent, or have the site use two cookies";
    Some(Problem::new(path.key("purpose"), message).with_help(help))
}

/// The sentence that says so. One that speaks of the visitor's choice or settings, or denies anything, is not taken for it.
fn following(text: &str) -> Option<String> {
    let sentence = text.split(['.', ';', '!', '?', '\n']).map(str::trim).find(|sentence| {
        let folded = fold(sentence);
        let is_said = has_stem(&folded, FOLLOWING) || has_phrase(&folded, FOLLOWING_PHRASES);
        is_said && ![CHOICES, DENIED, SETTINGS].iter().any(|words| has_stem(&folded, words))
    })?;
    let is_long = sentence.chars().count() > SHOWN;
    Some(if is_long { sentence.chars().take(SHOWN).chain(['…']).collect() } else { sentence.to_owned() })
}
