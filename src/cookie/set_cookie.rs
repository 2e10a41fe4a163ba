//! The response's side: one `Set-Cookie` field value, cut into name, value and attributes.
//!
//! A line is borrowed, not copied. Verdicts, amendments, inventory and audit all read lines by this type.

use super::scan::{cut_pair, trim};
use super::{AttributeKind, Attributes};

/// A `Set-Cookie` line that has a name. Borrows the line; holds ranges only.
#[derive(Clone, Copy, Debug)]
pub struct SetCookie<'a> {
    line: &'a [u8],
    name: &'a [u8],
    /// Untrimmed.
    value: &'a [u8],
    attributes: Option<&'a [u8]>,
}

/// Why a line is no cookie that browsers agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// No `=` before the first `;`: Chromium stores a nameless cookie, Firefox an empty one.
    NoEquals,
    /// Nothing before the first `=`.
    EmptyName,
}

impl<'a> SetCookie<'a> {
    /// Cuts a field value (RFC 6265bis §5.6, steps 2 to 4).
    ///
    /// ```
    /// use octroi::cookie::{SetCookie, Unreadable};
    ///
    /// let line = SetCookie::parse(b" id = a b ; Path=/; Secure").unwrap();
    /// assert_eq!((line.name(), line.value()), (&b"id"[..], &b"a b"[..]));
    /// assert_eq!(line.attributes().count(), 2);
    /// assert_eq!(SetCookie::parse(b"id").unwrap_err(), Unreadable::NoEquals);
    /// ```
    ///
    /// # Errors
    /// If the line has no name; what browsers then store differs, so it cannot be judged.
    pub fn parse(line: &'a [u8]) -> Result<Self, Unreadable> {
        let (name, Some(value), attributes) = cut_pair(line) else { return Err(Unreadable::NoEquals) };
        match trim(name) {
            [] => Err(Unreadable::EmptyName),
            name => Ok(Self { line, name, value, attributes }),
        }
    }

    /// The line as it was received.
    pub fn line(&self) -> &'a [u8] {
        self.line
    }

    /// The name as browsers compare it: never empty.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// The value, trimmed of SP and TAB.
    pub fn value(&self) -> &'a [u8] {
        trim(self.value)
    }

    /// The bytes after the value's `;`. Whether the line deletes depends only on these, the name and the time.
    pub fn attribute_text(&self) -> &'a [u8] {
        self.attributes.unwrap_or_default()
    }

    /// The attributes, in the order of the line.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// The path that the line says its cookie is for, whatever page it came with: the last `Path` counts (RFC 6265bis §5.7).
    pub fn named_path(&self) -> Option<&'a [u8]> {
        let last = self.attributes().filter(|attribute| attribute.is(AttributeKind::Path)).last();
        last.and_then(|attribute| attribute.value()).filter(|path| path.starts_with(b"/"))
    }

    /// The domain to whose hosts its cookie is sent, in lower case, if the line names one: the last `Domain` counts
    /// (RFC 6265bis §5.6.3, §5.7).
    pub fn named_domain(&self) -> Option<String> {
        let last = self.attributes().filter(|attribute| attribute.is(AttributeKind::Domain)).last()?;
        let value = last.value().unwrap_or_default();
        let domain = value.strip_prefix(b".").unwrap_or(value);
        std::str::from_utf8(domain).ok().filter(|domain| !domain.is_empty()).map(str::to_ascii_lowercase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_line_and_borrows_its_parts() {
        let line = b"\t sessionid \t= a=b ; Path=/";
        let cookie = SetCookie::parse(line).unwrap();
        assert_eq!(cookie.line(), line);
        assert_eq!(cookie.name(), b"sessionid");
        assert_eq!(cookie.value(), b"a=b");
        assert_eq!(cookie.attributes().count(), 1);
    }

    #[test]
    fn an_equals_sign_after_the_first_semicolon_names_nothing() {
        assert_eq!(SetCookie::parse(b"sessionid; Path=/").unwrap_err(), Unreadable::NoEquals);
        assert_eq!(SetCookie::parse(b"").unwrap_err(), Unreadable::NoEquals);
        assert_eq!(SetCookie::parse(b" \t=sessionid=v").unwrap_err(), Unreadable::EmptyName);
    }
}
