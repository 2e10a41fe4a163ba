//! A charter for the tests of the inventory.

use std::sync::Arc;

use super::CharterInForce;
use crate::charter::Charter;
use crate::policy::Policy;

/// A charter of two categories, one of them exempt, with these cookies. Its hash is `1`.
pub(super) fn in_force(cookies: &str) -> CharterInForce {
    let text = format!(
        "[charter]\n[[category]]\nid = \"necessary\"\nconsent = \"exempt\"\n[[category]]\nid = \"statistics\"\n\
         consent = \"required\"\n{cookies}"
    );
    let charter = Arc::new(Charter::from_document(&toml::from_str(&text).unwrap()).unwrap());
    let policy = Arc::new(Policy::compile(&charter).unwrap());
    CharterInForce { hash: "1".into(), charter, policy }
}
