//! A request's path through octroi, in process: hyper's server over [`Proxy::handle`], in front of a portal. There is no
//! listener, worker or file, so that allocations and time are those of the exchange alone.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
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
use octroi::upstream::RequestBody;
use tokio::io::{AsyncRead, AsyncWrite};

const VISITOR: ([u8; 4], u16) = ([127, 0, 0, 1], 50_000);

/// One site of this charter for every host, before `portal`.
pub(crate) fn config(portal: SocketAddr, charter: &[u8]) -> Config {
    let text = format!(
        "[[listener]]\naddress = \"127.0.0.1:0\"\n[admin]\naddress = \"127.0.0.1:0\"\n[log]\naccess = \"off\"\n\
         [[site]]\nhosts = [\"*\"]\ncharter = \"charter.toml\"\nupstream = {{ endpoints = [\"http://{portal}\"] }}\n"
    );
    let charter = charter.to_vec();
    let file = move |path: &Path| match path.to_str() {
        Some("octroi.toml") => Ok(text.clone().into_bytes()),
        Some("charter.toml") => Ok(charter.clone()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    Config::load_with(Path::new("octroi.toml"), &[], &file).unwrap_or_else(|error| panic!("{error}"))
}

/// Serves one connection in HTTP/1.1 until the visitor closes it. Must run within a `LocalSet`.
pub(crate) async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, config: Config) {
    let metrics = Metrics::new();
    let snapshots = Snapshots::new(Snapshot::new(config, 1, &metrics));
    let (_trigger, drain) = drain();
    let proxy = Proxy::new(ProxyContext {
        workers: 1,
        snapshots: snapshots.reader(),
        metrics,
        access_log: AccessLog::default(),
        spans: octroi::telemetry::spans::Spans::default(),
        inventory: Inventory::default().recorder(),
        request_rate: Arc::default(),
        drain,
    });
    let downstream = Rc::new(Downstream {
        client: Some(VISITOR.into()),
        local: None,
        tls: false,
        scheme: None,
        server_name: None,
        trust: Trust::Nothing,
        behind_a_proxy: false,
        trusted_networks: Arc::default(),
        redirect_to_https: false,
        forwarded_cache: ForwardedCache::default(),
    });
    let service = service_fn(move |request: Request<Incoming>| {
        let request = request.map(RequestBody::new);
        let answer = Rc::clone(&proxy).handle(request, Rc::clone(&downstream), Rc::default());
        async move { Ok::<_, Infallible>(answer.await) }
    });
    http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.unwrap();
}
