//! The memory of a page that is rewritten while its portal pauses: in its text, and in the middle of a tag, which must be
//! buffered until it ends. A thousand of them pause at once. In gzip it is no more, because no page keeps a compressor.
//!
//! The figures hold for the unoptimised build, as those of `e2e::memory`.

use super::HTML;
use super::pages::before;
use crate::e2e::memory::{holds, visitors};
use crate::support::client::navigate;
use crate::support::{Origin, Visit};

/// How many bytes of a page are sent before the portal pauses.
const BEGINNING: usize = 8 << 10;
/// A tag of this length, in bytes, is kept as long as it is unfinished; it is within the cap of a page.
const TAG: usize = 200 << 10;
/// The cap of a page (`html_rewriter::MEMORY`), in KiB.
const CAP_KIB: u64 = octroi::html_rewriter::MEMORY as u64 >> 10;

async fn portal() -> Origin {
    Origin::start(|mut visit: Visit| async move {
        let Some(request) = visit.request().await else { return };
        let text = "<p>text</p>".repeat(BEGINNING / 11);
        let tag =
            if request.target() == "/tag" { format!("<iframe title=\"{}", "x".repeat(TAG)) } else { String::new() };
        visit.send(format!("HTTP/1.1 200 OK\r\n{HTML}Content-Length: 10000000\r\n\r\n{text}{tag}")).await;
        visit.closed().await;
    })
    .await
}

#[tokio::test]
async fn a_thousand_slow_pages_stay_within_the_cap() {
    let portal = portal().await;
    // `holds` opens this many, three times.
    for (what, path, fields, read, count, kib) in [
        ("a slow page", "/text", "", BEGINNING / 2, 500, 64),
        // Of so much text little is left, so the head is waited for.
        ("a slow page in gzip", "/text", "Accept-Encoding: gzip\r\n", 200, 500, 64),
        ("an unfinished tag", "/tag", "", BEGINNING / 2, 100, CAP_KIB + 64),
    ] {
        let unlimited = "[limits]\nupstream_connections = 0\nconnections = 4000\n[timeouts]\nbody_idle = \"600s\"";
        let octroi = before(&portal).toml(unlimited).start().await;
        let all = async |count| visitors(&octroi, None, count, &navigate(path, fields), read).await;
        holds(&octroi, what, kib, count, all).await;
    }
}
