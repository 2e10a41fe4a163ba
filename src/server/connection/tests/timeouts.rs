//! How long a connection is waited for: for a head, for the next request, for a visitor who does not read.

use super::*;

#[test]
fn a_head_that_does_not_come_ends_the_connection() {
    for sent in ["", "GET / HTTP/1.1\r\nhost", "PRI * HTTP/2.0\r\n"] {
        run(async {
            let mut bench = Bench::new();
            bench.timeouts.header = SHORT;
            let (mut client, served, _trigger) = bench.connect();
            client.send(sent.as_bytes()).await;
            assert_eq!(client.rest().await, b"");
            served.await.unwrap();
        });
    }
}

#[test]
fn a_second_head_has_the_header_deadline_and_not_the_idle_one() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.header = SHORT;
        let (mut client, served, _trigger) = bench.connect();
        client.send(GET).await;
        client.response().await;
        client.send(b"GET /").await;
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn an_idle_connection_ends_and_a_slow_portal_is_not_idle() {
    run(async {
        let mut bench = Bench::new();
        (bench.timeouts.header, bench.timeouts.idle, bench.timeouts.body_idle) = (SHORT, SHORT, SHORT);
        let (mut client, served, _trigger) = bench.connect();
        client.send(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        // Longer than any timeout of the connection's: those of the portal are others.
        sleep(Duration::from_millis(600)).await;
        client.echo.gate.add_permits(1);
        assert!(client.response().await.starts_with("HTTP/1.1 200"));
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn a_visitor_who_stops_reading_is_cut() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.body_idle = SHORT;
        let (mut client, served, _trigger) = bench.connect();
        client.send(b"GET /big HTTP/1.1\r\nhost: a\r\n\r\n").await;
        served.await.unwrap();
        assert!(client.rest().await.len() <= 4096);
    });
}

/// Sends, and leaves the connection open behind the last response; a byte each second, if `goes_on`. When it ends.
fn ended(sent: &[u8], goes_on: bool) -> Duration {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let (mut client, served, _trigger) = Bench::new().connect();
        client.send(sent).await;
        let began = Instant::now();
        let (mut reading, mut writing) = tokio::io::split(client.stream);
        let sending = spawn_local(async move {
            while goes_on && writing.write_all(b"x").await.is_ok() {
                sleep(Duration::from_secs(1)).await;
            }
            // The sending half stays open.
            writing
        });
        reading.read_to_end(&mut Vec::new()).await.unwrap();
        served.await.unwrap();
        drop(sending);
        began.elapsed()
    })
}

#[test]
fn behind_the_last_response_a_visitor_may_send_for_a_while_and_be_silent_for_a_shorter_one() {
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    let in_error = [&preface[..], b"\0\0\0\0\0\0\0\0\0"].concat();
    let unread = b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 1000\r\n\r\n";
    let upgrade = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
    for sent in [&in_error[..], unread, upgrade, b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", b"\0"] {
        for (goes_on, seconds) in [(false, 5), (true, 30)] {
            let ended = ended(sent, goes_on);
            let due = Duration::from_secs(seconds);
            assert!((due..due + Duration::from_millis(200)).contains(&ended), "{ended:?}, not {due:?}: {sent:?}");
        }
    }
}
