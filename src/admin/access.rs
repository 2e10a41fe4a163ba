//! Access control: the token, the guards against other websites in the operator's browser, paths and methods.
//!
//! `answer` calls it first, for every request. Without a token the listener trusts whoever reaches its address. Websites in the
//! operator's browser are kept out by two rules: `Host` must be local, and a reload must not be sent by a web page.

use std::net::IpAddr;

use data_encoding::BASE64;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use subtle::ConstantTimeEq;

use super::response::{Kind, Whole, response};

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// `/`: the page for people.
    Overview,
    /// `/explain`: the form that explains one cookie.
    Explain,
    /// `/metrics`: for Prometheus.
    Metrics,
    /// `/livez`: 200 for as long as the process answers at all. Needs no token.
    Livez,
    /// `/readyz`: 200, or 503 once the drain is announced. Needs no token.
    Readyz,
    /// `/policy`: what is in force, as JSON.
    Policy,
    /// `/cookies`: the inventory, as JSON.
    Cookies,
    /// `POST /reload`: reads the files anew.
    Reload,
}

impl Endpoint {
    /// The path must match exactly: no trailing slash, no percent-encoding. The query is not part of it.
    fn find(path: &str) -> Option<Self> {
        Some(match path {
            "/" => Self::Overview,
            "/explain" => Self::Explain,
            "/metrics" => Self::Metrics,
            "/livez" => Self::Livez,
            "/readyz" => Self::Readyz,
            "/policy" => Self::Policy,
            "/cookies" => Self::Cookies,
            "/reload" => Self::Reload,
            _ => return None,
        })
    }

    /// Refuses with `Refusal::Method`, which names the methods for `Allow` (RFC 9110 §15.5.6).
    fn check_method(self, method: &Method) -> Result<(), Refusal> {
        let allowed = match self {
            Self::Reload if method == Method::POST => return Ok(()),
            Self::Reload => "POST",
            _ if [Method::GET, Method::HEAD].contains(method) => return Ok(()),
            // HAProxy's checks send it unless they are told otherwise.
            Self::Livez | Self::Readyz if method == Method::OPTIONS => return Ok(()),
            Self::Livez | Self::Readyz => "GET, HEAD, OPTIONS",
            _ => "GET, HEAD",
        };
        Err(Refusal::Method { allowed })
    }

    /// Probes of an orchestrator send no token; the answer is a single word.
    fn is_open(self) -> bool {
        matches!(self, Self::Livez | Self::Readyz)
    }
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// 401: a token is configured, and the request shows none or another one.
    #[error(
        "a token is required: send `Authorization: Bearer …` with what the token file holds, or give it as the password, with any \
         user name"
    )]
    Unauthorized,
    /// 421: no token is configured, and `Host` is a name other than `localhost`.
    #[error("this listener has no token, so it answers only to an IP address or `localhost` as its host")]
    Host,
    /// 403: a browser sent a reload on behalf of a website.
    #[error("a website may not reload the configuration: send the request without `Origin`, from a command line")]
    CrossSite,
    /// 404. Told only to those who may ask, so that nobody else learns which paths exist.
    #[error("not found: there are /, /explain, /metrics, /livez, /readyz, /policy, /cookies and /reload")]
    NotFound,
    /// 405. `allowed` is the value of `Allow`.
    #[error("method not allowed: send {allowed}")]
    Method { allowed: &'static str },
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    /// What is told to whoever asked.
    pub(super) fn response(self) -> Response<Whole> {
        let mut response = response(self.status(), Kind::Text, format!("{self}\n"));
        let fields: &[_] = match self {
            // Browsers ask their user for what is sent as Basic.
            Self::Unauthorized => &[
                (header::WWW_AUTHENTICATE, "Bearer realm=\"octroi\""),
                (header::WWW_AUTHENTICATE, "Basic realm=\"octroi\", charset=\"UTF-8\""),
            ],
            Self::Method { allowed } => &[(header::ALLOW, allowed)],
            _ => &[],
        };
        for (name, value) in fields {
            response.headers_mut().append(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// Decides over a request by its head. `token` is that of the configuration. Without one, the listener is protected by its
/// loopback address, and by answering only for hosts that no website can have.
///
/// # Errors
/// The first that applies, in this order: no right to ask (`Unauthorized`, `Host`), `NotFound`, `Method`, `CrossSite`.
pub(super) fn admit(request: &Parts, token: Option<&str>) -> Result<Endpoint, Refusal> {
    let endpoint = Endpoint::find(request.uri.path());
    if !endpoint.is_some_and(Endpoint::is_open) {
        check_caller(&request.headers, token)?;
    }
    let endpoint = endpoint.ok_or(Refusal::NotFound)?;
    endpoint.check_method(&request.method)?;
    if endpoint == Endpoint::Reload && comes_from_a_website(&request.headers) {
        return Err(Refusal::CrossSite);
    }
    Ok(endpoint)
}

fn check_caller(headers: &HeaderMap, token: Option<&str>) -> Result<(), Refusal> {
    match token {
        Some(token) if shows(headers, token) => Ok(()),
        Some(_) => Err(Refusal::Unauthorized),
        None if headers.get_all(header::HOST).iter().all(|host| is_local(host.as_bytes())) => Ok(()),
        None => Err(Refusal::Host),
    }
}

/// Compares in a time that depends on no byte of the token.
fn shows(headers: &HeaderMap, token: &str) -> bool {
    let value = headers.get(header::AUTHORIZATION).map_or(&b""[..], |value| value.as_bytes());
    let shown = credentials(value, b"Bearer ").map(<[u8]>::to_vec);
    let shown = shown.or_else(|| password(credentials(value, b"Basic ")?));
    shown.is_some_and(|shown| bool::from(shown.ct_eq(token.as_bytes())))
}

/// What follows the scheme (RFC 9110 §11.4).
fn credentials<'a>(value: &'a [u8], scheme: &[u8]) -> Option<&'a [u8]> {
    let (own, credentials) = value.split_at_checked(scheme.len())?;
    own.eq_ignore_ascii_case(scheme).then_some(credentials)
}

/// The password of any user (RFC 7617 §2): what follows the first colon.
fn password(credentials: &[u8]) -> Option<Vec<u8>> {
    let decoded = BASE64.decode(credentials).ok()?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    decoded.get(colon + 1..).map(<[u8]>::to_vec)
}

/// A name that somebody has made to resolve to 127.0.0.1 is neither an address nor `localhost`: with it, a website
/// could read this listener through the operator's browser (DNS rebinding).
fn is_local(host: &[u8]) -> bool {
    let Ok(authority) = Authority::try_from(host) else { return false };
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok()
}

/// Browsers send `Origin` with every cross-origin POST, and `Sec-Fetch-Site` with every request (W3C Fetch Metadata);
/// command lines send neither.
fn comes_from_a_website(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    headers.contains_key(header::ORIGIN) || site.is_some_and(|site| site != "none" && site != "same-origin")
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn ask(method: &str, path: &str, fields: &[(&str, &str)], token: Option<&str>) -> Result<Endpoint, Refusal> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        admit(&request.body(()).unwrap().into_parts().0, token)
    }

    #[test]
    fn every_endpoint_is_found_by_its_methods() {
        for (path, endpoint) in [
            ("/", Endpoint::Overview),
            ("/explain?line=a", Endpoint::Explain),
            ("/metrics", Endpoint::Metrics),
            ("/livez", Endpoint::Livez),
            ("/readyz?verbose", Endpoint::Readyz),
            ("/policy", Endpoint::Policy),
            ("/cookies", Endpoint::Cookies),
        ] {
            assert_eq!(ask("GET", path, &[], None), Ok(endpoint));
            assert_eq!(ask("HEAD", path, &[], None), Ok(endpoint));
            let is_probe = endpoint.is_open();
            let allowed = if is_probe { "GET, HEAD, OPTIONS" } else { "GET, HEAD" };
            for method in ["POST", "PUT", "OPTIONS", "TRACE"] {
                let answered = is_probe && method == "OPTIONS";
                let expected = if answered { Ok(endpoint) } else { Err(Refusal::Method { allowed }) };
                assert_eq!(ask(method, path, &[], None), expected);
            }
        }
        assert_eq!(ask("POST", "/reload", &[], None), Ok(Endpoint::Reload));
        assert_eq!(ask("GET", "/reload", &[], None), Err(Refusal::Method { allowed: "POST" }));
        for path in ["/metrics/", "/Metrics", "//", "/explain/"] {
            assert_eq!(ask("GET", path, &[], None), Err(Refusal::NotFound));
        }
    }

    #[test]
    fn a_token_opens_everything_and_its_lack_nothing_but_probes() {
        let token = Some("s3cret");
        for path in ["/", "/explain", "/metrics", "/policy", "/cookies", "/nothing"] {
            for wrong in ["", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cret ", "Basic s3cret", "s3cret"] {
                assert_eq!(ask("GET", path, &[("authorization", wrong)], token), Err(Refusal::Unauthorized), "{wrong}");
            }
            assert_eq!(ask("GET", path, &[], token), Err(Refusal::Unauthorized));
        }
        assert_eq!(ask("POST", "/reload", &[], token), Err(Refusal::Unauthorized));
        assert_eq!(ask("GET", "/livez", &[], token), Ok(Endpoint::Livez));
        assert_eq!(ask("GET", "/readyz", &[], token), Ok(Endpoint::Readyz));
        let shown = [("authorization", "bearer s3cret"), ("host", "octroi.internal")];
        assert_eq!(ask("GET", "/policy", &shown, token), Ok(Endpoint::Policy));
        assert_eq!(ask("GET", "/nothing", &shown, token), Err(Refusal::NotFound));
    }

    #[test]
    fn a_browser_shows_the_token_as_its_password() {
        let shown = |credentials: &[u8]| {
            let value = format!("basic {}", BASE64.encode(credentials));
            ask("GET", "/", &[("authorization", &value), ("host", "octroi.internal")], Some("s3:cret"))
        };
        for right in [&b":s3:cret"[..], b"anybody:s3:cret"] {
            assert_eq!(shown(right), Ok(Endpoint::Overview));
        }
        for wrong in [&b"s3:cret"[..], b"", b":", b":s3:cre", b":s3:cret ", b"a:b:s3:cret", b"s3:cret:"] {
            assert_eq!(shown(wrong), Err(Refusal::Unauthorized), "{}", wrong.escape_ascii());
        }
        let mangled = [("authorization", "Basic OnMzOmNyZXQ"), ("host", "octroi.internal")];
        assert_eq!(ask("GET", "/", &mangled, Some("s3:cret")), Err(Refusal::Unauthorized));
    }

    #[test]
    fn without_a_token_no_name_but_localhost_is_answered() {
        for host in ["localhost", "LOCALHOST:9180", "127.0.0.1:9180", "[::1]:9180", "[::1]", "10.0.0.7"] {
            assert_eq!(ask("GET", "/cookies", &[("host", host)], None), Ok(Endpoint::Cookies), "{host}");
        }
        for host in ["rebound.example", "127.0.0.1.nip.io:9180", "localhost.example", "", "a b"] {
            assert_eq!(ask("GET", "/cookies", &[("host", host)], None), Err(Refusal::Host), "{host}");
        }
        let two = [("host", "localhost"), ("host", "rebound.example")];
        assert_eq!(ask("GET", "/cookies", &two, None), Err(Refusal::Host));
        assert_eq!(ask("GET", "/readyz", &[("host", "probe.example")], None), Ok(Endpoint::Readyz));
    }

    #[test]
    fn no_website_can_reload() {
        for field in [
            ("origin", "http://localhost:9180"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert_eq!(ask("POST", "/reload", &[field], None), Err(Refusal::CrossSite));
        }
        assert_eq!(ask("POST", "/reload", &[("sec-fetch-site", "none")], None), Ok(Endpoint::Reload));
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let refused = Refusal::Method { allowed: "POST" }.response();
        assert_eq!((refused.status().as_u16(), refused.headers()["allow"].as_bytes()), (405, &b"POST"[..]));
        let refused = Refusal::Unauthorized.response();
        assert_eq!(refused.status(), 401);
        assert!(refused.headers().contains_key("www-authenticate"));
    }
}
