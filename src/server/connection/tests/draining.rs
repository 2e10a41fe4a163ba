//! Connections when the process drains.

use super::*;

#[test]
fn a_request_in_flight_is_answered_when_the_drain_begins() {
    run(async {
        let (mut client, served, trigger) = Bench::new().connect();
        client.send(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        client.echo.entered.acquire().await.unwrap().forget();
        trigger.begin();
        client.echo.gate.add_permits(1);
        let response = client.response().await;
        assert!(response.contains("connection: close"), "{response}");
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
        assert!(trigger.finished(None).await);
    });
}

#[test]
fn a_request_that_crosses_the_drain_on_an_idle_connection_is_answered() {
    run(async {
        let (mut client, served, trigger) = Bench::new().connect();
        client.send(GET).await;
        client.response().await;
        trigger.begin();
        client.send(GET).await;
        assert!(client.response().await.contains("connection: close"));
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn silent_and_idle_connections_do_not_hold_the_drain() {
    for sent in [b"".as_slice(), GET] {
        run(async {
            let (mut client, served, trigger) = Bench::new().connect();
            client.send(sent).await;
            if !sent.is_empty() {
                client.response().await;
            }
            trigger.begin();
            assert_eq!(client.rest().await, b"");
            served.await.unwrap();
            assert!(trigger.finished(None).await);
        });
    }
}
