//! Banners other than the portal's own, through the proxy: choices in several cookies, several banners at once, and choice
//! cookies of banners that the charter does not read. Each format is tested in its own file, and with the real banner in
//! `banners`.

use crate::support::choice::{CHARTER, charter_with, now_ms};
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, Setup};

/// The charter of the tests with these `[consent]` tables.
fn charter(consent: &str) -> String {
    let (head, _) = CHARTER.split_once("[consent]").unwrap();
    format!("{head}{consent}")
}

async fn octroi_with(lines: &str, consent: &str) -> (Octroi, Origin) {
    let origin = Origin::always(ok(lines, "")).await;
    (Setup::before(&origin).charter(&charter(consent)).start().await, origin)
}

const TRACKER: &str = "Set-Cookie: sessionid=1\r\nSet-Cookie: _ga=1\r\n";
const BOTH: &[&str] = &["sessionid=1", "_ga=1"];
const EXEMPT: &[&str] = &["sessionid=1"];

const COMPLIANZ: &str = "[consent]\nformat = \"complianz\"\nkeys = { statistics = \"statistics\" }\n";
const TWO: &str = "[[consent]]\nformat = \"opendatasoft\"\nkeys = { ga = \"statistics\" }\n\
                   [[consent]]\nformat = \"tarteaucitron\"\nkeys = { gtag = \"statistics\" }\n";

#[tokio::test]
async fn a_choice_in_several_cookies_is_read_as_one() {
    let (octroi, origin) = octroi_with(TRACKER, COMPLIANZ).await;
    let mut client = octroi.client().await;
    for (cookies, wanted) in [
        ("cmplz_banner-status=dismissed; cmplz_statistics=allow", BOTH),
        ("cmplz_statistics=allow; a=b; cmplz_banner-status=dismissed", BOTH),
        ("cmplz_statistics=allow", EXEMPT),
        ("cmplz_banner-status=dismissed; cmplz_statistics=deny", EXEMPT),
        ("cmplz_banner-status=dismissed; cmplz_statistics=allow; cmplz_statistics=deny", EXEMPT),
        ("cmplz_banner-status=dismissed; Cmplz_statistics=allow", EXEMPT),
        ("cmplz_rt_banner-status=dismissed; cmplz_rt_statistics=allow", BOTH),
        ("cmplz_rt_banner-status=dismissed; cmplz_statistics=allow", EXEMPT),
        ("cmplz_banner-status=dismissed; cmplz_statistics=allow; cmplz_rt_statistics=allow", EXEMPT),
    ] {
        let response = client.get("/", &format!("Cookie: {cookies}\r\n")).await;
        assert_eq!(response.set_cookies(), wanted, "{cookies}");
        let received = String::from_utf8(origin.last().values("cookie").concat()).unwrap();
        assert!(cookies.split("; ").all(|pair| !pair.starts_with("cmplz_") || received.contains(pair)), "{received}");
    }
}

/// The portal's own cookies need what both choices grant: the request's, and the one that this response sets.
#[tokio::test]
async fn a_response_that_sets_the_choice_needs_the_old_and_the_new() {
    let whole =
        "Set-Cookie: cmplz_banner-status=dismissed\r\nSet-Cookie: cmplz_statistics=allow\r\nSet-Cookie: _ga=1\r\n";
    let (octroi, _origin) = octroi_with(whole, COMPLIANZ).await;
    let mut client = octroi.client().await;
    let agreed = "Cookie: cmplz_banner-status=dismissed; cmplz_statistics=allow\r\n";
    for (cookies, passes) in [("", false), (agreed, true)] {
        let lines = client.get("/", cookies).await.set_cookies().join("\n");
        assert_eq!(lines.contains("_ga=1"), passes, "{cookies}: {lines}");
        assert!(lines.contains("cmplz_banner-status=dismissed") && lines.contains("cmplz_statistics=allow"), "{lines}");
    }
}

/// A format and one of its keys, the cookies that the browser holds, the one that a response sets, and whether statistics
/// pass in that response.
type PartSet = (&'static str, &'static str, String, String, bool);

#[rustfmt::skip]
fn parts_set() -> Vec<PartSet> {
    let closed = format!("OptanonAlertBoxClosed={}", jiff::Timestamp::now());
    let onetrust = format!("OptanonConsent=groups=C0002%3A1; {closed}");
    let now = now_ms();
    let complianz = "cmplz_banner-status=dismissed; cmplz_statistics=allow; cmplz_marketing=allow";
    let drupal = "cookie-agreed=2; cookie-agreed-categories=[%22analytics%22]";
    let axeptio =
        "axeptio_cookies={%22matomo%22:true%2C%22$$completed%22:true}; axeptio_authorized_vendors=%2Cmatomo%2C";
    let gov_uk = "cookies_policy={\"usage\":true}; cookies_preferences_set=true";
    vec![
        ("complianz", "statistics", complianz.into(), "cmplz_statistics=allow".into(), true),
        ("complianz", "statistics", complianz.into(), "cmplz_marketing=deny".into(), true),
        ("complianz", "statistics", complianz.into(), "cmplz_policy_id=2".into(), true),
        ("complianz", "statistics", complianz.into(), "cmplz_statistics=deny".into(), false),
        ("complianz", "statistics", complianz.into(), "cmplz_statistics=maybe".into(), false),
        ("complianz", "statistics", complianz.into(), "cmplz_banner-status=show".into(), false),
        ("complianz", "statistics", complianz.into(), "cmplz_banner-status=; Max-Age=0".into(), false),
        ("complianz", "statistics", "cmplz_banner-status=dismissed".into(), "cmplz_statistics=allow".into(), false),
        ("complianz", "statistics", "cmplz_statistics=allow".into(), "cmplz_banner-status=dismissed".into(), false),
        ("complianz", "statistics", "a=1".into(), "cmplz_statistics=allow".into(), false),
        ("eu-cookie-compliance", "analytics", drupal.into(), "cookie-agreed=2".into(), true),
        ("eu-cookie-compliance", "analytics", drupal.into(), "cookie-agreed=0".into(), false),
        ("eu-cookie-compliance", "analytics", drupal.into(), "cookie-agreed-categories=[]".into(), false),
        ("eu-cookie-compliance", "analytics", drupal.replace("=2", "=0"), "cookie-agreed=2".into(), false),
        ("eu-cookie-compliance", "analytics", "cookie-agreed=2".into(), drupal[17..].into(), false),
        ("axeptio", "matomo", axeptio.into(), "axeptio_authorized_vendors=%2Cmatomo%2C".into(), true),
        ("axeptio", "matomo", axeptio.into(), "axeptio_authorized_vendors=%2C%2C".into(), false),
        ("axeptio", "matomo", axeptio.into(), "axeptio_cookies={%22$$completed%22:false}".into(), false),
        ("onetrust", "C0002", onetrust.clone(), "OptanonConsent=groups=C0002%3A1%2CC0004%3A0".into(), true),
        ("onetrust", "C0002", onetrust.clone(), "OptanonConsent=groups=C0002%3A0".into(), false),
        ("onetrust", "C0002", onetrust, "OptanonAlertBoxClosed=; Max-Age=0".into(), false),
        ("onetrust", "C0002", "OptanonConsent=groups=C0002%3A1".into(), closed, false),
        ("gov-uk", "usage", gov_uk.into(), "cookies_preferences_set=true".into(), true),
        ("gov-uk", "usage", gov_uk.into(), "cookies_policy={\"usage\":false}".into(), false),
        ("matomo", "tracking", format!("mtm_consent={now}"), format!("mtm_consent={now}"), true),
        ("matomo", "tracking", format!("mtm_consent={now}"), format!("mtm_consent_removed={now}"), false),
        ("matomo", "tracking", format!("mtm_consent_removed={now}"), format!("mtm_consent={now}"), false),
        ("orejime", "a", "eu-consent={\"a\":true}".into(), "eu-consent={\"a\":true}".into(), true),
        ("orejime", "a", "eu-consent={\"a\":true}".into(), "eu-consent={\"a\":false}".into(), false),
        ("orejime", "a", "eu-consent={\"a\":true}".into(), "orejime={\"a\":false}".into(), false),
    ]
}

/// A response may set one of several cookies that are one choice. Then the choice is what the browser will hold: the new part
/// grants nothing more yet, what it takes back counts at once, and the parts that it does not set stay.
#[tokio::test]
async fn a_part_of_the_choice_is_read_with_the_parts_that_the_browser_holds() {
    let rows = parts_set();
    let origin = Origin::replying(|request| {
        let part = String::from_utf8(request.values("x-sets").concat()).unwrap();
        ok(&format!("Set-Cookie: {part}\r\nSet-Cookie: _ga=1\r\n"), "")
    })
    .await;
    let mut findings = Findings::default();
    for rows in rows.chunk_by(|one, next| one.0 == next.0) {
        let (format, key, ..) = rows[0];
        let consent = format!("[consent]\nformat = \"{format}\"\nkeys = {{ {key} = \"statistics\" }}\n");
        let octroi = Setup::before(&origin).charter(&charter(&consent)).start().await;
        let mut client = octroi.client().await;
        for (_, _, held, set, passes) in rows {
            let response = client.get("/", &format!("Cookie: {held}\r\nX-Sets: {set}\r\n")).await;
            let passed = response.set_cookies().iter().any(|line| line == "_ga=1");
            findings.expect(passed == *passes, || format!("{set:?} to {held:?}: {}", response.shown()));
        }
    }
    findings.none();
}

/// A banner without cookies in the request counts from this response on; one whose choice is deleted here still counts.
#[tokio::test]
async fn a_response_that_sets_one_of_several_choices_needs_the_old_and_the_new() {
    let yes = r#"cookies_preferences={"ga":true}"#;
    for (line, cookies, passes) in [
        ("tarteaucitron=!gtag=false", yes.to_owned(), false),
        ("tarteaucitron=!gtag=wait", yes.to_owned(), false),
        ("tarteaucitron=!gtag=true", yes.to_owned(), true),
        ("tarteaucitron=!gtag=true", String::new(), false),
        ("tarteaucitron=; Max-Age=0", format!("{yes}; tarteaucitron=!gtag=false"), false),
        ("tarteaucitron=!gtag=true", format!("{yes}; tarteaucitron=!gtag=false"), false),
    ] {
        let lines = format!("Set-Cookie: {line}\r\nSet-Cookie: _ga=1\r\n");
        let (octroi, _origin) = octroi_with(&lines, TWO).await;
        let response = octroi.client().await.get("/", &format!("Cookie: {cookies}\r\n")).await;
        let passed = response.set_cookies().iter().any(|line| line == "_ga=1");
        assert_eq!(passed, passes, "{line} to {cookies}");
    }
}

#[tokio::test]
async fn of_several_banners_each_one_present_must_grant() {
    let (octroi, _origin) = octroi_with(TRACKER, TWO).await;
    let mut client = octroi.client().await;
    let (yes, no) = (r#"cookies_preferences={"ga":true}"#, r#"cookies_preferences={"ga":false}"#);
    for (cookies, wanted) in [
        (yes.to_owned(), BOTH),
        ("tarteaucitron=!gtag=true".to_owned(), BOTH),
        (format!("{yes}; tarteaucitron=!gtag=true"), BOTH),
        (format!("{yes}; tarteaucitron=!gtag=wait"), EXEMPT),
        (format!("{yes}; tarteaucitron=!gtag=false"), EXEMPT),
        (format!("{no}; tarteaucitron=!gtag=true"), EXEMPT),
        (format!("{yes}; tarteaucitron=gtag"), EXEMPT),
    ] {
        let response = client.get("/", &format!("Cookie: {cookies}\r\n")).await;
        assert_eq!(response.set_cookies(), wanted, "{cookies}");
    }
    let metrics = octroi.after_requests(7).await;
    let readings = |format: &str, reading: &str| {
        let labels = [("format", format), ("reading", reading)];
        metrics.count("octroi_consent_readings_total", &labels)
    };
    assert_eq!((readings("opendatasoft", "given"), readings("opendatasoft", "unreadable")), (6, 0));
    assert_eq!(["given", "undecided", "unreadable"].map(|reading| readings("tarteaucitron", reading)), [4, 1, 1]);
}

#[tokio::test]
async fn no_banners_cookie_is_ever_stripped_or_deleted() {
    let origin = Origin::always(ok("", "")).await;
    let strict = charter_with("undeclared = \"full-consent\"", "undeclared = \"deny\"");
    let octroi = Setup::before(&origin).charter(&strict).start().await;
    let names = [
        "tarteaucitron", "eu-consent", "orejime", "klaro", "cc_cookie", "cookieconsent_status", "cookies_policy",
        "cookies_preferences_set", "CookieConsent", "OptanonConsent", "OptanonAlertBoxClosed", "axeptio_cookies",
        "axeptio_authorized_vendors", "axeptio_all_vendors", "didomi_token", "cookieyes-consent", "cmplz_statistics",
        "cmplz_banner-status", "cmplz_rt_marketing", "TC_PRIVACY", "TC_PRIVACY_CENTER", "cookie-agreed",
        "cookie-agreed-categories", "cookiesjsr", "cookie_consent", ".AspNet.Consent", "mtm_consent",
        "mtm_cookie_consent", "mtm_consent_removed", "euconsent-v2", "gpp", "zaraz-consent", "_iub_cs-12345",
        "CONSENTMGR", "CookieScriptConsent", "pa_privacy", "atauthority", "piwik_ignore", "eupubconsent-v2",
        "usprivacy", "borlabs-cookie", "c15t",
    ];
    let cookies = names.map(|name| format!("{name}=x")).join("; ");
    let navigation = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Site: none\r\n";
    let mut client = octroi.client().await;
    let response = client.get("/", &format!("Cookie: {cookies}; stranger=1\r\n{navigation}")).await;
    assert_eq!(String::from_utf8(origin.last().values("cookie").concat()).unwrap(), cookies);
    let deleted = response.set_cookies();
    assert!(!deleted.is_empty() && deleted.iter().all(|line| line.starts_with("stranger=;")), "{deleted:?}");
}
