//! The identifier of a certificate in ARI (RFC 9773 §4.1): its authority's key identifier and its serial number.
//!
//! Both are read from the certificate's DER (RFC 5280 §4.1). A certificate of another structure has no identifier, and is
//! renewed by its age alone.

use data_encoding::BASE64URL_NOPAD;
use instant_acme::CertificateIdentifier;
use rustls::pki_types::Der;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const OBJECT: u8 = 0x06;
const BOOLEAN: u8 = 0x01;
const OCTETS: u8 = 0x04;
/// `[0]`, the version.
const VERSION: u8 = 0xa0;
/// `[3]`, the extensions.
const EXTENSIONS: u8 = 0xa3;
/// `[0]` of an authority key identifier, primitive.
const KEY_IDENTIFIER: u8 = 0x80;
/// 2.5.29.35 (RFC 5280 §4.2.1.1).
const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1d, 0x23];

/// The identifier of a certificate in DER; `None` if it has no authority key identifier, or cannot be read.
pub(super) fn of(certificate: &[u8]) -> Option<CertificateIdentifier<'static>> {
    let (certificate, _) = element(certificate, SEQUENCE)?;
    let (mut rest, _) = element(certificate, SEQUENCE)?;
    if let Some((_, after)) = element(rest, VERSION) {
        rest = after;
    }
    let (serial, mut rest) = element(rest, INTEGER)?;
    let extensions = loop {
        let (tag, content, after) = any(rest)?;
        if tag == EXTENSIONS {
            break content;
        }
        rest = after;
    };
    let (mut extensions, _) = element(extensions, SEQUENCE)?;
    while !extensions.is_empty() {
        let (extension, after) = element(extensions, SEQUENCE)?;
        extensions = after;
        let (kind, value) = element(extension, OBJECT)?;
        if kind == AUTHORITY_KEY_IDENTIFIER {
            let value = element(value, BOOLEAN).map_or(value, |(_, after)| after);
            let (value, _) = element(value, OCTETS)?;
            let (value, _) = element(value, SEQUENCE)?;
            let (key, _) = element(value, KEY_IDENTIFIER)?;
            return Some(CertificateIdentifier::new(Der::from_slice(key), Der::from_slice(serial)).into_owned());
        }
    }
    None
}

/// An identifier from its text; `None` if it is not two parts of base64url.
pub(super) fn parse(text: &str) -> Option<CertificateIdentifier<'static>> {
    let (key, serial) = text.split_once('.')?;
    let decode = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).ok();
    let (key, serial) = (decode(key)?, decode(serial)?);
    Some(CertificateIdentifier::new(Der::from_slice(&key), Der::from_slice(&serial)).into_owned())
}

/// The content of the first element, if it has this tag, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    any(bytes).filter(|(found, ..)| *found == tag).map(|(_, content, after)| (content, after))
}

/// The first element: its tag, its content, and what follows it. Tags of more than one byte do not occur here.
fn any(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, length], mut rest) = bytes.split_first_chunk::<2>()?;
    let mut size = usize::from(length);
    if length >= 0x80 {
        let (digits, after) = rest.split_at_checked(usize::from(length & 0x7f))?;
        if digits.is_empty() || digits.len() > 4 {
            return None;
        }
        size = digits.iter().fold(0, |size, digit| (size << 8) | usize::from(*digit));
        rest = after;
    }
    let (content, after) = rest.split_at_checked(size)?;
    Some((tag, content, after))
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyIdMethod, KeyPair, SerialNumber};

    use super::*;

    fn certificate(has_key_identifier: bool) -> Vec<u8> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_identifier_method = KeyIdMethod::PreSpecified(vec![0xc0, 0xff, 0xee]);
        let authority = Issuer::new(params, KeyPair::generate().unwrap());
        let mut params = CertificateParams::new(["example.com".to_owned()]).unwrap();
        params.serial_number = Some(SerialNumber::from_slice(&[0xca, 0xfe]));
        params.use_authority_key_identifier_extension = has_key_identifier;
        params.signed_by(&KeyPair::generate().unwrap(), &authority).unwrap().der().to_vec()
    }

    /// The serial number 0xCAFE is written with a leading zero byte, because an INTEGER is signed.
    #[test]
    fn the_identifier_is_that_of_the_rfc() {
        assert_eq!(of(&certificate(true)).unwrap().to_string(), "wP_u.AMr-");
        assert!(of(&certificate(false)).is_none());
        assert_eq!(parse("wP_u.AMr-").unwrap().to_string(), "wP_u.AMr-");
        assert!(parse("wP_u").is_none() && parse("wP_u.A!").is_none());
    }

    #[test]
    fn a_cut_or_changed_certificate_causes_no_panic() {
        let whole = certificate(true);
        for end in 0..whole.len() {
            assert!(of(&whole[..end]).is_none(), "{end}");
        }
        for at in 0..whole.len() {
            for byte in [0, 0x7f, 0x80, 0x84, 0x85, 0xff] {
                let mut changed = whole.clone();
                changed[at] = byte;
                let _ = of(&changed);
            }
        }
    }
}
