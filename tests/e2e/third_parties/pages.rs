//! `level = "pages"`: the rewritten elements, the requests to the portal, and that every page is sent whole and without delay.

use std::io::Read as _;
use std::sync::Arc;

use flate2::read::GzDecoder;
use tokio::sync::Notify;

use super::{HTML, charter, held, policies};
use crate::support::choice::{granted, refused};
use crate::support::client::{get, navigate};
use crate::support::octroi::octroi;
use crate::support::origin::{ok, replies};
use crate::support::wire::BodyRule;
use crate::support::{Octroi, Origin, Setup};

const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>x</title>\
    <script src=https://stats.example/a.js></script><link rel=preconnect href=//stats.example>\
    <script src=/own.js></script><iframe src=https://stats.example/frame></iframe><img src=https://stats.example/a.png>\
    <iframe src=https://a.tiles.example/map></iframe>";

fn pages_charter() -> String {
    charter("stats.example", "*.tiles.example")
        .replace("level = \"policy\"", "level = \"pages\"\nmanage_cookies = \"#choose<'>\"")
        .replace("category = \"statistics\"\n[[third", "category = \"statistics\"\nservice = { en = \"Stats & <b>more</b>\" }\nwebsite = \"https://stats.example/?a=1&b=2\"\n[[third")
}

pub(super) fn before(origin: &Origin) -> Setup {
    Setup::before(origin).charter(&pages_charter())
}

async fn rewrites(octroi: &Octroi, result: &str) -> u64 {
    octroi.metrics().await.count("octroi_page_rewrites_total", &[("result", result)])
}

/// What is left of a page if all that is inserted is taken out again.
fn without_insertions(page: &str) -> String {
    let mut page = page.replace(" type=\"text/plain\"", "").replace("data-octroi-", "");
    while let Some(start) = page.find(" srcdoc=\"") {
        let end = start + page[start..].find("escape-sandbox\"").unwrap() + "escape-sandbox\"".len();
        page.drain(start..end);
    }
    page
}

#[tokio::test]
async fn held_elements_are_disabled_and_all_others_stay() {
    let origin = Origin::always(ok(HTML, PAGE)).await;
    let octroi = before(&origin).start().await;
    for cookie in [String::new(), format!("Cookie: {}\r\n", refused())] {
        let response = octroi.client().await.exchange(navigate("/", &cookie)).await;
        let page = response.text();
        assert_eq!(policies(&response), [held()]);
        assert!(page.contains("<script type=\"text/plain\" data-octroi-src=https://stats.example/a.js>"), "{page}");
        assert!(page.contains("<link rel=preconnect data-octroi-href=//stats.example>"), "{page}");
        assert!(page.contains("data-octroi-src=https://stats.example/frame"), "{page}");
        assert_eq!(page.matches("srcdoc").count(), 1, "{page}");
        assert_eq!(without_insertions(&page), PAGE);
    }
    assert_eq!(rewrites(&octroi, "rewritten").await, 2);
    assert_eq!(octroi.metrics().await.count("octroi_page_rewrite_seconds_count", &[]), 2);
}

#[tokio::test]
async fn a_page_whose_parties_are_all_granted_is_unchanged() {
    let lines = format!("{HTML}ETag: \"x\"\r\nAccept-Ranges: bytes\r\n");
    let origin = Origin::always(ok(&lines, PAGE)).await;
    let octroi = before(&origin).start().await;
    let choice = format!("Cookie: {}\r\nAccept-Encoding: br\r\nRange: bytes=0-\r\n", granted());
    let response = octroi.client().await.exchange(navigate("/", &choice)).await;
    assert_eq!(response.text(), PAGE);
    assert!(["etag", "accept-ranges", "content-length"].iter().all(|name| response.has(name)), "{}", response.shown());
    assert_eq!(origin.last().texts("accept-encoding"), ["br"]);
    assert!(origin.last().has("range"));
    assert_eq!(rewrites(&octroi, "rewritten").await, 0);
}

#[tokio::test]
async fn the_portal_is_asked_for_a_plain_page_and_validators_are_removed() {
    let lines = format!(
        "{HTML}ETag: \"x\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nAccept-Ranges: bytes\r\n\
         Content-Digest: sha-256=:x:\r\nDigest: x\r\nX-Own: 1\r\n"
    );
    let origin = Origin::always(ok(&lines, PAGE)).await;
    let octroi = before(&origin).start().await;
    let asked = "Accept-Encoding: gzip, br\r\nRange: bytes=0-\r\nIf-Range: \"x\"\r\nIf-None-Match: \"x\"\r\n";
    let response = octroi.client().await.exchange(navigate("/", asked)).await;
    assert!(response.complete && response.is_chunked(), "{}", response.shown());
    for gone in ["etag", "last-modified", "accept-ranges", "content-digest", "digest", "content-length"] {
        assert!(!response.has(gone), "{gone}");
    }
    assert!(response.has("x-own"));
    assert_eq!(origin.last().texts("accept-encoding"), ["identity"]);
    assert!(["range", "if-range", "if-none-match"].iter().all(|name| !origin.last().has(name)));
    // What is no page is asked for as the browser asked.
    octroi.client().await.exchange(get("/a.css", &format!("Sec-Fetch-Dest: style\r\n{asked}"))).await;
    assert_eq!(origin.last().texts("accept-encoding"), ["gzip, br"]);
    assert!(origin.last().has("range"));
}

/// A server may ignore `Range` (RFC 9110 §14.2), and a part of a page cannot be rewritten: a tag may begin before it.
#[tokio::test]
async fn a_range_of_a_page_is_answered_with_the_whole() {
    let origin = Origin::replying(|request| match request.field("range") {
        Some(_) => {
            let part = format!("HTTP/1.1 206 Partial Content\r\n{HTML}Content-Range: bytes 0-3/{}\r\n", PAGE.len());
            format!("{part}Content-Length: 4\r\n\r\n{}", &PAGE[..4]).into_bytes()
        }
        None => ok(&format!("{HTML}Accept-Ranges: bytes\r\n"), PAGE),
    })
    .await;
    let octroi = before(&origin).start().await;
    let ranged = |lines: &str| format!("{lines}Range: bytes=0-3\r\n");
    for lines in ["", "If-Range: \"x\"\r\n"] {
        let response = octroi.client().await.exchange(navigate("/", &ranged(lines))).await;
        assert_eq!((response.status(), without_insertions(&response.text()).as_str()), (200, PAGE));
        assert!(!response.has("content-range") && !response.has("accept-ranges"), "{}", response.shown());
    }
    // Of all else, and of a page that is not rewritten, the portal says what is answered.
    let choice = format!("Cookie: {}\r\n", granted());
    for request in [navigate("/", &ranged(&choice)), get("/", &ranged("Sec-Fetch-Dest: video\r\n"))] {
        let response = octroi.client().await.exchange(&request).await;
        assert_eq!((response.status(), response.text().as_str()), (206, &PAGE[..4]), "{request}");
    }
}

#[tokio::test]
async fn responses_that_are_not_plain_html_are_unchanged_and_counted() {
    let origin = Origin::replying(|request| {
        let lines = match request.target().as_str() {
            "/pdf" => "Content-Type: application/pdf\r\n",
            "/xhtml" => "Content-Type: application/xhtml+xml\r\n",
            "/utf-16" => "Content-Type: text/html; charset=utf-16\r\n",
            "/download" => "Content-Type: text/html\r\nContent-Disposition: attachment\r\n",
            "/gzip" => "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            "/fixed" => "Content-Type: text/html\r\nCache-Control: no-transform\r\n",
            _ => HTML,
        };
        ok(lines, PAGE)
    })
    .await;
    let octroi = before(&origin).start().await;
    let paths = ["/pdf", "/xhtml", "/utf-16", "/download", "/gzip", "/fixed"];
    for request in paths.map(|path| navigate(path, "")).into_iter().chain([
        get("/fragment", "Sec-Fetch-Dest: empty\r\nAccept: text/html\r\n"),
        get("/image", "Sec-Fetch-Dest: image\r\nAccept: image/*\r\n"),
        get("/api", "Accept: */*\r\n"),
        navigate("/form", "Content-Length: 0\r\n").replacen("GET", "POST", 1),
    ]) {
        let response = octroi.client().await.exchange(&request).await;
        assert_eq!((response.text().as_str(), response.content_length()), (PAGE, Some(PAGE.len())), "{request}");
        assert_eq!(policies(&response), [held()], "{request}");
    }
    for (result, times) in [("type", 4), ("encoded", 1), ("no_transform", 1), ("rewritten", 0)] {
        assert_eq!(rewrites(&octroi, result).await, times, "{result}");
    }
    let mut client = octroi.client().await;
    client.send(navigate("/", "").replacen("GET", "HEAD", 1)).await;
    let head = client.head_response().await;
    assert!(!head.has("content-length") && !head.has("etag"), "{}", head.shown());
    client.exchange(navigate("/", "")).await.assert_status(200);
}

/// Old browsers say nothing of what they ask for, frames do.
#[tokio::test]
async fn pages_in_frames_and_of_old_browsers_are_rewritten() {
    let origin = Origin::always(ok(HTML, PAGE)).await;
    let octroi = before(&origin).start().await;
    for lines in ["Accept: text/html, */*\r\n", "Sec-Fetch-Dest: iframe\r\n", "Sec-Fetch-Dest: object\r\n"] {
        let response = octroi.client().await.exchange(get("/", lines)).await;
        assert!(response.text().contains("data-octroi-src"), "{lines}: {}", response.text());
    }
}

#[tokio::test]
async fn report_only_rewrites_nothing() {
    let origin = Origin::always(ok(HTML, PAGE)).await;
    let octroi = before(&origin).report_only().start().await;
    let response = octroi.client().await.exchange(navigate("/", "Accept-Encoding: br\r\n")).await;
    assert_eq!(response.text(), PAGE);
    assert_eq!(origin.last().texts("accept-encoding"), ["br"]);
}

#[tokio::test]
async fn a_visitor_who_accepts_gzip_gets_it_piece_by_piece() {
    let (origin, next) = slow(&["6\r\n<p>one\r\n", "6\r\n<p>two\r\n", "0\r\n\r\n"]).await;
    let octroi = before(&origin).start().await;
    let mut client = octroi.client().await;
    client.send(navigate("/", "Accept-Encoding: br, gzip;q=0.5\r\n")).await;
    let head = String::from_utf8(client.wire.expect("\r\n\r\n").await).unwrap().to_ascii_lowercase();
    assert!(
        head.contains("\r\ncontent-encoding: gzip\r\n") && head.contains("\r\nvary: accept-encoding\r\n"),
        "{head}"
    );
    let mut compressed = Vec::new();
    for plain in ["<p>one", "<p>one<p>two", "<p>one<p>two"] {
        next.notify_one();
        let size = client.wire.expect("\r\n").await;
        let size = usize::from_str_radix(String::from_utf8_lossy(&size).trim(), 16).unwrap();
        compressed.extend(client.wire.take(size).await);
        client.wire.expect("\r\n").await;
        let mut read = vec![0; plain.len()];
        GzDecoder::new(&compressed[..]).read_exact(&mut read).unwrap();
        assert_eq!(read, plain.as_bytes());
    }
    client.wire.expect("0\r\n\r\n").await;
    let mut whole = Vec::new();
    GzDecoder::new(&compressed[..]).read_to_end(&mut whole).unwrap();
    assert_eq!(whole, b"<p>one<p>two");
    assert_eq!(origin.last().texts("accept-encoding"), ["identity"]);
}

#[tokio::test]
async fn an_empty_page_is_no_gzip_stream() {
    let origin = Origin::always(ok(HTML, "")).await;
    let octroi = before(&origin).start().await;
    let response = octroi.client().await.exchange(navigate("/", "Accept-Encoding: gzip\r\n")).await;
    assert!(response.complete && response.body.is_empty() && !response.has("content-encoding"), "{}", response.shown());
}

/// A portal that sends its page piece by piece, each when it is told to.
async fn slow(pieces: &'static [&'static str]) -> (Origin, Arc<Notify>) {
    let next = Arc::new(Notify::new());
    let told = Arc::clone(&next);
    let origin = Origin::start(move |mut visit| {
        let told = Arc::clone(&told);
        async move {
            visit.request().await;
            visit.send(format!("HTTP/1.1 200 OK\r\n{HTML}Transfer-Encoding: chunked\r\n\r\n")).await;
            for piece in pieces {
                told.notified().await;
                visit.send(piece).await;
            }
            visit.closed().await;
        }
    })
    .await;
    (origin, next)
}

#[tokio::test]
async fn each_piece_of_a_slow_page_is_sent_at_once() {
    let (origin, next) = slow(&["8\r\nhello <s\r\n", "1e\r\ncript src=//stats.example/></s\r\n", "0\r\n\r\n"]).await;
    let octroi = before(&origin).start().await;
    let mut client = octroi.client().await;
    client.send(navigate("/", "")).await;
    client.wire.expect("\r\n\r\n").await;
    for left in ["hello ", "<script type=\"text/plain\" data-octroi-src=//stats.example/>", "0\r\n\r\n"] {
        next.notify_one();
        client.wire.expect(left).await;
    }
}

/// However it ends early, the visitor sees that it did.
#[tokio::test]
async fn a_page_that_is_cut_does_not_look_complete() {
    for reply in [
        format!("HTTP/1.1 200 OK\r\n{HTML}Content-Length: 1000\r\n\r\n<p>begun <scri"),
        format!("HTTP/1.1 200 OK\r\n{HTML}Transfer-Encoding: chunked\r\n\r\na\r\n<p>begun <\r\n"),
        format!("HTTP/1.1 200 OK\r\n{HTML}Transfer-Encoding: chunked\r\n\r\n9\r\n<p>begun \r\nnonsense\r\n"),
    ] {
        let origin = Origin::start(move |mut visit| {
            let reply = reply.clone();
            async move {
                visit.request().await;
                visit.send(reply).await;
            }
        })
        .await;
        let octroi = before(&origin).start().await;
        let mut client = octroi.client().await;
        client.send(navigate("/", "")).await;
        let response = client.wire.message(BodyRule::Response).await.unwrap();
        assert!(!response.complete, "{}", response.shown());
        octroi.logged("upstream_aborted").await;
        assert_eq!(rewrites(&octroi, "rewritten").await, 0);
    }
}

#[tokio::test]
async fn a_visitor_who_leaves_affects_no_other() {
    let (origin, next) = slow(&["8\r\nhello <s\r\n"]).await;
    let octroi = before(&origin).start().await;
    let mut client = octroi.client().await;
    client.send(navigate("/", "")).await;
    next.notify_one();
    client.wire.expect("hello ").await;
    drop(client);
    octroi.logged("client_closed").await;
    assert_eq!(rewrites(&octroi, "rewritten").await, 0);
}

#[tokio::test]
async fn trailers_follow_the_page_without_its_digests() {
    let reply = format!(
        "HTTP/1.1 200 OK\r\n{HTML}Trailer: X-Time, Content-Digest\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<p>a<b\r\n0\r\nX-Time: 1\r\nContent-Digest: x\r\n\r\n"
    );
    let origin = Origin::always(reply).await;
    let octroi = before(&origin).start().await;
    let response = octroi.client().await.exchange(navigate("/", "TE: trailers\r\n")).await;
    assert_eq!((response.text().as_str(), response.complete), ("<p>a<b", true));
    let trailers = String::from_utf8_lossy(&response.trailers).to_ascii_lowercase();
    assert!(trailers.contains("x-time: 1") && !trailers.contains("digest"), "{trailers}");
}

#[tokio::test]
async fn hostile_pages_stay_whole() {
    let script = "<script src=//stats.example></script>";
    let pages = Arc::new([
        "<div>".repeat(20_000) + script,
        format!("{script}<iframe src={}", "a".repeat(1 << 20)),
        format!("\u{feff}{script}\0\0<title><iframe src=//stats.example>"),
        String::new(),
    ]);
    let served = Arc::clone(&pages);
    let origin = Origin::start(replies(move |request| {
        let number: usize = request.target().trim_start_matches('/').parse().unwrap();
        ok(HTML, &served[number])
    }))
    .await;
    let octroi = before(&origin).start().await;
    for (number, page) in pages.iter().enumerate() {
        let response = octroi.client().await.exchange(navigate(&format!("/{number}"), "")).await;
        assert!(response.complete && without_insertions(&response.text()) == *page, "{number}");
        assert_eq!(policies(&response), [held()], "{number}");
    }
    assert_eq!((rewrites(&octroi, "memory").await, rewrites(&octroi, "rewritten").await), (2, 1));
}

#[tokio::test]
async fn a_faulty_link_is_refused_with_the_place() {
    let charter = pages_charter();
    for (old, new, told) in [
        ("#choose<'>", "javascript:alert(1)", "`javascript:alert(1)` is no address of the web"),
        ("https://stats.example/?a=1&b=2", "/relative", "`/relative` is no address of the web"),
        ("level = \"pages\"", "level = \"page\"", "`pages`"),
    ] {
        let origin = Origin::always(ok("", "")).await;
        let setup = Setup::before(&origin).charter(&charter.replacen(old, new, 1));
        drop(setup.command(&setup.configuration()));
        let output = octroi(setup.directory()).args(["check", "--config", "octroi.toml"]).output().unwrap();
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(text.contains(told), "{told} is not in {text}");
    }
}
