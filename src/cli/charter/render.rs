//! `octroi charter render`: prints the public page of a charter.
//!
//! The same code makes the page that a running octroi serves by the charter's `[publish]` table.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::source;
use crate::charter::{Charter, Enforcement, Publish, Style};
use crate::render::{self, PageOptions};

#[derive(Args, Debug)]
pub(crate) struct RenderArgs {
    /// The charter; `-` is standard input
    #[arg(value_name = "CHARTER")]
    charter: PathBuf,
    /// The language of the page [default: the charter's first]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// The format of the page
    #[arg(long, default_value = "html", value_name = "FORMAT")]
    format: PageFormat,
    /// The style of an HTML page [default: as the charter publishes it, or plain]
    #[arg(long, value_name = "STYLE")]
    style: Option<PageStyle>,
    /// A style sheet that an HTML page links; may be given several times [default: as the charter publishes it]
    #[arg(long, value_name = "URL")]
    stylesheet: Vec<String>,
    /// Say that cookies are only counted, as on a site with `enforcement = "report-only"`
    #[arg(long)]
    report_only: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PageFormat {
    /// A page for the web
    Html,
    /// Markdown with tables
    Markdown,
    /// The charter itself, as data
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PageStyle {
    /// octroi's own, with a style sheet in the page
    Plain,
    /// The design system of the French state
    Dsfr,
}

/// Prints the page. If the charter has problems, prints them to standard error and exits with 2.
///
/// # Errors
/// There is no page in the language, or standard output cannot be written.
pub(crate) fn run(args: &RenderArgs) -> anyhow::Result<ExitCode> {
    let Some(charter) = source::charter(&args.charter) else { return Ok(ExitCode::from(2)) };
    let options = PageOptions {
        language: language(args.language.as_deref(), &charter)?,
        enforcement: if args.report_only { Enforcement::ReportOnly } else { Enforcement::Enforce },
        style: style(args.style, charter.publish.as_ref()),
        stylesheets: stylesheets(&args.stylesheet, charter.publish.as_ref()),
        links: false,
    };
    let page = match args.format {
        PageFormat::Html => render::html(&charter, &options)?,
        PageFormat::Markdown => render::markdown(&charter, &options)?,
        PageFormat::Json => render::json(&charter)?,
    };
    std::io::stdout().lock().write_all(page.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The language of the page: one of the charter's, or one that octroi has texts in.
fn language<'a>(wanted: Option<&'a str>, charter: &'a Charter) -> anyhow::Result<&'a str> {
    let own = &charter.languages;
    let Some(wanted) = wanted else { return Ok(own.first().map_or("en", String::as_str)) };
    if let Some(tag) = own.iter().find(|tag| tag.eq_ignore_ascii_case(wanted)) {
        return Ok(tag);
    }
    if render::speaks(wanted) {
        return Ok(wanted);
    }
    let others = render::languages().filter(|tag| !own.iter().any(|own| own == tag));
    let known: Vec<_> = own.iter().cloned().chain(others.map(str::to_owned)).collect();
    bail!("there is no page in `{wanted}`: choose one of {}", known.join(", "))
}

/// The option replaces `style` of the charter's `[publish]`.
fn style(wanted: Option<PageStyle>, publish: Option<&Publish>) -> Style {
    match wanted {
        Some(PageStyle::Plain) => Style::Plain,
        Some(PageStyle::Dsfr) => Style::Dsfr,
        None => publish.map_or(Style::Plain, |publish| publish.style),
    }
}

/// The options replace the whole list of the charter's `[publish]`.
fn stylesheets<'a>(wanted: &'a [String], publish: Option<&'a Publish>) -> &'a [String] {
    match publish {
        Some(publish) if wanted.is_empty() => &publish.stylesheets,
        _ => wanted,
    }
}
