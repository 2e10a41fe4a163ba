//! What speaks against a single cookie under an exempt heading, or for one if the page leaves it open.

use super::cut;
use crate::charter::NamePattern;
use crate::import::evidence::{self, Exempt};
use crate::import::rows::{Need, Row, RowCategory, is_left_to_purpose};
use crate::import::trackers;

/// Says that the purpose of a cookie reads as one that needs no consent, if the page leaves open whether it does; `None` if
/// anything speaks against it.
///
/// The cookie is written as needing consent all the same: whether a page's words are enough is for a person to decide.
pub(super) fn by_purpose(row: &Row, pattern: &NamePattern) -> Option<String> {
    let name = pattern.text();
    let provider = row.provider.as_deref().or(row.service.as_deref()).unwrap_or_default();
    let is_stated = row.purpose.as_ref().is_some_and(|text| evidence::states_exempt_purpose(name, provider, text));
    let is_open =
        is_stated && is_left_to_purpose(&row.category) && row.against.is_none() && trackers::owner(pattern).is_none();
    is_open.then(|| {
        format!(
            "the page does not say whether `{name}` needs consent, and its purpose reads as one that needs none: if you agree, \
             move it to an exempt category"
        )
    })
}

/// A cookie whose titles leave it open, on a page that says that it only has necessary ones and has nothing that contradicts
/// it: exempt if its purpose needs no consent.
fn by_claim(row: &Row, pattern: &NamePattern, is_purpose_exempt: bool, is_consistent: bool) -> Option<Verdict> {
    let claim = row.category.claim.as_ref().filter(|_| is_purpose_exempt && is_consistent && row.against.is_none())?;
    let decision = format!(
        "`{}` is exempt because the page says “{}”, and its purpose or its name is one that needs no consent: check it",
        pattern.text(),
        cut(claim)
    );
    let category = RowCategory { need: Need::Exempt, title: None, purpose: None, tool: None, claim: None };
    Some(Verdict { category, decision: Some(decision) })
}

/// What a cookie is, by its row and its heading.
pub(super) struct Verdict {
    pub(super) category: RowCategory,
    /// What a person must decide.
    pub(super) decision: Option<String>,
}

/// Whether a cookie needs consent. If its heading says that it is exempt, the row may speak against it.
/// `is_consistent`: no row of the page needs consent, or is a tracker's.
pub(super) fn judge(row: &Row, pattern: &NamePattern, is_consistent: bool) -> Verdict {
    let name = pattern.text();
    let provider = row.provider.as_deref().or(row.service.as_deref()).unwrap_or_default();
    let said = row.stated_purpose().map(|purpose| (purpose, evidence::of_purpose(name, provider, purpose)));
    let says_exempt = |(purpose, exempt): (&str, Exempt)| {
        evidence::states_exempt_purpose(name, provider, purpose)
            || (exempt == Exempt::Likely && evidence::of_cell(purpose).is_none())
    };
    let is_known =
        |text: &String| evidence::of_purpose(name, provider, text) != Exempt::No && !evidence::is_suspect(text);
    let tool =
        row.category.tool.as_ref().filter(|tool| said.is_some_and(says_exempt) && tool.said.iter().all(is_known));
    let category = match tool {
        Some(tool) => {
            RowCategory { need: Need::Exempt, title: Some(tool.around.clone()), purpose: None, tool: None, claim: None }
        }
        None => row.category.clone(),
    };
    let is_purpose_exempt = said.is_some_and(says_exempt) || evidence::is_necessary_name(name);
    if let Some(verdict) = by_claim(row, pattern, is_purpose_exempt, is_consistent) {
        return verdict;
    }
    if category.need != Need::Exempt {
        return Verdict { category, decision: None };
    }
    let stands = category.title.as_ref().map_or_else(
        || "is said to need no consent".to_owned(),
        |heading| format!("stands under the exempt title “{heading}”"),
    );
    let against = if let Some(owner) = trackers::owner(pattern) {
        format!("is known as a tracker's ({owner})")
    } else if let Some(against) = row.against.as_ref().filter(|_| !evidence::keeps_the_choice(name)) {
        format!("its row says “{}”, which speaks of consent, or of a purpose or a service that needs it", cut(against))
    } else if let Some((purpose, Exempt::No)) = said {
        format!("its row says “{}”, which is not known for a purpose that needs no consent", cut(purpose))
    } else {
        let own = row.category.title.as_deref().filter(|_| tool.is_some());
        let unknown = match (own, said) {
            (Some(title), _) => Some(format!("“{}” between them is not understood", cut(title))),
            (None, Some((purpose, Exempt::Likely))) => Some(format!("not all words of “{}” are known", cut(purpose))),
            (None, _) => None,
        };
        let question =
            |unknown| format!("`{name}` is exempt because it {stands}, and {unknown}: check that it needs no consent");
        return Verdict { category, decision: unknown.map(question) };
    };
    let message = format!("`{name}` {stands}, and {against}: it is written as needing consent");
    let category = RowCategory { need: Need::Doubtful(message.clone()), ..category };
    Verdict { category, decision: Some(message) }
}
