//! What a title that speaks of consent makes of a row, with the titles above it and what was said under it.

use super::{OWN, Title, is_about_cookies, neutral};
use crate::import::categories::{self, Purpose, Standing};
use crate::import::evidence;
use crate::import::fold::{fold, has_stem};
use crate::import::rows::{AUDIENCE, Need, RowCategory, Tool};

/// The category under an exempt title: exempt, unless a nearer title, a sentence or a title above makes it doubtful.
/// `between`: the titles between it and the row that are not understood, the innermost first.
pub(super) fn exempt(title: &Title, between: &[&Title], against: Option<&Title>, above: &[&Title]) -> RowCategory {
    let around = exempt_of(title, against, above);
    let Some(nearer) = between.first() else { return around };
    let why = format!("stands under “{}”, and is not clearly exempt", title.text);
    let may_be_name = |title: &&Title| {
        title.standing == Standing::Silent
            && title.is_sure
            && !is_about_cookies(&title.text)
            && !evidence::is_suspect(&title.text)
    };
    let is_tool = around.need == Need::Exempt && between.iter().all(may_be_name) && nearer.described.is_short();
    let around = around.title.filter(|_| is_tool);
    let tool = around.map(|around| Tool { around, said: nearer.described.said.clone() });
    RowCategory { tool, ..doubtful(nearer, &why, nearer.purpose()) }
}

/// The category under an exempt title, if nothing stands between it and the row.
fn exempt_of(title: &Title, against: Option<&Title>, above: &[&Title]) -> RowCategory {
    if let Some(sentence) = against.and_then(|against| against.against.as_ref()) {
        return doubtful(title, &format!("is exempt, and under it the page says “{sentence}”"), None);
    }
    let is_other = |above: &&&Title| {
        above.rank > 1
            && !above.is_neutral
            && match above.standing {
                Standing::Gated(Purpose::Other) => {
                    is_about_cookies(&above.text) || categories::needs_consent(&fold(&above.text))
                }
                Standing::Gated(_) | Standing::Contradictory => true,
                _ => false,
            }
    };
    match above.iter().rev().find(is_other) {
        Some(gated) => doubtful(gated, &format!("is the heading above “{}”", title.text), gated.purpose()),
        None => named(Need::Exempt, title, None),
    }
}

/// The category under a title that says both.
pub(super) fn contradictory(title: &Title) -> RowCategory {
    if categories::claims_audience_exemption(&title.text) {
        return doubtful(title, AUDIENCE, Some(Purpose::Statistics));
    }
    doubtful(title, "is not clearly exempt", None)
}

/// The category under a title that needs consent. If it is a row's own title, and the titles above are exempt, a person
/// must decide.
pub(super) fn gated(title: &Title, purpose: Purpose, above: &[&Title]) -> RowCategory {
    let nearest = above.iter().rev().find(|above| above.standing != Standing::Silent);
    match nearest.filter(|above| title.rank == OWN && above.standing == Standing::Exempt) {
        Some(above) => doubtful(title, &format!("stands under “{}”, which is exempt", above.text), Some(purpose)),
        None if title.claims_free && purpose == Purpose::Statistics => doubtful(title, AUDIENCE, Some(purpose)),
        None if title.claims_free => {
            doubtful(title, "needs consent, and under it the page says that none is needed", Some(purpose))
        }
        None => named(Need::Required, title, Some(purpose)),
    }
}

/// A category with this title.
fn named(need: Need, title: &Title, purpose: Option<Purpose>) -> RowCategory {
    RowCategory { need, title: Some(title.text.clone()), purpose, tool: None, claim: None }
}

pub(super) fn doubtful(title: &Title, why: &str, purpose: Option<Purpose>) -> RowCategory {
    named(Need::Doubtful(format!("“{}” {why}", title.text)), title, purpose)
}

/// The nearest title that names a kind of cookies and not the page.
pub(super) fn kind(titles: &[&Title]) -> Option<String> {
    let nearest = titles.iter().rev().find(|title| title.rank > 1 && !title.is_neutral)?;
    let is_page = has_stem(&fold(&nearest.text), &neutral::PAGES);
    let is_short = nearest.text.split_whitespace().count() <= 8;
    (!is_page && is_short && nearest.is_sure).then(|| nearest.text.clone())
}
