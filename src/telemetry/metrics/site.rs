//! The handles of one site. All are resolved when its snapshot is built; recording looks nothing up by name.
//!
//! A [`SiteMetrics`] belongs to a site of a snapshot; the next snapshot resolves the same series, which count on.

use std::sync::Arc;
use std::time::Duration;

use prometheus::IntGauge;

use super::families::Families;
use super::histogram::Histogram;
use super::in_force::{InForce, PolicyInForce};
use super::labels::{Label, Outcome, PageRewrite, Protocol, ReportResult, StatusClass, Table, UpstreamEvent};
use super::sharded::Counter;
use super::third_parties::PartyCounters;
use crate::consent::{Choices, Format, Reading};
use crate::party::{Decision, Parties};
use crate::policy::{CategoryId, ConsentLevel, Direction, Enforcement, Judgement, Reason};

/// A category as the metrics call it.
pub(super) struct CategoryLabel<'a> {
    /// Its number in the policy.
    pub(super) id: CategoryId,
    /// Its id in the charter, or octroi's own word.
    pub(super) label: &'a str,
    /// The one that holds: the category's, or the site's.
    pub(super) enforcement: Enforcement,
}

/// By consent, protocol and the class of the status.
type Requests = Table<ConsentLevel, Table<Protocol, Table<StatusClass, Counter>>>;

/// The resolved handles of one site.
#[derive(Debug)]
pub struct SiteMetrics {
    /// By [`CategoryId::index`].
    cookies: Box<[Option<CookieCounters>]>,
    requests: Requests,
    request_seconds: Histogram,
    upstream_events: UpstreamEvents,
    upstream_seconds: Histogram,
    upstream_connect_seconds: Histogram,
    /// By the banner's position in the charter; none came, and nothing is counted, if the reading is absent.
    readings: Box<[Table<Reading, Counter>]>,
    undated: Counter,
    unknown_keys: Counter,
    undeclared: Table<Direction, IntGauge>,
    /// If the charter speaks of third parties.
    third_parties: Option<PartyCounters>,
    _in_force: PolicyInForce,
}

impl SiteMetrics {
    /// Resolves every handle, so that each series is there from the start, at zero.
    pub(super) fn resolve(
        families: &Families,
        in_force: &InForce,
        site: &str,
        categories: &[CategoryLabel<'_>],
        formats: &[Format],
        third_parties: Option<PartyCounters>,
        charter_hash: &str,
    ) -> Self {
        let mut cookies: Box<[Option<CookieCounters>]> = (0..CategoryId::COUNT).map(|_| None).collect();
        for category in categories {
            if let Some(place) = cookies.get_mut(category.id.index()) {
                *place = Some(CookieCounters::resolve(families, site, category));
            }
        }
        Self {
            cookies,
            requests: resolve_requests(families, site),
            request_seconds: families.request_seconds.of_site(site),
            upstream_events: UpstreamEvents::resolve(families, site),
            upstream_seconds: families.upstream_seconds.of_site(site),
            upstream_connect_seconds: families.upstream_connect_seconds.of_site(site),
            readings: formats.iter().map(|format| resolve_readings(families, site, *format)).collect(),
            undated: families.undated.with_label_values(&[site]),
            unknown_keys: families.unknown_keys.with_label_values(&[site]),
            undeclared: Table::new(|direction: Direction| {
                families.undeclared.with_label_values(&[site, direction.as_str()])
            }),
            third_parties,
            _in_force: in_force.begin(site, charter_hash),
        }
    }

    /// Counts a number of judged cookies with the same verdict and reason.
    pub fn cookie(&self, direction: Direction, judgement: &Judgement, times: u32) {
        if let Some(counter) = self.cookie_counter(direction, judgement) {
            counter.inc_by(times.into());
        }
    }

    fn cookie_counter(&self, direction: Direction, judgement: &Judgement) -> Option<&Counter> {
        let category = self.cookies.get(judgement.category.index())?.as_ref()?;
        category.get(direction, Outcome::new(direction, judgement.verdict), judgement.reason)
    }

    /// Counts what came of reading each banner's cookies, and what is odd in it: no date, a key that the policy does not
    /// know.
    pub fn choices(&self, choices: &Choices) {
        for (choice, readings) in choices.iter().zip(&self.readings) {
            if choice.reading == Reading::Absent {
                continue;
            }
            if let Some(counter) = readings.get(choice.reading) {
                counter.inc();
            }
            if choice.is_undated() {
                self.undated.inc();
            }
            if choice.other_key {
                self.unknown_keys.inc();
            }
        }
    }

    /// Counts a page by what its browser was told of third parties.
    pub fn page(&self, parties: &Parties, decision: Decision) {
        if let Some(counters) = &self.third_parties {
            counters.count(parties, decision);
        }
    }

    /// Counts a request for a path of the site that belongs to the third party with this index in the charter.
    pub fn third_party_request(&self, party: usize, is_held: bool) {
        if let Some(counters) = &self.third_parties {
            counters.count_request(party, is_held);
        }
    }

    /// Counts a page that was to be rewritten, by what became of it.
    pub fn page_rewrite(&self, result: PageRewrite) {
        if let Some(counters) = &self.third_parties {
            counters.rewrite(result);
        }
    }

    /// Notes how long a page was rewritten for.
    pub fn page_rewrite_time(&self, duration: Duration) {
        if let Some(counters) = &self.third_parties {
            counters.rewrite_time(duration);
        }
    }

    /// Counts a browser's report on one of the site's pages.
    pub fn report(&self, result: ReportResult) {
        if let Some(counters) = &self.third_parties {
            counters.count_report(result);
        }
    }

    /// The counters of what happens on the way to the portal.
    pub fn upstream_events(&self) -> &UpstreamEvents {
        &self.upstream_events
    }

    /// Notes how long the portal took from the request's end to the head of its response, and to let a new connection
    /// in if one was opened.
    pub fn upstream_response(&self, waited: Duration, connected_in: Option<Duration>) {
        self.upstream_seconds.observe(waited);
        if let Some(connected_in) = connected_in {
            self.upstream_connect_seconds.observe(connected_in);
        }
    }

    /// Counts one finished request. `duration`: from the head of the request to the last byte of the response.
    pub fn request(&self, status: u16, version: http::Version, consent: ConsentLevel, duration: Duration) {
        let protocols = self.requests.get(consent);
        let classes = protocols.and_then(|protocols| protocols.get(version.into()));
        if let Some(counter) = classes.and_then(|classes| classes.get(status.into())) {
            counter.inc();
        }
        self.request_seconds.observe(duration);
    }

    /// Sets how many undeclared names the inventory holds.
    pub fn undeclared(&self, direction: Direction, names: usize) {
        if let Some(gauge) = self.undeclared.get(direction) {
            gauge.set(i64::try_from(names).unwrap_or(i64::MAX));
        }
    }

    /// The cookies counted so far in one category and direction: those that passed in any form, and those that did not.
    /// `None` if the policy has no such category.
    pub fn cookies(&self, category: CategoryId, direction: Direction) -> Option<Counted> {
        Some(self.cookies.get(category.index())?.as_ref()?.counted(direction))
    }
}

/// The counters of what happens on the way to one portal. Cheap to clone.
#[derive(Clone, Debug)]
pub struct UpstreamEvents(Arc<Table<UpstreamEvent, Counter>>);

impl UpstreamEvents {
    fn resolve(families: &Families, site: &str) -> Self {
        let counter = |event: UpstreamEvent| families.upstream_events.with_label_values(&[site, event.as_str()]);
        Self(Arc::new(Table::new(counter)))
    }

    /// Counters that nobody scrapes.
    #[cfg(test)]
    pub(crate) fn unregistered() -> Self {
        Self::resolve(&Families::register(&prometheus::Registry::new()), "site")
    }

    /// Counts one.
    pub fn count(&self, event: UpstreamEvent) {
        if let Some(counter) = self.0.get(event) {
            counter.inc();
        }
    }
}

/// Cookies of one category that went one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// As they were, amended, or as a deletion.
    pub passed: u64,
    /// Dropped or stripped; under report-only, those that would have been.
    pub stopped: u64,
}

fn resolve_readings(families: &Families, site: &str, format: Format) -> Table<Reading, Counter> {
    Table::new(|reading: Reading| families.readings.with_label_values(&[site, format.word(), reading.as_str()]))
}

fn resolve_requests(families: &Families, site: &str) -> Requests {
    Table::new(|consent: ConsentLevel| {
        Table::new(|protocol: Protocol| {
            Table::new(|class: StatusClass| {
                let labels = [site, class.as_str(), protocol.as_str(), consent.as_str()];
                families.requests.with_label_values(&labels)
            })
        })
    })
}

/// The counters of one category, side by side: one is found in one step. `None` if direction, outcome and reason
/// cannot meet.
#[derive(Debug)]
struct CookieCounters(Box<[Option<Counter>]>);

impl CookieCounters {
    fn resolve(families: &Families, site: &str, category: &CategoryLabel<'_>) -> Self {
        let counter = |direction: Direction, outcome: Outcome, reason: Reason| {
            families.cookies.with_label_values(&[
                site,
                direction.as_str(),
                category.label,
                outcome.as_str(),
                reason.as_str(),
                category.enforcement.as_str(),
            ])
        };
        let ends = Direction::ALL
            .into_iter()
            .flat_map(|direction| Outcome::ALL.iter().map(move |outcome| (direction, *outcome)));
        let ends = ends.flat_map(|(direction, outcome)| Reason::ALL.map(|reason| (direction, outcome, reason)));
        let counters = ends.map(|(direction, outcome, reason)| {
            can_happen(category.id, direction, outcome, reason).then(|| counter(direction, outcome, reason))
        });
        Self(counters.collect())
    }

    fn get(&self, direction: Direction, outcome: Outcome, reason: Reason) -> Option<&Counter> {
        let outcomes = direction.index() * Outcome::ALL.len() + outcome.index();
        self.0.get(outcomes * Reason::ALL.len() + reason.index())?.as_ref()
    }

    fn counted(&self, direction: Direction) -> Counted {
        let mut counted = Counted::default();
        for outcome in Outcome::ALL {
            let counters = Reason::ALL.iter().filter_map(|reason| self.get(direction, *outcome, *reason));
            let sum: u64 = counters.map(Counter::get).sum();
            match outcome {
                Outcome::Pass | Outcome::Amend | Outcome::Delete => counted.passed += sum,
                Outcome::Drop | Outcome::Strip => counted.stopped += sum,
            }
        }
        counted
    }
}

/// Whether a cookie can meet this end for this reason. Generous if in doubt: an empty series costs little, a cookie
/// that is not counted is a hole in the evidence.
fn can_happen(category: CategoryId, direction: Direction, outcome: Outcome, reason: Reason) -> bool {
    let fits = reason == Reason::PathStripped || (category == CategoryId::UNREADABLE) == (reason == Reason::Unreadable);
    let lets_pass = matches!(reason, Reason::Exempt | Reason::Audience | Reason::Granted);
    let meets = match (direction, outcome) {
        (Direction::Request, Outcome::Pass) | (Direction::Response, Outcome::Pass | Outcome::Amend) => lets_pass,
        (Direction::Request, Outcome::Strip) => !lets_pass && reason != Reason::PathStripped,
        (Direction::Response, Outcome::Drop) => !lets_pass,
        (Direction::Response, Outcome::Delete) => !matches!(reason, Reason::Unreadable | Reason::PathStripped),
        (Direction::Request, Outcome::Amend | Outcome::Delete | Outcome::Drop)
        | (Direction::Response, Outcome::Strip) => false,
    };
    fits && meets
}

#[cfg(test)]
mod tests {
    use crate::consent::Choice;
    use prometheus::Registry;

    use super::*;
    use crate::cookie::Amendment;
    use crate::policy::Verdict;

    struct Fixture {
        families: Families,
        in_force: InForce,
    }

    impl Fixture {
        fn new() -> Self {
            let families = Families::register(&Registry::new());
            let in_force = InForce::new(&families);
            Self { families, in_force }
        }

        fn site(&self, hash: &str) -> SiteMetrics {
            let label = |id, label| CategoryLabel { id, label, enforcement: Enforcement::ReportOnly };
            let categories = [
                label(CategoryId::UNDECLARED, "undeclared"),
                label(CategoryId::UNREADABLE, "unreadable"),
                label(CategoryId::CHOICE, "choice"),
            ];
            SiteMetrics::resolve(
                &self.families,
                &self.in_force,
                "a.fr",
                &categories,
                &[Format::Opendatasoft],
                None,
                hash,
            )
        }

        fn cookies(&self, direction: &str, category: &str, verdict: &str, reason: &str) -> u64 {
            let labels = ["a.fr", direction, category, verdict, reason, "report-only"];
            self.families.cookies.with_label_values(&labels).get()
        }
    }

    fn judgement(category: CategoryId, verdict: Verdict, reason: Reason) -> Judgement {
        Judgement { verdict, reason, category, declaration: None }
    }

    #[test]
    fn counts_each_direction_in_its_own_words() {
        let fixture = Fixture::new();
        let site = fixture.site("1");
        let drop = judgement(CategoryId::UNDECLARED, Verdict::Drop, Reason::Unsaid);
        site.cookie(Direction::Response, &drop, 1);
        site.cookie(Direction::Request, &drop, 2);
        assert_eq!(fixture.cookies("response", "undeclared", "drop", "unsaid"), 1);
        assert_eq!(fixture.cookies("request", "undeclared", "strip", "unsaid"), 2);
        let counted = site.cookies(CategoryId::UNDECLARED, Direction::Request);
        assert_eq!(counted, Some(Counted { passed: 0, stopped: 2 }));
    }

    #[test]
    fn goes_on_counting_after_a_reload() {
        let fixture = Fixture::new();
        let pass = judgement(CategoryId::CHOICE, Verdict::Pass, Reason::Exempt);
        let old = fixture.site("1");
        old.cookie(Direction::Request, &pass, 1);
        let new = fixture.site("2");
        drop(old);
        new.cookie(Direction::Request, &pass, 1);
        assert_eq!(fixture.cookies("request", "choice", "pass", "exempt"), 2);
    }

    #[test]
    fn every_end_that_a_cookie_can_meet_is_counted() {
        let fixture = Fixture::new();
        let site = fixture.site("1");
        let amend = Verdict::Amend(Amendment::default());
        let passes = [Reason::Exempt, Reason::Audience, Reason::Granted];
        let stops = [Reason::Unsaid, Reason::Refused, Reason::Denied];
        let counted = |direction, category, verdict, reason| {
            site.cookie_counter(direction, &judgement(category, verdict, reason)).is_some()
        };
        let undeclared = CategoryId::UNDECLARED;
        for reason in passes {
            assert!(counted(Direction::Response, undeclared, Verdict::Pass, reason));
            assert!(counted(Direction::Response, undeclared, amend, reason));
            assert!(counted(Direction::Request, undeclared, Verdict::Pass, reason));
            assert!(!counted(Direction::Response, undeclared, Verdict::Drop, reason));
        }
        for reason in stops {
            assert!(counted(Direction::Response, undeclared, Verdict::Drop, reason));
            assert!(counted(Direction::Request, undeclared, Verdict::Drop, reason));
            assert!(!counted(Direction::Request, undeclared, Verdict::Pass, reason));
        }
        for reason in passes.into_iter().chain(stops) {
            assert!(counted(Direction::Response, undeclared, Verdict::Delete, reason));
        }
        for direction in Direction::ALL {
            assert!(counted(direction, CategoryId::UNREADABLE, Verdict::Drop, Reason::Unreadable));
        }
        for category in [undeclared, CategoryId::CHOICE, CategoryId::UNREADABLE] {
            assert!(!counted(Direction::Request, category, Verdict::Drop, Reason::PathStripped));
            assert!(counted(Direction::Response, category, Verdict::Drop, Reason::PathStripped));
        }
    }

    #[test]
    fn counts_requests_by_class_protocol_and_consent() {
        let fixture = Fixture::new();
        let site = fixture.site("1");
        site.request(404, http::Version::HTTP_2, ConsentLevel::Refused, Duration::from_millis(3));
        let labels = ["a.fr", "4xx", "http/2", "refused"];
        assert_eq!(fixture.families.requests.with_label_values(&labels).get(), 1);
        assert_eq!(fixture.families.request_seconds.of_site("a.fr").count(), 1);
    }

    #[test]
    fn counts_odd_choices_and_events() {
        let fixture = Fixture::new();
        let site = fixture.site("1");
        let odd = Choice { reading: Reading::Given, other_key: true, ..Choice::default() };
        site.choices(&Choices::new([odd].into_iter()));
        site.choices(&Choices::default());
        site.upstream_events().count(UpstreamEvent::TlsFailed);
        site.undeclared(Direction::Response, 7);
        let readings = |reading| fixture.families.readings.with_label_values(&["a.fr", "opendatasoft", reading]).get();
        assert_eq!((readings("given"), readings("absent")), (1, 0));
        assert_eq!(fixture.families.undated.with_label_values(&["a.fr"]).get(), 1);
        assert_eq!(fixture.families.unknown_keys.with_label_values(&["a.fr"]).get(), 1);
        assert_eq!(fixture.families.upstream_events.with_label_values(&["a.fr", "tls-failed"]).get(), 1);
        assert_eq!(fixture.families.undeclared.with_label_values(&["a.fr", "response"]).get(), 7);
    }
}
