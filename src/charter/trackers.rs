//! Names of cookies that are known to measure audiences or to track.
//!
//! An import never exempts what is found here, `octroi check` warns if a charter does, and the admin page names its owner
//! beside an undeclared cookie.

mod domains;
mod stems;

use super::NamePattern;
use super::fold::{fold, has_phrase};
pub(crate) use domains::domains;
use stems::STEMS;

/// The service whose cookies a pattern names, or may cover; `None` if no known tracker has such a name.
///
/// ```
/// use octroi::charter::{NamePattern, tracker_owner};
///
/// assert_eq!(tracker_owner(&NamePattern::Exact("_gid".to_owned())), Some("Google Analytics"));
/// assert_eq!(tracker_owner(&NamePattern::Exact("sessionid".to_owned())), None);
/// ```
pub fn owner(pattern: &NamePattern) -> Option<&'static str> {
    STEMS.iter().find(|(_, stems)| stems.split(' ').any(|stem| overlaps(pattern, stem))).map(|(owner, _)| *owner)
}

/// Names of trackers that other software uses, too.
const ANYBODYS: [&str; 4] = ["test_cookie", "unique_id", "viewer_token", "_guid"];
/// Up to so many letters and digits, a site may have chosen a tracker's name for its own (`fr`, `PREF`).
const SHORT: usize = 4;

/// The service whose cookies alone a pattern names. Unlike [`owner`], it answers neither for a wide pattern, under which a tracker's
/// name may fall, nor for a name that any site may have chosen, nor for one that keeps a choice.
pub(crate) fn sure_owner(pattern: &NamePattern) -> Option<&'static str> {
    let (start, is_whole) = match pattern {
        NamePattern::Exact(name) => (name.as_str(), true),
        NamePattern::Prefix(prefix) => (prefix.as_str(), false),
        NamePattern::Glob(glob) => (glob.split(['*', '?']).next().unwrap_or_default(), !glob.contains(['*', '?'])),
        NamePattern::Regex(_) => return None,
    };
    let is_short = start.len() <= SHORT && start.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let keeps_a_choice = ["consent", "optout"].iter().any(|word| start.to_ascii_lowercase().contains(word));
    if is_short || keeps_a_choice || (is_whole && ANYBODYS.contains(&start)) {
        return None;
    }
    let names = |stem: &&str| match stem.strip_suffix('$') {
        Some(name) => start == name,
        None => start.starts_with(stem),
    };
    STEMS.iter().find(|(_, stems)| stems.split(' ').any(|stem| names(&stem))).map(|(owner, _)| *owner)
}

fn overlaps(pattern: &NamePattern, stem: &str) -> bool {
    let (stem, is_whole) = stem.strip_suffix('$').map_or((stem, false), |stem| (stem, true));
    match pattern {
        NamePattern::Exact(name) if is_whole => name == stem,
        NamePattern::Exact(name) => name.starts_with(stem),
        NamePattern::Prefix(prefix) => stem.starts_with(prefix.as_str()) || (!is_whole && prefix.starts_with(stem)),
        NamePattern::Glob(glob) => may_cover(glob.as_bytes(), stem.as_bytes(), is_whole),
        // An import writes no regular expressions: one on a page becomes a prefix or a name, or is not written.
        NamePattern::Regex(_) => false,
    }
}

/// Whether a glob covers the stem or, unless that is a whole name, any name that begins with it. For each byte of the
/// stem, `places` are the positions in the glob at which the bytes so far may end.
fn may_cover(glob: &[u8], stem: &[u8], is_whole: bool) -> bool {
    let is_star = |at: usize| glob.get(at) == Some(&b'*');
    let beyond_stars = |places: &mut Vec<bool>| {
        for at in 0..glob.len() {
            if places.get(at) == Some(&true) && is_star(at) {
                places.iter_mut().skip(at + 1).take(1).for_each(|place| *place = true);
            }
        }
    };
    let mut places = vec![false; glob.len() + 1];
    places.iter_mut().take(1).for_each(|place| *place = true);
    beyond_stars(&mut places);
    for byte in stem {
        let mut next = vec![false; glob.len() + 1];
        for at in (0..glob.len()).filter(|at| places.get(*at) == Some(&true)) {
            let to = match glob.get(at) {
                Some(b'*') => at,
                Some(b'?') => at + 1,
                Some(known) if known == byte => at + 1,
                _ => continue,
            };
            next.iter_mut().skip(to).take(1).for_each(|place| *place = true);
        }
        beyond_stars(&mut next);
        places = next;
    }
    if is_whole { places.last() == Some(&true) } else { places.contains(&true) }
}

/// The prefix, if pages give a name without the suffix that browsers hold it with; else the pattern itself.
pub(crate) fn family(pattern: &NamePattern) -> NamePattern {
    match pattern {
        NamePattern::Exact(name) if is_family(name) => NamePattern::Prefix(name.clone()),
        other => other.clone(),
    }
}

/// Names that pages give bare, and that browsers hold with something behind: `_pk_id.1.ab12`, `wordpress_logged_in_3f…`.
fn is_family(name: &str) -> bool {
    const FAMILIES: [&str; 27] = [
        "_pk_id", "_pk_ses", "_pk_ref", "_pk_cvar", "_pk_hsr", "_hjSessionUser", "_hjSession", "_hjIncludedInSample",
        "_dc_gtm", "_gac", "wordpress_logged_in_", "wordpress_logged_in", "wordpress_sec_", "wordpress_sec",
        "wordpress_", "wp-settings-", "wp-settings-time-", "wp_woocommerce_session_", "wp_woocommerce_session",
        "comment_author_", "comment_author_email_", "comment_author_url_", "wp-postpass_", "_shibsession_", "SSESS",
        "incap_ses_", "visid_incap_",
    ];
    FAMILIES.contains(&name)
}

/// Up to three names of a service's cookies, for a person who looks for them. `None` if the service is not known.
pub(crate) fn example_names(service: &str) -> Option<String> {
    let folded = fold(service);
    let is_meant = |owner: &str| {
        let owner = fold(owner);
        has_phrase(&folded, &[owner.as_str()]) || (owner == "matomo" && has_phrase(&folded, &["piwik"]))
    };
    let names: Vec<String> = STEMS
        .iter()
        .filter(|(owner, _)| is_meant(owner))
        .flat_map(|(_, stems)| stems.split(' '))
        .take(3)
        .map(|stem| stem.strip_suffix('$').map_or_else(|| format!("`{stem}*`"), |name| format!("`{name}`")))
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
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
            "sessionid", "csrftoken", "_gallery", "from", "frontend", "NIDx", "_grecaptcha", "incap_ses_1",
            "ARRAffinity", "sbx",
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
