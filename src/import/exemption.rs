//! Generated pages: no cookie is exempt unless the title that holds for it says so, or no title says anything and its own
//! purpose does; and its row does not contradict.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::charter::Need;

/// What a title says, as the page's author means it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Claim {
    Exempt,
    /// A kind or a purpose that is not exempt.
    Other,
    /// Neither.
    Neutral,
}

const TITLES: &[(&str, Claim)] = &[
    ("Strictly necessary cookies", Claim::Exempt),
    ("Cookies strictement nécessaires", Claim::Exempt),
    ("Unbedingt erforderliche Cookies", Claim::Exempt),
    ("Cookies estrictamente necesarias", Claim::Exempt),
    ("Strikt noodzakelijke cookies", Claim::Exempt),
    ("Cookie strettamente necessari", Claim::Exempt),
    ("Videos", Claim::Other),
    ("Chat", Claim::Other),
    ("Mesure d'audience", Claim::Other),
    ("Werbung", Claim::Other),
    ("Google Maps", Claim::Other),
    ("Cookies funcionales", Claim::Other),
    ("Newsletter", Claim::Other),
    ("Niet-noodzakelijke cookies", Claim::Other),
    ("Cookie per i quali è necessario il consenso", Claim::Other),
    ("List of cookies", Claim::Neutral),
    ("Session", Claim::Neutral),
    ("Cookies", Claim::Neutral),
    ("Name", Claim::Neutral),
];

/// How a title is written, and its rank.
const STYLES: &[(&str, &str, u8)] = &[
    ("<h2>", "</h2>", 2),
    ("<h3>", "</h3>", 3),
    ("<h4>", "</h4>", 4),
    ("<div role=heading aria-level=3>", "</div>", 3),
    ("<h3><button aria-expanded=false>", "</button></h3>", 3),
    ("<p><b>", "</b></p>", 9),
    ("<p><strong>", ":</strong></p>", 9),
    ("<p>", "</p>", 10),
];

/// The one purpose of [`CELLS`] that needs no consent.
const EXEMPT: &str = "Keeps you signed in";
/// The heading and the text of a further cell, and whether it allows an exemption.
const CELLS: &[(&str, &str, bool)] = &[
    ("Purpose", EXEMPT, true),
    ("Purpose", "Counts page views", false),
    ("Purpose", "Learns what you like", false),
    ("Purpose", "Rend le site plus agréable", false),
    ("Purpose", "Set only with your consent", false),
    ("Provider", "Our own", true),
    ("Provider", "YouTube", false),
    ("Legal basis", "Einwilligung", false),
    ("Can be refused?", "Yes", false),
    ("Can be refused?", "No", true),
    ("Statut", "Facultatif", false),
];

#[derive(Clone, Debug)]
enum Piece {
    Title(&'static (&'static str, Claim), &'static (&'static str, &'static str, u8)),
    Row(&'static (&'static str, &'static str, bool)),
    Sentence(&'static str),
    /// A container.
    Box(Vec<Piece>),
}

fn piece() -> impl Strategy<Value = Piece> {
    let leaf = prop_oneof![
        4 => (select(TITLES), select(STYLES)).prop_map(|(title, style)| {
            let title = TITLES.iter().find(|known| known.0 == title.0).unwrap();
            let style = STYLES.iter().find(|known| known.0 == style.0).unwrap();
            Piece::Title(title, style)
        }),
        4 => (0..CELLS.len()).prop_map(|at| Piece::Row(&CELLS[at])),
        1 => select(&["They help us.", "Ces cookies nécessitent votre consentement.", "We use these:"][..]).prop_map(Piece::Sentence),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| prop::collection::vec(inner, 1..6).prop_map(Piece::Box))
}

/// A page, and for each of its cookies whether it may be exempt.
#[derive(Default)]
struct PageWriter {
    html: String,
    may_be_exempt: Vec<bool>,
    /// The titles that hold here, as a reader sees them.
    titles: Vec<(u8, Claim)>,
}

impl PageWriter {
    fn write(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Title((text, claim), (begin, end, rank)) => {
                    write!(self.html, "{begin}{text}{end}").unwrap();
                    // A neutral bold line changes nothing; any other title ends those of its rank and below.
                    if *claim != Claim::Neutral || *rank < 9 {
                        self.titles.retain(|(above, _)| above < rank);
                        self.titles.push((*rank, *claim));
                    }
                }
                Piece::Row((heading, cell, allows)) => {
                    let name = format!("c_{}", self.may_be_exempt.len());
                    write!(
                        self.html,
                        "<table><tr><th>Name<th>{heading}<th>Expiry<tr><td>{name}<td>{cell}<td>1 day</table>"
                    )
                    .unwrap();
                    let nearest = self.titles.iter().rev().find(|(_, claim)| *claim != Claim::Neutral);
                    let is_meant = match nearest {
                        Some((_, claim)) => *claim == Claim::Exempt,
                        None => *cell == EXEMPT,
                    };
                    self.may_be_exempt.push(*allows && is_meant);
                }
                Piece::Sentence(text) => write!(self.html, "<p>{text}</p>").unwrap(),
                Piece::Box(pieces) => {
                    let before = self.titles.clone();
                    self.html.push_str("<details>");
                    self.write(pieces);
                    self.html.push_str("</details>");
                    // Behind the box, neither its titles hold nor those that they replaced.
                    let kept = self.titles.clone();
                    self.titles = before;
                    self.titles.retain(|title| kept.contains(title));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_cookie_is_exempt_unless_its_page_or_its_purpose_says_so(pieces in prop::collection::vec(piece(), 1..14)) {
        let mut author = PageWriter::default();
        author.write(&pieces);
        let Ok(draft) = import(author.html.as_bytes(), &Options { form: Some(Form::Html), ..Options::default() }) else {
            return Ok(());
        };
        for cookie in &draft.document.cookie {
            let category = draft.document.category.iter().find(|category| category.id == cookie.category).unwrap();
            let name = cookie.name.as_ref().unwrap();
            let at: usize = name.strip_prefix("c_").unwrap().parse().unwrap();
            let is_exempt = category.consent == Some(Need::Exempt);
            prop_assert!(!is_exempt || author.may_be_exempt[at], "{} in {}", name, author.html);
        }
        prop_assert_eq!(draft.document.cookie.len(), author.may_be_exempt.len());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[<>/a-z=\"'|\t\n;,:*#_\\[\\](){}&-]{0,200}", form in select(&[Form::Html, Form::Markdown, Form::Text][..])) {
        if let Ok(draft) = import(text.as_bytes(), &Options { form: Some(form), ..Options::default() }) {
            prop_assert!(draft.document.category.iter().all(|category| category.consent != Some(Need::Exempt)), "{}", text);
            prop_assert!(draft.to_toml().is_ok());
        }
    }
}
