//! Reads a browser's report about a page that violated its policy: which host was asked, and for what.
//!
//! Reports are not trusted, because anybody can send one. They say where the visitor was and what they did there, so only a
//! host's name and a word of a closed list are read.

use serde::Deserialize;
use url::Url;

use crate::charter::PartyHost;

/// A request that violates the policy, in the format of `report-uri` (CSP 3, section 5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The host that was asked.
    pub host: PartyHost,
    /// What was asked for.
    pub directive: Directive,
}

/// Why nothing is taken from a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReport {
    /// It is not JSON, or not of this kind.
    #[error("it is no report of a content security policy")]
    Unreadable,
    /// An inline script, `eval`, a `data:` address, an IP address: what no declaration of a third party can name.
    #[error("it names no host")]
    NoHost,
}

/// What a page asked for: the directive that it falls under (CSP 3, section 6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Directive {
    Connect,
    Font,
    Frame,
    Image,
    Manifest,
    Media,
    Object,
    Prefetch,
    Script,
    Style,
    Worker,
    /// Any other.
    Default,
}

impl Directive {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 12] = [
        Self::Connect,
        Self::Default,
        Self::Font,
        Self::Frame,
        Self::Image,
        Self::Manifest,
        Self::Media,
        Self::Object,
        Self::Prefetch,
        Self::Script,
        Self::Style,
        Self::Worker,
    ];

    /// The name in a policy.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect-src",
            Self::Font => "font-src",
            Self::Frame => "frame-src",
            Self::Image => "img-src",
            Self::Manifest => "manifest-src",
            Self::Media => "media-src",
            Self::Object => "object-src",
            Self::Prefetch => "prefetch-src",
            Self::Script => "script-src",
            Self::Style => "style-src",
            Self::Worker => "worker-src",
            Self::Default => "default-src",
        }
    }

    /// The directive of this name; `script-src-elem` and its like count as `script-src`.
    pub fn read(name: &str) -> Self {
        let is_named = |directive: &Self| {
            let rest = name.strip_prefix(directive.as_str());
            rest.is_some_and(|rest| matches!(rest, "" | "-elem" | "-attr"))
        };
        Self::ALL.into_iter().find(is_named).unwrap_or(Self::Default)
    }
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "csp-report")]
    report: Fields,
}

/// Older browsers leave the effective directive out; the violated one may have its sources behind it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Fields {
    blocked_uri: String,
    #[serde(default)]
    effective_directive: Option<String>,
    #[serde(default)]
    violated_directive: Option<String>,
}

impl Report {
    /// Reads the content of a report of type `application/csp-report`.
    ///
    /// # Errors
    /// If it is something else, or names no host that a charter could declare.
    pub fn read(content: &[u8]) -> Result<Self, NoReport> {
        let Document { report } = serde_json::from_slice(content).map_err(|_| NoReport::Unreadable)?;
        let host = host(&report.blocked_uri).ok_or(NoReport::NoHost)?;
        let directives = [report.effective_directive, report.violated_directive];
        let first = directives.iter().flatten().find_map(|directive| directive.split_ascii_whitespace().next());
        Ok(Self { host, directive: first.map_or(Directive::Default, Directive::read) })
    }
}

/// The host that an address leads to, if a policy can name it.
fn host(address: &str) -> Option<PartyHost> {
    let url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") {
        return None;
    }
    let host = url.host_str()?;
    let text = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    text.parse().ok().filter(|host: &PartyHost| !host.is_wildcard)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn content(fields: &str) -> String {
        format!("{{\"csp-report\":{{{fields}}}}}")
    }

    fn read(fields: &str) -> Result<(String, &'static str), NoReport> {
        let report = Report::read(content(fields).as_bytes())?;
        Ok((report.host.to_string(), report.directive.as_str()))
    }

    #[test]
    fn a_report_names_a_host_and_a_directive() {
        for (fields, host, directive) in [
            (
                // Chromium 156.
                "\"document-uri\":\"https://a.fr/x?secret=1\",\"referrer\":\"\",\"violated-directive\":\"script-src-elem\",\
                 \"effective-directive\":\"script-src-elem\",\"original-policy\":\"default-src 'self'\",\"disposition\":\"report\",\
                 \"blocked-uri\":\"https://Stats.Example/t.js?u=1\",\"status-code\":200,\"script-sample\":\"\"",
                "stats.example",
                "script-src",
            ),
            // Firefox ESR 153 gives no more than the origin of what was redirected.
            (
                "\"blocked-uri\":\"https://tiles.example\",\"effective-directive\":\"img-src\"",
                "tiles.example",
                "img-src",
            ),
            (
                "\"blocked-uri\":\"wss://live.example:8443/s\",\"violated-directive\":\"connect-src 'self' b.fr\"",
                "live.example:8443",
                "connect-src",
            ),
            ("\"blocked-uri\":\"http://h.example:80/\"", "h.example", "default-src"),
            (
                "\"blocked-uri\":\"https://vidéos.fr/\",\"effective-directive\":\"frame-src\"",
                "xn--vidos-dsa.fr",
                "frame-src",
            ),
            (
                "\"blocked-uri\":\"https://user:word@h.fr/\",\"effective-directive\":\"script-srcs\"",
                "h.fr",
                "default-src",
            ),
        ] {
            assert_eq!(read(fields), Ok((host.to_owned(), directive)), "{fields}");
        }
    }

    #[test]
    fn what_names_no_host_is_told_from_what_is_no_report() {
        for address in [
            "inline", "eval", "data", "", "self", "blob:https://a.fr/1", "https://192.0.2.1/", "https://[::1]/",
            "https://*.a.fr/",
        ] {
            assert_eq!(read(&format!("\"blocked-uri\":\"{address}\"")), Err(NoReport::NoHost), "{address}");
        }
        for content in [
            "",
            "{}",
            "[]",
            "null",
            "{\"csp-report\":[]}",
            "{\"csp-report\":{}}",
            "{\"csp-report\":{\"blocked-uri\":1}}",
        ] {
            assert_eq!(Report::read(content.as_bytes()), Err(NoReport::Unreadable), "{content}");
        }
        let deep =
            content(&format!("\"a\":{}1{},\"blocked-uri\":\"https://a.fr\"", "[".repeat(8000), "]".repeat(8000)));
        assert!(Report::read(deep.as_bytes()).is_ok(), "what is not read may be anything");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_a_host_that_a_charter_can_declare(address in ".{0,60}", scheme in "(https?|wss?)://", raw in any::<bool>()) {
            let address = if raw { address } else { format!("{scheme}{address}") };
            let content = serde_json::json!({ "csp-report": { "blocked-uri": address } }).to_string();
            if let Ok(report) = Report::read(content.as_bytes()) {
                prop_assert_eq!(report.host.to_string().parse::<PartyHost>().ok(), Some(report.host));
            }
        }
    }
}
