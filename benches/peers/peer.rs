//! The proxies: configures, starts, checks and ends each of them.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context as _, Result, bail, ensure};
use clap::ValueEnum;

use crate::load::FIELDS;
use crate::portal::{COOKIES, Portal};

const NGINX_MODULES: [&str; 2] = ["ndk_http_module.so", "ngx_http_lua_module.so"];
/// Installed by `scripts/setup-peers`.
const ENVOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/peers/bin/envoy");
/// The choice of a visitor who agreed.
const AGREED: &str = "cookies_preferences=%7B%22matomo%22%3Atrue%7D";
/// HAProxy's rules name lines by number: this many lines of a response are inspected.
const HAPROXY_LINES: usize = 12;
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// A proxy that does the work, or only forwards everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Peer {
    Octroi,
    NginxLua,
    HaproxyRules,
    EnvoyLua,
    Nginx,
    Haproxy,
    Envoy,
}

impl Peer {
    pub(crate) const ALL: [Self; 7] =
        [Self::Octroi, Self::NginxLua, Self::HaproxyRules, Self::EnvoyLua, Self::Nginx, Self::Haproxy, Self::Envoy];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Octroi => "octroi",
            Self::NginxLua => "nginx, Lua",
            Self::HaproxyRules => "HAProxy, native rules",
            Self::EnvoyLua => "Envoy, Lua",
            Self::Nginx => "nginx, no filter",
            Self::Haproxy => "HAProxy, no filter",
            Self::Envoy => "Envoy, no filter",
        }
    }

    fn filters(self) -> bool {
        matches!(self, Self::Octroi | Self::NginxLua | Self::HaproxyRules | Self::EnvoyLua)
    }

    /// Starts it on this core, and waits until it serves.
    pub(crate) fn start(self, portal: &Portal, core: usize) -> Result<Running> {
        let directory = tempfile::tempdir()?;
        write_certificate(directory.path())?;
        let [http, https] = free_ports()?;
        let fill = |template: &str| {
            template
                .replace("{http}", &http.to_string())
                .replace("{https}", &https.to_string())
                .replace("{portal}", &portal.port.to_string())
                .replace("{directory}", &directory.path().display().to_string())
        };
        let command = self.command(directory.path(), fill)?;
        let mut pinned = Command::new("taskset");
        pinned.args(["-c", &core.to_string()]).arg(command.get_program()).args(command.get_args());
        pinned.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(directory.path().join("stderr"))?);
        let child = pinned.spawn().with_context(|| format!("{}: see scripts/setup-peers", self.name()))?;
        let running = Running { peer: self, http, https, core, child, directory };
        running.wait()?;
        Ok(running)
    }

    /// Writes the configuration, and returns the command to run.
    fn command(self, directory: &Path, fill: impl Fn(&str) -> String) -> Result<Command> {
        let write = |name: &str, template: &str| -> Result<PathBuf> {
            let path = directory.join(name);
            fs::write(&path, fill(template))?;
            Ok(path)
        };
        Ok(match self {
            Self::Octroi => {
                write("charter.toml", include_str!("charter.toml"))?;
                let config = write("octroi.toml", include_str!("octroi.toml"))?;
                let octroi = std::env::var("OCTROI").unwrap_or_else(|_| env!("CARGO_BIN_EXE_octroi").to_owned());
                command(&octroi, &["run", "--config"], &config)
            }
            Self::Nginx | Self::NginxLua => {
                write("filter.lua", include_str!("nginx.lua"))?;
                command("nginx", &["-c"], &write("nginx.conf", &self.nginx())?)
            }
            Self::Haproxy | Self::HaproxyRules => {
                let pem = ["certificate.pem", "key.pem"].map(|name| fs::read(directory.join(name)));
                let [certificate, key] = pem;
                fs::write(directory.join("both.pem"), [certificate?, key?].concat())?;
                let rules = if self.filters() { haproxy_rules() } else { String::new() };
                let config = include_str!("haproxy.cfg").replace("{filter}", &rules);
                command("haproxy", &["-f"], &write("haproxy.cfg", &config)?)
            }
            Self::Envoy | Self::EnvoyLua => {
                write("filter.lua", include_str!("envoy.lua"))?;
                let filter = if self.filters() { ENVOY_FILTER } else { "" };
                let config = include_str!("envoy.yaml").replace("{filter}", filter);
                let options = ["--concurrency", "1", "--disable-hot-restart", "--log-level", "error", "--config-path"];
                command(ENVOY, &options, &write("envoy.yaml", &config)?)
            }
        })
    }

    fn nginx(self) -> String {
        let modules = Path::new("/usr/lib/nginx/modules");
        let modules = NGINX_MODULES.map(|name| format!("load_module {};\n", modules.join(name).display())).concat();
        let [modules, setup, filter] = if self.filters() {
            [
                &modules,
                "init_by_lua_block { filter = dofile(\"{directory}/filter.lua\") }",
                "header_filter_by_lua_block { filter() }",
            ]
        } else {
            [""; 3]
        };
        let template = include_str!("nginx.conf");
        template.replace("{modules}", modules).replace("{setup}", setup).replace("{filter}", filter)
    }
}

const ENVOY_FILTER: &str = r#"          - name: envoy.filters.http.lua
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua
              default_source_code: { filename: "{directory}/filter.lua" }"#;

fn command(program: &str, options: &[&str], config: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(options).arg(config);
    command
}

/// HAProxy cannot drop one of several lines: the exempt ones are stored in variables, all are dropped, and the stored ones are
/// added.
fn haproxy_rules() -> String {
    let exempt = COOKIES.iter().filter(|(_, passes)| *passes).map(|(line, _)| line.split_inclusive('=').next());
    let exempt = exempt.flatten().collect::<Vec<_>>().join(" ");
    let each_line = |rule: &str| (1..=HAPROXY_LINES).map(|line| rule.replace('#', &line.to_string())).collect();
    let rules: [String; 4] = [
        "    http-request set-var(txn.agreed) bool(true) if { req.cook(cookies_preferences) -m sub %22matomo%22%3Atrue }
    http-response set-var(txn.judged) bool(true) if { res.hdr_cnt(set-cookie) gt 0 } !{ var(txn.agreed) -m bool }
    acl judged var(txn.judged) -m bool\n"
            .to_owned(),
        each_line(&format!("    http-response set-var(txn.kept#) res.fhdr(set-cookie,#) if judged {{ res.fhdr(set-cookie,#) -m beg {exempt} }}\n")),
        "    http-response del-header set-cookie if judged\n".to_owned(),
        each_line("    http-response add-header Set-Cookie %[var(txn.kept#)] if judged { var(txn.kept#) -m found }\n"),
    ];
    rules.concat()
}

fn write_certificate(directory: &Path) -> Result<()> {
    let certified = rcgen::generate_simple_self_signed(["portal.example".to_owned()])?;
    fs::write(directory.join("certificate.pem"), certified.cert.pem())?;
    fs::write(directory.join("key.pem"), certified.signing_key.serialize_pem())?;
    Ok(())
}

/// Free ports, as the kernel has just chosen them.
fn free_ports() -> Result<[u16; 2]> {
    let listeners = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
    let [http, https] = listeners.map(|listener| listener.local_addr().map(|address| address.port()));
    Ok([http?, https?])
}

/// A running proxy; ended when dropped.
pub(crate) struct Running {
    peer: Peer,
    pub(crate) http: u16,
    pub(crate) https: u16,
    pub(crate) core: usize,
    child: Child,
    directory: tempfile::TempDir,
}

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    fn wait(&self) -> Result<()> {
        let begun = Instant::now();
        while [self.http, self.https].iter().any(|port| TcpStream::connect(("127.0.0.1", *port)).is_err()) {
            if begun.elapsed() > STARTS_WITHIN {
                bail!(
                    "{} did not start:\n{}",
                    self.peer.name(),
                    fs::read_to_string(self.directory.path().join("stderr"))?
                );
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// # Errors
    /// If it does not do the work: without consent, exactly the exempt cookies pass; with it, all.
    pub(crate) fn verify(&self) -> Result<()> {
        let all: BTreeSet<_> = COOKIES.iter().map(|(line, _)| (*line).to_owned()).collect();
        let exempt = COOKIES.iter().filter(|(_, passes)| *passes || !self.peer.filters());
        let exempt: BTreeSet<_> = exempt.map(|(line, _)| (*line).to_owned()).collect();
        for (choice, expected) in [("", exempt), (AGREED, all)] {
            let mut stream = self.connect()?;
            let got = ask(&mut stream, "/page", choice)?;
            let name = self.peer.name();
            ensure!(
                got == expected,
                "{name} is not comparable: with `{choice}` it lets {got:#?} pass, and not {expected:#?}"
            );
        }
        Ok(())
    }

    /// Connections that have served one request each.
    pub(crate) fn idle_connections(&self, count: u32) -> Result<Vec<TcpStream>> {
        let mut connections = Vec::new();
        for _ in 0..count {
            let mut stream = self.connect()?;
            ask(&mut stream, "/page", "")?;
            connections.push(stream);
        }
        Ok(connections)
    }

    fn connect(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.http))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(stream)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // There is nothing to drain.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// Requests a page, reads the whole response, and returns its cookies.
fn ask(stream: &mut TcpStream, path: &str, choice: &str) -> Result<BTreeSet<String>> {
    let fields = FIELDS.map(|(name, value)| format!("{name}: {value}\r\n")).concat();
    let fields = if choice.is_empty() { fields } else { fields.replace("cookie: ", &format!("cookie: {choice}; ")) };
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: portal.example\r\n{fields}\r\n").as_bytes())?;
    let mut reader = BufReader::new(stream);
    let (mut cookies, mut length) = (BTreeSet::new(), None);
    loop {
        let mut line = String::new();
        ensure!(reader.read_line(&mut line)? > 0, "the response was cut short");
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line == "\r\n" {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "set-cookie" => drop(cookies.insert(value.to_owned())),
            "content-length" => length = Some(value.parse()?),
            _ => {}
        }
    }
    let mut body = vec![0; length.context("the response has no Content-Length")?];
    reader.read_exact(&mut body)?;
    Ok(cookies)
}
