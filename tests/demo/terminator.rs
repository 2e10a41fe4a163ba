//! A TLS terminator in front of the portal, like a hosting provider's load balancer: it changes only the scheme.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Listens on a port of its own, until the tests end, in front of the portal on `portal`.
pub(crate) fn start(portal: u16, config: Arc<ServerConfig>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let config = Arc::clone(&config);
            // A connection that breaks is the browser's affair: it asks again, or its test fails.
            std::thread::spawn(move || relay(stream, config, portal));
        }
    });
    port
}

/// One request and its response.
fn relay(stream: TcpStream, config: Arc<ServerConfig>, portal: u16) -> io::Result<()> {
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut visitor = BufReader::new(StreamOwned::new(connection, stream));
    let request = read_request(&mut visitor, portal)?;
    let mut upstream = TcpStream::connect(("127.0.0.1", portal))?;
    upstream.write_all(&request)?;
    io::copy(&mut upstream, visitor.get_mut())?;
    visitor.get_mut().conn.send_close_notify();
    visitor.get_mut().flush()
}

/// The request as the portal shall see it: at its own port, by https, and the last of its connection.
fn read_request(visitor: &mut impl BufRead, portal: u16) -> io::Result<Vec<u8>> {
    let (mut request, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        if visitor.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "host" => {
                let host = value.trim().split(':').next().unwrap_or_default();
                write!(request, "Host: {host}:{portal}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n")?;
            }
            "connection" => {}
            "content-length" => {
                length = value.trim().parse().map_err(io::Error::other)?;
                request.extend_from_slice(line.as_bytes());
            }
            _ => request.extend_from_slice(line.as_bytes()),
        }
        if line == "\r\n" {
            break;
        }
    }
    visitor.take(length).read_to_end(&mut request)?;
    Ok(request)
}
