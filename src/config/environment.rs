//! Overrides from the environment: `OCTROI_LIMITS__CONNECTIONS=500` is `connections = 500` in `[limits]`.
//!
//! Only scalars of tables have such a name. A name that means nothing is an error, as an unknown key of the file is; but
//! for the variables that the command line reads itself and those that Kubernetes sets for a service called `octroi`.

use std::path::Path;

use serde_json::Value;
use toml::de::DeValue;

use super::error::{Finding, Severity};
use super::walk::{alternatives, is_for};
use crate::charter::{KeyPath, Problem};

const PREFIX: &str = "OCTROI_";
const FILE: &str = "environment";

/// Read by the command line.
const RESERVED: [&str; 3] = ["OCTROI_CONFIG", "OCTROI_LOG_LEVEL", "OCTROI_LOG_FORMAT"];

/// One override.
pub(super) struct Override<'a> {
    /// The key that it sets; what the file says at this key does not count.
    pub(super) path: KeyPath,
    /// As the file would hold it: a number or a boolean if the key takes one, otherwise a text.
    pub(super) value: DeValue<'a>,
    name: &'a str,
    text: &'a str,
}

impl Override<'_> {
    /// A finding about its value.
    pub(super) fn finding(&self, severity: Severity, problem: &Problem) -> Finding {
        let line = format!("{}={}", self.name, self.text);
        Finding::in_text(severity, Path::new(FILE), &line, self.name.len() + 1..line.len(), problem)
    }
}

/// The overrides in an environment, and the names in it that mean nothing.
///
/// Variables that do not begin with `OCTROI_` are passed over. Of the schema, only keys of top-level tables that take a
/// text, a number or a boolean can be overridden.
pub(super) fn overrides<'a>(environment: &'a [(String, String)], schema: &Value) -> (Vec<Override<'a>>, Vec<Finding>) {
    let keys = keys(schema);
    let (mut overrides, mut findings) = (Vec::new(), Vec::new());
    for (name, text) in environment {
        if !name.starts_with(PREFIX) || RESERVED.contains(&name.as_str()) || is_of_kubernetes(name) {
            continue;
        }
        match keys.iter().find(|key| key.name == *name) {
            Some(key) => overrides.push(Override { path: key.path.clone(), value: key.value(text), name, text }),
            None => findings.push(unknown(name, text, &keys)),
        }
    }
    (overrides, findings)
}

/// A key that the environment can override.
struct Key {
    name: String,
    path: KeyPath,
    kinds: Vec<&'static str>,
}

impl Key {
    /// The value as the file would have it; if the key takes no number, digits are a text.
    fn value<'a>(&self, text: &'a str) -> DeValue<'a> {
        let fits = |value: &DeValue<'_>| match value {
            DeValue::Integer(_) => self.kinds.contains(&"integer"),
            DeValue::Boolean(_) => self.kinds.contains(&"boolean"),
            _ => false,
        };
        let value = DeValue::parse(text).map(toml::Spanned::into_inner).ok();
        value.filter(fits).unwrap_or_else(|| DeValue::String(text.into()))
    }
}

/// All scalars of all tables of a schema.
fn keys(schema: &Value) -> Vec<Key> {
    let mut keys = Vec::new();
    for (table, properties) in properties(schema) {
        let choices = alternatives(schema, properties);
        let [table_schema] = choices.as_slice() else { continue };
        for (key, property) in self::properties(table_schema) {
            let choices = alternatives(schema, property);
            let offers = |kind: &&str| choices.iter().any(|choice| is_for(choice, kind));
            if !["array", "object"].iter().any(offers) {
                keys.push(Key {
                    name: format!("{PREFIX}{}__{}", table.to_uppercase(), key.to_uppercase()),
                    path: KeyPath::default().key(table).key(key),
                    kinds: ["integer", "boolean"].into_iter().filter(|kind| offers(kind)).collect(),
                });
            }
        }
    }
    keys
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

fn unknown(name: &str, text: &str, keys: &[Key]) -> Finding {
    let near = crate::charter::nearest(name, keys.iter().map(|key| key.name.as_str()).chain(RESERVED));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "an override is `OCTROI_<TABLE>__<KEY>`, as in `OCTROI_LIMITS__CONNECTIONS`; arrays have none".to_owned()
        }
    };
    let problem = Problem::new(KeyPath::default(), format!("`{name}` overrides nothing")).with_help(help);
    let line = format!("{name}={text}");
    Finding::in_text(Severity::Error, Path::new(FILE), &line, 0..name.len(), &problem)
}

/// What Kubernetes tells each container about a service called `octroi` or `octroi-…`: no override has such a name.
fn is_of_kubernetes(name: &str) -> bool {
    let marks = ["_SERVICE_HOST", "_SERVICE_PORT", "_PORT_"];
    !name.contains("__") && (name.ends_with("_PORT") || marks.iter().any(|mark| name.contains(mark)))
}
