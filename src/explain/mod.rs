//! Why a cookie passes or not: one Set-Cookie line or Cookie field of a visitor, judged step by step.
//!
//! It asks the gate that the proxy asks, and shows what that answers: `anatomy` what each byte is, `choice` how the choice
//! was read, `verdict` what came of it. The command line and the admin listener show the same.

mod anatomy;
mod choice;
mod escapes;
mod third_party;
mod verdict;

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

use crate::config::{Config, HostPattern};
use crate::cookie::{UnixTime, pairs};
use crate::gate::{Caching, Gate, RequestOutcome, RequestView, ResponseView};
use crate::http::h1::SetCookies;
use crate::inventory::Inventory;
use crate::snapshot::Site;

/// What was found, as it is printed.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The site's name.
    pub site: String,
    /// How the visitor's choice was read. None if no visitor was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<ChoiceRead>,
    /// Each cookie of the line or field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<ExplainedCookie>,
    /// Whether a page may ask a third party. None if a cookie was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub third_party: Option<PartyVerdict>,
    /// Where requests for a URL go, one line for each step. Only the command line asks this.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub route: Vec<String>,
}

/// One cookie.
#[derive(Debug, Serialize)]
pub struct ExplainedCookie {
    /// The bytes, the odd ones escaped.
    pub bytes: String,
    /// What they are.
    pub pieces: Vec<Piece>,
    /// What becomes of it. Its fields stand beside `bytes` in JSON.
    #[serde(flatten)]
    pub verdict: CookieVerdict,
}

/// A visitor who asks for a page of a site.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The site that answers.
    pub site: &'a Arc<Site>,
    /// The host that they ask for, in lower case.
    pub host: &'a str,
    /// The path that they ask for.
    pub path: &'a str,
    /// The values of the first banner's cookie, or `NAME=VALUE` of any banner's; without `;`.
    pub choices: &'a [String],
    /// Whether their browser sends `Sec-GPC: 1`.
    pub gpc: bool,
    /// By which the dates of choices and cookies are judged.
    pub now: UnixTime,
}

impl Asking<'_> {
    /// What becomes of the cookies of a `Cookie` field that they send. The field is judged as one of a GET request over
    /// https.
    pub fn sends(&self, field: &[u8]) -> Explanation {
        let (gate, with_choices) = (gate(), self.with_choices(field));
        let outcome = self.request(&gate, &with_choices);
        let explained = pairs(field).map(|pair| {
            let (bytes, pieces) = anatomy::of_pair(&pair);
            let judged = gate.pair(self.site, &outcome.visitor, &pair, self.now);
            ExplainedCookie { bytes, pieces, verdict: verdict::of_pair(self.site, &pair, judged) }
        });
        self.explanation(&with_choices, &outcome, explained.collect())
    }

    /// What becomes of a `Set-Cookie` line that comes with the page. The answer holds one cookie at most: a
    /// `Set-Cookie` field is one cookie, whatever it contains (RFC 6265 §3).
    pub fn receives(&self, line: &[u8]) -> Explanation {
        let (gate, choices) = (gate(), self.with_choices(b""));
        let request = self.request(&gate, &choices);
        let verdict = match SetCookies::of_line(line) {
            Err(_) => verdict::refused(self.site),
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
                verdict::of_set_cookie(self.site, lines.iter().map(|line| line.as_bytes()).zip(&outcome.lines).next())
            }
        };
        let (bytes, pieces) = anatomy::of_set_cookie(line);
        self.explanation(&choices, &request, vec![ExplainedCookie { bytes, pieces, verdict }])
    }

    /// Whether their page may ask for this URL; `None` if the charter does not speak of third parties, or the URL is one of the
    /// site itself and belongs to none. The verdict is on the URL's host and port, because octroi tells browsers of origins and
    /// not of paths; on the site's own host, on the path.
    pub fn asks(&self, url: &Url) -> Option<Explanation> {
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

    /// A warning for each choice that reads like `NAME=VALUE` and whose name no banner has: the name may be misspelt,
    /// or be a part of the value.
    pub fn doubts(&self) -> impl Iterator<Item = String> {
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
                "no banner of the charter has a cookie `{name}`, so all of it is read as a value; they have {known}"
            ))
        })
    }

    /// The field with the choices behind it.
    fn with_choices(&self, field: &[u8]) -> Vec<u8> {
        let choices = self.choices.iter().map(|choice| self.choice(choice));
        iter::once(field.to_vec()).chain(choices).collect::<Vec<_>>().join(&b"; "[..])
    }

    /// A choice as cookies: it names them, or is the value of the first banner's.
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

/// The host under which visitors see the site: the first that the configuration names exactly, else that of the
/// charter.
pub fn visitors_host<'a>(config: &'a Config, site: &'a Site) -> &'a str {
    let hosts = config.sites.iter().filter(|written| written.name == site.name).flat_map(|written| &written.hosts);
    let exact = hosts.into_iter().find_map(|host| match host {
        HostPattern::Exact(name) => Some(name.as_str()),
        _ => None,
    });
    exact.unwrap_or(&site.charter.site)
}

/// A gate that has judged nothing yet, and keeps nothing.
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
