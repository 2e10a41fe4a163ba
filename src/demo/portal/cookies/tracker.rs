//! A tracker: its source, its kind, and its line for the host of a request.

use http::HeaderValue;
use serde::Serialize;

use super::table::TRACKERS;
use crate::cookie::parent_domains;

/// What sets a tracker: a kind of response, by its header, or a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::demo::portal) enum Source {
    /// Any HTML page that exists.
    Page,
    /// A page of the catalogue: `/explore/…`
    Catalogue,
    /// The page of a dataset.
    Dataset,
    /// The login form, and its response.
    Login,
    /// A page that does not exist.
    NotFound,
    /// The redirect from `/`.
    Redirect,
    /// The counting image.
    Pixel,
    /// The script that loads the tags.
    Tag,
    /// A response of the Explore API.
    Api,
    /// An export.
    Export,
    /// The tags, a third party's script.
    Script,
}

/// What makes a tracker hard to find or to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::demo::portal) enum TrackerKind {
    /// Nothing.
    Plain,
    /// No script can see it.
    HttpOnly,
    /// It is sent to some paths only.
    Deep,
    /// It is set for a domain, the host's own or its registrable one, whose other hosts receive it, too.
    Domain,
    /// It is set over https only; some are bound to the host by their name, or partitioned.
    Secure,
    /// A script writes it, so no header shows it.
    Script,
}

/// The host and scheme of a request.
#[derive(Debug, Default)]
pub(in crate::demo::portal) struct Origin {
    /// Without a port.
    pub host: String,
    /// By the proxy's `X-Forwarded-Proto`.
    pub https: bool,
}

/// A row of the table.
#[derive(Debug)]
pub(in crate::demo::portal) struct Tracker {
    pub source: Source,
    /// The value of `Set-Cookie`; `{site}` and `{parent}` are replaced by domains.
    pub(super) line: &'static str,
}

impl Tracker {
    pub(in crate::demo::portal) fn name(&self) -> &'static str {
        self.line.split('=').next().unwrap_or_default()
    }

    /// The first kind that applies, in the order: script, secure, domain, path, HttpOnly.
    pub(in crate::demo::portal) fn kind(&self) -> TrackerKind {
        match self {
            Self { source: Source::Script, .. } => TrackerKind::Script,
            _ if self.has("Secure") => TrackerKind::Secure,
            _ if self.is_of_a_domain() => TrackerKind::Domain,
            _ if !self.has("Path=/") => TrackerKind::Deep,
            _ if self.has("HttpOnly") => TrackerKind::HttpOnly,
            _ => TrackerKind::Plain,
        }
    }

    /// The line for that origin; `None` if a browser would reject it.
    fn line_at(&self, origin: &Origin) -> Option<String> {
        if self.has("Secure") && !origin.https {
            return None;
        }
        let parent = parent_domains(&origin.host).first().copied();
        if self.is_of_a_domain() && parent.is_none() {
            return None;
        }
        Some(self.line.replace("{site}", &origin.host).replace("{parent}", parent.unwrap_or_default()))
    }

    fn is_of_a_domain(&self) -> bool {
        self.line.contains("; Domain=")
    }

    fn has(&self, attribute: &str) -> bool {
        self.line.split("; ").skip(1).any(|found| found == attribute)
    }
}

/// The trackers that are set at that origin.
pub(in crate::demo::portal) fn landing_at(origin: &Origin) -> impl Iterator<Item = &'static Tracker> {
    TRACKERS.iter().filter(|tracker| tracker.line_at(origin).is_some())
}

/// How many trackers are set at that origin, and how many there are.
pub(in crate::demo::portal) fn how_many(origin: &Origin) -> (usize, usize) {
    (landing_at(origin).count(), TRACKERS.len())
}

/// The `Set-Cookie` values of a source.
pub(in crate::demo::portal) fn headers(source: Source, origin: &Origin) -> impl Iterator<Item = HeaderValue> {
    lines(source, origin).filter_map(|line| HeaderValue::from_str(&line).ok())
}

/// The deletions of all trackers, to start the demonstration again. A line without a path was set by the page of the dataset
/// that the demonstration visits.
pub(in crate::demo::portal) fn deletions(origin: &Origin) -> impl Iterator<Item = HeaderValue> {
    TRACKERS.iter().filter_map(|tracker| {
        let path =
            if tracker.line.contains("; Path=") { "" } else { "; Path=/explore/dataset/fr-en-annuaire-education" };
        HeaderValue::from_str(&format!("{}{path}; Max-Age=0", tracker.line_at(origin)?)).ok()
    })
}

/// The tags, a third party's script: it writes its cookies on every page that loads it, whatever the visitor chose.
pub(in crate::demo::portal) fn script(origin: &Origin) -> String {
    let written = lines(Source::Script, origin).map(|line| format!("document.cookie = {};\n", serde_json::json!(line)));
    std::iter::once(
        "// The portal's tags. Once a page runs them, neither a banner nor a proxy can prevent what they write.\n"
            .to_owned(),
    )
    .chain(written)
    .collect()
}

fn lines(source: Source, origin: &Origin) -> impl Iterator<Item = String> {
    TRACKERS.iter().filter(move |tracker| tracker.source == source).filter_map(|tracker| tracker.line_at(origin))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn at(host: &str, https: bool) -> Origin {
        Origin { host: host.to_owned(), https }
    }

    fn named(host: &str) -> Origin {
        at(host, false)
    }

    #[test]
    fn names_are_unique_and_none_is_the_charters() {
        let names: BTreeSet<_> = TRACKERS.iter().map(Tracker::name).collect();
        assert_eq!(names.len(), TRACKERS.len());
        assert!(super::super::CHARTER.iter().all(|name| !names.contains(name)));
    }

    #[test]
    fn more_than_sixty_are_set_at_an_address_and_some_of_each_kind_at_a_name() {
        assert!(landing_at(&named("127.0.0.1")).count() > 60);
        let portal = named("data.education.gouv.fr");
        let kinds =
            [TrackerKind::Plain, TrackerKind::HttpOnly, TrackerKind::Deep, TrackerKind::Domain, TrackerKind::Script];
        for kind in kinds {
            assert!(landing_at(&portal).filter(|tracker| tracker.kind() == kind).count() >= 6, "{kind:?}");
        }
    }

    #[test]
    fn a_line_names_the_domain_of_the_request() {
        let lines: Vec<_> = lines(Source::Page, &named("data.education.gouv.fr")).collect();
        assert!(
            lines.iter().any(|line| line.contains("xtvrn=$612345$; Domain=education.gouv.fr; Path=/; ")),
            "{lines:?}"
        );
        assert!(lines.iter().any(|line| line.contains("; Domain=data.education.gouv.fr; ")), "{lines:?}");
        assert!(!lines.concat().contains('{'), "{lines:?}");
    }

    #[test]
    fn lines_that_need_a_domain_or_https_are_not_set_without_it() {
        for host in ["127.0.0.1", "localhost"] {
            let lines: Vec<_> = lines(Source::Page, &named(host)).collect();
            assert!(!lines.is_empty());
            assert!(lines.iter().all(|line| !line.contains("Domain") && !line.contains("Secure")), "{lines:?}");
        }
        assert!(landing_at(&at("127.0.0.1", true)).any(|tracker| tracker.name() == "__Host-vid"));
        assert_eq!(landing_at(&at("data.education.gouv.fr", true)).count(), TRACKERS.len());
    }

    #[test]
    fn the_script_writes_its_lines() {
        let script = script(&named("localhost"));
        let line = r#"document.cookie = "_pk_ses.1.1fff=1; Path=/; Max-Age=1800; SameSite=Lax";"#;
        assert!(script.lines().any(|found| found == line), "{script}");
        assert!(!script.contains("_ttp"), "{script}");
    }

    #[test]
    fn a_tracker_is_written_as_its_service_names_it() {
        let lines: Vec<_> = headers(Source::Redirect, &named("localhost")).collect();
        assert_eq!(lines[0], "_gcl_au=1.1.1122334455.1764000000; Path=/; Max-Age=7776000");
    }
}
