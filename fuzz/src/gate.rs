//! Messages before the gate, one after the other, NUL between them. The first byte of each chooses what is no cookie; the rest
//! is the `Cookie` field and, behind it, one `Set-Cookie` line after each LF.
//!
//! One gate caches and one does not. Both must come to the same, and what leaves is held against the charter.

use std::sync::Arc;

use octroi::cookie::UnixTime;
use octroi::gate::{Caching, Fields, Gate, Leaving, RequestOutcome, RequestView, ResponseOutcome, ResponseView};
use octroi::inventory::Inventory;
use octroi::policy::Direction;
use octroi::snapshot::{Site, Snapshot};
use octroi::telemetry::Metrics;

use crate::charter::{CONSENT_COOKIE, Says};
use crate::cookie_pairs::split;
use crate::exchange;
use crate::reading::{self, NOW, bare};

/// What browsers send that want a page.
const NAVIGATION: [(&str, &str); 2] = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];

thread_local! {
    static SITES: Snapshot = exchange::sites(&Metrics::new());
}

/// A request and its response.
struct Message<'a> {
    report_only: bool,
    strip_all: bool,
    gpc: bool,
    navigation: bool,
    get: bool,
    later: bool,
    cookies: Option<&'a [u8]>,
    lines: Vec<&'a [u8]>,
    unreadable: usize,
}

struct Head(&'static [(&'static str, &'static str)]);

impl Fields for Head {
    fn values<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        self.0.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_bytes())
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn accept_html(&self) -> bool {
        false
    }
}

/// # Panics
/// If the caches change an outcome or a count, or something leaves that needs consent and has none.
pub fn check(data: &[u8]) {
    let inventories = [Inventory::default(), Inventory::default()];
    let [cached, uncached] = [(&inventories[0], Caching::On), (&inventories[1], Caching::Off)]
        .map(|(inventory, caching)| Gate::new(inventory.recorder(), caching));
    SITES.with(|sites| {
        for message in data.split(|byte| *byte == 0).filter_map(Message::read) {
            let host = if message.report_only { "report.test" } else { "enforce.test" };
            let site = sites.site(host).expect("a site");
            let outcome = message.pass(&cached, site, host);
            assert_eq!(outcome, message.pass(&uncached, site, host));
            message.check_request(&outcome.0);
            message.check_response(&outcome.1);
        }
        cached.tick();
        uncached.tick();
        for site in sites.sites() {
            let [counted, expected] = inventories.each_ref().map(|inventory| counts(inventory, &site.name));
            assert_eq!(counted, expected);
        }
    });
}

/// How often each name was seen, in requests and in responses.
fn counts(inventory: &Inventory, site: &str) -> Vec<(String, [u64; 2])> {
    let names = inventory.snapshot(site).names.into_iter();
    names.map(|(name, seen)| (name, Direction::ALL.map(|direction| seen.direction(direction).count()))).collect()
}

impl<'a> Message<'a> {
    /// `None` if it could not come through HTTP.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (choice, rest) = bytes.split_first()?;
        let bit = |number: u8| choice >> number & 1 == 1;
        let is_fine = |line: &&[u8]| !line.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t');
        let mut lines = rest.split(|byte| *byte == b'\n').map(bare);
        let cookies = lines.next().filter(|_| bit(0));
        let (lines, broken): (Vec<_>, Vec<_>) = lines.partition(is_fine);
        cookies.iter().all(is_fine).then_some(Self {
            report_only: bit(1),
            strip_all: bit(2),
            gpc: bit(3),
            navigation: bit(4),
            get: !bit(5),
            later: bit(6),
            cookies,
            lines,
            unreadable: broken.len(),
        })
    }

    fn path(&self) -> &'static str {
        if self.strip_all { "/static/a" } else { "/a/b" }
    }

    fn pass(&self, gate: &Gate, site: &Arc<Site>, host: &str) -> (RequestOutcome, ResponseOutcome) {
        let now = UnixTime(NOW + i64::from(self.later));
        let request = RequestView {
            cookies: self.cookies,
            gpc: self.gpc,
            path: self.path(),
            is_get: self.get,
            is_anonymous: self.get && self.cookies.is_none(),
            https: true,
            behind_a_proxy: false,
            fields: &Head(if self.navigation { &NAVIGATION } else { &[] }),
        };
        let asked = gate.request(site, &request, now);
        let response = ResponseView {
            host,
            path: self.path(),
            set_cookies: self.lines.iter().copied(),
            unreadable: self.unreadable,
            fields: &Head(&[]),
            random: || 0,
        };
        let answered = gate.response(site, &asked, &response, now);
        (asked, answered)
    }

    /// What the request's choice says.
    fn said(&self) -> Says {
        let pairs = split(self.cookies.unwrap_or_default());
        Says::of(pairs.into_iter().filter(|(_, name, _)| *name == Some(CONSENT_COOKIE)).map(|(_, _, value)| value))
    }

    fn check_request(&self, outcome: &RequestOutcome) {
        let came = self.cookies.unwrap_or_default();
        let left = match outcome.leaving() {
            Leaving::Unchanged => came,
            Leaving::Rewritten(field) => field,
            Leaving::Nothing => &[],
        };
        if self.report_only {
            return assert!(split(left) == split(came), "{}", left.escape_ascii());
        }
        let (says, left) = (self.said(), split(left));
        let may_pass = |name: Option<&[u8]>| name.is_some_and(|name| says.standing(name).passes);
        let kept: Vec<_> = split(came).into_iter().filter(|(_, name, _)| may_pass(*name)).collect();
        // The oracle reads choices as of now and knows no GPC: either can only take from what passes, or is not sure.
        if says.sure && !self.gpc && !self.later {
            assert_eq!(left, kept);
        } else if !self.later {
            assert!(left.iter().all(|pair| kept.contains(pair)), "{left:?}");
        }
    }

    fn check_response(&self, outcome: &ResponseOutcome) {
        let choices = self.lines.iter().filter_map(|line| Some((line, reading::name_and_value(line)?)));
        let says =
            choices.filter(|(_, (name, _))| *name == CONSENT_COOKIE).fold(self.said(), |says, (line, (_, value))| {
                let deleted = reading::deletes(line);
                says.and(if deleted { Says::of([]) } else { Says::of([value]) })
            });
        assert_eq!(outcome.lines.len(), self.lines.len());
        for (line, judged) in self.lines.iter().zip(&outcome.lines) {
            let name = reading::name_and_value(line).map(|(name, _)| name);
            let is_gated = !self.strip_all && !name.is_some_and(|name| says.standing(name).exempt);
            assert!(self.report_only || !is_gated || outcome.is_private, "{} is shared", line.escape_ascii());
            match &judged.leaving {
                leaving if self.report_only => assert_eq!(*leaving, Leaving::Unchanged),
                Leaving::Nothing => {}
                _ if self.strip_all => panic!("{} was set under a stripped path", line.escape_ascii()),
                leaving => {
                    let left = if let Leaving::Rewritten(left) = leaving { left } else { *line };
                    let passes = name.is_some_and(|name| says.standing(name).passes) || self.later;
                    let same = reading::name_and_value(left).map(|(name, _)| name) == name;
                    assert!(same && (passes || reading::deletes(left)), "{} left", left.escape_ascii());
                }
            }
        }
        self.check_deletions(outcome);
    }

    /// octroi's own lines delete what the request brought and may not have, and do nothing else.
    fn check_deletions(&self, outcome: &ResponseOutcome) {
        let (says, due) = (self.said(), self.navigation && self.get && !self.report_only);
        let pairs = split(self.cookies.unwrap_or_default());
        for line in &outcome.deletions {
            let read = reading::name_and_value(line);
            let name = read.map(|(name, _)| name);
            let stripped = pairs.iter().any(|(_, found, _)| *found == name);
            let passes = name.is_some_and(|name| says.standing(name).passes);
            let allowed = says.sure && !self.gpc && !self.later && passes;
            let empty = read.is_none_or(|(_, value)| value.is_empty());
            assert!(due && outcome.is_private && empty && stripped && !allowed, "{}", line.escape_ascii());
            assert!(reading::deletes(line), "{} does not delete", line.escape_ascii());
        }
    }
}
