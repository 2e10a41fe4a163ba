//! Decodes a page: UTF-8, UTF-16, or the encoding that it declares, else windows-1252.
//!
//! It never fails: in a wrong encoding the letters of texts are wrong, but names are right, because they are ASCII.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are searched for a declaration, as in browsers (HTML, “prescan a byte stream”).
const PRESCAN: usize = 1024;

/// The text of a page. Bytes that mean nothing in its encoding become U+FFFD, which no name holds.
///
/// A byte order mark decides, then whether the bytes are UTF-16 or UTF-8, then the page's declaration: a page that was
/// saved from a browser is UTF-8, whatever it declares.
pub(super) fn decode(bytes: &[u8]) -> String {
    let (encoding, skipped) = Encoding::for_bom(bytes).unwrap_or_else(|| (without_bom(bytes), 0));
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(skipped..).unwrap_or_default());
    text.into_owned()
}

fn without_bom(bytes: &[u8]) -> &'static Encoding {
    if let Some(wide) = utf_16(bytes) {
        wide
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        declared(bytes).unwrap_or(WINDOWS_1252)
    }
}

/// The order of bytes, if a text is UTF-16. In the six languages most characters then have a NUL byte, so three quarters
/// of every other byte are NUL; the first 256 bytes are checked.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(256))?;
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let most = start.len() / 2 * 3 / 4;
    match (zeros(0), zeros(1)) {
        (_, low) if most > 0 && low >= most => Some(UTF_16LE),
        (high, _) if most > 0 && high >= most => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page declares in its first [`PRESCAN`] bytes, by `charset=…` or `encoding=…`. `None` for UTF-8 and
/// UTF-16, which the bytes have ruled out already.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(PRESCAN))?).to_ascii_lowercase();
    let label = |key: &str| {
        let (_, after) = start.split_once(key)?;
        let after = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(after.len());
        Encoding::for_label(after.get(..end)?.as_bytes())
    };
    let said = label("charset").or_else(|| label("encoding"))?;
    (said != UTF_8 && said != UTF_16LE && said != UTF_16BE).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>Durée : 13 mois, “jusqu’à” 1 €</p>";

    #[test]
    fn each_encoding_reads_the_same() {
        let wide = |to: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let (latin, _, _) = WINDOWS_1252.encode(TEXT);
        for bytes in [
            TEXT.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            [vec![0xff, 0xfe], wide(u16::to_le_bytes)].concat(),
            [vec![0xfe, 0xff], wide(u16::to_be_bytes)].concat(),
            latin.to_vec(),
        ] {
            assert_eq!(decode(&bytes), TEXT, "{bytes:?}");
        }
    }

    #[test]
    fn a_declared_encoding_counts_unless_the_bytes_contradict() {
        let latin_2 = b"<meta charset=\"iso-8859-2\"><p>\xb3</p>";
        assert!(decode(latin_2).contains('ł'));
        let saved = "<meta charset=iso-8859-1><p>é</p>";
        assert_eq!(decode(saved.as_bytes()), saved);
        assert!(decode(b"<meta charset=utf-8><p>\xe9</p>").contains('é'));
        assert_eq!(decode(b""), "");
        assert_eq!(decode(b"\xff"), "ÿ");
    }
}
