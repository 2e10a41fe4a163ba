//! Requests that go out with others.

use std::cell::RefCell;
use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Waker};
use std::time::Duration;

use http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::{spawn_local, yield_now};

use super::gate::{Gate, OK, answer_each, portal, read_head, worker};
use crate::net::coalesce::flush_queue::LONGEST;
use crate::upstream::RequestBody;
use crate::upstream::http1::connection_io::RequestQueue;

const READ_TIMEOUT: Duration = Duration::from_secs(20);

/// The portal's ends of its connections, taken over after the first request on each.
type Ends = Rc<RefCell<Vec<TcpStream>>>;

/// A gate with this many idle connections, whose requests are queued.
async fn with_idle(connections: usize) -> (Gate, Ends) {
    let ends = Ends::default();
    let taken = Rc::clone(&ends);
    let address = portal(move |number, mut stream| {
        let taken = Rc::clone(&taken);
        async move {
            if number >= connections {
                return answer_each(stream, OK).await;
            }
            read_head(&mut stream).await;
            stream.write_all(OK.as_bytes()).await.unwrap();
            let stream = stream.into_std().unwrap();
            stream.set_read_timeout(Some(READ_TIMEOUT)).unwrap();
            taken.borrow_mut().push(stream);
        }
    })
    .await;
    let mut gate = Gate::to(address);
    let first = |gate: Gate| spawn_local(async move { gate.get("/first").await.unwrap() });
    let all: Vec<_> = (0..connections).map(|_| first(gate.clone())).collect();
    for one in all {
        one.await.unwrap();
    }
    gate.queue = Some(Rc::<RequestQueue>::default());
    (gate, ends)
}

fn get(path: &str) -> Request<RequestBody> {
    Request::builder().uri(path).header("host", "portal.example").body(RequestBody::empty()).unwrap()
}

/// The head that comes, or what comes before the end. What was sent takes a moment to arrive; the worker has no turn
/// meanwhile.
fn head(mut end: &TcpStream) -> String {
    end.set_nonblocking(false).unwrap();
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && end.read(&mut byte).unwrap() > 0 {
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}

fn has_nothing(end: &TcpStream) -> bool {
    end.set_nonblocking(true).unwrap();
    end.peek(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
}

/// Lets a request come as far as it can in one turn.
fn begin(request: Pin<&mut impl Future>) {
    assert!(request.poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

#[test]
fn requests_go_out_when_all_that_are_ready_have_been_read() {
    worker(async {
        let (gate, ends) = with_idle(2).await;
        let (mut one, mut other) = (pin!(gate.ask(get("/one"))), pin!(gate.ask(get("/other"))));
        begin(one.as_mut());
        begin(other.as_mut());
        assert!(ends.borrow().iter().all(has_nothing));
        yield_now().await;
        let mut heads: Vec<_> = ends.borrow().iter().map(head).collect();
        heads.sort();
        assert!(heads[0].starts_with("GET /one ") && heads[1].starts_with("GET /other "), "{heads:?}");
    });
}

#[test]
fn a_full_queue_waits_for_no_more() {
    worker(async {
        let (gate, ends) = with_idle(LONGEST).await;
        let mut answers: Vec<_> = (0..LONGEST).map(|_| Box::pin(gate.ask(get("/")))).collect();
        for answer in &mut answers {
            assert!(ends.borrow().iter().all(has_nothing));
            begin(answer.as_mut());
        }
        assert!(ends.borrow().iter().all(|end| head(end).starts_with("GET / ")));
    });
}

#[test]
fn a_request_that_cannot_go_out_at_once_is_sent_on_by_the_task_that_waits_for_its_response() {
    const LONG: usize = 32 << 20;
    worker(async {
        let (gate, ends) = with_idle(1).await;
        let mut request = get("/long");
        request.headers_mut().insert("long", "a".repeat(LONG).parse().unwrap());
        let end = ends.borrow_mut().pop().unwrap();
        // A task of its own, which nothing else wakes.
        let answer = spawn_local(async move { gate.ask(request).await.unwrap().head.response.status() });
        yield_now().await;
        let came = {
            end.set_nonblocking(true).unwrap();
            let mut end = tokio::net::TcpStream::from_std(end).unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                assert!(end.read_buf(&mut head).await.unwrap() > 0);
            }
            end.write_all(OK.as_bytes()).await.unwrap();
            head.len()
        };
        assert_eq!(answer.await.unwrap(), 200);
        assert!(came > LONG);
    });
}

#[test]
fn a_connection_that_is_closed_before_its_request_goes_out_is_replaced() {
    worker(async {
        let (gate, ends) = with_idle(1).await;
        let mut answer = pin!(gate.ask(get("/again")));
        begin(answer.as_mut());
        ends.borrow_mut().clear();
        assert_eq!(answer.await.unwrap().head.response.status(), 200);
    });
}

#[test]
fn a_request_that_is_given_up_before_it_goes_out_never_does() {
    worker(async {
        let (gate, ends) = with_idle(1).await;
        // It ends with the statement.
        begin(pin!(gate.ask(get("/given-up"))));
        yield_now().await;
        assert_eq!(head(&ends.borrow()[0]), "");
    });
}
