//! The JSON Schemas of both files.

/// The JSON Schema of `octroi.toml`.
pub fn config_schema() -> serde_json::Value {
    todo!()
}

/// The JSON Schema of a charter file.
pub fn charter_schema() -> serde_json::Value {
    todo!()
}
