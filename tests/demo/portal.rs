//! The portal without octroi: trackers are set and sent back, whatever the visitor chooses. So the tests in `octroi`, which
//! find none, are able to fail.

use std::io::{Read, Write};
use std::net::TcpStream;

use octroi::demo::Banner;
use octroi::demo::portal::Portal;

use super::tour::{Names, Record, Visitor};
use crate::support::browser::Chromium;

#[test]
fn without_octroi_every_tracker_is_set_before_any_choice() {
    let (portal, browser) = (Portal::start(0, Banner::default()).unwrap(), Chromium::start());
    let visitor = Visitor::new(&browser, portal.address(), "direct");
    visitor.tour();
    let record = visitor.record();
    let expected: Names = &(&record.charter | &record.by_header) | &record.by_script;
    let without_a_choice: Names = expected.into_iter().filter(|name| name != "cookies_preferences").collect();
    assert_eq!(visitor.jar(), without_a_choice);
    assert_eq!(record.asked, super::tour::names(["map", "video", "social", "statistics", "pixel"]));
    assert_eq!(record.received, without_a_choice);
}

#[test]
fn without_octroi_every_tracker_is_set_after_a_refusal() {
    let (portal, browser) = (Portal::start(0, Banner::default()).unwrap(), Chromium::start());
    let visitor = Visitor::new(&browser, portal.address(), "direct");
    visitor.open("/");
    visitor.choose("refuse");
    visitor.tour();
    let record = visitor.record();
    let Record { charter, by_header, by_script, .. } = &record;
    assert_eq!(visitor.jar(), &(charter | by_header) | by_script);
    assert_eq!(record.received, visitor.jar());
}

#[test]
fn a_choice_is_recorded_as_the_banner_was_filled_in() {
    let (portal, browser) = (Portal::start(0, Banner::default()).unwrap(), Chromium::start());
    let visitor = Visitor::new(&browser, portal.address(), "direct");
    visitor.open("/");
    visitor.page.click("[data-choice=customise]");
    visitor.page.click("#cookie-choices [name=matomo]");
    visitor.page.follow("[data-choice=save]");
    let choice = visitor.page.evaluate("recordedChoice()");
    let expected =
        ["ga", "matomo", "xiti", "at", "piano", "eulerian", "video", "social"].map(|key| (key, key == "matomo"));
    assert!(expected.iter().all(|(key, granted)| choice[*key] == *granted), "{choice}");
    assert_eq!(choice["functional_cookies"], true);
    assert!(choice["timestamp"].as_f64().unwrap() > 1.7e12, "{choice}: milliseconds");
    assert_eq!(visitor.page.evaluate("document.getElementById('cookie-banner').hidden"), true);
}

#[test]
fn a_form_without_its_token_is_refused() {
    let portal = Portal::start(0, Banner::default()).unwrap();
    let form = "username=demo&csrfmiddlewaretoken=guessed";
    let answer = exchange(
        &portal,
        &format!(
            "POST /login/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        ),
    );
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
    assert!(!answer.contains("sessionid="), "{answer}");
}

#[test]
fn records_come_in_pages_of_at_most_a_hundred() {
    let portal = Portal::start(0, Banner::default()).unwrap();
    let get = |query: &str| {
        let path = format!("/api/explore/v2.1/catalog/datasets/fr-en-annuaire-education/records?{query}");
        exchange(&portal, &format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"))
    };
    let page = get("limit=2&offset=40");
    let answer: serde_json::Value = serde_json::from_str(page.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(answer["results"].as_array().unwrap().len(), 2);
    assert_eq!(answer["total_count"], 68412);
    for query in ["limit=101", "limit=-2", "limit=x", "offset=9991", "limit=100&offset=9901"] {
        assert!(get(query).starts_with("HTTP/1.1 400 "), "{query}");
    }
}

#[test]
fn the_content_security_policy_ends_with_spaces() {
    let portal = Portal::start(0, Banner::default()).unwrap();
    let page = exchange(&portal, "GET /explore/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    let field = page.lines().find(|line| line.starts_with("content-security-policy: ")).unwrap();
    assert!(field.ends_with(";  "), "{field:?}");
}

#[test]
fn an_endless_export_is_sent_while_it_is_generated() {
    let portal = Portal::start(0, Banner::default()).unwrap();
    let path = "/api/explore/v2.1/catalog/datasets/fr-en-annuaire-education/exports/csv?bytes=18446744073709551615";
    let mut stream = TcpStream::connect(("127.0.0.1", portal.port())).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut read = vec![0; 4 << 20];
    stream.read_exact(&mut read).unwrap();
    assert!(read.starts_with(b"HTTP/1.1 200 OK\r\n"));
}

fn exchange(portal: &Portal, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", portal.port())).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
