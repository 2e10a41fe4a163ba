//! `/` and `/explain`: pages for people. First what a person asks, then the figures behind it.
//!
//! Without JavaScript all of it is there; a small script refreshes it and copies. What stands in a page comes from visitors,
//! too: askama escapes it, and names are shown in visible ASCII.

mod answers;
mod chart;
mod drift;
mod explanation;
mod hosts;
mod site;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;
use std::time::{Instant, SystemTime};

use askama::Template;
use data_encoding::BASE64;
use http::HeaderValue;
use http::request::Parts;
use sha2::{Digest, Sha256};

use self::answers::{Answer, answers};
use self::site::SiteView;
use self::words::{Words, filled};
use super::cookies::not_seen;
use super::history::History;
use crate::cookie::UnixTime;
use crate::inventory::Inventory;
use crate::reload::Status;
use crate::snapshot::Snapshot;

pub(super) use explanation::explanation;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Allows the page's own style sheet and script by their SHA-256 digests (CSP Level 3, §2.3.1), fetches of itself, and
/// forms to itself; nothing else loads.
pub(super) static CONTENT_SECURITY_POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let digest = |text: &str| BASE64.encode(&Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; connect-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
        digest(STYLE),
        digest(SCRIPT)
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// What all pages have around them.
struct Frame {
    /// In the language that the request asks for.
    words: &'static Words,
    /// The same page in each language: its path with query, the words of the language.
    languages: Vec<(String, &'static Words)>,
    /// The path of this page.
    path: &'static str,
    style: &'static str,
    script: &'static str,
}

impl Frame {
    /// `path` is what the links of navigation compare themselves with. The other parameters of the query survive a
    /// change of language.
    fn new(request: &Parts, path: &'static str) -> Self {
        let query = request.uri.query().unwrap_or_default();
        let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
        let others = others.map(str::to_owned).collect::<Vec<_>>();
        let address = |words: &Words| [vec![format!("?lang={}", words.tag)], others.clone()].concat().join("&");
        let languages = words::ALL.into_iter().map(|words| (address(words), words)).collect();
        Self { words: Words::wanted(request), languages, path, style: STYLE, script: SCRIPT }
    }
}

/// All that the overview shows. All of one moment.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// What is in force.
    pub(super) snapshot: &'a Snapshot,
    /// How the last reload ended.
    pub(super) status: &'a Status,
    /// What was seen, by name.
    pub(super) inventory: &'a Inventory,
    /// What was counted, by category.
    pub(super) history: &'a History,
    /// The time that the page gives as its own.
    pub(super) now: UnixTime,
}

#[derive(Template)]
#[template(path = "admin/page/overview.html")]
struct Overview<'a> {
    frame: Frame,
    /// The version, the generation and since when, in one sentence.
    in_force: String,
    /// When the page was made.
    as_of: String,
    answers: Vec<Answer>,
    /// Why the last reload failed.
    failure: Option<&'a str>,
    sites: Vec<SiteView>,
}

/// The page at `/`, as HTML.
///
/// # Errors
/// None is known: the template is checked when octroi is built, and writing into memory does not fail.
pub(super) fn overview(request: &Parts, shown: &Shown<'_>) -> askama::Result<String> {
    let frame = Frame::new(request, "/");
    let Shown { snapshot, status, inventory, now, .. } = *shown;
    let words = frame.words;
    let alone = snapshot.sites().len() == 1;
    let sites = snapshot.sites().iter().map(|site| {
        let seen = inventory.snapshot(&site.name);
        SiteView::new(site, &seen, shown, Instant::now(), words, alone)
    });
    let sites: Vec<_> = sites.collect();
    let generation = snapshot.generation.to_string();
    let in_force = [env!("CARGO_PKG_VERSION"), &generation, &moment(status.since.into())];
    Overview {
        in_force: filled(words.page.in_force, &in_force),
        as_of: filled(words.page.as_of, &[&moment(now)]),
        answers: answers(&sites, status, words),
        failure: status.failure.as_ref().map(|failure| &*failure.reason),
        sites,
        frame,
    }
    .render()
}

/// A moment as people read it, to the second, in UTC.
fn moment(at: UnixTime) -> String {
    let at = jiff::Timestamp::from_second(at.0).unwrap_or_default();
    let at = jiff::tz::Offset::UTC.to_datetime(at);
    format!("{} {} UTC", at.date(), at.time())
}

fn moment_of(at: SystemTime) -> String {
    moment(at.into())
}
