//! For every banner, the charter is valid, reads back, and exempts only what is known to be necessary.

use super::*;
use crate::charter::Charter;

const LANGUAGES: [&str; 6] = ["fr", "en", "es", "de", "nl", "it"];

fn answers(banner: Option<Format>) -> Answers {
    Answers {
        site: "data.example.fr".to_owned(),
        languages: LANGUAGES.map(str::to_owned).to_vec(),
        banner,
        jurisdiction: Some(Jurisdiction::Fr),
    }
}

/// The formats that have a name for their cookie.
fn known() -> impl Iterator<Item = Format> {
    Format::ALL.iter().copied().filter(|format| !format.names(None).is_empty())
}

fn checked(answers: &Answers) -> Charter {
    Charter::from_document(&charter(answers).0).unwrap_or_else(|problems| panic!("{answers:?}: {problems:?}"))
}

#[test]
fn every_banners_charter_is_valid_and_reads_back() {
    for banner in known().map(Some).chain([None]) {
        let (document, comments) = charter(&answers(banner));
        let read: CharterDocument = toml::from_str(&document.to_toml(&comments).unwrap()).unwrap();
        assert_eq!(Charter::from_document(&read).unwrap(), checked(&answers(banner)), "{banner:?}");
    }
}

/// Only the banner's own cookies are declared, and behind Opendatasoft's banner those of the portal.
#[test]
fn only_the_choice_is_exempt() {
    for format in known().filter(|format| *format != Format::Opendatasoft) {
        let charter = checked(&answers(Some(format)));
        let own = format.names(None);
        assert_eq!(charter.cookies.len(), own.len(), "{format:?}");
        assert!(charter.cookies.iter().all(|cookie| own.iter().any(|(name, _)| name == cookie.name.text())));
    }
    let names: Vec<_> = checked(&answers(Some(Format::Opendatasoft)))
        .cookies
        .iter()
        .map(|cookie| cookie.name.text().to_owned())
        .collect();
    assert_eq!(names, ["cookies_preferences", "sessionid", "csrftoken", "django_language"]);
    assert!(checked(&answers(None)).cookies.is_empty());
}

/// `check` has nothing to say of the texts: each is there in every language.
#[test]
fn no_text_is_missing() {
    assert_eq!(checked(&answers(Some(Format::Opendatasoft))).warnings(), []);
}
