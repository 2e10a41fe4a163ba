//! octroi is a streaming reverse proxy that makes a website's cookie charter true.

pub mod charter;
pub mod config;
pub mod consent;
pub mod cookie;
pub mod drain;
pub mod policy;
pub mod snapshot;
pub mod telemetry;
