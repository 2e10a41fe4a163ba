//! The PROXY protocol, versions 1 and 2 (HAProxy's `proxy-protocol.txt`): who really connected, and whether over TLS.
//!
//! The length is read first and never exceeds a bound, so that exactly the header is consumed, whatever follows it.

use std::io;
use std::net::SocketAddr;

use ppp::{v1, v2};
use tokio::io::AsyncRead;

use crate::config::Scheme;
use crate::net::prefixed::Prefixed;

/// The longest line of version 1, with its end.
const V1_MAX: usize = 107;
/// The fixed part of version 2.
const V2_FIXED: usize = 16;
/// The longest header of version 2 that is read: the addresses and some hundred bytes of extensions are usual.
const V2_MAX: usize = 4096;

/// The fixed part of the TLS extension (`pp2_tlv_ssl`, §2.2.5): one byte of flags and four of the certificate's verification.
const TLS_PART_FIXED: usize = 5;
/// The flag for a visitor who uses TLS (`PP2_CLIENT_SSL`).
const CLIENT_TLS: u8 = 0x01;

/// What a header says about the visitor's connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::server) struct Announcement {
    /// `None`: the balancer speaks for itself, or the connection has no IP addresses (`LOCAL`, `UNKNOWN`, a Unix socket).
    pub(in crate::server) addresses: Option<Addresses>,
    /// The scheme between the visitor and the balancer; `None` if the header does not say.
    pub(in crate::server) scheme: Option<Scheme>,
}

/// Source and destination of the visitor's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct Addresses {
    /// The visitor's address.
    pub(in crate::server) source: SocketAddr,
    /// The balancer's address, to which the visitor connected.
    pub(in crate::server) destination: SocketAddr,
}

/// Why a header cannot be used.
#[derive(Debug, thiserror::Error)]
pub(in crate::server) enum ProxyHeaderError {
    #[error("expected a PROXY header of version 1 or 2 before anything else")]
    Missing,
    /// Nothing is consumed of it.
    #[error("a PROXY header of at most {V1_MAX} bytes (version 1) or {V2_MAX} (version 2) is read, this one is longer")]
    TooLong,
    #[error("the PROXY header of version 1 cannot be read: {0}")]
    V1(v1::BinaryParseError),
    #[error("the PROXY header of version 2 cannot be read: {0}")]
    V2(v2::ParseError),
    #[error("the part on TLS of the PROXY header has {0} bytes, at least {TLS_PART_FIXED} are expected")]
    TlsPart(usize),
    #[error("the connection ended within the PROXY header")]
    Ended,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads and consumes the header, and nothing after it.
///
/// # Errors
/// If there is none, it is longer than the bounds above, or cannot be read.
pub(in crate::server) async fn read<T: AsyncRead + Unpin>(
    stream: &mut Prefixed<T>,
) -> Result<Announcement, ProxyHeaderError> {
    loop {
        if let Some((announcement, length)) = parse(stream.prefix())? {
            stream.consume(length);
            return Ok(announcement);
        }
        if stream.read_ahead().await? == 0 {
            return Err(ProxyHeaderError::Ended);
        }
    }
}

/// The header at the start of `input` and its length; `None` if it is not complete yet.
fn parse(input: &[u8]) -> Result<Option<(Announcement, usize)>, ProxyHeaderError> {
    if begins(input, v2::PROTOCOL_PREFIX) {
        parse_v2(input)
    } else if begins(input, b"PROXY ") {
        parse_v1(input)
    } else {
        Err(ProxyHeaderError::Missing)
    }
}

/// Whether `input`, as far as it goes, is the start of `prefix` or longer.
fn begins(input: &[u8], prefix: &[u8]) -> bool {
    input.iter().zip(prefix).all(|(a, b)| a == b)
}

fn parse_v1(input: &[u8]) -> Result<Option<(Announcement, usize)>, ProxyHeaderError> {
    let window = input.get(..V1_MAX).unwrap_or(input);
    let Some(end) = memchr::memmem::find(window, b"\r\n") else {
        return if window.len() == V1_MAX { Err(ProxyHeaderError::TooLong) } else { Ok(None) };
    };
    let (line, _) = input.split_at(end + 2);
    let header = v1::Header::try_from(line).map_err(ProxyHeaderError::V1)?;
    let addresses = match header.addresses {
        v1::Addresses::Tcp4(ip) => {
            Some(pair(ip.source_address, ip.source_port, ip.destination_address, ip.destination_port))
        }
        v1::Addresses::Tcp6(ip) => {
            Some(pair(ip.source_address, ip.source_port, ip.destination_address, ip.destination_port))
        }
        v1::Addresses::Unknown => None,
    };
    Ok(Some((Announcement { addresses, scheme: None }, line.len())))
}

fn parse_v2(input: &[u8]) -> Result<Option<(Announcement, usize)>, ProxyHeaderError> {
    let Some(&[high, low]) = input.get(V2_FIXED - 2..V2_FIXED) else {
        return Ok(None);
    };
    let length = V2_FIXED + usize::from(u16::from_be_bytes([high, low]));
    if length > V2_MAX {
        return Err(ProxyHeaderError::TooLong);
    }
    let Some(header) = input.get(..length) else {
        return Ok(None);
    };
    let header = v2::Header::try_from(header).map_err(ProxyHeaderError::V2)?;
    let scheme = scheme(header.tlvs())?;
    let addresses = match header.addresses {
        v2::Addresses::IPv4(ip) => {
            Some(pair(ip.source_address, ip.source_port, ip.destination_address, ip.destination_port))
        }
        v2::Addresses::IPv6(ip) => {
            Some(pair(ip.source_address, ip.source_port, ip.destination_address, ip.destination_port))
        }
        v2::Addresses::Unix(_) | v2::Addresses::Unspecified => None,
    };
    Ok(Some(match header.command {
        v2::Command::Proxy => (Announcement { addresses, scheme }, length),
        // The sender opened the connection for itself: everything else must be ignored (§2.2).
        v2::Command::Local => (Announcement::default(), length),
    }))
}

/// What the extension on TLS says, if there is one.
fn scheme(extensions: v2::TypeLengthValues<'_>) -> Result<Option<Scheme>, ProxyHeaderError> {
    let mut scheme = None;
    for extension in extensions {
        let extension = extension.map_err(ProxyHeaderError::V2)?;
        if extension.kind != v2::Type::SSL as u8 {
            continue;
        }
        let Some(&[flags, ..]) = extension.value.get(..TLS_PART_FIXED) else {
            return Err(ProxyHeaderError::TlsPart(extension.value.len()));
        };
        scheme = Some(if flags & CLIENT_TLS == 0 { Scheme::Http } else { Scheme::Https });
    }
    Ok(scheme)
}

fn pair<A: Into<std::net::IpAddr>>(source: A, source_port: u16, destination: A, destination_port: u16) -> Addresses {
    Addresses {
        source: SocketAddr::new(source.into().to_canonical(), source_port),
        destination: SocketAddr::new(destination.into().to_canonical(), destination_port),
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    const V2_IPV4: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c\xc0\x00\x02\x01\xc6\x33\x64\x01\x80\x00\x01\xbb";

    fn expected() -> Announcement {
        let addresses =
            Addresses { source: "192.0.2.1:32768".parse().unwrap(), destination: "198.51.100.1:443".parse().unwrap() };
        Announcement { addresses: Some(addresses), scheme: None }
    }

    fn no_addresses(length: usize) -> (Announcement, usize) {
        (Announcement::default(), length)
    }

    /// The header with these extensions behind its addresses.
    fn extended(extensions: &[u8]) -> Vec<u8> {
        let mut header = [V2_IPV4, extensions].concat();
        header[15] = u8::try_from(header.len() - V2_FIXED).unwrap();
        header
    }

    /// Reads the header from a peer that sends one byte at a time, and returns what is left.
    async fn read_slowly(bytes: &[u8]) -> (Result<Announcement, ProxyHeaderError>, Vec<u8>) {
        let (mut near, mut far) = tokio::io::duplex(1);
        let bytes = bytes.to_vec();
        let writer = tokio::spawn(async move {
            tokio::io::AsyncWriteExt::write_all(&mut near, &bytes).await.ok();
        });
        let mut stream = Prefixed::new(&mut far);
        let result = read(&mut stream).await;
        let mut rest = Vec::new();
        if result.is_ok() {
            stream.read_to_end(&mut rest).await.unwrap();
            writer.await.unwrap();
        }
        (result, rest)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn consumes_the_header_and_nothing_more() {
        let v1 = b"PROXY TCP4 192.0.2.1 198.51.100.1 32768 443\r\n".as_slice();
        for header in [v1, V2_IPV4] {
            let (addresses, rest) = read_slowly(&[header, b"\xff\x16\r\nGET"].concat()).await;
            assert_eq!(addresses.unwrap(), expected());
            assert_eq!(rest, b"\xff\x16\r\nGET");
        }
    }

    #[test]
    fn what_follows_in_the_same_read_is_no_part_of_it() {
        let v1 = b"PROXY TCP4 192.0.2.1 198.51.100.1 32768 443\r\n\x16\x03\x01\xff".as_slice();
        assert_eq!(parse(v1).unwrap(), Some((expected(), v1.len() - 4)));
        let v2 = [V2_IPV4, b"\r\n\xff"].concat();
        assert_eq!(parse(&v2).unwrap(), Some((expected(), V2_IPV4.len())));
    }

    #[test]
    fn local_and_unknown_name_no_address() {
        let local = [&V2_IPV4[..12], b"\x20\x00\x00\x00"].concat();
        assert_eq!(parse(&local).unwrap(), Some(no_addresses(16)));
        assert_eq!(parse(b"PROXY UNKNOWN\r\nGET").unwrap(), Some(no_addresses(15)));
        assert_eq!(parse(b"PROXY UNKNOWN ffff::1 ffff::2 1 2\r\nGET").unwrap(), Some(no_addresses(35)));
    }

    #[test]
    fn an_extension_is_part_of_the_header() {
        let header = extended(b"\x04\x00\x01\x00");
        assert_eq!(parse(&header).unwrap(), Some((expected(), header.len())));
    }

    #[test]
    fn the_part_on_tls_says_what_the_visitor_speaks() {
        for (flags, scheme) in [(0, Scheme::Http), (1, Scheme::Https), (6, Scheme::Http), (7, Scheme::Https)] {
            let header = extended(&[4, 0, 0, 0x20, 0, 5, flags, 0, 0, 0, 0, 4, 0, 0]);
            assert_eq!(parse(&header).unwrap().unwrap().0, Announcement { scheme: Some(scheme), ..expected() });
        }
        let mut local = extended(&[0x20, 0, 5, 1, 0, 0, 0, 0]);
        local[12] = 0x20;
        assert_eq!(parse(&local).unwrap(), Some(no_addresses(local.len())));
    }

    #[test]
    fn refuses_extensions_that_cannot_be_read() {
        for broken in [&[0x20][..], &[0x20, 0, 9, 1, 0, 0, 0, 0], &[4, 0, 0, 0x20, 0]] {
            assert!(matches!(parse(&extended(broken)), Err(ProxyHeaderError::V2(_))), "{broken:?}");
        }
        for short in [&[0x20, 0, 0][..], &[0x20, 0, 4, 1, 0, 0, 0]] {
            assert!(matches!(parse(&extended(short)), Err(ProxyHeaderError::TlsPart(_))), "{short:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_header_or_too_long() {
        assert!(matches!(parse(b"GET / HTTP/1.1"), Err(ProxyHeaderError::Missing)));
        assert!(matches!(parse(b"\r\n\r\nGET"), Err(ProxyHeaderError::Missing)));
        assert!(matches!(parse(&[b"PROXY ".as_slice(), &[b' '; 200]].concat()), Err(ProxyHeaderError::TooLong)));
        assert!(matches!(parse(b"PROXY TCP4 192.0.2.1 nonsense 1 2\r\n"), Err(ProxyHeaderError::V1(_))));
        let long = [&V2_IPV4[..14], b"\xff\xff"].concat();
        assert!(matches!(parse(&long), Err(ProxyHeaderError::TooLong)));
    }

    #[tokio::test(flavor = "current_thread")]
    async fn an_early_end_is_an_error() {
        assert!(matches!(read_slowly(b"PROXY TCP4 192").await.0, Err(ProxyHeaderError::Ended)));
    }
}
