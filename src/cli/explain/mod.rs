//! `octroi explain`: one Set-Cookie line, Cookie field or URL, judged step by step.
//!
//! It asks the very functions that the proxy asks, and shows what they answer.

mod anatomy;
mod verdict;

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::OutputFormat;
use super::configuration::{ConfigurationArgs, overrides};
use crate::config::{Config, HostPattern, SiteConfig, path_lies_under};
use crate::consent::Choice;
use crate::cookie::UnixTime;
use crate::gate::response::OwnDomain;
use crate::policy::Consent;
use crate::snapshot::Snapshot;
use crate::telemetry::Metrics;
use anatomy::Piece;
use verdict::CookieVerdict;

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    configuration: ConfigurationArgs,

    /// The host that the visitor asks for; not needed where the configuration has one site
    #[arg(long, value_name = "HOST")]
    site: Option<String>,

    /// The value of the visitor's consent cookie; several where the browser sends several
    #[arg(long, value_name = "VALUE")]
    choice: Vec<String>,

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
struct ChoiceRead {
    reading: String,
    granted: Vec<String>,
    refused: Vec<String>,
    level: &'static str,
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
    if let Subject::Url { url } = &args.subject {
        return route(url, &snapshot.config);
    }
    let site = find_site(&snapshot.config, args.site.as_deref())?;
    let now = UnixTime::from(SystemTime::now());
    let mut choices: Vec<Vec<u8>> = args.choice.iter().map(|choice| choice.clone().into_bytes()).collect();
    let (pieces, responses) = match &args.subject {
        Subject::SetCookie { line } => (vec![unescape(line)?], true),
        Subject::Cookie { field } => (vec![unescape(field)?], false),
        Subject::Url { .. } => (Vec::new(), false),
    };
    if !responses {
        let pairs = pieces.iter().flat_map(|field| crate::cookie::pairs(field));
        let consent_pairs = pairs.filter(|pair| pair.name.is_some_and(|name| site.policy.is_consent_cookie(name)));
        choices.extend(consent_pairs.map(|pair| pair.value.to_vec()));
    }
    let choice = site.policy.read_choice(choices.iter().map(Vec::as_slice), now);
    let consent = site.policy.consent(&choice, args.gpc);
    let host = args.site.as_deref().unwrap_or_else(|| visitors_host(site));
    let running = snapshot.sites().iter().find(|running| running.name == site.name);
    let own_domain = running.and_then(|running| OwnDomain::of(running, host));
    let cookies = if responses {
        pieces.iter().map(|line| explain_line(site, own_domain, line, &consent, now)).collect()
    } else {
        pieces.iter().flat_map(|field| explain_field(site, field, &consent, now)).collect()
    };
    Ok(Explanation {
        site: site.name.to_string(),
        choice: Some(choice_read(site, &choice, &consent)),
        cookies,
        route: Vec::new(),
    })
}

fn explain_line(
    site: &SiteConfig,
    own_domain: Option<OwnDomain<'_>>,
    line: &[u8],
    consent: &Consent,
    now: UnixTime,
) -> ExplainedCookie {
    let (bytes, pieces) = anatomy::of_set_cookie(line);
    ExplainedCookie { bytes, pieces, verdict: verdict::of_set_cookie(site, own_domain, line, consent, now) }
}

/// The host under which visitors see the site, as far as the files tell.
fn visitors_host(site: &SiteConfig) -> &str {
    let exact = site.hosts.iter().find_map(|host| match host {
        HostPattern::Exact(name) => Some(name.as_str()),
        _ => None,
    });
    exact.unwrap_or(&site.charter.site)
}

fn explain_field(site: &SiteConfig, field: &[u8], consent: &Consent, now: UnixTime) -> Vec<ExplainedCookie> {
    let explain = |pair| {
        let (bytes, pieces) = anatomy::of_pair(&pair);
        ExplainedCookie { bytes, pieces, verdict: verdict::of_pair(site, &pair, consent, now) }
    };
    crate::cookie::pairs(field).map(explain).collect()
}

fn choice_read(site: &SiteConfig, choice: &Choice, consent: &Consent) -> ChoiceRead {
    ChoiceRead {
        reading: format!("{:?}", choice.reading).to_lowercase(),
        granted: site.policy.key_names(choice.granted),
        refused: site.policy.key_names(choice.refused),
        level: consent.level.as_str(),
    }
}

fn find_site<'c>(config: &'c Config, host: Option<&str>) -> Result<&'c SiteConfig> {
    let known = || config.sites.iter().map(|site| &*site.name).collect::<Vec<_>>().join(", ");
    match (host, config.sites.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => bail!("the configuration has several sites: name one with --site ({})", known()),
        (Some(host), sites) => matching_site(sites, &host.to_ascii_lowercase())
            .with_context(|| format!("no site answers to {host}; the sites are {}", known())),
    }
}

/// The site of a host: an exact name, else the longest suffix, else the default.
fn matching_site<'c>(sites: &'c [SiteConfig], host: &str) -> Option<&'c SiteConfig> {
    let fit = |pattern: &HostPattern| match pattern {
        HostPattern::Exact(name) => (name == host).then_some(usize::MAX),
        HostPattern::Suffix(suffix) => host.ends_with(suffix).then_some(suffix.len()),
        HostPattern::Default => Some(0),
    };
    let fits = sites.iter().filter_map(|site| Some((site.hosts.iter().filter_map(fit).max()?, site)));
    fits.max_by_key(|(fit, _)| *fit).map(|(_, site)| site)
}

fn route(url: &str, config: &Config) -> Result<Explanation> {
    let (address, _fragment) = url.split_once('#').unwrap_or((url, ""));
    let uri: http::Uri = address.parse().with_context(|| format!("{url} is not a URL: write https://host/path"))?;
    let host = uri.host().with_context(|| format!("{url} names no host: write https://host/path"))?;
    let site = find_site(config, Some(host))?;
    let endpoint = |endpoint: &crate::config::EndpointConfig| {
        let scheme = if endpoint.tls { "https" } else { "http" };
        format!("{scheme}://{}:{}", endpoint.host, endpoint.port)
    };
    let endpoints: Vec<_> = site.upstream.endpoints.iter().map(endpoint).collect();
    let mut steps = vec![format!("site        {} (enforcement: {})", site.name, site.enforcement.as_str())];
    steps.push(format!("charter     {} ({})", site.charter.site, site.charter_hash));
    steps.push(format!("sent to     {}", endpoints.join(", ")));
    if let Some(connect) = &site.upstream.connect {
        steps.push(format!("connects to {connect}"));
    }
    steps.push(format!("Host sent   {}", site.upstream.host.as_deref().unwrap_or(host)));
    if let Some(prefix) = site.strip_all.iter().find(|prefix| path_lies_under(uri.path(), prefix)) {
        steps.push(format!("cookies     none is set: the path lies under {prefix} (strip_all)"));
    }
    Ok(Explanation { site: site.name.to_string(), choice: None, cookies: Vec::new(), route: steps })
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
                let _ = writeln!(text, "choice    {}", choice.to_text());
            }
            text += &cookie.verdict.to_text();
            text += "\n";
        }
        text
    }
}

impl ChoiceRead {
    fn to_text(&self) -> String {
        let list = |keys: &[String]| if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") };
        match self.reading.as_str() {
            "absent" => "absent: nothing is granted; --choice VALUE gives one".to_owned(),
            "given" => format!("grants {}; refuses {} ({})", list(&self.granted), list(&self.refused), self.level),
            other => format!("{other}: nothing is granted"),
        }
    }
}
