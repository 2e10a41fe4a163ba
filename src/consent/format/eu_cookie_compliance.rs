//! EU Cookie Compliance of Drupal: `cookie-agreed` (`0` declined, `1` or `2` agreed), and on a site with categories
//! `cookie-agreed-categories`, a JSON array of those that were accepted.
//!
//! The status decides first: declining leaves the categories as they were. On a site with categories, agreeing means the
//! listed ones; without them it is one answer for everything, `all`. Withdrawing may leave `[]` on a site without
//! categories: if the charter maps `all` alone, the list is not looked at. The switch "EU only" writes `2` for others
//! without a click, and nothing tells it from an answer. No cookie keeps a date.
//!
//! Source: `js/eu_cookie_compliance.js` (8.x-1.8, and Backdrop's); captures.

use super::{Answer, Answers, Definition, Fault, Part};
use crate::consent::Reading;
use crate::consent::parts::Parts;

const STATUS: [(&str, Answer); 3] = [("0", Answer::Refused), ("1", Answer::Granted), ("2", Answer::Granted)];

pub(super) const DEFINITION: Definition = Definition {
    word: "eu-cookie-compliance",
    about: "EU Cookie Compliance of Drupal: a status, and a JSON array of categories",
    stems: &["cookie-agreed"],
    parts: &[Part::Stem(""), Part::Stem("-categories")],
    unread: &["cookie-agreed-version"],
    default_keys: &[("necessary", "necessary"), ("statistics", "statistics"), ("analytics", "statistics")],
    read: |parts, _, answers| consent(parts, answers),
    ..Definition::PLAIN
};

fn consent(parts: &Parts<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    if !parts.has(0) {
        answers.is_no_choice(Reading::Undecided);
        return Ok(());
    }
    if parts.word(0, &STATUS, answers)? == Answer::Refused {
        answers.refuse_all();
        return Ok(());
    }
    if !parts.has(1) {
        answers.say("all", Answer::Granted);
        return Ok(());
    }
    parts.read_json(1, answers, |mut json, answers| {
        json.list(|category| answers.say(category, Answer::Granted))?;
        json.end()?;
        answers.refuse_others();
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::EuCookieCompliance,
            &["necessary", "analytics"],
            &[
                ("cookie-agreed-categories=[%22necessary%22%2C%22analytics%22]; cookie-agreed=2", "yy"),
                ("cookie-agreed-categories=%5B%22necessary%22%5D; cookie-agreed=1", "yn"),
                ("cookie-agreed=2; cookie-agreed-categories=[\"analytics2\"]", "nn"),
                ("cookie-agreed=0; cookie-agreed-categories=[\"necessary\",\"analytics\"]", "nn"),
                ("cookie-agreed=2; cookie-agreed-categories=[]", "nn"),
                ("cookie-agreed=2", "--"),
                ("cookie-agreed-categories=[\"analytics\"]", "undecided"),
                ("cookie-agreed=2; cookie-agreed-categories=[\"analytics\"", "unreadable"),
                ("cookie-agreed=2; cookie-agreed-categories={\"analytics\":true}", "unreadable"),
                ("cookie-agreed=22; cookie-agreed-categories=[\"analytics\"]", "unreadable"),
                ("cookie-agreed=; cookie-agreed-categories=[\"analytics\"]", "unreadable"),
            ],
        );
        testing::check(
            Format::EuCookieCompliance,
            &["all"],
            &[
                ("cookie-agreed=2", "y"),
                ("cookie-agreed=1; cookie-agreed-categories=[]", "n"),
                ("cookie-agreed=2; cookie-agreed-categories=[\"necessary\"]", "n"),
                ("cookie-agreed=0; cookie-agreed-categories=[]", "n"),
            ],
        );
    }
}
