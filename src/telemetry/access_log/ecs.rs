//! One record as JSON with the keys of the Elastic Common Schema (ECS 8), so that dashboards for other web servers fit.
//!
//! Keys are dotted, as ECS loggers write them; what the schema has no name for stands under `octroi.`. What is not known
//! is left out.

use std::fmt::Arguments;
use std::net::IpAddr;

use http::Version;
use serde::Serialize;

use super::format::{timestamp, without_query, write_object};
use super::{CookieCounts, Record};

#[derive(Serialize)]
struct Ecs<'a> {
    #[serde(rename = "@timestamp")]
    timestamp: Arguments<'a>,
    #[serde(rename = "ecs.version")]
    version: &'static str,
    #[serde(rename = "event.dataset")]
    dataset: &'static str,
    #[serde(rename = "event.category")]
    category: [&'static str; 1],
    #[serde(rename = "event.type")]
    kind: [&'static str; 1],
    #[serde(rename = "event.outcome")]
    outcome: &'static str,
    #[serde(rename = "event.duration")]
    nanoseconds: u128,
    #[serde(rename = "client.ip", skip_serializing_if = "Option::is_none")]
    client: Option<IpAddr>,
    #[serde(rename = "url.domain", skip_serializing_if = "str::is_empty")]
    site: &'a str,
    #[serde(rename = "url.path")]
    path: &'a str,
    #[serde(rename = "http.version")]
    protocol: &'static str,
    #[serde(rename = "http.request.method")]
    method: &'a str,
    #[serde(rename = "http.request.id")]
    request_id: &'a str,
    #[serde(rename = "http.request.referrer", skip_serializing_if = "Option::is_none")]
    referrer: Option<&'a str>,
    #[serde(rename = "user_agent.original", skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    #[serde(rename = "http.response.status_code")]
    status: u16,
    #[serde(rename = "http.response.body.bytes")]
    bytes: u64,
    #[serde(rename = "trace.id", skip_serializing_if = "Option::is_none")]
    trace_id: Option<&'a str>,
    #[serde(rename = "octroi.upstream.duration", skip_serializing_if = "Option::is_none")]
    upstream_nanoseconds: Option<u128>,
    #[serde(rename = "octroi.endpoint", skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'a str>,
    #[serde(rename = "octroi.termination")]
    termination: &'static str,
    #[serde(rename = "octroi.reason", skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(rename = "octroi.consent")]
    consent: &'static str,
    #[serde(rename = "octroi.enforcement", skip_serializing_if = "Option::is_none")]
    enforcement: Option<&'static str>,
    #[serde(rename = "octroi.cookies")]
    cookies: CookieCounts,
    #[serde(rename = "octroi.set_cookies")]
    set_cookies: CookieCounts,
}

/// Appends the line of a record.
pub(super) fn write(record: &Record, line: &mut Vec<u8>) {
    let browser = record.browser.as_deref();
    let ecs = Ecs {
        timestamp: format_args!("{:.3}", timestamp(record.time)),
        version: "8.11.0",
        dataset: "octroi.access",
        category: ["web"],
        kind: ["access"],
        outcome: if record.status < 500 && record.termination == "ok" { "success" } else { "failure" },
        nanoseconds: record.duration.as_nanos(),
        client: record.client,
        site: &record.site,
        path: without_query(&record.path),
        protocol: protocol(record.version),
        method: record.method.as_str(),
        request_id: &record.request_id,
        referrer: browser.and_then(|browser| browser.referer.as_deref()),
        user_agent: browser.and_then(|browser| browser.user_agent.as_deref()),
        status: record.status,
        bytes: record.bytes,
        trace_id: record.trace_id.as_deref(),
        upstream_nanoseconds: record.upstream_duration.map(|duration| duration.as_nanos()),
        endpoint: record.endpoint.as_deref(),
        termination: record.termination,
        reason: record.reason,
        consent: record.consent,
        enforcement: record.enforcement,
        cookies: record.cookies,
        set_cookies: record.set_cookies,
    };
    write_object(&ecs, line);
}

/// The version alone, as ECS has it.
fn protocol(version: Version) -> &'static str {
    match version {
        Version::HTTP_09 => "0.9",
        Version::HTTP_10 => "1.0",
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        _ => "1.1",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::access_log::tests::record;

    #[test]
    fn keys_are_those_of_the_schema() {
        let expected = concat!(
            r#"{"@timestamp":"2026-11-23T10:20:30.456Z","ecs.version":"8.11.0","event.dataset":"octroi.access","#,
            r#""event.category":["web"],"event.type":["access"],"event.outcome":"success","event.duration":12345000,"#,
            r#""client.ip":"192.0.2.7","url.domain":"data.example.fr","url.path":"/explore/","http.version":"1.1","#,
            r#""http.request.method":"GET","http.request.id":"0a1b","http.response.status_code":200,"#,
            r#""http.response.body.bytes":1234,"octroi.upstream.duration":10000000,"octroi.endpoint":"portal:443","#,
            r#""octroi.termination":"ok","octroi.consent":"none","octroi.enforcement":"enforce","#,
            r#""octroi.cookies":{"passed":2,"amended":0,"dropped":1},"octroi.set_cookies":{"passed":1,"amended":0,"dropped":3}}"#,
            "\n"
        );
        let mut line = Vec::new();
        write(&record(), &mut line);
        assert_eq!(String::from_utf8(line).unwrap(), expected);
    }

    #[test]
    fn an_error_of_the_portal_and_a_visitor_who_left_are_failures() {
        for record in [Record { status: 502, ..record() }, Record { termination: "client_closed", ..record() }] {
            let mut line = Vec::new();
            write(&record, &mut line);
            assert!(String::from_utf8(line).unwrap().contains(r#""event.outcome":"failure""#));
        }
    }
}
