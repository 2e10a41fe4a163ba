//! The keys of TLS session tickets (RFC 5077, RFC 8446 §4.6.1), which replicas share so that a visitor resumes on any of them.
//!
//! A file has one key in each line: 32 random bytes in base64, as `openssl rand -base64 32` writes them. The first encrypts,
//! all decrypt; empty lines and those that begin with `#` say nothing.

use std::fmt;
use std::sync::Arc;

use data_encoding::BASE64;

use super::address::relative;
use super::check::Checker;
use super::source::Source;
use crate::charter::{KeyPath, Problem};

/// More than these were forgotten, not kept.
const MOST_KEYS: usize = 16;
const MAKE_ONE: &str = "make a key with `openssl rand -base64 32`, one in each line; the first encrypts, all decrypt";

/// A key of 256 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketKey([u8; 32]);

impl TicketKey {
    /// The key itself.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for TicketKey {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for TicketKey {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketKey(…)")
    }
}

impl Checker<'_> {
    /// The keys of a file, in its order. `None` if none is named, or one of them is faulty, which is reported.
    pub(super) fn ticket_keys(&mut self, name: Option<&str>, path: &KeyPath) -> Option<Arc<[TicketKey]>> {
        let file = relative(name?, &self.base);
        let text = self.source.text(&file);
        let text = self.take(text, path)?;
        if Source::is_open_to_all(&file) {
            let problem =
                Problem::new(path.clone(), format!("every user of this machine may read `{}`", file.display()));
            self.problems.push(problem.with_help(format!(
                "who has these keys reads what visitors sent: `chmod o= {}`, then change them",
                file.display()
            )));
        }
        match keys(&text) {
            Ok(keys) => Some(keys.into()),
            Err(fault) => {
                let problem = Problem::new(path.clone(), format!("`{}`: {fault}", file.display()));
                self.problems.push(problem.with_help(MAKE_ONE));
                None
            }
        }
    }
}

/// What is wrong with a file of keys. It never says any part of a key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum KeysError {
    #[error("line {0}: expected base64 of 32 bytes, found something else")]
    NoBase64(usize),
    #[error("line {line}: expected a key of 32 bytes, found {bytes}")]
    #[allow(missing_docs)]
    Length { line: usize, bytes: usize },
    #[error("line {0}: this key is there already")]
    Duplicate(usize),
    #[error("it holds no key")]
    None,
    #[error("it holds more than {MOST_KEYS} keys")]
    TooMany,
}

fn keys(text: &str) -> Result<Vec<TicketKey>, KeysError> {
    let mut keys: Vec<TicketKey> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let (number, line) = (index + 1, line.trim());
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let bytes = BASE64.decode(line.as_bytes()).map_err(|_| KeysError::NoBase64(number))?;
        let length = bytes.len();
        let key = <[u8; 32]>::try_from(bytes).map_err(|_| KeysError::Length { line: number, bytes: length })?;
        let key = TicketKey::from(key);
        if keys.contains(&key) {
            return Err(KeysError::Duplicate(number));
        }
        keys.push(key);
    }
    match keys.len() {
        0 => Err(KeysError::None),
        1..=MOST_KEYS => Ok(keys),
        _ => Err(KeysError::TooMany),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(byte: u8, length: usize) -> String {
        BASE64.encode(&vec![byte; length]) + "\n"
    }

    #[test]
    fn keys_are_read_in_order() {
        let text = format!("# today\n{}\n  {}", line(1, 32), line(2, 32));
        let read: Vec<u8> = keys(&text).unwrap().iter().map(|key| key.bytes()[0]).collect();
        assert_eq!(read, [1, 2]);
    }

    #[test]
    fn each_fault_names_its_line_and_no_key() {
        let many: String = (0..17).map(|byte| line(byte, 32)).collect();
        for (text, expected) in [
            (String::new(), KeysError::None),
            ("# nothing\n".to_owned(), KeysError::None),
            (line(1, 32) + "not base64!\n", KeysError::NoBase64(2)),
            (line(1, 48), KeysError::Length { line: 1, bytes: 48 }),
            (line(1, 32) + &line(2, 32) + &line(1, 32), KeysError::Duplicate(3)),
            (many, KeysError::TooMany),
        ] {
            assert_eq!(keys(&text).unwrap_err(), expected);
        }
        assert!(!format!("{:?}", TicketKey([77; 32])).contains("77"));
    }
}
