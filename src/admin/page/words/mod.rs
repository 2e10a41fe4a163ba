//! The page's own words, in each language that it speaks.
//!
//! A `{}` stands for what a sentence speaks of. Every language has every sentence: a missing one would not compile.

mod en;
mod fr;

use http::request::Parts;

use crate::http::languages;

/// Everything that the page says of itself.
#[derive(Debug)]
pub(super) struct Words {
    /// The language (BCP 47).
    pub(super) tag: &'static str,
    /// The language's own name.
    pub(super) language: &'static str,
    /// Between groups of three digits.
    thousands: char,
    pub(super) page: PageWords,
    pub(super) questions: QuestionWords,
    pub(super) site: SiteWords,
    pub(super) drift: DriftWords,
    pub(super) explain: ExplainWords,
}

/// The frame of the page.
#[derive(Debug)]
pub(super) struct PageWords {
    pub(super) title: &'static str,
    pub(super) skip: &'static str,
    pub(super) sections: &'static str,
    pub(super) overview: &'static str,
    pub(super) explain: &'static str,
    pub(super) for_machines: &'static str,
    pub(super) languages: &'static str,
    /// `{}`: the version, the number of the configuration, since when.
    pub(super) in_force: &'static str,
    /// `{}` is a time.
    pub(super) as_of: &'static str,
    pub(super) pause: &'static str,
    pub(super) failed: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) selected: &'static str,
    pub(super) not_shown: &'static str,
}

/// What a person asks first, and the answers.
#[derive(Debug)]
pub(super) struct QuestionWords {
    pub(super) heading: &'static str,
    pub(super) fine: &'static str,
    pub(super) look: &'static str,
    pub(super) wrong: &'static str,
    pub(super) passing: &'static str,
    pub(super) nothing_passes: &'static str,
    /// `{}`: the site, a number.
    pub(super) only_reported: &'static str,
    /// `{}`: the site, a number.
    pub(super) undeclared_passes: &'static str,
    pub(super) needed: &'static str,
    pub(super) nothing_needed: &'static str,
    /// `{}`: the site, a number, names.
    pub(super) stopped: &'static str,
    /// `{}`: the site, names.
    pub(super) sessions: &'static str,
    pub(super) true_charter: &'static str,
    pub(super) charter_is_true: &'static str,
    /// `{}`: the site, a number.
    pub(super) undeclared: &'static str,
    /// `{}`: the site, a number.
    pub(super) longer: &'static str,
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
    pub(super) enforced: &'static str,
    pub(super) only_reported: &'static str,
    pub(super) cookies: &'static str,
    /// What the charts show.
    pub(super) legend: &'static str,
    /// `{}`: categories.
    pub(super) quiet: &'static str,
    pub(super) exempt: &'static str,
    pub(super) required: &'static str,
    pub(super) hour: &'static str,
    pub(super) day: &'static str,
    pub(super) passed: &'static str,
    pub(super) stopped: &'static str,
    pub(super) set: &'static str,
    pub(super) sent: &'static str,
    /// `{}`: the category, passed, stopped, the highest bar.
    pub(super) chart: &'static str,
    pub(super) unreadable: &'static str,
    pub(super) choice: &'static str,
    pub(super) infrastructure: &'static str,
    pub(super) not_declared: &'static str,
    pub(super) portal: &'static str,
    pub(super) up: &'static str,
    pub(super) returning: &'static str,
    pub(super) ejected: &'static str,
    pub(super) down: &'static str,
}

/// What is said of drift.
#[derive(Debug)]
pub(super) struct DriftWords {
    pub(super) heading: &'static str,
    pub(super) none: &'static str,
    pub(super) explanation: &'static str,
    pub(super) set_by_portal: &'static str,
    pub(super) sent_by_browsers: &'static str,
    pub(super) last_seen: &'static str,
    pub(super) lifetime: &'static str,
    pub(super) attributes: &'static str,
    pub(super) page: &'static str,
    /// `{}`: how often it passed, how often it was stopped.
    pub(super) counts: &'static str,
    pub(super) looks_like_session: &'static str,
    pub(super) lines: &'static str,
    /// `{}`: a number.
    pub(super) more: &'static str,
    pub(super) longer: &'static str,
    /// `{}`: the declared and the seen lifetime.
    pub(super) lives: &'static str,
    pub(super) not_seen: &'static str,
    /// In a comment of the lines; `{}`: the ids.
    pub(super) decide: &'static str,
    pub(super) odd_name: &'static str,
    pub(super) no_pattern: &'static str,
}

/// The form that explains a cookie.
#[derive(Debug)]
pub(super) struct ExplainWords {
    pub(super) title: &'static str,
    pub(super) introduction: &'static str,
    pub(super) site: &'static str,
    pub(super) kind: &'static str,
    pub(super) set_cookie: &'static str,
    pub(super) cookie: &'static str,
    pub(super) line: &'static str,
    pub(super) line_hint: &'static str,
    pub(super) choice: &'static str,
    pub(super) choice_hint: &'static str,
    pub(super) path: &'static str,
    pub(super) gpc: &'static str,
    pub(super) ask: &'static str,
    pub(super) result: &'static str,
    pub(super) verdict: &'static str,
    pub(super) because: &'static str,
    pub(super) category: &'static str,
    pub(super) declared: &'static str,
    pub(super) mode: &'static str,
    pub(super) domain: &'static str,
    pub(super) leaves: &'static str,
    pub(super) nothing_leaves: &'static str,
    pub(super) bytes: &'static str,
    pub(super) how_read: &'static str,
    pub(super) no_cookie: &'static str,
    pub(super) semicolon: &'static str,
    pub(super) bad_escape: &'static str,
    pub(super) unknown_site: &'static str,
    pub(super) problem: &'static str,
}

/// The languages, the default first.
pub(super) const ALL: [&Words; 2] = [&en::WORDS, &fr::WORDS];

impl Words {
    /// `?lang=`, then `Accept-Language`, then English.
    pub(super) fn wanted(request: &Parts) -> &'static Self {
        let query = request.uri.query().unwrap_or_default();
        let mut asked = query.split('&').filter_map(|pair| pair.strip_prefix("lang="));
        let tagged = |tag: &str| ALL.into_iter().find(|words| words.tag.eq_ignore_ascii_case(tag));
        let accepted = || languages::preferred(&request.headers, &ALL.iter().map(|words| words.tag));
        asked.find_map(tagged).or_else(|| accepted().and_then(|at| ALL.get(at).copied())).unwrap_or(&en::WORDS)
    }

    /// A number with its digits in groups.
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

/// A sentence with each `{}` in turn replaced by one of these.
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
