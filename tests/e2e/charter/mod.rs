//! A charter's life outside the proxy, and the page that shows it.

mod accessibility;
mod diff;
mod import;
mod new;
mod publish;
mod render;
