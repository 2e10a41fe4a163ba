//! What makes two upstreams the same: connections are shared, and outlive a reload, only between equal settings.
//!
//! The contents of certificate files belong to it: a renewed certificate under the same path is another identity.

use std::fs;
use std::path::Path;

use hyper::client::conn::http1::Builder;

use crate::config::{Limits, UpstreamConfig};
use crate::upstream::UpstreamError;

/// All that a connection depends on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) config: UpstreamConfig,
    pub(super) max_headers: usize,
    pub(super) max_header_bytes: usize,
    pub(super) ca: Option<Vec<u8>>,
    pub(super) client: Option<ClientFiles>,
}

/// The contents of the client certificate's files.
#[derive(PartialEq, Eq)]
pub(super) struct ClientFiles {
    pub(super) certificate: Vec<u8>,
    pub(super) key: Vec<u8>,
}

impl std::fmt::Debug for ClientFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientFiles").finish_non_exhaustive()
    }
}

/// `http` cannot hold many more fields than this in one message.
const MOST_HEADERS: usize = 20_000;
/// The least that hyper's buffer can be.
const LEAST_HEADER_BYTES: usize = 8_192;
/// In place of "no limit": a head is held in memory.
const MOST_HEADER_BYTES: usize = 16 << 20;

impl Settings {
    /// Reads the files that the settings name.
    pub(super) fn read(config: &UpstreamConfig, limits: &Limits) -> Result<Self, UpstreamError> {
        let client = match &config.client_certificate {
            Some(files) => Some(ClientFiles { certificate: read(&files.certificate)?, key: read(&files.key)? }),
            None => None,
        };
        Ok(Self {
            max_headers: or_most(limits.upstream_headers, MOST_HEADERS),
            max_header_bytes: or_most(limits.upstream_header_bytes, MOST_HEADER_BYTES),
            ca: config.ca.as_deref().map(read).transpose()?,
            client,
            // However endpoints are checked, their connections are the same.
            config: UpstreamConfig { health: None, ..config.clone() },
        })
    }

    /// How connections are begun. A whole head must fit into their buffer.
    pub(super) fn builder(&self) -> Builder {
        let mut builder = Builder::new();
        builder
            .max_headers(self.max_headers)
            .max_header_size(self.max_header_bytes)
            .max_buf_size(self.max_header_bytes.max(LEAST_HEADER_BYTES));
        builder
    }
}

fn or_most(limit: usize, most: usize) -> usize {
    if limit == 0 { most } else { limit.min(most) }
}

fn read(path: &Path) -> Result<Vec<u8>, UpstreamError> {
    fs::read(path).map_err(|error| UpstreamError::Settings { path: path.to_owned(), reason: error.to_string() })
}
