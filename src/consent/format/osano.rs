//! Osano's Cookie Consent 3 (`cookieconsent_status`: `allow`, `deny` or `dismiss`, for everything at once) and 4 (the same
//! words in capitals, in a cookie of each category).
//!
//! `dismiss` is a closed banner, which is no answer: version 3's own `hasConsented` takes it for one, and the refusing
//! button of 3.0 writes it, too. No value keeps a date.
//!
//! Source: osano/cookieconsent, `src/cookieconsent.js` (3.1.1), `src/constants/index.js` and
//! `src/models/CookieConsent.js` (4, alpha).

use super::{Answer, Answers, Definition, Fault, KnownKeys, Part};
use crate::consent::Reading;
use crate::consent::parts::Parts;

/// The key of version 3, then the categories of version 4, by the number of their parts.
const KEYS: [&str; 6] = ["all", "UNCATEGORIZED", "ESSENTIAL", "PERSONALIZATION", "ANALYTICS", "MARKETING"];

const WORDS: [(&str, Answer); 6] = [
    ("allow", Answer::Granted),
    ("deny", Answer::Refused),
    ("dismiss", Answer::Unsaid),
    ("ALLOW", Answer::Granted),
    ("DENY", Answer::Refused),
    ("DISMISS", Answer::Unsaid),
];

pub(super) const DEFINITION: Definition = Definition {
    word: "osano",
    about: "Osano's Cookie Consent 3 and 4: one word, or one for each category",
    stems: &["cookieconsent_status"],
    parts: &[
        Part::Stem(""),
        Part::Stem("_UNCATEGORIZED"),
        Part::Stem("_ESSENTIAL"),
        Part::Stem("_PERSONALIZATION"),
        Part::Stem("_ANALYTICS"),
        Part::Stem("_MARKETING"),
    ],
    unread: &["cookieconsent_dismissed"],
    keys: KnownKeys::Only(&KEYS),
    default_keys: &[("ESSENTIAL", "necessary"), ("ANALYTICS", "statistics")],
    read: |parts, _, answers| statuses(parts, answers),
    ..Definition::PLAIN
};

fn statuses(parts: &Parts<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let (mut is_decided, maps_all) = (false, !answers.keys().find("all").is_empty());
    for (part, key) in KEYS.iter().enumerate().filter(|(part, _)| parts.has(*part)) {
        let answer = parts.word(part, &WORDS, answers)?;
        if part == 0 && answer == Answer::Refused {
            answers.refuse_all();
        } else if part > 0 && answer != Answer::Granted && maps_all {
            // A category that was refused is newer than one word for everything, which version 3 left behind.
            answers.say("all", answer);
        }
        is_decided |= answer != Answer::Unsaid;
        answers.say(key, answer);
    }
    if !is_decided {
        answers.is_no_choice(Reading::Undecided);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Osano,
            &["all", "ANALYTICS", "MARKETING"],
            &[
                ("cookieconsent_status=allow", "y--"),
                ("cookieconsent_status=deny", "nnn"),
                ("cookieconsent_status=dismiss", "undecided"),
                ("cookieconsent_status=\"allow\"", "y--"),
                ("cookieconsent_status=allowed", "unreadable"),
                ("cookieconsent_status=", "unreadable"),
                ("cookieconsent_status_ANALYTICS=ALLOW; cookieconsent_status_MARKETING=DENY", "nyn"),
                ("cookieconsent_status_ANALYTICS=ALLOW; cookieconsent_status_MARKETING=DISMISS", "-y-"),
                ("cookieconsent_status_ANALYTICS=DISMISS", "undecided"),
                ("cookieconsent_status_ANALYTICS=ALLOW; cookieconsent_status=deny", "nnn"),
                ("cookieconsent_status=allow; cookieconsent_status_MARKETING=DENY", "n-n"),
                ("cookieconsent_status=allow; cookieconsent_status_MARKETING=DISMISS", "---"),
            ],
        );
    }
}
