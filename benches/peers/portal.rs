//! The portal, from memory: a page that sets six cookies, the same page without cookies, and a file.

use std::sync::Arc;
use std::thread;

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;

/// The cookies of a page, and whether each passes without consent.
pub(crate) const COOKIES: [(&str, bool); 6] = [
    ("sessionid=8f3k2j5h6g7d9s0a1q2w3e4r5t6y7u8i; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure", true),
    ("csrftoken=Zk3Jd8sLq0PxWv5Tn7Rb2Yc9Uf4Mg6Ha; Max-Age=31449600; Path=/; SameSite=Lax", true),
    ("_pk_id.12.ab34=0f1e2d3c4b5a6978.1795435200.; Max-Age=33955200; Path=/; SameSite=Lax", false),
    ("django_language=fr; Path=/", true),
    ("_ga=GA1.2.1234567890.1795435200; Max-Age=63072000; Path=/; Domain=portal.example", false),
    ("visitor=7c9e6679-7425-40de-944b-e07fc1f90ae7; Path=/", false),
];
const PAGE_BYTES: usize = 1024;
const FILE_BYTES: usize = 10 << 20;

/// A running portal; it ends with the process.
pub(crate) struct Portal {
    pub(crate) port: u16,
}

/// The answers, ready to be sent.
struct Answers {
    page: Vec<u8>,
    plain: Vec<u8>,
    file: Vec<u8>,
}

impl Portal {
    pub(crate) fn start() -> Result<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        thread::spawn(move || runtime.block_on(serve(listener)));
        Ok(Self { port })
    }
}

async fn serve(listener: std::net::TcpListener) -> Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let cookies = COOKIES.map(|(line, _)| format!("Set-Cookie: {line}\r\n")).concat();
    let answers = Arc::new(Answers {
        page: answer(&cookies, PAGE_BYTES),
        plain: answer("", PAGE_BYTES),
        file: answer("", FILE_BYTES),
    });
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(converse(stream, Arc::clone(&answers)));
    }
}

fn answer(fields: &str, bytes: usize) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\nContent-Type: text/html; charset=utf-8\r\n\
         Vary: Accept-Encoding\r\nX-Frame-Options: DENY\r\n{fields}Content-Length: {bytes}\r\n\r\n"
    );
    [head.as_bytes(), &vec![b'x'; bytes]].concat()
}

/// Answers requests without a body, one after the other.
async fn converse(mut stream: TcpStream, answers: Arc<Answers>) -> std::io::Result<()> {
    let mut head = Vec::with_capacity(4096);
    while stream.read_buf(&mut head).await? > 0 {
        if !head.ends_with(b"\r\n\r\n") {
            continue;
        }
        let answer = match head.get(..7) {
            Some(b"GET /pa") => &answers.page,
            Some(b"GET /pl") => &answers.plain,
            _ => &answers.file,
        };
        stream.write_all(answer).await?;
        head.clear();
    }
    Ok(())
}
