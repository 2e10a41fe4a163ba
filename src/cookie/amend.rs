//! Amendments: a shorter life, a missing attribute or another domain. No other byte is changed.
//!
//! In browsers the last `Max-Age` decides, and `Expires` counts only if `Max-Age` says nothing. They differ in how they read odd
//! values. The cap must hold in all of them, so a value that they read differently is replaced: a date is written in the strict
//! form, anything else is emptied, which all of them ignore. That never lengthens a life.

use super::date::{format_strict_date, parse_agreed_date};
use super::scan::cut;
use super::{Attribute, AttributeKind, SameSite, SetCookie, UnixTime, parse_cookie_date};

/// What the policy asks of a cookie that passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// Longest life in seconds; a longer `Max-Age` or `Expires` is shortened to it. A session cookie stays one.
    pub max_lifetime: Option<u32>,
    /// Add `Secure` if it is missing.
    pub secure: bool,
    /// Add `HttpOnly` if it is missing.
    pub http_only: bool,
    /// Add `SameSite` if it is missing.
    pub same_site: Option<SameSite>,
}

impl Amendment {
    /// Asks for nothing.
    pub const NONE: Self = Self { max_lifetime: None, secure: false, http_only: false, same_site: None };
}

/// The line with `amendment` applied, or `None` if it already complies and can pass byte for byte.
///
/// `Expires` is measured from `sent`, the date of the response: browsers correct it by that date.
///
/// ```
/// use octroi::cookie::{Amendment, SetCookie, UnixTime, amend};
///
/// let a_day = Amendment { max_lifetime: Some(86_400), secure: true, ..Amendment::NONE };
/// let amended = |line| amend(&SetCookie::parse(line).unwrap(), &a_day, UnixTime(0));
/// assert_eq!(amended(b"a=1; Max-Age=99999; Path=/").unwrap(), b"a=1; Max-Age=86400; Path=/; Secure");
/// assert_eq!(amended(b"a=1; Max-Age=60; Secure"), None);
/// ```
pub fn amend(line: &SetCookie<'_>, amendment: &Amendment, sent: UnixTime) -> Option<Vec<u8>> {
    let shortened = amendment.max_lifetime.and_then(|seconds| Cap::new(line, seconds, sent).shorten(line));
    let additions = [
        (amendment.secure && !has(line, AttributeKind::Secure)).then_some("; Secure"),
        (amendment.http_only && !has(line, AttributeKind::HttpOnly)).then_some("; HttpOnly"),
        amendment.same_site.filter(|_| !has_same_site(line)).map(same_site_addition),
    ];
    if shortened.is_none() && additions == [None; 3] {
        return None;
    }
    let mut amended = shortened.unwrap_or_else(|| line.line().to_vec());
    for addition in additions.into_iter().flatten() {
        amended.extend_from_slice(addition.as_bytes());
    }
    Some(amended)
}

/// The line with `host` in each `Domain` for which `is_own` returns true, or `None` if there is none. Browsers ignore a leading
/// dot.
pub fn with_domain(line: &SetCookie<'_>, host: &str, is_own: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    let names_own = |attribute: &Attribute<'_>| {
        let value = attribute.value().filter(|_| attribute.is(AttributeKind::Domain)).unwrap_or_default();
        is_own(value.strip_prefix(b".").unwrap_or(value))
    };
    if !line.attributes().any(|attribute| names_own(&attribute)) {
        return None;
    }
    let mut turned = cut(line.line(), b';').0.to_vec();
    for attribute in line.attributes() {
        turned.push(b';');
        if names_own(&attribute) {
            write_with_value(&mut turned, &attribute, host.as_bytes());
        } else {
            turned.extend_from_slice(attribute.raw);
        }
    }
    Some(turned)
}

fn has(line: &SetCookie<'_>, kind: AttributeKind) -> bool {
    line.attributes().any(|attribute| attribute.is(kind) && attribute.is_heeded())
}

/// Whether the last `SameSite` has a value that browsers know; any other leaves it to their default.
fn has_same_site(line: &SetCookie<'_>) -> bool {
    let last = line.attributes().filter(|attribute| attribute.is(AttributeKind::SameSite)).last();
    let value = last.and_then(|attribute| attribute.value()).unwrap_or_default();
    SameSite::ALL.iter().any(|known| known.as_str().as_bytes().eq_ignore_ascii_case(value))
}

fn same_site_addition(value: SameSite) -> &'static str {
    match value {
        SameSite::Strict => "; SameSite=Strict",
        SameSite::Lax => "; SameSite=Lax",
        SameSite::None => "; SameSite=None",
    }
}

/// The longest life of one line, for `Max-Age` and for `Expires`.
struct Cap {
    seconds: u32,
    date: UnixTime,
    /// Whether every browser reads the last `Max-Age` as a number, so that none uses `Expires`.
    expires_is_idle: bool,
}

impl Cap {
    fn new(line: &SetCookie<'_>, seconds: u32, sent: UnixTime) -> Self {
        let last = line.attributes().filter(|attribute| attribute.is(AttributeKind::MaxAge)).last();
        let expires_is_idle = last.is_some_and(|attribute| attribute.seconds().is_some());
        Self { seconds, date: sent.plus(i64::from(seconds)), expires_is_idle }
    }

    /// The line with each life held to the cap; `None` if all are.
    fn shorten(&self, line: &SetCookie<'_>) -> Option<Vec<u8>> {
        if line.attributes().all(|attribute| self.shorter_value(&attribute).is_none()) {
            return None;
        }
        let mut shortened = cut(line.line(), b';').0.to_vec();
        for attribute in line.attributes() {
            shortened.push(b';');
            match self.shorter_value(&attribute) {
                Some(value) => write_with_value(&mut shortened, &attribute, value.as_bytes()),
                None => shortened.extend_from_slice(attribute.raw),
            }
        }
        Some(shortened)
    }

    /// The value that must replace an attribute's value; `None` if it may stay.
    fn shorter_value(&self, attribute: &Attribute<'_>) -> Option<String> {
        let is_number = attribute.is(AttributeKind::MaxAge);
        if !is_number && (self.expires_is_idle || !attribute.is(AttributeKind::Expires)) {
            return None;
        }
        let value = attribute.value().filter(|value| !value.is_empty())?;
        if is_number {
            self.shorter_max_age(attribute.seconds())
        } else if attribute.is_heeded() {
            self.shorter_expires(value)
        } else {
            Some(String::new())
        }
    }

    fn shorter_max_age(&self, seconds: Option<i64>) -> Option<String> {
        match seconds {
            Some(seconds) if seconds <= i64::from(self.seconds) => None,
            Some(_) => Some(self.seconds.to_string()),
            None => Some(String::new()),
        }
    }

    fn shorter_expires(&self, value: &[u8]) -> Option<String> {
        if parse_agreed_date(value).is_some_and(|date| date <= self.date) {
            return None;
        }
        let date = parse_cookie_date(value).map(|date| date.min(self.date));
        Some(date.and_then(format_strict_date).unwrap_or_default())
    }
}

/// Writes `attribute` with another value, and keeps the white space around it.
fn write_with_value(line: &mut Vec<u8>, attribute: &Attribute<'_>, value: &[u8]) {
    let (name, old) = cut(attribute.raw, b'=');
    let old = old.unwrap_or_default();
    let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let before = old.iter().take_while(is_space).count();
    let after = old.iter().rev().take_while(is_space).count();
    line.extend_from_slice(name);
    line.push(b'=');
    line.extend(old.iter().take(before));
    line.extend_from_slice(value);
    line.extend(old.iter().skip(old.len().saturating_sub(after)));
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_795_435_200);

    fn amended(line: &str, amendment: Amendment) -> Option<String> {
        let cookie = SetCookie::parse(line.as_bytes()).unwrap();
        amend(&cookie, &amendment, NOW).map(|line| String::from_utf8(line).unwrap())
    }

    #[test]
    fn an_own_domain_gives_way_and_nothing_else_changes() {
        let table = [
            ("a=b; Domain=portal.test; Path=/", Some("a=b; Domain=data.fr; Path=/")),
            ("a=portal.test;domain = .PORTAL.test ;X", Some("a=portal.test;domain = data.fr ;X")),
            ("a=b; Domain=portal.test; domain=portal.test", Some("a=b; Domain=data.fr; domain=data.fr")),
            ("a=b; Domain=other.test; Domain=portal.test", Some("a=b; Domain=other.test; Domain=data.fr")),
            ("a=b; Domain=..portal.test", None),
            ("a=b; Domain=portal.test.", None),
            ("a=b; Domain=www.portal.test", None),
            ("a=b; Domain=test", None),
            ("a=b; Domain=", None),
            ("a=b; Domain", None),
            ("a=b; Path=portal.test", None),
            ("Domain=portal.test", None),
        ];
        for (line, expected) in table {
            let cookie = SetCookie::parse(line.as_bytes()).unwrap();
            let turned = with_domain(&cookie, "data.fr", |host| host.eq_ignore_ascii_case(b"portal.test"));
            assert_eq!(turned.map(|line| String::from_utf8(line).unwrap()).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn an_attribute_too_long_to_be_heeded_is_missing() {
        let line = format!("a=b; Secure={}", "x".repeat(1025));
        let secure = Amendment { secure: true, ..Amendment::default() };
        assert_eq!(amended(&line, secure), Some(format!("{line}; Secure")));
    }

    #[test]
    fn a_life_too_long_to_be_heeded_is_emptied() {
        let cap = Amendment { max_lifetime: Some(60), ..Amendment::default() };
        let zeros = "0".repeat(1025);
        assert_eq!(amended(&format!("a=b; Max-Age={zeros}"), cap).as_deref(), Some("a=b; Max-Age="));
        let date = format!("a=b; Expires=1 Jan 2000 00:00:00 {}; Path=/", "x".repeat(1024));
        assert_eq!(amended(&date, cap).as_deref(), Some("a=b; Expires=; Path=/"));
    }

    #[test]
    fn a_cap_beyond_the_calendar_leaves_a_session_cookie_and_no_wrong_date() {
        let cookie = SetCookie::parse(b"a=b; Expires=9999 31 Dec 23:59:59").unwrap();
        let cap = Amendment { max_lifetime: Some(u32::MAX), ..Amendment::default() };
        assert_eq!(amend(&cookie, &cap, UnixTime(i64::MAX)).as_deref(), Some(&b"a=b; Expires="[..]));
    }
}
