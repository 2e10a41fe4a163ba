//! The attributes of all `Set-Cookie` lines of one name: bounded, folded, and without a cookie's value.
//!
//! A line that deletes its cookie says nothing about its lifetime, and is left out.

use crate::charter::Lifetime;
use crate::cookie::{Attribute, AttributeKind, FoldedPath, SameSite, SetCookie, UnixTime};

/// How many paths, domains or values of `SameSite` are kept for one name. Further ones are left out.
const MOST_WORDS: usize = 4;
/// The longest domain name (RFC 1035 §3.1), in its written form.
const LONGEST_DOMAIN: usize = 253;

/// The words for `SameSite`; the last one is for a value that browsers ignore, or for none.
pub(super) const SAME_SITE: [&str; 4] = ["strict", "lax", "none", UNSET];
const UNSET: &str = "unset";

/// The attributes of the lines of one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenAttributes {
    /// `Secure`.
    pub secure: Frequency,
    /// `HttpOnly`.
    pub http_only: Frequency,
    /// `Partitioned`.
    pub partitioned: Frequency,
    /// `strict`, `lax`, `none`, or `unset`.
    pub same_site: Words,
    /// `Path`, each folded ([`FoldedPath`]); a line that names none adds none.
    pub paths: Words,
    /// `Domain`, in lower case, without a leading dot; a line that names none is for its host alone.
    pub domains: Words,
    /// The longest lifetime of a line.
    pub longest: Option<Lifetime>,
}

/// Whether all, some or none of the lines have an attribute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Whether a line with it was seen.
    pub with: bool,
    /// Whether a line without it was seen.
    pub without: bool,
}

impl Frequency {
    /// `always`, `sometimes` or `never`, as in `/cookies` and in the inventory's file; `None` if no line was seen.
    pub fn word(self) -> Option<&'static str> {
        match (self.with, self.without) {
            (true, false) => Some("always"),
            (true, true) => Some("sometimes"),
            (false, true) => Some("never"),
            (false, false) => None,
        }
    }

    /// The frequency of this word.
    pub(super) fn read(word: &str) -> Option<Self> {
        let all = [(true, false), (true, true), (false, true)].map(|(with, without)| Self { with, without });
        all.into_iter().find(|frequency| frequency.word() == Some(word))
    }

    fn once(with: bool) -> Self {
        Self { with, without: !with }
    }

    fn absorb(&mut self, other: Self) {
        self.with |= other.with;
        self.without |= other.without;
    }
}

/// At most four texts, sorted and without duplicates: a portal with endless paths fills no memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<Box<str>>);

impl Words {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|word| &**word)
    }

    /// Adds a word, if it is new and there is room.
    pub(super) fn add(&mut self, word: &str) {
        if let Err(index) = self.0.binary_search_by(|known| (**known).cmp(word))
            && self.0.len() < MOST_WORDS
        {
            self.0.insert(index, word.into());
        }
    }

    fn absorb(&mut self, other: &Self) {
        other.iter().for_each(|word| self.add(word));
    }
}

impl<T: AsRef<str>> FromIterator<T> for Words {
    fn from_iter<I: IntoIterator<Item = T>>(words: I) -> Self {
        let mut all = Self::default();
        words.into_iter().for_each(|word| all.add(word.as_ref()));
        all
    }
}

impl SeenAttributes {
    /// The attributes of one line, from its name and its attributes' text ([`SetCookie::attribute_text`]). Empty for a line that
    /// deletes its cookie. `sent` is the response's date, from which `Expires` is measured.
    pub fn of(name: &[u8], attributes: &[u8], sent: UnixTime) -> Self {
        let line = [name, b"=;", attributes].concat();
        SetCookie::parse(&line).map_or_else(|_| Self::default(), |line| Self::of_line(&line, sent))
    }

    fn of_line(line: &SetCookie<'_>, sent: UnixTime) -> Self {
        let longest = match line.life(sent) {
            None => Lifetime::Session,
            Some(seconds) if seconds > 0 => Lifetime::Seconds(u32::try_from(seconds).unwrap_or(u32::MAX)),
            Some(_) => return Self::default(),
        };
        let has = |kind| Frequency::once(line.attributes().any(|attribute| attribute.is(kind)));
        let mut seen = Self {
            secure: has(AttributeKind::Secure),
            http_only: has(AttributeKind::HttpOnly),
            partitioned: has(AttributeKind::Partitioned),
            longest: Some(longest),
            ..Self::default()
        };
        seen.same_site.add(same_site(line));
        if let Some(path) = line.named_path().and_then(FoldedPath::of) {
            seen.paths.add(path.as_str());
        }
        if let Some(domain) = line.named_domain() {
            seen.domains.add(if is_domain(&domain) { &domain } else { "*" });
        }
        seen
    }

    /// Adds the attributes of other lines. The longer lifetime counts.
    pub fn absorb(&mut self, other: &Self) {
        // Every line that sets a cookie has a lifetime. Most sightings are of requests, which have no attributes.
        if other.longest.is_none() {
            return;
        }
        self.secure.absorb(other.secure);
        self.http_only.absorb(other.http_only);
        self.partitioned.absorb(other.partitioned);
        self.same_site.absorb(&other.same_site);
        self.paths.absorb(&other.paths);
        self.domains.absorb(&other.domains);
        self.longest = longer(self.longest, other.longest);
    }

    /// Whether no line was seen that sets the cookie.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The value of the last `SameSite`, which counts (RFC 6265bis §5.7).
fn same_site(line: &SetCookie<'_>) -> &'static str {
    let last = line.attributes().filter(|attribute| attribute.is(AttributeKind::SameSite)).last();
    let value = last.as_ref().and_then(Attribute::value).unwrap_or_default();
    let known = SameSite::ALL.into_iter().find(|known| known.as_str().as_bytes().eq_ignore_ascii_case(value));
    match known {
        Some(SameSite::Strict) => "strict",
        Some(SameSite::Lax) => "lax",
        Some(SameSite::None) => "none",
        None => UNSET,
    }
}

/// Whether a text may be the name of a host.
pub(super) fn is_domain(text: &str) -> bool {
    let is_part = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_');
    (1..=LONGEST_DOMAIN).contains(&text.len()) && text.bytes().all(is_part)
}

/// The longer lifetime; a session is the shortest.
fn longer(one: Option<Lifetime>, other: Option<Lifetime>) -> Option<Lifetime> {
    let seconds = |lifetime: &Lifetime| match lifetime {
        Lifetime::Session => 0,
        Lifetime::Seconds(seconds) => *seconds,
    };
    one.into_iter().chain(other).max_by_key(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: UnixTime = UnixTime(1_795_435_200);

    fn seen(lines: &[&str]) -> SeenAttributes {
        let mut seen = SeenAttributes::default();
        for line in lines {
            let line = SetCookie::parse(line.as_bytes()).unwrap();
            seen.absorb(&SeenAttributes::of(line.name(), line.attribute_text(), SENT));
        }
        seen
    }

    #[test]
    fn attributes_of_several_lines_are_merged() {
        let all = seen(&[
            "a=needle; Path=/; Secure; HttpOnly; SameSite=lax; Max-Age=60",
            "a=needle; Path=/user/8c1f22; Domain=.Example.FR; Secure; SameSite=odd; Max-Age=120; note=needle",
            "a=needle",
        ]);
        assert_eq!(
            [all.secure, all.http_only, all.partitioned].map(Frequency::word),
            [Some("sometimes"), Some("sometimes"), Some("never")]
        );
        assert_eq!(all.same_site.iter().collect::<Vec<_>>(), ["lax", "unset"]);
        assert_eq!(all.paths.iter().collect::<Vec<_>>(), ["/", "/user/*"]);
        assert_eq!(all.domains.iter().collect::<Vec<_>>(), ["example.fr"]);
        assert_eq!(all.longest, Some(Lifetime::Seconds(120)));
        assert!(!format!("{all:?}").contains("needle"));
    }

    #[test]
    fn a_line_that_deletes_its_cookie_is_ignored() {
        assert!(seen(&["a=; Max-Age=0; Path=/x", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]).is_empty());
        assert_eq!(seen(&["a=1", "a=; Max-Age=0"]).longest, Some(Lifetime::Session));
    }

    #[test]
    fn the_number_of_texts_is_bounded() {
        let lines: Vec<_> =
            (b'a'..=b'z').map(|letter| format!("a=1; Path=/{0}; Domain={0}.fr", letter as char)).collect();
        let all = seen(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((all.paths.iter().count(), all.domains.iter().count()), (MOST_WORDS, MOST_WORDS));
        let odd = seen(&[&format!("a=1; Domain={}", "x".repeat(254)), "a=1; Domain=<b>"]);
        assert_eq!(odd.domains.iter().collect::<Vec<_>>(), ["*"]);
    }
}
