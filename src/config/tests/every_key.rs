//! A configuration with every key that there is, and what each of them becomes.

use super::*;

/// Apart: a build without the feature `otel` refuses it.
const TRACING: &str = r#"
[tracing]
endpoint = "https://collector.example:4318"
ratio = 0.5
service = "portal"
ca = "cert.pem"
"#;

/// Every key of DESIGN §3 for `octroi.toml` that has an effect, with a value that is not its default.
pub(super) const EVERY_KEY: &str = r#"
version = 1

[[listener]]
address = "0.0.0.0:8443"
trusted = ["10.0.0.0/8", "::1"]
proxy_protocol = true
scheme = "https"
tls = [{ certificate = "cert.pem", key = "key.pem" }, { acme = { directory = "acme", terms_agreed = true, contact = ["mailto:a@b.fr"], hosts = ["Data.example.fr"], server = "https://ca.example/dir", ca = "cert.pem", eab = { key_id = "kid", key_file = "eab.key" }, challenge = "tls-alpn-01", profile = "shortlived", staging = false } }]
ticket_keys = "ticket.keys"
[[listener]]
address = "inherited:0"
tls = [{ certificate = "cert.pem", key = "key.pem" }, { certificate = "/tls/cert.pem", key = "/tls/key.pem" }]
[[listener]]
address = "unix:/run/octroi.sock"
redirect = "https"

[[site]]
hosts = ["Data.example.fr", "*.example.fr"]
charter = "charter.toml"
enforcement = "report-only"
strip_all = ["/api/"]
hsts = "180d"
[site.upstream]
endpoints = ["https://portal.example", "https://[2001:db8::1]:8443"]
host = "data.example.fr"
sni = "portal.example"
ca = "cert.pem"
client_certificate = "cert.pem"
client_key = "key.pem"
balance = "round-robin"
health = { path = "/up?x", interval = "100ms", fall = 1, rise = 9 }
via = true
[site.timeouts]
body_idle = "1s"
tunnel_idle = "2s"
upstream_connect = "3s"
upstream_response = "4s"
upstream_idle = "5s"

[[site]]
hosts = ["*"]
charter = "charter.toml"
upstream = { endpoints = ["https://portal.example"], connect = "203.0.113.7:443" }

[admin]
address = "0.0.0.0:9180"
token_file = "admin.token"

[log]
access = "common"
output = "/access.log"
fields = ["referer", "user-agent"]

[inventory]
file = "inventory.json"

[runtime]
workers = 2

[timeouts]
header = "300ms"
idle = "2min"
body_idle = 7
tunnel_idle = "2h"
upstream_connect = "1s"
upstream_response = 0
upstream_idle = "10s"
drain = "5s"
drain_delay = "6s"

[limits]
connections = 1
connections_per_address = 2
request_rate = 9
header_bytes = "64KiB"
headers = 3
target_bytes = 4096
body_bytes = "1GiB"
upstream_header_bytes = "1MiB"
upstream_headers = 4
h2_streams = 5
deletion_bytes = "8KiB"
buffer_bytes = "16MiB"
upstream_connections = 6
"#;

/// The configuration that [`EVERY_KEY`] writes.
fn every_key() -> Config {
    reading(EVERY_KEY)
}

fn reading(text: &str) -> Config {
    let (certificate, key) = certificate();
    let config = load_files(
        &[
            ("etc/octroi.toml", text),
            ("etc/charter.toml", CHARTER),
            ("etc/cert.pem", &certificate),
            ("etc/key.pem", &key),
            ("/tls/cert.pem", &certificate),
            ("/tls/key.pem", &key),
            ("etc/admin.token", "a-s3cret\n"),
            ("etc/eab.key", "-_-_AQ\n"),
            ("etc/ticket.keys", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"),
        ],
        &[],
    );
    config.unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_key_of_listeners_and_sites_is_read() {
    let config = every_key();
    let [tls, inherited, unix] = config.listeners.as_slice() else { panic!("{:?}", config.listeners) };
    assert!(tls.proxy_protocol && tls.trusted.len() == 2 && !tls.redirect_to_https);
    assert_eq!(tls.scheme, Some(Scheme::Https));
    let files = CertificateFiles { certificate: "etc/cert.pem".into(), key: "etc/key.pem".into() };
    let others = CertificateFiles { certificate: "/tls/cert.pem".into(), key: "/tls/key.pem".into() };
    let of = |certificates, ordered, ticket_keys| Some(TlsConfig { certificates, ordered, ticket_keys });
    let pair = Path::new("etc/acme/ca.example-dir/data.example.fr.pem");
    assert_eq!(tls.tls, of(vec![files.clone()], Some(vec![pair.to_owned()]), Some([testing::ticket_key(0)].into())));
    assert_eq!(inherited.address, ListenAddress::Inherited(InheritedSocket::Number(0)));
    assert_eq!(inherited.tls, of(vec![files.clone(), others], None, None));
    let acme = config.acme.as_ref().unwrap();
    assert_eq!(
        (acme.server.as_str(), acme.hosts.as_slice()),
        ("https://ca.example/dir", &["data.example.fr".to_owned()][..])
    );
    assert_eq!((acme.contact.len(), acme.challenge), (1, AcmeChallenge::TlsAlpn01));
    assert_eq!((acme.ca.as_ref().map(Vec::len), acme.profile.as_deref()), (Some(1), Some("shortlived")));
    assert_eq!(acme.pair("data.example.fr"), pair);
    assert_eq!(unix.address, ListenAddress::Unix("/run/octroi.sock".into()));
    assert!(unix.redirect_to_https);

    let site = &config.sites[0];
    assert_eq!((&*site.name, site.enforcement), ("data.example.fr", Enforcement::ReportOnly));
    let hosts = [HostPattern::Exact("data.example.fr".to_owned()), HostPattern::Suffix(".example.fr".to_owned())];
    assert_eq!((site.hosts.as_slice(), site.strip_all.as_slice()), (hosts.as_slice(), ["/api/".to_owned()].as_slice()));
    let upstream = &site.upstream;
    let endpoint = |host: &str, port| EndpointConfig::Tcp { tls: true, host: host.to_owned(), port };
    assert_eq!(upstream.endpoints, [endpoint("portal.example", 443), endpoint("2001:db8::1", 8443)]);
    assert_eq!(upstream.endpoints[1].name(), "[2001:db8::1]:8443");
    assert_eq!((upstream.host.as_deref(), upstream.sni.as_deref()), (Some("data.example.fr"), Some("portal.example")));
    assert_eq!((&upstream.ca, &upstream.client_certificate), (&Some("etc/cert.pem".into()), &Some(files)));
    assert_eq!((upstream.balance, &upstream.connect), (Balance::RoundRobin, &None));
    let health = HealthConfig { path: "/up?x".to_owned(), interval: Duration::from_millis(100), fall: 1, rise: 9 };
    assert_eq!((&upstream.health, upstream.via), (&Some(health), true));
    assert!(!config.sites[1].upstream.via);
    assert_eq!(config.sites[1].upstream.connect.as_deref(), Some("203.0.113.7:443"));
    assert_eq!((site.hsts, config.sites[1].hsts), (Some(Duration::from_hours(180 * 24)), None));
}

#[test]
fn every_key_of_the_process_is_read() {
    let config = every_key();
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let times = config.timeouts;
    assert_eq!((times.header, times.idle), (Some(Duration::from_millis(300)), seconds(120)));
    assert_eq!((times.body_idle, times.tunnel_idle), (seconds(7), seconds(7200)));
    assert_eq!((times.upstream_connect, times.upstream_response), (seconds(1), None));
    assert_eq!((times.upstream_idle, times.drain, times.drain_delay), (seconds(10), seconds(5), seconds(6)));
    let expected = Timeouts {
        body_idle: seconds(1),
        tunnel_idle: seconds(2),
        upstream_connect: seconds(3),
        upstream_response: seconds(4),
        upstream_idle: seconds(5),
        ..times
    };
    assert_eq!(config.sites[0].timeouts, expected);
    assert_eq!((config.limits.connections, config.limits.connections_per_address), (1, PerAddress::AtMost(2)));
    assert_eq!(config.limits.request_rate, 9);
    assert_eq!((config.limits.header_bytes, config.limits.headers), (64 << 10, 3));
    assert_eq!((config.limits.target_bytes, config.limits.body_bytes), (4096, 1 << 30));
    assert_eq!((config.limits.upstream_header_bytes, config.limits.upstream_headers), (1 << 20, 4));
    assert_eq!((config.limits.h2_streams, config.limits.deletion_bytes), (5, DeletionBytes::AtMost(8 << 10)));
    assert_eq!(config.admin.token.as_deref(), Some("a-s3cret"));
    assert_eq!((config.limits.buffer_bytes, config.limits.upstream_connections), (16 << 20, 6));
    let fields = vec![LogField::Referer, LogField::UserAgent];
    assert_eq!(config.log, LogConfig { access: AccessFormat::Common, output: Some("/access.log".into()), fields });
    assert_eq!(config.inventory, InventoryConfig { file: Some("etc/inventory.json".into()) });
    assert_eq!(config.workers, Workers::Fixed(NonZeroUsize::new(2).unwrap()));
    assert_eq!(config.files.paths().count(), 10, "{:?}", config.files);
}

#[cfg(feature = "otel")]
#[test]
fn every_key_of_tracing_is_read() {
    let tracing = reading(&(EVERY_KEY.to_owned() + TRACING)).tracing.unwrap();
    assert_eq!(tracing.url, "https://collector.example:4318/v1/traces");
    assert_eq!((tracing.ratio.to_bits(), tracing.service.as_str()), (0.5_f64.to_bits(), "portal"));
    assert_eq!(tracing.ca.map(|ca| ca.len()), Some(1));
}

/// [`EVERY_KEY`] leaves no key of the schema out.
#[test]
fn every_key_is_tested() {
    let documents = config_schema()["$defs"].as_object().unwrap().clone();
    let properties = documents.values().filter_map(|document| document.get("properties")?.as_object());
    let missing: Vec<_> = properties
        .flat_map(serde_json::Map::keys)
        .filter(|key| ![EVERY_KEY, TRACING].iter().any(|text| text.contains(&format!("{key} = "))))
        .collect();
    let tables = ["timeouts", "upstream"];
    assert!(missing.iter().all(|key| tables.contains(&key.as_str())), "{missing:?}");
}
