//! octroi is a streaming reverse proxy that enforces a website's cookie charter: a cookie that the charter does not
//! exempt is sent to the visitor's browser, or back to the website, only if that visitor has agreed to it.
//!
//! This page lists the modules. The crate has two halves. The **core** is pure: bytes in, verdict out; no socket, no
//! clock, no async. The **shell** does the input and output around it.
//!
//! ```text
//! downstream → server (listener, PROXY, TLS, connection) → proxy (normalize, route) → gate::request  → upstream (pool, connect)
//!                                                             │                       gate::response ←  │
//! downstream ← body ← proxy (hop-by-hop, location, caching) ←─┴─────────────────────────────────────────┘
//!                         └ outcome → telemetry, inventory
//! ```
//!
//! The shell:
//! - [`server`]: listeners, workers, connections, the life of the process.
//! - [`proxy`]: one request from its head to its response's last byte. It enters by [`proxy::Proxy::handle`].
//! - [`acme`]: certificates that octroi orders itself.
//! - [`gate`]: judges the cookies of one message. [`gate::Gate`] takes cookie lines, and returns what to send, what to delete
//!   and what to count.
//! - [`upstream`]: chooses the endpoint and the connection for a request, and enforces the portal's timeouts.
//! - [`http`]: a strict reader and writer for HTTP/1.1. It checks a visitor's requests before hyper reads them, and reads a
//!   portal's responses in hyper's place.
//! - `otlp`: sends spans of requests to a collector of traces.
//! - [`telemetry`]: metrics, logs and spans. [`inventory`]: the names of cookies that were seen. [`admin`]: the listener for
//!   operators.
//!
//! The configuration in force:
//! - [`snapshot`]: all that one request is judged by, built from a [`config`]. [`reload`] puts a new one in force.
//! - [`health`]: which of a portal's endpoints can be used.
//!
//! The core:
//! - [`policy`]: the one function of the product, [`policy::Policy::judge`].
//! - [`party`]: which third parties a page may send requests to. [`html_rewriter`]: removes from a page what would send
//!   requests to the others.
//! - [`diff`]: what changed between two charters, and who must be told.
//! - [`render`]: the charter as its public page. [`import`]: a draft of a charter from a page that is published already.
//!   [`starter`]: a first charter for a site that has none.
//! - [`charter`]: the document that the lawyer publishes.
//! - [`consent`]: the visitor's choice.
//! - [`cookie`]: cookies as browsers read them.
//!
//! Tools that use the same gate: [`audit`] judges a browser's recording, [`explain`] shows how one line or field is judged,
//! step by step.
//!
//! The rest: [`cli`], one file for each command; [`demo`], a sample portal; [`drain`], how the process ends; `net`, sockets,
//! timeouts and joined writes.
//!
//! A module uses only modules of the layers below its own:
//! 1. `cli`
//! 2. `demo`
//! 3. `server`
//! 4. `admin`
//! 5. `explain`
//! 6. `audit`, `proxy`
//! 7. `acme`, `otlp`
//! 8. `gate`, `upstream`
//! 9. `reload`
//! 10. `snapshot`
//! 11. `config`
//! 12. `diff`
//! 13. `html_rewriter`
//! 14. `party`
//! 15. `policy`
//! 16. `render`
//! 17. `import`
//! 18. `starter`
//! 19. `charter`
//! 20. `consent`
//! 21. `cookie`
//!
//! Beside the layers, and used by any from `snapshot` upwards: `telemetry` uses the core; `inventory` uses the core and
//! `telemetry`; `http` uses `net`; `drain`, `health` and `net` use no other module. The gate uses neither `http`, nor `net`,
//! nor `telemetry`. `tests/architecture.rs` checks all of this.

// The feature stops the clock. A release build has no debug assertions, so it refuses the feature.
#[cfg(all(feature = "fuzzing", not(debug_assertions)))]
compile_error!("the feature `fuzzing` is for `fuzz/` alone");

pub mod cli;

pub mod demo;

pub mod admin;
pub mod explain;
pub mod server;

pub mod proxy;

pub mod acme;
mod otlp;

pub mod gate;
pub mod upstream;

pub mod audit;

pub mod inventory;
pub mod telemetry;

pub mod drain;
pub mod health;
pub mod http;
mod net;
pub mod reload;
pub mod snapshot;

pub mod config;

pub mod import;
pub mod starter;

pub mod charter;
pub mod consent;
pub mod cookie;
pub mod diff;
pub mod html_rewriter;
pub mod party;
pub mod policy;
pub mod render;
