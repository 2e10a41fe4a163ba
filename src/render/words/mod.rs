//! octroi's own sentences on a page, in each language.
//!
//! A `{}` is replaced by a name or a text. Every language has every sentence: a missing one does not compile.
//!
//! To add a language, add a file beside `en.rs` and its line in `ALL`. The doc of each field says where its text is shown,
//! and what replaces each `{}`.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;

use crate::charter::{Lifetime, TimeUnit};

/// The sentences of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// The primary subtag (BCP 47): `fr` is used for `fr-BE`, too.
    pub(super) tag: &'static str,
    /// The language's own name, the text of a link.
    pub(super) language: &'static str,
    /// Title of the page; `{}` is the site.
    pub(super) title: &'static str,
    /// Title of the page, if the charter does not name the site.
    pub(super) title_without_site: &'static str,
    /// Under the title: what the page lists, and that it comes from the rules that are applied.
    pub(super) intro: &'static str,
    /// At the top, if the site only reports: cookies may be set in spite of the rules.
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

/// The sentences about a category.
#[derive(Debug)]
pub(super) struct CategoryWords {
    /// Badge: no consent is needed.
    pub(super) exempt: &'static str,
    /// Badge: exempt measurement, which a choice can refuse.
    pub(super) refusable: &'static str,
    /// Badge: consent is needed, and can be given.
    pub(super) required: &'static str,
    /// Badge: consent is needed, and cannot be given, because no banner asks for it.
    pub(super) never: &'static str,
    /// The sentence under the first badge.
    pub(super) exempt_rule: &'static str,
    /// The sentence under the second badge: what a refusal does.
    pub(super) refusable_rule: &'static str,
    /// The sentence under the third badge: what happens until the visitor has agreed, also to what scripts write.
    pub(super) required_rule: &'static str,
    /// The sentence under the fourth badge.
    pub(super) unreachable_rule: &'static str,
    /// The site enforces its charter, but not this category.
    pub(super) report_only_rule: &'static str,
    /// The site only reports, but enforces this category.
    pub(super) enforced_rule: &'static str,
    /// `{}` is a lifetime: octroi shortens longer ones to it.
    pub(super) at_most: &'static str,
    /// `{}` is a date: consent that was given before does not count.
    pub(super) asked_since: &'static str,
    /// Instead of a table.
    pub(super) no_cookie: &'static str,
}

/// The sentences about third parties.
#[derive(Debug)]
pub(super) struct ThirdPartyWords {
    pub(super) title: &'static str,
    /// What a third party can do.
    pub(super) rule: &'static str,
    /// Only the listed ones may be asked.
    pub(super) only_listed: &'static str,
    /// Others may be asked with full consent.
    pub(super) full_consent: &'static str,
    /// `{}` is the category that others wait for.
    pub(super) category: &'static str,
    /// Others may be asked without consent.
    pub(super) others: &'static str,
    /// Introduces the third parties' contents that the site itself answers with.
    pub(super) own: &'static str,
    /// The service, and its hosts or paths.
    pub(super) exempt: &'static str,
    /// The service, its hosts or paths, and the category.
    pub(super) required: &'static str,
}

/// The texts of a placeholder.
#[derive(Debug)]
pub(super) struct PlaceholderWords {
    /// Title, if the third party is undeclared.
    pub(super) title: &'static str,
    /// `{}` is the category that the visitor must agree to.
    pub(super) asked: &'static str,
    /// The visitor must agree to everything.
    pub(super) all: &'static str,
    /// No choice grants the third party.
    pub(super) never: &'static str,
    /// Link to where visitors choose.
    pub(super) choose: &'static str,
    /// Link to the service's own website; `{}` is the service.
    pub(super) website: &'static str,
}

/// The heads and some cells of a category's table.
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

/// What is enforced for a single cookie.
#[derive(Debug)]
pub(super) struct RemarkWords {
    /// A key of the choice grants this cookie alone.
    pub(super) own_key: &'static str,
    /// A banner keeps the choice in it, so it passes whatever its category.
    pub(super) choice: &'static str,
    /// No choice can grant it.
    pub(super) never: &'static str,
    /// `{}` is the declared domain, whose hosts all receive the cookie.
    pub(super) domain: &'static str,
    /// Said of another site's cookie, if no rule for third parties holds requests to that site until the visitor agreed.
    pub(super) foreign: &'static str,
    /// Under a lifetime that is enforced as it is declared.
    pub(super) capped: &'static str,
    /// `{}` is a lifetime. Under a declared lifetime that is longer than its category allows.
    pub(super) shortened: &'static str,
    /// `{}` is a lifetime. Under a lifetime that is not stated, if the category has a longest one.
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
    /// `{}` is a category that needs consent: its exempt measurement is no rule for undeclared cookies.
    pub(super) required: &'static str,
    /// `{}` is an exempt category.
    pub(super) category: &'static str,
}

/// The cookies of load balancers and the like.
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
    /// If there is a banner: where visitors choose, and what is enforced until then.
    pub(super) banner: &'static str,
    /// The first `{}` is a cookie, the second how long the choice is valid.
    pub(super) kept: &'static str,
    /// The same of a choice without a date. The second `{}` is the cookie's declared lifetime.
    pub(super) kept_undated: &'static str,
    /// `{}` is a cookie. Said if the charter counts only choices with a date, and its banner records none.
    pub(super) not_counted: &'static str,
    /// How to withdraw, and what octroi does then. Withdrawing must be as easy as consenting (GDPR, article 7(3)).
    pub(super) withdraw: &'static str,
    /// If the charter counts Global Privacy Control as a refusal.
    pub(super) gpc: &'static str,
    /// The last sentence: browsers can delete cookies themselves.
    pub(super) browser: &'static str,
}

/// Dates and durations.
#[derive(Debug)]
pub(super) struct TimeWords {
    /// The lifetime of a cookie that ends with the browser.
    pub(super) session: &'static str,
    /// Singular and plural of second, minute, hour, day, week, month and year.
    pub(super) units: [[&'static str; 2]; 7],
    /// From January to December.
    pub(super) months: [&'static str; 12],
    /// A date: `{d}`, `{m}` and `{y}` are day, month and year.
    pub(super) day: &'static str,
    /// The number of the first day of a month.
    pub(super) first: &'static str,
}

impl TimeWords {
    /// A number and its unit: the largest unit that gives a whole number.
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

    /// A date in words.
    pub(super) fn date(&self, date: jiff::civil::Date) -> String {
        let day = if date.day() == 1 { self.first.to_owned() } else { date.day().to_string() };
        let month = usize::try_from(date.month() - 1).ok().and_then(|month| self.months.get(month)).unwrap_or(&"");
        self.day.replace("{d}", &day).replace("{m}", month).replace("{y}", &date.year().to_string())
    }
}

/// Every language, in the order of the tags.
pub(super) const ALL: [&Words; 6] = [&de::WORDS, &en::WORDS, &es::WORDS, &fr::WORDS, &it::WORDS, &nl::WORDS];

/// The sentences in the language of a tag, by its primary subtag.
pub(super) fn find(tag: &str) -> Option<&'static Words> {
    let language = tag.split('-').next().unwrap_or_default();
    ALL.into_iter().find(|words| words.tag.eq_ignore_ascii_case(language))
}

/// The sentences for languages that octroi does not have.
pub(super) const ENGLISH: &Words = &en::WORDS;
