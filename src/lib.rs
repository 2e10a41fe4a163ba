//! octroi is a streaming reverse proxy that makes a website's cookie charter true: a cookie that the charter does not
//! exempt reaches the visitor's browser, or goes back to the website, only when that visitor has agreed to it.
//!
//! This page is the map. The crate has two halves. The **core** is pure: bytes in, verdict out; no socket, no clock, no
//! async. The **shell** is laid out in the order in which a request lives.
//!
//! ```text
//! downstream → server (listener, PROXY, TLS, connection) → proxy (normalize, route) → gate::request  → upstream (pool, connect)
//!                                                             │                       gate::response ←  │
//! downstream ← body ← proxy (hop-by-hop, location, caching) ←─┴─────────────────────────────────────────┘
//!                         └ outcome → telemetry, inventory
//! ```
//!
//! The shell, as a request meets it:
//! - [`server`]: listeners, workers, connections, the life of the process.
//! - [`proxy`]: one request from its head to its response's last byte; [`proxy::Proxy::handle`] is the way in.
//! - [`acme`]: certificates that octroi orders itself.
//! - [`gate`]: the product on one message, [`gate::Gate`]: cookie lines in; what leaves, is deleted and is counted out.
//! - [`upstream`]: which endpoint, over which connection, within which timeouts.
//! - [`http`]: HTTP/1.1 as bytes, read strictly: before hyper reads a visitor's, and instead of it a portal's; and fields.
//! - [`telemetry`] and [`inventory`]: what is watched. [`admin`]: who may look.
//!
//! What it is judged by:
//! - [`snapshot`]: all that one request is judged by, built from a [`config`]; [`reload`] puts a new one in force.
//!   [`health`] is what it knows of each portal's endpoints.
//!
//! The core, from the rule to the byte:
//! - [`policy`]: the one function of the product, [`policy::Policy::judge`].
//! - [`party`]: whom else a page may ask. [`html_rewriter`]: a page without what it would ask of them.
//! - [`diff`]: what changed between two charters, and who must be told.
//! - [`render`]: the charter as its public page. [`import`]: a charter's draft from a page that is published already.
//!   [`starter`]: a first charter for a site that has none.
//! - [`charter`]: the document that the lawyer publishes.
//! - [`consent`]: the visitor's choice.
//! - [`cookie`]: cookies as browsers read them.
//!
//! Beside the way of a request: [`audit`], a browser's recording put before the same gate, and [`explain`], one line or
//! field, step by step.
//!
//! Around them: [`cli`], one file for each command; [`demo`], a sample portal; [`drain`], how everything ends; `net`, what
//! streams and timeouts are made of.
//!
//! A module uses only what stands below it: `cli`, `demo`, `server` and `admin`, `explain`, `proxy` and `audit`, `acme`, `gate` and
//! `upstream`, `reload`, `snapshot`, `config`, `diff`, `html_rewriter`, `party`, `policy`, `render`, `import`, `starter`, `charter`, `consent`,
//! `cookie`; `telemetry` and `inventory` read the core's enums and
//! nothing else, `http` uses `net`, and `drain`, `health` and `net` use nothing at all.
//! `tests/architecture.rs` holds this against the code.

// Under it the clock stands still: what is shipped is built without debug assertions, and refuses it.
#[cfg(all(feature = "fuzzing", not(debug_assertions)))]
compile_error!("the feature `fuzzing` is for `fuzz/` alone");

pub mod cli;

pub mod demo;

pub mod admin;
pub mod explain;
pub mod server;

pub mod proxy;

pub mod acme;

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
