//! Proposes the `[consent]` of a draft: the format of the banner whose cookie the page declares.
//!
//! A person must confirm it: a banner's keys depend on its configuration, which no page shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::fold::fold;
use super::trackers;
use crate::charter::{
    BannersDocument, CategoryDocument, ConsentDocument, CookieDocument, FormatWord, KeyTarget, Lifetime, NamePattern,
    Need,
};
use crate::consent::{Format, KnownKeys};

/// For how long a choice counts, unless its cookie lives shorter (CNIL recommendation 2020-092, article 2.4).
const MONTHS_6: &str = "6 months";

/// Cookies of an objection, which exist without any banner.
const OPT_OUTS: [&str; 2] = ["matomo_ignore", "piwik_ignore"];

/// What is proposed, and what a person must check.
#[derive(Clone, Debug, Default)]
pub(super) struct Proposal {
    /// `None` if the page declares no cookie of a banner that octroi knows.
    pub(super) consent: Option<BannersDocument>,
    /// `None` if no category needs consent and the format is certain.
    pub(super) decision: Option<String>,
}

/// The `[consent]` for these cookies and categories: the first format that has one of the cookies, with the keys that
/// it writes by default.
pub(super) fn propose(cookies: &[CookieDocument], categories: &[CategoryDocument]) -> Proposal {
    let gated: Vec<&str> = categories
        .iter()
        .filter(|category| category.consent == Some(Need::Required))
        .filter_map(|category| category.id.as_deref())
        .collect();
    let declared: Vec<&str> = cookies.iter().filter_map(|cookie| cookie.name.as_deref()).collect();
    let own = |format: &Format| {
        let names = format.names(None).into_iter().map(|(name, _)| name);
        names.into_iter().find(|name| declared.contains(&name.as_str()) && !OPT_OUTS.contains(&name.as_str()))
    };
    let mut known = Format::ALL.iter().filter_map(|format| Some((*format, own(format)?)));
    let Some((format, cookie)) = known.next() else {
        let message = "the page names no banner that octroi knows: say with `[consent]` how the visitor's choice is read. Until then what needs consent never passes";
        return Proposal { consent: None, decision: (!gated.is_empty()).then(|| message.to_owned()) };
    };
    let rivals: Vec<&str> = known.map(|(rival, _)| rival.word()).collect();
    let services = services(format, cookies);
    let keys = keys(format, categories, &services, &owners(cookies));
    let mut decision = decision(format, &cookie, &rivals, &gated, &keys);
    if let Some(message) = decision.as_mut().filter(|_| !services.is_empty()) {
        let _ = write!(message, "; the page names services with the keys {}", services.join(", "));
    }
    let is_single = format.names(None).len() == 1;
    let consent = ConsentDocument {
        format: FormatWord(format),
        cookie: is_single.then(|| cookie.clone()),
        valid_for: valid_for(cookies, &cookie),
        keys: (!keys.is_empty() || has_keys_by_service(format)).then_some(keys),
        ..ConsentDocument::default()
    };
    Proposal { consent: Some(BannersDocument::One(consent)), decision }
}

/// Whether a banner asks about services by their names, so that its own table is of some that this site does not have.
fn has_keys_by_service(format: Format) -> bool {
    matches!(format, Format::Tarteaucitron | Format::Klaro)
}

/// The letters of the providers and of the known owners of the page's cookies, without spaces between them.
fn owners(cookies: &[CookieDocument]) -> String {
    cookies.iter().map(of_cookie).collect::<Vec<_>>().join(" ").replace(' ', "")
}

/// The provider of a cookie, and its owner if it is known, folded.
fn of_cookie(cookie: &CookieDocument) -> String {
    let pattern = cookie.name.clone().map(NamePattern::Exact);
    let pattern = pattern.or_else(|| cookie.prefix.clone().map(NamePattern::Prefix));
    let pattern = pattern.or_else(|| cookie.glob.clone().map(NamePattern::Glob));
    let owner = pattern.as_ref().and_then(trackers::owner).unwrap_or_default();
    fold(&format!("{} {owner}", cookie.provider.as_deref().unwrap_or_default()))
}

/// The keys of the services that the page names; empty for banners that do not ask by service.
fn services(format: Format, cookies: &[CookieDocument]) -> Vec<&'static str> {
    let KnownKeys::Usual(usual) = format.known_keys() else { return Vec::new() };
    let named = cookies.iter().map(of_cookie).collect::<Vec<_>>().join(" ");
    let is_named = |key: &str| match key {
        // Google Analytics has several, by its versions.
        "gtag" | "multiplegtag" | "analytics" => named.contains("google analytics"),
        _ => named.split(' ').any(|word| word == key),
    };
    usual.split(' ').filter(|key| has_keys_by_service(format) && is_named(key)).collect()
}

/// The format's default keys whose categories the charter has, and the page the `services`. What a website calls a service
/// in Klaro has the letters of one of the `owners`.
fn keys(
    format: Format,
    categories: &[CategoryDocument],
    services: &[&str],
    owners: &str,
) -> BTreeMap<String, KeyTarget> {
    let has = |id: &str| categories.iter().any(|category| category.id.as_deref() == Some(id));
    let is_owner = |key: &str| owners.contains(&fold(key).replace(' ', ""));
    let is_meant = |key: &str| match format {
        Format::Klaro => is_owner(key),
        _ => !has_keys_by_service(format) || services.contains(&key),
    };
    let table = format.default_keys().iter().filter(|(key, id)| has(id) && is_meant(key));
    table.map(|(key, id)| ((*key).to_owned(), KeyTarget::One((*id).to_owned()))).collect()
}

/// `rivals`: further formats, one of whose cookies the page declares. `gated`: categories that need consent. The message
/// names the categories that no key grants, because their cookies would never pass.
fn decision(
    format: Format,
    cookie: &str,
    rivals: &[&str],
    gated: &[&str],
    keys: &BTreeMap<String, KeyTarget>,
) -> Option<String> {
    if gated.is_empty() && rivals.is_empty() {
        return None;
    }
    let mut message = format!("the choice is read from `{cookie}`, as {} writes it", format.word());
    if !rivals.is_empty() {
        let _ = write!(message, "; it may be {}'s", rivals.join("'s or "));
    }
    let is_granted =
        |id: &&&str| keys.values().any(|target| matches!(target, KeyTarget::One(granted) if granted == **id));
    let (granted, never): (Vec<&str>, Vec<&str>) = gated.iter().partition(|id| is_granted(id));
    if !granted.is_empty() {
        let _ = write!(message, "; check that its keys mean what is written here ({})", granted.join(", "));
    }
    if !never.is_empty() {
        let _ = write!(message, "; no key grants {}: map one to each in `[consent.keys]`", never.join(", "));
        if let KnownKeys::Only(known) = format.known_keys() {
            let _ = write!(message, " (it has {})", known.join(", "));
        }
    }
    Some(message)
}

/// Six months, or the lifetime that the page gives to the choice's cookie if that is shorter.
fn valid_for(cookies: &[CookieDocument], cookie: &str) -> String {
    let seconds = |text: &str| match text.parse() {
        Ok(Lifetime::Seconds(seconds)) => Some(seconds),
        Ok(Lifetime::Session) | Err(_) => None,
    };
    let declared = cookies
        .iter()
        .find(|known| known.name.as_deref() == Some(cookie))
        .and_then(|cookie| cookie.lifetime.as_deref());
    let shorter = declared.filter(|text| seconds(text) < seconds(MONTHS_6) && seconds(text).is_some());
    shorter.unwrap_or(MONTHS_6).to_owned()
}
