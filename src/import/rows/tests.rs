//! Rows of parts of pages, as the draft has them: what is exempt, and what is said of it.

mod tools;

use crate::charter::Need;
use crate::import::{Draft, Form, Options, import};

fn draft(page: &str, form: Form) -> Draft {
    let site = Some("www.example.fr".to_owned());
    let options = Options { site, form: Some(form), language: Some("en".to_owned()), ..Options::default() };
    import(page.as_bytes(), &options).unwrap_or_else(|refusal| panic!("{refusal}: {page}"))
}

/// Each cookie with its lifetime; those that are exempt with a `!`.
fn told(draft: &Draft) -> Vec<String> {
    let is_exempt = |id: &Option<String>| {
        let category = draft.document.category.iter().find(|category| category.id == *id);
        category.is_some_and(|category| category.consent == Some(Need::Exempt))
    };
    let cookies = draft.document.cookie.iter().map(|cookie| {
        let name = cookie.name.as_ref().or(cookie.glob.as_ref()).or(cookie.prefix.as_ref()).unwrap();
        let mark = if is_exempt(&cookie.category) { "!" } else { "" };
        format!("{mark}{name} {}", cookie.lifetime.as_deref().unwrap_or_default()).trim_end().to_owned()
    });
    cookies.collect()
}

fn html(part: &str) -> Vec<String> {
    told(&draft(&format!("<h2>Strictly necessary cookies</h2>{part}"), Form::Html))
}

fn markdown(part: &str) -> Vec<String> {
    told(&draft(&format!("## Strictly necessary cookies\n\n{part}"), Form::Markdown))
}

#[test]
fn what_stands_within_an_item_belongs_to_it() {
    let shapes: [fn(&str) -> String; 8] = [
        |text| format!("<ul><li>zz_reg<ul><li>{text}</li></ul></li></ul>"),
        |text| format!("<ul><li>zz_reg<ul><li>Purpose: {text}</li></ul></li></ul>"),
        |text| format!("<ul><li>zz_reg<p>{text}</p></li></ul>"),
        |text| format!("<ul><li>zz_reg<div>{text}</div></li></ul>"),
        |text| format!("<ul><li>zz_reg<dl><dt>Purpose<dd>{text}</dl></li></ul>"),
        |text| format!("<dl><dt>zz_reg<dd><ul><li>{text}</li></ul></dl>"),
        |text| format!("<ul><li>zz_reg</li></ul><p>{text}</p>"),
        |text| format!("<h3>zz_reg</h3><p>{text}</p>"),
    ];
    for shape in shapes {
        assert_eq!(html(&shape("Targeted advertising")), ["zz_reg"], "{}", shape(""));
        assert_eq!(html(&shape("Keeps you logged in")), ["!zz_reg"], "{}", shape(""));
    }
    for shape in ["- zz_reg\n  - TEXT\n", "- zz_reg\n\n  TEXT\n", "- zz_reg\n  - Purpose: TEXT\n- ok_s\n"] {
        let with = |text: &str| markdown(&shape.replace("TEXT", text)).remove(0);
        assert_eq!(with("Targeted advertising"), "zz_reg", "{shape}");
        assert_eq!(with("Keeps you logged in"), "!zz_reg", "{shape}");
    }
}

#[test]
fn a_word_within_an_item_is_no_cookie() {
    assert_eq!(html("<ul><li>ok_s<ul><li>session</li></ul></li></ul>"), ["!ok_s session"]);
    assert_eq!(html("<dl><dt>ok_s<dd>session<dd>1 year</dl>"), ["!ok_s 1 year"]);
}

#[test]
fn a_sentence_about_the_session_is_no_lifetime() {
    for (text, lifetime) in [("Keeps your session.", "30 days"), ("Counts for your banking session", "30 days")] {
        let row = html(&format!("<dl><dt>abc_s<dd>{text}<dd>Lasts 30 days</dl>"));
        assert_eq!(row[0].trim_start_matches('!'), format!("abc_s {lifetime}"), "{text}");
    }
    assert_eq!(html("<dl><dt>abc_s<dd>Keeps your session.</dl>"), ["!abc_s"]);
    assert_eq!(html("<dl><dt>abc_s<dd>Keeps your login until you close the browser.</dl>"), ["!abc_s session"]);
}

/// A value in the place of a value is one, whatever words it has.
#[test]
fn a_value_that_has_a_word_of_a_label_is_no_label() {
    let values = ["Never Expires", "Does not expire", "No expiry", "Provider: us", "Unbegrenzte Laufzeit"];
    for value in values.into_iter().chain(["Verloopt nooit", "Sin caducidad", "Nessuna scadenza", "N'expire jamais"]) {
        let card = |name: &str, lifetime: &str, purpose: &str| {
            format!(
                "<ul><li><div>Cookie</div><div>{name}</div></li><li><div>Duration</div><div>{lifetime}</div></li>\
                 <li><div>Description</div><div><p>{purpose}</p></div></li></ul>"
            )
        };
        let cards = card("vis_uid", value, "Counts visitors") + &card("sess_1", "1 year", "Keeps you logged in");
        assert_eq!(html(&cards), ["vis_uid", "!sess_1 1 year"], "{value}");
    }
}

#[test]
fn labels_and_values_may_be_elements_side_by_side() {
    for (open, close) in [("<span>", "</span><span>"), ("<strong>", "</strong> "), ("<b>", "</b><em>")] {
        let field = |label: &str, value: &str| format!("<p>{open}{label}{close}{value}</p>");
        let card = |name: &str, purpose: &str| {
            format!("<div><div>{name}</div>{}{}</div>", field("Purpose", purpose), field("Duration", "1 year"))
        };
        let cards = card("SERVERID", "Load balancing") + &card("sid", "Counts visitors");
        assert_eq!(html(&cards), ["!SERVERID 1 year", "sid 1 year"], "{open}");
    }
    let pairs =
        "<div><span>Name</span><span>vis_uid</span></div><div><span>Purpose</span><span>Counts visitors</span></div>";
    assert_eq!(html(pairs), ["vis_uid"]);
}

#[test]
fn a_card_that_is_not_wholly_read_is_not_exempt() {
    let card =
        |more: &str| format!("<div><div>Name</div><div>vis_uid</div><div>Duration</div><div>1 year</div>{more}</div>");
    assert_eq!(html(&card("")), ["!vis_uid 1 year"]);
    assert_eq!(html(&card("<div>Purpose</div><div></div>")), ["vis_uid 1 year"]);
    assert_eq!(html(&card("<p>Data is shared with advertisers.</p>")), ["vis_uid 1 year"]);
    let heading = "<h3>WordPress</h3><p>These cookies are set only with your consent.</p>";
    assert_eq!(html(&format!("{heading}<table><tr><th>Name<th>Purpose<tr><td>wp_x<td>Login</table>")), ["wp_x"]);
}

#[test]
fn a_row_with_one_text_may_describe_the_row_above_it() {
    let table = |first: &str, second: &str| {
        let row = |name: &str, text: &str| format!("<tr><td>{name}<td>1 year<tr><td colspan=2>{text}");
        format!("<table><tr><th>Name<th>Duration{}{}</table>", row("zz_a", first), row("zz_b", second))
    };
    assert_eq!(html(&table("Counts visitors", "Keeps you logged in")), ["zz_a 1 year", "!zz_b 1 year"]);
}

#[test]
fn text_that_is_no_name_declares_nothing() {
    let table = |name: &str| {
        html(&format!("<table><tr><th>Name<th>Duration<tr><td>ok_s<td>1 day<tr><td>{name}<td>1 year</table>"))
    };
    assert_eq!(table("Session cookie"), ["!ok_s 1 day"]);
    assert_eq!(table("sid_1<br><small>session</small>"), ["!ok_s 1 day", "!sid_1 1 year"]);
    assert_eq!(table("<span>foo_id</span><span>bar_id</span>").len(), 3);
    let headed = "| Cookie name | Purpose | Expires* |\n|--|--|--|\n| ok_s | Login | 1 day |\n";
    assert_eq!(markdown(headed), ["!ok_s 1 day"]);
}

#[test]
fn what_is_kept_in_the_storage_is_no_cookie() {
    let rows = |heading: &str, head: &str, kind: &str, purpose: &str| {
        let part = format!(
            "{heading}<table><tr><th>Name<th>{head}<th>Purpose<tr><td>ok_s<td>Cookie<td>Login\
            <tr><td>ls_theme<td>{kind}<td>{purpose}</table>"
        );
        draft(&format!("<h2>Strictly necessary cookies</h2>{part}"), Form::Html)
    };
    for head in ["Storage", "Stockage", "Technologie", "Support", "Art der Speicherung", "Opslag", "Tecnología", "Qzx"]
    {
        let draft = rows("", head, "Local storage", "Font");
        assert_eq!((told(&draft).len(), draft.stored.as_slice()), (1, &["`ls_theme`".to_owned()][..]), "{head}");
    }
    let said = rows("", "Type", "", "Kept in local storage: the font");
    assert_eq!((told(&said).len(), said.stored.len()), (1, 1));
    let list =
        "<h2>Strictly necessary cookies</h2><ul><li>ok_s: login</ul><h2>Local storage</h2><ul><li>ls_a: font</ul>";
    assert_eq!(draft(list, Form::Html).stored, ["`ls_a`"]);
    let table = "## Necessary cookies\n\n- ok_s: login\n\n## Stockage local\n\n| Clé (localStorage) | Finalité |\n|--|--|\n| theme | Login |\n";
    assert_eq!(draft(table, Form::Markdown).stored, ["`theme`"]);
}

#[test]
fn a_name_that_is_seen_and_not_read_is_reported() {
    let page = "<h2>Cookies</h2><ul><li>ok_s: login</ul><h2>More</h2><div>zz_lost</div><table><tr><td>1<td>2</table>";
    let draft = draft(page, Form::Html);
    assert!(draft.decisions.iter().any(|decision| decision.message.contains("zz_lost")), "{:?}", draft.decisions);
}

#[test]
fn a_text_within_a_card_belongs_to_it() {
    let card = |name: &str, more: &str| {
        format!("<div><div>Name</div><div>{name}</div><div>Purpose</div><div>Login</div>{more}</div>")
    };
    let shared = "<div>Shared with</div><div>Criteo, advertising</div>";
    let rows = html(&(card("zz_a", shared) + &card("zz_b", "<div>Language of the text</div>")));
    assert_eq!(rows, ["zz_a", "!zz_b"]);
    let heading = |text: &str| html(&format!("<h3>zz_a</h3><ul><li>{text}</li><li>1 year</li></ul>"));
    assert_eq!(
        (heading("Advertising"), heading("Login")),
        (vec!["zz_a 1 year".to_owned()], vec!["!zz_a 1 year".to_owned()])
    );
    let unknown = |value: &str| html(&format!("<dl><dt>zz_a<dd>Login<dt>Shared with<dd>{value}</dl>"));
    assert_eq!((unknown("Criteo"), unknown("nobody")), (vec!["zz_a".to_owned()], vec!["!zz_a".to_owned()]));
    let nested = |purpose: &str| html(&format!("<ul><li>zz_a<table><tr><td>Purpose<td>{purpose}</table></li></ul>"));
    assert_eq!((nested("Advertising"), nested("Login")), (vec!["zz_a".to_owned()], vec!["!zz_a".to_owned()]));
}

#[test]
fn a_title_behind_a_declaration_does_not_describe_it() {
    let title = "<p><b>Advertising cookies</b></p><ul><li>zz_b</li></ul>";
    assert_eq!(html(&format!("<ul><li>zz_a</li></ul>{title}")), ["!zz_a", "zz_b"]);
    assert_eq!(html(&format!("<h3>zz_a</h3><p>Login</p>{title}")), ["!zz_a", "zz_b"]);
}

#[test]
fn a_name_and_its_description_may_stand_side_by_side() {
    let rows = |tag: &str| {
        let row = |name: &str, purpose: &str| {
            format!("<{tag}><span>{name}</span><span>{purpose}</span><span>1 year</span></{tag}>")
        };
        html(&(row("zz_a", "Advertising") + &row("zz_b", "Login")))
    };
    for tag in ["li", "div", "p"] {
        assert_eq!(rows(tag), ["zz_a 1 year", "!zz_b 1 year"], "{tag}");
    }
}

#[test]
fn the_words_of_a_banners_tool_are_understood_above_its_cookies() {
    let under = |title: &str| {
        html(&format!("<h3>Trackers managed by third parties</h3><h4>{title}</h4><ul><li>_iub_x: 1 year</ul>"))
    };
    assert_eq!(under("iubenda Privacy Controls and Cookie Solution (iubenda srl)"), ["!_iub_x 1 year"]);
    assert_eq!(under("Zyx Chat (Zyx srl)"), ["_iub_x 1 year"]);
}

#[test]
fn what_stands_below_a_name_describes_it_in_any_shape() {
    let shapes: [fn(&str, &str) -> String; 4] = [
        |name, text| format!("<ul><li>{name}</li><ul><li>{text}</li></ul></ul>"),
        |name, text| format!("<p>{name}<br>{text}<br>1 year</p>"),
        |name, text| format!("<h3>{name}</h3><table><tr><td>Purpose<td>{text}<tr><td>Duration<td>1 year</table>"),
        |name, text| format!("<p>Name: {name}<br>Purpose: Login<br>Note: {text}</p>"),
    ];
    for (at, shape) in shapes.into_iter().enumerate() {
        let rows = html(&(shape("zz_a", "Advertising") + &shape("zz_b", "Login")));
        let is_exempt: Vec<bool> = rows.iter().map(|row| row.starts_with('!')).collect();
        assert_eq!((is_exempt, rows[1].contains("zz_b")), (vec![false, true], true), "shape {at}: {rows:?}");
    }
}

#[test]
fn cookie_may_be_the_label_of_a_name_and_a_kind() {
    let card = |name: &str, purpose: &str| {
        let field = |label: &str, value: &str| format!("<div>{label}</div><div>{value}</div>");
        field("Cookie", name) + &field("Type", "Cookie") + &field("Purpose", purpose)
    };
    assert_eq!(html(&(card("zz_a", "Advertising") + &card("zz_b", "Login"))), ["zz_a", "!zz_b"]);
}

#[test]
fn a_name_in_capitals_with_hyphens_is_no_title() {
    let list = "<dl><dt>AB-XSRF-COOKIE<dd>Login<dd>Duration: Session<dt>abAuth<dd>Login<dd>Duration: 1 day</dl>";
    assert_eq!(html(list), ["!AB-XSRF-COOKIE session", "!abAuth 1 day"]);
}

#[test]
fn a_service_in_small_letters_may_name_a_cookie_that_a_card_describes() {
    let card = |name: &str, text: &str| format!("### {name}\n\n- **Purpose:** {text}\n- **Duration:** 1 year\n\n");
    let rows = markdown(&(card("etracker", "Login") + &card("zz_b", "Login")));
    assert_eq!(rows, ["etracker 1 year", "!zz_b 1 year"]);
    let title = "### etracker\n\n| Name | Purpose |\n|---|---|\n| zz_c | Login |\n";
    assert_eq!(markdown(title), ["zz_c"], "without labels it is a title");
}

/// It is no reason to let a cookie through, but for a person to look.
#[test]
fn on_a_page_that_says_nothing_of_consent_a_decision_names_purposes_that_need_none() {
    let is_named = |titles: &str, purpose: &str| {
        let table = format!("<table><tr><th>Name<th>Purpose<tr><td>zz_a<td>{purpose}</table>");
        let draft = draft(&format!("<h1>Cookie policy</h1>{titles}{table}"), Form::Html);
        assert_eq!(told(&draft), ["zz_a"], "{titles} {purpose}");
        draft.decisions.iter().any(|decision| decision.message.contains("its purpose reads as"))
    };
    for titles in ["", "<p>We use cookies.</p>", "<h2>Cookies that we use</h2>", "<h2>Own cookies</h2>"] {
        assert!(is_named(titles, "Keeps you signed in"), "{titles}");
        assert!(!is_named(titles, "Keeps you signed in and counts visits"), "{titles}");
        assert!(!is_named(titles, "Technical cookie"), "no purpose is stated");
    }
    for titles in [
        "<h2>Chat</h2>",
        "<h2>Functional cookies</h2>",
        "<h2>Statistics</h2>",
        "<h2>Third-party cookies</h2>",
        "<h2>Cookies</h2><p>They are only set if you agree.</p>",
        "<h2>Videos of our partners in the new media library, and what else is in it</h2>",
    ] {
        assert!(!is_named(titles, "Keeps you signed in"), "{titles}");
    }
}

#[test]
fn labels_and_values_side_by_side_are_no_table() {
    let pair = |label: &str, value: &str| format!("<div><span>{label}</span><span>{value}</span></div>");
    let card = |name: &str, lifetime: &str| {
        let pairs = [("Name", name), ("Type", "Cookie"), ("Expiry", lifetime), ("Used for", "Keeps you logged in")];
        format!("<div>{}</div>", pairs.map(|(label, value)| pair(label, value)).concat())
    };
    assert_eq!(html(&(card("zzj", "1 day") + &card("zz_s", "1 year"))), ["!zzj 1 day", "!zz_s 1 year"]);
}

#[test]
fn a_name_beside_its_lifetime_is_no_lifetime_of_the_title_above() {
    let item = |name: &str, lifetime: &str| format!("<li><code>{name}</code> <span>{lifetime}</span></li>");
    let list = item("zz_ttp", "13 months") + &item("zz_b", "1 day");
    let page = format!("<h2>With your consent</h2><h3>TikTok</h3><p>Measures campaigns.</p><ul>{list}</ul>");
    assert_eq!(told(&draft(&page, Form::Html)), ["zz_ttp 13 months", "zz_b 1 day"]);
}

#[test]
fn a_table_without_headings_continues_the_last_one_only_with_names() {
    let table = "<table><tr><th>Cookie<th>Purpose<th>Duration<tr><td>zz_s<td>Keeps you logged in<td>1 day</table>";
    let hours = "<h3>Opening hours</h3><table><tr><td>Day<td>Shop<td>Bar<tr><td>Monday<td>10am<td>closed</table>";
    assert_eq!(html(&format!("{table}{hours}")), ["!zz_s 1 day"]);
}

#[test]
fn the_accessible_name_of_a_table_is_its_caption() {
    let row = |role: &str, cells: [&str; 2]| {
        let cells = cells.map(|cell| format!("<span role={role}>{cell}</span>")).concat();
        format!("<div role=row>{cells}</div>")
    };
    let rows = row("columnheader", ["Cookie", "Purpose"]) + &row("cell", ["zz_s", "Keeps you logged in"]);
    let table = |label: &str| format!("<div role=table aria-label='{label}'>{rows}</div>");
    assert_eq!(told(&draft(&table("Strictly necessary cookies"), Form::Html)), ["!zz_s"]);
    assert_eq!(html(&table("Advertising")), ["zz_s"]);
    let below = format!("<h2>Advertising</h2>{}", table("Strictly necessary cookies"));
    assert_eq!(told(&draft(&below, Form::Html)), ["zz_s"]);
}

#[test]
fn a_sentence_that_leads_on_to_the_cookies_of_its_title_exempts_them_still() {
    let list = "<ul><li>zz_s: keeps you logged in</li></ul>";
    assert_eq!(html(&format!("<p>They let you use the main features of the site:</p>{list}")), ["!zz_s"]);
    for sentence in [
        "They help us see how visitors use the site:",
        "With your agreement we also set:",
        "These are set by our partners:",
        "They also come from other companies:",
        "These other cookies are set by videos:",
    ] {
        assert_eq!(html(&format!("<p>{sentence}</p>{list}")), ["zz_s"], "{sentence}");
    }
}

#[test]
fn a_bold_word_with_a_lifetime_behind_it_is_a_name() {
    let lifetime = ["Durée : 2 mois", "Expires after 2 months.", "Duration: 2 months."];
    for lifetime in lifetime {
        let page = format!(
            "<p><strong>cart</strong><br>Keeps the basket.<br>{lifetime}</p><p><b>zz_id</b> – Login. {lifetime}</p>"
        );
        assert_eq!(html(&page), ["!cart 2 months", "!zz_id 2 months"], "{page}");
    }
    let refused = import(b"<h2>Necessary cookies</h2><p><b>Attention</b> the basket.</p>", &Options::default());
    assert!(refused.is_err());
}

#[test]
fn an_item_may_say_what_sets_a_cookie_or_an_entry_of_the_storage() {
    let items = "<ul><li>TYPO3: Cookie <code>fe_u</code>, keeps your login.<li>Map: Local Storage <code>zz_l</code>, the place.\
                 <li>Statistics of Matomo: Cookies <code>zz_a*</code> and <code>zz_b*</code>, see <code>zz_c</code>.</ul>";
    assert_eq!(html(items), ["!fe_u", "zz_a*", "zz_b*"]);
}

#[test]
fn a_list_may_have_a_paragraph_below_its_title() {
    let list = |said: &str| {
        let item = "<ul><li><code>zz_s</code> keeps your login.</li></ul>";
        let page = format!("<h2>Services</h2><ul><li>Necessary cookies<p>{said}</p>{item}</li></ul>");
        told(&draft(&page, Form::Html))
    };
    assert_eq!(list("The site does not work without them."), ["!zz_s"]);
    assert_eq!(list("They are loaded only after your consent."), ["zz_s"]);
}

#[test]
fn storage_named_with_the_lifetime_is_storage() {
    let table = "<table><tr><th>Name<th>Expiry<tr><td>zz_s<td>1 day<tr><td>zz_l<td>unlimited (local storage)</table>";
    assert_eq!(html(table), ["!zz_s 1 day"]);
}

#[test]
fn the_word_before_a_name_may_be_the_kind_of_the_cookie() {
    for kind in
        ["Marketing", "Statistik", "Optional", "If you agree", "Sur consentement", "Drittanbieter", "Chat", "Maps"]
    {
        for item in
            ["KIND: Cookie <code>zz_s</code>, session", "KIND: zz_s. Session.", "KIND: zz_s", "KIND (zz_s): session"]
        {
            let item = item.replace("KIND", kind);
            let told = html(&format!("<ul><li>{item}<li>zz_z: session</ul>"));
            assert_eq!(told.last().map(String::as_str), Some("!zz_z session"), "{item}");
            let told = &told[..told.len() - 1];
            assert!(told.iter().all(|cookie| !cookie.starts_with("!zz_s")), "{item}: {told:?}");
        }
    }
    assert_eq!(html("<ul><li>TYPO3: zz_s. Session.</ul>"), ["!zz_s session"]);
}

#[test]
fn a_title_within_or_between_items_ends_the_exemption() {
    let last = |page: &str| html(page).pop().unwrap();
    for page in [
        "<ul><li>zz_z: session<li>Only with your consent:<li>zz_a: session</ul>",
        "<ul><li>zz_z: session<li>Statistics cookies<li>zz_a: session</ul>",
        "<ul><li>What we use<p><b>Third-party services</b></p><ul><li>zz_a: session</ul></li></ul>",
        "<ul><li><code>zz_z</code>: session</ul><p><b>Comfort:</b> only with your consent. Duration: 1 year</p>\
         <ul><li><code>zz_a</code>: session</ul>",
        "<dl><dt>Only with your consent<dd><table><tr><th>Name<th>Expiry<tr><td>zz_a<td>session</table></dl>",
        "<ul><li>YouTube<table><tr><th>Name<th>Expiry<tr><td>zz_a<td>session</table></ul>",
    ] {
        assert_eq!(last(page), "zz_a session", "{page}");
    }
    let within = "<ul><li>Statistics cookies<ul><li>zz_z: 1 day</ul><li>zz_a: session</ul>";
    assert_eq!(html(within), ["zz_z 1 day", "!zz_a session"]);
}
