//! A worker between real sockets: it serves, hands over, counts, and ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode};
use rustix::thread::current_timer_slack;

use super::*;
use crate::config::{Limits, ListenAddress, ListenerConfig, testing};
use crate::drain::{DrainTrigger, drain};
use crate::proxy::Downstream;
use crate::server::listener::bind;
use crate::server::{BoundAddress, Inherited};
use crate::snapshot::Snapshot;
use crate::upstream::Eviction;

/// Answers with the name of its thread, or its timer slack.
struct Name;

impl Handler for Name {
    type Body = Full<Bytes>;

    async fn handle(
        self: Rc<Self>,
        request: Request<Incoming>,
        _downstream: Rc<Downstream>,
        _: Rc<Eviction>,
    ) -> Response<Full<Bytes>> {
        let answer = match request.uri().path() {
            "/slack" => current_timer_slack().unwrap().to_string(),
            _ => std::thread::current().name().unwrap().to_owned(),
        };
        Response::new(Full::new(answer.into()))
    }

    fn rejected(&self, _: StatusCode, _: http::Version, _: &Downstream) {}

    fn tick(&self) {}
}

struct Workers {
    address: SocketAddr,
    trigger: DrainTrigger,
    threads: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Workers {
    fn start(count: usize, connections: usize) -> Self {
        let metrics = Metrics::new();
        let config = testing::bare(Limits { connections, ..Limits::default() });
        let address = ListenAddress::Tcp("127.0.0.1:0".parse().unwrap());
        let bound = bind(&address, false, false, count, &mut Inherited::default()).unwrap();
        let BoundAddress::Tcp { address: port, .. } = bound.address else { panic!() };
        let (inboxes, receivers): (Vec<_>, Vec<_>) = (0..count).map(|_| mpsc::unbounded_channel()).unzip();
        let config_of_listener = ListenerConfig {
            address,
            trusted: Arc::default(),
            proxy_protocol: false,
            tls: None,
            redirect_to_https: false,
            scheme: None,
        };
        let (trigger, drain) = drain();
        let (stop, stopped) = watch::channel(false);
        let (lost, _) = mpsc::unbounded_channel();
        let server = ServerContext {
            snapshots: Snapshots::new(Snapshot::new(config, 1, &metrics)),
            metrics,
            connection_limits: ConnectionLimits::new(count),
            listenings: vec![Arc::new(Listening { config: config_of_listener, tls: None })],
            inboxes,
            drain,
            stop: stopped,
            lost,
        };
        let start = |(index, (socket, inbox))| {
            Worker::new(index, vec![socket], inbox).set_up(server.clone(), |_| Rc::new(Name)).unwrap().serve()
        };
        let threads = bound.sockets.into_iter().zip(receivers).enumerate().map(start).collect();
        Self { address: port, trigger, threads, stop }
    }

    fn connect(&self) -> BufReader<TcpStream> {
        BufReader::new(TcpStream::connect(self.address).unwrap())
    }

    fn end(self) {
        self.trigger.begin();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        assert!(runtime.block_on(self.trigger.finished(None)));
        assert!(TcpStream::connect(self.address).is_err(), "it still listens");
        self.stop.send_replace(true);
        for thread in self.threads {
            thread.join().unwrap();
        }
    }
}

/// A worker's name.
fn ask(connection: &mut BufReader<TcpStream>) -> String {
    get(connection, "/")
}

/// Sends a request and returns the body of its answer.
fn get(connection: &mut BufReader<TcpStream>, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n");
    connection.get_mut().write_all(request.as_bytes()).unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        connection.read_line(&mut line).unwrap();
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).unwrap();
    String::from_utf8(body).unwrap()
}

#[test]
fn few_connections_are_spread_over_all_workers() {
    let workers = Workers::start(3, 0);
    let (mut connections, mut names) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let mut connection = workers.connect();
        names.push(ask(&mut connection));
        connections.push(connection);
    }
    names.sort();
    assert_eq!(names, ["worker-0", "worker-1", "worker-2"]);
    drop(connections);
    workers.end();
}

#[test]
fn timers_of_a_worker_wait_a_while_for_bytes() {
    let workers = Workers::start(1, 0);
    let mut connection = workers.connect();
    assert_eq!(get(&mut connection, "/slack"), "20000000");
    assert!(current_timer_slack().unwrap() < 20_000_000, "other threads have it, too");
    drop(connection);
    workers.end();
}

#[test]
fn beyond_the_limit_a_connection_is_closed() {
    let workers = Workers::start(1, 1);
    let mut first = workers.connect();
    ask(&mut first);
    let mut second = workers.connect();
    assert_eq!(second.read(&mut [0]).unwrap_or(0), 0);
    assert_eq!(ask(&mut first), "worker-0");
    drop(first);
    workers.end();
}

#[test]
fn who_waits_in_the_backlog_when_the_drain_begins_is_served() {
    let workers = Workers::start(2, 0);
    let mut connections: Vec<_> = (0..20).map(|_| workers.connect()).collect();
    workers.trigger.begin();
    for connection in &mut connections {
        assert!(ask(connection).starts_with("worker-"));
    }
    drop(connections);
    workers.end();
}
