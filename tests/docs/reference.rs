//! The references of `octroi.toml` and of the charter, generated from the JSON Schemas of the code.
//! `UPDATE_GOLDEN=1 cargo test --test docs` writes them.

use std::fmt::Write as _;

use octroi::config::{charter_schema, config_schema};
use serde_json::{Map, Value, json};

use crate::repository;

/// A schema and where its definitions are.
struct Reference {
    root: Value,
    /// The tables still to be described: header, schema.
    tables: Vec<(String, Value)>,
    /// The words of closed sets that say more than their name: title, schema.
    words: Vec<(String, Value)>,
    text: String,
}

impl Reference {
    /// The page, with what stands at its head.
    fn page(root: &Value, head: &str) -> String {
        let mut page = Self { root: root.clone(), tables: Vec::new(), words: Vec::new(), text: head.to_owned() };
        let is_scalar = |property: &Value| property["type"].as_str().is_some_and(|kind| kind != "array");
        let (scalars, tables): (Vec<_>, Vec<_>) =
            root["properties"].as_object().unwrap().iter().partition(|(_, property)| is_scalar(property));
        for (name, property) in tables {
            let (schema, header) = match &property["items"] {
                Value::Null => (page.followed(property), format!("[{name}]")),
                items => (page.followed(items), format!("[[{name}]]")),
            };
            // Its own description says more than that of its type.
            let schema = merged(schema, property);
            page.tables.insert(0, (header, schema));
        }
        if !scalars.is_empty() {
            let keys: Map<String, Value> = scalars.into_iter().map(|(key, of)| (key.clone(), of.clone())).collect();
            page.table(
                root["title"].as_str().unwrap(),
                &json!({ "properties": keys, "description": "Above the first table." }),
            );
        }
        while let Some((header, schema)) = page.tables.pop() {
            page.table(&header, &schema);
        }
        page.all_words();
        page.text
    }

    /// What `$ref` names, or the schema itself.
    fn followed(&self, schema: &Value) -> Value {
        let Some(name) = schema["$ref"].as_str() else { return schema.clone() };
        self.followed(&self.root["$defs"][name.trim_start_matches("#/$defs/")])
    }

    fn table(&mut self, header: &str, schema: &Value) {
        // One table or several of the same keys: `[consent]`, `[[consent]]`.
        let choice = schema["anyOf"].as_array().and_then(|choices| choices.iter().find(|one| !one["$ref"].is_null()));
        let properties = choice.map_or_else(|| schema.clone(), |choice| self.followed(choice));
        let required: Vec<_> = properties["required"].as_array().into_iter().flatten().cloned().collect();
        writeln!(self.text, "\n## `{header}`\n{}\n", prose(schema)).unwrap();
        self.text.push_str("| key | value | default | |\n|---|---|---|---|\n");
        let at = self.tables.len();
        for (key, property) in properties["properties"].as_object().unwrap() {
            let kind = self.kind(header, key, property);
            let needed = required.contains(&Value::String(key.clone()));
            let default = match &property["default"] {
                Value::Null if needed => "**required**".to_owned(),
                Value::Null => String::new(),
                default => format!("`{default}`"),
            };
            let example = property["examples"].get(0).filter(|example| !example.is_object());
            // A default, and a word of a few, is there already.
            let told = |example: &Value| *example == property["default"] || kind.contains('`');
            let example = example.filter(|example| !told(example));
            let example =
                example.map_or_else(String::new, |example| format!(" Such as `{example}`.").replace('|', "\\|"));
            let text = prose(&merged(self.followed(property), property));
            writeln!(self.text, "| `{key}` | {kind} | {default} | {text}{example} |").unwrap();
        }
        // The tables of this one's keys come next, in their order.
        self.tables[at..].reverse();
    }

    /// What a key takes. A table gets a section of its own.
    fn kind(&mut self, header: &str, key: &str, property: &Value) -> String {
        let name = property["$ref"].as_str().map(|name| name.trim_start_matches("#/$defs/").to_owned());
        let schema = self.followed(property);
        if matches!(name.as_deref(), Some("Length")) {
            return "length of time".into();
        }
        if matches!(name.as_deref(), Some("Size")) {
            return "size".into();
        }
        if !schema["properties"].is_null() {
            let inner = format!("[{}.{key}]", header.trim_matches(['[', ']']));
            if !self.tables.iter().any(|(known, _)| *known == inner) {
                self.tables.push((inner.clone(), merged(schema, property)));
            }
            return format!("table: see `{inner}`");
        }
        if let Some(words) = schema["oneOf"].as_array() {
            let count = words.len();
            self.words.push((format!("`{key}` of `{header}`"), schema.clone()));
            let listed: Vec<_> = words.iter().map(|word| format!("`{}`", word["const"])).collect();
            return if count > 6 { format!("one of {count} words, below") } else { listed.join(", ") };
        }
        if let Some(words) = schema["enum"].as_array() {
            return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let kinds: Vec<_> = choices.clone().iter().map(|choice| self.kind(header, key, choice)).collect();
            return kinds.join(", or ");
        }
        let text = match schema["type"].as_str() {
            Some("array") => return format!("array of: {}", self.kind(header, key, &schema["items"])),
            Some("object") => {
                return format!("table, key → {}", self.kind(header, key, &schema["additionalProperties"]));
            }
            Some("string") => "text",
            Some("integer" | "number") => "number",
            Some("boolean") => "`true`, `false`",
            other => panic!("{header} {key}: {other:?} is no type that this page can show: {schema}"),
        };
        let range = [("minimum", "≥"), ("maximum", "≤")];
        let range = range.iter().filter_map(|(key, sign)| Some(format!(" {sign} {}", schema[*key].as_f64()?)));
        text.to_owned() + &range.collect::<String>()
    }

    fn all_words(&mut self) {
        self.text.push_str("\n## Words\n");
        let mut seen: Vec<Value> = Vec::new();
        for (title, schema) in std::mem::take(&mut self.words) {
            if seen.contains(&schema) {
                continue;
            }
            writeln!(self.text, "\n### {title}\n| word | |\n|---|---|").unwrap();
            for word in schema["oneOf"].as_array().unwrap() {
                writeln!(self.text, "| `{}` | {} |", word["const"], prose(word)).unwrap();
            }
            seen.push(schema);
        }
    }
}

/// A type's schema with what its place says of it.
fn merged(mut schema: Value, place: &Value) -> Value {
    for key in ["description", "default", "examples"] {
        if !place[key].is_null() {
            schema[key] = place[key].clone();
        }
    }
    schema
}

/// The description, on one line of a table.
fn prose(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or("").replace('\n', " ").replace('|', "\\|")
}

const OCTROI: &str = "\
# octroi.toml: reference
Every key of the process's file, made from the code (`UPDATE_GOLDEN=1 cargo test --test docs`); `octroi schema config` prints the
same as a JSON Schema, which editors take. [config/octroi.toml](../../config/octroi.toml) is the whole file with comments to copy from.

A length of time is `\"300ms\"`, `\"15s\"`, `\"5min\"`, `\"1h\"`, or whole seconds; a size is `\"32KiB\"`, `\"1MiB\"`, or whole bytes; `0` is none.
Paths are relative to the file. Unknown keys are errors. `OCTROI_LIMITS__CONNECTIONS=500` in the environment overrides a key of a plain
table, and none of `[[listener]]` and `[[site]]`. [Operating](../operating.md#what-a-reload-takes-up-and-what-needs-a-restart) says what
needs a restart.
";

const CHARTER: &str = "\
# The charter: reference
Every key of a charter, made from the code (`UPDATE_GOLDEN=1 cargo test --test docs`); `octroi schema charter` prints the same as a
JSON Schema, which editors take. [config/charters/annotated.toml](../../config/charters/annotated.toml) is a charter in which every
key occurs, with comments.

A lifetime is a number and a unit (`\"13 months\"`, `\"2 weeks\"`, `\"session\"`), in English or French (`\"13 mois\"`). `title`, `description`,
`service` and `purpose` are tables of texts by language: `{ fr = \"…\", en = \"…\" }`. Unknown keys are errors.
";

#[test]
fn the_references_are_those_of_the_code() {
    let mut differ = Vec::new();
    for (name, schema, head) in [("octroi", config_schema(), OCTROI), ("charter", charter_schema(), CHARTER)] {
        let path = repository().join(format!("docs/reference/{name}.md"));
        let text = Reference::page(&schema, head);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != text {
            differ.push(path);
        }
    }
    assert!(differ.is_empty(), "{differ:?}: UPDATE_GOLDEN=1 cargo test --test docs writes them");
}
