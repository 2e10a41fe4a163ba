//! `octroi explain`: one Set-Cookie line, Cookie field or URL, judged step by step.
//!
//! It asks the gate that the proxy asks, and shows what that answers.

mod anatomy;
mod choice;
mod verdict;

use std::fmt::Write as _;
use std::iter;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use http::HeaderMap;
use serde::Serialize;

use super::OutputFormat;
use super::configuration::{ConfigurationArgs, overrides};
use crate::config::{Config, EndpointConfig, HostPattern};
use crate::cookie::{UnixTime, pairs};
use crate::gate::{Caching, Gate, RequestOutcome, RequestView, ResponseView};
use crate::http::h1::SetCookies;
use crate::inventory::Inventory;
use crate::snapshot::{Site, Snapshot};
use crate::telemetry::Metrics;
use anatomy::Piece;
use choice::ChoiceRead;
use verdict::CookieVerdict;

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    configuration: ConfigurationArgs,

    /// The host that the visitor asks for; not needed if the configuration has one site
    #[arg(long, value_name = "HOST")]
    site: Option<String>,

    /// The value of the visitor's consent cookie, or NAME=VALUE; once for each that the browser sends
    #[arg(long, value_name = "VALUE", value_parser = cookie_value)]
    choice: Vec<String>,

    /// The path of the request, `/` by default: under one of `strip_all`, no cookie is set
    #[arg(long, value_name = "PATH")]
    path: Option<String>,

    /// The visitor's browser sends Sec-GPC: 1
    #[arg(long)]
    gpc: bool,

    /// How the result is printed
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: OutputFormat,

    #[command(subcommand)]
    subject: Subject,
}

#[derive(Debug, Subcommand)]
enum Subject {
    /// The value of a Set-Cookie field, as the portal sends it
    SetCookie {
        /// `\t`, `\n`, `\r`, `\0` and `\xHH` stand for bytes that are hard to type
        line: String,
    },
    /// The value of a Cookie field, as the browser sends it; a consent cookie in it is read
    Cookie {
        /// `\t`, `\n`, `\r`, `\0` and `\xHH` stand for bytes that are hard to type
        field: String,
    },
    /// A URL: which site answers, and where its requests go
    Url {
        /// `https://host/path`
        url: String,
    },
}

/// What was found, as it is printed.
#[derive(Debug, Serialize)]
struct Explanation {
    site: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    choice: Option<ChoiceRead>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<ExplainedCookie>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    route: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ExplainedCookie {
    /// The bytes, the odd ones escaped.
    bytes: String,
    pieces: Vec<Piece>,
    #[serde(flatten)]
    verdict: CookieVerdict,
}

pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode> {
    let config = Config::load(&args.configuration.path()?, &overrides())?;
    let explanation = explain(args, &Snapshot::new(config, 1, &Metrics::new()))?;
    match args.format {
        OutputFormat::Json => println!("{}", serde_json::to_string_pretty(&explanation)?),
        OutputFormat::Text => print!("{}", explanation.to_text()),
    }
    Ok(ExitCode::SUCCESS)
}

fn explain(args: &ExplainArgs, snapshot: &Snapshot) -> Result<Explanation> {
    match &args.subject {
        Subject::Url { url } => {
            let says_more = args.site.is_some() || args.path.is_some() || args.gpc || !args.choice.is_empty();
            ensure!(!says_more, "a URL names host and path itself, and no visitor: leave out the options");
            route(url, snapshot)
        }
        Subject::SetCookie { line } => Ok(Visitor::new(args, snapshot)?.receives(&unescape(line)?)),
        Subject::Cookie { field } => Ok(Visitor::new(args, snapshot)?.sends(&unescape(field)?)),
    }
}

/// The visitor of the command line, before a gate that has judged nothing yet.
struct Visitor<'a> {
    args: &'a ExplainArgs,
    site: &'a Arc<Site>,
    host: String,
    path: &'a str,
    now: UnixTime,
    gate: Gate,
}

impl<'a> Visitor<'a> {
    fn new(args: &'a ExplainArgs, snapshot: &'a Snapshot) -> Result<Self> {
        let site = find_site(snapshot, args.site.as_deref())?;
        let host = args.site.as_deref().unwrap_or_else(|| visitors_host(&snapshot.config, site)).to_ascii_lowercase();
        let path = args.path.as_deref().unwrap_or("/");
        let gate = Gate::new(Inventory::default().recorder(), Caching::Off);
        Ok(Self { args, site, host, path, now: SystemTime::now().into(), gate })
    }

    fn sends(&self, field: &[u8]) -> Explanation {
        let with_choices = self.with_choices(field);
        let outcome = self.request(&with_choices);
        let explained = pairs(field).map(|pair| {
            let (bytes, pieces) = anatomy::of_pair(&pair);
            let judged = self.gate.pair(self.site, &outcome.visitor, &pair, self.now);
            ExplainedCookie { bytes, pieces, verdict: verdict::of_pair(self.site, &pair, judged) }
        });
        self.explanation(&with_choices, &outcome, explained.collect())
    }

    fn receives(&self, line: &[u8]) -> Explanation {
        let choices = self.with_choices(b"");
        let request = self.request(&choices);
        let verdict = match SetCookies::of_line(line) {
            Err(_) => verdict::refused(self.site),
            Ok(lines) => {
                let response = ResponseView {
                    host: &self.host,
                    path: self.path,
                    set_cookies: lines.iter().map(|line| line.as_bytes()),
                    unreadable: lines.unreadable(),
                    fields: &HeaderMap::new(),
                    random: || 0,
                };
                let outcome = self.gate.response(self.site, &request, &response, self.now);
                verdict::of_set_cookie(self.site, lines.iter().map(|line| line.as_bytes()).zip(&outcome.lines).next())
            }
        };
        let (bytes, pieces) = anatomy::of_set_cookie(line);
        self.explanation(&choices, &request, vec![ExplainedCookie { bytes, pieces, verdict }])
    }

    /// The field with the choices of the command line behind it.
    fn with_choices(&self, field: &[u8]) -> Vec<u8> {
        let choices = self.args.choice.iter().map(|choice| self.choice(choice));
        iter::once(field.to_vec()).chain(choices).collect::<Vec<_>>().join(&b"; "[..])
    }

    /// A choice of the command line as cookies: it names them, or is the value of the first banner's.
    fn choice(&self, choice: &str) -> Vec<u8> {
        let name = choice.split('=').next().unwrap_or_default();
        if self.site.policy.banner_of(name.as_bytes()).is_some() {
            return choice.as_bytes().to_vec();
        }
        self.warn_of_unknown_name(name, choice);
        let first = self.site.policy.banners().next().and_then(|banner| banner.names.first());
        first.map_or_else(Vec::new, |(name, _)| format!("{name}={choice}").into_bytes())
    }

    /// What stands before `=` may be the name of a cookie that no banner has, or a part of the value.
    fn warn_of_unknown_name(&self, name: &str, choice: &str) {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if name.len() < choice.len() && !name.is_empty() && name.bytes().all(is_name) {
            let names = self.site.policy.banners().flat_map(|banner| &banner.names);
            let known = names.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            eprintln!(
                "warning: no banner of the charter has a cookie `{name}`, so all of it is read as a value; they have {known}"
            );
        }
    }

    fn request(&self, cookies: &[u8]) -> RequestOutcome {
        let view = RequestView {
            cookies: Some(cookies),
            gpc: self.args.gpc,
            path: self.path,
            is_get: true,
            is_anonymous: false,
            https: true,
            behind_a_proxy: false,
            fields: &HeaderMap::new(),
        };
        self.gate.request(self.site, &view, self.now)
    }

    fn explanation(&self, field: &[u8], request: &RequestOutcome, cookies: Vec<ExplainedCookie>) -> Explanation {
        let choice = choice::of_field(self.site, field, &request.visitor, self.now);
        Explanation { site: self.site.name.to_string(), choice: Some(choice), cookies, route: Vec::new() }
    }
}

/// The host under which visitors see the site, as far as the files tell.
fn visitors_host<'a>(config: &'a Config, site: &'a Site) -> &'a str {
    let hosts = config.sites.iter().filter(|written| written.name == site.name).flat_map(|written| &written.hosts);
    let exact = hosts.into_iter().find_map(|host| match host {
        HostPattern::Exact(name) => Some(name.as_str()),
        _ => None,
    });
    exact.unwrap_or(&site.charter.site)
}

fn find_site<'s>(snapshot: &'s Snapshot, host: Option<&str>) -> Result<&'s Arc<Site>> {
    let known = || snapshot.sites().iter().map(|site| &*site.name).collect::<Vec<_>>().join(", ");
    match (host, snapshot.sites()) {
        (None, [only]) => Ok(only),
        (None, _) => bail!("the configuration has several sites: name one with --site ({})", known()),
        (Some(host), _) => snapshot
            .site(&host.to_ascii_lowercase())
            .with_context(|| format!("no site answers to {host}; the sites are {}", known())),
    }
}

fn route(url: &str, snapshot: &Snapshot) -> Result<Explanation> {
    let (address, _fragment) = url.split_once('#').unwrap_or((url, ""));
    let uri: http::Uri = address.parse().with_context(|| format!("{url} is not a URL: write https://host/path"))?;
    let host = uri.host().with_context(|| format!("{url} names no host: write https://host/path"))?;
    let site = find_site(snapshot, Some(host))?;
    let endpoints: Vec<_> = site.upstream.endpoints.iter().map(EndpointConfig::origin).collect();
    let mut steps = vec![format!("site        {} (enforcement: {})", site.name, site.enforcement.as_str())];
    steps.push(format!("charter     {} ({})", site.charter.site, site.charter_hash));
    steps.push(format!("sent to     {}", endpoints.join(", ")));
    if let Some(connect) = &site.upstream.connect {
        steps.push(format!("connects to {connect}"));
    }
    steps.push(format!("Host sent   {}", site.upstream.host.as_deref().unwrap_or(host)));
    if site.strips_all(uri.path()) {
        steps.push("cookies     none is set: the path lies under a prefix of strip_all".to_owned());
    }
    Ok(Explanation { site: site.name.to_string(), choice: None, cookies: Vec::new(), route: steps })
}

/// A value that can stand in a `Cookie` field.
fn cookie_value(text: &str) -> Result<String> {
    ensure!(!text.contains(';'), "`;` ends a cookie, so no value holds one: write %3B if it was encoded");
    Ok(text.to_owned())
}

/// The bytes that a text with escapes stands for.
fn unescape(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, after) = match (first, tail) {
            (b'\\', [b't', after @ ..]) => (b'\t', after),
            (b'\\', [b'n', after @ ..]) => (b'\n', after),
            (b'\\', [b'r', after @ ..]) => (b'\r', after),
            // As Django writes a comma: not ours.
            (b'\\', [b'0'..=b'3', b'0'..=b'7', b'0'..=b'7', ..]) => (b'\\', tail),
            (b'\\', [b'0', after @ ..]) => (0, after),
            (b'\\', [b'\\', after @ ..]) => (b'\\', after),
            (b'\\', [b'x', high, low, after @ ..]) => (hex(*high, *low)?, after),
            _ => (*first, tail),
        };
        bytes.push(byte);
        rest = after;
    }
    Ok(bytes)
}

fn hex(high: u8, low: u8) -> Result<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16).context("\\x is followed by two hexadecimal digits");
    Ok(u8::try_from(digit(high)? * 16 + digit(low)?)?)
}

impl Explanation {
    fn to_text(&self) -> String {
        let mut text = String::new();
        for step in &self.route {
            let _ = writeln!(text, "{step}");
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
