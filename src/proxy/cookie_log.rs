//! Which cookies did not pass, for operators who ask why a visitor lost one: their names at `debug`, never a value.

use super::exchange::Exchange;
use crate::cookie::SetCookie;
use crate::gate::{RequestOutcome, ResponseOutcome};
use crate::http::h1::SetCookies;
use crate::policy::Verdict;

/// Names the cookies of a request that are kept from the portal.
pub(super) fn request(exchange: &Exchange, judged: &RequestOutcome) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let request_id = exchange.request_id().as_str();
    for name in judged.stripped_names() {
        tracing::debug!(request_id, cookie = %name.escape_ascii(), "a cookie is kept from the portal");
    }
}

/// Names the cookies of a response that are not sent to the visitor, or would not be if the site enforced its charter.
pub(super) fn response(exchange: &Exchange, judged: &ResponseOutcome, lines: &SetCookies) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let request_id = exchange.request_id().as_str();
    let enforcement = exchange.site().map(|site| site.enforcement.as_str());
    let dropped = lines.iter().zip(&judged.lines).filter(|(_, judged)| judged.judgement.verdict == Verdict::Drop);
    for (line, judged) in dropped {
        let reason = judged.judgement.reason.as_str();
        let name = SetCookie::parse(line.as_bytes()).map_or(&b""[..], |cookie| cookie.name());
        tracing::debug!(request_id, cookie = %name.escape_ascii(), reason, enforcement, "a cookie is kept from the visitor");
    }
}
