//! The guarded stream in front of hyper: whatever is sent, hyper finds the requests that plainly stand there, and no
//! other.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use bytes::Bytes;
use http::header::{CONNECTION, HeaderValue};
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use memchr::memmem;
use proptest::prelude::*;
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;

use super::*;

/// A request as one party reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    line: String,
    fields: Vec<(String, Vec<u8>)>,
    /// `None`: it broke off.
    body: Option<Vec<u8>>,
}

/// The requests that hyper finds in what the guard lets through.
fn hyper_reads(bytes: &[u8]) -> Vec<Seen> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let seen = Rc::new(RefCell::new(Vec::new()));
    runtime.block_on(async {
        let (mut client, server) = tokio::io::duplex(1 << 16);
        client.write_all(bytes).await.unwrap();
        client.shutdown().await.unwrap();
        let service = service_fn(|request: Request<Incoming>| {
            let seen = Rc::clone(&seen);
            let mut response = Response::new(Empty::<Bytes>::new());
            if leaves_unread(request.version(), request.headers()) {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            async move {
                let request = as_hyper_sees(request).await;
                seen.borrow_mut().push(request);
                Ok::<_, Infallible>(response)
            }
        });
        let (mut requests, refused) = (Requests::new(), Notify::new());
        let stream = TokioIo::new(FramingGuard::new(server, |bytes: &[u8]| {
            requests.read(bytes).inspect_err(|why| {
                if why.within_head {
                    refused.notify_one();
                }
            })
        }));
        tokio::select! {
            biased;
            // Whether it ends in an error says no more than the list does.
            _ = http1::Builder::new().half_close(true).serve_connection(stream, service) => {}
            // Nothing more comes to hyper.
            () = refused.notified() => {}
        }
    });
    seen.take()
}

async fn as_hyper_sees(request: Request<Incoming>) -> Seen {
    let (head, body) = request.into_parts();
    let fields = head.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    Seen {
        line: format!("{} {} {:?}", head.method, head.uri, head.version),
        fields: sorted(fields),
        body: body.collect().await.ok().map(|body| body.to_bytes().to_vec()),
    }
}

/// The requests in `bytes`, all of whose lines end with CR LF, found in the plainest way there is.
fn plainly_read(bytes: &[u8]) -> Vec<Seen> {
    let mut rest = bytes;
    let mut all = Vec::new();
    loop {
        rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
        let Some(head) = until(&mut rest, b"\r\n\r\n") else { return all };
        let mut lines = split(head, b"\r\n").into_iter();
        let line = plain_line(lines.next().unwrap());
        let fields = sorted(lines.map(|line| {
            let colon = line.iter().position(|&byte| byte == b':').unwrap();
            let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
            (name, line[colon + 1..].trim_ascii().to_vec())
        }));
        let value = |name| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_slice());
        let body = match (value("transfer-encoding"), value("content-length")) {
            (Some(_), _) => plain_chunks(&mut rest),
            (None, Some(length)) => take(&mut rest, str::from_utf8(length).unwrap().parse().unwrap()),
            (None, None) => Some(Vec::new()),
        };
        let websocket = fields.iter().any(|(name, value)| name == "upgrade" && value.eq_ignore_ascii_case(WEBSOCKET));
        let last = body.is_none() || (websocket && line.ends_with("1.1"));
        all.push(Seen { line, fields, body });
        if last {
            return all;
        }
    }
}

/// A target that is no path is written as `http::Uri` writes it: with a slash if an authority has none.
fn plain_line(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    let parts: Vec<_> = line.split(' ').collect();
    let target = if parts[1].starts_with('/') {
        parts[1].to_owned()
    } else {
        parts[1].parse::<Uri>().map(|uri| uri.to_string()).unwrap_or_default()
    };
    format!("{} {target} {}", parts[0], parts[2])
}

fn plain_chunks(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = until(rest, b"\r\n")?;
        let size = line.split(|&byte| byte == b';').next().unwrap();
        match usize::from_str_radix(str::from_utf8(size).unwrap(), 16).unwrap() {
            0 => break,
            size => body.extend(take(rest, size)?),
        }
        take(rest, 2)?;
    }
    while !until(rest, b"\r\n")?.is_empty() {}
    Some(body)
}

fn take(rest: &mut &[u8], count: usize) -> Option<Vec<u8>> {
    let (taken, later) = rest.split_at_checked(count)?;
    *rest = later;
    Some(taken.to_vec())
}

fn until<'a>(rest: &mut &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    let at = memmem::find(rest, mark)?;
    let found = &rest[..at];
    *rest = &rest[at + mark.len()..];
    Some(found)
}

fn split<'a>(mut rest: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(part) = until(&mut rest, mark) {
        parts.push(part);
    }
    parts.push(rest);
    parts
}

fn sorted(fields: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let mut fields: Vec<_> = fields.collect();
    fields.sort();
    fields
}

pub(super) const REQUESTS: [&[u8]; 11] = [
    b"GET /a?b=c HTTP/1.1\r\nHost: h\r\nX-Empty:\r\nX: \xe9 y \r\n\r\n",
    b"\r\nHEAD / HTTP/1.1\r\nHost: h\r\nCookie: a=b; c=d\r\n\r\n",
    b"POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\na\r\n\0b",
    b"PUT /q HTTP/1.1\r\nContent-Length:0\r\nHost: h\r\n\r\n",
    b"POST /b HTTP/1.1\r\nContent-Length:  3 \t                      \r\nHost: h\r\n\r\nabc",
    b"POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\n",
    b"POST /t HTTP/1.1\r\nTransfer-Encoding:\tchunked \r\nHost: h\r\n\r\n1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
    b"GET http://h/abs HTTP/1.1\r\nHost: h\r\n\r\n",
    b"GET /explore/dataset/?q=a&sort=b HTTP/1.1\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9\r\n\
      Upgrade-Insecure-Requests: 1\r\nSec-Fetch-Mode: navigate\r\nCookie: sessionid=abc123def456ghi789; _ga=1\r\n\r\n",
    b"GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
];

const ODDITIES: [&[u8]; 31] = [
    b"\n",
    b"\r",
    b"\r\n",
    b"\r\n\r\n",
    b"\n\n",
    b"\r\n ",
    b"\0",
    b" ",
    b"\t",
    b":",
    b",",
    b";",
    b"#",
    b"+",
    b"-",
    b"0",
    b"0x",
    b"\x0b",
    b"\x7f",
    b"\xff",
    b"\x80",
    b"http://",
    b"HTTP/1.0",
    b"Content-Length: 3\r\n",
    b"Content-Length: 4\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: x\r\n",
    b"Connection: close\r\n",
    b"Upgrade: websocket\r\n",
    b"Upgrade: websocket            \r\n",
    b"Expect: 100-continue\r\n",
];

/// One change: where, what is put there, how many bytes it replaces.
pub(super) type Change = (prop::sample::Index, prop::sample::Index, usize);

pub(super) fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for (place, oddity, replaced) in changes {
        let start = place.index(bytes.len() + 1);
        let end = bytes.len().min(start + replaced);
        bytes.splice(start..end, ODDITIES[oddity.index(ODDITIES.len())].iter().copied());
    }
    bytes
}

#[test]
fn ordinary_requests_are_all_read_alike() {
    for request in REQUESTS {
        let twice = request.repeat(2);
        let plain = plainly_read(&twice);
        assert_eq!((plain.len(), read(&twice)), (2, None), "{}", request.escape_ascii());
        assert_eq!(hyper_reads(&twice), plain);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn hyper_reads_what_plainly_stands_there(
        requests in prop::collection::vec(prop::sample::select(&REQUESTS[..]), 1..4),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_usize), 1..4),
    ) {
        let bytes = changed(requests.concat(), &changes);
        let taken = read(&bytes).map_or(bytes.len(), |(_, taken)| taken);
        let plain = plainly_read(&bytes[..taken]);
        let hyper = hyper_reads(&bytes);
        // hyper may stop earlier: where the connection closes, or at a target that it refuses.
        prop_assert!(plain.starts_with(&hyper), "{}\nplain: {plain:#?}\nhyper: {hyper:#?}", bytes.escape_ascii());
    }
}
