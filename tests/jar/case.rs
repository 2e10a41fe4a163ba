//! One case: the bytes of a response, how a browser loads it, and the expected result.

/// A response that a browser loads twice, straight from the portal and through a proxy.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// What the portal says, byte for byte.
    pub(crate) answer: Vec<u8>,
    pub(crate) load: Load,
    /// Whether the jar holds the cookies of [`HELD`] before.
    pub(crate) held: bool,
    /// Whether the portal closes the connection after its answer, as it does in most cases.
    pub(crate) closes: bool,
    pub(crate) outcome: Outcome,
}

/// How a browser comes to a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Load {
    /// A script's request from a page of the portal.
    Fetch,
    /// The same with HEAD.
    Head,
    /// A visitor who types the address.
    Navigation,
    WebSocket,
}

/// What octroi has to make of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Without consent only allowed names land, each exactly as without octroi; with consent all cookies do.
    Filtered,
    /// As `Filtered`, but the response itself ends the consent: its other cookies do not land with it either.
    Withdrawn,
    /// As `Filtered`, and what the response surely deletes is gone without consent too.
    Deleted,
    /// Of the response's cookies the witness alone lands, whatever the consent: the others have no name that browsers
    /// agree on.
    Nameless,
    /// The body breaks off at once, or a handshake is broken: as `Filtered`, or as `Refused` if octroi sees that before
    /// the head has gone out.
    Torn,
    /// Octroi refuses the response whole: the jar stays as it was.
    Refused,
}

/// An allowed cookie that comes with each case: where it landed, the response was read.
pub(crate) const WITNESS: &str = "django_language";
pub(crate) const WITNESS_LINE: &[u8] = b"Set-Cookie: django_language=witness; Path=/\r\n";

/// What the jar of a `held` case holds before: allowed and refused names, in the places where they are usually set.
pub(crate) const HELD: &str = "Set-Cookie: sessionid=old\r\nSet-Cookie: sessionid=old; Path=/\r\n\
    Set-Cookie: csrftoken=old; Domain=portal.test; Path=/\r\nSet-Cookie: _ga=old\r\nSet-Cookie: _ga=old; Path=/\r\n\
    Set-Cookie: _ga=old; Domain=portal.test; Path=/\r\nSet-Cookie: _gid=old; Path=/; HttpOnly\r\n";

impl Case {
    /// A response in exactly these bytes, after which the portal closes.
    pub(crate) fn raw(name: impl Into<String>, answer: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            answer: answer.into(),
            load: Load::Fetch,
            held: false,
            closes: true,
            outcome: Outcome::Filtered,
        }
    }

    /// A response of this status line with these further lines, the witness and no body.
    pub(crate) fn head(name: impl Into<String>, status: &str, lines: impl AsRef<[u8]>) -> Self {
        let start = format!("HTTP/1.1 {status}\r\n");
        let answer = [start.as_bytes(), lines.as_ref(), WITNESS_LINE, b"Content-Length: 0\r\n\r\n"].concat();
        Self::raw(name, answer)
    }

    /// A good response with one line for each of these cookies.
    pub(crate) fn cookies<L: AsRef<[u8]>>(name: impl Into<String>, cookies: impl IntoIterator<Item = L>) -> Self {
        let line = |cookie: L| [b"Set-Cookie: ", cookie.as_ref(), b"\r\n"].concat();
        Self::head(name, "200 OK", cookies.into_iter().map(line).collect::<Vec<_>>().concat())
    }

    /// A good response that sets an allowed cookie and a refused one with the same end: `=value; Path=/`.
    pub(crate) fn both(name: impl Into<String>, end: impl AsRef<[u8]>) -> Self {
        Self::cookies(name, ["sessionid", "_ga"].map(|cookie| [cookie.as_bytes(), end.as_ref()].concat()))
    }

    pub(crate) fn by(self, load: Load) -> Self {
        Self { load, ..self }
    }

    pub(crate) fn held(self) -> Self {
        Self { held: true, ..self }
    }

    /// The portal keeps the connection open after its answer.
    pub(crate) fn open(self) -> Self {
        Self { closes: false, ..self }
    }

    pub(crate) fn comes_out(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }
}
