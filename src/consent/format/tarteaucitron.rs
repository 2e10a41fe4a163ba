//! tarteaucitron.js: `!gtag=false!youtube=true!matomo=wait`, not encoded.
//!
//! Each service stands once, the one that was answered last at the end; `wait` is written before anybody answered.
//! tarteaucitron itself looks for `gtag=true` anywhere in the value and so takes `mygtag=true` for it; here a service is
//! compared whole. A service with `needConsent: false` is written as `true` before anybody was asked, and nothing tells
//! that from an answer: those that it ships so (1.34.0) grant nothing by default, and `octroi check` notes them.
//!
//! Source: AmauriC/tarteaucitron.js, `tarteaucitron.js` (`cookie.create`, `cookie.read`), 1.2.0 to 1.34.0.

use super::pair_list::{self, Pair};
use super::{Answer, Answers, Definition, Fault, KnownKeys, Order};
use crate::consent::Reading;

/// The services that it ships (1.15.0 and 1.34.0); a site may add its own.
const SERVICES: &str = "\
    abtasty acast actistat activecampaign activecampaignvgo addthis addtoanyfeed addtoanyshare adform \
    adobeanalytics adobeworkspace adsense adsenseauto adsensesearch adsensesearchform adsensesearchresult \
    aduptech_ads aduptech_conversion aduptech_retargeting affilae alexa amazon amplitude analytics antvoice archive \
    arcio artetv atinternet atinternethightrack brevochat calameo calameolibrary calendly canalu cjcom clarity \
    clickdimensions clicky clicmanager collectchat compteur contentsquare crazyegg crisp criteo criteoonetag \
    dailymotion datingaffiliation datingaffiliationpopup deezer dialoginsight discord disqus doubleclick dynatrace \
    ekomi elfsight emolytics equativ eskimi etracker eulerian eulerian-analytics facebook facebookcomment \
    facebookcustomerchat facebooklikebox facebookpixel facebookpost faciliti fculture ferank ferankpub fillout \
    firebase force24 freshsalescrm gagenda gajs gallica gcmadstorage gcmadsuserdata gcmanalyticsstorage \
    gcmfunctionality gcmpersonalization gcmsecurity gdocs genially geoportail getplus getquanty gforms goldenbees \
    googleads googleadwordsconversion googleadwordsremarketing googlefonts googlemaps googlemapsembed \
    googlemapssearch googlepartners googlesignin googletagmanager goptimize gplus gplusbadge gsheets gslides gtag \
    hcaptcha helloasso hotjar hubspot iframe instagram intercomChat issuu jsapi kameleoon klaviyo koban kompass \
    kwanko leadforensics leadforensicsold leadinfo linkedin linkedininsighttag m6meteo madmetrics maps_noapi \
    markerio marketomunchkin matomo matomocloud matomoheatmap matomohightrack matomotm matterport mautic \
    meteofrance metrica microanalytics microsoftcampaignanalytics mixcloud mixpanel mtcaptcha \
    multiplegoogletagmanager multiplegtag myfeelback onesignal openstreetmap openwebanalytics outbrain \
    outbrainamplify pardot pianoanalytics pingdom pinterest pinterestpixel pipedrive piwikpro piximedia plausible \
    playplay plezi podcloud posthog prelinker prezi pubdirecte purechat recaptcha reddit robofabrica rumbletalk \
    screeb seamlessaccess sendinblue shareaholic shareasale sharethis sharethissticky sharpspring shinystat \
    simpleanalytics skaze slideshare smartsupp snapchat spotify statcounter stonly stripe studizz tagcommander \
    tawkto teads teambrain thetradedesk tiktok tiktokvideo timelinejs tolkai tolkaigenii trustpilot twenga twitch \
    twitter twitterembed twittertimeline twitteruwt twitterwidgetsapi typekit ubib usercom userlike userpilot \
    uservoice verizondottag videas vimeo visualrevenue vshop webmecanik weborama webtvnu weply wysistat \
    wysistathightrack xandr xandrconversion xandrsegment xiti xiti_smarttag youtube youtubeapi youtubeplaylist zoho \
    zohopagesense zopim";

pub(super) const DEFINITION: Definition = Definition {
    word: "tarteaucitron",
    about: "tarteaucitron.js: `!service=true!other=false`",
    stems: &["tarteaucitron"],
    keys: KnownKeys::Usual(SERVICES),
    default_keys: &[
        ("gtag", "statistics"),
        ("analytics", "statistics"),
        ("multiplegtag", "statistics"),
        ("matomocloud", "statistics"),
        ("atinternet", "statistics"),
        ("eulerian", "statistics"),
        ("eulerian-analytics", "statistics"),
        ("xiti", "statistics"),
    ],
    granted_on_load: &[
        "crisp", "matomo", "matomohightrack", "microanalytics", "plausible", "simpleanalytics", "stonly",
        "wysistathightrack",
    ],
    read: |parts, _, answers| parts.read(0, Order::RawIf(b'='), answers, services),
    ..Definition::PLAIN
};

fn services(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    if !matches!(text, [] | [b'!', ..]) {
        return Err(Fault::new(0, "`!`"));
    }
    let mut is_decided = false;
    pair_list::read(text, b'!', b'=', |Pair { key, word, at }| {
        let answer = match word {
            "true" => Answer::Granted,
            "false" => Answer::Refused,
            "wait" => Answer::Unsaid,
            _ => return Err(Fault::new(at, "`true`, `false` or `wait`")),
        };
        is_decided |= answer != Answer::Unsaid;
        answers.say(key, answer);
        Ok(())
    })?;
    if !is_decided {
        answers.is_no_choice(Reading::Undecided);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Tarteaucitron,
            &["gtag", "youtube"],
            &[
                ("tarteaucitron=!gtag=false!youtube=true", "ny"),
                ("tarteaucitron=%21gtag%3Dfalse%21youtube%3Dtrue", "ny"),
                ("tarteaucitron=\"!gtag=false!youtube=true\"", "ny"),
                ("tarteaucitron=!gtag=wait!youtube=wait", "undecided"),
                ("tarteaucitron=", "undecided"),
                ("tarteaucitron=!mygtag=true!gtag=wait", "--"),
                ("tarteaucitron=!multiplegtag=true!gtag=false", "n-"),
                ("tarteaucitron=!gtag=true!gtag=false", "n-"),
                ("tarteaucitron=!gtag=true!gtag=wait", "--"),
                ("tarteaucitron=!gtag=TRUE", "unreadable"),
                ("tarteaucitron=!gtag", "unreadable"),
                ("tarteaucitron=gtag=true", "unreadable"),
                ("tarteaucitron=!a=true%21gtag%3Dtrue", "unreadable"),
            ],
        );
    }
}
