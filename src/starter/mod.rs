//! A first charter, for a site that has none: two categories, the cookies of its banner, and how the choice is read. Until
//! the charter names it, any other cookie passes only if the visitor agreed to everything.

#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use crate::charter::{
    BannersDocument, CategoryDocument, CharterDocument, Comments, ConsentDocument, CookieDocument, FormatWord,
    HeadDocument, Jurisdiction, KeyPath, KeyTarget, Need, Texts,
};
use crate::consent::{Format, KnownKeys};
use words::{Words, of_language};

/// How long a choice holds, and how long its cookie is declared to live (CNIL recommendation 2020-092, article 2.4).
const CHOICE_LIFETIME: &str = "6 months";

/// The id of the exempt category.
const NECESSARY: &str = "necessary";
/// The id of the category that needs consent.
const STATISTICS: &str = "statistics";

/// What the operator says of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The host that visitors ask for.
    pub site: String,
    /// The languages of the texts (BCP 47), the default one first.
    pub languages: Vec<String>,
    /// How the banner writes the choice: a format that has a name for its cookie. `None` if there is no such banner.
    pub banner: Option<Format>,
    /// The law that applies.
    pub jurisdiction: Option<Jurisdiction>,
}

/// The charter as a document, and comments for the person who continues it. Nothing is validated: `Charter::from_document`
/// reports a site or a language that is not valid.
pub fn charter(answers: &Answers) -> (CharterDocument, Comments) {
    let document = CharterDocument {
        charter: Some(HeadDocument {
            site: answers.site.clone(),
            jurisdiction: answers.jurisdiction,
            languages: answers.languages.clone(),
            ..HeadDocument::default()
        }),
        category: vec![
            category(NECESSARY, Need::Exempt, &answers.languages, |words| words.necessary),
            category(STATISTICS, Need::Required, &answers.languages, |words| words.statistics),
        ],
        cookie: cookies(answers),
        consent: answers.banner.map(|format| BannersDocument::One(consent(format))),
        ..CharterDocument::default()
    };
    (document, comments(answers))
}

/// `of` chooses the title and the description.
fn category(
    id: &str,
    consent: Need,
    languages: &[String],
    of: fn(&Words) -> (&'static str, &'static str),
) -> CategoryDocument {
    CategoryDocument {
        id: Some(id.to_owned()),
        consent: Some(consent),
        title: texts(languages, |words| of(words).0),
        description: texts(languages, |words| of(words).1),
        ..CategoryDocument::default()
    }
}

/// The text in each language for which octroi has one; `check` warns about the others.
fn texts(languages: &[String], of: impl Fn(&Words) -> &'static str) -> Texts {
    let text = |language: &String| Some((language.clone(), of(of_language(language)?).to_owned()));
    languages.iter().filter_map(text).collect()
}

/// The choice's own cookies and, behind Opendatasoft's banner, those without which its portal does not work.
fn cookies(answers: &Answers) -> Vec<CookieDocument> {
    let choice = answers.banner.into_iter().flat_map(|format| format.names(None));
    let choice = choice.map(|(name, _)| {
        let purpose = texts(&answers.languages, |words| words.choice);
        exempt(name, purpose, CHOICE_LIFETIME)
    });
    let portal = OF_THE_PORTAL.iter().filter(|_| answers.banner == Some(Format::Opendatasoft));
    let portal = portal
        .map(|(name, lifetime, purpose)| exempt((*name).to_owned(), texts(&answers.languages, purpose), lifetime));
    choice.chain(portal).collect()
}

/// Chooses the text of a purpose.
type Purpose = fn(&Words) -> &'static str;

/// Opendatasoft's cookies for login, forms and language, with the lifetimes that it declares.
const OF_THE_PORTAL: [(&str, &str, Purpose); 3] = [
    ("sessionid", "2 weeks", |words| words.login),
    ("csrftoken", "12 months", |words| words.forms),
    ("django_language", "12 months", |words| words.language),
];

fn exempt(name: String, purpose: Texts, lifetime: &str) -> CookieDocument {
    CookieDocument {
        name: Some(name),
        category: Some(NECESSARY.to_owned()),
        purpose,
        lifetime: Some(lifetime.to_owned()),
        ..CookieDocument::default()
    }
}

fn consent(format: Format) -> ConsentDocument {
    let keys: BTreeMap<String, KeyTarget> =
        format.default_keys().iter().map(|(key, id)| ((*key).to_owned(), KeyTarget::One((*id).to_owned()))).collect();
    ConsentDocument {
        format: FormatWord(format),
        valid_for: CHOICE_LIFETIME.to_owned(),
        keys: Some(keys),
        ..ConsentDocument::default()
    }
}

/// What to do next, and why some keys are as they are.
fn comments(answers: &Answers) -> Comments {
    let root = KeyPath::default();
    let mut comments = Comments::default();
    comments.add(
        root.clone(),
        "A first charter. Count before you enforce: with `enforcement = \"report-only\"` in octroi.toml nothing is dropped,\n\
         and `/cookies` of the admin listener lists what the site really sets. Declare each cookie here; `octroi check`\n\
         says what is missing.",
    );
    comments.add(
        root.key("charter").key("undeclared"),
        "A cookie that is not named here passes only if the visitor agreed to everything.",
    );
    match answers.banner {
        None => {
            comments.add(root.clone(), "There is no [consent]: nobody can agree, and what needs consent never passes.");
        }
        Some(format) => comments.add(root.key("consent").key("keys"), keys_comment(format)),
    }
    comments
}

/// The comment above `[consent.keys]`: which keys the format knows.
fn keys_comment(format: Format) -> String {
    let known = match format.known_keys() {
        KnownKeys::Only(known) => format!("the keys are {}", known.join(", ")),
        KnownKeys::Tcf => "the keys are `purpose-1` to `purpose-24`, `vendor-1` and so on".to_owned(),
        KnownKeys::Any | KnownKeys::Usual(_) => "the keys are those of the banner's own configuration".to_owned(),
    };
    format!("Key of the choice → the category that it grants. Of `{}`, {known}.", format.word())
}
