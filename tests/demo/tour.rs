//! A visitor's tour of the portal, and the resulting cookies.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::browser::{Chromium, Page, RecordedTab};

/// The page of a dataset.
pub(crate) const DATASET: &str = "/explore/dataset/fr-en-annuaire-education/";

/// The answer of the Explore API that this page links to.
pub(crate) const RECORDS: &str = "/api/explore/v2.1/catalog/datasets/fr-en-annuaire-education/records?limit=20";

/// Cookie names.
pub(crate) type Names = BTreeSet<String>;

/// A tab of any browser, as far as a tour needs it.
pub(crate) trait Window {
    /// Opens `url` as a visitor who types it, and waits until it is loaded.
    fn navigate(&self, url: &str);
    /// Clicks, and waits until the page that this leads to is loaded.
    fn follow(&self, selector: &str);
    /// The value of an expression; a promise is waited for.
    fn evaluate(&self, expression: &str) -> Value;

    /// Waits until `condition` holds in the page.
    fn wait_until(&self, condition: &str) {
        self.evaluate(&format!(
            "new Promise(done => {{ const look = () => ({condition}) ? done() : setTimeout(look, 20); look(); }})"
        ));
    }

    /// The language of the page.
    fn language(&self) -> Value {
        self.evaluate("document.documentElement.lang")
    }
}

impl Window for Page<'_> {
    fn navigate(&self, url: &str) {
        self.navigate(url);
    }

    fn follow(&self, selector: &str) {
        self.follow(selector);
    }

    fn evaluate(&self, expression: &str) -> Value {
        self.evaluate(expression)
    }
}

impl Window for RecordedTab<'_> {
    fn navigate(&self, url: &str) {
        self.navigate(url);
    }

    fn follow(&self, selector: &str) {
        self.follow(selector);
    }

    fn evaluate(&self, expression: &str) -> Value {
        self.run(expression)
    }
}

/// Sees every kind of response: a redirect, pages, images, API answers, an export, a page that is missing, a login, a change
/// of language; then looks once more at each path, so that whatever landed could reach the portal.
pub(crate) fn tour(window: &impl Window, address: &str) {
    let open = |path: &str| window.navigate(&format!("{address}{path}"));
    let open_dataset = || {
        open(DATASET);
        wait_for_the_dataset(window);
    };
    open("/");
    open("/explore/");
    open_dataset();
    open("/introuvable/");
    open("/login/");
    window.follow("#login button");
    let account = window.evaluate("document.querySelector('#account').textContent");
    let expected = if window.language() == "en" { "Log out" } else { "Se déconnecter" };
    assert_eq!(account, expected, "the login did not hold");
    let language = window.language();
    window.follow("#language");
    assert_ne!(window.language(), language, "the language did not change");
    open_dataset();
    open("/pages/accueil/");
    window.wait_until("document.documentElement.dataset.reported === 'true'");
}

/// Waits until the page of a dataset has its records, and takes the first line of an export.
fn wait_for_the_dataset(window: &impl Window) {
    window.wait_until("document.querySelectorAll('#records tbody tr').length === 20");
    window.evaluate("fetch(document.querySelector('[href$=csv]').href + '?rows=1').then(file => file.text())");
}

/// A visitor's tab on one of the demo's two addresses.
pub(crate) struct Visitor<'b> {
    browser: &'b Chromium,
    pub(crate) page: Page<'b>,
    address: String,
    entry: &'static str,
}

/// What the portal kept of one entry.
pub(crate) struct Record {
    /// What the charter lists.
    pub(crate) charter: Names,
    /// Trackers set by header.
    pub(crate) by_header: Names,
    /// Trackers set by script.
    pub(crate) by_script: Names,
    /// What reached the portal.
    pub(crate) received: Names,
    /// What the portal set by header.
    pub(crate) set: Names,
    /// Which third parties its pages asked.
    pub(crate) asked: Names,
}

impl<'b> Visitor<'b> {
    /// `entry`: `direct` or `octroi`, as the portal calls it.
    pub(crate) fn new(browser: &'b Chromium, address: &str, entry: &'static str) -> Self {
        Self { browser, page: browser.open(), address: address.trim_end_matches('/').to_owned(), entry }
    }

    pub(crate) fn open(&self, path: &str) {
        self.page.navigate(&format!("{}{path}", self.address));
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn open_each(&self, paths: &[&str]) {
        for path in paths {
            self.open(path);
        }
    }

    pub(crate) fn tour(&self) {
        tour(&self.page, &self.address);
    }

    pub(crate) fn wait_for_the_dataset(&self) {
        wait_for_the_dataset(&self.page);
    }

    /// Presses a button of the banner, opened again if a choice hid it.
    pub(crate) fn choose(&self, choice: &str) {
        if self.page.evaluate("document.getElementById('cookie-banner').hidden") == true {
            self.page.click("#manage-cookies");
        }
        self.page.follow(&format!("[data-choice={choice}]"));
    }

    /// The names in the browser's jar, of any kind.
    pub(crate) fn jar(&self) -> Names {
        let host = self.address.trim_start_matches("http://").split(':').next().unwrap();
        self.browser.cookies(host)
    }

    pub(crate) fn record(&self) -> Record {
        let record = self.page.evaluate("fetch('/__demo/received').then(answer => answer.json())");
        let known = |wanted: fn(&Value) -> bool| {
            let cookies = record["cookies"].as_array().unwrap().iter().filter(|cookie| wanted(cookie));
            cookies.map(|cookie| cookie["name"].as_str().unwrap().to_owned()).collect()
        };
        Record {
            charter: known(|cookie| cookie["charter"] == true),
            by_header: known(|cookie| cookie["charter"] == false && cookie["script"] == false),
            by_script: known(|cookie| cookie["charter"] == false && cookie["script"] == true),
            received: keys(&record[self.entry]["received"]),
            set: keys(&record[self.entry]["set"]),
            asked: keys(&record[self.entry]["asked"]),
        }
    }

    /// Makes the portal forget what it kept so far.
    pub(crate) fn forget(&self) {
        self.page.evaluate("fetch('/__demo/reset', { method: 'POST' }).then(answer => answer.text())");
    }
}

/// The names, as a set.
pub(crate) fn names<'n>(list: impl IntoIterator<Item = &'n str>) -> Names {
    list.into_iter().map(str::to_owned).collect()
}

fn keys(object: &Value) -> Names {
    object.as_object().unwrap().keys().cloned().collect()
}
