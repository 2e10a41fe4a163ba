//! The page's own words, in each language that it speaks.
//!
//! A `{}` stands for what a sentence speaks of. Every language has every sentence: a missing one would not compile. To
//! add a language: a file beside `en.rs`, and its line in `ALL`. The doc of each field says where its text stands and
//! what its `{}` are, in their order; a `{}` too few leaves that fact out, one too many stays empty.

mod en;
mod fr;

use http::request::Parts;

use crate::explain;
use crate::http::languages;

/// Everything that the page says of itself.
#[derive(Debug)]
pub(super) struct Words {
    /// The language (BCP 47).
    pub(super) tag: &'static str,
    /// The language's own name.
    pub(super) language: &'static str,
    /// Between groups of three digits. In French a narrow no-break space, so that a number never breaks over two lines.
    thousands: char,
    pub(super) page: PageWords,
    pub(super) questions: QuestionWords,
    pub(super) site: SiteWords,
    pub(super) drift: DriftWords,
    pub(super) hosts: HostWords,
    pub(super) explain: ExplainWords,
}

/// Whom pages ask.
#[derive(Debug)]
pub(super) struct HostWords {
    pub(super) heading: &'static str,
    pub(super) none: &'static str,
    pub(super) explanation: &'static str,
    pub(super) party: &'static str,
    pub(super) not_declared: &'static str,
    pub(super) asked_as: &'static str,
    pub(super) reports: &'static str,
    pub(super) last: &'static str,
    /// `{}` is a number; a link follows.
    pub(super) more: &'static str,
}

/// The frame of the page.
#[derive(Debug)]
pub(super) struct PageWords {
    /// Title of the browser's window, and heading of the overview.
    pub(super) title: &'static str,
    /// The link that screen readers find first.
    pub(super) skip: &'static str,
    /// Label of the navigation, for screen readers.
    pub(super) sections: &'static str,
    /// Link to `/`.
    pub(super) overview: &'static str,
    /// Link to `/explain`.
    pub(super) explain: &'static str,
    /// In front of the links to JSON and metrics.
    pub(super) for_machines: &'static str,
    /// Label of the links to the same page in the other languages.
    pub(super) languages: &'static str,
    /// `{}`: the version, the number of the configuration, since when.
    pub(super) in_force: &'static str,
    /// `{}` is a time.
    pub(super) as_of: &'static str,
    /// Button that stops the refresh of the page every few seconds.
    pub(super) pause: &'static str,
    /// Shown by the script if a refresh gets no answer.
    pub(super) failed: &'static str,
    /// Button beside an entry for the charter.
    pub(super) copy: &'static str,
    /// Said once the entry is in the clipboard.
    pub(super) copied: &'static str,
    /// Said if the browser does not let the script use the clipboard: the entry is selected instead.
    pub(super) selected: &'static str,
    /// At the foot of the page: what octroi cannot see.
    pub(super) not_shown: &'static str,
}

/// What a person asks first, and the answers.
#[derive(Debug)]
pub(super) struct QuestionWords {
    pub(super) heading: &'static str,
    /// One of three marks: nothing to do.
    pub(super) fine: &'static str,
    /// One of three marks: a person should judge.
    pub(super) look: &'static str,
    /// One of three marks: something failed.
    pub(super) wrong: &'static str,
    /// The first question: does anything pass that should not?
    pub(super) passing: &'static str,
    /// Answers `passing` if there is nothing to report.
    pub(super) nothing_passes: &'static str,
    /// `{}`: the site, a number.
    pub(super) only_reported: &'static str,
    /// `{}`: the site, a number.
    pub(super) undeclared_passes: &'static str,
    /// The second question: is anything stopped that people need?
    pub(super) needed: &'static str,
    /// Answers `needed` if there is nothing to report.
    pub(super) nothing_needed: &'static str,
    /// `{}`: the site, a number, names.
    pub(super) stopped: &'static str,
    /// The same of a site that only reports.
    pub(super) would_be_stopped: &'static str,
    /// `{}`: the site, names.
    pub(super) sessions: &'static str,
    /// The third question: does the charter still say what the portal does?
    pub(super) true_charter: &'static str,
    /// Answers `true_charter` if there is nothing to report.
    pub(super) charter_is_true: &'static str,
    /// `{}`: the site, a number.
    pub(super) undeclared: &'static str,
    /// `{}`: the site, a number.
    pub(super) longer: &'static str,
    /// The fourth question: did the last reload work?
    pub(super) reload: &'static str,
    /// `{}`: since when.
    pub(super) reload_worked: &'static str,
    /// `{}`: since when, how often, the next try.
    pub(super) reload_failed: &'static str,
    /// `{}`: until when, what it takes away.
    pub(super) reload_waits: &'static str,
    /// `{}`: what.
    pub(super) needs_restart: &'static str,
}

/// What is said of one site.
#[derive(Debug)]
pub(super) struct SiteWords {
    /// `{}`: the hash of the charter.
    pub(super) charter: &'static str,
    /// Mode of a site or a category: what the charter does not allow is stopped.
    pub(super) enforced: &'static str,
    /// Mode of a site or a category: what the charter does not allow is counted, and passes.
    pub(super) only_reported: &'static str,
    /// Heading of the charts.
    pub(super) cookies: &'static str,
    /// What the charts show.
    pub(super) legend: &'static str,
    /// `{}`: categories. One sentence for all categories of which nothing was seen in 24 hours.
    pub(super) quiet: &'static str,
    /// Remark of a category that needs no consent.
    pub(super) exempt: &'static str,
    /// Remark of a category that needs consent.
    pub(super) required: &'static str,
    /// Above the chart of 60 minutes, and above its figures.
    pub(super) hour: &'static str,
    /// Above the chart of 24 hours, and above its figures.
    pub(super) day: &'static str,
    /// Head of a column, and key of the chart.
    pub(super) passed: &'static str,
    /// Head of a column, and key of the chart.
    pub(super) stopped: &'static str,
    /// The same of what is only reported.
    pub(super) would_be_stopped: &'static str,
    /// Head of the row of `Set-Cookie` lines.
    pub(super) set: &'static str,
    /// Head of the row of `Cookie` pairs.
    pub(super) sent: &'static str,
    /// `{}`: the category, how many passed, how many and a word for them (`stopped`), the highest bar. What screen readers say of a chart.
    pub(super) chart: &'static str,
    /// Title of what does not parse as a cookie at all.
    pub(super) unreadable: &'static str,
    /// Title of the cookies in which the banner keeps the choice.
    pub(super) choice: &'static str,
    /// Title of the cookies that the charter lists under `infrastructure`.
    pub(super) infrastructure: &'static str,
    /// Title of the cookies that the charter does not name.
    pub(super) not_declared: &'static str,
    /// Heading of the endpoints.
    pub(super) portal: &'static str,
    /// State of an endpoint: it gets its full share of requests.
    pub(super) up: &'static str,
    /// State of an endpoint: it is back, and its share still grows.
    pub(super) returning: &'static str,
    /// State of an endpoint: requests to it failed, so it gets none for a while.
    pub(super) ejected: &'static str,
    /// State of an endpoint: its health check fails.
    pub(super) down: &'static str,
}

/// What is said of drift.
#[derive(Debug)]
pub(super) struct DriftWords {
    pub(super) heading: &'static str,
    /// Instead of the list, if nothing undeclared was seen.
    pub(super) none: &'static str,
    /// Above the list of undeclared cookies.
    pub(super) explanation: &'static str,
    /// Label of the count of `Set-Cookie` lines.
    pub(super) set_by_portal: &'static str,
    /// Label of the count of `Cookie` pairs.
    pub(super) sent_by_browsers: &'static str,
    /// Label of a time.
    pub(super) last_seen: &'static str,
    /// Label of the longest lifetime that the portal asked for.
    pub(super) lifetime: &'static str,
    /// Label of a list such as `Secure; Path=/`.
    pub(super) attributes: &'static str,
    /// Label of the path of one page that the cookie was seen with.
    pub(super) page: &'static str,
    /// `{}`: how often it passed, how often it was stopped, and the word for that.
    pub(super) counts: &'static str,
    /// Badge of a cookie that a login may depend on.
    pub(super) looks_like_session: &'static str,
    /// Opens the entry that can be copied into the charter.
    pub(super) lines: &'static str,
    /// `{}`: a number. A link to `/cookies` follows it.
    pub(super) more: &'static str,
    /// Heading of the cookies that outlive their declaration.
    pub(super) longer: &'static str,
    /// `{}`: the declared and the seen lifetime.
    pub(super) lives: &'static str,
    /// In front of the names that are declared and were never seen.
    pub(super) not_seen: &'static str,
    /// In a comment of the lines; `{}`: the ids.
    pub(super) decide: &'static str,
    /// In a comment of the entry, if the name is written as a regular expression because some bytes are not visible
    /// ASCII.
    pub(super) odd_name: &'static str,
    /// In a comment instead of an entry.
    pub(super) no_pattern: &'static str,
}

/// The form that explains a cookie.
#[derive(Debug)]
pub(super) struct ExplainWords {
    /// Title and heading of the page.
    pub(super) title: &'static str,
    /// Under the heading.
    pub(super) introduction: &'static str,
    /// Label of the list of sites.
    pub(super) site: &'static str,
    /// Label of the choice between `set_cookie` and `cookie`.
    pub(super) kind: &'static str,
    pub(super) set_cookie: &'static str,
    pub(super) cookie: &'static str,
    /// Label of the field for the cookie.
    pub(super) line: &'static str,
    /// Under that field: an example, and the escapes for bytes that a keyboard cannot type.
    pub(super) line_hint: &'static str,
    /// Label of the field for the visitor's choice.
    pub(super) choice: &'static str,
    /// Under that field.
    pub(super) choice_hint: &'static str,
    /// Label of the field for the page's path, which decides what the cookie's own path matches.
    pub(super) path: &'static str,
    /// Label of the box for Global Privacy Control.
    pub(super) gpc: &'static str,
    /// The button of the form.
    pub(super) ask: &'static str,
    /// Heading of the answer.
    pub(super) result: &'static str,
    /// The explanation's own sentences.
    pub(super) verdict_words: &'static explain::Words,
    /// Label of pass, amend, delete or drop.
    pub(super) verdict: &'static str,
    /// Label of the reason, in a sentence.
    pub(super) because: &'static str,
    /// Label of the category that decided.
    pub(super) category: &'static str,
    /// Label of the charter's entry that matched.
    pub(super) declared: &'static str,
    /// Label of enforced or only reported.
    pub(super) mode: &'static str,
    /// Label of what becomes of the cookie's `Domain`.
    pub(super) domain: &'static str,
    /// Label of the bytes that octroi would send on.
    pub(super) leaves: &'static str,
    /// Instead of those bytes.
    pub(super) nothing_leaves: &'static str,
    /// Heading of the list that takes the cookie apart.
    pub(super) bytes: &'static str,
    /// Heading of how the choice was read.
    pub(super) how_read: &'static str,
    /// The line has no cookie in it.
    pub(super) no_cookie: &'static str,
    /// Problem: the choice holds a `;`, at which browsers end a cookie (RFC 6265 §5.2).
    pub(super) semicolon: &'static str,
    /// Problem: `\x` without two hexadecimal digits.
    pub(super) bad_escape: &'static str,
    /// Problem: the query names a site that the configuration does not have.
    pub(super) unknown_site: &'static str,
    /// Heading of the problem.
    pub(super) problem: &'static str,
}

/// The languages, the default first.
pub(super) const ALL: [&Words; 2] = [&en::WORDS, &fr::WORDS];

impl Words {
    /// The language of `?lang=` in the query, else the best of `Accept-Language` (RFC 9110 §12.5.4), else English.
    /// Languages that octroi does not speak are passed over.
    pub(super) fn wanted(request: &Parts) -> &'static Self {
        let query = request.uri.query().unwrap_or_default();
        let mut asked = query.split('&').filter_map(|pair| pair.strip_prefix("lang="));
        let tagged = |tag: &str| ALL.into_iter().find(|words| words.tag.eq_ignore_ascii_case(tag));
        let accepted = || languages::preferred(&request.headers, &ALL.iter().map(|words| words.tag));
        asked.find_map(tagged).or_else(|| accepted().and_then(|at| ALL.get(at).copied())).unwrap_or(&en::WORDS)
    }

    /// A number with its digits in groups. `1234567` is `1,234,567` in English.
    pub(super) fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(self.thousands);
            }
            text.push(digit);
        }
        text
    }
}

/// A sentence with each `{}` in turn replaced by one of the pieces; those that are too many are dropped.
pub(super) fn filled(sentence: &str, pieces: &[&str]) -> String {
    let mut text = String::new();
    let mut pieces = pieces.iter();
    for (place, part) in sentence.split("{}").enumerate() {
        if place > 0 {
            text.push_str(pieces.next().copied().unwrap_or_default());
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let [english, french] = ALL;
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(english.number(number), expected);
        }
        assert_eq!(french.number(12_345), "12\u{202f}345");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(filled("{} and {}.", &["{}", "b"]), "{} and b.");
    }

    #[test]
    fn the_language_is_the_one_that_is_asked_for() {
        for (query, accept, expected) in [
            ("", "", "en"),
            ("?lang=fr", "en", "fr"),
            ("?lang=xx", "fr-CA, en;q=0.5", "fr"),
            ("?a=b&lang=EN", "fr", "en"),
        ] {
            let request = http::Request::builder().uri(format!("/{query}")).header("accept-language", accept);
            assert_eq!(Words::wanted(&request.body(()).unwrap().into_parts().0).tag, expected, "{query} {accept}");
        }
    }
}
