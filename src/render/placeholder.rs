//! The placeholder of a held frame: an HTML document without scripts.
//!
//! It names the third party and the consent that is missing, and links to where visitors choose. Relative links would follow
//! the `<base>` of the page around it, so each begins with a slot for the address of the site or of the page.

use askama::Template;
use url::{Position, Url};

use super::RenderError;
use super::page::{Awaited, Writer};
use super::phrase::{Localized, Phrase, Piece};
use super::words::PlaceholderWords;
use crate::charter::{Charter, Enforcement, Style, ThirdParty};

/// The style sheet in a plain placeholder.
const STYLE: &str = include_str!("placeholder.css");

/// The slot for the address of the site: its scheme and authority. No text of a charter has a tag that is not escaped.
pub const SITE_SLOT: &str = "<site>";
/// The slot for the address of the page, without a fragment.
pub const PAGE_SLOT: &str = "<page>";

/// Stands for the site's own host where a link is read. No host has this name (RFC 6761 §6.4).
const OWN_HOST: &str = "site.invalid";

#[derive(Template)]
#[template(path = "render/placeholder.html")]
struct PlaceholderTemplate<'a> {
    language: &'a str,
    title: &'a Localized,
    sentence: &'a Phrase,
    /// The address where visitors choose.
    choose: Option<ChoiceLink>,
    /// The address of the service's own website, and the link's text.
    website: Option<(&'a str, Phrase)>,
    words: &'static PlaceholderWords,
    /// The style sheet in the document; empty if it has none.
    style: &'static str,
    stylesheets: &'a [String],
    classes: &'static PlaceholderClasses,
}

/// An address, behind the slot that it begins with, if any.
struct ChoiceLink {
    slot: &'static str,
    rest: String,
}

impl ChoiceLink {
    /// Reads a link as one of the site's first page; a fragment is one of the page that is shown.
    fn of(link: &str) -> Self {
        if link.starts_with('#') {
            return Self { slot: PAGE_SLOT, rest: link.to_owned() };
        }
        let url = Url::parse(&format!("https://{OWN_HOST}/")).and_then(|site| site.join(link)).ok();
        match url.filter(|url| url.host_str() == Some(OWN_HOST)) {
            Some(own) => Self { slot: SITE_SLOT, rest: own[Position::BeforePath..].to_owned() },
            None => Self { slot: "", rest: link.to_owned() },
        }
    }
}

/// The class names of a placeholder's elements.
struct PlaceholderClasses {
    main: &'static str,
    title: &'static str,
    text: &'static str,
    choose: &'static str,
    website: &'static str,
}

const PLAIN: PlaceholderClasses = PlaceholderClasses {
    main: "placeholder",
    title: "placeholder-title",
    text: "placeholder-text",
    choose: "placeholder-choose",
    website: "placeholder-website",
};

/// The classes of the consent manager of the DSFR.
const DSFR: PlaceholderClasses = PlaceholderClasses {
    main: "fr-consent-placeholder",
    title: "fr-h6 fr-mb-2v",
    text: "fr-mb-3v",
    choose: "fr-btn",
    website: "fr-link",
};

/// The placeholder of a third party, or of undeclared ones (`None`), in a language (BCP 47). It has the class names and style
/// sheets of the charter's `[publish]`. Links to the site begin with [`SITE_SLOT`] or [`PAGE_SLOT`].
///
/// # Errors
/// The template fails, which no known charter causes.
pub fn placeholder(charter: &Charter, party: Option<&ThirdParty>, language: &str) -> Result<String, RenderError> {
    let writer = Writer::new(charter, language, Enforcement::Enforce);
    let words = &writer.words.placeholders;
    let title =
        party.map_or_else(|| Localized { text: words.title.to_owned(), language: None }, |party| writer.service(party));
    let awaited = awaited(&writer, party);
    let is_offered = matches!(awaited, Awaited::Category(_) | Awaited::All);
    let sentence = match awaited {
        Awaited::Category(category) => Phrase::filled(words.asked, [Piece::Text(writer.category_title(category))]),
        Awaited::All => Phrase::words(words.all),
        Awaited::Nothing(_) | Awaited::Never => Phrase::words(words.never),
    };
    let publish = charter.publish.as_ref();
    let manage = charter.third_parties.as_ref().and_then(|third| third.manage_cookies.as_deref());
    let choose = manage.or_else(|| publish.map(|publish| publish.path.as_str()));
    let style = publish.map_or(Style::Plain, |publish| publish.style);
    let website = party.and_then(|party| party.website.as_deref());
    let template = PlaceholderTemplate {
        language: writer.preference.page,
        title: &title,
        sentence: &sentence,
        choose: choose.filter(|_| is_offered).map(ChoiceLink::of),
        website: website.map(|address| (address, Phrase::filled(words.website, [Piece::Text(title.clone())]))),
        words,
        style: if style == Style::Plain { STYLE } else { "" },
        stylesheets: publish.map_or(&[], |publish| &publish.stylesheets),
        classes: if style == Style::Plain { &PLAIN } else { &DSFR },
    };
    Ok(template.render()?)
}

/// What visitors must agree to before a third party is asked, or one that is not declared.
fn awaited<'a>(writer: &'a Writer<'_>, party: Option<&ThirdParty>) -> Awaited<'a> {
    let Some(party) = party else { return writer.undeclared_waits_for() };
    match writer.charter.categories.get(usize::from(party.category.0)) {
        Some(category) if party.key.is_some() || writer.charter.is_asked(party.category) => Awaited::Category(category),
        _ => Awaited::Never,
    }
}

#[cfg(test)]
mod tests {
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    use super::*;
    use crate::charter::testing::any_charter;

    const CHARTER: &str = r##"
[charter]
languages = ["fr", "en"]
[[category]]
id = "videos"
consent = "required"
title = { fr = "Vidéos & <co>", en = "Videos" }
[[category]]
id = "never"
consent = "required"
[third_parties]
level = "pages"
manage_cookies = "#choose"
[[third_party]]
id = "video"
hosts = ["video.example"]
category = "videos"
service = { fr = "Vidéos \"V\"" }
website = "https://video.example/?a&b"
[[third_party]]
id = "tracker"
hosts = ["tracker.example"]
category = "never"
[consent]
keys = { video = "videos" }
"##;

    fn shown(text: &str, party: Option<usize>, language: &str) -> String {
        let charter = Charter::from_document(&toml::from_str(text).unwrap()).unwrap();
        let parties = &charter.third_parties.as_ref().unwrap().parties;
        placeholder(&charter, party.map(|index| &parties[index]), language).unwrap()
    }

    #[track_caller]
    fn assert_has(text: &str, parts: &[&str]) {
        for part in parts {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn it_names_the_party_the_missing_consent_and_where_to_choose() {
        let french = shown(CHARTER, Some(0), "fr");
        assert_has(
            &french,
            &[
                "lang=\"fr\"",
                "Vidéos &#38; &#60;co&#62;.",
                "href=\"<page>#choose\" target=\"_top\">Gérer",
                "href=\"https://video.example/?a&#38;b\"",
            ],
        );
        assert_has(
            &shown(CHARTER, Some(0), "en"),
            &["lang=\"en\"", "agreed to: Videos.", "<span lang=\"fr\" dir=\"auto\">Vidéos &#34;V&#34;</span>"],
        );
        assert_has(
            &shown(CHARTER, None, "en"),
            &["Content of another website", "everything that you are asked about", "#choose"],
        );
    }

    #[test]
    fn a_party_that_no_choice_grants_has_no_link_to_choose() {
        let denied = CHARTER.replace("[charter]\n", "[charter]\nundeclared = \"deny\"\n");
        for text in [shown(CHARTER, Some(1), "en"), shown(&denied, None, "en")] {
            assert_has(&text, &["do not ask"]);
            assert!(!text.contains("#choose"), "{text}");
        }
    }

    #[test]
    fn it_has_the_style_of_the_published_charter() {
        let publish = "publish = { path = \"/cookies/\", style = \"dsfr\", stylesheets = [\"/dsfr.css\"] }";
        let text = CHARTER
            .replace("[charter]\n", &format!("[charter]\n{publish}\n"))
            .replace("manage_cookies = \"#choose\"", "");
        assert_has(
            &shown(&text, Some(0), "fr"),
            &[
                "<link rel=\"stylesheet\" href=\"<site>/dsfr.css\">",
                "fr-consent-placeholder",
                "href=\"<site>/cookies/\"",
            ],
        );
    }

    #[test]
    fn links_of_the_site_begin_with_its_address() {
        for (link, href) in [
            ("/cookies?a&b", "<site>/cookies?a&#38;b"),
            ("cookies", "<site>/cookies"),
            ("?choose", "<site>/?choose"),
            ("/\u{e9}#x", "<site>/%C3%A9#x"),
            ("#<site>", "<page>#&#60;site&#62;"),
            ("https://choose.example/<page>", "https://choose.example/&#60;page&#62;"),
            ("//choose.example/", "//choose.example/"),
        ] {
            let french = shown(&CHARTER.replace("#choose", link), Some(0), "fr");
            assert_has(&french, &[&format!("href=\"{href}\" target=")]);
        }
    }

    proptest! {
        /// No text of a charter becomes a tag.
        #[test]
        fn every_text_is_escaped(charter in any_charter(), language in "fr|en|ar") {
            let parties = charter.third_parties.iter().flat_map(|third| &third.parties).map(Some).chain([None]);
            for party in parties {
                let document = placeholder(&charter, party, &language).unwrap();
                let mut tags = Tokenizer::new(&document).filter_map(|token| match token {
                    Ok(Token::StartTag(tag)) => Some(String::from_utf8_lossy(&tag.name).into_owned()),
                    _ => None,
                });
                let known = ["html", "head", "title", "link", "style", "body", "main", "h1", "p", "a", "span"];
                prop_assert!(tags.all(|tag| known.contains(&tag.as_str())), "{}", document);
                prop_assert!(document.matches("<a ").count() <= 2);
            }
        }
    }
}
