//! One HTTP/1.1 message with its exact bytes.

use super::shown;

/// A request or a response, with its bytes as they were received.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// From the start line to the empty line.
    pub(crate) head: Vec<u8>,
    /// The decoded body.
    pub(crate) body: Vec<u8>,
    /// The trailer lines of a chunked body.
    pub(crate) trailers: Vec<u8>,
    /// Whether the body ended as its framing says.
    pub(crate) complete: bool,
}

impl Message {
    pub(crate) fn new(head: Vec<u8>) -> Self {
        Self { head, body: Vec::new(), trailers: Vec::new(), complete: false }
    }

    fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.head.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// The request line or the status line.
    pub(crate) fn start_line(&self) -> String {
        String::from_utf8_lossy(self.lines().next().unwrap_or_default()).into_owned()
    }

    /// The method of a request.
    pub(crate) fn method(&self) -> String {
        self.start_line().split(' ').next().unwrap_or_default().to_owned()
    }

    /// The target of a request.
    pub(crate) fn target(&self) -> String {
        self.start_line().split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// The status of a response; 0 if there is none.
    pub(crate) fn status(&self) -> u16 {
        self.target().parse().unwrap_or(0)
    }

    /// All fields, in their order.
    pub(crate) fn fields(&self) -> Vec<(String, Vec<u8>)> {
        let field = |line: &[u8]| {
            let at = line.iter().position(|&byte| byte == b':')?;
            Some((String::from_utf8_lossy(&line[..at]).to_ascii_lowercase(), line[at + 1..].trim_ascii().to_vec()))
        };
        self.lines().skip(1).filter_map(field).collect()
    }

    /// The values of all lines of a field, byte for byte.
    pub(crate) fn values(&self, name: &str) -> Vec<Vec<u8>> {
        self.fields().into_iter().filter(|(field, _)| field == name).map(|(_, value)| value).collect()
    }

    /// The values of all lines of a field, as text.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.values(name).iter().map(|value| String::from_utf8_lossy(value).into_owned()).collect()
    }

    /// The values of a field, joined; `None` if it is absent.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let values = self.texts(name);
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.field(name).is_some()
    }

    /// The `Set-Cookie` lines, as text.
    pub(crate) fn set_cookies(&self) -> Vec<String> {
        self.texts("set-cookie")
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn is_chunked(&self) -> bool {
        self.field("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"))
    }

    pub(crate) fn content_length(&self) -> Option<usize> {
        self.field("content-length")?.parse().ok()
    }

    pub(crate) fn never_has_a_body(&self) -> bool {
        matches!(self.status(), 100..=199 | 204 | 304)
    }

    /// The whole message for a failure's report.
    pub(crate) fn shown(&self) -> String {
        let end = if self.complete { "" } else { "\n    (cut off)" };
        format!("    {}{}{end}", shown(&self.head), shown(&self.body))
    }

    #[track_caller]
    pub(crate) fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(self.status(), status, "another status than expected:\n{}", self.shown());
        self
    }
}
