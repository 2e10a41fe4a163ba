//! What is written reads back, whatever it is, and comments stand where they belong.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;

use super::*;
use crate::charter::{
    BannersDocument, Combine, Enforcement, FormatWord, Gpc, Jurisdiction, KeyTarget, Level, Need, SameSiteWord, Texts,
    UndatedWord,
};
use crate::consent::Format;

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,12}", "[a-z_.*-]{1,9}", "(?s).{0,6}", Just("a\"b\\c\n\t\r\u{7f}\u{0}".to_owned())]
}

fn texts() -> impl Strategy<Value = Texts> {
    btree_map(prop_oneof!["[a-z]{2}", text()], prop_oneof![text(), "[a-z ]{100,140}"], 0..3)
}

fn head() -> impl Strategy<Value = HeadDocument> {
    let jurisdiction = of(prop_oneof![Just(Jurisdiction::Fr), Just(Jurisdiction::Uk)]);
    (text(), jurisdiction, vec(text(), 0..3), text(), vec(text(), 0..3), vec(text(), 0..3)).prop_map(
        |(site, jurisdiction, languages, undeclared, expire_domains, infrastructure)| HeadDocument {
            site,
            jurisdiction,
            languages,
            undeclared,
            expire_domains,
            infrastructure,
            publish: None,
        },
    )
}

fn exemption() -> impl Strategy<Value = AudienceExemptionDocument> {
    any::<[bool; 4]>().prop_map(|[sole_account, no_cross_site_tracking, anonymous_statistics, no_cross_matching]| {
        AudienceExemptionDocument { sole_account, no_cross_site_tracking, anonymous_statistics, no_cross_matching }
    })
}

fn category() -> impl Strategy<Value = CategoryDocument> {
    let need = of(prop_oneof![Just(Need::Exempt), Just(Need::Required)]);
    let enforcement = of(prop_oneof![Just(Enforcement::Enforce), Just(Enforcement::ReportOnly)]);
    (of(text()), need, texts(), texts(), of(text()), enforcement, of(text())).prop_map(
        |(id, consent, title, description, max_lifetime, enforcement, asked_since)| CategoryDocument {
            id,
            consent,
            title,
            description,
            max_lifetime,
            enforcement,
            asked_since,
        },
    )
}

fn cookie() -> impl Strategy<Value = CookieDocument> {
    let same_site = of(prop_oneof![Just(SameSiteWord::Strict), Just(SameSiteWord::None)]);
    let names = vec(of(text()), 10);
    (names, texts(), texts(), any::<[bool; 5]>(), same_site).prop_map(|(names, service, purpose, flags, same_site)| {
        let [name, prefix, glob, regex, category, provider, lifetime, key, domain, path] =
            <[Option<String>; 10]>::try_from(names).unwrap();
        let [cap, anonymous, secure, http_only, _] = flags;
        CookieDocument {
            name,
            prefix,
            glob,
            regex,
            category,
            provider,
            service,
            purpose,
            lifetime,
            cap,
            key,
            domain,
            path,
            anonymous,
            secure,
            http_only,
            same_site,
        }
    })
}

fn keys() -> impl Strategy<Value = Option<std::collections::BTreeMap<String, KeyTarget>>> {
    let target = prop_oneof![text().prop_map(KeyTarget::One), vec(text(), 0..3).prop_map(KeyTarget::Several)];
    of(btree_map(text(), target, 0..3))
}

fn banner() -> impl Strategy<Value = ConsentDocument> {
    let format = (0..Format::ALL.len()).prop_map(|at| FormatWord(Format::ALL[at]));
    let switches = (any::<[bool; 3]>(), of(any::<u32>()), of(any::<u8>()), of(any::<bool>()));
    (format, vec(of(text()), 4), text(), switches, keys(), of(vec(text(), 0..3))).prop_map(
        |(format, words, valid_for, ([undated, gpc, combine], revision, version, disclosed), keys, granted)| {
            let [cookie, path, separator, assign] = <[Option<String>; 4]>::try_from(words).unwrap();
            ConsentDocument {
                format,
                cookie,
                valid_for,
                undated: if undated { UndatedWord::Deny } else { UndatedWord::Allow },
                gpc: if gpc { Gpc::Refuse } else { Gpc::Ignore },
                combine: combine.then_some(Combine::First),
                keys,
                path,
                refused: granted.clone(),
                granted,
                separator,
                assign,
                revision: revision.map(u64::from),
                min_policy_version: version,
                require_disclosed_vendors: disclosed,
            }
        },
    )
}

fn third_parties() -> impl Strategy<Value = Option<ThirdPartiesDocument>> {
    let level = of(prop_oneof![Just(Level::Policy), Just(Level::Pages)]);
    of((level, of(text()), of(0.0..=1.0)).prop_map(|(level, manage_cookies, report_sample)| ThirdPartiesDocument {
        level,
        manage_cookies,
        report_sample,
    }))
}

fn third_party() -> impl Strategy<Value = ThirdPartyDocument> {
    (vec(of(text()), 4), vec(text(), 0..3), vec(text(), 0..3), texts()).prop_map(|(words, hosts, paths, service)| {
        let [id, category, key, website] = <[Option<String>; 4]>::try_from(words).unwrap();
        ThirdPartyDocument { id, hosts, paths, category, key, service, website }
    })
}

fn document() -> impl Strategy<Value = CharterDocument> {
    let banners = of(prop_oneof![
        banner().prop_map(BannersDocument::One),
        vec(banner(), 1..3).prop_map(BannersDocument::Several)
    ]);
    let parties = (third_parties(), vec(third_party(), 0..3));
    (of(head()), of(exemption()), vec(category(), 0..3), vec(cookie(), 0..4), parties, banners).prop_map(
        |(charter, audience_exemption, category, cookie, (third_parties, third_party), consent)| CharterDocument {
            charter,
            audience_exemption,
            category,
            cookie,
            third_parties,
            third_party,
            consent,
        },
    )
}

fn path() -> impl Strategy<Value = KeyPath> {
    let root = KeyPath::default();
    prop_oneof![
        Just(root.clone()),
        Just(root.key("charter").key("site")),
        (0..4_usize).prop_map(|index| KeyPath::default().key("cookie").index(index)),
        (0..4_usize).prop_map(|index| KeyPath::default().key("cookie").index(index).key("purpose").key("fr")),
        Just(root.key("consent").key("keys")),
        Just(root.key("nowhere")),
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back(document in document(), said in vec((path(), "(?s).{0,20}"), 0..6)) {
        let mut comments = Comments::default();
        for (path, text) in said {
            comments.add(path, text);
        }
        let written = document.to_toml(&comments).unwrap();
        let read: CharterDocument = toml::from_str(&written).map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
        prop_assert_eq!(serde_json::to_value(&read).unwrap(), serde_json::to_value(&document).unwrap(), "{}", written);
    }
}

#[test]
fn comments_stand_at_their_keys() {
    let cookie = CookieDocument {
        name: Some("_ga".to_owned()),
        category: Some("statistics".to_owned()),
        purpose: Texts::from([("fr".to_owned(), "Compter".to_owned())]),
        ..CookieDocument::default()
    };
    let charter = Some(HeadDocument::default());
    let document =
        CharterDocument { charter, cookie: vec![CookieDocument::default(), cookie], ..CharterDocument::default() };
    let mut comments = Comments::default();
    let cookie = KeyPath::default().key("cookie").index(1);
    comments.add(KeyPath::default(), "above");
    comments.add(cookie.key("category"), "its category\nin two lines\u{7}");
    comments.add(cookie.key("lifetime"), "not written");
    comments.add(cookie.clone(), "the whole");
    assert_eq!(
        document.to_toml(&comments).unwrap(),
        "# above\n\n[charter]\nsite = \"\"\nlanguages = [\"fr\"]\nundeclared = \"full-consent\"\n\n[[cookie]]\n\n\
         # not written\n# the whole\n[[cookie]]\nname = \"_ga\"\n# its category\n# in two lines\ncategory = \"statistics\"\n\
         purpose = { fr = \"Compter\" }\n"
    );
}
