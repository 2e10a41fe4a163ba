//! Domains: for which of them a host may set a cookie (RFC 6265bis §5.7 step 9 and 10, and the public suffix list).
//!
//! The list is compiled in; its version is that of the build.

/// The parents of a host down to the registrable one, the shortest first; none for an IP address or a public suffix.
///
/// A website may set a cookie for any of them, but not above.
///
/// ```
/// use octroi::cookie::parent_domains;
///
/// assert_eq!(parent_domains("a.b.example.fr"), ["example.fr", "b.example.fr"]);
/// assert!(parent_domains("gouv.fr").is_empty());
/// ```
pub fn parent_domains(host: &str) -> Vec<&str> {
    let registrable = if is_address(host) { None } else { psl::domain_str(host) };
    let Some(registrable) = registrable else { return Vec::new() };
    let starts = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
    let mut parents: Vec<_> = starts.filter(|parent| parent.len() >= registrable.len()).collect();
    parents.reverse();
    parents
}

/// Whether `host` is `domain` or lies below it; both in lower case.
pub fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The site that a host belongs to: its registrable domain, else the host itself (an address, a public suffix).
///
/// ```
/// use octroi::cookie::site_of;
///
/// assert_eq!(site_of("www.data.example.co.uk"), "example.co.uk");
/// assert_eq!(site_of("127.0.0.1"), "127.0.0.1");
/// ```
pub fn site_of(host: &str) -> &str {
    let registrable = if is_address(host) { None } else { psl::domain_str(host) };
    registrable.unwrap_or(host)
}

/// Whether no cookie can be set for this domain, because its subdomains belong to different people.
pub fn is_public_suffix(domain: &str) -> bool {
    psl::domain_str(domain).is_none()
}

/// Whether a host is an IP address: only those end in a number or hold a colon.
fn is_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains(':') || last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_end_at_the_registrable_domain() {
        assert_eq!(parent_domains("data.education.gouv.fr"), ["education.gouv.fr"]);
        assert_eq!(parent_domains("a.b.example.fr"), ["example.fr", "b.example.fr"]);
        assert_eq!(parent_domains("example.fr"), Vec::<&str>::new());
        assert_eq!(parent_domains("gouv.fr"), Vec::<&str>::new());
        assert_eq!(parent_domains("127.0.0.1"), Vec::<&str>::new());
        assert_eq!(parent_domains("localhost"), Vec::<&str>::new());
    }

    #[test]
    fn a_site_is_what_one_owner_has() {
        assert_eq!(site_of("data.education.gouv.fr"), "education.gouv.fr");
        assert_eq!(site_of("education.gouv.fr"), "education.gouv.fr");
        assert_eq!(site_of("gouv.fr"), "gouv.fr");
        assert_eq!(site_of("127.0.0.1"), "127.0.0.1");
        assert_eq!(site_of("localhost"), "localhost");
        assert_eq!(site_of("::1"), "::1");
    }

    #[test]
    fn a_domain_holds_itself_and_what_lies_below_it() {
        assert!(is_within("education.gouv.fr", "education.gouv.fr"));
        assert!(is_within("data.education.gouv.fr", "education.gouv.fr"));
        assert!(!is_within("myeducation.gouv.fr", "education.gouv.fr"));
        assert!(!is_within("gouv.fr", "education.gouv.fr"));
    }

    #[test]
    fn what_lies_below_a_public_suffix_belongs_to_different_people() {
        assert!(is_public_suffix("gouv.fr") && is_public_suffix("fr") && is_public_suffix("localhost"));
        assert!(!is_public_suffix("education.gouv.fr") && !is_public_suffix("data.education.gouv.fr"));
    }
}
