//! WebSocket handshakes: browsers keep the cookies of a 101, and Firefox those of a refused one too.

use crate::jar::case::{Case, Load, Outcome, WITNESS_LINE};

const COOKIES: &[u8] = b"Set-Cookie: sessionid=1; Path=/\r\nSet-Cookie: _ga=2; Path=/\r\n";
const SWITCH: &str = "101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";

pub(super) fn cases() -> Vec<Case> {
    let answer = |start: &str| [b"HTTP/1.1 ", start.as_bytes(), COOKIES, WITNESS_LINE, b"\r\n"].concat();
    let switched = [
        ("granted", format!("{SWITCH}Sec-WebSocket-Accept: {{accept}}\r\n")),
        ("granted with a wrong key", format!("{SWITCH}Sec-WebSocket-Accept: wrong\r\n")),
        ("granted without a key", SWITCH.to_owned()),
        (
            "granted with a protocol that nobody asked for",
            format!("{SWITCH}Sec-WebSocket-Accept: {{accept}}\r\nSec-WebSocket-Protocol: x\r\n"),
        ),
    ];
    let mut cases = switched.map(|(name, start)| handshake(name, answer(&start))).to_vec();
    let refused = [
        "200 OK",
        "204 None",
        "302 Found\r\nLocation: /c/landed",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Missing",
        "426 Upgrade",
        "500 Error",
        "503 Unavailable",
    ];
    for status in refused {
        cases.push(handshake(&format!("answered {status}"), answer(&format!("{status}\r\nContent-Length: 0\r\n"))));
    }
    // To a visitor of HTTP/2 any 2xx is the tunnel (RFC 8441 §5): one that is no switch, or a faulty one, is refused there.
    let is_refused_by_http2 = |case: &Case| {
        ["with a wrong key", "without a key", "200 OK", "204 None"].iter().any(|end| case.name.ends_with(end))
    };
    for case in cases.iter_mut().filter(|case| is_refused_by_http2(case)) {
        case.outcome = Outcome::Torn;
    }
    let odd = [
        "101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n",
        "101 Switching Protocols\r\nUpgrade: websocket\r\n",
        "101 Switching Protocols\r\n",
    ];
    for start in odd {
        cases.push(handshake(&format!("answered {start:?}"), answer(start)).comes_out(Outcome::Refused));
    }
    let unasked = answer(&format!("{SWITCH}Sec-WebSocket-Accept: x\r\n"));
    cases.push(Case::raw("a switch that nobody asked for", unasked).comes_out(Outcome::Refused));
    cases
}

fn handshake(name: &str, answer: Vec<u8>) -> Case {
    Case::raw(format!("a WebSocket handshake {name}"), answer).by(Load::WebSocket)
}
