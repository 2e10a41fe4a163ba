//! `/__demo/`: the page that compares both entries, the record behind it, and the steps from one state of a browser to
//! another. Only the demo has it; it sets no tracker.

use http::{Method, StatusCode};
use serde::Serialize;

use super::cookies::{Origin, Source, TrackerKind};
use super::ledger::{Entry, Ledger};
use super::response::{self, Reply};
use super::third_parties::ThirdParty;
use super::visit::Visit;
use super::{Site, cookies, pages};

/// What `/__demo/received` says.
#[derive(Serialize)]
struct Record<'r> {
    /// The entry of the request that asked.
    here: Entry,
    /// The entry for whose host the browser keeps its cookies.
    jar: Entry,
    /// Where each entry is; empty until octroi runs.
    addresses: Addresses<'r>,
    /// What came with the request that asked.
    sent: Vec<String>,
    /// All that may land at this address, so that the page knows which of the browser's cookies are trackers.
    cookies: Vec<Known>,
    /// Whom the pages ask besides the portal.
    parties: [Asked; ThirdParty::ALL.len()],
    /// What came through each entry.
    #[serde(flatten)]
    ledger: &'r Ledger,
}

#[derive(Serialize)]
struct Addresses<'r> {
    /// The bare portal.
    direct: &'r str,
    /// The portal behind octroi.
    octroi: &'r str,
    /// The bare portal in the jar of octroi's host.
    beside: &'r str,
    /// The page of the admin listener.
    admin: &'r str,
}

/// A third party of the pages.
#[derive(Serialize)]
struct Asked {
    id: ThirdParty,
    host: String,
    /// Whether it may be asked without consent.
    necessary: bool,
}

/// A cookie that the portal is known to set.
#[derive(Serialize)]
struct Known {
    name: &'static str,
    /// Whether the charter lists it.
    charter: bool,
    /// Whether a script writes it, so that no header shows where it comes from.
    script: bool,
    /// What makes a tracker hard.
    kind: Option<TrackerKind>,
}

/// Answers `/__demo/<path>`.
///
/// `received` is the record; `held` takes a page's report of `document.cookie`; `reset` forgets the record; `fill` and `empty`
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
        parties: ThirdParty::ALL.map(|id| Asked {
            id,
            host: id.authority(site.third_party_port),
            necessary: id.is_necessary(),
        }),
        ledger: &ledger,
    };
    json(&record)
}

/// `…/__demo/jar`: the names that the browser sends to that path. Beside octroi, this looks into a jar without changing it.
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
