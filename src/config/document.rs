//! A file's text and its table, and the way back from a key to the line that holds it.
//!
//! The schema is the one that `octroi schema` prints, so an editor and the loader find the same faults.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::environment::Override;
use super::error::{Finding, Severity};
use super::walk::{Fault, Spot, Walked, walk};
use crate::charter::{KeyPath, Problem, Segment};

/// A file, read as far as it can be.
pub(super) struct Document<'a> {
    path: PathBuf,
    text: &'a str,
    table: Spanned<DeTable<'a>>,
    overrides: Vec<Override<'a>>,
    /// Keys whose problem is told already: what follows from them is not.
    told: Vec<KeyPath>,
    well_formed: bool,
}

impl<'a> Document<'a> {
    /// Reads a text, puts the overrides in place, and holds the table against its schema. If the text is no TOML, what
    /// is said beyond that is only what the broken lines cannot have caused.
    pub(super) fn parse(
        path: &Path,
        text: &'a str,
        overrides: Vec<Override<'a>>,
        schema: &Value,
    ) -> (Self, Vec<Finding>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut document =
            Self { path: path.to_owned(), text, table, overrides, told: Vec::new(), well_formed: errors.is_empty() };
        document.put_overrides();
        let mut findings: Vec<Finding> = errors.iter().map(|error| document.syntax(error)).collect();
        let broken: Vec<usize> = findings.iter().map(|finding| finding.line).collect();
        let Walked { faults, deprecated } = walk(document.table.get_ref(), schema);
        if document.well_formed {
            findings.extend(deprecated.iter().map(|problem| document.finding(Severity::Warning, problem, Spot::Key)));
        }
        for fault in faults {
            let finding = document.finding(Severity::Error, &fault.problem, fault.spot);
            if document.is_certain(&fault) && !broken.contains(&finding.line) {
                findings.push(finding);
            }
            document.told.push(disposable(fault));
        }
        findings.sort_by_key(|finding| (finding.line, finding.column));
        (document, findings)
    }

    /// The table as a value, without what is faulty in it; `None` if the text is no TOML.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Option<Result<T, Finding>> {
        if !self.well_formed {
            return None;
        }
        let mut table = self.table.clone();
        for path in &self.told {
            remove(table.get_mut(), &path.0);
        }
        let value = T::deserialize(Deserializer::from(table));
        // The schema is stricter than the types, so this is for what neither foresaw.
        Some(value.map_err(|error| self.syntax(&error)))
    }

    /// What is found at these keys, but for what follows from a problem that is told already, and for notes on a table in
    /// which something is faulty: it was read without that. An override that is wrong is shown as the environment's line, not
    /// the file's.
    pub(super) fn findings(&self, severity: Severity, problems: &[Problem]) -> Vec<Finding> {
        let is_note = severity == Severity::Note;
        let news = |problem: &&Problem| {
            let path = &problem.path;
            !self.told.iter().any(|told| path.is_within(told) || (is_note && table(told) == table(path)))
        };
        problems.iter().filter(news).map(|problem| self.finding(severity, problem, Spot::Value)).collect()
    }

    fn finding(&self, severity: Severity, problem: &Problem, spot: Spot) -> Finding {
        if let Some(source) = self.overrides.iter().find(|source| problem.path.is_within(&source.path)) {
            return source.finding(severity, problem);
        }
        match self.locate(&problem.path, spot) {
            Some(span) => Finding::in_text(severity, &self.path, self.text, self.shown(span), problem),
            None => Finding::of_file(severity, &self.path, problem),
        }
    }

    fn syntax(&self, error: &toml::de::Error) -> Finding {
        let problem = Problem::new(KeyPath::default(), error.message().trim_end());
        match error.span() {
            Some(span) => Finding::in_text(Severity::Error, &self.path, self.text, self.shown(span), &problem),
            None => Finding::of_file(Severity::Error, &self.path, &problem),
        }
    }

    /// Whether a fault is one whatever broken lines may have hidden. They can hide keys, and move them to another table.
    fn is_certain(&self, fault: &Fault) -> bool {
        let is_scalar = |value: &DeValue<'_>| !value.is_table() && !value.is_array();
        match fault.spot {
            Spot::Misspelt => false,
            Spot::Missing => self.well_formed,
            Spot::Key | Spot::Value => self.well_formed || self.value(&fault.problem.path).is_some_and(is_scalar),
        }
    }

    fn value(&self, path: &KeyPath) -> Option<&DeValue<'a>> {
        let (first, rest) = path.0.split_first()?;
        let (_, root) = Here::Table(self.table.get_ref()).step(first)?;
        rest.iter().try_fold(root.get_ref(), |value, segment| Some(Here::at(value).step(segment)?.1.get_ref()))
    }

    /// The span of a key's value, of the key itself, or else of the innermost table around it that is there.
    fn locate(&self, path: &KeyPath, spot: Spot) -> Option<Range<usize>> {
        let (mut span, mut here) = (None, Here::Table(self.table.get_ref()));
        for (depth, segment) in path.0.iter().enumerate() {
            let Some((key, value)) = here.step(segment) else { break };
            let is_key = spot == Spot::Key && depth + 1 == path.0.len();
            span = Some(if is_key { key.unwrap_or(value.span()) } else { value.span() });
            here = Here::at(value.get_ref());
        }
        span.filter(|span| !span.is_empty())
    }

    /// A span within the text, cut at the end of its first line: a caret under one line says enough.
    fn shown(&self, span: Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start.min(self.text.len()));
        let end = self.text.floor_char_boundary(span.end.clamp(start, self.text.len()));
        let line = self.text.get(start..end).and_then(|text| text.split('\n').next()).unwrap_or_default();
        start..start + line.trim_end().len()
    }

    fn put_overrides(&mut self) {
        for source in &self.overrides {
            if let [Segment::Key(table), Segment::Key(key)] = source.path.0.as_slice() {
                let entry = self.table.get_mut().entry(Spanned::new(0..0, table.clone().into()));
                let table = entry.or_insert_with(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
                if let DeValue::Table(table) = table.get_mut() {
                    let name = Spanned::new(0..0, key.clone().into());
                    table.insert(name, Spanned::new(0..0, source.value.clone()));
                }
            }
        }
    }
}

/// Where a walk from the root stands.
enum Here<'d, 'a> {
    Table(&'d DeTable<'a>),
    Array(&'d DeArray<'a>),
    Scalar,
}

impl<'d, 'a> Here<'d, 'a> {
    fn at(value: &'d DeValue<'a>) -> Self {
        match value {
            DeValue::Table(table) => Self::Table(table),
            DeValue::Array(array) => Self::Array(array),
            _ => Self::Scalar,
        }
    }

    /// One step further: the span of the key, and the value.
    fn step(&self, segment: &Segment) -> Option<(Option<Range<usize>>, &'d Spanned<DeValue<'a>>)> {
        match (self, segment) {
            (Self::Table(table), Segment::Key(key)) => {
                let (key, value) = table.get_key_value(key.as_str())?;
                Some((Some(key.span()), value))
            }
            (Self::Array(array), Segment::Index(index)) => Some((None, array.get(*index)?)),
            _ => None,
        }
    }
}

/// The path of the table that a key stands in.
fn table(path: &KeyPath) -> &[Segment] {
    path.0.split_last().map_or(&[], |(_, table)| table)
}

/// The path of what goes with a fault: an element takes its array along, so that no other changes its position.
fn disposable(fault: Fault) -> KeyPath {
    let mut path = fault.problem.path;
    while matches!(path.0.last(), Some(Segment::Index(_))) {
        path.0.pop();
    }
    path
}

fn remove(table: &mut DeTable<'_>, path: &[Segment]) {
    match path {
        [Segment::Key(last)] => drop(table.remove(last.as_str())),
        [Segment::Key(key), rest @ ..] => {
            if let Some(value) = table.get_mut(key.as_str()) {
                remove_inside(value.get_mut(), rest);
            }
        }
        _ => {}
    }
}

fn remove_inside(value: &mut DeValue<'_>, path: &[Segment]) {
    match (value, path) {
        (DeValue::Table(table), _) => remove(table, path),
        (DeValue::Array(array), [Segment::Index(index), rest @ ..]) => {
            if let Some(value) = array.get_mut(*index) {
                remove_inside(value.get_mut(), rest);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `octroi check` says of a text whose schema has one deprecated key, and the text as it is read all the same.
    fn checked(text: &str) -> (Vec<(Severity, String, usize)>, Value) {
        let schema = serde_json::json!({ "properties": { "table": { "type": "object", "properties": {
            "old": { "type": "integer", "deprecated": true, "x-instead": "write `new`" },
            "new": { "type": "integer" },
        } } } });
        let (document, findings) = Document::parse(Path::new("octroi.toml"), text, Vec::new(), &schema);
        let told =
            findings.into_iter().map(|finding| (finding.severity, finding.help.unwrap_or_default(), finding.line));
        (told.collect(), document.read().and_then(Result::ok).unwrap_or_default())
    }

    #[test]
    fn a_deprecated_key_is_read_and_warned_of() {
        let (told, read) = checked("[table]\nnew = 1\nold = 2\n");
        assert_eq!(told, [(Severity::Warning, "write `new`".to_owned(), 3)]);
        assert_eq!(read, serde_json::json!({ "table": { "new": 1, "old": 2 } }));
        assert_eq!(checked("[table]\nnew = 1\n").0, []);
    }

    #[test]
    fn broken_lines_are_told_before_any_deprecation() {
        let (told, _) = checked("[table]\nold = 2\nnew = \n");
        assert!(told.iter().all(|(severity, ..)| *severity == Severity::Error), "{told:?}");
    }
}
