//! Names of fields by which proxies tell a server the client's address, its protocol and the host that it asked for. A visitor
//! who sends one of them could deceive the portal.
//!
//! A server that passes a request on as CGI or WSGI variables reads `_` as `-` (RFC 3875 §4.1.18). Some read any character that
//! is neither letter nor digit as `-`. Names are compared here as such a server reads them.

use http::HeaderName;

/// Beginnings of names that proxies set, by their first letter: most names of a request begin with none of these letters.
/// SECURITY.md lists them for operators, by kind: what came in, who is asking, by which product.
#[rustfmt::skip]
fn beginnings(first: u8) -> &'static [&'static str] {
    match first {
        b'a' => &["akamai-", "auth-groups", "auth-mail", "auth-user"],
        b'c' => &["cas-user", "cf-", "cloudfront-"],
        b'd' => &["disguised-host"],
        b'f' => &["fastly-", "fly-", "forwarded", "front-end-https"],
        b'h' => &["http-"],
        b'i' => &["iv-"],
        b'm' => &["mellon-"],
        b'o' => &["oam-", "oidc-"],
        b'p' => &["proxy"],
        b'r' => &["remote-", "request-uri"],
        b's' => &["shib-", "sm-", "ssl-"],
        b't' => &["tailscale-", "teleport-", "tls-"],
        b'w' => &["wl-proxy-"],
        b'x' => &[
            "x-accel-", "x-amzn-mtls-", "x-amzn-oidc-", "x-anonymous-consumer", "x-apigateway-", "x-appengine-",
            "x-arr-", "x-auth-cert", "x-auth-email", "x-auth-groups", "x-auth-mail", "x-auth-name", "x-auth-request-",
            "x-auth-role", "x-auth-subject", "x-auth-user", "x-authenticated-", "x-authentik-", "x-azure-", "x-cert",
            "x-client-addr", "x-client-ssl", "x-cluster-", "x-consumer-", "x-credential-", "x-custom-ip",
            "x-endpoint-api-", "x-envoy-", "x-forward", "x-goog-authenticated-", "x-goog-iap-", "x-host",
            "x-http-destination", "x-http-host", "x-ingress-path", "x-jwt-", "x-ms-client-principal", "x-ms-token-",
            "x-mtls-", "x-orig-", "x-original-", "x-originating-", "x-override-", "x-path-info", "x-pomerium-",
            "x-proxy", "x-real-", "x-remote-", "x-replaced-path", "x-request-uri", "x-rewrite-", "x-scheme",
            "x-script-name", "x-sendfile-type", "x-ssl-", "x-sso-", "x-subject-", "x-sucuri-", "x-tailscale-",
            "x-teleport-", "x-tls-", "x-token-", "x-trusted-", "x-url-scheme", "x-user-email", "x-user-group",
            "x-user-id", "x-user-name", "x-user-role", "x-username", "x-vercel-", "x-vouch-", "x-waws-", "x-webauth-",
        ],
        _ => &[],
    }
}

/// Endings of names that proxies set: `True-Client-IP`, `CF-Connecting-IP`, `X-Vercel-Forwarded-For`.
const ENDINGS: [&str; 2] = ["-ip", "-forwarded-for"];

/// What names of proxies have anywhere, whatever the product that they begin with: `X-Sucuri-ClientIP`, `X-Client-Verified`.
const PARTS: [&str; 8] =
    ["client-cert", "client-dn", "client-verif", "clientcert", "clientip", "jwt-assertion", "realip", "userinfo"];

/// Names that octroi itself reads, writes or removes. In another spelling they would be sent to the portal unread.
#[rustfmt::skip]
fn read_here(first: u8) -> &'static [&'static str] {
    match first {
        b'c' => &["cdn-loop", "content-encoding", "content-length", "content-type"],
        b'h' => &["http2-settings"],
        b'k' => &["keep-alive"],
        b's' => &["sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-gpc"],
        b't' => &["transfer-encoding"],
        b'x' => &["x-request-id"],
        _ => &[],
    }
}

/// Whether a portal would take this field for one that a proxy has set. `Via` and `X-Request-ID` are treated elsewhere.
pub(crate) fn is_forwarding(name: &HeaderName) -> bool {
    let name = name.as_str().as_bytes();
    let first = name.first().copied().unwrap_or_default();
    beginnings(first).iter().any(|beginning| begins(name, beginning))
        || ENDINGS.iter().any(|ending| ends(name, ending))
        || PARTS.iter().any(|part| name.windows(part.len()).any(|within| reads_as(within, part)))
}

/// Whether a field must not reach the portal. From a client that is not `trusted`, that is every field of a proxy. From any
/// client it is a name that a portal may read as another one, and `Proxy`, which CGI turns into `HTTP_PROXY`, the proxy for
/// the portal's own requests.
pub(crate) fn is_forged(name: &HeaderName, trusted: bool) -> bool {
    let is_forwarding = is_forwarding(name);
    if is_forwarding && !trusted {
        return true;
    }
    let text = name.as_str().as_bytes();
    let first = text.first().copied().unwrap_or_default();
    let is_read_here = || read_here(first).iter().any(|known| known.len() == text.len() && begins(text, known));
    let is_plain = || text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    text == b"proxy" || ((is_forwarding || is_read_here()) && !is_plain())
}

fn begins(name: &[u8], beginning: &str) -> bool {
    name.get(..beginning.len()).is_some_and(|start| reads_as(start, beginning))
}

fn ends(name: &[u8], ending: &str) -> bool {
    let start = name.len().checked_sub(ending.len());
    start.and_then(|start| name.get(start..)).is_some_and(|end| reads_as(end, ending))
}

fn reads_as(name: &[u8], meant: &str) -> bool {
    let same = |(read, meant): (&u8, &u8)| read == meant || (*meant == b'-' && !read.is_ascii_alphanumeric());
    name.iter().zip(meant.as_bytes()).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::fields::{is_hop_by_hop, is_usual};

    fn name(text: &str) -> HeaderName {
        HeaderName::from_bytes(text.as_bytes()).unwrap()
    }

    fn all_beginnings() -> impl Iterator<Item = &'static str> {
        (0..=u8::MAX).flat_map(|first| beginnings(first).iter().copied())
    }

    #[test]
    fn names_of_proxies_are_known() {
        let names = "Forwarded X-Forwarded X-Forwarded-For X-Forwarded-Anything X-Forwarder-For Forwarded-For X-Real-IP \
                     X-Original-URL X-Original-Host X-Original-Forwarded-For X-Rewrite-URL X-Client-IP Client-IP \
                     True-Client-IP X-Cluster-Client-IP CF-Connecting-IP CF-Connecting-IPv6 CF-Visitor Fastly-Client-IP \
                     Fastly-SSL X-Remote-User Remote-User X-Remote-Addr X-Originating-IP Proxy-Client-IP WL-Proxy-Client-IP \
                     HTTP_X_FORWARDED_FOR HTTP-Client-IP X-ProxyUser-Ip Front-End-Https X-Url-Scheme X-Scheme X-Host \
                     X-HTTP-Host-Override X-Envoy-External-Address X-Azure-ClientIP X-SSL-Client-Cert Client-Cert \
                     X-Auth-Request-User X-Vercel-Forwarded-For Z-Forwarded-For Incap-Client-IP Ali-CDN-Real-IP X-IP Proxy \
                     X-ClientIP ClientIP X-Sucuri-ClientIP X-RealIP X-Override-URL X-Replaced-Path X-Client-Verified \
                     X-TLS-Client-Cert X-Edge-Client-Cert-Chain X-Client-DN X-Userinfo X-Apigateway-Api-Userinfo X-Vouch-User \
                     X-Vouch-Idp-Claims-Email Tailscale-User-Login X-Endpoint-API-UserInfo X-JWT-Assertion \
                     Teleport-Jwt-Assertion X-User-Id X-Auth-Email SM-User IV-Creds Mellon-Name";
        for text in names.split_ascii_whitespace() {
            assert!(is_forwarding(&name(text)) && !is_usual(&name(text)), "{text}");
        }
    }

    #[test]
    fn names_of_visitors_are_not() {
        let names = "Host User-Agent Accept Accept-Encoding Accept-Language Referer Origin Cookie Authorization Content-Type \
                     Content-Length Cache-Control Pragma Range If-None-Match Upgrade-Insecure-Requests Sec-Fetch-Mode \
                     Sec-CH-UA Sec-GPC DNT Priority X-Requested-With X-CSRFToken X-API-Key X-Client-Version X-Client-Data \
                     X-Goog-Api-Key X-Auth-Token X-HTTP-Method-Override ODS-Widgets-Version Traceparent X-Correlation-ID \
                     X-Request-ID Via CDN-Loop X-Forw Trip Zip Forward Cfg X-Real X-Zip-Code X_Other Api_Key \
                     X-User-Agent X-Token X-JWT X-Client-Id X-Recertified Smart Ivory Tls Certainty";
        for text in names.split_ascii_whitespace() {
            assert!(!is_forged(&name(text), false), "{text}");
        }
    }

    #[test]
    fn a_usual_name_is_none_that_is_taken_away() {
        let usual = "accept accept-encoding accept-language cookie host priority referer sec-ch-ua sec-ch-ua-mobile \
                     sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user \
                     upgrade-insecure-requests user-agent";
        for text in usual.split_ascii_whitespace() {
            let name = name(text);
            assert!(is_usual(&name) && !is_hop_by_hop(&name) && !is_forged(&name, false), "{text}");
        }
        let taken = "connection keep-alive proxy-connection proxy-authenticate proxy-authorization te transfer-encoding \
                     upgrade http2-settings expect via x-request-id";
        for text in taken.split_ascii_whitespace().chain(all_beginnings()) {
            assert!(!is_usual(&name(text)), "{text}");
        }
    }

    #[test]
    fn other_spellings_pass_from_nobody_and_the_names_themselves_from_trusted_proxies() {
        let own = (0..=u8::MAX).flat_map(|first| read_here(first).iter().copied());
        for known in all_beginnings().chain(PARTS).chain(own).filter(|known| known.trim_end_matches('-').contains('-'))
        {
            assert!(!is_forged(&name(known), true), "{known}");
            for other in ["_", ".", "~", "|"] {
                assert!(is_forged(&name(&known.replacen('-', other, 1)), true), "{known} {other}");
            }
        }
        for text in ["x_forwarded_for", "x-forwarded_proto", "x.real.ip", "true_client_ip", "proxy", "http_x_real_ip"] {
            assert!(is_forged(&name(text), true), "{text}");
        }
        assert!(!is_forged(&name("content_lengths"), true) && !is_forged(&name("proxy-client-ip"), true));
    }

    #[test]
    fn operators_find_every_name() {
        let security = include_str!("../../../SECURITY.md");
        for beginning in all_beginnings() {
            assert!(security.contains(&format!("`{beginning}*`")), "SECURITY.md does not list `{beginning}*`");
        }
        assert!(ENDINGS.iter().all(|ending| security.contains(&format!("`*{ending}`"))));
        assert!(PARTS.iter().all(|part| security.contains(&format!("`*{part}*`"))));
    }
}
