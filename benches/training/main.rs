//! The load for which the shipped binary is optimised (`scripts/build-dist`): requests of a portal's visitors, the most
//! frequent first. Each part starts its own octroi, from the path in the environment's `OCTROI`.
//!
//! ```text
//! OCTROI=PATH cargo bench --bench training
//! ```
//!
//! The compiler takes code that never runs here for rare, and makes it small instead of fast. So every frequent kind of
//! request belongs into [`PARTS`].

#[allow(dead_code)] // Other benches use the rest.
#[path = "../exchange/mod.rs"]
mod exchange;
#[path = "../process/mod.rs"]
mod process;
mod visits;

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use exchange::Exchange;
use process::{Octroi, Scheme};
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::task::LocalSet;
use visits::Visitors;

/// One kind of visit.
struct Part {
    exchange: fn() -> Exchange,
    protocol: Protocol,
    connections: usize,
    /// How many on each connection.
    requests: usize,
}

#[derive(Clone, Copy)]
enum Protocol {
    Http1,
    Http1Tls,
    /// Over TLS.
    Http2,
}

const PARTS: [Part; 13] = [
    part(Exchange::page, Protocol::Http1, 64, 600),
    part(Exchange::page, Protocol::Http1, 1, 10_000),
    part(Exchange::page, Protocol::Http2, 16, 2_000),
    part(Exchange::page, Protocol::Http1Tls, 64, 150),
    part(Exchange::page_after_consent, Protocol::Http1, 64, 150),
    part(Exchange::page_after_consent, Protocol::Http2, 16, 500),
    part(Exchange::plain_page, Protocol::Http1, 64, 600),
    part(Exchange::plain_page, Protocol::Http2, 16, 1_000),
    part(Exchange::fifty_cookies, Protocol::Http1, 16, 200),
    part(Exchange::fifty_cookies_of_many_visitors, Protocol::Http1, 16, 200),
    part(Exchange::export, Protocol::Http1, 8, 40),
    part(Exchange::export_in_chunks, Protocol::Http1, 8, 40),
    part(Exchange::upload, Protocol::Http1, 16, 300),
];

const fn part(exchange: fn() -> Exchange, protocol: Protocol, connections: usize, requests: usize) -> Part {
    Part { exchange, protocol, connections, requests }
}

fn main() -> Result<()> {
    let program = std::env::var_os("OCTROI").unwrap_or_else(|| env!("CARGO_BIN_EXE_octroi").into());
    for part in PARTS {
        let exchange = (part.exchange)();
        println!("{exchange}: {} connections, {} requests on each", part.connections, part.requests);
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let mut command = Command::new(&program);
        command.stdin(Stdio::null());
        LocalSet::new().block_on(&runtime, part.run(exchange, command))?;
    }
    Ok(())
}

impl Part {
    async fn run(&self, exchange: Exchange, command: Command) -> Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let directory = tempfile::tempdir()?;
        let scheme = if matches!(self.protocol, Protocol::Http1) { Scheme::Http } else { Scheme::Https };
        let visitors = Visitors::new(directory.path())?;
        let octroi = Octroi::start(command, directory.path(), scheme, &exchange.charter, listener.local_addr()?)?;
        tokio::select! {
            failed = exchange.portal_for_many(listener) => failed?,
            visited = visitors.visit(self, &exchange, octroi.address) => visited.with_context(|| exchange.to_string())?,
        }
        octroi.end()
    }
}
