//! Whether a request has a body: the portal sees the same request whenever the visitor's end of stream comes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::client::HOST;
use crate::support::frames::{END_STREAM, Field, Fields, Frame, Frames, GOOD, changed, status_of};
use crate::support::http2::{Http2, request};
use crate::support::origin::{ok, replies};
use crate::support::{Authority, Message, Octroi, Origin, Setup, lines, within};

fn head<'a>(method: &'a [u8], more: &[Field<'a>]) -> Fields<'a> {
    [changed(b":method", Some(method)), more.to_vec()].concat()
}

/// When the end of the stream is sent.
#[derive(Clone, Copy, Debug)]
enum End {
    WithTheHead,
    /// In a frame of its own, in the same segment.
    Behind,
    /// In a frame of its own, once octroi has read the head and served another request.
    Later,
}

const ENDS: [End; 3] = [End::WithTheHead, End::Behind, End::Later];

/// Sends a request with this content, and returns what the portal saw.
async fn seen(octroi: &Octroi, origin: &Origin, fields: &[Field<'_>], content: &[u8], end: End) -> Message {
    let before = origin.requests().len();
    let mut frames = Frames::connect(octroi.address).await;
    let head = crate::support::frames::headers(1, matches!(end, End::WithTheHead), fields);
    let rest = crate::support::frames::frame(Frame::DATA, END_STREAM, 1, content);
    match end {
        End::WithTheHead => frames.raw(&head).await,
        End::Behind => frames.raw(&[head, rest].concat()).await,
        End::Later => {
            frames.raw(&head).await;
            frames.headers(3, true, &GOOD).await;
            frames.ended(3).await;
            frames.raw(&rest).await;
        }
    }
    let verdict = within("a verdict", frames.verdict(1)).await;
    assert_eq!(verdict.as_ref().and_then(status_of), Some(200), "{end:?}: {verdict:?}");
    origin.requests().into_iter().skip(before).find(|request| request.target() != "/").expect("it reached the portal")
}

async fn portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

#[tokio::test]
async fn a_request_without_content_is_sent_without_a_body_whenever_it_ends() {
    let (origin, octroi) = portal().await;
    for method in [&b"GET"[..], b"DELETE", b"OPTIONS"] {
        for end in ENDS {
            let mut fields = head(method, &[]);
            fields[3].1 = b"/x";
            let request = seen(&octroi, &origin, &fields, b"", end).await;
            let framed = ["content-length", "transfer-encoding"].map(|name| request.texts(name));
            assert!(framed.iter().all(Vec::is_empty), "{end:?}: {}", request.shown());
        }
    }
}

#[tokio::test]
async fn content_that_comes_late_with_a_get_is_content() {
    let (origin, octroi) = portal().await;
    for end in [End::Behind, End::Later] {
        let mut fields = head(b"GET", &[]);
        fields[3].1 = b"/x";
        let request = seen(&octroi, &origin, &fields, b"abc", end).await;
        assert_eq!((request.text().as_str(), request.texts("transfer-encoding")), ("abc", vec!["chunked".to_owned()]));
    }
    let chunked =
        |body: &str| format!("GET /x HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n{body}0\r\n\r\n");
    octroi.client().await.exchange(chunked("3\r\nabc\r\n")).await.assert_status(200);
    assert_eq!(origin.last().text(), "abc");
    octroi.client().await.exchange(chunked("")).await.assert_status(200);
    assert!(!origin.last().has("transfer-encoding"), "{}", origin.last().shown());
}

/// The visitor is told, and the portal has nothing to wait for.
#[tokio::test]
async fn a_get_whose_end_never_comes_is_a_408_and_reaches_no_portal() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nbody_idle = \"1s\"").start().await;
    let mut client = Http2::connect(octroi.address).await;
    let (response, _open) = client.begin(request("GET", "/x", &[]), false).await;
    assert_eq!(crate::support::http2::whole(response).await.unwrap().status(), 408);
    assert!(origin.requests().is_empty());
}

/// A request over HTTP/1.1 whose head says nothing of content.
async fn send_without_content(octroi: &Octroi, method: &str) {
    let head = format!("{method} /x HTTP/1.1\r\nHost: {HOST}\r\n\r\n");
    octroi.client().await.exchange(head).await.assert_status(200);
}

/// RFC 9110 section 8.6.
#[tokio::test]
async fn a_post_without_content_says_so() {
    let (origin, octroi) = portal().await;
    for method in ["POST", "PUT", "PATCH"] {
        send_without_content(&octroi, method).await;
        assert_eq!(origin.last().texts("content-length"), ["0"], "{method}");
        Http2::connect(octroi.address).await.fetch(request(method, "/x", &[])).await.unwrap();
        assert_eq!(origin.last().texts("content-length"), ["0"], "{method} over HTTP/2");
    }
    for method in ["GET", "DELETE", "PROPFIND"] {
        send_without_content(&octroi, method).await;
        assert!(!origin.last().has("content-length"), "{method}");
    }
    for end in [End::WithTheHead, End::Behind] {
        let mut fields = head(b"POST", &[(b"content-length", b"0")]);
        fields[3].1 = b"/x";
        let request = seen(&octroi, &origin, &fields, b"", end).await;
        assert_eq!(request.texts("content-length"), ["0"], "{end:?}: {}", request.shown());
        assert!(!request.has("transfer-encoding"));
    }
}

/// The portal takes longer than a body may stand still; there is no body.
#[tokio::test]
async fn no_body_is_awaited_if_it_is_declared_empty() {
    let origin = Origin::start(|mut visit| async move {
        while visit.head().await.is_some() {
            tokio::time::sleep(Duration::from_millis(2500)).await;
            visit.send(ok("", "")).await;
        }
    })
    .await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nbody_idle = \"1s\"").start().await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.headers(1, false, &head(b"POST", &[(b"content-length", b"0")])).await;
    frames.send(Frame::DATA, END_STREAM, 1, b"").await;
    let verdict = within("a verdict", frames.verdict(1)).await;
    assert_eq!(verdict.as_ref().and_then(status_of), Some(200), "{verdict:?}");
}

/// Passes one connection on to `origin`, and counts the TLS records that go there.
async fn relay(listener: TcpListener, origin: SocketAddr, records: Arc<AtomicUsize>) {
    let (from, _) = listener.accept().await.unwrap();
    let (mut requests, mut back) = from.into_split();
    let (mut responses, mut on) = TcpStream::connect(origin).await.unwrap().into_split();
    tokio::spawn(async move { tokio::io::copy(&mut responses, &mut back).await });
    let mut record = vec![0; 5];
    while requests.read_exact(&mut record[..5]).await.is_ok() {
        record.resize(5 + usize::from(u16::from_be_bytes([record[3], record[4]])), 0);
        requests.read_exact(&mut record[5..]).await.unwrap();
        records.fetch_add(1, Relaxed);
        on.write_all(&record).await.unwrap();
    }
}

/// Each write is a call of the system, and costs more than all else that is done with a small chunk. Under TLS it is a
/// record, too, which can be counted.
#[tokio::test]
async fn small_chunks_that_arrive_together_are_sent_together() {
    const CHUNKS: usize = 20_000;
    let authority = Authority::new();
    let origin = Origin::start_tls(authority.server(&["portal.test"]), replies(|_| ok("", ""))).await;
    let (listener, records) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), Arc::<AtomicUsize>::default());
    let address = listener.local_addr().unwrap();
    let setup = Setup::before_address(address).endpoint("https://portal.test");
    std::fs::write(setup.directory().join("ca.pem"), authority.pem()).unwrap();
    tokio::spawn(relay(listener, origin.address, Arc::clone(&records)));
    let octroi = setup.upstream(&format!("ca = \"ca.pem\"\nconnect = \"{address}\"")).start().await;

    let head = format!("POST /x HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n");
    let mut client = octroi.client().await;
    client.exchange(format!("{head}{}0\r\n\r\n", "1\r\nx\r\n".repeat(CHUNKS))).await.assert_status(200);
    assert_eq!(origin.last().text().len(), CHUNKS);
    let records = records.load(Relaxed);
    assert!(records < CHUNKS / 10, "{records} records for {CHUNKS} chunks");
}

#[tokio::test]
async fn small_and_large_pieces_keep_their_order() {
    const SIZES: [usize; 12] = [1, 1, 1024, 1025, 3, 5000, 1, 70_000, 4095, 1, 1024, 2];
    let (origin, octroi) = portal().await;
    let piece =
        |(place, size): (usize, &usize)| char::from(b'a' + u8::try_from(place).unwrap()).to_string().repeat(*size);
    let pieces: Vec<String> = SIZES.iter().enumerate().map(piece).collect();
    let whole = pieces.concat();

    let chunk = |number: usize| format!("{:x}\r\n{}\r\n", pieces[number].len(), pieces[number]);
    let chunks = lines(pieces.len(), chunk);
    let head = format!("POST /x HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n");
    octroi.client().await.exchange(format!("{head}{chunks}0\r\n\r\n")).await.assert_status(200);
    assert!(origin.last().text() == whole, "{}", origin.last().shown());

    let length = whole.len().to_string();
    for fields in [&[][..], &[("content-length", &*length)][..]] {
        let mut client = Http2::connect(octroi.address).await;
        let (response, mut body) = client.begin(request("PUT", "/x", fields), false).await;
        for piece in &pieces {
            body.send_data(piece.clone().into(), false).unwrap();
        }
        body.send_data(bytes::Bytes::new(), true).unwrap();
        assert_eq!(crate::support::http2::whole(response).await.unwrap().status(), 200);
        assert!(origin.last().text() == whole, "{fields:?}: {}", origin.last().shown());
    }
}
