//! What stands in the place of a held frame, in each language of the charter.

use std::sync::Arc;

use super::attribute;

/// The documents that held frames show, ready to be inserted. Made once, with the charter.
#[derive(Debug)]
pub struct Placeholders {
    /// At least one.
    languages: Vec<Language>,
}

#[derive(Debug)]
struct Language {
    tag: String,
    /// As attributes of the frame: by the place of the third party in the charter; last, those who are not declared.
    parties: Vec<Arc<str>>,
}

impl Placeholders {
    /// Placeholders in these languages (BCP 47), the first one being the default. In each, HTML documents: one for each third
    /// party, and a last one for those who are not declared.
    pub fn new(languages: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let language = |(tag, documents): (String, Vec<String>)| Language {
            tag,
            parties: documents.iter().map(|document| attributes(document).into()).collect(),
        };
        Self { languages: languages.into_iter().map(language).collect() }
    }

    /// The attributes of a frame that shows the placeholder of a third party, in the language that is nearest.
    pub(super) fn attributes(&self, language: Option<&str>, party: Option<usize>) -> Option<Arc<str>> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let exact = |tag: &str| self.languages.iter().find(|known| known.tag.eq_ignore_ascii_case(tag));
        let variety = |tag: &str| self.languages.iter().find(|known| primary(&known.tag) == primary(tag));
        let found = language.and_then(|tag| exact(tag).or_else(|| variety(tag)));
        let parties = &found.or_else(|| self.languages.first())?.parties;
        party.and_then(|place| parties.get(place)).or_else(|| parties.last()).cloned()
    }
}

/// A document in a frame that runs nothing and knows nothing of the page; its links may leave it.
fn attributes(document: &str) -> String {
    let document = attribute::written(document);
    format!(
        " srcdoc=\"{document}\" sandbox=\"allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox\""
    )
}
