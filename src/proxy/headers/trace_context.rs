//! W3C Trace Context: the trace that a request belongs to, as `traceparent` names it.
//!
//! If octroi records no span of a request, it takes no part in the trace: it sends a valid `traceparent` and its `tracestate` on
//! unchanged. If it records one, it names its own span as the parent. In both cases it writes the trace's id to the access log, so
//! that a log line is found from a trace and a trace from a log line. An invalid `traceparent` is removed with its
//! `tracestate`, as the standard asks (§4.3); the portal then begins a trace of its own.

use data_encoding::HEXLOWER;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::http::fields::{self, Lines};
use crate::telemetry::spans::SpanIds;

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");
/// The flag of `traceparent` that says: the sender has a span (§3.2.2.5).
const SAMPLED: u8 = 1;
/// What vendors must take at least (§3.3.1.5); a longer one is passed on, and is in no span.
const LONGEST_STATE: usize = 512;

/// The id of a trace: 32 lower-case hexadecimal digits, not all of them 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::proxy) struct TraceId([u8; 32]);

/// What a valid `traceparent` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::proxy) struct TraceContext {
    pub(in crate::proxy) trace: TraceId,
    /// The sender's span: 16 hexadecimal digits.
    parent: [u8; 16],
    /// Whether the sender has a span.
    pub(in crate::proxy) sampled: bool,
}

impl TraceId {
    /// That of these bytes.
    pub(in crate::proxy) fn of(bytes: [u8; 16]) -> Self {
        let mut digits = [b'0'; 32];
        HEXLOWER.encode_mut(&bytes, &mut digits);
        Self(digits)
    }

    /// Its text.
    pub(in crate::proxy) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// What a request's only `traceparent` says; `None` if there is none, or none that is valid.
pub(in crate::proxy) fn context(headers: &HeaderMap) -> Option<TraceContext> {
    match fields::lines(headers, &TRACEPARENT) {
        Lines::One(value) => parse(value.as_bytes()),
        Lines::None | Lines::Several => None,
    }
}

/// The id that a request's only `traceparent` names. `None` if there is none, or if it is invalid: then it is removed.
pub(in crate::proxy) fn read(headers: &mut HeaderMap) -> Option<TraceId> {
    let found = context(headers).map(|context| context.trace);
    if found.is_none() {
        headers.remove(TRACEPARENT);
        headers.remove(TRACESTATE);
    }
    found
}

/// The ids of a request's spans, new ones within the trace that it came with, or of a trace that begins here.
pub(in crate::proxy) fn continued(headers: &HeaderMap, context: Option<&TraceContext>) -> SpanIds {
    let decoded = context.and_then(|context| {
        let (mut trace, mut parent) = ([0; 16], [0; 8]);
        HEXLOWER.decode_mut(&context.trace.0, &mut trace).ok()?;
        HEXLOWER.decode_mut(&context.parent, &mut parent).ok()?;
        Some((trace, parent))
    });
    let [server, client] = [span_id(), span_id()];
    if let Some((trace, parent)) = decoded {
        return SpanIds { trace, parent: Some(parent), server, client, state: state(headers) };
    }
    SpanIds { trace: fastrand::u128(1..).to_be_bytes(), parent: None, server, client, state: String::new() }
}

/// Tells the portal that octroi's span is the parent of its own; `tracestate` stays as it came.
pub(in crate::proxy) fn write(headers: &mut HeaderMap, SpanIds { trace, client, .. }: &SpanIds) {
    let value = format!("00-{}-{}-{SAMPLED:02x}", HEXLOWER.encode(trace), HEXLOWER.encode(client));
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(TRACEPARENT, value);
    }
}

/// Any but zero, which is no id.
fn span_id() -> [u8; 8] {
    fastrand::u64(1..).to_be_bytes()
}

/// `tracestate`, its lines joined; empty if it is longer than spans carry.
fn state(headers: &HeaderMap) -> String {
    let lines: Vec<_> = headers.get_all(TRACESTATE).iter().filter_map(|value| value.to_str().ok()).collect();
    Some(lines.join(",")).filter(|state| state.len() <= LONGEST_STATE).unwrap_or_default()
}

/// Reads `version-trace-parent-flags` (§3.2.2). Version `ff` is invalid; version `00` has just these parts, a later one may
/// have more after them.
fn parse(value: &[u8]) -> Option<TraceContext> {
    let (known, more) = value.split_at_checked(55)?;
    let (version, rest) = known.split_at_checked(2)?;
    let (trace, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<32>()?;
    let (parent, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<16>()?;
    let flags = rest.strip_prefix(b"-")?;
    let is_hex = |part: &[u8]| part.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_id = |part: &[u8]| is_hex(part) && part.iter().any(|byte| *byte != b'0');
    let ends = more.is_empty() || (version != b"00" && more.starts_with(b"-"));
    let is_valid = is_hex(version) && version != b"ff" && is_id(trace) && is_id(parent) && is_hex(flags) && ends;
    let flags = u8::from_str_radix(str::from_utf8(flags).ok()?, 16).ok()?;
    let context = TraceContext { trace: TraceId(*trace), parent: *parent, sampled: flags & SAMPLED != 0 };
    is_valid.then_some(context)
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
