//! `CookieYes`: `cookieyes-consent`, pairs `key:word` with commas between them.
//!
//! `action:yes` is not enough: closing the banner writes it, too, and leaves `consent:no` and the categories as the site
//! preset them. Only `action:yes` and `consent:yes` together are an agreement; with `consent:no`, a category that stands
//! at `yes` was not agreed to, but for `necessary`. Without an action, everything was preset: `consent:yes` then is
//! implied, and anything else undecided. The value keeps no date of the choice.
//!
//! Source: captures; the plugin 3.2.1, clicked through.

use super::pair_list::{self, Pair};
use super::{Answer, Answers, Definition, Fault, KnownKeys, Order};
use crate::consent::Reading;

/// What tells nothing of a category.
const OTHER_KEYS: [&str; 2] = ["consentid", "lastRenewedDate"];

pub(super) const DEFINITION: Definition = Definition {
    word: "cookieyes",
    about: "CookieYes: `category:yes,other:no`",
    stems: &["cookieyes-consent"],
    keys: KnownKeys::Usual("necessary functional analytics performance advertisement other"),
    default_keys: &[("necessary", "necessary"), ("analytics", "statistics")],
    read: |parts, _, answers| parts.read(0, Order::RawIf(b','), answers, pairs),
    ..Definition::PLAIN
};

/// A word that stands once at least, and each time as this one.
#[derive(Clone, Copy, Default)]
struct Flag {
    yes: bool,
    other: bool,
}

impl Flag {
    fn add(&mut self, word: &str) {
        *self = Self { yes: self.yes || word == "yes", other: self.other || word != "yes" };
    }

    fn is_yes(self) -> bool {
        self.yes && !self.other
    }
}

fn pairs(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    let (mut action, mut consent) = (Flag::default(), Flag::default());
    pair_list::read(text, b',', b':', |Pair { key, word, .. }| {
        match key {
            "action" => action.add(word),
            "consent" => consent.add(word),
            _ if OTHER_KEYS.contains(&key) => {}
            _ => answers.say(
                key,
                match word {
                    "yes" => Answer::Granted,
                    "no" => Answer::Refused,
                    _ => Answer::Unsaid,
                },
            ),
        }
        Ok(())
    })?;
    if !(action.yes || action.other) {
        return Err(Fault::new(text.len(), "`action`"));
    }
    if !action.is_yes() {
        answers.is_no_choice(if consent.yes { Reading::Implied } else { Reading::Undecided });
    }
    if !consent.is_yes() {
        answers.take_back_but("necessary");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::CookieYes,
            &["necessary", "analytics", "advertisement"],
            &[
                ("cookieyes-consent=consent:yes,action:yes,necessary:yes,analytics:yes,advertisement:no", "yyn"),
                ("cookieyes-consent=consent:no,action:yes,necessary:yes,analytics:no,advertisement:no", "ynn"),
                ("cookieyes-consent=consent:no,action:yes,necessary:yes,analytics:yes,advertisement:yes", "y--"),
                ("cookieyes-consent=consent:yes,action:no,necessary:yes,analytics:yes", "implied"),
                ("cookieyes-consent=consent:yes,action:yes,action:no,analytics:yes", "implied"),
                ("cookieyes-consent=consent:no,action:,necessary:yes,analytics:yes", "undecided"),
                ("cookieyes-consent=consent:,action:,necessary:,analytics:", "undecided"),
                ("cookieyes-consent=consentid%3AAA%2Cconsent%3Ayes%2Caction%3Ayes%2Canalytics%3Ayes", "-y-"),
                ("cookieyes-consent=consentid:AA%2Cconsent:yes%2Caction:yes%2Canalytics:yes", "-y-"),
                ("cookieyes-consent=consentid:AA%2Canalytics:yes,consent:yes,action:yes,necessary:yes", "y--"),
                ("cookieyes-consent=consent:yes,action:yes,analytics:yess,x-advertisement:yes", "---"),
                ("cookieyes-consent=consent:yes,analytics:yes", "unreadable"),
                ("cookieyes-consent=true", "unreadable"),
            ],
        );
    }
}
