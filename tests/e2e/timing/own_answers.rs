//! Answers that do not wait for the request's body: octroi's own, and early ones of the portal. The bytes of the body that come
//! later are never read as a request.

use std::time::Duration;

use super::script::{End, Script};
use super::world::{By, Job, Reply, World};
use super::{assert_right, plain};
use crate::e2e::faults::{black_hole, nobody};
use crate::e2e::request_framing::NEXT;
use crate::support::origin::ok;
use crate::support::{Message, Setup};

/// A body, of three requests.
const BODY: &str = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\nPOST /hidden HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n\
                    GET /hidden HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

/// Until the body comes: while octroi still reads what it dismisses, and when it does not any more.
const LATER: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_millis(30),
    Duration::from_millis(150),
    Duration::from_millis(1500),
    Duration::from_millis(2500),
];

/// No idle deadline: a client that has said `close` closes the connection itself.
const TIMEOUTS: &str = "[timeouts]\nheader = \"8s\"\nidle = \"1h\"\nbody_idle = \"8s\"\nupstream_connect = \"2s\"";
const LIMITS: &str = "[limits]\ntarget_bytes = \"1KiB\"\nheader_bytes = \"8KiB\"\nheaders = 20";

/// The lines that announce the body in each way, and the body so.
fn framings() -> [(String, String); 3] {
    let length = format!("Content-Length: {}\r\n", BODY.len());
    let chunked = format!("{:x}\r\n{BODY}\r\n0\r\n\r\n", BODY.len());
    [
        (length.clone(), BODY.to_owned()),
        (format!("{length}Expect: 100-continue\r\n"), BODY.to_owned()),
        ("Transfer-Encoding: chunked\r\n".to_owned(), chunked),
    ]
}

/// A request line without its version, its other lines, and the status with which it is answered.
type Asked<'a> = (&'a str, &'a str, u16);

/// Each request in both versions, its body framed in each way, some time after the head; then a next one.
fn scripts(asked: &[Asked<'_>]) -> Vec<(Script, u16)> {
    let mut scripts = Vec::new();
    for (line, lines, status) in asked {
        for (framing, body) in framings() {
            for version in ["1.1\r\n", "1.0\r\n", "1.0\r\nConnection: keep-alive\r\n"] {
                let head = format!("{line} HTTP/{version}{lines}{framing}\r\n");
                let (begin, end) = body.split_at(body.len() / 2);
                for pause in LATER {
                    let rest = [end.as_bytes(), NEXT].concat();
                    // One long pause is enough.
                    let parts = if pause < Duration::from_secs(1) {
                        vec![head.clone().into_bytes(), begin.as_bytes().to_vec(), rest]
                    } else {
                        vec![head.clone().into_bytes(), [begin.as_bytes(), &rest].concat()]
                    };
                    scripts.push((Script { parts, pause, end: End::Open }, *status));
                }
            }
        }
    }
    scripts
}

/// Whether a request was answered with its status, and what came behind it was its body or nothing.
async fn judge(world: World, scripts: Vec<(Script, u16)>) {
    let jobs = scripts.into_iter().map(|(script, status)| (Job { script, by: By::Clear }, status)).collect();
    judge_each(world, jobs).await;
}

/// The same, with a sample under TLS.
async fn judge_both(world: World, scripts: Vec<(Script, u16)>) {
    let job = |(script, status): &(Script, u16), by| (Job { script: script.clone(), by }, *status);
    let clear = scripts.iter().map(|script| job(script, By::Clear));
    judge_each(world, clear.chain(scripts.iter().step_by(3).map(|script| job(script, By::Tls))).collect()).await;
}

async fn judge_each(world: World, jobs: Vec<(Job, u16)>) {
    let (jobs, statuses): (Vec<_>, Vec<_>) = jobs.into_iter().unzip();
    let visited = world.run(&jobs).await;
    let mut wrong = Vec::new();
    for (visited, status) in visited.iter().zip(statuses) {
        let answers = visited.answers().await;
        let answered: Vec<_> = answers.iter().map(Message::status).filter(|status| *status != 100).collect();
        // HTTP/1.0 knows no chunks; under TLS, the certificate may be another site's.
        let is_own = answered.first().is_some_and(|first| *first == status || matches!(first, 400 | 421));
        let is_hidden = visited.seen.iter().any(|request| request.target() == "/hidden");
        let broken = (!is_own).then(|| format!("it is not answered with {status}"));
        let hidden = is_hidden.then(|| "a part of the body became a request".to_owned());
        let next = usize::from(visited.seen.iter().any(|request| request.target() == "/next"));
        let more = (answered.len() > 1 + next).then(|| format!("{answered:?}: a part of the body was answered"));
        wrong.push(hidden.or(more).or(visited.wrong().await).or(broken));
    }
    assert_right(&jobs, &visited, wrong);
}

fn limited(setup: Setup) -> Setup {
    setup.hosts(r#"["h"]"#).toml(TIMEOUTS).toml(LIMITS)
}

#[tokio::test]
async fn the_body_of_a_request_that_octroi_refuses_is_no_request() {
    let (dead, (_hole, hole, _waiting)) = (nobody(), black_hole().await);
    let configure = |setup| limited(setup).and_site(r#"["dead"]"#, dead).and_site(r#"["hole"]"#, hole);
    let world = World::start(plain, configure).await;
    let long = format!("POST /{}", "x".repeat(2000));
    let many = format!("Host: h\r\n{}", "X: y\r\n".repeat(30));
    let asked = [
        ("POST /", "Host: h\r\nHost: h\r\n", 400),
        ("POST /", "Host: h\r\nX: y\nZ: z\r\n", 400),
        ("POST /", "Host: h\r\nConnection: cookie\r\n", 400),
        ("TRACE /", "Host: h\r\n", 405),
        ("CONNECT h:80", "Host: h:80\r\n", 405),
        (&*long, "Host: h\r\n", 414),
        ("POST /", "Host: unknown\r\n", 421),
        ("POST /", &*many, 431),
        ("POST /", "Host: dead\r\n", 502),
        ("POST /", "Host: hole\r\n", 504),
    ];
    judge_both(world, scripts(&asked)).await;
}

#[tokio::test]
async fn the_body_of_a_request_that_is_too_large_is_no_request() {
    let configure = |setup: Setup| setup.toml(TIMEOUTS).toml("[limits]\nbody_bytes = 100");
    judge_both(World::start(plain, configure).await, scripts(&[("POST /", "Host: h\r\n", 413)])).await;
}

/// A listener that redirects speaks no TLS.
#[tokio::test]
async fn the_body_of_a_request_that_is_redirected_is_no_request() {
    let configure = |setup: Setup| setup.toml(TIMEOUTS).listener("redirect = \"https\"");
    judge(World::start(plain, configure).await, scripts(&[("POST /", "Host: h\r\n", 308)])).await;
}

/// Three requests in one second are more than one; the fourth brings the body.
#[tokio::test]
async fn the_body_of_a_request_that_comes_too_fast_is_no_request() {
    let configure = |setup: Setup| setup.toml(TIMEOUTS).toml("[limits]\nrequest_rate = 1");
    let world = World::start(plain, configure).await;
    let first = "GET /first HTTP/1.1\r\nHost: h\r\n\r\n".repeat(3);
    let line = format!("{first}POST /");
    let scripts = scripts(&[(&line, "Host: h\r\n", 200)]);
    let sample = scripts.iter().step_by(3).map(|(script, _)| Job { script: script.clone(), by: By::Tls });
    let clear = scripts.iter().map(|(script, _)| Job { script: script.clone(), by: By::Clear });
    let jobs: Vec<_> = clear.chain(sample).collect();
    let visited = world.run(&jobs).await;
    let mut wrong = Vec::new();
    for visited in &visited {
        let is_hidden = visited.seen.iter().any(|request| request.target() == "/hidden");
        let answered = visited.answers().await.iter().filter(|answer| answer.status() != 100).count();
        let hidden = (is_hidden || answered > 5).then(|| "a part of the body became a request".to_owned());
        wrong.push(hidden.or(visited.wrong().await));
    }
    assert_right(&jobs, &visited, wrong);
}

/// What it says, and whether it then closes.
fn hurried(head: &Message) -> Reply {
    let end = |end| move |bytes: Vec<u8>| Reply::Early(Script::whole(bytes).ending(end));
    match head.target().as_str() {
        "/early" => end(End::Open)(ok("", "early")),
        "/early/refused" => end(End::Open)(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n".to_vec()),
        "/early/closing" => end(End::Closed)(ok("Connection: close\r\n", "early")),
        "/early/cut" => end(End::Closed)(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nearly".to_vec()),
        "/early/garbage" => end(End::Closed)(b"garbage\r\n\r\n".to_vec()),
        "/early/nothing" => end(End::Closed)(Vec::new()),
        _ => plain(head),
    }
}

#[tokio::test]
async fn the_body_of_a_request_that_the_portal_answers_early_is_no_request() {
    let asked = [
        ("POST /early", "Host: h\r\n", 200),
        ("POST /early/refused", "Host: h\r\n", 413),
        ("POST /early/closing", "Host: h\r\n", 200),
        ("POST /early/cut", "Host: h\r\n", 200),
        ("POST /early/garbage", "Host: h\r\n", 502),
        ("POST /early/nothing", "Host: h\r\n", 502),
    ];
    let world = World::start(hurried, |setup| setup.toml(TIMEOUTS)).await;
    judge_both(world, scripts(&asked)).await;
}

/// The rest comes when octroi waits for it no longer.
#[tokio::test]
async fn the_rest_of_a_body_that_comes_too_late_is_no_request() {
    let timeouts = TIMEOUTS.replace("body_idle = \"8s\"", "body_idle = \"500ms\"");
    let world = World::start(plain, |setup| setup.toml(&timeouts)).await;
    let late = |script: &(Script, u16)| script.0.pause >= Duration::from_secs(1);
    let scripts = scripts(&[("POST /", "Host: h\r\n", 408)]).into_iter().filter(late).collect();
    judge_both(world, scripts).await;
}
