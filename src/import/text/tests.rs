//! Texts as they are pasted and written.

use super::*;

fn shown(text: &str, is_markdown: bool) -> Vec<String> {
    let one = |block: &Block| match block {
        Block::Heading { level, text } => format!("h{level}:{}", text.line()),
        Block::Paragraph(text) => format!("p:{}", text.plain().replace('\n', "~")),
        Block::Item(text) => format!("li:{}", text.line()),
        Block::Term(text) => format!("dt:{}", text.line()),
        Block::Definition(text) => format!("dd:{}", text.line()),
        Block::Control { .. } | Block::Open(_) | Block::Close => String::new(),
        Block::Table(table) => {
            let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.line()).collect::<Vec<_>>().join("|");
            format!("table:{}", table.rows.iter().map(row).collect::<Vec<_>>().join("/"))
        }
    };
    read(text, is_markdown).unwrap().blocks.iter().map(one).filter(|block| !block.is_empty()).collect()
}

#[test]
fn tabs_make_tables_across_blank_lines() {
    assert_eq!(
        shown("Title\n\na\tb\nc\td\n\ne\tf\nrest\nmore", false),
        ["p:Title", "table:a|b/c|d/e|f", "p:rest~more"]
    );
}

#[test]
fn markdown_is_read_as_it_is_meant() {
    let text = "# Title #\n\nSub\n---\n**Necessary:** one\ntwo\n\n- `a_b`: c\n  more\n1. d\n\nTerm\n: what\n\n| Name | Use |\n|:--|--|\n| _ga\\_\\* | a\\|b<br>c |\n\n\
                a|b\n-|-\n[x](http://y.z)|&lt;ID>&amp;[^1]\n";
    assert_eq!(
        shown(text, true),
        [
            "h1:Title", "h2:Sub", "p:Necessary: one~two", "li:a_b: c more", "li:d", "dt:Term", "dd:what",
            "table:Name|Use/_ga_*|a|b c", "table:a|b/x|<ID>&"
        ]
    );
}

#[test]
fn names_are_no_emphasis() {
    assert_eq!(shown("- _ga_* and __utma and *b*", true), ["li:_ga_* and __utma and *b*"]);
    assert_eq!(shown("SSESS<ID> <https://a.example/x>", true), ["p:SSESS<ID> https://a.example/x"]);
}

#[test]
fn a_text_is_markdown_by_its_signs() {
    assert!(is_markdown("a\n## b\n") && is_markdown("a|b\n-|-\n") && is_markdown("x `y`") && is_markdown("- a"));
    assert!(!is_markdown("a\tb\nc\td\n"));
}

#[test]
fn columns_may_be_aligned_by_blanks() {
    let text = "Name      Purpose               Lifetime\n--------  --------------------  --------\n\
                ok_s      keeps you             1 day\n          logged in\n\nrest\n";
    assert_eq!(shown(text, false), ["table:Name|Purpose|Lifetime/ok_s|keeps you logged in|1 day", "p:rest"]);
}

#[test]
fn a_numbered_line_that_stands_alone_is_a_title() {
    let text = "1. Necessary cookies\n\nThey are needed.\n\n2.1 Statistics\n\na\tb\n";
    assert_eq!(shown(text, false), ["h2:Necessary cookies", "p:They are needed.", "h3:Statistics", "table:a|b"]);
    assert_eq!(shown("1. a_b\n\n2. c_d\n\nrest", false), ["li:a_b", "li:c_d", "p:rest"]);
}

#[test]
fn an_underlined_line_is_a_title() {
    let text = "Page\n====\n\n1. Necessary\n------------\nThey are\nneeded.\n\nOthers\n------\nx\n";
    assert_eq!(shown(text, false), ["h2:Page", "h2:Necessary", "p:They are", "p:needed.", "h2:Others", "p:x"]);
    assert_eq!(shown(text, true), ["h1:Page", "h2:Necessary", "p:They are~needed.", "h2:Others", "p:x"]);
}

#[test]
fn a_star_at_the_end_of_bold_text_is_part_of_it() {
    assert_eq!(shown("**_pk_id.*** - x", true), ["p:_pk_id.* - x"]);
    assert!(read("**_pk_id.*** - x", true).unwrap().blocks[0].text().unwrap().lead().is_some());
}
