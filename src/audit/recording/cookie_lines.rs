//! The cookies of an entry, as one `Cookie` field and as `Set-Cookie` lines. Header fields and `cookies` lists are merged,
//! because each may lack cookies that the other has.

use jiff::Timestamp;
use memchr::{memchr_iter, memmem};
use percent_encoding::percent_decode;

use super::entry::{Entry, ListedCookie};
use super::producer::Behaviour;
use crate::cookie::{SetCookie, UnixTime, format_strict_date, pairs};

/// The cookies that a request sent.
#[derive(Debug, Default)]
pub(in crate::audit) struct SentField {
    /// As one field (RFC 9113 §8.2.3); empty if there are none.
    pub(in crate::audit) field: Vec<u8>,
    /// How many more of its list cannot be written as a pair: without a name, or with a control byte.
    pub(in crate::audit) unreadable: usize,
    /// Whether a placeholder stands in place of some of them, or of a value.
    pub(in crate::audit) is_redacted: bool,
}

/// The lines by which a response set cookies.
#[derive(Debug, Default)]
pub(in crate::audit) struct SetLines {
    /// In the order of the recording.
    pub(in crate::audit) lines: Vec<Vec<u8>>,
    /// How many more are no cookies: with a control byte, which no browser keeps, or listed without a name.
    pub(in crate::audit) unreadable: usize,
    /// Whether a placeholder stands in place of some of them, or of a value.
    pub(in crate::audit) is_redacted: bool,
}

/// Joins the cookies of a request's fields and of its list. A listed cookie is added only if no field has its name.
pub(in crate::audit) fn sent_field(entry: &Entry) -> SentField {
    let mut sent = SentField::default();
    // Some producers join several fields by a line feed.
    for field in entry.cookies.iter().flat_map(|field| field.split(|byte| *byte == b'\n')) {
        for pair in pairs(field.trim_ascii()) {
            if pair.name.is_none() && is_redacted(pair.raw) {
                sent.is_redacted = true;
                continue;
            }
            sent.is_redacted |= pair.name.is_some() && is_redacted(pair.value);
            add(&mut sent.field, pair.raw);
        }
    }
    for cookie in &entry.listed_cookies {
        sent.is_redacted |= cookie.is_redacted();
        let is_known = pairs(&sent.field).any(|pair| match pair.name {
            Some(name) => cookie.is_named(name),
            None => cookie.is_nameless(pair.raw),
        });
        if is_known || cookie.is_redacted_name() {
            continue;
        }
        if cookie.is_readable() {
            let pair = [&cookie.name, b"=".as_slice(), without_semicolons(&cookie.value)].concat();
            add(&mut sent.field, &pair);
        } else {
            sent.unreadable += 1;
        }
    }
    sent
}

/// Splits a response's fields into lines, and adds the cookies of its list. A listed cookie is added only if no line has
/// its name.
pub(in crate::audit) fn set_lines(entry: &Entry, behaviour: Behaviour) -> SetLines {
    let mut set = SetLines::default();
    let lines = entry.set_cookies.iter().flat_map(|field| field.split(|byte| *byte == b'\n'));
    for line in lines.flat_map(|line| without_comma(line.trim_ascii(), behaviour)) {
        if is_redacted(line) {
            set.is_redacted = true;
        } else if line.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
            set.unreadable += 1;
        } else if !line.is_empty() {
            set.is_redacted |= SetCookie::parse(line).is_ok_and(|cookie| is_redacted(cookie.value()));
            set.lines.push(line.to_vec());
        }
    }
    for cookie in &entry.listed_set_cookies {
        set.is_redacted |= cookie.is_redacted();
        let is_known = set.lines.iter().any(|line| match SetCookie::parse(line) {
            Ok(known) => cookie.is_named(known.name()),
            Err(_) => cookie.is_nameless(without_semicolons(line).trim_ascii()),
        });
        if is_known || cookie.is_redacted_name() {
            continue;
        }
        if cookie.is_readable() {
            set.lines.push(line_of(cookie));
        } else {
            set.unreadable += 1;
        }
    }
    set
}

/// How many cookies an entry sets or sends.
pub(super) fn count(entry: &Entry, behaviour: Behaviour) -> usize {
    let (sent, lines) = (sent_field(entry), set_lines(entry, behaviour));
    pairs(&sent.field).count() + sent.unreadable + lines.lines.len() + lines.unreadable
}

fn add(field: &mut Vec<u8>, pair: &[u8]) {
    if !field.is_empty() {
        field.extend_from_slice(b"; ");
    }
    field.extend_from_slice(pair);
}

impl ListedCookie {
    /// Whether a field's cookie has its name. Firefox lists names with their escapes decoded.
    fn is_named(&self, name: &[u8]) -> bool {
        name == self.name || percent_decode(name).eq(self.name.iter().copied())
    }

    /// Whether it can be written as a pair: it has a name, and no byte that ends one or that no browser keeps.
    fn is_readable(&self) -> bool {
        let is_control = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
        let ends_name = |byte: &u8| matches!(byte, b';' | b'=');
        let name = self.name.trim_ascii();
        !name.is_empty() && !name.iter().any(ends_name) && !self.name.iter().chain(&self.value).any(is_control)
    }

    /// Whether it is this nameless cookie, `text` or `=text`. Some producers list the text as a value without a name,
    /// Playwright lists it as a name.
    fn is_nameless(&self, text: &[u8]) -> bool {
        let bare = text.strip_prefix(b"=").unwrap_or(text);
        match (self.name.as_slice(), self.value.as_slice()) {
            ([], value) => value == bare,
            (name, []) => name == text || name == bare,
            _ => false,
        }
    }

    fn is_redacted(&self) -> bool {
        is_redacted(&self.value) || self.is_redacted_name()
    }

    fn is_redacted_name(&self) -> bool {
        is_redacted(&self.name)
    }
}

fn without_semicolons(value: &[u8]) -> &[u8] {
    value.split(|byte| *byte == b';').next().unwrap_or_default()
}

/// A listed cookie as the line that a server would have sent.
fn line_of(cookie: &ListedCookie) -> Vec<u8> {
    let mut line = [&cookie.name, b"=".as_slice(), without_semicolons(&cookie.value)].concat();
    let mut attribute = |name: &[u8], value: &[u8]| {
        if !value.is_empty() {
            line.extend_from_slice(&[b"; ", name, b"=", without_semicolons(value)].concat());
        }
    };
    attribute(b"Path", &cookie.path);
    attribute(b"Domain", &cookie.domain);
    let date = std::str::from_utf8(&cookie.expires).ok().and_then(|text| text.trim().parse::<Timestamp>().ok());
    let written = date.and_then(|date| format_strict_date(UnixTime(date.as_second())));
    attribute(b"Expires", written.as_ref().map_or(cookie.expires.as_slice(), |date| date.as_bytes()));
    line.retain(|byte| !byte.is_ascii_control());
    line
}

/// Whether a text is a placeholder for one that a tool removed: it holds one of their words, or is words in brackets or
/// one repeated character. A text with `=` is not.
///
/// `[redacted]`, `Sanitized`, `****` and `xxxx` are placeholders; `a=****` and `[1,2]` are not.
pub(in crate::audit) fn is_redacted(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let lower = text.to_ascii_lowercase();
    let words: [&[u8]; 4] = [b"redacted", b"sanitized", b"sanitised", b"scrubbed"];
    let holds_word = || words.iter().any(|word| memmem::find(&lower, word).is_some());
    !text.contains(&b'=') && (holds_word() || is_in_brackets(text) || is_masked(text))
}

/// Whether it is words in brackets. A list or an object of JSON is not.
fn is_in_brackets(text: &[u8]) -> bool {
    let ([b'[', inner @ .., b']'] | [b'<', inner @ .., b'>'] | [b'{', inner @ .., b'}'] | [b'(', inner @ .., b')']) =
        text
    else {
        return false;
    };
    inner.iter().any(u8::is_ascii_alphabetic)
        && inner.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'_' | b'-'))
}

/// Whether it is one masking character, repeated.
fn is_masked(text: &[u8]) -> bool {
    let is_only = |mask: &[u8], least: usize| {
        text.len() >= mask.len() * least && text.chunks(mask.len()).all(|chunk| chunk.eq_ignore_ascii_case(mask))
    };
    is_only(b"*", 2) || is_only(b"x", 4) || is_only("•".as_bytes(), 2)
}

/// The lines of a field that joins several by commas, as Safari and some libraries do. A comma joins lines if a cookie
/// follows it and it stands among attributes, where only dates have one; in Safari's recordings, also within a value if a
/// space follows.
fn without_comma(line: &[u8], behaviour: Behaviour) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut start = 0;
    for comma in memchr_iter(b',', line) {
        let (before, after) = line.split_at_checked(comma + 1).unwrap_or_default();
        let before = before.get(start..comma).unwrap_or_default();
        let is_in_attributes = before.contains(&b';');
        let is_apart = after.first() == Some(&b' ');
        if (is_in_attributes || (behaviour == Behaviour::Safari && is_apart && before.contains(&b'=')))
            && begins_a_cookie(after)
        {
            lines.push(before);
            start = comma + 1 + usize::from(is_apart);
        }
    }
    lines.push(line.get(start..).unwrap_or_default().trim_ascii());
    lines
}

/// Whether a name and `=` come next. A name may hold any character but a separator; the rest of a date begins with a
/// space and a number.
fn begins_a_cookie(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let is_separator = |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || b";,".contains(byte);
    match text.iter().position(|byte| *byte == b'=') {
        Some(0) | None => false,
        Some(end) => !text.iter().take(end).any(is_separator),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str, behaviour: Behaviour) -> Vec<String> {
        without_comma(line.as_bytes(), behaviour)
            .into_iter()
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect()
    }

    #[test]
    fn a_comma_joins_lines_but_not_within_a_date() {
        let joined = "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/, b=2; Path=/, c=3";
        let parts = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/", "b=2; Path=/", "c=3"];
        for behaviour in [Behaviour::Safari, Behaviour::Unknown] {
            assert_eq!(split(joined, behaviour), parts);
        }
        let dated = "a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT";
        assert_eq!(split(dated, Behaviour::Safari), [dated]);
    }

    #[test]
    fn a_comma_within_a_value_joins_lines_only_in_safari() {
        assert_eq!(split("a=1, b=2; Path=/", Behaviour::Unknown), ["a=1, b=2; Path=/"]);
        assert_eq!(split("a=1, b=2; Path=/", Behaviour::Safari), ["a=1", "b=2; Path=/"]);
        assert_eq!(split("a={x:1,y=2}", Behaviour::Safari), ["a={x:1,y=2}"]);
    }

    #[test]
    fn placeholders_are_recognised() {
        for word in [
            "[redacted]", "REDACTED", "[sanitized]", "<redacted>", "***", "[REDACTED by tool]", "[removed]",
            "[sessionid redacted]", "{{redacted}}", "***REDACTED***", "(redacted)", "__REDACTED__", "%5BREDACTED%5D",
            "\"[redacted]\"", "redacted_value", "sha256:redacted", "[scrubbed]", "<hidden>", "xxxxx", "XXXX", "••••",
            "**", "eyJh.eyJz.redacted",
        ] {
            assert!(is_redacted(word.as_bytes()), "{word}");
        }
        for word in
            ["", "removed", "redaction", "*", "filtered", "sessionid=redacted", "[]", "{}", "[1]", "xxx", "•", "<>"]
        {
            assert!(!is_redacted(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn fields_and_lists_are_merged() {
        let listed = |name: &str, value: &str| ListedCookie {
            name: name.into(),
            value: value.into(),
            path: b"/a".into(),
            domain: b".example.fr".into(),
            expires: b"2026-11-29T10:00:00.000Z".into(),
        };
        let entry = Entry {
            cookies: vec![b"a=1".into(), b"b=2; =v".into(), b"[redacted]".into()],
            listed_cookies: vec![listed("a", "1"), listed("c", "3;x"), listed("", "v"), listed("d;", "4")],
            set_cookies: vec![b"e=5; Path=/\nf=6".into(), b"g=\x01".into()],
            listed_set_cookies: vec![listed("e", "5"), listed("h", "8")],
            ..Entry::default()
        };
        let sent = sent_field(&entry);
        assert_eq!(String::from_utf8_lossy(&sent.field), "a=1; b=2; =v; c=3");
        assert!(sent.is_redacted);
        let new = set_lines(&entry, Behaviour::Unknown);
        let lines: Vec<_> = new.lines.iter().map(|line| String::from_utf8_lossy(line)).collect();
        let listed = "h=8; Path=/a; Domain=.example.fr; Expires=Sun, 29 Nov 2026 10:00:00 GMT";
        assert_eq!(lines, ["e=5; Path=/", "f=6", listed]);
        assert_eq!((new.unreadable, new.is_redacted), (1, false));
    }
}
