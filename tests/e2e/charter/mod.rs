//! The `octroi charter` commands, and the page that shows a charter.

mod accessibility;
mod check;
mod diff;
mod import;
mod new;
mod publish;
mod render;
