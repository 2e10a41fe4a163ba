//! What a record may tell of the visitor's browser: its name and the page that led here. Both are personal data and of no use
//! to most operators, so they are only read if the configuration asks for them.

use http::header::{HeaderMap, HeaderName, REFERER, USER_AGENT};

/// How many bytes of a field are kept, because a visitor chooses how long it is.
const LONGEST: usize = 512;

/// Which of the fields are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BrowserFields {
    /// `User-Agent`.
    pub user_agent: bool,
    /// `Referer`, without its query and fragment: those hold what people searched for, and keys.
    pub referer: bool,
}

/// The texts of one request, as far as they are asked for and were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    /// The browser's name.
    pub user_agent: Option<String>,
    /// The page that led here.
    pub referer: Option<String>,
}

impl BrowserFields {
    /// The fields of a request; `None` if none is asked for.
    pub(super) fn read(self, fields: &HeaderMap) -> Option<Box<Browser>> {
        if self == Self::default() {
            return None;
        }
        let text = |asked: bool, name: HeaderName, ends: &[u8]| {
            let value = fields.get(name).filter(|_| asked)?.as_bytes();
            let value = value.split(|byte| ends.contains(byte)).next().unwrap_or_default();
            let mut text = String::from_utf8_lossy(value.get(..LONGEST).unwrap_or(value)).into_owned();
            text.shrink_to_fit();
            Some(text)
        };
        let (user_agent, referer) = (text(self.user_agent, USER_AGENT, b""), text(self.referer, REFERER, b"?#"));
        Some(Box::new(Browser { user_agent, referer }))
    }
}

impl Browser {
    /// What it holds in memory, in bytes.
    pub(super) fn size(&self) -> usize {
        let texts = [&self.user_agent, &self.referer].into_iter().flatten();
        size_of::<Self>() + texts.map(String::capacity).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const BOTH: BrowserFields = BrowserFields { user_agent: true, referer: true };

    #[test]
    fn what_is_not_asked_for_is_not_read() {
        let fields = HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static("Mozilla/5.0"))]);
        assert_eq!(BrowserFields::default().read(&fields), None);
        let referer = BrowserFields { referer: true, ..BrowserFields::default() };
        assert_eq!(referer.read(&fields), Some(Box::default()));
        assert_eq!(BOTH.read(&fields).unwrap().user_agent.as_deref(), Some("Mozilla/5.0"));
    }

    #[test]
    fn a_query_and_a_fragment_of_the_page_before_are_left_out() {
        for rest in ["?q=secret", "#secret", "?a#secret", ""] {
            let value = HeaderValue::from_str(&format!("https://a.test/page{rest}")).unwrap();
            let read = BOTH.read(&HeaderMap::from_iter([(REFERER, value)])).unwrap();
            assert_eq!(read.referer.as_deref(), Some("https://a.test/page"), "{rest}");
        }
    }

    #[test]
    fn a_long_or_unreadable_text_is_bounded() {
        let value = HeaderValue::from_bytes(&[b'\xff'; 10_000]).unwrap();
        let read = BOTH.read(&HeaderMap::from_iter([(USER_AGENT, value)])).unwrap();
        assert!(read.user_agent.as_ref().unwrap().chars().count() == LONGEST && read.size() < 2_000);
    }
}
