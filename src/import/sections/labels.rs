//! Labels of values, which are no titles.

use crate::import::columns::{Role, role};

/// Whether a line is a label with its value, `Purpose: …`.
pub(super) fn is_field(line: &str) -> bool {
    let is_label =
        |label: &str| matches!(role(label), Some((Role::Purpose | Role::Provider | Role::Lifetime | Role::Domain, _)));
    line.split_once(':').is_some_and(|(label, value)| !value.trim().is_empty() && is_label(label))
}

/// Whether a line is the label of a lifetime alone, `Duration:`.
pub(super) fn is_label(line: &str) -> bool {
    let label = line.trim_end_matches([':', ' ']);
    label.len() < line.len() && matches!(role(label), Some((Role::Lifetime, _)))
}
