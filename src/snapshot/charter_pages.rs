//! A site's charter as pages that are ready to send: made with the snapshot, so that a request only chooses one.
//!
//! `render` makes the page, and `proxy::charter_page` answers with it.

use std::collections::HashSet;

use bytes::Bytes;
use data_encoding::BASE64;
use http::HeaderValue;
use sha2::{Digest, Sha256};

use crate::charter::{Charter, Enforcement, Style};
use crate::config::{path_is, path_lies_under};
use crate::render::{self, PageOptions, RenderError};

/// The pages of a charter that is published (`[charter] publish`), one for each of its languages.
#[derive(Debug)]
pub struct CharterPages {
    /// The path of the page with a slash at its end; what lies under it is octroi's, too.
    folder: String,
    /// The `Content-Security-Policy` of each page.
    pub content_security_policy: HeaderValue,
    /// In the order of the charter's languages; at least one.
    pub languages: Vec<CharterPage>,
}

/// The page in one language.
#[derive(Debug)]
pub struct CharterPage {
    /// The language (BCP 47).
    pub tag: String,
    /// The language for `Content-Language`.
    pub content_language: HeaderValue,
    /// The HTML.
    pub body: Bytes,
    /// A strong validator: the same bytes have the same.
    pub etag: HeaderValue,
}

impl CharterPages {
    /// The pages of a charter; `None` if it is not published.
    pub(super) fn new(charter: &Charter, enforcement: Enforcement) -> Option<Self> {
        let publish = charter.publish.as_ref()?;
        let mut known = HashSet::new();
        let tags = charter.languages.iter().filter(|tag| known.insert(tag.to_ascii_lowercase()));
        let options = |language| PageOptions {
            language,
            enforcement,
            style: publish.style,
            stylesheets: &publish.stylesheets,
            links: true,
        };
        let pages = tags.map(|tag| CharterPage::new(charter, tag, &options(tag))).collect::<Result<Vec<_>, _>>();
        let languages =
            pages.inspect_err(|error| tracing::error!(%error, site = charter.site, "no charter page")).ok()?;
        Some(Self {
            folder: format!("{}/", publish.path.trim_end_matches('/')),
            content_security_policy: content_security_policy(publish.style),
            languages,
        })
    }

    /// Whether octroi answers at this path: the page's, or one below it.
    pub fn own(&self, path: &str) -> bool {
        path_lies_under(path, &self.folder) || self.are_at(path)
    }

    /// Whether the page itself is at this path, with or without a slash at its end.
    pub fn are_at(&self, path: &str) -> bool {
        path_is(path, &self.folder)
    }
}

impl CharterPage {
    fn new(charter: &Charter, tag: &str, options: &PageOptions<'_>) -> Result<Self, RenderError> {
        let body = Bytes::from(render::html(charter, options)?);
        let digest = Sha256::digest(&body);
        let etag = format!("\"{}\"", BASE64.encode(&digest));
        // Neither base64 nor a language tag has a byte that a field cannot hold.
        let field = |text: &str| HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
        Ok(Self { tag: tag.to_owned(), content_language: field(tag), etag: field(&etag), body })
    }
}

/// The page runs nothing and sends nothing. Its own style sheet is allowed by its digest, those of the site by their origin.
fn content_security_policy(style: Style) -> HeaderValue {
    let sheets = match style {
        Style::Plain => format!("style-src 'self' 'sha256-{}'", BASE64.encode(&Sha256::digest(render::STYLE))),
        Style::Dsfr => "style-src 'self'; font-src 'self'; img-src 'self' data:".to_owned(),
    };
    let policy = format!("default-src 'none'; {sheets}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(publish: &str) -> CharterPages {
        let text =
            format!("[charter]\nsite = \"a.example\"\nlanguages = [\"fr\", \"en\", \"FR\"]\npublish = {publish}\n");
        let charter = Charter::from_document(&toml::from_str(&text).unwrap()).unwrap();
        CharterPages::new(&charter, Enforcement::Enforce).unwrap()
    }

    #[test]
    fn what_lies_under_the_path_is_owned_and_only_the_page_is_there() {
        for publish in ["\"/legal/cookies\"", "\"/legal/cookies/\""] {
            let pages = pages(publish);
            for (path, owned, there) in [
                ("/legal/cookies", true, true),
                ("/legal/cookies/", true, true),
                ("/legal/cookies/x", true, false),
                ("/legal/%63ookies", true, true),
                ("//legal/cookies/", true, true),
                ("/x/../legal/cookies", true, true),
                ("/legal/%63ookies/x", true, false),
                ("/legal/cookies/../", true, false),
                ("/legal/cookies-de", false, false),
                ("/legal/", false, false),
                ("/", false, false),
                ("/Legal/cookies", false, false),
            ] {
                assert_eq!((pages.own(path), pages.are_at(path)), (owned, there), "{path}");
            }
        }
    }

    #[test]
    fn there_is_one_page_for_each_language() {
        let pages = pages("{ path = \"/c\", style = \"dsfr\", stylesheets = [\"/dsfr.css\"] }");
        let tags: Vec<_> = pages.languages.iter().map(|page| page.tag.as_str()).collect();
        assert_eq!(tags, ["fr", "en"]);
        assert_ne!(pages.languages[0].etag, pages.languages[1].etag);
        let policy = pages.content_security_policy.to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; font-src 'self'"), "{policy}");
    }
}
