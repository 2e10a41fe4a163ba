//! Compares two jars: the cookies of the one behind the proxy must follow from those of the other.

use super::case::{Case, Outcome, WITNESS};
use super::comparison::{Consent, Jars, Pair};
use crate::support::browser::Cookie;
use crate::support::shown;

/// What is wrong with a case, with its bytes and both jars.
pub(crate) fn finding(case: &Case, consent: Consent, pair: &Pair) -> Option<String> {
    let Pair { direct, through } = pair;
    let faults = faults(case.outcome, consent, direct, through);
    (!faults.is_empty()).then(|| {
        format!(
            "{} ({consent:?}, {:?}, {:?}): {}\n    {}\n  straight from the portal:{}\n  through the proxy:{}",
            case.name,
            case.load,
            case.outcome,
            faults.join("; "),
            shown(&case.answer),
            listed(&direct.after),
            listed(&through.after)
        )
    })
}

/// Whether the portal got a cookie into the jar that no charter allows: something that a proxy could let slip.
pub(crate) fn is_tempting(pair: &Pair) -> bool {
    let Jars { before, after } = &pair.direct;
    after.iter().any(|cookie| !is_allowed(&cookie.name) && !holds(before, cookie))
}

/// In what the jar behind the proxy differs from what it ought to be.
fn faults(outcome: Outcome, consent: Consent, direct: &Jars, through: &Jars) -> Vec<String> {
    let wanted: Vec<&Cookie> = match (outcome, consent) {
        (Outcome::Refused, _) => through.before.iter().collect(),
        (Outcome::Torn, _) if through.after == through.before => return Vec::new(),
        (Outcome::Nameless, _) => {
            let witness = direct.after.iter().filter(|cookie| cookie.name == WITNESS);
            through.before.iter().chain(witness).collect()
        }
        (Outcome::Withdrawn, _) | (_, Consent::Unsaid) => direct.after.iter().filter(|c| is_allowed(&c.name)).collect(),
        (Outcome::Filtered | Outcome::Torn | Outcome::Deleted, Consent::Granted) => direct.after.iter().collect(),
    };
    let lost = wanted.iter().filter(|cookie| !holds(&through.after, cookie));
    let mut faults: Vec<_> = lost.map(|cookie| format!("{:?} is lost or changed", cookie.name)).collect();
    let surplus = through.after.iter().filter(|cookie| !wanted.iter().any(|wanted| is_same(wanted, cookie)));
    // What is refused and was held before may stay until a navigation, but may not change.
    let may_stay = |cookie: &&Cookie| {
        let kept = outcome != Outcome::Deleted || holds(&direct.after, cookie);
        kept && !is_allowed(&cookie.name) && holds(&through.before, cookie)
    };
    faults.extend(
        surplus
            .filter(|cookie| !may_stay(cookie))
            .map(|cookie| format!("{:?} is there and ought not to be", cookie.name)),
    );
    faults
}

/// The allowlist of the charter, as the browser sees names.
pub(crate) fn is_allowed(name: &str) -> bool {
    ["sessionid", "csrftoken", "cookies_preferences", "django_language", "eu-consent", "tarteaucitron"].contains(&name)
        || name.starts_with("portal-")
}

fn holds(jar: &[Cookie], cookie: &Cookie) -> bool {
    jar.iter().any(|held| is_same(held, cookie))
}

/// Whether two cookies are alike in everything that the browser tells. `Max-Age` counts from the load: the lives of the
/// cases lie a day or more apart, so half an hour tells them apart whatever the machine's speed.
pub(crate) fn is_same(one: &Cookie, other: &Cookie) -> bool {
    const SLACK_SECONDS: u64 = 30 * 60;
    let expires_alike = match (one.expires, other.expires) {
        (Some(one), Some(other)) => one.abs_diff(other) <= SLACK_SECONDS,
        (one, other) => one == other,
    };
    expires_alike && Cookie { expires: None, ..one.clone() } == Cookie { expires: None, ..other.clone() }
}

pub(crate) fn listed(jar: &[Cookie]) -> String {
    jar.iter().map(|cookie| ["\n    ", &cookie.shown()].concat()).collect()
}
