//! One request, and the response that it must get: the request's target tells the portal what to send.

use std::fmt::Write as _;

use fastrand::Rng;

use super::charters::Charter;
use super::pattern::Reader;
use crate::support::choice::{granted, refused};

/// The largest body, sent to fill every buffer on the way.
const LARGEST: u64 = 4 << 20;

/// A request and what must come of it.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) kind: &'static str,
    pub(crate) id: u64,
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) upload: Option<Upload>,
    /// Reads late and slowly.
    pub(crate) slow: bool,
    pub(crate) wanted: Wanted,
    /// Where cookies are sent and set: what the visitor chose.
    pub(crate) choice: Option<Choice>,
}

/// A request's body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Upload {
    pub(crate) size: u64,
    pub(crate) chunked: bool,
    pub(crate) slow: bool,
    pub(crate) expects: bool,
}

#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) status: u16,
    pub(crate) length: u64,
    /// Whether the portal ends the answer; a visitor must be able to tell.
    pub(crate) whole: bool,
}

/// What came.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) body: Reader,
    pub(crate) complete: bool,
}

/// What a visitor chose of statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Granted,
    Refused,
    Unsaid,
}

/// The cookies of every visit, in both directions. `heads` and `tails` are each exempt under one of two charters.
pub(crate) const COOKIES: [&str; 5] = ["sessionid", "_ga", "heads", "tails", "stranger"];

impl Choice {
    fn any(rng: &mut Rng) -> Self {
        [Self::Granted, Self::Refused, Self::Unsaid][rng.usize(..3)]
    }

    /// Whether a cookie passes.
    pub(crate) fn lets(self, name: &str, charter: Charter) -> bool {
        self == Self::Granted || name == "sessionid" || name == charter.exempts()
    }

    /// The pairs of a request, the choice among them.
    fn pairs(self, id: u64, rng: &mut Rng) -> Vec<String> {
        let mut pairs: Vec<_> = COOKIES.iter().map(|name| format!("{name}={id}")).collect();
        let choice = match self {
            Self::Granted => granted(),
            Self::Refused => refused(),
            Self::Unsaid => return pairs,
        };
        pairs.insert(rng.usize(..=pairs.len()), choice);
        pairs
    }
}

impl Ask {
    fn new(kind: &'static str, id: u64, method: &'static str, query: &str) -> Self {
        let target = format!("/{kind}/{id}?{query}");
        let wanted = Wanted { status: 200, length: 0, whole: true };
        Self { kind, id, method, target, fields: Vec::new(), upload: None, slow: false, wanted, choice: None }
    }

    /// A page with cookies in both directions; sometimes one without a body, a redirect or an error.
    pub(crate) fn visit(id: u64, rng: &mut Rng) -> Self {
        let status = [200, 200, 200, 200, 204, 302, 304, 404][rng.usize(..8)];
        let method = if rng.u8(..6) == 0 { "HEAD" } else { "GET" };
        let size = rng.u64(..3000);
        let mut ask = Self::new("visit", id, method, &format!("status={status}&size={size}"));
        let length = if method == "HEAD" || matches!(status, 204 | 304) { 0 } else { size };
        ask.wanted = Wanted { status, length, whole: true };
        ask.bear_cookies(rng);
        if rng.bool() {
            for (name, value) in [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")] {
                ask.fields.push((name, value.to_owned()));
            }
        }
        ask
    }

    fn bear_cookies(&mut self, rng: &mut Rng) {
        let choice = Choice::any(rng);
        self.choice = Some(choice);
        let mut pairs = choice.pairs(self.id, rng);
        // A browser may send several Cookie fields over HTTP/2, and some clients do over HTTP/1.1.
        let rest = if rng.u8(..4) == 0 { pairs.split_off(rng.usize(1..pairs.len())) } else { Vec::new() };
        self.fields.push(("cookie", pairs.join("; ")));
        if !rest.is_empty() {
            self.fields.push(("cookie", rest.join("; ")));
        }
    }

    /// A body of any size in any framing.
    pub(crate) fn download(id: u64, rng: &mut Rng) -> Self {
        let (size, framing) = (any_size(rng), ["length", "chunked", "close"][rng.usize(..3)]);
        let mut ask = Self::new("download", id, "GET", &format!("size={size}&framing={framing}"));
        ask.slow = rng.u8(..8) == 0;
        ask.wanted.length = size;
        ask
    }

    /// A body that the portal breaks off.
    pub(crate) fn cut(id: u64, rng: &mut Rng) -> Self {
        let size = any_size(rng).max(2);
        let (cut, framing) = (rng.u64(1..size), ["length", "chunked"][rng.usize(..2)]);
        let how = ["finish", "reset"][rng.usize(..2)];
        let query = format!("size={size}&framing={framing}&cut={cut}&how={how}");
        let mut ask = Self::new("cut", id, "GET", &query);
        ask.wanted.whole = false;
        ask.wanted.length = cut;
        ask
    }

    /// A body for the portal, which says whether it came whole.
    pub(crate) fn upload(id: u64, rng: &mut Rng) -> Self {
        let method = if rng.u8(..3) == 0 { "PUT" } else { "POST" };
        let size = any_size(rng);
        let mut ask = Self::new("upload", id, method, "size=16");
        ask.wanted.length = 16;
        ask.upload = Some(Upload { size, chunked: rng.bool(), slow: rng.u8(..8) == 0, expects: rng.u8(..5) == 0 });
        ask
    }

    /// A tunnel that sends everything back.
    pub(crate) fn tunnel(id: u64, rng: &mut Rng) -> Self {
        let mut ask = Self::new("tunnel", id, "GET", "");
        ask.bear_cookies(rng);
        ask
    }

    /// More than all buffers hold, of which its visitor will not see the end.
    pub(crate) fn long_download(id: u64) -> Self {
        Self::new("download", id, "GET", &format!("size={LARGEST}&framing=chunked"))
    }

    /// A body that its visitor will not send to the end.
    pub(crate) fn long_upload(id: u64) -> Self {
        let mut ask = Self::new("upload", id, "POST", "size=16");
        ask.upload = Some(Upload { size: LARGEST, chunked: false, slow: false, expects: false });
        ask
    }

    /// Never answered: the portal waits for octroi to give up.
    pub(crate) fn held(id: u64) -> Self {
        Self::new("held", id, "GET", "")
    }

    /// Whether octroi may send it twice, and so promises that one broken connection does not lose it.
    pub(crate) fn is_replayable(&self) -> bool {
        matches!(self.method, "GET" | "HEAD") && self.upload.is_none() && self.kind != "tunnel"
    }

    /// The head of HTTP/1.1, but for its last empty line.
    pub(crate) fn head(&self) -> String {
        let host = crate::support::client::HOST;
        let mut head = format!("{} {} HTTP/1.1\r\nhost: {host}\r\n", self.method, self.target);
        for (name, value) in &self.fields {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        match self.upload {
            Some(Upload { chunked: true, .. }) => head.push_str("transfer-encoding: chunked\r\n"),
            Some(Upload { size, .. }) => write!(head, "content-length: {size}\r\n").unwrap(),
            None => {}
        }
        head
    }
}

impl Got {
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| &**value).collect()
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values(name).first().copied()
    }
}

/// Mostly small, sometimes nothing, seldom more than all buffers hold.
fn any_size(rng: &mut Rng) -> u64 {
    match rng.u8(..20) {
        0 => 0,
        1 => rng.u64(..LARGEST),
        2..=5 => rng.u64(..256 << 10),
        _ => rng.u64(..20 << 10),
    }
}
