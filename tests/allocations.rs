//! Counts allocations: none to judge a cookie, and few for a whole request. Unlike time, their number is the same on every
//! machine and in every build.

// In a test, a panic is how a failure is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod pipeline;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use allocation_counter::measure;
use octroi::cookie::{SetCookie, UnixTime, pairs};
use octroi::policy::{Consent, Policy, Subject};

const CHARTER: &[u8] = include_bytes!("golden/policy/charter.toml");
const NOW: UnixTime = UnixTime(1_795_435_200);
const CHOICE: &[u8] = b"%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Afalse%7D";

/// A request of a browser, and a response with cookies of which some must go. octroi, hyper and tokio together; those of
/// hyper, which are most, cannot be helped.
const MOST_FOR_A_REQUEST: u64 = 9;

const REQUEST: &[u8] = b"GET /explore HTTP/1.1\r\nHost: data.example\r\nUser-Agent: Mozilla/5.0\r\n\
    Accept: text/html,*/*;q=0.8\r\nAccept-Language: fr\r\nCookie: sessionid=1; csrftoken=2\r\n\r\n";
const RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\nContent-Type: text/html\r\n\
    Content-Length: 2\r\nSet-Cookie: sessionid=1; Path=/; HttpOnly\r\nSet-Cookie: _ga=2; Path=/; Max-Age=63072000\r\n\
    Set-Cookie: unknown=3; Path=/; Expires=Tue, 23 Nov 2027 18:00:00 GMT\r\n\r\nok";

fn policy() -> Arc<Policy> {
    pipeline::config("127.0.0.1:1".parse().unwrap(), CHARTER).sites[0].policy.clone()
}

fn judge_everything(policy: &Policy, consents: &[Consent]) {
    for consent in consents {
        for line in [
            &b"sessionid=1; Path=/; HttpOnly"[..],
            b"_ga=2; Path=/; Max-Age=63072000",
            b"_pk_id.1.1fff=3; Path=/; Expires=Tue, 23 Nov 2027 18:00:00 GMT",
            b"unknown=4; Max-Age=0",
            b"no cookie",
        ] {
            judge(policy, line, consent);
        }
    }
}

fn judge(policy: &Policy, line: &[u8], consent: &Consent) {
    if let Ok(cookie) = SetCookie::parse(line) {
        std::hint::black_box(policy.judge(Subject::SetCookie(&cookie), consent, NOW));
    }
    for name in pairs(line).filter_map(|pair| pair.name) {
        std::hint::black_box(policy.judge(Subject::Pair(name), consent, NOW));
    }
}

#[test]
fn judging_a_cookie_allocates_nothing() {
    let policy = policy();
    let consents = [None, Some(CHOICE)].map(|choice| {
        let cookie = choice.map(|value| (&b"cookies_preferences"[..], value));
        policy.consent(&policy.read_choices(&cookie.into_iter(), NOW), false, NOW)
    });
    // The patterns make room for themselves when they are first used.
    judge_everything(&policy, &consents);
    assert_eq!(measure(|| judge_everything(&policy, &consents)).count_total, 0);
}

#[test]
fn a_request_allocates_little() {
    // What is made once for a connection or a process is in both.
    let (few, many) = (measure(|| proxied(50)).count_total, measure(|| proxied(250)).count_total);
    let each = (many - few).div_ceil(200);
    assert!((1..=MOST_FOR_A_REQUEST).contains(&each), "{each} allocations for a request");
}

/// Proxies this many requests on this thread; the visitor and the portal are on others.
fn proxied(requests: usize) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (portal, address) = (portal(), listener.local_addr().unwrap());
    let visitor = thread::spawn(move || ask(address, requests));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, serve(listener, portal));
    visitor.join().unwrap();
}

async fn serve(listener: TcpListener, portal: SocketAddr) {
    let (stream, _) = listener.accept().unwrap();
    stream.set_nonblocking(true).unwrap();
    pipeline::serve(tokio::net::TcpStream::from_std(stream).unwrap(), pipeline::config(portal, CHARTER)).await;
}

fn ask(octroi: SocketAddr, requests: usize) {
    let mut stream = TcpStream::connect(octroi).unwrap();
    for _ in 0..requests {
        stream.write_all(REQUEST).unwrap();
        let response = read_to(&mut stream, b"\r\n\r\nok");
        assert!(response.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", String::from_utf8_lossy(&response));
    }
}

fn portal() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        while !read_to(&mut stream, b"\r\n\r\n").is_empty() {
            stream.write_all(RESPONSE).unwrap();
        }
    });
    address
}

/// Reads up to `end`; less if the stream ends before.
fn read_to(stream: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let (mut read, mut piece) = (Vec::new(), [0; 4096]);
    while !read.ends_with(end) {
        match stream.read(&mut piece).unwrap() {
            0 => break,
            count => read.extend_from_slice(&piece[..count]),
        }
    }
    read
}
