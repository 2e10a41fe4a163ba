//! The process under test: its files, its start and end, its addresses and its output.

use std::fmt::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::choice::CHARTER;
use super::client::Client;
use super::metrics::Metrics;
use super::output::Output;
use super::{Authority, Origin};

/// Arguments of setpriv(1): root, but bound by the modes of files.
const UNPRIVILEGED: &str = "--bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search";

/// What a process will be started with.
pub(crate) struct Setup {
    directory: Arc<tempfile::TempDir>,
    listener: String,
    more_listeners: String,
    hosts: String,
    site: String,
    endpoint: String,
    upstream: String,
    more_sites: String,
    tables: String,
    admin: String,
    charter: String,
    environment: Vec<(String, String)>,
    log_level: &'static str,
    ulimit: Option<&'static str>,
    unprivileged: bool,
    passed: Vec<(&'static str, TcpListener)>,
}

/// A running octroi.
pub(crate) struct Octroi {
    pub(crate) directory: Arc<tempfile::TempDir>,
    /// Where the first listener in clear is.
    pub(crate) address: SocketAddr,
    /// Where the first TLS listener is; that of `address` if there is none.
    pub(crate) tls: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// Standard output: the access log.
    pub(crate) stdout: Output,
    /// Standard error: diagnostics in JSON.
    pub(crate) stderr: Output,
    child: Child,
}

impl Setup {
    /// One listener in clear and one site for every host, before `origin`.
    pub(crate) fn before(origin: &Origin) -> Self {
        Self::before_address(origin.address)
    }

    pub(crate) fn before_address(origin: SocketAddr) -> Self {
        Self {
            directory: Arc::new(tempfile::tempdir().unwrap()),
            listener: "address = \"127.0.0.1:0\"\n".to_owned(),
            more_listeners: String::new(),
            hosts: r#"["*"]"#.to_owned(),
            site: String::new(),
            endpoint: format!("http://{origin}"),
            upstream: String::new(),
            more_sites: String::new(),
            tables: String::new(),
            admin: "address = \"127.0.0.1:0\"\n".to_owned(),
            charter: CHARTER.to_owned(),
            environment: Vec::new(),
            log_level: "info",
            ulimit: None,
            unprivileged: false,
            passed: Vec::new(),
        }
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// A key of the first listener.
    pub(crate) fn listener(mut self, line: &str) -> Self {
        writeln!(self.listener, "{line}").unwrap();
        self
    }

    /// A further listener's whole table, without its header.
    pub(crate) fn and_listener(mut self, table: &str) -> Self {
        writeln!(self.more_listeners, "[[listener]]\n{table}").unwrap();
        self
    }

    /// A TLS listener with one certificate for each list of names, signed by `authority`.
    pub(crate) fn tls(self, authority: &Authority, certificates: &[&[&str]]) -> Self {
        let files: Vec<String> = certificates
            .iter()
            .map(|names| {
                let name = names[0].replace('*', "wildcard");
                authority.certificate(names).write(self.directory(), &name);
                format!("{{ certificate = \"{name}.pem\", key = \"{name}.key\" }}")
            })
            .collect();
        let value = if let [file] = &files[..] { file.clone() } else { format!("[{}]", files.join(", ")) };
        self.and_listener(&format!("address = \"127.0.0.1:0\"\ntls = {value}"))
    }

    /// The hosts of the first site, as a TOML array.
    pub(crate) fn hosts(mut self, hosts: &str) -> Self {
        hosts.clone_into(&mut self.hosts);
        self
    }

    /// A key of the first site.
    pub(crate) fn site(mut self, line: &str) -> Self {
        writeln!(self.site, "{line}").unwrap();
        self
    }

    /// The first site's only endpoint.
    pub(crate) fn endpoint(mut self, endpoint: &str) -> Self {
        endpoint.clone_into(&mut self.endpoint);
        self
    }

    /// A key of the first site's upstream.
    pub(crate) fn upstream(mut self, line: &str) -> Self {
        writeln!(self.upstream, "{line}").unwrap();
        self
    }

    /// A further site of the same charter.
    pub(crate) fn and_site(mut self, hosts: &str, origin: SocketAddr) -> Self {
        writeln!(
            self.more_sites,
            "[[site]]\nhosts = {hosts}\ncharter = \"charter.toml\"\n[site.upstream]\nendpoints = [\"http://{origin}\"]"
        )
        .unwrap();
        self
    }

    /// Whole tables: `"[limits]\nheaders = 10"`.
    pub(crate) fn toml(mut self, tables: &str) -> Self {
        writeln!(self.tables, "{tables}").unwrap();
        self
    }

    /// A key of the admin listener.
    pub(crate) fn admin(mut self, line: &str) -> Self {
        writeln!(self.admin, "{line}").unwrap();
        self
    }

    pub(crate) fn report_only(self) -> Self {
        self.site("enforcement = \"report-only\"")
    }

    /// One worker: everything meets in one pool.
    pub(crate) fn one_worker(self) -> Self {
        self.toml("[runtime]\nworkers = 1")
    }

    pub(crate) fn charter(mut self, text: &str) -> Self {
        text.clone_into(&mut self.charter);
        self
    }

    pub(crate) fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What diagnostics are written.
    pub(crate) fn log_level(mut self, level: &'static str) -> Self {
        self.log_level = level;
        self
    }

    /// A limit of the system's, in the words of the shell's `ulimit`: `"-n 64"`.
    pub(crate) fn ulimit(mut self, limit: &'static str) -> Self {
        self.ulimit = Some(limit);
        self
    }

    /// Modes and owners of files hold for the process though the tests are run by root.
    pub(crate) fn without_privileges(mut self) -> Self {
        self.unprivileged = rustix::process::geteuid().is_root();
        self
    }

    /// The address of the first listener: another than a port of the kernel's choice.
    pub(crate) fn listening_at(mut self, address: &str) -> Self {
        self.listener = format!("address = \"{address}\"\n");
        self
    }

    /// Passes a socket to the process, as systemd does; two at most. It stays open here, too.
    pub(crate) fn pass(mut self, name: &'static str, socket: &TcpListener) -> Self {
        self.passed.push((name, socket.try_clone().unwrap()));
        self
    }

    /// The text of `octroi.toml`.
    pub(crate) fn configuration(&self) -> String {
        let Self { listener, more_listeners, hosts, site, endpoint, upstream, more_sites, tables, admin, .. } = self;
        format!(
            "[[listener]]\n{listener}\n{more_listeners}\n[[site]]\nhosts = {hosts}\ncharter = \"charter.toml\"\n{site}\n\
             [site.upstream]\nendpoints = [\"{endpoint}\"]\n{upstream}\n{more_sites}\n[admin]\n{admin}\n{tables}"
        )
    }

    /// Writes the files and starts the process, without waiting for anything.
    pub(crate) fn spawn(&self) -> Spawned {
        self.spawn_with(&self.configuration())
    }

    /// As [`Setup::spawn`], with another text of `octroi.toml`.
    pub(crate) fn spawn_with(&self, configuration: &str) -> Spawned {
        Spawned::new(self.command(configuration))
    }

    /// Writes the files; the command that starts the process with this text of `octroi.toml`.
    pub(crate) fn command(&self, configuration: &str) -> Command {
        let file = self.directory().join("octroi.toml");
        std::fs::write(&file, configuration).unwrap();
        std::fs::write(self.directory().join("charter.toml"), &self.charter).unwrap();
        let octroi = octroi(self.directory());
        let mut command = match self.ulimit {
            Some(limit) => through(&format!("ulimit {limit}"), &octroi),
            None if !self.passed.is_empty() => self.passing(&octroi),
            None if self.unprivileged => through(&format!("exec setpriv {UNPRIVILEGED} \"$0\" \"$@\""), &octroi),
            None => octroi,
        };
        command.args(["--log-format", "json", "--log-level", self.log_level, "run", "--config"]).arg(file);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The shell moves the sockets from where the standard library can pass them to where systemd does.
    fn passing(&self, command: &Command) -> Command {
        let names: Vec<_> = self.passed.iter().map(|&(name, _)| name).collect();
        let (count, names) = (names.len(), names.join(":"));
        let export = format!("export LISTEN_PID=$$ LISTEN_FDS={count} LISTEN_FDNAMES={names}");
        let mut sockets = self.passed.iter().map(|(_, socket)| OwnedFd::from(socket.try_clone().unwrap()));
        let (first, second, third) = (sockets.next(), sockets.next(), sockets.next());
        assert!(third.is_none(), "two sockets at most can be passed");
        let moved = if second.is_some() { "3<&0 4<&1 </dev/null >/dev/null" } else { "3<&0 </dev/null" };
        let mut command = through(&format!("exec {moved}; {export}"), command);
        command.stdin(first.map_or_else(Stdio::null, Stdio::from));
        command.stdout(second.map_or_else(Stdio::piped, Stdio::from));
        command
    }

    /// Starts the process and waits until it listens.
    pub(crate) async fn start(self) -> Octroi {
        let configuration = self.configuration();
        self.start_with(&configuration).await
    }

    /// As [`Setup::start`], with another text of `octroi.toml`.
    pub(crate) async fn start_with(self, configuration: &str) -> Octroi {
        self.launch_with(configuration).await
    }

    /// As [`Setup::start`]; another process can be started beside this one.
    pub(crate) async fn launch(&self) -> Octroi {
        self.launch_with(&self.configuration()).await
    }

    async fn launch_with(&self, configuration: &str) -> Octroi {
        let spawned = self.spawn_with(configuration);
        let admin = admin_address(&spawned, configuration).await;
        let bound: Vec<_> = spawned.stderr.lines().iter().filter_map(|line| listening(line)).collect();
        let first = |tls| bound.iter().find_map(|(address, other)| address.filter(|_| *other == tls));
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let address = first(false).or(first(true)).unwrap_or(nowhere);
        Octroi {
            address,
            tls: first(true).unwrap_or(address),
            admin,
            directory: Arc::clone(&self.directory),
            stdout: spawned.stdout.clone(),
            stderr: spawned.stderr.clone(),
            child: spawned.into_child(),
        }
    }
}

/// The binary, in a directory and an environment of its own.
pub(crate) fn octroi(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_octroi"));
    command.current_dir(directory).stdin(Stdio::null()).stdout(Stdio::piped());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("OCTROI_")) {
        command.env_remove(name);
    }
    command
}

/// The same command, run by a shell after the shell command `first`.
fn through(first: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{first} && exec \"$0\" \"$@\"")]).arg(command.get_program());
    shell.current_dir(command.get_current_dir().unwrap()).stdin(Stdio::null()).stdout(Stdio::piped());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

/// A started process that may not be listening yet. Killed when dropped.
pub(crate) struct Spawned {
    pub(crate) stdout: Output,
    pub(crate) stderr: Output,
    child: Option<Child>,
}

impl Spawned {
    pub(crate) fn new(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("octroi does not start");
        // `None` if standard output was replaced by a socket.
        let stdout = child.stdout.take().map_or_else(|| Output::of(std::io::empty()), Output::of);
        let stderr = Output::of(child.stderr.take().unwrap());
        Self { stdout, stderr, child: Some(child) }
    }

    /// Waits for the process to end by itself. Returns its exit code and everything that it wrote.
    pub(crate) async fn ended(mut self) -> (Option<i32>, String, String) {
        let (stdout, stderr) = (self.stdout.whole().await, self.stderr.whole().await);
        // Its output has ended, and so has the process, or is about to.
        let status = self.child.as_mut().unwrap().wait().expect("the process cannot be waited for");
        (status.code(), stdout, stderr)
    }

    /// Sends SIGTERM at once; to start a `kill` command would take a moment.
    pub(crate) fn terminate_now(&self) {
        let child = self.child.as_ref().unwrap();
        let pid = rustix::process::Pid::from_child(child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("SIGTERM could not be sent");
    }

    fn into_child(mut self) -> Child {
        self.child.take().unwrap()
    }
}

impl Drop for Spawned {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Sends a signal by name to a process that this test started.
pub(crate) fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).status().expect("no `kill` command");
    assert!(sent.success(), "SIG{name} could not be sent");
}

/// The JSON of a diagnostic: its message and its fields, wherever the formatter puts them.
pub(crate) fn diagnostic(line: &str) -> Option<(String, Value)> {
    let event: Value = serde_json::from_str(line).ok()?;
    let fields = event.get("fields").cloned().unwrap_or(event);
    let message = fields.get("message")?.as_str()?.to_owned();
    Some((message, fields))
}

/// The address that a diagnostic has under this key.
fn address_of(fields: &Value, key: &str) -> Option<SocketAddr> {
    let text = fields.get(key)?.as_str()?;
    text.rsplit("//").next()?.trim_end_matches('/').parse().ok()
}

/// The address of a listener and whether it speaks TLS; `None` for a Unix socket.
fn listening(line: &str) -> Option<(Option<SocketAddr>, bool)> {
    let (message, fields) = diagnostic(line)?;
    let tls = fields.get("tls").is_some_and(|tls| tls.as_bool() == Some(true));
    (message == "listening" && fields.get("address").is_some()).then(|| (address_of(&fields, "address"), tls))
}

fn admin_listening(line: &str) -> Option<SocketAddr> {
    let (message, fields) = diagnostic(line)?;
    (message == "listening").then(|| address_of(&fields, "admin_address"))?
}

/// Waits until every listener has been announced. Returns the address of the admin listener.
async fn admin_address(spawned: &Spawned, configuration: &str) -> SocketAddr {
    let wanted = configuration.matches("[[listener]]").count();
    let announced = |lines: &[String]| lines.iter().filter_map(|line| listening(line)).count();
    let admin = |lines: &[String]| lines.iter().find_map(|line| admin_listening(line));
    let ready = |lines: &[String]| announced(lines) >= wanted && admin(lines).is_some();
    let lines = spawned.stderr.until("octroi to listen", ready).await;
    admin(&lines).unwrap_or_else(|| {
        panic!("octroi did not start.\n--- configuration\n{configuration}\n--- standard error\n{}", lines.join("\n"))
    })
}

impl Octroi {
    /// The default setup before `origin`, running.
    pub(crate) async fn before(origin: &Origin) -> Self {
        Setup::before(origin).start().await
    }

    /// A new connection in clear.
    pub(crate) async fn client(&self) -> Client {
        Client::connect(self.address).await
    }

    /// A file of the process's directory.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for a line of the access log that contains `part`. Do not pass a bare number: it could match an ID, a port or a
    /// time.
    pub(crate) async fn logged(&self, part: &str) -> String {
        let line = self.stdout.find("the access log", |line| line.contains(part).then(|| line.to_owned())).await;
        line.unwrap_or_else(|| panic!("the log has ended without {part}"))
    }

    /// Sends a signal by name: `HUP`.
    pub(crate) fn signal(&self, name: &str) {
        signal(self.pid(), name);
    }

    pub(crate) fn terminate(&self) {
        self.signal("TERM");
    }

    /// Stops the process until `while_stopped` is ready. Whatever was sent to it meanwhile, it then finds at once.
    pub(crate) async fn stopped<T>(&self, while_stopped: impl Future<Output = T>) -> T {
        let pid = rustix::process::Pid::from_child(&self.child);
        self.signal("STOP");
        let stopped = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::UNTRACED).unwrap();
        assert!(stopped.is_some_and(|(_, status)| status.stopped()), "the process did not stop but end");
        let outcome = while_stopped.await;
        self.signal("CONT");
        outcome
    }

    /// Waits for the process to end; its exit code.
    pub(crate) async fn exit_code(mut self) -> Option<i32> {
        self.stderr.whole().await;
        self.child.wait().expect("the process cannot be waited for").code()
    }

    /// One request to the admin listener, on a connection of its own.
    pub(crate) async fn admin(&self, request_line: &str, lines: &str) -> super::Message {
        let mut client = Client::connect(self.admin).await;
        let request = format!("{request_line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n");
        client.exchange(request).await
    }

    pub(crate) async fn metrics(&self) -> Metrics {
        let page = self.admin("GET /metrics", "").await;
        page.assert_status(200);
        Metrics::parse(&page.text())
    }

    /// Scrapes until `wanted` holds: a request is counted when its body has been sent, a moment after it was read.
    pub(crate) async fn metrics_until(&self, what: &str, wanted: impl Fn(&Metrics) -> bool) -> Metrics {
        let mut last = String::new();
        let scrapes = async {
            loop {
                let page = self.admin("GET /metrics", "").await;
                let metrics = Metrics::parse(&page.text());
                if wanted(&metrics) {
                    return metrics;
                }
                last = page.text();
            }
        };
        if let Ok(metrics) = tokio::time::timeout(super::EVENT_TIMEOUT, scrapes).await {
            return metrics;
        }
        let own: Vec<&str> = last.lines().filter(|line| line.starts_with("octroi_")).collect();
        panic!("the metrics never showed {what}:\n{}", own.join("\n"))
    }

    /// Waits until `count` requests have been counted and returns all metrics.
    pub(crate) async fn after_requests(&self, count: u32) -> Metrics {
        let wanted = f64::from(count);
        self.metrics_until(&format!("{count} requests"), |metrics| metrics.sum("octroi_requests_total", &[]) >= wanted)
            .await
    }

    /// The processor's time that the process has taken so far.
    pub(crate) fn processor_time(&self) -> Duration {
        // In `/proc`, it is counted in hundredths of a second.
        const TICK: Duration = Duration::from_millis(10);
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
        // The name before them may have blanks.
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let ticks = |at| fields.split(' ').nth(at).unwrap().parse::<u32>().unwrap();
        TICK * (ticks(11) + ticks(12))
    }

    /// A line of `/proc/PID/status` in KiB: `VmRSS` now, `VmHWM` at its highest.
    pub(crate) fn memory_kib(&self, key: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("no {key}"));
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Octroi {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
