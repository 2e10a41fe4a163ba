//! A connection to the portal on which bytes were received that belong to no response is never used again: they would be taken
//! for the answer to another visitor's request.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Barrier, Notify};
use tokio::task::JoinSet;

use crate::support::client::get;
use crate::support::origin::ok;
use crate::support::{Authority, Client, Octroi, Origin, Setup, Visit, within};

/// More than there are stray bytes in the shortest cases: each look at the connection could take one of them.
const TOGETHER: usize = 8;
const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const UNCHANGED: &str = "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n";
const HEAD_ONLY: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
const WHOLE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
const FORGED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";

/// The method of the first request, its response, and what comes behind it; nothing stands for the connection's end.
const CASES: [(&str, &str, &str); 12] = [
    ("GET", WHOLE, "x"),
    ("GET", WHOLE, "xy"),
    ("GET", WHOLE, "hello"),
    ("GET", WHOLE, "\r\n"),
    ("GET", WHOLE, "0\r\n\r\n"),
    ("GET", CHUNKED, "0\r\n\r\n"),
    ("GET", WHOLE, FORGED),
    ("GET", WHOLE, ""),
    ("HEAD", HEAD_ONLY, "hello"),
    ("HEAD", HEAD_ONLY, FORGED),
    ("GET", UNCHANGED, "hello"),
    ("GET", NO_CONTENT, "hello"),
];

/// What the portal's first connection says behind its response, and when.
#[derive(Clone, Copy, Debug)]
enum Said {
    /// In one piece with the response.
    AtOnce,
    /// When the visitor has the response.
    Later,
}

/// A portal's first connection, and those after it.
struct Script {
    response: &'static str,
    stray: &'static str,
    said: Said,
    visits: AtomicUsize,
    speak: Notify,
    spoken: Notify,
    together: Barrier,
    /// Requests that were received on the first connection.
    on_the_first: AtomicUsize,
}

impl Script {
    async fn serve(&self, mut visit: Visit) {
        let is_first = self.visits.fetch_add(1, Ordering::SeqCst) == 0;
        if is_first {
            self.begin(&mut visit).await;
        }
        while visit.request().await.is_some() {
            if is_first {
                self.on_the_first.fetch_add(1, Ordering::SeqCst);
            }
            self.together.wait().await;
            visit.send(ok("", "own")).await;
        }
    }

    /// The first request's answer, and what comes behind it.
    async fn begin(&self, visit: &mut Visit) {
        visit.request().await;
        let stray = self.stray.as_bytes();
        match self.said {
            Said::AtOnce => visit.send([self.response.as_bytes(), stray].concat()).await,
            Said::Later => {
                visit.send(self.response).await;
                self.speak.notified().await;
                visit.send(stray).await;
            }
        }
        if stray.is_empty() {
            visit.wire.finish().await;
        }
        self.spoken.notify_one();
    }
}

async fn first_request(client: &mut Client, method: &str) {
    client.send(format!("{method} / HTTP/1.1\r\nHost: h\r\n\r\n")).await;
    if method == "HEAD" {
        client.head_response().await
    } else {
        client.response().await
    };
}

/// Many requests at the same time: each one looks for an idle connection.
async fn all_are_answered(octroi: &Octroi, case: &str) {
    let mut visitors = JoinSet::new();
    for _ in 0..TOGETHER {
        let mut client = octroi.client().await;
        visitors.spawn(async move { client.exchange(get("/", "")).await.text() });
    }
    for answer in within(case, visitors.join_all()).await {
        assert_eq!(answer, "own", "{case}");
    }
}

async fn no_stray_byte_reaches_a_visitor(authority: Option<&Authority>, said: Said) {
    for (method, response, stray) in CASES {
        let script = Arc::new(Script {
            response,
            stray,
            said,
            visits: AtomicUsize::new(0),
            speak: Notify::new(),
            spoken: Notify::new(),
            together: Barrier::new(TOGETHER),
            on_the_first: AtomicUsize::new(0),
        });
        let served = Arc::clone(&script);
        let serve = move |visit: Visit| {
            let script = Arc::clone(&served);
            async move { script.serve(visit).await }
        };
        let (origin, setup);
        if let Some(authority) = authority {
            origin = Origin::start_tls(authority.server(&["portal.test"]), serve).await;
            setup = Setup::before(&origin)
                .endpoint("https://portal.test")
                .upstream(&format!("connect = \"{}\"\nca = \"ca.pem\"", origin.address));
            std::fs::write(setup.directory().join("ca.pem"), authority.pem()).unwrap();
        } else {
            origin = Origin::start(serve).await;
            setup = Setup::before(&origin);
        }
        let octroi = setup.one_worker().start().await;
        let case = format!("{method} {response:?} {stray:?} {said:?}");
        first_request(&mut octroi.client().await, method).await;
        script.speak.notify_one();
        within(&case, script.spoken.notified()).await;
        all_are_answered(&octroi, &case).await;
        assert_eq!(script.on_the_first.load(Ordering::SeqCst), 0, "{case}: it was used again");
        assert_eq!(origin.connections(), 1 + TOGETHER, "{case}");
    }
}

#[tokio::test]
async fn bytes_behind_a_response_answer_no_request() {
    no_stray_byte_reaches_a_visitor(None, Said::Later).await;
}

#[tokio::test]
async fn bytes_that_come_with_a_response_answer_no_request() {
    no_stray_byte_reaches_a_visitor(None, Said::AtOnce).await;
}

#[tokio::test]
async fn no_stray_byte_answers_a_request_under_tls() {
    let authority = Authority::new();
    no_stray_byte_reaches_a_visitor(Some(&authority), Said::Later).await;
    no_stray_byte_reaches_a_visitor(Some(&authority), Said::AtOnce).await;
}
