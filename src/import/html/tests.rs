//! Pages as authors, editors and scripts leave them.

use super::*;

fn shown(html: &str) -> Vec<String> {
    let blocks = read(html).unwrap().blocks;
    blocks.iter().map(one).collect()
}

fn one(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => format!("h{level}:{}", text.line()),
        Block::Paragraph(text) => format!("p:{}", text.line()),
        Block::Item(text) => format!("li:{}", text.line()),
        Block::Term(text) => format!("dt:{}", text.line()),
        Block::Definition(text) => format!("dd:{}", text.line()),
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
fn a_table_that_holds_a_table_only_lays_out() {
    let page = "<table><tr><td>menu</td><td><h2>Cookies</h2><table><tr><td>a</td></tr></table>after</td></tr></table>";
    assert_eq!(shown(page), ["p:menu", "h2:Cookies", "table():a", "p:after"]);
}

#[test]
fn what_nobody_reads_is_left_out() {
    let page = "<p>a<script>var x = '<table>';</script><style>p{}</style><!-- <p>z --><span hidden>h</span><sup>1</sup></p>\
                <table><tr><td>b<tr style='display: none'><td>c<td>d<tr><td>e</table><div style='display:none'>modal</div>";
    assert_eq!(shown(page), ["p:a", "table():b/e", "p:modal"]);
    assert_eq!(shown("<ul><li hidden>a<li>b</ul><p style=display:none>c<p>d"), ["li:b", "p:d"]);
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
    let clues = read(page).unwrap().clues;
    assert_eq!(clues.language.as_deref(), Some("fr-FR"));
    assert_eq!(clues.host.as_deref(), Some("data.example.fr"));
    assert_eq!(clues.frames, ["frame.example.org"]);
    assert_eq!(host("mailto:a@b.fr"), None);
    assert_eq!(host("https://localhost/"), None);
}

#[test]
fn depth_is_bounded() {
    let deep = "<div>".repeat(10_000) + "<table><tr><td>a</table>" + &"<b><ul><li>".repeat(10_000);
    assert_eq!(shown(&deep), ["table():a"]);
    assert!(matches!(read(&"<table><tr><td>".repeat(10_000)), Err(Refusal::TooDeep)));
}
