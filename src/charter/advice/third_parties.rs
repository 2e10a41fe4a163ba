//! Advice on the third parties: hosts that a content security policy cannot distinguish, or that cover more than was meant,
//! parties that no choice can grant, and policies that are too long.

use std::collections::BTreeSet;

use crate::charter::{
    AudienceExemption, CategoryIndex, Charter, DeclaredCookie, KeyPath, Level, Need, PartyHost, PartyPath, Problem,
    ThirdParty, compared,
};
use crate::cookie::is_public_suffix;

/// In bytes: some servers and balancers refuse longer lines, and with them the page.
const LONG: usize = 4096;
/// The bytes of a policy beside its hosts, and those for each host beside its name (twice).
const FIXED: usize = 110;
const OF_EACH: usize = 10;
/// Paths under which an Opendatasoft portal has what all its pages and its API's users need.
const PORTAL_PATHS: [(&str, &str); 6] = [
    ("/api/explore/v2.1", "API"),
    ("/api/records/1.0", "API"),
    ("/api/portal/v1.0", "API"),
    ("/static", "scripts and style sheets"),
    ("/assets/theme_image", "images"),
    ("/explore/embed", "embedded data"),
];

impl Charter {
    /// Hosts that cover too much or are covered by another party, parties that nobody can grant, and a policy that is
    /// too long.
    pub(super) fn party_warnings(&self, root: &KeyPath, warnings: &mut Vec<Problem>) {
        warnings.extend(self.without_way_to_choose(root));
        for (party, path) in self.each_party(root) {
            self.text(&party.service, &path.key("service"), warnings);
            warnings.extend(self.never_asked(party, &path));
            warnings.extend(self.waits_in_vain(party, &path));
            for (index, host) in party.hosts.iter().enumerate() {
                let path = path.key("hosts").index(index);
                warnings.extend(self.covers_too_much(host, &path));
                warnings.extend(self.shadowed(party, host, &path));
            }
            for (index, own) in party.paths.iter().enumerate() {
                warnings.extend(self.holds_the_portal(party, own, &path.key("paths").index(index)));
            }
        }
        let hosts = || self.each_party(root).flat_map(|(party, _)| &party.hosts);
        let length: usize = FIXED + hosts().map(|host| 2 * host.to_string().len() + OF_EACH).sum::<usize>();
        if length > LONG {
            let message = format!("with all that is granted, the policy of a page has some {length} bytes");
            let help =
                "write `*.example.org` in place of many hosts of one party: some servers refuse lines over 4 KiB";
            warnings.push(Problem::new(root.key("third_party"), message).with_help(help));
        }
    }

    /// A page that may ask nobody but its own site before consent is rarely what its author meant.
    pub(super) fn party_notes(&self, root: &KeyPath) -> Option<Problem> {
        let third = self.third_parties.as_ref()?;
        let is_exempt = |party: &ThirdParty| self.need_of(party.category) == Some(Need::Exempt);
        let message = "no third party is exempt: pages ask nobody but the site itself until the visitor agrees";
        let help = "declare the hosts that pages cannot do without (map tiles, a CDN, images of the theme) in an exempt category";
        (!third.parties.iter().any(is_exempt)).then(|| Problem::new(root.key("third_parties"), message).with_help(help))
    }

    /// Placeholders that do not say where to agree.
    fn without_way_to_choose(&self, root: &KeyPath) -> Option<Problem> {
        let third = self.third_parties.as_ref().filter(|third| third.level == Level::Pages)?;
        let message = "the placeholders of pages have no link to where visitors choose";
        let help = "write `manage_cookies = \"/cookies\"`, or the fragment that opens the banner";
        (third.manage_cookies.is_none() && self.publish.is_none())
            .then(|| Problem::new(root.key("third_parties").key("manage_cookies"), message).with_help(help))
    }

    fn each_party(&self, root: &KeyPath) -> impl Iterator<Item = (&ThirdParty, KeyPath)> {
        let table = root.key("third_party");
        let parties = self.third_parties.iter().flat_map(|third| &third.parties).enumerate();
        parties.map(move |(index, party)| (party, table.index(index)))
    }

    fn covers_too_much(&self, host: &PartyHost, path: &KeyPath) -> Option<Problem> {
        let site = self.site.to_ascii_lowercase();
        if host.covers(&site, host.port) {
            let message = format!("`{host}` covers the site itself, which pages may ask in any case");
            return Some(Problem::new(path.clone(), message).with_help("name the other hosts one by one"));
        }
        let is_open = host.is_wildcard && is_public_suffix(&host.host);
        let message = format!("`{}` is a public suffix: what lies below it belongs to different owners", host.host);
        is_open.then(|| Problem::new(path.clone(), message).with_help("write the party's own host"))
    }

    /// A path that covers pages of the portal itself, or of octroi.
    fn holds_the_portal(&self, party: &ThirdParty, own: &PartyPath, path: &KeyPath) -> Option<Problem> {
        let covers = |other: &str| own.covers(&compared(other));
        let (_, what) = PORTAL_PATHS.iter().find(|(known, _)| covers(known)).or_else(|| {
            let is_page = self.publish.as_ref().is_some_and(|publish| covers(&publish.path));
            is_page.then_some(&("", "published charter"))
        })?;
        let message = format!("the {what} of the site lie under `{own}`, and are held with `{}`", party.id);
        Some(Problem::new(path.clone(), message).with_help("name the paths of the third party alone"))
    }

    /// A host that is allowed together with another party's, whatever its own category says.
    fn shadowed(&self, party: &ThirdParty, host: &PartyHost, path: &KeyPath) -> Option<Problem> {
        let waits_alike = |other: &ThirdParty| (other.category, &other.key) == (party.category, &party.key);
        let others = self.third_parties.iter().flat_map(|third| &third.parties).filter(|other| other.id != party.id);
        let (other, wider) = others
            .filter(|other| !waits_alike(other))
            .find_map(|other| Some((other, other.hosts.iter().find(|wider| wider.covers_all(host))?)))?;
        let message =
            format!("`{host}` is let through with `{wider}` of `{}`, too: a policy cannot take a host out", other.id);
        Some(Problem::new(path.clone(), message).with_help("name the hosts of the other party one by one"))
    }

    /// A party that waits for consent although all cookies of its category and key pass without one.
    fn waits_in_vain(&self, party: &ThirdParty, path: &KeyPath) -> Option<Problem> {
        let holds = self.audience_exemption.is_some_and(AudienceExemption::holds);
        let is_alike = |cookie: &&DeclaredCookie| (cookie.category, &cookie.key) == (party.category, &party.key);
        let mut cookies = self.cookies.iter().filter(is_alike).peekable();
        let is_gated = self.need_of(party.category) == Some(Need::Required);
        let is_vain = holds && is_gated && cookies.peek().is_some() && cookies.all(|cookie| cookie.anonymous);
        is_vain.then(|| {
            let (id, category) = (&party.id, self.category_id(party.category));
            let message = format!(
                "`{id}` waits for consent, and the cookies of `{category}` do not: whoever has not answered is not measured"
            );
            let help = "in an exempt category it is asked by everybody, also after a refusal, and its cookies stay held then";
            Problem::new(path.key("category"), message).with_help(help)
        })
    }

    /// Without any banner nothing is said here: [`Charter::warnings`] says it of all categories.
    fn never_asked(&self, party: &ThirdParty, path: &KeyPath) -> Option<Problem> {
        let expressible: BTreeSet<CategoryIndex> =
            self.banners.iter().flat_map(|rules| rules.keys.values().flatten()).copied().collect();
        let is_reached = party.key.is_some() || expressible.contains(&party.category);
        let is_gated = self.need_of(party.category) == Some(Need::Required);
        (is_gated && !is_reached && !self.banners.is_empty()).then(|| {
            let message = "no key of the choice grants this category: the third party is never asked";
            let help = "map a key to it in `[consent.keys]`, or give the third party its own `key`";
            Problem::new(path.key("category"), message).with_help(help)
        })
    }
}
