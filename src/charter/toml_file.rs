//! Writes a charter file: TOML in the order in which people read it, with comments at its keys.
//!
//! The file can be read back to the same document ([`CharterDocument::to_toml`]). The tables are serialised as data, so a new key
//! of the document needs no line here; [`ORDER`] only says which keys come first.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::document::{
    AudienceExemptionDocument, CategoryDocument, ConsentDocument, CookieDocument, HeadDocument, ThirdPartiesDocument,
    ThirdPartyDocument,
};
use super::{CharterDocument, KeyPath, Segment};

/// What is said at the keys of a charter, for the person who reads the file.
#[derive(Clone, Debug, Default)]
pub struct Comments(Vec<(KeyPath, String)>);

impl Comments {
    /// Says `text` at a key; at the root, above everything. A key that the file does not have stands at its table. Line
    /// breaks in `text` make several comment lines; several texts at a key keep their order.
    pub fn add(&mut self, path: KeyPath, text: impl Into<String>) {
        self.0.push((path, text.into()));
    }
}

/// The tables, as they follow each other; those that are not listed come behind.
const TABLES: [&str; 7] =
    ["charter", "audience_exemption", "category", "cookie", "third_parties", "third_party", "consent"];

/// The keys of all tables: the listed ones first, in this order, then the others by the alphabet.
const ORDER: [&str; 23] = [
    "site", "jurisdiction", "languages", "publish", "undeclared", "id", "name", "prefix", "glob", "regex", "hosts",
    "paths", "level", "format", "cookie", "category", "consent", "provider", "title", "description", "service",
    "purpose", "lifetime",
];

/// The longest line that holds an inline table, in characters.
const LINE: usize = 110;

impl CharterDocument {
    /// The file, with its comments. Keys that have their default are left out if nothing is said by them: a missing
    /// table, an empty text, a switch that is off. It reads back as the same document.
    ///
    /// # Errors
    /// A value cannot be written as data, which is true of none that was read from a file.
    pub fn to_toml(&self, comments: &Comments) -> Result<String, serde_json::Error> {
        let document = serde_json::to_value(self)?;
        let mut writer = Writer { text: String::new(), comments, defaults: defaults()? };
        let root = KeyPath::default();
        if let Value::Object(tables) = &document {
            writer.comments_above(&root, tables);
            writer.table(&root, tables, &TABLES);
        }
        Ok(writer.text)
    }
}

/// The tables that can be left out in parts, by their first key, with what they hold if nothing is said.
fn defaults() -> Result<Vec<(&'static str, Value)>, serde_json::Error> {
    Ok(vec![
        ("", serde_json::to_value(CharterDocument::default())?),
        ("charter", serde_json::to_value(HeadDocument::default())?),
        ("audience_exemption", serde_json::to_value(AudienceExemptionDocument::default())?),
        ("category", serde_json::to_value(CategoryDocument::default())?),
        ("cookie", serde_json::to_value(CookieDocument::default())?),
        ("third_parties", serde_json::to_value(ThirdPartiesDocument::default())?),
        ("third_party", serde_json::to_value(ThirdPartyDocument::default())?),
        ("consent", serde_json::to_value(ConsentDocument::default())?),
    ])
}

/// Writes tables in the order of [`TABLES`], and their keys in that of [`ORDER`].
struct Writer<'a> {
    text: String,
    comments: &'a Comments,
    defaults: Vec<(&'static str, Value)>,
}

impl Writer<'_> {
    /// The keys of a table whose header is written: first what stands on a line, then its tables.
    fn table(&mut self, path: &KeyPath, table: &Map<String, Value>, order: &[&str]) {
        let rank = |key: &str| order.iter().position(|known| *known == key).unwrap_or(order.len());
        let mut keys: Vec<_> = table.iter().filter(|(key, value)| !self.is_silent(path, key, value)).collect();
        keys.sort_by_key(|(key, _)| rank(key));
        let (tables, lines): (Vec<_>, Vec<_>) = keys.into_iter().partition(|(key, value)| is_table(path, key, value));
        for (key, value) in lines {
            let path = path.key(key);
            self.comments_within(&path);
            let _ = writeln!(self.text, "{} = {}", bare(key), inline(value));
        }
        for (key, value) in tables {
            self.tables(&path.key(key), value);
        }
    }

    fn tables(&mut self, path: &KeyPath, value: &Value) {
        match value {
            Value::Object(table) => self.one(path, table, ("[", "]")),
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    if let Value::Object(table) = element {
                        self.one(&path.index(index), table, ("[[", "]]"));
                    }
                }
            }
            _ => {}
        }
    }

    /// `open` and `close` are the brackets of its header.
    fn one(&mut self, path: &KeyPath, table: &Map<String, Value>, (open, close): (&str, &str)) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.comments_above(path, table);
        let keys: Vec<_> = path
            .0
            .iter()
            .filter_map(|segment| match segment {
                Segment::Key(key) => Some(bare(key)),
                Segment::Index(_) => None,
            })
            .collect();
        let _ = writeln!(self.text, "{open}{}{close}", keys.join("."));
        self.table(path, table, &ORDER);
    }

    /// What is said of a table as a whole, or at a key of it that is not written.
    fn comments_above(&mut self, path: &KeyPath, table: &Map<String, Value>) {
        let is_written = |key: &str| table.get(key).is_some_and(|value| !self.is_silent(path, key, value));
        let stands_here = |at: &KeyPath| match at.0.get(path.0.len()) {
            _ if !at.is_within(path) => false,
            Some(Segment::Key(key)) => !is_written(key),
            Some(Segment::Index(_)) | None => true,
        };
        let texts: Vec<_> = self.comments.0.iter().filter(|(at, _)| stands_here(at)).map(|(_, text)| text).collect();
        for text in texts {
            comment(&mut self.text, text);
        }
    }

    /// Before the line of the key itself.
    fn comments_within(&mut self, path: &KeyPath) {
        let comments = self.comments.0.iter().filter(|(at, _)| at.is_within(path));
        comments.for_each(|(_, text)| comment(&mut self.text, text));
    }

    /// Whether a key says nothing: it is empty or off, as it is by default.
    fn is_silent(&self, path: &KeyPath, key: &str, value: &Value) -> bool {
        let is_empty = match value {
            Value::Null => return true,
            Value::Bool(on) => !on,
            Value::Array(elements) => elements.is_empty(),
            Value::Object(table) => table.is_empty(),
            _ => matches!(key, "gpc" | "undated"),
        };
        let table = match path.0.as_slice() {
            [] => "",
            [Segment::Key(table)] | [Segment::Key(table), Segment::Index(_)] => table,
            _ => return false,
        };
        let default = self.defaults.iter().find(|(known, _)| *known == table).and_then(|(_, default)| default.get(key));
        is_empty && default == Some(value)
    }
}

/// A comment holds no control character (TOML 1.0, “Comment”).
fn comment(text: &mut String, said: &str) {
    for line in said.lines() {
        let line: String = line.chars().filter(|character| !character.is_control()).collect();
        let _ = writeln!(text, "{}", format!("# {line}").trim_end());
    }
}

/// Whether a value is written as tables of its own.
fn is_table(path: &KeyPath, key: &str, value: &Value) -> bool {
    match value {
        Value::Object(_) => path.0.is_empty() || key == "keys" || inline(value).chars().count() + key.len() > LINE,
        Value::Array(elements) => elements.iter().any(Value::is_object),
        _ => false,
    }
}

/// A value on the right of `=` (TOML 1.0).
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(elements) => format!("[{}]", elements.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(table) => {
            let pairs: Vec<_> = table
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| format!("{} = {}", bare(key), inline(value)))
                .collect();
            if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
        }
        other => other.to_string(),
    }
}

/// A key as it stands before `=`: quoted if it is no bare key (TOML 1.0, “Keys”).
fn bare(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !key.is_empty() && key.bytes().all(is_bare) { key.to_owned() } else { quoted(key) }
}

/// A basic string (TOML 1.0, “String”).
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            control if control.is_ascii_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
