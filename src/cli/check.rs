//! `octroi check`: reports every problem of the operator's files at once, or a summary of each site if they are valid.
//!
//! Exit codes: 0 valid, 1 valid with warnings (`--strict` only), 2 errors.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::OutputFormat;
use super::configuration::{ConfigurationArgs, overrides};
use crate::charter::{BannerRules, Charter, Need};
use crate::config::{Config, ConfigError, EndpointConfig, Finding, Severity, SiteConfig};
use crate::telemetry::printable_lines;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 valid, perhaps with warnings; 1 warnings, with --strict; 2 errors: `octroi run` refuses the \
                         files."
)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    configuration: ConfigurationArgs,
    /// How the result is printed
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: OutputFormat,
    /// Exit with 1 if there is a warning
    #[arg(long)]
    strict: bool,
}

/// Prints the report to standard output, in both formats.
///
/// # Errors
/// If no configuration is named, or standard output cannot be written.
pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let loaded = Config::load(&args.configuration.path()?, &overrides());
    let (findings, sites) = match &loaded {
        Ok(config) => (&config.advice, config.sites.as_slice()),
        Err(ConfigError { findings, .. }) => (findings, [].as_slice()),
    };
    let result = match args.format {
        OutputFormat::Text => match &loaded {
            Ok(config) => printable_lines(&summary(config)),
            Err(error) => printable_lines(&format!("{error}\n")),
        },
        OutputFormat::Json => {
            let sites: Vec<_> = sites.iter().map(site_json).collect();
            format!("{:#}\n", json!({ "valid": loaded.is_ok(), "findings": findings, "sites": sites }))
        }
    };
    std::io::stdout().lock().write_all(result.as_bytes())?;
    Ok(exit_code(findings, args.strict))
}

/// Without `--strict`, warnings exit with 0, because a unit may run `check` before `octroi run`, which starts with warnings.
/// Notes never count.
pub(super) fn exit_code(findings: &[Finding], strict: bool) -> ExitCode {
    match findings.iter().map(|finding| finding.severity).min() {
        Some(Severity::Error) => ExitCode::from(2),
        Some(Severity::Warning) if strict => ExitCode::from(1),
        Some(Severity::Warning | Severity::Note) | None => ExitCode::SUCCESS,
    }
}

/// What no charter holds, see `docs/third-parties.md`.
const NOT_HELD: &str = "inline scripts, windows that a page opens, a page that is open when the choice changes";

/// The findings, then each site in a few lines, so that operators see whether it is what they meant.
fn summary(config: &Config) -> String {
    let mut text = Finding::paragraphs(&config.advice);
    for site in &config.sites {
        let charter = &site.charter;
        let _ = writeln!(text, "site {}", site.name);
        for (name, value) in [
            ("hosts", joined(site.hosts.iter().map(ToString::to_string))),
            ("upstream", joined(site.upstream.endpoints.iter().map(EndpointConfig::origin))),
            ("enforcement", site.enforcement.as_str().to_owned()),
            ("charter", format!("{} ({})", charter.site, site.charter_hash)),
        ] {
            let _ = writeln!(text, "  {name:12} {value}");
        }
        text += &charter_lines(charter);
    }
    text + &closing_line(&config.advice)
}

/// What a charter says, a line for each of its parts.
pub(super) fn charter_lines(charter: &Charter) -> String {
    let categories = (0..).zip(&charter.categories).map(|(index, _)| category(charter, index));
    let parties = charter.third_parties.iter().flat_map(|third| {
        let ids = joined(third.parties.iter().map(|party| party.id.clone()));
        [("parties", format!("{ids} (level {})", third.level.as_str())), ("not held", NOT_HELD.to_owned())]
    });
    let lines = [
        ("categories", joined(categories)),
        ("cookies", joined(charter.cookies.iter().map(|cookie| cookie.name.text().to_owned()))),
        ("undeclared", charter.undeclared_word().to_owned()),
        ("choice", choice(charter)),
    ];
    let mut text = String::new();
    for (name, value) in lines.into_iter().chain(parties) {
        let _ = writeln!(text, "  {name:12} {value}");
    }
    text
}

/// How many warnings there are, in a line.
pub(super) fn closing_line(findings: &[Finding]) -> String {
    match findings.iter().filter(|finding| finding.severity == Severity::Warning).count() {
        0 => "valid\n".to_owned(),
        1 => "valid, with 1 warning\n".to_owned(),
        warnings => format!("valid, with {warnings} warnings\n"),
    }
}

/// The banners, each with the cookies that are read and its format.
fn choice(charter: &Charter) -> String {
    let of = |rules: &BannerRules| {
        let names = rules.format.names(rules.cookie.as_deref()).into_iter().map(|(name, _)| name);
        format!("{} ({})", joined(names), rules.format.word())
    };
    if charter.banners.is_empty() { "none".to_owned() } else { joined(charter.banners.iter().map(of)) }
}

fn site_json(site: &SiteConfig) -> Value {
    let charter = &site.charter;
    json!({
        "name": &*site.name,
        "hosts": site.hosts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "upstream": site.upstream.endpoints.iter().map(EndpointConfig::origin).collect::<Vec<_>>(),
        "enforcement": site.enforcement.as_str(),
        "charter": charter.site,
        "hash": &*site.charter_hash,
        "categories": charter.categories.iter().map(|category| &category.id).collect::<Vec<_>>(),
        "cookies": charter.cookies.iter().map(|cookie| cookie.name.text()).collect::<Vec<_>>(),
        "undeclared": charter.undeclared_word(),
    })
}

/// As `necessary (exempt, 4 cookies)`.
fn category(charter: &Charter, index: u8) -> String {
    let Some(category) = charter.categories.get(usize::from(index)) else { return String::new() };
    let need = match category.consent {
        Need::Exempt => "exempt",
        Need::Required => "consent required",
    };
    let cookies = charter.cookies.iter().filter(|cookie| cookie.category.0 == index).count();
    format!("{} ({need}, {cookies} {})", category.id, if cookies == 1 { "cookie" } else { "cookies" })
}

fn joined(words: impl Iterator<Item = String>) -> String {
    let words: Vec<_> = words.collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
