//! An example for each key of both files, out of one file with all keys (`examples/*.toml`): editors show it.
//!
//! The examples of one key are right; the whole file is no configuration, because some keys exclude each other.

use serde_json::{Map, Value};

/// Adds to each property of the schema the value that the file has at its key.
pub(super) fn add(schema: &mut Value, file: &str) {
    let Ok(file) = toml::from_str::<Value>(file) else { return };
    let mut pending = vec![(String::new(), file)];
    while let Some((pointer, value)) = pending.pop() {
        let Value::Object(table) = value else { continue };
        for (key, value) in table {
            let property = format!("{pointer}/properties/{key}");
            let tables = tables_within(schema, &property);
            if tables.is_empty() || is_short(&value) {
                insert(schema, &property, &value);
            }
            let element = value.get(0).unwrap_or(&value);
            pending.extend(tables.into_iter().map(|pointer| (pointer, element.clone())));
        }
    }
}

/// Whether a table fits beside its key, as those do that have no tables of the file's own.
fn is_short(value: &Value) -> bool {
    value.as_object().is_some_and(|table| table.values().all(|value| !value.is_object()) && table.len() <= 4)
}

fn insert(schema: &mut Value, pointer: &str, value: &Value) {
    if let Some(property) = schema.pointer_mut(pointer).and_then(Value::as_object_mut) {
        property.insert("examples".to_owned(), Value::Array(vec![value.clone()]));
    }
}

/// Where the schemas of the tables are that a property's schema allows: itself, a definition, one of several, or an
/// array's items.
fn tables_within(schema: &Value, pointer: &str) -> Vec<String> {
    let Some(object) = schema.pointer(pointer).and_then(Value::as_object) else { return Vec::new() };
    if object.contains_key("properties") {
        return vec![pointer.to_owned()];
    }
    let within = references(object, pointer);
    within.iter().flat_map(|pointer| tables_within(schema, pointer)).collect()
}

fn references(object: &Map<String, Value>, pointer: &str) -> Vec<String> {
    let reference = object.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    let choices = object.get("anyOf").and_then(Value::as_array).map_or(0, Vec::len);
    let choices = (0..choices).map(|choice| format!("{pointer}/anyOf/{choice}"));
    let items = object.get("items").map(|_| format!("{pointer}/items"));
    reference.map(str::to_owned).into_iter().chain(choices).chain(items).collect()
}
