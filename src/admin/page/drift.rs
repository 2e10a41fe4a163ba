//! What the charter does not name, with the lines that would declare it; what it names otherwise than the portal does.
//!
//! The inventory says what was seen, the charter what is declared. An entry that is offered for copying is written by the code
//! that writes charters, so it can be read back.

use super::moment;
use super::words::{Words, filled};
use crate::charter::{
    CharterDocument, Comments, CookieDocument, DeclaredCookie, KeyPath, Lifetime, NamePattern, Need, tracker_owner,
};
use crate::cookie::{FOLD_MARK, UnixTime};
use crate::inventory::{Frequency, Seen, SeenAttributes, SiteInventory, VerdictCounts, name_bytes};
use crate::snapshot::Site;

/// Names that are shown of one site; `/cookies` has them all.
const MOST: usize = 50;

/// What differs between a charter and what was seen.
pub(super) struct Drift {
    /// What the charter does not name, what the portal sets first.
    pub(super) undeclared: Vec<Undeclared>,
    /// How many more there are.
    pub(super) more: usize,
    /// What lives longer than the charter says, and is not shortened.
    pub(super) longer: Vec<Longer>,
    /// What the charter names and nobody has seen.
    pub(super) not_seen: Vec<String>,
}

/// A name that the charter does not have.
pub(super) struct Undeclared {
    /// As the inventory writes it: visible ASCII, with `*` for a part that varies.
    pub(super) name: String,
    /// Both directions, and the attributes that the portal's lines had.
    pub(super) seen: Seen,
    /// A `[[cookie]]` entry in TOML that declares it, in the strictest category, with a comment that asks for a
    /// decision.
    pub(super) lines: String,
}

/// A cookie that lives longer than it is declared to.
pub(super) struct Longer {
    pub(super) name: String,
    /// The declared and the seen lifetime.
    pub(super) text: String,
}

impl Drift {
    /// A name counts as undeclared for 24 hours after it was last seen so; `longer` and `not_seen` go back as far as
    /// the inventory.
    pub(super) fn of(site: &Site, seen: &SiteInventory, now: UnixTime, words: &Words) -> Self {
        let mut undeclared: Vec<_> = seen.names.iter().filter(|(_, seen)| seen.is_undeclared(now)).collect();
        let rank = |seen: &Seen| (seen.response.count(), seen.request.count());
        undeclared.sort_by_key(|(_, seen)| std::cmp::Reverse(rank(seen)));
        let shown = undeclared.iter().take(MOST).map(|(name, seen)| Undeclared {
            name: name.clone(),
            seen: seen.clone(),
            lines: lines(site, name, seen, words),
        });
        Self {
            more: undeclared.len().saturating_sub(MOST),
            undeclared: shown.collect(),
            longer: seen.names.iter().filter_map(|(name, seen)| longer(site, name, seen, words)).collect(),
            not_seen: super::not_seen(site, seen),
        }
    }
}

impl Drift {
    /// How many names are not shown, in words. `None` if all are shown.
    pub(super) fn more(&self, words: &Words) -> Option<String> {
        let more = u64::try_from(self.more).unwrap_or(u64::MAX);
        (more > 0).then(|| filled(words.drift.more, &[&words.number(more)]))
    }
}

impl Undeclared {
    /// What is known of it, each fact with its label; `stopped`: the word for what did not pass.
    pub(super) fn facts(&self, stopped: &str, words: &Words) -> Vec<(&'static str, String)> {
        let (of, seen) = (&words.drift, &self.seen);
        let mut facts = Vec::new();
        for (label, sightings) in [(of.set_by_portal, &seen.response), (of.sent_by_browsers, &seen.request)] {
            let VerdictCounts { pass, amend, delete, drop } = sightings.verdicts;
            let passed = words.number(pass.saturating_add(amend).saturating_add(delete));
            if sightings.count() > 0 {
                facts.push((label, filled(of.counts, &[&passed, &words.number(drop), stopped])));
            }
        }
        facts.extend(seen.last_seen().map(|at| (of.last_seen, moment(at))));
        facts.extend(seen.attributes.longest.map(|longest| (of.lifetime, longest.to_string())));
        let attributes = attributes(&seen.attributes);
        facts.extend(Some((of.attributes, attributes)).filter(|(_, text)| !text.is_empty()));
        facts.extend(seen.example_path.as_ref().map(|path| (of.page, path.as_str().to_owned())));
        facts
    }

    /// Whether the portal sets it and it did not pass: somebody may need it.
    pub(super) fn is_stopped(&self) -> bool {
        self.seen.response.verdicts.drop > 0
    }

    /// All its lines have `HttpOnly`, and no known tracker has this name.
    pub(super) fn looks_like_session(&self) -> bool {
        looks_like_session(&self.name, &self.seen)
    }
}

/// As a line writes them; `?` behind those that only some lines had.
fn attributes(seen: &SeenAttributes) -> String {
    let switches = [("Secure", seen.secure), ("HttpOnly", seen.http_only), ("Partitioned", seen.partitioned)];
    let switches = switches.into_iter().filter(|(_, frequency)| frequency.with);
    let switches =
        switches.map(|(name, frequency)| if frequency.without { format!("{name}?") } else { name.to_owned() });
    let lists = [("SameSite", &seen.same_site), ("Path", &seen.paths), ("Domain", &seen.domains)];
    let lists = lists.into_iter().map(|(name, words)| (name, words.iter().collect::<Vec<_>>().join(" | ")));
    let lists = lists.filter(|(_, words)| !words.is_empty() && words != "unset");
    switches.chain(lists.map(|(name, words)| format!("{name}={words}"))).collect::<Vec<_>>().join("; ")
}

/// Logins and the like are kept from scripts, and trackers' names are known.
fn looks_like_session(name: &str, seen: &Seen) -> bool {
    let Frequency { with, without } = seen.attributes.http_only;
    let is_tracker = || pattern(name).is_some_and(|(pattern, _)| tracker_owner(&pattern).is_some());
    with && !without && !is_tracker()
}

/// `None` too if the charter has octroi shorten the cookie (`cap`): then the visitor never gets the longer one.
fn longer(site: &Site, name: &str, seen: &Seen, words: &Words) -> Option<Longer> {
    let declaration = seen.response.last.and_then(|last| last.declaration)?;
    let cookie: &DeclaredCookie = site.charter.cookies.get(declaration)?;
    let (declared, longest) = (cookie.lifetime.filter(|_| !cookie.cap)?, seen.attributes.longest?);
    let is_longer = match (longest, declared) {
        (Lifetime::Seconds(_), Lifetime::Session) => true,
        (Lifetime::Seconds(longest), Lifetime::Seconds(declared)) => longest > declared,
        (Lifetime::Session, _) => false,
    };
    let text = filled(words.drift.lives, &[&declared.to_string(), &longest.to_string()]);
    is_longer.then(|| Longer { name: name.to_owned(), text })
}

/// The entry that would declare a name, in the category that asks for most consent: exempting a cookie is a person's decision.
fn lines(site: &Site, name: &str, seen: &Seen, words: &Words) -> String {
    let Some((pattern, bytes)) = pattern(name) else { return format!("# {}\n", words.drift.no_pattern) };
    let categories = &site.charter.categories;
    let strictest = categories.iter().find(|category| category.consent == Need::Required).or(categories.first());
    let mut cookie = CookieDocument {
        category: Some(strictest.map_or("necessary", |category| &category.id).to_owned()),
        provider: tracker_owner(&pattern).map(str::to_owned),
        lifetime: seen.attributes.longest.map(|longest| longest.to_string()),
        domain: only(seen.attributes.domains.iter()).filter(|domain| *domain != site.charter.site),
        path: only(seen.attributes.paths.iter()).filter(|path| path != "/"),
        ..CookieDocument::default()
    };
    let text = Some(pattern.text().to_owned());
    match &pattern {
        NamePattern::Exact(_) => cookie.name = text,
        NamePattern::Prefix(_) => cookie.prefix = text,
        NamePattern::Glob(_) => cookie.glob = text,
        NamePattern::Regex(_) => cookie.regex = text,
    }
    let mut comments = Comments::default();
    let at = KeyPath::default().key("cookie").index(0);
    if bytes.is_some() {
        comments.add(at.clone(), words.drift.odd_name);
    }
    let ids: Vec<_> = categories.iter().map(|category| category.id.as_str()).collect();
    comments.add(at.key("category"), filled(words.drift.decide, &[&ids.join(", ")]));
    let document = CharterDocument { charter: None, cookie: vec![cookie], ..CharterDocument::default() };
    document.to_toml(&comments).unwrap_or_default()
}

/// The only word, unless a part of it was folded.
fn only<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<String> {
    let first = words.next().filter(|word| !word.contains('*'))?;
    words.next().is_none().then(|| first.to_owned())
}

/// What covers the name as the inventory keeps it, and its bytes if they are not plain text; `None` if it would cover all.
fn pattern(shown: &str) -> Option<(NamePattern, Option<Vec<u8>>)> {
    let bytes = name_bytes(shown)?;
    let (stem, is_folded) = match bytes.strip_suffix(&[FOLD_MARK]) {
        Some(stem) => (stem, true),
        None => (&bytes[..], false),
    };
    if stem.is_empty() {
        return None;
    }
    let is_plain = stem.iter().all(u8::is_ascii_graphic);
    let text = String::from_utf8_lossy(stem).into_owned();
    Some(match (is_plain, is_folded) {
        (true, false) => (NamePattern::Exact(text), None),
        (true, true) => (NamePattern::Prefix(text), None),
        (false, _) => {
            let literal: String = stem.iter().map(|byte| escaped(*byte)).collect();
            let ending = if is_folded { ".*" } else { "" };
            (NamePattern::Regex(format!("{literal}{ending}")), Some(bytes))
        }
    })
}

/// A byte as regular expressions of charters write it.
fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("\\x{byte:02X}") }
}
