//! Whole files, from text to value.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::*;

mod damage;
mod every_key;

const CHARTER: &str = r#"
[charter]
undeclared = "deny"
[[category]]
id = "necessary"
consent = "exempt"
title = { fr = "Cookies nécessaires" }
[[cookie]]
name = "sessionid"
category = "necessary"
provider = "Opendatasoft"
purpose = { fr = "Session" }
lifetime = "2 weeks"
"#;

const MINIMAL: &str = r#"
[[listener]]
address = "127.0.0.1:0"
[[site]]
hosts = ["*"]
charter = "charter.toml"
[site.upstream]
endpoints = ["http://127.0.0.1:8000"]
"#;

/// Files that exist only here.
fn load_files(files: &[(&str, &str)], environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let files: BTreeMap<PathBuf, &str> = files.iter().map(|(path, text)| (PathBuf::from(path), *text)).collect();
    let environment: Vec<_> = environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let read = |path: &Path| {
        files.get(path).map(|text| text.as_bytes().to_vec()).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    };
    Config::load_with(Path::new("etc/octroi.toml"), &environment, &read)
}

fn load(config: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    load_files(&[("etc/octroi.toml", config), ("etc/charter.toml", CHARTER)], environment)
}

fn certificate() -> (String, String) {
    let made = rcgen::generate_simple_self_signed(["data.example.fr".to_owned()]).unwrap();
    (made.cert.pem(), made.signing_key.serialize_pem())
}

fn messages(error: &ConfigError) -> Vec<String> {
    error.findings.iter().map(|finding| format!("{}: {}", finding.key, finding.message)).collect()
}

#[test]
fn every_key_has_its_default() {
    let config = load(MINIMAL, &[]).unwrap();
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(
        config.timeouts,
        Timeouts {
            header: seconds(15),
            idle: seconds(75),
            body_idle: seconds(60),
            tunnel_idle: seconds(3600),
            upstream_connect: seconds(3),
            upstream_response: seconds(300),
            upstream_idle: seconds(55),
            drain: seconds(30),
            drain_delay: None,
        }
    );
    assert_eq!(
        config.limits,
        Limits {
            connections: 20_000,
            connections_per_address: PerAddress::Auto,
            request_rate: 0,
            header_bytes: 32_768,
            headers: 100,
            target_bytes: 16_384,
            body_bytes: 0,
            upstream_header_bytes: 262_144,
            upstream_headers: 1000,
            h2_streams: 128,
            deletion_bytes: DeletionBytes::Auto,
            buffer_bytes: 67_108_864,
            upstream_connections: 1024,
        }
    );
    assert_eq!(config.admin, AdminConfig { address: ([127, 0, 0, 1], 9180).into(), token: None });
    assert_eq!(config.log, LogConfig { access: AccessFormat::Json, output: None, fields: vec![] });
    assert_eq!(config.workers, Workers::Auto);
    let listener = &config.listeners[0];
    assert!(listener.trusted.is_empty() && listener.tls.is_none());
    assert!(!listener.proxy_protocol && !listener.redirect_to_https && listener.scheme.is_none());
    let site = &config.sites[0];
    assert_eq!((&*site.name, site.enforcement), ("default", Enforcement::Enforce));
    assert!(site.strip_all.is_empty());
    assert_eq!(site.timeouts, config.timeouts);
    let endpoints = vec![EndpointConfig::Tcp { tls: false, host: "127.0.0.1".to_owned(), port: 8000 }];
    let (host, sni, connect, ca, client_certificate) = (None, None, None, None, None);
    let (balance, health) = (Balance::P2c, None);
    assert_eq!(
        site.upstream,
        UpstreamConfig { endpoints, host, sni, connect, ca, client_certificate, balance, health, via: false }
    );
    assert_eq!(config.files.paths().collect::<Vec<_>>(), [Path::new("etc/charter.toml"), Path::new("etc/octroi.toml")]);
    assert_eq!(config.advice, []);
}

#[test]
fn checks_are_off_until_they_are_asked_for_and_each_key_has_its_default() {
    let health = |table: &str| {
        load(&format!("{MINIMAL}health = {table}"), &[]).map(|config| config.sites[0].upstream.health.clone())
    };
    let defaults = HealthConfig { path: "/".to_owned(), interval: Duration::from_secs(5), fall: 3, rise: 2 };
    assert_eq!(health("{}").unwrap(), Some(defaults));
    for (faulty, message) in [
        ("{ path = \"up\" }", "site[0].upstream.health.path: `up` is no path"),
        ("{ path = \"/a b\" }", "site[0].upstream.health.path: `/a b` is no path"),
        (
            "{ interval = \"99ms\" }",
            "site[0].upstream.health.interval: checks cannot follow each other at less than `100ms`",
        ),
        ("{ interval = 0 }", "site[0].upstream.health.interval: checks cannot follow each other at less than `100ms`"),
        ("{ fall = 0 }", "site[0].upstream.health.fall: expected 1 to 100, found 0"),
        ("{ raise = 2 }", "site[0].upstream.health.raise: unknown key `raise`"),
    ] {
        assert_eq!(messages(&health(faulty).unwrap_err()), [message]);
    }
}

/// The defaults that the schema shows, loaded as if they were written, change nothing.
#[test]
fn the_schema_shows_the_real_defaults() {
    let schema = config_schema();
    let mut written = MINIMAL.to_owned();
    for table in ["admin", "log", "runtime", "timeouts", "limits"] {
        written.extend(["[", table, "]\n"]);
        let reference = schema["properties"][table]["$ref"].as_str().unwrap();
        for (key, property) in schema.pointer(&reference[1..]).unwrap()["properties"].as_object().unwrap() {
            match property.get("default") {
                Some(default) => written.extend([key, " = ", &default.to_string(), "\n"]),
                None => assert_eq!(key, "token_file", "no default: {property}"),
            }
        }
    }
    assert!(written.contains("header = \"15s\"") && written.contains("header_bytes = \"32KiB\""), "{written}");
    let (plain, explicit) = (load(MINIMAL, &[]).unwrap(), load(&written, &[]).unwrap());
    assert_eq!(plain.timeouts, explicit.timeouts);
    assert_eq!(plain.limits, explicit.limits);
    assert_eq!((plain.admin, plain.log, plain.workers), (explicit.admin, explicit.log, explicit.workers));
}

#[test]
fn zero_is_no_deadline_and_no_limit() {
    let config =
        format!("{MINIMAL}\n[timeouts]\nheader = 0\nidle = \"0\"\n[limits]\nheader_bytes = \"0\"\nheaders = 0");
    let config = load(&config, &[]).unwrap();
    assert_eq!((config.timeouts.header, config.timeouts.idle), (None, None));
    assert_eq!((config.limits.header_bytes, config.limits.headers), (0, 0));
}

#[test]
fn the_environment_overrides_scalars_of_tables() {
    let config = format!("{MINIMAL}\n[limits]\nconnections = 7\n[log]\naccess = 3");
    let environment = [
        ("OCTROI_LIMITS__CONNECTIONS", "500"),
        ("OCTROI_LIMITS__BODY_BYTES", "10MiB"),
        ("OCTROI_TIMEOUTS__HEADER", "5"),
        ("OCTROI_RUNTIME__WORKERS", "4"),
        ("OCTROI_LOG__ACCESS", "off"),
        ("OCTROI_LOG__OUTPUT", "7"),
        ("OCTROI_ADMIN__ADDRESS", "127.0.0.1:0"),
    ];
    let config = load(&config, &environment).unwrap();
    assert_eq!((config.limits.connections, config.limits.body_bytes), (500, 10 << 20));
    assert_eq!(config.timeouts.header, Some(Duration::from_secs(5)));
    assert_eq!(config.workers, Workers::Fixed(NonZeroUsize::new(4).unwrap()));
    assert_eq!(config.log, LogConfig { access: AccessFormat::Off, output: Some("etc/7".into()), fields: vec![] });
    assert_eq!(config.admin.address.port(), 0);
}

#[test]
fn names_of_the_command_line_and_of_kubernetes_override_nothing() {
    let environment = [
        ("OCTROI_CONFIG", "etc/octroi.toml"),
        ("OCTROI_LOG_LEVEL", "debug"),
        ("OCTROI_LOG_FORMAT", "json"),
        ("OCTROI_SERVICE_HOST", "10.0.0.1"),
        ("OCTROI_SERVICE_PORT_HTTP", "8080"),
        ("OCTROI_PORT", "tcp://10.0.0.1:8080"),
        ("OCTROI_PORT_8080_TCP_ADDR", "10.0.0.1"),
        ("OCTROI_ADMIN_SERVICE_PORT", "9180"),
        ("PATH", "/bin"),
    ];
    assert!(load(MINIMAL, &environment).is_ok());
}

#[test]
fn a_faulty_override_is_told_at_the_variable() {
    let environment =
        [("OCTROI_LIMITS__CONECTIONS", "5"), ("OCTROI_TIMEOUTS__IDLE", "soon"), ("OCTROI_SITE__HOSTS", "a")];
    let error = load(MINIMAL, &environment).unwrap_err();
    let messages = messages(&error);
    assert!(messages.contains(&": `OCTROI_LIMITS__CONECTIONS` overrides nothing".to_owned()), "{messages:?}");
    assert!(messages.contains(&": `OCTROI_SITE__HOSTS` overrides nothing".to_owned()), "{messages:?}");
    assert!(messages.iter().any(|message| message.starts_with("timeouts.idle: `soon`")), "{messages:?}");
    assert!(error.findings.iter().all(|finding| finding.file == Path::new("environment")));
    assert!(error.to_string().contains("did you mean `OCTROI_LIMITS__CONNECTIONS`?"));
}

#[test]
fn a_site_overrides_deadlines() {
    let config = format!("{MINIMAL}\n[site.timeouts]\nupstream_response = \"10s\"\nbody_idle = 0");
    let config = load(&config, &[]).unwrap();
    let expected =
        Timeouts { upstream_response: Some(Duration::from_secs(10)), body_idle: None, ..Timeouts::default() };
    assert_eq!(config.sites[0].timeouts, expected);
    assert_eq!(config.timeouts, Timeouts::default());
}

#[test]
fn a_charter_has_the_digest_of_its_text() {
    let config = load(MINIMAL, &[]).unwrap();
    let other = CHARTER.replace("sessionid", "session");
    let changed = load_files(&[("etc/octroi.toml", MINIMAL), ("etc/charter.toml", &other)], &[]).unwrap();
    assert_ne!(config.sites[0].charter_hash, changed.sites[0].charter_hash);
    // printf '[charter]' | sha256sum
    let least = load_files(&[("etc/octroi.toml", MINIMAL), ("etc/charter.toml", "[charter]")], &[]).unwrap();
    assert_eq!(&*least.sites[0].charter_hash, "4956da7eb9fee110");
}

#[test]
fn a_charter_of_two_sites_is_told_once() {
    let second = MINIMAL.rsplit_once("[[site]]").unwrap().1.replace("\"*\"", "\"a.fr\"");
    let config = format!("{MINIMAL}\n[[site]]{second}");
    let broken = CHARTER.replace("exempt", "exempted");
    let error = load_files(&[("etc/octroi.toml", &config), ("etc/charter.toml", &broken)], &[]).unwrap_err();
    assert_eq!(messages(&error), ["category[0].consent: expected `exempt` or `required`, found `exempted`"]);
}

#[test]
fn a_missing_file_is_told_at_the_key_that_names_it() {
    let error = load_files(&[("etc/octroi.toml", MINIMAL)], &[]).unwrap_err();
    assert_eq!(messages(&error), ["site[0].charter: cannot read `etc/charter.toml`: there is no such file"]);
    assert_eq!((error.findings[0].line, error.findings[0].column), (6, 11));
    let error = load_files(&[], &[]).unwrap_err();
    assert_eq!(messages(&error), [": cannot read `etc/octroi.toml`: there is no such file"]);
}

#[test]
fn a_key_must_be_that_of_its_certificate() {
    let ((certificate, _), (_, key)) = (certificate(), certificate());
    let config = MINIMAL.replacen("[[site]]", "tls = { certificate = \"cert.pem\", key = \"key.pem\" }\n[[site]]", 1);
    let files = [
        ("etc/octroi.toml", &*config),
        ("etc/charter.toml", CHARTER),
        ("etc/cert.pem", &certificate),
        ("etc/key.pem", &key),
    ];
    let error = load_files(&files, &[]).unwrap_err();
    assert_eq!(error.findings.len(), 1);
    assert_eq!(error.findings[0].key, "listener[0].tls.key");
    assert!(error.findings[0].message.contains("is not that of the certificate"), "{error}");
}

#[test]
fn an_admin_listener_that_is_not_loopback_needs_a_token() {
    let exposed = format!("{MINIMAL}\n[admin]\naddress = \"0.0.0.0:9180\"\n");
    let secret = |token: &str| {
        let config = format!("{exposed}token_file = \"token\"");
        load_files(&[("etc/octroi.toml", &config), ("etc/charter.toml", CHARTER), ("etc/token", token)], &[])
    };
    assert_eq!(
        messages(&load(&exposed, &[]).unwrap_err()),
        ["admin.address: `0.0.0.0:9180` is not loopback: a token is required"]
    );
    assert!(secret("abcdefgh\n").is_ok());
    assert!(secret("abcdefg\n").is_err());
    assert_eq!(messages(&secret(" \n").unwrap_err()), ["admin.token_file: `etc/token` holds no secret"]);
    assert!(secret("a b").is_err());
}

#[test]
fn an_expression_that_cannot_be_compiled_is_told_at_its_key() {
    let charter = CHARTER.replace("name = \"sessionid\"", "regex = \"(\"");
    let error = load_files(&[("etc/octroi.toml", MINIMAL), ("etc/charter.toml", &charter)], &[]).unwrap_err();
    assert!(error.findings.iter().all(|finding| finding.key.starts_with("cookie[0]")), "{error}");
}

#[test]
fn a_key_in_the_wrong_table_or_without_its_quotes_is_shown_its_place() {
    let help = |charter: &str| {
        let charter = format!("{CHARTER}{charter}");
        let error = load_files(&[("etc/octroi.toml", MINIMAL), ("etc/charter.toml", &charter)], &[]).unwrap_err();
        error.findings.into_iter().filter_map(|finding| finding.help).next_back().unwrap()
    };
    assert_eq!(help("[consent]\nasked_since = \"2026-11-01\"\n"), "it is a key of `[[category]]`");
    assert_eq!(help("[consent]\nundeclared = \"deny\"\n"), "it is a key of `[charter]`");
    assert_eq!(help("[consent]\nvalid_fro = \"1 month\"\n"), "did you mean `valid_for`?");
    let dotted = "[consent]\nformat = \"json\"\ncookie = \"c\"\n[consent.keys]\nc.measurement = \"necessary\"\n";
    assert_eq!(help(dotted), "a key that holds a dot needs quotes: \"c.measurement\"");
    let nameless = "[consent]\nformat = \"iubenda\"\n";
    assert_eq!(help(nameless), "the cookie of iubenda is `_iub_cs-` and the site's number: `_iub_cs-12345678`");
}

/// A key that another table has is first of all a misspelt one of its own table.
#[test]
fn a_misspelt_key_is_shown_the_nearest_of_its_own_table() {
    let config = MINIMAL.replace("endpoints", "endpoint");
    assert_ne!(config, MINIMAL);
    let error = load(&config, &[]).unwrap_err();
    let helps: Vec<_> = error.findings.iter().filter_map(|finding| finding.help.as_deref()).collect();
    assert_eq!(helps, ["did you mean `endpoints`?"]);
}

/// What an import left to a person is told at its line until the comment is gone.
#[test]
fn a_decision_that_is_still_open_is_told_at_its_line() {
    let charter = CHARTER.replacen("[[cookie]]", "# DECIDE: the lifetime of `x`\n[[cookie]]", 1);
    let files = [("etc/octroi.toml", MINIMAL), ("etc/charter.toml", &charter)];
    let advice = load_files(&files, &[]).unwrap().advice;
    let line = charter.lines().position(|line| line.starts_with("# DECIDE")).unwrap() + 1;
    let open = |finding: &&Finding| finding.message.contains("the lifetime of `x`");
    let told: Vec<_> = advice.iter().filter(open).map(|finding| (finding.severity, finding.line)).collect();
    assert_eq!(told, [(Severity::Warning, line)]);
}
