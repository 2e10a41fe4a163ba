//! Cookies that measure audiences or follow people, whatever heading they stand under.

use super::fold::{fold, has_phrase};
use crate::charter::NamePattern;

/// What the names begin with, and whose they are. `$` ends a whole name.
const STEMS: [(&str, &str); 106] = [
    ("_ga$", "Google Analytics"),
    ("_ga_", "Google Analytics"),
    ("_gid$", "Google Analytics"),
    ("_gat", "Google Analytics"),
    ("_gali$", "Google Analytics"),
    ("_gac_", "Google Ads"),
    ("_gcl_", "Google Ads"),
    ("_gaexp", "Google Optimize"),
    ("__utm", "Google Analytics"),
    ("_dc_gtm_", "Google Tag Manager"),
    ("FPID$", "Google Analytics"),
    ("FPLC$", "Google Analytics"),
    ("FPAU$", "Google Ads"),
    ("IDE$", "Google DoubleClick"),
    ("DSID$", "Google DoubleClick"),
    ("test_cookie$", "Google DoubleClick"),
    ("NID$", "Google"),
    ("1P_JAR$", "Google"),
    ("ANID$", "Google"),
    ("AID$", "Google"),
    ("__gads$", "Google"),
    ("__gpi", "Google"),
    ("__eoi$", "Google"),
    ("VISITOR_INFO1_LIVE$", "YouTube"),
    ("VISITOR_PRIVACY_METADATA$", "YouTube"),
    ("YSC$", "YouTube"),
    ("vuid$", "Vimeo"),
    ("_fbp$", "Meta"),
    ("_fbc$", "Meta"),
    ("fr$", "Meta"),
    ("datr$", "Meta"),
    ("sb$", "Meta"),
    ("_hj", "Hotjar"),
    ("_pk_", "Matomo"),
    ("_paq", "Matomo"),
    ("_clck$", "Microsoft Clarity"),
    ("_clsk$", "Microsoft Clarity"),
    ("CLID$", "Microsoft Clarity"),
    ("MUID$", "Microsoft"),
    ("MUIDB$", "Microsoft"),
    ("_uet", "Microsoft Advertising"),
    ("SRM_B$", "Microsoft"),
    ("ANONCHK$", "Microsoft"),
    ("hubspotutk$", "HubSpot"),
    ("__hs", "HubSpot"),
    ("_hs", "HubSpot"),
    ("messagesUtk$", "HubSpot"),
    ("li_sugr$", "LinkedIn"),
    ("bcookie$", "LinkedIn"),
    ("bscookie$", "LinkedIn"),
    ("lidc$", "LinkedIn"),
    ("UserMatchHistory$", "LinkedIn"),
    ("AnalyticsSyncHistory$", "LinkedIn"),
    ("li_fat_id$", "LinkedIn"),
    ("ln_or$", "LinkedIn"),
    ("li_gc$", "LinkedIn"),
    ("_ttp$", "TikTok"),
    ("_tt_", "TikTok"),
    ("ttwid$", "TikTok"),
    ("_pin_unauth$", "Pinterest"),
    ("_pinterest_", "Pinterest"),
    ("_scid", "Snapchat"),
    ("sc_at$", "Snapchat"),
    ("guest_id", "X"),
    ("personalization_id$", "X"),
    ("muc_ads$", "X"),
    ("twid$", "X"),
    ("mp_", "Mixpanel"),
    ("amplitude_", "Amplitude"),
    ("AMP_", "Amplitude"),
    ("ajs_", "Segment"),
    ("_vwo", "VWO"),
    ("_vis_opt", "VWO"),
    ("optimizely", "Optimizely"),
    ("ABTasty", "AB Tasty"),
    ("kameleoon", "Kameleoon"),
    ("s_vi", "Adobe Analytics"),
    ("s_fid$", "Adobe Analytics"),
    ("s_cc$", "Adobe Analytics"),
    ("s_sq$", "Adobe Analytics"),
    ("AMCV", "Adobe"),
    ("demdex$", "Adobe"),
    ("mbox", "Adobe Target"),
    ("atidvisitor$", "AT Internet"),
    ("atuserid", "AT Internet"),
    ("xtvrn$", "AT Internet"),
    ("xtan", "AT Internet"),
    ("xtidc$", "AT Internet"),
    ("_pcid$", "Piano Analytics"),
    ("_pctx$", "Piano Analytics"),
    ("_pprv$", "Piano Analytics"),
    ("pa_user$", "Piano Analytics"),
    ("etuix$", "Eulerian"),
    ("_cs_id$", "Contentsquare"),
    ("_cs_s$", "Contentsquare"),
    ("_cs_c$", "Contentsquare"),
    ("cto_", "Criteo"),
    ("__qca$", "Quantcast"),
    ("_cc_id$", "Lotame"),
    ("_ym_", "Yandex"),
    ("yandexuid$", "Yandex"),
    ("_hp2_", "Heap"),
    ("_lfa$", "Leadfeeder"),
    ("_mkto_trk$", "Marketo"),
    ("tuuid", "an advertising network"),
    ("_pubcid", "an advertising network"),
];

/// Whose a name is, or may be: a pattern is held against every stem that it could cover.
pub fn owner(pattern: &NamePattern) -> Option<&'static str> {
    STEMS.iter().find(|(stem, _)| touches(pattern, stem)).map(|(_, owner)| *owner)
}

fn touches(pattern: &NamePattern, stem: &str) -> bool {
    let (stem, is_whole) = stem.strip_suffix('$').map_or((stem, false), |stem| (stem, true));
    let is_of = |name: &str| if is_whole { name == stem } else { name.starts_with(stem) };
    match pattern {
        NamePattern::Exact(name) => is_of(name),
        NamePattern::Prefix(prefix) => stem.starts_with(prefix.as_str()) || (!is_whole && prefix.starts_with(stem)),
        NamePattern::Glob(glob) => {
            let literal = glob.split(['*', '?']).next().unwrap_or_default();
            pattern.surely_covers(stem)
                || (!is_whole && !literal.is_empty() && (literal.starts_with(stem) || stem.starts_with(literal)))
        }
        NamePattern::Regex(_) => false,
    }
}

/// Names that pages give bare, and that browsers hold with a site's number behind: `_pk_id.1.ab12`.
pub(super) fn is_family(name: &str) -> bool {
    matches!(
        name,
        "_pk_id"
            | "_pk_ses"
            | "_pk_ref"
            | "_pk_cvar"
            | "_pk_hsr"
            | "_hjSessionUser"
            | "_hjSession"
            | "_hjIncludedInSample"
            | "_dc_gtm"
            | "_gac"
    )
}

/// What a service's cookies are often called, for a person who looks for them.
pub(super) fn names_of(service: &str) -> Option<String> {
    let folded = fold(service);
    let is_meant = |owner: &str| {
        let owner = fold(owner);
        has_phrase(&folded, &[owner.as_str()]) || (owner == "matomo" && has_phrase(&folded, &["piwik"]))
    };
    let names: Vec<String> = STEMS
        .iter()
        .filter(|(_, owner)| is_meant(owner))
        .take(3)
        .map(|(stem, _)| stem.strip_suffix('$').map_or_else(|| format!("`{stem}*`"), |name| format!("`{name}`")))
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Whether a provider's only service measures or follows people.
pub(super) fn is_tracking_service(provider: &str) -> bool {
    const SERVICES: [&str; 12] = [
        "google analytics",
        "google ads",
        "google adwords",
        "doubleclick",
        "hotjar",
        "facebook",
        "meta pixel",
        "linkedin",
        "tiktok",
        "criteo",
        "microsoft clarity",
        "google tag manager",
    ];
    has_phrase(&fold(provider), &SERVICES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trackers_are_known_in_every_notation() {
        let exact = |name: &str| owner(&NamePattern::Exact(name.to_owned()));
        let prefix = |name: &str| owner(&NamePattern::Prefix(name.to_owned()));
        let glob = |name: &str| owner(&NamePattern::Glob(name.to_owned()));
        for found in [
            exact("_ga"),
            exact("_pk_id.1.ab"),
            exact("_hjid"),
            exact("_fbp"),
            prefix("_g"),
            prefix("_ga_"),
            prefix("_pk_id."),
            glob("_ga*"),
            glob("_*a"),
            glob("_h*"),
        ] {
            assert!(found.is_some());
        }
        for innocent in [
            "sessionid",
            "csrftoken",
            "_gallery",
            "from",
            "frontend",
            "NIDx",
            "_grecaptcha",
            "incap_ses_1",
            "ARRAffinity",
            "sbx",
        ] {
            assert_eq!(exact(innocent), None, "{innocent}");
        }
        for innocent in [
            prefix("incap_ses_"),
            glob("nlbi_*"),
            prefix("SSESS"),
            glob(".AspNetCore.*"),
            glob("wp-*-x"),
            prefix("free"),
        ] {
            assert_eq!(innocent, None);
        }
    }
}
