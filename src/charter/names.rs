//! Names of cookies: which names are possible, and which ones a pattern covers.
//!
//! Used by validation and advice; `policy` compiles the same patterns for speed.

use super::NamePattern;

/// Why no browser ever stores a cookie of this name (RFC 6265bis §5.6); `None` if one can.
pub(super) fn impossible(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.contains([';', '=']) {
        return Some("it holds `;` or `=`");
    }
    if name.starts_with([' ', '\t']) || name.ends_with([' ', '\t']) {
        return Some("it begins or ends with white space");
    }
    if name.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
        return Some("it holds a control character");
    }
    None
}

impl NamePattern {
    /// The key of the file that writes it.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Exact(_) => "name",
            Self::Prefix(_) => "prefix",
            Self::Glob(_) => "glob",
            Self::Regex(_) => "regex",
        }
    }

    /// What the file says after that key.
    pub fn text(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Prefix(text) | Self::Glob(text) | Self::Regex(text) => text,
        }
    }

    /// The pattern on one line, for people: `_pk_id.*`, `/ad[0-9]+/`.
    pub fn shown(&self) -> String {
        match self {
            Self::Exact(name) | Self::Glob(name) => name.clone(),
            Self::Prefix(prefix) => format!("{prefix}*"),
            Self::Regex(regex) => format!("/{regex}/"),
        }
    }

    /// Whether it covers `name`; a regular expression, which only the policy compiles, is taken to cover none.
    pub(crate) fn surely_covers(&self, name: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == name,
            Self::Prefix(prefix) => name.starts_with(prefix.as_str()),
            Self::Glob(glob) => glob_matches(glob.as_bytes(), name.as_bytes()),
            Self::Regex(_) => false,
        }
    }

    /// Whether it covers every name that there can be.
    pub(super) fn covers_all(&self) -> bool {
        match self {
            Self::Exact(_) => false,
            Self::Prefix(prefix) => prefix.is_empty(),
            Self::Glob(glob) => is_any(glob),
            Self::Regex(regex) => matches!(regex.trim_matches(['^', '$']), ".*" | ".+" | "(.*)" | "(.+)"),
        }
    }
}

/// Whether a glob covers every name.
pub(super) fn is_any(glob: &str) -> bool {
    !glob.is_empty() && glob.bytes().all(|byte| byte == b'*')
}

/// Linear but for one step back to the last `*`.
fn glob_matches(glob: &[u8], name: &[u8]) -> bool {
    let (mut rest, mut left) = (glob, name);
    let mut resume = None;
    loop {
        match (rest.split_first(), left.split_first()) {
            (Some((b'*', after)), _) => {
                resume = Some((after, left));
                rest = after;
            }
            (Some((&wanted, after)), Some((&byte, next))) if wanted == b'?' || wanted == byte => {
                (rest, left) = (after, next);
            }
            (None, None) => return true,
            _ => {
                let Some((after, [_, next @ ..])) = resume else { return false };
                resume = Some((after, next));
                (rest, left) = (after, next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_cookie_can_have() {
        for name in ["", "a;b", "a=b", " a", "a\t", "a\nb", "a\u{7f}"] {
            assert!(impossible(name).is_some(), "{name:?}");
        }
        for name in ["sessionid", "a b", "é", "\u{a0}x", "__Host-id", "a\tb", "a\"b"] {
            assert_eq!(impossible(name), None, "{name:?}");
        }
    }

    #[test]
    fn globs() {
        for (glob, name, expected) in [
            ("SSESS*", "SSESSabc", true),
            ("SSESS*", "SESS", false),
            ("*id", "sessionid", true),
            ("a*b*c", "aXbXbc", true),
            ("a*b*c", "aXbXb", false),
            ("_g?", "_ga", true),
            ("_g?", "_g", false),
            ("*", "", true),
            ("", "a", false),
        ] {
            assert_eq!(NamePattern::Glob(glob.to_owned()).surely_covers(name), expected, "{glob} {name}");
        }
    }
}
