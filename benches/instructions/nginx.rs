//! nginx with the page that octroi rewrites: unchanged, and with `sub_filter`, which replaces the same addresses anywhere, even
//! in scripts, comments and texts. Counted only if the name of the scenario has `nginx`.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::exchange::Exchange;
use crate::{Scenario, callgrind};

const ROUNDS: [u64; 2] = [20, 120];
/// The held attributes of the page, up to the host.
const HELD: [&str; 3] = ["href=\"https://cdn.forms", "src=\"https://js.forms", "src=\"https://player.videos"];
const STARTS_WITHIN: Duration = Duration::from_mins(1);

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    let filter: String = HELD.map(|text| format!("sub_filter '{text}' 'data-held-{text}'; ")).concat();
    let passed = (Exchange::html().named("nginx: a page of 60 KB"), String::new());
    let filtered = (Exchange::html_by_sub_filter(), format!("sub_filter_once off; {filter}"));
    [passed, filtered].into_iter().map(|(exchange, filter)| Scenario {
        name: exchange.to_string(),
        limit: u64::from(u32::MAX),
        count: Box::new(move || callgrind::of_one_round(ROUNDS, |requests| total(&exchange, &filter, requests))),
    })
}

/// Instructions of an nginx that serves `requests`, from its start to its end.
fn total(exchange: &Exchange, filter: &str, requests: u64) -> Result<u64> {
    let directory = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(exchange, filter, requests, directory.path()))?;
    callgrind::total(directory.path())
}

async fn serve(exchange: &Exchange, filter: &str, requests: u64, directory: &Path) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let own = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let config = directory.join("nginx.conf");
    fs::write(&config, configuration(directory, own, listener.local_addr()?, filter))?;
    let mut command = callgrind::command("/usr/sbin/nginx", directory);
    command.arg("-c").arg(&config).stdout(Stdio::null());
    let nginx = Nginx(command.spawn()?);
    tokio::select! {
        visited = visit(exchange, requests, own) => visited?,
        failed = exchange.portal(listener) => failed?,
    }
    nginx.end()
}

async fn visit(exchange: &Exchange, requests: u64, nginx: SocketAddr) -> Result<()> {
    let begun = Instant::now();
    let mut stream = loop {
        match TcpStream::connect(nginx).await {
            Ok(stream) => break stream,
            Err(error) => ensure!(begun.elapsed() < STARTS_WITHIN, "nginx does not start: {error}"),
        }
        sleep(Duration::from_millis(50)).await;
    };
    stream.set_nodelay(true)?;
    for _ in 0..requests {
        exchange.ask(&mut stream).await?;
    }
    Ok(())
}

fn configuration(directory: &Path, own: SocketAddr, portal: SocketAddr, filter: &str) -> String {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {}/{name};\n", directory.display()))
        .concat();
    format!(
        "daemon off;\nmaster_process off;\npid {}/nginx.pid;\nerror_log stderr warn;\nevents {{ }}\nhttp {{\n\
         access_log off;\nkeepalive_requests 1000000;\n{temporary}\
         upstream portal {{ server {portal}; keepalive 16; keepalive_requests 1000000; }}\n\
         server {{\nlisten {own};\nlocation / {{\nproxy_pass http://portal;\nproxy_http_version 1.1;\n\
         proxy_set_header Connection \"\";\nproxy_set_header Host $host;\nproxy_buffer_size 16k;\n\
         proxy_buffers 16 16k;\nproxy_max_temp_file_size 0;\n{filter}\n}}\n}}\n}}\n",
        directory.display()
    )
}

/// A running nginx; ended when dropped.
struct Nginx(Child);

impl Nginx {
    fn end(mut self) -> Result<()> {
        kill_process(Pid::from_child(&self.0), Signal::TERM)?;
        let status = self.0.wait().context("nginx")?;
        ensure!(status.success(), "nginx ended with {status}");
        Ok(())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // There is nothing to drain.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}
