//! What stands below or behind a declared name: values with a label, and sentences without one.
//!
//! All of it belongs to the name and counts for its consent, because a purpose that is not read cannot speak against an
//! exemption.

use super::card_row::object;
use super::field::fields;
use super::footnotes::Footnotes;
use super::row_consent::RowConsent;
use super::storage::{is_storage, is_store, says_stored};
use crate::import::block::Rich;
use crate::import::columns::{Role, bare_label};
use crate::import::durations::{self, Duration};
use crate::import::evidence;
use crate::import::fold::fold;

/// The details of one name, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Details {
    fields: Vec<(Role, Rich)>,
    /// Texts without a label.
    texts: Vec<Rich>,
    /// A label whose value has not come yet.
    label: Option<Role>,
}

impl Details {
    /// A text that is what the name's own item says behind it.
    pub(super) fn of(text: &str) -> Self {
        Self { texts: vec![Rich::from(text)], ..Self::default() }
    }

    /// Adds a text: a value if a label stood before it, else labels with their values, a label alone, or a sentence.
    ///
    /// A link that leads elsewhere, “Privacy policy”, is left out.
    pub(super) fn take(&mut self, text: &Rich) {
        if let Some(label) = self.label.take() {
            self.fields.push((label, text.clone()));
        } else if let Some(fields) = fields(text) {
            for (role, value) in fields {
                if value.is_empty() {
                    self.label = Some(role);
                } else {
                    self.fields.push((role, Rich::from(value.as_str())));
                }
            }
        } else if let Some(role) = bare_label(&text.line()) {
            self.label = Some(role);
        } else if bare_label_of_link(text).is_none() {
            self.texts.push(text.clone());
        }
    }

    /// Whether nothing but the name was said.
    pub(super) fn is_silent(&self) -> bool {
        self.purpose().is_none() && self.fields.is_empty()
    }

    /// Adds what the details say of consent: every value by its label, every sentence as a description.
    ///
    /// Of several sentences, each must be of a purpose that needs no consent.
    pub(super) fn object(&self, consent: &mut RowConsent, footnotes: &Footnotes) {
        let values = self.fields.iter().map(|(_, value)| value).chain(&self.texts);
        for against in values.filter_map(|value| footnotes.against(value)) {
            consent.object(against);
        }
        for (role, value) in &self.fields {
            object(consent, *role, value);
            if *role == Role::Kind {
                consent.titles.push(value.line());
            }
        }
        for (at, text) in self.texts.iter().map(Rich::line).enumerate() {
            // Of several texts, each must be understood: the first is judged as the purpose.
            let is_strange = at > 0
                && purpose(&text).is_some_and(|text| evidence::of_purpose("", "", &text) == evidence::Exempt::No);
            if let Some(against) = evidence::of_cell(&text).or_else(|| is_strange.then(|| text.clone())) {
                consent.object(&against);
            }
        }
    }

    /// The value with this label.
    pub(super) fn value(&self, role: Role) -> Option<String> {
        let value = self.fields.iter().find(|(known, _)| *known == role).map(|(_, value)| value.line());
        value.filter(|value| !fold(value).is_empty())
    }

    /// Whether they say that the name is one of the browser's storage.
    pub(super) fn is_stored(&self) -> bool {
        self.value(Role::Kind).is_some_and(|kind| is_storage(&kind))
            || self.fields.iter().map(|(_, value)| value).chain(&self.texts).any(|text| is_store(&text.line()))
            || self.purpose().into_iter().chain(self.value(Role::Lifetime)).any(|text| says_stored(&text))
    }

    /// The texts without a label that state no lifetime, and those that are labelled as purposes.
    pub(super) fn purpose(&self) -> Option<String> {
        let labelled = self.fields.iter().filter(|(role, _)| *role == Role::Purpose).map(|(_, value)| value.line());
        let purposes = self.texts.iter().filter_map(|text| purpose(&text.line())).chain(labelled);
        let joined = purposes.reduce(|before, next| {
            let stop = if before.ends_with(['.', '!', '?']) { " " } else { ". " };
            format!("{before}{stop}{next}")
        });
        joined.filter(|text| !fold(text).is_empty())
    }

    /// The lifetime for these names: as it is labelled, else a length of time in any text, else a session.
    pub(super) fn lifetime(&self, names: &[&str]) -> (String, Vec<Duration>) {
        if let Some(text) = self.value(Role::Lifetime) {
            let all = durations::of_names(&text, names);
            return (text, all);
        }
        let stated = self.texts.iter().map(Rich::line).filter_map(|text| Some((lifetime(&text)?, text)));
        let session = Duration::Lives("session".to_owned());
        let endless = self.texts.iter().map(Rich::line).filter(|text| durations::is_endless(text));
        let endless = endless.map(|text| (Duration::Unreadable, text));
        let best = stated.min_by_key(|(duration, _)| *duration == session).or_else(|| endless.into_iter().next());
        best.map_or_else(|| (String::new(), vec![Duration::Silent]), |(duration, text)| (text, vec![duration]))
    }
}

/// “Privacy policy”, which leads elsewhere.
fn bare_label_of_link(text: &Rich) -> Option<Role> {
    crate::import::columns::role(&text.line()).map(|(role, _)| role).filter(|role| *role == Role::Aside)
}

/// The lifetime that a description states. “Session” counts only if it is surely said of the cookie.
fn lifetime(text: &str) -> Option<Duration> {
    match durations::read(text) {
        Duration::Lives(lifetime) if lifetime != "session" => Some(Duration::Lives(lifetime)),
        Duration::Lives(session) => {
            let folded = fold(text);
            let clauses = text.split([',', ';', '.', ':', '(', ')', '–', '—']).flat_map(|part| part.split(" - "));
            let is_said = clauses.into_iter().any(durations::is_session)
                || SESSION_COOKIES.split('|').any(|phrase| folded.contains(phrase));
            is_said.then_some(Duration::Lives(session))
        }
        Duration::Silent | Duration::Unreadable => None,
    }
}

/// “Session cookie”, folded.
const SESSION_COOKIES: &str = "session cookie|cookie de session|sitzungscookie|sitzungs cookie|cookie de sesion|sessiecookie|\
    cookie di sessione|duration session|duree session";

fn purpose(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['–', '—', '-', ':', ' ']);
    let text = if text.contains('(') { text } else { text.trim_end_matches(')') };
    let is_lifetime = text.split_whitespace().count() <= 6 && durations::is_duration(text) && lifetime(text).is_some();
    (!fold(text).is_empty() && !is_lifetime && !durations::is_endless(text)).then(|| text.to_owned())
}
