//! Whole requests over HTTP/1.1 in clear, through the real process with one worker. Visitor and portal keep their connections
//! open. The environment's `OCTROI` names another binary than the bench's own.

use std::env;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::Result;
use tokio::net::{TcpListener, TcpStream};

use crate::exchange::Exchange;
use crate::process::{Octroi, Scheme};
use crate::{Scenario, callgrind};

const ROUNDS: [u64; 2] = [100, 600];
/// For pages, which take a hundred times as long.
const FEW_ROUNDS: [u64; 2] = [20, 120];

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    let pages = [
        (Exchange::html(), 38_300),
        (Exchange::told_html(), 40_400),
        (Exchange::rewritten_html(), 2_560_000),
        (Exchange::compressed_html(), 3_920_000),
    ];
    let limits = [
        (Exchange::page(), 45_300),
        (Exchange::page_after_consent(), 49_000),
        (Exchange::plain_page(), 34_500),
        (Exchange::told_page(), 36_600),
        (Exchange::fifty_cookies(), 39_200),
        (Exchange::fifty_cookies_of_a_thousand(), 39_200),
        (Exchange::fifty_cookies_of_many_visitors(), 75_000),
    ];
    let scenario = |rounds| {
        move |(exchange, limit): (Exchange, _)| Scenario {
            name: exchange.to_string(),
            limit,
            count: Box::new(move || callgrind::of_one_round(rounds, |requests| total(&exchange, requests))),
        }
    };
    limits.into_iter().map(scenario(ROUNDS)).chain(pages.into_iter().map(scenario(FEW_ROUNDS)))
}

/// Instructions of an octroi that serves `requests`, from its start to its end.
fn total(exchange: &Exchange, requests: u64) -> Result<u64> {
    let directory = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(exchange, requests, directory.path()))?;
    callgrind::total(directory.path())
}

async fn serve(exchange: &Exchange, requests: u64, directory: &Path) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let program = env::var_os("OCTROI").unwrap_or_else(|| env!("CARGO_BIN_EXE_octroi").into());
    let command = callgrind::command(Path::new(&program), directory);
    let octroi = Octroi::start(command, directory, Scheme::Http, &exchange.charter, listener.local_addr()?)?;
    tokio::select! {
        visited = visit(exchange, requests, octroi.address) => visited?,
        failed = exchange.portal(listener) => failed?,
    }
    octroi.end()
}

async fn visit(exchange: &Exchange, requests: u64, octroi: SocketAddr) -> Result<()> {
    let mut stream = TcpStream::connect(octroi).await?;
    stream.set_nodelay(true)?;
    for _ in 0..requests {
        exchange.ask(&mut stream).await?;
    }
    Ok(())
}
