//! The placeholders of held frames, in each language of the charter.

use std::sync::Arc;

use super::attribute;

/// The documents that held frames show, ready to be inserted. Made once for each charter.
#[derive(Debug)]
pub struct Placeholders {
    /// At least one.
    languages: Vec<Language>,
}

#[derive(Debug)]
struct Language {
    tag: String,
    /// The frame's attributes, by the index of the third party in the charter; the last is for undeclared third parties.
    parties: Vec<Arc<str>>,
}

impl Placeholders {
    /// Placeholders in these languages (BCP 47), of which the first is the default. Each has an HTML document for each third
    /// party, and a last one for undeclared third parties.
    pub fn new(languages: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let language = |(tag, documents): (String, Vec<String>)| Language {
            tag,
            parties: documents.iter().map(|document| attributes(document).into()).collect(),
        };
        Self { languages: languages.into_iter().map(language).collect() }
    }

    /// The attributes of a frame that shows the placeholder of a third party, in the nearest language.
    pub(super) fn attributes(&self, language: Option<&str>, party: Option<usize>) -> Option<Arc<str>> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let exact = |tag: &str| self.languages.iter().find(|known| known.tag.eq_ignore_ascii_case(tag));
        let variety = |tag: &str| self.languages.iter().find(|known| primary(&known.tag) == primary(tag));
        let found = language.and_then(|tag| exact(tag).or_else(|| variety(tag)));
        let parties = &found.or_else(|| self.languages.first())?.parties;
        party.and_then(|index| parties.get(index)).or_else(|| parties.last()).cloned()
    }
}

/// The attributes of a frame with this document. It runs no script and has an origin of its own; its links may open outside
/// the frame.
fn attributes(document: &str) -> String {
    let document = attribute::written(document);
    format!(
        " srcdoc=\"{document}\" sandbox=\"allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox\""
    )
}
