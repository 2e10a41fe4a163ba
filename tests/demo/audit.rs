//! The demo's cookies in three states: no choice; refused, with a browser that has cookies from before octroi; withdrawn
//! after accepting. In a real browser, under the portal's real name, in clear and under TLS. The tests check all cookies of
//! the browser, and the portal's own record.
//!
//! The scripts that write cookies are a third party's, which the charter holds: they are not loaded, and the cookies that they
//! wrote before are deleted by one navigation. A script that is not held can write a cookie again on each page, which no proxy
//! can prevent; one test shows what is then left.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{SystemTime, UNIX_EPOCH};

use octroi::demo::Banner;
use octroi::demo::portal::Portal;
use serde_json::Value;

use super::terminator;
use super::tour::{DATASET, Names, RECORDS, Visitor};
use crate::support::browser::{Browser as _, Chromium, Cookie};
use crate::support::{Authority, Octroi, Setup};

pub(super) const HOST: &str = "data.education.gouv.fr";
const SHIPPED: &str = include_str!("../../config/charters/data.education.gouv.fr.toml");

/// What an operator adds to the shipped charter: the domain above the portal, which is the controller's own, and some of
/// the trackers, one with the path and the domain that it is set for.
const ADDED: &str = r#"
[[cookie]]
prefix = "_pk_"
category = "statistics"
[[cookie]]
name = "_ga"
category = "statistics"
[[cookie]]
glob = "reco_*"
category = "statistics"
path = "/explore/dataset/"
domain = "education.gouv.fr"
"#;

/// The third parties of the portal's pages, whom an operator adds, too. Their names are the portal's own, below `localhost`.
fn third_parties(port: u16) -> String {
    let party = |(id, category): (&str, &str)| {
        format!("[[third_party]]\nid = \"{id}\"\nhosts = [\"{id}.localhost:{port}\"]\ncategory = \"{category}\"\n")
    };
    let held = HELD.map(|id| (id, "statistics")).map(party).concat();
    format!("[third_parties]\nlevel = \"policy\"\n{held}{}", party(("map", "necessary")))
}

/// All of them but the one that is necessary.
pub(super) const HELD: [&str; 4] = ["statistics", "pixel", "video", "social"];

/// What a visitor opens: the portal's address, which leads to its first page, then a page for each other tree of paths
/// for which the portal sets cookies.
const NAVIGATIONS: [&str; 3] = ["/", DATASET, RECORDS];

#[derive(Clone, Copy)]
pub(super) enum Scheme {
    Http,
    Https,
}

#[test]
fn no_choice_in_clear() {
    nothing_said(Scheme::Http);
}

#[test]
fn no_choice_under_tls() {
    nothing_said(Scheme::Https);
}

fn nothing_said(scheme: Scheme) {
    let audit = Audit::start(scheme, &declared());
    let visitor = audit.through_octroi();
    visitor.tour();
    audit.assert_all_set("octroi");
    audit.assert_none_received();
    audit.assert_trackers(&Names::new());
    visitor.open_each(&NAVIGATIONS);
    audit.assert_none_left();
}

#[test]
fn refused_with_a_full_jar_in_clear() {
    refused_with_a_full_jar(Scheme::Http);
}

#[test]
fn refused_with_a_full_jar_under_tls() {
    refused_with_a_full_jar(Scheme::Https);
}

fn refused_with_a_full_jar(scheme: Scheme) {
    let audit = Audit::start(scheme, &declared());
    let before = audit.beside_octroi();
    before.tour();
    before.choose("refuse");
    audit.assert_trackers(&audit.known(|_| true));
    audit.assert_all_asked("direct");
    before.page.navigate("about:blank");
    audit.forget();
    audit.assert_gone(&audit.through_octroi());
}

#[test]
fn withdrawn_in_clear() {
    withdrawn(Scheme::Http);
}

#[test]
fn withdrawn_under_tls() {
    withdrawn(Scheme::Https);
}

fn withdrawn(scheme: Scheme) {
    let audit = Audit::start(scheme, &declared());
    let visitor = audit.through_octroi();
    visitor.open("/");
    visitor.choose("accept");
    visitor.tour();
    audit.assert_trackers(&audit.known(|_| true));
    audit.assert_all_asked("octroi");
    // A report of the panel, still granted, would be counted after the ledger was cleared.
    visitor.page.block("*/__demo/held");
    visitor.open("/terms/cookies-policy/");
    audit.forget();
    visitor.choose("refuse");
    audit.assert_none_received();
    audit.assert_none_left_at_the_root();
    audit.assert_gone(&visitor);
}

#[test]
fn accepted_in_clear_all_cookies_are_kept_as_without_octroi() {
    accepted_all_land_as_without_octroi(Scheme::Http);
}

#[test]
fn accepted_under_tls_all_cookies_are_kept_as_without_octroi() {
    accepted_all_land_as_without_octroi(Scheme::Https);
}

fn accepted_all_land_as_without_octroi(scheme: Scheme) {
    let jar = |visit: fn(&Audit) -> Visitor<'_>| {
        let audit = Audit::start(scheme, &declared());
        let visitor = visit(&audit);
        visitor.open("/");
        visitor.choose("accept");
        visitor.tour();
        audit.assert_trackers(&audit.known(|_| true));
        audit.described_jar()
    };
    let (through, beside) = (jar(Audit::through_octroi), jar(Audit::beside_octroi));
    let differ: Vec<_> = through.symmetric_difference(&beside).map(Cookie::shown).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}

#[test]
fn cookies_that_scripts_write_again_stay_in_the_browser_and_are_not_sent_on() {
    let audit = Audit::start_without_third_parties(Scheme::Http, &declared());
    let before = audit.beside_octroi();
    before.tour();
    before.choose("refuse");
    before.page.navigate("about:blank");
    audit.forget();
    let visitor = audit.through_octroi();
    visitor.tour();
    // The last of these pages has no script: what the others wrote goes, and nothing writes it again.
    visitor.open_each(&NAVIGATIONS);
    audit.assert_none_left_at_the_root();
    visitor.open("/pages/accueil/");
    audit.assert_no_tracker_received();
    let scripts = audit.known(|cookie| cookie["script"] == true);
    let at_the_root = audit.trackers().into_iter().filter(|cookie| cookie.path == "/");
    let left: Names = at_the_root.map(|cookie| cookie.name).collect();
    assert!(!left.is_empty() && left.is_subset(&scripts), "{left:?}");
}

#[test]
fn cookies_that_may_be_a_sibling_sites_are_stripped_and_not_deleted() {
    let audit = Audit::start(Scheme::Http, SHIPPED);
    let before = audit.beside_octroi();
    before.tour();
    before.choose("refuse");
    let of_the_parent: BTreeSet<_> = audit.trackers().into_iter().filter(Held::is_of_the_parent).collect();
    before.page.navigate("about:blank");
    audit.forget();
    let visitor = audit.through_octroi();
    visitor.open_each(&NAVIGATIONS);
    audit.assert_none_received();
    assert!(of_the_parent.len() > 6, "{of_the_parent:?}");
    assert_eq!(audit.trackers(), of_the_parent);
}

/// The shipped charter with [`ADDED`].
pub(super) fn declared() -> String {
    let undeclared = "undeclared = \"full-consent\"\n";
    assert!(SHIPPED.contains(undeclared));
    SHIPPED.replace(undeclared, &format!("{undeclared}expire_domains = [\"education.gouv.fr\"]\n")) + ADDED
}

/// A portal, octroi in front of it, and a browser that knows both by the same name: ports do not separate jars.
pub(super) struct Audit {
    browser: Chromium,
    scheme: Scheme,
    bare: String,
    front: String,
    portal: Portal,
    _octroi: Octroi,
    _runtime: tokio::runtime::Runtime,
}

/// A tracker in the jar.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    name: String,
    domain: String,
    path: String,
}

impl Held {
    fn is_of_the_parent(&self) -> bool {
        self.domain == ".education.gouv.fr"
    }
}

impl Audit {
    /// A charter that holds the third parties of the pages, besides what it says.
    pub(super) fn start(scheme: Scheme, charter: &str) -> Self {
        let portal = Portal::start(0, Banner::default()).unwrap();
        let charter = charter.to_owned() + &third_parties(portal.third_party_port());
        Self::before(portal, scheme, &charter)
    }

    fn start_without_third_parties(scheme: Scheme, charter: &str) -> Self {
        Self::before(Portal::start(0, Banner::default()).unwrap(), scheme, charter)
    }

    fn before(portal: Portal, scheme: Scheme, charter: &str) -> Self {
        let authority = Authority::new();
        let setup = Setup::before_address(SocketAddr::from(([127, 0, 0, 1], portal.port()))).charter(charter);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let octroi = runtime.block_on(setup.tls(&authority, &[&[HOST]]).start());
        let (bare, front) = match scheme {
            Scheme::Http => {
                (format!("http://{HOST}:{}", portal.port()), format!("http://{HOST}:{}", octroi.address.port()))
            }
            Scheme::Https => {
                let bare = terminator::start(portal.port(), authority.server(&[HOST]));
                (format!("https://{HOST}:{bare}"), format!("https://{HOST}:{}", octroi.tls.port()))
            }
        };
        let browser = Chromium::start();
        Self { browser, scheme, bare, front, portal, _octroi: octroi, _runtime: runtime }
    }

    /// A visitor of the bare portal.
    pub(super) fn beside_octroi(&self) -> Visitor<'_> {
        Visitor::new(&self.browser, &self.bare, "direct")
    }

    pub(super) fn through_octroi(&self) -> Visitor<'_> {
        Visitor::new(&self.browser, &self.front, "octroi")
    }

    /// Makes the portal forget what it received.
    fn forget(&self) {
        self.ask("POST", "/__demo/reset");
    }

    /// What the portal says of itself, asked by nobody's browser.
    fn ask(&self, method: &str, path: &str) -> Value {
        let proto = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        let port = self.portal.port();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {HOST}:{port}\r\nx-forwarded-proto: {proto}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// The trackers that the portal sets under its name and scheme, as far as wanted.
    pub(super) fn known(&self, wanted: fn(&Value) -> bool) -> Names {
        let record = self.ask("GET", "/__demo/received");
        let trackers = record["cookies"].as_array().unwrap().iter().filter(|cookie| cookie["charter"] == false);
        let names: Names = trackers
            .filter(|cookie| wanted(cookie))
            .map(|cookie| cookie["name"].as_str().unwrap().to_owned())
            .collect();
        assert!(!names.is_empty());
        names
    }

    /// The trackers in the jar.
    fn trackers(&self) -> BTreeSet<Held> {
        let known = self.known(|_| true);
        let jar = self.browser.jar().into_iter().filter(|cookie| known.contains(&cookie.name));
        jar.map(|Cookie { name, domain, path, .. }| Held { name, domain, path }).collect()
    }

    /// The whole jar, each cookie with all its attributes; values as far as they are not drawn by lot.
    fn described_jar(&self) -> BTreeSet<Cookie> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        // Lives are of whole days and halves: a quarter more keeps the seconds of a visit from mattering.
        let days = |expires: i64| (expires - i64::try_from(now).unwrap() + 21_600) / 86_400;
        let known = self.known(|_| true);
        let describe = |cookie: Cookie| {
            let value = if known.contains(&cookie.name) { cookie.value } else { String::new() };
            Cookie { value, expires: cookie.expires.map(days), ..cookie }
        };
        self.browser.jar().into_iter().map(describe).collect()
    }

    #[track_caller]
    fn assert_trackers(&self, expected: &Names) {
        assert_eq!(&self.trackers().into_iter().map(|cookie| cookie.name).collect::<Names>(), expected, "in the jar");
    }

    /// The portal set all that it sets by header: what is not found was there to be found.
    #[track_caller]
    fn assert_all_set(&self, entry: &str) {
        let record = self.ask("GET", "/__demo/received");
        let not_set = self.known(|cookie| cookie["script"] == false).into_iter();
        let not_set: Names = not_set.filter(|name| record[entry]["set"].get(name).is_none()).collect();
        assert_eq!(not_set, Names::new(), "never set");
    }

    /// The pages of an entry asked each third party: what is not asked elsewhere is there to be asked.
    #[track_caller]
    fn assert_all_asked(&self, entry: &str) {
        let record = self.ask("GET", "/__demo/received");
        let missing: Vec<_> = HELD.into_iter().filter(|id| record[entry]["asked"].get(id).is_none()).collect();
        assert!(missing.is_empty(), "never asked: {missing:?}");
    }

    /// Neither did the portal receive a tracker, nor was a third party asked that is held.
    #[track_caller]
    fn assert_none_received(&self) {
        let record = self.ask("GET", "/__demo/received");
        let asked: Vec<_> = HELD.into_iter().filter(|id| record["octroi"]["asked"].get(id).is_some()).collect();
        assert!(asked.is_empty(), "third parties asked: {asked:?}");
        self.assert_no_tracker_received();
    }

    #[track_caller]
    fn assert_no_tracker_received(&self) {
        let record = self.ask("GET", "/__demo/received");
        assert!(record["octroi"]["requests"].as_u64().unwrap() > 0, "no request came through octroi");
        let received = record["octroi"]["received"].as_object().unwrap();
        let trackers: Vec<_> = self.known(|_| true).into_iter().filter(|name| received.contains_key(name)).collect();
        assert!(trackers.is_empty(), "the portal received {trackers:?}");
    }

    /// From the first request on, the portal receives none; after one navigation none of `Path=/` is left, and in the end none
    /// at all; and the visitor is logged in as before. Over https, pages are enough: what they load takes out the cookies
    /// of other paths. Over http a browser does not say that a request comes from the site's own page, so the visitor opens
    /// what else there is.
    #[track_caller]
    fn assert_gone(&self, visitor: &Visitor<'_>) {
        let navigations: &[&str] = match self.scheme {
            Scheme::Http => &NAVIGATIONS,
            Scheme::Https => &NAVIGATIONS[..2],
        };
        for path in navigations {
            visitor.open(path);
            self.assert_none_received();
            self.assert_none_left_at_the_root();
            if *path == DATASET {
                visitor.wait_for_the_dataset();
            }
        }
        self.assert_none_left();
    }

    #[track_caller]
    fn assert_none_left_at_the_root(&self) {
        let left: Vec<_> = self.trackers().into_iter().filter(|cookie| cookie.path == "/").collect();
        assert!(left.is_empty(), "left in the jar: {left:?}");
    }

    #[track_caller]
    fn assert_none_left(&self) {
        self.assert_none_received();
        assert_eq!(self.trackers(), BTreeSet::new());
        let charter: Names = self.browser.jar().into_iter().map(|cookie| cookie.name).collect();
        assert!(charter.contains("sessionid"), "the login did not last: {charter:?}");
    }
}
