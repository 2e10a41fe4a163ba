//! Real shared caches between visitors and octroi: nginx and Varnish, each on a Unix socket in its own directory.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::Client;
use super::octroi::signal;
use super::output::Output;

/// A caching proxy in front of octroi, that gives all visitors the same page of one path. Stopped when dropped.
pub(crate) struct SharedCache {
    directory: tempfile::TempDir,
    child: Child,
}

impl SharedCache {
    /// nginx, with further directives of its `location`.
    pub(crate) async fn nginx(before: SocketAddr, directives: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path temporary/{kind};\n"))
            .concat();
        std::fs::create_dir(directory.path().join("temporary")).unwrap();
        let configuration = format!(
            "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr notice;\nevents {{}}\n\
             http {{\naccess_log off;\n{temporary}proxy_cache_path cache keys_zone=pages:1m;\n\
             server {{\nlisten unix:{socket};\nlocation / {{\nproxy_pass http://{before};\nproxy_set_header Host $host;\n\
             proxy_cache pages;\n{directives}\n}}\n}}\n}}\n",
            socket = socket(directory.path()),
        );
        std::fs::write(directory.path().join("nginx.conf"), configuration).unwrap();
        let mut command = Command::new("nginx");
        command.arg("-p").arg(directory.path()).args(["-c", "nginx.conf", "-e", "stderr"]);
        Self::start(command, directory, "event method").await
    }

    /// Varnish, with the statements of its `vcl_backend_response`; cookies of requests do not keep it from caching.
    pub(crate) async fn varnish(before: SocketAddr, statements: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let (host, port) = (before.ip(), before.port());
        let rules = format!(
            "vcl 4.1;\nbackend default {{ .host = \"{host}\"; .port = \"{port}\"; }}\n\
             sub vcl_recv {{ return (hash); }}\nsub vcl_backend_response {{ {statements} }}\n"
        );
        let file = directory.path().join("rules.vcl");
        std::fs::write(&file, rules).unwrap();
        let mut command = Command::new("varnishd");
        command.args(["-F", "-j", "none", "-s", "malloc,16m", "-a"]).arg(socket(directory.path()));
        command.arg("-n").arg(directory.path().join("work")).arg("-f").arg(file);
        Self::start(command, directory, "Child starts").await
    }

    async fn start(mut command: Command, directory: tempfile::TempDir, ready: &str) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child =
            command.spawn().unwrap_or_else(|error| panic!("{command:?} does not start ({error}): run scripts/setup"));
        let stderr = Output::of(child.stderr.take().unwrap());
        let cache = Self { directory, child };
        let is_ready = |line: &str| line.contains(ready).then_some(());
        let started = stderr.find("the cache to start", is_ready).await;
        assert!(started.is_some(), "{command:?} did not start:\n{}", stderr.lines().join("\n"));
        cache
    }

    /// A visitor's connection.
    pub(crate) async fn client(&self) -> Client {
        Client::connect_unix(Path::new(&socket(self.directory.path()))).await
    }
}

fn socket(directory: &Path) -> String {
    directory.join("visitors.sock").display().to_string()
}

impl Drop for SharedCache {
    /// Both end on SIGTERM, Varnish with its child.
    fn drop(&mut self) {
        signal(self.child.id(), "TERM");
        let _ = self.child.wait();
    }
}
