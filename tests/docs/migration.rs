//! The filters of `docs/migration.md`, run by the real nginx, HAProxy and Varnish, compared with octroi and the charter of the
//! same page: the same cookies pass.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::page::Page;
use crate::portal;

const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// What visitors send: nothing; trackers from before, without and with each answer, the trackers at either end.
const VISITORS: [&str; 6] = [
    "",
    "sessionid=s1",
    "_ga=1; sessionid=s1; _pk_id.7.1fff=2",
    "_ga=1; _pk_id.7.1fff=2",
    "_ga=1; cookies_preferences={\"matomo\":false}; sessionid=s1; _pk_id.7.1fff=2",
    "cookies_preferences={\"matomo\":true}; _ga=1; sessionid=s1; _pk_id.7.1fff=2",
];

/// The block of a language in the page, with these ports in place of the page's.
fn block(language: &str, listener: u16, portal: SocketAddr) -> String {
    let page = Page::read(Path::new("docs/migration.md"));
    let fence = page.fences().into_iter().find(|fence| fence.language == language).expect("no such block");
    assert_eq!(fence.info, "tried");
    let text = fence.text.replace("127.0.0.1:8080", &format!("127.0.0.1:{listener}"));
    text.replace("127.0.0.1:8000", &portal.to_string()).replace("\"8000\"", &format!("\"{}\"", portal.port()))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A program in front of the portal; ended when dropped.
struct Front {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Front {
    /// Writes the configuration and waits until the program takes connections.
    fn start(port: u16, file: &str, configuration: &str, command: impl FnOnce(&Path) -> Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(file), configuration).unwrap();
        let mut command = command(folder.path());
        command.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(std::fs::File::create(folder.path().join("stderr")).unwrap());
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?} ({error}): run scripts/setup"));
        let mut front = Self { child, port, folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = front.child.try_wait().unwrap();
            if ended.is_some() || begun.elapsed() > STARTS_WITHIN {
                let said = std::fs::read_to_string(front.folder.path().join("stderr"));
                panic!("{command:?} does not serve ({ended:?}): {said:?}");
            }
            std::thread::yield_now();
        }
        front
    }

    /// The cookies that the browser gets and those that the portal was sent.
    fn asked(&self, cookies: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(STARTS_WITHIN)).unwrap();
        let cookie = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
        write!(stream, "GET / HTTP/1.1\r\nHost: data.example.fr\r\n{cookie}Connection: close\r\n\r\n").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        assert!(response.starts_with("HTTP/1.1 200"), "{response}");
        let fields = response.lines().filter_map(|line| line.split_once(": "));
        let set = fields.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")).map(|(_, value)| value.to_owned());
        let forwarded = response.split("the portal was sent: ").nth(1).unwrap().lines().next().unwrap();
        // Varnish leaves a semicolon at the end.
        (set.collect(), forwarded.trim_end_matches(';').split("; ").map(ToOwned::to_owned).collect())
    }
}

impl Drop for Front {
    /// SIGTERM, which Varnish hands to its child.
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn octroi(portal: SocketAddr) -> Front {
    let port = free_port();
    let configuration = format!(
        "[[listener]]\naddress = \"127.0.0.1:{port}\"\n[[site]]\nhosts = [\"*\"]\ncharter = \"charter.toml\"\n\
         [site.upstream]\nendpoints = [\"http://{portal}\"]\n[admin]\naddress = \"127.0.0.1:0\"\n"
    );
    Front::start(port, "octroi.toml", &configuration, |folder| {
        std::fs::write(folder.join("charter.toml"), block("toml", port, portal)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_octroi"));
        command.arg("run");
        command
    })
}

fn nginx(portal: SocketAddr) -> Front {
    let port = free_port();
    let modules = ["ndk_http_module", "ngx_http_lua_module"]
        .map(|name| format!("load_module /usr/lib/nginx/modules/{name}.so;\n"))
        .concat();
    let temporary =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {kind};\n")).concat();
    let configuration = format!(
        "{modules}daemon off;\nmaster_process off;\npid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{}}}\n",
        block("nginx", port, portal)
    );
    Front::start(port, "nginx.conf", &configuration, |folder| {
        let mut command = Command::new("nginx");
        command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "stderr"]);
        command
    })
}

fn haproxy(portal: SocketAddr) -> Front {
    let port = free_port();
    let timeouts = "defaults\n    timeout connect 5s\n    timeout client 60s\n    timeout server 60s\n";
    Front::start(port, "haproxy.cfg", &(timeouts.to_owned() + &block("haproxy", port, portal)), |_| {
        let mut command = Command::new("haproxy");
        command.args(["-db", "-f", "haproxy.cfg"]);
        command
    })
}

fn varnish(portal: SocketAddr) -> Front {
    let port = free_port();
    Front::start(port, "rules.vcl", &block("vcl", port, portal), |folder| {
        let mut command = Command::new("varnishd");
        command.args(["-F", "-j", "none", "-s", "malloc,16m", "-a", &format!("127.0.0.1:{port}")]);
        command.arg("-n").arg(folder.join("work")).arg("-f").arg(folder.join("rules.vcl"));
        command
    })
}

#[test]
fn each_filter_passes_the_same_cookies_as_the_charter() {
    let portal = portal::start(&portal::COOKIES);
    let octroi = octroi(portal);
    let filters = [("nginx", nginx(portal)), ("HAProxy", haproxy(portal)), ("Varnish", varnish(portal))];
    let mut differ = Vec::new();
    let mut seen = BTreeSet::new();
    for cookies in VISITORS {
        let by_octroi = octroi.asked(cookies);
        seen.insert(by_octroi.0.len());
        for (name, filter) in &filters {
            let by_filter = filter.asked(cookies);
            if by_filter != by_octroi {
                differ.push(format!("{cookies:?}: {name}: {by_filter:?}\noctroi: {by_octroi:?}"));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    assert_eq!(seen, BTreeSet::from([1, 3]), "the visitors do not differ");
}
