//! The head of a response: one status line and its fields.
//!
//! `Set-Cookie` lines are kept apart, as bytes, because the gate reads bytes.

use bytes::BytesMut;
use http::{HeaderMap, Response, StatusCode, Version};
use hyper::ext::ReasonPhrase;

use super::section::{Gatherer, Section, SectionLimits};
use super::set_cookies::SetCookies;
use crate::http::h1::Refusal;
use crate::http::h1::scan::is_text;

const VERSION: &[u8] = b"HTTP/1.";

/// A head that was read. It is returned in a box, because it is large and moved often.
#[derive(Debug)]
pub struct ResponseHead {
    /// Status and fields, without `Set-Cookie`.
    pub response: Response<()>,
    /// Its `Set-Cookie` lines.
    pub set_cookies: SetCookies,
}

/// Reads the heads of responses, one after the other.
#[derive(Debug, Default)]
pub struct ResponseHeads(Gatherer);

impl ResponseHeads {
    /// Takes a head from the front of `input`. `None` if it is not complete yet: append to `input` and call again. The fields
    /// of a final head reuse the allocation of `memory`, whose own fields are dropped.
    ///
    /// # Errors
    /// If it is malformed or exceeds `limits`. Nothing can be read afterwards.
    pub fn read(
        &mut self,
        input: &mut BytesMut,
        memory: &mut HeaderMap,
        limits: SectionLimits,
    ) -> Result<Option<Box<ResponseHead>>, Refusal> {
        // A server of another protocol may never send a line end, and would be waited for.
        if !input.iter().zip(VERSION).all(|(came, expected)| came == expected) {
            return Err(Refusal::StatusLine);
        }
        let Some(mut section) = self.0.take(input, limits)? else { return Ok(None) };
        let mut head =
            Box::new(ResponseHead { response: read_status_line(&section)?, set_cookies: SetCookies::default() });
        let response = &mut head.response;
        if !is_interim(response.status()) {
            memory.clear();
            *response.headers_mut() = std::mem::take(memory);
        }
        head.set_cookies = section.read_fields(1, response.headers_mut(), limits)?;
        self.0.clear();
        Ok(Some(head))
    }
}

/// Whether another response follows, the final one.
pub fn is_interim(status: StatusCode) -> bool {
    status.is_informational() && status != StatusCode::SWITCHING_PROTOCOLS
}

/// Reads `HTTP-version SP status-code [ SP reason-phrase ]` (RFC 9112 §4). Without a reason, many servers leave out the space as
/// well, which browsers accept.
fn read_status_line(section: &Section<'_>) -> Result<Response<()>, Refusal> {
    let line = section.first_line();
    let (version, status, rest) = match line.strip_prefix(VERSION) {
        Some([b'1', b' ', a, b, c, rest @ ..]) => (Version::HTTP_11, [*a, *b, *c], rest),
        Some([b'0', b' ', a, b, c, rest @ ..]) => (Version::HTTP_10, [*a, *b, *c], rest),
        _ => return Err(Refusal::StatusLine),
    };
    let reason = match rest {
        [] => rest,
        [b' ', reason @ ..] if reason.iter().all(|&byte| is_text(byte)) => reason,
        _ => return Err(Refusal::StatusLine),
    };
    let mut response = Response::new(());
    *response.version_mut() = version;
    *response.status_mut() = StatusCode::from_bytes(&status).map_err(|_| Refusal::StatusLine)?;
    if response.status().canonical_reason().map(str::as_bytes) != Some(reason) {
        // hyper's server writes it.
        let reason = ReasonPhrase::try_from(section.share(reason)).map_err(|_| Refusal::StatusLine)?;
        response.extensions_mut().insert(reason);
    }
    Ok(response)
}
