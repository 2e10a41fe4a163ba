//! Names as pages write them.

use super::*;

fn exact(name: &str) -> NamePattern {
    NamePattern::Exact(name.to_owned())
}

fn prefix(name: &str) -> NamePattern {
    NamePattern::Prefix(name.to_owned())
}

fn glob(name: &str) -> NamePattern {
    NamePattern::Glob(name.to_owned())
}

#[track_caller]
fn check(text: &str, expected: &[NamePattern]) {
    let names = read_plain(text);
    assert_eq!(names.patterns, expected, "{text}: {names:?}");
    assert!(names.unreadable.is_empty() && names.too_wide.is_empty(), "{text}: {names:?}");
}

#[test]
fn notations_become_patterns() {
    for (text, expected) in [
        ("sessionid", exact("sessionid")),
        ("uac", exact("uac")),
        ("_ga_*", glob("_ga_*")),
        ("_pk_ *", glob("_pk_*")),
        ("_ga_<container-id>", prefix("_ga_")),
        ("SSESS<ID>", prefix("SSESS")),
        ("SSESS[hash]", prefix("SSESS")),
        ("_ga_{id}", prefix("_ga_")),
        ("_pk_id#", prefix("_pk_id")),
        ("_ga_#", prefix("_ga_")),
        ("_ga_XXXXXXXXXX", prefix("_ga_")),
        ("_gat_UA-XXXX-Y", glob("_gat_UA-*-*")),
        ("_pk_id.XX.XXXX", glob("_pk_id.*.*")),
        ("_pk_id.###", prefix("_pk_id.")),
        ("AMCV_###@AdobeOrg", glob("AMCV_*AdobeOrg")),
        ("AMCV_*@AdobeOrg", glob("AMCV_*AdobeOrg")),
        ("AMCV_12345@AdobeOrg", glob("AMCV_12345*AdobeOrg")),
        ("#pl_studio_#", glob("*pl_studio_*")),
        ("TS01********", glob("TS01*")),
        ("sid_(identifiant)", prefix("sid_")),
        ("incap_ses_${proxy}_${site}", glob("incap_ses_*_*")),
        ("ILIAS session (PHPSESSID)", exact("PHPSESSID")),
        ("ReadSpeaker (rsSettings)", exact("rsSettings")),
        ("_hjSession_xxxxxx", prefix("_hjSession_")),
        ("mp_[project]_mixpanel", glob("mp_*_mixpanel")),
        ("wp-settings-<uid>", prefix("wp-settings-")),
        ("_pk_id.*", glob("_pk_id.*")),
        (".AspNetCore.Antiforgery.*", glob(".AspNetCore.Antiforgery.*")),
        (".AspNetCore.Cookies*", glob(".AspNetCore.Cookies*")),
        ("CookieConsent [x4]", exact("CookieConsent")),
        ("_ga [1]", exact("_ga")),
        ("_ga¹", exact("_ga")),
        ("_ga (1)", exact("_ga")),
        ("_ga†", exact("_ga")),
        ("_ga**", exact("_ga")),
        ("“_ga”", exact("_ga")),
        ("« _ga »", exact("_ga")),
        ("„_ga“", exact("_ga")),
        ("\u{200b}_ga\u{ad}\u{a0}", exact("_ga")),
        ("_ga (Google Analytics)", exact("_ga")),
        ("Cookie _ga", exact("_ga")),
        ("the _ga cookie", exact("_ga")),
        ("PHPSESSID – session", exact("PHPSESSID")),
        ("JSESSIONID: the session", exact("JSESSIONID")),
        ("_pk_id_…", prefix("_pk_id_")),
        ("__Host-session", exact("__Host-session")),
    ] {
        check(text, &[expected]);
    }
}

#[test]
fn several_in_a_cell() {
    check("_ga, _gid", &[exact("_ga"), exact("_gid")]);
    check("_hjSessionUser; _hjid", &[exact("_hjSessionUser"), exact("_hjid")]);
    check("Hotjar: _hjid, _hjSession_*", &[exact("_hjid"), glob("_hjSession_*")]);
    check("dailymotion : ts, dmvk", &[exact("ts"), exact("dmvk")]);
    check("uuid (also known as: uuid2)", &[exact("uuid"), exact("uuid2")]);
    check("_ga / _gid", &[exact("_ga"), exact("_gid")]);
    check("_ga et _gid", &[exact("_ga"), exact("_gid")]);
    check("_ga\n_gid", &[exact("_ga"), exact("_gid")]);
    check("_ga _gali _gat_<id>", &[exact("_ga"), exact("_gali"), prefix("_gat_")]);
    check("_pk_ref, _pk_cvar, _pk_id und _pk_ses", &["_pk_ref", "_pk_cvar", "_pk_id", "_pk_ses"].map(exact));
}

#[test]
fn sentences_name_a_beginning_in_six_languages() {
    for text in [
        "Any cookie starting with “_hs",
        "All cookies beginning with \"_hs\"",
        "Tout cookie commençant par « _hs »",
        "Les cookies qui commencent par _hs",
        "Alle Cookies, die mit „_hs“ beginnen",
        "Cookies beginnend mit _hs",
        "Cualquier cookie que empiece por «_hs»",
        "Todas las cookies que comienzan con '_hs'",
        "Alle cookies die beginnen met ‘_hs’",
        "Cookies die met “_hs” beginnen",
        "Tutti i cookie che iniziano con “_hs”",
        "Prefix: _hs*",
    ] {
        check(text, &[prefix("_hs")]);
    }
    check("Cookies starting with _hs or __hs", &[prefix("_hs"), prefix("__hs")]);
    check("starting with “_pk_id.”", &[prefix("_pk_id.")]);
}

#[test]
fn an_open_end_is_no_wildcard() {
    for text in [
        "MATOMO_SESSID, matomo_lang, _pk_ * and the like",
        "MATOMO_SESSID, matomo_lang, _pk_*, etc.",
        "MATOMO_SESSID, matomo_lang, _pk_*, …",
    ] {
        let names = read_plain(text);
        assert_eq!(names.patterns, [exact("MATOMO_SESSID"), exact("matomo_lang"), glob("_pk_*")], "{text}");
        assert!(names.is_open_ended && names.unreadable.is_empty(), "{text}: {names:?}");
    }
    for text in ["_ga usw.", "_ga, u.a.", "_ga enz.", "_ga ecc.", "_ga y otras", "_ga et autres", "_ga…", "z. B. _ga"]
    {
        let names = read_plain(text);
        assert_eq!((names.patterns, names.is_open_ended), (vec![exact("_ga")], true), "{text}");
    }
}

#[test]
fn patterns_that_are_too_wide_and_other_words_are_not_written() {
    for text in ["*", "_*", "<id>", "any cookie beginning with _", "a*", "[name]"] {
        let names = read_plain(text);
        assert!(names.patterns.is_empty(), "{text}: {names:?}");
    }
    assert_eq!(read_plain("*").too_wide, ["*"]);
    for text in ["Google Analytics", "various", "cookies ending with _id", "https://a.example/", "Matomo", "é_x"] {
        let names = read_plain(text);
        assert!(names.patterns.is_empty() && !names.unreadable.is_empty(), "{text}: {names:?}");
    }
    for text in ["", "-", "—", "n/a", "aucun"] {
        assert!(read_plain(text).is_empty(), "{text}");
    }
}

#[test]
fn entries_of_the_storage_are_no_names() {
    for text in ["localStorage:theme", "theme (localStorage)", "Local Storage: theme", "sessionStorage.theme"] {
        let names = read_plain(text);
        assert!(names.patterns.is_empty() && names.stored == [text], "{text}: {names:?}");
    }
}

#[test]
fn a_star_may_be_a_footnotes() {
    let names = read(&Rich::from("sessionid*"), true);
    assert_eq!((names.patterns, names.starred), (vec![exact("sessionid")], vec!["sessionid".to_owned()]));
    assert_eq!(read(&Rich::from("_ga_*"), true).patterns, [glob("_ga_*")]);
}
