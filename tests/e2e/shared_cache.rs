//! A real cache in front of octroi, shared by a visitor who agreed and one who did not: neither gets the other's cookies or
//! deletions, and shareable responses are still shared.
//!
//! The caches store one page for each path and all visitors, and two of them store its `Set-Cookie`, too: only octroi's cache
//! fields keep the visitors apart.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::cache::SharedCache;
use crate::support::choice::{charter_with, granted, refused};
use crate::support::client::navigate;
use crate::support::{Findings, Message, Octroi, Origin, Setup};

/// nginx as it comes.
const NGINX: &str = "";
/// An operator who wanted more hits.
const CARELESS_NGINX: &str = "proxy_ignore_headers Set-Cookie;\nproxy_cache_valid any 10m;";
/// The same in Varnish, whose own rules would not keep a response with a cookie; `Surrogate-Control` is heeded, too.
const CARELESS_VARNISH: &str =
    "if (beresp.http.Surrogate-Control ~ \"max-age\") { set beresp.ttl = 600s; return (deliver); }
    if (beresp.ttl > 0s && beresp.http.Cache-Control !~ \"private|no-store\") { return (deliver); }";

/// How a portal invites caches to keep its pages.
const INVITATIONS: [&str; 8] = [
    "Cache-Control: public, max-age=600\r\n",
    "Cache-Control: s-maxage=600\r\n",
    "Cache-Control: private\r\nCache-Control: public, s-maxage=600\r\n",
    "Cache-Control: no-cache=\"set-cookie\", max-age=600\r\n",
    "X-Accel-Expires: 600\r\nCache-Control: max-age=0\r\n",
    "Expires: Fri, 31 Dec 2100 00:00:00 GMT\r\n",
    "Surrogate-Control: max-age=600\r\nCDN-Cache-Control: max-age=600\r\nCache-Control: max-age=600\r\n",
    "",
];

/// A page with cookies that consent decides over; `#` is the number of the response.
struct Page {
    lines: &'static str,
    /// What it sets, and what it deletes, for a visitor who agreed.
    agreed: (&'static [&'static str], &'static [&'static str]),
}

const GATED: [Page; 5] = [
    Page { lines: "Set-Cookie: _ga=#\r\n", agreed: (&["_ga"], &[]) },
    Page {
        lines: "Set-Cookie: sessionid=s\r\nSet-Cookie: _pk_id.1=#; Path=/\r\n",
        agreed: (&["sessionid", "_pk_id.1"], &[]),
    },
    Page { lines: "Set-Cookie: stranger=#\r\n", agreed: (&["stranger"], &[]) },
    Page { lines: "Set-Cookie: _ga=; Max-Age=0\r\n", agreed: (&[], &["_ga"]) },
    Page { lines: "Set-Cookie: =#\r\n", agreed: (&[], &[]) },
];
/// Lines that consent does not decide over: none, exempt ones, one of them with its life shortened.
const UNGATED: [&str; 3] = ["", "Set-Cookie: sessionid=s\r\n", "Set-Cookie: csrftoken=c; Max-Age=99999\r\n"];

/// A portal whose answer to `/cookies/invitation/…` is a page with these fields, and the number of the response as its body.
async fn portal(pages: Vec<&'static str>) -> Origin {
    let count = AtomicUsize::new(0);
    Origin::replying(move |request| {
        let number = count.fetch_add(1, Ordering::SeqCst).to_string();
        let target = request.target();
        let mut path = target.split('/').skip(1).map(|part| part.parse::<usize>().unwrap_or_default());
        let (page, invitation) = (path.next().unwrap(), path.next().unwrap());
        let cookies = pages[page].replace('#', &number);
        let length = number.len();
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{cookies}{}\r\n{number}", INVITATIONS[invitation])
            .into_bytes()
    })
    .await
}

/// octroi with a charter that amends an exempt cookie.
async fn octroi(origin: &Origin) -> Octroi {
    let capped = "name = \"csrftoken\"\ncategory = \"necessary\"\nlifetime = \"1 hour\"\ncap = true";
    Setup::before(origin).charter(&charter_with("name = \"csrftoken\"\ncategory = \"necessary\"", capped)).start().await
}

/// A navigation through the cache.
async fn visit(cache: &SharedCache, path: &str, cookies: &str) -> Message {
    let response = cache.client().await.exchange(navigate(path, &format!("Cookie: {cookies}\r\n"))).await;
    response.assert_status(200);
    response
}

/// What the two visitors send: both still hold a tracker's cookie.
fn visitors() -> [String; 2] {
    [format!("_ga=a; {}", granted()), format!("_ga=r; {}", refused())]
}

/// The names that a response sets, and those that it deletes.
fn effects(response: &Message) -> (Vec<String>, Vec<String>) {
    let name = |line: &String| line.split('=').next().unwrap_or_default().to_owned();
    let (deleted, set): (Vec<_>, Vec<_>) =
        response.set_cookies().into_iter().partition(|line| line.contains("Max-Age=0"));
    (set.iter().map(name).collect(), deleted.iter().map(name).collect())
}

/// Every page and invitation, the two visitors one after the other in both orders; each must get what is theirs.
async fn keeps_the_visitors_apart(cache: &SharedCache, findings: &mut Findings) {
    let visitors = visitors();
    for (number, page) in GATED.iter().enumerate() {
        for (invitation, fields) in INVITATIONS.iter().enumerate() {
            for first in [0, 1] {
                let path = format!("/{number}/{invitation}/{first}");
                let one = visit(cache, &path, &visitors[first]).await;
                let other = visit(cache, &path, &visitors[1 - first]).await;
                let (agreed, refused) = if first == 0 { (&one, &other) } else { (&other, &one) };
                let wanted = (to_strings(page.agreed.0), to_strings(page.agreed.1));
                let (set, deleted) = effects(refused);
                let apart = one.text() != other.text()
                    && effects(agreed) == wanted
                    && set.iter().all(|name| name == "sessionid")
                    && deleted.contains(&"_ga".to_owned());
                let row = format!("{:?}, {fields:?}, visitor {first} first", page.lines);
                findings.expect(apart, || format!("{row}:\n{}\n{}", one.shown(), other.shown()));
            }
        }
    }
}

fn to_strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn before_gated_pages(cache: impl AsyncFn(&Octroi) -> SharedCache) {
    let origin = portal(GATED.iter().map(|page| page.lines).collect()).await;
    let octroi = octroi(&origin).await;
    let mut findings = Findings::default();
    keeps_the_visitors_apart(&cache(&octroi).await, &mut findings).await;
    findings.none();
}

#[tokio::test]
async fn nginx_keeps_no_page_with_a_gated_cookie() {
    before_gated_pages(async |octroi| SharedCache::nginx(octroi.address, NGINX).await).await;
}

#[tokio::test]
async fn an_nginx_that_stores_cookies_keeps_no_page_with_a_gated_cookie() {
    before_gated_pages(async |octroi| SharedCache::nginx(octroi.address, CARELESS_NGINX).await).await;
}

#[tokio::test]
async fn a_varnish_that_stores_cookies_keeps_no_page_with_a_gated_cookie() {
    before_gated_pages(async |octroi| SharedCache::varnish(octroi.address, CARELESS_VARNISH).await).await;
}

#[tokio::test]
async fn a_page_without_cookies_is_one_visitors_own_only_if_it_deletes() {
    let origin = portal(UNGATED.to_vec()).await;
    let octroi = octroi(&origin).await;
    let cache = SharedCache::nginx(octroi.address, CARELESS_NGINX).await;
    let [agreed, refused] = visitors();
    let deleting = visit(&cache, "/0/0/refused-first", &refused).await;
    assert_eq!(effects(&deleting).1.first().map(String::as_str), Some("_ga"), "{}", deleting.shown());
    let kept = visit(&cache, "/0/0/refused-first", &agreed).await;
    assert_eq!(effects(&kept), (vec![], vec![]), "another visitor's deletion:\n{}", kept.shown());
    let shared = visit(&cache, "/0/0/refused-first", &agreed).await;
    assert_eq!(shared.text(), kept.text(), "a page without cookies is kept");
}

#[tokio::test]
async fn shareable_responses_are_shared() {
    let origin = portal(UNGATED.to_vec()).await;
    let octroi = octroi(&origin).await;
    let (nginx, careless) =
        (SharedCache::nginx(octroi.address, NGINX).await, SharedCache::nginx(octroi.address, CARELESS_NGINX).await);
    let varnish = SharedCache::varnish(octroi.address, CARELESS_VARNISH).await;
    let (agreed, refused) = (granted(), refused());
    let mut findings = Findings::default();
    for (name, cache, pages) in [("nginx", &nginx, 1), ("careless nginx", &careless, 3), ("Varnish", &varnish, 3)] {
        for page in 0..pages {
            // Both understand the first two; an `X-Accel-Expires` is nginx's alone.
            let invitations = if name == "Varnish" { &[0, 1, 6][..] } else { &[0, 1, 4, 5] };
            for invitation in invitations {
                let path = format!("/{page}/{invitation}/{}", name.replace(' ', "-"));
                let one = visit(cache, &path, &agreed).await;
                let other = visit(cache, &path, &refused).await;
                findings.expect(one.text() == other.text(), || format!("{name}: {path} is not kept:\n{}", one.shown()));
            }
        }
    }
    findings.none();
}
