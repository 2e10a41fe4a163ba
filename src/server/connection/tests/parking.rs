//! Parked HTTP/1.1 connections: what wakes them, and what ends them.

use super::*;
use crate::server::timer_tick::tests::counting_sleeps;

#[test]
fn a_parked_connection_wakes_for_a_request_and_is_parked_again() {
    run(async {
        let (mut client, served, _trigger) = Bench::new().connect();
        for request in [GET, b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nxy", GET] {
            client.send(request).await;
            let response = client.response().await;
            let (method, _) = request.split_at(request.iter().position(|byte| *byte == b' ').unwrap());
            assert!(response.as_bytes().ends_with(method), "{response}");
            client.parked.notified().await;
        }
        client.send(b"GET /\n").await;
        assert!(String::from_utf8(client.rest().await).unwrap().starts_with("HTTP/1.1 400"));
        served.await.unwrap();
    });
}

#[test]
fn a_parked_connection_still_has_its_timeouts() {
    let ends: [fn(&mut Bench); 2] = [|bench| bench.timeouts.idle = Some(Duration::from_millis(600)), |_| {}];
    for (end, set) in ends.into_iter().enumerate() {
        run(async {
            let mut bench = Bench::new();
            set(&mut bench);
            let (mut client, served, trigger) = bench.connect();
            client.send(GET).await;
            client.response().await;
            client.parked.notified().await;
            if end == 1 {
                trigger.begin();
            }
            assert_eq!(client.rest().await, b"");
            served.await.unwrap();
        });
    }
}

#[test]
fn a_head_that_wakes_a_parked_connection_has_the_header_timeout() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.header = Some(Duration::from_millis(600));
        let (mut client, served, _trigger) = bench.connect();
        client.send(GET).await;
        client.response().await;
        client.parked.notified().await;
        client.send(b"G").await;
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn a_request_that_crosses_the_drain_of_a_parked_connection_is_answered() {
    run(async {
        let (mut client, served, trigger) = Bench::new().connect();
        client.send(GET).await;
        client.response().await;
        client.parked.notified().await;
        trigger.begin();
        client.send(GET).await;
        assert!(client.response().await.contains("connection: close"));
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn connections_are_parked_together() {
    const CONNECTIONS: usize = 16;
    let (runtime, asleep) = counting_sleeps(false);
    LocalSet::new().block_on(&runtime, async {
        let mut clients = Vec::new();
        let tick = TimerTick::since(Instant::now());
        for _ in 0..CONNECTIONS {
            // Each could have a moment of its own.
            sleep(Duration::from_millis(2)).await;
            let (mut client, _served, trigger) = Bench { tick, ..Bench::new() }.connect();
            client.send(GET).await;
            client.response().await;
            clients.push((client, trigger));
        }
        asleep.store(0, Relaxed);
        for (client, _trigger) in &clients {
            client.parked.notified().await;
        }
    });
    let asleep = asleep.load(Relaxed);
    assert!(asleep < CONNECTIONS / 2, "asleep {asleep} times");
}

/// What happens in a connection, and how often its worker fell asleep meanwhile.
fn sleeps(happens: impl AsyncFnOnce(&mut Client)) -> usize {
    let (runtime, asleep) = counting_sleeps(true);
    LocalSet::new().block_on(&runtime, async {
        let (mut client, _served, _trigger) = Bench::new().connect();
        asleep.store(0, Relaxed);
        happens(&mut client).await;
    });
    asleep.load(Relaxed)
}

#[test]
fn a_connection_that_cannot_be_parked_is_not_checked_for_it() {
    let minutes = "/wait/600000";
    let asleep = sleeps(async |client| {
        client.send(format!("GET {minutes} HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).await;
        client.response().await;
        client.parked.notified().await;
    });
    assert!(asleep < 20, "asleep {asleep} times");
    // The rest of a head, for which there is no deadline here.
    let asleep = sleeps(async |client| {
        client.send(b"GET / HTTP").await;
        sleep(Duration::from_mins(10)).await;
        client.send(b"/1.1\r\nhost: a\r\n\r\n").await;
        client.response().await;
        client.parked.notified().await;
    });
    assert!(asleep < 20, "asleep {asleep} times");
}

#[test]
fn a_connection_is_parked_once_it_can_be() {
    // A response that is read late, and an empty line of which the end comes late.
    sleeps(async |client| {
        client.send(b"GET /big HTTP/1.1\r\nhost: a\r\n\r\n").await;
        sleep(Duration::from_mins(10)).await;
        client.discard(8 << 20).await;
        client.parked.notified().await;
    });
    sleeps(async |client| {
        client.send(&[GET, b"\r"].concat()).await;
        client.response().await;
        sleep(Duration::from_mins(10)).await;
        client.send(b"\n").await;
        client.parked.notified().await;
    });
}

#[test]
fn a_busy_connection_is_not_woken_more_often_to_be_parked() {
    const REQUESTS: usize = 200;
    let asleep = sleeps(async |client| {
        for _ in 0..REQUESTS {
            client.send(b"GET /wait/10 HTTP/1.1\r\nhost: a\r\n\r\n").await;
            client.response().await;
        }
    });
    // For each request the portal's answer, and the timer that is set for it; beside that, a look now and then.
    assert!(asleep < 5 * REQUESTS / 2, "asleep {asleep} times");
}
