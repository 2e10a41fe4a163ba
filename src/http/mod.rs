//! HTTP as bytes and as fields: [`h1`] reads and writes HTTP/1.1, `fields` finds a message's fields by name and by kind,
//! `length`, `lists` and `languages` read their values. `client` sends octroi's own requests, to an ACME server or a collector.

pub(crate) mod client;
pub(crate) mod fields;
pub mod h1;
pub(crate) mod languages;
pub(crate) mod length;
pub(crate) mod lists;
