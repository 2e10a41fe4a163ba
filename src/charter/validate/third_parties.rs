//! `[third_parties]` and `[[third_party]]`.
//!
//! Parties without the table are a problem, because nothing would say how they are held. The table without parties holds every
//! host except the site's own.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::Check;
use crate::charter::document::ThirdPartyDocument;
use crate::charter::{
    CharterDocument, KeyPath, PartyHost, PartyPath, PartyPathError, Problem, ReportSample, ThirdParties, ThirdParty,
    compared,
};

/// The label of whoever the charter does not name.
const UNDECLARED: &str = "undeclared";
/// Stands for a page of the site.
const SITE: Option<&str> = Some("https://site.invalid/");

impl<'a> Check<'a> {
    /// The value of the two tables; `None` if there is neither.
    pub(super) fn third_parties(&mut self, document: &'a CharterDocument, root: &KeyPath) -> Option<ThirdParties> {
        let path = root.key("third_party");
        let parties: Vec<ThirdParty> = document
            .third_party
            .iter()
            .enumerate()
            .filter_map(|(index, party)| self.party(party, &path.index(index)))
            .collect();
        self.party_ids(&document.third_party, &path);
        let host = |text: &str| text.parse::<PartyHost>().ok();
        self.declared_twice(&document.third_party, &path, ("hosts", |party| &party.hosts), host);
        let form = |text: &str| text.parse::<PartyPath>().ok().map(|_| compared(text));
        self.declared_twice(&document.third_party, &path, ("paths", |party| &party.paths), form);
        self.party_conditions(&parties, root);
        let Some(table) = &document.third_parties else {
            if !document.third_party.is_empty() {
                let problem =
                    Problem::new(path.index(0), "third parties are declared, and nothing says how they are held");
                self.problems.push(problem.with_help("write `[third_parties]` with `level = \"policy\"`"));
            }
            return None;
        };
        let path = root.key("third_parties");
        let level = self.required(table.level, &path, "level");
        self.link(table.manage_cookies.as_deref(), &path.key("manage_cookies"), SITE);
        let report_sample = self.report_sample(table.report_sample, &path.key("report_sample"));
        Some(ThirdParties { level: level?, manage_cookies: table.manage_cookies.clone(), parties, report_sample })
    }

    fn report_sample(&mut self, part: Option<f64>, path: &KeyPath) -> ReportSample {
        let Some(part) = part else { return ReportSample::default() };
        ReportSample::of(part).unwrap_or_else(|| {
            self.report(path.clone(), "a part of all pages is a number from 0 to 1: `0.05` is one page of twenty");
            ReportSample::default()
        })
    }

    fn party(&mut self, document: &'a ThirdPartyDocument, path: &KeyPath) -> Option<ThirdParty> {
        let id = self.required(document.id.clone(), path, "id");
        let hosts: Vec<PartyHost> = document
            .hosts
            .iter()
            .enumerate()
            .filter_map(|(index, host)| self.party_host(host, &path.key("hosts").index(index)))
            .collect();
        let paths: Vec<PartyPath> = document
            .paths
            .iter()
            .enumerate()
            .filter_map(|(index, text)| self.party_path(text, &path.key("paths").index(index)))
            .collect();
        if document.hosts.is_empty() && document.paths.is_empty() {
            self.report(path.key("hosts"), "a third party has at least one host, or a path of the site itself");
        }
        let category = self.required(document.category.as_deref(), path, "category");
        let category = category.and_then(|id| self.category(id, &path.key("category"), &[]));
        if document.key.as_ref().is_some_and(String::is_empty) {
            self.report(path.key("key"), "a key of the choice has at least one character");
        }
        self.link(document.website.as_deref(), &path.key("website"), None);
        Some(ThirdParty {
            id: id?,
            hosts,
            paths,
            category: category?,
            key: document.key.clone(),
            service: document.service.clone(),
            website: document.website.clone(),
        })
    }

    /// What a placeholder links: an address of the web, relative to `base` if there is one.
    fn link(&mut self, link: Option<&str>, path: &KeyPath, base: Option<&str>) {
        let Some(link) = link else { return };
        let base = base.and_then(|base| Url::parse(base).ok());
        let url = Url::options().base_url(base.as_ref()).parse(link);
        let is_web = url.is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_web || link.chars().any(|char| char.is_control() || char.is_whitespace()) {
            let message = format!("`{link}` is no address of the web");
            let help =
                if base.is_some() { "write `/cookies` or `#cookies`" } else { "write `https://www.example.org/`" };
            self.problems.push(Problem::new(path.clone(), message).with_help(help));
        }
    }

    fn party_host(&mut self, text: &str, path: &KeyPath) -> Option<PartyHost> {
        text.parse().map_err(|error: crate::charter::PartyHostError| self.report(path.clone(), error.to_string())).ok()
    }

    fn party_path(&mut self, text: &str, path: &KeyPath) -> Option<PartyPath> {
        text.parse().map_err(|error: PartyPathError| self.report(path.clone(), error.to_string())).ok()
    }

    fn party_ids(&mut self, documents: &[ThirdPartyDocument], path: &KeyPath) {
        let mut seen = BTreeSet::new();
        for (index, id) in documents.iter().enumerate().filter_map(|(index, party)| Some((index, party.id.as_deref()?)))
        {
            let path = path.index(index).key("id");
            if !super::is_id(id) {
                self.report(path, format!("`{id}` is no id: write lower-case letters, digits and hyphens"));
            } else if id == UNDECLARED {
                self.report(path, "`undeclared` stands for all who are not declared: choose another id");
            } else if !seen.insert(id) {
                self.report(path, format!("there is a third party `{id}` already"));
            }
        }
    }

    /// Texts that two parties declare, in the form in which they are compared: a policy cannot distinguish two parties with the
    /// same host, and a path can belong to one party only.
    fn declared_twice<T: Ord>(
        &mut self,
        documents: &[ThirdPartyDocument],
        path: &KeyPath,
        (key, texts): (&str, fn(&ThirdPartyDocument) -> &[String]),
        compared: fn(&str) -> Option<T>,
    ) {
        let mut first: BTreeMap<T, usize> = BTreeMap::new();
        for (index, party) in documents.iter().enumerate() {
            for (place, text) in texts(party).iter().enumerate() {
                let Some(form) = compared(text) else { continue };
                if let Some(earlier) = first.get(&form) {
                    let path = path.index(index).key(key).index(place);
                    let problem = Problem::new(path, format!("`{text}` is declared twice"));
                    self.problems
                        .push(problem.with_help(format!("the first declaration is in `third_party[{earlier}]`")));
                } else {
                    first.insert(form, index);
                }
            }
        }
    }

    /// The policy of each set of grants is made beforehand, and their number doubles with each thing that can be granted.
    fn party_conditions(&mut self, parties: &[ThirdParty], root: &KeyPath) {
        let conditions: BTreeSet<_> = parties.iter().map(|party| (party.category, party.key.as_deref())).collect();
        if conditions.len() > ThirdParties::MAX_CONDITIONS {
            let message = format!(
                "third parties wait for {} different categories and keys, where {} are the most",
                conditions.len(),
                ThirdParties::MAX_CONDITIONS
            );
            self.report(root.key("third_party"), message);
        }
    }
}
