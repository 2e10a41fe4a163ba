//! Cookies without consent that the browser already has are expired on the next navigation.

use crate::support::browser::Chromium;
use crate::support::choice::{charter_with, granted, refused};
use crate::support::client::{get, navigate};
use crate::support::origin::ok;
use crate::support::{Authority, Client, Findings, Message, Octroi, Origin, Setup, lines};

/// A response's deletions of one name.
fn deletions(response: &Message, name: &str) -> Vec<String> {
    let start = format!("{name}=;");
    response.set_cookies().into_iter().filter(|line| line.starts_with(&start)).collect()
}

fn deletes(response: &Message, name: &str) -> bool {
    !deletions(response, name).is_empty()
}

async fn before_a_plain_portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("Content-Type: text/html\r\n", "page")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

#[tokio::test]
async fn a_navigation_expires_refused_cookies_and_no_others() {
    let (origin, octroi) = before_a_plain_portal().await;
    let choice = refused();
    let cookies = format!("Cookie: sessionid=s; _ga=1; stranger=2; _pk_id.1.ab=3; {choice}\r\n");
    let response = octroi.client().await.exchange(navigate("/", &cookies)).await;
    for (name, wanted) in
        [("_ga", true), ("stranger", true), ("_pk_id.1.ab", true), ("sessionid", false), ("cookies_preferences", false)]
    {
        assert_eq!(deletes(&response, name), wanted, "{name}:\n{}", response.shown());
    }
    assert_eq!(origin.last().texts("cookie"), [format!("sessionid=s; {choice}")]);
}

#[tokio::test]
async fn a_deletion_has_the_one_form_that_browsers_read_alike() {
    let (_origin, octroi) = before_a_plain_portal().await;
    let response = octroi.client().await.exchange(navigate("/", "Cookie: _ga=1\r\n")).await;
    let lines = deletions(&response, "_ga");
    assert!(
        lines.iter().any(|line| line == "_ga=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
        "{lines:?}"
    );
    for line in &lines {
        assert!(
            line.starts_with("_ga=; Path=/") && line.ends_with("; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
            "{line}"
        );
        assert!(!line.contains("Secure"), "the visitor came in clear: {line}");
    }
    assert!(!response.has("clear-site-data"));
}

#[tokio::test]
async fn domains_reach_the_registrable_one_and_no_public_suffix() {
    let (_origin, octroi) = before_a_plain_portal().await;
    let response = octroi.client().await.exchange(navigate("/", "Cookie: _ga=1; stranger=1\r\n")).await;
    let domains = |name| -> Vec<String> {
        let domain = |line: &String| line.split("; ").find_map(|part| part.strip_prefix("Domain=").map(str::to_owned));
        let mut domains: Vec<String> = deletions(&response, name).iter().filter_map(domain).collect();
        domains.sort();
        domains.dedup();
        domains
    };
    assert_eq!(domains("_ga"), ["data.education.gouv.fr", "education.gouv.fr"], "{}", response.shown());
    assert_eq!(domains("stranger"), ["data.education.gouv.fr"], "a sibling's cookies are not ours to delete");
}

#[tokio::test]
async fn undeclared_cookies_are_expired_on_the_controllers_parent_domain_too() {
    let origin = Origin::always(ok("", "")).await;
    let charter = charter_with("undeclared =", "expire_domains = [\"education.gouv.fr\"]\nundeclared =");
    let octroi = Setup::before(&origin).charter(&charter).start().await;
    let response = octroi.client().await.exchange(navigate("/", "Cookie: stranger=1\r\n")).await;
    let lines = deletions(&response, "stranger");
    assert!(lines.iter().any(|line| line.contains("Domain=education.gouv.fr")), "{lines:?}");
}

#[tokio::test]
async fn deep_paths_are_expired_along_the_requests_path() {
    let (_origin, octroi) = before_a_plain_portal().await;
    let response = octroi.client().await.exchange(navigate("/explore/dataset/x?y", "Cookie: _ga=1\r\n")).await;
    let lines = deletions(&response, "_ga");
    for path in ["Path=/;", "Path=/explore;", "Path=/explore/dataset;"] {
        assert!(lines.iter().any(|line| line.contains(path)), "no {path}: {lines:#?}");
    }
    assert!(lines[0].contains("Path=/;"), "the likeliest line comes first: {lines:#?}");
}

#[tokio::test]
async fn under_tls_deletions_are_secure_and_partitioned_ones_follow() {
    let authority = Authority::new();
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).tls(&authority, &[&["data.education.gouv.fr"]]).start().await;
    let mut client = Client::connect_tls(octroi.tls, "data.education.gouv.fr", authority.client(&["http/1.1"])).await;
    let response = client.exchange(navigate("/", "Cookie: _ga=1; __Host-x=2; __Secure-y=3\r\n")).await;
    let lines = deletions(&response, "_ga");
    assert!(!lines.is_empty() && lines.iter().all(|line| line.contains("; Secure")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("; Partitioned")), "{lines:#?}");
    let host = deletions(&response, "__Host-x");
    assert!(
        !host.is_empty() && host.iter().all(|line| line.contains("Path=/;") && !line.contains("Domain")),
        "{host:#?}"
    );
    assert!(deletes(&response, "__Secure-y"));
}

#[tokio::test]
async fn only_a_top_level_navigation_carries_deletions() {
    let (origin, octroi) = before_a_plain_portal().await;
    let rows = [
        ("GET", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Site: same-origin\r\n", true),
        ("GET", "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n", true),
        ("GET", "", false),
        ("GET", "Accept: */*\r\n", false),
        ("GET", "Accept: application/json\r\n", false),
        ("GET", "Sec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nAccept: text/html\r\n", false),
        ("GET", "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\nAccept: text/html\r\n", false),
        ("GET", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\nAccept: text/html\r\n", false),
        ("POST", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nContent-Length: 0\r\n", false),
    ];
    let mut findings = Findings::default();
    for (method, lines, wanted) in rows {
        let choice = refused();
        let request = get("/", &format!("{lines}Cookie: _ga=1; {choice}\r\n")).replacen("GET", method, 1);
        let response = octroi.client().await.exchange(request).await;
        findings.expect(deletes(&response, "_ga") == wanted, || format!("{method} {lines:?}:\n{}", response.shown()));
        findings.expect(origin.last().texts("cookie") == [choice], || format!("{method} {lines:?}: not stripped"));
    }
    findings.none();
}

#[tokio::test]
async fn if_the_choice_may_have_been_withheld_nothing_is_expired() {
    let (origin, octroi) = before_a_plain_portal().await;
    let visit =
        |cookies: &str| navigate("/", &format!("Cookie: {cookies}\r\n")).replace("Site: none", "Site: cross-site");
    let response = octroi.client().await.exchange(visit("_ga=1; sessionid=2")).await;
    assert!(!deletes(&response, "_ga"), "{}", response.shown());
    assert_eq!(origin.last().texts("cookie"), ["sessionid=2"], "stripped all the same");
    let response = octroi.client().await.exchange(visit(&format!("_ga=1; {}", refused()))).await;
    assert!(deletes(&response, "_ga"), "a choice that is there is a choice:\n{}", response.shown());
}

#[tokio::test]
async fn the_choices_of_known_banners_are_forwarded_and_never_expired() {
    let (origin, octroi) = before_a_plain_portal().await;
    let choices =
        "tarteaucitron=!matomo=false; eu-consent=x; mtm_consent_removed=1; mtm_consent=1; mtm_cookie_consent=1";
    let response = octroi.client().await.exchange(navigate("/", &format!("Cookie: {choices}; _ga=1\r\n"))).await;
    assert_eq!(origin.last().texts("cookie"), [choices]);
    for name in ["tarteaucitron", "eu-consent", "mtm_consent_removed", "mtm_consent", "mtm_cookie_consent"] {
        assert!(!deletes(&response, name), "{name}:\n{}", response.shown());
    }
}

#[tokio::test]
async fn no_choice_and_no_opt_out_is_stripped_or_expired_under_deny() {
    let origin = Origin::always(ok("", "")).await;
    let charter = charter_with("undeclared = \"full-consent\"", "undeclared = \"deny\"");
    let octroi = Setup::before(&origin).charter(&charter).start().await;
    let kept = [
        "eupubconsent-v2",
        "OTGPPConsent",
        "OTAdditionalConsentString",
        "pa_privacy",
        "atauthority",
        "piwik_ignore",
        "hasConsent",
        "CookieScriptConsent",
        "cookiefirst-consent",
        "osano_consentmanager",
        "consentUUID",
        "CookieControl",
        "usprivacy",
        "__cmpconsentx17155",
        "__cmpcccx17155",
        "addtl_consent",
        "CookieLawInfoConsent",
        "hu-consent",
        "cookie_notice_accepted",
        "moove_gdpr_popup",
        "borlabs-cookie",
        "_iub_cs-50053366",
        "cmplz_rt_marketing",
        "cookielawinfo-checkbox-non-necessary",
        "ga-disable-UA-12345678-1",
        "real_cookie_banner-v:3_blog:1_path:da22278",
        "_pprv",
    ];
    let line = |names: &[&str]| names.iter().map(|name| format!("{name}=x")).collect::<Vec<_>>().join("; ");
    let response = octroi.client().await.exchange(navigate("/", &format!("Cookie: {}\r\n", line(&kept)))).await;
    assert_eq!(origin.last().texts("cookie"), [line(&kept)]);
    assert_eq!(response.set_cookies(), [""; 0]);

    let others = [
        "cmplz_rt_uid-4711-anything",
        "_iub_cs-x",
        "cookielawinfo-checkbox-uid4711",
        "__cmpconsentx-4711",
        "hasConsent2",
    ];
    let response = octroi.client().await.exchange(navigate("/", &format!("Cookie: {}\r\n", line(&others)))).await;
    assert!(!origin.last().has("cookie"), "{}", origin.last().shown());
    for name in others {
        assert!(deletes(&response, name), "{name}:\n{}", response.shown());
    }
}

#[tokio::test]
async fn with_consent_nothing_is_expired() {
    let (origin, octroi) = before_a_plain_portal().await;
    let cookies = format!("_ga=1; stranger=2; {}", granted());
    let response = octroi.client().await.exchange(navigate("/", &format!("Cookie: {cookies}\r\n"))).await;
    assert_eq!(response.set_cookies(), [""; 0]);
    assert_eq!(origin.last().texts("cookie"), [cookies]);
}

#[tokio::test]
async fn deletions_stay_within_their_limit_and_continue_on_the_next_navigation() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).toml("[limits]\ndeletion_bytes = \"2KiB\"").start().await;
    let jar: Vec<String> = (0..60).map(|number| format!("stranger{number}=1")).collect();
    let mut left = jar.clone();
    for _ in 0..40 {
        let response =
            octroi.client().await.exchange(navigate("/a/b", &format!("Cookie: {}\r\n", left.join("; ")))).await;
        let bytes: usize = response.set_cookies().iter().map(String::len).sum();
        assert!(bytes <= 2048, "{bytes} bytes of deletions:\n{}", response.shown());
        let before = left.len();
        left.retain(|pair| {
            let name = pair.split('=').next().unwrap();
            !deletions(&response, name).iter().any(|line| line.contains("Path=/;"))
        });
        assert!(left.len() < before, "no progress:\n{}", response.shown());
        if left.is_empty() {
            return;
        }
    }
    panic!("still there after 40 navigations: {left:?}");
}

#[tokio::test]
async fn an_error_page_of_octroi_itself_expires_too() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).start().await;
    origin.stop().await;
    let response = octroi.client().await.exchange(navigate("/", "Cookie: _ga=1\r\n")).await;
    response.assert_status(502);
    assert!(deletes(&response, "_ga"), "{}", response.shown());
    assert!(response.set_cookies().iter().all(|line| line.starts_with("_ga=;")), "{}", response.shown());
}

#[tokio::test]
async fn a_path_that_the_portal_used_is_tried_before_those_of_the_page() {
    let origin = Origin::always(ok("Set-Cookie: stranger=1; Path=/learnt/place\r\n", "")).await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut client = octroi.client().await;
    client.exchange(get("/", "")).await;
    let response = client.exchange(navigate("/here", "Cookie: stranger=1\r\n")).await;
    let lines = deletions(&response, "stranger");
    let position = |path: &str| lines.iter().position(|line| line.contains(path)).expect(path);
    assert!(position("Path=/;") < position("Path=/learnt/place;"), "{lines:#?}");
    assert!(position("Path=/learnt/place;") < position("Path=/here;"), "{lines:#?}");
}

#[tokio::test]
async fn no_visitor_learns_a_path_of_another() {
    const SECRET: &str = "alice-secret";
    // What the first visitor asks for, and the portal's line.
    let rows = [
        ("/reset/alice-secret/step", "", "tracker=1"),
        ("/reset/alice-secret/step", "", "tracker=1; Path=/reset/alice-secret"),
        ("/reset/alice-secret/step", "", "tracker=1; Path=relative"),
        ("/go/alice-secret", "", "tracker=1; Path=/reset/alice-secret"),
        ("/go?to=alice-secret", "", "tracker=1; Path=/reset/alice-secret"),
        ("/mine", "Cookie: sessionid=1\r\n", "tracker=1; Path=/users/alice-secret"),
        ("/mine", "Authorization: Bearer x\r\n", "tracker=1; Path=/users/alice-secret"),
        ("/go/1", "", "tracker=1; Path=/reset/alice-secret-1234"),
        ("/go/1", "", "tracker=1; Path=/reset/Alice/alice-secret"),
    ];
    let mut findings = Findings::default();
    for (target, lines, set) in rows {
        let origin = Origin::replying(move |request| {
            ok(&if request.target() == target { format!("Set-Cookie: {set}\r\n") } else { String::new() }, "")
        })
        .await;
        let octroi = Setup::before(&origin).one_worker().start().await;
        octroi.client().await.exchange(get(target, lines)).await;
        let other = octroi.client().await.exchange(navigate("/", "Cookie: tracker=1\r\n")).await;
        findings.expect(deletes(&other, "tracker") && !other.shown().contains(SECRET), || {
            format!("{target} {lines:?} {set}:\n{}", other.shown())
        });
    }
    findings.none();
}

#[tokio::test]
async fn older_learnt_paths_are_replaced() {
    let origin = Origin::replying(|request| {
        let number = request.target().strip_prefix("/invent/").and_then(|letter| letter.chars().next());
        let path = number.map_or("/true".to_owned(), |letter| format!("/{letter}"));
        ok(&format!("Set-Cookie: tracker=1; Path={path}/place\r\n"), "")
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    for letter in 'a'..='h' {
        octroi.client().await.get(&format!("/invent/{letter}x"), "").await;
    }
    octroi.client().await.get("/", "").await;
    let response = octroi.client().await.exchange(navigate("/", "Cookie: tracker=1\r\n")).await;
    let lines = deletions(&response, "tracker");
    assert!(lines.iter().any(|line| line.contains("Path=/true/place;")), "{lines:#?}");
}

#[tokio::test]
async fn a_cookie_without_a_name_is_expired_and_an_allowed_one_never_in_its_place() {
    let (origin, octroi) = before_a_plain_portal().await;
    let response =
        octroi.client().await.exchange(navigate("/", "Cookie: nameless; sessionid =1; sessionid=2\r\n")).await;
    assert_eq!(origin.last().texts("cookie"), ["sessionid=2"]);
    let lines = response.set_cookies();
    assert!(lines.iter().any(|line| line.starts_with("=deleted; Path=/; Max-Age=0;")), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.starts_with("sessionid")), "{lines:#?}");
}

#[tokio::test]
async fn behind_a_trusted_proxy_deletions_fit_into_its_buffer() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).listener("trusted = [\"127.0.0.1\"]").start().await;
    let jar: Vec<String> = (0..60).map(|number| format!("stranger{number}=1")).collect();
    let response = octroi.client().await.exchange(navigate("/a/b", &format!("Cookie: {}\r\n", jar.join("; ")))).await;
    let bytes: usize = response.set_cookies().iter().map(String::len).sum();
    assert!((2048..=3072).contains(&bytes), "{bytes} bytes");
}

#[tokio::test]
async fn a_real_browser_deletes_cookies_from_before_octroi() {
    const BEFORE: [&str; 8] = [
        "plain=1",
        "script_cannot_see=1; HttpOnly; Path=/",
        "deep=1; Path=/a/b",
        "deeper=1; Path=/a/b/",
        "thirteen_months=1; Path=/; Max-Age=33955200",
        "secured=1; Path=/; Secure; SameSite=None",
        "=nameless; Path=/",
        "bare; Path=/",
    ];
    let origin = Origin::replying(|request| {
        let lines = lines(BEFORE.len(), |row| format!("Set-Cookie: {}\r\n", BEFORE[row]));
        ok(if request.target().starts_with("/a/b/fill") { &lines } else { "" }, "")
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let (bare, guarded) = (origin.address, octroi.address);
    let jar = tokio::task::spawn_blocking(move || {
        let browser = Chromium::start();
        let page = browser.open();
        page.navigate(&format!("http://{bare}/a/b/fill"));
        let full = browser.cookies("127.0.0.1");
        page.navigate(&format!("http://{guarded}/a/b/c"));
        (full, browser.cookies("127.0.0.1"))
    });
    let (full, emptied) = jar.await.unwrap();
    // A nameless cookie has one place in the jar: the second one took that of the first.
    assert_eq!(full.len(), BEFORE.len() - 1, "{full:?}");
    assert!(emptied.is_empty(), "{emptied:?}");
    let page = origin.requests().into_iter().find(|request| request.target() == "/a/b/c").unwrap();
    assert!(page.texts("cookie").is_empty());
}
