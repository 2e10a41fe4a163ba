//! A portal's whole response, byte for byte as it comes off the wire: the first two bytes choose the request, the rest is
//! sent through octroi, and what leaves on the other side is held against the charter.

use octroi::cookie::Amendment;

use crate::charter::{CAP, CONSENT_COOKIE, Says};
use crate::cookie_pairs::CHOICES;
use crate::exchange;
use crate::reading::{self, NOW, bare};
use crate::set_cookie::{check_amendment, check_deletion};

/// The cookies that come with a request, beside the choice.
const COOKIES: [&str; 4] = ["", "sessionid=1", "_ga=GA1.2; sessionid=1; _pk_id.1=x", "unknown=1"];

/// What the visitor asks.
#[derive(Debug)]
struct Asked {
    choice: &'static str,
    cookies: &'static str,
    head: bool,
    navigation: bool,
    report_only: bool,
    strip_all: bool,
    tls: bool,
    upgrade: bool,
    trailers: bool,
}

/// A head and what follows it.
struct Message<'a> {
    status: u16,
    fields: Fields<'a>,
    rest: &'a [u8],
}

/// # Panics
/// If what leaves is neither a page of octroi's own nor what the charter makes of the portal's response.
pub fn check(data: &[u8]) {
    let [first, second, response @ ..] = data else { return };
    let asked = Asked::read(*first, *second);
    let seen = exchange::run(&asked.request(), response, asked.tls);
    if seen.visitor.is_empty() {
        // hyper gives up before it has sent the head, if the body breaks off that early.
        return assert!(Message::received(response).is_cut_short(), "nothing was sent");
    }
    let out = Message::sent(&seen.visitor);
    check_end(&asked, response, &out);
    if out.is_octrois_own() {
        assert!(out.status >= 500 && asked.withdraws(&out.all(b"set-cookie")), "{}", seen.visitor.escape_ascii());
        return;
    }
    let portal = Message::received(response);
    assert_eq!(out.status, portal.status);
    let cookies = out.all(b"set-cookie");
    let says = asked.says(&portal.cookies());
    let own = asked.check_cookies(&portal, &cookies, &says);
    assert!(asked.withdraws(&cookies[own..]), "{}", seen.visitor.escape_ascii());
    let gated = portal.cookies().iter().any(|line| asked.gates(line, &says));
    if cookies.len() > own || (gated && !asked.report_only) {
        check_private(&out);
    }
}

impl Asked {
    fn read(first: u8, second: u8) -> Self {
        Self {
            choice: CHOICES[usize::from(first & 7)],
            cookies: COOKIES[usize::from(second & 3)],
            head: first & 8 != 0,
            navigation: first & 16 != 0,
            report_only: first & 32 != 0,
            strip_all: first & 64 != 0,
            tls: first & 128 != 0,
            upgrade: second & 4 != 0,
            trailers: second & 8 != 0,
        }
    }

    fn request(&self) -> Vec<u8> {
        let method = if self.head { "HEAD" } else { "GET" };
        let path = if self.strip_all { "/static/a" } else { "/a/b" };
        let host = if self.report_only { "report.test" } else { "enforce.test" };
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n");
        request +=
            if self.upgrade { "Connection: upgrade, close\r\nUpgrade: websocket\r\n" } else { "Connection: close\r\n" };
        if self.trailers {
            request += "TE: trailers\r\n";
        }
        if self.navigation {
            request += "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
        }
        if !self.choice.is_empty() {
            request += &format!("Cookie: cookies_preferences={}\r\n", self.choice);
        }
        if !self.cookies.is_empty() {
            request += &format!("Cookie: {}\r\n", self.cookies);
        }
        (request + "\r\n").into()
    }

    /// What the visitor says, and what the response's own choice leaves of it.
    fn says(&self, lines: &[&[u8]]) -> Says {
        let sent = Some(self.choice.as_bytes()).filter(|choice| !choice.is_empty());
        lines.iter().fold(Says::of(sent), |says, line| match reading::name_and_value(line) {
            Some((CONSENT_COOKIE, _)) if reading::deletes(line) => says.and(Says::of([])),
            Some((CONSENT_COOKIE, value)) => says.and(Says::of([value])),
            _ => says,
        })
    }

    /// Whether consent has a say over a line.
    fn gates(&self, line: &[u8], says: &Says) -> bool {
        !self.strip_all && reading::name_and_value(line).is_none_or(|(name, _)| !says.standing(name).exempt)
    }

    /// Holds the lines that left against those that came. Returns how many are the portal's; octroi's follow them.
    fn check_cookies(&self, portal: &Message<'_>, left: &[&[u8]], says: &Says) -> usize {
        let mut at = 0;
        for line in portal.cookies() {
            let next = left.get(at).copied();
            at += usize::from(self.check_cookie(line, next, says, portal.sent_at()));
        }
        at
    }

    /// Whether `next` is what a line became; if it is not, the line had to go.
    fn check_cookie(&self, line: &[u8], next: Option<&[u8]>, says: &Says, sent: i64) -> bool {
        let shown = || format!("{} became {:?}", line.escape_ascii(), next.map(|next| next.escape_ascii().to_string()));
        if self.report_only {
            assert!(next == Some(line), "{}", shown());
            return true;
        }
        let Some((name, _)) = reading::name_and_value(line).filter(|_| !self.strip_all) else { return false };
        let standing = says.standing(name);
        if standing.passes && !standing.exempt && !says.sure && next != Some(line) {
            // octroi may read less in a choice than can be read in it.
            return next.and_then(reading::name_and_value).is_some_and(|(found, _)| found == name);
        }
        if standing.passes {
            let next = next.unwrap_or_else(|| panic!("{}", shown()));
            let max_lifetime = standing.capped.then_some(CAP);
            check_amendment(line, next, &Amendment { max_lifetime, ..Amendment::default() }, sent);
            return true;
        }
        if reading::deletes(line) {
            check_deletion(line, next.unwrap_or_else(|| panic!("{}", shown())));
            return true;
        }
        false
    }

    /// Whether these lines delete cookies of the request that may not stay, and do nothing else.
    fn withdraws(&self, lines: &[&[u8]]) -> bool {
        let says = self.says(&[]);
        let pairs = self.cookies.split("; ").filter_map(|pair| pair.split_once('='));
        let names: Vec<_> = pairs.map(|(name, _)| name.as_bytes()).filter(|name| !says.standing(name).passes).collect();
        let due = self.navigation && !self.head && !self.report_only;
        lines.iter().all(|line| {
            let expired =
                reading::name_and_value(line).is_some_and(|(name, value)| names.contains(&name) && value.is_empty());
            due && expired && reading::deletes(line)
        })
    }
}

impl<'a> Message<'a> {
    /// What left octroi: strictly as HTTP/1.1 is written.
    fn sent(bytes: &'a [u8]) -> Self {
        let shown = bytes.escape_ascii();
        let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap_or_else(|| panic!("no head: {shown}"));
        let head = &bytes[..end];
        let bare_ends = head.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
        let lines = head.windows(2).filter(|pair| pair == b"\r\n").count();
        assert!(bytes.starts_with(b"HTTP/1.1 ") && bare_ends == 2 * lines && !head.contains(&0), "{shown}");
        let message = Self::read(bytes).unwrap_or_else(|| panic!("no head: {shown}"));
        assert!(message.status >= 200 || message.status == 101, "{shown}");
        message
    }

    /// What a portal said: the first head that is not informational, with any line ends.
    fn received(mut bytes: &'a [u8]) -> Self {
        loop {
            let message =
                Self::read(bytes).unwrap_or_else(|| panic!("passed on without a head: {}", bytes.escape_ascii()));
            if message.status >= 200 || message.status == 101 {
                return message;
            }
            bytes = message.rest;
        }
    }

    fn read(mut bytes: &'a [u8]) -> Option<Self> {
        while let [b'\r' | b'\n', rest @ ..] = bytes {
            bytes = rest;
        }
        let (start, rest) = line(bytes)?;
        let status = std::str::from_utf8(start.get(9..12)?).ok()?.parse().ok()?;
        let (fields, rest) = fields(rest)?;
        Some(Self { status, fields, rest })
    }

    fn all(&self, name: &[u8]) -> Vec<&'a [u8]> {
        self.fields.iter().filter(|(found, _)| found == name).map(|(_, value)| *value).collect()
    }

    /// The `Set-Cookie` lines of a portal, but for those that browsers ignore for a control byte (RFC 6265bis §5.6, step 1).
    fn cookies(&self) -> Vec<&'a [u8]> {
        let is_fine = |line: &&[u8]| !line.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t');
        self.all(b"set-cookie").into_iter().filter(is_fine).collect()
    }

    /// The earliest moment that a browser may take for that of the response: it corrects dates by that clock.
    fn sent_at(&self) -> i64 {
        self.all(b"date").into_iter().filter_map(reading::date).fold(NOW, i64::min)
    }

    /// Whether the body may be less than was announced.
    fn is_cut_short(&self) -> bool {
        let length =
            self.all(b"content-length").first().and_then(|length| std::str::from_utf8(length).ok()?.parse().ok());
        !self.all(b"transfer-encoding").is_empty()
            || length.is_some_and(|length: u64| (self.rest.len() as u64) < length)
    }

    /// Every response of the portal leaves with octroi in `Via`, none of octroi's own does.
    fn is_octrois_own(&self) -> bool {
        !self.all(b"via").last().is_some_and(|via| via.ends_with(b" octroi"))
    }
}

fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = &bytes[..end];
    Some((line.strip_suffix(b"\r").unwrap_or(line), &bytes[end + 1..]))
}

/// Names in lower case, and values without the space around them.
type Fields<'a> = Vec<(Vec<u8>, &'a [u8])>;

/// The fields up to the empty line, and what follows it.
fn fields(mut bytes: &[u8]) -> Option<(Fields<'_>, &[u8])> {
    let mut fields = Vec::new();
    loop {
        let (field, rest) = line(bytes)?;
        bytes = rest;
        if field.is_empty() {
            return Some((fields, bytes));
        }
        let colon = field.iter().position(|byte| *byte == b':').unwrap_or(field.len());
        fields.push((field[..colon].to_ascii_lowercase(), bare(field.get(colon + 1..).unwrap_or_default())));
    }
}

/// The ways around octroi are closed, in the head and after the body, and nothing follows the end of the message.
fn check_end(asked: &Asked, response: &[u8], out: &Message<'_>) {
    let mut fields: Vec<_> = out.fields.iter().filter(|(name, _)| name != b"set-cookie").collect();
    let trailers;
    let chunked = !out.all(b"transfer-encoding").is_empty();
    if out.status == 101 {
        assert!(response.ends_with(out.rest), "the tunnel's bytes became {}", out.rest.escape_ascii());
    } else if asked.head || matches!(out.status, 204 | 304) {
        assert!(out.rest.is_empty(), "a body where none may be: {}", out.rest.escape_ascii());
    } else if chunked {
        assert!(out.all(b"content-length").is_empty());
        let (body, end) = unchunk(out.rest);
        trailers = end;
        fields.extend(&trailers);
        check_body(response, out, &body);
    } else if let Some(length) = out.all(b"content-length").first() {
        let length: usize = std::str::from_utf8(length).expect("a number").parse().expect("a number");
        assert!(out.rest.len() <= length, "more than was announced: {}", out.rest.escape_ascii());
        check_body(response, out, out.rest);
    }
    for (name, value) in fields {
        let forbidden = [&b"alt-svc"[..], b"set-cookie", b"set-cookie2"].contains(&&**name);
        assert!(!forbidden, "{}: {}", name.escape_ascii(), value.escape_ascii());
    }
}

/// The portal's own bytes, as far as they came.
fn check_body(response: &[u8], out: &Message<'_>, body: &[u8]) {
    if out.is_octrois_own() {
        return;
    }
    let portal = Message::received(response);
    if portal.all(b"transfer-encoding").is_empty() {
        assert!(portal.rest.starts_with(body), "the body became {}", body.escape_ascii());
    }
}

/// A chunked body and its trailers, as far as they came; nothing may follow.
fn unchunk(mut bytes: &[u8]) -> (Vec<u8>, Fields<'_>) {
    let mut body = Vec::new();
    while let Some((size, rest)) = line(bytes) {
        let size = usize::from_str_radix(std::str::from_utf8(size).expect("a size"), 16).expect("a size");
        if size == 0 {
            let (trailers, rest) = fields(rest).unwrap_or_default();
            assert!(rest.is_empty(), "something follows the end: {}", rest.escape_ascii());
            return (body, trailers);
        }
        body.extend_from_slice(&rest[..size.min(rest.len())]);
        bytes = rest.get(size + 2..).unwrap_or_default();
    }
    (body, Vec::new())
}

fn check_private(out: &Message<'_>) {
    let fields = out.all(b"cache-control");
    let [field] = fields[..] else { panic!("{} Cache-Control fields", fields.len()) };
    let directives: Vec<_> = field.split(|byte| *byte == b',').map(bare).map(<[u8]>::to_ascii_lowercase).collect();
    assert!(directives[0] == b"private", "{}", field.escape_ascii());
    for name in [&b"cdn-cache-control"[..], b"surrogate-control", b"x-accel-expires"] {
        assert!(out.all(name).is_empty());
    }
}
