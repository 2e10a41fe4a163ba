//! Checks a table by a JSON Schema: unknown keys, wrong types, missing keys, words and numbers out of their range.
//!
//! Only the keywords of this crate's schemas are supported: `$ref`, `anyOf`/`oneOf`, `type`, `enum`, `const`, `properties`,
//! `additionalProperties`, `required`, `items`, `minItems`, `minimum`, `maximum`, `deprecated`. Patterns are for editors; later
//! checks explain better what is wrong with a text.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use crate::charter::{KeyPath, Problem, Segment, nearest, one_of};

/// A problem of structure.
#[derive(Debug)]
pub(super) struct Fault {
    /// At the key that is wrong; if a key is missing, at the key that should be there.
    pub(super) problem: Problem,
    /// What of the file it is about.
    pub(super) spot: Spot,
}

/// What of the file a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// The key itself.
    Key,
    /// Its value.
    Value,
    /// A key that is not there.
    Missing,
    /// A key that is there under a wrong name: that is a problem of its own.
    Misspelt,
}

/// What a walk finds.
#[derive(Debug)]
pub(super) struct Walked {
    /// All problems of structure, in the order of the file's keys.
    pub(super) faults: Vec<Fault>,
    /// The keys in use that a later version will not have, and what to write in their place.
    pub(super) deprecated: Vec<Problem>,
}

/// Holds a table against its schema.
pub(super) fn walk(table: &DeTable<'_>, schema: &Value) -> Walked {
    let mut walk = Walk { root: schema, found: Walked { faults: Vec::new(), deprecated: Vec::new() } };
    walk.table(table, schema, &KeyPath::default());
    walk.found
}

/// The alternatives that a schema offers, references followed.
pub(super) fn alternatives<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#'));
        return target.map(|target| alternatives(root, target)).unwrap_or_default();
    }
    let choices = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
    match choices {
        Some(choices) => choices.iter().flat_map(|choice| alternatives(root, choice)).collect(),
        None => vec![schema],
    }
}

/// Whether a schema, which is no choice, is for values of this JSON type.
pub(super) fn is_for(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        // A whole number is a number, too (JSON Schema, section 6.1.1).
        Some(Value::String(name)) => name == kind || (name == "number" && kind == "integer"),
        _ => kind == "string" && (schema.get("const").is_some() || schema.get("enum").is_some()),
    }
}

struct Walk<'a> {
    root: &'a Value,
    found: Walked,
}

impl<'a> Walk<'a> {
    fn table(&mut self, table: &DeTable<'_>, schema: &'a Value, path: &KeyPath) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties").filter(|schema| schema.is_object());
        let mut misspelt = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let path = path.key(name);
            if let Some(schema) = properties.and_then(|properties| properties.get(name)).or(others) {
                self.deprecated(schema, &path, name);
                self.value(value.get_ref(), schema, &path);
            } else {
                let known = properties.into_iter().flat_map(|properties| properties.keys()).map(String::as_str);
                let near = nearest(name, known.clone());
                misspelt.extend(near);
                let problem = Problem::unknown(path, format!("unknown key `{name}`"), name, known);
                let tables = if near.is_some() { Vec::new() } else { self.tables_with(name) };
                let problem = if tables.is_empty() {
                    problem
                } else {
                    problem.with_help(format!("it is a key of {}", tables.join(", ")))
                };
                self.fault(problem, Spot::Key);
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str).filter(|name| !table.contains_key(*name)) {
            let spot = if misspelt.contains(&name) { Spot::Misspelt } else { Spot::Missing };
            self.fault(Problem::missing(path, name), spot);
        }
    }

    /// A key with `deprecated` in its schema, which editors know, too; `x-instead` is what to write in its place.
    fn deprecated(&mut self, schema: &Value, path: &KeyPath, name: &str) {
        if schema.get("deprecated") == Some(&Value::Bool(true)) {
            let problem =
                Problem::new(path.clone(), format!("`{name}` is deprecated: the next minor version refuses it"));
            let instead = schema.get("x-instead").and_then(Value::as_str);
            self.found.deprecated.push(Problem { help: instead.map(str::to_owned), ..problem });
        }
    }

    /// The top-level tables that have this key, as they are written.
    fn tables_with(&self, name: &str) -> Vec<String> {
        let has = |schema: &Value| schema.pointer("/properties").is_some_and(|keys| keys.get(name).is_some());
        let tables = self.root.get("properties").and_then(Value::as_object).into_iter().flatten();
        let written = tables.filter_map(|(table, schema)| {
            let choices = alternatives(self.root, schema);
            let items = choices.iter().filter_map(|choice| choice.get("items"));
            if choices.iter().any(|choice| has(choice)) {
                Some(format!("`[{table}]`"))
            } else {
                let mut items = items.flat_map(|items| alternatives(self.root, items));
                items.any(has).then(|| format!("`[[{table}]]`"))
            }
        });
        written.collect()
    }

    fn value(&mut self, value: &DeValue<'_>, schema: &'a Value, path: &KeyPath) {
        let choices = alternatives(self.root, schema);
        let fitting: Vec<_> = choices.iter().copied().filter(|choice| is_for(choice, kind(value))).collect();
        let Some(first) = fitting.first() else {
            let message = format!("expected {}, found {}", expected(&choices), found(value));
            let help = match (value, path.0.last()) {
                (DeValue::Table(table), Some(Segment::Key(outer))) => table
                    .iter()
                    .next()
                    .map(|(inner, _)| format!("a key that holds a dot needs quotes: \"{outer}.{}\"", inner.get_ref())),
                (DeValue::String(text), Some(Segment::Key(key))) if choices.iter().any(|choice| is_texts(choice)) => {
                    Some(format!("write a text for each language: `{key} = {{ fr = \"{}\" }}`", text.escape_debug()))
                }
                _ => None,
            };
            return self.fault(Problem { path: path.clone(), message, help }, Spot::Value);
        };
        match value {
            DeValue::String(text) => self.word(text, &fitting, path),
            DeValue::Integer(integer) => self.integer(integer, first, path),
            DeValue::Array(array) => self.array(array.iter(), first, path),
            DeValue::Table(table) => self.table(table, first, path),
            DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    fn word(&mut self, text: &str, choices: &[&'a Value], path: &KeyPath) {
        let words: Vec<&str> = choices.iter().copied().flat_map(words).collect();
        // A choice without words takes any text.
        let open = choices.iter().any(|choice| words_of(choice).is_none());
        if !open && !words.contains(&text) {
            let message = format!("expected {}, found `{text}`", one_of(words.iter().copied()));
            let help = nearest(text, words.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            self.fault(Problem { path: path.clone(), message, help }, Spot::Value);
        }
    }

    fn integer(&mut self, integer: &DeInteger<'_>, schema: &'a Value, path: &KeyPath) {
        let least = schema.get("minimum").and_then(Value::as_i64).unwrap_or(i64::MIN);
        let most = schema.get("maximum").and_then(Value::as_i64).or_else(|| most(schema)).unwrap_or(i64::MAX);
        let number = i64::from_str_radix(integer.as_str(), integer.radix());
        if !number.is_ok_and(|number| (least..=most).contains(&number)) {
            let range = if most == i64::MAX { format!("{least} or more") } else { format!("{least} to {most}") };
            self.fault(Problem::new(path.clone(), format!("expected {range}, found {integer}")), Spot::Value);
        }
    }

    fn array<'v, 'i: 'v>(
        &mut self,
        array: impl ExactSizeIterator<Item = &'v Spanned<DeValue<'i>>>,
        schema: &'a Value,
        path: &KeyPath,
    ) {
        let count = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        if count("minItems").is_some_and(|least| array.len() < least) {
            self.fault(Problem::new(path.clone(), "expected at least one element, found none"), Spot::Value);
        }
        let Some(items) = schema.get("items") else { return };
        for (index, value) in array.enumerate() {
            self.value(value.get_ref(), items, &path.index(index));
        }
    }

    fn fault(&mut self, problem: Problem, spot: Spot) {
        self.found.faults.push(Fault { problem, spot });
    }
}

/// Whether a schema is for a table of texts, by language.
fn is_texts(schema: &Value) -> bool {
    schema.get("properties").is_none()
        && schema.pointer("/additionalProperties/type").is_some_and(|kind| kind == "string")
}

/// The largest number of an integer type.
fn most(schema: &Value) -> Option<i64> {
    match schema.get("format")?.as_str()? {
        "uint8" => Some(u8::MAX.into()),
        "uint16" => Some(u16::MAX.into()),
        "uint32" => Some(u32::MAX.into()),
        _ => None,
    }
}

/// The words that a schema allows; `None` if it allows any text.
fn words_of(schema: &Value) -> Option<Vec<&str>> {
    if let Some(word) = schema.get("const") {
        return Some(word.as_str().into_iter().collect());
    }
    let words = schema.get("enum")?.as_array()?;
    Some(words.iter().filter_map(Value::as_str).collect())
}

fn words(schema: &Value) -> Vec<&str> {
    words_of(schema).unwrap_or_default()
}

/// The JSON type of a value; a date has none.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

/// What stands there, for a message: a scalar as it is written.
fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text `{}`", text.escape_debug()),
        DeValue::Integer(integer) => format!("the number {integer}"),
        DeValue::Float(float) => format!("the number {float}"),
        DeValue::Boolean(boolean) => format!("`{boolean}`"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "an array".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// What was expected, for a message.
fn expected(choices: &[&Value]) -> String {
    let words: Vec<&str> = choices.iter().copied().flat_map(words).collect();
    let open = choices.iter().filter(|choice| words_of(choice).is_none());
    let types = open.map(|choice| match choice.get("type").and_then(Value::as_str) {
        Some("string") => "a text in quotes".to_owned(),
        Some("integer") => "a whole number".to_owned(),
        Some("number") => "a number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("array") => "an array".to_owned(),
        _ => "a table".to_owned(),
    });
    let words = (!words.is_empty()).then(|| one_of(words.iter().copied()));
    types.chain(words).collect::<Vec<_>>().join(" or ")
}
