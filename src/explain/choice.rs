//! How the visitor's choice was read: each banner, each key, and the position of a fault in a value.

use std::fmt::Write as _;

use serde::Serialize;

use super::anatomy;
use crate::charter::{BannerRules, CategoryIndex, Charter, Need};
use crate::consent::{Answer, Banner, Choice, Fault, Shown};
use crate::cookie::{UnixTime, pairs};
use crate::gate::Visitor;
use crate::policy::Consent;
use crate::snapshot::Site;

/// The choice of all banners together.
#[derive(Debug, Serialize)]
pub struct ChoiceRead {
    /// The granted keys of all banners.
    granted: Vec<String>,
    /// The refused keys of all banners.
    refused: Vec<String>,
    /// The categories that need consent and are granted.
    granted_categories: Vec<String>,
    /// The categories that need consent and are refused. Others may be neither granted nor refused.
    refused_categories: Vec<String>,
    /// How much was granted, as the metrics name it.
    level: &'static str,
    banners: Vec<BannerRead>,
}

/// The choice of one banner.
#[derive(Debug, Serialize)]
struct BannerRead {
    /// As `format` of `[consent]` names it.
    format: &'static str,
    /// One for each instance of its cookies.
    instances: Vec<InstanceRead>,
}

/// One cookie of a banner, or one set of cookies if a choice has several parts. Browsers send several instances if paths or
/// domains differ (RFC 6265 §5.4).
#[derive(Debug, Serialize)]
struct InstanceRead {
    /// Given, absent, expired and so on, as the metrics name it.
    reading: &'static str,
    /// Why the instance grants nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    /// When the choice was made (RFC 3339), if the cookie says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// Each answer that was read; empty if reading stopped at a fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keys: Vec<KeyRead>,
    /// Present if the value is not of the banner's format.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<FaultRead>,
}

#[derive(Debug, Serialize)]
struct KeyRead {
    /// As the banner writes it.
    key: String,
    /// Granted, refused or unsaid.
    answer: &'static str,
    /// The categories that the key grants; empty for a key that the charter does not map.
    categories: Vec<String>,
}

/// Where the reading stopped.
#[derive(Debug, Serialize)]
struct FaultRead {
    /// The name of the cookie that holds the fault.
    cookie: String,
    /// The value, decoded as far as it was when the reading stopped, and escaped as lines are.
    text: String,
    /// The column in that text, from 0.
    at: usize,
    /// What the format has at this position, in words.
    expected: &'static str,
}

/// Reads the choice of a `Cookie` field again, and keeps every step. `visitor` is what the gate read from the same field.
pub(super) fn of_field(site: &Site, field: &[u8], visitor: &Visitor, now: UnixTime) -> ChoiceRead {
    let cookies = || pairs(field).filter_map(|pair| Some((pair.name?, pair.value)));
    let of = |(banner, rules): (&Banner, &BannerRules)| BannerRead {
        format: banner.format.word(),
        instances: banner
            .show(cookies(), now)
            .into_iter()
            .enumerate()
            .map(|(round, shown)| InstanceRead::new(shown, round, banner, rules, &site.charter, cookies()))
            .collect(),
    };
    let keys = |set: fn(&Choice) -> _| {
        let names = visitor.choices.iter().flat_map(|choice| site.policy.key_names(set(choice)));
        names.collect::<Vec<_>>()
    };
    let categories = |says: fn(&Consent, CategoryIndex) -> bool| {
        let gated = (0..).zip(&site.charter.categories).filter(|(_, category)| category.consent == Need::Required);
        let said = gated.filter(|(index, _)| says(&visitor.consent, CategoryIndex(*index)));
        said.map(|(_, category)| category.id.clone()).collect::<Vec<_>>()
    };
    ChoiceRead {
        granted_categories: categories(Consent::grants),
        refused_categories: categories(Consent::refuses),
        granted: keys(|choice| choice.granted),
        refused: keys(|choice| choice.refused),
        level: visitor.consent.level.as_str(),
        banners: site.policy.banners().zip(&site.charter.banners).map(of).collect(),
    }
}

impl InstanceRead {
    fn new<'a>(
        shown: Shown,
        round: usize,
        banner: &Banner,
        rules: &BannerRules,
        charter: &Charter,
        cookies: impl Iterator<Item = (&'a [u8], &'a [u8])>,
    ) -> Self {
        let (keys, fault) = match shown.answers {
            Ok(answers) => {
                (answers.into_iter().map(|(key, answer)| KeyRead::new(key, answer, rules, charter)).collect(), None)
            }
            Err(fault) => (Vec::new(), Some(FaultRead::new(&fault, round, banner, cookies))),
        };
        let date = shown.date.and_then(|date| jiff::Timestamp::from_second(date.0).ok());
        let reading = shown.choice.reading.as_str();
        Self { reading, why: shown.why, date: date.map(|date| date.to_string()), keys, fault }
    }
}

impl KeyRead {
    fn new(key: String, answer: Answer, rules: &BannerRules, charter: &Charter) -> Self {
        let targets = rules.keys.get(&key).into_iter().flatten();
        let named = targets.filter_map(|index| charter.categories.get(usize::from(index.0)));
        let categories = named.map(|category| category.id.clone()).collect();
        let answer = match answer {
            Answer::Granted => "granted",
            Answer::Refused => "refused",
            Answer::Unsaid => "unsaid",
        };
        Self { key, answer, categories }
    }
}

impl FaultRead {
    /// `round`: the index among the cookies of one name, or beyond the last of them, which is then taken.
    fn new<'a>(
        fault: &Fault,
        round: usize,
        banner: &Banner,
        cookies: impl Iterator<Item = (&'a [u8], &'a [u8])>,
    ) -> Self {
        let of_part = cookies.filter(|(name, _)| banner.part(name) == Some(fault.part())).take(round + 1).last();
        let (name, value) = of_part.unwrap_or_default();
        let text = fault.text(value);
        let (before, _) = text.split_at(fault.at().min(text.len()));
        Self {
            cookie: String::from_utf8_lossy(name).into_owned(),
            at: anatomy::escape(before).len(),
            text: anatomy::escape(&text),
            expected: fault.expected,
        }
    }
}

impl ChoiceRead {
    /// One line for each instance of a banner's cookies, and one for each of its keys.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let came = self.banners.iter().flat_map(|banner| banner.instances.iter().map(|read| (banner.format, read)));
        for (format, read) in came {
            let _ = writeln!(text, "choice    {format}: {}", read.summary());
            text += &read.details();
        }
        if text.is_empty() {
            return "choice    absent: nothing is granted; --choice VALUE gives one\n".to_owned();
        }
        let list = |ids: &[String]| if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") };
        let (granted, refused) = (list(&self.granted_categories), list(&self.refused_categories));
        let _ = writeln!(text, "consent   {}: grants {granted}; refuses {refused}", self.level);
        text
    }
}

impl InstanceRead {
    fn summary(&self) -> String {
        match (self.reading, &self.date) {
            ("given", Some(date)) => format!("read, made on {date}"),
            ("given", None) => "read; it has no date".to_owned(),
            (reading, date) => {
                let date = date.as_ref().map(|date| format!(" (made on {date})")).unwrap_or_default();
                let why = self.why.map(|why| format!(" because {why}")).unwrap_or_default();
                format!("{reading}{date}: nothing is granted{why}")
            }
        }
    }

    fn details(&self) -> String {
        let mut text = String::new();
        for KeyRead { key, answer, categories } in &self.keys {
            let grants = match categories.as_slice() {
                [] => "the charter does not map this key".to_owned(),
                ids => ids.join(", "),
            };
            let _ = writeln!(text, "          {key} = {answer} ({grants})");
        }
        if let Some(FaultRead { cookie, text: value, at, expected }) = &self.fault {
            let _ = writeln!(text, "          {cookie} = {value}");
            let indent = cookie.chars().count() + " = ".len() + at;
            let _ = writeln!(text, "          {:indent$}^ here, {expected} was expected", "");
        }
        text
    }
}
