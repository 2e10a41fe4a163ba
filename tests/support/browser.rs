//! A headless Chromium, driven over its debugging protocol: real cookies in a real jar.
//!
//! Calls block; every wait ends with an event of the browser or, after [`PATIENCE`], with a failure.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_tungstenite::tungstenite::{self, Message, WebSocket};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser of its own, with an empty profile; dropping it ends it.
pub(crate) struct Browser {
    devtools: RefCell<Devtools>,
    process: Process,
    _profile: TempDir,
}

/// Chromium, ended with its owner, even where that owner fails to come into being.
struct Process {
    child: Child,
    /// Closes with the last of its processes.
    addresses: mpsc::Receiver<String>,
}

/// A tab. Where its test fails, a picture of it is left in the build's temporary directory.
pub(crate) struct Page<'b> {
    browser: &'b Browser,
    session: String,
    frame: String,
}

impl Browser {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// With further arguments.
    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        let profile = tempfile::tempdir().expect("a directory for the profile");
        let child = Command::new(chromium())
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-quic", "--remote-debugging-port=0", "--window-size=1400,1000"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(arguments)
            .arg("about:blank")
            // What it leaves in the temporary directory goes with the profile.
            .env("TMPDIR", profile.path())
            .stderr(Stdio::piped())
            .spawn()
            .expect("Chromium starts");
        let process = Process::of(child);
        let devtools = RefCell::new(Devtools::connect(&process.address()));
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
        let jar = self.call(None, "Storage.getCookies", &json!({}));
        let jar = jar["cookies"].as_array().expect("a list of cookies");
        jar.iter().filter(|cookie| cookie["domain"] == host).map(|cookie| text(&cookie["name"])).collect()
    }

    fn call(&self, session: Option<&str>, method: &str, parameters: &Value) -> Value {
        self.devtools.borrow_mut().call(session, method, parameters)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The profile can be removed once none of its processes writes there.
        self.devtools.borrow_mut().close();
        let _ = self.process.addresses.recv_timeout(PATIENCE);
    }
}

impl Process {
    /// Reads its standard error to the end, for where it listens; that ends when none of its processes holds it any more.
    fn of(mut child: Child) -> Self {
        let stderr = BufReader::new(child.stderr.take().expect("its standard error"));
        let (found, addresses) = mpsc::channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if let Some(address) = line.strip_prefix("DevTools listening on ") {
                    let _ = found.send(address.to_owned());
                }
            }
        });
        Self { child, addresses }
    }

    /// Where Chromium listens, once it is ready.
    fn address(&self) -> String {
        self.addresses.recv_timeout(PATIENCE).expect("Chromium says where it listens")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Page<'_> {
    /// Opens `url` as a visitor who types it, and waits until it is loaded.
    pub(crate) fn navigate(&self, url: &str) {
        let answer = self.call("Page.navigate", &json!({ "url": url }));
        assert_eq!(answer["errorText"], Value::Null, "{url}");
        self.wait_for_load(|loader| loader == &answer["loaderId"]);
    }

    /// Clicks, and waits until the page that this leads to is loaded.
    pub(crate) fn follow(&self, selector: &str) {
        let before = self.loader();
        self.click(selector);
        self.wait_for_load(|loader| loader != &before);
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

    fn call(&self, method: &str, parameters: &Value) -> Value {
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

/// The connection to the browser: calls with their answers, and the events between them.
struct Devtools {
    socket: WebSocket<TcpStream>,
    calls: u64,
    events: VecDeque<Value>,
}

impl Devtools {
    fn connect(address: &str) -> Self {
        let authority = address.trim_start_matches("ws://").split('/').next().unwrap();
        let stream = TcpStream::connect(authority).expect("Chromium answers");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(address, stream).expect("Chromium speaks its protocol");
        Self { socket, calls: 0, events: VecDeque::new() }
    }

    fn call(&mut self, session: Option<&str>, method: &str, parameters: &Value) -> Value {
        self.calls += 1;
        let mut call = json!({ "id": self.calls, "method": method, "params": parameters });
        if let Some(session) = session {
            call["sessionId"] = session.into();
        }
        self.socket.send(Message::text(call.to_string())).expect("Chromium listens");
        loop {
            let mut message = self.read(method);
            if message["id"] == self.calls {
                assert_eq!(message["error"], Value::Null, "{method}");
                return message["result"].take();
            }
            self.events.push_back(message);
        }
    }

    /// Waits for an event, among those that came already and those that will.
    fn wait_for(&mut self, is_awaited: impl Fn(&Value) -> bool) {
        while let Some(event) = self.events.pop_front() {
            if is_awaited(&event) {
                return;
            }
        }
        while !is_awaited(&self.read("an event")) {}
    }

    fn read(&mut self, awaited: &str) -> Value {
        loop {
            match self.socket.read() {
                Ok(Message::Text(message)) => return serde_json::from_str(&message).expect("JSON"),
                Ok(_) => {}
                Err(error) => panic!("waited in vain for {awaited} of Chromium: {error}"),
            }
        }
    }

    fn close(&mut self) {
        let call = json!({ "id": 0, "method": "Browser.close" });
        if self.socket.send(Message::text(call.to_string())).is_ok() {
            while self.socket.read().is_ok() {}
        }
    }
}

fn chromium() -> PathBuf {
    if let Some(named) = std::env::var_os("OCTROI_CHROMIUM") {
        return named.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut candidates = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    candidates.find(|candidate| candidate.is_file()).expect(
        "no Chromium in PATH: run scripts/install-test-tools.sh, or name one in the environment variable OCTROI_CHROMIUM",
    )
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
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
