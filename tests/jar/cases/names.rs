//! Names that only look like an allowed one, bytes that hide a name, and cookies without a name.

use super::{BLANKS, CONTROLS, hex, is_refused_in_a_cookie};
use crate::jar::case::{Case, Load, Outcome};

pub(super) fn cases() -> Vec<Case> {
    [blanks(), bytes(), likenesses(), lines(), prefixes(), nameless()].concat()
}

/// Every blank at every place of the pair, around an allowed and a refused name.
fn blanks() -> Vec<Case> {
    let places: [(&str, &[&[u8]]); 7] = [
        ("before the name", &[b"", b"=v; Path=/"]),
        ("after the name", &[b"=v; Path=/"]),
        ("before the value", &[b"=", b"v; Path=/"]),
        ("after the value", &[b"=v", b"; Path=/"]),
        ("around the attribute", &[b"=v;", b"Path", b"=", b"/", b"; Secure"]),
        ("at the end", &[b"=v; Path=/", b""]),
        ("alone as the value", &[b"=", b""]),
    ];
    let mut cases = Vec::new();
    for (blank_name, blank) in BLANKS {
        for (place, parts) in places {
            let end = parts.join(blank);
            let lines = ["sessionid", "_ga"].map(|name| match place {
                "before the name" => [blank, name.as_bytes(), parts[1]].concat(),
                "after the name" => [name.as_bytes(), blank, parts[0]].concat(),
                _ => [name.as_bytes(), &end].concat(),
            });
            let case = Case::cookies(format!("{blank_name} {place}"), &lines);
            let refused = is_refused_in_a_cookie(blank);
            cases.push(if refused { case.comes_out(Outcome::Refused) } else { case });
        }
        let inside = Case::cookies(format!("{blank_name} in the name"), [[b"session", blank, b"id=v"].concat()]);
        cases.push(if is_refused_in_a_cookie(blank) { inside.comes_out(Outcome::Refused) } else { inside });
    }
    cases
}

/// Control characters, separators and bytes above ASCII, before, after and within an allowed name.
fn bytes() -> Vec<Case> {
    let separators = *b"!\"#$%&'()*+,-./:<>?@[\\]^_`{|}~";
    let high = [0x80, 0x81, 0x84, 0x8d, 0x90, 0xa1, 0xad, 0xbf, 0xc0, 0xc3, 0xe9, 0xf4, 0xfe, 0xff];
    let line = |byte: u8| {
        let lines = [
            [&[byte], &b"sessionid=1"[..]].concat(),
            [&b"sessionid"[..], &[byte], b"=2"].concat(),
            [&b"session"[..], &[byte], b"id=3"].concat(),
            [&b"_ga"[..], &[byte], b"=4"].concat(),
            b"csrftoken=5".to_vec(),
        ];
        let case = Case::cookies(format!("{} in names", hex(byte)), lines);
        if is_refused_in_a_cookie(&[byte]) { case.comes_out(Outcome::Refused) } else { case }
    };
    CONTROLS.into_iter().chain(separators).chain(high).map(line).collect()
}

/// Names that a careless reader takes for an allowed one.
fn likenesses() -> Vec<Case> {
    let names: [&[u8]; 41] = [
        b"Sessionid",
        b"SESSIONID",
        b"sessioni",
        b"sessionid2",
        b"sessionid.",
        b"xsessionid",
        b"\"sessionid\"",
        b"'sessionid'",
        b"\"sessionid",
        b"session%69d",
        b"%73essionid",
        b"sessionid%00",
        b"sessionid%0d%0aSet-Cookie:_ga",
        b"session+id",
        b"session\\u0069d",
        b"session\\x69d",
        b"sessionid,_ga",
        b"_ga,sessionid",
        b"_ga, sessionid",
        b"sessionid:_ga",
        b"$sessionid",
        b"$Version",
        b"$Path",
        b"Path",
        b"Domain",
        b"Max-Age",
        b"Secure",
        b"Set-Cookie",
        b"sessionid[]",
        b"sessionid[0]",
        b"session\xc4\xb1d",
        b"s\xd0\xb5ssionid",
        b"session\xe2\x80\x8bid",
        b"\xef\xbd\x93essionid",
        b"se\xc5\xbfsionid",
        b"sessionid\xcc\x81",
        b"_pk_id.1.1fff",
        b"_pk_id",
        b"_GA",
        b"constructor",
        b"tarteaucitron",
    ];
    let pair = |name: &[u8]| {
        let name_shown = name.escape_ascii().to_string();
        Case::cookies(format!("the name {name_shown}"), [[name, b"=v; Path=/"].concat(), b"sessionid=v".to_vec()])
    };
    names.into_iter().map(pair).collect()
}

/// Lines in which one cookie may be taken for several, and several of one name.
fn lines() -> Vec<Case> {
    let lines: [(&str, &[&str]); 9] = [
        ("a refused cookie in an allowed one's value", &["sessionid=1, _ga=2"]),
        ("an allowed cookie in a refused one's value", &["_ga=1, sessionid=2"]),
        ("a refused pair in the place of an attribute", &["sessionid=1; _ga=2; Path=/"]),
        ("an allowed pair in the place of an attribute", &["_ga=1; sessionid=2; Path=/"]),
        ("one name in several cases of letters", &["sessionid=1", "SessionId=2", "SESSIONID=3"]),
        ("one name several times", &["sessionid=1", "sessionid=2", "_ga=1", "_ga=2", "sessionid=3"]),
        ("one name on several paths", &["sessionid=1; Path=/", "sessionid=2; Path=/c", "_ga=1; Path=/", "_ga=2"]),
        (
            "one name for several domains",
            &["sessionid=1; Domain=portal.test", "sessionid=2", "_ga=3; Domain=portal.test"],
        ),
        ("choice cookies of known banners", &["eu-consent=1", "tarteaucitron=!ga=true", "_ga=1"]),
    ];
    let case = |(name, lines): (&str, &[&str])| {
        [Case::cookies(name, lines), Case::cookies(format!("{name}, by navigation"), lines).by(Load::Navigation)]
    };
    lines.into_iter().flat_map(case).collect()
}

/// Prefixes bind a cookie to its host, whatever the case of their letters; with one a name is another name.
fn prefixes() -> Vec<Case> {
    let mut cases = Vec::new();
    for prefix in
        ["__Host-", "__host-", "__HOST-", "__hOsT-", "__Secure-", "__secure-", "__SECURE-", "__Http-", "__Host-Http-"]
    {
        for (what, end) in [
            ("with all it needs", "=v; Path=/; Secure; HttpOnly"),
            ("bare", "=v"),
            ("with a domain", "=v; Path=/; Secure; Domain=www.portal.test"),
            ("with another path", "=v; Path=/c; Secure"),
        ] {
            let lines = ["sessionid", "_ga", ""].map(|name| format!("{prefix}{name}{end}"));
            cases.push(Case::cookies(format!("{prefix} {what}"), lines));
        }
    }
    cases
}

/// Browsers differ on these, so none of them lands.
fn nameless() -> Vec<Case> {
    let lines: [&[u8]; 27] = [
        b"",
        b" ",
        b"\t",
        b"=",
        b"==",
        b"=v",
        b" =v",
        b"\t=v",
        b"=v; Path=/",
        b"=sessionid=v",
        b" =sessionid=v",
        b"=__Host-sessionid=v; Path=/; Secure",
        b"==v",
        b"v",
        b"sessionid",
        b"sessionid; Path=/",
        b"_ga",
        b"_ga; Path=/; Max-Age=99999",
        b"__Host-sessionid; Path=/; Secure",
        b";",
        b";;",
        b"; Path=/",
        b";sessionid=v",
        b"; _ga=v",
        b"_ga;sessionid=v",
        b"sessionid;=v",
        b"sessionid%3D1;_ga=v",
    ];
    let case = |line: &[u8]| {
        let name = format!("nameless: {}", line.escape_ascii());
        Case::cookies(name, [line]).comes_out(Outcome::Nameless)
    };
    lines.into_iter().map(case).collect()
}
