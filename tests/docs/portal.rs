//! A portal for the commands of the documentation: it sets a session cookie and a tracker, and shows what it received.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// Cookies of a portal's login and of two trackers.
pub(crate) const COOKIES: [&str; 3] = [
    "sessionid=s1; Path=/; HttpOnly",
    "_ga=GA1.1.2; Path=/; Max-Age=63072000",
    "_pk_id.7.1fff=p1; Path=/; Max-Age=33955200",
];

/// Serves on a port of the kernel's choice until the process of the tests ends.
pub(crate) fn start(cookies: &'static [&'static str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            // Whoever goes away in the middle of a request ends its thread alone.
            std::thread::spawn(move || while answer(&stream, cookies).is_some() {});
        }
    });
    address
}

/// One response on a connection; `None` at its end.
fn answer(stream: &TcpStream, cookies: &[&str]) -> Option<()> {
    let mut sent = "nothing".to_owned();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let mut first = true;
    loop {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" && !first {
            break;
        }
        first = false;
        if let Some(cookie) = line.to_lowercase().starts_with("cookie:").then(|| line[7..].trim()) {
            cookie.clone_into(&mut sent);
        }
    }
    let body = format!("the portal was sent: {sent}\n");
    let lines = cookies.iter().map(|cookie| format!("Set-Cookie: {cookie}\r\n")).collect::<Vec<_>>().concat();
    let (mut stream, length) = (stream, body.len());
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n{lines}Content-Length: {length}\r\n\r\n{body}").ok()
}
