//! octroi's own words on a page, in each language that it speaks.
//!
//! A `{}` stands for what a sentence speaks of. Every language has every sentence: a missing one would not compile.
//!
//! To add a language: a file beside `en.rs`, and its line in `ALL`. The doc of each field says where its text stands,
//! and what its `{}` are.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;

use crate::charter::{Lifetime, TimeUnit};

/// Everything that a page says of itself.
#[derive(Debug)]
pub(super) struct Words {
    /// The language (BCP 47). A subtag of the language alone: `fr` stands for `fr-BE`, too.
    pub(super) tag: &'static str,
    /// The language's own name. Shown as the text of a link.
    pub(super) language: &'static str,
    /// Of the page; `{}` is the site.
    pub(super) title: &'static str,
    /// Of the page, if the charter does not name the site.
    pub(super) title_without_site: &'static str,
    /// Under the title: what the page lists, and that it comes from the rules that are applied.
    pub(super) intro: &'static str,
    /// Above everything, if the site only counts: cookies may be set in spite of the rules.
    pub(super) report_only: &'static str,
    /// Label of the links to the other languages.
    pub(super) languages: &'static str,
    pub(super) categories: CategoryWords,
    pub(super) table: TableWords,
    pub(super) remarks: RemarkWords,
    pub(super) undeclared: UndeclaredWords,
    pub(super) third_parties: ThirdPartyWords,
    pub(super) placeholders: PlaceholderWords,
    pub(super) infrastructure: InfrastructureWords,
    pub(super) choice: ChoiceWords,
    pub(super) time: TimeWords,
}

/// What is said of a category.
#[derive(Debug)]
pub(super) struct CategoryWords {
    /// Badge: no consent is needed.
    pub(super) exempt: &'static str,
    /// Badge: consent is needed, and can be given.
    pub(super) required: &'static str,
    /// Badge: consent is needed, and nobody can give it, because no banner asks.
    pub(super) never: &'static str,
    /// The sentence under the first badge.
    pub(super) exempt_rule: &'static str,
    /// The sentence under the second badge.
    pub(super) required_rule: &'static str,
    /// The sentence under the third badge.
    pub(super) unreachable_rule: &'static str,
    /// The site enforces its charter, but not this category.
    pub(super) report_only_rule: &'static str,
    /// The site only counts, but for this category.
    pub(super) enforced_rule: &'static str,
    /// `{}` is a length of time: octroi shortens longer lifetimes to it.
    pub(super) at_most: &'static str,
    /// `{}` is a day: consent that was given before does not count.
    pub(super) asked_since: &'static str,
    /// Instead of a table.
    pub(super) no_cookie: &'static str,
}

/// What is said of other websites.
#[derive(Debug)]
pub(super) struct ThirdPartyWords {
    pub(super) title: &'static str,
    /// What a third party can do, and that only the listed ones may be asked.
    pub(super) rule: &'static str,
    /// The service, and its hosts.
    pub(super) exempt: &'static str,
    /// The service, its hosts, and the category.
    pub(super) required: &'static str,
}

/// What stands in the place of a frame.
#[derive(Debug)]
pub(super) struct PlaceholderWords {
    /// If the service has no name.
    pub(super) title: &'static str,
    /// `{}` is a category.
    pub(super) asked: &'static str,
    pub(super) all: &'static str,
    pub(super) never: &'static str,
    pub(super) choose: &'static str,
    /// `{}` is the service.
    pub(super) website: &'static str,
}

/// The heads of a table, and what stands under them.
#[derive(Debug)]
pub(super) struct TableWords {
    pub(super) name: &'static str,
    pub(super) provider: &'static str,
    pub(super) service: &'static str,
    pub(super) purpose: &'static str,
    pub(super) lifetime: &'static str,
    /// In the lifetime's cell, if the charter declares none.
    pub(super) not_stated: &'static str,
    /// Explains `*` and `?`.
    pub(super) wildcards: &'static str,
    /// `{}` is the beginning of the names.
    pub(super) prefix: &'static str,
    /// `{}` is a regular expression.
    pub(super) expression: &'static str,
}

/// What is enforced of a single cookie.
#[derive(Debug)]
pub(super) struct RemarkWords {
    /// A key of the choice grants this cookie alone.
    pub(super) own_key: &'static str,
    /// It passes under the audience exemption, unless the visitor refuses it.
    pub(super) anonymous: &'static str,
    /// A banner keeps the choice in it, so it passes whatever its category.
    pub(super) choice: &'static str,
    /// No choice can grant it.
    pub(super) never: &'static str,
    /// `{}` is a domain. Said of a cookie that more hosts than the visited one get.
    pub(super) domain: &'static str,
    /// Under a lifetime that is enforced as it is declared.
    pub(super) capped: &'static str,
    /// `{}` is a length of time. Under a declared lifetime that is longer than its category allows.
    pub(super) shortened: &'static str,
    /// `{}` is a length of time. Under a lifetime that is not stated, in a category that has a longest one.
    pub(super) at_most: &'static str,
}

/// What happens to cookies that the charter does not name.
#[derive(Debug)]
pub(super) struct UndeclaredWords {
    pub(super) title: &'static str,
    /// An undeclared cookie passes if the visitor agreed to everything and refused nothing.
    pub(super) full_consent: &'static str,
    /// An undeclared cookie never passes.
    pub(super) deny: &'static str,
    /// `{}` is a category.
    pub(super) category: &'static str,
}

/// Load balancers' cookies and the like.
#[derive(Debug)]
pub(super) struct InfrastructureWords {
    pub(super) title: &'static str,
    /// Introduces the list of names.
    pub(super) rule: &'static str,
}

/// How to choose and to withdraw.
#[derive(Debug)]
pub(super) struct ChoiceWords {
    pub(super) title: &'static str,
    /// If there is no banner, and no category needs consent.
    pub(super) nothing_to_choose: &'static str,
    /// If there is no banner, but a category needs consent.
    pub(super) nobody_asks: &'static str,
    /// If there is one: where visitors choose, and what holds until then.
    pub(super) banner: &'static str,
    /// The first `{}` is a cookie, the second a length of time.
    pub(super) kept: &'static str,
    /// How to withdraw, and what octroi does then. Withdrawing must be as easy as consenting (GDPR, article 7(3)).
    pub(super) withdraw: &'static str,
    /// If the charter takes Global Privacy Control for a refusal.
    pub(super) gpc: &'static str,
    /// The last sentence: browsers can delete cookies themselves.
    pub(super) browser: &'static str,
}

/// Days and lengths of time.
#[derive(Debug)]
pub(super) struct TimeWords {
    /// The lifetime of a cookie that ends with the browser.
    pub(super) session: &'static str,
    /// One, and several: seconds, minutes, hours, days, weeks, months, years.
    pub(super) units: [[&'static str; 2]; 7],
    /// January first.
    pub(super) months: [&'static str; 12],
    /// `{d}`, `{m}` and `{y}` are day, month and year.
    pub(super) day: &'static str,
    /// The first day of a month.
    pub(super) first: &'static str,
}

impl TimeWords {
    /// A number and its unit; whole years are said to be. In the largest unit that gives a whole number.
    pub(super) fn length(&self, lifetime: Lifetime) -> String {
        let (count, position) = match lifetime.in_units() {
            None => return self.session.to_owned(),
            Some((count, TimeUnit::Second)) => (count, 0),
            Some((count, TimeUnit::Minute)) => (count, 1),
            Some((count, TimeUnit::Hour)) => (count, 2),
            Some((count, TimeUnit::Day)) => (count, 3),
            Some((count, TimeUnit::Week)) => (count, 4),
            Some((months, TimeUnit::Month)) if months.is_multiple_of(12) => (months / 12, 6),
            Some((count, TimeUnit::Month)) => (count, 5),
        };
        let [one, several] = self.units.get(position).copied().unwrap_or_default();
        format!("{count} {}", if count == 1 { one } else { several })
    }

    /// A day of the Gregorian calendar.
    pub(super) fn date(&self, date: jiff::civil::Date) -> String {
        let day = if date.day() == 1 { self.first.to_owned() } else { date.day().to_string() };
        let month = usize::try_from(date.month() - 1).ok().and_then(|month| self.months.get(month)).unwrap_or(&"");
        self.day.replace("{d}", &day).replace("{m}", month).replace("{y}", &date.year().to_string())
    }
}

/// Every language, in the order of their tags.
pub(super) const ALL: [&Words; 6] = [&de::WORDS, &en::WORDS, &es::WORDS, &fr::WORDS, &it::WORDS, &nl::WORDS];

/// The words of a language, or of the one that it is a variety of.
pub(super) fn find(tag: &str) -> Option<&'static Words> {
    let language = tag.split('-').next().unwrap_or_default();
    ALL.into_iter().find(|words| words.tag.eq_ignore_ascii_case(language))
}

/// The language for readers who speak none of octroi's.
pub(super) const ENGLISH: &Words = &en::WORDS;
