//! The charter within a rendered page: `charter render` puts it there, `charter import` takes it out again.
//!
//! A digest of the visible text is stored with it. If the page was edited by hand, or is a part of another one, the digest
//! no longer fits, and the visible tables count, because visitors read those.

use sha2::{Digest, Sha256};

use super::block::{Block, Embedded, Page};
use super::html::{self, EMBEDDED_DIGEST};
use super::text;
use crate::charter::{CharterDocument, EMBEDDED};

/// The element for an HTML page whose visible part is `page`: inert, and without a character that could end it. The
/// digest is left empty if the page cannot be read back; an import then reads its tables.
pub fn in_html(document: &CharterDocument, page: &str) -> String {
    let digest = html::read(page).map(|page| digest(&page)).unwrap_or_default();
    let json = json(document);
    format!("<script type=\"application/json\" id=\"{EMBEDDED}\" {EMBEDDED_DIGEST}=\"{digest}\">{json}</script>")
}

/// The comment for a Markdown page whose visible part is `page`.
pub fn in_markdown(document: &CharterDocument, page: &str) -> String {
    let digest = text::read(page, true).map(|page| digest(&page)).unwrap_or_default();
    format!("<!-- {EMBEDDED} {digest} {} -->", json(document))
}

/// The charter as JSON, without characters that could end the element or the comment around it. They only occur in strings,
/// so they can be escaped.
fn json(document: &CharterDocument) -> String {
    let json = document.to_json().unwrap_or_default().to_string();
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace("--", "-\\u002d")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// The charter of an unedited page; `None` if the page has none, or its visible text is another one.
pub(super) fn unchanged(page: &Page) -> Option<CharterDocument> {
    let Embedded { digest: written, json } = page.metadata.embedded.as_ref()?;
    (*written == digest(page)).then(|| serde_json::from_str(json).ok()).flatten()
}

/// The digest of a page from its first heading on: its tables, and every text between and below them. The first 32
/// hexadecimal digits of SHA-256. It detects edits; it does not authenticate anybody.
fn digest(page: &Page) -> String {
    let mut hash = Sha256::new();
    let mut say = |kind: u8, text: &str| {
        hash.update([kind]);
        hash.update(text.as_bytes());
        hash.update([0]);
    };
    let content = page.blocks.iter().skip_while(|block| !matches!(block, Block::Heading { .. }));
    for block in content.filter(|block| !matches!(block, Block::Open(_) | Block::Close)) {
        match block {
            Block::Table(table) => {
                say(2, &table.caption.as_ref().map(super::block::Rich::line).unwrap_or_default());
                for row in &table.rows {
                    for cell in row {
                        say(3, &cell.text.line());
                    }
                    say(4, "");
                }
            }
            block => say(1, &block.text().map(super::block::Rich::line).unwrap_or_default()),
        }
    }
    let digest = hash.finalize();
    data_encoding::HEXLOWER.encode(&digest).chars().take(32).collect()
}
