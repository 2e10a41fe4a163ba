//! A folder in which the commands of one page are run, with the files that they name, the built octroi, a portal, and free
//! ports instead of those that the page shows.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::configurations::charter_with;
use crate::{portal, repository};

/// Where pages have the listener and the admin listener.
const PORTS: [u16; 2] = [8080, 9180];
/// Where pages have the portal.
const PORTAL: u16 = 8000;

pub(crate) struct Sandbox {
    folder: tempfile::TempDir,
    /// A port of the pages, and the one that it is here.
    ports: Vec<(u16, u16)>,
    running: Vec<Child>,
}

/// How a command ended: its exit code, and what it printed.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A visit of a page that sets a tracker, as a browser records it.
const RECORDING: &str = r#"{"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [{
  "startedDateTime": "2026-11-28T10:00:00.000Z", "time": 20,
  "request": {"method": "GET", "url": "https://data.example.fr/", "httpVersion": "HTTP/1.1", "cookies": [], "queryString": [],
    "headers": [{"name": "Cookie", "value": "sessionid=1"}], "headersSize": 1, "bodySize": 0},
  "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [], "redirectURL": "",
    "headers": [{"name": "Set-Cookie", "value": "_ga=1; Path=/"}], "headersSize": 1, "bodySize": 9,
    "content": {"size": 9, "mimeType": "text/html"}}, "cache": {}, "timings": {"send": 0, "wait": 20, "receive": 0}}]}}"#;

impl Sandbox {
    pub(crate) fn new() -> Self {
        // Held until all are chosen, so that no two are alike.
        let held: Vec<_> = PORTS.iter().map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let here = held.iter().map(|socket| socket.local_addr().unwrap().port());
        let mut ports: Vec<_> = PORTS.into_iter().zip(here).collect();
        ports.push((PORTAL, portal::start(&portal::COOKIES).port()));
        Self { folder: tempfile::tempdir().unwrap(), ports, running: Vec::new() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A text of a page with the ports that are free here.
    fn here(&self, text: &str) -> String {
        let mut text = text.replace("0.0.0.0:", "127.0.0.1:").replace("localhost:", "127.0.0.1:");
        for (page, here) in &self.ports {
            text = text.replace(&format!("127.0.0.1:{page}"), &format!("127.0.0.1:{here}"));
        }
        text
    }

    /// What a program printed, with the ports of the page.
    fn there(&self, text: &str) -> String {
        self.ports.iter().fold(text.to_owned(), |text, (page, here)| {
            text.replace(&format!("127.0.0.1:{here}"), &format!("127.0.0.1:{page}"))
        })
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, self.here(text)).unwrap();
    }

    pub(crate) fn append(&self, name: &str, text: &str) {
        let old = std::fs::read_to_string(self.path(name)).unwrap();
        std::fs::write(self.path(name), old + "\n" + &self.here(text)).unwrap();
    }

    /// The files that pages name without showing them.
    pub(crate) fn fill(&self) {
        let configuration = "[[listener]]\naddress = \"127.0.0.1:8080\"\n[[site]]\nhosts = [\"data.example.fr\"]\n\
                             charter = \"charter.toml\"\n[site.upstream]\nendpoints = [\"http://127.0.0.1:8000\"]\n\
                             [admin]\naddress = \"127.0.0.1:9180\"\n";
        self.write("octroi.toml", configuration);
        let charter = charter_with(
            "[[cookie]]\nname = \"sessionid\"\ncategory = \"necessary\"\nlifetime = \"2 weeks\"\n\
             provider = \"data.example.fr\"\nservice = { fr = \"Connexion\" }\npurpose = { fr = \"Se souvenir de l'utilisateur.\" }\n\
             [consent]\nformat = \"opendatasoft\"\n",
        );
        let names = [
            "charter.toml",
            "charters/data.example.fr.toml",
            "published.toml",
            "proposed.toml",
            "old.toml",
            "new.toml",
        ];
        for name in names {
            self.write(name, &charter);
        }
        let seed = "charters/data.education.gouv.fr.toml";
        std::fs::create_dir_all(self.path("config/charters")).unwrap();
        for copy in [seed.to_owned(), format!("config/{seed}")] {
            std::fs::copy(repository().join("config").join(seed), self.path(&copy)).unwrap();
        }
        self.write("visit.har", RECORDING);
        self.write("admin.token", "0123456789abcdef");
        let rendered = self.run("octroi charter render charter.toml --language fr");
        for page in ["page.html", "cookies.html"] {
            self.write(page, &rendered.stdout);
        }
    }

    fn shell(&self, commands: &str) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_octroi")).parent().unwrap();
        let path = std::env::var("PATH").unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-eu", "-c", &self.here(commands)]).current_dir(self.folder.path()).stdin(Stdio::null());
        shell.env("PATH", format!("{}:{path}", built.display())).env("NO_COLOR", "1").env("HOME", self.folder.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("OCTROI_")) {
            shell.env_remove(name);
        }
        shell
    }

    /// Runs commands to their end.
    pub(crate) fn run(&self, commands: &str) -> Ended {
        let output = self.shell(commands).output().unwrap();
        let text = |bytes| self.there(&String::from_utf8(bytes).unwrap());
        Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Starts an octroi that serves until the sandbox goes, and waits until it does.
    pub(crate) fn serve(&mut self, command: &str) {
        let mut shell = self.shell(&format!("exec {command}"));
        shell.env("OCTROI_LOG_FORMAT", "json").stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = shell.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = String::new();
        self.running.push(child);
        for line in lines.by_ref() {
            let line = line.unwrap();
            said += &line;
            said += "\n";
            if line.contains("admin_address") {
                // What it says from here on is read and thrown away, so that it never waits for a reader.
                std::thread::spawn(move || lines.for_each(drop));
                return;
            }
        }
        panic!("{command} does not serve:\n{said}");
    }

    pub(crate) fn serves(&self) -> bool {
        !self.running.is_empty()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        for child in &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
