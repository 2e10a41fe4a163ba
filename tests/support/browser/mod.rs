//! Headless browsers, driven from outside: real cookies in real jars.
//!
//! Calls block; every wait ends with an event of the browser or, after [`EVENT_TIMEOUT`], with a failure.

mod axe;
mod chromium;
mod firefox;
mod process;
mod recorder;
mod remote;

pub(crate) use chromium::{Chromium, Page};
pub(crate) use firefox::{Firefox, RecordedTab};

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::shown;

/// How long anything may take before a test gives up.
const EVENT_TIMEOUT: Duration = Duration::from_mins(1);

/// What all browsers can do alike.
pub(crate) trait Browser {
    /// A new tab.
    fn tab(&self) -> Box<dyn Tab + '_>;
    /// Every cookie that the browser holds, in a fixed order.
    fn jar(&self) -> Vec<Cookie>;
    /// Makes it forget them all.
    fn empty_jar(&self);
}

/// One tab.
pub(crate) trait Tab {
    /// Goes to `url` as a visitor who types it. What comes of it, an error or a page, does not matter here.
    fn visit(&self, url: &str);
    /// Goes to `url` likewise, and waits until the page has loaded all that it asks for.
    fn load(&self, url: &str);
    /// Whether scripts of pages run from the next navigation on.
    fn run_scripts(&self, run: bool);
    /// The value of an expression in the tab's page; a promise is waited for.
    fn run(&self, expression: &str) -> Value;
}

/// A cookie in the jar, with every attribute that the browser tells of.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cookie {
    pub(crate) domain: String,
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) value: String,
    /// In seconds since 1970; `None`: with the session.
    pub(crate) expires: Option<i64>,
    /// The other attributes, in the browser's words.
    pub(crate) attributes: BTreeMap<String, String>,
}

impl Cookie {
    /// Reads what a protocol says of a cookie; the attributes of these names say nothing of the cookie itself.
    fn new(told: &Value, value: String, expires: Option<f64>, irrelevant: &[&str]) -> Self {
        let told = told.as_object().expect("a cookie");
        let field = |name: &str| text(&told[name]);
        let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let is_attribute = |name: &&String| !["domain", "path", "name", "value"].contains(&&***name);
        let attributes = told.keys().filter(is_attribute).filter(|name| !irrelevant.contains(&name.as_str()));
        Self {
            domain: field("domain"),
            path: field("path"),
            name: field("name"),
            value,
            #[expect(clippy::cast_possible_truncation, reason = "no date is that far")]
            expires: expires.map(|seconds| seconds as i64),
            attributes: attributes.map(|name| (name.clone(), shown(&told[name]))).collect(),
        }
    }

    /// Firefox lists for a while what is over; it does not send it.
    fn has_expired(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs();
        self.expires.is_some_and(|expires| i64::try_from(now).is_ok_and(|now| expires <= now))
    }

    /// A cookie of which nothing is known but what the browser sends.
    pub(crate) fn sent(pair: &str) -> Self {
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        Self { name: name.to_owned(), value: value.to_owned(), ..Self::default() }
    }

    /// For a failure's report.
    pub(crate) fn shown(&self) -> String {
        let Self { domain, path, name, value, expires, attributes } = self;
        let attributes: Vec<_> = attributes.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let life = expires.map_or("the session's".to_owned(), |seconds| seconds.to_string());
        let value = shown(value.as_bytes());
        format!("{name:?} = {value} at {domain}{path}, life: {life}, {}", attributes.join(", "))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
