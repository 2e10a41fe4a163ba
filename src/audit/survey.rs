//! The first reading of a recording: what must be known of the whole before one entry can be judged.
//!
//! That is the producer, the visited site, the visitor's choice over time, the hosts that receive the choice, and the time
//! of each site's first page. If the recording shows only later what the reading needed, it is read again.

use std::collections::{BTreeMap, BTreeSet};

use super::Audit;
use super::recording::{self, Behaviour, Call, Entry, Hints, Producer, RecordingFault, Source, sent_field, set_lines};
use super::timeline::Timeline;
use crate::consent::Choices;
use crate::cookie::{SetCookie, is_within, pairs, site_of};

/// How many hosts, domains and sites are remembered, of each.
const MAX_HOSTS: usize = 4096;

/// What a whole recording says.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of the recording.
pub(super) struct Survey {
    /// The program that wrote it.
    pub(super) producer: Producer,
    /// What the next reading must know from the start.
    pub(super) hints: Hints,
    /// The visited site, as a registrable domain.
    pub(super) first_party: String,
    /// Whether that is another site than the charter's: the portal was recorded at another address.
    pub(super) is_elsewhere: bool,
    /// The choices that the charter's own host received, or that were set for it; if the portal was recorded at another
    /// address, those of all its hosts.
    own: Timeline,
    /// The choices that other hosts of its site received: a choice cookie may be valid for one host alone.
    siblings: Timeline,
    /// The hosts that receive the choice: a request without it means that nothing was chosen only there.
    reach: Reach,
    /// When each site's earliest page was requested; a redirect is no page.
    documents: BTreeMap<Box<str>, i64>,
    /// How many entries there are, with those that used no network.
    pub(super) entries: usize,
    /// How many of them have no start time.
    pub(super) undated: usize,
    /// How many of them used the network.
    pub(super) calls: usize,
    /// The start times of the earliest and the latest call, in milliseconds since 1970.
    pub(super) span: Option<(i64, i64)>,
    /// Whether any entry sends or sets a cookie; those of a WebSocket do not count.
    has_cookies: bool,
    /// Whether a placeholder stands in place of a cookie or a value somewhere.
    is_redacted: bool,
    /// Whether some responses came from a service worker: the responses that set cookies may not be in the recording.
    pub(super) has_service_worker: bool,
    /// Whether there are more hosts than can be remembered.
    pub(super) is_full: bool,
}

/// The hosts to which the browser sends the choice.
#[derive(Debug, Default)]
struct Reach {
    /// Hosts that received it.
    hosts: BTreeSet<Box<str>>,
    /// Domains that a response set it for.
    domains: BTreeSet<Box<str>>,
}

impl Survey {
    /// Reads a recording, usually once. The second value says why it was not read to its end.
    ///
    /// It is read again if the producer is named after the entries, if the first entries have no start time, or if no
    /// entry is of the charter's site: then the site of the first page takes its place.
    pub(super) fn of(audit: &Audit, source: &Source, progress: &dyn Fn(u64)) -> (Self, Result<(), RecordingFault>) {
        let charters = site_of(&audit.charter().site);
        let (mut first_party, mut hints) = (charters.to_owned(), Hints::default());
        loop {
            let mut surveyor = Surveyor::new(audit, &first_party);
            let each = &mut |call: &Call, entry: &Entry, behaviour| surveyor.call(call, entry, behaviour);
            let (head, result) = recording::read(source, hints, progress, each);
            let Surveyor { survey, has_first_party, first_document, .. } = surveyor;
            let elsewhere = first_document.map(|(_, site)| site).filter(|_| !has_first_party);
            let started = head.first_started.filter(|_| head.begins_undated).unwrap_or_default();
            let known = Hints { behaviour: head.producer.behaviour, started };
            let was_wrong = (head.is_late && known.behaviour != hints.behaviour) || known.started != hints.started;
            hints = known;
            if !was_wrong && elsewhere.is_none() {
                let is_elsewhere = first_party != charters;
                let (producer, entries, undated) = (head.producer, head.entries, head.undated);
                return (Self { producer, hints, first_party, is_elsewhere, entries, undated, ..survey }, result);
            }
            first_party = elsewhere.unwrap_or(first_party);
        }
    }

    /// Whether the browser sends the visitor's choice to this host. If not, a request without the choice says nothing
    /// about it, and the timeline decides.
    pub(super) fn choice_reaches(&self, host: &str) -> bool {
        self.reach.hosts.contains(host) || self.reach.domains.iter().any(|domain| is_within(host, domain))
    }

    /// The visitor's latest choice at this time, in milliseconds since 1970. What a sibling host received counts only if
    /// the charter's own host received nothing.
    pub(super) fn choices_at(&self, at: i64) -> Choices {
        let timeline = if self.own.is_empty() { &self.siblings } else { &self.own };
        timeline.at(at)
    }

    /// Whether the choice changes more often than can be remembered.
    pub(super) fn is_timeline_full(&self) -> bool {
        self.own.is_full() || self.siblings.is_full()
    }

    /// Whether a script of this site can have run before this time: one of its pages was requested before.
    pub(super) fn has_document_before(&self, site: &str, at: i64) -> bool {
        self.documents.get(site).is_some_and(|document| *document < at)
    }

    /// Whether cookies were removed from it, so that it proves nothing.
    pub(super) fn is_sanitised(&self) -> bool {
        self.is_redacted
            || (!self.has_cookies && matches!(self.producer.behaviour, Behaviour::Lossy | Behaviour::Sanitising))
    }

    /// Whether it holds no cookie, and its producer is not known to record them.
    pub(super) fn lacks_cookies(&self) -> bool {
        !self.has_cookies && self.producer.behaviour == Behaviour::Unknown
    }
}

/// One reading, which fills a survey.
struct Surveyor<'a> {
    audit: &'a Audit,
    /// The site that this reading takes for the visited one.
    first_party: &'a str,
    survey: Survey,
    /// Whether any entry is of that site.
    has_first_party: bool,
    /// When the earliest page was requested, and of which site.
    first_document: Option<(i64, String)>,
}

impl<'a> Surveyor<'a> {
    fn new(audit: &'a Audit, first_party: &'a str) -> Self {
        let mut survey = Survey::default();
        survey.reach.hosts.insert(audit.charter().site.as_str().into());
        Self { audit, first_party, survey, has_first_party: false, first_document: None }
    }

    fn call(&mut self, call: &Call, entry: &Entry, behaviour: Behaviour) {
        let survey = &mut self.survey;
        survey.calls += 1;
        survey.has_service_worker |= entry.via_service_worker;
        let (first, last) = survey.span.unwrap_or((call.at, call.at));
        survey.span = Some((first.min(call.at), last.max(call.at)));
        if call.is_document && !call.is_redirect {
            self.document(call);
        }
        let (sent, new) = (sent_field(entry), set_lines(entry, behaviour));
        let survey = &mut self.survey;
        survey.is_redacted |= sent.is_redacted || new.is_redacted;
        // A producer that records no cookies may still show those of a WebSocket's handshake.
        let is_socket = call.url.starts_with("ws");
        let has_some = !sent.field.is_empty() || !new.lines.is_empty() || sent.unreadable + new.unreadable > 0;
        survey.has_cookies |= has_some && !is_socket;
        if call.site() == self.first_party {
            self.has_first_party = true;
            self.choice(call, &sent.field, &new.lines);
        }
    }

    fn document(&mut self, call: &Call) {
        let survey = &mut self.survey;
        if let Some(at) = survey.documents.get_mut(call.site()) {
            *at = call.at.min(*at);
        } else if survey.documents.len() < MAX_HOSTS {
            survey.documents.insert(call.site().into(), call.at);
        } else {
            survey.is_full = true;
        }
        if call.site() == self.first_party && self.first_party != site_of(&self.audit.charter().site) {
            self.reaches(&call.host, None);
        }
        if self.first_document.as_ref().is_none_or(|(at, _)| call.at < *at) {
            self.first_document = Some((call.at, call.site().to_owned()));
        }
    }

    /// Records the choice that a request to the visited site carries, and the one that its response sets.
    fn choice(&mut self, call: &Call, field: &[u8], lines: &[Vec<u8>]) {
        let policy = self.audit.policy();
        let carries = pairs(field).any(|pair| pair.name.is_some_and(|name| policy.banner_of(name).is_some()));
        if carries {
            self.reaches(&call.host, None);
        }
        let choices = policy.read_choices(&pairs(field).filter_map(|pair| Some((pair.name?, pair.value))), call.now());
        // A page can have its requests sent without cookies, so one without any says nothing of the choice.
        if carries || (!call.is_cross_site && (call.is_document || !field.is_empty())) {
            self.timeline(call, None).saw(call.at, choices);
        }
        let set = lines.iter().filter_map(|line| SetCookie::parse(line).ok());
        let set: Vec<_> = set.filter(|line| policy.banner_of(line.name()).is_some() && call.may_set(line)).collect();
        if !set.is_empty() {
            for line in &set {
                self.reaches(&call.host, Some(line));
            }
            let after = self.after(call, choices, &set);
            self.timeline(call, Some(&set)).saw(call.ended, after);
        }
    }

    /// The timeline of a choice that a request carries, or that the lines `set` set.
    fn timeline(&mut self, call: &Call, set: Option<&[SetCookie<'_>]>) -> &mut Timeline {
        let site = &self.audit.charter().site;
        let is_for_site = |line: &SetCookie<'_>| line.named_domain().is_some_and(|domain| is_within(site, &domain));
        let is_own = call.host == *site
            || self.first_party != site_of(site)
            || set.is_some_and(|set| set.iter().all(is_for_site));
        let Survey { own, siblings, .. } = &mut self.survey;
        if is_own { own } else { siblings }
    }

    /// The choice after a response has set some of its cookies.
    fn after(&self, call: &Call, before: Choices, set: &[SetCookie<'_>]) -> Choices {
        let policy = self.audit.policy();
        let is_kept = |line: &&SetCookie<'_>| line.life(call.now()).is_none_or(|life| life > 0);
        let kept = set.iter().filter(is_kept).map(|line| (line.name(), line.value()));
        let read = policy.read_choices(&kept, call.now());
        let is_set = |banner| set.iter().any(|line| policy.banner_of(line.name()) == Some(banner));
        let both = before.iter().zip(read.iter()).enumerate();
        Choices::new(both.map(|(banner, (before, read))| if is_set(banner) { *read } else { *before }))
    }

    /// Notes that the choice is sent to a host, or to all hosts of the domain that a line names.
    fn reaches(&mut self, host: &str, line: Option<&SetCookie<'_>>) {
        let reach = &mut self.survey.reach;
        let domain = line.and_then(SetCookie::named_domain).filter(|domain| is_within(host, domain));
        let (names, name) = match &domain {
            Some(domain) => (&mut reach.domains, domain.as_str()),
            None => (&mut reach.hosts, host),
        };
        if names.len() < MAX_HOSTS {
            names.insert(name.into());
        } else if !names.contains(name) {
            self.survey.is_full = true;
        }
    }
}
