//! The audit: compares a browser's recording with a charter.
//!
//! A recording (HAR) is read twice as a stream ([`recording`]). First, `survey` finds what depends on the whole recording:
//! the site, and the visitor's choice over time. Then `judge` passes each request and response through the
//! [`crate::gate`], as the proxy does, and records the results in the `ledger`. `findings` derives the findings from them,
//! and [`report`] shows them.
//!
//! Memory is bounded. No cookie value and no query is shown.
//!
//! Nothing is sent over a network: the public suffix list is compiled in. Cookies are judged by the charter alone, as if
//! it were enforced, even if the portal only reports.

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
use judge::EntryJudge;
use recording::{Call, RecordingFault, Source};
use report::Report;
use survey::Survey;

/// The name of a declaration that does not cover a host: no cookie can have it.
const NO_NAME: &str = "=";

/// A charter, ready to judge any number of recordings.
pub struct Audit {
    /// The charter's own site.
    own: Arc<Site>,
    /// What judges the cookies of another site, by each registrable domain for which the charter declares cookies.
    third_parties: BTreeMap<String, Arc<Site>>,
    /// What judges the cookies of sites for which it declares none.
    undeclared: Arc<Site>,
    gate: Gate,
    state: State,
    charter: CharterFile,
}

/// Why a charter cannot be used for an audit.
#[derive(Debug, thiserror::Error)]
pub enum CharterError {
    /// It cannot be read, or is faulty.
    #[error(transparent)]
    Faulty(#[from] ConfigError),
    /// Its declarations cannot be compiled for a third party.
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
    /// Its content. Bytes that are not UTF-8 are replaced.
    pub text: String,
}

impl Audit {
    /// Compiles the charter of the file `path`, which `read` reads.
    ///
    /// # Errors
    /// The charter cannot be read or is faulty: every problem, ready to print.
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
            undeclared: alone(&own.with_charter(covering(&own.charter, |_| false))?),
            gate: Gate::new(Inventory::default().recorder(), Caching::Off),
            state,
            charter: CharterFile {
                name: path.display().to_string(),
                text: String::from_utf8_lossy(&text.into_inner()).into_owned(),
            },
            own: alone(&own),
        })
    }

    /// Judges recordings, each on its own: two may be of different visitors or days. `progress` gets the number of bytes
    /// of each read, before decompression; each recording is read at least twice.
    ///
    /// A recording that cannot be read to its end is a fault in the report, not an error: the entries read are judged.
    pub fn report(&self, sources: &[Source], progress: &dyn Fn(u64)) -> Report {
        let mut report = Report::new(self);
        for source in sources {
            let (survey, read) = Survey::of(self, source, progress);
            let mut judge = EntryJudge::new(self, &survey);
            // The first reading has reported the fault, if there is one; the entries before it are judged.
            let _ = recording::read(source, survey.hints, progress, &mut |call, entry, behaviour| {
                judge.call(call, entry, behaviour);
            });
            let is_empty = survey.calls == 0;
            let fault = read.err().or_else(|| is_empty.then_some(RecordingFault::Empty));
            report.add(self, source, &survey, &judge.ledger, fault.as_ref());
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
        self.third_parties.get(site_of(host)).unwrap_or(&self.undeclared)
    }

    /// The index of the charter's third party to which another site's host belongs.
    fn declared_party(&self, call: &Call) -> Option<usize> {
        let policies = self.own.page_policies.as_ref()?;
        let port = url::Url::parse(&call.url).ok().and_then(|url| url.port());
        policies.parties.find(&call.host, port).map(|(index, _)| index)
    }

    /// The cookies that the charter declares for another site's host.
    fn declared_at<'a>(&'a self, host: &'a str) -> impl Iterator<Item = &'a DeclaredCookie> {
        let covers = move |domain: &String| is_within(host, &bare(domain)) || is_within(&bare(domain), site_of(host));
        self.charter().cookies.iter().filter(move |cookie| cookie.domain.as_ref().is_some_and(covers))
    }
}

/// A charter's domain as it is compared: in lower case, without a leading `.` or `*.`.
fn bare(domain: &str) -> String {
    domain.trim_start_matches(['*', '.']).to_ascii_lowercase()
}

/// The charter for another site's cookies: a declaration applies only if `covers` holds for its domain. Declarations and
/// keys of the choice keep their indexes.
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
