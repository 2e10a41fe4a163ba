//! Cookies below the name of a tool, and purposes in words that are not known: exempt, with a question.

use super::*;

#[test]
fn what_stands_below_the_name_of_a_tool_is_the_purpose_of_its_cookies() {
    let tool = |title: &str, said: &str| {
        html(&format!("<h3>{title}</h3><p>{said}</p><table><tr><th>Name<th>Expiry<tr><td>zz_s<td>1 day</table>"))
    };
    assert_eq!(tool("Zyx", "Basket and payment."), ["!zz_s 1 day"]);
    assert_eq!(tool("Zyx", "Basket and offers that may interest you."), ["zz_s 1 day"]);
    assert_eq!(tool("Zyx", "Makes the site nicer."), ["zz_s 1 day"]);
    assert_eq!(tool("Zyx map", "Basket and payment."), ["zz_s 1 day"]);
}

#[test]
fn a_tool_is_judged_by_all_that_is_said_of_it() {
    let table = |name: &str| format!("<table><tr><th>Name<th>Expiry<tr><td>{name}<td>1 day</table>");
    let tool = |above: &str| html(&format!("{above}{}", table("zz_a"))).pop().unwrap();
    assert_eq!(tool("<h3>Zyx</h3><p>Keeps your session.</p>"), "!zz_a 1 day");
    for above in [
        "<h3>Third-party cookies</h3><h4>Zyx</h4><p>Keeps your session.</p>",
        "<h3>Comfort</h3><p>Keeps your session.</p>",
        "<h3>Gemak</h3><p>Keeps your session.</p>",
        "<h3>Zusatzdienste</h3><p>Keeps your session.</p>",
        "<h3>Zyx</h3><p>Keeps your session.</p><p>It also counts our visitors.</p>",
        "<h3>Zyx</h3><p>Keeps your session.</p><p>This tool is off by default.</p>",
    ] {
        assert_eq!(tool(above), "zz_a 1 day", "{above}");
    }
    let two = format!(
        "<h3>Zyx</h3><p>Keeps your session.</p>{}<p>Yxz watches visitors for us.</p>{}",
        table("zz_z"),
        table("zz_a")
    );
    assert_eq!(html(&two), ["!zz_z 1 day", "zz_a 1 day"]);
    let behind = "<p>Yxz watches visitors for us.</p><p>It keeps your session.</p>";
    let two = format!("<h3>Zyx</h3><p>Keeps your session.</p>{}{behind}{}", table("zz_z"), table("zz_a"));
    assert_eq!(html(&two), ["!zz_z 1 day", "zz_a 1 day"]);
    assert_eq!(tool(&format!("<h3>Zyx</h3><p>{}</p>", "Keeps your session. ".repeat(200))), "zz_a 1 day");
    let purpose = "<table><tr><th>Name<th>Purpose<tr><td>zz_a<td>Keeps the session</table>";
    assert_eq!(html(&format!("<h3>Zyx</h3><p>Zyx is a web analysis service.</p>{purpose}")), ["zz_a"]);
}

#[test]
fn a_heading_may_be_the_name_of_a_tool_if_the_purpose_needs_no_consent() {
    let page = "<html lang=en><h2>Strictly necessary cookies</h2><h3>Zyx</h3>\
                <table><tr><th>Name<th>Purpose<tr><td>x_1<td>Keeps your session open</table>";
    let draft = draft(page, Form::Html);
    assert_eq!(told(&draft), ["!x_1"]);
    let asked: Vec<&str> = draft.decisions.iter().map(|decision| decision.message.as_str()).collect();
    assert!(asked.iter().any(|message| message.contains("`x_1`") && message.contains("“Zyx”")), "{asked:?}");
}

#[test]
fn a_person_is_asked_about_a_purpose_in_words_that_are_not_known() {
    let page = "<html lang=en><h2>Strictly necessary cookies</h2>\
                <table><tr><th>Name<th>Purpose<tr><td>x_1<td>Keeps you signed in to the allotment society</table>";
    let draft = draft(page, Form::Html);
    assert_eq!(told(&draft), ["!x_1"]);
    assert!(draft.decisions.iter().any(|decision| decision.message.starts_with("`x_1` is exempt because")));
}
