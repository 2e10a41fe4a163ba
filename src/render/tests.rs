//! Pages of arbitrary charters, and of one that makes almost every sentence appear.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::charter::testing::any_charter;
use crate::charter::{CharterDocument, EMBEDDED, Need};
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
        "Without consent, unless you refuse",
        "These cookies serve anonymous statistics only",
        "You choose about this cookie on its own.",
        "13 months a longer lifetime is shortened",
        "Consent is asked for again since 1 November 2026",
        "At present this rule is only observed",
        "not stated",
        "It holds your choice about cookies: it is always kept. It is set for example.",
        "every name that matches the regular expression ad[0-9]+",
        "You are not asked about it: it is never let through.",
        "You are not asked about these cookies: they are never let through.",
        "let through only if you have agreed to: Statistiques.",
        "They are exempt from consent: AWSALB*",
        "Your choice is kept in the cookie choice and counts for as long as your browser keeps it",
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

/// A charter whose cookies of audience measurement are exempt. `cookies` and `consent` are lines of those tables.
fn measured(cookies: &str, consent: &str) -> String {
    format!(
        "[charter]\nlanguages = [\"en\"]\n[audience_exemption]\nsole_account = true\nno_cross_site_tracking = true\n\
         anonymous_statistics = true\nno_cross_matching = true\n[[category]]\nid = \"statistics\"\n\
         consent = \"required\"\ntitle.en = \"Statistics\"\n{cookies}{consent}"
    )
}

const EXEMPT: &str = "[[cookie]]\nprefix = \"_pk_id.\"\ncategory = \"statistics\"\nanonymous = true\n";
const ASKED: &str = "[[cookie]]\nname = \"_ga\"\ncategory = \"statistics\"\n";
const CONSENT: &str = "[consent]\nformat = \"klaro\"\nkeys = { stats = \"statistics\" }\n";

#[test]
fn exempt_measurement_is_said_to_need_no_consent() {
    let page = sentences(&measured(EXEMPT, CONSENT), Enforcement::Enforce);
    assert!(page.contains("Without consent, unless you refuse"), "{page}");
    assert!(page.contains("set unless you refuse them"), "{page}");
    for promise in ["With your consent only", "These cookies need your agreement"] {
        assert!(!page.contains(promise), "{promise} is in {page}");
    }
}

#[test]
fn what_is_asked_for_stands_apart_from_what_is_not() {
    let page = sentences(&measured(&format!("{ASKED}{EXEMPT}"), CONSENT), Enforcement::Enforce);
    let position = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    let order = ["Without consent, unless you refuse", "_pk_id.*", "With your consent only", "_ga "].map(position);
    assert!(order.is_sorted(), "{order:?} {page}");
    let charter = Charter::from_document(&toml::from_str(&measured(&format!("{ASKED}{EXEMPT}"), CONSENT)).unwrap());
    let page = markdown(&charter.unwrap(), &options("en", Style::Plain)).unwrap();
    assert_eq!(page.matches("\n## Statistics\n").count(), 1, "{page}");
    assert_eq!(page.matches("|---|---|---|---|---|\n").count(), 2, "{page}");
}

/// What nobody can refuse is not said to be refusable: without a banner, without a key, or if no choice ever counts.
#[test]
fn a_refusal_is_promised_only_if_a_choice_can_say_it() {
    for consent in [
        "",
        "[consent]\nformat = \"klaro\"\nkeys = {}\n",
        "[consent]\nformat = \"klaro\"\nundated = \"deny\"\nkeys = { stats = \"statistics\" }\n",
    ] {
        let page = sentences(&measured(EXEMPT, consent), Enforcement::Enforce);
        assert!(!page.contains("unless you refuse"), "{page}");
        assert!(page.contains("No consent needed") && page.contains("set without asking you"), "{page}");
    }
    let own_key = EXEMPT.to_owned() + "key = \"matomo\"\n";
    let page = sentences(&measured(&own_key, "[consent]\nformat = \"klaro\"\nkeys = {}\n"), Enforcement::Enforce);
    assert!(page.contains("unless you refuse"), "{page}");
}

/// Every language says that exempt measurement can be refused, and none that it waits for an agreement.
#[test]
fn each_language_says_it_of_exempt_measurement() {
    for tag in ["fr", "en", "es", "de", "nl", "it"] {
        let charter = Charter::from_document(&toml::from_str(&measured(EXEMPT, CONSENT)).unwrap()).unwrap();
        let page = html(&charter, &options(tag, Style::Plain)).unwrap();
        let words = &words::find(tag).unwrap().categories;
        for (text, is_there) in [(words.refusable, true), (words.refusable_rule, true), (words.required, false)] {
            assert_eq!(page.contains(text), is_there, "{text:?} in {page}");
        }
    }
}

#[test]
fn a_choice_without_a_date_counts_as_long_as_its_cookie_is_kept() {
    let cookie = |lines: &str| format!("[[cookie]]\nname = \"klaro\"\ncategory = \"statistics\"\n{lines}");
    let kept = |lines: &str| sentences(&measured(&cookie(lines), CONSENT), Enforcement::Enforce).replace(' ', "");
    let declared = kept("lifetime = \"13 months\"\n");
    assert!(
        declared.contains(
            &"kept in the cookie klaro and counts for as long as your browser keeps it (declared lifetime: 13 months)"
                .replace(' ', "")
        )
    );
    assert!(!declared.contains("countsfor6months"), "{declared}");
    assert!(kept("").contains("(declaredlifetime:notstated)"));
    let dated = measured(ASKED, &CONSENT.replace("klaro", "opendatasoft"));
    let dated = sentences(&dated, Enforcement::Enforce);
    assert!(dated.contains("counts for 6 months."), "{dated}");
    let denied = CONSENT.replace("keys =", "undated = \"deny\"\nkeys =");
    let page = sentences(&measured(ASKED, &denied), Enforcement::Enforce);
    for sentence in ["Never let through", "does not count"] {
        assert!(page.contains(sentence), "{sentence} is not in {page}");
    }
    assert!(!page.contains("With your consent only"), "{page}");
}

#[test]
fn other_sites_that_nobody_declared_are_spoken_of_as_they_are_held() {
    let party = "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"own\"\npaths = [\"/matomo.js\"]\n\
                 category = \"statistics\"\n[[third_party]]\nid = \"video\"\nhosts = [\"video.example\"]\n\
                 paths = [\"/video.js\"]\ncategory = \"statistics\"\n";
    let page = |undeclared: &str| {
        let charter = measured(ASKED, &format!("{CONSENT}{party}"))
            .replace("[charter]\n", &format!("[charter]\nundeclared = \"{undeclared}\"\n"))
            .replace("[[cookie]]", "[[category]]\nid = \"needed\"\nconsent = \"exempt\"\n[[cookie]]");
        sentences(&charter, Enforcement::Enforce).replace(' ', "")
    };
    for (undeclared, said) in [
        ("deny", "allowed to ask those that are listed here, and no others."),
        ("full-consent", "and any other only if you have agreed to everything that you are asked about"),
        ("statistics", "and any other only if you have agreed to: Statistics."),
        ("needed", "and any other as well."),
    ] {
        assert!(page(undeclared).contains(&said.replace(' ', "")), "{said} is not in {}", page(undeclared));
    }
    let page = page("deny");
    assert!(page.contains("own(/matomo.js):askedonlyifyouhaveagreedto:Statistics"), "{page}");
    let (others, own) = page.split_once("Onthissiteitself").expect("a part for the site's own paths");
    let (own, _) = own.split_once("Howtochoose").expect("the next section");
    assert!(others.contains("video(video.example)") && !others.contains("matomo.js"), "{others}");
    assert!(own.contains("video(/video.js)") && !own.contains("video.example"), "{own}");
}

#[test]
fn the_cookie_of_another_site_is_promised_only_if_that_site_is_held() {
    let page = |domain: &str, party: &str| {
        let cookie = format!("[[cookie]]\nname = \"YSC\"\ncategory = \"statistics\"\ndomain = \"{domain}\"\n");
        let charter = measured(&cookie, &format!("{CONSENT}{party}"))
            .replace("[charter]\n", "[charter]\nsite = \"data.example.fr\"\n")
            .replace("[[cookie]]", "[[category]]\nid = \"needed\"\nconsent = \"exempt\"\n[[cookie]]");
        sentences(&charter, Enforcement::Enforce).contains("This site does not hold it back")
    };
    let declared = |category: &str| {
        format!(
            "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"youtube\"\nhosts = [\"www.youtube.com\"]\n\
             category = \"{category}\"\n"
        )
    };
    assert!(page(".youtube.com", ""));
    assert!(page(".youtube.com", &declared("needed")));
    assert!(!page(".youtube.com", &declared("statistics")));
    assert!(!page(".youtube.com", "[third_parties]\nlevel = \"policy\"\n"));
    assert!(!page(".example.fr", ""));
}

#[test]
fn a_date_keeps_the_space_behind_it_in_markdown() {
    let charter = Charter::from_document(&toml::from_str(EVERY_SENTENCE).unwrap()).unwrap();
    let page = markdown(&charter, &options("fr", Style::Plain)).unwrap();
    assert!(page.contains("depuis le 1er novembre 2026\u{a0}: un accord"), "{page}");
}

/// If somebody edits the page, its tables are imported: what can be refused must not come out as exempt.
#[test]
fn exempt_measurement_of_an_edited_page_is_not_imported_as_exempt() {
    let cookies = format!("{ASKED}{}", EXEMPT.replace("_pk_id.", "visit_"));
    // A title that says nothing of a purpose.
    let charter = measured(&cookies, CONSENT).replace("title.en = \"Statistics\"", "title.en = \"One\"");
    let charter = Charter::from_document(&toml::from_str(&charter).unwrap()).unwrap();
    for tag in ["fr", "en", "es", "de", "nl", "it"] {
        let options = options(tag, Style::Plain);
        let (html, markdown) = (html(&charter, &options).unwrap(), markdown(&charter, &options).unwrap());
        for page in [html.replace("</table>", "</table><p>x</p>"), markdown.replace("\n## ", "\nx\n\n## ")] {
            let draft = import(page.as_bytes(), &Options::default()).unwrap();
            assert!(draft.decisions.iter().any(|decision| decision.message.contains("was edited")), "{page}");
            let mut needs = draft.document.category.iter().map(|category| category.consent);
            assert!(needs.all(|need| need == Some(Need::Required)), "{tag}: {:?}", draft.document.category);
            assert_eq!(draft.document.cookie.len(), 2, "{tag}");
        }
    }
}
