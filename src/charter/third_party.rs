//! Third parties: other hosts that a page sends requests to, and what for.
//!
//! These are the checked values; [`crate::party`] compiles them to verdicts and to content security policies.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CategoryIndex, PartyPath, Texts};

/// The third parties of a site. Whoever is not among them is judged as a cookie that the charter does not name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdParties {
    /// By what means they are held.
    pub level: Level,
    /// Where visitors choose, as a link of a page of the site.
    pub manage_cookies: Option<String>,
    /// In the order of the file.
    pub parties: Vec<ThirdParty>,
    /// The part of the pages under report-only for which browsers are asked to report violations of the policy.
    pub report_sample: ReportSample,
}

/// A part of all pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportSample(u32);

impl ReportSample {
    /// What a sample is counted in.
    pub const WHOLE: u32 = 1_000_000;

    /// This part, to the millionth; `None` if it is not between 0 and 1.
    pub fn of(part: f64) -> Option<Self> {
        let is_part = (0.0..=1.0).contains(&part);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It lies between 0 and the whole.
        is_part.then(|| Self((part * f64::from(Self::WHOLE)).round() as u32))
    }

    /// The part, 0 to 1.
    pub fn part(self) -> f64 {
        f64::from(self.0) / f64::from(Self::WHOLE)
    }

    /// Whether the page that drew this number, below [`Self::WHOLE`], is in the sample.
    pub fn takes(self, drawn: u32) -> bool {
        drawn < self.0
    }

    /// Whether no page is in the sample.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }
}

impl Default for ReportSample {
    /// One of twenty: each such page may send some fifty reports.
    fn default() -> Self {
        Self(50_000)
    }
}

impl ThirdParties {
    /// How many categories and keys of the choice they may depend on: the policies of all 256 sets are made when the charter is
    /// put in force.
    pub const MAX_CONDITIONS: usize = 8;
}

/// By what means third parties are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Each page has one more `Content-Security-Policy` line, which tells the browser which hosts it may ask.
    Policy,
    /// The same, and in the HTML of a page the scripts, style sheets and hints of a third party that is held are switched
    /// off, and its frames show a placeholder.
    Pages,
}

impl Level {
    /// The word of the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Pages => "pages",
        }
    }
}

/// Somebody else whom a page asks for a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdParty {
    /// The identifier, `[a-z0-9-]+`; it is the label of the metrics.
    pub id: String,
    /// Its hosts. It has at least one host or path.
    pub hosts: Vec<PartyHost>,
    /// Its paths on the site's own host.
    pub paths: Vec<PartyPath>,
    /// What it is for.
    pub category: CategoryIndex,
    /// The key of the choice that grants this party alone, in place of its category's.
    pub key: Option<String>,
    /// The service that visitors know it by.
    pub service: Texts,
    /// The address of its own website.
    pub website: Option<String>,
}

/// A host, or all hosts below one, as a host-source of a policy has it (CSP 3, section 2.3.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyHost {
    /// In lower case and ASCII, without the `*.`.
    pub host: String,
    /// Whether it stands for all hosts below, and not for itself.
    pub is_wildcard: bool,
    /// If it is not the scheme's own.
    pub port: Option<u16>,
}

/// Why a text names no host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartyHostError {
    /// It has a scheme or a path.
    #[error("`{0}` is more than a host: write it without scheme and path")]
    Address(String),
    /// A policy names hosts, not addresses (CSP 3, section 6.7.2.9).
    #[error("`{0}` is an address: a policy names hosts")]
    Ip(String),
    /// A `*` anywhere but as the first label.
    #[error("`{0}`: `*` stands at the beginning only, for one label or more: `*.example.org`")]
    Wildcard(String),
    /// Anything else.
    #[error("`{0}` is no host name")]
    Name(String),
}

impl FromStr for PartyHost {
    type Err = PartyHostError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('/') {
            return Err(PartyHostError::Address(text.to_owned()));
        }
        let (name, is_wildcard) = text.strip_prefix("*.").map_or((text, false), |below| (below, true));
        if name.contains('*') {
            return Err(PartyHostError::Wildcard(text.to_owned()));
        }
        let (name, port) = match name.split_once(':') {
            Some((name, port)) => (name, Some(port.parse().map_err(|_| PartyHostError::Name(text.to_owned()))?)),
            None => (name, None),
        };
        match url::Host::parse(name) {
            Ok(url::Host::Domain(host)) if is_source(&host) => Ok(Self { host, is_wildcard, port }),
            Ok(url::Host::Ipv4(_) | url::Host::Ipv6(_)) => Err(PartyHostError::Ip(text.to_owned())),
            Ok(url::Host::Domain(_)) | Err(_) => Err(PartyHostError::Name(text.to_owned())),
        }
    }
}

/// Whether a policy can name the host: labels of letters, digits and hyphens (CSP 3, `host-char`).
fn is_source(host: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    host.split('.').all(is_label)
}

impl PartyHost {
    /// Whether a request to this host, in lower case, and port is one to here. `port`: `None` for the scheme's own.
    ///
    /// ```
    /// use octroi::charter::PartyHost;
    ///
    /// let hosts: PartyHost = "*.example.org".parse().unwrap();
    /// assert!(hosts.covers("maps.example.org", None));
    /// assert!(!hosts.covers("example.org", None));
    /// assert!(!hosts.covers("maps.example.org", Some(8443)));
    /// ```
    pub fn covers(&self, host: &str, port: Option<u16>) -> bool {
        self.port == port && self.covers_name(host)
    }

    /// Whether all that `other` covers is covered here, too.
    pub fn covers_all(&self, other: &Self) -> bool {
        let is_same = self.host == other.host && self.is_wildcard == other.is_wildcard;
        self.port == other.port && (is_same || (self.is_wildcard && self.covers_name(&other.host)))
    }

    /// `host` in lower case, without a port.
    fn covers_name(&self, host: &str) -> bool {
        if self.is_wildcard {
            host.strip_suffix(self.host.as_str()).is_some_and(|below| below.ends_with('.'))
        } else {
            host == self.host
        }
    }
}

impl fmt::Display for PartyHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_wildcard {
            f.write_str("*.")?;
        }
        f.write_str(&self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> PartyHost {
        text.parse().unwrap()
    }

    #[test]
    fn hosts_are_read_as_a_policy_names_them() {
        for (text, written) in [
            ("WWW.YouTube.com", "www.youtube.com"),
            ("*.youtube-nocookie.com", "*.youtube-nocookie.com"),
            ("vidéos.fr", "xn--vidos-dsa.fr"),
            ("video.localhost:8123", "video.localhost:8123"),
        ] {
            assert_eq!(host(text).to_string(), written);
        }
        for text in
            ["", "*", "*.", "a.*.fr", "**.fr", "https://a.fr", "a.fr/x", "a.fr:", "a.fr:x", "a b", "a.fr;", "a,b"]
        {
            assert!(text.parse::<PartyHost>().is_err(), "{text}");
        }
        assert_eq!("192.0.2.1".parse::<PartyHost>(), Err(PartyHostError::Ip("192.0.2.1".to_owned())));
    }

    #[test]
    fn a_wildcard_covers_what_lies_below() {
        for (pattern, name, covers) in [
            ("a.fr", "a.fr", true),
            ("a.fr", "b.a.fr", false),
            ("*.a.fr", "b.a.fr", true),
            ("*.a.fr", "c.b.a.fr", true),
            ("*.a.fr", "a.fr", false),
            ("*.a.fr", "ba.fr", false),
        ] {
            assert_eq!(host(pattern).covers(name, None), covers, "{pattern} {name}");
        }
        assert!(host("a.fr:81").covers("a.fr", Some(81)) && !host("a.fr:81").covers("a.fr", None));
        assert!(!host("a.fr").covers("a.fr", Some(81)));
        for (pattern, other, covers) in [
            ("*.a.fr", "*.a.fr", true),
            ("*.a.fr", "*.b.a.fr", true),
            ("*.b.a.fr", "*.a.fr", false),
            ("a.fr", "*.a.fr", false),
        ] {
            assert_eq!(host(pattern).covers_all(&host(other)), covers, "{pattern} {other}");
        }
    }

    #[test]
    fn a_sample_is_a_part_of_all_pages() {
        for (part, taken) in [(0.0, 0), (0.05, 50_000), (0.000_001, 1), (1.0, ReportSample::WHOLE)] {
            let sample = ReportSample::of(part).unwrap();
            assert_eq!((0..ReportSample::WHOLE).filter(|drawn| sample.takes(*drawn)).count(), taken as usize);
            assert_eq!(ReportSample::of(sample.part()), Some(sample));
        }
        assert!([-0.1, 1.1, f64::NAN, f64::INFINITY].iter().all(|part| ReportSample::of(*part).is_none()));
    }
}
