//! The portal of the cases, which sends exact bytes: `/c/N` is the `N`-th case; other paths are needed to load it.

use std::sync::Arc;

use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::case::{Case, HELD};
use crate::support::choice::granted;
use crate::support::origin::ok;
use crate::support::{Authority, Message, Origin, Visit};

/// The host under which the browsers know it, with and without octroi.
pub(crate) const HOST: &str = "www.portal.test";

/// What stands in a case's bytes for the answer to a WebSocket's key.
pub(crate) const ACCEPT: &[u8] = b"{accept}";

/// The portal in clear, or under TLS.
pub(crate) async fn portal(cases: &Arc<Vec<Case>>, authority: Option<&Authority>) -> Origin {
    let cases = Arc::clone(cases);
    let granted = granted();
    let serve = move |visit| serve(visit, Arc::clone(&cases), granted.clone());
    match authority {
        Some(authority) => Origin::start_tls(authority.server(&[HOST]), serve).await,
        None => Origin::start(serve).await,
    }
}

async fn serve(mut visit: Visit, cases: Arc<Vec<Case>>, granted: String) {
    while let Some(request) = visit.request().await {
        let target = request.target();
        let path = target.split('?').next().unwrap_or_default();
        let Some(number) = path.strip_prefix("/c/").and_then(|number| number.parse::<usize>().ok()) else {
            return visit.send(beside(path, &request, &granted)).await;
        };
        visit.send(answer(&cases[number], &request)).await;
        if cases[number].closes {
            return visit.wire.finish().await;
        }
    }
}

fn answer(case: &Case, request: &Message) -> Vec<u8> {
    let Some(at) = case.answer.windows(ACCEPT.len()).position(|window| window == ACCEPT) else {
        return case.answer.clone();
    };
    let key = request.field("sec-websocket-key").unwrap_or_default();
    let accept = derive_accept_key(key.as_bytes());
    [&case.answer[..at], accept.as_bytes(), &case.answer[at + ACCEPT.len()..]].concat()
}

/// What is no case: how the jar comes to be as a case needs it, what the browser sends, and where redirects end.
fn beside(path: &str, request: &Message, granted: &str) -> Vec<u8> {
    let (cookies, body) = match path {
        "/c/held" => (HELD.to_owned(), String::new()),
        "/c/granted" => (format!("Set-Cookie: {granted}; Path=/\r\n"), String::new()),
        "/c/sent" => (String::new(), request.values("cookie").concat().escape_ascii().to_string()),
        "/c/landed" => ("Set-Cookie: csrftoken=landed\r\nSet-Cookie: _gid=landed\r\n".to_owned(), String::new()),
        _ => (String::new(), String::new()),
    };
    ok(&format!("Connection: close\r\n{cookies}"), &body)
}
