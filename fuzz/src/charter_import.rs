//! A published page: any bytes, read into the draft of a charter.

use octroi::charter::{CharterDocument, Need};
use octroi::import::{Draft, Form, Options, import};

/// Words of which a page must hold one before anything on it can be exempt, in six languages, without what differs by gender
/// and number. Each is looked for in the page's letters alone.
const GROUNDS: [&str; 31] = [
    "necess", "notwendig", "erforderlich", "noodzakelijk", "essential", "essenti", "essenz", "esencial", "indispensab",
    "unerl", "unbedingt", "mandatory", "obligat", "verplicht", "imprescindib", "unverzichtbar", "ben\u{f6}tigt",
    "required", "exempt", "exent", "esent", "befreit", "vrijgesteld", "consen", "einwillig", "zustimm", "toestemming",
    "cnica", "cnico", "tecnic", "necesari",
];

/// # Panics
/// If a cookie is exempt on a page that holds no ground for it, a draft cannot be written or is no charter, or its
/// charter as data is imported as another one.
pub fn check(data: &[u8]) {
    for form in [None, Some(Form::Html), Some(Form::Markdown), Some(Form::Text)] {
        let options = Options { form, ..Options::default() };
        if let Ok(draft) = import(data, &options) {
            check_written(&draft);
            check_grounds(data, &draft);
        }
    }
}

/// A draft can be written, and its charter as data is the same charter, with nothing to decide.
fn check_written(draft: &Draft) {
    let text = draft.to_toml().expect("a charter file");
    let decisions = text.lines().filter(|line| line.starts_with("# DECIDE: ")).count();
    assert!(decisions >= usize::from(!draft.decisions.is_empty()), "a decision that is not written");
    let json = draft.document.to_json().expect("a charter as data").to_string();
    let again =
        import(json.as_bytes(), &Options { form: Some(Form::Json), ..Options::default() }).expect("the charter");
    assert_eq!(again.document.to_json().expect("a charter as data").to_string(), json);
    assert!(again.decisions.is_empty());
}

fn check_grounds(data: &[u8], draft: &Draft) {
    if !has_exempt(&draft.document) {
        return;
    }
    let letters =
        |text: String| -> String { text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect() };
    let narrow = letters(String::from_utf8_lossy(data).into_owned());
    // Entities, marks and other encodings may stand between the letters: such a page is not held against the words.
    let is_plain = data.is_ascii() && !data.contains(&b'&') && !data.contains(&b'<');
    let is_grounded = GROUNDS.iter().any(|ground| narrow.contains(ground));
    // A charter within the page has its own word for it.
    assert!(is_grounded || !is_plain || narrow.contains("octroi"), "an exempt cookie on a page without a word of need");
}

fn has_exempt(document: &CharterDocument) -> bool {
    let exempt = document.category.iter().filter(|category| category.consent == Some(Need::Exempt));
    let ids: Vec<_> = exempt.map(|category| &category.id).collect();
    document.cookie.iter().any(|cookie| ids.contains(&&cookie.category))
}
