//! Steps of the wall clock affect how a choice's date is judged, and no deadline.

use crate::support::choice::granted;
use crate::support::clock::Clock;
use crate::support::http2::{Http2, request};
use crate::support::origin::ok;
use crate::support::{Client, Octroi, Origin, Setup, within};

const DAY: i64 = 86_400;
const STEPS: [i64; 4] = [400 * DAY, -400 * DAY, 100 * 365 * DAY, -20 * 365 * DAY];

async fn by_a_clock(origin: &Origin, timeouts: &str) -> (Clock, Octroi) {
    let setup = Setup::before(origin).one_worker().toml(&format!("[timeouts]\n{timeouts}"));
    let clock = Clock::new(setup.directory());
    let with = |setup: Setup, (name, value): (&str, &str)| setup.environment(name, value);
    let octroi = clock.environment().into_iter().fold(setup, with).start().await;
    (clock, octroi)
}

#[tokio::test]
async fn a_choice_is_judged_by_the_current_time() {
    let origin = Origin::always(ok("Set-Cookie: sessionid=1\r\nSet-Cookie: _ga=1\r\n", "")).await;
    let (clock, octroi) = by_a_clock(&origin, "").await;
    let mut client = octroi.client().await;
    let cookie = format!("Cookie: {}\r\n", granted());
    for (ahead, is_valid) in [
        (0, true),
        (180 * DAY, true),
        (182 * DAY, false),
        (0, true),
        // The choice was made in the future: a day of it is a clock that is a little wrong.
        (-DAY / 2, true),
        (-2 * DAY, false),
        (0, true),
        (100 * 365 * DAY, false),
        // Before 1970.
        (-100 * 365 * DAY, false),
        (0, true),
    ] {
        clock.set(ahead);
        let passed = client.get("/", &cookie).await.assert_status(200).set_cookies();
        let wanted: &[&str] = if is_valid { &["sessionid=1", "_ga=1"] } else { &["sessionid=1"] };
        assert_eq!(passed, wanted, "{ahead} seconds ahead");
    }
    clock.set(DAY);
    octroi.metrics_until("a counted step", |metrics| metrics.sum("octroi_clock_steps_total", &[]) >= 1.0).await;
}

/// Waits until the inventory has a cookie of this name, which is what octroi does once a second.
async fn seen(octroi: &Octroi, client: &mut Client, name: &str) {
    client.get("/", &format!("Cookie: {name}=1\r\n")).await.assert_status(200);
    within(name, async { while !octroi.admin("GET /cookies", "").await.text().contains(name) {} }).await;
}

#[tokio::test]
async fn waits_continue_through_every_step() {
    let origin = Origin::start(|mut visit| async move {
        while let Some(request) = visit.head().await {
            match request.target().as_str() {
                "/slow" => visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await,
                "/live" => {
                    let switch =
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
                    visit.send(switch).await;
                }
                _ => {
                    visit.send(ok("", "ok")).await;
                    continue;
                }
            }
            // As long as the visitor's last byte has not come, the response does not end.
            while !visit.wire.take(1).await.is_empty() {
                visit.send("echo").await;
            }
        }
    })
    .await;
    let (clock, octroi) = by_a_clock(&origin, "").await;
    let (mut idle, mut tunnel, mut slow) = (octroi.client().await, octroi.client().await, octroi.client().await);
    idle.get("/", "").await.assert_status(200);
    let mut http2 = Http2::connect(octroi.address).await;
    assert_eq!(http2.get("/", &[]).await.status(), 200);
    tunnel.get("/live", "Connection: Upgrade\r\nUpgrade: websocket\r\n").await.assert_status(101);
    slow.send("GET /").await;
    let (waiting, _) = http2.begin(request("GET", "/slow", &[]), true).await;
    within("a head", waiting).await.unwrap();
    idle.get("/", "").await.assert_status(200);
    let before = origin.connections();
    for (ahead, name) in STEPS.into_iter().chain([0]).zip(["one", "two", "three", "four", "five"]) {
        clock.set(ahead);
        seen(&octroi, &mut idle, name).await;
        assert_eq!(http2.get("/", &[]).await.status(), 200);
        tunnel.send("x").await;
        assert_eq!(tunnel.wire.take(4).await, b"echo");
    }
    slow.send(" HTTP/1.1\r\nHost: h\r\n\r\n").await;
    slow.response().await.assert_status(200);
    assert_eq!(origin.connections(), before, "the portal's connections were given up");
}

#[tokio::test]
async fn deadlines_end_after_a_step_back_too() {
    let origin = Origin::always(ok("", "ok")).await;
    let (clock, octroi) = by_a_clock(&origin, "header = \"1s\"\nidle = \"1s\"").await;
    let (mut idle, mut slow) = (octroi.client().await, octroi.client().await);
    idle.get("/", "").await.assert_status(200);
    slow.send("GET / HTTP/1.1\r\nX").await;
    clock.set(-400 * DAY);
    assert!(idle.wire.is_closed().await);
    slow.wire.read_to_end().await;
    octroi.metrics_until("no connection", |metrics| metrics.sum("octroi_connections", &[]) == 0.0).await;
}
