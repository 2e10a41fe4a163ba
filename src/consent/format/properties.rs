//! What holds for every format: each writes three answers, in a way of its own, and whatever is done to the text, nothing
//! is granted that was not.

use proptest::prelude::*;

use super::{Format, KnownKeys, Options, testing};
use crate::consent::parts::MAX_PARTS;
use crate::consent::{Choice, Keys, Reading};

type Write = fn(&[(&str, bool)]) -> String;

/// A format, keys that it can have, and how its banner writes an answer for each.
struct Writer {
    format: Format,
    keys: [&'static str; 3],
    write: Write,
    /// Whether an answer is so short that one changed byte makes another one.
    is_terse: bool,
}

const FREE: [&str; 3] = ["matomo", "youtube", "gtag"];

#[allow(clippy::too_many_lines)] // A table of all formats.
fn writer(format: Format) -> Writer {
    use Format::*;
    let (keys, write): ([&str; 3], Write) = match format {
        Opendatasoft => (FREE, |said| format!("cookies_preferences={}", object(said, "\"timestamp\":1764000000000"))),
        Tarteaucitron => (FREE, |said| format!("tarteaucitron={}", each(said, "!", "=", ["false", "true"], ""))),
        Orejime | EuConsent => (FREE, |said| format!("eu-consent={}", object(said, ""))),
        Klaro => (FREE, |said| format!("klaro={}", object(said, ""))),
        Cookiesjsr => (FREE, |said| format!("cookiesjsr={}", object(said, ""))),
        Zaraz => (["eQic", "vxcT", "Abcd"], |said| format!("zaraz-consent={}", object(said, ""))),
        CookieConsent => (FREE, |said| {
            format!("cc_cookie={{\"categories\":{},\"consentTimestamp\":\"2026-01-15T00:00:00.000Z\"}}", list(said))
        }),
        Osano => (["ESSENTIAL", "ANALYTICS", "MARKETING"], |said| {
            each(said, "; cookieconsent_status_", "=", ["DENY", "ALLOW"], "")[2..].to_owned()
        }),
        GovUk => (FREE, |said| format!("cookies_policy={}; cookies_preferences_set=true", object(said, ""))),
        Cookiebot => (["necessary", "statistics", "marketing"], |said| {
            let answers = each(said, "", ":", ["false", "true"], ",");
            format!("CookieConsent={{stamp:'AA==',{answers}method:'explicit',ver:1,utc:1764000000000}}")
        }),
        OneTrust => (["C0001", "C0002", "C0004"], |said| {
            let groups = each(said, "%2C", "%3A", ["0", "1"], "")[3..].to_owned();
            format!("OptanonConsent=hosts=&groups={groups}&x=y; OptanonAlertBoxClosed=2026-01-15T00:00:00.000Z")
        }),
        Axeptio => (FREE, |said| {
            let vendors: String = granted(said).flat_map(|key| [key, "%2C"]).collect();
            let object = object(said, "\"$$completed\":true");
            format!("axeptio_cookies={object}; axeptio_authorized_vendors=%2C{vendors}")
        }),
        Didomi => (FREE, |said| {
            let json = format!("{{\"version\":2,\"purposes\":{{\"enabled\":{}}}}}", list(said));
            format!("didomi_token={}", data_encoding::BASE64.encode(json.as_bytes()))
        }),
        CookieYes => (FREE, |said| {
            let consent = if granted(said).next().is_some() { "yes" } else { "no" };
            let answers = each(said, ",", ":", ["no", "yes"], "");
            format!("cookieyes-consent=consentid:AA,consent:{consent},action:yes{answers}")
        }),
        Complianz => (["statistics", "preferences", "marketing"], |said| {
            format!("cmplz_banner-status=dismissed{}", each(said, "; cmplz_", "=", ["deny", "allow"], ""))
        }),
        CommandersAct => (["2", "3", "14"], |said| {
            let listed: Vec<_> = granted(said).collect();
            let status = u8::from(listed.is_empty());
            format!("TC_PRIVACY={status}@019@{}@1@1764000000000@", listed.join(","))
        }),
        EuCookieCompliance => (FREE, |said| {
            let status = if granted(said).next().is_some() { 2 } else { 0 };
            format!("cookie-agreed={status}; cookie-agreed-categories={}", list(said))
        }),
        DjangoCookieConsent => (FREE, |said| {
            format!("cookie_consent={}", &each(said, "|", "=", ["-1", "2026-01-15T00:00:00.421395"], "")[1..])
        }),
        AspNet => (["all", "", ""], |said| format!(".AspNet.Consent={}", if said[0].1 { "yes" } else { "no" })),
        Word => (["all", "", ""], |said| format!("choice={}", if said[0].1 { "accepted" } else { "essential" })),
        Matomo => (["tracking", "cookies", ""], |said| match (said[0].1, said[1].1) {
            (false, false) => "mtm_consent_removed=1764000000000".to_owned(),
            (true, true) => "mtm_consent=1764000000000; mtm_cookie_consent=1764000000000".to_owned(),
            (true, false) => "mtm_consent=1764000000000".to_owned(),
            (false, true) => "mtm_cookie_consent=1764000000000".to_owned(),
        }),
        Tcf => (["purpose-1", "purpose-2", "vendor-2"], |said| format!("euconsent-v2={}", tc_string(said))),
        Gpp => (["purpose-1", "purpose-2", "vendor-2"], |said| format!("gpp=DBABM~{}", tc_string(said))),
        Iubenda => (["1", "4", "5"], |said| {
            format!("choice={{\"timestamp\":\"2026-01-15T00:00:00.000Z\",\"purposes\":{}}}", object(said, ""))
        }),
        Tealium => (["c1", "c2", "c15"], |said| {
            format!("CONSENTMGR={}ts:1764000000000|consent:true", each(said, "", ":", ["0", "1"], "|"))
        }),
        CookieScript => (FREE, |said| {
            let action = if granted(said).next().is_some() { "accept" } else { "reject" };
            let categories = list(said).replace('"', "\\\"");
            format!("CookieScriptConsent={{\"action\":\"{action}\",\"categories\":\"{categories}\"}}")
        }),
        Json => (FREE, |said| format!("choice={{\"v\":1,\"choices\":{}}}", object(said, ""))),
        Pairs => (FREE, |said| format!("choice={}", &each(said, "&", "=", ["rejected", "accepted"], "")[1..])),
    };
    let is_terse = matches!(format, OneTrust | EuCookieCompliance | CommandersAct | Tealium | Tcf | Gpp);
    Writer { format, keys, write, is_terse }
}

fn granted<'a>(said: &'a [(&str, bool)]) -> impl Iterator<Item = &'a str> {
    said.iter().filter(|(_, is_granted)| *is_granted).map(|(key, _)| *key)
}

fn each(said: &[(&str, bool)], before: &str, assign: &str, words: [&str; 2], behind: &str) -> String {
    said.iter().flat_map(|(key, granted)| [before, key, assign, words[usize::from(*granted)], behind]).collect()
}

fn object(said: &[(&str, bool)], more: &str) -> String {
    let answers = said.iter().map(|(key, granted)| format!("\"{key}\":{granted}"));
    format!("{{{}}}", answers.chain((!more.is_empty()).then(|| more.to_owned())).collect::<Vec<_>>().join(","))
}

fn list(said: &[(&str, bool)]) -> String {
    format!("[{}]", granted(said).map(|key| format!("\"{key}\"")).collect::<Vec<_>>().join(","))
}

fn tc_string(said: &[(&str, bool)]) -> String {
    let bit = |place: usize| u8::from(said[place].1);
    testing::base64url(&format!(
        "000010 {:036b} {:036b} {:054b} 000101 1 0 {:012b} {}{}{:022b} {:037b} {:016b} 0 0{} {:017b} {:012b}",
        0,
        17_640_000_000_u64,
        0,
        0,
        bit(0),
        bit(1),
        0,
        0,
        2,
        bit(2),
        0,
        0
    ))
}

impl Writer {
    fn options(&self) -> Options {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        let options = self.format.default_options();
        match self.format {
            Format::Json => Options { path: words(&["choices"]), ..options },
            Format::Pairs => {
                Options { separator: "&".into(), assign: "=".into(), granted: words(&["accepted"]), ..options }
            }
            Format::Word => Options { granted: words(&["accepted"]), refused: Some(words(&["essential"])), ..options },
            _ => options,
        }
    }

    /// The field for these answers, a bit for each key.
    fn field(&self, bits: usize) -> String {
        let said: Vec<_> = self.keys.iter().enumerate().map(|(place, key)| (*key, bits >> place & 1 == 1)).collect();
        (self.write)(&said)
    }

    /// The answers that the keys can have.
    fn answers(&self) -> std::ops::Range<usize> {
        0..1 << self.keys.iter().filter(|key| !key.is_empty()).count()
    }

    /// What is granted, a bit for each key.
    fn read(&self, cookies: &[(&str, &str)]) -> usize {
        self.choice(&self.keys, cookies).map_or(0, |choice| bits(&self.keys, &choice))
    }

    fn choice(&self, keys: &[&str], cookies: &[(&str, &str)]) -> Option<Choice> {
        testing::read_with(self.format, &self.options(), keys, cookies).ok()
    }
}

/// The field with one cookie's value changed, for each of them.
fn changed_cookies(field: &str, change: impl Fn(&str) -> Vec<String>, mut check: impl FnMut(&[(&str, &str)])) {
    let cookies = testing::cookies(field);
    for place in 0..cookies.len() {
        for value in change(cookies[place].1) {
            let mut cookies = cookies.clone();
            cookies[place].1 = &value;
            check(&cookies);
        }
    }
}

fn bits(keys: &[&str], choice: &Choice) -> usize {
    let names = Keys::new(keys.iter().map(ToString::to_string).collect(), 0);
    let is_granted = |key: &str| choice.granted.intersects(names.find(key));
    keys.iter().enumerate().map(|(place, key)| usize::from(is_granted(key)) << place).sum()
}

fn writers() -> impl Iterator<Item = Writer> {
    Format::ALL.iter().copied().map(writer)
}

fn is_subset(part: usize, whole: usize) -> bool {
    part & !whole == 0
}

#[test]
fn definitions_are_sound() {
    let mut words: Vec<_> = Format::ALL.iter().map(|format| format.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Format::ALL.len());
    for format in Format::ALL {
        let definition = format.definition();
        assert!(definition.parts.len() <= MAX_PARTS && !definition.about.is_empty(), "{}", format.word());
        let is_known = |key: &str| match format.known_keys() {
            KnownKeys::Only(keys) => keys.contains(&key),
            KnownKeys::Any | KnownKeys::Usual(_) => true,
            KnownKeys::Tcf => false,
        };
        assert!(format.default_keys().iter().all(|(key, _)| is_known(key)), "{}", format.word());
        assert!(format.default_keys().iter().all(|(key, _)| *key != "all"), "{}", format.word());
        let unread = format.unread_names();
        assert!(format.names(None).iter().all(|(name, _)| !unread.contains(&name.as_str())), "{}", format.word());
    }
}

#[test]
fn what_is_written_is_read() {
    for writer in writers() {
        for answers in writer.answers() {
            let field = writer.field(answers);
            let choice = writer.choice(&writer.keys, &testing::cookies(&field)).expect(&field);
            assert_eq!(choice.reading, Reading::Given, "{field}");
            assert_eq!(bits(&writer.keys, &choice), answers, "{field}");
            assert_eq!(choice.date.is_some(), writer.format.is_dated() && is_dated(&field), "{field}");
        }
    }
}

/// Not every format that can tell a date does so each time.
fn is_dated(field: &str) -> bool {
    ["1764", "2026", "euconsent", "gpp"].iter().any(|date| field.contains(date)) && !field.contains("removed")
}

/// Whether they do it by accident or to mend a value, what frameworks write again never grants more, and if it can be
/// read, it is read as before.
#[test]
fn no_framework_opens_anything() {
    for writer in writers() {
        for answers in writer.answers() {
            let field = writer.field(answers);
            changed_cookies(&field, testing::rewritten, |cookies| {
                let read = writer.read(cookies);
                assert!(read == 0 || read == answers, "{answers:b}, not {read:b}: {cookies:?}");
            });
        }
    }
}

#[test]
fn what_was_cut_off_never_grants_more() {
    let cut = |value: &str| (0..value.len()).map(|length| value[..length].to_owned()).collect();
    for writer in writers() {
        for answers in writer.answers() {
            let field = writer.field(answers);
            changed_cookies(&field, cut, |cookies| {
                let read = writer.read(cookies);
                assert!(is_subset(read, answers), "{answers:b}, not {read:b}: {cookies:?}");
            });
        }
    }
}

#[test]
fn a_cookie_that_is_lost_never_grants_more() {
    for writer in writers() {
        for answers in writer.answers() {
            let field = writer.field(answers);
            let cookies = testing::cookies(&field);
            for lost in 0..cookies.len() {
                let mut rest = cookies.clone();
                rest.remove(lost);
                assert!(is_subset(writer.read(&rest), answers), "{rest:?}");
            }
        }
    }
}

/// Whatever is taken out of a refusal, or changed in it, nobody has agreed.
#[test]
fn a_refusal_never_opens() {
    let shortened = |value: &str| {
        (0..value.len())
            .flat_map(|at| (at + 1..=value.len()).map(move |end| (at, end)))
            .map(|(at, end)| [&value[..at], &value[end..]].concat())
            .collect()
    };
    let changed = |value: &str| {
        let bytes = b"%\"'\\!=:,;&|@.~+-_{}[] 0129aAeEtTrufxyz";
        let with =
            |at: usize, byte: u8| [&value[..at], char::from(byte).encode_utf8(&mut [0; 4]), &value[at + 1..]].concat();
        (0..value.len()).flat_map(|at| bytes.iter().map(move |byte| with(at, *byte))).collect()
    };
    for writer in writers() {
        let field = writer.field(0);
        changed_cookies(&field, shortened, |cookies| assert_eq!(writer.read(cookies), 0, "{cookies:?}"));
        if !writer.is_terse {
            changed_cookies(&field, changed, |cookies| assert_eq!(writer.read(cookies), 0, "{cookies:?}"));
        }
    }
}

/// Keys are compared whole.
#[test]
fn a_part_of_a_key_is_not_the_key() {
    for writer in writers().filter(|writer| !writer.keys[2].is_empty()) {
        let field = writer.field(0b111);
        let parts: Vec<&str> = writer.keys.iter().flat_map(|key| [&key[1..], &key[..key.len() - 1]]).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !writer.keys.contains(part)).collect();
        let choice = writer.choice(&parts, &testing::cookies(&field)).expect(&field);
        assert!(choice.granted.is_empty(), "{}: {field}", writer.format.word());
    }
}

/// A text that a format may come across: pieces of its own, and anything.
fn text(writer: &Writer) -> impl Strategy<Value = String> + use<> {
    let pieces: Vec<String> = writer.answers().map(|answers| writer.field(answers)).collect();
    let piece = (0..pieces.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let mark = prop_oneof!["[%\"'!=:,&|@.~{}\\[\\]\\\\]", "%2[0-9A-F]", "%25", "true", "\\PC"];
    let part = (piece, mark).prop_map(move |((field, from, to), mark)| {
        let field = &pieces[field];
        let ends = (from.index(field.len() + 1), to.index(field.len() + 1));
        let slice = field.get(ends.0.min(ends.1)..ends.0.max(ends.1)).unwrap_or_default();
        format!("{slice}{mark}")
    });
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

proptest! {
    /// Nothing panics, nothing that is refused is granted, and what is granted is named.
    #[test]
    fn whatever_comes_grants_only_what_it_names(
        (number, texts) in (0..Format::ALL.len()).prop_flat_map(|number| {
            let text = text(&writer(Format::ALL[number]));
            (Just(number), prop::collection::vec(text, 1..4))
        }),
    ) {
        let writer = writer(Format::ALL[number]);
        let own = writer.format.names(None);
        let names: Vec<String> = if own.is_empty() { vec!["choice".into()] } else { own.into_iter().map(|(name, _)| name).collect() };
        let cookies: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        if let Some(choice) = writer.choice(&writer.keys, &cookies) {
            prop_assert!(!choice.granted.intersects(choice.refused));
            let whole = format!("{names:?}{texts:?}");
            let decoded = percent_encoding::percent_decode_str(&whole).decode_utf8_lossy().into_owned();
            let is_named = |key: &str| whole.contains(key) || decoded.contains(key);
            let hidden = [Format::Didomi, Format::Tcf, Format::Gpp, Format::AspNet, Format::Word, Format::Matomo];
            let granted = bits(&writer.keys, &choice);
            for (place, key) in writer.keys.iter().enumerate().filter(|(place, _)| granted >> place & 1 == 1) {
                prop_assert!(hidden.contains(&writer.format) || is_named(key), "{place} {key}: {whole}");
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        number in 0..Format::ALL.len(),
        values in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 1..10),
    ) {
        let writer = writer(Format::ALL[number]);
        let mut parts = super::Parts::default();
        for (part, value) in values.iter().enumerate() {
            parts.set(part, value);
        }
        let keys = Keys::new(writer.keys.iter().map(ToString::to_string).collect(), 0);
        let mut answers = super::Answers::shown(&keys);
        if writer.format.read(&parts, &writer.options(), &mut answers).is_ok() {
            let choice = answers.choice();
            prop_assert!(!choice.granted.intersects(choice.refused));
        }
    }
}
