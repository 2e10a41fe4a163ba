//! Imports whole pages: `tests/golden/import` has each page beside its expected rows.
//!
//! The first line of an expectation is the exit code. A refusal's second line is a part of its reason; a draft's others
//! are its cookies, each with its need, its pattern and its lifetime.

mod mislabelled;

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::charter::{BannersDocument, CookieDocument, Jurisdiction, Need};

fn pages() -> Vec<(PathBuf, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import");
    let mut files: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let is_expected = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "expected");
    let pages = files.iter().filter(|path| !is_expected(path));
    pages.map(|page| (page.clone(), page.with_extension("expected"))).collect()
}

fn told(result: Result<Draft, Refusal>) -> String {
    match result {
        Err(refusal) => format!("2\n{refusal}\n"),
        Ok(draft) => {
            let rows: Vec<_> = draft.document.cookie.iter().map(|cookie| row(&draft.document, cookie)).collect();
            format!("{}\n{}\n", u8::from(!draft.decisions.is_empty()), rows.join("\n"))
        }
    }
}

fn row(document: &CharterDocument, cookie: &CookieDocument) -> String {
    let category = document.category.iter().find(|category| category.id == cookie.category).unwrap();
    let need = if category.consent == Some(Need::Exempt) { "exempt" } else { "required" };
    let names = [("name", &cookie.name), ("prefix", &cookie.prefix), ("glob", &cookie.glob), ("regex", &cookie.regex)];
    let (key, text) = names.into_iter().find_map(|(key, text)| Some((key, text.as_ref()?))).unwrap();
    let lifetime = cookie.lifetime.as_ref().map(|lifetime| format!(" = {lifetime}")).unwrap_or_default();
    format!("{need} {key} {text}{lifetime}")
}

#[test]
fn every_page_comes_out_as_expected() {
    let pages = pages();
    assert!(pages.len() > 25);
    let mut wrong = Vec::new();
    for (page, expected) in pages {
        let told = told(import(&fs::read(&page).unwrap(), &Options::default()));
        let expected = fs::read_to_string(expected).unwrap();
        let is_right = match expected.strip_prefix("2\n") {
            Some(reason) => told.starts_with("2\n") && told.contains(reason.trim()),
            None => told == expected,
        };
        if !is_right {
            wrong.push(format!("{}\n--- expected\n{expected}--- came\n{told}", page.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rows of a draft for a part of a page, without the names of categories.
fn rows(html: &str) -> Vec<String> {
    let page = format!("<html lang=en><title>Cookies</title><h1>Cookies on www.example.fr</h1>{html}");
    let draft = import(page.as_bytes(), &Options::default()).unwrap_or_else(|refusal| panic!("{refusal}: {html}"));
    draft.document.cookie.iter().map(|cookie| row(&draft.document, cookie)).collect()
}

#[test]
fn boxes_are_a_row_only_if_they_are_as_many_as_the_labels() {
    let head = "<div><div>Cookie</div><div>Purpose</div><div>Lifetime</div></div>";
    let whole = "<div><div>_ga</div><div>Statistics</div><div>13 months</div></div>";
    let other = "<div><div>Statistics</div><div>_gid</div></div>";
    assert_eq!(rows(&format!("{head}{whole}")), ["required name _ga = 13 months"]);
    let with_other = rows(&format!("{head}{whole}{other}"));
    assert_eq!(with_other, ["required name _ga = 13 months"], "a row of two cells is none of this table");
}

#[test]
fn a_cookie_is_no_service_of_the_names_behind_it() {
    let row = |name: &str| rows(&format!("<table><tr><th>Name<th>Lifetime<tr><td>{name}<td>1 year</table>"));
    assert_eq!(row("Analytics (_gid)"), ["required name _gid = 1 year"]);
    assert!(row("_ga (_gid)").contains(&"required name _ga = 1 year".to_owned()), "{:?}", row("_ga (_gid)"));
}

#[test]
fn words_beside_a_name_may_speak_against_it() {
    let row = |name: &str| {
        let table = format!("<table><tr><th>Name<th>Purpose<tr><td>{name}<td>Keeps your session open</table>");
        rows(&format!("<h2>Strictly necessary cookies</h2>{table}"))
    };
    for name in ["sid_1", "Session cookie (sid_1)", "sid_1 (session)"] {
        assert_eq!(row(name), ["exempt name sid_1"], "{name}");
    }
    for name in ["Hotjar (sid_1)", "sid_1 (Facebook)", "Advertising: sid_1", "sid_1 – Hotjar", "sid_1 (with consent)"]
    {
        assert_eq!(row(name), ["required name sid_1"], "{name}");
    }
    let card = |name: &str| format!("<h3>{name}</h3><dl><dt>Purpose<dd>Keeps your session open</dl>");
    assert_eq!(rows(&format!("<h2>Necessary cookies</h2>{}", card("Hotjar (sid_1)"))), ["required name sid_1"]);
}

#[test]
fn a_caption_that_names_a_provider_is_judged_as_one() {
    let under = |caption: &str| {
        let table = "<tr><th>Name<th>Purpose<tr><td>sid_1<td>Keeps your session open</table>";
        rows(&format!("<h2>Strictly necessary cookies</h2><table><caption>{caption}</caption>{table}"))
    };
    for caption in ["Stadtwerke Nordtal GmbH", "Cookies set by Northmoor Council", "Ville de Roquevert (Drupal)"] {
        assert_eq!(under(caption), ["exempt name sid_1"], "{caption}");
    }
    for caption in ["Google Ireland Limited", "Newsletter", "Cookies set by videos", "Nordtal GmbH (Chat)"] {
        assert_eq!(under(caption), ["required name sid_1"], "{caption}");
    }
}

#[test]
fn a_caption_below_a_table_is_of_that_table() {
    let figure = |name: &str, caption: &str| {
        let table = format!("<table><tr><th>Name<th>Purpose<tr><td>{name}<td>Keeps your session open</table>");
        format!("<figure><div>{table}</div><figcaption>{caption}</figcaption></figure>")
    };
    let both = figure("sid_1", "Strictly necessary cookies") + &figure("sid_2", "Performance cookies");
    assert_eq!(rows(&both), ["exempt name sid_1", "required name sid_2"]);
    let outside = "<table><tr><th>Name<th>Purpose<tr><td>sid_1<td>Keeps your session open</table>\
        <figure><img><figcaption>Strictly necessary cookies</figcaption></figure>";
    assert_eq!(rows(outside), ["required name sid_1"]);
}

#[test]
fn lifetimes_and_providers_may_speak_against_an_exemption() {
    let row = |provider: &str, lifetime: &str| {
        let head = "<tr><th>Name<th>Provider<th>Purpose<th>Lifetime";
        let cells = format!("<tr><td>sid_1<td>{provider}<td>Keeps your session open<td>{lifetime}");
        let found = rows(&format!("<h2>Strictly necessary cookies</h2><table>{head}{cells}</table>"));
        found[0].starts_with("exempt")
    };
    for (provider, lifetime) in [
        ("Northmoor Trains", "1 year"),
        ("Northmoor Trains", "1 year after the last visit"),
        ("Marketing Northmoor Ltd", "Until the browser is closed"),
    ] {
        assert!(row(provider, lifetime), "{provider}, {lifetime}");
    }
    for (provider, lifetime) in [
        ("our advertising partners", "1 year"),
        ("Annonceurs", "1 year"),
        ("Northmoor Trains", "13 months, only with your consent"),
        ("Northmoor Trains", "1 year after you accept"),
        ("Northmoor Trains", "1 year (optional)"),
    ] {
        assert!(!row(provider, lifetime), "{provider}, {lifetime}");
    }
}

#[test]
fn a_category_has_the_title_of_its_heading_without_a_number() {
    let title = |heading: &str| {
        let page =
            format!("<html lang=en><h2>{heading}</h2><table><tr><th>Name<th>Purpose<tr><td>sid_1<td>Session</table>");
        let draft = import(page.as_bytes(), &Options::default()).unwrap();
        draft.document.category[0].title["en"].clone()
    };
    for heading in ["a) Necessary cookies", "1. Necessary cookies", "A. Necessary cookies", "2) Necessary cookies (5)"]
    {
        assert_eq!(title(heading), "Necessary cookies", "{heading}");
    }
}

#[test]
fn a_heading_that_names_no_cookie_ends_the_exemption_of_the_title_above() {
    let under = |heading: &str, purpose: &str| {
        let table = format!("<table><tr><th>Name<th>Purpose<th>Expiry<tr><td>x_1<td>{purpose}<td>1 day</table>");
        rows(&format!("<h2>Strictly necessary cookies</h2>{heading}{table}"))
    };
    assert_eq!(under("", "Keeps your session open"), ["exempt name x_1 = 1 day"]);
    assert_eq!(under("<h3>Zyx</h3>", ""), ["required name x_1 = 1 day"]);
    assert_eq!(under("<h3>Zyx chat</h3>", "Keeps your session open"), ["required name x_1 = 1 day"]);
    assert_eq!(under("<h3>Zyx for offers</h3>", "Keeps your session open"), ["required name x_1 = 1 day"]);
}

#[test]
fn headings_beyond_the_most_categories_share_one_of_their_own() {
    let part = |at| format!("<h2>Kind{at} cookies</h2><table><tr><th>Name<th>Lifetime<tr><td>c_{at}<td>1 day</table>");
    let page = (0..70).map(part).collect::<Vec<_>>().concat();
    let draft = import(format!("<html lang=en>{page}").as_bytes(), &Options::default()).unwrap();
    let category = |at: usize| draft.document.cookie[at].category.as_deref();
    assert_ne!(category(69), category(0), "consent to one heading must not grant another");
    assert_eq!((category(69), category(60)), (Some("other"), Some("other")));
    assert!(draft.decisions.iter().any(|decision| decision.message.contains("more headings")));
}

#[test]
fn an_edited_page_asks_about_the_cookies_that_became_exempt_in_their_order() {
    let names: Vec<_> = (0..20).map(|at| format!("<tr><td>c_{at}<td>Keeps your session open")).collect();
    let names = names.concat();
    let page = |title: &str| format!("<h1>Cookies</h1><h2>{title}</h2><table><tr><th>Name<th>Purpose{names}</table>");
    let read = |page: &str| import(page.as_bytes(), &Options::default()).unwrap();
    let rendered = read(&page("Statistics")).document;
    let charter = embedded::in_html(&rendered, &page("Statistics"));
    let draft = read(&format!("{}{charter}", page("Strictly necessary cookies")));
    let asked: Vec<_> = draft.decisions.iter().filter(|decision| decision.message.contains("did not")).collect();
    let paths: Vec<_> = asked.iter().map(|decision| decision.path.to_string()).collect();
    let expected: Vec<_> = (0..20).map(|at| KeyPath::default().key("cookie").index(at).to_string()).collect();
    assert_eq!(paths, expected);
}

/// A page whose banner asks by service, with audience measurement and contents of other websites.
const SERVICES: &str = "<h2>Strictly necessary cookies</h2><table><tr><th>Name<th>Purpose\
    <tr><td>tarteaucitron<td>Remembers your choice of cookies<tr><td>localStorage:map<td>Remembers the map</table>\
    <h2>Statistics</h2><table><tr><th>Name<th>Provider<th>Purpose<tr><td>_pk_id.*<td>Matomo<td>Counts visits</table>\
    <h2>Videos</h2><table><tr><th>Name<th>Provider<th>Purpose<tr><td>YSC<td>YouTube<td>Plays videos\
    <tr><td>guest_id<td>X<td>Shows posts<tr><td>_fbp<td>Meta<td>Advertising<tr><td><td>Mapbox<td>Shows maps</table>";

fn drafted(html: &str, options: &Options) -> Draft {
    import(format!("<html lang=en>{html}").as_bytes(), options).unwrap()
}

fn told_of(draft: &Draft, text: &str) -> Vec<String> {
    let told = draft.decisions.iter().filter(|decision| decision.message.contains(text));
    told.map(|decision| format!("{}: {}", decision.path, decision.message)).collect()
}

#[test]
fn another_sites_cookie_has_its_domain_or_a_decision() {
    let draft = drafted(SERVICES, &Options::default());
    let domain = |name: &str| {
        let mut cookies = draft.document.cookie.iter();
        cookies.find(|cookie| cookie.name.as_deref() == Some(name)).unwrap().domain.as_deref()
    };
    assert_eq!((domain("YSC"), domain("guest_id"), domain("_fbp")), (Some("youtube.com"), None, None));
    assert!(told_of(&draft, "`guest_id` is known as X's")[0].contains("write `domain` (x.com, twitter.com)"));
    assert!(told_of(&draft, "`YSC` is known").is_empty() && told_of(&draft, "`_fbp` is known").is_empty());
}

/// Keys of services that the page does not name would grant nothing that it asks about.
#[test]
fn the_keys_of_a_banner_that_asks_by_service_are_those_of_the_page() {
    let keys = |page: &str| {
        let draft = drafted(page, &Options::default());
        let Some(BannersDocument::One(consent)) = draft.document.consent.clone() else { panic!("one banner") };
        let decision = told_of(&draft, "as tarteaucitron writes it").concat();
        (consent.keys.map(|keys| keys.into_keys().collect::<Vec<_>>()), decision)
    };
    let (written, decision) = keys(SERVICES);
    assert_eq!(written, Some(Vec::new()), "`matomo`, as it is shipped, is granted before anybody was asked");
    assert!(decision.contains("names services with the keys matomo, youtube"), "{decision}");
    let (written, _) = keys(&SERVICES.replace("_pk_id.*<td>Matomo", "_ga<td>Google"));
    assert_eq!(written.unwrap(), ["analytics", "gtag", "multiplegtag"]);
}

#[test]
fn what_is_no_cookie_is_listed_beside_the_charter() {
    let draft = drafted(SERVICES, &Options::default());
    assert_eq!(draft.stored.len(), 1, "{:?}", draft.stored);
    assert!(draft.stored[0].contains("map"), "{:?}", draft.stored);
    assert!(draft.to_toml().unwrap().contains("Visitors must be told of it, too"));
    assert!(told_of(&draft, "Mapbox")[0].contains("declare that as a `[[third_party]]`"));
}

#[test]
fn the_law_is_written_if_it_is_said_and_asked_for_if_not() {
    let with = |jurisdiction| drafted(SERVICES, &Options { jurisdiction, ..Options::default() });
    let said = with(Some(Jurisdiction::Fr)).to_toml().unwrap();
    assert!(said.contains("\njurisdiction = \"fr\"\n") && !said.contains("No page says whose law"), "{said}");
    let silent = with(None).to_toml().unwrap();
    assert!(silent.contains("# No page says whose law holds") && !silent.contains("\njurisdiction"), "{silent}");
}

/// A row under an exempt title, with these cells and what follows the table.
fn noted(name: &str, purpose: &str, behind: &str) -> Vec<String> {
    let table = format!("<table><tr><th>Name<th>Purpose<tr><td>{name}<td>{purpose}</table>");
    rows(&format!("<h2>Strictly necessary cookies</h2>{table}{behind}"))
}

#[test]
fn footnotes_count_wherever_they_stand() {
    let against = "Only with your consent.";
    for (name, purpose, behind) in [
        ("sid_1", "Login<sup><a href=#fn1>1</a></sup>", format!("<ol><li id=fn1>{against} <a href=#r>↩</a></ol>")),
        ("sid_1", "Login <a href=#n>[a]</a>", format!("<div id=n><p>{against}</p></div>")),
        ("sid_1", "Login [a]", format!("<p>[a] {against}</p>")),
        ("sid_1", "Login (a)", "<p>(a) nur mit Einwilligung</p>".to_owned()),
        ("sid_1", "Login [1]", format!("<p>Notes<br>[1] {against}</p>")),
        ("sid_1", "Login [1]", format!("<table><tr><td>[1]<td>{against}</table>")),
        ("sid_1", "Login [1]", "<p>[1] Optional.</p>".to_owned()),
        ("sid_1<sup>†</sup>", "Login", "<p>† You can opt out.</p>".to_owned()),
        ("sid_1*", "Login", "<p>* Set only after you have agreed.</p>".to_owned()),
        ("sid_1", "Login", "<p>Note: this cookie is only set with your consent.</p>".to_owned()),
        ("sid_1", "Login<sup>2</sup>", "<p>A footnote that is not there.</p>".to_owned()),
    ] {
        assert_eq!(noted(name, purpose, &behind), ["required name sid_1"], "{name} {purpose} {behind}");
    }
    for (purpose, behind) in [
        ("Login<sup><a href=#fn1>1</a></sup>", "<ol><li id=fn1>Until you log out.</ol>"),
        ("Login [a]", "<p>[a] Until you log out.</p>"),
        ("Login [a]", "<p>[b] Only with your consent.</p>"),
        ("Login", "<p>These cookies need no consent.</p>"),
        ("Login", "<h2>Others</h2><p>These cookies are only set with your consent.</p>"),
    ] {
        assert_eq!(noted("sid_1", purpose, behind), ["exempt name sid_1"], "{purpose} {behind}");
    }
    let markdown =
        |note: &str| format!("## Necessary cookies\n\n|Name|Purpose|\n|--|--|\n|sid_1|Login[^1]|\n\n[^1]: {note}\n");
    let needs = |page: &str| {
        let draft = import(page.as_bytes(), &Options { form: Some(Form::Markdown), ..Options::default() }).unwrap();
        draft.document.category[0].consent
    };
    assert_eq!(needs(&markdown(against)), Some(Need::Required));
    assert_eq!(needs(&markdown("Until you log out.")), Some(Need::Exempt));
}

#[test]
fn titles_that_say_exempt_in_other_words() {
    let under = |title: &str| {
        rows(&format!("<h2>{title}</h2><table><tr><th>Name<th>Purpose<tr><td>sid_1<td>Keeps your session open</table>"))
    };
    for title in [
        "Technisch notwendige Cookies (keine Einwilligung erforderlich, § 25 Abs. 2 TDDDG)",
        "Technisch erforderliche Dienste",
        "Essential services",
        "Needed for the site to work",
        "Témoins essentiels",
        "Vereiste cookies",
        "Cookies nécessaires : votre consentement n'est pas requis",
        "Cookies necesarias (no se requiere consentimiento)",
        "Cookie necessari: nessun consenso richiesto",
    ] {
        assert_eq!(under(title), ["exempt name sid_1"], "{title}");
    }
    for title in [
        "Cookies exemptés sous réserve de votre accord",
        "Cookies essentiels à notre communication",
        "Nicht notwendige Cookies (Einwilligung erforderlich)",
        "Needed for our newsletter to work",
        "External media (only after your agreement)",
        "Non-essential services",
    ] {
        assert_eq!(under(title), ["required name sid_1"], "{title}");
    }
}

#[test]
fn a_short_paragraph_between_two_tables_is_a_title() {
    let table = |name: &str| format!("<table><tr><th>Name<th>Purpose<tr><td>{name}<td>Session</table>");
    let page = format!("<h2>Necessary cookies</h2>{}<p>Cookies of the chatbot</p>{}", table("sid_1"), table("sid_2"));
    assert_eq!(rows(&page), ["exempt name sid_1", "required name sid_2"]);
}

#[test]
fn what_a_cookie_is_for_is_no_name() {
    let row = |name: &str| rows(&format!("<h2>Necessary</h2><table><tr><th>Cookie<th>Lifetime{name}</table>"));
    assert_eq!(row("<tr><td>sid_1<td>1 day<tr><td>Cookie de session<td>1 day"), ["exempt name sid_1 = 1 day"]);
    assert_eq!(row("<tr><td>sid_1<br><small>session</small><td>1 day"), ["exempt name sid_1 = 1 day"]);
}

/// A consent to statistics must not let the cookies of other purposes pass.
#[test]
fn a_generic_heading_takes_no_id_from_one_of_its_rows() {
    let page = "<h2>Our cookies at a glance</h2><table><tr><th>Name<th>Provider<th>Purpose<th>Consent required?\
        <tr><td>tarteaucitron<td>Our own<td>Remembers your choice of cookies<td>No\
        <tr><td>_ga<td>Google<td>Statistics<td>Yes<tr><td>_fbp<td>Meta<td>Targeted advertising<td>Yes</table>";
    let draft = drafted(page, &Options::default());
    assert!(draft.document.category.iter().all(|category| category.id.as_deref() != Some("statistics")));
    let Some(BannersDocument::One(consent)) = draft.document.consent else { panic!("one banner") };
    assert!(consent.keys.unwrap_or_default().is_empty());
}

#[test]
fn an_objection_to_matomo_is_no_banner() {
    let page = |name: &str| {
        format!("<h2>Statistics</h2><table><tr><th>Name<th>Purpose<tr><td>{name}<td>Keeps your objection</table>")
    };
    assert!(drafted(&page("matomo_ignore"), &Options::default()).document.consent.is_none());
    assert!(drafted(&page("mtm_consent"), &Options::default()).document.consent.is_some());
}

#[test]
fn a_claimed_exemption_that_does_not_hold_is_told() {
    let table = "<table><tr><th>Name<th>Purpose<tr><td>_pk_id.*<td>Counts visits</table>";
    for page in [
        format!("<h2>Statistics</h2><p>Matomo is exempt from consent.</p>{table}"),
        format!("<h2>Cookies de mesure d'audience exemptés de consentement</h2>{table}"),
    ] {
        let told = told_of(&drafted(&page, &Options::default()), "[audience_exemption]");
        assert_eq!(told.len(), 1, "{page}");
    }
    let asked = format!("<h2>Our cookies</h2><p>They are only set if you agree.</p>{table}");
    let draft = drafted(&asked, &Options::default());
    assert!(told_of(&draft, "does not say whether").is_empty(), "{:?}", draft.decisions);
}

#[test]
fn a_banner_that_asks_by_service_gets_no_key_of_another_one() {
    let page = |name: &str| {
        let necessary = "<h2>Necessary</h2><table><tr><th>Name<th>Purpose<tr><td>klaro<td>Keeps your choice</table>";
        format!("{necessary}<h2>Statistics</h2><table><tr><th>Name<th>Purpose<tr><td>{name}<td>Counts visits</table>")
    };
    let keys = |name: &str| {
        let Some(BannersDocument::One(consent)) = drafted(&page(name), &Options::default()).document.consent else {
            panic!("one banner")
        };
        consent.keys.unwrap_or_default().into_keys().collect::<Vec<_>>()
    };
    assert_eq!(keys("_pk_id.*"), ["matomo"]);
    assert_eq!(keys("_ga"), ["google-analytics", "googleAnalytics"]);
}
