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
        // Longer than any patience of the connection's: the portal's timeouts are others.
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
