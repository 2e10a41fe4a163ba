//! The host: named exactly once, and the same in the target and in `Host`.

use super::{Case, Last, One, Refused, all, each, judge};

pub(super) fn tables() -> Vec<Vec<Case>> {
    vec![names(), numbers(), absolute_targets(), two_slashes()]
}

fn to(target: &str, lines: &str) -> String {
    format!("GET {target} HTTP/1.1\r\n{lines}\r\n")
}

fn names() -> Vec<Case> {
    let hosts =
        ["h", "H.Example.FR", "h:8080", "h:", "h.", "a_b", "192.0.2.1", "192.0.2.1:1", "[::1]", "[2001:db8::1]:443"];
    let first = each(hosts.map(|host| (to("/", &format!("Host: {host}\r\n")), One(""))));
    let odd = [
        "", " ", ".", "..", ".h", "h..h", ":80", "h:x", "h:-1", "h:+1", "h:65536", "h:80:80", "h h", "h\th", "h,h",
        "h, evil", "h;h", "u@h", "u:p@h", "h/", "h/a", "h?a", "h#a", "h\\a", "http://h", "//h", "%68", "h%00", "\"h\"",
        "'h'", "<h>", "(h)", "h=h", "h&h", "h*", "*", "[::1", "::1", "[]", "[::1]x", "[h]", "[::1%eth0]", "\u{e9}.fr",
        "h\u{a0}", "h\u{ff0e}fr",
    ];
    [first, all(Refused, odd.map(|host| to("/", &format!("Host: {host}\r\n"))))].concat()
}

#[tokio::test]
async fn a_host_is_a_name_or_an_address() {
    judge(names()).await;
}

fn numbers() -> Vec<Case> {
    let rows = [
        to("/", ""),
        to("/", "X-Forwarded-Host: h\r\n"),
        to("/", "Host: h\r\nHost: h\r\n"),
        to("/", "Host: h\r\nHost: evil\r\n"),
        to("/", "Host: h\r\nX: y\r\nhOST: evil\r\n"),
        to("/", "Host: h\r\nHost:\r\n"),
        to("/", "Host:\r\nHost: h\r\n"),
        to("/", "Host: h\r\n Host: evil\r\n"),
        to("/", "Host: h\nHost: evil\r\n"),
        to("http://h/", ""),
        to("http://h/", "Host: h\r\nHost: h\r\n"),
        "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n".to_owned(),
        "GET http://h/ HTTP/1.0\r\n\r\n".to_owned(),
        "GET / HTTP/1.0\r\nHost:\r\n\r\n".to_owned(),
    ];
    // HTTP/1.0 need name none.
    [all(Refused, rows), each([("GET / HTTP/1.0\r\n\r\n", Last(""))])].concat()
}

#[tokio::test]
async fn a_host_is_named_exactly_once() {
    judge(numbers()).await;
}

fn absolute_targets() -> Vec<Case> {
    let first = each([
        (to("http://h/", "Host: h\r\n"), One("")),
        (to("http://h", "Host: h\r\n"), One("")),
        (to("HTTP://H/a?b", "Host: h\r\n"), One("")),
        (to("https://h:443/", "Host: h\r\n"), One("")),
        (to("http://h/", "Host: h:80\r\n"), One("")),
        ("GET http://h/ HTTP/1.0\r\nHost: h\r\n\r\n".to_owned(), Last("")),
    ]);
    let rows = [
        to("http://evil/", "Host: h\r\n"),
        to("http://h.evil/", "Host: h\r\n"),
        to("http://h:81/", "Host: h\r\n"),
        to("http://h/", "Host: h:81\r\n"),
        to("http://h@evil/", "Host: h\r\n"),
        to("http://u:p@h/", "Host: h\r\n"),
        to("http://h:x/", "Host: h\r\n"),
        to("http://h:80:80/", "Host: h\r\n"),
        to("http:///", "Host: h\r\n"),
        to("http://", "Host: h\r\n"),
        to("http:/h/", "Host: h\r\n"),
        to("http:h", "Host: h\r\n"),
        to("ftp://h/", "Host: h\r\n"),
        to("file:///etc/passwd", "Host: h\r\n"),
        to("javascript://h/", "Host: h\r\n"),
        to("h:80", "Host: h\r\n"),
        to("h", "Host: h\r\n"),
        to("http://h/#a", "Host: h\r\n"),
        to("http://h#a", "Host: h\r\n"),
        to("http://[::1/", "Host: h\r\n"),
        to("http://h%2f/", "Host: h\r\n"),
        to("http://h\\evil/", "Host: h\r\n"),
    ];
    [first, all(Refused, rows)].concat()
}

#[tokio::test]
async fn an_absolute_target_agrees_with_the_host() {
    judge(absolute_targets()).await;
}

/// Two slashes begin a path, not an authority.
fn two_slashes() -> Vec<Case> {
    each([(to("//evil/", "Host: h\r\n"), One("")), (to("/http://evil/", "Host: h\r\n"), One(""))])
}

#[tokio::test]
async fn a_path_of_two_slashes_names_no_host() {
    judge(two_slashes()).await;
}
