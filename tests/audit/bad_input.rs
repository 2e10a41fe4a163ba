//! Hostile, broken and cut recordings: memory stays bounded, whole entries are judged, and none passes for clean.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::command::Desk;
use crate::recording::{PORTAL, at, page, recording};

fn clean() -> Value {
    recording([page(0, PORTAL).sets("sessionid=1"), at(1, PORTAL).sends("sessionid=1")])
}

fn code(bytes: &[u8]) -> (i32, String) {
    let desk = Desk::new();
    desk.write("recording.har", bytes);
    let run = desk.run(&["recording.har", "--format", "json"]);
    (run.code, run.stderr)
}

#[test]
fn a_cut_recording_is_never_clean_wherever_it_is_cut() {
    let whole = clean().to_string();
    assert_eq!(code(whole.as_bytes()).0, 0);
    for end in (0..whole.len()).step_by(37).chain([whole.len() - 1]) {
        let (code, stderr) = code(&whole.as_bytes()[..end]);
        assert_eq!(code, 2, "cut at {end}");
        assert!(stderr.contains("recording.har"), "{stderr}");
    }
}

#[test]
fn the_whole_entries_of_a_cut_recording_are_judged() {
    let text = recording([page(0, PORTAL).sets("_ga=1; Max-Age=60"), at(1, PORTAL)]).to_string();
    let desk = Desk::new();
    desk.write("recording.har", &text.as_bytes()[..text.len() - 40]);
    let audited = desk.run(&["recording.har", "--format", "json"]).audited();
    assert_eq!(audited.findings(), ["cookie-without-consent _ga data.example.fr 0"]);
    assert_eq!((audited.code, &audited.report["summary"]["complete"]), (2, &Value::Bool(false)));
    assert!(audited.stderr.contains("cut short"), "{}", audited.stderr);
}

#[test]
fn a_file_that_is_not_a_recording_is_refused() {
    for text in [
        "",
        " ",
        "null",
        "[]",
        "{}",
        "\"log\"",
        "{\"log\":{}}",
        "{\"log\":{\"entries\":{}}}",
        "{\"log\":{\"entries\":[]}}",
        "{\"log\":{\"entries\":[1,null,\"x\",[],{}]}}",
        "<html>",
        "\u{1f}\u{8b}",
        "x",
        "{\"log\":{\"entries\":[}}",
        "{\"log\" {}}",
        "{\"log\":{\"entries\":[{},]}}",
    ] {
        assert_eq!(code(text.as_bytes()).0, 2, "{text}");
    }
    let utf16: Vec<u8> = clean().to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(code(&[b"\xff\xfe".as_slice(), &utf16].concat()).0, 2);
    let two = format!("{0}{0}", clean());
    assert_eq!(code(two.as_bytes()).0, 2, "the second is not read");
    assert_eq!(Desk::new().run(&["nowhere.har"]).code, 2);
    assert_eq!(Desk::new().run(&["."]).code, 2);
}

#[test]
fn deviations_of_producers_from_the_standard_are_read() {
    let text = clean().to_string();
    let with_nan = text.replace("\"time\":20.5", "\"time\":NaN,\"_x\":[Infinity,-Infinity,1e5,-0.0]");
    assert_ne!(text, with_nan);
    for bytes in [
        [b"\xef\xbb\xbf".as_slice(), text.as_bytes(), b"\r\n \t"].concat(),
        with_nan.into_bytes(),
        text.replace("a \\\"body\\\"", "\u{7f}\u{1}\\ud800\\u00e9\\ud83d\\ude00").into_bytes(),
        [&text.as_bytes()[..1], b"\"caf\xe9\":\"\xff\xfe\",", &text.as_bytes()[1..]].concat(),
    ] {
        let (code, stderr) = code(&bytes);
        assert_eq!(code, 0, "{stderr}");
    }
}

#[test]
fn a_repeated_key_hides_nothing() {
    let text = recording([page(0, PORTAL).sets("_ga=1; Max-Age=60")]).to_string();
    let twice = text.replace("\"redirectURL\"", "\"headers\":[],\"redirectURL\"");
    let twice = twice.replacen("\"request\":", "\"response\":{\"headers\":[]},\"request\":", 1);
    assert_ne!(text, twice);
    assert_eq!(code(twice.as_bytes()).0, 1);
    let logs = format!(
        "{{\"log\":{},\"log\":{}}}",
        &text[7..text.len() - 1],
        &clean().to_string()[7..clean().to_string().len() - 1]
    );
    assert_eq!(code(logs.as_bytes()).0, 1);
}

#[test]
fn depth_and_length_cost_no_memory() {
    let text = clean().to_string();
    let deep = format!("{}{}", "[{\"a\":".repeat(500_000), "1".to_owned() + &"}]".repeat(500_000));
    let long = "x\\\"".repeat(8 << 20);
    let hostile = text
        .replacen("\"cache\":{}", &format!("\"cache\":{{}},\"_initiator\":{deep}"), 1)
        .replacen("\"text\":\"", &format!("\"text\":\"{long}"), 1)
        .replacen("\"statusText\":\"OK\"", &format!("\"statusText\":\"OK\",\"{long}\":1"), 1);
    assert!(hostile.len() > 50 << 20);
    let desk = Desk::new();
    desk.write("recording.har", hostile.as_bytes());
    let limited =
        format!("ulimit -v 200000 && exec {} audit recording.har --charter charter.toml", env!("CARGO_BIN_EXE_octroi"));
    let run =
        std::process::Command::new("sh").args(["-c", &limited]).current_dir(desk.directory.path()).output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let unclosed = hostile.replacen("]}", "}}", 1);
    desk.write("recording.har", unclosed.as_bytes());
    assert_eq!(desk.run(&["recording.har"]).code, 2);
}

#[test]
fn cookies_longer_than_any_browser_sends_are_a_fault() {
    let endless = format!("sessionid={}", "x".repeat(300 << 10));
    let (code, stderr) = code(recording([page(0, PORTAL).sets(&endless)]).to_string().as_bytes());
    assert_eq!(code, 2);
    assert!(stderr.contains("entry 0"), "{stderr}");
}

#[test]
fn compressed_recordings_are_read_and_cut_ones_are_not_clean() {
    let text = clean().to_string();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let compressed = gzip.finish().unwrap();
    assert_eq!(code(&compressed).0, 0);
    for end in [2, 11, compressed.len() / 2, compressed.len() - 9, compressed.len() - 1] {
        assert_eq!(code(&compressed[..end]).0, 2, "cut at {end}");
    }
    let mut broken = compressed;
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    assert_eq!(code(&broken).0, 2);
}

#[test]
fn standard_input_is_read_like_a_file() {
    let text = recording([page(0, PORTAL).sets("_ga=1; Max-Age=60")]).to_string();
    let audited = Desk::new().run_with_input(&["-", "--format", "json"], text.as_bytes()).audited();
    audited.assert_findings(&["cookie-without-consent _ga data.example.fr 0"]);
    assert_eq!(Desk::new().run_with_input(&["-", "-"], text.as_bytes()).code, 2);
    assert_eq!(Desk::new().run_with_input(&["-"], b"").code, 2);
}

#[test]
fn a_charter_that_cannot_be_used_is_shown_with_its_problems() {
    let desk = Desk::with_charter("[charter]\nsite = \"data.example.fr\"\nundeclard = 1\n");
    desk.write("recording.har", clean().to_string().as_bytes());
    let run = desk.run(&["recording.har"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("charter.toml:3") && run.stderr.contains("undeclared"), "{}", run.stderr);
}

#[test]
fn a_request_whose_address_cannot_be_read_is_not_clean() {
    for url in ["[redacted]", "https://[redacted]/x", "//tracker.test/x", "https://data.example.fr:99999/x", ""] {
        let entry = at(1, PORTAL).with("/request/url", url).sends("_ga=1");
        let run = Desk::new().audit(&recording([page(0, PORTAL).sets("sessionid=1"), entry]), &[]);
        assert_eq!(run.code, 2, "{url}");
        let fault = run.report["summary"]["recordings"][0]["fault"].to_string();
        assert!(fault.contains("1 requests") && fault.contains("1 cookies") && fault.contains("entry 1"), "{fault}");
    }
}

#[test]
fn the_host_field_replaces_an_address_that_was_removed() {
    for (field, host) in [("Host", "data.example.fr"), (":authority", "data.example.fr:443")] {
        let entry = at(1, PORTAL).with("/request/url", "[redacted]").request_header(field, host).sends("_ga=1");
        let run = Desk::new().audit(&recording([page(0, PORTAL), entry]), &[]);
        run.assert_findings(&["cookie-without-consent _ga data.example.fr 1"]);
    }
    for host in ["[redacted]", "a/b", "user@data.example.fr", ""] {
        let entry = at(1, PORTAL).with("/request/url", "[redacted]").request_header("Host", host).sends("_ga=1");
        assert_eq!(Desk::new().audit(&recording([page(0, PORTAL), entry]), &[]).code, 2, "{host}");
    }
}
