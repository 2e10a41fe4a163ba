//! A headless Firefox, driven over WebDriver BiDi.

use std::cell::RefCell;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::process::{Process, program};
use super::remote::Remote;
use super::{Browser, Cookie, Tab, text};

/// A browser of its own, with an empty profile; dropping it ends it.
pub(crate) struct Firefox {
    bidi: RefCell<Remote>,
    window: String,
    process: Process,
    _profile: TempDir,
}

struct Context<'b> {
    browser: &'b Firefox,
    id: String,
}

impl Firefox {
    /// `host`: a name of the tests, which leads here.
    pub(crate) fn start(host: &str) -> Self {
        let profile = tempfile::tempdir().expect("a directory for the profile");
        write_preferences(profile.path(), host);
        let mut command = Command::new(program("OCTROI_FIREFOX", &["firefox-esr", "firefox"]));
        command.args(["--headless", "--no-remote", "--remote-debugging-port=0", "--remote-allow-system-access"]);
        command.arg("--profile").arg(profile.path());
        let process = Process::start(&mut command, profile.path(), "WebDriver BiDi listening on ");
        let mut bidi = Remote::connect(&format!("{}/session", process.address()));
        let capabilities = json!({ "alwaysMatch": { "acceptInsecureCerts": true } });
        bidi.call(None, "session.new", &json!({ "capabilities": capabilities }));
        // Its own window, whose scripts may see the jar itself.
        let windows = bidi.call(None, "browsingContext.getTree", &json!({ "moz:scope": "chrome" }));
        let window = text(&windows["contexts"][0]["context"]);
        Self { bidi: RefCell::new(bidi), window, process, _profile: profile }
    }

    /// The value of an expression in a tab's page or in the browser's own window.
    fn run(&self, context: &str, expression: &str) -> Value {
        let target = json!({ "context": context });
        let parameters = json!({ "expression": expression, "target": target, "awaitPromise": true });
        let answer = self.call("script.evaluate", &parameters);
        assert_eq!(answer["type"], "success", "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    fn call(&self, method: &str, parameters: &Value) -> Value {
        self.bidi.borrow_mut().call(None, method, parameters)
    }
}

fn write_preferences(profile: &Path, host: &str) {
    let preferences = format!(
        r#"user_pref("network.dns.localDomains", "{host}");
user_pref("dom.security.https_first", false);
user_pref("devtools.netmonitor.persistlog", true);
user_pref("devtools.cache.disabled", true);
"#
    );
    std::fs::write(profile.join("user.js"), preferences).expect("the profile can be written");
}

impl Firefox {
    /// A tab whose network panel is open from before its first page on.
    pub(crate) fn recorded_tab(&self) -> RecordedTab<'_> {
        // The panel is the selected tab's.
        self.run(&self.window, OPEN_TAB);
        let contexts = self.call("browsingContext.getTree", &json!({}));
        let last = contexts["contexts"].as_array().and_then(|contexts| contexts.last()).expect("a tab");
        let tab = Context { browser: self, id: text(&last["context"]) };
        self.run(&self.window, OPEN_PANEL);
        RecordedTab { tab }
    }
}

/// A tab, and Firefox's own recording of it.
pub(crate) struct RecordedTab<'b> {
    tab: Context<'b>,
}

impl RecordedTab<'_> {
    /// Opens `url` as a visitor who types it, and waits until it is loaded.
    pub(crate) fn navigate(&self, url: &str) {
        self.tab.load(url);
    }

    /// Clicks, and waits until the page that this leads to is loaded.
    pub(crate) fn follow(&self, selector: &str) {
        let firefox = self.tab.browser;
        let events = json!({ "events": ["browsingContext.load"], "contexts": [self.tab.id] });
        firefox.call("session.subscribe", &events);
        self.run(&format!("document.querySelector({selector:?}).click()"));
        firefox.bidi.borrow_mut().wait_for(|event| {
            event["method"] == "browsingContext.load" && event["params"]["context"] == self.tab.id.as_str()
        });
        firefox.call("session.unsubscribe", &events);
    }

    /// The value of an expression in the page; a promise is waited for.
    pub(crate) fn run(&self, expression: &str) -> Value {
        self.tab.run(expression)
    }

    /// What its network panel exports (HAR).
    pub(crate) fn recording(&self) -> Value {
        let recording = self.tab.browser.run(&self.tab.browser.window, EXPORT);
        serde_json::from_str(&text(&recording)).expect("JSON")
    }
}

const OPEN_TAB: &str = "void (gBrowser.selectedTab = gBrowser.addTrustedTab('about:blank'))";

const OPEN_PANEL: &str = "(async () => {
    const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
    const { gDevTools } = require('devtools/client/framework/devtools');
    window.recordingToolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'netmonitor' });
})().then(() => 0)";

/// The panel asks for what it does not show, field by field, before it exports.
const EXPORT: &str = "window.recordingToolbox.getNetMonitorAPI().then(panel => panel.getHar())\
    .then(recording => JSON.stringify(recording))";

impl Browser for Firefox {
    fn tab(&self) -> Box<dyn Tab + '_> {
        let context = self.call("browsingContext.create", &json!({ "type": "tab" }));
        Box::new(Context { browser: self, id: text(&context["context"]) })
    }

    /// WebDriver's own commands for cookies tell nothing of partitions, and leave a cookie behind whose path is no UTF-8.
    fn jar(&self) -> Vec<Cookie> {
        let jar = self.run(&self.window, JAR);
        let jar: Value = serde_json::from_str(&text(&jar)).expect("JSON");
        let mut jar: Vec<_> = jar.as_array().expect("a list of cookies").iter().map(cookie).collect();
        jar.retain(|cookie| !cookie.has_expired());
        jar.sort();
        jar
    }

    fn empty_jar(&self) {
        self.run(&self.window, "Services.cookies.removeAll()");
    }
}

const JAR: &str = "JSON.stringify(Services.cookies.cookies.map(cookie => ({
    name: cookie.name, value: cookie.value, domain: cookie.host, path: cookie.path,
    expires: cookie.isSession ? null : cookie.expiry / 1000, secure: cookie.isSecure, httpOnly: cookie.isHttpOnly,
    sameSite: ['None', 'Lax', 'Strict'][cookie.sameSite] ?? 'unset', schemes: cookie.schemeMap,
    partitioned: cookie.isPartitioned, partition: cookie.originAttributes.partitionKey })))";

fn cookie(cookie: &Value) -> Cookie {
    Cookie::new(cookie, text(&cookie["value"]), cookie["expires"].as_f64(), &["expires"])
}

impl Drop for Firefox {
    fn drop(&mut self) {
        self.bidi.borrow_mut().close("browser.close");
        self.process.wait_for_all();
    }
}

impl Tab for Context<'_> {
    fn visit(&self, url: &str) {
        let parameters = json!({ "context": self.id, "url": url, "wait": "interactive" });
        // An error is one way in which a page can come out.
        let _ = self.browser.bidi.borrow_mut().try_call(None, "browsingContext.navigate", &parameters);
    }

    fn load(&self, url: &str) {
        let parameters = json!({ "context": self.id, "url": url, "wait": "complete" });
        self.browser.call("browsingContext.navigate", &parameters);
    }

    fn run_scripts(&self, run: bool) {
        let preference = format!("void Services.prefs.setBoolPref('javascript.enabled', {run})");
        self.browser.run(&self.browser.window, &preference);
    }

    fn run(&self, expression: &str) -> Value {
        self.browser.run(&self.id, expression)
    }
}
