//! What a configuration that cannot be used looks like to its operator.

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {}
