//! Explains the verdict on a `Set-Cookie` line, a `Cookie` field or a third party's URL, step by step.
//!
//! The verdict comes from the gate, as in the proxy. `anatomy` shows what each byte is, `choice` how the visitor's choice
//! was read, `verdict` and `third_party` the verdict and its reason, in one language of `words`. The command line and the admin
//! listener show the same.

mod anatomy;
mod choice;
mod escapes;
mod third_party;
mod verdict;
mod words;

use std::fmt::Write as _;
use std::iter;
use std::sync::Arc;

use http::HeaderMap;
use serde::Serialize;
use url::Url;

pub use anatomy::Piece;
pub use choice::ChoiceRead;
pub use escapes::{EscapeError, unescape};
pub use third_party::PartyVerdict;
pub use verdict::CookieVerdict;
pub use words::{ENGLISH, FRENCH, Words};

use crate::config::{Config, HostPattern};
use crate::cookie::{UnixTime, pairs};
use crate::gate::{Caching, Gate, RequestOutcome, RequestView, ResponseView};
use crate::http::h1::SetCookies;
use crate::inventory::Inventory;
use crate::snapshot::Site;

/// An explanation, as it is printed.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The site's name.
    pub site: String,
    /// How the visitor's choice was read; `None` if only a route was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<ChoiceRead>,
    /// Each cookie of the line or field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<ExplainedCookie>,
    /// Whether a page may send requests to a third party; `None` if a cookie was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub third_party: Option<PartyVerdict>,
    /// The route of requests for a URL, one line for each step. Only the command line fills it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub route: Vec<String>,
}

/// One cookie.
#[derive(Debug, Serialize)]
pub struct ExplainedCookie {
    /// The line or pair; bytes other than visible ASCII and the space are escaped.
    pub bytes: String,
    /// Its parts.
    pub pieces: Vec<Piece>,
    /// The verdict. In JSON, its members are siblings of `bytes`.
    #[serde(flatten)]
    pub verdict: CookieVerdict,
}

/// A visitor's request for a page of a site: a GET request over https.
#[derive(Clone, Copy, Debug)]
pub struct PageRequest<'a> {
    /// The site of the page.
    pub site: &'a Arc<Site>,
    /// The page's host, in lower case.
    pub host: &'a str,
    /// The page's path.
    pub path: &'a str,
    /// Values of the first banner's cookie, or `NAME=VALUE` of any banner's cookie; without `;`.
    pub choices: &'a [String],
    /// Whether the browser sends `Sec-GPC: 1`.
    pub gpc: bool,
    /// The time by which the dates of choices and cookies are judged.
    pub now: UnixTime,
    /// The words of the explanation.
    pub words: &'static Words,
}

impl PageRequest<'_> {
    /// Explains the cookies of a `Cookie` field of this request.
    pub fn explain_cookie(&self, field: &[u8]) -> Explanation {
        let (gate, with_choices) = (gate(), self.with_choices(field));
        let outcome = self.request(&gate, &with_choices);
        let explained = pairs(field).map(|pair| {
            let (bytes, pieces) = anatomy::of_pair(&pair, &self.words.parts);
            let judged = gate.pair(self.site, &outcome.visitor, &pair, self.now);
            ExplainedCookie { bytes, pieces, verdict: verdict::of_pair(self.site, &pair, judged, self.words) }
        });
        self.explanation(&with_choices, &outcome, explained.collect())
    }

    /// Explains a `Set-Cookie` line of the page's response: always one cookie, whatever the line contains (RFC 6265 §3).
    pub fn explain_set_cookie(&self, line: &[u8]) -> Explanation {
        let (gate, choices) = (gate(), self.with_choices(b""));
        let request = self.request(&gate, &choices);
        let verdict = match SetCookies::of_line(line) {
            Err(_) => verdict::refused(self.site, self.words),
            Ok(lines) => {
                let response = ResponseView {
                    host: self.host,
                    path: self.path,
                    set_cookies: lines.iter().map(|line| line.as_bytes()),
                    unreadable: lines.unreadable(),
                    fields: &HeaderMap::new(),
                    random: || 0,
                };
                let outcome = gate.response(self.site, &request, &response, self.now);
                let judged = lines.iter().map(|line| line.as_bytes()).zip(&outcome.lines).next();
                verdict::of_set_cookie(self.site, judged, self.words)
            }
        };
        let (bytes, pieces) = anatomy::of_set_cookie(line, &self.words.parts);
        self.explanation(&choices, &request, vec![ExplainedCookie { bytes, pieces, verdict }])
    }

    /// Explains whether the page may send requests to this URL; `None` if the charter has no `[third_parties]` table, or if
    /// the URL is the site's own and belongs to no third party. The verdict is on the URL's host and port, because the policies
    /// of octroi name origins and no paths; on the site's own host, it is on the path.
    pub fn explain_url(&self, url: &Url) -> Option<Explanation> {
        let policies = self.site.page_policies.as_ref()?;
        let own_path = policies.parties.at_path(url.path()).filter(|_| url.host_str() == Some(self.host));
        if url.host_str() == Some(self.host) && own_path.is_none() {
            return None;
        }
        let (gate, choices) = (gate(), self.with_choices(b""));
        let request = self.request(&gate, &choices);
        let verdict = third_party::of_url(self.site, policies, url, own_path, &request.visitor.consent);
        let explanation = self.explanation(&choices, &request, Vec::new());
        Some(Explanation { third_party: Some(verdict), ..explanation })
    }

    /// A warning for each choice of the form `NAME=VALUE` whose name is no banner's cookie: the name may be misspelt, or a
    /// part of the value.
    pub fn warnings(&self) -> impl Iterator<Item = String> {
        self.choices.iter().filter_map(|choice| {
            let name = choice.split('=').next().unwrap_or_default();
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            let is_known = self.site.policy.banner_of(name.as_bytes()).is_some();
            if is_known || name.len() == choice.len() || name.is_empty() || !name.bytes().all(is_name) {
                return None;
            }
            let names = self.site.policy.banners().flat_map(|banner| &banner.names);
            let known = names.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            Some(format!(
                "no banner of the charter has a cookie `{name}`, so the whole text is read as a value; the banners' \
                 cookies are {known}"
            ))
        })
    }

    /// The field, followed by the choices as cookies.
    fn with_choices(&self, field: &[u8]) -> Vec<u8> {
        let choices = self.choices.iter().map(|choice| self.choice(choice));
        iter::once(field.to_vec()).chain(choices).collect::<Vec<_>>().join(&b"; "[..])
    }

    /// A choice as a cookie: as it is if it names a banner's cookie, else as the value of the first banner's.
    fn choice(&self, choice: &str) -> Vec<u8> {
        let name = choice.split('=').next().unwrap_or_default();
        if self.site.policy.banner_of(name.as_bytes()).is_some() {
            return choice.as_bytes().to_vec();
        }
        let first = self.site.policy.banners().next().and_then(|banner| banner.names.first());
        first.map_or_else(Vec::new, |(name, _)| format!("{name}={choice}").into_bytes())
    }

    fn request(&self, gate: &Gate, cookies: &[u8]) -> RequestOutcome {
        let view = RequestView {
            cookies: Some(cookies),
            gpc: self.gpc,
            path: self.path,
            is_get: true,
            is_anonymous: false,
            https: true,
            behind_a_proxy: false,
            fields: &HeaderMap::new(),
        };
        gate.request(self.site, &view, self.now)
    }

    fn explanation(&self, field: &[u8], request: &RequestOutcome, cookies: Vec<ExplainedCookie>) -> Explanation {
        let choice = choice::of_field(self.site, field, &request.visitor, self.now);
        Explanation {
            site: self.site.name.to_string(),
            choice: Some(choice),
            cookies,
            third_party: None,
            route: Vec::new(),
        }
    }
}

/// The host under which visitors see the site: the first exact host of the configuration, else the charter's.
pub fn visitors_host<'a>(config: &'a Config, site: &'a Site) -> &'a str {
    let hosts = config.sites.iter().filter(|written| written.name == site.name).flat_map(|written| &written.hosts);
    let exact = hosts.into_iter().find_map(|host| match host {
        HostPattern::Exact(name) => Some(name.as_str()),
        _ => None,
    });
    exact.unwrap_or(&site.charter.site)
}

/// A gate without caches, with an inventory of its own that is not read.
fn gate() -> Gate {
    Gate::new(Inventory::default().recorder(), Caching::Off)
}

impl Explanation {
    /// As the command line prints it.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for step in &self.route {
            let _ = writeln!(text, "{step}");
        }
        if let Some(party) = &self.third_party {
            text += &self.choice.as_ref().map(ChoiceRead::to_text).unwrap_or_default();
            text += &party.to_text();
        }
        for cookie in &self.cookies {
            text += &anatomy::to_text(&cookie.bytes, &cookie.pieces);
            text += "\n";
            if let Some(choice) = &self.choice {
                text += &choice.to_text();
            }
            text += &cookie.verdict.to_text();
            text += "\n";
        }
        text
    }
}
