//! How far titles reach, and what ends their exemption.

use super::*;
use crate::import::html;

/// What the titles of a piece of HTML say of a row that stands at its end.
fn need(html: &str) -> Need {
    let mut sections = Sections::default();
    for block in html::read(html).unwrap().blocks {
        match block {
            Block::Open(scope) => sections.open(scope),
            // The containers at the end are open where the row stands.
            Block::Close if sections.titles.iter().any(|title| title.text == "END") => {}
            Block::Close => sections.close(),
            Block::Heading { level, text } => sections.heading(level, &text),
            Block::Control { text, control } => sections.control(&text, control),
            Block::Table(_) => sections.rows(),
            Block::Paragraph(text) if text.line() == "END." => break,
            Block::Paragraph(text) => sections.paragraph(&text),
            _ => {}
        }
    }
    sections.category(&[]).need
}

const ROWS: &str = "<table><tr><td>a_b</table>";

#[test]
fn a_title_holds_until_the_next_one_or_the_end_of_its_container() {
    for html in [
        "<h2>Necessary cookies</h2>END.",
        "<h2>Necessary cookies</h2><p>They make the site work.</p>END.",
        "<div><h2>Necessary cookies</h2></div><div>END.",
        "<section><h2>Necessary cookies</h2></section>END.",
        "<p><b>Necessary cookies</b></p>TABLE END.",
        "<h2>Necessary cookies</h2><h3>List of cookies</h3>END.",
        "<h2>Necessary cookies</h2><h3>Session</h3>END.",
        "<h2>Marketing</h2><p>x.</p><button>Necessary cookies</button>END.",
        "<h2>Chat</h2>TABLE<h2>Essential cookies</h2>END.",
    ] {
        let html = html.replace("TABLE", ROWS);
        assert!(matches!(need(&html), Need::Exempt | Need::Doubtful(_)), "{html}");
        if !html.contains("Marketing") {
            assert_eq!(need(&html), Need::Exempt, "{html}");
        }
    }
}

#[test]
fn a_title_that_is_not_understood_ends_the_exemption() {
    for html in [
        "<h2>Necessary cookies</h2>TABLE<p><b>Videos</b></p>END.",
        "<h2>Necessary cookies</h2>TABLE<p>Chat</p>END.",
        "<h2>Necessary cookies</h2><h3>Maps</h3>END.",
        "<h2>Necessary cookies</h2><details><summary>Newsletter</summary>END.",
        "<h2>Necessary cookies</h2>TABLE<button>Podcasts</button>END.",
        "<h2>Necessary cookies</h2>TABLE<p><a href=#x>Forum</a></p>END.",
        "<h2>Necessary cookies</h2><p><b>Videos</b>: they are played here.</p>END.",
        "<h2>Necessary cookies</h2><div role=tabpanel>END.",
        "<details><summary>Necessary cookies</summary></details>END.",
        "<fieldset><legend>Necessary cookies</legend>x</fieldset>END.",
        "<section><h2>Necessary cookies</h2>TABLE</section>END.",
        "<div><h2>Necessary cookies</h2>TABLE</div>END.",
        "<section><h2>Necessary cookies</h2><p>They are needed.</p></section>END.",
    ] {
        let html = html.replace("TABLE", ROWS);
        assert!(matches!(need(&html), Need::Doubtful(_)), "{html}: {:?}", need(&html));
    }
}

#[test]
fn a_sentence_under_a_title_counts() {
    for html in [
        "<h2>Necessary cookies</h2><p>These cookies require your consent.</p>END.",
        "<h2>Cookies nécessaires</h2><p>Ces cookies nécessitent votre consentement.</p>END.",
        "<h2>Notwendige Cookies</h2><p>Sie werden nur mit Ihrer Einwilligung gesetzt.</p>END.",
        "<h2>Necessary cookies</h2>TABLE<p>We also use these cookies:</p>END.",
        "<h2>Necessary cookies</h2>TABLE<p>Die weiteren Cookies sind:</p>END.",
    ] {
        let html = html.replace("TABLE", ROWS);
        assert!(matches!(need(&html), Need::Doubtful(_)), "{html}: {:?}", need(&html));
    }
}

#[test]
fn links_labels_and_menus_are_no_titles() {
    for html in [
        "<p><a href=#n>Necessary cookies</a></p>END.",
        "<label>Necessary cookies</label>END.",
        "<button>Statistics</button><button>Necessary cookies</button>END.",
        "<p><b>Statistics:</b> they count.</p><p><b>Necessary cookies:</b> they are needed.</p>END.",
        "<button role=tab>Necessary cookies</button>END.",
        "<p>Mandatory fields</p>END.",
    ] {
        assert_ne!(need(html), Need::Exempt, "{html}");
    }
}

#[test]
fn harmless_titles_are_made_of_known_words() {
    for title in [
        "List of cookies", "Toujours actif", "Immer aktiv", "Session", "Gestion du consentement", "WordPress", "3",
        "Note",
    ] {
        assert!(is_neutral(title), "{title}");
    }
    for title in [
        "Chat", "Vidéos", "Session replay", "Consent required", "Google", "Cookies tiers", "Functional cookies",
        "Optional",
    ] {
        assert!(!is_neutral(title), "{title}");
    }
}

#[test]
fn the_path_to_the_page_is_no_title() {
    for path in ["Home &gt; Legal &gt; Chat", "Accueil › Mentions › Chat", "Startseite » Chat"] {
        assert_eq!(need(&format!("<h2>Necessary cookies</h2><p>{path}</p>END.")), Need::Exempt, "{path}");
    }
    assert!(matches!(need("<h2>Necessary cookies</h2><p>Chat</p>END."), Need::Doubtful(_)));
}

#[test]
fn a_bold_line_between_empty_lines_is_a_title() {
    let html = "<h2>Cookies</h2>Some are used.<br><br><b>Necessary cookies</b><br>";
    assert_eq!(need(&format!("{html}{ROWS}<p>END.</p>").replace(ROWS, "<p>END.</p>")), Need::Exempt);
}

#[test]
fn functional_cookies_are_exempt_if_the_page_says_so_of_the_kind() {
    let rows = "<h2>Cookies in use</h2><h3>Functional</h3>END.";
    let kinds = [
        (
            "Technical or functional cookies",
            "Some parts work with them. We may place these cookies without your consent.",
        ),
        ("Cookies techniques ou fonctionnels", "Ils aident. Nous pouvons placer ces cookies sans votre consentement."),
        ("Technische oder funktionelle Cookies", "Wir dürfen diese Cookies ohne deine Einwilligung platzieren."),
        ("Cookies técnicas o funcionales", "Podemos colocar estas cookies sin tu consentimiento."),
        ("Technische of functionele cookies", "Wij mogen deze cookies plaatsen zonder jouw toestemming."),
        ("Cookie tecnici o funzionali", "Possiamo inserire questi cookie senza il tuo consenso."),
    ];
    for (title, text) in kinds {
        let page = format!("<h2>Cookies</h2><h3>{title}</h3><p>{text}</p>{rows}");
        assert_eq!(need(&page), Need::Exempt, "{title}");
    }
    for (title, text) in [
        ("Functional cookies", "We place these cookies with your consent."),
        ("Functional cookies", "They make visits easier."),
        ("Statistics cookies", "We may place these cookies without your consent."),
        ("Functional and statistics cookies", "We may place these cookies without your consent."),
    ] {
        let page = format!("<h2>Cookies</h2><h3>{title}</h3><p>{text}</p>{rows}");
        assert_ne!(need(&page), Need::Exempt, "{title}: {text}");
    }
}

#[test]
fn a_title_that_only_begins_as_a_neutral_one_ends_the_exemption() {
    let under = |title: &str| need(&format!("<h2>Necessary cookies</h2><h3>{title}</h3>END."));
    for title in ["Select your preferences by partner", "Strumenti di Tracciamento di prima parte"] {
        assert_eq!(under(title), Need::Exempt, "{title}");
    }
    for title in ["Gestion des cookies de préférences", "Manage preference cookies", "Prima visita", "La prima volta"]
    {
        assert_ne!(under(title), Need::Exempt, "{title}");
    }
}

#[test]
fn what_frees_functional_cookies_frees_none_under_a_title_of_consent() {
    let kind = "<h2>Functional cookies</h2><p>We may place these cookies without your consent.</p>";
    let under = |title: &str| need(&format!("{kind}<h2>{title}</h2><h3>Functional</h3>END."));
    assert_eq!(under("Cookies in use"), Need::Exempt);
    for title in ["With your consent", "Optional", "Advertising", "Cookies that need consent"] {
        assert_ne!(under(title), Need::Exempt, "{title}");
    }
}

#[test]
fn an_exemption_may_cite_the_law_or_say_that_nobody_asks() {
    for html in [
        "<h2>Cookies strictement nécessaires (exemptés de consentement au titre de l'article 82 de la loi Informatique et Libertés)</h2>END.",
        "<h2>Unbedingt erforderlich (§ 25 Abs. 2 TDDDG, einwilligungsfrei)</h2>END.",
        "<h2>a) Cookies técnicas (exceptuadas del deber de obtener el consentimiento)</h2>END.",
        "<h2>Cookies necesarias</h2><p>No es preciso recabar su consentimiento.</p>END.",
        "<h2>Cookie necessari</h2><p>Per questi non ti chiediamo il consenso.</p>END.",
        "<h2>Necessary cookies</h2><p>We do not ask for your consent for these.</p>END.",
        "<p>Uw huidige toestemming: Weigeren.</p><h2>Noodzakelijk</h2><p>Uw huidige toestemming: Weigeren.</p>END.",
        "<h2>List of cookies that make our website work</h2>END.",
    ] {
        assert_eq!(need(html), Need::Exempt, "{html}");
    }
    for html in [
        "<h2>Cookies (exemptés de consentement au titre de l'article 82, sauf la vidéo)</h2>END.",
        "<h2>Cookies nécessaires au titre de l'article 82, soumis au consentement</h2>END.",
        "<h2>Cookies necesarias</h2><p>Es preciso recabar su consentimiento.</p>END.",
        "<h2>Cookie necessari</h2><p>Per questi ti chiediamo il consenso.</p>END.",
        "<h2>Necessary cookies</h2><p>We ask for your consent for these.</p>END.",
        "<h2>Necessary cookies</h2><p>We do not ask for your consent unless you are new.</p>END.",
        "<h2>List of cookies that make our website work for you</h2>END.",
        "<h2>List of cookies that make our videos work</h2>END.",
    ] {
        assert_ne!(need(html), Need::Exempt, "{html}");
    }
}

#[test]
fn a_title_that_denies_restricts_or_doubts_is_not_exempt() {
    for title in [
        "Not required cookies",
        "Cookies that aren't required",
        "Cookies non requis",
        "Niet vereiste cookies",
        "Nicht technisch bedingte Cookies",
        "Cookies that do not make our website work",
        "Cookies that make our website work and help us understand you",
        "Cookies for which we do not ask for your consent and others",
        "Cookies exempt from consent except those below",
        "Cookies ohne Einwilligung, außer bei Videos",
        "Cookies ohne Einwilligung, sofern Sie angemeldet sind",
        "Cookies zonder toestemming, tenzij u inlogt",
        "Cookies exempts de consentement à condition d'être anonymes",
        "Cookies that may be exempt from consent",
        "Cookies usually exempt from consent",
        "Cookies deleted without consent",
        "Cookies inactifs sans votre consentement",
    ] {
        assert_ne!(need(&format!("<h2>{title}</h2>END.")), Need::Exempt, "{title}");
    }
    for title in
        ["Required cookies", "Cookies exempt from consent", "Unbedingt erforderlich – kann nicht abgewählt werden"]
    {
        assert_eq!(need(&format!("<h2>{title}</h2>END.")), Need::Exempt, "{title}");
    }
}
