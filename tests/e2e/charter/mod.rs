//! A charter's life outside the proxy, and the page that shows it.

mod accessibility;
mod diff;
mod new;
mod publish;
mod render;
