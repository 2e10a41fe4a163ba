//! Arbitrary charters, with every key that there is.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;

use super::{
    AudienceExemptionDocument, BannersDocument, CategoryDocument, Charter, CharterDocument, Combine, ConsentDocument,
    CookieDocument, Enforcement, FormatWord, Gpc, HeadDocument, Jurisdiction, KeyTarget, Level, Need, PublishDocument,
    PublishTable, SameSiteWord, Style, Texts, ThirdPartiesDocument, ThirdPartyDocument, UndatedWord,
};
use crate::consent::{Format, FormatOption};

const CATEGORIES: usize = 4;

const HARD: &[&str] = &[
    "</script>", "<!--", "-->", "]]>", "|", "`", "\\", "<b>&amp;", "* a", "# b", "\n\n", "\u{2028}", "{{", "--", "'\"",
];
const LANGUAGES: &[&[&str]] = &[&["fr"], &["en", "fr"], &["pt-BR"], &["ar", "de"]];

/// Any charter; its texts are any text at all.
pub(crate) fn any_charter() -> impl Strategy<Value = Charter> {
    let parts = (
        any_head(),
        proptest::option::of(any::<[bool; 4]>()),
        proptest::collection::vec(any_category(), CATEGORIES),
        proptest::collection::btree_map("[!-:<>-~]{1,12}", any_cookie(), 0..5),
        any_parties(),
        proptest::collection::vec(any_consent(), 0..3),
    );
    parts.prop_map(|(head, exemption, categories, cookies, parties, consent)| {
        let category =
            (0..).zip(categories).map(|(index, category)| CategoryDocument { id: Some(id(index)), ..category });
        let document = CharterDocument {
            charter: Some(head),
            audience_exemption: exemption.map(|[a, b, c, d]| AudienceExemptionDocument {
                sole_account: a,
                no_cross_site_tracking: b,
                anonymous_statistics: c,
                no_cross_matching: d,
            }),
            category: category.collect(),
            cookie: (0..).zip(cookies).map(|(kind, (name, cookie))| named(kind, name, cookie)).collect(),
            third_parties: parties.as_ref().map(|parties| ThirdPartiesDocument {
                level: Some(Level::Pages),
                manage_cookies: Some("#<choose>".to_owned()),
                report_sample: Some(0.25).filter(|_| parties.len() % 2 == 1),
            }),
            third_party: parties.unwrap_or_default(),
            consent: any_banners(consent),
        };
        Charter::from_document(&document).expect("a charter that holds")
    })
}

fn any_parties() -> impl Strategy<Value = Option<Vec<ThirdPartyDocument>>> {
    let party = (0..CATEGORIES, any::<bool>(), any_texts(), 0..3_usize);
    let parties = proptest::collection::vec(party, 0..3).prop_map(|parties| {
        let party =
            |(index, (category, own_key, service, hosts)): (usize, (usize, bool, Texts, usize))| ThirdPartyDocument {
                id: Some(format!("party-{index}")),
                hosts: (0..hosts).map(|host| format!("*.h{host}.party{index}.example")).collect(),
                paths: (hosts..2).map(|path| format!("/p{path}/<party>%2F{index}")).collect(),
                category: Some(id(category)),
                key: own_key.then(|| "own <party>".to_owned()),
                service,
                website: own_key.then(|| "https://party.example/?a=\"&b=<c>".to_owned()),
            };
        parties.into_iter().enumerate().map(party).collect()
    });
    proptest::option::of(parties)
}

/// Text that is hard on whatever writes it into a page.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![2 => "\\PC{0,8}", 2 => select(HARD).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn any_texts() -> impl Strategy<Value = Texts> {
    proptest::collection::btree_map(select(&["fr", "en", "pt-BR", "ar"][..]).prop_map(str::to_owned), any_text(), 0..3)
}

fn any_lifetime() -> impl Strategy<Value = String> {
    (1..5_000_000_u32).prop_map(|seconds| super::Lifetime::Seconds(seconds).to_string())
}

fn any_head() -> impl Strategy<Value = HeadDocument> {
    let languages = select(LANGUAGES);
    let publish = proptest::option::of((any::<bool>(), proptest::collection::vec("/[a-z.<\"]{1,8}", 0..2)));
    (any_text(), select(&[None, Some(Jurisdiction::Fr), Some(Jurisdiction::Uk)][..]), languages, 0..6_usize, publish)
        .prop_map(|(site, jurisdiction, languages, undeclared, publish)| HeadDocument {
            site,
            jurisdiction,
            languages: languages.iter().copied().map(str::to_owned).collect(),
            undeclared: match undeclared {
                0 => "full-consent".to_owned(),
                1 => "deny".to_owned(),
                other => id(other - 2),
            },
            expire_domains: vec!["example.fr".to_owned()],
            infrastructure: vec!["AWSALB*".to_owned(), "<*>".to_owned()],
            publish: publish.map(|(is_table, stylesheets)| {
                let table = PublishTable { path: Some("/c/".to_owned()), style: Style::Dsfr, stylesheets };
                if is_table { PublishDocument::Table(table) } else { PublishDocument::Path("/c".to_owned()) }
            }),
        })
}

fn id(index: usize) -> String {
    format!("kind-{index}")
}

fn any_category() -> impl Strategy<Value = CategoryDocument> {
    let need = select(&[Need::Exempt, Need::Required][..]);
    let enforcement = select(&[None, Some(Enforcement::Enforce), Some(Enforcement::ReportOnly)][..]);
    let asked_since = select(&[None, Some("2026-11-01"), Some("1999-02-28")][..]);
    (need, any_texts(), any_texts(), proptest::option::of(any_lifetime()), enforcement, asked_since).prop_map(
        |(consent, title, description, max_lifetime, enforcement, asked_since)| CategoryDocument {
            id: None,
            consent: Some(consent),
            title,
            description,
            max_lifetime,
            enforcement,
            asked_since: asked_since.map(str::to_owned),
        },
    )
}

fn any_cookie() -> impl Strategy<Value = CookieDocument> {
    let texts = (proptest::option::of(any_text()), any_texts(), any_texts());
    let lifetime = proptest::option::of(prop_oneof![any_lifetime(), Just("session".to_owned())]);
    let same_site = select(&[None, Some(SameSiteWord::Strict), Some(SameSiteWord::None)][..]);
    (0..CATEGORIES, texts, lifetime, any::<[bool; 6]>(), same_site).prop_map(
        |(category, (provider, service, purpose), lifetime, switches, same_site)| CookieDocument {
            category: Some(id(category)),
            provider,
            service,
            purpose,
            cap: switches[0] && lifetime.as_ref().is_some_and(|lifetime| lifetime != "session"),
            lifetime,
            key: switches[1].then(|| "own <key>".to_owned()),
            domain: switches[2].then(|| "example.fr".to_owned()),
            path: switches[2].then(|| "/<p>".to_owned()),
            anonymous: switches[3],
            secure: switches[4],
            http_only: switches[5],
            same_site,
            ..CookieDocument::default()
        },
    )
}

fn named(kind: usize, name: String, cookie: CookieDocument) -> CookieDocument {
    match kind % 4 {
        0 => CookieDocument { name: Some(name), ..cookie },
        1 => CookieDocument { prefix: Some(name), ..cookie },
        2 => CookieDocument { glob: Some(name), ..cookie },
        _ => CookieDocument { regex: Some(name), ..cookie },
    }
}

fn any_consent() -> impl Strategy<Value = ConsentDocument> {
    let keys = proptest::option::of(proptest::collection::btree_map(
        any_text(),
        proptest::collection::vec(0..CATEGORIES, 1..3),
        0..3,
    ));
    (select(Format::ALL), any_lifetime(), any::<[bool; 4]>(), keys, any::<u64>()).prop_map(
        |(format, valid_for, switches, keys, number)| {
            let has = |option| format.options().contains(&option);
            let words = |option, words: &[&str]| {
                (switches[1] && has(option)).then(|| words.iter().copied().map(str::to_owned).collect::<Vec<_>>())
            };
            ConsentDocument {
                format: FormatWord(format),
                cookie: None,
                valid_for,
                undated: if switches[2] { UndatedWord::Deny } else { UndatedWord::Allow },
                gpc: if switches[3] { Gpc::Refuse } else { Gpc::Ignore },
                combine: None,
                keys: keys
                    .map(|keys| keys.into_iter().map(|(key, ids)| (key, target(ids))).collect::<BTreeMap<_, _>>()),
                path: (switches[0] && has(FormatOption::Path)).then(|| "a.<b>".to_owned()),
                granted: words(FormatOption::Granted, &["yes", "<y>"]).or_else(|| {
                    (has(FormatOption::Granted) && format.default_options().granted.is_empty())
                        .then(|| vec!["1".to_owned()])
                }),
                refused: words(FormatOption::Refused, if switches[2] { &[] } else { &["no"] }),
                separator: has(FormatOption::Separator).then(|| ";;".to_owned()),
                assign: has(FormatOption::Assign).then(|| "->".to_owned()),
                revision: has(FormatOption::Revision).then_some(number),
                min_policy_version: has(FormatOption::MinPolicyVersion).then_some(u8::try_from(number % 9).unwrap()),
                require_disclosed_vendors: has(FormatOption::RequireDisclosedVendors).then_some(switches[1]),
            }
        },
    )
}

fn target(ids: Vec<usize>) -> KeyTarget {
    match ids.as_slice() {
        [only] => KeyTarget::One(id(*only)),
        _ => KeyTarget::Several(ids.into_iter().map(id).collect()),
    }
}

/// Each banner has cookies of its own.
fn any_banners(tables: Vec<ConsentDocument>) -> Option<BannersDocument> {
    let mut taken = BTreeSet::new();
    let mut banners = Vec::new();
    for (index, table) in tables.into_iter().enumerate() {
        let table = ConsentDocument { cookie: Some(format!("<{index}>")), ..table };
        let names: BTreeSet<_> =
            table.format.0.names(table.cookie.as_deref()).into_iter().map(|(name, _)| name).collect();
        if taken.is_disjoint(&names) {
            taken.extend(names);
            banners.push(table);
        }
    }
    match banners.as_mut_slice() {
        [] => None,
        [_] => banners.pop().map(BannersDocument::One),
        [first, ..] => {
            first.combine = Some(Combine::First);
            Some(BannersDocument::Several(banners))
        }
    }
}
