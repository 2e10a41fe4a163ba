//! Transparency: a response without gated cookies is sent unchanged, and with consent the cookies are, too.
//!
//! Only these may differ: hop-by-hop fields, `Alt-Svc`, the `Via` and the `Date` that RFC 9110 requires, and fields that hyper
//! never writes: the `Content-Length` of a 304, the `Trailer` of a response to HEAD. Names of fields are compared without
//! regard to case, and lines of one name in their order (RFC 9110 §5.1, §5.3).

use crate::support::choice::granted;
use crate::support::client::get;
use crate::support::http2::{Http2, request};
use crate::support::{Findings, Message, Octroi, Origin, shown};

/// A response as a portal writes it.
struct Row {
    start: &'static [u8],
    fields: &'static [u8],
    /// The body and what follows it on the wire.
    wire: &'static [u8],
    /// The body that it stands for, and its trailers.
    body: &'static str,
    trailers: &'static str,
}

const fn row(start: &'static [u8], fields: &'static [u8], wire: &'static [u8], body: &'static str) -> Row {
    Row { start, fields, wire, body, trailers: "" }
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\n";
const FOUR: &[u8] = b"Content-Length: 4\r\n";

const ROWS: &[Row] = &[
    row(OK, b"cOnTeNt-lEnGtH: 4\r\nX-UPPER: A\r\nx-lower: b\r\nX-Mixed: c\r\nETag: W/\"x\"\r\n", b"body", "body"),
    row(OK, b"Vary: A\r\nLink: <1>\r\nvary: B\r\nX: y\r\nLINK: <2>\r\nlink: <3>\r\nVARY: A\r\nContent-Length: 4\r\n", b"body", "body"),
    row(OK, b"X-Odd:a,  b\t;c  d\r\nX-Empty:\r\nX-Blank: \t \r\nX-Quotes: \"a\\\"b\", 'c'\r\nX-Colons: ::\r\nContent-Length:4\r\n", b"body", "body"),
    row(OK, b"X-Latin: caf\xe9 \xff\xfe\x80\r\nX-Utf8: \xc3\xa9\r\nContent-Disposition: attachment; filename*=UTF-8''%c3%a9\r\nContent-Length: 4\r\n", b"body", "body"),
    row(OK, b"Transfer-Encoding: chunked\r\nContent-Type: text/csv\r\n", b"2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\n\r\n", "body"),
    Row { trailers: "x-sum: a,  b\r\nx-end: 2\r\n", ..row(OK, b"Transfer-Encoding: Chunked\r\nTrailer: X-Sum, X-End\r\n", b"4\r\nbody\r\n0\r\nX-Sum: a,  b\r\nX-END: 2\r\n\r\n", "body") },
    row(OK, b"Connection: close\r\nContent-Type: text/plain\r\n", b"to the end", "to the end"),
    row(b"HTTP/1.0 200 OK\r\n", b"Content-Type: text/plain\r\nConnection: close\r\n", b"old", "old"),
    row(OK, b"Keep-Alive: timeout=5\r\nConnection: keep-alive, X-Mine\r\nX-Mine: 1\r\nUpgrade: h2c\r\nProxy-Authenticate: Basic\r\nAlt-Svc: h3=\":443\"\r\nX-Yours: 1\r\nContent-Length: 4\r\n", b"body", "body"),
    row(OK, b"Date: Wed, 31 Dec 1969 00:00:00 GMT\r\nClear-Site-Data: \"cache\",  \"cookies\"\r\nAge: 7\r\nContent-Length: 4\r\n", b"body", "body"),
    row(OK, b"Cache-Control:  Public,s-maxage=9\r\nCache-Control: max-age=0\r\nSurrogate-Control: max-age=9\r\nCDN-Cache-Control: max-age=9\r\nX-Accel-Expires: 9\r\nExpires: 0\r\nPragma: x\r\nVary: Cookie\r\nContent-Length: 4\r\n", b"body", "body"),
    row(OK, b"Set-Cookie: sessionid=\"a;b\" ;path = /;X;;\r\nX: y\r\nset-cookie:\tcsrftoken=\xe9, _ga=2; Expires=whenever\r\nSET-COOKIE: sessionid=; Max-Age=0\r\nSet-Cookie: tarteaucitron=!ga=true\r\nCache-Control: public\r\nContent-Length: 4\r\n", b"body", "body"),
    row(b"HTTP/1.1 206 Partial Content\r\n", b"Content-Range: bytes 0-3/9\r\nAccept-Ranges: bytes\r\nContent-Encoding: gzip\r\nETag: \"x\"\r\nContent-Length: 4\r\n", b"body", "body"),
    row(b"HTTP/1.1 301 Moved Permanently\r\n", b"Location: /caf\xc3\xa9?a=b c&d=%zz#f\r\nContent-Length: 0\r\n", b"", ""),
    row(b"HTTP/1.1 304 Not Modified\r\n", b"ETag: \"x\"\r\nCache-Control: public, max-age=60\r\nContent-Length: 4\r\nSet-Cookie: sessionid=1\r\n", b"", ""),
    row(b"HTTP/1.1 204 No Content\r\n", b"X: y\r\n", b"", ""),
    row(b"HTTP/1.1 401 Unauthorized\r\n", b"WWW-Authenticate: Basic realm=\"a, b\"\r\nWWW-Authenticate: Bearer\r\nRetry-After: 1\r\nContent-Length: 4\r\n", b"body", "body"),
    row(b"HTTP/1.1 404 No \"dataset\"  here\r\n", FOUR, b"body", "body"),
    row(b"HTTP/1.1 599 \r\n", FOUR, b"body", "body"),
];

/// Lines that consent decides over.
const GATED: &[u8] = b"Set-Cookie: _ga=1;  Path = /;;\r\nset-cookie: _pk_id.1=\xe9\xff, b; Expires=whenever\r\n\
                       SET-COOKIE: stranger=\"x\"; Max-Age=+0\r\nSet-Cookie: _ga=; Max-Age=0\r\n";
const CACHE_FIELDS: [&str; 4] = ["cache-control", "cdn-cache-control", "surrogate-control", "x-accel-expires"];

fn head(row: &Row, more: &[u8]) -> Vec<u8> {
    [row.start, row.fields, more, b"\r\n"].concat()
}

/// A portal that answers `/n` with the `n`-th row, with `more` fields.
async fn portal(more: &'static [u8]) -> Origin {
    Origin::start(move |mut visit| async move {
        while let Some(request) = visit.request().await {
            let row: usize = request.target()[1..].parse().unwrap();
            let body: &[u8] = if request.method() == "HEAD" { b"" } else { ROWS[row].wire };
            visit.send([&head(&ROWS[row], more)[..], body].concat()).await;
            let head = Message::new(head(&ROWS[row], b""));
            if head.content_length().is_none() && !head.is_chunked() && !head.never_has_a_body() {
                return visit.wire.finish().await;
            }
        }
    })
    .await
}

type Fields = Vec<(String, Vec<u8>)>;

/// Fields in an order that does not tell how different names were mixed.
fn grouped(mut fields: Fields) -> Fields {
    fields.sort_by(|a, b| a.0.cmp(&b.0));
    fields
}

fn without(mut fields: Fields, names: &[&str]) -> Fields {
    fields.retain(|(name, _)| !names.contains(&name.as_str()));
    fields
}

/// What must reach the visitor of this head.
fn wanted(row: &Row, more: &[u8]) -> Fields {
    let message = Message::new(head(row, more));
    let mut gone = vec!["connection", "keep-alive", "upgrade", "proxy-authenticate", "transfer-encoding", "alt-svc"];
    let listed = message.field("connection").unwrap_or_default().to_lowercase();
    gone.extend(listed.split(", "));
    if message.status() == 304 {
        gone.push("content-length");
    }
    grouped(without(message.fields(), &gone))
}

/// What reached the visitor, without what octroi and its connection add.
fn got(mut fields: Fields, row: &Row) -> Fields {
    let (has_date, is_304) = (row.fields.starts_with(b"Date:"), row.start.starts_with(b"HTTP/1.1 304"));
    fields.retain(|(name, value)| match name.as_str() {
        "connection" | "transfer-encoding" => false,
        "via" => value != b"1.1 octroi",
        "date" => has_date,
        "content-length" => !is_304,
        _ => true,
    });
    grouped(fields)
}

fn shown_fields(fields: &Fields) -> String {
    fields.iter().map(|(name, value)| format!("\n    {name}: {}", shown(value))).collect::<Vec<_>>().concat()
}

const TRAILERS: &str = "TE: trailers\r\nConnection: TE\r\n";

#[tokio::test]
async fn a_response_leaves_byte_for_byte_over_http1() {
    let octroi = Octroi::before(&portal(b"").await).await;
    let mut findings = Findings::default();
    for (index, row) in ROWS.iter().enumerate() {
        let response = octroi.client().await.get(&format!("/{index}"), TRAILERS).await;
        let (got, wanted) = (got(response.fields(), row), wanted(row, b""));
        findings.expect(got == wanted, || {
            format!("row {index}: {}\n  instead of{}", shown_fields(&got), shown_fields(&wanted))
        });
        let status = String::from_utf8_lossy(row.start).trim_end_matches("\r\n").replace("HTTP/1.0", "HTTP/1.1");
        findings.expect(response.start_line() == status, || format!("row {index}: {:?}", response.start_line()));
        let trailers = String::from_utf8_lossy(&response.trailers).into_owned();
        let same = (response.text().as_str(), trailers.as_str(), response.complete) == (row.body, row.trailers, true);
        findings.expect(same, || format!("row {index}: {}\n{trailers}", response.shown()));
    }
    findings.none();
}

#[tokio::test]
async fn a_response_leaves_byte_for_byte_over_http2() {
    let octroi = Octroi::before(&portal(b"").await).await;
    let mut client = Http2::connect(octroi.address).await;
    let mut findings = Findings::default();
    for (index, row) in ROWS.iter().enumerate() {
        let answer = client.get(&format!("/{index}"), &[("te", "trailers")]).await;
        let (got, wanted) = (got(answer.fields(), row), wanted(row, b""));
        findings.expect(got == wanted, || {
            format!("row {index}: {}\n  instead of{}", shown_fields(&got), shown_fields(&wanted))
        });
        findings.expect(answer.body == row.body.as_bytes(), || format!("row {index}: {}", shown(&answer.body)));
        let trailers = answer.trailers.as_ref().map(http::HeaderMap::len).unwrap_or_default();
        findings.expect(trailers == row.trailers.lines().count(), || format!("row {index}: {:?}", answer.trailers));
    }
    findings.none();
}

#[tokio::test]
async fn a_response_to_head_leaves_byte_for_byte() {
    let octroi = Octroi::before(&portal(b"").await).await;
    let mut findings = Findings::default();
    for (index, row) in ROWS.iter().enumerate() {
        let mut client = octroi.client().await;
        client.send(get(&format!("/{index}"), "").replacen("GET", "HEAD", 1)).await;
        let got = got(client.head_response().await.fields(), row);
        let wanted = without(wanted(row, b""), &["trailer"]);
        findings.expect(got == wanted, || {
            format!("row {index}: {}\n  instead of{}", shown_fields(&got), shown_fields(&wanted))
        });
    }
    findings.none();
}

#[tokio::test]
async fn with_consent_the_cookies_leave_byte_for_byte_and_only_the_cache_fields_differ() {
    let octroi = Octroi::before(&portal(GATED).await).await;
    let mut http2 = Http2::connect(octroi.address).await;
    let choice = granted();
    let mut findings = Findings::default();
    for (index, row) in ROWS.iter().enumerate() {
        let path = format!("/{index}");
        let one = octroi.client().await.get(&path, &format!("Cookie: {choice}\r\n")).await.fields();
        let two = http2.fetch(request("GET", &path, &[("cookie", &choice)])).await.unwrap().fields();
        for fields in [one, two] {
            let cached: Fields =
                fields.iter().filter(|(name, _)| CACHE_FIELDS.contains(&name.as_str())).cloned().collect();
            let private =
                matches!(&cached[..], [(name, value)] if name == "cache-control" && value.starts_with(b"private"));
            findings.expect(private, || format!("row {index}: {}", shown_fields(&cached)));
            let (got, wanted) = (without(got(fields, row), &CACHE_FIELDS), without(wanted(row, GATED), &CACHE_FIELDS));
            findings.expect(got == wanted, || {
                format!("row {index}: {}\n  instead of{}", shown_fields(&got), shown_fields(&wanted))
            });
        }
    }
    findings.none();
}
