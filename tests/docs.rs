//! Checks the documentation: every page is in the book, every link and name exists, and every command and configuration is
//! run.

// A page that cannot be read, or a tool that is missing, must fail the test aloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "docs/blocks.rs"]
mod blocks;
#[path = "docs/book.rs"]
mod book;
#[path = "docs/configurations.rs"]
mod configurations;
#[path = "docs/log_words.rs"]
mod log_words;
#[path = "docs/migration.rs"]
mod migration;
#[path = "docs/names.rs"]
mod names;
#[path = "docs/page.rs"]
mod page;
#[path = "docs/portal.rs"]
mod portal;
#[path = "docs/reference.rs"]
mod reference;
#[path = "docs/sandbox.rs"]
mod sandbox;

use std::path::PathBuf;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
