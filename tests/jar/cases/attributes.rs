//! Attributes: forms, orders, repetitions. Browsers enforce them; a cookie that passes carries them untouched.

use crate::jar::case::Case;

pub(super) fn cases() -> Vec<Case> {
    [forms(), orders(), repetitions()].concat()
}

fn forms() -> Vec<Case> {
    let (domains, paths) = (domains(), paths());
    let rest = [
        "; Secure",
        ";secure",
        "; SECURE=0",
        "; Secure=false",
        "; Secure ; HttpOnly",
        "; HttpOnly",
        "; httponly=no",
        "; Http-Only",
        "; SameSite=Strict",
        "; SameSite=Lax",
        "; SameSite=None",
        "; SameSite=None; Secure",
        "; samesite=sTRICT",
        "; SameSite",
        "; SameSite=",
        "; SameSite=Foo",
        "; SameSite=\"Lax\"",
        "; SameSite = Lax ",
        "; SameSite=Extended",
        "; Partitioned",
        "; Partitioned; Secure",
        "; Partitioned; Secure; Path=/; SameSite=None",
        "; partitioned=x; secure",
        "; Priority=High",
        "; Priority=Low",
        "; priority=medium",
        "; Priority=Highest",
        "; Priority",
        "; SameParty; Secure",
        "; Version=1",
        "; Comment=\"a;b\"; HttpOnly",
        "; Port=\"80\"",
        "; Unknown=x; _ga=y; sessionid=z",
        ";",
        ";;;",
        "; ; ;HttpOnly",
        "; =; HttpOnly",
        "; =Secure",
        ";\tHttpOnly\t;\tPath\t=\t/\t",
        "; HttpOnly=; Path=/",
    ];
    let all = domains.into_iter().chain(paths).chain(rest.map(str::to_owned));
    all.map(|form| Case::both(format!("attributes{form}"), format!("=v{form}"))).collect()
}

fn domains() -> Vec<String> {
    let domains = [
        "portal.test", ".portal.test", "..portal.test", "portal.test.", ".portal.test.", "PORTAL.test",
        "www.portal.test", ".www.portal.test", "other.portal.test", "portal.tes", "ortal.test", "test", ".test", ".",
        "", "example.com", "data.education.gouv.fr", "localhost", "127.0.0.1", "www.portal.test:80",
        "http://portal.test/", "*.portal.test", "\"portal.test\"", "portal.test, example.com", "%70ortal.test",
        "p\u{f6}rtal.test", "xn--prtal-jua.test",
    ];
    domains.map(|domain| format!("; Domain={domain}")).to_vec()
}

fn paths() -> Vec<String> {
    let paths = [
        "", "/", "//", "/c", "/c/", "/C", "/other", "c", "c/", "\"/\"", "/c?x", "/c#x", "/%63", "/c/../", "/./c",
        "/a b", "/a,b", "/c\\", "http://www.portal.test/c", "/\u{e9}",
    ];
    paths.map(|path| format!("; Path={path}")).to_vec()
}

/// Every order of four attributes.
fn orders() -> Vec<Case> {
    let attributes = ["; Path=/", "; Max-Age=864000", "; HttpOnly", "; SameSite=Lax"];
    let mut orders: Vec<Vec<&str>> = vec![Vec::new()];
    for _ in attributes {
        let longer = |order: &Vec<&'static str>| {
            let left = attributes.into_iter().filter(|attribute| !order.contains(attribute));
            left.map(|attribute| [order.as_slice(), &[attribute]].concat()).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
        .iter()
        .map(|order| Case::both(format!("the order{}", order.concat()), format!("=v{}", order.concat())))
        .collect()
}

/// The last one counts, in so far as it counts at all.
fn repetitions() -> Vec<Case> {
    let repeated = [
        "; Path=/; Path=/c",
        "; Path=/c; Path=/",
        "; Path=/; Path=",
        "; Path=/; Path",
        "; Path=/; path=relative",
        "; Domain=portal.test; Domain=",
        "; Domain=portal.test; Domain",
        "; Domain=; Domain=portal.test",
        "; Domain=example.com; Domain=portal.test",
        "; Domain=portal.test; Domain=example.com",
        "; Max-Age=864000; Max-Age=8640000",
        "; Max-Age=864000; Max-Age=x",
        "; Max-Age=864000; Max-Age",
        "; Max-Age=864000; Expires=Fri, 01 Jan 2100 00:00:00 GMT",
        "; Expires=Fri, 01 Jan 2100 00:00:00 GMT; Max-Age=864000",
        "; Expires=Fri, 02 Apr 2027 00:00:00 GMT; Expires=Sat, 01 May 2027 00:00:00 GMT",
        "; Expires=Fri, 02 Apr 2027 00:00:00 GMT; Expires=x",
        "; SameSite=Lax; SameSite=Strict",
        "; SameSite=Strict; SameSite=x",
        "; HttpOnly; HttpOnly",
        "; Secure; Secure",
        "; Priority=High; Priority=Low",
    ];
    repeated.map(|end| Case::both(format!("repeated{end}"), format!("=v{end}"))).to_vec()
}
