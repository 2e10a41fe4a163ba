//! A portal that looks and behaves like Opendatasoft: pages, Explore API, login, languages, consent banner, and trackers
//! that ignore the visitor's choice. It runs on its own thread, listens on loopback only, and reads no file.
//!
//! `route` answers requests. `third_parties` are the other servers of its pages, on a port of their own. `ledger` records
//! requests, so that the effect of a proxy can be seen.

mod account;
mod api;
mod body;
mod catalogue;
mod compare;
pub mod cookies;
mod dataset;
mod export;
mod ledger;
mod listen;
mod pages;
mod record;
mod response;
mod route;
mod template;
pub(super) mod third_parties;
mod visit;

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use http::{Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::LocalSet;

use super::Banner;
use ledger::{Entry, Ledger, Logged};
use response::Reply;
use visit::Visit;

/// How long to wait after a failed accept.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A running sample portal. Dropping it stops it.
#[derive(Debug)]
pub struct Portal {
    site: Arc<Site>,
    /// Dropping it ends the thread's loop.
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// The state that all requests share.
#[derive(Debug)]
struct Site {
    port: u16,
    /// The port of the third parties.
    third_party_port: u16,
    /// `http://localhost:<port>`
    address: String,
    banner: Banner,
    /// Set after octroi has started, because octroi needs the portal's port.
    octroi: OnceLock<Octroi>,
    ledger: Mutex<Ledger>,
}

/// The addresses of the proxy in front of the portal, to which the pages link.
#[derive(Clone, Debug, Default)]
pub struct Octroi {
    /// `http://127.0.0.1:<port>`
    pub site: String,
    /// The admin page, as a URL.
    pub admin: String,
}

impl Portal {
    /// Starts a portal on `port` of 127.0.0.1, and of `::1` if there is one; for 0, the kernel chooses a port. Its pages show
    /// this banner, and use third parties on another port that the kernel chooses.
    ///
    /// # Errors
    /// If the port cannot be bound or no thread can be started.
    pub fn start(port: u16, banner: Banner) -> io::Result<Self> {
        let listeners = listen::on_loopback(port)?;
        let port = listen::port(&listeners)?;
        let third_parties = listen::on_loopback(0)?;
        let site = Arc::new(Site {
            port,
            third_party_port: listen::port(&third_parties)?,
            address: format!("http://localhost:{port}"),
            banner,
            octroi: OnceLock::new(),
            ledger: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&site);
        let thread = std::thread::Builder::new().name("portal".into()).spawn(move || {
            LocalSet::new().block_on(&runtime, async {
                for listener in listeners {
                    tokio::task::spawn_local(accept(listener, Arc::clone(&served), Server::Portal));
                }
                for listener in third_parties {
                    tokio::task::spawn_local(accept(listener, Arc::clone(&served), Server::ThirdParties));
                }
                // An error means that the portal was dropped.
                let _ = stopped.await;
            });
        })?;
        Ok(Self { site, stop: Some(stop), thread: Some(thread) })
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.site.port
    }

    /// The port on which all third parties of its pages listen.
    pub fn third_party_port(&self) -> u16 {
        self.site.third_party_port
    }

    /// The portal's own address: `http://localhost:<port>`. Browsers do not share the cookies of `localhost` with
    /// `127.0.0.1`, but they share them between ports.
    pub fn address(&self) -> &str {
        &self.site.address
    }

    /// The portal's address under the proxy's host, so that the proxy's cookies are sent. Empty until [`Portal::announce`].
    pub fn beside(&self) -> String {
        self.site.beside()
    }

    /// Sets the proxy's addresses. Only the first call counts.
    pub fn announce(&self, octroi: Octroi) {
        let _ = self.site.octroi.set(octroi);
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A portal that panicked has ended, too.
            let _ = thread.join();
        }
    }
}

impl Site {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn octroi(&self) -> Octroi {
        self.octroi.get().cloned().unwrap_or_default()
    }

    /// The host under which octroi is visited; empty until octroi runs.
    fn octroi_host(&self) -> String {
        let octroi = self.octroi();
        let authority = octroi.site.trim_start_matches("http://");
        authority.split(':').next().unwrap_or_default().to_owned()
    }

    /// The portal's address under octroi's host, with which it shares cookies. Empty until octroi runs.
    fn beside(&self) -> String {
        let host = self.octroi_host();
        if host.is_empty() { host } else { format!("http://{host}:{}", self.port) }
    }

    /// The entry whose host has the cookies that this visitor sends.
    fn jar_of(&self, visit: &Visit) -> Entry {
        if visit.entry == Entry::Octroi || visit.origin.host == self.octroi_host() {
            Entry::Octroi
        } else {
            Entry::Direct
        }
    }
}

/// The server of a port.
#[derive(Clone, Copy, Debug)]
enum Server {
    Portal,
    ThirdParties,
}

async fn accept(listener: std::net::TcpListener, site: Arc<Site>, server: Server) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::task::spawn_local(serve(stream, Arc::clone(&site), server));
            }
            // Usually out of descriptors, until other connections are closed.
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn serve(stream: TcpStream, site: Arc<Site>, server: Server) {
    let service = service_fn(|request| async {
        match server {
            Server::Portal => answer(request, &site).await,
            Server::ThirdParties => Ok(third_parties::answer(request, &site).await),
        }
    });
    let mut connection = http1::Builder::new();
    // A connection that fails does not concern the others.
    let _ = connection.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(request: Request<Incoming>, site: &Site) -> Result<Reply, Infallible> {
    let visit = Visit::read(request, site.port).await;
    let reply = response::with_trackers(route::answer(&visit, site), &visit.origin);
    if !visit.path.contains("/__demo/") {
        let jar = site.jar_of(&visit);
        site.ledger().note(jar, logged(visit, &reply));
    }
    Ok(reply)
}

fn logged(visit: Visit, reply: &Reply) -> Logged {
    let lines = reply.headers().get_all(header::SET_COOKIE).iter();
    let names = lines.filter_map(|line| line.to_str().ok()?.split_once('=').map(|(name, _)| name.to_owned()));
    Logged {
        entry: visit.entry,
        method: visit.method.to_string(),
        status: reply.status().as_u16(),
        received: visit.cookie_names(),
        path: visit.path,
        set: names.collect(),
    }
}
