//! Pages as authors, editors and scripts leave them.

use super::*;
use crate::import::block::Control;

fn shown(html: &str) -> Vec<String> {
    let blocks = read(html).unwrap().blocks;
    blocks.iter().filter(|block| !matches!(block, Block::Open(_) | Block::Close)).map(one).collect()
}

fn one(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => format!("h{level}:{}", text.line()),
        Block::Paragraph(text) => format!("p:{}", text.line()),
        Block::Item(text) => format!("li:{}", text.line()),
        Block::Term(text) => format!("dt:{}", text.line()),
        Block::Definition(text) => format!("dd:{}", text.line()),
        Block::Control { text, control } => {
            format!("{}:{}", if *control == Control::Trigger { "button" } else { "link" }, text.line())
        }
        Block::Open(scope) => format!("{scope:?}"),
        Block::Close => "end".to_owned(),
        Block::Table(table) => {
            let row = |row: &Vec<super::super::block::Cell>| {
                row.iter().map(|cell| cell.text.line()).collect::<Vec<_>>().join("|")
            };
            let caption = table.caption.as_ref().map(Rich::line).unwrap_or_default();
            format!("table({caption}):{}", table.rows.iter().map(row).collect::<Vec<_>>().join("/"))
        }
    }
}

#[test]
fn end_tags_may_be_missing() {
    assert_eq!(
        shown("<h2>A</h2><p>b<p>c<ul><li>d<li>e</ul><dl><dt>f<dd>g</dl>"),
        ["h2:A", "p:b", "p:c", "li:d", "li:e", "dt:f", "dd:g"]
    );
    assert_eq!(shown("<table><caption>x<tr><th>a<th>b<tr><td>c<td>d</table>e"), ["table(x):a|b/c|d", "p:e"]);
    assert_eq!(shown("<tr><td>a<td>b"), ["table():a|b"]);
    assert_eq!(shown("<h2>A<table><tr><td>b"), ["h2:A", "table():b"]);
}

#[test]
fn a_table_that_contains_a_table_is_a_layout() {
    let page = "<table><tr><td>menu</td><td><h2>Cookies</h2><table><tr><td>a</td></tr></table>after</td></tr></table>";
    assert_eq!(shown(page), ["p:menu", "h2:Cookies", "table():a", "p:after"]);
}

#[test]
fn scripts_and_hidden_text_are_left_out() {
    let page = "<p>a<script>var x = '<table>';</script><style>p{}</style><!-- <p>z --><span hidden>h</span><sup>1</sup></p>\
                <table><tr><td>b<tr style='display: none'><td>c<td>d<tr><td>e</table><div style='display:none'>modal</div>";
    assert_eq!(shown(page), ["p:a", "table():b/c|d/e", "p:modal"]);
    assert_eq!(shown("<ul><li hidden>a<li>b</ul><p style=display:none>c<p>d"), ["li:a", "li:b", "p:d"]);
}

#[test]
fn tags_that_were_meant_as_text_are_text() {
    assert_eq!(shown("<td>SSESS<ID></td>"), ["table():SSESS<id>"]);
    assert_eq!(shown("<p>a<my-part class=x>b</my-part>"), ["p:ab"]);
    assert_eq!(shown("<p>m<sup>2-times-more</sup>"), ["p:m2-times-more"]);
}

#[test]
fn a_page_says_its_language_and_host() {
    let page = "<html lang=fr-FR><link rel=canonical href='https://Data.Example.fr:443/x'><iframe src='//frame.example.org/a'>";
    let metadata = read(page).unwrap().metadata;
    assert_eq!(metadata.language.as_deref(), Some("fr-FR"));
    assert_eq!(metadata.host.as_deref(), Some("data.example.fr"));
    assert_eq!(metadata.frames, ["frame.example.org"]);
    assert_eq!(host("mailto:a@b.fr"), None);
    assert_eq!(host("https://localhost/"), None);
}

#[test]
fn depth_is_bounded() {
    let deep = "<div>".repeat(10_000) + "<table><tr><td>a</table>" + &"<b><ul><li>".repeat(10_000);
    assert_eq!(shown(&deep), ["table():a"]);
    assert!(matches!(read(&"<table><tr><td>".repeat(10_000)), Err(Refusal::TooDeep)));
}

#[test]
fn containers_are_kept_and_end_with_those_around_them() {
    let scopes = |html: &str| read(html).unwrap().blocks.iter().map(one).collect::<Vec<_>>().join(" ");
    assert_eq!(scopes("<details><summary>A</summary><section>b</details>c"), "Closed h7:A Section p:b end end p:c");
    assert_eq!(
        scopes("<ul><li>a<li>b<ul><li>c</ul></ul>"),
        "Wrapper Closed li:a end Closed li:b Wrapper Closed li:c end end end end"
    );
    assert_eq!(scopes("<div>a</section></div></div>b"), "Wrapper p:a end p:b");
    assert_eq!(scopes("<div><table><tr><td></div><p>a</table>b</div>c"), "Wrapper table():a p:b end p:c");
}

#[test]
fn roles_stand_for_elements() {
    let page = "<div role=table><div role=row><span role=columnheader>A</span><span role=cell>b</span></div></div><div role=heading aria-level=3><div>C</div></div>d";
    assert_eq!(shown(page), ["table():A|b", "h3:C", "p:d"]);
    let tabs = "<ul><li role=tab id=x>One</li><li><a role=tab href='#y'>Two</a></li></ul><div role=tabpanel aria-labelledby=x>a</div>\
                <div class='tab-pane' id=y>b</div><div role=tabpanel>c</div>";
    assert_eq!(shown(tabs), ["h7:One", "p:a", "h7:Two", "p:b", "h7:[tab]", "p:c"]);
}

#[test]
fn links_and_buttons_are_controls() {
    assert_eq!(
        shown("<p><a href=#x>A</a></p><p>b <a>c</a></p><button>D</button><label>e</label>"),
        ["link:A", "p:b c", "button:D", "link:e"]
    );
    assert_eq!(shown("<h3><button>A</button></h3><div><a aria-expanded=false>B</a></div>"), ["h3:A", "button:B"]);
}

#[test]
fn hidden_and_struck_text_ends_with_its_block() {
    assert_eq!(shown("<p>a<span hidden>b<p>c<sup>1<h2>D</h2><del>e<p>f"), ["p:a", "p:c", "h2:D", "p:f"]);
}
