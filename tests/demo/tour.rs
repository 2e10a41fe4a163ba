//! What a visitor does on the portal, and what came of it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::browser::{Chromium, Page};

/// The page of a dataset.
pub(crate) const DATASET: &str = "/explore/dataset/fr-en-annuaire-education/";

/// The answer of the Explore API that this page links to.
pub(crate) const RECORDS: &str = "/api/explore/v2.1/catalog/datasets/fr-en-annuaire-education/records?limit=20";

/// Cookie names.
pub(crate) type Names = BTreeSet<String>;

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
}

impl<'b> Visitor<'b> {
    /// `entry`: `direct` or `octroi`, as the portal calls it.
    pub(crate) fn new(browser: &'b Chromium, address: &str, entry: &'static str) -> Self {
        Self { browser, page: browser.open(), address: address.trim_end_matches('/').to_owned(), entry }
    }

    pub(crate) fn open(&self, path: &str) {
        self.page.navigate(&format!("{}{path}", self.address));
    }

    pub(crate) fn open_each(&self, paths: &[&str]) {
        for path in paths {
            self.open(path);
        }
    }

    /// Sees every kind of response: a redirect, pages, images, API answers, an export, a page that is missing, a login, a
    /// change of language; then looks once more at each path, so that whatever landed could reach the portal.
    pub(crate) fn tour(&self) {
        self.open("/");
        self.open("/explore/");
        self.open_dataset();
        self.open("/introuvable/");
        self.open("/login/");
        self.page.follow("#login button");
        assert_eq!(self.text("#account"), self.either("Se déconnecter", "Log out"), "the login did not hold");
        let language = self.language();
        self.page.follow("#language");
        assert_ne!(self.language(), language, "the language did not change");
        self.open_dataset();
        self.open("/pages/accueil/");
        self.page.wait_until("document.documentElement.dataset.reported === 'true'");
    }

    /// The page of a dataset, with its records and the first line of an export.
    fn open_dataset(&self) {
        self.open(DATASET);
        self.wait_for_the_dataset();
    }

    /// Waits until the page of a dataset has its records, and takes the first line of an export.
    pub(crate) fn wait_for_the_dataset(&self) {
        self.page.wait_until("document.querySelectorAll('#records tbody tr').length === 20");
        self.page.evaluate("fetch(document.querySelector('[href$=csv]').href + '?rows=1').then(file => file.text())");
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
        }
    }

    /// Makes the portal forget what it kept so far.
    pub(crate) fn forget(&self) {
        self.page.evaluate("fetch('/__demo/reset', { method: 'POST' }).then(answer => answer.text())");
    }

    fn text(&self, selector: &str) -> String {
        self.page.evaluate(&format!("document.querySelector({selector:?}).textContent")).as_str().unwrap().to_owned()
    }

    fn language(&self) -> Value {
        self.page.evaluate("document.documentElement.lang")
    }

    fn either<'t>(&self, french: &'t str, english: &'t str) -> &'t str {
        if self.language() == "en" { english } else { french }
    }
}

/// The names, as a set.
pub(crate) fn names<'n>(list: impl IntoIterator<Item = &'n str>) -> Names {
    list.into_iter().map(str::to_owned).collect()
}

fn keys(object: &Value) -> Names {
    object.as_object().unwrap().keys().cloned().collect()
}
