//! `octroi audit`, by the built binary: recordings as each producer writes them, their findings, and the reports.

// In a test, a panic is how a failure is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "audit/bad_input.rs"]
mod bad_input;
#[path = "audit/choice.rs"]
mod choice;
#[path = "audit/command.rs"]
mod command;
#[path = "audit/cookies.rs"]
mod cookies;
#[path = "audit/producers.rs"]
mod producers;
#[path = "audit/recording.rs"]
mod recording;
#[path = "audit/reports.rs"]
mod reports;
#[path = "audit/third_parties.rs"]
mod third_parties;
