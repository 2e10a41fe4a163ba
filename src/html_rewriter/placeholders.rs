//! The placeholders of held frames, in each language of the charter.

use super::attribute;
use crate::render::{PAGE_SLOT, SITE_SLOT};

/// The longest path and query of a page that placeholders link, in bytes: escaped twice, it may be nine times as long.
const LONGEST_TARGET: usize = 1 << 10;

/// The address of a page, for the links of its placeholders: a relative one would follow the page's `<base>`.
#[derive(Debug)]
pub struct PageAddress {
    /// The scheme and the authority.
    site: String,
    /// All but the fragment.
    page: String,
}

impl PageAddress {
    /// The address of the page with this path and query (`target`) on a site with this scheme and authority. If the target is
    /// long, that of the site's first page.
    pub fn new(site: &str, target: &str) -> Self {
        let target = if target.len() > LONGEST_TARGET { "/" } else { target };
        // Placeholders are documents within an attribute.
        let written = |text: &str| attribute::written(&attribute::written(text));
        Self { site: written(site), page: written(&format!("{site}{target}")) }
    }
}

/// The documents that held frames show, ready to be inserted but for the address of the page. Made once for each charter.
#[derive(Debug)]
pub struct Placeholders {
    /// At least one.
    languages: Vec<Language>,
}

#[derive(Debug)]
struct Language {
    tag: String,
    /// The frame's attributes, by the index of the third party in the charter; the last is for undeclared third parties.
    parties: Vec<String>,
}

impl Placeholders {
    /// Placeholders in these languages (BCP 47), of which the first is the default. Each has an HTML document for each third
    /// party, and a last one for undeclared third parties.
    pub fn new(languages: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let language = |(tag, documents): (String, Vec<String>)| Language {
            tag,
            parties: documents.iter().map(|document| attributes(document)).collect(),
        };
        Self { languages: languages.into_iter().map(language).collect() }
    }

    /// The attributes of a frame that shows the placeholder of a third party, in the nearest language.
    pub(super) fn attributes(
        &self,
        language: Option<&str>,
        party: Option<usize>,
        address: &PageAddress,
    ) -> Option<String> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let exact = |tag: &str| self.languages.iter().find(|known| known.tag.eq_ignore_ascii_case(tag));
        let variety = |tag: &str| self.languages.iter().find(|known| primary(&known.tag) == primary(tag));
        let found = language.and_then(|tag| exact(tag).or_else(|| variety(tag)));
        let parties = &found.or_else(|| self.languages.first())?.parties;
        let attributes = party.and_then(|index| parties.get(index)).or_else(|| parties.last())?;
        let fill = |text: &str, slot, address| text.replace(&attribute::written(slot), address);
        Some(fill(&fill(attributes, SITE_SLOT, &address.site), PAGE_SLOT, &address.page))
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
