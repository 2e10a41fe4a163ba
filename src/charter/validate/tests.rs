//! Every key of a charter, and everything that is wrong with one, told by key.

use super::*;
use crate::charter::Combine;
use crate::charter::Gpc;
use crate::charter::{Enforcement, Need};
use crate::consent::{Format, Undated};
use crate::cookie::SameSite;

fn charter(text: &str) -> Result<Charter, Vec<Problem>> {
    let head = if text.contains("[charter]") { "" } else { "[charter]\n" };
    Charter::from_document(&toml::from_str(&format!("{head}{text}")).unwrap())
}

fn problems(text: &str) -> Vec<String> {
    let problems = charter(text).unwrap_err();
    problems.iter().map(|problem| format!("{}: {}", problem.path, problem.message)).collect()
}

const CATEGORIES: &str = r#"
[[category]]
id = "necessary"
consent = "exempt"
[[category]]
id = "statistics"
consent = "required"
"#;

/// Every key of DESIGN §3 for charters that has an effect, with a value that is not its default.
const EVERY_KEY: &str = r#"
[charter]
site = "data.education.gouv.fr"
languages = ["fr", "en"]
undeclared = "statistics"
infrastructure = ["AWSALB*"]

[audience_exemption]
sole_account = true
no_cross_site_tracking = true
anonymous_statistics = true
no_cross_matching = true

[[category]]
id = "necessary"
consent = "exempt"
title = { fr = "Cookies nécessaires", en = "Necessary cookies" }
description = { fr = "…" }

[[category]]
id = "statistics"
consent = "required"
max_lifetime = "13 months"
enforcement = "report-only"

[[cookie]]
name = "_pk_id"
category = "statistics"
provider = "Matomo"
service = { fr = "Mesure d'audience" }
purpose = { fr = "Compter les visites" }
lifetime = "13 mois"
cap = true
key = "matomo"
domain = ".education.gouv.fr"
path = "/explore/"
anonymous = true
secure = true
http_only = true
same_site = "strict"

[[cookie]]
prefix = "_pk_ses."
category = "statistics"
[[cookie]]
glob = "SSESS*"
category = "necessary"
[[cookie]]
regex = "_ga(_.*)?"
category = "statistics"

[consent]
cookie = "choice"
format = "opendatasoft"
valid_for = "12 months"
undated = "deny"
gpc = "refuse"
[consent.keys]
audience = "statistics"
"#;

#[test]
fn every_key_of_a_charter_is_read() {
    let charter = charter(EVERY_KEY).unwrap();
    assert_eq!(
        (charter.site.as_str(), charter.undeclared),
        ("data.education.gouv.fr", Undeclared::As(CategoryIndex(1)))
    );
    assert_eq!(charter.infrastructure, ["AWSALB*"]);
    assert!(charter.audience_exemption.unwrap().holds());
    let statistics = &charter.categories[1];
    assert_eq!((statistics.consent, statistics.enforcement), (Need::Required, Some(Enforcement::ReportOnly)));
    assert_eq!(statistics.max_lifetime, Some(Lifetime::Seconds(393 * 86_400)));
    assert_eq!(charter.categories[0].title["en"], "Necessary cookies");
    let names: Vec<_> = charter.cookies.iter().map(|cookie| (cookie.name.key(), cookie.name.text())).collect();
    assert_eq!(names, [("name", "_pk_id"), ("prefix", "_pk_ses."), ("glob", "SSESS*"), ("regex", "_ga(_.*)?")]);
    let cookie = &charter.cookies[0];
    assert!(cookie.cap && cookie.anonymous && cookie.secure && cookie.http_only);
    assert_eq!((cookie.lifetime, cookie.same_site), (statistics.max_lifetime, Some(SameSite::Strict)));
    assert_eq!((cookie.key.as_deref(), cookie.path.as_deref()), (Some("matomo"), Some("/explore/")));
    assert_eq!((cookie.domain.as_deref(), cookie.provider.as_deref()), (Some(".education.gouv.fr"), Some("Matomo")));
    let consent = &charter.banners[0];
    assert_eq!((consent.cookie.as_deref(), consent.undated, charter.gpc), (Some("choice"), Undated::Deny, Gpc::Refuse));
    assert_eq!(consent.valid_for, Lifetime::Seconds(365 * 86_400));
    assert_eq!(consent.keys, BTreeMap::from([("audience".to_owned(), vec![CategoryIndex(1)])]));
}

#[test]
fn a_charter_has_defaults() {
    let charter =
        charter(&format!("{CATEGORIES}\n[[cookie]]\nname = \"a\"\ncategory = \"necessary\"\n[consent]")).unwrap();
    assert_eq!(
        (charter.languages.as_slice(), charter.undeclared),
        (["fr".to_owned()].as_slice(), Undeclared::FullConsent)
    );
    assert!(charter.audience_exemption.is_none() && charter.infrastructure.is_empty());
    let cookie = &charter.cookies[0];
    assert!(!cookie.cap && !cookie.anonymous && !cookie.secure && !cookie.http_only && cookie.same_site.is_none());
    let consent = &charter.banners[0];
    assert_eq!((consent.cookie.as_deref(), consent.format), (None, Format::Opendatasoft));
    assert_eq!((consent.undated, charter.gpc, charter.combine), (Undated::Allow, Gpc::Ignore, Combine::All));
    assert_eq!(consent.valid_for, Lifetime::Seconds(181 * 86_400));
}

#[test]
fn the_table_of_the_format_maps_to_categories_that_exist() {
    let keys = |categories: &str| charter(&format!("{categories}\n[consent]")).unwrap().banners.remove(0).keys;
    let statistics = ["at", "eulerian", "ga", "matomo", "piano", "xiti"];
    let whole = keys(CATEGORIES);
    assert_eq!(whole["functional_cookies"], [CategoryIndex(0)]);
    assert!(statistics.iter().all(|key| whole[*key] == [CategoryIndex(1)]));
    assert_eq!(whole.len(), 7);
    let (_, half) = CATEGORIES.split_at(CATEGORIES.rfind("[[").unwrap());
    assert_eq!(keys(half).keys().collect::<Vec<_>>(), statistics.iter().collect::<Vec<_>>());
    assert!(charter(&format!("{CATEGORIES}\n[consent.keys]")).unwrap().banners[0].keys.is_empty());
}

#[test]
fn a_word_of_machine_size_holds_the_sets() {
    let categories = |count: usize| {
        let one = |index| format!("[[category]]\nid = \"c{index}\"\nconsent = \"exempt\"\n");
        (0..count).map(one).collect::<Vec<_>>().concat()
    };
    assert!(charter(&categories(56)).is_ok());
    assert_eq!(problems(&categories(57)), ["category[56]: 57 categories, where 56 are the most"]);
    let keys = |count: usize| {
        let keys = (0..count).map(|index| format!("k{index} = \"statistics\"\n")).collect::<Vec<_>>().concat();
        let cookie = "[[cookie]]\nname = \"a\"\ncategory = \"statistics\"\nkey = \"own\"\n";
        format!("{CATEGORIES}{cookie}[consent.keys]\n{keys}")
    };
    assert!(charter(&keys(63)).is_ok());
    assert_eq!(problems(&keys(64)), ["consent.keys: 65 keys of the choice, where 64 are the most"]);
}

#[test]
fn ids_that_octroi_uses_itself_are_taken() {
    for id in RESERVED {
        let problems = problems(&format!("[[category]]\nid = \"{id}\"\nconsent = \"exempt\""));
        assert_eq!(problems, [format!("category[0].id: the category id `{id}` is octroi's own")]);
    }
}

#[test]
fn paths_of_third_parties_are_checked() {
    let with = |first: &str, second: &str| {
        let party =
            |id: &str, places: &str| format!("[[third_party]]\nid = \"{id}\"\n{places}\ncategory = \"statistics\"\n");
        let table = "[third_parties]\nlevel = \"policy\"\n";
        format!("{CATEGORIES}\n{table}{}{}", party("a", first), party("b", second))
    };
    let host = "hosts = [\"a.example\"]";
    assert!(charter(&with("paths = [\"/a\"]", "paths = [\"/a/b\", \"/c\"]")).is_ok());
    for (places, expected) in [
        ("", "third_party[1].hosts"),
        ("paths = [\"/a\", \"matomo.js\"]", "third_party[1].paths[1]"),
        ("paths = [\"/\"]", "third_party[1].paths[0]"),
        ("paths = [\"/matomo.php?x\"]", "third_party[1].paths[0]"),
    ] {
        let told = problems(&with(host, places));
        assert!(told.len() == 1 && told[0].starts_with(&format!("{expected}:")), "{places}: {told:?}");
    }
    let told = problems(&with("paths = [\"/Matomo.js\"]", "paths = [\"/x\", \"//%6datomo.js\"]"));
    assert_eq!(told, ["third_party[1].paths[1]: `//%6datomo.js` is declared twice"]);
}

#[test]
fn what_is_missing_is_told_by_key() {
    assert_eq!(
        problems("[[category]]\n[[cookie]]\nname = \"a\"\n"),
        [
            "category[0].id: `id` is missing",
            "category[0].consent: `consent` is missing",
            "cookie[0].category: `category` is missing"
        ]
    );
}

#[test]
fn what_a_banner_lacks_or_does_not_have_is_told() {
    for (table, expected) in [
        ("[consent]\nformat = \"word\"\ngranted = [\"yes\"]", "consent.cookie"),
        ("[consent]\nformat = \"word\"\ncookie = \"a\"", "consent.granted"),
        ("[consent]\nformat = \"pairs\"\ncookie = \"a\"\nassign = \":\"\ngranted = [\"1\"]", "consent.separator"),
        ("[consent]\nformat = \"pairs\"\ncookie = \"a\"\nseparator = \",\"\ngranted = [\"1\"]", "consent.assign"),
        ("[consent]\nformat = \"json\"\ncookie = \"a\"\npath = \"\"", "consent.path"),
        ("[consent]\nformat = \"word\"\ncookie = \"a\"\ngranted = [\"1\"]\nrefused = [\"1\"]", "consent.refused"),
        ("[consent]\nformat = \"word\"\ncookie = \"a\"\ngranted = [\"\"]", "consent.granted"),
        ("[consent]\nformat = \"klaro\"\nmin_policy_version = 4", "consent.min_policy_version"),
        (
            "[consent]\nformat = \"tcf\"\nkeys = { purpose-1 = [\"necessary\", \"nowhere\"] }",
            "consent.keys.purpose-1[1]",
        ),
        ("[[consent]]\nformat = \"klaro\"\n[[consent]]\nformat = \"klaro\"", "consent[1].cookie"),
        ("[[consent]]\ncombine = \"all\"\n[[consent]]\nformat = \"klaro\"\ncombine = \"first\"", "consent[1].combine"),
        ("[[category]]\nid = \"a\"\nconsent = \"required\"\nasked_since = \"November\"", "category[2].asked_since"),
    ] {
        let told = problems(&format!("{CATEGORIES}\n{table}"));
        assert!(told.len() == 1 && told[0].starts_with(&format!("{expected}:")), "{table}: {told:?}");
    }
}
