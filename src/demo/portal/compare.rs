//! `/__demo/`: the page that compares both entries, its record, and the steps that bring a browser to a known state. It sets
//! no tracker.

use http::{Method, StatusCode};
use serde::Serialize;

use super::cookies::{Origin, Source, TrackerKind};
use super::ledger::{Entry, Ledger};
use super::response::{self, Reply};
use super::third_parties::ThirdParty;
use super::visit::Visit;
use super::{Site, cookies, pages};

/// The response of `/__demo/received`.
#[derive(Serialize)]
struct Record<'r> {
    /// The entry of this request.
    here: Entry,
    /// The entry whose host has the cookies of this request.
    jar: Entry,
    /// Those of octroi are empty until it runs.
    addresses: Addresses<'r>,
    /// The cookies of this request.
    sent: Vec<String>,
    /// All cookies that may be set at this host, so that the page knows which of the browser's are trackers.
    cookies: Vec<Known>,
    /// The third parties of the pages.
    parties: [Party; ThirdParty::ALL.len()],
    /// What was recorded of each entry.
    #[serde(flatten)]
    ledger: &'r Ledger,
}

#[derive(Serialize)]
struct Addresses<'r> {
    /// The portal without octroi.
    direct: &'r str,
    /// The portal behind octroi.
    octroi: &'r str,
    /// The portal without octroi, with the cookies of octroi's host.
    beside: &'r str,
    /// The page of the admin listener.
    admin: &'r str,
}

/// A third party of the pages.
#[derive(Serialize)]
struct Party {
    id: ThirdParty,
    host: String,
    /// Whether pages may use it without consent.
    necessary: bool,
}

/// A cookie that the portal is known to set.
#[derive(Serialize)]
struct Known {
    name: &'static str,
    /// Whether the charter lists it.
    charter: bool,
    /// Whether a script writes it, so that no header shows it.
    script: bool,
    /// `None` for a cookie of the charter.
    kind: Option<TrackerKind>,
}

/// Answers `/__demo/<path>`.
///
/// `received` is the record; `held` takes a page's report of `document.cookie`; `reset` empties the record; `fill` and `empty`
/// bring the browser to a known state.
pub(super) fn answer(visit: &Visit, site: &Site, path: &[&str]) -> Reply {
    match (visit.method.clone(), path) {
        (Method::GET | Method::HEAD, []) => pages::compare(visit, site),
        (Method::GET | Method::HEAD, ["received"]) => record(visit, site),
        (Method::POST, ["held"]) => {
            let held = serde_json::from_slice(&visit.body).unwrap_or_default();
            site.ledger().report(site.jar_of(visit), visit.entry, held, visit.cookie_names());
            record(visit, site)
        }
        (Method::POST, ["reset"]) => {
            site.ledger().clear();
            record(visit, site)
        }
        (Method::GET | Method::HEAD, ["fill"]) => pages::fill(visit, site),
        (Method::POST, ["empty"]) => cookies::deletions(&visit.origin)
            .fold(record(visit, site), |reply, line| response::with_cookie(reply, Some(line))),
        _ => response::plain(StatusCode::NOT_FOUND, "not found\n"),
    }
}

fn record(visit: &Visit, site: &Site) -> Reply {
    let ledger = site.ledger();
    let (octroi, beside) = (site.octroi(), site.beside());
    let record = Record {
        here: visit.entry,
        jar: site.jar_of(visit),
        addresses: Addresses { direct: &site.address, octroi: &octroi.site, beside: &beside, admin: &octroi.admin },
        sent: visit.cookie_names(),
        cookies: known(&visit.origin, site.banner.cookie()).collect(),
        parties: ThirdParty::ALL.map(|id| Party {
            id,
            host: id.authority(site.third_party_port),
            necessary: id.is_necessary(),
        }),
        ledger: &ledger,
    };
    json(&record)
}

/// `…/__demo/jar`: the names of the cookies that the browser sends to that path. Nothing is set or recorded.
pub(super) fn sent(visit: &Visit) -> Reply {
    json(&visit.cookie_names())
}

fn json(answer: &impl Serialize) -> Reply {
    match serde_json::to_string(answer) {
        Ok(text) => response::json(text),
        Err(_) => response::plain(StatusCode::INTERNAL_SERVER_ERROR, "the answer cannot be written\n"),
    }
}

fn known(origin: &Origin, choice: &'static str) -> impl Iterator<Item = Known> {
    let charter = cookies::CHARTER.into_iter().chain([choice]);
    let charter = charter.map(move |name| Known { name, charter: true, script: name == choice, kind: None });
    let trackers = cookies::landing_at(origin).map(|tracker| Known {
        name: tracker.name(),
        charter: false,
        script: tracker.source == Source::Script,
        kind: Some(tracker.kind()),
    });
    charter.chain(trackers)
}
