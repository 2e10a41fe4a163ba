//! `octroi explain`: explains the verdict on a `Set-Cookie` line, a `Cookie` field or a URL.
//!
//! [`crate::explain`] does it; this file reads the arguments, and follows the route of a URL.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};

use super::OutputFormat;
use super::configuration::{ConfigurationArgs, overrides};
use crate::config::{Config, EndpointConfig};
use crate::explain::{ENGLISH, Explanation, PageRequest, unescape, visitors_host};
use crate::snapshot::{Site, Snapshot};
use crate::telemetry::Metrics;

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    configuration: ConfigurationArgs,

    /// The host of the visitor's request; not needed if the configuration has one site
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
    /// A URL: which site answers, and where its requests go; of a declared third party's host, or with --site, --choice or
    /// --gpc, whether a page of that site may send requests to it
    Url {
        /// `https://host/path`
        url: String,
    },
}

/// Prints the explanation.
///
/// # Errors
/// The configuration has problems, the host is no site's, the argument is no URL or has a bad escape, or nothing can be
/// explained of it.
pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode> {
    let config = Config::load(&args.configuration.path()?, &overrides())?;
    let explanation = explain(args, &Snapshot::new(config, 1, &Metrics::new()))?;
    match args.format {
        OutputFormat::Json => println!("{}", serde_json::to_string_pretty(&explanation)?),
        OutputFormat::Text => print!("{}", explanation.to_text()),
    }
    Ok(ExitCode::SUCCESS)
}

/// An explanation of a URL is its route, unless there are options about the visitor: then it is whether a page may send
/// requests to it.
fn explain(args: &ExplainArgs, snapshot: &Snapshot) -> Result<Explanation> {
    match &args.subject {
        Subject::Url { url } => {
            ensure!(args.path.is_none(), "a URL names its path itself: leave out --path");
            let is_of_page =
                args.site.is_some() || args.gpc || !args.choice.is_empty() || is_third_partys(url, snapshot);
            if is_of_page {
                with_request(args, snapshot, |request| explain_url(request, url))
            } else {
                route(url, snapshot)
            }
        }
        Subject::SetCookie { line } => {
            with_request(args, snapshot, |request| Ok(request.explain_set_cookie(&unescape(line)?)))
        }
        Subject::Cookie { field } => {
            with_request(args, snapshot, |request| Ok(request.explain_cookie(&unescape(field)?)))
        }
    }
}

/// Builds the visitor's request, and prints warnings about its choices to standard error.
fn with_request(
    args: &ExplainArgs,
    snapshot: &Snapshot,
    explain: impl FnOnce(&PageRequest<'_>) -> Result<Explanation>,
) -> Result<Explanation> {
    let site = find_site(snapshot, args.site.as_deref())?;
    let host = args.site.as_deref().unwrap_or_else(|| visitors_host(&snapshot.config, site)).to_ascii_lowercase();
    let path = args.path.as_deref().unwrap_or("/");
    let now = SystemTime::now().into();
    let request = PageRequest { site, host: &host, path, choices: &args.choice, gpc: args.gpc, now, words: &ENGLISH };
    request.warnings().for_each(|warning| eprintln!("warning: {warning}"));
    explain(&request)
}

/// Whether a page of the site may send requests to a URL.
fn explain_url(request: &PageRequest<'_>, url: &str) -> Result<Explanation> {
    let address = url::Url::parse(url).with_context(|| format!("{url} is not a URL: write https://host/path"))?;
    let host = address.host_str().with_context(|| format!("{url} names no host: write https://host/path"))?;
    let (name, is_own) = (&request.site.name, host == request.host);
    request.explain_url(&address).with_context(|| {
        if is_own {
            format!(
                "{host} is the site itself, to which its pages may send requests, and no third party has this path: leave out \
                 the options to see the URL's route"
            )
        } else {
            format!("the charter of {name} has no [third_parties]: its pages may send requests to any host")
        }
    })
}

/// The site that serves a host; without a host, the only site.
fn find_site<'s>(snapshot: &'s Snapshot, host: Option<&str>) -> Result<&'s Arc<Site>> {
    let known = || snapshot.sites().iter().map(|site| &*site.name).collect::<Vec<_>>().join(", ");
    match (host, snapshot.sites()) {
        (None, [only]) => Ok(only),
        (None, _) => bail!("the configuration has several sites: name one with --site ({})", known()),
        (Some(host), _) => snapshot
            .site(&host.to_ascii_lowercase())
            .with_context(|| format!("no site serves {host}: name one of {}", known())),
    }
}

/// Whether the only site's charter declares the URL's host as a third party's: pages send requests to it, and none of them comes here.
fn is_third_partys(url: &str, snapshot: &Snapshot) -> bool {
    let ([site], Ok(url)) = (snapshot.sites(), url::Url::parse(url)) else { return false };
    let (Some(policies), Some(host)) = (&site.page_policies, url.host_str()) else { return false };
    policies.parties.find(host, url.port()).is_some()
}

/// The route of a request: site, endpoints, `Host`, and whether the path is under `strip_all`.
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
