//! HTTP as bytes and as fields, below everything that speaks it: [`h1`] reads and writes HTTP/1.1, `fields` are a message's
//! fields, found by name and by kind.

pub(crate) mod fields;
pub mod h1;
