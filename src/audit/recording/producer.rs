//! The program that wrote a recording, which tells what may be missing from it.
//!
//! HAR 1.2 requires a `creator`. Only its name distinguishes a recording of a site without cookies from one whose cookies
//! were left out.

/// The program that wrote a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::audit) struct Producer {
    /// As it names itself; empty if it does not.
    pub(in crate::audit) name: String,
    /// How it writes cookies.
    pub(in crate::audit) behaviour: Behaviour,
}

/// How a producer writes cookies and cached responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::audit) enum Behaviour {
    /// Nothing is known of it.
    #[default]
    Unknown,
    /// It writes every cookie that it sees.
    Faithful,
    /// It leaves out cookies unless asked for them, and does not say so, as Chrome's export does.
    Sanitising,
    /// It uses a protocol that does not show it all cookies.
    Lossy,
    /// It repeats a cached response's cookies.
    Firefox,
    /// It joins several `Set-Cookie` fields by commas.
    Safari,
}

/// A part of a producer's name, in lower case, and its behaviour. The first match counts, so a longer name comes before
/// its parts.
const KNOWN: [(&str, Behaviour); 14] = [
    ("chrome-har-capturer", Behaviour::Lossy),
    ("puppeteer-har", Behaviour::Lossy),
    // It shows no cookies if its caller does not give it the events that hold them.
    ("chrome-har", Behaviour::Lossy),
    ("webkit", Behaviour::Safari),
    ("safari", Behaviour::Safari),
    ("firefox", Behaviour::Firefox),
    ("webinspector", Behaviour::Sanitising),
    ("playwright", Behaviour::Faithful),
    ("mitmproxy", Behaviour::Faithful),
    ("fiddler", Behaviour::Faithful),
    ("charles", Behaviour::Faithful),
    ("insomnia", Behaviour::Faithful),
    ("webpagetest", Behaviour::Faithful),
    ("browsermob", Behaviour::Lossy),
];

impl Producer {
    /// Takes in the name of the creator or of the browser. The creator's decides; the browser's counts only if it is
    /// Safari's and the creator is unknown.
    pub(super) fn named(&mut self, name: &str, is_creator: bool) {
        let lower = name.to_lowercase();
        let known = KNOWN.iter().find(|(known, _)| lower.contains(known));
        if is_creator {
            name.clone_into(&mut self.name);
            self.behaviour = known.map_or(Behaviour::Unknown, |(_, behaviour)| *behaviour);
        } else if self.behaviour == Behaviour::Unknown
            && let Some((_, behaviour @ Behaviour::Safari)) = known
        {
            self.behaviour = *behaviour;
        }
    }
}
