//! The charter file as it is written: serde and JSON Schema see this, nothing else does.

use schemars::JsonSchema;
use serde::Deserialize;

/// A charter file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CharterDocument {}
