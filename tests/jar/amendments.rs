//! Amended cookies in real browsers: only the amended attribute differs from the cookie without octroi.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::case::Case;
use super::comparison::{Comparison, Consent, Pair};
use super::judgement::{is_same, listed};
use super::portal::{HOST, portal};
use crate::support::browser::{Browser, Chromium, Cookie};
use crate::support::choice::charter_with;
use crate::support::{Authority, Findings, Setup};

const DAY: i64 = 86_400;
const CAP_DAYS: i64 = 30;

/// One exempt cookie for each amendment.
const DECLARATIONS: &str = r#"
[[cookie]]
name = "capped"
category = "necessary"
lifetime = "30 days"
cap = true
[[cookie]]
name = "secured"
category = "necessary"
secure = true
[[cookie]]
name = "hidden"
category = "necessary"
http_only = true
[[cookie]]
name = "strict"
category = "necessary"
same_site = "strict"
[[cookie]]
name = "lax"
category = "necessary"
same_site = "lax"
"#;

/// What an amendment changes in the jar.
#[derive(Clone, Copy, Debug)]
enum Change {
    Nothing,
    /// The life ends in so many days.
    Days(i64),
    /// The life ends with the session.
    Session,
    Secure,
    HttpOnly,
    SameSite(&'static str),
}

const ROWS: [(&str, Change); 28] = [
    ("capped=v; Path=/", Change::Nothing),
    ("capped=v; Max-Age=864000", Change::Nothing),
    ("capped=v; Max-Age=8640000; HttpOnly; Path=/", Change::Days(CAP_DAYS)),
    ("capped=v; max-age = 99999999999999999999 ;SameSite=Lax", Change::Days(CAP_DAYS)),
    ("capped=v; Max-Age=8640000; Max-Age=864000", Change::Nothing),
    ("capped=v; Max-Age=864000; Max-Age=8640000", Change::Days(CAP_DAYS)),
    ("capped=v; Expires=Fri, 01 Jan 2100 00:00:00 GMT; Secure", Change::Days(CAP_DAYS)),
    ("capped=v; Expires=Friday, 01-Jan-2100 00:00:00 GMT; Domain=portal.test", Change::Days(CAP_DAYS)),
    ("capped=v; Expires=Fri Jan  1 00:00:00 2100", Change::Days(CAP_DAYS)),
    ("capped=v; Max-Age=864000; Expires=Fri, 01 Jan 2100 00:00:00 GMT", Change::Nothing),
    ("capped=v; Expires=Fri, 01 Jan 2100 00:00:00 GMT; Max-Age=8640000", Change::Days(CAP_DAYS)),
    ("capped=v; Max-Age=x; Expires=Fri, 01 Jan 2100 00:00:00 GMT", Change::Days(CAP_DAYS)),
    ("capped=v; Max-Age=8640000 days", Change::Session),
    ("capped=v; Max-Age=0", Change::Nothing),
    ("capped=v; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Change::Nothing),
    ("secured=v; Path=/", Change::Secure),
    ("secured=v; secure", Change::Nothing),
    ("secured=\"v\"; Max-Age=864000; SameSite=Lax", Change::Secure),
    ("hidden=v; Path=/", Change::HttpOnly),
    ("hidden=v; HTTPONLY=0", Change::Nothing),
    ("hidden=v\u{e9}, w; Priority=High; Path=/c", Change::HttpOnly),
    ("strict=v; Path=/", Change::SameSite("Strict")),
    ("strict=v; SameSite=Lax", Change::Nothing),
    ("strict=v; SameSite=None; Secure", Change::Nothing),
    ("strict=v; SameSite=unheard-of; Path=/", Change::SameSite("Strict")),
    ("lax=v; Domain=portal.test; Path=/", Change::SameSite("Lax")),
    ("lax=v; SameSite=Strict; SameSite", Change::SameSite("Lax")),
    ("lax=v; SameSite=Strict; HttpOnly", Change::Nothing),
];

#[tokio::test]
async fn an_amendment_changes_just_its_attribute_in_chromium() {
    assert_amended(Chromium::start).await;
}

#[tokio::test]
async fn an_amendment_changes_just_its_attribute_in_firefox() {
    assert_amended(super::firefox).await;
}

/// Under TLS, where a cookie may be `Secure`.
async fn assert_amended<B: Browser>(start: impl FnOnce() -> B + Send + 'static) {
    let cases: Arc<Vec<Case>> = Arc::new(ROWS.map(|(line, _)| Case::cookies(line, [line])).to_vec());
    let authority = Authority::new();
    let (origin, direct) = (portal(&cases, None).await, portal(&cases, Some(&authority)).await);
    let charter = charter_with("\n[consent]\n", &format!("{DECLARATIONS}\n[consent]\n"));
    let octroi = Setup::before(&origin).charter(&charter).tls(&authority, &[&[HOST]]).start().await;
    let [direct, through] = [direct.address, octroi.tls].map(|address| format!("https://{HOST}:{}", address.port()));
    let comparison = tokio::task::spawn_blocking(move || {
        let browser = start();
        let results = Comparison::new(&browser, &direct, &through).results(&cases, Consent::Unsaid);
        let mut findings = Findings::default();
        for ((line, change), (_, Pair { direct, through })) in ROWS.into_iter().zip(results) {
            let (direct, through) = (direct.after, through.after);
            let is_meant = |cookie: &Cookie| line.starts_with(&format!("{}=", cookie.name));
            let wanted = |cookie| if is_meant(cookie) { change.of(cookie) } else { cookie.clone() };
            let wanted: Vec<_> = direct.iter().map(wanted).collect();
            let landed = direct.iter().any(is_meant) || matches!(change, Change::Nothing);
            let right =
                landed && wanted.len() == through.len() && wanted.iter().zip(&through).all(|(a, b)| is_same(a, b));
            findings.expect(right, || format!("{line}, {change:?}:{}\n  became{}", listed(&direct), listed(&through)));
        }
        findings
    });
    comparison.await.unwrap().none();
}

impl Change {
    /// What has to land in the place of `direct`.
    fn of(self, direct: &Cookie) -> Cookie {
        let mut changed = direct.clone();
        let mut set = |name: &str, value: &str| drop(changed.attributes.insert(name.to_owned(), value.to_owned()));
        match self {
            Self::Nothing => {}
            Self::Days(days) => changed.expires = Some(now() + days * DAY),
            Self::Session => changed.expires = None,
            Self::Secure => set("secure", "true"),
            Self::HttpOnly => set("httpOnly", "true"),
            Self::SameSite(value) => set("sameSite", value),
        }
        changed
    }
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}
