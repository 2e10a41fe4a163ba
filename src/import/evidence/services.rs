//! Services that measure, track, advertise or are embedded in pages. Their cookies are not the site's own, whatever heading
//! they stand under.

use crate::import::fold::find_phrase;

/// Their names, folded.
const SERVICES: &[&str] = &[
    "google", "doubleclick", "youtube", "youtu be", "recaptcha", "gstatic", "adsense", "adwords", "firebase",
    "facebook", "meta", "instagram", "whatsapp", "messenger", "twitter", "x corp", "linkedin", "tiktok", "bytedance",
    "pinterest", "snapchat", "snap inc", "reddit", "tumblr", "vkontakte", "disqus", "addthis", "sharethis", "addtoany",
    "shareaholic", "vimeo", "dailymotion", "wistia", "brightcove", "jwplayer", "jw player", "twitch", "spotify",
    "soundcloud", "deezer", "acast", "ausha", "issuu", "calameo", "slideshare", "giphy", "flickr", "mapbox", "hotjar",
    "contentsquare", "microsoft clarity", "clarity ms", "bing", "microsoft advertising", "mouseflow", "fullstory",
    "crazy egg", "crazyegg", "lucky orange", "smartlook", "inspectlet", "clicktale", "sessioncam", "matomo", "piwik",
    "at internet", "atinternet", "xiti", "piano analytics", "eulerian", "webtrekk", "mapp", "etracker", "econda",
    "siteimprove", "monsido", "silktide", "adobe", "omniture", "demdex", "comscore", "scorecardresearch", "nielsen",
    "mediametrie", "ivw", "infonline", "chartbeat", "parsely", "parse ly", "mixpanel", "amplitude", "heap",
    "segment io", "posthog", "plausible", "fathom", "snowplow", "kissmetrics", "woopra", "clicky", "statcounter",
    "gaug es", "quantcast", "quantserve", "alexa", "similarweb", "new relic", "newrelic", "dynatrace", "datadog",
    "application insights", "appinsights", "optimizely", "vwo", "ab tasty", "abtasty", "kameleoon", "convert com",
    "dynamic yield", "monetate", "criteo", "taboola", "outbrain", "teads", "rtb house", "adform", "adroll", "appnexus",
    "xandr", "pubmatic", "rubicon", "magnite", "openx", "index exchange", "the trade desk", "tradedesk", "adsrvr",
    "mediamath", "sizmek", "smart adserver", "smartadserver", "amazon advertising", "amazon ads", "amazon adsystem",
    "yahoo", "yandex", "baidu", "bidswitch", "casalemedia", "liveramp", "lotame", "bluekai", "exelator", "eyeota",
    "krux", "tapad", "zemanta", "sharethrough", "awin", "zanox", "tradedoubler", "effiliation", "kwanko",
    "tradetracker", "affilinet", "webgains", "impact radius", "rakuten", "hubspot", "marketo", "pardot", "eloqua",
    "activecampaign", "mailchimp", "klaviyo", "brevo", "sendinblue", "mailjet", "emarsys", "selligent", "actito",
    "salesmanago", "braze", "leadfeeder", "leadforensics", "leadinfo", "albacross", "clearbit", "zoominfo", "6sense",
    "demandbase", "drift", "intercom", "crisp", "zendesk", "zopim", "livechat", "live chat", "tawk", "tawk to",
    "olark", "userlike", "iadvize", "freshchat", "smartsupp", "chatbot", "tidio", "trustpilot", "trusted shops",
    "ekomi", "bazaarvoice", "yotpo", "avis verifies", "typeform", "surveymonkey", "usabilla", "qualtrics", "medallia",
    "getfeedback", "uservoice", "pingdom", "speedcurve", "algolia", "onesignal", "pushwoosh", "batch com", "gravatar",
    "statistics", "analytics",
];

/// The service that a text names. Whole words only: `metabase` does not name `meta`. `folded` is as `fold` makes it.
pub(in crate::import) fn names_service(folded: &str) -> Option<&'static str> {
    SERVICES.iter().find(|service| find_phrase(folded, service).is_some()).copied()
}
