//! Reads and writes the values of attributes.

use std::fmt::Write as _;

use html5gum::{Token, Tokenizer};

/// The value that browsers read from the text of an attribute: character references are resolved (HTML, "attribute value
/// states").
pub(super) fn read(written: String) -> String {
    if !written.contains('&') {
        return written;
    }
    // A tokenizer of the standard knows its two thousand names, and what may end them.
    let tag = format!("<a a=\"{}\">", written.replace('"', "&quot;"));
    let value = Tokenizer::new(&tag).find_map(|token| match token {
        Ok(Token::StartTag(tag)) => tag.attributes.into_iter().next().map(|(_, value)| value),
        _ => None,
    });
    value.map_or(written, |value| String::from_utf8_lossy(&value).into_owned())
}

/// Encodes a text as a value between double quotes. It is ASCII, so it means the same in every encoding of a page, and no
/// byte of it ends a tag, a quoted string or a comment.
pub(super) fn written(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + text.len() / 4);
    for char in text.chars() {
        if char.is_ascii_alphanumeric() || matches!(char, ' ' | ',' | '.' | ':' | ';' | '#' | '=' | '_') {
            value.push(char);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(value, "&#{};", u32::from(char));
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn character_references_are_resolved_as_in_attributes() {
        for (written, value) in [
            ("https://h/", "https://h/"),
            ("&#104;ttp&colon;&sol;&#x2f;h", "http://h"),
            ("//h?a=1&amp;b=2", "//h?a=1&b=2"),
            // In an attribute, a legacy name without `;` is no reference if a letter, a digit or `=` follows.
            ("//h?a&copy=1&copyx", "//h?a&copy=1&copyx"),
            ("//h?a&lt", "//h?a<"),
            ("ht&Tab;tp:&NewLine;//h", "ht\ttp:\n//h"),
            ("\"&apos;>", "\"'>"),
        ] {
            assert_eq!(read(written.to_owned()), value, "{written}");
        }
    }

    proptest! {
        #[test]
        fn a_written_text_is_read_back(text in any::<String>()) {
            let text = text.replace(['\0', '\r'], "");
            let value = written(&text);
            prop_assert!(value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '));
            prop_assert!(!value.contains(['"', '\'', '<', '>', '`', '\\', '-', '/']));
            // A reference to one of 32 control characters means another one (HTML, "numeric character reference end state").
            if !text.chars().any(char::is_control) {
                prop_assert_eq!(read(value), text);
            }
        }
    }
}
