//! What a sound charter is warned of, and what it is not.

use super::*;

const CATEGORIES: &str = r#"
[[category]]
id = "necessary"
consent = "exempt"
title = { fr = "Nécessaires" }
[[category]]
id = "statistics"
consent = "required"
title = { fr = "Statistiques" }
"#;

fn warnings(rest: &str) -> Vec<String> {
    let head = if rest.contains("[charter]") { "" } else { "[charter]\n" };
    let document = toml::from_str(&format!("{head}{CATEGORIES}{rest}")).unwrap();
    Charter::from_document(&document).unwrap().warnings().iter().map(|warning| warning.path.to_string()).collect()
}

/// Path and message of every warning.
fn messages(rest: &str) -> Vec<String> {
    let charter = Charter::from_document(&toml::from_str(&format!("{CATEGORIES}{rest}")).unwrap()).unwrap();
    charter.warnings().iter().map(|warning| format!("{}: {}", warning.path, warning.message)).collect()
}

fn cookie(lines: &str) -> String {
    format!("[[cookie]]\n{lines}\n[consent]\n")
}

#[test]
fn a_sound_charter_needs_no_warning() {
    assert!(warnings(&cookie("name = \"a\"\ncategory = \"necessary\"")).is_empty());
    assert!(warnings(&cookie("name = \"a\"\ncategory = \"statistics\"")).is_empty());
}

#[test]
fn a_category_to_which_nothing_belongs_is_noted() {
    let noted = |rest: &str| {
        let charter = Charter::from_document(&toml::from_str(&format!("{CATEGORIES}{rest}")).unwrap()).unwrap();
        let of_category = |note: &Problem| note.message.starts_with("no cookie and no third party");
        let notes = charter.recommendations().into_iter().filter(of_category);
        notes.map(|note| note.path.to_string()).collect::<Vec<_>>()
    };
    let cookie = "[[cookie]]\nname = \"a\"\ncategory = \"necessary\"\n";
    assert_eq!(noted(&format!("[charter]\n{cookie}")), ["category[1].id"]);
    assert!(noted("[charter]\n").is_empty());
    assert!(noted(&format!("[charter]\nundeclared = \"statistics\"\n{cookie}")).is_empty());
    let party = "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"x\"\nhosts = [\"x.example\"]\n\
                 category = \"statistics\"\n";
    assert!(noted(&format!("[charter]\n{cookie}{party}")).is_empty());
}

#[test]
fn without_a_choice_nothing_is_granted() {
    assert_eq!(warnings("[[cookie]]\nname = \"a\"\ncategory = \"necessary\""), ["consent"]);
    let unmapped = cookie("name = \"a\"\ncategory = \"statistics\"") + "[consent.keys]\n";
    assert_eq!(warnings(&unmapped), ["cookie[0].category"]);
    let own_key = cookie("name = \"a\"\ncategory = \"statistics\"\nkey = \"k\"") + "[consent.keys]\n";
    assert!(warnings(&own_key).is_empty());
}

#[test]
fn a_category_that_nobody_can_grant_is_told_once() {
    let of = |name: &str| format!("[[cookie]]\nname = \"{name}\"\ncategory = \"statistics\"\n");
    let names = ["a1", "b1", "c1", "d1", "e1"].map(of).concat();
    let told = messages(&format!("[charter]\n{names}[consent]\n[consent.keys]\n"));
    let text = "cookie[0].category: no key of the choice grants this category: the cookie never passes (also `b1`, `c1`, `d1` and `e1`)";
    assert_eq!(told, [text]);
}

#[test]
fn anonymity_needs_the_four_conditions() {
    let anonymous = cookie("name = \"a\"\ncategory = \"statistics\"\nanonymous = true");
    assert_eq!(warnings(&anonymous), ["cookie[0].anonymous"]);
    let three = "[audience_exemption]\nsole_account = true\nno_cross_matching = true\nanonymous_statistics = true\n";
    assert_eq!(warnings(&(anonymous.clone() + three)), ["audience_exemption"]);
    assert!(warnings(&(anonymous + three + "no_cross_site_tracking = true\n")).is_empty());
}

/// Paths and messages of the warnings of a charter in which measurement is exempt.
fn told_of_measurement(rest: &str) -> Vec<String> {
    let exemption = "[audience_exemption]\nsole_account = true\nno_cross_site_tracking = true\n\
                     anonymous_statistics = true\nno_cross_matching = true\n";
    let cookie = "[[cookie]]\nname = \"a\"\ncategory = \"statistics\"\nanonymous = true\n";
    let document = toml::from_str(&format!("[charter]\n{exemption}{CATEGORIES}{cookie}{rest}")).unwrap();
    let warnings = Charter::from_document(&document).unwrap().warnings();
    warnings.iter().map(|warning| format!("{}: {}", warning.path, warning.message)).collect()
}

/// Exempt measurement passes without a key that grants it; nobody can refuse it then.
#[test]
fn measurement_that_nobody_can_refuse_is_told() {
    let always =
        "cookie[0].category: no choice can refuse this cookie: it always passes, as exempt audience measurement";
    assert_eq!(told_of_measurement("[consent]\n[consent.keys]\n"), [always]);
    let keys = "keys = { k = \"statistics\" }\n";
    assert!(told_of_measurement(&format!("[consent]\n{keys}")).is_empty());
    assert!(told_of_measurement("key = \"k\"\n[consent]\n[consent.keys]\n").is_empty());
    let undated = format!("[consent]\nformat = \"klaro\"\nundated = \"deny\"\n{keys}");
    assert!(told_of_measurement(&undated).contains(&always.to_owned()), "{:?}", told_of_measurement(&undated));
    assert!(told_of_measurement("").contains(&always.to_owned()));
}

/// `valid_for` runs from a date; without one, the banner's own cookie is what the law's figure is about.
#[test]
fn an_undated_choice_is_kept_as_long_as_its_cookie() {
    let of = |law: &str, format: &str, lifetime: &str| {
        warnings(&format!(
            "[charter]\njurisdiction = \"{law}\"\n[[cookie]]\nname = \"choice\"\ncategory = \"necessary\"\n\
             lifetime = \"{lifetime}\"\n[consent]\nformat = \"{format}\"\ncookie = \"choice\"\n\
             keys = {{ k = \"statistics\" }}\n"
        ))
    };
    assert_eq!(of("fr", "klaro", "13 months"), ["cookie[0].lifetime"]);
    assert_eq!(of("it", "klaro", "5 months"), ["cookie[0].lifetime"]);
    for (law, format, lifetime) in [
        ("fr", "klaro", "6 months"),
        ("fr", "klaro", "session"),
        ("fr", "opendatasoft", "13 months"),
        ("de", "klaro", "13 months"),
    ] {
        assert!(of(law, format, lifetime).is_empty(), "{law} {format} {lifetime}");
    }
}

#[test]
fn the_cookie_of_another_site_that_nothing_holds_is_told() {
    let of = |domain: &str, rest: &str| {
        let consent = "[consent]\nkeys = { k = \"statistics\" }\n";
        let cookie = format!("[[cookie]]\nname = \"YSC\"\ncategory = \"statistics\"\ndomain = \"{domain}\"\n");
        let told = warnings(&format!("[charter]\nsite = \"data.example.fr\"\n{cookie}{consent}{rest}"));
        told.contains(&"cookie[0].domain".to_owned())
    };
    let party = |category: &str| {
        format!(
            "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"youtube\"\n\
             hosts = [\"*.youtube.com\"]\ncategory = \"{category}\"\n"
        )
    };
    assert!(of(".youtube.com", ""));
    assert!(of("youtube.com", &party("necessary")));
    for held in ["[third_parties]\nlevel = \"policy\"\n", &party("statistics")] {
        assert!(!of(".YouTube.com", held), "{held}");
    }
    for own in ["data.example.fr", ".example.fr", "other.example.fr"] {
        assert!(!of(own, ""), "{own}");
    }
}

#[test]
fn a_pattern_for_everything_exempts_everything() {
    for pattern in ["glob = \"**\"", "regex = \".*\""] {
        let key = pattern.split(' ').next().unwrap();
        assert_eq!(warnings(&cookie(&format!("{pattern}\ncategory = \"necessary\""))), [format!("cookie[0].{key}")]);
        assert!(warnings(&cookie(&format!("{pattern}\ncategory = \"statistics\""))).is_empty());
    }
    let infrastructure = "[charter]\ninfrastructure = [\"AWSALB*\", \"*\"]\n[consent]\n";
    assert_eq!(warnings(infrastructure), ["charter.infrastructure[1]"]);
}

/// Path and message of every warning and note about the banners of a charter.
fn of_banners(rest: &str) -> Vec<String> {
    let document = toml::from_str(&format!("{CATEGORIES}{rest}")).unwrap();
    let charter = Charter::from_document(&document).unwrap();
    let all = charter.warnings().into_iter().chain(charter.recommendations());
    let of_banners = all.filter(|problem| !problem.path.to_string().starts_with("cookie"));
    of_banners.map(|problem| format!("{}: {}", problem.path, problem.message)).collect()
}

#[test]
fn a_choice_is_kept_as_long_as_the_law_says() {
    let kept = |law: &str, months: u8| {
        of_banners(&format!(
            "[charter]\njurisdiction = \"{law}\"\n[consent]\nundated = \"deny\"\nvalid_for = \"{months} months\"\n"
        ))
    };
    assert_eq!(kept("fr", 7), ["consent.valid_for: a choice is kept for longer than 6 months"]);
    assert_eq!(kept("es", 25), ["consent.valid_for: a choice is kept for longer than 24 months"]);
    assert_eq!(kept("it", 5), ["consent.valid_for: a choice is kept for less than 6 months"]);
    for (law, months) in [("fr", 6), ("es", 24), ("it", 6), ("be", 25), ("de", 25), ("uk", 25)] {
        assert!(kept(law, months).is_empty(), "{law} {months}");
    }
    let without =
        |kept: &str| of_banners(&format!("[charter]\n[consent]\nundated = \"deny\"\nvalid_for = \"{kept}\"\n"));
    let longer = "consent.valid_for: a choice is kept for longer than any law that octroi knows a figure of";
    assert_eq!(without("20 years"), [longer]);
    assert!(without("24 months").is_empty());
}

#[test]
fn an_exemption_that_the_law_does_not_know_is_told() {
    let four =
        "sole_account = true\nno_cross_site_tracking = true\nanonymous_statistics = true\nno_cross_matching = true\n";
    let under = |law: &str| {
        of_banners(&format!(
            "[charter]\njurisdiction = \"{law}\"\n[consent]\nundated = \"deny\"\n[audience_exemption]\n{four}"
        ))
        .len()
    };
    assert_eq!([under("fr"), under("uk"), under("be"), under("de")], [0, 0, 1, 1]);
}

#[test]
fn keys_that_nobody_writes_or_everybody_has_are_told() {
    let of = |table: &str| of_banners(&format!("[charter]\n[consent]\n{table}"));
    assert_eq!(
        of("format = \"aspnet\"\nkeys = { al = \"statistics\" }")[0],
        "consent.keys.al: `aspnet` has no key `al`"
    );
    assert_eq!(
        of("format = \"tcf\"\nkeys = { purpose8 = \"statistics\" }"),
        ["consent.keys.purpose8: `tcf` has no key `purpose8`"]
    );
    assert_eq!(
        of("format = \"tcf\"\nkeys = { vendor-99999 = \"statistics\" }"),
        ["consent.keys.vendor-99999: `tcf` has no key `vendor-99999`"]
    );
    assert!(of("format = \"tcf\"\nkeys = { purpose-8 = \"statistics\", vendor-755 = \"statistics\" }").is_empty());
    let on_load = "consent.keys.matomo: `tarteaucitron`, as it is shipped, grants `matomo` before anybody was asked";
    assert!(of("format = \"tarteaucitron\"\nkeys = { matomo = \"statistics\" }").contains(&on_load.to_owned()));
    let shipped = "[charter]\n[[cookie]]\nname = \"a1\"\ncategory = \"statistics\"\n[consent]\nformat = \"tarteaucitron\"\nkeys = { matomo = \"statistics\" }\n";
    assert!(messages(shipped).is_empty(), "what the banner's own settings decide is a note");
    assert!(
        !of("format = \"tarteaucitron\"\nkeys = { matomo = \"necessary\", gtag = \"statistics\" }")
            .contains(&on_load.to_owned())
    );
    let never = of("format = \"klaro\"\nundated = \"deny\"");
    assert_eq!(never, ["consent.undated: no choice ever holds: `klaro` records no date"]);
}

#[test]
fn a_key_that_is_nearly_one_that_the_banner_ships_is_told() {
    let of = |format: &str, key: &str| {
        let keys = format!("[charter]\n[consent]\nformat = \"{format}\"\nkeys = {{ {key} = \"statistics\" }}");
        of_banners(&keys).into_iter().filter(|told| told.contains("usual")).collect::<Vec<_>>()
    };
    let told = "consent.keys.youtub: `youtub` is no usual key of `tarteaucitron`: did you mean `youtube`?";
    assert_eq!(of("tarteaucitron", "youtub"), [told]);
    assert_eq!(of("tarteaucitron", "Vimeo").len(), 1, "keys are compared as they are written");
    assert_eq!(of("cookie-script", "targetting").len(), 1);
    for key in ["youtube", "intercomChat", "our-own-service"] {
        assert!(of("tarteaucitron", key).is_empty(), "{key}");
    }
}

#[test]
fn a_dated_choice_without_its_date_is_told_unless_it_counts_for_nothing() {
    let of = |table: &str| of_banners(&format!("[charter]\n[consent]\n{table}"));
    let told = "consent.undated: a choice of `didomi` that came without its date holds as long as the browser keeps it";
    assert_eq!(of("format = \"didomi\""), [told]);
    assert!(of("format = \"didomi\"\nundated = \"deny\"").is_empty());
    assert!(of("format = \"onetrust\"").is_empty());
}

/// French law lets an exempt measurement live for 13 months; what the proxy shortens is no longer than that.
#[test]
fn exempt_measurement_is_kept_no_longer_than_the_law_says() {
    let of = |law: &str, lifetime: &str, category: &str| {
        let head = format!("[charter]\njurisdiction = \"{law}\"\n[consent]\nundated = \"deny\"\n");
        let statistics = CATEGORIES.replace("id = \"statistics\"\n", &format!("id = \"statistics\"\n{category}"));
        let exemption = "[audience_exemption]\nsole_account = true\nno_cross_site_tracking = true\nanonymous_statistics = true\nno_cross_matching = true\n";
        let cookie = format!(
            "[[cookie]]\nname = \"_pk_id\"\ncategory = \"statistics\"\nanonymous = true\nlifetime = \"{lifetime}\"\n"
        );
        let document = toml::from_str(&format!("{head}{exemption}{statistics}{cookie}")).unwrap();
        let warnings = Charter::from_document(&document).unwrap().warnings();
        warnings.iter().map(|warning| warning.path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(of("fr", "14 months", ""), ["cookie[0].lifetime"]);
    assert!(of("fr", "13 months", "").is_empty());
    assert!(of("fr", "14 months", "max_lifetime = \"13 months\"\n").is_empty());
    assert!(of("uk", "14 months", "").is_empty());
}

#[test]
fn an_exempt_cookie_has_one_purpose() {
    let helps = |pattern: &str, exact: &str| {
        let text = format!(
            "[charter]\n{CATEGORIES}[consent]\n[[cookie]]\nprefix = \"ab\"\ncategory = \"{pattern}\"\n[[cookie]]\nname = \"abc\"\ncategory = \"{exact}\"\n"
        );
        let document = toml::from_str(&text).unwrap();
        let notes = Charter::from_document(&document).unwrap().recommendations();
        notes
            .into_iter()
            .filter(|note| note.path.to_string() == "cookie[0].prefix")
            .filter_map(|note| note.help)
            .collect::<Vec<_>>()
    };
    for (pattern, exact) in [("necessary", "statistics"), ("statistics", "necessary")] {
        assert!(helps(pattern, exact)[0].contains("2020-092, article 6"), "{pattern} {exact}");
    }
    assert!(helps("statistics", "statistics").is_empty());
}

#[test]
fn third_parties_that_a_policy_cannot_tell_apart_are_told() {
    let of = |parties: &str| {
        let text = format!(
            "[charter]\nsite = \"data.example.fr\"\n{CATEGORIES}[third_parties]\nlevel = \"policy\"\n{parties}[consent]\nformat = \"klaro\"\n\
             keys = {{ stats = \"statistics\" }}\n"
        );
        let charter = Charter::from_document(&toml::from_str(&text).unwrap()).unwrap();
        let all = charter.warnings().into_iter().chain(charter.recommendations());
        let paths = all.map(|problem| problem.path.to_string());
        paths.filter(|path| path.starts_with("third_part")).collect::<Vec<_>>()
    };
    let party = |id: &str, hosts: &str, category: &str| {
        format!("[[third_party]]\nid = \"{id}\"\nhosts = [{hosts}]\ncategory = \"{category}\"\n")
    };
    let tiles = party("tiles", "\"*.tiles.example\"", "necessary");
    assert!(of(&format!("{tiles}{}", party("video", "\"video.example\"", "statistics"))).is_empty());
    assert_eq!(of(&party("video", "\"video.example\"", "statistics")), ["third_parties"]);
    let shadowed = party("count", "\"count.tiles.example\"", "statistics");
    assert_eq!(of(&format!("{tiles}{shadowed}")), ["third_party[1].hosts[0]"]);
    assert!(of(&format!("{tiles}{}", party("more", "\"a.tiles.example\"", "necessary"))).is_empty());
    for host in ["\"*.fr\"", "\"*.example.fr\"", "\"data.example.fr\""] {
        assert_eq!(of(&party("wide", host, "necessary")), ["third_party[0].hosts[0]"], "{host}");
    }
    let long = (0..120).map(|count| format!("\"host-number-{count}.example\"")).collect::<Vec<_>>().join(",");
    assert_eq!(of(&party("long", &long, "necessary")), ["third_party"]);
    let own =
        |path: &str| format!("{tiles}[[third_party]]\nid = \"own\"\npaths = [\"{path}\"]\ncategory = \"statistics\"\n");
    assert!(of(&own("/matomo.js")).is_empty() && of(&own("/api/matomo")).is_empty());
    for path in ["/api", "/API/", "/static", "/explore"] {
        assert_eq!(of(&own(path)), ["third_party[1].paths[0]"], "{path}");
    }
    let videos = format!(
        "[[category]]\nid = \"videos\"\nconsent = \"required\"\n{tiles}{}",
        party("v", "\"v.example\"", "videos")
    );
    assert_eq!(of(&videos), ["third_party[1].category"]);
}

/// Names and purposes under an exempt category, in an otherwise sound charter.
fn of_exempt(lines: &str) -> Vec<String> {
    let head = "[charter]\n[consent]\n[[cookie]]\nname = \"plain\"\ncategory = \"necessary\"\n";
    messages(&format!("{head}[[cookie]]\ncategory = \"necessary\"\n{lines}\n"))
}

#[test]
fn a_tracker_under_an_exempt_category_is_told() {
    for (lines, key, shown, owner) in [
        ("name = \"_ga\"", "name", "_ga", "Google Analytics"),
        ("glob = \"_pk_id.*\"", "glob", "_pk_id.*", "Matomo"),
        ("prefix = \"_ga_\"", "prefix", "_ga_*", "Google Analytics"),
        ("glob = \"_ga*\"", "glob", "_ga*", "Google Analytics"),
    ] {
        let text = format!("cookie[1].{key}: `{shown}` is known as a cookie of {owner}, and passes without consent");
        assert_eq!(of_exempt(lines), [text], "{lines}");
    }
    let infrastructure = "[charter]\ninfrastructure = [\"_pk_*\"]\n[consent]\n";
    let text = "charter.infrastructure[0]: `_pk_*` is known as a cookie of Matomo, and passes without consent";
    assert_eq!(messages(infrastructure), [text]);
}

#[test]
fn an_exempt_cookie_that_lives_for_years_is_told() {
    let of = |lifetime: &str| of_exempt(&format!("name = \"theme\"\nlifetime = \"{lifetime}\""));
    let text =
        "cookie[1].lifetime: the cookie is exempt, and declared to live for longer than browsers hold any: 400 days";
    assert_eq!(of("10 years"), [text]);
    for lifetime in ["400 days", "13 months", "1 year", "session"] {
        assert!(of(lifetime).is_empty(), "{lifetime}");
    }
    let needs_consent = "[charter]\n[consent]\n[[cookie]]\nname = \"a\"\ncategory = \"necessary\"\n[[cookie]]\n\
        name = \"b\"\ncategory = \"statistics\"\nlifetime = \"10 years\"\n";
    assert!(!messages(needs_consent).iter().any(|message| message.contains("400 days")));
}

/// A name that any site may use, or a pattern that is wide and was not meant for a tracker.
#[test]
fn what_a_site_may_call_its_own_is_no_tracker() {
    for lines in [
        "name = \"fr\"", "name = \"PREF\"", "name = \"test_cookie\"", "name = \"_sp_v1_consent\"",
        "glob = \"*_session\"", "prefix = \"lang\"", "prefix = \"sess\"", "prefix = \"__Secure-\"", "regex = \"_g.*\"",
    ] {
        assert!(of_exempt(lines).is_empty(), "{lines}: {:?}", of_exempt(lines));
    }
}

/// A category whose cookies all track is told as one; the four conditions are for `anonymous` cookies of a required one.
#[test]
fn an_exempt_category_of_trackers_is_told_once() {
    let statistics = "[[category]]\nid = \"measure\"\nconsent = \"exempt\"\ntitle = { fr = \"Mesure\" }\n";
    let cookies =
        ["_pk_id.", "_pk_ses."].map(|prefix| format!("[[cookie]]\nprefix = \"{prefix}\"\ncategory = \"measure\"\n"));
    let told = messages(&format!("[charter]\n{statistics}{}[consent]\n", cookies.concat()));
    assert_eq!(
        told,
        ["category[2].consent: `measure` is exempt, and all its cookies are known for following visitors (Matomo)"]
    );
}

#[test]
fn an_exempt_cookie_that_also_measures_is_told() {
    let of = |purpose: &str| of_exempt(&format!("name = \"s1\"\npurpose = {{ fr = \"{purpose}\" }}"));
    for purpose in [
        "Maintenir la session et mesurer la fréquentation",
        "Keeps you signed in. Counts visits for our statistics.",
        "Anmeldung, Werbung",
    ] {
        let told = of(purpose);
        assert!(
            told.len() == 1 && told[0].starts_with("cookie[1].purpose: the cookie is exempt"),
            "{purpose}: {told:?}"
        );
    }
    for purpose in [
        "Maintenir votre session ouverte",
        "Mémorise votre refus de la mesure d'audience",
        "Stores which cookies you accept (statistics, advertising)",
        "Session; never used for statistics",
        "Mesure de sécurité contre la falsification de requêtes",
        "Protects against replay attacks; analyses requests",
    ] {
        assert!(of(purpose).is_empty(), "{purpose}: {:?}", of(purpose));
    }
}

#[test]
fn an_exemption_for_whatever_is_not_named_is_told() {
    let under = |word: &str| {
        warnings(&format!("[charter]\nundeclared = \"{word}\"\n{}", cookie("name = \"a1\"\ncategory = \"necessary\"")))
    };
    assert_eq!(under("necessary"), ["charter.undeclared"]);
    for word in ["statistics", "full-consent", "deny"] {
        assert!(under(word).is_empty(), "{word}");
    }
}

#[test]
fn what_visitors_are_not_told_of_a_cookie_is_noted_once() {
    let notes = |lines: &str| {
        let head = "[charter]\nundeclared = \"deny\"\n[consent]\nformat = \"klaro\"\nkeys = { a = \"statistics\" }\n";
        let charter = toml::from_str(&format!("{CATEGORIES}{head}{lines}")).unwrap();
        let notes = Charter::from_document(&charter).unwrap().recommendations();
        let of_cookies = notes.iter().filter(|note| note.path.to_string().starts_with("cookie"));
        of_cookies.map(|note| format!("{}: {}", note.path, note.message)).collect::<Vec<_>>()
    };
    let whole = "[[cookie]]\nname = \"a1\"\ncategory = \"statistics\"\nprovider = \"P\"\nlifetime = \"1 day\"\npurpose = { fr = \"B\" }\n";
    assert!(notes(whole).is_empty());
    let bare = |name: &str| format!("[[cookie]]\nname = \"{name}\"\ncategory = \"statistics\"\n");
    assert_eq!(
        notes(&format!("{whole}{}{}", bare("b1"), bare("c1"))),
        ["cookie[1]: visitors are not told the provider, purpose and lifetime of `b1` and `c1`"]
    );
    let session = whole.replace("a1", "d1").replace("lifetime = \"1 day\"\n", "");
    assert_eq!(
        notes(&format!("{session}{}", bare("b1"))),
        ["cookie[0]: visitors are not told the provider and purpose of `b1`, nor the lifetime of `d1` and `b1`"]
    );
}

/// A script of exempt measurement waits for a consent that its cookies do not need.
#[test]
fn a_party_that_waits_though_its_cookies_are_exempt_is_told() {
    let of = |cookies: &str, party: &str| {
        let exemption = "[audience_exemption]\nsole_account = true\nno_cross_site_tracking = true\nanonymous_statistics = true\nno_cross_matching = true\n";
        let head = "[charter]\n[third_parties]\nlevel = \"policy\"\n[consent]\nformat = \"klaro\"\nkeys = { a = \"statistics\" }\n";
        messages(&format!(
            "{head}{exemption}{cookies}[[third_party]]\nid = \"matomo\"\npaths = [\"/matomo.js\"]\n{party}"
        ))
    };
    let anonymous = "[[cookie]]\nprefix = \"_pk_id.\"\ncategory = \"statistics\"\nanonymous = true\n";
    let told = "third_party[0].category: `matomo` waits for consent, and the cookies of `statistics` do not: whoever has not answered is not measured";
    assert_eq!(of(anonymous, "category = \"statistics\"\n"), [told]);
    assert!(of(anonymous, "category = \"necessary\"\n").is_empty());
    let gated = anonymous.replace("anonymous = true\n", "");
    assert!(of(&gated, "category = \"statistics\"\n").is_empty());
    assert!(
        of(
            &format!("{anonymous}[[cookie]]\nname = \"_ga\"\ncategory = \"statistics\"\n"),
            "category = \"statistics\"\n"
        )
        .is_empty()
    );
}
