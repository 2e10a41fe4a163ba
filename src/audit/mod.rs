//! The audit: a browser's recording held against a charter.
//!
//! A recording (HAR) is read twice as a stream ([`recording`]): `survey` finds what must be known of the whole (whose site
//! it shows, what the visitor chose when), then `judge` puts each request and response before the [`crate::gate`], as the
//! proxy would, and writes what is seen into the `ledger`. `findings` says what that comes to, and [`report`] shows it.
//!
//! What it keeps is bounded, and never a value or a query.
//!
//! Nothing is asked of a network: the public suffix list is compiled in. The judgement is that of the charter alone,
//! enforced; whether a portal only reports makes no difference to what a browser recorded.

mod evidence;
mod findings;
mod judge;
mod ledger;
pub mod recording;
pub mod report;
mod survey;
mod timeline;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

pub use findings::FindingKind;
pub use judge::State;

use crate::charter::{Charter, DeclaredCookie, NamePattern, Problem};
use crate::config::{ConfigError, SiteConfig};
use crate::cookie::{is_within, site_of};
use crate::gate::{Caching, Gate};
use crate::inventory::Inventory;
use crate::policy::Policy;
use crate::snapshot::Site;
use judge::Judging;
use recording::{Call, RecordingFault, Source};
use report::Report;
use survey::Survey;

/// No cookie can have this name: it stands for a declaration that does not cover a host.
const NO_NAME: &str = "=";

/// A charter, ready to judge recordings. Recordings share it: none of them changes it.
pub struct Audit {
    /// The charter's own site.
    own: Arc<Site>,
    /// By the registrable domain for which the charter declares cookies.
    third_parties: BTreeMap<String, Arc<Site>>,
    /// Sites for which it declares none.
    unnamed: Arc<Site>,
    gate: Gate,
    state: State,
    charter: CharterFile,
}

/// A charter that no recording can be held against.
#[derive(Debug, thiserror::Error)]
pub enum CharterError {
    /// It cannot be read, or is faulty.
    #[error(transparent)]
    Faulty(#[from] ConfigError),
    /// Its declarations cannot be compiled for one third party.
    #[error("the charter's declarations cannot be compiled: {}", .0.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; "))]
    Uncompiled(Vec<Problem>),
}

impl From<Vec<Problem>> for CharterError {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Uncompiled(problems)
    }
}

/// The charter as it was read.
#[derive(Clone, Debug)]
pub struct CharterFile {
    /// As the caller named it.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl Audit {
    /// Takes up a charter. `read` reads it.
    ///
    /// # Errors
    /// The charter cannot be used: every problem, ready to print.
    pub fn new(path: &Path, state: State, read: &dyn Fn(&Path) -> io::Result<Vec<u8>>) -> Result<Self, CharterError> {
        let text = RefCell::new(Vec::new());
        let keeping = |path: &Path| read(path).inspect(|bytes| bytes.clone_into(&mut text.borrow_mut()));
        let own = SiteConfig::of_charter(path, &keeping)?;
        let declared = own.charter.cookies.iter().filter_map(|cookie| cookie.domain.as_deref());
        let domains: BTreeSet<_> = declared.map(|domain| site_of(&bare(domain)).to_owned()).collect();
        let of_domain = |domain: String| {
            let covering = covering(&own.charter, |cookie| is_within(&bare(cookie), &domain));
            Ok((domain, alone(&own.with_charter(covering)?)))
        };
        Ok(Self {
            third_parties: domains.into_iter().map(of_domain).collect::<Result<_, Vec<Problem>>>()?,
            unnamed: alone(&own.with_charter(covering(&own.charter, |_| false))?),
            gate: Gate::new(Inventory::default().recorder(), Caching::Off),
            state,
            charter: CharterFile {
                name: path.display().to_string(),
                text: String::from_utf8_lossy(&text.into_inner()).into_owned(),
            },
            own: alone(&own),
        })
    }

    /// Holds recordings against the charter, each on its own: it is another visitor's, or another day's. `progress`
    /// gets the number of bytes of each read, before decompression; each recording is read at least twice.
    ///
    /// A recording that cannot be read is a fault in the report, and no error: what came before it is judged.
    pub fn report(&self, sources: &[Source], progress: &dyn Fn(u64)) -> Report {
        let mut report = Report::new(self);
        for source in sources {
            let (survey, read) = Survey::of(self, source, progress);
            let mut judging = Judging::new(self, &survey);
            // What is cut short is judged as far as it goes, and the first reading has said where that is.
            let _ = recording::read(source, survey.foreknown, progress, &mut |call, entry, ways| {
                judging.call(call, entry, ways);
            });
            let is_empty = survey.calls == 0;
            let fault = read.err().or_else(|| is_empty.then_some(RecordingFault::Empty));
            report.add(self, source, &survey, &judging.ledger, fault.as_ref());
        }
        report.finish();
        report
    }

    fn charter(&self) -> &Charter {
        &self.own.charter
    }

    fn policy(&self) -> &Policy {
        &self.own.policy
    }

    /// What judges the cookies of another site's host.
    fn third_party(&self, host: &str) -> &Arc<Site> {
        self.third_parties.get(site_of(host)).unwrap_or(&self.unnamed)
    }

    /// Which of the charter's third parties another site's host belongs to.
    fn declared_party(&self, call: &Call) -> Option<usize> {
        let policies = self.own.page_policies.as_ref()?;
        let port = url::Url::parse(&call.url).ok().and_then(|url| url.port());
        policies.parties.find(&call.host, port).map(|(place, _)| place)
    }

    /// The cookies that the charter declares for another site's host.
    fn declared_at<'a>(&'a self, host: &'a str) -> impl Iterator<Item = &'a DeclaredCookie> {
        let covers = move |domain: &String| is_within(host, &bare(domain)) || is_within(&bare(domain), site_of(host));
        self.charter().cookies.iter().filter(move |cookie| cookie.domain.as_ref().is_some_and(covers))
    }
}

/// A domain as it is compared: in lower case, without the leading `.` or `*.` of charters.
fn bare(domain: &str) -> String {
    domain.trim_start_matches(['*', '.']).to_ascii_lowercase()
}

/// The policy for another site's cookies: the same charter, whose declarations cover only what they name a domain for. The
/// declarations keep their places, and the keys of the choice their numbers.
fn covering(charter: &Charter, covers: impl Fn(&str) -> bool) -> Charter {
    let mut charter = charter.clone();
    charter.infrastructure.clear();
    for cookie in &mut charter.cookies {
        if !cookie.domain.as_deref().is_some_and(&covers) {
            cookie.name = NamePattern::Exact(NO_NAME.to_owned());
        }
    }
    charter
}

fn alone(config: &SiteConfig) -> Arc<Site> {
    Arc::new(Site::alone(config))
}
