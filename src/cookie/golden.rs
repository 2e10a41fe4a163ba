//! The tables of `tests/golden/cookies`, which say in a lawyer's reach how each odd line is read, held against the code.

use super::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table<C> {
    now: Option<String>,
    case: Vec<C>,
}

impl<C: DeserializeOwned> Table<C> {
    fn read(text: &str) -> Self {
        let table: Self = toml::from_str(text).unwrap();
        assert!(!table.case.is_empty());
        table
    }

    fn now(&self) -> UnixTime {
        moment(self.now.as_deref().unwrap())
    }
}

fn moment(text: &str) -> UnixTime {
    let civil = |text: &str| text.parse::<jiff::civil::DateTime>().unwrap();
    UnixTime(civil(text.strip_suffix('Z').unwrap()).duration_since(civil("1970-01-01T00:00:00")).as_secs())
}

fn from_hex(hex: &str) -> Vec<u8> {
    hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

/// The bytes that a case gives as text or in hexadecimal digits.
fn bytes(text: Option<&str>, hex: Option<&str>) -> Vec<u8> {
    match (text, hex) {
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(hex)) => from_hex(hex),
        _ => panic!("a case gives text or hexadecimal digits, and not both"),
    }
}

/// Compares bytes so that a failure can be read.
#[track_caller]
fn same(case: &str, read: &[u8], expected: &[u8]) {
    assert!(read == expected, "{case}: read {}, expected {}", read.escape_ascii(), expected.escape_ascii());
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineCase {
    case: String,
    line: Option<String>,
    line_hex: Option<String>,
    name: Option<String>,
    name_hex: Option<String>,
    value: Option<String>,
    value_hex: Option<String>,
    attributes: Option<Vec<String>>,
    unreadable: Option<String>,
    verdict: String,
}

impl LineCase {
    fn check(&self) {
        let case = &self.case;
        let line = bytes(self.line.as_deref(), self.line_hex.as_deref());
        let read = SetCookie::parse(&line);
        let passes = read.is_ok_and(|cookie| cookie.name() == b"sessionid");
        assert_eq!(if passes { "pass" } else { "drop" }, self.verdict, "{case}");
        match (read, self.unreadable.as_deref()) {
            (Ok(cookie), None) => self.check_parts(&cookie),
            (Err(Unreadable::NoEquals), Some("no equals sign")) | (Err(Unreadable::EmptyName), Some("empty name")) => {}
            (read, expected) => panic!("{case}: read {read:?}, expected {expected:?}"),
        }
    }

    fn check_parts(&self, cookie: &SetCookie<'_>) {
        same(&self.case, cookie.name(), &bytes(self.name.as_deref(), self.name_hex.as_deref()));
        same(&self.case, cookie.value(), &bytes(self.value.as_deref(), self.value_hex.as_deref()));
        let attributes: Vec<_> = cookie.attributes().map(described).collect();
        assert_eq!(Some(attributes), self.attributes, "{}", self.case);
    }
}

fn described(attribute: Attribute<'_>) -> String {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    let name = match attribute.kind() {
        AttributeKind::Unknown => format!("({})", text(attribute.name())),
        kind => format!("{kind:?}"),
    };
    match attribute.value() {
        Some(value) => format!("{name}: {}", text(value)),
        None => name,
    }
}

#[test]
fn set_cookie_lines() {
    let table = Table::<LineCase>::read(include_str!("../../tests/golden/cookies/set_cookie.toml"));
    table.case.iter().for_each(LineCase::check);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldCase {
    case: String,
    field: Option<String>,
    field_hex: Option<String>,
    pairs: Option<Vec<[String; 2]>>,
    pairs_hex: Option<Vec<[String; 2]>>,
    forwarded: Option<String>,
    forwarded_hex: Option<String>,
}

impl FieldCase {
    fn check(&self) {
        let field = bytes(self.field.as_deref(), self.field_hex.as_deref());
        let read: Vec<_> = pairs(&field).collect();
        let parts = |pair: &Pair<'_>| [pair.name.unwrap_or_default().to_vec(), pair.value.to_vec()];
        assert_eq!(read.iter().map(parts).collect::<Vec<_>>(), self.expected(), "{}", self.case);
        let kept: Vec<_> = read.iter().filter(|pair| pair.name == Some(b"sessionid")).map(|pair| pair.raw).collect();
        let forwarded = bytes(self.forwarded.as_deref(), self.forwarded_hex.as_deref());
        same(&self.case, &kept.join(&b"; "[..]), &forwarded);
    }

    fn expected(&self) -> Vec<[Vec<u8>; 2]> {
        let text = self.pairs.iter().flatten().map(|pair| pair.clone().map(String::into_bytes));
        let hex = self.pairs_hex.iter().flatten().map(|pair| pair.clone().map(|part| from_hex(&part)));
        text.chain(hex).collect()
    }
}

#[test]
fn cookie_fields() {
    let table = Table::<FieldCase>::read(include_str!("../../tests/golden/cookies/pairs.toml"));
    table.case.iter().for_each(FieldCase::check);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DateCase {
    case: String,
    date: String,
    browsers: String,
    strict: bool,
}

impl DateCase {
    fn check(&self) {
        let expected = (self.browsers != "none").then(|| moment(&self.browsers));
        assert_eq!(parse_cookie_date(self.date.as_bytes()), expected, "{}", self.case);
        let strict = expected.filter(|_| self.strict);
        assert_eq!(parse_strict_date(self.date.as_bytes()), strict, "{}, strictly", self.case);
    }
}

#[test]
fn dates() {
    let table = Table::<DateCase>::read(include_str!("../../tests/golden/cookies/dates.toml"));
    table.case.iter().for_each(DateCase::check);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeletionCase {
    case: String,
    line: String,
    becomes: Option<String>,
    doubtful: Option<String>,
}

impl DeletionCase {
    fn check(&self, now: UnixTime) {
        let cookie = SetCookie::parse(self.line.as_bytes()).unwrap();
        assert!(self.becomes.is_some() != self.doubtful.is_some(), "{}: one of both", self.case);
        assert_eq!(cookie.surely_deletes(now), self.becomes.is_some(), "{}", self.case);
        if let Some(becomes) = &self.becomes {
            same(&self.case, &canonical_deletion(&cookie), becomes.as_bytes());
        }
    }
}

#[test]
fn deletions() {
    let table = Table::<DeletionCase>::read(include_str!("../../tests/golden/cookies/deletions.toml"));
    table.case.iter().for_each(|case| case.check(table.now()));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AmendmentCase {
    case: String,
    cap: Option<u32>,
    #[serde(default)]
    add: Vec<String>,
    line: String,
    becomes: String,
}

impl AmendmentCase {
    fn check(&self, now: UnixTime) {
        let cookie = SetCookie::parse(self.line.as_bytes()).unwrap();
        match amend(&cookie, &self.amendment(), now) {
            Some(amended) => same(&self.case, &amended, self.becomes.as_bytes()),
            None => assert_eq!(self.becomes, "unchanged", "{}", self.case),
        }
    }

    fn amendment(&self) -> Amendment {
        let mut amendment = Amendment { max_lifetime: self.cap, ..Amendment::default() };
        for attribute in &self.add {
            match attribute.as_str() {
                "Secure" => amendment.secure = true,
                "HttpOnly" => amendment.http_only = true,
                "SameSite=Strict" => amendment.same_site = Some(SameSite::Strict),
                "SameSite=Lax" => amendment.same_site = Some(SameSite::Lax),
                "SameSite=None" => amendment.same_site = Some(SameSite::None),
                other => panic!("{}: {other} is nothing to add", self.case),
            }
        }
        amendment
    }
}

#[test]
fn amendments() {
    let table = Table::<AmendmentCase>::read(include_str!("../../tests/golden/cookies/amendments.toml"));
    table.case.iter().for_each(|case| case.check(table.now()));
}
