//! Real banners in real browsers: as their authors ship them, driven by clicks, through octroi.
//!
//! A portal sets one exempt cookie and one for each of two categories with every page. The browser's cookies, and those that
//! the portal receives, must agree with the visitor's clicks: none, all accepted, all refused, one category accepted,
//! withdrawn. Each version of a banner is tested in Chromium, the newest one in Firefox, too. The pages are in `pages`, with
//! the buttons to click; `scripts/setup` installs the banners.

mod django;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::browser::{Browser, Chromium, Firefox, Tab};
use crate::support::{Message, Origin, Setup};

/// A banner, and what a charter says of it.
struct Banner {
    page: &'static str,
    /// Of its package, the newest last. Django's has an empty one, and is tried in Chromium alone: its server answers one
    /// request at a time.
    versions: &'static [&'static str],
    consent: String,
    /// Whether a visitor can accept one category without the other.
    has_categories: bool,
}

const HOST: &str = "www.portal.test";

const SERVICES: &str = "[consent.keys]\naudience = \"statistics\"\nvideos = \"videos\"\n";

#[tokio::test]
async fn tarteaucitron() {
    in_pages(
        "tarteaucitron",
        &["1.15.0", "1.34.0"],
        &format!("[consent]\nformat = \"tarteaucitron\"\n{SERVICES}"),
        true,
    )
    .await;
}

#[tokio::test]
async fn orejime_3() {
    in_pages("orejime", &["3.1.1", "3.2.1"], &format!("[consent]\nformat = \"orejime\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn orejime_2() {
    in_pages("orejime2", &["2.0.3", "2.3.3"], &format!("[consent]\nformat = \"orejime\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn klaro() {
    in_pages("klaro", &["0.6.18", "0.7.9", "0.7.22"], &format!("[consent]\nformat = \"klaro\"\n{SERVICES}"), true)
        .await;
}

#[tokio::test]
async fn cookieconsent_3() {
    in_pages(
        "cookieconsent3",
        &["3.0.1", "3.1.0"],
        &format!("[consent]\nformat = \"cookieconsent\"\n{SERVICES}"),
        true,
    )
    .await;
}

#[tokio::test]
async fn cookieconsent_2() {
    in_pages(
        "cookieconsent2",
        &["2.8.0", "2.9.2"],
        &format!("[consent]\nformat = \"cookieconsent\"\n{SERVICES}"),
        true,
    )
    .await;
}

#[tokio::test]
async fn osano() {
    in_pages(
        "osano",
        &["3.1.1"],
        "[consent]\nformat = \"osano\"\nkeys = { all = [\"statistics\", \"videos\"] }\n",
        false,
    )
    .await;
}

#[tokio::test]
async fn cookiesjsr() {
    in_pages("cookiesjsr", &["1.0.17"], &format!("[consent]\nformat = \"cookiesjsr\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn tcf() {
    let keys = "keys = { purpose-8 = \"statistics\", purpose-4 = \"videos\" }\nrequire_disclosed_vendors = true\n";
    in_pages("tcf", &["1.5.3", "1.5.6"], &format!("[consent]\nformat = \"tcf\"\n{keys}"), true).await;
}

#[tokio::test]
async fn django_cookie_consent() {
    let portal = django::Portal::start();
    let consent = format!("[consent]\nformat = \"django-cookie-consent\"\n{SERVICES}");
    Banner { page: "django", versions: &[""], consent, has_categories: true }.try_at(portal.address()).await;
}

/// Drives the banner of a page that the test's own portal serves.
async fn in_pages(page: &'static str, versions: &'static [&'static str], consent: &str, has_categories: bool) {
    let portal = Origin::replying(serve).await;
    Banner { page, versions, consent: consent.to_owned(), has_categories }.try_at(portal.address).await;
}

impl Banner {
    async fn try_at(self, portal: SocketAddr) {
        let octroi = Setup::before_address(portal).hosts("[\"*\"]").charter(&self.charter()).start().await;
        let port = octroi.address.port();
        let clicks = move || {
            self.try_in(&Chromium::start(), port, self.versions);
            if let Some(newest) = self.versions.last().filter(|version| !version.is_empty()) {
                self.try_in(&Firefox::start(HOST), port, &[*newest]);
            }
        };
        tokio::task::spawn_blocking(clicks).await.unwrap();
    }

    fn try_in(&self, browser: &dyn Browser, port: u16, versions: &[&str]) {
        let answers = [("accept", &["stats", "video"][..]), ("refuse", &[]), ("one", &["stats"])];
        let answers = &answers[..if self.has_categories { 3 } else { 2 }];
        for version in versions {
            let page = format!("http://{HOST}:{port}/{version}/{}.html", self.page).replace("//django", "/django");
            for (answer, wanted) in answers {
                browser.empty_jar();
                Visitor { browser, tab: browser.tab(), page: &page }.ask(answer, wanted);
            }
        }
    }

    fn charter(&self) -> String {
        let head = "[charter]\nundeclared = \"deny\"\n";
        let category = |id: &str, consent: &str| format!("[[category]]\nid = \"{id}\"\nconsent = \"{consent}\"\n");
        let cookie = |name: &str, category: &str| format!("[[cookie]]\nname = \"{name}\"\ncategory = \"{category}\"\n");
        [
            head.to_owned(),
            category("necessary", "exempt"),
            category("statistics", "required"),
            category("videos", "required"),
            cookie("sessionid", "necessary"),
            cookie("csrftoken", "necessary"),
            cookie("stats", "statistics"),
            cookie("video", "videos"),
            self.consent.clone(),
        ]
        .concat()
    }
}

struct Visitor<'b> {
    browser: &'b dyn Browser,
    tab: Box<dyn Tab + 'b>,
    page: &'b str,
}

impl Visitor<'_> {
    /// Says nothing, then this, then takes it back; `wanted` may land once they have said it.
    fn ask(&self, answer: &str, wanted: &[&str]) {
        self.visit();
        self.assert_has("nothing said", &[]);
        self.says(answer);
        self.assert_has(answer, wanted);
        if !wanted.is_empty() {
            self.says("withdraw");
            self.assert_has(&format!("withdrawn after {answer}"), &[]);
        }
    }

    fn visit(&self) {
        self.tab.visit(self.page);
        // Some banners write that nobody has answered, and not at once.
        self.tab.run(
            "new Promise(done => { const look = () => document.readyState == 'complete' && (!banner.isReady || banner.isReady())
                ? done(true) : setTimeout(look, 20); look(); })",
        );
    }

    /// Presses the banner's buttons, and waits until it has written the answer.
    fn says(&self, answer: &str) {
        let before = self.choice();
        self.tab.run(&format!("Promise.resolve(banner.{answer}()).then(() => true)"));
        let deadline = Instant::now() + Duration::from_mins(1);
        while self.choice() == before {
            assert!(Instant::now() < deadline, "{}: {answer} wrote nothing", self.page);
            std::thread::sleep(Duration::from_millis(20));
        }
        // The first page brings or takes the cookies, on the second they reach the portal.
        self.visit();
        self.visit();
    }

    /// The banner's own cookies, which octroi must never touch.
    fn choice(&self) -> BTreeSet<(String, String)> {
        let ours = ["sessionid", "csrftoken", "stats", "video"];
        let jar = self.browser.jar().into_iter();
        jar.filter(|cookie| !ours.contains(&&*cookie.name)).map(|cookie| (cookie.name, cookie.value)).collect()
    }

    fn assert_has(&self, when: &str, wanted: &[&str]) {
        let is_tracker = |name: &&str| ["stats", "video"].contains(name);
        let jar: BTreeSet<_> = self.browser.jar().into_iter().map(|cookie| cookie.name).collect();
        let landed: Vec<_> = jar.iter().map(String::as_str).filter(is_tracker).collect();
        assert_eq!(landed, wanted, "{}: in the jar, {when}: {:?}", self.page, self.choice());
        assert!(jar.contains("sessionid"), "{}: {when}", self.page);
        let received = self.tab.run("fetch('received').then((answer) => answer.text())");
        let received: Vec<_> = received.as_str().unwrap().split(' ').filter(is_tracker).collect();
        assert_eq!(received, wanted, "{}: received by the portal, {when}: {:?}", self.page, self.choice());
    }
}

/// The portal: a banner's page under its version, which sets three cookies; that version's own files; the names of the
/// cookies that came.
fn serve(request: &Message) -> Vec<u8> {
    let target = request.target();
    let target = target.split('?').next().unwrap_or_default();
    let (version, target) = target[1..].split_once('/').unwrap_or_default();
    if target == "received" {
        let names = request.values("cookie").concat();
        let names = String::from_utf8_lossy(&names).into_owned();
        let mut names: Vec<_> = names.split("; ").filter_map(|pair| pair.split('=').next()).collect();
        names.sort_unstable();
        return answer("text/plain", "", names.join(" ").as_bytes());
    }
    let file = match target.strip_prefix("lib/") {
        Some(file) => installed(&of_version(file, version)),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/banners/pages").join(target),
    };
    let Ok(bytes) = std::fs::read(&file) else {
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec();
    };
    match file.extension().and_then(std::ffi::OsStr::to_str) {
        Some("html") => {
            let cookies = ["sessionid", "stats", "video"].map(|name| format!("Set-Cookie: {name}=1; Path=/\r\n"));
            answer("text/html", &cookies.concat(), &bytes)
        }
        Some("js") => answer("text/javascript", "", &bytes),
        Some("css") => answer("text/css", "", &bytes),
        Some("json") => answer("application/json", "", &bytes),
        _ => answer("application/octet-stream", "", &bytes),
    }
}

fn answer(content: &str, lines: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {content}\r\nContent-Length: {length}\r\n{lines}\r\n");
    [head.as_bytes(), body].concat()
}

/// `klaro/dist/klaro.js` of 0.7.22 is `klaro@0.7.22/dist/klaro.js`.
fn of_version(file: &str, version: &str) -> String {
    let scope = if file.starts_with('@') { file.find('/').map_or(0, |at| at + 1) } else { 0 };
    let end = file[scope..].find('/').map_or(file.len(), |at| scope + at);
    format!("{}@{version}{}", &file[..end], &file[end..])
}

/// A file of a banner, which `scripts/setup` has installed.
fn installed(file: &str) -> PathBuf {
    let banners = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/banners");
    assert!(banners.join("installed").exists(), "the banners are not installed: run scripts/setup");
    banners.join(file)
}
