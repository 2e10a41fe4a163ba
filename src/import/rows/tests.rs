//! Rows of parts of pages, as the draft has them: what is exempt, and what is said of it.

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
