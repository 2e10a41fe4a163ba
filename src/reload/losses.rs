//! What a new configuration takes away: a sign that a file was read before it was written to its end.
//!
//! The beginning of a charter is often a valid charter. In force, it would delete cookies from every visitor's browser that the
//! complete one allows, and a deletion cannot be undone.

use std::collections::BTreeSet;

use crate::charter::{BannerRules, Charter, Enforcement, NamePattern, Need, Undeclared};
use crate::config::{Config, SiteConfig};
use crate::cookie::UnixTime;
use crate::policy::{Consent, Reason, Subject};

/// How a cookie is judged for a visitor who has said nothing, from worst to best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Unknown,
    Declared,
    Exempt,
}

/// What `new` does not grant any more, each in words that name it.
pub(super) fn losses(old: &Config, new: &Config) -> Vec<String> {
    let mut losses = Vec::new();
    if old.admin.token.is_some() && new.admin.token.is_none() {
        losses.push("the token of the admin listener".to_owned());
    }
    for site in &old.sites {
        let answers = |host| new.sites.iter().find(|next| next.hosts.contains(host));
        let gone = site.hosts.iter().filter(|host| answers(host).is_none());
        losses.extend(gone.map(|host| format!("host `{host}`")));
        let next = site.hosts.iter().find_map(answers);
        losses.extend(next.into_iter().flat_map(|next| of_site(site, next)));
    }
    losses
}

fn of_site(old: &SiteConfig, new: &SiteConfig) -> Vec<String> {
    let mut losses = Vec::new();
    if old.enforcement == Enforcement::ReportOnly && new.enforcement == Enforcement::Enforce {
        losses.push("`report-only`".to_owned());
    }
    if exempts_undeclared(&old.charter) && !exempts_undeclared(&new.charter) {
        losses.push("undeclared cookies".to_owned());
    }
    losses.extend(names(&old.charter).filter(|name| is_lost(name, old, new)).map(|name| format!("cookie `{name}`")));
    let keys = |charter: &Charter| -> BTreeSet<String> {
        charter.banners.iter().flat_map(|rules| rules.keys.keys().cloned()).collect()
    };
    let (before, after) = (keys(&old.charter), keys(&new.charter));
    losses.extend(before.difference(&after).map(|key| format!("key `{key}` of the choice")));
    losses.extend(of_banners(&old.charter, &new.charter));
    losses.into_iter().map(|loss| format!("{loss} of {}", old.name)).collect()
}

/// All that a charter names, as it writes it.
fn names(charter: &Charter) -> impl Iterator<Item = &str> {
    let declared = charter.cookies.iter().map(|cookie| cookie.name.text());
    let infrastructure = charter.infrastructure.iter().map(String::as_str);
    declared.chain(infrastructure)
}

/// Banners whose cookies are no longer read.
fn of_banners(old: &Charter, new: &Charter) -> Vec<String> {
    let names = |charter: &Charter| -> Vec<String> {
        let of_each = |rules: &BannerRules| rules.format.names(rules.cookie.as_deref());
        charter.banners.iter().flat_map(of_each).map(|(name, _)| name).collect()
    };
    let kept = names(new);
    let lost = names(old).into_iter().filter(|name| !kept.contains(name));
    lost.map(|name| format!("the choice in `{name}`")).collect()
}

/// Patterns are compared by their text: another pattern that covers the same names counts as a loss, which only costs time.
fn is_lost(name: &str, old: &SiteConfig, new: &SiteConfig) -> bool {
    standing(name, new) < standing(name, old)
}

fn standing(name: &str, site: &SiteConfig) -> Standing {
    let judgement = site.policy.judge(Subject::Pair(name.as_bytes()), &Consent::default(), UnixTime(0));
    let same = |pattern: &NamePattern| pattern.text() == name;
    let pattern = site.charter.cookies.iter().find(|cookie| same(&cookie.name));
    let is_exempt_pattern = pattern.is_some_and(|cookie| {
        site.charter.categories.get(usize::from(cookie.category.0)).is_some_and(|c| c.consent == Need::Exempt)
    });
    match judgement.reason {
        Reason::Exempt | Reason::Audience => Standing::Exempt,
        _ if is_exempt_pattern => Standing::Exempt,
        _ if judgement.declaration.is_some() || pattern.is_some() => Standing::Declared,
        _ => Standing::Unknown,
    }
}

fn exempts_undeclared(charter: &Charter) -> bool {
    match charter.undeclared {
        Undeclared::As(index) => {
            charter.categories.get(usize::from(index.0)).is_some_and(|category| category.consent == Need::Exempt)
        }
        Undeclared::FullConsent | Undeclared::Deny => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::ConfigError;
    use crate::policy::Policy;

    const CHARTER: &str = include_str!("../../config/charters/data.education.gouv.fr.toml");

    const CONFIG: &str = r#"
[[listener]]
address = "127.0.0.1:0"
[[site]]
hosts = ["data.education.gouv.fr", "*.example.fr"]
charter = "charter.toml"
enforcement = "report-only"
[site.upstream]
endpoints = ["http://127.0.0.1:1"]
[[site]]
hosts = ["other.fr"]
charter = "charter.toml"
[site.upstream]
endpoints = ["http://127.0.0.1:1"]
"#;

    fn load(config: &str, charter: &str) -> Result<Config, ConfigError> {
        Config::load_with(Path::new("octroi.toml"), &[], &|path| {
            Ok(if path.ends_with("octroi.toml") { config.into() } else { charter.into() })
        })
    }

    fn between(old: &str, new: &str) -> Vec<String> {
        losses(&load(CONFIG, old).unwrap(), &load(CONFIG, new).unwrap())
    }

    /// What a policy says of each of these names to visitors with none and with the whole of the charter's consent.
    fn verdicts(policy: &Policy, names: &[&str]) -> Vec<Reason> {
        const NOW: UnixTime = UnixTime(1_790_000_000);
        let value = &br#"{"ga":true,"matomo":true,"functional_cookies":true,"youtube":true}"#[..];
        let all = policy.read_choices(&[(&b"cookies_preferences"[..], value)].into_iter(), NOW);
        let consents = [Consent::default(), policy.consent(&all, false, NOW)];
        let judge = |consent: &Consent, name: &str| policy.judge(Subject::Pair(name.as_bytes()), consent, NOW).reason;
        consents.iter().flat_map(|consent| names.iter().map(|name| judge(consent, name))).collect()
    }

    #[test]
    fn every_beginning_of_the_shipped_charter_loses_something_or_says_the_same() {
        let whole = load(CONFIG, CHARTER).unwrap();
        let names: Vec<_> = names(&whole.sites[0].charter).chain(["stranger"]).collect();
        let expected = verdicts(&whole.sites[0].policy, &names);
        let mut accepted = 0;
        for end in (0..CHARTER.len()).filter(|end| CHARTER.is_char_boundary(*end)).step_by(3) {
            let Ok(beginning) = load(CONFIG, &CHARTER[..end]) else { continue };
            accepted += 1;
            let is_same = verdicts(&beginning.sites[0].policy, &names) == expected;
            assert!(is_same || !losses(&whole, &beginning).is_empty(), "the first {end} bytes are taken up at once");
        }
        assert!(accepted > 100, "{accepted}");
    }

    #[test]
    fn every_beginning_of_a_configuration_loses_something_or_serves_the_same() {
        let whole = load(CONFIG, CHARTER).unwrap();
        for end in 0..CONFIG.len() {
            let Ok(beginning) = load(&CONFIG[..end], CHARTER) else { continue };
            let hosts = |config: &Config| config.sites.iter().map(|site| site.hosts.clone()).collect::<Vec<_>>();
            assert!(hosts(&beginning) == hosts(&whole) || !losses(&whole, &beginning).is_empty(), "{end}");
        }
    }

    #[test]
    fn what_is_lost_is_named_and_what_is_gained_is_not() {
        assert_eq!(between(CHARTER, CHARTER), [""; 0]);
        let more = format!("{CHARTER}\n[[cookie]]\nname = \"new\"\ncategory = \"necessary\"\n");
        assert_eq!(between(CHARTER, &more), [""; 0]);
        let of_both = |loss: &str| [format!("{loss} of data.education.gouv.fr"), format!("{loss} of other.fr")];
        assert_eq!(between(&more, CHARTER), of_both("cookie `new`"));
        let gated =
            more.replace("name = \"new\"\ncategory = \"necessary\"", "name = \"new\"\ncategory = \"statistics\"");
        assert_eq!(between(&more, &gated), of_both("cookie `new`"));
        assert_eq!(between(&gated, &more), [""; 0]);
        let covered = more.replace("name = \"new\"", "prefix = \"ne\"");
        assert_eq!(between(&more, &covered), [""; 0]);
    }

    #[test]
    fn hosts_and_report_only_are_losses_too() {
        let old = load(CONFIG, CHARTER).unwrap();
        let fewer = CONFIG.replace(", \"*.example.fr\"", "").replace("enforcement = \"report-only\"", "");
        let new = load(&fewer, CHARTER).unwrap();
        assert_eq!(losses(&old, &new), ["host `*.example.fr`", "`report-only` of data.education.gouv.fr"]);
        assert!(losses(&new, &old).is_empty());
    }
}
