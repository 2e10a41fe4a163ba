//! The choice and opt-out cookies of known banners and trackers: always forwarded, never expired, whatever the charter
//! says.
//!
//! If a visitor's choice were deleted, the banner would ask again; if an opt-out were deleted, the tracker would track again.
//! Storing them needs no consent (CNIL guidelines 2020-091, article 5). A cookie that only identifies a visitor for a record of
//! consent (`osano_consentmanager_uuid`, `cmplz_id`, `__cmpiuid`) is no choice. `consentUUID` is one: the choice itself is stored
//! on Sourcepoint's server, under that number.
//!
//! The names are those that the makers document or their sources write, or that several captures of real visits show. Those of
//! the formats that octroi reads are taken from the formats themselves ([`names`]).

use std::collections::HashSet;
use std::sync::LazyLock;

use regex_automata::meta::Regex;

use super::Format;

/// Whether a name is one of these cookies'. Compiles all patterns when it is first asked.
pub fn is_choice(name: &str) -> bool {
    static EXACT: LazyLock<HashSet<String>> = LazyLock::new(|| names().collect());
    static PATTERN: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!("^(?:{})$", PATTERNS.join("|"))).ok());
    EXACT.contains(name) || PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(name))
}

/// Every name that is known exactly.
pub fn names() -> impl Iterator<Item = String> {
    let read = Format::ALL.iter().flat_map(|format| format.names(None)).map(|(name, _)| name);
    let unread = Format::ALL.iter().flat_map(|format| format.unread_names());
    read.chain(unread.chain(NAMES).map(ToString::to_string))
}

/// Names of banners and trackers whose cookies octroi does not read.
const NAMES: &[&str] = &[
    // IAB: TCF, Google's additional consent, US privacy. GPP and the cookies of TCF have no prescribed names.
    "addtl_consent",
    "euconsent",
    "euconsent-v2_backup",
    "eupubconsent",
    "eupubconsent-v2",
    "usprivacy",
    // OneTrust, CookiePro.
    "OTAdditionalConsentString",
    "OTGPPConsent",
    "OneTrustWPCCPAGoogleOptOut",
    // Cookiebot.
    "CookieConsentBulkTicket",
    // Didomi, Axeptio, Commanders Act, Sirdata and others of France.
    "TC_OPTOUT",
    "TC_OPTOUT_categories",
    "cookiesck",
    "hasConsent",
    "lgcookieslaw",
    // consentmanager.net; its others are among the patterns.
    "__cmpccpausps",
    "__cmpcpc",
    "__cmpcvc",
    "__cmpiab",
    "__cmpiabc",
    "__cmpiabcli",
    "__cmpiabli",
    "__cmpld",
    // Sourcepoint.
    "_sp_v1_consent",
    "_sp_v1_opt",
    "ccpaUUID",
    "consentDate",
    "consentUUID",
    // Quantcast Choice, InMobi; Google's Funding Choices; Clickio; Admiral's like use the IAB's names.
    "FCCDCF",
    "FCNEC",
    "_cmpRepromptHash",
    "__lxG__consent__v2",
    "__lxG__consent__v2_daisybit",
    "__lxG__consent__v2_gdaisybit",
    "googlepersonalization",
    "noniabvendorconsent",
    // TrustArc, Tealium, Evidon, Ketch, Fides, Civic, Osano.
    "CookieControl",
    "CookieControlTC",
    "OPTOUTMULTI",
    "_evidon_consent_cookie",
    "_evidon_suppress_notification_cookie",
    "_ketch_consent_v1_",
    "_swb_consent_",
    "cmapi_cookie_privacy",
    "cmapi_gtm_bl",
    "fides_consent",
    "notice_behavior",
    "notice_gdpr_prefs",
    "notice_preferences",
    "osano_consentmanager",
    "osano_consentmanager_expdate",
    // Other services.
    "CookieInformationConsent",
    "GXConsents",
    "Mdt_Consent",
    "cc_accepted_cookies",
    "ccm_consent",
    "cl_consent",
    "consent-policy",
    "consent-studio__storage",
    "cookiefirst-consent",
    "cookiehub",
    "cookiepal-consent",
    "cookies-analytics",
    "cookies-functional",
    "cookies-marketing",
    "cookies-preferences",
    "cyt-consent",
    "cyt_consent_given",
    "kcm_data",
    "lawwwing-consent-v2",
    "legalweb_cookie_settings",
    "sm-cookie-consent",
    "sp_consent",
    "truendo_cmp",
    "ttcm_consent",
    "uniconsent-v2",
    // Libraries that sites install themselves.
    "c15t",
    "c15t-consent",
    "cb-enabled",
    "cookie_consent_level",
    "cookie_consent_user_accepted",
    "cookieconsent_mode",
    "displayCookieConsent",
    // WordPress.
    "CookieLawInfoConsent",
    "borlabs-cookie",
    "borlabsCookie",
    "catAccCookies",
    "cky-action",
    "cky-consent",
    "cli_user_preference",
    "complianz_consent_status",
    "complianz_policy_id",
    "cookie_notice_accepted",
    "eucookielaw",
    "gdpr%5Ballowed_cookies%5D",
    "gdpr%5Bconsent_types%5D",
    "gdpr%5Bprivacy_bar%5D",
    "gdpr[allowed_cookies]",
    "gdpr[consent_types]",
    "gdpr[privacy_bar]",
    "hu-consent",
    "map_accepted_all_cookies",
    "moove_gdpr_popup",
    "personalized-ads-consent",
    "pressidium_cookie_consent",
    "surecookie_consent",
    "viewed_cookie_policy",
    "wpl_user_preference",
    "wpl_viewed_cookie",
    // Other systems: ASP.NET, Laravel, MediaWiki, TYPO3, Contao, Magento, Shopware, Shopify, GitBook, public services.
    "__gitbook_cookie_granted",
    "_consentik_cookie",
    "_cookies_accepted",
    "_pandectes_gdpr",
    "_tracking_consent",
    "acris_cookie_acc",
    "allowCookie",
    "amcookie_allowed",
    "amcookie_policy_restriction",
    "avada_cookie_consent",
    "cms_cookies",
    "cms_cookies_saved",
    "cookie-preference",
    "cookieDeclined",
    "cookiePreferences",
    "cookie_optin",
    "cookie_policy",
    "cookieconsent_preferences_disabled",
    "cookieconsent_status1",
    "cookielaw_accepted",
    "cookiesNotification",
    "dp_cookieconsent_status",
    "f3cc",
    "laravel_cookie_consent",
    "mw-cookie-settings",
    "nhsuk-cookie-consent",
    "seen_cookie_message",
    "user_allowed_save_cookie",
    // Names under which several authors keep a plain answer.
    "acceptCookies",
    "consent",
    "cookie-consent",
    "cookieAccepted",
    "cookieConsent",
    "cookie_accepted",
    "cookie_closed",
    "cookiebar",
    "cookieconsent",
    "cookies-accepted",
    "cookiesAccepted",
    "cookies_accepted",
    "gdpr-consent",
    "gdpr_consent",
    // Trackers: Matomo and Piwik PRO.
    "stg_global_opt_out",
    // Piano, formerly AT Internet.
    "_pprv",
    "atauthority",
    "atoptedout",
    "pa_privacy",
    // Others.
    "BOOMR_CONSENT",
    "__adroll_consent",
    "__adroll_consent_params",
    "__hs_cookie_cat_pref",
    "__hs_do_not_track",
    "__hs_gpc_banner_dismiss",
    "__hs_initial_opt_in",
    "__hs_notify_banner_dismiss",
    "__hs_opt_out",
    "_cs_c",
    "_cs_optout",
    "_hjOptOut",
    "_vis_opt_out",
    "cto_optout",
    "emos_optout",
    "et_oi_v2",
    "et_oip",
    "optimizelyOptOut",
    "tracking-preferences",
    "webtrekkOptOut",
];

/// Names that end with a site, a language or a category, as regular expressions of the whole name. Each variable part is
/// bounded, so that no such name can carry a visitor's number.
pub const PATTERNS: &[&str] = &[
    // consentmanager.net: the number of the account or of its design.
    "__cmp(ccc|consent|cpc|cvc|wel)[sux]?[0-9]{1,7}",
    // iubenda: the number of the site.
    "_iub_cs-s?[0-9]{4,9}(-granular)?",
    // Complianz; `rt_` on the main site of several.
    "cmplz_(rt_)?(all|banner-status|choice|consent_mode|consent_status|consented_services|consenttype|event_[0-9]|\
     functional|marketing|policy_id|preferences|saved_categories|saved_services|statistics|statistics-anonymous|stats)",
    // EU Cookie Compliance of Drupal: a language.
    "cookie-agreed-(categories|version|[a-z]{2}(-([a-z]{2}|hans|hant))?)",
    // Osano's open-source banner.
    "cookieconsent_status_(ANALYTICS|ESSENTIAL|MARKETING|PERSONALIZATION|UNCATEGORIZED)",
    // GDPR Cookie Consent of WordPress, which misspells some of its own: its categories, and those of French sites.
    "cookielawinfo-chec(k)?box-(advertisement|analytics|analytiques|autres|fonctionnels|functional|marketing|\
     necessaires|necessary|non-necessary|others|performance|preference|preferences|publicite|publicitaires|social|\
     statistics|statistiques|uncategorized)",
    // CookieYes, formerly: its categories.
    "cookieyes-(advertisement|analytics|functional|necessary|other|others|performance|uncategorized)",
    // Google Analytics: the number of the property.
    "ga-disable-(G-[0-9A-Z]{6,12}|UA-[0-9]{4,10}-[0-9]{1,3})",
    // Adobe: the number of the organisation.
    "kndctr_[0-9A-F]{24}_AdobeOrg_consent",
    // Piwik PRO: the number of the site.
    "ppms_privacy_(bar_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    // Real Cookie Banner: the number of the site, and a hash of its path.
    "real_cookie_banner(-(v:[0-9]{1,2}_)?blog:[0-9]{1,5}(_path:[0-9a-f]{7})?)?(-gcm|-tcf|-test)?",
    // The consent API of WordPress.
    "wp_consent_(functional|marketing|preferences|statistics|statistics-anonymous)",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_as_banners_and_trackers_write_them() {
        for name in [
            "__cmpconsent70166",
            "__cmpconsentx17155",
            "__cmpcccx47472",
            "__cmpcvcu274",
            "__cmpwels13566",
            "_iub_cs-50053366",
            "_iub_cs-50053366-granular",
            "_iub_cs-s3456789",
            "cmplz_banner-status",
            "cmplz_rt_consented_services",
            "cmplz_statistics-anonymous",
            "cookie-agreed-fr",
            "cookie-agreed-pt-br",
            "cookie-agreed-categories",
            "cookieconsent_status_ANALYTICS",
            "cookielawinfo-checkbox-non-necessary",
            "cookielawinfo-checbox-others",
            "cookieyes-analytics",
            "ga-disable-UA-12345678-1",
            "ga-disable-G-1ABCDEFG23",
            "kndctr_B21B678254F601E20A4C98A5_AdobeOrg_consent",
            "ppms_privacy_0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
            "ppms_privacy_bar_0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
            "real_cookie_banner",
            "real_cookie_banner-v:3_blog:1_path:da22278",
            "real_cookie_banner-blog:1-tcf",
            "wp_consent_marketing",
            "pa_privacy",
            "usprivacy",
        ] {
            assert!(is_choice(name), "{name}");
        }
    }

    #[test]
    fn no_other_ending_passes() {
        let open = [
            "__cmpconsent",
            "__cmpconsentx4711-uid",
            "__cmpiuid",
            "_iub_cs-",
            "_iub_cs-x",
            "_iub_cs-50053366-uid",
            "_iub_cs-1234567890123",
            "cmplz_",
            "cmplz_id",
            "cmplz_rt_",
            "cmplz_rt_uid-4711-anything",
            "cmplz_marketing-4711",
            "cookie-agreed-",
            "cookie-agreed-uid4711",
            "cookieconsent_status_x",
            "cookielawinfo-checkbox-",
            "cookielawinfo-checkbox-uid4711",
            "ga-disable-",
            "ga-disable-anything",
            "kndctr_B21B678254F601E20A4C98A5_AdobeOrg_identity",
            "ppms_privacy_4711",
            "real_cookie_banner-uid",
            "wp_consent_uid",
        ];
        for name in open {
            assert!(!is_choice(name), "{name}");
        }
        for name in names() {
            assert!(!is_choice(&format!("{name}-4711")), "{name}");
        }
    }

    #[test]
    fn each_name_stands_once_and_can_be_one() {
        let read = Format::ALL.iter().flat_map(|format| format.names(None)).map(|(name, _)| name);
        let mut seen: HashSet<String> = read.collect();
        for name in NAMES {
            assert!(seen.insert((*name).to_owned()), "{name}");
        }
        for name in names() {
            assert!(name.bytes().all(|byte| byte.is_ascii_graphic() && !b";=,\"".contains(&byte)), "{name}");
        }
    }
}
