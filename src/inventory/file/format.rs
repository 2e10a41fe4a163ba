//! The content of the file: JSON, as docs/inventory.md describes it. Decisions on names are not stored: the charter in force
//! judges them again.
//!
//! Keys that this version does not know are ignored, so that a later one may add some.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::disk::{DiskError, LARGEST};
use crate::charter::{Lifetime, PartyHost};
use crate::cookie::{FoldedPath, MAX_FOLDED_NAME, UnixTime};
use crate::inventory::attributes::{SAME_SITE, is_domain};
use crate::inventory::names::Names;
use crate::inventory::sites::{SeenBySite, SeenOnSite};
use crate::inventory::{
    Directives, Frequency, ReportedHost, Seen, SeenAttributes, Sightings, VerdictCounts, Words, name_bytes, shown,
};
use crate::party::Directive;

const FORMAT: &str = "octroi-inventory";
const VERSION: u32 = 1;

/// The lifetime of a cookie that ends with the browser's session.
const SESSION: &str = "session";

/// Why a file cannot be used as an inventory.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoInventory {
    #[error("it is larger than {} MiB", LARGEST >> 20)]
    TooLarge,
    /// It is not JSON, or a key has a value of another type.
    #[error("it is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    #[error("it is another program's: `\"format\": \"{FORMAT}\"` is missing")]
    Foreign,
    /// A later octroi wrote it.
    #[error("it has version {0}, and this octroi reads version {VERSION}")]
    Version(u32),
    /// A name is longer than any folded one, or has a bad escape.
    #[error("it is damaged: `{0}` is not a cookie's name")]
    Name(String),
    #[error("it is damaged: `{0}` is not a host name")]
    Host(String),
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
}

#[derive(Deserialize, Serialize)]
struct Document {
    format: String,
    version: u32,
    /// When it was written, for people; octroi does not use it.
    written: Option<Moment>,
    sites: Vec<SiteDocument>,
}

/// A site by its name in the configuration.
#[derive(Deserialize, Serialize)]
struct SiteDocument {
    site: String,
    /// Sightings of names that are not listed.
    #[serde(default)]
    unlisted_sightings: u64,
    names: Vec<NameDocument>,
    #[serde(default)]
    unlisted_reports: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reported_hosts: Vec<HostDocument>,
}

/// A name as [`shown`] writes it, and what is known of it.
#[derive(Deserialize, Serialize)]
struct NameDocument {
    name: String,
    first_seen: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    request: Option<SightingsDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response: Option<SightingsDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attributes: Option<AttributesDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    example_path: Option<String>,
}

/// One direction, and how often each verdict was given.
#[derive(Clone, Copy, Deserialize, Serialize)]
struct SightingsDocument {
    last_seen: Moment,
    #[serde(default)]
    pass: u64,
    #[serde(default)]
    amend: u64,
    #[serde(default)]
    delete: u64,
    #[serde(default)]
    drop: u64,
}

#[derive(Deserialize, Serialize)]
struct HostDocument {
    host: String,
    first_seen: Moment,
    last_seen: Moment,
    reports: u64,
    #[serde(default)]
    directives: Vec<String>,
}

/// Words as [`Frequency::word`] writes them, and lists.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct AttributesDocument {
    secure: Option<String>,
    http_only: Option<String>,
    partitioned: Option<String>,
    same_site: Vec<String>,
    paths: Vec<String>,
    domains: Vec<String>,
    longest_lifetime: Option<LifetimeDocument>,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum LifetimeDocument {
    Seconds(u32),
    /// `session`
    Word(String),
}

/// A moment in RFC 3339.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
struct Moment(UnixTime);

impl TryFrom<String> for Moment {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(|at: jiff::Timestamp| Self(UnixTime(at.as_second())))
    }
}

impl From<Moment> for String {
    fn from(Moment(at): Moment) -> Self {
        jiff::Timestamp::from_second(at.0).unwrap_or_default().to_string()
    }
}

/// Reads the content of a file. A first time after `now`, of another clock, counts as `now`.
///
/// # Errors
/// It is not an inventory of this version: the reason, for the log. Nothing of it is used then.
pub(super) fn read(content: &[u8], now: UnixTime) -> Result<SeenBySite, NoInventory> {
    if u64::try_from(content.len()).is_ok_and(|length| length > LARGEST) {
        return Err(NoInventory::TooLarge);
    }
    let head: Head = serde_json::from_slice(content)?;
    if head.format != FORMAT {
        return Err(NoInventory::Foreign);
    }
    if head.version != VERSION {
        return Err(NoInventory::Version(head.version));
    }
    let document: Document = serde_json::from_slice(content)?;
    let mut sites = SeenBySite::new();
    for site in document.sites {
        let SeenOnSite { names, hosts } = sites.entry(Arc::from(site.site)).or_default();
        names.absorb_unlisted(site.unlisted_sightings);
        for name in &site.names {
            absorb(names, name, now)?;
        }
        hosts.absorb_unlisted(site.unlisted_reports);
        for host in &site.reported_hosts {
            hosts.absorb(&host.named()?, &host.reported(now), now);
        }
    }
    Ok(sites)
}

fn absorb(names: &mut Names, document: &NameDocument, now: UnixTime) -> Result<(), NoInventory> {
    let name = name_bytes(&document.name).filter(|name| name.len() <= MAX_FOLDED_NAME);
    let name = name.ok_or_else(|| NoInventory::Name(shown(document.name.as_bytes())))?;
    let seen = Seen {
        first_seen: document.first_seen.0.min(now),
        request: document.request.as_ref().map(SightingsDocument::sightings).unwrap_or_default(),
        response: document.response.as_ref().map(SightingsDocument::sightings).unwrap_or_default(),
        attributes: document.attributes.as_ref().map(AttributesDocument::attributes).unwrap_or_default(),
        example_path: document.example_path.as_ref().and_then(|path| FoldedPath::of(path.as_bytes())),
    };
    names.absorb(&name, &seen, now);
    Ok(())
}

/// The content of a file, sorted, so that two files can be compared.
///
/// # Errors
/// The serialisation fails, which no known content causes.
pub(super) fn write(sites: &SeenBySite, now: UnixTime) -> Result<Vec<u8>, DiskError> {
    let mut sites: Vec<_> = sites.iter().map(|(site, seen)| SiteDocument::new(site, seen)).collect();
    sites.sort_unstable_by(|one, other| one.site.cmp(&other.site));
    let document = Document { format: FORMAT.to_owned(), version: VERSION, written: Some(Moment(now)), sites };
    let mut content = serde_json::to_vec_pretty(&document)?;
    content.push(b'\n');
    Ok(content)
}

impl SiteDocument {
    fn new(site: &str, SeenOnSite { names, hosts }: &SeenOnSite) -> Self {
        let mut documents: Vec<_> = names.iter().map(|(name, seen)| NameDocument::new(name, seen)).collect();
        documents.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        Self {
            site: site.to_owned(),
            unlisted_sightings: names.unlisted(),
            names: documents,
            unlisted_reports: hosts.unlisted(),
            reported_hosts: hosts.sorted().iter().map(|(host, seen)| HostDocument::new(host, seen)).collect(),
        }
    }
}

impl HostDocument {
    fn new(host: &PartyHost, seen: &ReportedHost) -> Self {
        Self {
            host: host.to_string(),
            first_seen: Moment(seen.first_seen),
            last_seen: Moment(seen.last_seen),
            reports: seen.reports,
            directives: seen.directives.iter().map(|directive| directive.as_str().to_owned()).collect(),
        }
    }

    fn named(&self) -> Result<PartyHost, NoInventory> {
        let host = self.host.parse().ok().filter(|host: &PartyHost| !host.is_wildcard);
        host.ok_or_else(|| NoInventory::Host(shown(self.host.as_bytes())))
    }

    fn reported(&self, now: UnixTime) -> ReportedHost {
        let mut directives = Directives::default();
        self.directives.iter().for_each(|name| directives.add(Directives::one(Directive::read(name))));
        ReportedHost {
            first_seen: self.first_seen.0.min(now),
            last_seen: self.last_seen.0,
            reports: self.reports,
            directives,
        }
    }
}

impl NameDocument {
    fn new(name: &[u8], seen: &Seen) -> Self {
        Self {
            name: shown(name),
            first_seen: Moment(seen.first_seen),
            request: SightingsDocument::new(&seen.request),
            response: SightingsDocument::new(&seen.response),
            attributes: (!seen.attributes.is_empty()).then(|| AttributesDocument::new(&seen.attributes)),
            example_path: seen.example_path.as_ref().map(|path| path.as_str().to_owned()),
        }
    }
}

impl SightingsDocument {
    fn new(sightings: &Sightings) -> Option<Self> {
        let VerdictCounts { pass, amend, delete, drop } = sightings.verdicts;
        sightings.last_seen.map(|last_seen| Self { last_seen: Moment(last_seen), pass, amend, delete, drop })
    }

    fn sightings(&self) -> Sightings {
        let Self { last_seen, pass, amend, delete, drop } = *self;
        Sightings::kept(VerdictCounts { pass, amend, delete, drop }, Some(last_seen.0))
    }
}

impl AttributesDocument {
    fn new(seen: &SeenAttributes) -> Self {
        let frequency = |frequency: Frequency| frequency.word().map(str::to_owned);
        let words = |words: &Words| words.iter().map(str::to_owned).collect();
        Self {
            secure: frequency(seen.secure),
            http_only: frequency(seen.http_only),
            partitioned: frequency(seen.partitioned),
            same_site: words(&seen.same_site),
            paths: words(&seen.paths),
            domains: words(&seen.domains),
            longest_lifetime: seen.longest.map(|longest| match longest {
                Lifetime::Session => LifetimeDocument::Word(SESSION.to_owned()),
                Lifetime::Seconds(seconds) => LifetimeDocument::Seconds(seconds),
            }),
        }
    }

    /// The attributes; words that octroi does not write are left out.
    fn attributes(&self) -> SeenAttributes {
        let frequency = |word: &Option<String>| word.as_deref().and_then(Frequency::read).unwrap_or_default();
        let same_site = self.same_site.iter().filter(|word| SAME_SITE.contains(&word.as_str()));
        let domains = self.domains.iter().filter(|domain| *domain == "*" || is_domain(domain));
        let paths = self.paths.iter().filter_map(|path| FoldedPath::of(path.as_bytes()));
        SeenAttributes {
            secure: frequency(&self.secure),
            http_only: frequency(&self.http_only),
            partitioned: frequency(&self.partitioned),
            same_site: same_site.collect(),
            paths: paths.collect(),
            domains: domains.collect(),
            longest: match &self.longest_lifetime {
                Some(LifetimeDocument::Seconds(seconds)) => Some(Lifetime::Seconds(*seconds)),
                Some(LifetimeDocument::Word(word)) if word == SESSION => Some(Lifetime::Session),
                Some(LifetimeDocument::Word(_)) | None => None,
            },
        }
    }
}
