//! Complianz: a cookie for each category (`cmplz_statistics=allow`), `cmplz_consented_services` (a JSON object, service →
//! boolean), and `cmplz_banner-status=dismissed` once the visitor answered.
//!
//! In regions of opt-out, and by its "force statistics" switch, categories are `allow` before anybody was asked; the status
//! then is not there, and they are implied. A click on one placeholder writes its service without a status: that is an
//! answer for this service alone. On a multisite's main site the names begin with `cmplz_rt_`: that is a choice of its
//! own, to be read beside the other, and none of its cookies completes the other's. No cookie keeps a date.
//!
//! Source: the plugin's `cookiebanner/js/complianz.js` and `class-banner-loader.php`; 7.2.0 clicked through.

use super::{Answer, Answers, Definition, Fault, KnownKeys, Part, flat_json};
use crate::consent::Reading;
use crate::consent::parts::Parts;

/// By the number of their parts.
const CATEGORIES: [&str; 5] = ["functional", "preferences", "statistics", "statistics-anonymous", "marketing"];
const STATUS: usize = 5;
const SERVICES: usize = 6;

pub(super) const DEFINITION: Definition = Definition {
    word: "complianz",
    about: "Complianz: `allow` or `deny` for each category, a JSON object of services, and a status",
    stems: &["cmplz_", "cmplz_rt_"],
    parts: &[
        Part::Stem("functional"),
        Part::Stem("preferences"),
        Part::Stem("statistics"),
        Part::Stem("statistics-anonymous"),
        Part::Stem("marketing"),
        Part::Stem("banner-status"),
        Part::Stem("consented_services"),
    ],
    unread: &[
        "cmplz_policy_id", "cmplz_saved_categories", "cmplz_saved_services", "cmplz_consent_status",
        "cmplz_rt_policy_id", "cmplz_rt_saved_categories", "cmplz_rt_saved_services", "cmplz_rt_consent_status",
    ],
    keys: KnownKeys::Usual("functional preferences statistics statistics-anonymous marketing"),
    default_keys: &[("functional", "necessary"), ("statistics", "statistics"), ("statistics-anonymous", "statistics")],
    read: |parts, _, answers| consent(parts, answers),
    ..Definition::PLAIN
};

fn consent(parts: &Parts<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let is_answered = parts.holds(STATUS, "dismissed", answers);
    let (mut is_decided, mut is_preset) = (false, false);
    for (part, category) in CATEGORIES.iter().enumerate().filter(|(part, _)| parts.has(*part)) {
        let answer = parts.word(part, &[("allow", Answer::Granted), ("deny", Answer::Refused)], answers)?;
        if is_answered {
            answers.say(category, answer);
            is_decided = true;
        }
        is_preset |= answer == Answer::Granted && *category != "functional";
    }
    is_decided |= services(parts, is_answered, answers)?;
    if !is_decided {
        answers.is_no_choice(if is_preset && !is_answered { Reading::Implied } else { Reading::Undecided });
    }
    Ok(())
}

/// Whether any service was answered. Refusing everything leaves the cookie empty.
fn services(parts: &Parts<'_>, is_answered: bool, answers: &mut Answers<'_>) -> Result<bool, Fault> {
    if parts.raw(SERVICES).is_none_or(<[u8]>::is_empty) {
        return Ok(false);
    }
    let is_decided = std::cell::Cell::new(false);
    parts.read_json(SERVICES, answers, |json, answers| {
        flat_json::read(json, answers, |service, value, _| {
            let answer = flat_json::is_true(value);
            let counts = (is_answered || answer == Answer::Granted)
                && CATEGORIES.iter().all(|category| category.as_bytes() != service);
            is_decided.set(is_decided.get() || counts);
            Ok(counts.then_some(answer))
        })
    })?;
    Ok(is_decided.get())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Complianz,
            &["functional", "statistics", "marketing", "youtube"],
            &[
                (
                    "cmplz_functional=allow; cmplz_statistics=allow; cmplz_marketing=deny; cmplz_banner-status=dismissed",
                    "yyn-",
                ),
                ("cmplz_rt_functional=allow; cmplz_rt_statistics=deny; cmplz_rt_banner-status=dismissed", "yn--"),
                ("cmplz_statistics=deny; cmplz_banner-status=dismissed; cmplz_consented_services=", "-n--"),
                (
                    "cmplz_marketing=deny; cmplz_banner-status=dismissed; cmplz_consented_services={\"youtube\":true}",
                    "--ny",
                ),
                (
                    "cmplz_marketing=allow; cmplz_banner-status=dismissed; cmplz_consented_services={\"youtube\":false}",
                    "--yn",
                ),
                ("cmplz_banner-status=dismissed; cmplz_consented_services={\"statistics\":true}", "undecided"),
                ("cmplz_consented_services={\"youtube\":true}", "---y"),
                ("cmplz_consented_services=%7B%22youtube%22%3Atrue%7D; cmplz_statistics=allow", "---y"),
                ("cmplz_consented_services={\"youtube\":false}", "undecided"),
                ("cmplz_functional=allow; cmplz_statistics=allow; cmplz_marketing=allow", "implied"),
                ("cmplz_functional=allow; cmplz_statistics=allow; cmplz_banner-status=show", "implied"),
                ("cmplz_functional=allow; cmplz_statistics=deny", "undecided"),
                ("cmplz_banner-status=dismissed", "undecided"),
                ("cmplz_statistics=true; cmplz_banner-status=dismissed", "unreadable"),
                ("cmplz_statistics=allow; cmplz_banner-status=dismissed; cmplz_consented_services={", "unreadable"),
            ],
        );
    }
}
