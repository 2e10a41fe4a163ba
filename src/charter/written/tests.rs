//! What is written says the same as the charter.

use proptest::prelude::*;

use super::*;
use crate::charter::testing::any_charter;

proptest! {
    #[test]
    fn a_document_says_what_the_charter_says(charter in any_charter()) {
        prop_assert_eq!(Charter::from_document(&charter.document()), Ok(charter));
    }

    #[test]
    fn so_does_its_json(charter in any_charter()) {
        let text = charter.document().to_json().unwrap().to_string();
        let read: CharterDocument = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(Charter::from_document(&read), Ok(charter));
    }
}

#[test]
fn defaults_are_left_out() {
    let text = "[charter]\nsite = \"a.example\"\n[[category]]\nid = \"a\"\nconsent = \"exempt\"\n\
        [[cookie]]\nname = \"x\"\ncategory = \"a\"\n[consent]\nformat = \"klaro\"\nkeys = {}\n";
    let charter = Charter::from_document(&toml::from_str(text).unwrap()).unwrap();
    let expected = serde_json::json!({
        "charter": { "site": "a.example", "languages": ["fr"] },
        "category": [{ "id": "a", "consent": "exempt" }],
        "cookie": [{ "name": "x", "category": "a" }],
        "consent": { "format": "klaro", "keys": {} },
    });
    assert_eq!(charter.document().to_json().unwrap(), expected);
}

#[test]
fn several_banners_share_what_holds_for_all() {
    let text = "[charter]\n[[consent]]\nformat = \"klaro\"\n[[consent]]\nformat = \"orejime\"\ngpc = \"refuse\"\ncombine = \"first\"\n";
    let charter = Charter::from_document(&toml::from_str(text).unwrap()).unwrap();
    assert_eq!(Charter::from_document(&charter.document()), Ok(charter));
}
