//! W3C Trace Context: the trace that a request belongs to, as `traceparent` names it.
//!
//! octroi takes no part in a trace: it sends a valid `traceparent` and its `tracestate` on unchanged, and writes the trace's id
//! to the access log, so that a log line is found from a trace and a trace from a log line. An invalid one is removed with its
//! `tracestate`, as the standard asks (§4.3); the portal then begins a trace of its own.

use http::{HeaderMap, HeaderName};

use crate::http::fields::{self, Lines};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// The id of a trace: 32 lower-case hexadecimal digits, not all of them 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::proxy) struct TraceId([u8; 32]);

impl TraceId {
    /// Its text.
    pub(in crate::proxy) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The id that a request's only `traceparent` names. `None` if there is none, or if it is invalid: then it is removed.
pub(in crate::proxy) fn read(headers: &mut HeaderMap) -> Option<TraceId> {
    let found = match fields::lines(headers, &TRACEPARENT) {
        Lines::None => return None,
        Lines::One(value) => trace_id(value.as_bytes()),
        Lines::Several => None,
    };
    if found.is_none() {
        headers.remove(TRACEPARENT);
        headers.remove(TRACESTATE);
    }
    found
}

/// Reads `version-trace-parent-flags` (§3.2.2). Version `ff` is invalid; version `00` has just these parts, a later one may
/// have more after them.
fn trace_id(value: &[u8]) -> Option<TraceId> {
    let (known, more) = value.split_at_checked(55)?;
    let (version, rest) = known.split_at_checked(2)?;
    let (trace, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<32>()?;
    let (parent, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<16>()?;
    let flags = rest.strip_prefix(b"-")?;
    let is_hex = |part: &[u8]| part.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_id = |part: &[u8]| is_hex(part) && part.iter().any(|byte| *byte != b'0');
    let ends = more.is_empty() || (version != b"00" && more.starts_with(b"-"));
    let is_valid = is_hex(version) && version != b"ff" && is_id(trace) && is_id(parent) && is_hex(flags) && ends;
    is_valid.then_some(TraceId(*trace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::headers;

    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

    #[test]
    fn valid_contexts_stay_as_they_are() {
        for value in [
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-adds",
        ] {
            let before = headers(&[("traceparent", value), ("tracestate", "a=1,b=2"), ("tracestate", "c=3")]);
            let mut after = before.clone();
            assert_eq!(read(&mut after).as_ref().map(TraceId::as_str), Some(TRACE), "{value}");
            assert_eq!(after, before);
        }
        assert_eq!(read(&mut headers(&[("tracestate", "a=1")])), None);
    }

    #[test]
    fn invalid_ones_go_with_their_state() {
        for value in [
            "",
            "00",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
            "00.0af7651916cd43dd8448eb211c80319c.b7ad6b7169203331.01",
        ] {
            let mut fields = headers(&[("traceparent", value), ("tracestate", "a=1"), ("accept", "*/*")]);
            assert_eq!(read(&mut fields), None, "{value}");
            assert_eq!(fields, headers(&[("accept", "*/*")]), "{value}");
        }
        let valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let mut twice = headers(&[("traceparent", valid), ("traceparent", valid)]);
        assert_eq!((read(&mut twice), twice.len()), (None, 0));
    }
}
