//! Real banners in a real browser: as their authors ship them, driven by clicks, through octroi.
//!
//! A portal sets one exempt cookie and one for each of two categories with every page. What lands in the browser's jar, and
//! what the portal receives, must be what the visitor clicked: nothing said, all accepted, all refused, one category
//! accepted, withdrawn. The pages are in `pages`, with what a visitor presses; `scripts/setup` installs the banners.

mod django;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::browser::{Browser as _, Chromium, Page};
use crate::support::{Message, Origin, Setup};

const HOST: &str = "www.portal.test";

/// A banner, and what a charter says of it.
struct Banner {
    page: &'static str,
    consent: String,
    /// Whether a visitor can accept one category without the other.
    has_categories: bool,
}

const SERVICES: &str = "[consent.keys]\naudience = \"statistics\"\nvideos = \"videos\"\n";

#[tokio::test]
async fn tarteaucitron() {
    in_pages("tarteaucitron", &format!("[consent]\nformat = \"tarteaucitron\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn orejime_3() {
    in_pages("orejime", &format!("[consent]\nformat = \"orejime\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn orejime_2() {
    in_pages("orejime2", &format!("[consent]\nformat = \"orejime\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn klaro() {
    in_pages("klaro", &format!("[consent]\nformat = \"klaro\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn cookieconsent_3() {
    in_pages("cookieconsent3", &format!("[consent]\nformat = \"cookieconsent\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn cookieconsent_2() {
    in_pages("cookieconsent2", &format!("[consent]\nformat = \"cookieconsent\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn osano() {
    in_pages("osano", "[consent]\nformat = \"osano\"\nkeys = { all = [\"statistics\", \"videos\"] }\n", false).await;
}

#[tokio::test]
async fn cookiesjsr() {
    in_pages("cookiesjsr", &format!("[consent]\nformat = \"cookiesjsr\"\n{SERVICES}"), true).await;
}

#[tokio::test]
async fn tcf() {
    let keys = "keys = { purpose-8 = \"statistics\", purpose-4 = \"videos\" }\nrequire_disclosed_vendors = true\n";
    in_pages("tcf", &format!("[consent]\nformat = \"tcf\"\n{keys}"), true).await;
}

#[tokio::test]
async fn django_cookie_consent() {
    let portal = django::Portal::start();
    let consent = format!("[consent]\nformat = \"django-cookie-consent\"\n{SERVICES}");
    Banner { page: "django", consent, has_categories: true }.try_at(portal.address()).await;
}

/// Drives the banner of a page that the test's own portal serves.
async fn in_pages(page: &'static str, consent: &str, has_categories: bool) {
    let portal = Origin::replying(serve).await;
    Banner { page, consent: consent.to_owned(), has_categories }.try_at(portal.address).await;
}

impl Banner {
    async fn try_at(self, portal: SocketAddr) {
        let octroi = Setup::before_address(portal).hosts("[\"*\"]").charter(&self.charter()).start().await;
        let port = octroi.address.port();
        let clicks = move || {
            self.ask("accept", port, &["stats", "video"]);
            self.ask("refuse", port, &[]);
            if self.has_categories {
                self.ask("one", port, &["stats"]);
            }
        };
        tokio::task::spawn_blocking(clicks).await.unwrap();
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

    /// A visitor who says nothing, then this, then takes it back; what may land once they have said it.
    fn ask(&self, answer: &str, port: u16, wanted: &[&str]) {
        let browser = Chromium::start();
        let visitor = Visitor { browser: &browser, page: browser.open(), port, banner: self.page };
        visitor.visit();
        visitor.assert_has("nothing said", &[]);
        visitor.says(answer);
        visitor.assert_has(answer, wanted);
        if !wanted.is_empty() {
            visitor.says("withdraw");
            visitor.assert_has(&format!("withdrawn after {answer}"), &[]);
        }
    }
}

struct Visitor<'b> {
    browser: &'b Chromium,
    page: Page<'b>,
    port: u16,
    banner: &'static str,
}

impl Visitor<'_> {
    fn visit(&self) {
        self.page.navigate(&format!("http://{HOST}:{}/{}.html", self.port, self.banner));
        // Some banners write that nobody has answered, and not at once.
        self.page.wait_until("!banner.isReady || banner.isReady()");
    }

    /// Presses the banner's buttons, and waits until it has written the answer.
    fn says(&self, answer: &str) {
        let before = self.choice();
        self.page.evaluate(&format!("Promise.resolve(banner.{answer}()).then(() => true)"));
        let deadline = Instant::now() + Duration::from_mins(1);
        while self.choice() == before {
            assert!(Instant::now() < deadline, "{}: {answer} wrote nothing", self.banner);
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
        let jar = self.browser.cookies(HOST);
        let landed: Vec<_> = jar.iter().map(String::as_str).filter(is_tracker).collect();
        assert_eq!(landed, wanted, "{}: in the jar, {when}: {:?}", self.banner, self.choice());
        assert!(jar.contains("sessionid"), "{}: {when}", self.banner);
        let received = self.page.evaluate("fetch('/received').then((answer) => answer.text())");
        let received: Vec<_> = received.as_str().unwrap().split(' ').filter(is_tracker).collect();
        assert_eq!(received, wanted, "{}: received by the portal, {when}: {:?}", self.banner, self.choice());
    }
}

/// The portal: a banner's page, which sets three cookies; the banner's own files; the names of the cookies that came.
fn serve(request: &Message) -> Vec<u8> {
    let target = request.target();
    let target = target.split('?').next().unwrap_or_default();
    if target == "/received" {
        let names = request.values("cookie").concat();
        let names = String::from_utf8_lossy(&names).into_owned();
        let mut names: Vec<_> = names.split("; ").filter_map(|pair| pair.split('=').next()).collect();
        names.sort_unstable();
        return answer("text/plain", "", names.join(" ").as_bytes());
    }
    let file = match target.strip_prefix("/lib/") {
        Some(file) => installed(file),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/banners/pages").join(target.trim_start_matches('/')),
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

/// A file of a banner, which `scripts/setup` has installed.
fn installed(file: &str) -> PathBuf {
    let banners = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/banners");
    assert!(banners.join("installed").exists(), "the banners are not installed: run scripts/setup");
    banners.join(file)
}
