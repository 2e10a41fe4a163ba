//! Advice on a valid charter: what it lacks, or says without effect.
//!
//! `octroi check` shows warnings, which a charter should not have, and recommendations, which it may have. Neither keeps a
//! charter from being put in force.

mod banners;
mod exempt;
mod reach;
#[cfg(test)]
mod tests;
mod third_parties;

use std::collections::HashSet;

use super::names::is_any;
use super::{CategoryIndex, Charter, DeclaredCookie, KeyPath, NamePattern, Need, Problem, Segment, Texts, Undeclared};

impl Charter {
    /// What its author should look at, though the charter can be enforced as it is. `octroi check --strict` exits with 1 if there is any.
    ///
    /// Among them: texts that are missing in one of the charter's languages, cookies that no choice can grant,
    /// exemptions without effect or without ground, and figures beyond those of the charter's law.
    pub fn warnings(&self) -> Vec<Problem> {
        let root = KeyPath::default();
        let mut warnings = Vec::new();
        if self.cookies.is_empty() && self.infrastructure.is_empty() {
            warnings.push(Problem::new(root.key("cookie"), "the charter declares no cookie"));
        }
        self.texts(&root, &mut warnings);
        self.reach_warnings(&root, &mut warnings);
        self.exemptions(&root, &mut warnings);
        self.exempt_warnings(&root, &mut warnings);
        self.banner_warnings(&root, &mut warnings);
        self.party_warnings(&root, &mut warnings);
        self.once_for_each_category(warnings)
    }

    /// What would make it stricter, if nothing is wrong. They never change the exit code of `octroi check`.
    pub fn recommendations(&self) -> Vec<Problem> {
        let root = KeyPath::default();
        let mut notes = self.overlaps(&root);
        notes.extend(self.untold(&root));
        notes.extend(self.empty_categories(&root));
        notes.extend(self.banner_notes(&root));
        notes.extend(self.party_notes(&root));
        if self.undeclared == Undeclared::FullConsent && self.is_complete() {
            let path = root.key("charter").key("undeclared");
            let message = "with full consent, cookies that this charter does not name still pass";
            notes.push(Problem::new(path, message).with_help("once it names them all, write `undeclared = \"deny\"`"));
        }
        notes
    }

    /// Whether every declared cookie says all that a visitor may want to know.
    fn is_complete(&self) -> bool {
        let complete = |cookie: &DeclaredCookie| {
            cookie.provider.is_some() && cookie.lifetime.is_some() && !cookie.purpose.is_empty()
        };
        !self.cookies.is_empty() && self.cookies.iter().all(complete)
    }

    /// What visitors are not told of cookies: one note for the whole charter, at the first cookie that lacks anything.
    fn untold(&self, root: &KeyPath) -> Option<Problem> {
        type Lacks = fn(&DeclaredCookie) -> bool;
        let keys: [(&str, Lacks); 3] = [
            ("provider", |cookie| cookie.provider.is_none()),
            ("purpose", |cookie| cookie.purpose.is_empty()),
            ("lifetime", |cookie| cookie.lifetime.is_none()),
        ];
        let mut lacking: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
        for (key, lacks) in keys {
            let cookies: Vec<_> =
                (0..).zip(&self.cookies).filter(|(_, cookie)| lacks(cookie)).map(|(at, _)| at).collect();
            match lacking.iter_mut().find(|(_, known)| *known == cookies) {
                Some((keys, _)) => keys.push(key.to_owned()),
                None if cookies.is_empty() => {}
                None => lacking.push((vec![key.to_owned()], cookies)),
            }
        }
        let first = lacking.iter().filter_map(|(_, cookies)| cookies.first()).min()?;
        let said = lacking.iter().map(|(keys, cookies)| {
            let names = cookies.iter().filter_map(|at| self.cookies.get(*at));
            format!("the {} of {}", enumerated(keys), listed(names))
        });
        let message = format!("visitors are not told {}", said.collect::<Vec<_>>().join(", nor "));
        let help =
            "consent asks for these (CNIL recommendation 2020-092, article 2); for exempt cookies they are recommended";
        Some(Problem::new(root.key("cookie").index(*first), message).with_help(help))
    }

    /// Categories to which nothing belongs, one note for each; none if nothing is declared at all, which is told as a warning.
    fn empty_categories(&self, root: &KeyPath) -> impl Iterator<Item = Problem> {
        let parties = self.third_parties.iter().flat_map(|table| &table.parties).map(|party| party.category);
        let undeclared = match self.undeclared {
            Undeclared::As(category) => Some(category),
            Undeclared::FullConsent | Undeclared::Deny => None,
        };
        let used: HashSet<_> =
            self.cookies.iter().map(|cookie| cookie.category).chain(parties).chain(undeclared).collect();
        let categories = (0..).map(CategoryIndex).zip(&self.categories);
        categories.filter(move |(index, _)| !used.is_empty() && !used.contains(index)).map(|(index, category)| {
            let path = root.key("category").index(usize::from(index.0)).key("id");
            let message = format!("no cookie and no third party belongs to the category `{}`", category.id);
            let help = "visitors read its heading with nothing below it: delete it, or declare what belongs to it";
            Problem::new(path, message).with_help(help)
        })
    }

    /// What is said of several cookies for their category is said once, at the first of them.
    fn once_for_each_category(&self, warnings: Vec<Problem>) -> Vec<Problem> {
        let subject = |warning: &Problem| match warning.path.0.as_slice() {
            [Segment::Key(table), Segment::Index(index), Segment::Key(key)]
                if table == "cookie" && key == "category" =>
            {
                self.cookies.get(*index)
            }
            _ => None,
        };
        let mut told: Vec<(Problem, Vec<&DeclaredCookie>)> = Vec::new();
        for warning in warnings {
            let cookie = subject(&warning);
            let is_same = |known: &Problem| {
                known.message == warning.message
                    && cookie
                        .is_some_and(|cookie| subject(known).is_some_and(|first| first.category == cookie.category))
            };
            match told.iter_mut().find(|(known, _)| is_same(known)) {
                Some((_, others)) => others.extend(cookie),
                None => told.push((warning, Vec::new())),
            }
        }
        let joined = |(warning, others): (Problem, Vec<&DeclaredCookie>)| {
            let also = (!others.is_empty()).then(|| format!(" (also {})", listed(others.into_iter())));
            Problem { message: warning.message + &also.unwrap_or_default(), ..warning }
        };
        told.into_iter().map(joined).collect()
    }

    fn texts(&self, root: &KeyPath, warnings: &mut Vec<Problem>) {
        for (index, category) in self.categories.iter().enumerate() {
            let path = root.key("category").index(index);
            if category.title.is_empty() {
                let warning = Problem::new(path.key("title"), format!("the category `{}` has no title", category.id));
                warnings.push(warning.with_help("visitors read it"));
            }
            self.text(&category.title, &path.key("title"), warnings);
            self.text(&category.description, &path.key("description"), warnings);
        }
        for (index, cookie) in self.cookies.iter().enumerate() {
            let path = root.key("cookie").index(index);
            self.text(&cookie.service, &path.key("service"), warnings);
            self.text(&cookie.purpose, &path.key("purpose"), warnings);
        }
    }

    /// A text is given in all languages of the charter, in no other, or not at all.
    fn text(&self, text: &Texts, path: &KeyPath, warnings: &mut Vec<Problem>) {
        if text.is_empty() {
            return;
        }
        for language in self.languages.iter().filter(|language| !text.contains_key(*language)) {
            warnings.push(Problem::new(path.key(language), format!("the text is missing in `{language}`")));
        }
        for language in text.keys().filter(|language| !self.languages.contains(language)) {
            let warning = Problem::new(path.key(language), format!("`{language}` is none of the charter's languages"));
            warnings.push(
                warning.with_help(format!("add it: `languages = [{}, \"{language}\"]`", quoted(&self.languages))),
            );
        }
    }

    fn exemptions(&self, root: &KeyPath, warnings: &mut Vec<Problem>) {
        let holds = self.audience_exemption.is_some_and(super::AudienceExemption::holds);
        if self.audience_exemption.is_some() && !holds {
            let message = "the exemption holds only if all four conditions are asserted";
            warnings.push(Problem::new(root.key("audience_exemption"), message).with_help(
                "`sole_account`, `no_cross_site_tracking`, `anonymous_statistics` and `no_cross_matching` must be true \
                 (CNIL guidelines 2020-091, article 5)",
            ));
        }
        for (index, cookie) in self.cookies.iter().enumerate() {
            let path = root.key("cookie").index(index);
            let need = self.need(cookie);
            if cookie.anonymous && need == Some(Need::Exempt) {
                let message = "`anonymous` has no effect: the category is exempt as it is";
                warnings.push(Problem::new(path.key("anonymous"), message));
            } else if cookie.anonymous && self.audience_exemption.is_none() {
                let warning = Problem::new(path.key("anonymous"), "the cookie needs consent in spite of `anonymous`");
                let help = "assert the four conditions in `[audience_exemption]` (CNIL guidelines 2020-091, article 5)";
                warnings.push(warning.with_help(help));
            }
            warnings.extend(self.measured_for_too_long(cookie, &path));
            if need == Some(Need::Exempt) && cookie.name.covers_all() {
                let message = "this pattern exempts every cookie";
                warnings.push(Problem::new(path.key(cookie.name.key()), message));
            }
        }
        for (index, _) in self.infrastructure.iter().enumerate().filter(|(_, glob)| is_any(glob)) {
            let path = root.key("charter").key("infrastructure").index(index);
            warnings.push(Problem::new(path, "this pattern exempts every cookie"));
        }
    }

    /// A cookie of exempt audience measurement that lives for longer than the charter's law says.
    fn measured_for_too_long(&self, cookie: &DeclaredCookie, path: &KeyPath) -> Option<Problem> {
        let figure = self.jurisdiction?.longest_measurement()?;
        let category = self.categories.get(usize::from(cookie.category.0))?;
        let shortened = category.max_lifetime.is_some_and(|most| !most.is_longer_than(figure.length));
        let is_longer = cookie.lifetime.is_some_and(|lifetime| lifetime.is_longer_than(figure.length));
        (cookie.anonymous && is_longer && !shortened).then(|| {
            let message = format!("audience measurement without consent is kept for longer than {}", figure.text);
            let help = format!("write `lifetime = \"{}\"` and `cap = true` ({})", figure.text, figure.source);
            Problem::new(path.key("lifetime"), message).with_help(help)
        })
    }

    /// Patterns that cover a cookie which another category declares by its exact name.
    fn overlaps(&self, root: &KeyPath) -> Vec<Problem> {
        let mut notes = Vec::new();
        for (index, pattern) in self.cookies.iter().enumerate() {
            let covered = self.cookies.iter().find(|other| {
                matches!(&other.name, NamePattern::Exact(name)
                    if other.category != pattern.category && pattern.name.surely_covers(name))
            });
            if let Some(covered) = covered.filter(|_| !matches!(pattern.name, NamePattern::Exact(_))) {
                let path = root.key("cookie").index(index).key(pattern.name.key());
                let (text, name) = (pattern.name.text(), covered.name.text());
                let message = format!("`{text}` also covers `{name}`, which another category declares");
                let help = if self.need(pattern) == Some(Need::Exempt) || self.need(covered) == Some(Need::Exempt) {
                    "the exact name wins; a cookie that is exempt has one purpose only (CNIL recommendation 2020-092, article 6)"
                } else {
                    "the exact name wins"
                };
                notes.push(Problem::new(path, message).with_help(help));
            }
        }
        notes
    }

    fn need(&self, cookie: &DeclaredCookie) -> Option<Need> {
        self.need_of(cookie.category)
    }

    /// `None` if there is no such category, which a checked charter excludes.
    fn need_of(&self, category: CategoryIndex) -> Option<Need> {
        self.categories.get(usize::from(category.0)).map(|category| category.consent)
    }
}

/// The names of cookies: all of them up to four, else the first three and how many more.
fn listed<'a>(cookies: impl Iterator<Item = &'a DeclaredCookie>) -> String {
    let mut names: Vec<_> = cookies.map(|cookie| format!("`{}`", cookie.name.shown())).collect();
    if names.len() > 4 {
        let more = format!("{} more", names.len() - 3);
        names.truncate(3);
        names.push(more);
    }
    enumerated(&names)
}

/// `a, b and c`
fn enumerated(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn quoted(words: &[String]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.join(", ")
}
