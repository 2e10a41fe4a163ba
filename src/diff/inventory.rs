//! Compares a charter with the names that a running octroi has seen.

use std::collections::BTreeSet;

use super::{Difference, Kind, Report};
use crate::charter::{Charter, DeclaredCookie, Lifetime};
use crate::cookie::UnixTime;
use crate::policy::{CategoryId, Consent, Policy, Subject};

/// How many seconds a lifetime may exceed the declared one, as for the audit: portals' clocks differ.
const SLACK_SECONDS: u32 = 120;

/// A name that was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenName {
    /// As the inventory shows it; variable endings are folded to `*`.
    pub name: String,
    /// Whether the portal set it. A name that only a request held may be a visitor's invention.
    pub in_response: bool,
    /// The category by which the running charter judged it last.
    pub category: Option<String>,
    /// The longest that the portal let it live.
    pub longest: Option<Lifetime>,
}

/// The names that were seen and are not declared, are declared and were never seen, were judged by another category than
/// the charter's, or live longer than declared.
pub fn against_inventory(charter: &Charter, policy: &Policy, seen: &[SeenName]) -> Report {
    let mut report = Report::default();
    let mut met = BTreeSet::new();
    for name in seen {
        let judged = policy.judge(Subject::Pair(name.name.as_bytes()), &Consent::default(), UnixTime(0));
        met.extend(judged.declaration);
        let declared = judged.declaration.and_then(|index| charter.cookies.get(index));
        if let Some(cookie) = declared {
            report.differences.extend(other_category(charter.category_id(cookie.category), name));
            report.differences.extend(longer_life(cookie, name));
        } else if judged.category == CategoryId::UNDECLARED {
            let to = if name.in_response { "set by the portal" } else { "sent by a browser" };
            report.differences.push(Difference {
                kind: Kind::SeenUndeclared,
                subject: name.name.clone(),
                from: None,
                to: Some(to.to_owned()),
                material: name.in_response,
            });
        }
    }
    let never = charter.cookies.iter().enumerate().filter(|(index, _)| !met.contains(index));
    report.differences.extend(never.map(|(_, cookie)| Difference {
        kind: Kind::NeverSeen,
        subject: cookie.name.shown(),
        from: Some(charter.category_id(cookie.category).to_owned()),
        to: None,
        material: false,
    }));
    report
}

/// A cookie that octroi shortens (`cap`) is never longer for the visitor.
fn longer_life(cookie: &DeclaredCookie, seen: &SeenName) -> Option<Difference> {
    let (declared, longest) = (cookie.lifetime.filter(|_| !cookie.cap)?, seen.longest?);
    let is_longer = match (longest, declared) {
        (Lifetime::Session, _) => false,
        (Lifetime::Seconds(_), Lifetime::Session) => true,
        (Lifetime::Seconds(longest), Lifetime::Seconds(declared)) => longest > declared.saturating_add(SLACK_SECONDS),
    };
    is_longer.then(|| Difference {
        kind: Kind::Lifetime,
        subject: seen.name.clone(),
        from: Some(declared.to_string()),
        to: Some(longest.to_string()),
        material: true,
    })
}

/// The difference, if octroi judged the name by another category because it runs another charter.
fn other_category(own: &str, name: &SeenName) -> Option<Difference> {
    let running = name.category.as_deref().filter(|running| *running != own && *running != "choice")?;
    Some(Difference {
        kind: Kind::Category,
        subject: name.name.clone(),
        from: Some(own.to_owned()),
        to: Some(running.to_owned()),
        material: true,
    })
}
