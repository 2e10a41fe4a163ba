//! For which domains of their own the services that are built into pages set their cookies.

use super::owner;
use crate::charter::NamePattern;

/// Services, by their names in `stems`. One domain: all cookies that `stems` knows are set for it. Several: some are set
/// for one of these, others for the visited site.
const DOMAINS: &[(&str, &[&str])] = &[
    ("YouTube", &["youtube.com"]),
    ("Vimeo", &["vimeo.com"]),
    ("Dailymotion", &["dailymotion.com"]),
    ("Google DoubleClick", &["doubleclick.net"]),
    ("Google", &["google.com", "youtube.com"]),
    ("Meta", &["facebook.com", "instagram.com"]),
    ("LinkedIn", &["linkedin.com", "www.linkedin.com"]),
    ("X", &["x.com", "twitter.com"]),
];

/// The domains that a cookie may be set for, if it is a service's that sets cookies for its own website; empty if it is
/// none, or one that scripts write for the visited site: those begin with a single `_`, as `_fbp` does.
pub(crate) fn domains(pattern: &NamePattern) -> &'static [&'static str] {
    let text = pattern.text();
    if text.starts_with('_') && !text.starts_with("__Secure-") {
        return &[];
    }
    let Some(owner) = owner(pattern) else { return &[] };
    DOMAINS.iter().find(|(known, _)| *known == owner).map_or(&[], |(_, domains)| *domains)
}
