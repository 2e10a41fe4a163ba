//! The comparison: a case is loaded directly from the portal and through a proxy, and the cookies of both are compared.
//!
//! Browsers share cookies between ports, so both ways use one host and differ in nothing that a browser stores.

use super::case::{Case, Load, Outcome};
use super::judgement::listed;
use crate::support::browser::{Browser, Cookie, Tab};

/// What the visitor has chosen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    Unsaid,
    Granted,
}

/// One browser on the two ways to the portal.
pub(crate) struct Comparison<'b> {
    browser: &'b dyn Browser,
    direct: Way<'b>,
    through: Way<'b>,
    /// Where pages come and go.
    visits: Box<dyn Tab + 'b>,
}

/// A way to the portal, with a page of its own from which scripts ask.
struct Way<'b> {
    /// Such as `http://www.portal.test:8080`.
    address: String,
    page: Box<dyn Tab + 'b>,
}

/// What was in the jar before and after a load.
pub(crate) struct Jars {
    pub(crate) before: Vec<Cookie>,
    pub(crate) after: Vec<Cookie>,
}

/// What became of one case, straight from the portal and through the proxy.
pub(crate) struct Pair {
    pub(crate) direct: Jars,
    pub(crate) through: Jars,
}

impl<'b> Comparison<'b> {
    pub(crate) fn new(browser: &'b dyn Browser, direct: &str, through: &str) -> Self {
        let way = |address: &str| {
            let page = browser.tab();
            page.visit(&format!("{address}/"));
            Way { address: address.to_owned(), page }
        };
        Self { browser, direct: way(direct), through: way(through), visits: browser.tab() }
    }

    /// Loads each case both ways, under this consent. What octroi refuses whole, it refuses whatever the consent.
    pub(crate) fn results<'c>(&self, cases: &'c [Case], consent: Consent) -> Vec<(&'c Case, Pair)> {
        let depends = |case: &Case| consent == Consent::Unsaid || case.outcome != Outcome::Refused;
        let numbered = cases.iter().enumerate().filter(|(_, case)| depends(case));
        numbered.map(|(number, case)| (case, self.both_ways(number, case, consent))).collect()
    }

    fn both_ways(&self, number: usize, case: &Case, consent: Consent) -> Pair {
        let [direct, through] = [&self.direct, &self.through].map(|way| self.load(way, number, case, consent));
        Pair { direct, through }
    }

    /// Loads a case with a jar that holds what the case and the consent need, and nothing else.
    fn load(&self, way: &Way<'_>, number: usize, case: &Case, consent: Consent) -> Jars {
        self.browser.empty_jar();
        if case.held {
            self.direct.fetch("GET", "/c/held");
        }
        if consent == Consent::Granted {
            self.direct.fetch("GET", "/c/granted");
        }
        let before = self.look(case);
        let fresh = case.held || consent == Consent::Granted || before.is_empty();
        assert!(fresh, "{}: the jar still holds{}", case.name, listed(&before));
        // Each load has an address of its own, so that none is answered from a cache; a cookie's path has no query.
        let target = format!("/c/{number}?{consent:?}");
        match case.load {
            Load::Fetch => drop(way.fetch("GET", &target)),
            Load::Head => drop(way.fetch("HEAD", &target)),
            Load::Navigation => self.visits.visit(&format!("{}{target}", way.address)),
            Load::WebSocket => way.open_websocket(&target),
        }
        Jars { before, after: self.look(case) }
    }

    /// The jar. Chromium's protocol leaves out bytes that are no UTF-8, in names too; if a response has such bytes,
    /// what counts is what the browser sends back.
    fn look(&self, case: &Case) -> Vec<Cookie> {
        if std::str::from_utf8(&case.answer).is_ok() {
            return self.browser.jar();
        }
        let sent = self.direct.fetch("GET", "/c/sent");
        let mut sent: Vec<_> = sent.split("; ").filter(|pair| !pair.is_empty()).map(Cookie::sent).collect();
        sent.sort();
        sent
    }
}

impl Way<'_> {
    /// The body of the answer, or how the request failed.
    fn fetch(&self, method: &str, target: &str) -> String {
        let url = format!("{}{target}", self.address);
        let options = format!("{{ method: '{method}', cache: 'no-store', signal: AbortSignal.timeout(20000) }}");
        let body = format!("fetch('{url}', {options}).then(answer => answer.text()).catch(error => error.name)");
        let body = self.page.run(&body).as_str().expect("a text").to_owned();
        assert_ne!(body, "TimeoutError", "{method} {url}");
        body
    }

    /// Opens a WebSocket and closes it, or sees it fail.
    fn open_websocket(&self, target: &str) {
        let url = format!("{}{target}", self.address.replacen("http", "ws", 1));
        self.page.run(&format!(
            "new Promise(done => {{ const socket = new WebSocket('{url}');
              socket.onopen = () => socket.close(); socket.onclose = () => done(''); }})"
        ));
    }
}
