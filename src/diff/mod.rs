//! Compares two charters, or a charter with the cookies that were seen, and says which differences visitors must be told of.
//!
//! A change is material if it lets more through, keeps it longer, or gives another reason or another provider: visitors who
//! agreed before did not agree to that. No program can tell a wider purpose from a better sentence, so other words count as
//! a wider purpose.

mod banners;
mod categories;
mod cookies;
mod head;
mod inventory;
#[cfg(test)]
mod tests;
mod third_parties;
mod words;

use std::collections::BTreeSet;

use serde::Serialize;

pub use inventory::{SeenName, against_inventory};

use crate::charter::{CategoryIndex, Charter, Need};
use crate::consent::Format;

/// All differences, and what follows from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of the charter's parts.
    pub differences: Vec<Difference>,
    /// Ids of categories whose consent was given for less: visitors should be asked anew.
    pub ask_again: BTreeSet<String>,
    /// If anybody should be: a format of the later charter that records no date, with which `asked_since` ends all consent.
    #[serde(skip)]
    pub undated: Option<&'static str>,
}

impl Report {
    /// Whether visitors must be told of any difference.
    pub fn is_material(&self) -> bool {
        self.differences.iter().any(|difference| difference.material)
    }
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs.
    pub kind: Kind,
    /// The cookie, category, third party or key that it is about.
    pub subject: String,
    /// The earlier value; `None` if there was none.
    pub from: Option<String>,
    /// The later value; `None` if there is none.
    pub to: Option<String>,
    /// Whether visitors must be told.
    pub material: bool,
}

/// A kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A cookie is declared, or no longer.
    Cookie,
    /// A cookie or a third party is in another category.
    Category,
    /// Whether, or by which key, the visitor must agree.
    Consent,
    /// How long a cookie, or one of a category, may live.
    Lifetime,
    /// Whether the declared life is enforced.
    Cap,
    /// What a cookie or a category is for.
    Purpose,
    /// Who sets a cookie.
    Provider,
    /// Which service a cookie or a third party belongs to.
    Service,
    /// For which domain and path, and with which attributes, a cookie is set.
    Attributes,
    /// A category is declared, or no longer.
    Purposes,
    /// The title of a category.
    Title,
    /// Whether verdicts are carried out.
    Enforcement,
    /// Since when visitors are asked anew.
    AskedSince,
    /// What happens to cookies that are not named.
    Undeclared,
    /// A third party is declared, or no longer.
    ThirdParty,
    /// The hosts of a third party.
    Hosts,
    /// The paths of a third party on the site's own host.
    Paths,
    /// Whether pages are told whom they may ask.
    ThirdParties,
    /// Names of load balancers' cookies and the like, which are exempt.
    Infrastructure,
    /// How the choice is read, and for how long it counts.
    Choice,
    /// The website, its languages, its law, the path of its charter.
    Charter,
    /// Seen, but not declared.
    SeenUndeclared,
    /// Declared, but never seen.
    NeverSeen,
}

/// The differences between two versions of a charter.
///
/// ```
/// use octroi::charter::Charter;
/// use octroi::diff::between;
/// use octroi::starter::{self, Answers};
///
/// let (site, languages) = ("data.example.fr".to_owned(), vec!["en".to_owned()]);
/// let (mut document, _) = starter::charter(&Answers { site, languages, banner: None, jurisdiction: None });
/// let mut charter = |longest: &str| {
///     document.category[1].max_lifetime = Some(longest.to_owned());
///     Charter::from_document(&document).unwrap()
/// };
/// let (short, long) = (charter("1 day"), charter("2 days"));
/// assert!(between(&short, &long).is_material());
/// assert!(!between(&long, &short).is_material());
/// ```
pub fn between(before: &Charter, after: &Charter) -> Report {
    let mut comparison = Comparison { before, after, report: Report::default() };
    comparison.head();
    comparison.categories();
    comparison.cookies();
    comparison.third_parties();
    comparison.banners();
    comparison.report
}

struct Comparison<'a> {
    before: &'a Charter,
    after: &'a Charter,
    report: Report,
}

impl Comparison<'_> {
    /// Adds a difference, unless the values are equal.
    fn note(&mut self, kind: Kind, subject: &str, from: Option<String>, to: Option<String>, material: bool) {
        if from != to {
            self.report.differences.push(Difference { kind, subject: subject.to_owned(), from, to, material });
        }
    }

    /// A material change of what this category's consent covers. Visitors who agreed before are asked again, unless
    /// the charter says so already.
    fn widens(&mut self, index: CategoryIndex) {
        let Some(category) = self.after.categories.get(usize::from(index.0)) else { return };
        let before = self.before.categories.iter().find(|before| before.id == category.id);
        let Some(before) = before.filter(|_| category.consent == Need::Required) else { return };
        if category.asked_since.is_none() || category.asked_since <= before.asked_since {
            self.report.ask_again.insert(category.id.clone());
            let mut formats = self.after.banners.iter().map(|rules| rules.format);
            self.report.undated = formats.find(|format| !format.is_dated()).map(Format::word);
        }
    }
}
