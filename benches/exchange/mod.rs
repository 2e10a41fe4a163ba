//! The exchanges that are measured: request, response, and octroi's charter. Both ends check what they receive, so that a figure
//! is always for the whole work.

pub(crate) mod charter;
mod page;

use std::fmt;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, ensure};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::spawn_local;

pub(crate) const SESSION: &str = "sessionid=abc123def456ghi789; expires=Mon, 07 Dec 2026 18:00:00 GMT; HttpOnly; \
    Max-Age=1209600; Path=/; SameSite=Lax; Secure";
pub(crate) const ANALYTICS: &str =
    "_ga=GA1.2.1234567890.1700000000; Path=/; Expires=Tue, 23 Nov 2027 18:00:00 GMT; Max-Age=63072000";
pub(crate) const UNDECLARED: &str = "trk_x=AWSALBlike0123456789abcdef0123456789abcdef0123456789; Path=/; \
    Max-Age=604800; SameSite=None; Secure";

/// Replaced by the number of the visit.
const VISIT: &str = "sessionid=visit";

/// The cookies of a page; every second one passes without consent.
const PAGE: [&str; 6] = [
    SESSION,
    ANALYTICS,
    "csrftoken=Zk3q9mB1xT7yW2uE5rL8nP0sD4fG6hJa; expires=Mon, 22 Nov 2027 18:00:00 GMT; Max-Age=31449600; Path=/; \
     SameSite=Lax; Secure",
    "_pk_id.1.abcd=8f14e45fceea167a.1700000000.; Path=/; Expires=Sun, 20 Dec 2026 18:00:00 GMT; SameSite=Lax",
    "django_language=fr; Path=/",
    UNDECLARED,
];
const BODY: [u8; 1024] = [b'x'; 1024];
const PAGE_END: &[u8] = b"</html>\n";
const HEAD_END: &[u8] = b"\r\n\r\n";
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";
const UPLOAD_END: &[u8] = b"the end";
const EXPORT_BYTES: usize = 1 << 20;
/// The choice of a visitor who has agreed to statistics.
const CHOICE: &str = "cookies_preferences=%7B%22matomo%22%3Atrue%7D";
/// The entries of a large charter.
const ENTRIES: usize = 1000;
/// How many of their cookies a visitor sends, from all parts of the charter.
const CARRIED: usize = 50;

/// The small charter with four third parties, of which one is exempt.
fn with_third_parties(level: &str) -> String {
    let party = |id: &str, category: &str| {
        format!("[[third_party]]\nid = \"{id}\"\nhosts = [\"*.{id}.example\"]\ncategory = \"{category}\"\n")
    };
    let parties =
        [("tiles", "necessary"), ("videos", "statistics"), ("counter", "statistics"), ("forms", "statistics")];
    let parties: String = parties.into_iter().map(|(id, category)| party(id, category)).collect();
    format!("{}\n[third_parties]\nlevel = \"{level}\"\n{parties}", charter::SMALL)
}

/// A request and its response.
#[derive(Clone)]
pub(crate) struct Exchange {
    name: &'static str,
    pub(crate) charter: String,
    request: Vec<u8>,
    /// The end of the request.
    asked: &'static [u8],
    /// How often it was sent: replaces [`VISIT`] in the request.
    times: Arc<AtomicU64>,
    /// The value of the request's `Cookie` field, which must reach the portal unchanged; empty if there is none.
    cookies: String,
    response: Vec<u8>,
    /// The end of the response.
    answered: &'static [u8],
    /// How many `Set-Cookie` lines of the response reach the visitor.
    passing: usize,
    /// A part of the response that must reach the visitor.
    shown: &'static [u8],
}

impl Exchange {
    /// A page that sets six cookies, of which three pass.
    pub(crate) fn page() -> Self {
        let lines = PAGE.map(|line| format!("Set-Cookie: {line}\r\n")).concat();
        Self { response: response(&content(&[], &BODY), &lines), passing: 3, ..Self::plain_page() }
            .named("a page with six Set-Cookie lines")
    }

    /// The page for a visitor who has agreed to statistics.
    pub(crate) fn page_after_consent() -> Self {
        let request = request(&format!("Cookie: {CHOICE}\r\n"));
        Self { request, cookies: CHOICE.to_owned(), passing: 6, ..Self::page() }.named("a page after consent")
    }

    /// The same page without cookies.
    pub(crate) fn plain_page() -> Self {
        Self {
            name: "a page without cookies",
            charter: charter::SMALL.to_owned(),
            request: request(""),
            asked: HEAD_END,
            times: Arc::default(),
            cookies: String::new(),
            response: response(&content(&[], &BODY), ""),
            answered: &BODY,
            passing: 0,
            shown: b"",
        }
    }

    /// The page without cookies of a site whose charter declares third parties, with a `Content-Security-Policy`.
    pub(crate) fn told_page() -> Self {
        Self { charter: with_third_parties("policy"), ..Self::plain_page() }
            .named("a page without cookies that tells of third parties")
    }

    /// A page like those of real portals.
    pub(crate) fn html() -> Self {
        let html = page::page();
        let (start, end) = html.split_at(html.len() - PAGE_END.len());
        Self { response: response(&content(start, end), ""), answered: PAGE_END, ..Self::plain_page() }
            .named("a page of 60 KB")
    }

    /// The same page with a `Content-Security-Policy`.
    pub(crate) fn told_html() -> Self {
        Self { charter: with_third_parties("policy"), ..Self::html() }.named("a page of 60 KB, third parties told")
    }

    /// The same, rewritten.
    pub(crate) fn rewritten_html() -> Self {
        let (answered, shown) = (LAST_CHUNK, b"data-octroi-src=\"https://player.videos.example");
        Self { charter: with_third_parties("pages"), answered, shown, ..Self::html() }
            .named("a page of 60 KB, rewritten")
    }

    /// The same, rewritten and compressed.
    pub(crate) fn compressed_html() -> Self {
        let request = request("Accept-Encoding: gzip, deflate, br\r\n");
        Self { request, shown: b"content-encoding: gzip", ..Self::rewritten_html() }
            .named("a page of 60 KB, rewritten, in gzip")
    }

    /// Fifty cookies in the request, all allowed by a charter that declares them and few others.
    pub(crate) fn fifty_cookies() -> Self {
        let cookies: Vec<_> = carried().map(|number| format!("{}=1f0e9d8c7b6a", charter::name(number))).collect();
        let cookies = cookies.join("; ");
        Self {
            charter: charter::with_entries(carried()),
            request: request(&format!("Cookie: {cookies}\r\n")),
            cookies,
            ..Self::plain_page()
        }
        .named("fifty cookies, a small charter")
    }

    /// The same request by a charter of a thousand entries.
    pub(crate) fn fifty_cookies_of_a_thousand() -> Self {
        Self { charter: charter::with_entries(0..ENTRIES), ..Self::fifty_cookies() }
            .named("fifty cookies, a charter of 1,000 entries")
    }

    /// The same by another visitor each time, so that no cache has the line.
    pub(crate) fn fifty_cookies_of_many_visitors() -> Self {
        let exchange = Self::fifty_cookies_of_a_thousand();
        let request = request(&format!("Cookie: {VISIT}; {}\r\n", exchange.cookies));
        Self { request, ..exchange }.named("fifty cookies of another visitor each time")
    }

    /// A response with `Content-Length`.
    pub(crate) fn export() -> Self {
        let data = content(&vec![b'a'; EXPORT_BYTES], &BODY);
        Self { response: response(&data, ""), ..Self::plain_page() }.named("an export of 1 MiB")
    }

    /// A chunked response.
    pub(crate) fn export_in_chunks() -> Self {
        let chunk = [&b"4000\r\n"[..], &[b'a'; 0x4000], b"\r\n"].concat();
        let chunks = chunk.repeat(EXPORT_BYTES / 0x4000);
        let data = [b"Transfer-Encoding: chunked\r\n\r\n", &chunks[..], LAST_CHUNK].concat();
        Self { response: response(&data, ""), answered: LAST_CHUNK, ..Self::plain_page() }
            .named("an export of 1 MiB in chunks")
    }

    /// A form with a body.
    pub(crate) fn upload() -> Self {
        let content = content(&[b'a'; 4096], UPLOAD_END);
        let request = [b"POST /contact HTTP/1.1\r\nHost: data.example\r\n", &content[..]].concat();
        Self { request, asked: UPLOAD_END, ..Self::plain_page() }.named("an upload")
    }

    /// The page as nginx changes it: held attributes get another name.
    pub(crate) fn html_by_sub_filter() -> Self {
        let shown = b"data-held-src=\"https://player.videos.example";
        Self { answered: LAST_CHUNK, shown, ..Self::html() }.named("nginx: a page of 60 KB, sub_filter")
    }

    pub(crate) fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The portal: answers request after request, on one connection after the other.
    ///
    /// # Errors
    /// If a request lacks an allowed cookie.
    pub(crate) async fn portal(&self, listener: TcpListener) -> Result<()> {
        loop {
            self.answer(listener.accept().await?.0).await?;
        }
    }

    /// The portal of many visitors at once. Needs a `LocalSet`.
    ///
    /// # Errors
    /// If no connection can be accepted. A connection whose request lacks an allowed cookie ends.
    pub(crate) async fn portal_for_many(&self, listener: TcpListener) -> Result<()> {
        let exchange = Rc::new(self.clone());
        loop {
            let (stream, _) = listener.accept().await?;
            let exchange = Rc::clone(&exchange);
            spawn_local(async move { exchange.answer(stream).await });
        }
    }

    /// Answers all requests of one connection.
    async fn answer(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_nodelay(true)?;
        loop {
            let request = read_to(&mut stream, self.asked).await?;
            if request.is_empty() {
                return Ok(());
            }
            let arrived = memchr::memmem::find(&request, self.cookies.as_bytes()).is_some();
            ensure!(arrived, "{self}: the portal was sent\n{}", request.escape_ascii());
            stream.write_all(&self.response).await?;
        }
    }

    /// The host, target and cookies of the request: it is a GET.
    pub(crate) fn asks(&self) -> (&'static str, &'static str, &str) {
        ("data.example", "/explore", &self.cookies)
    }

    /// How many `Set-Cookie` lines of the response reach the visitor.
    pub(crate) fn passing(&self) -> usize {
        self.passing
    }

    /// The visitor: sends one request, and reads the whole response.
    ///
    /// # Errors
    /// If the response is not the expected one.
    pub(crate) async fn ask(&self, octroi: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> Result<()> {
        octroi.write_all(&self.next_request()).await?;
        let response = read_to(octroi, self.answered).await?;
        let passing = memchr::memmem::find_iter(&response, b"set-cookie: ").count();
        let is_shown = memchr::memmem::find(&response, self.shown).is_some();
        let expected = response.starts_with(b"HTTP/1.1 200 OK\r\n") && passing == self.passing && is_shown;
        ensure!(expected, "{self}: the visitor was sent\n{}", response.escape_ascii());
        Ok(())
    }
}

impl Exchange {
    fn next_request(&self) -> Vec<u8> {
        let mut request = self.request.clone();
        if let Some(at) = memchr::memmem::find(&request, VISIT.as_bytes()) {
            let visit = format!("sessionid={:08}", self.times.fetch_add(1, Ordering::Relaxed));
            request.splice(at..at + VISIT.len(), visit.into_bytes());
        }
        request
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The numbers of the entries whose cookies a visitor sends.
fn carried() -> impl Iterator<Item = usize> {
    (0..ENTRIES).step_by(ENTRIES / CARRIED - 1).take(CARRIED)
}

fn request(more: &str) -> Vec<u8> {
    let head = "GET /explore HTTP/1.1\r\nHost: data.example\r\n\
         User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n\
         Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: fr,en;q=0.5\r\n";
    format!("{head}{more}\r\n").into_bytes()
}

/// A response with these cookies and this content.
fn response(content: &[u8], cookies: &str) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nServer: origin\r\nDate: Mon, 23 Nov 2026 18:00:00 GMT\r\n\
         Content-Type: text/html; charset=utf-8\r\nVary: Accept-Language, Cookie\r\nX-Frame-Options: SAMEORIGIN\r\n";
    [head.as_bytes(), cookies.as_bytes(), content].concat()
}

/// `Content-Length`, the end of the head, and the content.
fn content(data: &[u8], end: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", data.len() + end.len()).as_bytes(), data, end].concat()
}

/// Reads up to `end`, or to the end of the stream.
async fn read_to(stream: &mut (impl AsyncRead + Unpin), end: &[u8]) -> io::Result<Vec<u8>> {
    let mut read = Vec::with_capacity(4096);
    while !read.ends_with(end) && stream.read_buf(&mut read).await? > 0 {}
    Ok(read)
}
