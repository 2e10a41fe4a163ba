//! octroi is a streaming reverse proxy that makes a website's cookie charter true.

pub mod admin;
pub mod charter;
pub mod config;
pub mod consent;
pub mod cookie;
pub mod demo;
pub mod drain;
pub mod inventory;
pub mod policy;
pub mod proxy;
pub mod reload;
pub mod server;
pub mod snapshot;
pub mod telemetry;
pub mod upstream;
