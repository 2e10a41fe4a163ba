//! The choice and opt-out cookies of known banners: always forwarded, never expired, whatever the charter says.
//!
//! To take a visitor's choice away would be to ask again what was answered; storing it needs no consent (CNIL
//! guidelines 2020-091, article 5).

/// Names that are known as they stand.
pub(super) const NAMES: &[&str] = &[
    ".AspNet.Consent",
    "CONSENTMGR",
    "CookieConsent",
    "FCCDCF",
    "OptanonAlertBoxClosed",
    "OptanonConsent",
    "TC_PRIVACY",
    "TC_PRIVACY_CENTER",
    "axeptio_all_vendors",
    "axeptio_authorized_vendors",
    "axeptio_cookies",
    "cc_cookie",
    "cmapi_cookie_privacy",
    "cookie-agreed",
    "cookie_consent",
    "cookieconsent_status",
    "cookies_policy",
    "cookies_preferences",
    "cookies_preferences_set",
    "cookiesjsr",
    "cookieyes-consent",
    "didomi_token",
    "eu-consent",
    "euconsent-v2",
    "klaro",
    "matomo_ignore",
    "mtm_consent",
    "mtm_consent_removed",
    "mtm_cookie_consent",
    "notice_gdpr_prefs",
    "notice_preferences",
    "orejime",
    "tarteaucitron",
    "viewed_cookie_policy",
    "zaraz-consent",
];

/// Beginnings of names: the rest is a language, a category or a site's number.
pub(super) const PREFIXES: &[&str] = &[
    "_iub_cs-",
    "cmplz_banner-status",
    "cmplz_consented_services",
    "cmplz_functional",
    "cmplz_marketing",
    "cmplz_policy_id",
    "cmplz_preferences",
    "cmplz_rt_",
    "cmplz_saved_",
    "cmplz_statistics",
    "cookie-agreed-",
    "cookieconsent_status_",
    "cookielawinfo-checkbox-",
];

/// Whether a cookie of this name is known to hold a choice.
pub(super) fn is_choice_cookie(name: &[u8]) -> bool {
    NAMES.iter().any(|known| known.as_bytes() == name)
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix.as_bytes()))
}
