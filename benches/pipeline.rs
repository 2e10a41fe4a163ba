//! The time of one exchange, from the visitor's request to the response's last byte, in process and on one thread: the
//! visitor, hyper's server over `Proxy::handle`, and the portal behind a socket. `cargo bench --bench pipeline`.
#![allow(clippy::unwrap_used, clippy::panic)] // A bench without its portal has nothing to measure.

#[allow(dead_code)] // Other benches use the rest.
mod exchange;
#[path = "../tests/pipeline/mod.rs"]
mod pipeline;

use std::rc::Rc;

use divan::Bencher;
use exchange::Exchange;
use tokio::net::TcpListener;
use tokio::task::LocalSet;

fn main() {
    divan::main();
}

#[divan::bench(args = [
    Exchange::page(),
    Exchange::plain_page(),
    Exchange::fifty_cookies(),
    Exchange::fifty_cookies_of_a_thousand(),
    Exchange::fifty_cookies_of_many_visitors(),
])]
fn exchange_in_process(bencher: Bencher<'_, '_>, exchange: &Exchange) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let local = LocalSet::new();
    let exchange = Rc::new(exchange.clone());
    let (mut visitor, downstream) = tokio::io::duplex(64 * 1024);
    let begun = Rc::clone(&exchange);
    local.block_on(&runtime, async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = pipeline::config(listener.local_addr().unwrap(), begun.charter.as_bytes());
        tokio::task::spawn_local(async move { begun.portal(listener).await });
        tokio::task::spawn_local(pipeline::serve(downstream, config));
    });
    let mut ask = || local.block_on(&runtime, exchange.ask(&mut visitor)).unwrap();
    // The first exchange opens the connection to the portal.
    ask();
    bencher.bench_local(ask);
}
