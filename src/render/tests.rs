//! Pages of arbitrary charters, and of one that makes almost every sentence appear.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::charter::testing::any_charter;
use crate::charter::{CharterDocument, EMBEDDED};
use crate::import::{Options, import};

const LANGUAGES: &[&str] = &["fr", "en", "es", "de", "nl", "it", "pt-BR", "ar"];

fn options(language: &str, style: Style) -> PageOptions<'_> {
    PageOptions { language, enforcement: Enforcement::Enforce, style, stylesheets: &[], links: true }
}

/// The text between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).expect("both marks").0
}

fn read(json: &str) -> Charter {
    Charter::from_document(&serde_json::from_str::<CharterDocument>(json).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn html_carries_the_charter_and_none_of_its_markup(
        charter in any_charter(),
        language in select(LANGUAGES),
        style in select(&[Style::Plain, Style::Dsfr][..]),
    ) {
        let page = html(&charter, &options(language, style)).unwrap();
        let start = format!("id=\"{EMBEDDED}\"");
        let element = between(&page, &start, "</script>");
        prop_assert_eq!(read(element.split_once('>').unwrap().1), charter);
        for (markup, times) in [("<script", 1), ("</script>", 1), ("<b>", 0), ("<!--", 0), ("]]>", 0), ("</body>", 1)] {
            prop_assert_eq!(page.matches(markup).count(), times, "{}", markup);
        }
    }

    #[test]
    fn markdown_carries_the_charter_and_none_of_its_markup(charter in any_charter(), language in select(LANGUAGES)) {
        let page = markdown(&charter, &options(language, Style::Plain)).unwrap();
        let comment = between(&page, "<!-- ", " -->");
        prop_assert_eq!(page.matches("<!--").count(), 1);
        prop_assert_eq!(read(&comment[comment.find('{').unwrap()..]), charter);
        let rows = page.lines().filter(|line| line.starts_with("| "));
        for row in rows {
            prop_assert_eq!(row.replace("\\\\", "").replace("\\|", "").matches('|').count(), 6, "{}", row);
        }
        prop_assert!(!page.contains("<b>") && !page.contains("<script"));
    }

    #[test]
    fn a_rendered_page_imports_as_the_same_charter(charter in any_charter(), language in select(LANGUAGES)) {
        let options = options(language, Style::Plain);
        for page in [html(&charter, &options).unwrap(), markdown(&charter, &options).unwrap(), json(&charter).unwrap()] {
            let draft = import(page.as_bytes(), &Options::default()).unwrap();
            prop_assert!(draft.decisions.is_empty());
            prop_assert_eq!(&Charter::from_document(&draft.document).unwrap(), &charter);
        }
    }

    #[test]
    fn json_is_the_charter(charter in any_charter()) {
        prop_assert_eq!(read(&json(&charter).unwrap()), charter);
    }
}

const EVERY_SENTENCE: &str = r#"
[charter]
site = "a.example"
languages = ["en", "fr"]
undeclared = "statistics"
infrastructure = ["AWSALB*"]
[audience_exemption]
sole_account = true
no_cross_site_tracking = true
anonymous_statistics = true
no_cross_matching = true
[[category]]
id = "needed"
consent = "exempt"
title.en = "Needed"
max_lifetime = "13 months"
[[category]]
id = "statistics"
consent = "required"
title.fr = "Statistiques"
asked_since = "2026-11-01"
enforcement = "report-only"
[[category]]
id = "advertising"
consent = "required"
[[cookie]]
name = "session"
category = "needed"
lifetime = "session"
[[cookie]]
name = "long"
category = "needed"
lifetime = "2 years"
[[cookie]]
prefix = "_pk_id."
category = "statistics"
anonymous = true
[[cookie]]
name = "_ga"
category = "statistics"
key = "ga"
lifetime = "13 months"
cap = true
[[cookie]]
name = "choice"
category = "advertising"
domain = "example"
[[cookie]]
regex = "ad[0-9]+"
category = "advertising"
[consent]
format = "klaro"
cookie = "choice"
gpc = "refuse"
keys = { all = "statistics" }
"#;

/// The sentences of a page, as a visitor reads them.
fn sentences(charter: &str, enforcement: Enforcement) -> String {
    let charter = Charter::from_document(&toml::from_str(charter).unwrap()).unwrap();
    let page = html(&charter, &PageOptions { enforcement, ..options("en", Style::Plain) }).unwrap();
    let text = page.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect::<Vec<_>>().join("");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_says_what_is_enforced() {
    let page = sentences(EVERY_SENTENCE, Enforcement::Enforce);
    for sentence in [
        "Cookies on a.example",
        "They are kept for 13 months at most: a longer lifetime is shortened.",
        "session (until you close the browser)",
        "2 years shortened to 13 months",
        "_pk_id.*",
        "* stands for any characters",
        "It serves anonymous statistics only: it is set unless you refuse it.",
        "You choose about this cookie on its own.",
        "13 months a longer lifetime is shortened",
        "Consent is asked for again since 1 November 2026",
        "At present this rule is only observed",
        "not stated",
        "It holds your choice about cookies: it is always kept. It is set for example.",
        "every name that matches the regular expression ad[0-9]+",
        "You are not asked about it: it is never let through.",
        "You are not asked about these cookies: they are never let through.",
        "treated as one of this kind: Statistiques.",
        "They are exempt from consent: AWSALB*",
        "Your choice is kept in the cookie choice and counts for 6 months.",
        "Global Privacy Control",
    ] {
        let sentence = sentence.split(' ').collect::<Vec<_>>();
        let is_there = page.replace(' ', "").contains(&sentence.concat());
        assert!(is_there, "{sentence:?} is not in {page}");
    }
    assert!(!page.contains("At present the rules"), "{page}");
    assert!(
        sentences(EVERY_SENTENCE, Enforcement::ReportOnly)
            .contains("At present the rules on this page are only observed")
    );
}

#[test]
fn a_page_without_a_banner_promises_no_choice() {
    let charter = "[charter]\nlanguages = [\"en\"]\n[[category]]\nid = \"a\"\nconsent = \"required\"\n";
    let page = sentences(charter, Enforcement::Enforce);
    assert!(page.contains("A cookie that this page does not list is never let through."), "{page}");
    assert!(page.contains("This site does not ask for your consent"), "{page}");
    let page = sentences("[charter]\nlanguages = [\"en\"]\n", Enforcement::Enforce);
    assert!(page.contains("This page lists no cookie that needs your consent."), "{page}");
}

#[test]
fn a_page_has_no_sentence_about_what_is_not_enforced() {
    let charter = EVERY_SENTENCE
        .replace("asked_since = \"2026-11-01\"\n", "")
        .replace("max_lifetime = \"13 months\"\n", "asked_since = \"2026-11-01\"\n")
        .replace("gpc = \"refuse\"\n", "");
    let page = sentences(&charter, Enforcement::Enforce);
    // An exempt category is never asked about, and without `cap` no lifetime is shortened.
    for sentence in ["Consent is asked for again", "shortened to", "Global Privacy Control"] {
        assert!(!page.contains(sentence), "{sentence} is in {page}");
    }
    assert!(page.contains("2 years"), "{page}");
    let without = EVERY_SENTENCE
        .replace("prefix = \"_pk_id.\"", "name = \"_pk_id.1\"")
        .replace("infrastructure = [\"AWSALB*\"]\n", "");
    assert!(!sentences(&without, Enforcement::Enforce).contains("stands for any characters"));
}

#[test]
fn a_prefix_is_explained_once_or_said_in_words() {
    let page = |prefix: &str| {
        let charter = EVERY_SENTENCE.replace("prefix = \"_pk_id.\"", &format!("prefix = \"{prefix}\""));
        sentences(&charter.replace("infrastructure = [\"AWSALB*\"]\n", ""), Enforcement::Enforce)
    };
    assert_eq!(page("_pk_id.").matches("stands for any characters").count(), 1);
    // This star is a character of the name.
    let starred = page("_pk*id.");
    assert!(starred.contains("every name that begins with _pk*id."), "{starred}");
    assert!(!starred.contains("stands for any characters"), "{starred}");
}

#[test]
fn a_cap_is_promised_only_of_what_is_shortened() {
    let promised = |cookie: &str| {
        let charter = EVERY_SENTENCE.replace("lifetime = \"13 months\"\ncap = true\n", cookie);
        let page = sentences(&charter, Enforcement::Enforce);
        page.matches("a longer lifetime is shortened").count()
            - page.matches(": a longer lifetime is shortened").count()
    };
    assert_eq!(promised("lifetime = \"13 months\"\ncap = true\n"), 1);
    assert_eq!(promised("lifetime = \"13 months\"\n"), 0);
    assert_eq!(promised("lifetime = \"session\"\n"), 0);
}

#[test]
fn the_page_links_only_to_its_other_languages() {
    let charter = Charter::from_document(&toml::from_str(EVERY_SENTENCE).unwrap()).unwrap();
    let page = html(&charter, &options("en", Style::Plain)).unwrap();
    assert!(page.contains("href=\"?lang=fr\"") && !page.contains("href=\"?lang=en\""), "{page}");
}

#[test]
fn a_third_party_is_listed_with_its_category() {
    let charter = EVERY_SENTENCE.to_owned()
        + "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"a\"\ncategory = \"needed\"\nhosts = [\"a.test\"]\n\
           [[third_party]]\nid = \"b\"\ncategory = \"statistics\"\nhosts = [\"b.test\"]\n";
    let page = sentences(&charter, Enforcement::Enforce).replace(' ', "");
    assert!(page.contains("(a.test):askedwithoutyouragreement"), "{page}");
    assert!(page.contains("(b.test):askedonlyifyouhaveagreedto:Statistiques"), "{page}");
}

#[test]
fn a_text_that_begins_like_a_list_stays_text_in_markdown() {
    let charter = EVERY_SENTENCE
        .replace("title.en = \"Needed\"", "title.en = \"Needed\"\ndescription.en = \"- one\\n\\n+ two\\n\\n1. three\"");
    let charter = Charter::from_document(&toml::from_str(&charter).unwrap()).unwrap();
    let page = markdown(&charter, &options("en", Style::Plain)).unwrap();
    for escaped in ["\n\\- one\n", "\n\\+ two\n", "\n1\\. three\n"] {
        assert!(page.contains(escaped), "{escaped:?} is not in {page}");
    }
}

#[test]
fn a_text_in_another_language_is_marked() {
    let charter = Charter::from_document(&toml::from_str(EVERY_SENTENCE).unwrap()).unwrap();
    let page = html(&charter, &options("en", Style::Plain)).unwrap();
    assert!(page.contains("<span lang=\"fr\" dir=\"auto\">Statistiques</span>"), "{page}");
    let page = html(&charter, &options("pt", Style::Plain)).unwrap();
    assert!(page.contains("<html lang=\"en\">") && page.contains("<a class=\"link\" href=\"?lang=fr\""), "{page}");
}

#[test]
fn durations_and_dates_are_written_in_each_language() {
    let length = |tag: &str, text: &str| words::find(tag).unwrap().time.length(text.parse().unwrap());
    for (tag, text, expected) in [
        ("fr", "13 months", "13 mois"),
        ("fr", "1 year", "1 an"),
        ("de", "24 months", "2 Jahre"),
        ("nl", "2 hours", "2 uur"),
        ("es", "1 minute", "1 minuto"),
        ("it", "2 weeks", "2 settimane"),
        ("en", "90 s", "90 seconds"),
        ("en", "1 day", "1 day"),
    ] {
        assert_eq!(length(tag, text), expected);
    }
    let day = |tag: &str, day| words::find(tag).unwrap().time.date(jiff::civil::date(2026, 11, day));
    assert_eq!(day("fr", 1), "1er novembre 2026");
    assert_eq!(day("es", 2), "2 de noviembre de 2026");
    assert_eq!(day("de-AT", 1), "1. November 2026");
}
