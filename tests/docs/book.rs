//! The book: its table of contents has every page, every link and anchor exists, and the site builds without a warning.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use crate::page::Page;
use crate::repository;

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => assert!(whole.pop(), "{} leaves the repository", path.display()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    whole
}

/// What a link of a page leads to, from the repository's root, and the anchor in it; `None` for another site.
fn resolved(page: &Page, target: &str) -> Option<(PathBuf, Option<String>)> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) =
        target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let path = if path.is_empty() { page.path.clone() } else { normal(&page.path.parent().unwrap().join(path)) };
    Some((path, anchor))
}

#[test]
fn every_page_is_in_the_table_of_contents_once() {
    let summary = Page::read(Path::new("docs/SUMMARY.md"));
    let named: Vec<PathBuf> =
        summary.links().iter().filter_map(|link| Some(resolved(&summary, &link.target)?.0)).collect();
    let unique: BTreeSet<_> = named.iter().cloned().collect();
    assert_eq!(named.len(), unique.len(), "a page is named twice: {named:?}");
    let pages: BTreeSet<_> = Page::all().into_iter().map(|page| page.path).collect();
    let missing: Vec<_> = pages.difference(&unique).collect();
    let unknown: Vec<_> = unique.difference(&pages).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "not in docs/SUMMARY.md: {missing:?}; no page: {unknown:?}");
}

#[test]
fn every_link_and_every_anchor_exists() {
    let mut broken = Vec::new();
    for page in Page::all() {
        for link in page.links() {
            let Some((path, anchor)) = resolved(&page, &link.target) else { continue };
            let there = repository().join(&path).exists();
            let anchored = |anchor: &String| Page::read(&path).anchors().contains(anchor);
            if !there || anchor.as_ref().is_some_and(|anchor| !anchored(anchor)) {
                broken.push(format!("{}: {}", page.at(link.line), link.target));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// All values of an attribute in an HTML page.
fn attribute(html: &str, name: &str) -> Vec<String> {
    let begin = format!(" {name}=\"");
    html.split(&begin).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

fn pages_under(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages_under(&path, into);
        } else if path.extension().is_some_and(|end| end == "html") {
            into.push(path);
        }
    }
}

#[test]
fn the_site_builds_without_a_warning_and_no_link_in_it_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let output = Command::new("scripts/book").arg(&site).current_dir(repository()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    assert!(output.status.success() && !said.contains("WARN") && !said.contains("ERROR"), "{said}");

    let mut pages = Vec::new();
    pages_under(&site, &mut pages);
    // Generated from every page at once, with an anchor's base of its own.
    pages.retain(|page| !page.ends_with("print.html") && !page.ends_with("404.html") && !page.ends_with("toc.html"));
    assert!(pages.len() >= Page::all().len(), "{pages:?}");
    let mut broken = Vec::new();
    for page in &pages {
        let html = std::fs::read_to_string(page).unwrap();
        for target in attribute(&html, "href").into_iter().chain(attribute(&html, "src")) {
            if target.contains(':') {
                continue;
            }
            let (path, anchor) = target.split_once('#').map_or((&*target, ""), |(path, anchor)| (path, anchor));
            let file = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            let has_anchor = || attribute(&std::fs::read_to_string(&file).unwrap(), "id").iter().any(|id| id == anchor);
            if !file.exists() || !(anchor.is_empty() || has_anchor()) {
                broken.push(format!("{}: {target}", page.strip_prefix(&site).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_alert_has_a_runbook_and_every_runbook_an_alert() {
    let rules = std::fs::read_to_string(repository().join("deploy/prometheus/octroi.rules.yml")).unwrap();
    let mut alert = "";
    let mut named = BTreeSet::new();
    let mut alerts = BTreeSet::new();
    for line in rules.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("- alert: ") {
            alert = name;
            alerts.insert(name.to_lowercase());
        }
        if let Some(runbook) = line.strip_prefix("runbook: ") {
            assert_eq!(runbook, format!("docs/runbooks.md#{}", alert.to_lowercase()), "{alert}");
            named.insert(alert.to_lowercase());
        }
    }
    assert_eq!(alerts, named, "an alert without `runbook`");
    let page = Page::read(Path::new("docs/runbooks.md"));
    let sections: BTreeSet<_> =
        page.anchors().into_iter().filter(|name| name.starts_with("octroi") && !name.contains('-')).collect();
    assert_eq!(sections, named, "sections of docs/runbooks.md beside the alerts");
}
