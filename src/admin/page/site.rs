//! What the overview shows of one site: its cookies by category, its drift, its portal.
//!
//! Everything here is text already, in the page's language: the template only places it.

use std::sync::Arc;
use std::time::Instant;

use super::Shown;
use super::chart::Chart;
use super::drift::Drift;
use super::hosts::Hosts;
use super::words::{Words, filled};
use crate::admin::history::{Flow, Lately};
use crate::charter::{Charter, Enforcement, Need};
use crate::health::Standing;
use crate::inventory::SiteInventory;
use crate::policy::CategoryId;
use crate::snapshot::Site;

/// One site as the template shows it: text is in the page's language already, and not escaped yet.
pub(super) struct SiteView {
    pub(super) name: String,
    /// Whether its figures are shown at once: it is the only site, it only reports, or it has undeclared cookies.
    pub(super) is_open: bool,
    /// A sentence with the charter's hash.
    pub(super) charter: String,
    /// Enforced, or only reported.
    pub(super) mode: &'static str,
    /// The word for what does not pass, or would not, by the site's own mode.
    pub(super) stopped: &'static str,
    /// Whether undeclared cookies are stopped or only reported.
    pub(super) of_undeclared: Enforcement,
    /// The word for those of them that do not pass, or would not.
    pub(super) undeclared_stopped: &'static str,
    /// Whether any category is only reported.
    pub(super) is_reporting: bool,
    /// What would have been stopped in the last 24 hours, had it been enforced.
    pub(super) only_reported: u64,
    /// What passed in the last 24 hours though the charter does not name it.
    pub(super) undeclared_passed: u64,
    /// Those of which anything was seen in the last 24 hours.
    pub(super) categories: Vec<CategoryView>,
    /// The others, in one sentence.
    pub(super) quiet: Option<String>,
    /// How the charter and what was seen differ.
    pub(super) drift: Drift,
    /// If browsers are told of third parties.
    pub(super) hosts: Option<Hosts>,
    /// In the order of the configuration.
    pub(super) endpoints: Vec<EndpointView>,
}

/// One category of a site.
pub(super) struct CategoryView {
    /// From the charter, or the page's own word for what no charter names.
    pub(super) title: String,
    /// What the charter asks for, and the mode if it is another one than the site's.
    pub(super) remarks: Vec<&'static str>,
    /// The word for what does not pass, or would not.
    pub(super) stopped: &'static str,
    /// The last hour, a bar a minute.
    pub(super) hour: PeriodView,
    /// The last 24 hours, a bar a quarter of an hour.
    pub(super) day: PeriodView,
}

/// What a category's cookies did in a period.
pub(super) struct PeriodView {
    /// What the template draws.
    pub(super) chart: Chart,
    /// What the chart shows, in a sentence for screen readers (`aria-label`).
    pub(super) label: String,
    /// Set by the portal: passed, stopped; sent by browsers: passed, stopped.
    pub(super) figures: [String; 4],
}

/// One server of the portal.
pub(super) struct EndpointView {
    /// Host and port.
    pub(super) name: String,
    /// Whether it gets requests.
    pub(super) is_up: bool,
    /// Why it gets requests or does not.
    pub(super) state: &'static str,
}

impl SiteView {
    /// `at` decides which endpoints are in service; `is_alone` says that this is the only site.
    pub(super) fn new(
        site: &Arc<Site>,
        seen: &SiteInventory,
        shown: &Shown<'_>,
        at: Instant,
        words: &Words,
        is_alone: bool,
    ) -> Self {
        let drift = Drift::of(site, seen, shown.now, words);
        let of_undeclared = site.policy.enforcement(CategoryId::UNDECLARED, site.enforcement);
        let mut view = Self {
            name: site.name.to_string(),
            is_open: false,
            charter: filled(words.site.charter, &[&site.charter_hash]),
            mode: mode(site.enforcement, words),
            stopped: stopped(site.enforcement, words),
            of_undeclared,
            undeclared_stopped: stopped(of_undeclared, words),
            is_reporting: false,
            only_reported: 0,
            undeclared_passed: 0,
            categories: Vec::new(),
            quiet: None,
            drift,
            hosts: Hosts::of(site, seen, words),
            endpoints: endpoints(site, at, words),
        };
        let mut quiet = Vec::new();
        for (index, label) in site.policy.category_labels().into_iter().enumerate() {
            if let (Some(id), Some(label)) = (CategoryId::from_index(index), label) {
                let lately = shown.history.of(&site.name, label, shown.now);
                let title = title(&site.charter, id, label, words);
                if Flow::all(&lately.day) == Flow::default() {
                    quiet.push(title);
                } else {
                    view.categories.push(CategoryView::new(site, id, title, &lately, words));
                }
                view.sum_up(site, id, &lately);
            }
        }
        view.quiet = (!quiet.is_empty()).then(|| filled(words.site.quiet, &[&quiet.join(", ")]));
        view.is_open = is_alone || view.is_reporting || !view.drift.undeclared.is_empty();
        view
    }

    fn sum_up(&mut self, site: &Site, id: CategoryId, lately: &Lately) {
        let day = Flow::all(&lately.day).total();
        if site.policy.enforcement(id, site.enforcement) == Enforcement::ReportOnly {
            self.is_reporting = true;
            self.only_reported = self.only_reported.saturating_add(day.stopped);
        }
        if id == CategoryId::UNDECLARED {
            self.undeclared_passed = day.passed;
        }
    }
}

impl CategoryView {
    fn new(site: &Site, id: CategoryId, title: String, lately: &Lately, words: &Words) -> Self {
        let enforcement = site.policy.enforcement(id, site.enforcement);
        let category = site.charter.categories.get(id.index());
        let need = category.map(|category| match category.consent {
            Need::Exempt => words.site.exempt,
            Need::Required => words.site.required,
        });
        let stopped = stopped(enforcement, words);
        let own_mode = (enforcement != site.enforcement).then(|| mode(enforcement, words));
        Self {
            remarks: need.into_iter().chain(own_mode).collect(),
            stopped,
            hour: PeriodView::new(&title, &lately.hour, stopped, words),
            day: PeriodView::new(&title, &lately.day, stopped, words),
            title,
        }
    }
}

impl PeriodView {
    fn new(title: &str, flows: &[Flow], stopped: &str, words: &Words) -> Self {
        let (chart, all) = (Chart::of(flows), Flow::all(flows));
        let total = all.total();
        let numbers = [total.passed, total.stopped, chart.most].map(|number| words.number(number));
        let [passed, count, most] = &numbers;
        let label = filled(words.site.chart, &[title, passed, count, stopped, most]);
        let figures = [all.response.passed, all.response.stopped, all.request.passed, all.request.stopped];
        Self { chart, label, figures: figures.map(|figure| words.number(figure)) }
    }
}

/// As the charter calls it, in the page's language if it has one.
fn title(charter: &Charter, id: CategoryId, label: &str, words: &Words) -> String {
    let own = match id {
        CategoryId::UNDECLARED => Some(words.site.not_declared),
        CategoryId::UNREADABLE => Some(words.site.unreadable),
        CategoryId::CHOICE => Some(words.site.choice),
        CategoryId::INFRASTRUCTURE => Some(words.site.infrastructure),
        _ => None,
    };
    let titles = charter.categories.get(id.index()).map(|category| &category.title);
    let in_language = titles.and_then(|titles| titles.get(words.tag).or_else(|| titles.values().next()));
    own.map(str::to_owned).or_else(|| in_language.cloned()).unwrap_or_else(|| label.to_owned())
}

fn mode(enforcement: Enforcement, words: &Words) -> &'static str {
    match enforcement {
        Enforcement::Enforce => words.site.enforced,
        Enforcement::ReportOnly => words.site.only_reported,
    }
}

fn stopped(enforcement: Enforcement, words: &Words) -> &'static str {
    match enforcement {
        Enforcement::Enforce => words.site.stopped,
        Enforcement::ReportOnly => words.site.would_be_stopped,
    }
}

fn endpoints(site: &Site, at: Instant, words: &Words) -> Vec<EndpointView> {
    let view = |(endpoint, standing): (&crate::config::EndpointConfig, Standing)| EndpointView {
        name: endpoint.name(),
        is_up: standing.is_in_service(),
        state: match standing {
            Standing::Up => words.site.up,
            Standing::Returning => words.site.returning,
            Standing::Ejected => words.site.ejected,
            Standing::Down => words.site.down,
        },
    };
    site.endpoints(at).map(view).collect()
}
