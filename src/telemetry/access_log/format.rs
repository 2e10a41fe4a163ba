//! One record as one line: JSON, also with the keys of ECS, or the common log format of NCSA's httpd (the combined one, if browsers are told of).
//!
//! No byte of a request can end a line or open a field, and nothing after a `?` is ever written.

use std::fmt::Arguments;
use std::io::Write;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use http::Version;
use jiff::Timestamp;
use serde::Serialize;

use super::{CookieCounts, Record, ecs};

/// How a record is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line; its keys keep their order.
    #[default]
    Json,
    /// As `Json`, with the keys of the Elastic Common Schema.
    Ecs,
    /// `client - - [date] "METHOD path VERSION" status bytes`, and `"referer" "user agent"` if either is asked for.
    Common,
    /// Nothing is written.
    Off,
}

/// Appends the line of a record.
pub(super) fn write_line(format: Format, record: &Record, line: &mut Vec<u8>) {
    match format {
        Format::Json => write_json(record, line),
        Format::Ecs => ecs::write(record, line),
        Format::Common => write_common(record, line),
        Format::Off => {}
    }
}

/// The keys, in their order. `time` is RFC 3339 in UTC to the millisecond; what is not known is `null`.
#[derive(Serialize)]
struct Json<'a> {
    time: Arguments<'a>,
    site: &'a str,
    client: Option<IpAddr>,
    method: &'a str,
    path: &'a str,
    protocol: &'static str,
    status: u16,
    bytes: u64,
    duration_ms: f64,
    upstream_ms: Option<f64>,
    endpoint: Option<&'a str>,
    request_id: &'a str,
    trace_id: Option<&'a str>,
    termination: &'static str,
    reason: Option<&'static str>,
    consent: &'static str,
    enforcement: Option<&'static str>,
    cookies: CookieCounts,
    set_cookies: CookieCounts,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referer: Option<&'a str>,
}

fn write_json(record: &Record, line: &mut Vec<u8>) {
    let browser = record.browser.as_deref();
    let json = Json {
        time: format_args!("{:.3}", timestamp(record.time)),
        site: &record.site,
        client: record.client,
        method: record.method.as_str(),
        path: without_query(&record.path),
        protocol: protocol(record.version),
        status: record.status,
        bytes: record.bytes,
        duration_ms: milliseconds(record.duration),
        upstream_ms: record.upstream_duration.map(milliseconds),
        endpoint: record.endpoint.as_deref(),
        request_id: &record.request_id,
        trace_id: record.trace_id.as_deref(),
        termination: record.termination,
        reason: record.reason,
        consent: record.consent,
        enforcement: record.enforcement,
        cookies: record.cookies,
        set_cookies: record.set_cookies,
        user_agent: browser.and_then(|browser| browser.user_agent.as_deref()),
        referer: browser.and_then(|browser| browser.referer.as_deref()),
    };
    write_object(&json, line);
}

/// Appends an object as a line. One that cannot be written leaves no trace of itself.
pub(super) fn write_object(object: &impl Serialize, line: &mut Vec<u8>) {
    let start = line.len();
    match serde_json::to_writer(&mut *line, object) {
        Ok(()) => line.push(b'\n'),
        Err(_) => line.truncate(start),
    }
}

fn write_common(record: &Record, line: &mut Vec<u8>) {
    let date = timestamp(record.time).strftime("%d/%b/%Y:%H:%M:%S +0000");
    // Writing into memory does not fail.
    let _ = match record.client {
        Some(client) => write!(line, "{client} - - [{date}] \""),
        None => write!(line, "- - - [{date}] \""),
    };
    escape(record.method.as_str(), line);
    line.push(b' ');
    escape(without_query(&record.path), line);
    let _ = write!(line, " {}\" {} {}", protocol(record.version), record.status, record.bytes);
    if let Some(browser) = &record.browser {
        for text in [&browser.referer, &browser.user_agent] {
            line.extend_from_slice(b" \"");
            // The words of a name stay apart, as log analysers read them.
            for (index, word) in text.as_deref().unwrap_or("-").split(' ').enumerate() {
                line.extend_from_slice(if index == 0 { b"" } else { b" " });
                escape(word, line);
            }
            line.push(b'"');
        }
    }
    line.push(b'\n');
}

/// Quotes, backslashes and every byte that is no visible ASCII, as httpd escapes them.
fn escape(text: &str, line: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => line.extend_from_slice(&[b'\\', byte]),
            0x21..=0x7e => line.push(byte),
            _ => drop(write!(line, "\\x{byte:02x}")),
        }
    }
}

/// A query may hold anything that a visitor typed.
pub(super) fn without_query(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

/// A time that the calendar does not reach is written as the nearest one that it does.
pub(super) fn timestamp(time: SystemTime) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(if time < SystemTime::UNIX_EPOCH { Timestamp::MIN } else { Timestamp::MAX })
}

/// To the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

fn protocol(version: Version) -> &'static str {
    match version {
        Version::HTTP_09 => "HTTP/0.9",
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2.0",
        Version::HTTP_3 => "HTTP/3.0",
        _ => "HTTP/1.1",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::telemetry::access_log::tests::record;

    fn line(format: Format, record: &Record) -> String {
        let mut line = Vec::new();
        write_line(format, record, &mut line);
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn json_has_these_keys_in_this_order() {
        let expected = concat!(
            r#"{"time":"2026-11-23T10:20:30.456Z","site":"data.example.fr","client":"192.0.2.7","method":"GET","#,
            r#""path":"/explore/","protocol":"HTTP/1.1","status":200,"bytes":1234,"duration_ms":12.345,"upstream_ms":10.0,"#,
            r#""endpoint":"portal:443","request_id":"0a1b","trace_id":null,"termination":"ok","reason":null,"consent":"none","enforcement":"enforce","#,
            r#""cookies":{"passed":2,"amended":0,"dropped":1},"set_cookies":{"passed":1,"amended":0,"dropped":3}}"#,
            "\n"
        );
        assert_eq!(line(Format::Json, &record()), expected);
    }

    #[test]
    fn common_is_what_log_analysers_read() {
        let expected = "192.0.2.7 - - [23/Nov/2026:10:20:30 +0000] \"GET /explore/ HTTP/1.1\" 200 1234\n";
        assert_eq!(line(Format::Common, &record()), expected);
        let unknown = Record { client: None, version: Version::HTTP_2, ..record() };
        assert!(line(Format::Common, &unknown).starts_with("- - - [23/Nov/2026:"));
        assert!(line(Format::Common, &unknown).contains("HTTP/2.0\""));
    }

    #[test]
    fn common_escapes_what_could_forge_a_line() {
        let forged = Record { path: "/\"\r\n\\\u{e9} \u{1b}[0m".to_owned(), ..record() };
        let escaped = r#""GET /\"\x0d\x0a\\\xc3\xa9\x20\x1b[0m HTTP/1.1""#;
        assert!(line(Format::Common, &forged).contains(escaped));
    }

    #[test]
    fn what_is_told_of_browsers_comes_last_and_cannot_forge_a_line() {
        use http::header::{HeaderMap, HeaderValue, REFERER, USER_AGENT};

        let told = |user_agent, referer| {
            let fields = HeaderMap::from_iter([
                (USER_AGENT, HeaderValue::from_static("Mozilla/5.0 (X11) \"x\"\t")),
                (REFERER, HeaderValue::from_static("https://a.test/?zz9-secret")),
            ]);
            Record { browser: super::super::BrowserFields { user_agent, referer }.read(&fields), ..record() }
        };
        let json = line(Format::Json, &told(true, true));
        assert!(
            json.ends_with("},\"user_agent\":\"Mozilla/5.0 (X11) \\\"x\\\"\\t\",\"referer\":\"https://a.test/\"}\n"),
            "{json}"
        );
        let json = line(Format::Json, &told(false, true));
        assert!(!json.contains("user_agent") && json.contains("\"referer\""), "{json}");
        let common = line(Format::Common, &told(true, true));
        assert!(common.ends_with(" 200 1234 \"https://a.test/\" \"Mozilla/5.0 (X11) \\\"x\\\"\\x09\"\n"), "{common}");
        assert!(line(Format::Common, &told(true, false)).contains(" 1234 \"-\" \"Mozilla"));
    }

    #[test]
    fn off_writes_nothing() {
        assert_eq!(line(Format::Off, &record()), "");
    }

    #[test]
    fn times_beyond_the_calendar_are_written_all_the_same() {
        let far = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(u64::MAX / 4)).unwrap();
        assert!(line(Format::Json, &Record { time: far, ..record() }).contains("\"time\":\"9999-"));
    }

    proptest! {
        #[test]
        fn no_query_is_ever_written(path in "/[a-z]{0,8}", query in "[?#]\\PC*") {
            let record = Record { path: format!("{path}{query}zz9-secret"), ..record() };
            for format in [Format::Json, Format::Ecs, Format::Common] {
                prop_assert!(!line(format, &record).contains("zz9-secret"));
            }
        }

        #[test]
        fn json_gives_any_text_back(site in any::<String>(), path in any::<String>(), id in any::<String>()) {
            let written = Record { site: site.as_str().into(), path: path.clone(), request_id: id.clone(), ..record() };
            let line = line(Format::Json, &written);
            prop_assert_eq!(line.matches('\n').count(), 1);
            let read: Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(&read["site"], &site);
            prop_assert_eq!(&read["path"], without_query(&path));
            prop_assert_eq!(&read["request_id"], &id);
        }

        #[test]
        fn common_is_one_line_of_ascii_with_two_bare_quotes(path in any::<String>()) {
            let line = line(Format::Common, &Record { path, ..record() });
            prop_assert!(line.trim_end_matches('\n').bytes().all(|byte| (0x20..0x7f).contains(&byte)));
            let bare = line.replace("\\\\", "").replace("\\\"", "");
            prop_assert_eq!(bare.matches('"').count(), 2);
            prop_assert_eq!(bare.split(' ').count(), 10);
        }
    }
}
