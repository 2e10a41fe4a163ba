//! WebSocket over HTTP/2 with a real client library, a real server library, and a browser.

use bytes::Bytes;
use h2::{RecvStream, SendStream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Message, WebSocket};

use super::http2_websocket::{switch, tunnel};
use super::upgrade::echoing;
use crate::support::browser::Chromium;
use crate::support::http2::Http2;
use crate::support::{Authority, EVENT_TIMEOUT, Origin, Setup, within};

/// A real WebSocket client at the visitor's end of the stream, and a real server at the portal.
#[tokio::test]
async fn frames_of_any_size_go_both_ways() {
    let octroi = Setup::before_address(echoing()).start().await;
    let mut client = Http2::connect(octroi.address).await;
    let (_, sending, body) = tunnel(&mut client, "/", &[("sec-websocket-version", "13")]).await;
    let (near, far) = std::os::unix::net::UnixStream::pair().unwrap();
    far.set_nonblocking(true).unwrap();
    let (reading, writing) = UnixStream::from_std(far).unwrap().into_split();
    let up = tokio::spawn(pump_up(reading, sending));
    let down = tokio::spawn(pump_down(body, writing));
    let talk = tokio::task::spawn_blocking(move || {
        near.set_read_timeout(Some(EVENT_TIMEOUT)).unwrap();
        let mut socket = WebSocket::from_raw_socket(near, Role::Client, None);
        for message in [Message::text("hello"), Message::binary(vec![7; 4 << 20]), Message::text("end")] {
            socket.send(message.clone()).unwrap();
            assert!(socket.read().unwrap() == message, "another frame came back");
        }
        socket.close(None).unwrap();
        assert!(socket.read().unwrap().is_close());
        assert!(socket.read().is_err(), "the portal closes, and so does the stream");
    });
    talk.await.unwrap();
    within("both directions to end", async { tokio::try_join!(up, down) }).await.unwrap();
}

/// Chromium takes the stream of its HTTP/2 connection for a WebSocket if the server offers that.
#[tokio::test]
async fn a_browser_uses_it() {
    let origin = Origin::start(|mut visit| async move {
        while let Some(request) = visit.head().await {
            if request.has("upgrade") {
                visit.send(switch(&request, "Set-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\n")).await;
                let frame = visit.wire.take(2 + 4 + 5).await;
                let unmasked = (0..5).map(|at| frame[6 + at] ^ frame[2 + at % 4]);
                visit.send([&[0x81, 5][..], &unmasked.collect::<Vec<_>>()].concat()).await;
                return visit.closed().await;
            }
            visit.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\npage").await;
        }
    })
    .await;
    let octroi = Setup::before(&origin).tls(&Authority::new(), &[&["localhost"]]).start().await;
    let port = octroi.tls.port();
    let visit = tokio::task::spawn_blocking(move || {
        let browser = Chromium::start();
        let page = browser.open();
        page.navigate(&format!("https://localhost:{port}/"));
        let said = page.evaluate(&format!(
            "new Promise((done, failed) => {{ const socket = new WebSocket('wss://localhost:{port}/live');
              socket.onopen = () => socket.send('hello');
              socket.onmessage = event => done(event.data);
              socket.onerror = failed; }})"
        ));
        assert_eq!(said, "hello");
        assert_eq!(browser.cookies("localhost").into_iter().collect::<Vec<_>>(), ["sessionid"]);
    });
    visit.await.unwrap();
    let line = octroi.logged("/live").await;
    assert!(line.contains("CONNECT") && line.contains("HTTP/2"), "{line}");
}

async fn pump_up(mut reading: OwnedReadHalf, mut sending: SendStream<Bytes>) {
    let mut buffer = vec![0; 16 << 10];
    while let Ok(read @ 1..) = reading.read(&mut buffer).await {
        sending.reserve_capacity(read);
        while sending.capacity() < read {
            std::future::poll_fn(|context| sending.poll_capacity(context)).await.unwrap().unwrap();
        }
        sending.send_data(Bytes::copy_from_slice(&buffer[..read]), false).unwrap();
    }
    let _ = sending.send_data(Bytes::new(), true);
}

async fn pump_down(mut body: RecvStream, mut writing: OwnedWriteHalf) {
    while let Some(Ok(data)) = body.data().await {
        body.flow_control().release_capacity(data.len()).unwrap();
        writing.write_all(&data).await.unwrap();
    }
}
