//! Each kind of change, and who must be told of it.

use proptest::prelude::*;

use super::*;
use crate::charter::Lifetime;
use crate::charter::testing::any_charter;
use crate::policy::Policy;

const CHARTER: &str = r#"
[charter]
site = "a.example"
languages = ["en"]
undeclared = "full-consent"
[[category]]
id = "needed"
consent = "exempt"
title.en = "Needed"
[[category]]
id = "statistics"
consent = "required"
description.en = "We count visits."
max_lifetime = "13 months"
[[cookie]]
name = "session"
category = "needed"
purpose.en = "Remember you."
lifetime = "2 weeks"
[[cookie]]
prefix = "_pk_id."
category = "statistics"
provider = "Matomo"
purpose.en = "Count visits."
lifetime = "6 months"
cap = true
[consent]
format = "klaro"
valid_for = "6 months"
gpc = "refuse"
keys = { matomo = "statistics" }
"#;

fn read(text: &str) -> Charter {
    Charter::from_document(&toml::from_str(text).unwrap()).unwrap()
}

/// What changes if `from` becomes `to`: the kinds, those in capitals that are material, and who is asked again.
fn change(from: &str, to: &str) -> String {
    assert!(CHARTER.contains(from), "{from}");
    let report = between(&read(CHARTER), &read(&CHARTER.replacen(from, to, 1)));
    let kind = |difference: &Difference| {
        let word = serde_json::to_value(difference.kind).unwrap().as_str().unwrap().to_owned();
        if difference.material { word.to_uppercase() } else { word }
    };
    let kinds: Vec<_> = report.differences.iter().map(kind).collect();
    let asked: Vec<_> = report.ask_again.into_iter().collect();
    format!("{} / {}", kinds.join(" "), asked.join(" "))
}

#[test]
fn what_lets_more_through_is_material_and_what_lets_less_through_is_not() {
    for (from, to, expected) in [
        ("6 months\"\ncap", "13 months\"\ncap", "LIFETIME / statistics"),
        ("6 months\"\ncap", "1 month\"\ncap", "lifetime / "),
        ("2 weeks", "session", "lifetime / "),
        ("\"2 weeks\"", "\"3 weeks\"", "LIFETIME / "),
        ("cap = true", "", "CAP / statistics"),
        ("\"Matomo\"", "\"matomo \"", "provider / "),
        ("\"Matomo\"", "\"Google\"", "PROVIDER / statistics"),
        ("provider = \"Matomo\"", "", "provider / "),
        ("\"Count visits.\"", "\"count visits\"", "purpose / "),
        ("\"Count visits.\"", "\"Count visits and profile you.\"", "PURPOSE / statistics"),
        ("purpose.en = \"Count visits.\"", "purpose = { en = \"Count visits.\", fr = \"Compter\" }", "purpose / "),
        ("purpose.en = \"Remember you.\"", "purpose.en = \"Sell you.\"", "PURPOSE / "),
        ("\"We count visits.\"", "\"We count clicks.\"", "PURPOSE / statistics"),
        ("title.en = \"Needed\"", "title.en = \"Necessary\"", "title / "),
        ("max_lifetime = \"13 months\"", "", "LIFETIME / statistics"),
        ("consent = \"exempt\"", "consent = \"required\"", "CONSENT CONSENT / needed"),
        ("consent = \"required\"", "consent = \"exempt\"", "CONSENT CONSENT / "),
        ("category = \"needed\"", "category = \"statistics\"", "CATEGORY CONSENT / statistics"),
        ("undeclared = \"full-consent\"", "undeclared = \"deny\"", "undeclared / "),
        ("undeclared = \"full-consent\"", "undeclared = \"statistics\"", "UNDECLARED / "),
        ("languages", "infrastructure = [\"LB*\"]\nlanguages", "INFRASTRUCTURE / "),
        ("name = \"session\"", "name = \"other\"", "COOKIE cookie / "),
        ("prefix = \"_pk_id.\"", "name = \"_pk_id.1\"", "cookie / "),
        ("[consent]", "[[cookie]]\nname = \"new\"\ncategory = \"statistics\"\n[consent]", "COOKIE / statistics"),
        (
            "[consent]",
            "[[cookie]]\nname = \"_pk_id.1\"\ncategory = \"statistics\"\nlifetime = \"1 day\"\nprovider = \"Matomo\"\npurpose.en = \"Count visits.\"\ncap = true\n[consent]",
            "lifetime / ",
        ),
        ("valid_for = \"6 months\"", "valid_for = \"12 months\"", "CHOICE / "),
        ("gpc = \"refuse\"", "", "CHOICE / "),
        ("matomo = \"statistics\"", "matomo = \"needed\"", "CHOICE / "),
        ("matomo = \"statistics\"", "piano = \"statistics\"", "choice choice / "),
        ("site = \"a.example\"", "site = \"b.example\"", "charter / "),
        ("description.en", "enforcement = \"report-only\"\ndescription.en", "ENFORCEMENT / "),
        ("description.en", "asked_since = \"2026-11-01\"\ndescription.en", "asked-since / "),
    ] {
        assert_eq!(change(from, to), expected, "{from} → {to}");
    }
}

#[test]
fn whom_pages_may_ask_is_compared() {
    let tables = "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"video\"\nhosts = [\"*.video.example\"]\n\
                  category = \"statistics\"\nservice.en = \"Videos\"\n";
    let with = |from: &str, to: &str| read(&format!("{CHARTER}{}", tables.replacen(from, to, 1)));
    let kinds = |before: &Charter, after: &Charter| {
        let differences = between(before, after).differences;
        let kind = |difference: &Difference| (difference.kind, difference.material);
        differences.iter().map(kind).collect::<Vec<_>>()
    };
    let (none, one) = (read(CHARTER), with("", ""));
    assert_eq!(kinds(&none, &one), [(Kind::ThirdParties, false), (Kind::ThirdParty, true)]);
    assert_eq!(kinds(&one, &none), [(Kind::ThirdParties, true), (Kind::ThirdParty, false)]);
    for (from, to, expected) in [
        ("*.video.example", "a.video.example", (Kind::Hosts, false)),
        ("*.video.example", "*.example", (Kind::Hosts, true)),
        ("\"statistics\"", "\"needed\"", (Kind::Category, true)),
        ("\"Videos\"", "\"Films\"", (Kind::Service, true)),
        ("service.en", "key = \"video\"\nservice.en", (Kind::Consent, true)),
    ] {
        assert_eq!(kinds(&one, &with(from, to)), [expected], "{to}");
    }
    let paths = |paths: &str| with("hosts", &format!("paths = [{paths}]\nhosts"));
    assert_eq!(kinds(&one, &paths("\"/a\"")), [(Kind::Paths, false)]);
    assert_eq!(kinds(&paths("\"/a\", \"/b\""), &paths("\"/a\"")), [(Kind::Paths, true)]);
    assert_eq!(kinds(&paths("\"/a/b\""), &paths("\"/a\"")), [(Kind::Paths, false)]);
    let gone = read(&format!("{CHARTER}[third_parties]\nlevel = \"policy\"\n"));
    assert_eq!(kinds(&paths("\"/a\""), &gone), [(Kind::ThirdParty, true)]);
    assert!(between(&one, &with("*.video.example", "*.example")).ask_again.contains("statistics"));
}

#[test]
fn visitors_who_are_asked_again_already_need_not_be() {
    let wider = CHARTER
        .replace("Count visits.", "Profile you.")
        .replace("description.en", "asked_since = \"2026-11-01\"\ndescription.en");
    let report = between(&read(CHARTER), &read(&wider));
    assert!(report.is_material() && report.ask_again.is_empty(), "{report:?}");
    let wider_again = wider.replace("Profile you.", "Sell you.");
    let report = between(&read(&wider), &read(&wider_again));
    assert_eq!(report.ask_again.into_iter().collect::<Vec<_>>(), ["statistics"]);
}

/// Whoever is measured without being asked has agreed to nothing that would have to be asked for again.
#[test]
fn what_no_longer_needs_consent_is_not_asked_for_again() {
    let exemption = "[audience_exemption]\nsole_account = true\nno_cross_site_tracking = true\n\
                     anonymous_statistics = true\nno_cross_matching = true\n[consent]";
    let exempt = CHARTER.replace("cap = true", "cap = true\nanonymous = true").replace("[consent]", exemption);
    let report = between(&read(CHARTER), &read(&exempt));
    assert!(report.is_material() && report.ask_again.is_empty(), "{report:?}");
    let report = between(&read(&exempt), &read(CHARTER));
    assert_eq!(report.ask_again.into_iter().collect::<Vec<_>>(), ["statistics"]);
}

#[test]
fn an_inventory_shows_drift() {
    let charter = read(CHARTER);
    let policy = Policy::compile(&charter).unwrap();
    let seen = |name: &str, in_response, category: Option<&str>| SeenName {
        name: name.to_owned(),
        in_response,
        category: category.map(str::to_owned),
        longest: None,
    };
    let names = [
        seen("_pk_id.*", true, Some("statistics")),
        seen("_ga", true, Some("undeclared")),
        seen("invented", false, None),
        seen("klaro", true, Some("choice")),
    ];
    let report = against_inventory(&charter, &policy, &names);
    let told: Vec<_> =
        report.differences.iter().map(|found| (found.kind, found.subject.as_str(), found.material)).collect();
    let expected = [
        (Kind::SeenUndeclared, "_ga", true),
        (Kind::SeenUndeclared, "invented", false),
        (Kind::NeverSeen, "session", false),
    ];
    assert_eq!(told, expected);
    let report = against_inventory(&charter, &policy, &[seen("session", true, Some("statistics"))]);
    assert!(report.differences[0].kind == Kind::Category && report.is_material());
}

/// A lifetime that octroi shortens is never longer for the visitor.
#[test]
fn an_inventory_shows_who_lives_longer_than_declared() {
    let longer = |charter: &str, name: &str, longest| {
        let charter = read(charter);
        let policy = Policy::compile(&charter).unwrap();
        let seen = SeenName { name: name.to_owned(), in_response: true, category: None, longest: Some(longest) };
        let found = against_inventory(&charter, &policy, &[seen]).differences;
        let of_lives = found.into_iter().filter(|found| found.kind == Kind::Lifetime);
        of_lives.map(|found| (found.from.unwrap(), found.to.unwrap(), found.material)).collect::<Vec<_>>()
    };
    let year = Lifetime::Seconds(365 * 86_400);
    assert_eq!(longer(CHARTER, "session", year), [("2 weeks".to_owned(), "12 months".to_owned(), true)]);
    assert!(longer(CHARTER, "session", Lifetime::Seconds(14 * 86_400)).is_empty());
    assert!(longer(CHARTER, "session", Lifetime::Session).is_empty());
    assert!(longer(CHARTER, "_pk_id.*", year).is_empty(), "it is capped");
    let uncapped = CHARTER.replace("cap = true", "");
    assert_eq!(longer(&uncapped, "_pk_id.*", year).len(), 1);
}

proptest! {
    #[test]
    fn a_charter_does_not_differ_from_itself(charter in any_charter()) {
        prop_assert_eq!(between(&charter, &charter), Report::default());
    }

    #[test]
    fn any_two_charters_can_be_compared(before in any_charter(), after in any_charter()) {
        let report = between(&before, &after);
        prop_assert!(report.ask_again.iter().all(|id| after.categories.iter().any(|category| category.id == *id)));
    }
}
