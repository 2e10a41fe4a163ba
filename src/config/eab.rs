//! `eab` of `acme`: the key by which an authority binds an account to one of its customers (external account binding,
//! RFC 8555 §7.3.4).

use std::fmt;

use data_encoding::BASE64URL_NOPAD;

use super::address::relative;
use super::check::Checker;
use super::schema::EabDocument;
use crate::charter::{KeyPath, Problem};

/// What an authority gave its customer.
#[derive(Clone, PartialEq, Eq)]
pub struct EabConfig {
    /// Which customer it is.
    pub key_id: String,
    /// The secret that both know.
    key: Vec<u8>,
}

impl EabConfig {
    /// The secret: the key of an HMAC.
    pub fn key(&self) -> &[u8] {
        &self.key
    }
}

impl fmt::Debug for EabConfig {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EabConfig").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl Checker<'_> {
    /// `None` if there is no such table, or something of it is missing or faulty, which is reported.
    pub(super) fn eab(&mut self, document: Option<&EabDocument>, path: &KeyPath) -> Option<EabConfig> {
        let document = document?;
        let key_id = document.key_id.as_deref().map(str::trim);
        if key_id == Some("") {
            let problem = Problem::new(path.key("key_id"), "this names no key");
            self.problems.push(problem.with_help("write the key id that the certificate authority gave you"));
        }
        let path = path.key("key_file");
        let file = relative(document.key_file.as_deref()?, &self.base);
        let text = self.source.text(&file);
        let text = self.take(text, &path)?;
        self.keep_secret(&file, &path);
        let key = decode(&text);
        if key.is_none() {
            let problem = Problem::new(path, format!("`{}` holds no key in base64url", file.display()));
            self.problems.push(problem.with_help(
                "write the HMAC key that the certificate authority gave you into the file, as it gave it, and nothing else",
            ));
        }
        Some(EabConfig { key_id: key_id?.to_owned(), key: key? })
    }
}

/// What base64url says; some authorities pad it, and some write `+` and `/`.
fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().trim_end_matches('=').replace('+', "-").replace('/', "_");
    BASE64URL_NOPAD.decode(text.as_bytes()).ok().filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_authorities_write_them_and_never_shown() {
        let key = vec![0xfb, 0xff, 0xbf, 1];
        for text in ["-_-_AQ", "-_-_AQ==\n", " +/+/AQ=="] {
            assert_eq!(decode(text), Some(key.clone()), "{text}");
        }
        for text in ["", "\n", "=", "a b", "no key!", "-_-_AQ\n-_-_AQ"] {
            assert_eq!(decode(text), None, "{text}");
        }
        let shown = format!("{:?}", EabConfig { key_id: "kid".to_owned(), key });
        assert_eq!(shown, "EabConfig { key_id: \"kid\", .. }");
    }
}
