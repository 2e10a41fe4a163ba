//! octroi in front of a portal that only knows its own name: in TLS (SNI), in `Host`, in redirects and in `Domain`.

use super::octroi;
use crate::support::client::get;
use crate::support::{Authority, Origin};

const PORTAL: &str = "dataeducation.opendatasoft.com";

#[tokio::test]
async fn the_portal_sees_its_own_name_and_the_visitor_never_does() {
    let authority = Authority::new();
    let origin = Origin::start_tls(authority.server(&[PORTAL]), |mut visit| async move {
        while let Some(request) = visit.request().await {
            let answer = match request.field("host").as_deref() {
                Some(PORTAL) => format!(
                    "HTTP/1.1 302 Found\r\nLocation: https://{PORTAL}/explore/\r\nContent-Length: 0\r\n\
                     Set-Cookie: sessionid=s; Path=/; Domain={PORTAL}\r\nSet-Cookie: _ga=1; Path=/\r\n\r\n"
                ),
                _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
            };
            visit.send(answer).await;
        }
    })
    .await;
    // The name leads here, and the authority is the test's; all else is the recipe's.
    let here = format!("[site.upstream]\nconnect = \"{}\"\nca = \"ca.pem\"", origin.address);
    let octroi = octroi("another-name", &[("[site.upstream]", &here)], |directory| {
        std::fs::write(directory.join("ca.pem"), authority.pem()).unwrap();
    })
    .await;
    let answer = octroi.client().await.exchange(get("/", "Cookie: _ga=1\r\n")).await;
    assert_eq!(answer.status(), 302, "{}", answer.shown());
    assert_eq!(answer.texts("location"), ["http://data.education.gouv.fr/explore/"]);
    assert_eq!(answer.set_cookies(), ["sessionid=s; Path=/; Domain=data.education.gouv.fr"], "{}", answer.shown());
    assert_eq!(origin.server_names(), [Some(PORTAL.to_owned())]);
    let seen = origin.last();
    assert_eq!(seen.texts("x-forwarded-host"), ["data.education.gouv.fr"], "{}", seen.shown());
    assert!(!seen.has("cookie"), "{}", seen.shown());
    octroi.client().await.exchange("GET / HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n").await.assert_status(421);
}
