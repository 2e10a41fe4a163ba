//! For the tests of the formats: one reading of a banner's cookies, in short.

use super::{Answers, Fault, Format, Options, Parts};
use crate::consent::{Choice, Keys, Reading};
use crate::cookie::UnixTime;

/// The choice in these cookies, given by their default names; the policy knows these keys.
pub(super) fn read(format: Format, keys: &[&str], cookies: &[(&str, &str)]) -> Result<Choice, Fault> {
    read_with(format, &format.default_options(), keys, cookies)
}

pub(super) fn read_with(
    format: Format,
    options: &Options,
    keys: &[&str],
    cookies: &[(&str, &str)],
) -> Result<Choice, Fault> {
    let keys = Keys::new(keys.iter().map(ToString::to_string).collect(), 0);
    // A format whose cookie has no name of its own is read by this one.
    let own = format.names(None);
    let names = if own.is_empty() { format.names(Some("choice")) } else { own };
    let part = |name: &str| names.iter().find(|(known, _)| known == name).expect(name).1;
    let parts: Vec<_> = cookies.iter().map(|(name, value)| (part(name), *value)).collect();
    let mut answers = Answers::new(&keys);
    format.read(&Parts::new(&parts), options, &mut answers)?;
    Ok(answers.choice())
}

/// What a choice says of these keys: `y` granted, `n` refused, `-` unsaid; or why it says nothing.
pub(super) fn said(keys: &[&str], choice: &Result<Choice, Fault>) -> String {
    let names = Keys::new(keys.iter().map(ToString::to_string).collect(), 0);
    let choice = match choice {
        Ok(choice) if choice.reading == Reading::Given => choice,
        Ok(choice) => return choice.reading.as_str().to_owned(),
        Err(_) => return Reading::Unreadable.as_str().to_owned(),
    };
    let of = |key: &&str| match names.find(key) {
        key if choice.granted.intersects(key) => 'y',
        key if choice.refused.intersects(key) => 'n',
        _ => '-',
    };
    keys.iter().map(of).collect()
}

/// Holds readings against what they must come to. A row is a `Cookie` field and what [`said`] tells of these keys.
pub(super) fn check(format: Format, keys: &[&str], rows: &[(&str, &str)]) {
    check_with(format, &format.default_options(), keys, rows);
}

pub(super) fn check_with(format: Format, options: &Options, keys: &[&str], rows: &[(&str, &str)]) {
    for (field, expected) in rows {
        let choice = read_with(format, options, keys, &cookies(field));
        assert_eq!(said(keys, &choice), *expected, "{}: {field}", format.word());
    }
}

/// The date of the choice in a `Cookie` field.
pub(super) fn date(format: Format, field: &str) -> Option<UnixTime> {
    read(format, &[], &cookies(field)).expect(field).date
}

/// The cookies of a `Cookie` field.
pub(super) fn cookies(field: &str) -> Vec<(&str, &str)> {
    field.split("; ").map(|pair| pair.split_once('=').expect(field)).collect()
}

/// As each framework writes a cookie again whose value is this.
pub(super) fn rewritten(value: &str) -> Vec<String> {
    let percent =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    // Python's http.cookies, and with it Django: in quotes, with octal for what no value may hold.
    let octal = |byte: char| match byte {
        '"' | '\\' => format!("\\{byte}"),
        ',' | ';' => format!("\\{:03o}", u32::from(byte)),
        byte if byte.is_ascii() => byte.to_string(),
        byte => byte.to_string().bytes().map(|byte| format!("\\{byte:03o}")).collect::<Vec<_>>().concat(),
    };
    let python = |text: &str| format!("\"{}\"", text.chars().map(octal).collect::<String>());
    // PHP's urlencode.
    let php = |text: &str| percent(text).replace("%20", "+");
    let asp = |text: &str| text.replace('"', "\\\"");
    vec![
        python(value),
        python(&percent(value)),
        php(value),
        asp(value),
        percent(&asp(value)),
        percent(&percent(value)),
        php(&percent(value)),
        format!("\"{}\"", percent(value)),
        format!("\"{}\"", php(value)),
        format!("\"{}\"", percent(&percent(value))),
        python(&python(value)),
        percent(&python(value)),
    ]
}

/// The base64url of these bits, in groups as they are written.
pub(super) fn base64url(bits: &str) -> String {
    let bits: Vec<u8> = bits.bytes().filter(|byte| *byte != b' ').map(|byte| byte - b'0').collect();
    let number = |bits: &[u8]| bits.iter().fold(0, |number, bit| (number << 1) | usize::from(*bit));
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let sextets = bits.chunks(6).map(|chunk| number(chunk) << (6 - chunk.len()));
    sextets.map(|sextet| char::from(alphabet[sextet])).collect()
}
