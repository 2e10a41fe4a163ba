//! `report-only` and `enforce` on the same recorded bytes: the counters are the same, and only `enforce` changes messages.
//!
//! The record combines the golden tables of odd cookies with visitors, statuses and cache fields. It is not random: both runs
//! see the same bytes in the same order.

use serde::Deserialize;

use crate::support::choice::{CHARTER, choice, granted, refused};
use crate::support::client::HOST;
use crate::support::http2::{Http2, request};
use crate::support::metrics::Metrics;
use crate::support::{Findings, Message, Octroi, Origin, Setup, shown};

/// One request and the head of its response.
#[derive(Clone)]
struct Exchange {
    method: &'static str,
    path: String,
    cookies: Vec<Vec<u8>>,
    more: &'static [(&'static str, &'static str)],
    answer: Vec<u8>,
}

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    line: Option<String>,
    line_hex: Option<String>,
    field: Option<String>,
    field_hex: Option<String>,
}

impl Case {
    /// What stands after the name of the field, if HTTP can carry it.
    fn bytes(self) -> Option<Vec<u8>> {
        let hex = self.line_hex.or(self.field_hex);
        let from_hex = |hex: String| hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        let bytes: Vec<u8> = self.line.or(self.field).map(String::into_bytes).or_else(|| hex.map(from_hex))?;
        let fits = bytes.len() < 8000 && bytes.iter().all(|byte| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f));
        fits.then_some(bytes)
    }
}

fn cases(table: &str) -> Vec<Vec<u8>> {
    toml::from_str::<Table>(table).unwrap().case.into_iter().filter_map(Case::bytes).collect()
}

/// The lines of responses: those of the tables, and again under names that other rules of the charter cover.
fn lines() -> Vec<Vec<u8>> {
    let tables = [
        include_str!("../golden/cookies/set_cookie.toml"),
        include_str!("../golden/cookies/deletions.toml"),
        include_str!("../golden/cookies/amendments.toml"),
    ];
    let mut lines: Vec<_> = tables.iter().flat_map(|table| cases(table)).collect();
    for name in [&b"csrftoken="[..], b"_ga=", b"audience=", b"AWSALB=", b"tarteaucitron=", b"__Host-x="] {
        let renamed = lines.iter().filter_map(|line| line.strip_prefix(b"a=")).map(|rest| [name, rest].concat());
        lines.extend(renamed.collect::<Vec<_>>());
    }
    lines
}

/// What visitors send: every kind of choice, and every odd field of the table.
fn jars() -> Vec<Vec<Vec<u8>>> {
    let trackers = "_ga=1; _pk_id.1=2; stranger=3; sessionid=4; audience=5; __Host-x=6; _ga=7; bare; =x";
    let choices = [
        granted(),
        refused(),
        choice(r#"{"matomo":true}"#),
        choice(r#"{"ga":true,"youtube":false}"#),
        choice(r#"{"ga":true,"matomo":true,"timestamp":1}"#),
        "cookies_preferences=nonsense".to_owned(),
        format!("{}; {}", granted(), refused()),
    ];
    let mut jars: Vec<Vec<Vec<u8>>> = vec![vec![], vec![trackers.into()], vec![b"sessionid=1".into(), trackers.into()]];
    jars.extend(choices.iter().map(|choice| vec![format!("{trackers}; {choice}").into_bytes()]));
    jars.extend(choices.iter().map(|choice| vec![trackers.into(), choice.clone().into_bytes()]));
    jars.extend(cases(include_str!("../golden/cookies/pairs.toml")).into_iter().map(|field| vec![field]));
    jars
}

const STATUSES: [&str; 6] = ["200 OK", "302 Found", "304 Not Modified", "404 Gone Away", "500 Oh", "204 No Content"];
const CACHE: [&str; 5] = [
    "",
    "Cache-Control:  Public,s-maxage=9\r\nSurrogate-Control: max-age=1\r\n",
    "Cache-Control: no-store\r\nX-Accel-Expires: 5\r\n",
    "Cache-Control: private\r\nCache-Control: public\r\nCDN-Cache-Control: max-age=9\r\n",
    "Expires: 0\r\nVary: Cookie\r\nCache-Control: max-age=1, private=\"x\"\r\n",
];
const CACHE_FIELDS: [&str; 6] =
    ["cache-control", "surrogate-control", "x-accel-expires", "cdn-cache-control", "expires", "vary"];
const FETCHES: [&[(&str, &str)]; 4] = [
    &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("sec-fetch-site", "none")],
    &[("accept", "text/html"), ("sec-gpc", "1")],
    &[("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")],
    &[],
];

/// The record. Lines, jars and the rest turn at different speeds, so that many meet.
fn record() -> Vec<Exchange> {
    let (lines, jars) = (lines(), jars());
    let count = lines.len().max(jars.len()) * 3;
    let exchange = |number: usize| {
        let set = (0..=number % 4).flat_map(|step| {
            let line = &lines[(number + step * 7) % lines.len()];
            [b"Set-Cookie: ", &line[..], b"\r\n"].concat()
        });
        let start = format!("HTTP/1.1 {}\r\n{}", STATUSES[number % STATUSES.len()], CACHE[number % CACHE.len()]);
        Exchange {
            method: if number.is_multiple_of(11) { "HEAD" } else { "GET" },
            path: format!("{}{number}", if number.is_multiple_of(13) { "/api/" } else { "/page/" }),
            cookies: jars[number * 5 % jars.len()].clone(),
            more: FETCHES[number % FETCHES.len()],
            answer: [start.as_bytes(), &set.collect::<Vec<_>>(), b"Content-Length: 0\r\n\r\n"].concat(),
        }
    };
    (0..count).map(exchange).collect()
}

/// One of each kind of rule.
fn charter() -> String {
    let rules = "[audience_exemption]\nsole_account = true\nno_cross_site_tracking = true\nanonymous_statistics = true\n\
                 no_cross_matching = true\n[[cookie]]\nname = \"audience\"\ncategory = \"statistics\"\nanonymous = true\n";
    CHARTER
        .replace("undeclared = ", "infrastructure = [\"AWSALB*\"]\nundeclared = ")
        .replace("id = \"statistics\"\n", "id = \"statistics\"\nmax_lifetime = \"1 hour\"\n")
        .replace(
            "name = \"csrftoken\"\n",
            "name = \"csrftoken\"\nlifetime = \"1 hour\"\ncap = true\nsecure = true\nhttp_only = true\nsame_site = \"lax\"\n",
        )
        .replace("valid_for =", "gpc = \"refuse\"\nvalid_for =")
        .replace("[consent]\n", &format!("{rules}[consent]\n"))
}

async fn portal(record: &[Exchange]) -> Origin {
    let answers: Vec<_> = record.iter().map(|exchange| exchange.answer.clone()).collect();
    Origin::replying(move |request| {
        let target = request.target();
        answers[target.rsplit('/').next().unwrap().parse::<usize>().unwrap()].clone()
    })
    .await
}

type Fields = Vec<(String, Vec<u8>)>;

/// Each exchange over both protocols: the fields that the visitor got, and the cookies that the portal got.
async fn replay(octroi: &Octroi, origin: &Origin, record: &[Exchange]) -> Vec<(Fields, Vec<Vec<u8>>)> {
    let mut http1 = octroi.client().await;
    let mut http2 = Http2::connect(octroi.address).await;
    let mut seen = Vec::new();
    for exchange in record {
        let Exchange { method, path, cookies, more, .. } = exchange;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n").into_bytes();
        for (name, value) in *more {
            head.extend(format!("{name}: {value}\r\n").bytes());
        }
        for line in cookies {
            head.extend([b"Cookie: ", &line[..], b"\r\n"].concat());
        }
        http1.send([&head[..], b"\r\n"].concat()).await;
        let response = if *method == "HEAD" { http1.head_response().await } else { http1.response().await };
        seen.push((response.fields(), origin.last().values("cookie")));

        let mut head = request(method, path, more);
        for line in cookies {
            // Spaces at the ends are malformed in HTTP/2.
            head.headers_mut().append("cookie", http::HeaderValue::from_bytes(line.trim_ascii()).unwrap());
        }
        seen.push((http2.fetch(head).await.unwrap().fields(), origin.last().values("cookie")));
    }
    seen
}

async fn run(setup: Setup, origin: &Origin, record: &[Exchange]) -> (Vec<(Fields, Vec<Vec<u8>>)>, Metrics) {
    let octroi = setup.charter(&charter()).site("strip_all = [\"/api/\"]").start().await;
    let seen = replay(&octroi, origin, record).await;
    let metrics = octroi.after_requests(u32::try_from(seen.len()).unwrap()).await;
    (seen, metrics)
}

/// The lines of a response that only `enforce` may change.
fn judged(fields: &Fields) -> Fields {
    let is_judged = |name: &str| name == "set-cookie" || CACHE_FIELDS.contains(&name);
    let mut judged: Fields = fields.iter().filter(|(name, _)| is_judged(name)).cloned().collect();
    judged.sort_by(|a, b| a.0.cmp(&b.0));
    judged
}

/// The one line that all pieces of a request's cookies make.
fn joined(cookies: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let pieces =
        |line: &Vec<u8>| line.split(|byte| *byte == b';').map(<[u8]>::trim_ascii).map(<[u8]>::to_vec).collect();
    let pieces: Vec<Vec<u8>> = cookies.iter().flat_map(|line| -> Vec<Vec<u8>> { pieces(line) }).collect();
    let line = pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(&b"; "[..]);
    if line.is_empty() { vec![] } else { vec![line] }
}

#[tokio::test]
async fn the_same_bytes_give_the_same_counters_and_only_enforce_changes_them() {
    let record = record();
    assert!(record.len() > 300, "{} exchanges", record.len());
    let origin = portal(&record).await;
    let (enforced, enforce) = run(Setup::before(&origin), &origin, &record).await;
    let (reported, report_only) = run(Setup::before(&origin).report_only(), &origin, &record).await;

    for family in ["octroi_cookies_total", "octroi_requests_total"] {
        let (a, b) = (enforce.family_without(family, "enforcement"), report_only.family_without(family, "enforcement"));
        assert!(!a.is_empty() && a == b, "{family}:\nenforce     {a:#?}\nreport-only {b:#?}");
    }
    let mut findings = Findings::default();
    for (number, (fields, cookies)) in reported.iter().enumerate() {
        let exchange = &record[number / 2];
        let recorded = judged(&Message::new(exchange.answer.clone()).fields());
        findings.expect(judged(fields) == recorded, || format!("{}: {:?}", exchange.path, judged(fields)));
        // If there is one line only, not even its spaces are touched.
        let as_sent = [&exchange.cookies[..], &joined(&exchange.cookies)];
        let kept = as_sent.iter().any(|lines| {
            lines.len() == cookies.len() && lines.iter().zip(cookies).all(|(line, got)| line.trim_ascii() == got)
        });
        findings.expect(kept, || {
            format!("{}: {:?}", exchange.path, cookies.iter().map(|line| shown(line)).collect::<Vec<_>>())
        });
    }
    findings.none();
    let differing = enforced.iter().zip(&reported).filter(|(a, b)| judged(&a.0) != judged(&b.0)).count();
    let stripped = enforced.iter().zip(&reported).filter(|(a, b)| a.1 != b.1).count();
    assert!(differing > record.len() && stripped > record.len(), "enforce changed {differing} and {stripped}");
}

#[tokio::test]
async fn every_verdict_and_reason_is_on_the_record() {
    let record = record();
    let origin = portal(&record).await;
    let (_, metrics) = run(Setup::before(&origin), &origin, &record).await;
    for (label, words) in [
        ("verdict", &["pass", "amend", "delete", "drop", "strip"][..]),
        ("reason", &["exempt", "audience", "granted", "unsaid", "refused", "unreadable", "path-stripped"]),
        ("category", &["necessary", "statistics", "choice", "infrastructure", "undeclared", "unreadable"]),
    ] {
        for word in words {
            assert!(metrics.sum("octroi_cookies_total", &[(label, word)]) > 0.0, "no cookie has the {label} {word}");
        }
    }
}
