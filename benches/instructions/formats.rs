//! The cost of reading a visitor's choice in each format: the cookies of one request, as the banner writes them for a visitor
//! who agreed to a part. The bench runs itself under callgrind, as for single steps.

use std::env;
use std::hint::black_box;

use anyhow::{Result, ensure};
use octroi::consent::{Banner, Format, Keys, Reading, Undated};
use octroi::cookie::UnixTime;

use crate::{Scenario, callgrind};

const ROUNDS: [u64; 2] = [100, 1100];
const NOW: UnixTime = UnixTime(1_795_435_200);
const PREFIX: &str = "choice read: ";

/// A format, the limit for one reading, keys of the charter, and the cookies.
type Row = (&'static str, u64, &'static [&'static str], &'static [(&'static str, &'static str)]);

const TC_STRING: &str =
    "CQeEcwAQeEcwANwABBFRCWFgAP_gAAAAAAqIF5wA4AAgAEAAoBeYAAAAAAAA.IF5wA4AAgAEAAoBeYAAA.YAAAAAAAAAAA";
const GPP: &str =
    "DBABM~CQeEcwAQeEcwANwABBFRCWFgAP_gAAAAAAqIF5wA4AAgAEAAoBeYAAAAAAAA.IF5wA4AAgAEAAoBeYAAA.YAAAAAAAAAAA";
const ONETRUST: &str = "isGpcEnabled=0&datestamp=Tue+Oct+22+2026+09%3A28%3A09+GMT%2B0300+(Eastern+European+Summer+Time)\
    &version=202405.2.0&browserGpcFlag=0&isIABGlobal=false&hosts=&consentId=3f1c8a52-90aa-4d5b-9f60-6a3d0e1b2c4d\
    &interactionCount=1&isAnonUser=1&landingPath=NotLandingPage&groups=C0001%3A1%2CC0002%3A1%2CC0003%3A0%2CC0004%3A0\
    &AwaitingReconsent=false";
const DIDOMI: &str = "eyJ1c2VyX2lkIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIiwiY3JlYXRlZCI6IjIwMjMtMDktMjdUMTE6MTI6MzcuNz\
    k3WiIsInVwZGF0ZWQiOiIyMDI2LTA5LTI3VDExOjEyOjM3Ljc5N1oiLCJ2ZW5kb3JzIjp7ImVuYWJsZWQiOlsiZ29vZ2xlIiwiYzpmYWNlYm9v\
    ay13RGlHbkpXViJdfSwicHVycG9zZXMiOnsiZW5hYmxlZCI6WyJkZXZpY2VfY2hhcmFjdGVyaXN0aWNzIiwiZ2VvbG9jYXRpb25fZGF0YSJdfS\
    widmVuZG9yc19saSI6eyJlbmFibGVkIjpbImdvb2dsZSJdfSwidmVyc2lvbiI6Mn0=";
const COOKIECONSENT: &str = "%7B%22categories%22%3A%5B%22necessary%22%2C%22analytics%22%5D%2C%22revision%22%3A0%2C%22data%22%3Anull\
    %2C%22consentTimestamp%22%3A%222026-10-15T00%3A00%3A00.000Z%22%2C%22consentId%22%3A%223f1c8a52-90aa-4d5b-9f60-6a3d0e1b2c4d%22\
    %2C%22services%22%3A%7B%22necessary%22%3A%5B%5D%2C%22analytics%22%3A%5B%22matomo%22%5D%7D%2C%22languageCode%22%3A%22fr%22\
    %2C%22lastConsentTimestamp%22%3A%222026-10-15T00%3A00%3A00.000Z%22%2C%22expirationTime%22%3A1807747200000%7D";

const ROWS: [Row; 29] = [
    (
        "opendatasoft",
        1_870,
        &["functional_cookies", "ga", "matomo"],
        &[("cookies_preferences", "%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Afalse%7D")],
    ),
    (
        "tarteaucitron",
        1_580,
        &["gtag", "matomo", "youtube"],
        &[("tarteaucitron", "!gtag=false!youtube=true!matomo=true")],
    ),
    (
        "orejime",
        1_500,
        &["mandatory", "matomo-tag-manager"],
        &[("eu-consent", "{%22mandatory%22:true%2C%22matomo-tag-manager%22:false}")],
    ),
    (
        "klaro",
        1_450,
        &["googleAnalytics", "matomo"],
        &[("klaro", "%7B%22googleAnalytics%22%3Afalse%2C%22matomo%22%3Atrue%7D")],
    ),
    ("cookieconsent", 4_430, &["necessary", "analytics"], &[("cc_cookie", COOKIECONSENT)]),
    ("osano", 970, &["all"], &[("cookieconsent_status", "allow")]),
    (
        "gov-uk",
        2_660,
        &["essential", "usage"],
        &[
            ("cookies_policy", "{\"essential\":true,\"settings\":false,\"usage\":true,\"campaigns\":false}"),
            ("cookies_preferences_set", "true"),
        ],
    ),
    (
        "cookiebot",
        4_280,
        &["necessary", "statistics", "marketing"],
        &[(
            "CookieConsent",
            "{stamp:%27AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==%27%2Cnecessary:true%2Cpreferences:false\
             %2Cstatistics:true%2Cmarketing:false%2Cmethod:%27explicit%27%2Cver:1%2Cutc:1790000000537%2Cregion:%27fr%27}",
        )],
    ),
    (
        "onetrust",
        6_050,
        &["C0001", "C0002", "C0004"],
        &[("OptanonConsent", ONETRUST), ("OptanonAlertBoxClosed", "2026-10-15T11:50:36.242Z")],
    ),
    (
        "axeptio",
        3_610,
        &["SnapEngage", "facebook_pixel"],
        &[
            (
                "axeptio_cookies",
                "{%22$$token%22:%22k3yl4h2bq9%22%2C%22$$date%22:%222026-10-15T08:20:26.864Z%22%2C%22SnapEngage%22:true\
                 %2C%22facebook_pixel%22:true%2C%22$$completed%22:true}",
            ),
            ("axeptio_authorized_vendors", "%2CSnapEngage%2Cfacebook_pixel%2C"),
        ],
    ),
    ("didomi", 8_290, &["google", "geolocation_data"], &[("didomi_token", DIDOMI)]),
    (
        "cookieyes",
        3_050,
        &["necessary", "analytics", "advertisement"],
        &[(
            "cookieyes-consent",
            "consentid:b3ZxN2hKeTR0cWZBWGR6,consent:yes,action:yes,necessary:yes,functional:no,analytics:yes,\
             performance:no,advertisement:no,other:no",
        )],
    ),
    (
        "complianz",
        3_750,
        &["functional", "statistics", "marketing"],
        &[
            ("cmplz_functional", "allow"),
            ("cmplz_preferences", "deny"),
            ("cmplz_statistics", "allow"),
            ("cmplz_marketing", "deny"),
            ("cmplz_banner-status", "dismissed"),
            ("cmplz_consented_services", "{\"youtube\":true}"),
        ],
    ),
    (
        "commanders-act",
        3_520,
        &["2", "3"],
        &[("TC_PRIVACY", "0%40032%7C13%7C1665%402%2C3%2C4%2C5%401%401790000000246%2C1790000000246%2C1823696000246%40")],
    ),
    (
        "eu-cookie-compliance",
        1_640,
        &["necessary", "analytics"],
        &[("cookie-agreed", "2"), ("cookie-agreed-categories", "%5B%22necessary%22%2C%22analytics%22%5D")],
    ),
    (
        "cookiesjsr",
        2_100,
        &["functional", "vimeo"],
        &[("cookiesjsr", "%7B%22functional%22:false,%22gtag%22:false,%22vimeo%22:true%7D")],
    ),
    (
        "django-cookie-consent",
        2_940,
        &["optional", "social"],
        &[("cookie_consent", "\"optional=-1|social=2026-06-04T03:17:01.421395\"")],
    ),
    ("aspnet", 800, &["all"], &[(".AspNet.Consent", "yes")]),
    ("matomo", 1_110, &["tracking"], &[("mtm_consent", "1790000000000")]),
    ("tcf", 3_560, &["purpose-1", "purpose-8", "vendor-755"], &[("euconsent-v2", TC_STRING)]),
    ("gpp", 4_080, &["purpose-1", "purpose-8", "vendor-755"], &[("gpp", GPP)]),
    (
        "eu-consent",
        1_440,
        &["matomo", "youtube"],
        &[("eu-consent", "%7B%22matomo%22%3Atrue%2C%22youtube%22%3Afalse%7D")],
    ),
    ("zaraz", 1_480, &["eQic", "vxcT"], &[("zaraz-consent", "%7B%22eQic%22%3Atrue%2C%22vxcT%22%3Afalse%7D")]),
    (
        "iubenda",
        2_760,
        &["1", "4"],
        &[(
            "choice",
            "%7B%22timestamp%22%3A%222026-10-15T11%3A50%3A36.242Z%22%2C%22version%22%3A%221.62.0%22%2C%22purposes%22%3A%7B\
             %221%22%3Atrue%2C%224%22%3Afalse%7D%2C%22id%22%3A%2212345678%22%7D",
        )],
    ),
    ("tealium", 2_940, &["c1", "c2"], &[("CONSENTMGR", "c1:1%7Cc2:0%7Cc3:1%7Cc4:0%7Cts:1790000000229%7Cconsent:true")]),
    (
        "cookie-script",
        3_870,
        &["performance", "targeting"],
        &[(
            "CookieScriptConsent",
            "%7B%22bannershown%22%3A1%2C%22action%22%3A%22accept%22%2C%22consenttime%22%3A1790000000%2C%22categories%22%3A\
             %22%5B%5C%22performance%5C%22%2C%5C%22targeting%5C%22%5D%22%2C%22key%22%3A%22151bff27-dc69-4bec%22%7D",
        )],
    ),
    ("json", 2_300, &["matomo", "youtube"], &[("choice", "%7B%22matomo%22%3Atrue%2C%22youtube%22%3Afalse%7D")]),
    ("pairs", 2_180, &["matomo", "youtube"], &[("choice", "matomo:true,youtube:false,other:true")]),
    ("word", 790, &["all"], &[("choice", "true")]),
];

fn banner(row: &Row) -> Result<Banner> {
    let (word, _, keys, _) = row;
    let Some(format) = Format::named(word) else { anyhow::bail!("no format {word}") };
    let names = if format.names(None).is_empty() { format.names(Some("choice")) } else { format.names(None) };
    let mut options = format.default_options();
    options.granted = vec!["true".into()];
    (options.separator, options.assign) = match *word {
        "pairs" => (",".into(), ":".into()),
        _ => (options.separator, options.assign),
    };
    let keys = Keys::new(keys.iter().map(ToString::to_string).collect(), 0);
    Ok(Banner { format, names, options, keys, valid_for: 400 * 86_400, undated: Undated::Allow })
}

fn read(banner: &Banner, row: &Row) -> Reading {
    let cookies = black_box(row.3).iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    black_box(banner.read(cookies, NOW)).reading
}

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    ROWS.into_iter().map(|row| Scenario {
        name: format!("{PREFIX}{}", row.0),
        limit: row.1,
        count: Box::new(move || callgrind::of_one_round(ROUNDS, |rounds| total(&row, rounds))),
    })
}

/// Instructions of a whole process that reads the choice `rounds` times.
fn total(row: &Row, rounds: u64) -> Result<u64> {
    let directory = tempfile::tempdir()?;
    let mut command = callgrind::command(env::current_exe()?, directory.path());
    let step = format!("{PREFIX}{}", row.0);
    let status = command.args(["--step", &step, "--rounds", &rounds.to_string()]).status()?;
    ensure!(status.success(), "{step}: {status}");
    callgrind::total(directory.path())
}

/// Runs what is counted: one reading, `rounds` times. `None` if the step is no format.
pub(crate) fn repeat(step: &str, rounds: u64) -> Option<Result<()>> {
    let word = step.strip_prefix(PREFIX)?;
    let row = ROWS.iter().find(|row| row.0 == word)?;
    Some(banner(row).and_then(|banner| {
        for _ in 0..rounds {
            let reading = read(&banner, row);
            ensure!(reading == Reading::Given, "{step}: {}", reading.as_str());
        }
        Ok(())
    }))
}
