//! `octroi explain`: one Set-Cookie line, Cookie field or URL, judged step by step.
//!
//! [`crate::explain`] does it; here stands whom the command line asks for, and where a URL leads.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};

use super::OutputFormat;
use super::configuration::{ConfigurationArgs, overrides};
use crate::config::{Config, EndpointConfig};
use crate::explain::{Asking, Explanation, unescape, visitors_host};
use crate::snapshot::{Site, Snapshot};
use crate::telemetry::Metrics;

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
    /// A URL: which site answers, and where its requests go; with --site, --choice or --gpc, whether a page of that site may
    /// ask for it
    Url {
        /// `https://host/path`
        url: String,
    },
}

/// # Errors
/// The configuration has problems, the host is no site's, or the argument is no URL or has a bad escape.
pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode> {
    let config = Config::load(&args.configuration.path()?, &overrides())?;
    let explanation = explain(args, &Snapshot::new(config, 1, &Metrics::new()))?;
    match args.format {
        OutputFormat::Json => println!("{}", serde_json::to_string_pretty(&explanation)?),
        OutputFormat::Text => print!("{}", explanation.to_text()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Options about a visitor turn the question of where a URL leads into whether a page may ask for it.
fn explain(args: &ExplainArgs, snapshot: &Snapshot) -> Result<Explanation> {
    match &args.subject {
        Subject::Url { url } => {
            ensure!(args.path.is_none(), "a URL names its path itself: leave out --path");
            let is_of_page = args.site.is_some() || args.gpc || !args.choice.is_empty();
            if is_of_page { with_visitor(args, snapshot, |visitor| asks(visitor, url)) } else { route(url, snapshot) }
        }
        Subject::SetCookie { line } => with_visitor(args, snapshot, |visitor| Ok(visitor.receives(&unescape(line)?))),
        Subject::Cookie { field } => with_visitor(args, snapshot, |visitor| Ok(visitor.sends(&unescape(field)?))),
    }
}

/// What is odd in the choice is told on standard error first.
fn with_visitor<T>(args: &ExplainArgs, snapshot: &Snapshot, ask: impl FnOnce(&Asking<'_>) -> Result<T>) -> Result<T> {
    let site = find_site(snapshot, args.site.as_deref())?;
    let host = args.site.as_deref().unwrap_or_else(|| visitors_host(&snapshot.config, site)).to_ascii_lowercase();
    let path = args.path.as_deref().unwrap_or("/");
    let now = SystemTime::now().into();
    let asking = Asking { site, host: &host, path, choices: &args.choice, gpc: args.gpc, now };
    asking.doubts().for_each(|doubt| eprintln!("warning: {doubt}"));
    ask(&asking)
}

/// Whether a page of the site may ask for a URL.
fn asks(visitor: &Asking<'_>, url: &str) -> Result<Explanation> {
    let address = url::Url::parse(url).with_context(|| format!("{url} is not a URL: write https://host/path"))?;
    let host = address.host_str().with_context(|| format!("{url} names no host: write https://host/path"))?;
    let (name, is_own) = (&visitor.site.name, host == visitor.host);
    visitor.asks(&address).with_context(|| {
        if is_own {
            format!(
                "{host} is the site itself, which its pages may ask, and no third party has this path: leave out the options to see \
                 where its requests go"
            )
        } else {
            format!("the charter of {name} has no [third_parties]: its pages are not told whom they may ask")
        }
    })
}

/// The site that answers to a host; without a host, the only site.
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

/// The way of a request, step by step: site, endpoints, `Host`, and whether the path is under `strip_all`.
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
    Ok(Explanation { site: site.name.to_string(), choice: None, cookies: Vec::new(), third_party: None, route: steps })
}

/// A value that can stand in a `Cookie` field.
fn cookie_value(text: &str) -> Result<String> {
    ensure!(!text.contains(';'), "`;` ends a cookie, so no value holds one: write %3B if it was encoded");
    Ok(text.to_owned())
}
