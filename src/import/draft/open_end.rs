//! Names that end as a beginning does, `fbsr_`: banners cut the part off that differs from visitor to visitor.

use crate::charter::NamePattern;

/// Whether a name ends in a hyphen or an underscore.
fn is_open(pattern: &NamePattern) -> bool {
    let letters = |name: &str| name.bytes().filter(u8::is_ascii_alphanumeric).count();
    matches!(pattern, NamePattern::Exact(name) if name.ends_with(['_', '-']) && letters(name) > 2)
}

/// Such a name as a prefix. None is guessed for an exempt cookie, because it would exempt others with it.
pub(super) fn prefix(pattern: NamePattern, is_exempt: bool) -> NamePattern {
    if is_exempt || !is_open(&pattern) { pattern } else { NamePattern::Prefix(pattern.text().to_owned()) }
}

/// What to decide about such a name that is written as it stands.
pub(super) fn question(pattern: &NamePattern) -> Option<String> {
    let name = pattern.text();
    is_open(pattern).then(|| {
        format!("`{name}` ends as a beginning does: if browsers hold it with a suffix, write it as a `prefix`")
    })
}
