//! Puts a server together. Everything that can fail is done before anything is served.
//!
//! Its errors are for the operator: they name the file, the address or the socket.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::{mpsc, watch};

use super::listener::connection_limits::ConnectionLimits;
use super::listener::socket_activation::Inherited;
use super::listener::tls::Tls;
use super::listener::{self, Bound, ListenSocket, Listening, SocketFile};
use super::systemd::watchdog::Watchdog;
use super::worker::{AcceptedConnection, Ready, ServerContext, Worker};
use super::{BoundAddress, Server, ServerError, Threads, control, inventory_writer};
use crate::admin::Admin;
use crate::config::{
    AccessFormat, Limits, ListenAddress, ListenerConfig, LogConfig, LogField, TracingConfig, Workers, with_user,
};
use crate::drain::drain;
use crate::inventory::Inventory;
use crate::net::fd_limit;
use crate::otlp::{self, Exporter};
use crate::proxy::{Proxy, ProxyContext, RequestRate};
use crate::reload::{Loader, Reloader};
use crate::snapshot::{Snapshot, Snapshots};
use crate::telemetry::Metrics;
use crate::telemetry::access_log::{AccessLog, BrowserFields, Format};
use crate::telemetry::spans::Spans;

/// The order matters: the descriptor limit before sockets, the configuration before the log, all listeners before any
/// worker. On an error everything is closed again.
///
/// # Errors
/// See [`Server::start`].
pub(super) fn start(load: Loader, inherited: Inherited) -> Result<Server, ServerError> {
    let config = load()?;
    claim_descriptors(config.limits.connections);
    let metrics = Metrics::new();
    let access_log = open_access_log(&config.log, &metrics)?;
    let (spans, exporter) = start_exporter(config.tracing.as_ref(), &metrics)?;
    let workers = worker_count(config.workers);
    let listeners = Listeners::bind(&config.listeners, workers, inherited)?;
    let (admin_listener, admin_address) = bind_admin(config.admin.address)?;
    let snapshots = Snapshots::new(Snapshot::new(config, 1, &metrics));
    let inventory = Inventory::default();
    let reloader = Reloader::new(load, snapshots.clone(), inventory.clone(), metrics.clone());
    let inventory_file = inventory_writer::open(&inventory, &metrics, &snapshots);
    let (trigger, drain) = drain();
    let admin = Admin {
        snapshots: snapshots.clone(),
        metrics: metrics.clone(),
        inventory: inventory.clone(),
        reloader: reloader.clone(),
        drain: drain.onlooker(),
    };

    // If anything fails from here on, `stop` is dropped, and what runs ends.
    let (stop, stopped) = watch::channel(false);
    let (lost_sender, lost) = mpsc::unbounded_channel();
    let (inboxes, receivers) = (0..workers).map(|_| mpsc::unbounded_channel()).unzip();
    let server = ServerContext {
        snapshots: snapshots.clone(),
        metrics: metrics.clone(),
        connection_limits: ConnectionLimits::new(workers),
        listenings: listeners.listenings.clone(),
        inboxes,
        drain,
        stop: stopped.clone(),
        lost: lost_sender,
    };
    let make_proxy = proxy_maker(workers, access_log.clone(), spans, inventory);
    let spawned = spawn_workers(listeners.sockets, receivers, &server, &make_proxy);
    let (mut handles, watchdog) = spawned.map_err(ServerError::system("a worker"))?;
    // A drain ends when all that hold one have dropped it, and the inboxes close with their last sender.
    drop(server);
    let control = control::spawn(admin, admin_listener, listeners.listenings, inventory_file.clone(), stopped);
    handles.push(control.map_err(ServerError::system("the control thread"))?);

    Ok(Server {
        addresses: listeners.addresses,
        admin_address,
        snapshots,
        reloader,
        metrics,
        access_log,
        exporter,
        inventory_file,
        trigger,
        threads: Threads { stop, handles },
        watchdog,
        lost,
        socket_files: listeners.files,
    })
}

/// Opens the access log as the configuration says.
fn open_access_log(config: &LogConfig, metrics: &Metrics) -> Result<AccessLog, ServerError> {
    let format = match config.access {
        AccessFormat::Json => Format::Json,
        AccessFormat::Ecs => Format::Ecs,
        AccessFormat::Common => Format::Common,
        AccessFormat::Off => Format::Off,
    };
    let asked = |field| config.fields.contains(&field);
    let fields = BrowserFields { user_agent: asked(LogField::UserAgent), referer: asked(LogField::Referer) };
    let log = AccessLog::start(format, config.output.clone(), metrics.clone());
    log.map(|log| log.with_browser(fields)).map_err(|source| {
        let output = config.output.as_deref().map_or_else(|| "stdout".to_owned(), |file| file.display().to_string());
        let source = with_user(config.output.as_deref().unwrap_or(Path::new("stdout")), source);
        ServerError::AccessLog { output, source }
    })
}

/// Starts what sends spans, if the configuration says where they go.
fn start_exporter(config: Option<&TracingConfig>, metrics: &Metrics) -> Result<(Spans, Exporter), ServerError> {
    otlp::start(config, metrics).map_err(ServerError::system("the exporter of spans"))
}

/// Binds the admin listener; its address has the port that the kernel chose.
fn bind_admin(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServerError> {
    let bound = listener::bind_admin(address)?;
    let address = bound.local_addr().map_err(ServerError::system("the admin listener"))?;
    Ok((bound, address))
}

/// Raises the limit of descriptors, and warns if it may not suffice; not if the number of connections is the default.
fn claim_descriptors(connections: usize) {
    fd_limit::claim(connections, connections == Limits::default().connections);
}

/// How many workers there are: as configured, or one for each core that affinity and cgroup quota leave to the process.
fn worker_count(configured: Workers) -> usize {
    match configured {
        Workers::Fixed(count) => count.get(),
        Workers::Auto => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    }
}

/// All listeners, bound.
struct Listeners {
    /// In the order of the file.
    addresses: Vec<BoundAddress>,
    /// In the same order; workers and the control thread share them.
    listenings: Vec<Arc<Listening>>,
    /// For each worker, one for each listener.
    sockets: Vec<Vec<ListenSocket>>,
    /// Of Unix sockets that octroi bound.
    files: Vec<SocketFile>,
}

impl Listeners {
    /// Binds all or none, and reads their certificates.
    fn bind(configured: &[ListenerConfig], workers: usize, mut inherited: Inherited) -> Result<Self, ServerError> {
        let sockets = std::iter::repeat_with(Vec::new).take(workers).collect();
        let mut all = Self { addresses: Vec::new(), listenings: Vec::new(), sockets, files: Vec::new() };
        for config in configured {
            let tls = config.tls.as_ref().map(Tls::new).transpose()?;
            let only_v6 = has_v4_twin(&config.address, configured);
            let bound = listener::bind(&config.address, tls.is_some(), only_v6, workers, &mut inherited)?;
            all.add(bound, Listening { config: config.clone(), tls });
        }
        inherited.all_claimed()?;
        Ok(all)
    }

    fn add(&mut self, bound: Bound, listening: Listening) {
        self.addresses.push(bound.address);
        self.listenings.push(Arc::new(listening));
        self.files.extend(bound.file);
        for (worker, socket) in self.sockets.iter_mut().zip(bound.sockets) {
            worker.push(socket);
        }
    }
}

/// Whether the same port is also configured on `0.0.0.0`. Then `[::]` must not take IPv4 as well.
fn has_v4_twin(address: &ListenAddress, configured: &[ListenerConfig]) -> bool {
    let ListenAddress::Tcp(address) = address else { return false };
    let twin = ListenAddress::Tcp(SocketAddr::from((Ipv4Addr::UNSPECIFIED, address.port())));
    address.ip().is_ipv6() && address.port() != 0 && configured.iter().any(|other| other.address == twin)
}

/// What makes each worker's proxy, on that worker's thread.
fn proxy_maker(
    workers: usize,
    access_log: AccessLog,
    spans: Spans,
    inventory: Inventory,
) -> impl Fn(&ServerContext) -> Rc<Proxy> + Clone + Send + 'static {
    let request_rate = Arc::<RequestRate>::default();
    move |server| {
        Proxy::new(ProxyContext {
            workers,
            snapshots: server.snapshots.reader(),
            metrics: server.metrics.clone(),
            access_log: access_log.clone(),
            spans: spans.clone(),
            inventory: inventory.recorder(),
            request_rate: Arc::clone(&request_rate),
            drain: server.drain.clone(),
        })
    }
}

/// Starts the workers. None serves before all have taken over their sockets.
fn spawn_workers<P: Fn(&ServerContext) -> Rc<Proxy> + Clone + Send + 'static>(
    sockets: Vec<Vec<ListenSocket>>,
    receivers: Vec<mpsc::UnboundedReceiver<AcceptedConnection>>,
    server: &ServerContext,
    make_proxy: &P,
) -> io::Result<(Vec<JoinHandle<()>>, Watchdog)> {
    let workers = sockets.into_iter().zip(receivers).enumerate();
    let workers: Vec<_> = workers.map(|(index, (sockets, inbox))| Worker::new(index, sockets, inbox)).collect();
    let watchdog = Watchdog::new(workers.iter().map(Worker::probe));
    let set_up = |worker: Worker| worker.set_up(server.clone(), make_proxy.clone());
    let ready: Vec<_> = workers.into_iter().map(set_up).collect::<io::Result<_>>()?;
    Ok((ready.into_iter().map(Ready::serve).collect(), watchdog))
}
