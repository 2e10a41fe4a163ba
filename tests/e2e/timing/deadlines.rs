//! Every connection that is left open ends at its deadline, and none uses processor time while it waits.
//!
//! Order shows that it ends in time: an ordinary visitor connects a little later, and a connection that is still open when that
//! one has been closed is late.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::plain;
use super::script::{End, Script};
use super::world::{By, Reply, World, speak};
use crate::support::{Findings, Message, Setup, shown};

/// All deadlines are the same.
const TIMEOUTS: &str = "[timeouts]\nheader = \"1s\"\nidle = \"1s\"\nbody_idle = \"1s\"\nupstream_response = \"1s\"";

/// So late a connection may end.
const ALLOWED: Duration = Duration::from_millis(200);
/// What the test's own process may take to notice it.
const NOTICED: Duration = Duration::from_millis(500);

const HALF: &[u8] = b"GET /next HTTP/1.1\r\nHo";

/// What visitors say who then say no more.
const LEFT: &[&[u8]] = &[
    // Within a head.
    b"",
    b"G",
    b"\r\n",
    b"\r",
    HALF,
    // Behind a request.
    b"GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    b"GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: h\r\n\r\nG",
    b"GET / HTTP/1.1\r\nHost: h\r\n\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: h\r\n\r\n\r",
    b"GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHo",
    b"GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\nG",
    b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab",
    b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab\r\n",
    b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nP",
    // Behind an answer that does not wait for the body.
    b"TRACE / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nsome",
    b"TRACE / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\nContent-Length: 9\r\n\r\nsome",
    b"POST / HTTP/1.1\r\nHost: unknown\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nsome",
    b"POST /early HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nsome",
    // Behind an answer that ends the connection.
    b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\nG",
    b"GET / HTTP/1.0\r\nHost: h\r\n\r\nG",
    b"GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nframe",
    b"GET / HTTP/1.1\nHost: h\r\n\r\nG",
    b"\0",
    // A portal that goes no further.
    b"GET /silent HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    b"GET /silent HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\nG",
];

/// The same, in the midst of a body.
const STALLED: &[&[u8]] = &[
    b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nsome",
    b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nsome",
    b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ",
    b"GET /half HTTP/1.1\r\nHost: h\r\n\r\n",
    b"GET /half HTTP/1.1\r\nHost: h\r\n\r\nG",
];

fn portal(head: &Message) -> Reply {
    match head.target().as_str() {
        "/silent" => Reply::Early(Script::whole("")),
        "/half" => Reply::Early(Script::whole("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")),
        "/early" => Reply::Early(Script::whole("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly")),
        _ => plain(head),
    }
}

/// A connection that is left open.
struct Left {
    by: By,
    script: Script,
    task: JoinHandle<(Vec<u8>, bool)>,
}

/// Says each in clear and under TLS, whole and with its last byte later.
async fn leave_open(world: &World, said: &[&[u8]]) -> Vec<Left> {
    let mut left = Vec::new();
    for bytes in said {
        for by in [By::Clear, By::Tls] {
            let later = bytes.len().checked_sub(1).map(|last| Script::cut(bytes, last, Duration::from_millis(100)));
            for script in std::iter::once(Script::whole(*bytes)).chain(later) {
                let (_, stream) = world.connect(by).await;
                let said = script.clone().ending(End::Open);
                let task = tokio::spawn(async move { speak(stream, &said).await });
                left.push(Left { by, script, task });
            }
        }
    }
    // The last bytes of the later ones.
    sleep(Duration::from_millis(100)).await;
    left
}

fn configure(timeouts: &str) -> impl FnOnce(Setup) -> Setup {
    move |setup| setup.hosts(r#"["h"]"#).one_worker().toml(timeouts)
}

#[tokio::test]
async fn every_connection_that_is_left_open_ends_in_time() {
    let world = World::start(portal, configure(TIMEOUTS)).await;
    let (stalled, left) = (leave_open(&world, STALLED).await, leave_open(&world, LEFT).await);
    let mut findings = Findings::default();
    sleep(ALLOWED).await;
    visit_to_the_end(&world).await;
    sleep(NOTICED).await;
    for Left { by, script, task } in left.iter().chain(&stalled) {
        findings.expect(task.is_finished(), || format!("still open: {by:?}, {script}"));
    }
    is_at_rest(&world, &mut findings).await;
    findings.none();
}

/// One request, and then nothing until the connection ends.
async fn visit_to_the_end(world: &World) {
    let (_, stream) = world.connect(By::Clear).await;
    let (answer, ended) = speak(stream, &Script::whole(*b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")).await;
    assert!(ended && answer.starts_with(b"HTTP/1.1 200 "), "{}", shown(&answer));
}

/// While no deadline is near, and if there is none.
#[tokio::test]
async fn no_connection_that_is_left_open_takes_the_processors_time() {
    let mut findings = Findings::default();
    for timeouts in [TIMEOUTS.replace("1s", "1h"), TIMEOUTS.replace("\"1s\"", "0")] {
        let world = World::start(portal, configure(&timeouts)).await;
        let _left = (leave_open(&world, STALLED).await, leave_open(&world, LEFT).await);
        is_at_rest(&world, &mut findings).await;
    }
    findings.none();
}

/// Whether the process soon takes hardly any of the processor's time: less than a hundredth for each connection would be,
/// for there are more than a hundred.
async fn is_at_rest(world: &World, findings: &mut Findings) {
    const LOOK: Duration = Duration::from_millis(500);
    const MOST: Duration = Duration::from_millis(30);
    let mut taken = Vec::new();
    for _ in 0..10 {
        let before = world.octroi.processor_time();
        sleep(LOOK).await;
        taken.push(world.octroi.processor_time().saturating_sub(before));
        if taken.last().is_some_and(|taken| *taken <= MOST) {
            return;
        }
    }
    findings.expect(false, || format!("it is not at rest: of each {LOOK:?} it takes {taken:?}"));
}
