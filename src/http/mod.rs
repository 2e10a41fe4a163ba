//! HTTP as bytes and as fields, below everything that speaks it: [`h1`] reads and writes HTTP/1.1, `fields` finds a message's
//! fields by name and by kind, `length` and `lists` read what stands in them.

pub(crate) mod fields;
pub mod h1;
pub(crate) mod length;
pub(crate) mod lists;
