//! `octroi charter new`: prints a first charter. On a terminal, it asks for what no option gives.

use std::io::{self, BufRead, IsTerminal, Write as _};
use std::process::ExitCode;

use anyhow::{Context, bail};

use crate::charter::{Charter, Jurisdiction, nearest};
use crate::consent::Format;
use crate::starter::{self, Answers};

#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The website that the charter describes, as visitors ask for it: `data.example.fr`
    #[arg(long, value_name = "HOST", value_parser = host)]
    site: Option<String>,
    /// The languages of its texts, the default one first: `fr,en`
    #[arg(long, value_name = "TAG,…", value_parser = languages)]
    languages: Option<Languages>,
    /// Which banner records the visitor's choice, as `format` of `[consent]` names it, or `none`
    #[arg(long, value_name = "FORMAT", value_parser = banner)]
    banner: Option<Banner>,
    /// Whose law holds for the site (`fr`, `be`, `es`, `it`, `de`, `uk`), or `none`
    #[arg(long, value_name = "LAW", value_parser = law)]
    jurisdiction: Option<Law>,
}

/// Tags (BCP 47), at least one.
#[derive(Clone, Debug)]
struct Languages(Vec<String>);

/// `None` if no banner records a choice.
#[derive(Clone, Copy, Debug)]
struct Banner(Option<Format>);

/// `None` if the charter follows no country's law.
#[derive(Clone, Copy, Debug)]
struct Law(Option<Jurisdiction>);

/// Prints the charter with comments, and the next step on standard error.
///
/// # Errors
/// An answer is missing and there is no terminal, or the charter would not be valid.
pub(crate) fn run(args: NewArgs) -> anyhow::Result<ExitCode> {
    let answers = answers(args)?;
    let (document, comments) = starter::charter(&answers);
    if let Err(problems) = Charter::from_document(&document) {
        let problems: Vec<_> = problems.into_iter().map(|problem| problem.message).collect();
        bail!("no charter can be made of these answers: {}", problems.join("; "));
    }
    io::stdout().lock().write_all(document.to_toml(&comments)?.as_bytes())?;
    eprintln!("next: name the file as `charter` of a `[[site]]` in octroi.toml, and run `octroi check`");
    Ok(ExitCode::SUCCESS)
}

fn answers(args: NewArgs) -> anyhow::Result<Answers> {
    let mut person = Person::here();
    let site = person.answer(args.site, "--site", "Which website does the charter describe?", None, host)?;
    let question = "In which languages are its texts?";
    let Languages(languages) = person.answer(args.languages, "--languages", question, Some("fr"), languages)?;
    let question = "Which banner records the visitor's choice? (`none` if there is none, `?` for a list)";
    let Banner(banner) = person.answer(args.banner, "--banner", question, Some("opendatasoft"), banner)?;
    let question = "Whose law holds? (fr, be, es, it, de, uk, none)";
    let Law(jurisdiction) = person.answer(args.jurisdiction, "--jurisdiction", question, Some("none"), law)?;
    Ok(Answers { site, languages, banner, jurisdiction })
}

/// The person at the terminal, if there is one.
struct Person {
    /// Whether standard input and standard error are terminals. Questions go to standard error, because standard output has
    /// the charter.
    is_here: bool,
}

impl Person {
    fn here() -> Self {
        Self { is_here: io::stdin().is_terminal() && io::stderr().is_terminal() }
    }

    /// The value of the option; else the person's answer, asked for until it is valid; without a terminal, the default.
    ///
    /// # Errors
    /// There is no terminal and no default, or the input ends (Ctrl-D).
    fn answer<T>(
        &mut self,
        given: Option<T>,
        option: &str,
        question: &str,
        default: Option<&str>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        if let Some(given) = given {
            return Ok(given);
        }
        if !self.is_here {
            let default =
                default.with_context(|| format!("`{option}` is missing, and there is no terminal to ask at"))?;
            return parse(default).map_err(anyhow::Error::msg);
        }
        loop {
            let brackets = default.map(|default| format!(" [{default}]")).unwrap_or_default();
            eprint!("{question}{brackets} ");
            let line = read_line()?;
            let answer = if line.is_empty() { default.unwrap_or_default() } else { &line };
            match parse(answer) {
                Ok(answer) => return Ok(answer),
                Err(fault) => eprintln!("{fault}"),
            }
        }
    }
}

/// Reads a line, without white space around it; the end of the input is an error.
fn read_line() -> anyhow::Result<String> {
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line).context("the answer cannot be read")? == 0 {
        bail!("the input ended before the last answer: no charter was written");
    }
    Ok(line.trim().to_owned())
}

/// The host of `text`, which may also be a URL copied from a browser.
fn host(text: &str) -> Result<String, String> {
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let host = url::Url::parse(&address).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.ok_or_else(|| format!("`{text}` is not a host: write one like `data.example.fr`"))
}

/// Tags separated by commas or spaces, each of the form of BCP 47: parts of 1 to 8 letters and digits.
fn languages(text: &str) -> Result<Languages, String> {
    let tags: Vec<String> = text.split([',', ' ']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    let is_tag = |tag: &String| {
        tag.split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    if !tags.is_empty() && tags.iter().all(is_tag) {
        Ok(Languages(tags))
    } else {
        Err(format!("`{text}` is not a list of languages: write one like `fr,en`"))
    }
}

/// A format with known cookie names, or `none`: for other formats, the charter must name the cookie. An error names the
/// nearest format.
fn banner(text: &str) -> Result<Banner, String> {
    if text == "none" {
        return Ok(Banner(None));
    }
    let known = Format::ALL.iter().filter(|format| !format.names(None).is_empty());
    match Format::named(text) {
        Some(format) if !format.names(None).is_empty() => Ok(Banner(Some(format))),
        Some(_) => Err(format!(
            "`{text}` is for a banner that octroi does not know: say `none`, and write `[consent]` as docs/consent/generic.md shows"
        )),
        None => Err(match nearest(text, known.clone().map(|format| format.word())) {
            Some(near) => format!("there is no format `{text}`: did you mean `{near}`?"),
            None => {
                format!("write one of {}, or none", known.map(|format| format.word()).collect::<Vec<_>>().join(", "))
            }
        }),
    }
}

fn law(text: &str) -> Result<Law, String> {
    if text == "none" {
        return Ok(Law(None));
    }
    jurisdiction(text).map(|law| Law(Some(law))).map_err(|fault| format!("{fault}, or none"))
}

pub(super) fn jurisdiction(text: &str) -> Result<Jurisdiction, String> {
    Jurisdiction::ALL.into_iter().find(|law| law.as_str() == text).ok_or_else(|| {
        let words: Vec<&str> = Jurisdiction::ALL.into_iter().map(Jurisdiction::as_str).collect();
        format!("octroi does not know the law `{text}`: write one of {}", words.join(", "))
    })
}
