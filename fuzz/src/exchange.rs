//! One exchange through the whole of octroi, in memory: a visitor's bytes in, a portal's bytes in, and what each of them
//! gets to see.

use std::cell::RefCell;
use std::convert::Infallible;
use std::io;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use octroi::config::Config;
use octroi::drain::drain;
use octroi::inventory::Inventory;
use octroi::proxy::{Downstream, ForwardedCache, Proxy, ProxyContext, Trust};
use octroi::snapshot::{Snapshot, Snapshots};
use octroi::telemetry::Metrics;
use octroi::telemetry::access_log::AccessLog;
use octroi::upstream::{RequestBody, in_memory};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{LocalSet, spawn_local};

const CONFIG: &str = r#"
[[listener]]
address = "127.0.0.1:8080"

[[site]]
hosts = ["enforce.test"]
charter = "charter.toml"
strip_all = ["/static/"]
upstream = { endpoints = ["http://portal.test"] }

[[site]]
hosts = ["report.test"]
charter = "charter.toml"
enforcement = "report-only"
strip_all = ["/static/"]
upstream = { endpoints = ["http://portal.test"] }

[admin]
address = "127.0.0.1:9180"

[log]
access = "off"
"#;

/// What each side got to see.
#[derive(Debug, Default)]
pub struct Seen {
    /// The request, as far as the portal read it.
    pub portal: Vec<u8>,
    /// The response, to its last byte.
    pub visitor: Vec<u8>,
}

/// What outlives an exchange; everything else is made anew, so that none depends on those before it.
struct Bench {
    runtime: Runtime,
    snapshots: Snapshots,
    metrics: Metrics,
}

thread_local! {
    static BENCH: Bench = Bench::new();
}

/// The two sites, `enforce.test` and `report.test`.
///
/// # Panics
/// If the configuration is not sound.
pub fn sites(metrics: &Metrics) -> Snapshot {
    let file = |path: &Path| match path.to_str() {
        Some("octroi.toml") => Ok(CONFIG.into()),
        Some("charter.toml") => Ok(include_bytes!("charter.toml").to_vec()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    let config = Config::load_with(Path::new("octroi.toml"), &[], &file).unwrap_or_else(|error| panic!("{error}"));
    Snapshot::new(config, 1, metrics)
}

impl Bench {
    fn new() -> Self {
        let metrics = Metrics::new();
        let snapshots = Snapshots::new(sites(&metrics));
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        Self { runtime, snapshots, metrics }
    }
}

/// Carries one exchange to its end. `request` has no body and asks for the connection to be closed.
pub fn run(request: &[u8], response: &[u8], tls: bool) -> Seen {
    BENCH.with(|bench| {
        let tasks = LocalSet::new();
        tasks.block_on(&bench.runtime, exchange(bench, request, response.to_vec(), tls))
    })
}

async fn exchange(bench: &Bench, request: &[u8], response: Vec<u8>, tls: bool) -> Seen {
    let (trigger, drain) = drain();
    let proxy = Proxy::new(ProxyContext {
        workers: 1,
        snapshots: bench.snapshots.reader(),
        metrics: bench.metrics.clone(),
        access_log: AccessLog::default(),
        spans: octroi::telemetry::spans::Spans::default(),
        inventory: Inventory::default().recorder(),
        request_rate: Arc::default(),
        drain,
    });

    let (mut visitor, downstream) = duplex(1 << 16);
    let (portal, upstream) = duplex(1 << 16);
    in_memory::offer(upstream);
    let asked = Rc::new(RefCell::new(Vec::new()));
    spawn_local(answer(portal, response, Rc::clone(&asked)));
    spawn_local(serve(proxy, downstream, tls));

    let mut seen = Vec::new();
    visitor.write_all(request).await.expect("octroi reads the request");
    visitor.read_to_end(&mut seen).await.expect("octroi closes the connection");
    drop(trigger);
    Seen { portal: asked.take(), visitor: seen }
}

/// The portal: reads one request, says what it has to say, and leaves.
async fn answer(mut portal: DuplexStream, response: Vec<u8>, asked: Rc<RefCell<Vec<u8>>>) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") && portal.read_buf(&mut request).await.is_ok_and(|read| read > 0) {}
    *asked.borrow_mut() = request;
    // octroi hangs up if the response is none.
    let _ = portal.write_all(&response).await;
    let _ = portal.shutdown().await;
    let _ = portal.read_to_end(&mut Vec::new()).await;
}

async fn serve(proxy: Rc<Proxy>, io: DuplexStream, tls: bool) {
    let visitor = Rc::new(Downstream {
        client: Some(([192, 0, 2, 1], 50_000).into()),
        local: None,
        tls,
        scheme: None,
        server_name: None,
        trust: Trust::Nothing,
        behind_a_proxy: false,
        trusted_networks: Arc::default(),
        redirect_to_https: false,
        forwarded_cache: ForwardedCache::default(),
    });
    let service = service_fn(|request: Request<Incoming>| {
        let request = request.map(RequestBody::new);
        let answer = Rc::clone(&proxy).handle(request, Rc::clone(&visitor), Rc::default());
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let mut builder = http1::Builder::new();
    builder.header_read_timeout(None).half_close(false).pipeline_flush(false);
    // A response that breaks off is an error here, and no fault.
    let _ = builder.serve_connection(TokioIo::new(io), service).with_upgrades().await;
}
