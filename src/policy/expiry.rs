//! Expiry: the lines that take a cookie out of the browser, wherever it may have been set.
//!
//! A request does not say for which domain and path a cookie was set, so a deletion is sent for each that is likely. The
//! likeliest lines of all cookies come first, as many as fit; the rest follow on the next navigation.

use crate::cookie::{AttributeKind, SetCookie};

/// The page on whose response the deletions ride.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The host that the visitor asked for, in lower case, without a port.
    pub host: &'a str,
    /// The path of the request.
    pub path: &'a [u8],
    /// Whether the visitor came by https.
    pub https: bool,
}

/// A cookie to take out of the browser.
#[derive(Clone, Debug)]
pub struct Expired<'a> {
    /// Its name, as the browser sent it.
    pub name: &'a [u8],
    /// Domains for which it may have been set, beside the page's host.
    pub domains: Vec<&'a str>,
    /// Paths for which it may have been set, beside `/` and those of the page: declared and learnt ones.
    pub paths: Vec<&'a [u8]>,
}

/// One place in a browser's jar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place<'a> {
    /// `None`: host-only.
    domain: Option<&'a str>,
    path: &'a [u8],
}

/// The parents of a host down to the registrable one, the shortest first; none for an IP address or a public suffix.
///
/// A website may set a cookie for any of them, but not above (RFC 6265bis §5.7, public suffixes).
pub fn parent_domains(host: &str) -> Vec<&str> {
    let registrable = if is_address(host) { None } else { psl::domain_str(host) };
    let Some(registrable) = registrable else { return Vec::new() };
    let starts = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
    let mut parents: Vec<_> = starts.filter(|parent| parent.len() >= registrable.len()).collect();
    parents.reverse();
    parents
}

/// Whether a host is an IP address: only those end in a number or hold a colon.
fn is_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains(':') || last.bytes().all(|byte| byte.is_ascii_digit())
}

/// The deletions of these cookies, the likeliest first, together no longer than `budget` bytes.
pub fn deletions(cookies: &[Expired<'_>], page: Page<'_>, budget: usize) -> Vec<Vec<u8>> {
    let places: Vec<_> = cookies.iter().map(|cookie| cookie.places(page)).collect();
    let ranks = places.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut left = budget;
    for rank in 0..ranks {
        for (cookie, places) in cookies.iter().zip(&places) {
            let Some(place) = places.get(rank) else { continue };
            for line in cookie.lines(*place, page) {
                let Some(rest) = left.checked_sub(line.len()) else { return lines };
                left = rest;
                lines.push(line);
            }
        }
    }
    lines
}

impl<'a> Expired<'a> {
    /// Where it may be, the likeliest place first: the paths in order of likelihood, and for each path the domains.
    fn places(&self, page: Page<'a>) -> Vec<Place<'a>> {
        let host_bound = has_prefix(self.name, b"__Host-");
        let mut domains = vec![None];
        if !host_bound {
            domains.extend(self.domains.iter().copied().map(Some));
            domains.push(Some(page.host));
        }
        let mut paths: Vec<&[u8]> = vec![b"/"];
        if !host_bound {
            paths.extend(self.paths.iter().copied().filter(|path| is_sendable_path(path)));
            paths.extend(path_and_parents(page.path));
        }
        let mut places: Vec<Place<'a>> = Vec::new();
        for path in paths {
            for domain in &domains {
                let place = Place { domain: *domain, path };
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        places
    }

    /// The deletion for one place; over https a second one for a partitioned jar. A browser overwrites a `Secure` cookie
    /// over https only, and keeps prefixed names to https altogether.
    fn lines(&self, place: Place<'_>, page: Page<'_>) -> Vec<Vec<u8>> {
        let mut line = self.name.to_vec();
        line.extend_from_slice(b"=; Path=");
        line.extend_from_slice(place.path);
        if let Some(domain) = place.domain {
            line.extend_from_slice(b"; Domain=");
            line.extend_from_slice(domain.as_bytes());
        }
        line.extend_from_slice(b"; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        if !page.https {
            return vec![line];
        }
        line.extend_from_slice(b"; Secure");
        let mut partitioned = line.clone();
        partitioned.extend_from_slice(b"; Partitioned");
        vec![line, partitioned]
    }
}

/// Browsers match the prefixes of names without regard to case (RFC 6265bis §5.4).
fn has_prefix(name: &[u8], prefix: &[u8]) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// A path that can stand in an attribute without ending it.
fn is_sendable_path(path: &[u8]) -> bool {
    path.starts_with(b"/") && path.len() <= 1024 && path.iter().all(|byte| matches!(byte, 0x21..=0x7e) && *byte != b';')
}

/// `/a/b/c` → `/a/b/c`, `/a/b/`, `/a/b`, `/a/`, `/a`: a cookie for any of them is sent to the page
/// (RFC 6265bis §5.1.4), and where the portal names no path, browsers take the one up to the last slash.
fn path_and_parents(path: &[u8]) -> Vec<&[u8]> {
    let mut paths = vec![path];
    for (slash, _) in path.iter().enumerate().skip(1).rev().filter(|(_, byte)| **byte == b'/') {
        paths.extend(path.get(..=slash));
        paths.extend(path.get(..slash));
    }
    paths.retain(|path| path.len() > 1 && is_sendable_path(path));
    paths.dedup();
    paths
}

/// The path of a line that sets a cookie, where it names one that can be sent back.
pub fn declared_path<'a>(line: &SetCookie<'a>) -> Option<&'a [u8]> {
    let paths = line.attributes().filter(|attribute| attribute.kind == AttributeKind::Path);
    paths.last()?.value.filter(|path| is_sendable_path(path))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const END: &str = "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

    fn texts(lines: Vec<Vec<u8>>) -> Vec<String> {
        lines.into_iter().map(|line| String::from_utf8(line).unwrap()).collect()
    }

    fn page(path: &str, https: bool) -> Page<'_> {
        Page { host: "data.education.gouv.fr", path: path.as_bytes(), https }
    }

    fn expired(name: &str) -> Expired<'_> {
        Expired { name: name.as_bytes(), domains: parent_domains("data.education.gouv.fr"), paths: Vec::new() }
    }

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
    fn a_cookie_is_deleted_wherever_it_may_be() {
        let lines = texts(deletions(&[expired("_ga")], page("/explore/", false), 10_000));
        let expected = [
            "_ga=; Path=/",
            "_ga=; Path=/; Domain=education.gouv.fr",
            "_ga=; Path=/; Domain=data.education.gouv.fr",
            "_ga=; Path=/explore/",
            "_ga=; Path=/explore/; Domain=education.gouv.fr",
            "_ga=; Path=/explore/; Domain=data.education.gouv.fr",
            "_ga=; Path=/explore",
            "_ga=; Path=/explore; Domain=education.gouv.fr",
            "_ga=; Path=/explore; Domain=data.education.gouv.fr",
        ];
        assert_eq!(lines, expected.map(|line| format!("{line}{END}")));
    }

    #[test]
    fn over_https_deletions_are_secure_and_reach_the_partitioned_jar() {
        let lines = texts(deletions(&[expired("_ga")], page("/", true), 10_000));
        assert_eq!(lines[0], format!("_ga=; Path=/{END}; Secure"));
        assert_eq!(lines[1], format!("_ga=; Path=/{END}; Secure; Partitioned"));
        assert_eq!(lines.len(), 6);
    }

    #[test]
    fn a_host_bound_name_has_one_place() {
        for name in ["__Host-id", "__hOST-id"] {
            let lines = texts(deletions(&[expired(name)], page("/a/b", true), 10_000));
            assert_eq!(
                lines,
                [format!("{name}=; Path=/{END}; Secure"), format!("{name}=; Path=/{END}; Secure; Partitioned")]
            );
        }
    }

    #[test]
    fn the_likeliest_lines_of_all_cookies_come_first_as_many_as_fit() {
        let cookies = [expired("a"), expired("b")];
        let all = texts(deletions(&cookies, page("/x", false), 10_000));
        assert_eq!(&all[..2], [format!("a=; Path=/{END}"), format!("b=; Path=/{END}")]);
        let budget = all[..3].iter().map(String::len).sum();
        assert_eq!(texts(deletions(&cookies, page("/x", false), budget)), all[..3]);
        assert!(deletions(&cookies, page("/x", false), 10).is_empty());
    }

    #[test]
    fn declared_paths_come_before_those_of_the_page() {
        let mut cookie = expired("a");
        cookie.domains.clear();
        cookie.paths = vec![b"/declared", b"no-slash", b"/with;semicolon", b"/with\nline"];
        let lines = texts(deletions(&[cookie], page("/here", false), 10_000));
        assert_eq!(lines[2], format!("a=; Path=/declared{END}"));
        assert_eq!(lines[4], format!("a=; Path=/here{END}"));
        assert_eq!(lines.len(), 6);
    }

    proptest! {
        #[test]
        fn every_line_surely_deletes_the_cookie_it_names(
            name in "[!-:<>-~]{1,12}", path in "/[ -~]{0,40}", https in any::<bool>(), budget in 0usize..5_000,
        ) {
            let page = Page { host: "a.b.example.fr", path: path.as_bytes(), https };
            let cookie = Expired { name: name.as_bytes(), domains: parent_domains(page.host), paths: vec![b"/p"] };
            let lines = deletions(&[cookie], page, budget);
            prop_assert!(lines.iter().map(Vec::len).sum::<usize>() <= budget);
            for line in lines {
                let parsed = SetCookie::parse(&line).unwrap();
                prop_assert_eq!(parsed.name(), name.as_bytes());
                prop_assert!(parsed.value().is_empty());
                prop_assert!(parsed.surely_deletes(crate::cookie::UnixTime(1_763_985_600)));
            }
        }
    }
}
