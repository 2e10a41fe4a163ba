//! Errors and other findings about a configuration, as its operator sees them.
//!
//! All findings are shown at once, so that a file can be corrected in one step.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::Files;
use crate::charter::Problem;

/// A configuration that cannot be used: everything that is wrong with any of its files.
///
/// Its text is made for a terminal, in plain characters: each finding with file, line, column, caret and advice.
#[derive(Debug, thiserror::Error)]
#[error("{}", screen(.findings))]
pub struct ConfigError {
    /// In the order of the files and their lines; at least one is a [`Severity::Error`].
    pub findings: Vec<Finding>,
    /// Every file that was asked for, also those that could not be read.
    pub files: Files,
}

impl ConfigError {
    /// The errors alone, without what they stand in, on one line for a log: `file:line:column: message; …`.
    pub fn summary(&self) -> String {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let told = errors.map(|Finding { file, line, column, message, .. }| {
            // A regular expression's error has lines of its own.
            let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{}:{line}:{column}: {message}", file.display())
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The configuration cannot be used.
    Error,
    /// It can, but probably not as it was meant.
    Warning,
    /// All is well, and could be stricter.
    Note,
}

/// One thing that is wrong or could be better, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// The file, as the operator named it; `environment` for an override.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The key: `site[0].upstream.endpoints[1]`; empty for the file as a whole.
    pub key: String,
    /// What is wrong, and what was expected.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    #[serde(skip)]
    rendered: String,
}

impl Finding {
    /// A finding at `span` of a file's text.
    pub(super) fn in_text(severity: Severity, file: &Path, text: &str, span: Range<usize>, problem: &Problem) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let name = file.display().to_string();
        let snippet = Snippet::source(text).path(&name).annotation(AnnotationKind::Primary.span(span));
        let title = severity.level().primary_title(&problem.message);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |start| start.chars().count()) + 1,
            rendered: render(title.element(snippet), problem),
            ..Self::unplaced(severity, file, problem)
        }
    }

    /// A finding about a file as a whole.
    pub(super) fn of_file(severity: Severity, file: &Path, problem: &Problem) -> Self {
        let origin = Origin::path(file.display().to_string());
        let title = severity.level().primary_title(&problem.message);
        Self { rendered: render(title.element(origin), problem), ..Self::unplaced(severity, file, problem) }
    }

    /// Findings as a terminal shows them, an empty line after each.
    pub fn paragraphs(findings: &[Self]) -> String {
        let mut text = String::new();
        for finding in findings {
            text.push_str(&finding.rendered);
            text.push_str("\n\n");
        }
        text
    }

    fn unplaced(severity: Severity, file: &Path, problem: &Problem) -> Self {
        Self {
            severity,
            file: file.to_owned(),
            line: 1,
            column: 1,
            key: problem.path.to_string(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            rendered: String::new(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered)
    }
}

impl Severity {
    fn level(self) -> Level<'static> {
        match self {
            Self::Error => Level::ERROR,
            Self::Warning => Level::WARNING,
            Self::Note => Level::NOTE,
        }
    }
}

fn render(group: Group<'_>, problem: &Problem) -> String {
    let help = problem.help.as_ref().map(|help| Level::HELP.message(help));
    Renderer::plain().render(&[group.elements(help)])
}

/// All findings, and how many errors there are.
fn screen(findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let plural = if errors == 1 { "" } else { "s" };
    format!("{}{errors} error{plural}", Finding::paragraphs(findings))
}
