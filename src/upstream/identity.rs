//! The settings that a connection depends on. Sites with equal settings share connections, which also outlive a reload.
//!
//! The contents of certificate files are among them: a renewed certificate under the same path makes other settings.

use std::fs;
use std::path::Path;

use super::UpstreamError;
use crate::config::{Limits, UpstreamConfig, with_user};
use crate::http::h1::SectionLimits;

/// All that a connection depends on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// Without health checks and `via`, which do not change a connection.
    pub(super) config: UpstreamConfig,
    /// Limits of a response's head, and of its trailers.
    pub(super) limits: SectionLimits,
    /// The content of the file that `ca` names.
    pub(super) ca: Option<Vec<u8>>,
    /// The client certificate for the portal.
    pub(super) client: Option<ClientFiles>,
}

/// The contents of the client certificate's files.
#[derive(PartialEq, Eq)]
pub(super) struct ClientFiles {
    /// PEM.
    pub(super) certificate: Vec<u8>,
    /// PEM; never printed.
    pub(super) key: Vec<u8>,
}

impl std::fmt::Debug for ClientFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientFiles").finish_non_exhaustive()
    }
}

/// `http` cannot hold many more fields than this in one message.
const MOST_HEADERS: usize = 20_000;
/// Used in place of "no limit", because a head is held in memory.
const MOST_HEADER_BYTES: usize = 16 << 20;

impl Settings {
    /// Reads the files that the settings name.
    ///
    /// # Errors
    /// The file that cannot be read.
    pub(super) fn read(config: &UpstreamConfig, limits: &Limits) -> Result<Self, UpstreamError> {
        let client = match &config.client_certificate {
            Some(files) => Some(ClientFiles { certificate: read(&files.certificate)?, key: read(&files.key)? }),
            None => None,
        };
        Ok(Self {
            limits: SectionLimits {
                fields: or_most(limits.upstream_headers, MOST_HEADERS),
                bytes: or_most(limits.upstream_header_bytes, MOST_HEADER_BYTES),
            },
            ca: config.ca.as_deref().map(read).transpose()?,
            client,
            // Health checks and `Via` do not change a connection.
            config: UpstreamConfig { health: None, via: false, ..config.clone() },
        })
    }
}

fn or_most(limit: usize, most: usize) -> usize {
    if limit == 0 { most } else { limit.min(most) }
}

fn read(path: &Path) -> Result<Vec<u8>, UpstreamError> {
    fs::read(path)
        .map_err(|error| UpstreamError::Settings { path: path.to_owned(), reason: with_user(path, error).to_string() })
}
