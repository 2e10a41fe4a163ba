//! Names that move, names with several addresses, and resolvers that fail.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::rc::Rc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::gate::{Gate, OK, answer_each, config, limits, nowhere, portal, portal_on, worker};
use crate::telemetry::metrics::UpstreamEvent::{Connected, Reused};
use crate::upstream::endpoint::resolver::Lookup;

const MOVED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nmoved";
const CLOSING: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// A resolver that says what it is told to, and counts how often it is asked.
#[derive(Clone, Default)]
struct Resolver {
    answer: Rc<RefCell<Vec<SocketAddr>>>,
    asked: Rc<Cell<usize>>,
}

impl Resolver {
    fn says(&self, answer: &[SocketAddr]) {
        answer.clone_into(&mut self.answer.borrow_mut());
    }

    fn lookup(&self) -> Lookup {
        let resolver = self.clone();
        Rc::new(move |_, _| {
            resolver.asked.set(resolver.asked.get() + 1);
            let answer = resolver.answer.borrow().clone();
            Box::pin(async move { if answer.is_empty() { Err(io::Error::other("no answer")) } else { Ok(answer) } })
        })
    }

    /// A gate before a portal with a name.
    fn gate(&self) -> Gate {
        let mut config = config(&[SocketAddr::from((Ipv4Addr::LOCALHOST, 1))]);
        config.connect = Some("portal.test:1".to_owned());
        Gate::resolving(&config, &limits(), &self.lookup())
    }
}

fn later() -> Instant {
    Instant::now() + Duration::from_secs(31)
}

/// Lets what the tick has begun come to its end.
async fn settle() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

/// Two addresses with the same port. Somebody may have it at the second: then another one is tried.
async fn two_addresses() -> (TcpListener, TcpListener) {
    loop {
        let one = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = one.local_addr().unwrap().port();
        if let Ok(other) = TcpListener::bind((Ipv4Addr::new(127, 0, 0, 2), port)).await {
            return (one, other);
        }
    }
}

#[test]
fn a_name_that_moves_is_followed_and_its_old_connections_are_closed() {
    worker(async {
        let (closed, mut was_closed) = mpsc::unbounded_channel();
        let (old, new) = two_addresses().await;
        let old = portal_on(old, move |_, stream| {
            let closed = closed.clone();
            async move {
                answer_each(stream, OK).await;
                closed.send(()).unwrap();
            }
        });
        let new = portal_on(new, |_, stream| answer_each(stream, MOVED));
        let resolver = Resolver::default();
        resolver.says(&[old]);
        let gate = resolver.gate();
        assert_eq!(gate.get("/").await.unwrap().1, "ok");
        resolver.says(&[new]);
        gate.upstream.tick(Instant::now());
        settle().await;
        assert_eq!(gate.get("/").await.unwrap().1, "ok", "it is not looked up all the time");
        gate.upstream.tick(later());
        settle().await;
        assert_eq!(gate.get("/").await.unwrap().1, "moved");
        gate.upstream.tick(Instant::now());
        was_closed.recv().await.unwrap();
        assert_eq!(gate.events(), [Connected, Reused, Connected]);
    });
}

#[test]
fn a_connection_that_is_used_while_the_name_moves_is_not_used_again() {
    worker(async {
        let (old, new) = two_addresses().await;
        let old = portal_on(old, |_, stream| answer_each(stream, OK));
        let new = portal_on(new, |_, stream| answer_each(stream, MOVED));
        let resolver = Resolver::default();
        resolver.says(&[old]);
        let gate = resolver.gate();
        let request = http::Request::builder().uri("/").header("host", "a").body(crate::upstream::RequestBody::empty());
        let response = gate.send(request.unwrap()).await.unwrap();
        resolver.says(&[new]);
        gate.upstream.tick(later());
        settle().await;
        http_body_util::BodyExt::collect(response.into_body()).await.unwrap();
        assert_eq!(gate.get("/").await.unwrap().1, "moved");
    });
}

#[test]
fn a_name_is_not_looked_up_for_each_connection() {
    worker(async {
        let address = portal(|_, stream| answer_each(stream, CLOSING)).await;
        let resolver = Resolver::default();
        resolver.says(&[address]);
        let gate = resolver.gate();
        for _ in 0..20 {
            gate.get("/").await.unwrap();
        }
        assert_eq!((gate.events(), resolver.asked.get()), (vec![Connected; 20], 1));
    });
}

#[test]
fn a_failing_resolver_leaves_the_last_good_addresses() {
    worker(async {
        let address = portal(|_, stream| answer_each(stream, OK)).await;
        let resolver = Resolver::default();
        let gate = resolver.gate();
        assert_eq!(gate.get("/").await.unwrap_err().proxy_status(), "dns_error");
        resolver.says(&[address]);
        assert_eq!(gate.get("/").await.unwrap().0, 200);
        resolver.says(&[]);
        gate.upstream.tick(later());
        settle().await;
        assert_eq!(resolver.asked.get(), 3);
        // A request after the idle connection has been closed needs an address.
        gate.upstream.tick(later() + Duration::from_secs(30));
        settle().await;
        assert_eq!(gate.get("/").await.unwrap().0, 200);
        assert_eq!(gate.events()[1..], [Connected, Connected]);
    });
}

#[test]
fn an_endpoint_that_refuses_is_looked_up_again_at_once() {
    worker(async {
        let old = nowhere();
        let new = portal(|_, stream| answer_each(stream, OK)).await;
        let resolver = Resolver::default();
        resolver.says(&[old]);
        let gate = resolver.gate();
        assert_eq!(gate.get("/").await.unwrap_err().proxy_status(), "connection_refused");
        resolver.says(&[new]);
        assert_eq!(gate.get("/").await.unwrap().0, 200);
    });
}

#[test]
fn every_address_of_a_name_is_tried() {
    worker(async {
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let resolver = Resolver::default();
        resolver.says(&[nowhere(), nowhere(), up]);
        assert_eq!(resolver.gate().get("/").await.unwrap().0, 200);
    });
}

/// A listener whose queue is full: it takes no connection and refuses none.
fn black_hole() -> (socket2::Socket, Vec<TcpStream>) {
    let hole = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    hole.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
    hole.listen(0).unwrap();
    let address = hole.local_addr().unwrap().as_socket().unwrap();
    // The queue is full when a connection is no longer taken at once; the more time, the surer.
    let timeout = Duration::from_secs(1);
    let filling = std::iter::from_fn(|| TcpStream::connect_timeout(&address, timeout).ok());
    let held = filling.collect();
    (hole, held)
}

#[test]
fn a_silent_address_does_not_keep_the_next_one_waiting() {
    worker(async {
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let (hole, _held) = black_hole();
        let resolver = Resolver::default();
        resolver.says(&[hole.local_addr().unwrap().as_socket().unwrap(), up]);
        let mut gate = resolver.gate();
        // A request that waits for the silent one waits for ever.
        gate.timeouts.upstream_connect = None;
        assert_eq!(gate.get("/").await.unwrap().0, 200);
    });
}
