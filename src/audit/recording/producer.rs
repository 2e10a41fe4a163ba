//! Who wrote a recording, which tells what is missing from it.
//!
//! HAR 1.2 asks for a `creator`; its name is all that tells a recording without cookies from one whose cookies were
//! taken out.

/// The program that wrote a recording, and what is known of its ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::audit) struct Producer {
    /// As it names itself; empty if it does not.
    pub(in crate::audit) name: String,
    /// What it leaves out or writes in its own way.
    pub(in crate::audit) ways: Ways,
}

/// How a producer treats cookies and what came from a cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::audit) enum Ways {
    /// Nothing is known of it.
    #[default]
    Unknown,
    /// It writes every cookie that it sees.
    Faithful,
    /// Chrome's export leaves out cookies unless it is told not to, and does not say so.
    Sanitising,
    /// It works on a protocol that does not tell it of cookies.
    Lossy,
    /// Repeats a cached response's cookies.
    Firefox,
    /// Joins several `Set-Cookie` fields by a comma.
    Safari,
}

/// A part of a producer's name, in lower case, and its ways. The first that fits counts, so longer names stand before
/// their parts.
const KNOWN: [(&str, Ways); 14] = [
    ("chrome-har-capturer", Ways::Lossy),
    ("puppeteer-har", Ways::Lossy),
    // Fed without the events that tell of cookies, as puppeteer-har does, it shows none.
    ("chrome-har", Ways::Lossy),
    ("webkit", Ways::Safari),
    ("safari", Ways::Safari),
    ("firefox", Ways::Firefox),
    ("webinspector", Ways::Sanitising),
    ("playwright", Ways::Faithful),
    ("mitmproxy", Ways::Faithful),
    ("fiddler", Ways::Faithful),
    ("charles", Ways::Faithful),
    ("insomnia", Ways::Faithful),
    ("webpagetest", Ways::Faithful),
    ("browsermob", Ways::Lossy),
];

impl Producer {
    /// Takes in the name of the creator or of the browser. The creator's decides; the browser's counts only if it is
    /// Safari and the creator is not known.
    pub(super) fn named(&mut self, name: &str, is_creator: bool) {
        let lower = name.to_lowercase();
        let known = KNOWN.iter().find(|(known, _)| lower.contains(known));
        if is_creator {
            name.clone_into(&mut self.name);
            self.ways = known.map_or(Ways::Unknown, |(_, ways)| *ways);
        } else if self.ways == Ways::Unknown
            && let Some((_, ways @ Ways::Safari)) = known
        {
            self.ways = *ways;
        }
    }
}
