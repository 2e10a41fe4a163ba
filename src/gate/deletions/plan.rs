//! Chooses the lines that delete a cookie, for whichever domain and path it may have been set.
//!
//! A request does not say for which domain and path a cookie was set, so a deletion is sent for each that is likely. The
//! likeliest lines of all cookies come first, as many as there is room for. A part of the room is given to the other lines in
//! turn, on each of the next navigations. So cookies that cannot be deleted, and are sent again each time, never take all the
//! room from others.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use crate::cookie::EXPIRED;

/// How many directories of the page's path are tried, from the root on; the work for one page stays bounded.
const DEEPEST: usize = 32;

/// The page whose response carries the deletions.
#[derive(Clone, Copy, Debug)]
pub(in crate::gate) struct Page<'a> {
    /// The host that the visitor asked for, in lower case, without a port.
    pub(in crate::gate) host: &'a str,
    /// The path of the request.
    pub(in crate::gate) path: &'a [u8],
    /// Whether the visitor came by https.
    pub(in crate::gate) https: bool,
}

/// A cookie to delete from the browser.
#[derive(Clone, Debug)]
pub(in crate::gate) struct Expired<'a> {
    /// Its name, as the browser sent it; empty for a cookie that has none.
    pub(in crate::gate) name: &'a [u8],
    /// Domains for which it may have been set, beside the page's host.
    pub(in crate::gate) domains: Vec<&'a str>,
    /// Paths for which it may have been set, beside `/` and those of the page: declared and learnt ones.
    pub(in crate::gate) paths: Vec<&'a [u8]>,
}

/// How much may be sent at once.
#[derive(Clone, Copy, Debug)]
pub(in crate::gate) struct Room {
    /// For all lines together.
    pub(in crate::gate) bytes: usize,
    /// How many lines.
    pub(in crate::gate) lines: usize,
    /// Chooses the lines that are sent first if not all fit: any number, another one each time.
    pub(in crate::gate) turn: usize,
}

/// The deletions of these cookies, the likeliest first, as many as there is room for.
pub(in crate::gate) fn deletions(cookies: &[Expired<'_>], page: Page<'_>, room: Room) -> Vec<Vec<u8>> {
    let plan = Plan::new(cookies, page);
    let mut fitting = FittingLines { bytes: room.bytes, lines: room.lines, taken: Vec::new() };
    if !fitting.fill(&plan, 0..plan.len()) {
        let rest = fitting.give_back(room.bytes / 4, room.lines / 4).unwrap_or(0);
        let turn = rest + room.turn % (plan.len() - rest).max(1);
        let _is_full = fitting.fill(&plan, turn..plan.len()) && fitting.fill(&plan, rest..turn);
    }
    fitting.taken.into_iter().map(|(_, line)| line).collect()
}

/// The lines chosen for one response so far.
struct FittingLines {
    /// How many bytes are left.
    bytes: usize,
    /// How many lines are left.
    lines: usize,
    /// Each with its index in the plan.
    taken: Vec<(usize, Vec<u8>)>,
}

impl FittingLines {
    /// Takes these lines of the plan up to the first that does not fit. Returns whether all did.
    fn fill(&mut self, plan: &Plan<'_>, indices: Range<usize>) -> bool {
        for (index, line) in indices.filter_map(|index| Some((index, plan.line(index)?))) {
            let (Some(bytes), Some(lines)) = (self.bytes.checked_sub(line.len()), self.lines.checked_sub(1)) else {
                return false;
            };
            (self.bytes, self.lines) = (bytes, lines);
            self.taken.push((index, line));
        }
        true
    }

    /// Removes the last lines until `bytes` bytes and `lines` lines are left. Returns the first index that was removed.
    fn give_back(&mut self, bytes: usize, lines: usize) -> Option<usize> {
        let mut first = None;
        while self.bytes < bytes || self.lines < lines {
            let (index, line) = self.taken.pop()?;
            self.bytes += line.len();
            self.lines += 1;
            first = Some(index);
        }
        first.or_else(|| self.taken.last().map(|(index, _)| index + 1))
    }
}

/// All lines, numbered by likelihood: first each cookie's likeliest, then each cookie's second, and so on.
struct Plan<'a> {
    page: Page<'a>,
    page_paths: Vec<&'a [u8]>,
    targets: Vec<Target<'a>>,
    ranks: usize,
}

/// Where one cookie may be.
struct Target<'a> {
    name: &'a [u8],
    own_paths: Vec<&'a [u8]>,
    jars: Vec<Jar<'a>>,
    /// Shared by all cookies with as many paths and jars.
    candidates: Rc<[Candidate]>,
}

/// What else tells cookies of the same name and path apart in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Jar<'a> {
    /// `None`: host-only.
    domain: Option<&'a str>,
    partitioned: bool,
    rarity: Rarity,
}

/// How rarely cookies are set for a jar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rarity {
    /// Host-only ones, and those of a parent domain: what frameworks and trackers write.
    Common,
    /// Those for the page's own host by name, and host-only ones that are `Partitioned`.
    Uncommon,
    /// `Partitioned` ones with a domain.
    Rare,
}

/// Where a cookie may be: one of its paths and one of its jars, by number.
struct Candidate {
    path: PathNumber,
    jar: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PathNumber {
    Root,
    Own(usize),
    OfPage(usize),
}

impl<'a> Plan<'a> {
    fn new(cookies: &'a [Expired<'a>], page: Page<'a>) -> Self {
        let page_paths = path_and_parents(page.path);
        let (mut names, mut orders) = (HashSet::new(), HashMap::new());
        let expirable = cookies.iter().filter(|cookie| is_whole(cookie.name) && names.insert(cookie.name));
        let targets: Vec<_> =
            expirable.map(|cookie| Target::new(cookie, page, page_paths.len(), &mut orders)).collect();
        let ranks = targets.iter().map(|target| target.candidates.len()).max().unwrap_or(0);
        Self { page, page_paths, targets, ranks }
    }

    fn len(&self) -> usize {
        self.targets.len() * self.ranks
    }

    /// `None` if this cookie has no candidate of this rank.
    fn line(&self, index: usize) -> Option<Vec<u8>> {
        let count = self.targets.len();
        let (rank, target) = (index.checked_div(count)?, self.targets.get(index.checked_rem(count)?)?);
        let candidate = target.candidates.get(rank)?;
        let path = match candidate.path {
            PathNumber::Root => b"/",
            PathNumber::Own(number) => *target.own_paths.get(number)?,
            PathNumber::OfPage(number) => {
                self.page_paths.get(number).copied().filter(|path| !target.own_paths.contains(path))?
            }
        };
        Some(target.deletion(path, *target.jars.get(candidate.jar)?, self.page))
    }
}

/// The orders of candidates that were made already, by what they depend on: how many own paths and jars, and whether the name
/// begins with `__Host-`.
type Orders = HashMap<(usize, usize, bool), Rc<[Candidate]>>;

impl<'a> Target<'a> {
    fn new(cookie: &'a Expired<'a>, page: Page<'a>, page_paths: usize, orders: &mut Orders) -> Self {
        let host_bound = has_prefix(cookie.name, b"__Host-");
        let mut own_paths: Vec<&[u8]> = Vec::new();
        for path in cookie.paths.iter().filter(|path| path.len() > 1 && is_sendable_path(path)) {
            if !host_bound && !own_paths.contains(path) {
                own_paths.push(path);
            }
        }
        let jars =
            if host_bound { jars(&[], None, page.https) } else { jars(&cookie.domains, Some(page.host), page.https) };
        let shape = (own_paths.len(), jars.len(), host_bound);
        let page_paths = if host_bound { 0 } else { page_paths };
        let candidates = orders.entry(shape).or_insert_with(|| candidates(own_paths.len(), page_paths, &jars));
        Self { name: cookie.name, own_paths, jars, candidates: Rc::clone(candidates) }
    }

    /// The line that deletes the cookie with this path from this jar. A browser overwrites a `Secure` cookie over https only,
    /// and accepts prefixed names only in lines with the attributes that the prefix demands (RFC 6265bis §5.7). It ignores a
    /// line that has neither name nor value.
    fn deletion(&self, path: &[u8], jar: Jar<'_>, page: Page<'_>) -> Vec<u8> {
        let name = self.name;
        let domain = jar.domain.unwrap_or_default();
        let http_bound = has_prefix(name, b"__Http-") || has_prefix(name, b"__Host-Http-");
        let secure = page.https || http_bound || has_prefix(name, b"__Host-") || has_prefix(name, b"__Secure-");
        let pieces: [&[u8]; 9] = [
            name,
            if name.is_empty() { b"=deleted; Path=" } else { b"=; Path=" },
            path,
            if domain.is_empty() { b"" } else { b"; Domain=" },
            domain.as_bytes(),
            EXPIRED,
            if secure { b"; Secure" } else { b"" },
            if http_bound { b"; HttpOnly" } else { b"" },
            if jar.partitioned { b"; Partitioned" } else { b"" },
        ];
        pieces.concat()
    }
}

/// The jars of one path; `Partitioned` ones (CHIPS) only over https.
fn jars<'a>(parents: &[&'a str], host: Option<&'a str>, https: bool) -> Vec<Jar<'a>> {
    let parents = parents.iter().map(|parent| (Some(*parent), Rarity::Common));
    let plain: Vec<_> = [(None, Rarity::Common)]
        .into_iter()
        .chain(parents)
        .chain(host.map(|host| (Some(host), Rarity::Uncommon)))
        .map(|(domain, rarity)| Jar { domain, partitioned: false, rarity })
        .collect();
    let partitioned = |jar: &Jar<'a>| {
        let rarity = if jar.domain.is_none() { Rarity::Uncommon } else { Rarity::Rare };
        Jar { partitioned: true, rarity, ..*jar }
    };
    let partitioned: Vec<_> = plain.iter().filter(|_| https).map(partitioned).collect();
    [plain, partitioned].concat()
}

/// All candidates, the likeliest first: `/`, a path that the cookie is known to have, one of the page.
fn candidates(own_paths: usize, page_paths: usize, jars: &[Jar<'_>]) -> Rc<[Candidate]> {
    let own = (0..own_paths).map(PathNumber::Own);
    let paths = [PathNumber::Root].into_iter().chain(own).chain((0..page_paths).map(PathNumber::OfPage));
    let mut candidates: Vec<_> =
        paths.flat_map(|path| (0..jars.len()).map(move |jar| Candidate { path, jar })).collect();
    candidates.sort_by_key(|candidate| {
        let rarity = jars.get(candidate.jar).map_or(Rarity::Rare, |jar| jar.rarity);
        match (candidate.path, rarity) {
            (_, Rarity::Rare) => (1, Rarity::Rare),
            (PathNumber::OfPage(_), rarity) => (1, rarity),
            (PathNumber::Root | PathNumber::Own(_), rarity) => (0, rarity),
        }
    });
    candidates.into()
}

/// Whether a browser reads the name in a response as it sent it. If not, a line would delete another cookie, perhaps an
/// allowed one.
fn is_whole(name: &[u8]) -> bool {
    !name.ends_with(b" ") && !name.ends_with(b"\t")
}

/// Browsers match the prefixes of names without regard to case (RFC 6265bis §5.4).
fn has_prefix(name: &[u8], prefix: &[u8]) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// A path that can stand in an attribute without ending it.
fn is_sendable_path(path: &[u8]) -> bool {
    path.starts_with(b"/") && path.len() <= 1024 && path.iter().all(|byte| matches!(byte, 0x21..=0x7e) && *byte != b';')
}

/// `/a/b/c` → `/a/b`, `/a`, `/a/`, `/a/b/`, `/a/b/c`: a cookie for any of them is sent to the page
/// (RFC 6265bis §5.1.4). First the one that browsers use for a line without a path, then from the shallowest on.
fn path_and_parents(path: &[u8]) -> Vec<&[u8]> {
    let mut paths = vec![default_path(path)];
    let slashes = path.iter().enumerate().skip(1).filter(|(_, byte)| **byte == b'/');
    for (slash, _) in slashes.take(DEEPEST) {
        paths.extend(path.get(..slash));
        paths.extend(path.get(..=slash));
    }
    paths.push(path);
    let mut seen = HashSet::new();
    paths.retain(|path| path.len() > 1 && is_sendable_path(path) && seen.insert(*path));
    paths
}

/// The path of a cookie whose line names none (RFC 6265bis §5.1.4).
fn default_path(page: &[u8]) -> &[u8] {
    let last = page.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
    page.get(..last).filter(|path| !path.is_empty()).unwrap_or(b"/")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cookie::{SetCookie, UnixTime, parent_domains};

    const AMPLE_FOR_ALL: Room = Room { bytes: 1 << 20, lines: usize::MAX, turn: 0 };
    const AMPLE: Room = Room { bytes: 100_000, lines: usize::MAX, turn: 0 };
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
    fn a_cookie_is_deleted_wherever_it_may_be() {
        let lines = texts(deletions(&[expired("_ga")], page("/explore/x", false), AMPLE));
        let expected = [
            "_ga=; Path=/",
            "_ga=; Path=/; Domain=education.gouv.fr",
            "_ga=; Path=/; Domain=data.education.gouv.fr",
            "_ga=; Path=/explore",
            "_ga=; Path=/explore; Domain=education.gouv.fr",
            "_ga=; Path=/explore/",
            "_ga=; Path=/explore/; Domain=education.gouv.fr",
            "_ga=; Path=/explore/x",
            "_ga=; Path=/explore/x; Domain=education.gouv.fr",
            "_ga=; Path=/explore; Domain=data.education.gouv.fr",
            "_ga=; Path=/explore/; Domain=data.education.gouv.fr",
            "_ga=; Path=/explore/x; Domain=data.education.gouv.fr",
        ];
        assert_eq!(lines, expected.map(|line| format!("{line}{END}")));
    }

    #[test]
    fn over_https_deletions_are_secure_and_reach_the_partitioned_jar() {
        let lines = texts(deletions(&[expired("_ga")], page("/", true), AMPLE));
        let expected = [
            ("", ""),
            ("; Domain=education.gouv.fr", ""),
            ("; Domain=data.education.gouv.fr", ""),
            ("", "; Partitioned"),
            ("; Domain=education.gouv.fr", "; Partitioned"),
            ("; Domain=data.education.gouv.fr", "; Partitioned"),
        ];
        assert_eq!(lines, expected.map(|(domain, jar)| format!("_ga=; Path=/{domain}{END}; Secure{jar}")));
    }

    #[test]
    fn a_prefixed_name_gets_the_attributes_without_which_browsers_pass_over_it() {
        for (name, wanted) in [
            ("__Secure-a", "; Secure"),
            ("__host-a", "; Secure"),
            ("__Http-a", "; Secure; HttpOnly"),
            ("__Host-Http-a", "; Secure; HttpOnly"),
            ("__HostX", ""),
        ] {
            let lines = texts(deletions(&[expired(name)], page("/", false), AMPLE));
            assert_eq!(lines[0], format!("{name}=; Path=/{END}{wanted}"));
        }
    }

    #[test]
    fn a_cookie_without_a_name_is_deleted_by_a_line_with_a_value() {
        let lines = texts(deletions(&[expired("")], page("/", false), AMPLE));
        assert_eq!(lines[0], format!("=deleted; Path=/{END}"));
    }

    #[test]
    fn a_name_that_browsers_would_trim_is_left_alone() {
        assert!(deletions(&[expired("sessionid "), expired("sessionid\t")], page("/", false), AMPLE).is_empty());
    }

    #[test]
    fn a_host_bound_name_has_one_place() {
        for name in ["__Host-id", "__hOST-id"] {
            let lines = texts(deletions(&[expired(name)], page("/a/b", true), AMPLE));
            assert_eq!(
                lines,
                [format!("{name}=; Path=/{END}; Secure"), format!("{name}=; Path=/{END}; Secure; Partitioned")]
            );
        }
    }

    #[test]
    fn a_name_that_came_twice_is_deleted_once() {
        let once = deletions(&[expired("a")], page("/x", true), AMPLE);
        assert_eq!(deletions(&[expired("a"), expired("a")], page("/x", true), AMPLE), once);
    }

    #[test]
    fn the_likeliest_lines_of_all_cookies_come_first_as_many_as_fit() {
        let cookies = [expired("a"), expired("b")];
        let all = texts(deletions(&cookies, page("/x", false), AMPLE));
        assert_eq!(&all[..2], [format!("a=; Path=/{END}"), format!("b=; Path=/{END}")]);
        let bytes = all[..8].iter().map(String::len).sum();
        let some = texts(deletions(&cookies, page("/x", false), Room { bytes, ..AMPLE }));
        assert_eq!(some, all[..8]);
        assert!(deletions(&cookies, page("/x", false), Room { bytes: 10, turn: 7, ..AMPLE }).is_empty());
    }

    #[test]
    fn what_does_not_fit_has_its_turn() {
        let names: Vec<_> = (0..60).map(|number| format!("stranger{number}")).collect();
        let cookies: Vec<_> = names.iter().map(|name| expired(name)).collect();
        let page = page("/a/b/c", true);
        let all: HashSet<_> = deletions(&cookies, page, AMPLE_FOR_ALL).into_iter().collect();
        let mut seen = HashSet::new();
        for turn in (0..).step_by(7).take(all.len()) {
            for room in [Room { bytes: 3 << 10, turn, ..AMPLE }, Room { lines: 30, turn, ..AMPLE }] {
                let lines = deletions(&cookies, page, room);
                assert!(lines[0].starts_with(b"stranger0=; Path=/;"), "the likeliest line has its place each time");
                assert!(lines.len() <= room.lines);
                seen.extend(lines);
            }
        }
        assert!(seen == all, "{} of {} lines were ever sent", seen.len(), all.len());
    }

    #[test]
    fn an_endless_path_costs_no_endless_work() {
        let path = "/a".repeat(8_000);
        let paths = path_and_parents(path.as_bytes());
        assert_eq!((paths.len(), paths.first()), (2 * DEEPEST, Some(&&b"/a"[..])));
    }

    #[test]
    fn declared_paths_come_before_those_of_the_page() {
        let mut cookie = expired("a");
        cookie.domains.clear();
        cookie.paths = vec![b"/declared", b"no-slash", b"/with;semicolon", b"/with\nline"];
        let lines = texts(deletions(&[cookie], page("/here", false), AMPLE));
        assert_eq!(lines[1], format!("a=; Path=/declared{END}"));
        assert_eq!(lines[4], format!("a=; Path=/here{END}"));
        assert_eq!(lines.len(), 6);
    }

    proptest! {
        #[test]
        fn every_line_surely_deletes_the_cookie_it_names(
            name in "[!-:<>-~]{1,12}", path in "/[ -~]{0,40}", https in any::<bool>(), bytes in 0usize..5_000,
            lines in 0usize..40, turn in any::<usize>(),
        ) {
            let page = Page { host: "a.b.example.fr", path: path.as_bytes(), https };
            let cookie = Expired { name: name.as_bytes(), domains: parent_domains(page.host), paths: vec![b"/p"] };
            let sent = deletions(&[cookie], page, Room { bytes, lines, turn });
            prop_assert!(sent.iter().map(Vec::len).sum::<usize>() <= bytes && sent.len() <= lines);
            for line in sent {
                let parsed = SetCookie::parse(&line).unwrap();
                prop_assert_eq!(parsed.name(), name.as_bytes());
                prop_assert!(parsed.value().is_empty());
                prop_assert!(parsed.surely_deletes(UnixTime(1_763_985_600)));
            }
        }
    }
}
