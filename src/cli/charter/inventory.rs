//! Fetches the names that a running octroi has seen: `/cookies` of its admin listener.
//!
//! One blocking HTTP/1.0 request needs no HTTP library.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use url::Url;

use crate::charter::Lifetime;
use crate::diff::SeenName;

/// How long each step of the exchange may take.
const STEP_TIMEOUT: Duration = Duration::from_secs(10);

/// In bytes: far more than the inventory of a hundred sites. A longer response is cut, and then refused as JSON.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Fetches the document at `/cookies` of a listener.
///
/// # Errors
/// The address is not `http://host[:port]`, a step (to connect, to write, to read) takes longer than 10 s, or the response
/// is no inventory. The message says what to do, for example to name the token's file.
pub(super) fn fetch(address: &str, token: Option<&str>) -> anyhow::Result<Value> {
    let url = Url::parse(address).with_context(|| format!("`{address}` is no URL: write `http://127.0.0.1:9180`"))?;
    ensure!(url.scheme() == "http", "an admin listener speaks http: write `http://127.0.0.1:9180`");
    let host = url.host_str().context("the address names no host")?;
    let port = url.port_or_known_default().unwrap_or(80);
    let answer = exchange(host, port, token).with_context(|| format!("no answer from {host}:{port}"))?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").context("the answer is not HTTP")?;
    let (head, body) = answer.split_at(end.saturating_add(4).min(answer.len()));
    let head = String::from_utf8_lossy(head);
    let status = head.lines().next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
    match status {
        "200" => {}
        "401" => bail!("{host}:{port} wants a token: name its file with `--token-file`"),
        "" => bail!("the answer of {host}:{port} is not HTTP"),
        other => bail!("{host}:{port} answers with the status {other}: is it an admin listener?"),
    }
    serde_json::from_slice(body).with_context(|| format!("{host}:{port} does not answer as an admin listener"))
}

/// Sends one HTTP/1.0 request: its response is not chunked, and ends with the connection (RFC 9112 §6.3).
fn exchange(host: &str, port: u16, token: Option<&str>) -> anyhow::Result<Vec<u8>> {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let mut stream = connect((name, port).to_socket_addrs()?)?;
    stream.set_read_timeout(Some(STEP_TIMEOUT))?;
    stream.set_write_timeout(Some(STEP_TIMEOUT))?;
    let token = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    write!(stream, "GET /cookies HTTP/1.0\r\nHost: {host}:{port}\r\n{token}\r\n")?;
    let mut answer = Vec::new();
    stream.take(LARGEST).read_to_end(&mut answer)?;
    Ok(answer)
}

/// Connects to the first address that accepts: `localhost` may have one on which nothing listens.
fn connect(addresses: impl Iterator<Item = SocketAddr>) -> anyhow::Result<TcpStream> {
    let mut last: Option<std::io::Error> = None;
    for address in addresses {
        match TcpStream::connect_timeout(&address, STEP_TIMEOUT) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(error),
        }
    }
    Err(last.context("the host has no address")?.into())
}

/// The names of one site: of `wanted`, else of the only site, else of the site that is named like the charter's.
///
/// # Errors
/// The document is no inventory, or there is no such site: the message lists the listener's sites.
pub(super) fn names(document: &Value, wanted: Option<&str>, charter: &str) -> anyhow::Result<Vec<SeenName>> {
    let sites = document["sites"].as_array().context("the answer has no `sites`: is it an admin listener?")?;
    let with_name = |name: &str| sites.iter().find(|site| site["site"] == name);
    let site = match (wanted, sites.as_slice()) {
        (Some(wanted), _) => with_name(wanted),
        (None, [only]) => Some(only),
        (None, _) => with_name(charter),
    };
    let Some(site) = site else {
        let known: Vec<_> = sites.iter().filter_map(|site| site["site"].as_str()).collect();
        bail!("name the site with `--site`: the listener has {}", known.join(", "));
    };
    let names = site["names"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(names.iter().filter_map(seen).collect())
}

/// A name of the inventory. The category seen in responses counts before that seen in requests, because a response has the
/// cookie's attributes.
fn seen(name: &Value) -> Option<SeenName> {
    let category = |direction: &str| name.get(direction)?.get("category")?.as_str();
    Some(SeenName {
        name: name["name"].as_str()?.to_owned(),
        in_response: name["response"].is_object(),
        category: category("response").or(category("request")).map(str::to_owned),
        longest: match name.pointer("/attributes/longest_lifetime") {
            Some(Value::String(word)) => word.parse().ok(),
            Some(seconds) => seconds.as_u64().and_then(|seconds| u32::try_from(seconds).ok()).map(Lifetime::Seconds),
            None => None,
        },
    })
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn the_first_address_that_accepts_is_used() {
        let listener = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let closed = listener().local_addr().unwrap();
        let open = listener();
        let connected = connect([closed, open.local_addr().unwrap()].into_iter()).unwrap();
        assert_eq!(connected.peer_addr().unwrap(), open.local_addr().unwrap());
        assert!(connect([closed].into_iter()).is_err() && connect([].into_iter()).is_err());
    }
}
