//! A headless Chromium, driven over its debugging protocol.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::process::{Process, program};
use super::remote::Remote;
use super::{Browser, Cookie, Tab, recorder, text};

/// A browser of its own, with an empty profile; dropping it ends it.
pub(crate) struct Chromium {
    devtools: RefCell<Remote>,
    process: Process,
    _profile: TempDir,
}

/// A tab. If its test fails, a picture of it is left in the build's temporary directory.
pub(crate) struct Page<'b> {
    browser: &'b Chromium,
    session: String,
    frame: String,
}

impl Chromium {
    pub(crate) fn start() -> Self {
        let profile = tempfile::tempdir().expect("a directory for the profile");
        let mut command = Command::new(program("OCTROI_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]));
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-quic", "--remote-debugging-port=0", "--window-size=1400,1000", "--accept-lang=en-US,en"])
            // Every host is this machine, and every certificate will do.
            .args(["--host-resolver-rules=MAP * 127.0.0.1", "--ignore-certificate-errors"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank");
        let process = Process::start(&mut command, profile.path(), "DevTools listening on ");
        let devtools = RefCell::new(Remote::connect(&process.address()));
        Self { devtools, process, _profile: profile }
    }

    pub(crate) fn open(&self) -> Page<'_> {
        let target = self.call(None, "Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = text(&self.call(None, "Target.attachToTarget", &attach)["sessionId"]);
        let page = Page { browser: self, session, frame: text(&target["targetId"]) };
        page.call("Page.enable", &json!({}));
        page.call("Page.setLifecycleEventsEnabled", &json!({ "enabled": true }));
        page
    }

    /// The names in the jar of `host`, those of `HttpOnly` cookies included.
    pub(crate) fn cookies(&self, host: &str) -> BTreeSet<String> {
        self.jar().into_iter().filter(|cookie| cookie.domain == host).map(|cookie| cookie.name).collect()
    }

    fn call(&self, session: Option<&str>, method: &str, parameters: &Value) -> Value {
        self.devtools.borrow_mut().call(session, method, parameters)
    }
}

impl Browser for Chromium {
    fn tab(&self) -> Box<dyn Tab + '_> {
        Box::new(self.open())
    }

    fn jar(&self) -> Vec<Cookie> {
        let jar = self.call(None, "Storage.getCookies", &json!({}));
        let mut jar: Vec<_> = jar["cookies"].as_array().expect("a list of cookies").iter().map(cookie).collect();
        jar.sort();
        jar
    }

    fn empty_jar(&self) {
        self.call(None, "Storage.clearCookies", &json!({}));
    }
}

fn cookie(cookie: &Value) -> Cookie {
    // -1: a session cookie.
    let expires = cookie["expires"].as_f64().filter(|expires| *expires >= 0.0);
    Cookie::new(cookie, text(&cookie["value"]), expires, &["expires", "session", "size", "sourcePort"])
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.devtools.borrow_mut().close("Browser.close");
        self.process.wait_for_all();
    }
}

impl Tab for Page<'_> {
    fn visit(&self, url: &str) {
        self.call("Page.navigate", &json!({ "url": url }));
    }

    fn load(&self, url: &str) {
        self.navigate(url);
    }

    fn run_scripts(&self, run: bool) {
        self.call("Emulation.setScriptExecutionDisabled", &json!({ "value": !run }));
    }

    fn run(&self, expression: &str) -> Value {
        self.evaluate(expression)
    }
}

impl Page<'_> {
    /// Opens `url` as a visitor who types it, and waits until it is loaded.
    pub(crate) fn navigate(&self, url: &str) {
        let answer = self.call("Page.navigate", &json!({ "url": url }));
        assert_eq!(answer["errorText"], Value::Null, "{url}");
        self.wait_for_load(|loader| loader == &answer["loaderId"]);
    }

    /// Fails every further request of this page whose URL matches; `*` stands for anything.
    pub(crate) fn block(&self, url: &str) {
        self.call("Network.enable", &json!({}));
        self.call("Network.setBlockedURLs", &json!({ "urls": [url] }));
    }

    /// Records every request of this page from now on. Nothing comes from a cache.
    pub(crate) fn record(&self) {
        self.browser.devtools.borrow_mut().record();
        self.call("Network.enable", &json!({}));
        self.call("Network.setCacheDisabled", &json!({ "cacheDisabled": true }));
    }

    /// The recording (HAR) of what was asked for since.
    pub(crate) fn recording(&self) -> Value {
        // Events that came before the answer are in it.
        self.evaluate("0");
        recorder::har(&self.browser.devtools.borrow_mut().recorded())
    }

    /// Clicks, and waits until the page that this leads to is loaded.
    pub(crate) fn follow(&self, selector: &str) {
        self.follow_through(selector, 1);
    }

    /// Clicks, and waits until that many pages are loaded, to each of which the one before it leads.
    pub(crate) fn follow_through(&self, selector: &str, pages: usize) {
        let seen = RefCell::new(vec![self.loader()]);
        self.click(selector);
        for _ in 0..pages {
            self.wait_for_load(|loader| {
                let is_new = !seen.borrow().contains(loader);
                seen.borrow_mut().push(loader.clone());
                is_new
            });
        }
    }

    /// Clicks with the mouse at the middle of the element.
    pub(crate) fn click(&self, selector: &str) {
        let place = self.evaluate(&format!(
            "(() => {{ const element = document.querySelector({selector:?});
              element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
              const box = element.getBoundingClientRect();
              const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
              return {{ x, y, hit: element.contains(document.elementFromPoint(x, y)) }}; }})()"
        ));
        assert_eq!(place["hit"], true, "{selector} is hidden or covered");
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", &event);
        }
    }

    /// The value of an expression; a promise is waited for.
    pub(crate) fn evaluate(&self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", &parameters);
        assert_eq!(answer["exceptionDetails"], Value::Null, "{expression}");
        answer["result"]["value"].clone()
    }

    /// Waits until `condition` holds in the page.
    pub(crate) fn wait_until(&self, condition: &str) {
        self.evaluate(&format!(
            "new Promise(done => {{ const look = () => ({condition}) ? done() : setTimeout(look, 20); look(); }})"
        ));
    }

    /// Writes a picture of what the window shows.
    pub(crate) fn screenshot(&self, file: &Path) {
        let answer = self.call("Page.captureScreenshot", &json!({ "format": "png" }));
        std::fs::write(file, base64(&text(&answer["data"]))).expect("the picture can be written");
    }

    fn loader(&self) -> Value {
        self.call("Page.getFrameTree", &json!({}))["frameTree"]["frame"]["loaderId"].clone()
    }

    fn wait_for_load(&self, is_awaited: impl Fn(&Value) -> bool) {
        self.browser.devtools.borrow_mut().wait_for(|event| {
            let parameters = &event["params"];
            event["method"] == "Page.lifecycleEvent"
                && event["sessionId"] == self.session
                && parameters["frameId"] == self.frame
                && parameters["name"] == "load"
                && is_awaited(&parameters["loaderId"])
        });
    }

    pub(super) fn call(&self, method: &str, parameters: &Value) -> Value {
        self.browser.call(Some(&self.session), method, parameters)
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() && self.browser.devtools.try_borrow_mut().is_ok() {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("failed-{}.png", self.frame));
            eprintln!("the page as it was: {}", file.display());
            // A second panic would hide the first.
            let _ = catch_unwind(AssertUnwindSafe(|| self.screenshot(&file)));
        }
    }
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| ALPHABET.iter().position(|known| *known == byte));
    let digits: Vec<u32> = digits.map(|digit| u32::try_from(digit).unwrap()).collect();
    let bytes = digits.chunks(4).flat_map(|group| {
        let bits = (0..4).fold(0, |bits, index| bits << 6 | group.get(index).copied().unwrap_or(0));
        bits.to_be_bytes().into_iter().skip(1).take(group.len() * 6 / 8)
    });
    bytes.collect()
}
