//! `[log]`: what is written of each request, in which form and where.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is written of each request, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// The format of a request's line.
    pub access: AccessFormat,
    /// `None`: standard output. A file is reopened on SIGUSR1.
    pub output: Option<PathBuf>,
    /// What is told of the visitor's browser besides.
    pub fields: Vec<LogField>,
}

/// The format of the access log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccessFormat {
    /// One JSON object a line.
    #[default]
    Json,
    /// One JSON object a line, with the keys of the Elastic Common Schema (ECS).
    Ecs,
    /// The common log format.
    Common,
    /// Nothing.
    Off,
}

/// A field of the request that is only written if it is asked for: personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LogField {
    /// The browser's name: `User-Agent`.
    UserAgent,
    /// The page that led here, without its query: `Referer`.
    Referer,
}
