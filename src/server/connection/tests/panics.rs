//! A panic's 500 does not wait for the request's body. What comes later, as body, is never a request: it is read as body and
//! thrown away, or the connection ends.

use super::protocols::Certified;
use super::*;

/// A body, of two requests.
const BODY: &str =
    "GET /hidden HTTP/1.1\r\nhost: a\r\n\r\nPOST /hidden HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n";
const NEXT: &str = "GET /next HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
/// Between two parts; the clock goes on when nobody has anything left to do.
const PAUSES: [Duration; 2] = [Duration::from_millis(30), Duration::from_millis(2500)];

/// Drops the request in a panic, under `/panic/reading` in the middle of its body.
pub(super) async fn meet(request: Request<Incoming>) {
    if request.uri().path() == "/panic/reading" {
        let _ = request.into_body().frame().await;
    }
    panic!("a test's own");
}

/// Requests that a panic meets, with their bodies.
fn requests() -> Vec<String> {
    let length = format!("content-length: {}\r\n", BODY.len());
    let chunked = format!("{:x}\r\n{BODY}\r\n0\r\n\r\n", BODY.len());
    let framings = [
        ("1.1", length.clone(), BODY),
        ("1.1", format!("{length}expect: 100-continue\r\n"), BODY),
        ("1.1", format!("{length}connection: close\r\n"), BODY),
        ("1.1", "transfer-encoding: chunked\r\n".to_owned(), &chunked),
        ("1.0", length.clone(), BODY),
        ("1.0", format!("{length}connection: keep-alive\r\n"), BODY),
    ];
    let request = |path: &str| {
        let request = |(version, lines, body): &(&str, String, &str)| {
            format!("POST {path} HTTP/{version}\r\nhost: a\r\n{lines}\r\n{body}")
        };
        framings.iter().map(request).collect::<Vec<_>>()
    };
    ["/panic", "/panic/reading"].into_iter().flat_map(request).collect()
}

/// Sends the parts, with a pause behind each, in clear or under TLS; the paths of the requests that were served, and all that
/// was answered.
async fn say(parts: impl Iterator<Item = &[u8]>, pause: Duration, tls: Option<&Certified>) -> (Vec<String>, String) {
    let mut bench = Bench::new();
    bench.listening.tls = tls.map(Certified::tls);
    let (Client { stream, echo, .. }, served, _trigger) = bench.connect();
    let answers = match tls {
        None => converse(stream, parts, pause).await,
        Some(tls) => converse(tls.connect(stream, b"http/1.1").await, parts, pause).await,
    };
    served.await.unwrap();
    (echo.asked.take(), answers)
}

async fn converse(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    parts: impl Iterator<Item = &[u8]>,
    pause: Duration,
) -> String {
    for part in parts {
        // The side that has answered may have closed.
        let _ = stream.write_all(part).await;
        let _ = stream.flush().await;
        sleep(pause).await;
    }
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.unwrap();
    answers
}

fn assert_right(how: &str, request: &str, (asked, answers): (Vec<String>, String)) {
    let what = format!("{how}: {request:?}\n{asked:?}\n{answers}");
    let (first, more) = asked.split_first().unwrap_or_else(|| panic!("{what}"));
    assert!(first.starts_with("/panic") && more.iter().all(|path| path == "/next"), "{what}");
    let answered = [" 500 Internal Server Error\r\n", " 200 OK\r\n"].map(|status| answers.matches(status).count());
    assert_eq!(answered, [1, more.len()], "{what}");
}

#[test]
fn the_body_of_a_request_that_panicked_is_no_request() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let certified = Certified::new();
        for request in requests() {
            let said = format!("{request}{NEXT}");
            let bytes = said.as_bytes();
            for tls in [None, Some(&certified)] {
                assert_right("whole", &request, say([bytes].into_iter(), PAUSES[0], tls).await);
                assert_right("byte by byte", &request, say(bytes.chunks(1), PAUSES[0], tls).await);
                // Handshakes take long: a sample.
                for at in (1..bytes.len()).step_by(if tls.is_some() { 5 } else { 1 }) {
                    let (begin, end) = bytes.split_at(at);
                    let said = say([begin, end].into_iter(), PAUSES[at % PAUSES.len()], tls).await;
                    assert_right(&format!("cut at {at}, under TLS: {}", tls.is_some()), &request, said);
                }
            }
        }
    });
}
