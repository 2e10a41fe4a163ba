//! Which texts are inserted into which elements, and that nothing else changes, in pieces of any size and for any page.

use proptest::prelude::*;
use proptest::sample::select;
use url::Url;

use super::*;
use crate::party::PAGE_HOST;

/// What is inserted into a held frame of a French page.
const FRAME: &str =
    " srcdoc=\"fr0\" sandbox=\"allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox\"";

fn rules() -> Rules {
    let held = |url: &Url| match url.host_str().unwrap_or_default().trim_end_matches('.') {
        "held.example" => Some(Held { party: Some(0) }),
        "" | PAGE_HOST | "own.example" | "granted.example" => None,
        _ => Some(Held { party: None }),
    };
    let language = |tag: &str| (tag.to_owned(), vec![format!("{tag}0"), format!("{tag}u")]);
    let placeholders = Placeholders::new(["fr", "en"].map(language)).into();
    Rules { held: Box::new(held), placeholders, address: PageAddress::new("https://own.example", "/") }
}

fn rewritten_in(pieces: &[&[u8]]) -> (Vec<u8>, Option<GaveUp>) {
    let mut rewriter = Rewriter::new(rules());
    let mut output = Vec::new();
    for piece in pieces {
        rewriter.write(piece);
        output.extend(rewriter.take());
    }
    rewriter.end();
    output.extend(rewriter.take());
    (output, rewriter.gave_up())
}

fn rewritten(page: &str) -> String {
    let (output, gave_up) = rewritten_in(&[page.as_bytes()]);
    assert_eq!(gave_up, None, "{page}");
    String::from_utf8(output).unwrap()
}

/// A page without any text that may have been inserted.
fn without_insertions(page: &[u8]) -> Vec<u8> {
    let mut page = page.to_vec();
    let frames = ["fr0", "fru", "en0", "enu"].map(|text| FRAME.replace("fr0", text));
    let inserted = frames.iter().map(String::as_str).chain([" type=\"text/plain\"", "data-octroi-"]);
    for text in inserted {
        while let Some(at) = memchr::memmem::find(&page, text.as_bytes()) {
            page.drain(at..at + text.len());
        }
    }
    page
}

#[test]
fn held_elements_are_disabled() {
    let table: &[(&str, &str)] = &[
        (
            "<script async src=\"https://held.example/a.js\" onload=x()></script>",
            "<script type=\"text/plain\" async data-octroi-src=\"https://held.example/a.js\" onload=x()></script>",
        ),
        (
            "<SCRIPT/SRC='//held.example/a.js'TYPE=module Src=/own.js>run()</SCRIPT>",
            "<SCRIPT type=\"text/plain\"/data-octroi-SRC='//held.example/a.js'data-octroi-TYPE=module data-octroi-Src=/own.js>run()</SCRIPT>",
        ),
        (
            "<svg><script xlink:href=//held.example/a.js /></svg>",
            "<svg><script type=\"text/plain\" data-octroi-xlink:href=//held.example/a.js /></svg>",
        ),
        (
            "<script type=' SpeculationRules '>{}</script>",
            "<script type=\"text/plain\" data-octroi-type=' SpeculationRules '>{}</script>",
        ),
        (
            "<link rel=preload as=image href=/a.png imagesrcset='/a.png 1x,//held.example/b.png 2x'>",
            "<link rel=preload as=image data-octroi-href=/a.png data-octroi-imagesrcset='/a.png 1x,//held.example/b.png 2x'>",
        ),
        (
            "<link href=https://other.example rel=preconnect>",
            "<link data-octroi-href=https://other.example rel=preconnect>",
        ),
        (
            "<meta http-equiv=Refresh content=\"0; url='https://held.example/'\">",
            "<meta http-equiv=Refresh data-octroi-content=\"0; url='https://held.example/'\">",
        ),
        (
            "<meta http-equiv=Refresh content=\"\u{b}0;\u{2028}\u{3000}https://held.example/\">",
            "<meta http-equiv=Refresh data-octroi-content=\"\u{b}0;\u{2028}\u{3000}https://held.example/\">",
        ),
        // Chromium reads this host, and the `url` crate does not.
        (
            "<link rel=preconnect href=https://xn--a.held.example/>",
            "<link rel=preconnect data-octroi-href=https://xn--a.held.example/>",
        ),
        (
            "<base href=https://xn--a.held.example/><link rel=preconnect href=x>",
            "<base href=https://xn--a.held.example/><link rel=preconnect data-octroi-href=x>",
        ),
    ];
    for (page, expected) in table {
        assert_eq!(rewritten(page), *expected);
        assert_eq!(without_insertions(expected.as_bytes()), page.as_bytes());
    }
}

#[test]
fn held_frames_show_a_placeholder_in_the_language_of_the_page() {
    let held = "<iframe src=//held.example/v sandbox=allow-scripts width=9>never read</iframe>";
    for (before, language) in [
        ("", "fr"),
        ("<html lang=EN>", "en"),
        ("<html lang=en-GB><html lang=fr>", "en"),
        ("<html><html lang=en>", "en"),
        ("<html lang=tlh>", "fr"),
        ("<html lang>", "fr"),
    ] {
        let frame = FRAME.replace("fr0", &format!("{language}0"));
        let expected = format!(
            "{before}<iframe{frame} data-octroi-src=//held.example/v data-octroi-sandbox=allow-scripts width=9>never read</iframe>"
        );
        assert_eq!(rewritten(&format!("{before}{held}")), expected);
    }
    let undeclared = rewritten("<iframe src=https://other.example/>");
    assert_eq!(undeclared, format!("<iframe{} data-octroi-src=https://other.example/>", FRAME.replace("fr0", "fru")));
}

/// The document that a browser shows in a frame.
fn shown(document: &str, target: &str) -> String {
    let placeholders = Placeholders::new([("fr".to_owned(), vec![document.to_owned()])]).into();
    let mut rewriter =
        Rewriter::new(Rules { placeholders, address: PageAddress::new("https://own.example:8443", target), ..rules() });
    rewriter.write(b"<iframe src=//held.example>");
    let output = String::from_utf8(rewriter.take()).unwrap();
    let (_, value) = output.split_once("srcdoc=\"").unwrap();
    attribute::read(value.split_once('"').unwrap().0.to_owned())
}

#[test]
fn the_links_of_a_placeholder_have_the_address_of_the_page() {
    let document = "<a href=\"<site>/c\"><a href=\"<page>#c\"><a href=\"&#60;page&#62;\">";
    for (target, page) in [
        ("/", "https://own.example:8443/"),
        ("/a%20b/?x=1&copy=2", "https://own.example:8443/a%20b/?x=1&copy=2"),
        ("/'\"><script>&lt;<site>", "https://own.example:8443/'\"><script>&lt;<site>"),
        (&format!("/{}", "&".repeat(1024)), "https://own.example:8443/"),
    ] {
        let shown = shown(document, target);
        let links: Vec<_> = shown.split('"').skip(1).step_by(2).map(|link| attribute::read(link.to_owned())).collect();
        assert_eq!(links, ["https://own.example:8443/c", &format!("{page}#c"), "<page>"], "{shown}");
    }
}

#[test]
fn the_number_of_placeholders_is_limited() {
    let page = "<iframe src=//held.example>x</iframe>".repeat(elements::MOST_PLACEHOLDERS + 50);
    let output = rewritten(&page);
    assert_eq!(output.matches("srcdoc").count(), elements::MOST_PLACEHOLDERS);
    assert_eq!(output.matches("data-octroi-src").count(), elements::MOST_PLACEHOLDERS + 50);
    assert_eq!(without_insertions(output.as_bytes()), page.as_bytes());
}

/// Chromium and Firefox fetch each of these, but the one with a NUL.
#[test]
fn every_spelling_of_a_held_url_is_held() {
    for src in [
        "&#104;ttp&colon;//held.example/",
        "'ht&#9;tp:&NewLine;//held.example/'",
        "\\\\held.example\\x",
        "http:////held.example",
        "//held.example./",
        "//HELD.example",
        "//held\u{3002}example/",
        "//h%65ld.example/",
        "\" //held.example/\"",
        "https://x:y@held.example:443/",
        "https:held.example/",
        "'//h\u{0}eld.example/'",
    ] {
        // No host has a NUL in its name; a URL that cannot be read is held.
        let page = format!("<script src={src}></script>");
        assert_ne!(rewritten(&page), page, "{src}");
    }
    assert_ne!(rewritten("<base href=//held.example/><script src=a.js></script>").find("text/plain"), None);
    assert_ne!(
        rewritten("<base target=x><base href='&#47;/held.example'><script src=/a.js></script>").find("text/plain"),
        None
    );
    assert_eq!(
        rewritten("<base href=/x/><base href=//held.example/><script src=a.js></script>").find("text/plain"),
        None
    );
}

#[test]
fn elements_that_are_not_held_stay_byte_for_byte() {
    let page = "<!doctype html><meta charset=utf-8><meta http-equiv=refresh content='5'>\
        <script src=/a.js></script><script src=//granted.example/a.js></script><script>var a = '<iframe src=//held.example>';</script>\
        <iframe src=https://own.example/></iframe><iframe srcdoc='<p>x' src=//held.example></iframe><iframe></iframe>\
        <link rel=canonical href=//held.example/><link rel='next me' href=/2><link href=//held.example/>\
        <img src=//held.example/a.png><a href=//held.example/>x</a><title><iframe src=//held.example></title>\
        <textarea><script src=//held.example></textarea><noscript><iframe src=//held.example></noscript>\
        <!-- <script src=//held.example> --><link rel=preload href='data:,x'>\u{e9}";
    assert_eq!(rewritten(page), page);
}

/// A tag is never serialised again: `onload/=x` are two attributes, `onload =x` is one.
#[test]
fn malformed_tags_keep_their_bytes() {
    for page in [
        "<iframe src=//held.example onload/=alert(1)>",
        "<script src=//held.example \"'<x y=`></script>",
        "<iframe/onload/=x/src=//held.example/x/>",
        "<link rel=preload href=//held.example =x>",
    ] {
        let output = rewritten(page);
        assert_ne!(output, page);
        assert_eq!(without_insertions(output.as_bytes()), page.as_bytes());
    }
}

#[test]
fn bytes_of_any_encoding_pass() {
    let page = b"<p>\xe9\xff\x00<iframe title=\"\xe9\xff\" src=//held.example></iframe>\xc3";
    let (output, gave_up) = rewritten_in(&[page]);
    assert_eq!((without_insertions(&output), gave_up), (page.to_vec(), None));
    for order in [[0xFF, 0xFE], [0xFE, 0xFF]] {
        let page = [&order[..], b"<script src=//held.example></script>"].concat();
        assert_eq!(rewritten_in(&[&page]), (page.clone(), Some(GaveUp::Encoding)));
        let (first, rest) = page.split_at(1);
        assert_eq!(rewritten_in(&[first, &[], rest]), (page.clone(), Some(GaveUp::Encoding)));
    }
}

#[test]
fn only_an_unfinished_tag_is_buffered() {
    let mut rewriter = Rewriter::new(rules());
    for (piece, left) in [
        ("hello <ifra", "hello "),
        ("me src=//held.exam", ""),
        ("ple>x", &format!("<iframe{FRAME} data-octroi-src=//held.example>x")),
        ("</iframe><!-- a comment", "</iframe><!-- a comment"),
        (" goes on --><p title='a tag of no", " goes on --><p title='a tag of no"),
        (" account'>", " account'>"),
    ] {
        rewriter.write(piece.as_bytes());
        assert_eq!(String::from_utf8(rewriter.take()).unwrap(), left, "{piece}");
    }
}

#[test]
fn hostile_pages_stay_whole() {
    let held = "<script src=//held.example/></script>";
    for (page, why) in [
        ("<div>".repeat(20_000) + held, Some(GaveUp::Memory)),
        (format!("{held}<iframe src={}", "a".repeat(2 * MEMORY)), Some(GaveUp::Memory)),
        (format!("<p title='{}'>{held}", "a".repeat(2 * MEMORY)), None),
        (format!("<!--{}-->{held}", "a".repeat(2 * MEMORY)), None),
        (format!("<script>{}</script>{held}", "a".repeat(2 * MEMORY)), None),
        ("<template>".repeat(300) + held, None),
        ("<svg><math>".repeat(300) + held, None),
        ("<select><option>".repeat(300) + held, None),
        (format!("<table><select><xmp>{held}"), None),
        ("<".repeat(MEMORY), None),
    ] {
        let pieces: Vec<_> = page.as_bytes().chunks(16 << 10).collect();
        let (output, gave_up) = rewritten_in(&pieces);
        assert_eq!(gave_up, why, "{}", &page[..30.min(page.len())]);
        assert_eq!(without_insertions(&output), page.as_bytes());
    }
}

const PARTS: &[&str] = &[
    "<script src=//held.example/a.js>",
    "</script>",
    "<iframe src='//held.example/'",
    " sandbox",
    ">",
    "</iframe>",
    "<link rel=preload href=//held.example>",
    "<meta http-equiv=refresh content='0;//held.example'>",
    "<base href=//held.example>",
    "<html lang=en>",
    "<svg>",
    "</svg>",
    "<template>",
    "<select>",
    "<table>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<plaintext>",
    "<noscript>",
    "</noscript>",
    "<a href=x",
    "\"",
    "'",
    "<",
    "</",
    "&",
    "\u{e9}",
    "\0",
    "text",
];

proptest! {
    #[test]
    fn any_pieces_give_the_same_bytes(parts in proptest::collection::vec(select(PARTS), 0..24), size in 1..9_usize) {
        let page = parts.concat();
        let (whole, _) = rewritten_in(&[page.as_bytes()]);
        let pieces: Vec<_> = page.as_bytes().chunks(size).collect();
        prop_assert_eq!(&rewritten_in(&pieces).0, &whole);
        prop_assert_eq!(without_insertions(&whole), page.as_bytes());
    }

    #[test]
    fn any_bytes_stay_whole(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(without_insertions(&rewritten_in(&[&bytes]).0), bytes);
    }

    /// If the rewriter gives up, at any byte, the rest is unchanged.
    #[test]
    fn giving_up_anywhere_leaves_a_whole_page(parts in proptest::collection::vec(select(PARTS), 0..24), at in any::<prop::sample::Index>()) {
        let page = parts.concat().into_bytes();
        let (first, rest) = page.split_at(if page.is_empty() { 0 } else { at.index(page.len()) });
        let mut rewriter = Rewriter::new(rules());
        rewriter.write(first);
        // A tag that never ends exceeds the memory limit.
        let endless = [b"\"'><iframe src=".to_vec(), vec![b'a'; MEMORY]].concat();
        rewriter.write(&endless);
        rewriter.write(rest);
        rewriter.end();
        let expected = [first, &endless[..], rest].concat();
        prop_assert_eq!(without_insertions(&rewriter.take()), expected);
    }
}
