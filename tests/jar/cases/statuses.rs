//! Statuses, methods and redirects: browsers keep the cookies of every response, whatever it says.

use crate::jar::case::{Case, Load, Outcome, WITNESS_LINE};

const COOKIES: &str = "Set-Cookie: sessionid=1; Path=/\r\nSet-Cookie: _ga=2; Path=/\r\nSet-Cookie: csrftoken=3\r\n";

pub(super) fn cases() -> Vec<Case> {
    [finals(), without_body(), redirects(), interims(), fields()].concat()
}

fn finals() -> Vec<Case> {
    let statuses = [
        "200 OK", "201 Created", "202 Accepted", "203 Non-Authoritative", "206 Partial", "207 Multi-Status",
        "226 IM Used", "299 Odd", "300 Choices", "305 Use Proxy", "306 Unused", "399 Odd", "400 Bad",
        "401 Unauthorized", "402 Pay", "403 Forbidden", "404 Missing", "405 Method", "406 Not Acceptable",
        "409 Conflict", "410 Gone", "412 Precondition", "415 Type", "416 Range", "418 Teapot", "422 Content",
        "425 Early", "426 Upgrade", "429 Many", "431 Large", "451 Legal", "499 Odd", "500 Error",
        "501 Not Implemented", "502 Bad Gateway", "503 Unavailable", "504 Timeout", "511 Network", "599 Odd",
    ];
    let case = |status: &str| Case::head(format!("status {status}"), status, COOKIES);
    let by_navigation = ["200 OK", "401 Unauthorized", "403 Forbidden", "404 Missing", "500 Error", "503 Unavailable"];
    let visited = by_navigation.map(|status| Case { name: format!("status {status}, by navigation"), ..case(status) });
    let visited = visited.map(|case| case.by(Load::Navigation));
    let heads = ["200 OK", "404 Missing", "500 Error"]
        .map(|status| Case { name: format!("HEAD, status {status}"), ..case(status) });
    let beyond = ["600 Beyond", "999 Far beyond"].map(|status| case(status).comes_out(Outcome::Refused));
    statuses.into_iter().map(case).chain(beyond).chain(visited).chain(heads.map(|case| case.by(Load::Head))).collect()
}

fn without_body() -> Vec<Case> {
    let answer = |status: &str| [format!("HTTP/1.1 {status}\r\n{COOKIES}").as_bytes(), WITNESS_LINE, b"\r\n"].concat();
    let statuses = ["204 None", "205 Reset", "304 Not Modified"];
    let mut cases = statuses.map(|status| Case::raw(format!("{status} without a length"), answer(status))).to_vec();
    cases.extend(
        statuses.map(|status| Case::raw(format!("{status} by navigation"), answer(status)).by(Load::Navigation)),
    );
    cases.extend(statuses.map(|status| Case::head(format!("{status} with a length of zero"), status, COOKIES)));
    let head =
        |length: &str| [b"HTTP/1.1 200 OK\r\n", COOKIES.as_bytes(), WITNESS_LINE, length.as_bytes(), b"\r\n"].concat();
    for length in ["Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", ""] {
        cases.push(Case::raw(format!("HEAD, {length:?}"), head(length)).by(Load::Head));
    }
    cases
}

fn redirects() -> Vec<Case> {
    let mut cases = Vec::new();
    for status in ["301 Moved", "302 Found", "303 Other", "307 Temporary", "308 Permanent"] {
        let lines = format!("Location: /c/landed\r\n{COOKIES}");
        cases.push(Case::head(format!("redirect {status}"), status, &lines));
        cases.push(Case::head(format!("redirect {status}, by navigation"), status, &lines).by(Load::Navigation));
    }
    for location in
        ["", "/c/landed#x", "//www.portal.test:1/", "nowhere://x", "http://[bad/", "/\u{e9}", "data:text/html,x"]
    {
        let lines = format!("Location: {location}\r\n{COOKIES}");
        cases.push(Case::head(format!("redirect to {location:?}"), "302 Found", lines));
    }
    cases.push(Case::head("redirect without a place", "302 Found", COOKIES));
    cases.push(Case::head("a refresh", "200 OK", format!("Refresh: 0; url=/c/landed\r\n{COOKIES}")));
    cases
}

/// The cookies of an interim response never land; those of the final one do.
fn interims() -> Vec<Case> {
    let last =
        [format!("HTTP/1.1 200 OK\r\n{COOKIES}").as_bytes(), WITNESS_LINE, b"Content-Length: 0\r\n\r\n"].concat();
    let interim = |status: &str| {
        format!(
            "HTTP/1.1 {status}\r\nLink: </a.css>; rel=preload; as=style\r\nSet-Cookie: _ga=early\r\nSet-Cookie: sessionid=early\r\n\r\n"
        )
    };
    let mut cases = Vec::new();
    for status in ["100 Continue", "102 Processing", "103 Early Hints", "104 Upload", "110 Odd", "199 Odd"] {
        let answer = [interim(status).as_bytes(), &last].concat();
        cases.push(Case::raw(format!("{status}, then 200"), answer.clone()));
        cases.push(Case::raw(format!("{status}, then 200, by navigation"), answer).by(Load::Navigation));
    }
    let many = [interim("103 Early Hints").repeat(5).as_bytes(), interim("100 Continue").as_bytes(), &last].concat();
    cases.push(Case::raw("six interim responses", many));
    cases
}

/// Other fields that have to do with cookies.
fn fields() -> Vec<Case> {
    let fields = [
        "Set-Cookie2: _ga=1; Version=1\r\nSet-Cookie2: sessionid=0; Version=1\r\n",
        "Cookie: _ga=1; sessionid=0\r\n",
        "Cookie2: $Version=1\r\n",
        "Clear-Site-Data: \"cookies\"\r\n",
        "Clear-Site-Data: \"*\"\r\n",
        "Clear-Site-Data: \"cache\"\r\n",
        "Cache-Control: public, max-age=600\r\nETag: \"x\"\r\n",
        "Cache-Control: no-cache=\"Set-Cookie\"\r\nVary: *\r\n",
        "P3P: CP=\"NOI\"\r\nDNT: 1\r\n",
        "Strict-Transport-Security: max-age=0\r\n",
        "WWW-Authenticate: Negotiate\r\n",
        "Alt-Svc: h3=\":443\"\r\nLink: </c/landed>; rel=preload; as=fetch\r\n",
        "Connection: close, Set-Cookie\r\n",
        "Connection: Set-Cookie\r\nConnection: close\r\n",
        "Trailer: Set-Cookie\r\n",
        "Content-Security-Policy: sandbox\r\nReferrer-Policy: no-referrer\r\n",
        "Content-Disposition: attachment\r\nContent-Type: text/csv\r\n",
    ];
    let mut cases = Vec::new();
    for field in fields {
        let case = Case::head(format!("beside {field}"), "200 OK", format!("{field}{COOKIES}"));
        cases.push(case.clone());
        cases.push(Case { name: format!("held, {}", case.name), ..case.held() });
    }
    let page = "<!doctype html><meta http-equiv=Set-Cookie content='_ga=meta'><meta http-equiv=set-cookie content='sessionid=meta'>";
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n{COOKIES}", page.len());
    let answer = [head.as_bytes(), WITNESS_LINE, b"\r\n", page.as_bytes()].concat();
    cases.push(Case::raw("a page that would set cookies by itself", answer).by(Load::Navigation));
    cases
}
