//! `/cookies`: the names that were seen, declared or not, the declarations of which no cookie was seen, and the hosts that
//! browsers reported, as JSON.
//!
//! The keys are those of the inventory's file, with the decisions of the charter in force beside them. `octroi charter
//! diff` reads this document.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::written;
use crate::charter::{Lifetime, PartyHost};
use crate::cookie::{FoldedPath, UnixTime};
use crate::inventory::{
    Decision, Inventory, ReportedHost, Seen, SeenAttributes, Sightings, SiteInventory, VerdictCounts, Words,
};
use crate::party::Directive;
use crate::policy::{Direction, Verdict};
use crate::snapshot::{Site, Snapshot};

/// All sites.
pub(super) fn document(snapshot: &Snapshot, inventory: &Inventory, now: UnixTime) -> Value {
    let sites = snapshot.sites().iter().map(|site| site_document(site, inventory, now));
    json!({ "sites": sites.collect::<Vec<_>>() })
}

/// `undeclared` counts the names of the last 24 hours; `unlisted_sightings` counts cookies whose names the inventory
/// had no place for.
fn site_document(site: &Site, inventory: &Inventory, now: UnixTime) -> Value {
    let seen = inventory.snapshot(&site.name);
    let labels = site.policy.category_labels();
    let undeclared = |direction| inventory.undeclared(&site.name, direction, now);
    json!({
        "site": &*site.name,
        "charter_hash": &*site.charter_hash,
        "enforcement": site.enforcement.as_str(),
        "undeclared": {
            "request": undeclared(Direction::Request),
            "response": undeclared(Direction::Response),
        },
        "names": seen.names.iter().map(|(name, seen)| name_document(name, seen, &labels)).collect::<Vec<_>>(),
        "unlisted_sightings": seen.unlisted,
        "declared_but_not_seen": not_seen(site, &seen),
        "reported_hosts": seen.hosts.iter().map(|(host, seen)| host_document(site, host, seen)).collect::<Vec<_>>(),
        "unlisted_reports": seen.unlisted_reports,
    })
}

fn name_document(name: &str, seen: &Seen, labels: &[Option<&str>]) -> Value {
    json!({
        "name": name,
        "first_seen": written(seen.first_seen),
        "last_seen": seen.last_seen().and_then(written),
        "request": sightings(&seen.request, labels),
        "response": sightings(&seen.response, labels),
        "attributes": attributes(&seen.attributes),
        "example_path": seen.example_path.as_ref().map(FoldedPath::as_str),
    })
}

/// A host that browsers reported, and its judgement for a visitor who has made no choice.
fn host_document(site: &Site, host: &PartyHost, seen: &ReportedHost) -> Value {
    let policies = site.page_policies.as_ref();
    let silence = site.policy.silence(false);
    let judged = policies.map(|policies| policies.parties.judge(&site.policy, &host.host, host.port, &silence));
    json!({
        "host": host.to_string(),
        "party": policies.and_then(|policies| policies.parties.find(&host.host, host.port)).map(|(_, id)| id),
        "verdict": judged.map(|judged| if judged.verdict == Verdict::Pass { "pass" } else { "hold" }),
        "directives": seen.directives.iter().map(Directive::as_str).collect::<Vec<_>>(),
        "reports": seen.reports,
        "first_seen": written(seen.first_seen),
        "last_seen": written(seen.last_seen),
    })
}

/// One direction of a name, or `None` if it was never seen in it. `category`, `verdict` and `reason` are those of the
/// last sighting; `assumed` is true if a new charter has come since, and they were computed from what the inventory
/// keeps.
fn sightings(sightings: &Sightings, labels: &[Option<&str>]) -> Option<Value> {
    let last = sightings.last;
    let VerdictCounts { pass, amend, delete, drop } = sightings.verdicts;
    (sightings.count() > 0).then(|| {
        json!({
            "count": sightings.count(),
            "verdicts": { "pass": pass, "amend": amend, "delete": delete, "drop": drop },
            "last_seen": sightings.last_seen.and_then(written),
            "declared": last.map(|last| last.declared),
            "category": last.and_then(|last| label(last, labels)),
            "verdict": last.map(|last| last.verdict),
            "reason": last.map(|last| last.reason.as_str()),
            "assumed": sightings.is_assumed,
        })
    })
}

/// What the portal's lines asked for, under the names of the inventory's file.
fn attributes(seen: &SeenAttributes) -> Option<Value> {
    let words = |words: &Words| words.iter().map(str::to_owned).collect::<Vec<_>>();
    (!seen.is_empty()).then(|| {
        json!({
            "secure": seen.secure.word(),
            "http_only": seen.http_only.word(),
            "partitioned": seen.partitioned.word(),
            "same_site": words(&seen.same_site),
            "paths": words(&seen.paths),
            "domains": words(&seen.domains),
            "longest_lifetime": seen.longest.map(|longest| match longest {
                Lifetime::Session => json!("session"),
                Lifetime::Seconds(seconds) => json!(seconds),
            }),
        })
    })
}

/// The category of a decision, by its label.
pub(super) fn label<'a>(decision: Decision, labels: &[Option<&'a str>]) -> Option<&'a str> {
    labels.get(decision.category.index()).copied().flatten()
}

/// Declarations that no name was seen of, as far as the inventory reaches back.
pub(super) fn not_seen(site: &Site, seen: &SiteInventory) -> Vec<String> {
    let decisions = seen.names.iter().flat_map(|(_, seen)| [seen.request.last, seen.response.last]);
    let met: HashSet<usize> = decisions.flatten().filter_map(|decision| decision.declaration).collect();
    let declared = site.charter.cookies.iter().enumerate();
    declared.filter(|(index, _)| !met.contains(index)).map(|(_, cookie)| cookie.name.shown()).collect()
}
